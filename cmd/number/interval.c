#include "number/interval.h"

#include "base/buf.h"

/* Rounding conventions. */

static const struct str rounding_names[ROUNDING_COUNT] = {
    [ROUNDING_NEAREST] = STR_INIT("nearest"),       [ROUNDING_HALF_EVEN] = STR_INIT("half-even"),
    [ROUNDING_TRUNCATION] = STR_INIT("truncation"), [ROUNDING_FLOOR] = STR_INIT("floor"),
    [ROUNDING_CEILING] = STR_INIT("ceiling"),
};

bool rounding_from_name(struct str name, enum rounding *out)
{
    for (enum rounding rounding = 0; rounding < ROUNDING_COUNT; rounding++)
        if (str_equal(name, rounding_names[rounding])) {
            *out = rounding;
            return true;
        }
    return false;
}

struct str rounding_name(enum rounding rounding) { return rounding_names[rounding]; }

/* Ends. */

static const struct end no_end = {.open = true, .infinite = true};

static struct end end_at(struct number at, bool open) { return (struct end){.at = at, .open = open}; }

/* Which lower end starts first, -1 or 1: at the same number a closed one does. 0 when they are the same. */
static int compare_lows(struct end a, struct end b)
{
    if (a.infinite || b.infinite)
        return b.infinite - a.infinite;
    int order = number_compare(a.at, b.at);
    return order ? order : a.open - b.open;
}

/* Which upper end stops first: at the same number an open one does. */
static int compare_highs(struct end a, struct end b)
{
    if (a.infinite || b.infinite)
        return a.infinite - b.infinite;
    int order = number_compare(a.at, b.at);
    return order ? order : b.open - a.open;
}

static struct end first_low(struct end a, struct end b) { return compare_lows(a, b) <= 0 ? a : b; }
static struct end last_low(struct end a, struct end b) { return compare_lows(a, b) >= 0 ? a : b; }
static struct end first_high(struct end a, struct end b) { return compare_highs(a, b) <= 0 ? a : b; }
static struct end last_high(struct end a, struct end b) { return compare_highs(a, b) >= 0 ? a : b; }

/* Making intervals. */

/* Is v, printed with a last digit worth 2 * half, printed with an even one? */
static bool last_digit_is_even(struct arena *arena, struct number v, struct number half)
{
    return number_is_whole(number_div(arena, v, number_mul(arena, half, number_int(4))));
}

struct interval interval_rounded(struct arena *arena, struct number v, struct number half, enum rounding rounding)
{
    if (!number_sign(half))
        return interval_point(v);
    struct number step = number_add(arena, half, half);
    struct interval up = {end_at(v, false), end_at(number_add(arena, v, step), true)};
    struct interval down = {end_at(number_sub(arena, v, step), true), end_at(v, false)};
    bool open = false;
    switch (rounding) {
    case ROUNDING_HALF_EVEN:
        open = !last_digit_is_even(arena, v, half);
        break;
    case ROUNDING_TRUNCATION:
        if (!number_sign(v))
            return (struct interval){down.low, up.high};
        return number_sign(v) > 0 ? up : down;
    case ROUNDING_FLOOR:
        return up;
    case ROUNDING_CEILING:
        return down;
    case ROUNDING_NEAREST:
    case ROUNDING_COUNT:
        break;
    }
    return (struct interval){end_at(number_sub(arena, v, half), open), end_at(number_add(arena, v, half), open)};
}

struct interval interval_point(struct number at) { return interval_closed(at, at); }

struct interval interval_all(void) { return (struct interval){no_end, no_end}; }

struct interval interval_closed(struct number low, struct number high)
{
    return (struct interval){end_at(low, false), end_at(high, false)};
}

/* Sets of values. */

static bool is_finite(struct interval a) { return !a.low.infinite && !a.high.infinite; }

bool interval_is_point(struct interval a)
{
    return is_finite(a) && !a.low.open && !a.high.open && number_equal(a.low.at, a.high.at);
}

bool interval_is_empty(struct interval a)
{
    if (!is_finite(a))
        return false;
    int order = number_compare(a.low.at, a.high.at);
    return order > 0 || (order == 0 && (a.low.open || a.high.open));
}

bool interval_contains(struct interval a, struct number v) { return interval_meets(a, interval_point(v)); }

bool interval_meets(struct interval a, struct interval b) { return !interval_is_empty(interval_intersect(a, b)); }

struct interval interval_intersect(struct interval a, struct interval b)
{
    return (struct interval){last_low(a.low, b.low), first_high(a.high, b.high)};
}

struct interval interval_hull(struct interval a, struct interval b)
{
    if (interval_is_empty(a))
        return b;
    if (interval_is_empty(b))
        return a;
    return (struct interval){first_low(a.low, b.low), last_high(a.high, b.high)};
}

bool interval_inside(struct interval a, struct interval b)
{
    return interval_is_empty(a) || (compare_lows(a.low, b.low) >= 0 && compare_highs(a.high, b.high) <= 0);
}

/* Sums and multiples. */

static struct end end_neg(struct arena *arena, struct end a)
{
    return a.infinite ? no_end : end_at(number_neg(arena, a.at), a.open);
}

static struct end end_add(struct arena *arena, struct end a, struct end b)
{
    return a.infinite || b.infinite ? no_end : end_at(number_add(arena, a.at, b.at), a.open || b.open);
}

static struct end end_scale(struct arena *arena, struct end a, struct number k)
{
    return a.infinite ? no_end : end_at(number_mul(arena, a.at, k), a.open);
}

struct interval interval_neg(struct arena *arena, struct interval a)
{
    return (struct interval){end_neg(arena, a.high), end_neg(arena, a.low)};
}

struct interval interval_add(struct arena *arena, struct interval a, struct interval b)
{
    return (struct interval){end_add(arena, a.low, b.low), end_add(arena, a.high, b.high)};
}

struct interval interval_sub(struct arena *arena, struct interval a, struct interval b)
{
    return interval_add(arena, a, interval_neg(arena, b));
}

struct interval interval_scale(struct arena *arena, struct interval a, struct number k)
{
    int sign = number_sign(k);
    if (!sign)
        return interval_point(k);
    struct end low = sign > 0 ? a.low : a.high, high = sign > 0 ? a.high : a.low;
    return (struct interval){end_scale(arena, low, k), end_scale(arena, high, k)};
}

/* Products. */

/* An end of an interval on its own, where it must be said which infinity it is. */
struct corner {
    int infinity; /* -1, 1; 0 when it is finite */
    struct number at;
    bool open;
};

static struct corner corner_of(struct end end, int infinity)
{
    return (struct corner){.infinity = end.infinite ? infinity : 0, .at = end.at, .open = end.open};
}

static int corner_sign(struct corner a) { return a.infinity ? a.infinity : number_sign(a.at); }

/* A product is attained when both factors are, and a 0 already when one factor of it is: it makes any value of the
 * other a 0, however large. */
static struct corner corner_mul(struct arena *arena, struct corner a, struct corner b)
{
    int sign_a = corner_sign(a), sign_b = corner_sign(b);
    if (!sign_a || !sign_b)
        return (struct corner){.open = (sign_a || a.open) && (sign_b || b.open)};
    if (a.infinity || b.infinity)
        return (struct corner){.infinity = sign_a * sign_b, .open = true};
    return (struct corner){.at = number_mul(arena, a.at, b.at), .open = a.open || b.open};
}

static int compare_corners(struct corner a, struct corner b)
{
    return a.infinity || b.infinity ? a.infinity - b.infinity : number_compare(a.at, b.at);
}

static struct end corner_end(struct corner a) { return a.infinity ? no_end : end_at(a.at, a.open); }

/* A product is largest and smallest at corners (R. E. Moore, Interval Analysis, 1966). */
struct interval interval_mul(struct arena *arena, struct interval a, struct interval b)
{
    if (interval_is_point(a))
        return interval_scale(arena, b, a.low.at);
    if (interval_is_point(b))
        return interval_scale(arena, a, b.low.at);
    struct corner of_a[2] = {corner_of(a.low, -1), corner_of(a.high, 1)};
    struct corner of_b[2] = {corner_of(b.low, -1), corner_of(b.high, 1)};
    struct corner low = corner_mul(arena, of_a[0], of_b[0]), high = low;
    for (size_t i = 1; i < 4; i++) {
        struct corner corner = corner_mul(arena, of_a[i / 2], of_b[i % 2]);
        int above_low = compare_corners(corner, low), above_high = compare_corners(corner, high);
        if (above_low < 0 || (above_low == 0 && !corner.open))
            low = corner;
        if (above_high > 0 || (above_high == 0 && !corner.open))
            high = corner;
    }
    return (struct interval){corner_end(low), corner_end(high)};
}

/* 1 / a, for an end of an interval without 0: the reciprocal of an open end 0 is infinite, and the other way round. */
static struct end end_reciprocal(struct arena *arena, struct end a)
{
    if (a.infinite)
        return end_at(number_int(0), true);
    if (!number_sign(a.at))
        return no_end;
    return end_at(number_div(arena, number_int(1), a.at), a.open);
}

bool interval_div(struct arena *arena, struct interval a, struct interval b, struct interval *out)
{
    if (interval_contains(b, number_int(0)))
        return false;
    if (interval_is_point(a) && interval_is_point(b)) {
        *out = interval_point(number_div(arena, a.low.at, b.low.at));
        return true;
    }
    struct interval reciprocal = {end_reciprocal(arena, b.high), end_reciprocal(arena, b.low)};
    *out = interval_mul(arena, a, reciprocal);
    return true;
}

/* Functions. */

struct interval interval_abs(struct arena *arena, struct interval a)
{
    struct interval negated = interval_neg(arena, a);
    if (!a.low.infinite && number_sign(a.low.at) >= 0)
        return a;
    if (!a.high.infinite && number_sign(a.high.at) <= 0)
        return negated;
    return (struct interval){end_at(number_int(0), false), last_high(a.high, negated.high)};
}

struct interval interval_min(struct interval a, struct interval b)
{
    return (struct interval){first_low(a.low, b.low), first_high(a.high, b.high)};
}

struct interval interval_max(struct interval a, struct interval b)
{
    return (struct interval){last_low(a.low, b.low), last_high(a.high, b.high)};
}

/* The least that values just above `at` round to: a convention steps at multiples of the step, or halfway. */
static struct number round_just_above(struct arena *arena, struct number at, int places, enum number_rounding how)
{
    struct number step = number_step(arena, places), half = number_decimal(arena, 5, -1);
    struct number below = number_round(arena, at, places, ROUND_FLOOR);
    switch (how) {
    case ROUND_FLOOR:
        return below;
    case ROUND_CEILING:
        return number_add(arena, below, step);
    case ROUND_TOWARDS_ZERO:
        return number_sign(at) < 0 ? number_add(arena, below, step) : below;
    case ROUND_HALF_AWAY:
    case ROUND_HALF_EVEN:
        break;
    }
    return number_round(arena, number_add(arena, at, number_mul(arena, step, half)), places, ROUND_FLOOR);
}

/* Rounding is seen the other way round below 0. */
static enum number_rounding mirrored(enum number_rounding how)
{
    return how == ROUND_FLOOR ? ROUND_CEILING : how == ROUND_CEILING ? ROUND_FLOOR : how;
}

static struct end round_low(struct arena *arena, struct end low, int places, enum number_rounding how)
{
    if (low.infinite)
        return low;
    return end_at(low.open ? round_just_above(arena, low.at, places, how) : number_round(arena, low.at, places, how),
                  false);
}

struct interval interval_round(struct arena *arena, struct interval a, int places, enum number_rounding how)
{
    struct end high = round_low(arena, end_neg(arena, a.high), places, mirrored(how));
    return (struct interval){round_low(arena, a.low, places, how), end_neg(arena, high)};
}

/* Truth. */

enum truth truth_not(enum truth a) { return (enum truth)(TRUTH_TRUE - a); }
enum truth truth_and(enum truth a, enum truth b) { return a < b ? a : b; }
enum truth truth_or(enum truth a, enum truth b) { return a > b ? a : b; }

/* Is d inside `values`, partly inside or outside? */
static enum truth lies_in(struct interval d, struct interval values)
{
    if (!interval_meets(d, values))
        return TRUTH_FALSE;
    return interval_inside(d, values) ? TRUTH_TRUE : TRUTH_MAYBE;
}

enum truth interval_is_zero(struct interval d) { return lies_in(d, interval_point(number_int(0))); }

enum truth interval_is_below_zero(struct interval d)
{
    return lies_in(d, (struct interval){no_end, end_at(number_int(0), true)});
}

enum truth interval_is_at_most_zero(struct interval d)
{
    return lies_in(d, (struct interval){no_end, end_at(number_int(0), false)});
}

/* Text. */

struct str interval_write(struct arena *arena, struct interval a)
{
    if (interval_is_point(a))
        return number_write(arena, a.low.at);
    struct str low = a.low.infinite ? STR("-inf") : number_write(arena, a.low.at);
    struct str high = a.high.infinite ? STR("inf") : number_write(arena, a.high.at);
    return str_format(arena, "%c%.*s, %.*s%c", a.low.open ? '(' : '[', STR_ARG(low), STR_ARG(high),
                      a.high.open ? ')' : ']');
}
