/* Intervals: what a rounding convention allows, sets, arithmetic, truth. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "number/interval.h"

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

static struct number n(struct arena *arena, struct str text)
{
    struct number numerator, denominator = number_int(1);
    const char *why = "";
    struct str rest = text, head = str_cut(&rest, STR("/"));
    if (!number_read(arena, head, &numerator, &why) || (rest.len && !number_read(arena, rest, &denominator, &why)))
        fail_msg("%.*s: %s", STR_ARG(text), why);
    return number_div(arena, numerator, denominator);
}

static struct end end(struct arena *arena, struct str text, bool open)
{
    if (str_ends(text, STR("inf")))
        return (struct end){.open = true, .infinite = true};
    return (struct end){.at = n(arena, text), .open = open};
}

/* As interval_write writes it: "[1, 2)", "(-inf, 5]", "946". */
static struct interval in(struct arena *arena, const char *text)
{
    struct str rest = str_from(text);
    if (rest.ptr[0] != '[' && rest.ptr[0] != '(')
        return interval_point(n(arena, rest));
    bool low_open = rest.ptr[0] == '(', high_open = str_ends(rest, STR(")"));
    rest = str_part(rest, 1, rest.len - 1);
    struct str low = str_cut(&rest, STR(", "));
    return (struct interval){end(arena, low, low_open), end(arena, rest, high_open)};
}

static void assert_interval(struct arena *arena, struct interval interval, const char *expected)
{
    assert_string_equal(interval_write(arena, interval).ptr, expected);
}

static void names_conventions(void **state)
{
    (void)state;
    for (enum rounding rounding = 0; rounding < ROUNDING_COUNT; rounding++) {
        enum rounding back = ROUNDING_COUNT;
        assert_true(rounding_from_name(rounding_name(rounding), &back));
        assert_int_equal(back, rounding);
    }
    enum rounding unused;
    assert_true(str_equal(rounding_name(ROUNDING_HALF_EVEN), STR("half-even")));
    assert_false(rounding_from_name(STR("Nearest"), &unused));
    assert_false(rounding_from_name(STR(""), &unused));
}

static void allows_what_prints_as_v(void **state)
{
    static const struct {
        const char *v, *half;
        const char *by_rounding[ROUNDING_COUNT]; /* nearest, half-even, truncation, floor, ceiling */
    } cases[] = {
        {"43000000",
         "500000",
         {"[42500000, 43500000]", "(42500000, 43500000)", "[43000000, 44000000)", "[43000000, 44000000)",
          "(42000000, 43000000]"}},
        {"12.4", "0.05", {"[12.35, 12.45]", "[12.35, 12.45]", "[12.4, 12.5)", "[12.4, 12.5)", "(12.3, 12.4]"}},
        {"-2.5", "0.05", {"[-2.55, -2.45]", "(-2.55, -2.45)", "(-2.6, -2.5]", "[-2.5, -2.4)", "(-2.6, -2.5]"}},
        {"0", "0.5", {"[-0.5, 0.5]", "[-0.5, 0.5]", "(-1, 1)", "[0, 1)", "(-1, 0]"}},
        {"80", "0.5", {"[79.5, 80.5]", "[79.5, 80.5]", "[80, 81)", "[80, 81)", "(79, 80]"}},
        {"946", "0", {"946", "946", "946", "946", "946"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (enum rounding rounding = 0; rounding < ROUNDING_COUNT; rounding++)
            assert_interval(
                *state,
                interval_rounded(*state, n(*state, str_from(cases[i].v)), n(*state, str_from(cases[i].half)), rounding),
                cases[i].by_rounding[rounding]);
}

static void is_made(void **state)
{
    assert_interval(*state, interval_all(), "(-inf, inf)");
    assert_interval(*state, interval_point(number_int(946)), "946");
    assert_interval(*state, interval_closed(number_int(3), number_int(5)), "[3, 5]");
    assert_true(interval_is_point(in(*state, "[5, 5]")));
    assert_false(interval_is_point(in(*state, "[5, 5)")));
    assert_false(interval_is_point(in(*state, "[5, 6]")));
    assert_false(interval_is_point(interval_all()));
}

static void is_empty(void **state)
{
    assert_true(interval_is_empty(in(*state, "[3, 2]")));
    assert_true(interval_is_empty(in(*state, "[2, 2)")));
    assert_true(interval_is_empty(in(*state, "(2, 2)")));
    assert_false(interval_is_empty(in(*state, "2")));
    assert_false(interval_is_empty(in(*state, "(2, 2.1)")));
    assert_false(interval_is_empty(in(*state, "(2, inf)")));
    assert_false(interval_is_empty(interval_all()));
}

static void meets_intersects_and_spans(void **state)
{
    static const struct {
        const char *a, *b;
        bool meets;
        const char *intersection, *hull;
        bool inside;
    } cases[] = {
        {"[1, 3]", "[2, 4]", true, "[2, 3]", "[1, 4]", false},
        {"[1, 2]", "[2, 3]", true, "2", "[1, 3]", false},
        {"[1, 2)", "[2, 3]", false, "[2, 2)", "[1, 3]", false},
        {"[1, 2]", "(2, 3]", false, "(2, 2]", "[1, 3]", false},
        {"[1, 2]", "[3, 4]", false, "[3, 2]", "[1, 4]", false},
        {"(1, 2)", "[1, 2]", true, "(1, 2)", "[1, 2]", true},
        {"[1, 2]", "(1, 2]", true, "(1, 2]", "[1, 2]", false},
        {"[1, 2]", "[1, 2)", true, "[1, 2)", "[1, 2]", false},
        {"(-inf, 5]", "[5, inf)", true, "5", "(-inf, inf)", false},
        {"(-inf, 5)", "(-inf, 5]", true, "(-inf, 5)", "(-inf, 5]", true},
        {"7", "(-inf, inf)", true, "7", "(-inf, inf)", true},
        {"(2, 2)", "[8, 9]", false, "[8, 2)", "[8, 9]", true},
        {"[8, 9]", "(2, 2)", false, "[8, 2)", "[8, 9]", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct interval a = in(*state, cases[i].a), b = in(*state, cases[i].b);
        assert_int_equal(interval_meets(a, b), cases[i].meets);
        assert_int_equal(interval_meets(b, a), cases[i].meets);
        assert_interval(*state, interval_intersect(a, b), cases[i].intersection);
        assert_interval(*state, interval_hull(a, b), cases[i].hull);
        assert_int_equal(interval_inside(a, b), cases[i].inside);
    }
}

static void contains(void **state)
{
    assert_true(interval_contains(in(*state, "[1, 2)"), number_int(1)));
    assert_false(interval_contains(in(*state, "[1, 2)"), number_int(2)));
    assert_true(interval_contains(in(*state, "(1, inf)"), n(*state, STR("1e1000"))));
    assert_false(interval_contains(in(*state, "(1, inf)"), number_int(1)));
}

static void adds_and_subtracts(void **state)
{
    static const struct {
        const char *a, *b, *sum, *difference;
    } cases[] = {
        {"592", "354", "946", "238"},
        {"[1, 2]", "[10, 20]", "[11, 22]", "[-19, -8]"},
        {"[1, 2)", "[10, 20]", "[11, 22)", "[-19, -8)"},
        {"(1, 2]", "[10, 20]", "(11, 22]", "(-19, -8]"},
        {"[1, 2]", "(10, 20]", "(11, 22]", "[-19, -8)"},
        {"[1, 2]", "[10, inf)", "[11, inf)", "(-inf, -8]"},
        {"(-inf, 2)", "[10, 20]", "(-inf, 22)", "(-inf, -8)"},
        {"(-inf, inf)", "[10, 20]", "(-inf, inf)", "(-inf, inf)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct interval a = in(*state, cases[i].a), b = in(*state, cases[i].b);
        assert_interval(*state, interval_add(*state, a, b), cases[i].sum);
        assert_interval(*state, interval_add(*state, b, a), cases[i].sum);
        assert_interval(*state, interval_sub(*state, a, b), cases[i].difference);
    }
}

static void negates_and_scales(void **state)
{
    struct interval a = in(*state, "[1, 2)"), ray = in(*state, "(3, inf)");
    assert_interval(*state, interval_neg(*state, a), "(-2, -1]");
    assert_interval(*state, interval_neg(*state, ray), "(-inf, -3)");
    assert_interval(*state, interval_scale(*state, a, number_int(10)), "[10, 20)");
    assert_interval(*state, interval_scale(*state, a, number_int(-10)), "(-20, -10]");
    assert_interval(*state, interval_scale(*state, ray, number_int(-2)), "(-inf, -6)");
    assert_interval(*state, interval_scale(*state, ray, number_int(0)), "0");
}

static void multiplies(void **state)
{
    static const struct {
        const char *a, *b, *product;
    } cases[] = {
        {"3", "4", "12"},
        {"[1, 2]", "[3, 4]", "[3, 8]"},
        {"[1, 2)", "(3, 4]", "(3, 8)"},
        {"[-1, 2]", "[3, 4]", "[-4, 8]"},
        {"[-1, 2)", "[-3, 4]", "(-6, 8)"},
        {"(-2, -1]", "[3, 4)", "(-8, -3]"},
        {"(-2, -1]", "[-4, -3]", "[3, 8)"},
        {"[-2, 3]", "[-3, 2)", "[-9, 6]"},
        {"[0, 1]", "(2, 3)", "[0, 3)"},
        {"[0, 1)", "(0, 1)", "[0, 1)"},
        {"(0, 1)", "(0, 1)", "(0, 1)"},
        {"(0, 1]", "[-1, 0]", "[-1, 0]"},
        {"(0, 1]", "[-1, 1]", "[-1, 1]"},
        {"[0, 1]", "(2, inf)", "[0, inf)"},
        {"(0, 1]", "(2, inf)", "(0, inf)"},
        {"0", "(-inf, inf)", "0"},
        {"(-inf, inf)", "0", "0"},
        {"[-1, 0]", "[2, inf)", "(-inf, 0]"},
        {"(-inf, -1]", "(-inf, -2)", "(2, inf)"},
        {"(-inf, 1]", "[2, 3]", "(-inf, 3]"},
        {"(-inf, inf)", "(0, 1)", "(-inf, inf)"},
        {"[1, 2)", "-2", "(-4, -2]"},
        {"[-1, 1]", "[-1, 1)", "[-1, 1]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct interval a = in(*state, cases[i].a), b = in(*state, cases[i].b);
        assert_interval(*state, interval_mul(*state, a, b), cases[i].product);
        assert_interval(*state, interval_mul(*state, b, a), cases[i].product);
    }
}

static void divides(void **state)
{
    static const struct {
        const char *a, *b, *quotient; /* NULL: 0 is a divisor */
    } cases[] = {
        {"12", "4", "3"},
        {"2", "3", "2/3"},
        {"0", "(0, 1)", "0"},
        {"[1, 2]", "[4, 8)", "(0.125, 0.5]"},
        {"[1, 2]", "(-8, -4]", "[-0.5, -0.125)"},
        {"[1, 2]", "(0, 4]", "[0.25, inf)"},
        {"[1, 2]", "[-4, 0)", "(-inf, -0.25]"},
        {"[-1, 2]", "(0, 4]", "(-inf, inf)"},
        {"[0, 2]", "(0, 4]", "[0, inf)"},
        {"(0, 2]", "(0, 4]", "(0, inf)"},
        {"[1, 2]", "[4, inf)", "(0, 0.5]"},
        {"[0, 2]", "[4, inf)", "[0, 0.5]"},
        {"[1, inf)", "[4, inf)", "(0, inf)"},
        {"(-inf, inf)", "3", "(-inf, inf)"},
        {"[1, 2]", "[0, 4]", NULL},
        {"[1, 2]", "[-1, 1]", NULL},
        {"[1, 2]", "0", NULL},
        {"0", "(-inf, inf)", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct interval quotient;
        bool divided = interval_div(*state, in(*state, cases[i].a), in(*state, cases[i].b), &quotient);
        assert_int_equal(divided, cases[i].quotient != NULL);
        if (divided)
            assert_interval(*state, quotient, cases[i].quotient);
    }
}

static void takes_absolute_values(void **state)
{
    static const struct {
        const char *a, *absolute;
    } cases[] = {
        {"[1, 2)", "[1, 2)"},
        {"(0, 2)", "(0, 2)"},
        {"(-2, -1]", "[1, 2)"},
        {"[-3, 0)", "(0, 3]"},
        {"[-3, 2]", "[0, 3]"},
        {"(-3, 3]", "[0, 3]"},
        {"(-1, 3)", "[0, 3)"},
        {"(-inf, 3)", "[0, inf)"},
        {"(-inf, -3]", "[3, inf)"},
        {"(-inf, inf)", "[0, inf)"},
        {"-5", "5"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_interval(*state, interval_abs(*state, in(*state, cases[i].a)), cases[i].absolute);
}

static void takes_minimum_and_maximum(void **state)
{
    static const struct {
        const char *a, *b, *min, *max;
    } cases[] = {
        {"[1, 4]", "[2, 3]", "[1, 3]", "[2, 4]"},
        {"[1, 4)", "(1, 4]", "[1, 4)", "(1, 4]"},
        {"(-inf, 4]", "[2, inf)", "(-inf, 4]", "[2, inf)"},
        {"1", "2", "1", "2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct interval a = in(*state, cases[i].a), b = in(*state, cases[i].b);
        assert_interval(*state, interval_min(a, b), cases[i].min);
        assert_interval(*state, interval_min(b, a), cases[i].min);
        assert_interval(*state, interval_max(a, b), cases[i].max);
        assert_interval(*state, interval_max(b, a), cases[i].max);
    }
}

static void rounds(void **state)
{
    static const struct {
        const char *a;
        const char *by_how[5]; /* half away, half even, towards zero, floor, ceiling */
    } cases[] = {
        {"[0.5, 1.5]", {"[1, 2]", "[0, 2]", "[0, 1]", "[0, 1]", "[1, 2]"}},
        {"(0.5, 1.5)", {"1", "1", "[0, 1]", "[0, 1]", "[1, 2]"}},
        {"[-1.5, -0.5]", {"[-2, -1]", "[-2, 0]", "[-1, 0]", "[-2, -1]", "[-1, 0]"}},
        {"(-1.5, -0.5)", {"-1", "-1", "[-1, 0]", "[-2, -1]", "[-1, 0]"}},
        {"(1, 2)", {"[1, 2]", "[1, 2]", "1", "1", "2"}},
        {"(-2, -1)", {"[-2, -1]", "[-2, -1]", "-1", "-2", "-1"}},
        {"(-1, 1)", {"[-1, 1]", "[-1, 1]", "0", "[-1, 0]", "[0, 1]"}},
        {"(-inf, 2.5)", {"(-inf, 2]", "(-inf, 2]", "(-inf, 2]", "(-inf, 2]", "(-inf, 3]"}},
        {"(2.5, inf)", {"[3, inf)", "[3, inf)", "[2, inf)", "[2, inf)", "[3, inf)"}},
        {"2/3", {"1", "1", "0", "0", "1"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (enum number_rounding how = 0; how < 5; how++)
            assert_interval(*state, interval_round(*state, in(*state, cases[i].a), 0, how), cases[i].by_how[how]);
    assert_interval(*state, interval_round(*state, in(*state, "(1.25, 150)"), -2, ROUND_HALF_AWAY), "[0, 100]");
    assert_interval(*state, interval_round(*state, in(*state, "[1.25, 1.35)"), 1, ROUND_HALF_AWAY), "1.3");
}

static void knows_three_truths(void **state)
{
    (void)state;
    static const enum truth F = TRUTH_FALSE, M = TRUTH_MAYBE, T = TRUTH_TRUE;
    assert_int_equal(truth_not(F), T);
    assert_int_equal(truth_not(M), M);
    assert_int_equal(truth_not(T), F);
    assert_int_equal(truth_and(T, M), M);
    assert_int_equal(truth_and(M, F), F);
    assert_int_equal(truth_and(T, T), T);
    assert_int_equal(truth_or(F, M), M);
    assert_int_equal(truth_or(M, T), T);
    assert_int_equal(truth_or(F, F), F);
}

static void judges_differences(void **state)
{
    static const enum truth F = TRUTH_FALSE, M = TRUTH_MAYBE, T = TRUTH_TRUE;
    const struct {
        const char *d;
        enum truth zero, below, at_most;
    } cases[] = {
        {"0", T, F, T},        {"5", F, F, F},           {"-5", F, T, T},        {"[-1, 1]", M, M, M},
        {"[0, 1]", M, F, M},   {"(0, 1]", F, F, F},      {"[-1, 0]", M, M, T},   {"[-1, 0)", F, T, T},
        {"(-1, 1)", M, M, M},  {"(-inf, 0)", F, T, T},   {"(-inf, 0]", M, M, T}, {"[0, inf)", M, F, M},
        {"(0, inf)", F, F, F}, {"(-inf, inf)", M, M, M},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct interval d = in(*state, cases[i].d);
        assert_int_equal(interval_is_zero(d), cases[i].zero);
        assert_int_equal(interval_is_below_zero(d), cases[i].below);
        assert_int_equal(interval_is_at_most_zero(d), cases[i].at_most);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_conventions),
        cmocka_unit_test(allows_what_prints_as_v),
        cmocka_unit_test(is_made),
        cmocka_unit_test(is_empty),
        cmocka_unit_test(meets_intersects_and_spans),
        cmocka_unit_test(contains),
        cmocka_unit_test(adds_and_subtracts),
        cmocka_unit_test(negates_and_scales),
        cmocka_unit_test(multiplies),
        cmocka_unit_test(divides),
        cmocka_unit_test(takes_absolute_values),
        cmocka_unit_test(takes_minimum_and_maximum),
        cmocka_unit_test(rounds),
        cmocka_unit_test(knows_three_truths),
        cmocka_unit_test(judges_differences),
    };
    return cmocka_run_group_tests_name("interval", tests, setup, teardown);
}
