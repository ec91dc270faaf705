#include "number/number.h"

#include <gmp.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

#include "base/buf.h"

_Static_assert(LONG_MAX == INT64_MAX, "a mantissa passes through GMP's long");

/* In lowest terms. Its limbs lie in the arena, so it is read, never changed or cleared. */
struct big {
    mpq_t value;
};

#define SIX_POWERS(n) n, n##0, n##00, n##000, n##0000, n##00000
const int64_t number_powers_of_ten[NUMBER_MAX_SHIFT + 1] = {SIX_POWERS(1), SIX_POWERS(1000000),
                                                            SIX_POWERS(1000000000000), 1000000000000000000};

/* Rationals.
 *
 * Whatever is not small passes through an mpq that lives as long as one operation. */

/* Multiplies a whole q by 10^exponent. */
static void scale_whole(mpq_ptr q, int exponent)
{
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)abs(exponent));
    if (exponent >= 0) {
        mpz_mul(mpq_numref(q), mpq_numref(q), power);
    } else {
        mpz_set(mpq_denref(q), power);
        mpq_canonicalize(q);
    }
    mpz_clear(power);
}

static void rational_init(mpq_ptr q, struct number n)
{
    mpq_init(q);
    if (n.big) {
        mpq_set(q, n.big->value);
    } else {
        mpq_set_si(q, n.mantissa, 1);
        scale_whole(q, n.exponent);
    }
}

/* How often 5 divides n > 0; *rest is what remains. */
static mp_bitcnt_t remove_fives(mpz_ptr rest, mpz_srcptr n)
{
    static const mp_limb_t limb = 5;
    mpz_t five;
    return mpz_remove(rest, n, mpz_roinit_n(five, &limb, 1));
}

/* The power of ten of the last digit of q that is not 0. False when q is no decimal, that is when a prime other than
 * 2 and 5 divides its denominator. */
static bool rational_last_place(mpq_srcptr q, int *place)
{
    mpz_srcptr numerator = mpq_numref(q), denominator = mpq_denref(q);
    bool whole = !mpz_cmp_ui(denominator, 1), decimal = true;
    *place = 0;
    if (!mpz_sgn(numerator))
        return true;
    mpz_t rest;
    mpz_init(rest);
    mp_bitcnt_t twos = mpz_scan1(whole ? numerator : denominator, 0);
    mp_bitcnt_t fives = remove_fives(rest, whole ? numerator : denominator);
    if (whole) {
        *place = (int)(twos < fives ? twos : fives);
    } else {
        *place = -(int)(twos > fives ? twos : fives);
        decimal = mpz_sizeinbase(rest, 2) == twos + 1;
    }
    mpz_clear(rest);
    return decimal;
}

/* The whole number q / 10^place, for the place of the function above or one below it. */
static void rational_digits(mpz_ptr digits, mpq_srcptr q, int place)
{
    mpz_ui_pow_ui(digits, 10, (unsigned long)abs(place));
    if (place > 0) {
        mpz_divexact(digits, mpq_numref(q), digits);
    } else {
        mpz_divexact(digits, digits, mpq_denref(q));
        mpz_mul(digits, digits, mpq_numref(q));
    }
}

static bool rational_is_small(mpq_srcptr q, struct number *out)
{
    /* Neither part of a small number has more bits than 2^63 * 10^128: longer ones need no factoring. */
    enum { MOST_BITS = 64 + 426 };
    int place;
    if (mpz_sizeinbase(mpq_numref(q), 2) > MOST_BITS || mpz_sizeinbase(mpq_denref(q), 2) > MOST_BITS ||
        !rational_last_place(q, &place) || place < INT8_MIN || place > INT8_MAX)
        return false;
    mpz_t digits;
    mpz_init(digits);
    rational_digits(digits, q, place);
    bool fits = mpz_fits_slong_p(digits);
    if (fits)
        *out = (struct number){.mantissa = mpz_get_si(digits), .exponent = (int8_t)place};
    mpz_clear(digits);
    return fits;
}

/* A read-only copy in the arena. */
static void keep_whole(struct arena *arena, mpz_ptr copy, mpz_srcptr n)
{
    size_t size = mpz_size(n);
    const mp_limb_t *limbs = arena_copy(arena, mpz_limbs_read(n), size * sizeof(mp_limb_t));
    mpz_roinit_n(copy, limbs, mpz_sgn(n) < 0 ? -(mp_size_t)size : (mp_size_t)size);
}

/* The number that the canonical q is; q is cleared. */
static struct number rational_finish(struct arena *arena, mpq_ptr q)
{
    struct number result = {0};
    if (!rational_is_small(q, &result)) {
        struct big *big = ARENA_NEW(arena, struct big);
        keep_whole(arena, mpq_numref(big->value), mpq_numref(q));
        keep_whole(arena, mpq_denref(big->value), mpq_denref(q));
        result.big = big;
    }
    mpq_clear(q);
    return result;
}

typedef void rational_operation(mpq_ptr, mpq_srcptr, mpq_srcptr);

/* Kept out of line, so that the small paths below stay short. */
__attribute__((noinline)) static struct number by_rationals(struct arena *arena, struct number a, struct number b,
                                                            rational_operation *operation)
{
    mpq_t x, y;
    rational_init(x, a);
    rational_init(y, b);
    operation(x, x, y);
    mpq_clear(y);
    return rational_finish(arena, x);
}

__attribute__((noinline)) static int compare_rationals(struct number a, struct number b)
{
    mpq_t x, y;
    rational_init(x, a);
    rational_init(y, b);
    int order = mpq_cmp(x, y);
    mpq_clear(x);
    mpq_clear(y);
    return (order > 0) - (order < 0);
}

/* Making numbers. */

/* mantissa * 10^exponent; without an arena only when the exponent is sure to fit. */
__attribute__((noinline)) static struct number trimmed(struct arena *arena, int64_t mantissa, int exponent)
{
    if (!mantissa)
        return (struct number){0};
    for (; mantissa % 10 == 0; exponent++)
        mantissa /= 10;
    if (exponent >= INT8_MIN && exponent <= INT8_MAX)
        return (struct number){.mantissa = mantissa, .exponent = (int8_t)exponent};
    mpq_t q;
    mpq_init(q);
    mpq_set_si(q, mantissa, 1);
    scale_whole(q, exponent);
    return rational_finish(arena, q);
}

static inline struct number make(struct arena *arena, int64_t mantissa, int exponent)
{
    if (mantissa % 10 && exponent >= INT8_MIN && exponent <= INT8_MAX)
        return (struct number){.mantissa = mantissa, .exponent = (int8_t)exponent};
    return trimmed(arena, mantissa, exponent);
}

struct number number_int(int64_t value) { return make(NULL, value, 0); }

static int clip_place(int place)
{
    return place > NUMBER_MAX_PLACE ? NUMBER_MAX_PLACE : place < -NUMBER_MAX_PLACE ? -NUMBER_MAX_PLACE : place;
}

struct number number_decimal(struct arena *arena, int64_t mantissa, int exponent)
{
    return make(arena, mantissa, clip_place(exponent));
}

struct number number_step(struct arena *arena, int places) { return make(arena, 1, -clip_place(places)); }

/* Arithmetic. */

struct number number_add_any(struct arena *arena, struct number a, struct number b)
{
    return by_rationals(arena, a, b, mpq_add);
}

struct number number_mul(struct arena *arena, struct number a, struct number b)
{
    int64_t product;
    if (!a.big && !b.big && !__builtin_mul_overflow(a.mantissa, b.mantissa, &product))
        return make(arena, product, a.exponent + b.exponent);
    return by_rationals(arena, a, b, mpq_mul);
}

static int64_t greatest_common_divisor(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* a / b when it is a decimal and no step overflows. In lowest terms, each factor 2 of the divisor is a 5 in the
 * dividend and one place more, and the other way round. */
static bool divide_small(struct arena *arena, struct number a, struct number b, struct number *out)
{
    if (a.big || b.big || a.mantissa == INT64_MIN || b.mantissa == INT64_MIN)
        return false;
    int64_t common = greatest_common_divisor(a.mantissa, b.mantissa);
    int64_t dividend = a.mantissa / common, divisor = b.mantissa / common;
    int exponent = a.exponent - b.exponent;
    for (int64_t prime = 2; prime <= 5; prime += 3)
        for (; divisor % prime == 0; exponent--) {
            divisor /= prime;
            if (__builtin_mul_overflow(dividend, 10 / prime, &dividend))
                return false;
        }
    if ((divisor != 1 && divisor != -1) || __builtin_mul_overflow(dividend, divisor, &dividend))
        return false;
    *out = make(arena, dividend, exponent);
    return true;
}

struct number number_div(struct arena *arena, struct number a, struct number b)
{
    struct number quotient;
    return divide_small(arena, a, b, &quotient) ? quotient : by_rationals(arena, a, b, mpq_div);
}

struct number number_neg(struct arena *arena, struct number a)
{
    if (!a.big && a.mantissa != INT64_MIN)
        return (struct number){.mantissa = -a.mantissa, .exponent = a.exponent};
    return by_rationals(arena, number_int(0), a, mpq_sub);
}

struct number number_abs(struct arena *arena, struct number a) { return number_sign(a) < 0 ? number_neg(arena, a) : a; }

double number_estimate(struct number n)
{
    if (n.big)
        return mpq_get_d(n.big->value);
    double value = (double)n.mantissa;
    int places = n.exponent < 0 ? -n.exponent : n.exponent;
    for (int step; places > 0; places -= step) {
        step = places < NUMBER_MAX_SHIFT ? places : NUMBER_MAX_SHIFT;
        double power = (double)number_powers_of_ten[step];
        value = n.exponent < 0 ? value / power : value * power;
    }
    return value;
}

/* Comparing. */

int number_sign(struct number a)
{
    if (a.big)
        return mpq_sgn(a.big->value);
    return (a.mantissa > 0) - (a.mantissa < 0);
}

int number_compare(struct number a, struct number b)
{
    if (a.big || b.big)
        return compare_rationals(a, b);
    int64_t x = a.mantissa, y = b.mantissa;
    /* What overflows is farther from 0 than any mantissa. */
    if (a.exponent > b.exponent && !number_shift(&x, a.exponent - b.exponent))
        return number_sign(a);
    if (a.exponent < b.exponent && !number_shift(&y, b.exponent - a.exponent))
        return -number_sign(b);
    return (x > y) - (x < y);
}

bool number_equal(struct number a, struct number b)
{
    if (a.big || b.big)
        return a.big && b.big && mpq_equal(a.big->value, b.big->value);
    return a.mantissa == b.mantissa && a.exponent == b.exponent;
}

bool number_is_whole(struct number a) { return a.big ? !mpz_cmp_ui(mpq_denref(a.big->value), 1) : a.exponent >= 0; }

int number_last_place(struct number a)
{
    int place = a.exponent;
    return !a.big || rational_last_place(a.big->value, &place) ? place : INT_MIN;
}

/* Rounding. */

/* What stands between a number and the multiple below it. */
struct remainder {
    bool some;     /* it is no multiple */
    int half;      /* how the remainder stands to half a step: -1, 0, 1 */
    bool negative; /* the number is below 0 */
    bool odd;      /* the multiple below is odd */
};

static bool rounds_up(struct remainder r, enum number_rounding how)
{
    switch (how) {
    case ROUND_HALF_AWAY:
        return r.half > 0 || (r.half == 0 && !r.negative);
    case ROUND_HALF_EVEN:
        return r.half > 0 || (r.half == 0 && r.odd);
    case ROUND_TOWARDS_ZERO:
        return r.some && r.negative;
    case ROUND_FLOOR:
        return false;
    case ROUND_CEILING:
        return r.some;
    }
    return false;
}

static struct number round_rational(struct arena *arena, struct number a, int places, enum number_rounding how)
{
    mpq_t q;
    mpz_t power, rest;
    rational_init(q, a);
    mpz_inits(power, rest, NULL);
    mpz_ui_pow_ui(power, 10, (unsigned long)abs(places));
    mpz_ptr part = places > 0 ? mpq_numref(q) : mpq_denref(q);
    mpz_mul(part, part, power);
    mpz_fdiv_qr(mpq_numref(q), rest, mpq_numref(q), mpq_denref(q));
    struct remainder remainder = {
        .some = mpz_sgn(rest), .negative = number_sign(a) < 0, .odd = mpz_odd_p(mpq_numref(q))};
    mpz_mul_2exp(rest, rest, 1);
    remainder.half = mpz_cmp(rest, mpq_denref(q));
    mpz_add_ui(mpq_numref(q), mpq_numref(q), rounds_up(remainder, how));
    mpz_set_ui(mpq_denref(q), 1);
    scale_whole(q, -places);
    mpz_clears(power, rest, NULL);
    return rational_finish(arena, q);
}

struct number number_round(struct arena *arena, struct number a, int places, enum number_rounding how)
{
    places = clip_place(places);
    int drop = -places - a.exponent;
    if (!a.big && drop <= 0)
        return a;
    if (a.big || drop > NUMBER_MAX_SHIFT)
        return round_rational(arena, a, places, how);
    int64_t step = number_powers_of_ten[drop], below = a.mantissa / step, rest = a.mantissa % step;
    if (rest < 0) {
        rest += step;
        below--;
    }
    struct remainder remainder = {
        .some = rest, .half = (2 * rest > step) - (2 * rest < step), .negative = a.mantissa < 0, .odd = below & 1};
    return make(arena, below + rounds_up(remainder, how), -places);
}

/* Text. */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Digits as they are written, and the power of ten of the last one. */
struct digits {
    char text[NUMBER_MAX_DIGITS + 1]; /* a NUL stands behind them */
    size_t count;
    int exponent;
    bool negative;
};

static bool take_char(struct str *text, char c)
{
    if (!text->len || *text->ptr != c)
        return false;
    *text = str_part(*text, 1, text->len);
    return true;
}

static bool take_minus(struct str *text)
{
    bool minus = take_char(text, '-');
    if (!minus)
        take_char(text, '+');
    return minus;
}

/* Adds a run of at least one digit. */
static bool take_digits(struct str *text, struct digits *digits, const char **why)
{
    if (!text->len || !is_digit(*text->ptr)) {
        *why = "not a number";
        return false;
    }
    for (; text->len && is_digit(*text->ptr); *text = str_part(*text, 1, text->len)) {
        if (digits->count == NUMBER_MAX_DIGITS) {
            *why = "more than 1000 digits";
            return false;
        }
        digits->text[digits->count++] = *text->ptr;
    }
    digits->text[digits->count] = '\0';
    return true;
}

/* exponent = ( "e" | "E" ) [ "+" | "-" ] digit { digit } */
static bool take_exponent(struct str *text, int *exponent, const char **why)
{
    *exponent = 0;
    if (!take_char(text, 'e') && !take_char(text, 'E'))
        return true;
    bool negative = take_minus(text);
    if (!text->len || !is_digit(*text->ptr)) {
        *why = "not a number";
        return false;
    }
    for (; text->len && is_digit(*text->ptr); *text = str_part(*text, 1, text->len)) {
        *exponent = *exponent * 10 + (*text->ptr - '0');
        if (*exponent > NUMBER_MAX_EXPONENT) {
            *why = "an exponent beyond 1000";
            return false;
        }
    }
    if (negative)
        *exponent = -*exponent;
    return true;
}

/* number = [ "+" | "-" ] digit { digit } [ "." digit { digit } ] [ exponent ] */
static bool take_number(struct str text, struct digits *digits, const char **why)
{
    int exponent;
    *digits = (struct digits){.negative = take_minus(&text)};
    if (!take_digits(&text, digits, why))
        return false;
    size_t whole = digits->count;
    if ((take_char(&text, '.') && !take_digits(&text, digits, why)) || !take_exponent(&text, &exponent, why))
        return false;
    if (text.len) {
        *why = "not a number";
        return false;
    }
    digits->exponent = exponent - (int)(digits->count - whole);
    return true;
}

bool number_read(struct arena *arena, struct str text, struct number *out, const char **why)
{
    struct digits digits;
    if (!take_number(text, &digits, why))
        return false;
    if (digits.count <= NUMBER_MAX_SHIFT) {
        int64_t mantissa = strtoll(digits.text, NULL, 10);
        *out = make(arena, digits.negative ? -mantissa : mantissa, digits.exponent);
        return true;
    }
    mpq_t q;
    mpq_init(q);
    mpz_set_str(mpq_numref(q), digits.text, 10);
    if (digits.negative)
        mpq_neg(q, q);
    scale_whole(q, digits.exponent);
    *out = rational_finish(arena, q);
    return true;
}

static void add_zeros(struct buf *buf, size_t count)
{
    while (count--)
        buf_add_char(buf, '0');
}

/* `digits`, perhaps with a sign before them, times 10^exponent. */
static struct str write_decimal(struct arena *arena, struct str digits, int exponent)
{
    struct buf out = {.arena = arena};
    if (take_char(&digits, '-'))
        buf_add_char(&out, '-');
    size_t places = exponent < 0 ? (size_t)-exponent : 0;
    if (digits.len > places) {
        buf_add(&out, str_part(digits, 0, digits.len - places));
        if (places)
            buf_add_char(&out, '.');
        buf_add(&out, str_part(digits, digits.len - places, digits.len));
        add_zeros(&out, exponent > 0 ? (size_t)exponent : 0);
    } else {
        buf_add(&out, STR("0."));
        add_zeros(&out, places - digits.len);
        buf_add(&out, digits);
    }
    return buf_str(&out);
}

static struct str write_whole(struct arena *arena, mpz_srcptr n)
{
    char *text = ARENA_ARRAY(arena, char, mpz_sizeinbase(n, 10) + 2);
    return str_from(mpz_get_str(text, 10, n));
}

enum { WIDEST_INT = 20 }; /* of -9223372036854775808 */

/* By hand: printf takes ten times as long, and reports write numbers by the million. */
static struct str write_int(int64_t value, char room[WIDEST_INT])
{
    size_t at = WIDEST_INT;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do
        room[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        room[--at] = '-';
    return (struct str){room + at, WIDEST_INT - at};
}

struct str number_write(struct arena *arena, struct number n)
{
    char room[WIDEST_INT];
    if (!n.big)
        return write_decimal(arena, write_int(n.mantissa, room), n.exponent);
    mpq_srcptr q = n.big->value;
    int place;
    if (!rational_last_place(q, &place)) {
        struct str numerator = write_whole(arena, mpq_numref(q)), denominator = write_whole(arena, mpq_denref(q));
        return str_format(arena, "%.*s/%.*s", STR_ARG(numerator), STR_ARG(denominator));
    }
    mpz_t digits;
    mpz_init(digits);
    rational_digits(digits, q, place);
    struct str text = write_decimal(arena, write_whole(arena, digits), place);
    mpz_clear(digits);
    return text;
}

struct str number_write_rounded(struct arena *arena, struct number n, int places, bool *exact)
{
    struct number rounded = number_round(arena, n, places, ROUND_HALF_AWAY);
    *exact = number_equal(rounded, n);
    return number_write(arena, rounded);
}
