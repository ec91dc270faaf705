#include "rule/expr_factor.h"

struct expr *factor_node(struct parser *p, enum expr_op op, size_t start)
{
    if (++p->nodes > EXPR_MAX_NODES) {
        scan_fail(p, start, "the check has more than %d terms and operators", EXPR_MAX_NODES);
        return NULL;
    }
    struct expr *e = ARENA_NEW(p->arena, struct expr);
    e->op = op;
    e->start = start;
    e->end = p->end;
    return e;
}

/* The text between two `quote`s; the parser stands at the first. */
static bool quoted(struct parser *p, struct str quote, struct str *out)
{
    size_t start = p->at;
    scan_accept(p, quote);
    struct str rest = scan_rest(p);
    *out = str_part(rest, 0, str_find(rest, quote));
    if (out->len == rest.len)
        return scan_fail(p, start, "a %s without its end", quote.ptr);
    p->at += out->len;
    scan_accept(p, quote);
    return out->len || scan_fail(p, start, "nothing stands between %s and %s", quote.ptr, quote.ptr);
}

/* A text in the quote that stands here, single or double. */
static bool quoted_text(struct parser *p, struct str *out)
{
    return quoted(p, p->text.ptr[p->at] == '"' ? STR("\"") : STR("'"), out);
}

static bool at_quote(const struct parser *p)
{
    return p->at < p->text.len && (p->text.ptr[p->at] == '"' || p->text.ptr[p->at] == '\'');
}

static bool at_backquote(const struct parser *p) { return p->at < p->text.len && p->text.ptr[p->at] == '`'; }

/* dim := word | "`" any "`" */
bool factor_dim_name(struct parser *p, struct str *out)
{
    scan_blanks(p);
    if (at_backquote(p))
        return quoted(p, STR("`"), out);
    size_t length = scan_word(scan_rest(p));
    *out = str_part(scan_rest(p), 0, length);
    return length ? scan_accept(p, *out) : scan_expected(p, "the name of a dim");
}

/* quoted := a text between two `"` or two `'` */
static struct expr *read_text(struct parser *p)
{
    size_t start = p->at;
    struct str text;
    if (!quoted_text(p, &text))
        return NULL;
    struct expr *e = factor_node(p, EXPR_TEXT, start);
    if (e)
        e->text = text;
    return e;
}

/* "@" dim */
static struct expr *read_dim(struct parser *p)
{
    size_t start = p->at;
    struct str name;
    scan_accept(p, STR("@"));
    if (!factor_dim_name(p, &name))
        return NULL;
    struct expr *e = factor_node(p, EXPR_DIM, start);
    if (e)
        e->text = name;
    return e;
}

/* The value of a selector may be a bare date or code: 2023-01, T3. */
static size_t selector_value(struct str text)
{
    size_t at = 0;
    for (;;) {
        size_t word = scan_word(str_part(text, at, text.len));
        at += word;
        if (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '.'))
            at++;
        else
            return at;
    }
}

/* selector := dim "=" ( { letter | digit | "_" | "." | "-" } | quoted ) */
static bool read_selector(struct parser *p, struct selector *out)
{
    scan_blanks(p);
    out->at = p->at;
    if (!factor_dim_name(p, &out->dim))
        return false;
    if (!scan_accept(p, STR("=")))
        return scan_expected(p, "'='");
    scan_blanks(p);
    if (at_quote(p))
        return quoted_text(p, &out->value);
    out->value = str_part(scan_rest(p), 0, selector_value(scan_rest(p)));
    return out->value.len ? scan_accept(p, out->value) : scan_expected(p, "the value of a dim");
}

/* { "[" selector { "," selector } "]" } */
static bool read_selectors(struct parser *p, struct expr *name)
{
    struct {
        struct selector *items;
        size_t count, room;
    } list = {0};
    while (scan_accept(p, STR("["))) {
        do {
            struct selector *added = LIST_ADD(p->arena, &list);
            if (!read_selector(p, added))
                return false;
            for (size_t i = 0; i + 1 < list.count; i++)
                if (str_equal(list.items[i].dim, added->dim))
                    return scan_fail(p, added->at, "the dim '%.*s' is chosen twice", STR_ARG(added->dim));
        } while (scan_accept(p, STR(",")) || scan_accept(p, STR(";")));
        if (!scan_accept(p, STR("]")))
            return scan_expected(p, "',' or ']'");
    }
    name->selectors = list.items;
    name->selector_count = list.count;
    name->end = p->end;
    return true;
}

/* name := ( word { "." word } | "`" any "`" ) { "[" selector { "," selector } "]" } */
static struct expr *read_name(struct parser *p)
{
    size_t start = p->at;
    bool is_quoted = at_backquote(p);
    struct str name = str_part(scan_rest(p), 0, scan_name(scan_rest(p)));
    if (is_quoted ? !quoted(p, STR("`"), &name) : !scan_accept(p, name))
        return NULL;
    struct expr *e = factor_node(p, EXPR_NAME, start);
    if (!e)
        return NULL;
    e->text = name;
    e->quoted = is_quoted;
    return read_selectors(p, e) ? e : NULL;
}

static struct unit bare_unit(struct number number) { return number_sign(number) ? unit_literal() : unit_zero(); }

/* Tries a text as the unit of a literal. */
static bool set_unit(struct parser *p, struct expr *literal, struct str text, struct number digits)
{
    struct unit unit;
    struct number scale;
    if (!lexicon_unit(p->lexicon, text, &unit, &scale))
        return false;
    literal->number = number_mul(p->arena, digits, scale);
    /* A scale word alone ("millions") makes a larger bare number. */
    literal->unit = unit.kind == UNIT_COUNT ? bare_unit(literal->number) : unit;
    return true;
}

/* unit := the most of the words that follow that lexicon_unit knows; what is none is left where it is.
 * A unit may hold a slash ("km/h"), and a division may follow one ("km/x"): both ends are tried. */
static void read_unit(struct parser *p, struct expr *literal)
{
    enum { MOST_WORDS = 4 };
    scan_blanks(p);
    struct number digits = literal->number;
    struct str rest = scan_rest(p);
    size_t start = 0, taken = 0;
    for (size_t words = 0; words < MOST_WORDS; words++) {
        size_t length = scan_unit_word(str_part(rest, start, rest.len));
        if (!length || scan_is_reserved(str_part(rest, start, start + length)))
            break;
        for (size_t end = start + 1; end <= start + length; end++)
            if ((end == start + length || rest.ptr[end] == '/') && set_unit(p, literal, str_part(rest, 0, end), digits))
                taken = end;
        start += length;
        for (size_t blank; (blank = scan_blank(str_part(rest, start, rest.len)));)
            start += blank;
    }
    if (taken)
        scan_accept(p, str_part(rest, 0, taken));
}

/* What follows a literal is an operator. Nearly always the slip is one of these two. */
static bool literal_ends(struct parser *p, size_t start)
{
    scan_blanks(p);
    struct str rest = scan_rest(p);
    size_t word = scan_unit_word(rest);
    bool separator = rest.len > 1 && rest.ptr[0] == ',' && !p->calls;
    if (scan_is_digit(rest.len ? rest.ptr[separator] : ' '))
        return scan_fail(p, start, "a number in a check that names figures has a decimal point and no grouping");
    if (word && !scan_is_reserved(str_part(rest, 0, word)))
        return scan_fail(p, p->at, "'%.*s' is no unit; a number of counted things stands alone",
                         STR_ARG(str_part(rest, 0, word)));
    return true;
}

/* literal := digits [ "." digits ] [ unit ] */
static struct expr *read_literal(struct parser *p)
{
    struct str rest = scan_rest(p);
    size_t start = p->at, length = 0;
    while (length < rest.len && scan_is_digit(rest.ptr[length]))
        length++;
    if (length + 1 < rest.len && rest.ptr[length] == '.' && scan_is_digit(rest.ptr[length + 1]))
        for (length++; length < rest.len && scan_is_digit(rest.ptr[length]);)
            length++;
    const char *why;
    scan_accept(p, str_part(rest, 0, length));
    struct expr *e = factor_node(p, EXPR_LITERAL, start);
    if (!e)
        return NULL;
    if (!number_read(p->arena, str_part(rest, 0, length), &e->number, &why)) {
        scan_fail(p, start, "%s", why);
        return NULL;
    }
    e->unit = bare_unit(e->number);
    read_unit(p, e);
    e->end = p->end;
    e->text = str_part(p->text, start, p->end);
    return literal_ends(p, start) ? e : NULL;
}

struct expr *factor_leaf(struct parser *p)
{
    scan_blanks(p);
    char next = p->at < p->text.len ? p->text.ptr[p->at] : '\0';
    size_t name = scan_name(scan_rest(p));
    if (scan_is_digit(next))
        return read_literal(p);
    if (next == '@')
        return read_dim(p);
    if (at_quote(p))
        return read_text(p);
    if (next == '`' || (name && !scan_is_reserved(str_part(scan_rest(p), 0, name))))
        return read_name(p);
    scan_expected(p, "a number, a name or '('");
    return NULL;
}
