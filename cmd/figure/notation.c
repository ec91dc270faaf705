#include "figure/notation.h"

#include <limits.h>
#include <string.h>

#include "figure/date.h"
#include "figure/printed.h"

struct str notation_kind_name(enum notation_kind kind)
{
    static const struct str NAMES[] = {[NOTATION_COUNT] = STR_INIT("count"),
                                       [NOTATION_MONEY] = STR_INIT("money"),
                                       [NOTATION_PERCENT] = STR_INIT("percent"),
                                       [NOTATION_POINTS] = STR_INIT("points"),
                                       [NOTATION_ORDINAL] = STR_INIT("ordinal"),
                                       [NOTATION_FRACTION] = STR_INIT("fraction"),
                                       [NOTATION_MULTIPLE] = STR_INIT("multiple"),
                                       [NOTATION_RANGE] = STR_INIT("range"),
                                       [NOTATION_DURATION] = STR_INIT("duration"),
                                       [NOTATION_AGE] = STR_INIT("age"),
                                       [NOTATION_MEASURE] = STR_INIT("measure"),
                                       [NOTATION_YEAR] = STR_INIT("year"),
                                       [NOTATION_NOT_A_FIGURE] = STR_INIT("not-a-figure")};
    return NAMES[kind];
}

struct str hedge_name(enum hedge hedge)
{
    static const struct str NAMES[] = {[HEDGE_NONE] = STR_INIT(""),
                                       [HEDGE_ABOUT] = STR_INIT("about"),
                                       [HEDGE_NEARLY] = STR_INIT("nearly"),
                                       [HEDGE_MORE_THAN] = STR_INIT("more-than"),
                                       [HEDGE_AT_LEAST] = STR_INIT("at-least"),
                                       [HEDGE_AT_MOST] = STR_INIT("at-most"),
                                       [HEDGE_LESS_THAN] = STR_INIT("less-than"),
                                       [HEDGE_ROUND_NUMBER] = STR_INIT("round-number")};
    return NAMES[hedge];
}

static bool fail(const char **why, const char *reason)
{
    *why = reason;
    return false;
}

/* ---- a text ---- */

static void set_year(struct notation *n, struct number year)
{
    n->kind = NOTATION_YEAR;
    n->unit = unit_year();
    n->value = n->other = year;
    n->half = number_int(0);
    n->step = number_int(1);
}

/* What stands behind the number: nothing, or the words of the noun and a hedge ("54 millions d'habitants environ"),
 * without another number. */
static bool noun_read(const struct reading *r, struct printed *p, const char **why)
{
    size_t at = p->next, end = r->count, next;
    while (end > at && r->tokens[end - 1].type == TOKEN_MARK && r->tokens[end - 1].gap == GAP_NONE)
        end--; /* a full stop, a note sign */
    bool rate = token_is_mark(&r->tokens[at], '/') && r->tokens[at + 1].type == TOKEN_WORD; /* 12 €/mois */
    if (end > at && r->tokens[at].gap == GAP_NONE && !rate)
        return fail(why, "not one number");
    for (size_t i = at; i < end; i++)
        if (r->tokens[i].type == TOKEN_DIGITS)
            return fail(why, "more than one number");
    for (size_t i = end > at + 3 ? end - 3 : at; i < end; i++) {
        const struct term *hedge = term_at(r, i, TERM_HEDGE_AFTER, &next);
        if (hedge && next == end) {
            p->notation.hedge = p->notation.hedge == HEDGE_NONE ? (enum hedge)hedge->value : p->notation.hedge;
            end = i;
        }
    }
    term_at(r, at, TERM_OF, &at);
    p->notation.noun = reading_text(r, at, end);
    return true;
}

static void negate(struct arena *arena, struct notation *n)
{
    struct number low = n->low;
    n->value = number_neg(arena, n->value);
    n->other = number_neg(arena, n->other);
    n->low = number_neg(arena, n->high);
    n->high = number_neg(arena, low);
}

/* A number in parentheses: drops the last one and says so. */
static bool parentheses_drop(struct reading *r)
{
    if (r->count < 3 || !token_is_mark(&r->tokens[0], '(') || !token_is_mark(&r->tokens[r->count - 1], ')'))
        return false;
    struct token *last = &r->tokens[--r->count];
    *last = (struct token){.start = last->start, .end = last->start, .type = TOKEN_END, .gap = GAP_BREAK};
    return true;
}

/* The number, behind a word that may introduce it: "de 3 à 5", "les deux tiers", "n° 3". */
static bool number_read_at(const struct reading *r, size_t at, struct printed *p)
{
    size_t behind = at;
    if (printed_at(r, at, 0, p))
        return true;
    bool numbered = term_at(r, at, TERM_NUMERO, &behind) != NULL;
    bool introduced = numbered || term_at(r, at, TERM_FROM, &behind) || term_at(r, at, TERM_STOP, &behind);
    if (!introduced || !printed_at(r, behind, 0, p))
        return false;
    if (numbered && p->bare) {
        p->notation.kind = NOTATION_ORDINAL;
        p->notation.unit = unit_ordinal();
    }
    return true;
}

/* value = date | "(" printed ")" | [ from | article | n° ] printed [ noun ] */
static bool value_read(struct reading *r, struct notation *out, const char **why)
{
    struct date date;
    if (date_at(r, 0, &date) && date.next == r->count && date.year > 99) {
        set_year(out, number_int(date.year));
        out->text = r->text;
        return true;
    }
    struct printed p;
    bool below = parentheses_drop(r);
    if (!number_read_at(r, below, &p))
        return fail(why, p.numeral.too_long ? "more than 1000 digits" : "it does not start with a number");
    if (p.numeral.zero_led && !p.numeral.decimals)
        return fail(why, "a number that starts with 0");
    if (!noun_read(r, &p, why))
        return false;
    if (p.notation.hedge != HEDGE_NONE && !number_sign(p.notation.half) && !p.notation.range)
        notation_settle(r->arena, &p.notation, 0); /* the hedge stood behind the noun */
    if (below)
        negate(r->arena, &p.notation);
    *out = p.notation;
    return true;
}

bool notation_read(struct arena *arena, const struct lexicon *lexicon, struct str text, struct notation *out,
                   const char **why)
{
    struct reading r = {0};
    *out = (struct notation){0};
    reading_open(&r, arena, lexicon, str_trim(text));
    if (!r.count)
        return fail(why, "nothing is written");
    return value_read(&r, out, why);
}

/* ---- a JSON number ---- */

/* The power of ten of the last written digit of a JSON number: "43.0" -1, "1.5e3" 2. */
static int place_written(struct str digits, bool *decimals)
{
    struct str rest = digits, mantissa;
    size_t e = 0;
    while (e < digits.len && (digits.ptr[e] | 0x20) != 'e')
        e++;
    mantissa = str_part(digits, 0, e);
    rest = str_part(digits, e + 1, digits.len);
    int exponent = 0, sign = rest.len && rest.ptr[0] == '-' ? -1 : 1;
    for (size_t i = 0; i < rest.len && exponent <= NUMBER_MAX_EXPONENT; i++)
        if (rest.ptr[i] >= '0' && rest.ptr[i] <= '9')
            exponent = exponent * 10 + (rest.ptr[i] - '0');
    size_t point = str_find(mantissa, STR("."));
    size_t places = point < mantissa.len ? mantissa.len - point - 1 : 0;
    *decimals = places > 0;
    return sign * exponent - (int)places;
}

bool notation_of_number(struct arena *arena, const struct lexicon *lexicon, struct str digits, struct str unit,
                        struct notation *out, const char **why)
{
    *out = (struct notation){.text = digits, .kind = NOTATION_COUNT, .unit = unit_count(), .mark = '.'};
    if (!number_read(arena, digits, &out->value, why))
        return false;
    out->place = place_written(digits, &out->decimals);
    if (out->place > 0 && !out->decimals && number_is_whole(out->value))
        out->place = 0; /* 1e3 is how JSON writes 1000 */
    out->other = out->value;
    notation_settle(arena, out, 0);
    return notation_set_unit(arena, lexicon, out, unit) || fail(why, "its unit is another");
}

static bool same_unit(struct unit a, struct unit b)
{
    bool same = a.kind == b.kind && number_equal(a.factor, b.factor) && a.base_count == b.base_count;
    for (size_t i = 0; same && i < a.base_count; i++)
        same = a.bases[i].power == b.bases[i].power &&
               memcmp(a.bases[i].name, b.bases[i].name, sizeof a.bases[i].name) == 0;
    return same;
}

static void apply_scale(struct arena *arena, struct notation *n, struct number scale)
{
    int exponent = number_last_place(scale);
    if (!exponent || n->scaled)
        return;
    n->value = number_mul(arena, n->value, scale);
    n->other = number_mul(arena, n->other, scale);
    n->low = number_mul(arena, n->low, scale);
    n->high = number_mul(arena, n->high, scale);
    n->half = number_mul(arena, n->half, scale);
    n->step = number_mul(arena, n->step, scale);
    n->place += exponent;
    n->scaled = exponent > 0;
}

bool notation_set_unit(struct arena *arena, const struct lexicon *lexicon, struct notation *n, struct str text)
{
    struct unit unit;
    struct number scale;
    text = str_trim(text);
    bool own = n->unit.kind != UNIT_COUNT;
    if (!text.len)
        return true;
    if (!lexicon_unit(lexicon, text, &unit, &scale)) {
        bool counted = !own || n->kind == NOTATION_FRACTION || n->kind == NOTATION_ORDINAL;
        if (counted && !n->noun.len)
            n->noun = text;
        return counted;
    }
    if (own)
        return same_unit(n->unit, unit);
    if (n->noun.len && unit.kind != UNIT_COUNT)
        return false;
    if (unit.kind == UNIT_YEAR) {
        if (number_is_whole(n->value))
            set_year(n, n->value);
        return number_is_whole(n->value);
    }
    n->unit = unit;
    apply_scale(arena, n, scale);
    if (n->range || n->hedge == HEDGE_ROUND_NUMBER)
        return true;
    n->kind = notation_kind_of(unit.kind);
    notation_settle(arena, n, lexicon_minor(lexicon, unit));
    return true;
}

void notation_renumber(struct arena *arena, struct notation *n, struct number value, int place)
{
    /* Where money was exact, it was so to its coins; else nothing tells how many decimals they make. */
    int minor = number_sign(n->half) ? INT_MAX : -n->place;
    n->value = n->other = value;
    n->place = place;
    n->doubtful = false;
    notation_settle(arena, n, minor);
}

/* ---- the interval ---- */

/* h = max(u, min(q, |v| / 20)) */
static struct number slack(struct arena *arena, const struct notation *n)
{
    struct number twentieth = number_div(arena, number_abs(arena, n->value), number_int(20));
    struct number least = number_compare(n->step, twentieth) < 0 ? n->step : twentieth;
    return number_compare(n->half, least) > 0 ? n->half : least;
}

static struct interval around(struct arena *arena, struct number v, struct number h)
{
    return interval_closed(number_sub(arena, v, h), number_add(arena, v, h));
}

static struct interval of_hedge(struct arena *arena, const struct notation *n, enum rounding rounding)
{
    struct interval all = interval_all();
    struct number v = n->value;
    switch (n->hedge) {
    case HEDGE_NONE:
        return number_sign(n->half) ? interval_rounded(arena, v, n->half, rounding) : interval_point(v);
    case HEDGE_ABOUT:
        return around(arena, v, slack(arena, n));
    case HEDGE_NEARLY:
        return number_sign(v) < 0 ? interval_closed(v, number_add(arena, v, slack(arena, n)))
                                  : interval_closed(number_sub(arena, v, slack(arena, n)), v);
    case HEDGE_MORE_THAN:
        return (struct interval){{.at = v, .open = true}, all.high};
    case HEDGE_AT_LEAST:
        return (struct interval){{.at = v}, all.high};
    case HEDGE_AT_MOST:
        return (struct interval){all.low, {.at = v}};
    case HEDGE_LESS_THAN:
        return (struct interval){all.low, {.at = v, .open = true}};
    case HEDGE_ROUND_NUMBER:
        return around(arena, v, number_mul(arena, number_abs(arena, v), number_decimal(arena, 15, -2)));
    }
    return all;
}

struct interval notation_interval(struct arena *arena, const struct notation *n, enum rounding rounding)
{
    struct interval in = n->range ? interval_closed(n->low, n->high) : of_hedge(arena, n, rounding);
    if (n->range && n->hedge == HEDGE_ROUND_NUMBER) /* des dizaines: fewer than a hundred */
        in.high.open = true;
    bool clipped = (n->unit.kind == UNIT_COUNT || n->unit.kind == UNIT_DURATION) && number_sign(n->value) >= 0;
    struct interval counts = {.low = {.at = number_int(0)}, .high = interval_all().high};
    /* "moins de 0" is nonsense, but no reason for an interval without values. */
    return clipped && interval_meets(in, counts) ? interval_intersect(in, counts) : in;
}
