/* unit: what a number counts, as far as arithmetic must know it.
 *
 *     unit_join(a, '+', b, &sum)   // euros + shops: false
 *     unit_times(&arena, eur, count, -1, &each)   // EUR per shop
 *
 * A unit has a kind, a factor to the kind's base (1/100 for %, 1000 for km) and, for money and measures, a product
 * of base units with powers. Counted nouns (shops, votes) are labels of figures, not units: they never clash.
 */
#ifndef NUMBER_UNIT_H
#define NUMBER_UNIT_H

#include "number/number.h"

enum unit_kind {
    UNIT_COUNT,    /* 946 shops; also no unit at all */
    UNIT_PURE,     /* a bare literal, a count over a count: meets count and ratio alike */
    UNIT_RATIO,    /* %, ‰; shares and growth */
    UNIT_POINTS,   /* percentage points, basis points: a difference of ratios */
    UNIT_ORDINAL,  /* 5th */
    UNIT_YEAR,     /* 2024, a date */
    UNIT_DURATION, /* 5 years, 18 months; 3 days, 2 hours (another base) */
    UNIT_MONEY,    /* by currency */
    UNIT_MEASURE   /* by dimension; also every product and quotient of units */
};

/* A base unit is named by up to 8 ASCII letters: "EUR", "m", "g", "year", "day". */
struct unit_base {
    char name[8];
    int8_t power; /* never 0 */
};

enum { UNIT_MAX_BASES = 4 };

struct unit {
    enum unit_kind kind;
    struct number factor; /* one of this unit is `factor` base units: 1/100 for %, 1/12 for a month (base: year) */
    uint8_t base_count;
    struct unit_base bases[UNIT_MAX_BASES]; /* sorted by name; for money, durations and measures */
    struct str symbol;                      /* as printed back: "%", "EUR", "km"; empty for a count */
};

/* A count; a bare number. */
struct unit unit_count(void);
struct unit unit_pure(void);
/* %, with factor 1/100; a ratio with factor 1; points with factor 1/100. */
struct unit unit_percent(void);
struct unit unit_ratio(void);
struct unit unit_points(void);

/* One of the kinds that name a base (money, duration, measure). */
struct unit unit_of_base(enum unit_kind kind, struct str base, struct number factor, struct str symbol);

/* May the two be added, subtracted (`op` '+', '-') or compared ('=')? *out is the unit of the result, in the terms
 * of §2 of the design: % - % is points, % ± points is %, year - year is a duration in years, year ± duration
 * (or a bare number, or a count) is a year; count, ordinal and duration meet as whole numbers. The result has the
 * left side's factor, but a bare literal or a count takes the other side's unit and factor. */
bool unit_join(struct unit a, char op, struct unit b, struct unit *out);

/* a * b for power 1, a / b for power -1. count/count is a pure number, ratio * x is x, money/money a ratio.
 * False when the product has more than UNIT_MAX_BASES base units. */
bool unit_times(struct arena *arena, struct unit a, struct unit b, int power, struct unit *out);

/* What a value in `from` is multiplied by to be in `to`, which unit_join has allowed. 1 where one of them is a count.
 */
struct number unit_conversion(struct arena *arena, struct unit from, struct unit to);

/* "count", "ratio", "points", "ordinal", "year", "duration", "money", "measure", "number" (pure). */
struct str unit_kind_name(enum unit_kind kind);

/* For messages: "EUR", "%", "a count", "EUR/m2". */
struct str unit_write(struct arena *arena, struct unit unit);

#endif
