/* Exact numbers: reading, arithmetic, rounding, writing. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <limits.h>
#include <string.h>

#include "base/buf.h"
#include "number/number.h"

static int setup(void **state)
{
    static struct arena arena;
    *state = &arena;
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

/* Reads a number, or the fraction "2/3". */
static struct number n(struct arena *arena, const char *text)
{
    struct number numerator, denominator = number_int(1);
    const char *why = "";
    struct str rest = str_from(text), head = str_cut(&rest, STR("/"));
    if (!number_read(arena, head, &numerator, &why) || (rest.len && !number_read(arena, rest, &denominator, &why)))
        fail_msg("%s: %s", text, why);
    return number_div(arena, numerator, denominator);
}

static void assert_number(struct arena *arena, struct number number, const char *expected)
{
    assert_string_equal(number_write(arena, number).ptr, expected);
    assert_true(number_equal(number, n(arena, expected)));
}

/* A text of a head and `count` times the same character. */
static struct str repeated(struct arena *arena, const char *head, char c, size_t count)
{
    struct buf buf = {.arena = arena};
    buf_add(&buf, str_from(head));
    while (count--)
        buf_add_char(&buf, c);
    return buf_str(&buf);
}

static void reads_what_json_allows(void **state)
{
    static const struct {
        const char *text, *written;
    } cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"0.000", "0"},
        {"-0e-5", "0"},
        {"946", "946"},
        {"2800", "2800"},
        {"592.50", "592.5"},
        {"-12.5", "-12.5"},
        {"+007", "7"},
        {"1e3", "1000"},
        {"1.5E+2", "150"},
        {"25e-4", "0.0025"},
        {"-0.05", "-0.05"},
        {"9223372036854775807", "9223372036854775807"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"9223372036854775808", "9223372036854775808"},
        {"123456789012345678.5", "123456789012345678.5"},
        {"12345678901234567890.120", "12345678901234567890.12"},
        {"0.00000000000000000000000000000000000001234567890123456789",
         "0.00000000000000000000000000000000000001234567890123456789"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_number(*state, n(*state, cases[i].text), cases[i].written);
}

static void refuses_what_is_no_number(void **state)
{
    static const char *const texts[] = {"",   "-",   "+",   ".5",  "5.",  "1e",  "1e+",   "1.e3",  " 1",
                                        "1 ", "--1", "1,5", "0x1", "1ee", "nan", "1.2.3", "1e1.5", "-e3"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct number out;
        const char *why = NULL;
        assert_false(number_read(*state, str_from(texts[i]), &out, &why));
        assert_string_equal(why, "not a number");
    }
}

static void caps_digits_and_exponents(void **state)
{
    struct number out;
    const char *why = NULL;
    assert_true(number_read(*state, repeated(*state, "", '9', NUMBER_MAX_DIGITS), &out, &why));
    assert_int_equal(number_write(*state, out).len, NUMBER_MAX_DIGITS);
    assert_false(number_read(*state, repeated(*state, "", '9', NUMBER_MAX_DIGITS + 1), &out, &why));
    assert_string_equal(why, "more than 1000 digits");
    assert_false(number_read(*state, repeated(*state, "0.", '0', NUMBER_MAX_DIGITS), &out, &why));
    assert_string_equal(why, "more than 1000 digits");
    assert_true(number_read(*state, STR("1e1000"), &out, &why));
    assert_int_equal(number_last_place(out), 1000);
    assert_true(number_read(*state, STR("-1e-1000"), &out, &why));
    assert_int_equal(number_last_place(out), -1000);
    assert_false(number_read(*state, STR("1e1001"), &out, &why));
    assert_string_equal(why, "an exponent beyond 1000");
    assert_false(number_read(*state, STR("0e-999999999999999999999"), &out, &why));
    assert_string_equal(why, "an exponent beyond 1000");
}

static void makes_numbers(void **state)
{
    assert_number(*state, number_int(-2800), "-2800");
    assert_number(*state, number_int(INT64_MIN), "-9223372036854775808");
    assert_number(*state, number_decimal(*state, 1250, -2), "12.5");
    assert_number(*state, number_decimal(*state, 0, 1000), "0");
    assert_number(*state, number_step(*state, 2), "0.01");
    assert_number(*state, number_step(*state, -3), "1000");
    assert_int_equal(number_last_place(number_decimal(*state, 1, INT_MAX)), NUMBER_MAX_PLACE);
    assert_int_equal(number_last_place(number_step(*state, INT_MAX)), -NUMBER_MAX_PLACE);
    assert_int_equal(number_last_place(number_step(*state, INT_MIN)), NUMBER_MAX_PLACE);
}

static void keeps_one_form_of_each_number(void **state)
{
    struct number a = number_decimal(*state, 2800, 0), b = number_decimal(*state, 28, 2);
    assert_int_equal(a.mantissa, b.mantissa);
    assert_int_equal(a.exponent, b.exponent);
    struct number zero = number_sub(*state, n(*state, "1e50"), n(*state, "1e50"));
    assert_int_equal(zero.mantissa, 0);
    assert_int_equal(zero.exponent, 0);
    /* Through a rational and back. */
    struct number third = number_div(*state, number_int(1), number_int(3));
    assert_non_null(third.big);
    assert_null(number_mul(*state, third, number_int(3)).big);
    struct number large = n(*state, "9223372036854775808");
    assert_non_null(large.big);
    assert_null(number_sub(*state, large, number_int(1)).big);
    assert_null(number_neg(*state, large).big);
    assert_non_null(number_neg(*state, number_int(INT64_MIN)).big);
    assert_null(n(*state, "12e127").big);
    assert_non_null(n(*state, "1e128").big);
    assert_null(number_div(*state, n(*state, "1e128"), number_int(10)).big);
    assert_null(n(*state, "1e-128").big);
    assert_non_null(n(*state, "1e-129").big);
}

static void adds_and_subtracts(void **state)
{
    static const struct {
        const char *a, *b, *sum, *difference;
    } cases[] = {
        {"592", "354", "946", "238"},
        {"592.5", "354.25", "946.75", "238.25"},
        {"0.1", "0.2", "0.3", "-0.1"},
        {"950", "50", "1000", "900"},
        {"0", "5e-30", "0.000000000000000000000000000005", "-0.000000000000000000000000000005"},
        {"0", "-7e20", "-700000000000000000000", "700000000000000000000"},
        {"9223372036854775807", "1", "9223372036854775808", "9223372036854775806"},
        {"-9223372036854775808", "1", "-9223372036854775807", "-9223372036854775809"},
        {"1", "-9223372036854775808", "-9223372036854775807", "9223372036854775809"},
        {"1e20", "1e-5", "100000000000000000000.00001", "99999999999999999999.99999"},
        {"1/3", "1/6", "0.5", "1/6"},
        {"2/3", "-0.5", "1/6", "7/6"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct number a = n(*state, cases[i].a), b = n(*state, cases[i].b);
        assert_number(*state, number_add(*state, a, b), cases[i].sum);
        assert_number(*state, number_add(*state, b, a), cases[i].sum);
        assert_number(*state, number_sub(*state, a, b), cases[i].difference);
    }
}

static void multiplies_and_divides(void **state)
{
    static const struct {
        const char *a, *b, *product, *quotient;
    } cases[] = {
        {"12", "4", "48", "3"},
        {"1", "8", "8", "0.125"},
        {"-3", "0.4", "-1.2", "-7.5"},
        {"2", "3", "6", "2/3"},
        {"2", "-3", "-6", "-2/3"},
        {"0", "-7", "0", "0"},
        {"0.5", "1e100",
         "5000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
         "0.00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000005"},
        {"4294967296", "4294967296", "18446744073709551616", "1"},
        {"-9223372036854775808", "-1", "9223372036854775808", "9223372036854775808"},
        {"2/3", "4/9", "8/27", "1.5"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct number a = n(*state, cases[i].a), b = n(*state, cases[i].b);
        assert_number(*state, number_mul(*state, a, b), cases[i].product);
        assert_number(*state, number_div(*state, a, b), cases[i].quotient);
    }
}

static void negates(void **state)
{
    assert_number(*state, number_neg(*state, n(*state, "-2/3")), "2/3");
    assert_number(*state, number_neg(*state, n(*state, "12.5")), "-12.5");
    assert_number(*state, number_abs(*state, number_int(INT64_MIN)), "9223372036854775808");
    assert_number(*state, number_abs(*state, n(*state, "-1/7")), "1/7");
    assert_number(*state, number_abs(*state, n(*state, "5")), "5");
}

static void compares(void **state)
{
    /* In ascending order. */
    static const char *const texts[] = {"-1e1000",
                                        "-1e127",
                                        "-1e30",
                                        "-9223372036854775809",
                                        "-9223372036854775808",
                                        "-5",
                                        "-1/3",
                                        "-0.3",
                                        "-1e-128",
                                        "-1e-1000",
                                        "0",
                                        "1e-1000",
                                        "1e-128",
                                        "0.3",
                                        "1/3",
                                        "0.34",
                                        "1",
                                        "9223372036854775807",
                                        "9223372036854775808",
                                        "1e19",
                                        "1e30",
                                        "1e127",
                                        "1e128"};
    enum { COUNT = sizeof texts / sizeof *texts };
    for (int i = 0; i < COUNT; i++)
        for (int j = 0; j < COUNT; j++) {
            struct number a = n(*state, texts[i]), b = n(*state, texts[j]);
            assert_int_equal(number_compare(a, b), (i > j) - (i < j));
            assert_int_equal(number_equal(a, b), i == j);
        }
    assert_int_equal(number_sign(n(*state, "-1e-1000")), -1);
    assert_int_equal(number_sign(n(*state, "0")), 0);
    assert_int_equal(number_sign(n(*state, "1/3")), 1);
}

static void knows_whole_numbers_and_places(void **state)
{
    static const struct {
        const char *text;
        bool whole;
        int place;
    } cases[] = {
        {"0", true, 0},
        {"946", true, 0},
        {"2800", true, 2},
        {"1.5", false, -1},
        {"2/3", false, INT_MIN},
        {"12345678901234567890000", true, 4},
        {"12345678901234567890.0625", false, -4},
        {"1e1000", true, 1000},
        {"24691357802469135780.25", false, -2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(number_is_whole(n(*state, cases[i].text)), cases[i].whole);
        assert_int_equal(number_last_place(n(*state, cases[i].text)), cases[i].place);
    }
}

static void rounds(void **state)
{
    static const struct {
        const char *text;
        int places;
        const char *by_how[5]; /* half away, half even, towards zero, floor, ceiling */
    } cases[] = {
        {"2.5", 0, {"3", "2", "2", "2", "3"}},
        {"3.5", 0, {"4", "4", "3", "3", "4"}},
        {"-2.5", 0, {"-3", "-2", "-2", "-3", "-2"}},
        {"-3.5", 0, {"-4", "-4", "-3", "-4", "-3"}},
        {"2.4", 0, {"2", "2", "2", "2", "3"}},
        {"-2.6", 0, {"-3", "-3", "-2", "-3", "-2"}},
        {"12.345", 2, {"12.35", "12.34", "12.34", "12.34", "12.35"}},
        {"12.3", 5, {"12.3", "12.3", "12.3", "12.3", "12.3"}},
        {"2850", -2, {"2900", "2800", "2800", "2800", "2900"}},
        {"-5e-30", 0, {"0", "0", "0", "-1", "0"}},
        {"5e-30", 2, {"0", "0", "0", "0", "0.01"}},
        {"2/3", 1, {"0.7", "0.7", "0.6", "0.6", "0.7"}},
        {"-2/3", 0, {"-1", "-1", "0", "-1", "0"}},
        {"1e40",
         -2,
         {"10000000000000000000000000000000000000000", "10000000000000000000000000000000000000000",
          "10000000000000000000000000000000000000000", "10000000000000000000000000000000000000000",
          "10000000000000000000000000000000000000000"}},
        {"9223372036854775807",
         -1,
         {"9223372036854775810", "9223372036854775810", "9223372036854775800", "9223372036854775800",
          "9223372036854775810"}},
        {"12345678901234567890.5",
         0,
         {"12345678901234567891", "12345678901234567890", "12345678901234567890", "12345678901234567890",
          "12345678901234567891"}},
        {"-50", -2, {"-100", "0", "0", "-100", "0"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (enum number_rounding how = 0; how < 5; how++)
            assert_number(*state, number_round(*state, n(*state, cases[i].text), cases[i].places, how),
                          cases[i].by_how[how]);
    assert_number(*state, number_round(*state, n(*state, "1.5"), INT_MAX, ROUND_FLOOR), "1.5");
    assert_number(*state, number_round(*state, n(*state, "1.5"), INT_MIN, ROUND_FLOOR), "0");
}

static void writes_rounded(void **state)
{
    bool exact;
    assert_string_equal(number_write_rounded(*state, n(*state, "2/3"), 3, &exact).ptr, "0.667");
    assert_false(exact);
    assert_string_equal(number_write_rounded(*state, n(*state, "-0.125"), 2, &exact).ptr, "-0.13");
    assert_false(exact);
    assert_string_equal(number_write_rounded(*state, n(*state, "12.50"), 3, &exact).ptr, "12.5");
    assert_true(exact);
}

static void shares_no_memory_with_its_input(void **state)
{
    struct number a = n(*state, "1/3"), b = number_neg(*state, a);
    assert_number(*state, number_add(*state, a, b), "0");
    assert_number(*state, a, "1/3");
    assert_number(*state, b, "-1/3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_json_allows),
        cmocka_unit_test(refuses_what_is_no_number),
        cmocka_unit_test(caps_digits_and_exponents),
        cmocka_unit_test(makes_numbers),
        cmocka_unit_test(keeps_one_form_of_each_number),
        cmocka_unit_test(adds_and_subtracts),
        cmocka_unit_test(multiplies_and_divides),
        cmocka_unit_test(negates),
        cmocka_unit_test(compares),
        cmocka_unit_test(knows_whole_numbers_and_places),
        cmocka_unit_test(rounds),
        cmocka_unit_test(writes_rounded),
        cmocka_unit_test(shares_no_memory_with_its_input),
    };
    return cmocka_run_group_tests_name("number", tests, setup, teardown);
}
