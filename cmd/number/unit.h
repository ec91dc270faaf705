/* unit: what a number counts, as far as arithmetic must know it.
 *
 *     unit_join(eur, '+', unit_count(), &sum)              // euros + shops: false
 *     unit_times(&arena, eur, square_metre, -1, &price)    // EUR/m2
 *
 * A unit has a kind, a factor to the kind's base (1/100 for %, 1000 for km) and, for money, durations and measures, a
 * product of base units with powers. Counted nouns (shops, votes) are labels of figures, not units: they never clash.
 */
#ifndef NUMBER_UNIT_H
#define NUMBER_UNIT_H

#include "number/number.h"

enum unit_kind {
    UNIT_COUNT,    /* 946 shops; also no unit at all */
    UNIT_ZERO,     /* a bare 0 written in a check: it is 0 in every unit */
    UNIT_LITERAL,  /* another bare number written in a check: takes a count's unit, but is no share of anything */
    UNIT_PURE,     /* a count over a count, money over money: meets counts and ratios alike */
    UNIT_RATIO,    /* %, ‰; shares and growth */
    UNIT_POINTS,   /* percentage points, basis points: a difference of ratios */
    UNIT_ORDINAL,  /* 5th */
    UNIT_YEAR,     /* 2024, a date */
    UNIT_DURATION, /* 5 years, 18 months (base year); 3 days, 2 hours (base day) */
    UNIT_MONEY,    /* by currency */
    UNIT_MEASURE   /* by dimension; also every product and quotient of units with a base */
};

struct unit_base {
    char name[8];        /* up to 8 ASCII characters: "EUR", "m", "gCO2", "year", "day" */
    int8_t power;        /* never 0 */
    enum unit_kind kind; /* of the base on its own: money, duration or measure */
};

enum { UNIT_MAX_BASES = 4 };

struct unit {
    enum unit_kind kind;
    struct number factor; /* one of this unit is `factor` base units: 1/100 for %, 1/12 for a month (base: year) */
    struct number named;  /* the factor of the unit that `symbol` names, where that is not this very unit, else 0: the
                           * 1440 of 80 % × 18 months count hundredths of a month */
    uint8_t base_count;
    struct unit_base bases[UNIT_MAX_BASES]; /* sorted by name; for money, durations and measures */
    struct str symbol;                      /* as printed back: "%", "EUR", "km"; empty for a count */
};

/* Of one kind each, with factor 1 and no symbol. */
struct unit unit_count(void);
struct unit unit_zero(void);
struct unit unit_literal(void);
struct unit unit_pure(void);
struct unit unit_ordinal(void);
struct unit unit_year(void);
struct unit unit_ratio(void);
/* "%" and "points", with factor 1/100. */
struct unit unit_percent(void);
struct unit unit_points(void);

/* One of the kinds that name a base: money, duration, measure; "m" with power 2 is an area. The base "year" is the one
 * that meets years. The symbol is borrowed. */
struct unit unit_of_base(enum unit_kind kind, struct str base, int8_t power, struct number factor, struct str symbol);

/* May the two be added, subtracted (`op` '+', '-') or compared ('=')? *out is the unit of the result: the left side's,
 * but a number that has none of its own (zero, literal, pure, count, in this order) takes the other side's. Moreover,
 * % - % is points and % ± points is %; year - year is a duration in years, and so is a bare number less a year; a year
 * ± a duration in years, a count or a bare number is a year; count, ordinal and duration meet as whole numbers, an
 * 18 being 18 months as well as 18 years. Both sides must be converted to *out. */
bool unit_join(struct unit a, char op, struct unit b, struct unit *out);

/* What a value in `from` is multiplied by to be in `to`, which is `out` of a unit_join of `from`, or joins with it. */
struct number unit_conversion(struct arena *arena, struct unit from, struct unit to);

/* a * b for power 1, a / b for power -1; the factors are multiplied, no value need be converted. What has no base (a
 * ratio, a count, a literal) leaves the other side its unit: EUR per shop is EUR. A count over a count, a ratio over a
 * ratio and a product whose bases cancel out are pure. The symbol of a new unit ("EUR/m2") lies in the arena.
 * False when the product has more than UNIT_MAX_BASES base units, or a power beyond ±127. */
bool unit_times(struct arena *arena, struct unit a, struct unit b, int power, struct unit *out);

/* "count", "number" (zero, literal and pure), "ratio", "points", "ordinal", "year", "duration", "money", "measure". */
struct str unit_kind_name(enum unit_kind kind);

/* For messages: "EUR", "%", "EUR/m2"; "a count" where there is no symbol. */
struct str unit_write(struct arena *arena, struct unit unit);

#endif
