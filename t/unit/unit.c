/* Units: which kinds meet, what their sums, products and quotients are, and at what factor. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "number/unit.h"

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

static struct number fraction(struct arena *arena, int64_t numerator, int64_t denominator)
{
    return number_div(arena, number_int(numerator), number_int(denominator));
}

/* A unit by a short name, as the tables below use it. */
static struct unit u(struct arena *arena, const char *name)
{
    const struct {
        const char *name;
        struct unit unit;
    } units[] = {
        {"count", unit_count()},
        {"zero", unit_zero()},
        {"literal", unit_literal()},
        {"pure", unit_pure()},
        {"%", unit_percent()},
        {"ratio", unit_ratio()},
        {"points", unit_points()},
        {"ordinal", unit_ordinal()},
        {"year", unit_year()},
        {"years", unit_of_base(UNIT_DURATION, STR("year"), 1, number_int(1), STR("years"))},
        {"months", unit_of_base(UNIT_DURATION, STR("year"), 1, fraction(arena, 1, 12), STR("months"))},
        {"h", unit_of_base(UNIT_DURATION, STR("day"), 1, fraction(arena, 1, 24), STR("h"))},
        {"EUR", unit_of_base(UNIT_MONEY, STR("EUR"), 1, number_int(1), STR("EUR"))},
        {"k€", unit_of_base(UNIT_MONEY, STR("EUR"), 1, number_int(1000), STR("k€"))},
        {"USD", unit_of_base(UNIT_MONEY, STR("USD"), 1, number_int(1), STR("USD"))},
        {"m", unit_of_base(UNIT_MEASURE, STR("m"), 1, number_int(1), STR("m"))},
        {"km", unit_of_base(UNIT_MEASURE, STR("m"), 1, number_int(1000), STR("km"))},
        {"m2", unit_of_base(UNIT_MEASURE, STR("m"), 2, number_int(1), STR("m²"))},
        {"kg", unit_of_base(UNIT_MEASURE, STR("g"), 1, number_int(1000), STR("kg"))},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strcmp(units[i].name, name))
            return units[i].unit;
    fail_msg("no unit %s", name);
    return unit_count();
}

/* The name by which a joined unit is told apart: its symbol or base, else its kind. */
static const char *told(struct arena *arena, struct unit unit)
{
    bool worded = unit.symbol.len || unit.base_count;
    return str_z(arena, worded ? unit_write(arena, unit) : unit_kind_name(unit.kind));
}

static void joins(void **state)
{
    /* What the sum, the difference and the comparison are in; NULL: a clash. */
    static const struct {
        const char *a, *b, *sum, *difference, *comparison;
    } cases[] = {
        {"count", "count", "count", "count", "count"},
        {"count", "literal", "count", "count", "count"},
        {"literal", "count", "count", "count", "count"},
        {"count", "pure", "count", "count", "count"},
        {"pure", "count", "count", "count", "count"},
        {"pure", "literal", "number", "number", "number"},
        {"literal", "literal", "number", "number", "number"},
        {"count", "%", NULL, NULL, NULL},
        {"count", "points", NULL, NULL, NULL},
        {"count", "EUR", NULL, NULL, NULL},
        {"count", "km", NULL, NULL, NULL},
        {"literal", "%", NULL, NULL, NULL},
        {"%", "literal", NULL, NULL, NULL},
        {"literal", "points", NULL, NULL, NULL},
        {"literal", "EUR", NULL, NULL, NULL},
        {"km", "literal", NULL, NULL, NULL},
        {"pure", "EUR", NULL, NULL, NULL},
        {"zero", "%", "%", "%", "%"},
        {"%", "zero", "%", "%", "%"},
        {"zero", "EUR", "EUR", "EUR", "EUR"},
        {"year", "zero", "year", "year", "year"},
        {"zero", "year", "year", NULL, "year"},
        {"zero", "zero", "number", "number", "number"},
        {"%", "%", "%", "points", "%"},
        {"%", "ratio", "%", "points", "%"},
        {"%", "points", "%", "%", "%"},
        {"points", "%", "%", "points", "%"},
        {"points", "points", "points", "points", "points"},
        {"pure", "%", "%", "points", "%"},
        {"%", "pure", "%", "points", "%"},
        {"pure", "points", "number", "number", "points"},
        {"points", "pure", "number", "points", "points"},
        {"%", "EUR", NULL, NULL, NULL},
        {"%", "year", NULL, NULL, NULL},
        {"ordinal", "ordinal", "ordinal", "count", "ordinal"},
        {"ordinal", "count", "ordinal", "ordinal", "ordinal"},
        {"literal", "ordinal", "ordinal", "ordinal", "ordinal"},
        {"ordinal", "years", "years", "years", "years"},
        {"years", "ordinal", "years", "years", "years"},
        {"years", "count", "years", "years", "years"},
        {"literal", "months", "months", "months", "months"},
        {"years", "months", "years", "years", "years"},
        {"h", "h", "h", "h", "h"},
        {"h", "months", NULL, NULL, NULL},
        {"year", "year", NULL, "year", "year"},
        {"year", "years", "year", "year", NULL},
        {"years", "year", "year", NULL, NULL},
        {"year", "months", "year", "year", NULL},
        {"year", "h", NULL, NULL, NULL},
        {"year", "count", "year", "year", "year"},
        {"year", "literal", "year", "year", "year"},
        {"year", "pure", "year", "year", "year"},
        {"literal", "year", "year", "year", "year"},
        {"count", "year", "year", "year", "year"},
        {"year", "ordinal", "year", "year", NULL},
        {"ordinal", "year", "year", NULL, NULL},
        {"EUR", "EUR", "EUR", "EUR", "EUR"},
        {"k€", "EUR", "k€", "k€", "k€"},
        {"EUR", "USD", NULL, NULL, NULL},
        {"EUR", "km", NULL, NULL, NULL},
        {"km", "m", "km", "km", "km"},
        {"km", "kg", NULL, NULL, NULL},
        {"m", "m2", NULL, NULL, NULL},
        {"h", "km", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *expected[] = {cases[i].sum, cases[i].difference, cases[i].comparison};
        for (size_t op = 0; op < 3; op++) {
            struct unit out;
            bool joined = unit_join(u(*state, cases[i].a), "+-="[op], u(*state, cases[i].b), &out);
            if (joined != (expected[op] != NULL))
                fail_msg("%s %c %s", cases[i].a, "+-="[op], cases[i].b);
            if (joined)
                assert_string_equal(told(*state, out), expected[op]);
        }
    }
}

static void tells_a_duration_from_a_year(void **state)
{
    struct unit out;
    assert_true(unit_join(unit_year(), '-', unit_year(), &out));
    assert_int_equal(out.kind, UNIT_DURATION);
    assert_true(unit_join(unit_literal(), '-', unit_year(), &out));
    assert_int_equal(out.kind, UNIT_DURATION);
    assert_true(unit_join(out, '=', u(*state, "ordinal"), &out)); /* @period - founded = year_of_existence */
    assert_true(unit_join(unit_year(), '-', u(*state, "years"), &out));
    assert_int_equal(out.kind, UNIT_YEAR);
    assert_true(unit_join(unit_year(), '-', unit_count(), &out));
    assert_int_equal(out.kind, UNIT_YEAR);
}

static void assert_conversion(struct arena *arena, struct unit from, struct unit to, const char *expected)
{
    assert_string_equal(number_write(arena, unit_conversion(arena, from, to)).ptr, expected);
}

static void converts(void **state)
{
    static const struct {
        const char *from, *to, *multiplier;
    } cases[] = {
        {"count", "count", "1"},  {"literal", "count", "1"},   {"k€", "EUR", "1000"},      {"m", "km", "0.001"},
        {"pure", "%", "100"},     {"%", "pure", "0.01"},       {"ratio", "%", "100"},      {"ratio", "points", "100"},
        {"%", "points", "1"},     {"months", "years", "1/12"}, {"years", "months", "12"},  {"months", "year", "1/12"},
        {"count", "months", "1"}, {"months", "count", "1"},    {"ordinal", "months", "1"}, {"literal", "years", "1"},
        {"year", "years", "1"},   {"zero", "km", "1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_conversion(*state, u(*state, cases[i].from), u(*state, cases[i].to), cases[i].multiplier);
}

static void multiplies_and_divides(void **state)
{
    static const struct {
        const char *a;
        int power;
        const char *b;
        enum unit_kind kind;
        const char *told, *factor;
    } cases[] = {
        {"count", 1, "count", UNIT_COUNT, "count", "1"},
        {"count", -1, "count", UNIT_PURE, "number", "1"},
        {"count", -1, "literal", UNIT_COUNT, "count", "1"},
        {"literal", -1, "count", UNIT_PURE, "number", "1"},
        {"literal", 1, "count", UNIT_COUNT, "count", "1"},
        {"literal", 1, "literal", UNIT_LITERAL, "number", "1"},
        {"literal", -1, "literal", UNIT_LITERAL, "number", "1"},
        {"count", 1, "pure", UNIT_COUNT, "count", "1"},
        {"pure", -1, "count", UNIT_PURE, "number", "1"},
        {"%", 1, "count", UNIT_COUNT, "count", "0.01"},
        {"count", 1, "%", UNIT_COUNT, "count", "0.01"},
        {"count", -1, "%", UNIT_COUNT, "count", "100"},
        {"%", 1, "%", UNIT_RATIO, "%", "0.0001"},
        {"%", -1, "%", UNIT_PURE, "number", "1"},
        {"%", -1, "count", UNIT_RATIO, "%", "0.01"},
        {"%", -1, "literal", UNIT_RATIO, "%", "0.01"},
        {"literal", 1, "%", UNIT_RATIO, "%", "0.01"},
        {"literal", -1, "%", UNIT_PURE, "number", "100"},
        {"%", 1, "points", UNIT_POINTS, "points", "0.0001"},
        {"points", 1, "EUR", UNIT_MONEY, "EUR", "0.01"},
        {"points", -1, "%", UNIT_PURE, "number", "1"},
        {"%", 1, "k€", UNIT_MONEY, "k€", "10"},
        {"EUR", -1, "count", UNIT_MONEY, "EUR", "1"},
        {"count", 1, "EUR", UNIT_MONEY, "EUR", "1"},
        {"EUR", -1, "EUR", UNIT_PURE, "number", "1"},
        {"k€", -1, "EUR", UNIT_PURE, "number", "1000"},
        {"EUR", -1, "USD", UNIT_MEASURE, "EUR/USD", "1"},
        {"EUR", -1, "m2", UNIT_MEASURE, "EUR/m²", "1"},
        {"m", 1, "m", UNIT_MEASURE, "m2", "1"},
        {"km", 1, "km", UNIT_MEASURE, "m2", "1000000"},
        {"m2", -1, "m", UNIT_MEASURE, "m", "1"},
        {"km", -1, "h", UNIT_MEASURE, "km/h", "24000"},
        {"kg", 1, "km", UNIT_MEASURE, "kg·km", "1000000"},
        {"count", -1, "h", UNIT_MEASURE, "1/day", "24"},
        {"count", -1, "km", UNIT_MEASURE, "1/m", "0.001"},
        {"months", -1, "years", UNIT_PURE, "number", "1/12"},
        {"literal", 1, "months", UNIT_DURATION, "months", "1/12"},
        {"%", 1, "months", UNIT_DURATION, "months", "1/1200"},
        {"literal", 1, "year", UNIT_YEAR, "year", "1"},
        {"year", -1, "year", UNIT_PURE, "number", "1"},
        {"ordinal", 1, "literal", UNIT_ORDINAL, "ordinal", "1"},
        {"zero", 1, "EUR", UNIT_MONEY, "EUR", "1"},
        {"zero", -1, "EUR", UNIT_ZERO, "number", "1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct unit out;
        assert_true(unit_times(*state, u(*state, cases[i].a), u(*state, cases[i].b), cases[i].power, &out));
        assert_string_equal(told(*state, out), cases[i].told);
        assert_string_equal(number_write(*state, out.factor).ptr, cases[i].factor);
        assert_int_equal(out.kind, cases[i].kind);
    }
}

static void cancels_bases(void **state)
{
    struct unit speed, way, price, amount, out;
    assert_true(unit_times(*state, u(*state, "km"), u(*state, "h"), -1, &speed));
    assert_true(unit_times(*state, speed, u(*state, "h"), 1, &way));
    assert_string_equal(told(*state, way), "m");
    assert_conversion(*state, way, u(*state, "km"), "1");
    assert_true(unit_times(*state, way, speed, -1, &out));
    assert_int_equal(out.kind, UNIT_DURATION);
    assert_conversion(*state, out, u(*state, "h"), "1");
    assert_true(unit_times(*state, u(*state, "k€"), u(*state, "m2"), -1, &price));
    assert_string_equal(told(*state, price), "k€/m²");
    assert_true(unit_times(*state, price, u(*state, "m2"), 1, &amount));
    assert_int_equal(amount.kind, UNIT_MONEY);
    assert_true(unit_join(amount, '=', u(*state, "EUR"), &out));
    assert_conversion(*state, amount, out, "1000");
}

static void compound_units_meet(void **state)
{
    struct unit per_square, per_metre, again, out;
    assert_true(unit_times(*state, u(*state, "EUR"), u(*state, "m2"), -1, &per_square));
    assert_true(unit_times(*state, u(*state, "k€"), u(*state, "km"), -1, &per_metre));
    assert_true(unit_times(*state, per_metre, u(*state, "km"), -1, &again));
    assert_string_equal(told(*state, again), "EUR/m2");
    assert_true(unit_join(again, '=', per_square, &out));
    assert_conversion(*state, again, per_square, "0.001");
    assert_false(unit_join(per_metre, '=', per_square, &out));
    assert_false(unit_join(per_square, '+', u(*state, "EUR"), &out));
}

/* 80 % × population, 80 % × 18 months: values that count hundredths come back to what the symbol names. */
static void joins_in_named_units(void **state)
{
    struct unit people, months, out;
    assert_true(unit_times(*state, unit_percent(), unit_count(), 1, &people));
    assert_conversion(*state, people, unit_count(), "0.01");
    assert_true(unit_join(people, '+', people, &out));
    assert_conversion(*state, people, out, "0.01");
    assert_true(unit_times(*state, unit_percent(), u(*state, "months"), 1, &months));
    assert_true(unit_join(months, '=', unit_literal(), &out));
    assert_conversion(*state, months, out, "0.01");
    assert_conversion(*state, unit_literal(), out, "1");
    assert_conversion(*state, months, u(*state, "years"), "1/1200");
    assert_true(unit_join(people, '=', u(*state, "months"), &out));
    assert_conversion(*state, people, out, "0.01");
}

static void refuses_too_large_products(void **state)
{
    static const struct str names[] = {STR_INIT("b"), STR_INIT("d"), STR_INIT("a"), STR_INIT("c")};
    struct unit product = u(*state, "m"), high = u(*state, "m"), out;
    for (size_t i = 0; i + 1 < UNIT_MAX_BASES; i++)
        assert_true(
            unit_times(*state, product, unit_of_base(UNIT_MEASURE, names[i], 1, number_int(1), names[i]), 1, &product));
    assert_string_equal(told(*state, product), "a·b·d·m");
    struct unit fifth = unit_of_base(UNIT_MEASURE, names[3], 1, number_int(1), names[3]);
    assert_false(unit_times(*state, product, fifth, 1, &out));
    assert_true(unit_times(*state, product, u(*state, "m"), -1, &out));
    assert_true(unit_times(*state, out, fifth, -1, &out));
    assert_string_equal(told(*state, out), "a·b·d/c");
    for (int power = 2; power <= INT8_MAX; power++)
        assert_true(unit_times(*state, high, u(*state, "m"), 1, &high));
    assert_string_equal(told(*state, high), "m127");
    assert_false(unit_times(*state, high, u(*state, "m"), 1, &out));
}

static void names_kinds_and_units(void **state)
{
    assert_true(str_equal(unit_kind_name(UNIT_COUNT), STR("count")));
    assert_true(str_equal(unit_kind_name(UNIT_PURE), STR("number")));
    assert_true(str_equal(unit_kind_name(UNIT_RATIO), STR("ratio")));
    assert_true(str_equal(unit_kind_name(UNIT_MEASURE), STR("measure")));
    assert_true(str_equal(unit_write(*state, unit_count()), STR("a count")));
    assert_true(str_equal(unit_write(*state, unit_literal()), STR("a bare number")));
    assert_true(str_equal(unit_write(*state, unit_percent()), STR("%")));
    assert_true(str_equal(unit_write(*state, u(*state, "k€")), STR("k€")));
    assert_true(
        str_equal(unit_write(*state, unit_of_base(UNIT_MEASURE, STR("m"), 3, number_int(1), STR(""))), STR("m3")));
    assert_true(str_equal(unit_write(*state, unit_of_base(UNIT_MEASURE, STR("abcdefghij"), 1, number_int(1), STR(""))),
                          STR("abcdefgh")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins),
        cmocka_unit_test(tells_a_duration_from_a_year),
        cmocka_unit_test(converts),
        cmocka_unit_test(multiplies_and_divides),
        cmocka_unit_test(cancels_bases),
        cmocka_unit_test(compound_units_meet),
        cmocka_unit_test(joins_in_named_units),
        cmocka_unit_test(refuses_too_large_products),
        cmocka_unit_test(names_kinds_and_units),
    };
    return cmocka_run_group_tests_name("unit", tests, setup, teardown);
}
