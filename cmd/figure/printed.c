#include "figure/printed.h"

/* ---- what the digits imply ---- */

enum notation_kind notation_kind_of(enum unit_kind kind)
{
    static const enum notation_kind KINDS[] = {
        [UNIT_RATIO] = NOTATION_PERCENT,  [UNIT_POINTS] = NOTATION_POINTS,     [UNIT_ORDINAL] = NOTATION_ORDINAL,
        [UNIT_YEAR] = NOTATION_YEAR,      [UNIT_DURATION] = NOTATION_DURATION, [UNIT_MONEY] = NOTATION_MONEY,
        [UNIT_MEASURE] = NOTATION_MEASURE};
    return kind < sizeof KINDS / sizeof *KINDS ? KINDS[kind] : NOTATION_COUNT;
}

/* Exact by nature: whole counts without scale word, money to its coins, ordinals, years. */
static bool is_sharp(const struct notation *n, int minor)
{
    switch (n->kind) {
    case NOTATION_COUNT:
        return !n->decimals && !n->scaled;
    case NOTATION_MONEY:
        return n->place == -minor && !n->scaled;
    case NOTATION_ORDINAL:
    case NOTATION_YEAR:
        return true;
    case NOTATION_PERCENT:
    case NOTATION_POINTS:
    case NOTATION_FRACTION:
    case NOTATION_MULTIPLE:
    case NOTATION_RANGE:
    case NOTATION_DURATION:
    case NOTATION_AGE:
    case NOTATION_MEASURE:
    case NOTATION_NOT_A_FIGURE:
        break;
    }
    return false;
}

void notation_settle(struct arena *arena, struct notation *n, int minor)
{
    bool sharp = n->hedge == HEDGE_NONE && is_sharp(n, minor);
    n->half = sharp ? number_int(0) : number_decimal(arena, 5, n->place - 1);
    int significant = n->decimals || !number_sign(n->value) ? n->place : number_last_place(n->value);
    n->step = number_decimal(arena, 1, significant > n->place ? significant : n->place);
}

/* ---- units ---- */

const struct term *unit_at(const struct reading *r, size_t at, bool scaled, size_t *next)
{
    size_t behind = at;
    if (r->tokens[at].gap == GAP_WIDE || r->tokens[at].gap == GAP_BREAK || term_at(r, at, TERM_COUNTED, &behind))
        return NULL;
    bool hyphen = token_is_mark(&r->tokens[at], '-') && r->tokens[at].gap == GAP_NONE &&
                  r->tokens[at + 1].gap == GAP_NONE && token_len(&r->tokens[at + 1]) > 2; /* a 10-year plan */
    const struct term *unit = term_at(r, at + hyphen, TERM_UNIT, next);
    if (unit && unit->unit->kind == UNIT_MONEY && r->tokens[at].gap != GAP_NONE && r->tokens[at].type == TOKEN_MARK &&
        r->tokens[*next].gap == GAP_NONE && r->tokens[*next].type == TOKEN_DIGITS)
        return NULL; /* the currency of the next number: "a $5 fee" */
    if (!unit && scaled && term_at(r, at, TERM_OF, &behind))
        unit = term_at(r, behind, TERM_UNIT, next);
    return unit;
}

/* A currency before its number: a sign or a code, never a word ("euros 12"). */
static const struct term *currency_at(const struct reading *r, size_t at, size_t *next)
{
    const struct token *t = &r->tokens[at];
    if (t->type != TOKEN_MARK && !(t->code >= 'A' && t->code <= 'Z'))
        return NULL;
    size_t behind;
    const struct term *unit = term_at(r, at, TERM_UNIT, &behind);
    if (!unit || unit->unit->kind != UNIT_MONEY || !unit->exact.len || r->tokens[behind].gap > GAP_SPACE)
        return NULL;
    *next = behind;
    return unit;
}

/* The sign before a number: -1, 1, or 0 for none. A dash with a space behind it is punctuation, unless a parenthesis,
 * or "de" or "à", stands before it; a plus never is.
 *
 * sign = "-" | "–" | "−" | "+" | minus-word
 */
static int sign_at(const struct reading *r, size_t at, size_t *next)
{
    const struct token *t = &r->tokens[at];
    bool minus = t->type == TOKEN_MARK && (t->code == '-' || t->code == 0x2013 || t->code == 0x2212);
    bool plus = token_is_mark(t, '+');
    if (!minus && !plus)
        return term_at(r, at, TERM_MINUS, next) ? -1 : 0;
    size_t ignored;
    bool free = at == 0 || t->gap != GAP_NONE || token_is_mark(&r->tokens[at - 1], '(');
    bool glued = r->tokens[at + 1].gap == GAP_NONE;
    bool opened = at == 0 || token_is_mark(&r->tokens[at - 1], '(') || term_at(r, at - 1, TERM_FROM, &ignored) ||
                  term_at(r, at - 1, TERM_TO, &ignored);
    if (!free || !(glued || (r->tokens[at + 1].gap <= GAP_SPACE && (plus || opened || t->code == 0x2212))))
        return 0;
    *next = at + 1;
    return minus ? -1 : 1;
}

/* A sign in words needs a unit that can be below zero. */
static bool sign_fits(const struct reading *r, size_t at, const struct term *unit)
{
    return r->tokens[at].type != TOKEN_WORD ||
           (unit && (unit->unit->kind == UNIT_RATIO || unit->unit->kind == UNIT_POINTS ||
                     unit->unit->kind == UNIT_MEASURE || unit->unit->kind == UNIT_MONEY));
}

/* "deux et demi pour cent", "2 ans et demi", "2½". */
static void half_read(const struct reading *r, struct amount *a)
{
    size_t next;
    if (a->n.decimals || a->n.scaled || !term_at(r, a->next, TERM_HALF, &next))
        return;
    a->n.value = number_add(r->arena, a->n.value, number_decimal(r->arena, 5, -1));
    a->n.place = -1;
    a->n.decimals = true;
    a->next = next;
}

/* A unit's scale: the M of MEUR, the cents of a currency. */
static void apply_unit(struct arena *arena, struct amount *a)
{
    int exponent = a->unit ? (int)a->unit->value : 0;
    if (!exponent)
        return;
    a->n.value = number_mul(arena, a->n.value, number_decimal(arena, 1, exponent));
    a->n.place += exponent;
    a->n.scaled = a->n.scaled || exponent > 0;
}

/* "3 euros 50": the cents stand behind the unit, and nothing that they could count. */
static void cents_read(const struct reading *r, struct amount *a)
{
    const struct token *cents = &r->tokens[a->next];
    struct numeral n;
    size_t ignored;
    if (a->unit->minor != 2 || a->unit->value || a->n.decimals || a->n.scaled || cents->type != TOKEN_DIGITS ||
        token_len(cents) != 2 || cents->gap > GAP_SPACE || cents->gap == GAP_NONE || cents[1].type == TOKEN_WORD ||
        !numeral_at(r, a->next, false, &n) || n.next != a->next + 1 || unit_at(r, n.next, false, &ignored))
        return;
    a->n.value = number_add(r->arena, a->n.value, number_mul(r->arena, n.value, number_decimal(r->arena, 1, -2)));
    a->n.place = -2;
    a->n.decimals = true;
    a->next = n.next;
}

/* The unit of a number that follows one in hours, or another larger unit of time. Behind an hour, two digits are
 * minutes without a word: "1 h 30". */
static const struct term *smaller_unit(const struct reading *r, const struct amount *a, const struct numeral *n,
                                       size_t *next)
{
    const struct unit *large = a->unit->unit;
    const struct term *unit = unit_at(r, n->next, false, next);
    size_t ignored;
    if (unit)
        return unit->unit->kind == UNIT_DURATION && number_compare(unit->unit->factor, large->factor) < 0 &&
                       unit->unit->bases[0].name[0] == large->bases[0].name[0]
                   ? unit
                   : NULL;
    const struct token *t = &r->tokens[n->next - 1];
    *next = n->next;
    bool minutes = term_at(r, a->next - 1, TERM_CLOCK, &ignored) && n->digits && t->type == TOKEN_DIGITS &&
                   token_len(t) == 2 && !n->decimals && number_compare(n->value, number_int(60)) < 0;
    return minutes ? lexicon_symbol(r->lexicon, STR("min")) : NULL;
}

/* "14 minutes et 49 secondes", "1 h 30": one duration, in its smaller unit. True when a part was taken. */
static bool compound_read(const struct reading *r, struct amount *a)
{
    size_t next = a->next, behind;
    struct numeral n;
    if (a->unit->unit->kind != UNIT_DURATION || a->n.decimals || a->n.scaled)
        return false;
    term_at(r, next, TERM_AND, &next);
    if (r->tokens[next].gap > GAP_SPACE || !numeral_at(r, next, false, &n) || n.scaled || n.too_long || n.article)
        return false;
    const struct term *unit = smaller_unit(r, a, &n, &behind);
    if (!unit)
        return false;
    struct number times = number_div(r->arena, a->unit->unit->factor, unit->unit->factor);
    a->n.value = number_add(r->arena, number_mul(r->arena, a->n.value, times), n.value);
    a->n.place = n.place;
    a->n.decimals = n.decimals;
    a->unit = unit;
    a->next = behind;
    return true;
}

/* "(39)%", as accountants write it: below zero. */
static bool accounting_at(const struct reading *r, size_t at, struct amount *out)
{
    if (!token_is_mark(&r->tokens[at], '(') || r->tokens[at + 1].type != TOKEN_DIGITS ||
        !numeral_at(r, at + 1, false, &out->n) || out->n.too_long)
        return false;
    size_t close = out->n.next, next;
    if (!token_is_mark(&r->tokens[close], ')') || !token_is_mark(&r->tokens[close + 1], '%') ||
        r->tokens[close + 1].gap > GAP_NARROW)
        return false;
    out->number = at + 1;
    out->unit = unit_at(r, close + 1, false, &next);
    out->next = next;
    out->value = number_neg(r->arena, out->n.value);
    return out->unit != NULL;
}

/* amount = [ sign ] [ currency ] [ sign ] numeral [ half ] [ unit ] [ half | compound ] | "(" numeral ")" "%" */
bool amount_at(const struct reading *r, size_t at, struct amount *out)
{
    size_t next = at;
    out->n = (struct numeral){0};
    if (accounting_at(r, at, out))
        return true;
    int sign = sign_at(r, at, &next);
    const struct term *currency = currency_at(r, next, &next);
    if (!sign && currency)
        sign = sign_at(r, next, &next);
    if (!numeral_at(r, next, currency != NULL, &out->n) || out->n.too_long)
        return false;
    out->number = next;
    out->unit = currency;
    out->next = out->n.next;
    half_read(r, out);
    const struct term *unit = currency ? NULL : unit_at(r, out->next, out->n.scaled, &next);
    if (unit) {
        out->unit = unit;
        out->next = next;
        half_read(r, out);
        while (compound_read(r, out)) /* hours, minutes, seconds: the units get smaller */
            ;
        cents_read(r, out);
    }
    if (sign && !sign_fits(r, at, out->unit))
        return false;
    apply_unit(r->arena, out);
    out->value = sign < 0 ? number_neg(r->arena, out->n.value) : out->n.value;
    return true;
}

/* ---- hedges ---- */

/* Of two hedges the one that bounds: "au moins une trentaine" is at least 30. */
static enum hedge hedge_both(enum hedge a, enum hedge b)
{
    static const int STRENGTH[] = {
        [HEDGE_NONE] = 0,      [HEDGE_ROUND_NUMBER] = 1, [HEDGE_ABOUT] = 2,   [HEDGE_NEARLY] = 3,
        [HEDGE_MORE_THAN] = 4, [HEDGE_AT_LEAST] = 4,     [HEDGE_AT_MOST] = 4, [HEDGE_LESS_THAN] = 4};
    return STRENGTH[b] > STRENGTH[a] ? b : a;
}

/* hedges = { hedge } */
static size_t hedges_read(const struct reading *r, size_t at, enum hedge *hedge)
{
    size_t next = at;
    for (const struct term *term; (term = term_at(r, at, TERM_HEDGE, &next)) != NULL; at = next) {
        if (r->tokens[next].gap > GAP_LINE)
            break;
        *hedge = hedge_both(*hedge, (enum hedge)term->value);
    }
    return at;
}

/* ---- ranges ---- */

static bool is_dash(const struct token *t)
{
    return t->type == TOKEN_MARK && (t->code == '-' || t->code == 0x2010 || t->code == 0x2011 || t->code == 0x2013);
}

/* The link of a range behind its low end: "et" behind "entre", else "à" or a dash with equal gaps on both sides. */
static bool link_at(const struct reading *r, size_t at, bool between, size_t *next)
{
    if (between)
        return term_at(r, at, TERM_AND, next) != NULL;
    if (r->tokens[at].gap > GAP_SPACE)
        return false;
    if (is_dash(&r->tokens[at])) {
        *next = at + 1;
        return (r->tokens[at].gap == GAP_NONE) == (r->tokens[at + 1].gap == GAP_NONE);
    }
    return term_at(r, at, TERM_TO, next) != NULL;
}

/* "10 à 15 000": the low end leaves its thousands out, when they make a range that is no wider than fourfold. */
static bool is_thousandfold(struct arena *arena, const struct amount *low, const struct amount *high)
{
    if (low->unit || low->n.grouped || low->n.scaled || low->n.decimals || low->n.int_len > 3 || !high->n.grouped ||
        high->n.scaled || number_last_place(high->n.value) < 3)
        return false;
    struct number thousands = number_mul(arena, low->value, number_int(1000));
    return number_compare(thousands, high->value) < 0 &&
           number_compare(number_mul(arena, thousands, number_int(4)), high->value) > 0;
}

/* Gives the low end what stands only behind the high end: "3 à 5 millions", "10 à 15 %"; and the high end the currency
 * that stands only before the low one. */
static void share_from_right(const struct reading *r, struct amount *low, struct amount *high)
{
    bool open = low->next == low->n.next; /* no unit of its own behind it */
    if (open && high->n.exponent && !low->n.scaled) {
        struct number scale = number_decimal(r->arena, 1, high->n.exponent);
        struct number scaled = number_mul(r->arena, low->value, scale);
        if (number_compare(scaled, high->value) < 0)
            low->value = scaled;
    }
    if (is_thousandfold(r->arena, low, high))
        low->value = number_mul(r->arena, low->value, number_int(1000));
    if (!low->unit && high->unit && high->unit->value)
        low->value = number_mul(r->arena, low->value, number_decimal(r->arena, 1, (int)high->unit->value));
    if (!high->unit)
        high->unit = low->unit;
}

/* range = amount link amount, the first one smaller; the same unit, if both have one. */
static bool range_read(const struct reading *r, struct amount *low, bool between, struct printed *out)
{
    struct amount high;
    size_t next;
    if (!link_at(r, low->next, between, &next) || !amount_at(r, next, &high) || high.n.zero_led ||
        (low->unit && high.unit && low->unit->unit != high.unit->unit &&
         !str_equal(low->unit->unit->symbol, high.unit->unit->symbol)))
        return false;
    if (r->tokens[next].gap > GAP_LINE || high.n.article)
        return false;
    if (low->unit && !high.unit && low->next > low->n.next)
        return false; /* "jumped 38% to 228,114" */
    bool glued = is_dash(&r->tokens[low->next]) && r->tokens[next].gap == GAP_NONE;
    if (glued && (!high.n.digits || (is_dash(&r->tokens[high.next]) && r->tokens[high.next + 1].type == TOKEN_DIGITS)))
        return false; /* 7-Eleven, 1-800-555 */
    struct amount first = *low;
    share_from_right(r, &first, &high);
    if (number_compare(first.value, high.value) >= 0)
        return false;
    struct notation *n = &out->notation;
    n->kind = NOTATION_RANGE;
    n->range = true;
    n->low = first.value;
    n->high = high.value;
    n->value = number_div(r->arena, number_add(r->arena, n->low, n->high), number_int(2));
    n->unit = high.unit ? *high.unit->unit : unit_count();
    n->half = number_int(0);
    n->step = number_decimal(r->arena, 1, high.n.place);
    out->next = high.next;
    return true;
}

/* ---- all together ---- */

static void amount_print(const struct reading *r, const struct amount *a, struct printed *out)
{
    struct notation *n = &out->notation;
    n->unit = a->unit ? *a->unit->unit : unit_count();
    n->kind = notation_kind_of(n->unit.kind);
    n->value = a->value;
    n->place = a->n.place;
    n->decimals = a->n.decimals;
    n->mark = lexicon_decimal_comma(r->lexicon) ? ',' : '.';
    n->scaled = a->n.scaled;
    n->doubtful = a->n.doubtful;
    n->other = a->n.doubtful ? numeral_regrouped(r->arena, &a->n) : a->value;
    out->next = a->next;
}

static void hedge_after_read(const struct reading *r, struct printed *out)
{
    size_t next;
    const struct term *after = term_at(r, out->next, TERM_HEDGE_AFTER, &next);
    const struct token *first = &r->tokens[out->next];
    if (!after || first->gap > GAP_LINE || (first->type == TOKEN_MARK && first->gap != GAP_NONE))
        return;
    out->notation.hedge = hedge_both(out->notation.hedge, (enum hedge)after->value);
    out->next = next;
}

/* printed = hedges ( phrase-number | [ between ] range | amount ) [ hedge-after ] */
bool printed_at(const struct reading *r, size_t at, unsigned mode, struct printed *out)
{
    *out = (struct printed){.first = at, .next = at + 1};
    struct notation *n = &out->notation;
    size_t start = hedges_read(r, at, &n->hedge), behind = start;
    bool between = term_at(r, start, TERM_BETWEEN, &behind) != NULL;
    out->number = behind;
    if (phrase_number_at(r, start, out)) {
        hedge_after_read(r, out);
        n->text = reading_text(r, at, out->next);
        return true;
    }
    struct amount a;
    if (!amount_at(r, behind, &a)) {
        out->numeral = a.n;
        out->next = a.n.too_long ? a.n.next : behind > at ? behind : at + 1;
        return false;
    }
    out->numeral = a.n;
    out->number = a.number;
    if (!(mode & PRINTED_CHANGE) || between) {
        if (range_read(r, &a, between, out)) {
            hedge_after_read(r, out);
            n->text = reading_text(r, at, out->next);
            return true;
        }
    }
    if (between && start == at)
        out->first = behind;
    amount_print(r, &a, out);
    hedge_after_read(r, out);
    out->bare = n->hedge == HEDGE_NONE && !a.unit && out->next == at + 1;
    notation_settle(r->arena, n, a.unit ? a.unit->minor : 0);
    n->text = reading_text(r, out->first, out->next);
    return true;
}
