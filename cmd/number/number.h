/* number: exact numbers. Decimals as published, rationals after a division; never a double.
 *
 *     struct number a, b, sum;
 *     number_read(&arena, STR("592.50"), &a, &why);
 *     sum = number_add(&arena, a, b);
 *     number_write(&arena, sum);                      // "946.5", or "2/3" where no decimal is exact
 *
 * A number is a value: copy it freely. Nearly all are small, mantissa * 10^exponent in two machine words;
 * what does not fit is an exact rational whose limbs lie in the arena, computed by GMP. Both give the same
 * answers (t/unit proves it on random input), and a result that fits is always brought back to the small form,
 * so equal numbers have equal representations.
 */
#ifndef NUMBER_NUMBER_H
#define NUMBER_NUMBER_H

#include "base/arena.h"
#include "base/str.h"

struct big; /* numerator and denominator, in the arena */

struct number {
    int64_t mantissa;      /* no trailing decimal zero, unless the number is 0 */
    int8_t exponent;       /* of ten; 0 when the number is 0 */
    const struct big *big; /* NULL: the number is mantissa * 10^exponent */
};

/* Caps on what number_read accepts, so that 1e999999999 is an error and not a memory of its size. */
enum { NUMBER_MAX_DIGITS = 1000, NUMBER_MAX_EXPONENT = 1000 };

/* The cap on places that are computed with: beyond all that number_read yields, and what is one or two finer. */
enum { NUMBER_MAX_PLACE = 3000 };

/* Reads `-12.50`, `1e3`: JSON's number grammar, leading zeros and a leading + allowed; nothing before or behind.
 * False, with a reason of a few words in *why ("more than 1000 digits"), when it is no number or over the caps. */
bool number_read(struct arena *arena, struct str text, struct number *out, const char **why);

struct number number_int(int64_t value);

/* mantissa * 10^exponent; an exponent beyond ±NUMBER_MAX_PLACE counts as that. */
struct number number_decimal(struct arena *arena, int64_t mantissa, int exponent);

/* 10^-places, the step of numbers of so many decimals; places beyond ±NUMBER_MAX_PLACE count as that. */
struct number number_step(struct arena *arena, int places);

/* The shortest exact decimal ("946.5"), or a fraction in lowest terms ("-2/3") where there is none. */
struct str number_write(struct arena *arena, struct number n);

/* Rounded half away from zero to `places` decimals, as a decimal without trailing zeros: for people, where a fraction
 * is unwelcome. *exact says whether nothing was lost. */
struct str number_write_rounded(struct arena *arena, struct number n, int places, bool *exact);

static inline struct number number_add(struct arena *arena, struct number a, struct number b);
static inline struct number number_sub(struct arena *arena, struct number a, struct number b);
struct number number_mul(struct arena *arena, struct number a, struct number b);
/* b must not be 0. */
struct number number_div(struct arena *arena, struct number a, struct number b);
struct number number_neg(struct arena *arena, struct number a);
struct number number_abs(struct arena *arena, struct number a);

/* The nearest double, or an infinity: to look for candidates, never for a verdict. */
double number_estimate(struct number n);

/* Each -1, 0 or 1. */
int number_sign(struct number a);
int number_compare(struct number a, struct number b);
bool number_equal(struct number a, struct number b);
bool number_is_whole(struct number a);

enum number_rounding { ROUND_HALF_AWAY, ROUND_HALF_EVEN, ROUND_TOWARDS_ZERO, ROUND_FLOOR, ROUND_CEILING };

/* The nearest multiple of number_step(places); places may be negative. */
struct number number_round(struct arena *arena, struct number a, int places, enum number_rounding how);

/* The power of ten of the last digit that is not 0, of a decimal: 0 for 946, 2 for 2800, -1 for 1.5; 0 for 0.
 * For a number that is no decimal (2/3): INT_MIN. */
int number_last_place(struct number a);

/* How sums are computed, here to be inlined: a call with three structs takes ten times as long. Members are copied one
 * by one so that compilers keep them in registers. */

enum { NUMBER_MAX_SHIFT = 18 };
extern const int64_t number_powers_of_ten[NUMBER_MAX_SHIFT + 1];

/* *mantissa * 10^places; false when it overflows. */
static inline bool number_shift(int64_t *mantissa, int places)
{
    return !places || !*mantissa ||
           (places <= NUMBER_MAX_SHIFT && !__builtin_mul_overflow(*mantissa, number_powers_of_ten[places], mantissa));
}

/* The sums that number_add leaves: those that may not be small. */
struct number number_add_any(struct arena *arena, struct number a, struct number b);

static inline struct number number_add(struct arena *arena, struct number a, struct number b)
{
    int64_t x = a.mantissa, y = b.mantissa, sum;
    int exponent = a.exponent < b.exponent ? a.exponent : b.exponent;
    if (!a.big && !b.big && number_shift(&x, a.exponent - exponent) && number_shift(&y, b.exponent - exponent) &&
        !__builtin_add_overflow(x, y, &sum) && exponent <= INT8_MAX - NUMBER_MAX_SHIFT) {
        if (!sum)
            return (struct number){.mantissa = 0};
        for (; sum % 10 == 0; exponent++)
            sum /= 10;
        return (struct number){.mantissa = sum, .exponent = (int8_t)exponent};
    }
    struct number result = number_add_any(arena, (struct number){a.mantissa, a.exponent, a.big},
                                          (struct number){b.mantissa, b.exponent, b.big});
    return (struct number){result.mantissa, result.exponent, result.big};
}

static inline struct number number_sub(struct arena *arena, struct number a, struct number b)
{
    if (!b.big && b.mantissa != INT64_MIN)
        return number_add(arena, a, (struct number){.mantissa = -b.mantissa, .exponent = b.exponent});
    return number_add(arena, a, number_neg(arena, b));
}

#endif
