/* interval: the true values that a printed number allows, and arithmetic on them.
 *
 *     struct interval a = interval_rounded(&arena, v, half_unit, ROUNDING_NEAREST);   // 43 M€: [42.5, 43.5] M€
 *     struct interval sum = interval_add(&arena, a, b);
 *     if (!interval_meets(left, right)) ...                                            // they disagree
 *
 * Arithmetic follows XBRL Calculations 1.1 (https://www.xbrl.org/Specification/calculation-1.1/): a negative weight
 * swaps the ends and their open/closed flags; a summed end is closed only if all its parts are; two intervals that meet
 * in one point agree only if it is closed in both.
 */
#ifndef NUMBER_INTERVAL_H
#define NUMBER_INTERVAL_H

#include "number/number.h"

struct end {
    struct number at; /* meaningless when infinite */
    bool open;        /* the end itself is not among the values; true when infinite */
    bool infinite;
};

struct interval {
    struct end low, high;
};

/* How publishers round. A dataset or the configuration names one; nearest is the default. */
enum rounding {
    ROUNDING_NEAREST,    /* [v - u, v + u], both ends closed: whether halves go up or down is not known */
    ROUNDING_HALF_EVEN,  /* as nearest, ends closed only when the last digit of v is even */
    ROUNDING_TRUNCATION, /* [v, v + 2u); (v - 2u, v] below zero; (-2u, 2u) at zero */
    ROUNDING_FLOOR,      /* [v, v + 2u) */
    ROUNDING_CEILING,    /* (v - 2u, v] */
    ROUNDING_COUNT
};

/* "nearest", "half-even", "truncation", "floor", "ceiling"; false when the word is none of them. */
bool rounding_from_name(struct str name, enum rounding *out);
struct str rounding_name(enum rounding rounding);

/* The values that print as v when half a unit of the last printed place is `half`; the point v when that is 0. */
struct interval interval_rounded(struct arena *arena, struct number v, struct number half, enum rounding rounding);

struct interval interval_point(struct number at);
struct interval interval_all(void); /* (-inf, inf) */
struct interval interval_closed(struct number low, struct number high);

bool interval_is_point(struct interval a);
/* No value at all: low above high, or equal with an open end. */
bool interval_is_empty(struct interval a);
bool interval_contains(struct interval a, struct number v);
/* Is there a value in both? */
bool interval_meets(struct interval a, struct interval b);
struct interval interval_intersect(struct interval a, struct interval b);
/* The smallest interval that holds both. */
struct interval interval_hull(struct interval a, struct interval b);
/* Is every value of a in b? */
bool interval_inside(struct interval a, struct interval b);

/* Arithmetic, of intervals that are not empty. */
struct interval interval_neg(struct arena *arena, struct interval a);
struct interval interval_add(struct arena *arena, struct interval a, struct interval b);
struct interval interval_sub(struct arena *arena, struct interval a, struct interval b);
/* k * a; the point 0 when k is 0. */
struct interval interval_scale(struct arena *arena, struct interval a, struct number k);
/* Exact for independent a and b, flags included: 0 (closed) times anything gives a closed 0. */
struct interval interval_mul(struct arena *arena, struct interval a, struct interval b);
/* False when 0 is a value of b. A b with 0 as an open end gives an infinite end. */
bool interval_div(struct arena *arena, struct interval a, struct interval b, struct interval *out);
struct interval interval_abs(struct arena *arena, struct interval a);
struct interval interval_min(struct interval a, struct interval b);
struct interval interval_max(struct interval a, struct interval b);
/* The hull of what the values of a round to. */
struct interval interval_round(struct arena *arena, struct interval a, int places, enum number_rounding how);

/* Three-valued logic of comparisons. */
enum truth { TRUTH_FALSE, TRUTH_MAYBE, TRUTH_TRUE };
enum truth truth_not(enum truth a);
enum truth truth_and(enum truth a, enum truth b);
enum truth truth_or(enum truth a, enum truth b);

/* How the values of a difference d = left - right stand to 0: for all, some or none of them? */
enum truth interval_is_zero(struct interval d);         /* d = 0 */
enum truth interval_is_below_zero(struct interval d);   /* d < 0 */
enum truth interval_is_at_most_zero(struct interval d); /* d <= 0 */

/* "[42500000, 43500000]", "(33000, inf)", "946" for a point: for reports. */
struct str interval_write(struct arena *arena, struct interval a);

#endif
