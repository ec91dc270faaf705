/* crossfoot explain: what a rule means, for an editor: in words, by its examples, and by the numbers of a report. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/nearest.h"
#include "check/example.h"
#include "crossfoot/config.h"
#include "crossfoot/inputs.h"
#include "figure/lexicon.h"

struct explaining {
    struct arena *arena;
    struct settings *settings;
    struct inputs *inputs;
    const struct json *report; /* NULL: none */
    size_t said;               /* rules */
};

/* ---- saying ---- */

static const char *told(const struct explaining *e, const char *english)
{
    return locale_text(e->settings->locale, english);
}

/* "  why: …", if there is something to say. */
static void say(const struct explaining *e, const char *what, struct str text)
{
    if (text.len)
        printf("  %s%s %.*s\n", what, word(e->settings->locale, WORD_COLON), STR_ARG(text));
}

static void say_message(const struct explaining *e, const char *what, struct message message)
{
    say(e, what, locale_message(e->arena, e->settings->locale, &message));
}

static struct str repair_text(const struct explaining *e, struct str text, struct str instead, const char *why)
{
    enum locale locale = e->settings->locale;
    return str_format(e->arena, "%.*s %s%.*s (%s)", STR_ARG(text), instead_of(locale, instead), STR_ARG(instead),
                      told(e, why));
}

/* ---- what a rule says ---- */

/* What the rule is about, in its pack's words. */
static struct str about_of(const struct rule *rule) { return rule->about.len ? rule->about : rule->why; }

static void say_where(const struct explaining *e, const struct rule *rule)
{
    struct arena *arena = e->arena;
    const char *what = told(e, "looks at");
    if (rule->claim)
        say_message(e, what,
                    message_make(arena, "sentences that say of their figures: %.*s",
                                 STR_ARG(claim_parts_text(arena, rule->claim))));
    else if (rule->template)
        say_message(e, what, message_make(arena, "sentences like \"%.*s\"", STR_ARG(rule->text)));
    else if (rule->pattern && rule_is_for_documents(rule))
        say_message(e, what, message_make(arena, "documents, for /%.*s/", STR_ARG(rule->pattern_text)));
    else if (rule->pattern)
        say_message(e, what,
                    message_make(arena, "the member \"%.*s\" of each figure, for /%.*s/", STR_ARG(rule->in),
                                 STR_ARG(rule->pattern_text)));
    else
        say_message(e, what, message_make(arena, "the figures of datasets, wherever those it names have equal dims"));
    if (rule->lang.len && rule_is_for_documents(rule))
        say(e, told(e, "language"), rule->lang);
}

static void say_what(const struct explaining *e, const struct rule *rule)
{
    const char *what = told(e, "must hold");
    say(e, told(e, "when"), json_member(rule->node, STR("when"))->text);
    say(e, what, rule->check_text);
    if (rule->expect == EXPECT_MATCH)
        say(e, what, str_from(told(e, "the text has this form")));
    else if (rule->expect == EXPECT_NO_MATCH)
        say(e, what, str_from(told(e, "the text does not have this form")));
    say(e, told(e, "message"), rule->message);
}

/* How to be rid of it. */
static void say_off(const struct explaining *e, const struct rule *rule)
{
    struct arena *arena = e->arena;
    const char *what = told(e, "to switch it off");
    struct diag ignored = {.arena = arena};
    struct str rest = rule->id, pack = str_cut(&rest, STR("/"));
    if (!rule->built_in) {
        struct source *source = rule->node->source;
        struct position at = source_position(arena, source, json_offset(arena, rule->node));
        say_message(e, what,
                    message_make(arena, "take it out of %.*s, line %zu, or give it \"severity\": \"note\"",
                                 STR_ARG(source->name), at.line));
    } else if (lexicon_exists(arena, pack, &ignored)) {
        say_message(e, what, message_make(arena, "--no-default-rules leaves out all packs of languages"));
    } else {
        say_message(e, what, message_make(arena, "it is only on where --rules %.*s asks for it", STR_ARG(pack)));
    }
}

/* ---- examples ---- */

/* The figures of a finding: "shops.rural 592, shops.premises 354". */
static struct str terms_text(const struct explaining *e, const struct finding *finding)
{
    struct buf out = {.arena = e->arena};
    for (size_t i = 0; i < finding->term_count; i++)
        buf_addf(&out, "%s%.*s %.*s", i ? ", " : "", STR_ARG(finding->terms[i].name), STR_ARG(finding->terms[i].shown));
    return buf_str(&out);
}

static void say_finding(const struct explaining *e, const struct finding *finding)
{
    const struct report report = {.locale = e->settings->locale};
    struct str headline = report_headline(e->arena, &report, finding);
    printf("      %.*s\n", STR_ARG(headline));
    for (size_t i = 0; i < finding->repair_count; i++) {
        const struct finding_repair *repair = &finding->repairs[i];
        struct str text = repair->text;
        if (!text.len)
            text = locale_quantity(e->arena, report.locale, repair->value, repair->unit, false);
        text = repair_text(e, text, repair->instead, repair->why);
        printf("      %s%s %.*s\n", word(report.locale, WORD_HELP), word(report.locale, WORD_COLON), STR_ARG(text));
    }
}

static void say_example(const struct explaining *e, const struct rule *rule, const struct json *example, bool good)
{
    struct findings findings = {.arena = e->arena};
    struct diag diag = {.arena = e->arena};
    bool fine = example_judge(e->arena, e->inputs->packs_context.lexicons, rule, example, &findings, &diag);
    struct str text = example->text;
    if (!text.len && findings.count)
        text = terms_text(e, &findings.items[0]);
    say(e, good ? told(e, "good") : told(e, "bad"), text);
    if (!fine)
        printf("      %.*s\n", STR_ARG(locale_message(e->arena, e->settings->locale, &diag.message)));
    for (size_t i = 0; i < findings.count; i++) {
        bool inconsistent = findings.items[i].verdict == VERDICT_INCONSISTENT;
        if (inconsistent || (good && findings.items[i].sum_count))
            say_finding(e, &findings.items[i]);
    }
}

static void say_examples(const struct explaining *e, const struct rule *rule)
{
    static const struct str sides[] = {STR_INIT("good"), STR_INIT("bad")};
    for (size_t side = 0; side < 2; side++) {
        const struct json *list = json_member(rule->examples, sides[side]);
        for (size_t i = 0; i < list->count; i++)
            say_example(e, rule, &list->items[i], side == 0);
    }
}

/* ---- a report ---- */

/* "figures.json:22:87: 592 + 354 = 946 ≠ 964", and what would repair it. */
static void say_verdict(const struct explaining *e, const struct json *verdict)
{
    const struct json *terms = json_member(verdict, STR("terms"));
    const struct json *repairs = json_member(verdict, STR("repairs"));
    const struct json *place = json_member(terms->count ? &terms->items[0] : terms, STR("place"));
    struct str path = json_member(place, STR("path"))->text, message = json_member(verdict, STR("message"))->text;
    printf("    ");
    if (path.len)
        printf("%.*s:%.0f:%.0f: ", STR_ARG(path), json_member(place, STR("line"))->number,
               json_member(place, STR("column"))->number);
    printf("%.*s\n", STR_ARG(message));
    for (size_t i = 0; i < repairs->count; i++) {
        struct str name = json_member(&repairs->items[i], STR("term"))->text, instead = name;
        struct str text = json_member(&repairs->items[i], STR("text"))->text;
        for (size_t j = 0; j < terms->count; j++)
            if (str_equal(json_member(&terms->items[j], STR("name"))->text, name))
                instead = json_member(&terms->items[j], STR("text"))->text;
        if (!text.len)
            text = json_member(&repairs->items[i], STR("value"))->text;
        const char *why = str_z(e->arena, json_member(&repairs->items[i], STR("why"))->text);
        text = repair_text(e, text, instead, why);
        printf("      %s%s %.*s\n", word(e->settings->locale, WORD_HELP), word(e->settings->locale, WORD_COLON),
               STR_ARG(text));
    }
}

static void say_report(const struct explaining *e, struct str id)
{
    const struct json *verdicts = e->report ? json_member(e->report, STR("verdicts")) : NULL;
    size_t count = 0;
    for (size_t i = 0; verdicts && i < verdicts->count; i++) {
        if (!str_equal(json_member(&verdicts->items[i], STR("rule"))->text, id))
            continue;
        if (!count++)
            printf("  %s%s\n", told(e, "in the report"), word(e->settings->locale, WORD_COLON));
        say_verdict(e, &verdicts->items[i]);
    }
    if (verdicts && !count)
        say(e, told(e, "in the report"), str_from(told(e, "nothing of this rule")));
}

static bool read_report(struct explaining *e, struct diag *diag)
{
    struct source *source = ARENA_NEW(e->arena, struct source);
    if (!e->settings->report.len)
        return true;
    if (!file_read(e->arena, e->settings->report, source, diag))
        return false;
    const struct json *report = json_read(e->arena, source, diag);
    if (!report)
        return false;
    if (json_member(report, STR("crossfoot"))->type != JSON_NUMBER)
        return json_fail(diag, report, "this is no report: `crossfoot check -f json` writes one");
    e->report = report;
    return true;
}

/* ---- rules ---- */

/* The first line; a blank one stands between rules. */
static void say_title(struct explaining *e, struct str id, enum severity severity)
{
    printf("%s%.*s (%s)\n", e->said++ ? "\n" : "", STR_ARG(id), severity_word(e->settings->locale, severity));
}

static void explain_rule(struct explaining *e, const struct rule *rule)
{
    struct str about = about_of(rule);
    say_title(e, rule->id, rule->severity);
    if (about.len)
        printf("  %.*s\n", STR_ARG(about));
    if (!str_equal(about, rule->why))
        say(e, word(e->settings->locale, WORD_WHY), rule->why);
    say_where(e, rule);
    say_what(e, rule);
    say_examples(e, rule);
    say_off(e, rule);
    say_report(e, rule->id);
}

static void explain_built_in(struct explaining *e, const struct built_in_rule *rule)
{
    bool across = str_starts(str_from(rule->id), STR("crossfoot/across-"));
    say_title(e, str_from(rule->id), rule->severity);
    printf("  %s\n", told(e, rule->about));
    say(e, told(e, "to switch it off"),
        str_from(across ? told(e, "it is on with --across alone: mark what was restated as revised")
                        : told(e, "it is always on: give the two figures dims that differ")));
    say_report(e, str_from(rule->id));
}

/* Is this the rule: by its whole id, or by the part behind the pack's name? */
static bool is_called(struct str id, struct str name)
{
    struct str rest = id;
    str_cut(&rest, STR("/"));
    return str_equal(id, name) || str_equal(rest, name);
}

/* A pack of the user's hides a built-in one of its name. */
static bool is_hidden(const struct inputs *inputs, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_equal(inputs->rules.items[i]->id, inputs->rules.items[at]->id))
            return true;
    return false;
}

/* Explains each rule of that name; false when there is none. */
static bool explain(struct explaining *e, struct str name, struct diag *diag)
{
    const struct inputs *inputs = e->inputs;
    struct nearest near = {.word = name, .limit = 2};
    size_t before = e->said;
    for (size_t i = 0; i < inputs->rules.count; i++) {
        nearest_try(&near, inputs->rules.items[i]->id);
        if (is_called(inputs->rules.items[i]->id, name) && !is_hidden(inputs, i))
            explain_rule(e, inputs->rules.items[i]);
    }
    for (size_t i = 0; i < built_in_rule_count; i++) {
        nearest_try(&near, str_from(built_in_rules[i].id));
        if (is_called(str_from(built_in_rules[i].id), name))
            explain_built_in(e, &built_in_rules[i]);
    }
    if (e->said > before)
        return true;
    if (near.name.len)
        return diag_at(diag, NULL, 0, "no rule is called '%.*s': did you mean '%.*s'?", STR_ARG(name),
                       STR_ARG(near.name));
    return diag_at(diag, NULL, 0, "no rule is called '%.*s': `crossfoot explain` lists them", STR_ARG(name));
}

/* A line for each rule: its id, and what it is about or checks. */
static void list(const struct explaining *e)
{
    for (size_t i = 0; i < e->inputs->rules.count; i++) {
        const struct rule *rule = e->inputs->rules.items[i];
        struct str text = about_of(rule);
        if (!text.len)
            text = rule->check_text.len ? rule->check_text : rule->message;
        printf("%-32.*s %.*s\n", STR_ARG(rule->id), STR_ARG(text));
    }
    for (size_t i = 0; i < built_in_rule_count; i++)
        printf("%-32s %s\n", built_in_rules[i].id, told(e, built_in_rules[i].about));
}

/* Every pack that is built in: rules/NAME.json. */
static void load_built_in(struct inputs *inputs)
{
    const struct str folder = STR("rules/"), ending = STR(".json");
    for (const struct embedded_part *part = embedded_parts; part->path; part++) {
        struct str path = str_from(part->path), name = str_part(path, folder.len, path.len - ending.len);
        if (str_starts(path, folder) && str_ends(path, ending) && str_find(name, STR("/")) == name.len)
            inputs_load_pack(inputs, name);
    }
}

int command_explain(struct arena *arena, struct settings *settings)
{
    struct problems problems = {.arena = arena};
    struct patterns patterns = {.arena = arena};
    struct lexicons lexicons = {.arena = arena};
    struct config config;
    struct inputs inputs = inputs_make(arena, settings, &problems, &patterns, &lexicons);
    struct explaining e = {.arena = arena, .settings = settings, .inputs = &inputs};
    config_read(&config, settings, arena, &problems);
    inputs.packs_context.lang = settings->lang;
    for (size_t i = 0; i < config.rules.count; i++)
        inputs_load_pack(&inputs, config.rules.items[i]);
    for (size_t i = 0; i < settings->rules.count; i++)
        inputs_load_pack(&inputs, settings->rules.items[i]);
    load_built_in(&inputs);
    struct diag diag = {.arena = arena};
    read_report(&e, &diag);
    problems_take(&problems, &diag);
    report_problems(stderr, &problems, settings->locale);
    bool known = true;
    for (size_t i = 0; i < settings->paths.count; i++) {
        if (!explain(&e, settings->paths.items[i], &diag)) {
            complain(settings, &diag);
            diag = (struct diag){.arena = arena};
            known = false;
        }
    }
    if (!settings->paths.count)
        list(&e);
    patterns_free(&patterns);
    return problems.count || !known ? EXIT_INPUT : EXIT_CLEAN;
}
