/* numeral: a number as it is printed, in digits or in words or in both, with its scale words.
 *
 *     struct numeral n;
 *     numeral_at(&r, 0, false, &n)       // "2 millions trois cent mille": 2300000, place 5
 *
 * Inside cmd/figure only.
 */
#ifndef FIGURE_NUMERAL_H
#define FIGURE_NUMERAL_H

#include "figure/terms.h"

struct numeral {
    size_t next;         /* the token behind it */
    struct number value; /* scale words applied; never negative */
    int place;           /* the power of ten of the last printed digit, scale words applied */
    bool digits;         /* starts with digits, not with a word */
    bool decimals;       /* has a decimal mark, or "et demi" */
    bool grouped;        /* 2 800 */
    bool scaled;         /* a scale word from millions up, or any behind digits */
    bool article;        /* no more than un, une, a: perhaps no number at all */
    bool zero_led;       /* 07: a numbering, not a quantity */
    bool too_long;       /* over NUMBER_MAX_DIGITS: no value */
    bool doubtful;       /* 4,800 in French: perhaps a thousands mark */
    size_t int_len;      /* digits before the decimal mark */
    int exponent;        /* of the scale words at its very end; 0 when it ends otherwise */
};

/* The numeral that starts at token `at`. `money`: a currency stands before, so that "m" is a million, never a metre.
 * False when there is none. */
bool numeral_at(const struct reading *r, size_t at, bool money, struct numeral *out);

/* Of a doubtful numeral: its value if the decimal mark were a thousands mark. */
struct number numeral_regrouped(struct arena *arena, const struct numeral *n);

/* Is it a whole number in a few characters, as in "neuf sur dix"? Its value, or 0. */
int64_t numeral_small(const struct numeral *n);

#endif
