/* The factors of a check of literals alone: where each ends, and what it says in the pack's language. */
#include "rule/expr_factor.h"

enum {
    LONGEST_NOTATION = 256, /* bytes */
    MOST_HYPHENS = 16       /* tried as the end of a notation; quatre-vingt-dix-neuf has three */
};

/* Where a notation may end: before an operator or a bracket for certain, before "and" and "or" (between 3 and 5), a
 * hyphen, a slash and a comma without blanks around (dix-sept, 3-5, 1/3; 1,5) perhaps. */
enum cut { CUT_NONE, CUT_SURE, CUT_WORD, CUT_HYPHEN };

static bool blank_before(struct str text, size_t at)
{
    for (size_t back = 1; back <= 3 && back <= at; back++)
        if (scan_blank(str_part(text, at - back, at)) == back)
            return true;
    return false;
}

static bool blank_at(struct str text, size_t at) { return at < text.len && scan_blank(str_part(text, at, text.len)); }

static enum cut cut_before_word(struct str text, size_t at)
{
    if (!blank_before(text, at))
        return CUT_NONE;
    struct str word = str_part(text, at, at + scan_word(str_part(text, at, text.len)));
    if (str_equal(word, STR("and")) || str_equal(word, STR("or")))
        return CUT_WORD;
    return str_equal(word, STR("within")) || str_equal(word, STR("then")) ? CUT_SURE : CUT_NONE;
}

static enum cut cut_before(const struct parser *p, size_t at)
{
    static const struct str operators[] = {STR_INIT("−"), STR_INIT("×"), STR_INIT("÷"), STR_INIT("≠"),
                                           STR_INIT("≤"), STR_INIT("≥"), STR_INIT("!=")};
    struct str rest = str_part(p->text, at, p->text.len);
    if (!rest.len)
        return CUT_SURE;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (str_starts(rest, operators[i]))
            return CUT_SURE;
    bool before = blank_before(p->text, at), behind = blank_at(p->text, at + 1);
    switch (rest.ptr[0]) {
    case '+':
    case '*':
    case '=':
    case '<':
    case '>':
    case '(':
    case ')':
    case ';':
        return CUT_SURE;
    case ',':
        return !p->calls ? CUT_NONE : behind ? CUT_SURE : CUT_HYPHEN;
    case '-':
        return before && behind ? CUT_SURE : CUT_HYPHEN;
    case '/':
        return before || behind ? CUT_SURE : CUT_HYPHEN;
    }
    return cut_before_word(p->text, at);
}

static size_t trimmed(struct str text, size_t start, size_t end)
{
    while (end > start && blank_before(text, end))
        do
            end--;
        while (((unsigned char)text.ptr[end] & 0xc0) == 0x80);
    return end;
}

/* Is it an operator that stands at the end of what might be a notation? */
static bool ends_with_operator(struct str text)
{
    char last = text.len ? text.ptr[text.len - 1] : ' ';
    return last == '-' || last == '/' || last == ',';
}

/* A letter alone is the name of a mention or figure, even where it is an article (the English "a") as well. And a
 * notation takes all that stands before the number: "between 3" is only the start of one. */
static bool try_notation(struct parser *p, size_t start, size_t end, struct expr *out, const char **why)
{
    struct str text = str_part(p->text, start, end);
    if (text.len > LONGEST_NOTATION) {
        *why = "too long";
        return false;
    }
    *why = "it is not one number";
    if (ends_with_operator(text) || (scan_name(text) == text.len && utf8_count(text) == 1) ||
        !notation_read(p->arena, p->lexicon, text, &out->notation, why) || out->notation.text.ptr != text.ptr)
        return false;
    out->text = text;
    p->at = p->end = end;
    return true;
}

/* Tries the text up to `end`, then up to each hyphen in it, the last first. */
static bool try_hyphens(struct parser *p, size_t start, size_t end, struct expr *out, const char **why)
{
    if (try_notation(p, start, trimmed(p->text, start, end), out, why))
        return true;
    size_t hyphens[MOST_HYPHENS], count = 0;
    const char *ignored;
    for (size_t at = start + 1; at < end && count < MOST_HYPHENS; at++)
        if (cut_before(p, at) == CUT_HYPHEN)
            hyphens[count++] = at;
    while (count--)
        if (try_notation(p, start, trimmed(p->text, start, hyphens[count]), out, &ignored))
            return true;
    return false;
}

/* Can what stands here only be a name? */
static bool starts_name(struct str text)
{
    return scan_name(text) || str_starts(text, STR("`")) || str_starts(text, STR("@")) || str_starts(text, STR("\"")) ||
           str_starts(text, STR("'"));
}

size_t factor_sign(struct str text)
{
    size_t length = str_starts(text, STR("+")) || str_starts(text, STR("-")) ? 1
                    : str_starts(text, STR("−"))                             ? STR("−").len
                                                                             : 0;
    return length < text.len && scan_is_digit(text.ptr[length]) ? length : 0;
}

struct expr *factor_notation(struct parser *p)
{
    scan_blanks(p);
    size_t start = p->at, first_end = 0, end = start;
    const char *why = "", *ignored;
    enum cut cut = cut_before(p, start);
    if (cut == CUT_SURE && !factor_sign(scan_rest(p))) {
        scan_expected(p, "a number, a name or '('");
        return NULL;
    }
    struct expr *e = factor_node(p, EXPR_NOTATION, start);
    if (!e)
        return NULL;
    do {
        do
            end++;
        while (end - start <= LONGEST_NOTATION && (cut = cut_before(p, end)) != CUT_SURE && cut != CUT_WORD);
        if (try_hyphens(p, start, end, e, first_end ? &ignored : &why)) {
            e->end = p->end;
            return e;
        }
        if (!first_end)
            first_end = trimmed(p->text, start, end);
    } while (cut == CUT_WORD && end - start <= LONGEST_NOTATION);
    p->named |= starts_name(str_part(p->text, start, p->text.len));
    scan_fail(p, start, "'%.*s' is no number: %s", STR_ARG(str_part(p->text, start, first_end)), why);
    p->at = p->end = first_end;
    return e;
}
