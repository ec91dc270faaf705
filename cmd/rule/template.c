#include "rule/template.h"

#include "base/arena.h"
#include "base/buf.h"
#include "figure/token.h"
#include "rule/expr_scan.h"

/* A template while it is read. */
struct reading_template {
    struct arena *arena;
    struct str text;
    size_t at;
    struct template *out;
    struct expr_error *error;
};

__attribute__((format(printf, 3, 4))) static bool fail(struct reading_template *r, size_t at, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    *r->error = (struct expr_error){at, message_list(r->arena, format, list)};
    va_end(list);
    return false;
}

static struct str rest_of(const struct reading_template *r) { return str_part(r->text, r->at, r->text.len); }

static bool accept(struct reading_template *r, struct str symbol)
{
    bool there = str_starts(rest_of(r), symbol);
    r->at += there ? symbol.len : 0;
    return there;
}

static void skip_blanks(struct reading_template *r)
{
    for (size_t blank; (blank = scan_blank(rest_of(r))) > 0;)
        r->at += blank;
}

static bool kind_from_name(struct str name, enum notation_kind *out)
{
    for (*out = 0; *out < NOTATION_NOT_A_FIGURE; ++*out)
        if (str_equal(name, notation_kind_name(*out)))
            return true;
    return false;
}

static bool fail_kind(struct reading_template *r, size_t at, struct str name)
{
    struct buf names = {.arena = r->arena};
    for (enum notation_kind kind = 0; kind < NOTATION_NOT_A_FIGURE; kind++)
        buf_addf(&names, "%s%.*s", kind ? ", " : "", STR_ARG(notation_kind_name(kind)));
    return fail(r, at, "'%.*s' is no kind of figure: %.*s", STR_ARG(name), STR_ARG(buf_str(&names)));
}

static bool name_is_free(struct reading_template *r, size_t at, struct str name)
{
    if (scan_is_reserved(name))
        return fail(r, at, "'%.*s' is reserved in checks", STR_ARG(name));
    for (size_t i = 0; i < r->out->count; i++)
        if (str_equal(r->out->items[i].name, name))
            return fail(r, at, "the name '%.*s' is taken", STR_ARG(name));
    return true;
}

/* figure := "{" name [ ":" kind ] "}" */
static bool read_figure(struct reading_template *r)
{
    size_t open = r->at++;
    struct str inside = str_part(r->text, r->at, r->at + str_find(rest_of(r), STR("}")));
    struct template_item item = {.what = TEMPLATE_FIGURE, .any = true};
    if (r->at + inside.len == r->text.len)
        return fail(r, open, "a '{' without its '}'");
    struct str kind = inside, name = str_trim(str_cut(&kind, STR(":")));
    size_t at = (size_t)(name.ptr - r->text.ptr);
    item.name = name;
    if (!name.len || scan_name(name) < name.len)
        return fail(r, at, "a name is expected: {total}, {part:percent}");
    if (!name_is_free(r, at, name))
        return false;
    if (str_find(inside, STR(":")) < inside.len) {
        kind = str_trim(kind);
        item.any = false;
        if (!kind_from_name(kind, &item.kind))
            return fail_kind(r, (size_t)(kind.ptr - r->text.ptr), kind);
    }
    r->at += inside.len + 1;
    r->out->figures++;
    r->out->counted += item.any || item.kind != NOTATION_YEAR;
    *LIST_ADD(r->arena, r->out) = item;
    return true;
}

/* An elided word before a figure: "d'{a}". */
static bool accept_elision(struct reading_template *r)
{
    struct reading_template ahead = *r;
    bool there = (accept(&ahead, STR("'")) || accept(&ahead, STR("’"))) &&
                 (str_starts(rest_of(&ahead), STR("{")) || str_starts(rest_of(&ahead), STR("[")));
    if (there)
        r->at = ahead.at;
    return there;
}

/* word | mark */
static bool read_word(struct reading_template *r, struct template_phrase *phrase)
{
    struct spelling spelling;
    size_t start = r->at;
    struct token token = token_next(r->text, &r->at, &spelling);
    if (token.type == TOKEN_DIGITS)
        return fail(r, start, "a number stands for a figure: write {name}");
    if (token_is_mark(&token, '{'))
        return fail(r, start, "no figure may stand among alternatives");
    if (token_is_mark(&token, '}') || token_is_mark(&token, ']') || token_is_mark(&token, '|'))
        return fail(r, start, "a '%c' without its '%c'", (char)token.code, token.code == '}' ? '{' : '[');
    if (token.type == TOKEN_WORD && !spelling.len)
        return fail(r, start, "this word is too long");
    struct template_word *word = LIST_ADD(r->arena, phrase);
    if (token.type == TOKEN_MARK) {
        word->mark = token.code;
        return true;
    }
    struct str text = {spelling.bytes, spelling.len};
    word->spelling = str_format(r->arena, "%.*s%s", STR_ARG(text), accept_elision(r) ? "'" : "");
    return true;
}

/* alternatives := "[" phrase { "|" phrase } "]" */
static bool read_alternatives(struct reading_template *r)
{
    struct template_item item = {.what = TEMPLATE_WORDS};
    size_t open = r->at;
    do {
        r->at++; /* "[" or "|" */
        struct template_phrase phrase = {0};
        for (skip_blanks(r); !str_starts(rest_of(r), STR("|")) && !str_starts(rest_of(r), STR("]")); skip_blanks(r)) {
            if (r->at == r->text.len)
                return fail(r, open, "a '[' without its ']'");
            if (str_starts(rest_of(r), STR("…")) || str_starts(rest_of(r), STR("...")))
                return fail(r, r->at, "no gap may stand among alternatives");
            if (phrase.count == TEMPLATE_MAX_PHRASE)
                return fail(r, r->at, "too many words");
            if (!read_word(r, &phrase))
                return false;
        }
        *LIST_ADD(r->arena, &item) = phrase;
    } while (str_starts(rest_of(r), STR("|")));
    r->at++; /* "]" */
    *LIST_ADD(r->arena, r->out) = item;
    return true;
}

static bool read_item(struct reading_template *r)
{
    struct template_item *items = r->out->items;
    size_t start = r->at;
    if (str_starts(rest_of(r), STR("{")))
        return read_figure(r);
    if (str_starts(rest_of(r), STR("[")))
        return read_alternatives(r);
    if (accept(r, STR("…")) || accept(r, STR("..."))) {
        skip_blanks(r);
        if (!r->out->count || r->at == r->text.len || items[r->out->count - 1].what == TEMPLATE_GAP)
            return fail(r, start, "a gap stands between two other parts of the text");
        *LIST_ADD(r->arena, r->out) = (struct template_item){.what = TEMPLATE_GAP};
        return true;
    }
    struct template_phrase phrase = {0};
    if (!read_word(r, &phrase))
        return false;
    struct template_item *item = LIST_ADD(r->arena, r->out);
    item->what = TEMPLATE_WORDS;
    *LIST_ADD(r->arena, item) = phrase;
    return true;
}

static size_t width_of(const struct template_item *item)
{
    size_t width = 0;
    if (item->what != TEMPLATE_WORDS)
        return item->what == TEMPLATE_GAP ? TEMPLATE_GAP_WORDS : 1;
    for (size_t i = 0; i < item->count; i++)
        width = item->items[i].count > width ? item->items[i].count : width;
    return width;
}

static bool is_empty(const struct template *template)
{
    bool empty = true;
    for (size_t i = 0; i < template->count; i++) {
        const struct template_item *item = &template->items[i];
        bool optional = item->what == TEMPLATE_GAP;
        for (size_t j = 0; j < item->count; j++)
            optional |= !item->items[j].count;
        empty &= optional;
    }
    return empty;
}

struct template *template_parse(struct arena *arena, struct str text, struct expr_error *error)
{
    struct template *template = ARENA_NEW(arena, struct template);
    struct reading_template r = {.arena = arena, .text = text, .out = template, .error = error};
    for (skip_blanks(&r); r.at < text.len; skip_blanks(&r)) {
        size_t start = r.at;
        if (!read_item(&r))
            return NULL;
        template->width += width_of(&template->items[template->count - 1]);
        if (template->width > TEMPLATE_MAX_WIDTH) {
            fail(&r, start, "the text is too long from here on");
            return NULL;
        }
    }
    if (is_empty(template)) {
        fail(&r, 0, "this text would match everywhere");
        return NULL;
    }
    return template;
}
