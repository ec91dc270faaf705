/* Numbers that are made of words: round numbers, fractions, multiples, ordinals. */
#include "figure/printed.h"

static void set_unit(struct printed *out, struct unit unit, enum notation_kind kind)
{
    out->notation.unit = unit;
    out->notation.kind = kind;
}

/* The unit behind a word that stands for a number: "une trentaine d'euros". */
static void set_unit_behind(const struct reading *r, struct printed *out)
{
    size_t next = out->next;
    const struct term *unit = unit_at(r, out->next, true, &next);
    set_unit(out, unit ? *unit->unit : unit_count(), unit ? notation_kind_of(unit->unit->kind) : NOTATION_COUNT);
    if (unit)
        out->next = next;
}

/* ---- une trentaine, des milliers ---- */

/* "de milliers", "de millions", behind a round number. */
static struct number times_behind(const struct reading *r, size_t *next)
{
    size_t at = *next, behind;
    if (!term_at(r, at, TERM_OF, &at))
        return number_int(1);
    const struct term *many = term_at(r, at, TERM_MANY, &behind);
    if (!many)
        return number_int(1);
    *next = behind;
    return number_int(many->value);
}

/* round = ( article | numeral ) round-word [ of many-word ] [ of unit ]: v ± 15 %, unless a hedge bounds it */
static bool round_at(const struct reading *r, size_t at, const struct numeral *n, struct printed *out)
{
    size_t next = at;
    if (!n || n->scaled)
        return false;
    const struct term *round = term_at(r, n->next, TERM_ROUND, &next);
    if (!round && !n->digits && !n->article)
        round = term_at(r, n->next, TERM_MANY, &next); /* deux douzaines */
    if (!round)
        return false;
    struct notation *notation = &out->notation;
    notation->value = number_mul(r->arena, n->value, number_int(round->value));
    notation->value = number_mul(r->arena, notation->value, times_behind(r, &next));
    out->next = next;
    set_unit_behind(r, out);
    notation->half = number_mul(r->arena, notation->value, number_decimal(r->arena, 15, -2));
    notation->step = number_decimal(r->arena, 1, number_last_place(notation->value));
    if (notation->hedge == HEDGE_NONE)
        notation->hedge = HEDGE_ROUND_NUMBER;
    return true;
}

/* many = some many-word | many-word of …: from twice to ten times the word's number */
static bool many_at(const struct reading *r, size_t at, const struct numeral *none, struct printed *out)
{
    size_t next = at, behind;
    if (none)
        return false;
    bool some = term_at(r, at, TERM_SOME, &next) != NULL;
    const struct term *many = term_at(r, next, TERM_MANY, &next);
    if (!many || (!some && !term_at(r, next, TERM_OF, &behind)))
        return false;
    struct number times = times_behind(r, &next);
    struct number one = number_mul(r->arena, number_int(many->value), times);
    out->next = next;
    set_unit_behind(r, out);
    struct notation *n = &out->notation;
    n->kind = NOTATION_RANGE;
    n->hedge = HEDGE_ROUND_NUMBER;
    n->range = true;
    n->low = number_mul(r->arena, one, number_int(2));
    n->high = number_mul(r->arena, one, number_int(10));
    n->value = number_mul(r->arena, one, number_int(6));
    n->half = number_int(0);
    n->step = one;
    return true;
}

/* ---- fractions ---- */

/* No digit is printed, so u is half a part, but no more than a twentieth of the value: "un tiers" is 0.317 to 0.35. */
static void set_fraction(struct arena *arena, struct printed *out, int64_t part, int64_t whole)
{
    struct notation *n = &out->notation;
    n->value = number_div(arena, number_int(part), number_int(whole));
    n->step = number_div(arena, number_int(1), number_int(whole));
    struct number half = number_div(arena, n->step, number_int(2));
    struct number twentieth = number_div(arena, n->value, number_int(20));
    n->half = number_compare(half, twentieth) < 0 ? half : twentieth;
    set_unit(out, unit_ratio(), NOTATION_FRACTION);
}

/* "half a million", "un demi-million", "a quarter of a million": a fraction of a scale word is a count.
 *
 * of-scale = [ "-" ] [ of ] [ article ] scale [ of unit ]
 */
static bool of_scale(const struct reading *r, struct printed *out)
{
    size_t next = out->next, ignored;
    if (token_is_mark(&r->tokens[next], '-'))
        next++;
    term_at(r, next, TERM_OF, &next);
    term_at(r, next, TERM_ARTICLE, &next);
    const struct term *scale = term_at(r, next, TERM_SCALE, &ignored);
    if (!scale || scale->value < 6 || token_len(&r->tokens[next]) < 4)
        return false;
    struct notation *n = &out->notation;
    struct number factor = number_decimal(r->arena, 1, (int)scale->value);
    n->value = number_mul(r->arena, n->value, factor);
    n->half = number_mul(r->arena, n->half, factor);
    n->step = number_mul(r->arena, n->step, factor);
    out->next = ignored;
    set_unit_behind(r, out);
    return true;
}

/* Parts that are ordinals too: "un cinquième de", "a third of", at most before a stop word; "un cinquième mandat" is no
 * fraction. */
static bool is_ordinal_part(const struct reading *r, size_t part, size_t behind)
{
    size_t ignored;
    return term_at(r, part, TERM_ORDINAL, &ignored) && r->tokens[behind].type == TOKEN_WORD &&
           !term_at(r, behind, TERM_OF, &ignored) && !term_at(r, behind, TERM_STOP, &ignored);
}

/* fraction = fraction-word | numeral [ "-" ] part */
static bool fraction_at(const struct reading *r, size_t at, const struct numeral *n, struct printed *out)
{
    size_t next = at;
    const struct term *word = term_at(r, at, TERM_FRACTION, &next);
    if (word) {
        set_fraction(r->arena, out, word->value, word->divisor);
    } else {
        if (!n || r->tokens[n->next].gap > GAP_LINE)
            return false;
        bool hyphen = token_is_mark(&r->tokens[n->next], '-') && r->tokens[n->next].gap == GAP_NONE;
        const struct term *part = term_at(r, n->next + hyphen, TERM_PART, &next);
        int64_t count = numeral_small(n);
        if (!part || count < 1 || count >= part->value || (n->article && is_ordinal_part(r, n->next + hyphen, next)))
            return false;
        set_fraction(r->arena, out, count, part->value);
    }
    out->next = next;
    bool bound = token_is_mark(&r->tokens[next], '-') && r->tokens[next].gap == GAP_NONE;
    return of_scale(r, out) || !bound; /* not "deux tiers-lieux" */
}

/* slash = DIGIT "/" DIGIT, or 10: 1/3, 3/4; not 16/9, 24/7, 12/03, 1/25 000. */
static bool slash_at(const struct reading *r, size_t at, const struct numeral *n, struct printed *out)
{
    const struct token *t = &r->tokens[at];
    if (!n || t->type != TOKEN_DIGITS || token_len(t) > 1 || !token_is_mark(t + 1, '/') || t[1].gap != GAP_NONE ||
        t[2].type != TOKEN_DIGITS || t[2].gap != GAP_NONE || token_len(t + 2) > 2)
        return false;
    struct str whole = reading_text(r, at + 2, at + 3);
    int64_t part = t->code - '0', parts = whole.len == 1 ? whole.ptr[0] - '0' : 10;
    bool fits = part >= 1 && part < parts && (whole.len == 1 || str_equal(whole, STR("10")));
    bool date = token_is_mark(t + 3, '/') && t[3].gap == GAP_NONE;
    size_t ignored;
    if (!fits || date || unit_at(r, at + 3, false, &ignored)) /* "6/9 ans" */
        return false;
    set_fraction(r->arena, out, part, parts);
    out->next = at + 3;
    return true;
}

enum { OUT_OF_WORDS = 3 /* that may stand between: "un jeune Français sur trois" */ };

/* out-of = numeral { word }0..3 ( "sur" numeral | "in" numeral ); the second number at most 10, or 12, 20, 100, 1000.
 * "in" is weak: "five people in 10 cities" is none. */
static bool out_of_at(const struct reading *r, size_t at, const struct numeral *part, struct printed *out)
{
    struct numeral whole;
    (void)at;
    if (!part || !numeral_small(part) || part->zero_led)
        return false;
    size_t link = part->next, next = 0;
    bool weak = false;
    for (size_t i = 0; i <= OUT_OF_WORDS && !next; i++, link++) {
        if (r->tokens[link].type != TOKEN_WORD || r->tokens[link].gap > GAP_LINE)
            return false;
        weak = term_at(r, link, TERM_IN, &next) != NULL;
        if (!weak)
            term_at(r, link, TERM_OUT_OF, &next);
    }
    bool between = link - 1 > part->next;
    size_t ignored;
    if (!next || !numeral_at(r, next, false, &whole) || whole.article || unit_at(r, whole.next, false, &ignored))
        return false;
    int64_t a = numeral_small(part), b = numeral_small(&whole);
    bool round = (b >= 2 && b <= 10) || b == 12 || b == 20 || b == 100 || b == 1000;
    struct str noun = reading_text(r, whole.next, whole.next + 1);
    if (a >= b || !round || (weak && between && (a > 1 || str_ends(noun, STR("s")))))
        return false;
    set_fraction(r->arena, out, a, b);
    out->next = whole.next;
    return true;
}

/* ---- multiples, ordinals ---- */

/* multiple = multiple-word | ( factor | divisor ) numeral | numeral times */
static bool multiple_at(const struct reading *r, size_t at, const struct numeral *n, struct printed *out)
{
    size_t next = at;
    struct numeral behind;
    struct notation *notation = &out->notation;
    const struct term *word = n ? NULL : term_at(r, at, TERM_MULTIPLE, &next);
    bool divisor = !n && !word && term_at(r, at, TERM_DIVISOR, &next);
    bool factor = !n && !word && !divisor && term_at(r, at, TERM_FACTOR, &next);
    if ((divisor || factor) && numeral_at(r, next, false, &behind))
        n = &behind;
    if (word) {
        notation->value = number_div(r->arena, number_int(word->value), number_int(word->divisor));
    } else {
        if (!n || n->too_long || n->scaled || !number_sign(n->value))
            return false;
        next = n->next;
        if (!divisor && !factor && !term_at(r, next, TERM_TIMES, &next))
            return false;
        notation->value = n->value;
    }
    out->next = next;
    set_unit(out, unit_pure(), NOTATION_MULTIPLE);
    notation->place = word ? 0 : n->place;
    notation_settle(r->arena, notation, 0);
    if (divisor) { /* [1/(n + u), 1/(n - u)] is about 1/n ± u/n² */
        struct number square = number_mul(r->arena, notation->value, notation->value);
        notation->half = number_div(r->arena, notation->half, square);
        notation->step = number_div(r->arena, notation->step, square);
        notation->value = number_div(r->arena, number_int(1), notation->value);
    }
    return true;
}

/* ordinal = DIGITS suffix | ordinal-word */
static bool ordinal_at(const struct reading *r, size_t at, const struct numeral *n, struct printed *out)
{
    size_t next = at;
    const struct term *word = term_at(r, at, TERM_ORDINAL, &next);
    if (!word && (!n || !n->digits || n->next != at + 1 || r->tokens[at + 1].gap != GAP_NONE ||
                  !term_at(r, at + 1, TERM_SUFFIX, &next)))
        return false;
    out->notation.value = word ? number_int(word->value) : n->value;
    out->next = next;
    set_unit(out, unit_ordinal(), NOTATION_ORDINAL);
    notation_settle(r->arena, &out->notation, 0);
    return true;
}

bool phrase_number_at(const struct reading *r, size_t at, struct printed *out)
{
    static bool (*const FORMS[])(const struct reading *, size_t, const struct numeral *, struct printed *) = {
        ordinal_at, round_at, many_at, fraction_at, slash_at, out_of_at, multiple_at};
    struct numeral numeral, *n = numeral_at(r, at, false, &numeral) && !numeral.too_long ? &numeral : NULL;
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (FORMS[i](r, at, n, out))
            return true;
    return false;
}
