/* A million random operations on numbers and intervals against rationals that this test computes for itself.
 *
 * Mantissas lie mostly near the edges of int64_t and exponents all over int8_t, where the small form overflows. SEED in
 * the environment chooses another million. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <gmp.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "number/interval.h"

enum { NUMBER_TRIALS = 800000, INTERVAL_TRIALS = 200000, TRIALS_AN_ARENA = 1000, FAR = 1000 };

/* What one trial needs. Rationals are made once: `operand` for the numbers of the trial, `wanted` for their result. */
struct bench {
    struct arena arena;
    uint64_t seed, random;
    mpq_t operand[4], wanted, got, low, high, product, far;
    mpz_t work, ten, powers[INT8_MAX + 2];
};

/* Random operands. */

/* splitmix64: https://prng.di.unimi.it/splitmix64.c */
static uint64_t next(struct bench *b)
{
    uint64_t z = b->random += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static int below(struct bench *b, int limit) { return (int)(next(b) % (uint64_t)limit); }

static int64_t random_mantissa(struct bench *b)
{
    int64_t power = 1;
    switch (below(b, 6)) {
    case 0:
        return INT64_MAX - below(b, 20);
    case 1:
        return INT64_MIN + below(b, 20);
    case 2:
        for (int zeros = below(b, 19); zeros--;)
            power *= 10;
        return (below(b, 2) ? power : -power) + below(b, 3) - 1;
    case 3:
        return below(b, 2001) - 1000;
    case 4:
        return (int64_t)(next(b) >> 1 >> below(b, 63));
    default:
        return (int64_t)next(b);
    }
}

static int random_exponent(struct bench *b)
{
    switch (below(b, 6)) {
    case 0:
        return below(b, 256) + INT8_MIN;
    case 1:
        return below(b, 2) ? INT8_MIN + below(b, 20) : INT8_MAX - below(b, 20);
    case 2:
        return below(b, 41) - 20;
    default:
        return below(b, 5) - 2;
    }
}

/* mantissa * 10^exponent, both as a number and as a rational. */
static struct number number_of(struct bench *b, mpq_t exact, int64_t mantissa, int exponent)
{
    mpq_set_si(exact, mantissa, 1);
    if (exponent >= 0) {
        mpz_mul(mpq_numref(exact), mpq_numref(exact), b->powers[exponent]);
    } else {
        mpz_set(mpq_denref(exact), b->powers[-exponent]);
        mpq_canonicalize(exact);
    }
    return number_decimal(&b->arena, mantissa, exponent);
}

static struct number random_number(struct bench *b, mpq_t exact)
{
    int64_t mantissa = random_mantissa(b);
    return number_of(b, exact, mantissa, random_exponent(b));
}

/* Results. */

/* The rational that a number is: of a small one by its members, of another by its text. */
static void value_of(struct bench *b, mpq_t out, struct number n)
{
    if (!n.big) {
        number_of(b, out, n.mantissa, n.exponent);
        return;
    }
    char *text = (char *)(uintptr_t)str_z(&b->arena, number_write(&b->arena, n)), *point = strchr(text, '.');
    if (!point) {
        mpq_set_str(out, text, 10);
        return;
    }
    size_t places = strlen(point + 1);
    memmove(point, point + 1, places + 1);
    mpq_set_str(out, text, 10);
    mpz_ui_pow_ui(mpq_denref(out), 10, places);
    mpq_canonicalize(out);
}

/* Is q a mantissa of 64 bits without a trailing zero, times a power of ten of 8 bits? */
static bool fits_small(struct bench *b, mpq_t q)
{
    mpz_mul(b->work, mpq_numref(q), b->powers[-INT8_MIN]);
    if (!mpz_divisible_p(b->work, mpq_denref(q)))
        return false;
    mpz_divexact(b->work, b->work, mpq_denref(q));
    return mpz_remove(b->work, b->work, b->ten) <= INT8_MAX - INT8_MIN && mpz_fits_slong_p(b->work);
}

static bool is_right(struct bench *b, struct number n, mpq_t exact)
{
    value_of(b, b->got, n);
    if (!mpq_equal(b->got, exact))
        return false;
    if (n.big)
        return below(b, 8) || !fits_small(b, exact);
    return n.mantissa ? n.mantissa % 10 != 0 : n.exponent == 0;
}

static void assert_right(struct bench *b, struct number n, mpq_t exact, const char *operation, struct number x,
                         struct number y)
{
    if (!is_right(b, n, exact))
        fail_msg("seed %" PRIu64 ": %s %s %s is not %s", b->seed, number_write(&b->arena, x).ptr, operation,
                 number_write(&b->arena, y).ptr, number_write(&b->arena, n).ptr);
}

/* Trials. */

static void try_numbers(struct bench *b)
{
    struct number x = random_number(b, b->operand[0]), y = random_number(b, b->operand[1]);
    switch (below(b, 8)) {
    case 0:
    case 1:
        mpq_add(b->wanted, b->operand[0], b->operand[1]);
        assert_right(b, number_add(&b->arena, x, y), b->wanted, "+", x, y);
        break;
    case 2:
    case 3:
        mpq_sub(b->wanted, b->operand[0], b->operand[1]);
        assert_right(b, number_sub(&b->arena, x, y), b->wanted, "-", x, y);
        break;
    case 4:
        mpq_mul(b->wanted, b->operand[0], b->operand[1]);
        assert_right(b, number_mul(&b->arena, x, y), b->wanted, "*", x, y);
        break;
    case 5:
        if (number_sign(y)) {
            mpq_div(b->wanted, b->operand[0], b->operand[1]);
            assert_right(b, number_div(&b->arena, x, y), b->wanted, "/", x, y);
        }
        break;
    default: {
        int order = mpq_cmp(b->operand[0], b->operand[1]);
        assert_int_equal(number_compare(x, y), (order > 0) - (order < 0));
        assert_int_equal(number_equal(x, y), order == 0);
        assert_int_equal(number_sign(x), mpq_sgn(b->operand[0]));
        assert_int_equal(number_is_whole(x), mpz_cmp_ui(mpq_denref(b->operand[0]), 1) == 0);
    }
    }
}

/* An interval that is not empty, often with an end at 0, infinite, or where `other` has one; the rationals of its ends
 * have an open infinity at 10^FAR: no product of finite ends goes beyond 2^FAR. */
static struct interval random_interval(struct bench *b, mpq_t low, mpq_t high)
{
    struct interval a = {{.at = random_number(b, low), .open = below(b, 2)},
                         {.at = random_number(b, high), .open = below(b, 2)}};
    if (!below(b, 4))
        a.low.at = number_of(b, low, 0, 0);
    if (!below(b, 4))
        a.high.at = number_of(b, high, below(b, 2), 0);
    if (mpq_cmp(low, high) > 0) {
        struct end swapped = a.low;
        a.low = a.high;
        a.high = swapped;
        mpq_swap(low, high);
    }
    if (mpq_equal(low, high))
        a.low.open = a.high.open = false;
    if (!below(b, 8)) {
        a.low = (struct end){.open = true, .infinite = true};
        mpq_neg(low, b->far);
    }
    if (!below(b, 8)) {
        a.high = (struct end){.open = true, .infinite = true};
        mpq_set(high, b->far);
    }
    return a;
}

static void assert_end(struct bench *b, struct end end, mpq_t exact, bool open)
{
    mpq_abs(b->got, exact);
    bool infinite = mpz_sizeinbase(mpq_numref(b->got), 2) > mpz_sizeinbase(mpq_denref(b->got), 2) + FAR;
    assert_int_equal(end.infinite, infinite);
    assert_int_equal(end.open, open || infinite);
    if (!infinite && !is_right(b, end.at, exact))
        fail_msg("seed %" PRIu64 ": an end is not %s", b->seed, number_write(&b->arena, end.at).ptr);
}

static void try_sum(struct bench *b, struct interval x, struct interval y)
{
    struct interval sum = interval_add(&b->arena, x, y);
    mpq_add(b->wanted, b->operand[0], b->operand[2]);
    assert_end(b, sum.low, b->wanted, x.low.open || y.low.open);
    mpq_add(b->wanted, b->operand[1], b->operand[3]);
    assert_end(b, sum.high, b->wanted, x.high.open || y.high.open);
}

static void try_difference(struct bench *b, struct interval x, struct interval y)
{
    struct interval difference = interval_sub(&b->arena, x, y);
    mpq_sub(b->wanted, b->operand[0], b->operand[3]);
    assert_end(b, difference.low, b->wanted, x.low.open || y.high.open);
    mpq_sub(b->wanted, b->operand[1], b->operand[2]);
    assert_end(b, difference.high, b->wanted, x.high.open || y.low.open);
}

static void try_multiple(struct bench *b, struct interval x)
{
    struct number k = random_number(b, b->product);
    struct interval multiple = interval_scale(&b->arena, x, k);
    int sign = number_sign(k), low = sign < 0 ? 1 : 0;
    mpq_mul(b->wanted, b->operand[low], b->product);
    assert_end(b, multiple.low, b->wanted, sign && (low ? x.high : x.low).open);
    mpq_mul(b->wanted, b->operand[1 - low], b->product);
    assert_end(b, multiple.high, b->wanted, sign && (low ? x.low : x.high).open);
}

static bool has_zero(struct interval a, mpq_t low, mpq_t high)
{
    int from = mpq_sgn(low), to = mpq_sgn(high);
    return (from < 0 || (from == 0 && !a.low.open)) && (to > 0 || (to == 0 && !a.high.open));
}

/* The least and the greatest product of two ends; it is attained where it is one of closed ends, or 0 and 0 is a value
 * of either interval. */
static void try_product(struct bench *b, struct interval x, struct interval y)
{
    struct interval product = interval_mul(&b->arena, x, y);
    bool open[4] = {x.low.open, x.high.open, y.low.open, y.high.open}, low_open = true, high_open = true;
    for (int corner = 0; corner < 4; corner++) {
        int i = corner / 2, j = 2 + corner % 2;
        bool corner_open = open[i] || open[j];
        mpq_mul(b->product, b->operand[i], b->operand[j]);
        int to_low = corner ? mpq_cmp(b->product, b->low) : -1, to_high = corner ? mpq_cmp(b->product, b->high) : 1;
        if (to_low <= 0) {
            mpq_set(b->low, b->product);
            low_open = corner_open && (to_low < 0 || low_open);
        }
        if (to_high >= 0) {
            mpq_set(b->high, b->product);
            high_open = corner_open && (to_high > 0 || high_open);
        }
    }
    bool zero = has_zero(x, b->operand[0], b->operand[1]) || has_zero(y, b->operand[2], b->operand[3]);
    assert_end(b, product.low, b->low, mpq_sgn(b->low) ? low_open : !zero);
    assert_end(b, product.high, b->high, mpq_sgn(b->high) ? high_open : !zero);
}

static void try_meeting(struct bench *b, struct interval x, struct interval y)
{
    int first = mpq_cmp(b->operand[0], b->operand[3]), second = mpq_cmp(b->operand[2], b->operand[1]);
    bool apart = first > 0 || second > 0 || (first == 0 && (x.low.open || y.high.open)) ||
                 (second == 0 && (y.low.open || x.high.open));
    assert_int_equal(interval_meets(x, y), !apart);
    assert_int_equal(interval_meets(y, x), !apart);
}

static void try_intervals(struct bench *b)
{
    struct interval x = random_interval(b, b->operand[0], b->operand[1]);
    struct interval y = random_interval(b, b->operand[2], b->operand[3]);
    switch (below(b, 5)) {
    case 0:
        try_sum(b, x, y);
        break;
    case 1:
        try_difference(b, x, y);
        break;
    case 2:
        try_multiple(b, x);
        break;
    case 3:
        try_product(b, x, y);
        break;
    default:
        try_meeting(b, x, y);
    }
}

/* The group. */

static void repeat(struct bench *b, void (*trial)(struct bench *), int times)
{
    b->random = b->seed;
    for (int i = 0; i < times; i++) {
        trial(b);
        if (i % TRIALS_AN_ARENA == 0)
            arena_free(&b->arena);
    }
}

static void numbers_agree(void **state) { repeat(*state, try_numbers, NUMBER_TRIALS); }

static void intervals_agree(void **state) { repeat(*state, try_intervals, INTERVAL_TRIALS); }

static int setup(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    if (!b)
        return -1;
    const char *seed = getenv("SEED");
    b->seed = seed ? strtoull(seed, NULL, 10) : 946;
    print_message("# seed %" PRIu64 "\n", b->seed);
    mpq_inits(b->operand[0], b->operand[1], b->operand[2], b->operand[3], b->wanted, b->got, b->low, b->high,
              b->product, b->far, NULL);
    mpz_inits(b->work, b->ten, NULL);
    mpz_set_ui(b->ten, 10);
    mpz_ui_pow_ui(mpq_numref(b->far), 10, FAR);
    for (unsigned long i = 0; i < sizeof b->powers / sizeof *b->powers; i++) {
        mpz_init(b->powers[i]);
        mpz_ui_pow_ui(b->powers[i], 10, i);
    }
    *state = b;
    return 0;
}

static int teardown(void **state)
{
    struct bench *b = *state;
    mpq_clears(b->operand[0], b->operand[1], b->operand[2], b->operand[3], b->wanted, b->got, b->low, b->high,
               b->product, b->far, NULL);
    mpz_clears(b->work, b->ten, NULL);
    for (size_t i = 0; i < sizeof b->powers / sizeof *b->powers; i++)
        mpz_clear(b->powers[i]);
    arena_free(&b->arena);
    free(b);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_agree),
        cmocka_unit_test(intervals_agree),
    };
    return cmocka_run_group_tests_name("number_gmp", tests, setup, teardown);
}
