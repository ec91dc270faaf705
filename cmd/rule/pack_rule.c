#include "rule/pack_rule.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"

bool members_are_known(struct diag *diag, const struct json *record, const char *what, const struct str *names,
                       size_t count)
{
    for (size_t i = 0; i < record->count; i++) {
        struct str key = record->items[i].key;
        size_t known = 0;
        while (known < count && !str_equal(names[known], key))
            known++;
        if (known < count)
            continue;
        struct str meant = nearest(key, names, count);
        if (meant.len)
            return json_fail(diag, &record->items[i], "unknown member '%.*s' in %s: did you mean '%.*s'?", STR_ARG(key),
                             what, STR_ARG(meant));
        return json_fail(diag, &record->items[i], "unknown member '%.*s' in %s", STR_ARG(key), what);
    }
    return true;
}

bool choice_fail(struct diag *diag, const struct json *node, struct str what, struct str word, const struct str *names,
                 size_t count)
{
    struct buf all = {.arena = diag->arena};
    for (size_t i = 0; i < count; i++)
        buf_addf(&all, "%s%.*s", i ? ", " : "", STR_ARG(names[i]));
    struct str meant = nearest(word, names, count);
    if (meant.len)
        return json_fail(diag, node, "%.*s: unknown '%.*s': did you mean '%.*s'?", STR_ARG(what), STR_ARG(word),
                         STR_ARG(meant));
    return json_fail(diag, node, "%.*s: unknown '%.*s'; there are %.*s", STR_ARG(what), STR_ARG(word),
                     STR_ARG(buf_str(&all)));
}

bool member_text(struct diag *diag, const struct json *record, struct str name, struct str *out)
{
    const struct json *member = json_member(record, name);
    *out = member->text;
    if (member->type == JSON_NONE)
        return true;
    if (member->type != JSON_TEXT)
        return json_fail(diag, member, "%.*s: %s where a text is expected", STR_ARG(name),
                         json_type_name(member->type));
    return out->len || json_fail(diag, member, "%.*s: the text is empty", STR_ARG(name));
}

static bool is_letter_or_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xc0;
}

bool member_name(struct diag *diag, const struct json *record, struct str name, struct str *out)
{
    const struct json *member = json_member(record, name);
    if (member->type == JSON_NONE)
        return json_fail(diag, record, "the member '%.*s' is missing", STR_ARG(name));
    if (!member_text(diag, record, name, out))
        return false;
    uint32_t c;
    for (size_t at = 0, length; at < out->len; at += length) {
        length = utf8_decode(str_part(*out, at, out->len), &c);
        if (!length || !(is_letter_or_digit(c) || c == '-' || c == '_' || c == '.'))
            return json_fail_in(diag, member, at, "%.*s: a name is made of letters, digits, '-', '_' and '.'",
                                STR_ARG(name));
    }
    return true;
}

bool reader_lexicon(struct reader *reader, struct diag *diag, const struct json *node, struct str lang,
                    const struct lexicon **out)
{
    struct diag reason = {.arena = diag->arena};
    *out = lexicons_get(reader->context->lexicons, lang, &reason);
    return *out || diag_message(diag, node->source, json_offset(diag->arena, node),
                                message_because(diag->arena, &reason.message, "lang"));
}

bool rule_is_for_documents(const struct rule *rule) { return str_equal(rule->in, STR("document")); }

/* One rule while it is read. */
struct reading {
    struct reader *reader;
    const struct json *node;
    const struct lexicon *lexicon;
    struct rule *rule;
    struct diag *diag;
};

static bool read_expression(struct reading *r, struct str name, struct str *text, const struct expr **out)
{
    struct expr_error error;
    if (!member_text(r->diag, r->node, name, text))
        return false;
    if (!text->len)
        return true;
    *out = expr_parse(r->reader->context->arena, r->lexicon, *text, &error);
    const struct json *member = json_member(r->node, name);
    return *out || diag_message(r->diag, member->source, json_text_offset(r->diag->arena, member, error.at),
                                message_because(r->diag->arena, &error.message, "%.*s", STR_ARG(name)));
}

static bool read_pattern(struct reading *r)
{
    struct rule *rule = r->rule;
    struct patterns *patterns = r->reader->context->patterns;
    size_t at;
    const char *why;
    if (!member_text(r->diag, r->node, STR("pattern"), &rule->pattern_text) ||
        !member_text(r->diag, r->node, STR("in"), &rule->in))
        return false;
    if (!rule->pattern_text.len)
        return true;
    rule->pattern = str_equal(rule->in, STR("document"))
                        ? pattern_new_for_documents(patterns, rule->pattern_text, &at, &why)
                        : pattern_new(patterns, rule->pattern_text, &at, &why);
    return rule->pattern || json_fail_in(r->diag, json_member(r->node, STR("pattern")), at, "pattern: %s", why);
}

static bool read_template(struct reading *r)
{
    struct rule *rule = r->rule;
    struct expr_error error;
    if (!member_text(r->diag, r->node, STR("text"), &rule->text))
        return false;
    if (!rule->text.len)
        return true;
    rule->template = template_parse(r->reader->context->arena, rule->text, &error);
    const struct json *member = json_member(r->node, STR("text"));
    return rule->template || diag_message(r->diag, member->source, json_text_offset(r->diag->arena, member, error.at),
                                          message_because(r->diag->arena, &error.message, "text"));
}

/* Names in braces: "{a} is not {b}". */
static bool braces_are_closed(struct reading *r, struct str name, struct str text)
{
    const struct json *member = json_member(r->node, name);
    size_t open = text.len;
    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];
        if (c == '{' ? open < text.len : c == '}' && open == text.len)
            return json_fail_in(r->diag, member, at, "%.*s: a '%c' without its %s", STR_ARG(name), c,
                                c == '{' ? "'}'" : "'{'");
        if (c == '}' && open + 1 == at)
            return json_fail_in(r->diag, member, open, "%.*s: no name stands between '{' and '}'", STR_ARG(name));
        open = c == '{' ? at : c == '}' ? text.len : open;
    }
    return open == text.len || json_fail_in(r->diag, member, open, "%.*s: a '{' without its '}'", STR_ARG(name));
}

static bool fail_choice(struct reading *r, struct str name, struct str word, const struct str *names, size_t count)
{
    return choice_fail(r->diag, json_member(r->node, name), name, word, names, count);
}

static bool read_severity(struct reading *r)
{
    struct str word, names[SEVERITY_COUNT];
    r->rule->severity = SEVERITY_ERROR;
    for (unsigned i = 0; i < SEVERITY_COUNT; i++)
        names[i] = severity_name((enum severity)i);
    return member_text(r->diag, r->node, STR("severity"), &word) &&
           (!word.len || severity_from_name(word, &r->rule->severity) ||
            fail_choice(r, STR("severity"), word, names, SEVERITY_COUNT));
}

static bool read_kind(struct reading *r)
{
    struct str word, names[KIND_COUNT];
    r->rule->kind = r->rule->check ? rule_kind_of(r->rule->check) : KIND_PATTERN;
    for (unsigned i = 0; i < KIND_COUNT; i++)
        names[i] = finding_kind_name((enum finding_kind)i);
    return member_text(r->diag, r->node, STR("kind"), &word) &&
           (!word.len || finding_kind_from_name(word, &r->rule->kind) ||
            fail_choice(r, STR("kind"), word, names, KIND_COUNT));
}

static bool read_expect(struct reading *r)
{
    static const struct str names[] = {STR_INIT("match"), STR_INIT("no-match")};
    struct str word;
    if (!member_text(r->diag, r->node, STR("expect"), &word))
        return false;
    r->rule->expect = !word.len ? EXPECT_NOTHING : str_equal(word, names[0]) ? EXPECT_MATCH : EXPECT_NO_MATCH;
    return r->rule->expect != EXPECT_NO_MATCH || str_equal(word, names[1]) ||
           fail_choice(r, STR("expect"), word, names, 2);
}

static bool read_optional(struct reading *r)
{
    const struct json *member = json_member(r->node, STR("optional"));
    r->rule->optional = member->truth;
    return member->type == JSON_NONE || member->type == JSON_BOOLEAN ||
           json_fail(r->diag, member, "optional: %s where true or false is expected", json_type_name(member->type));
}

/* Every name of a claim's check is a part of it. */
static bool names_parts(struct reading *r, const struct expr *e)
{
    enum claim claim = r->rule->claim;
    if (e->op == EXPR_NAME && !claim_has_part(claim, e->text))
        return json_fail_in(r->diag, json_member(r->node, STR("check")), e->start,
                            "check: the claim '%.*s' has no part '%.*s'; there are %.*s", STR_ARG(claim_name(claim)),
                            STR_ARG(e->text), STR_ARG(claim_parts_text(r->diag->arena, claim)));
    for (size_t i = 0; i < e->arg_count; i++)
        if (!names_parts(r, e->args[i]))
            return false;
    return true;
}

static bool read_claim(struct reading *r, const struct pack *pack)
{
    struct str word, names[CLAIM_COUNT - 1];
    struct rule *rule = r->rule;
    rule->cues = pack->cues;
    if (!member_text(r->diag, r->node, STR("claim"), &word) || !word.len)
        return !r->diag->failed;
    for (unsigned i = CLAIM_NONE + 1; i < CLAIM_COUNT; i++)
        names[i - 1] = claim_name((enum claim)i);
    if (!claim_from_name(word, &rule->claim))
        return fail_choice(r, STR("claim"), word, names, CLAIM_COUNT - 1);
    if (!rule->check)
        return json_fail(r->diag, r->node, "a claim needs a 'check' of its parts: %.*s",
                         STR_ARG(claim_parts_text(r->diag->arena, rule->claim)));
    return names_parts(r, rule->check);
}

/* examples := { "good": [], "bad": [] } */
static bool read_examples(struct reading *r)
{
    static const struct str names[] = {STR_INIT("good"), STR_INIT("bad")};
    const struct json *examples = json_member(r->node, STR("examples"));
    r->rule->examples = examples;
    if (examples->type == JSON_NONE)
        return true;
    if (examples->type != JSON_RECORD)
        return json_fail(r->diag, examples, "examples: %s where { \"good\": [], \"bad\": [] } is expected",
                         json_type_name(examples->type));
    for (size_t i = 0; i < examples->count; i++) {
        const struct json *side = &examples->items[i];
        if (side->type != JSON_LIST)
            return json_fail(r->diag, side, "examples: %s where a list is expected", json_type_name(side->type));
        for (size_t j = 0; j < side->count; j++)
            if (side->items[j].type != JSON_RECORD && side->items[j].type != JSON_TEXT)
                return json_fail(r->diag, &side->items[j],
                                 "an example is %s; it should be an object of figures or a text",
                                 json_type_name(side->items[j].type));
    }
    return members_are_known(r->diag, examples, "the examples", names, 2);
}

/* What makes bindings, and what judges them, must both be there, and fit. */
static bool parts_fit(const struct reading *r)
{
    const struct rule *rule = r->rule;
    struct diag *diag = r->diag;
    bool binds = rule->pattern || rule->template;
    if (!binds && !rule->check)
        return json_fail(diag, r->node, "a rule has a 'check', a 'pattern' or a 'text'");
    if (rule->claim && (binds || rule->when))
        return json_fail(diag, json_member(r->node, STR("claim")), "a claim goes with a 'check' alone");
    if (rule->pattern && rule->template)
        return json_fail(diag, json_member(r->node, STR("text")), "a rule has a 'pattern' or a 'text', not both");
    if (rule->pattern && !rule->in.len)
        return json_fail(diag, r->node, "a pattern needs 'in': \"document\", or the member that it is looked for in");
    if (!rule->pattern && rule->in.len)
        return json_fail(diag, json_member(r->node, STR("in")), "'in' goes with a pattern");
    if (binds && !rule->check && rule->expect == EXPECT_NOTHING)
        return json_fail(diag, r->node, "nothing is judged: a pattern or text needs 'expect' or a 'check'");
    if (!binds && rule->expect != EXPECT_NOTHING)
        return json_fail(diag, json_member(r->node, STR("expect")), "'expect' goes with a pattern or a text");
    return true;
}

static bool read_id(struct reading *r, const struct pack *pack)
{
    struct str id;
    if (!member_name(r->diag, r->node, STR("id"), &id))
        return false;
    r->rule->id = str_format(r->reader->context->arena, "%.*s/%.*s", STR_ARG(pack->name), STR_ARG(id));
    void **slot = map_put(&r->reader->rules, r->rule->id);
    if (*slot)
        return json_fail(r->diag, json_member(r->node, STR("id")), "the id '%.*s' is taken by another rule",
                         STR_ARG(id));
    *slot = r->rule;
    return true;
}

static bool read_lang(struct reading *r, const struct pack *pack)
{
    const struct json *member = json_member(r->node, STR("lang"));
    r->lexicon = pack->lexicon;
    if (!member_text(r->diag, r->node, STR("lang"), &r->rule->lang))
        return false;
    if (r->rule->lang.len)
        return reader_lexicon(r->reader, r->diag, member, r->rule->lang, &r->lexicon);
    r->rule->lang = pack->lang;
    return true;
}

static bool read_words(struct reading *r)
{
    struct rule *rule = r->rule;
    struct str note;
    return member_text(r->diag, r->node, STR("about"), &rule->about) &&
           member_text(r->diag, r->node, STR("message"), &rule->message) &&
           member_text(r->diag, r->node, STR("why"), &rule->why) && member_text(r->diag, r->node, STR("note"), &note) &&
           braces_are_closed(r, STR("message"), rule->message);
}

bool rule_read(struct reader *reader, const struct pack *pack, const struct json *node, struct rule *out,
               struct diag *diag)
{
    static const struct str names[] = {
        STR_INIT("id"),       STR_INIT("about"),   STR_INIT("lang"),    STR_INIT("check"), STR_INIT("when"),
        STR_INIT("pattern"),  STR_INIT("in"),      STR_INIT("text"),    STR_INIT("claim"), STR_INIT("expect"),
        STR_INIT("severity"), STR_INIT("kind"),    STR_INIT("message"), STR_INIT("why"),   STR_INIT("note"),
        STR_INIT("optional"), STR_INIT("examples")};
    *out = (struct rule){.node = node, .built_in = pack->built_in};
    struct reading r = {.reader = reader, .node = node, .rule = out, .diag = diag};
    struct str when;
    if (node->type != JSON_RECORD)
        return json_fail(diag, node, "%s where a rule is expected", json_type_name(node->type));
    bool ok = read_id(&r, pack) && members_are_known(diag, node, "a rule", names, sizeof names / sizeof *names) &&
              read_lang(&r, pack) && read_expression(&r, STR("check"), &out->check_text, &out->check) &&
              read_expression(&r, STR("when"), &when, &out->when) && read_pattern(&r) && read_template(&r) &&
              read_claim(&r, pack) && read_words(&r) && read_expect(&r) && read_severity(&r) && read_kind(&r) &&
              read_optional(&r) && read_examples(&r) && parts_fit(&r);
    if (out->template || out->claim)
        out->in = STR("document");
    return ok;
}
