/* Formulas and what is judged of them: each operation, units, divisors, tight and loose bounds, conventions. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"
#include "check/judge.h"
#include "given.h"

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

struct outcome {
    enum formula_result result;
    struct formula formula;
    struct formula_problem problem;
    struct judgement judgement;
    size_t contexts;
};

/* Judges the check in its first context. */
static struct outcome judge_given(struct arena *arena, const char *figures, const char *check)
{
    struct outcome out = {.contexts = 0};
    struct given *given = ARENA_NEW(arena, struct given);
    struct rule *rule = ARENA_NEW(arena, struct rule);
    struct dims *contexts;
    *given = given_figures(arena, figures);
    *rule = given_rule(given, check);
    struct binder binder = binder_make(arena, rule, ROUNDING_NEAREST, given_concept, given);
    binder_contexts(&binder, &contexts, &out.contexts);
    struct binding binding = binder_at(&binder, arena, out.contexts ? contexts[0] : (struct dims){0});
    out.result = formula_make(arena, rule->check, &binding, &out.formula, &out.problem);
    if (out.result == FORMULA_OK) {
        judge(arena, &out.formula, &out.judgement);
        judge_explain(arena, &out.formula, &out.judgement);
    }
    return out;
}

static const char *const verdict_names[] = {"exact", "rounding", "inconsistent", "unchecked"};

/* "inconsistent [1, 2] [3, 4] loose": the verdict, and the bounds of the decisive comparison in base units. */
static struct str outcome_text(struct arena *arena, const struct outcome *out)
{
    const struct judgement *j = &out->judgement;
    if (out->result == FORMULA_UNIT_ERROR)
        return str_format(arena, "%zu: %.*s", out->problem.error.at, STR_ARG(out->problem.error.message.text));
    if (out->result == FORMULA_UNCHECKED)
        return str_format(arena, "reason %d: %.*s", (int)out->problem.reason, STR_ARG(out->problem.detail));
    struct str left = j->compared ? interval_write(arena, j->left_bounds) : STR("?");
    struct str right = j->compared ? interval_write(arena, j->right_bounds) : STR("?");
    return str_format(arena, "%s %.*s %.*s%s", verdict_names[j->verdict], STR_ARG(left), STR_ARG(right),
                      j->loose ? " loose" : "");
}

struct example {
    const char *figures, *check, *expected;
};

static void assert_examples(struct arena *arena, const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct outcome out = judge_given(arena, examples[i].figures, examples[i].check);
        struct str text = outcome_text(arena, &out);
        if (!str_equal(text, str_from(examples[i].expected)))
            fail_msg("%s with %s: %.*s, and not %s", examples[i].check, examples[i].figures, STR_ARG(text),
                     examples[i].expected);
    }
}
#define ASSERT_EXAMPLES(state, examples) assert_examples(*(state), examples, sizeof(examples) / sizeof *(examples))

static void judges_each_operation(void **state)
{
    static const struct example examples[] = {
        {"{'a': 592, 'b': 354, 't': 946}", "a + b = t", "exact 946 946"},
        {"{'a': 592, 'b': 354, 't': 947}", "a + b = t", "inconsistent 946 947"},
        {"{'a': '59,2 %', 'b': '35,4 %', 't': '94,7 %'}", "a + b = t", "rounding [0.945, 0.947] [0.9465, 0.9475]"},
        {"{'a': 5, 'b': 3}", "a - b = 2", "exact 2 2"},
        {"{'a': 5, 'b': 3}", "-a + 2 * b = 1", "exact 1 1"},
        {"{'a': 6, 'b': 4}", "a * b = 24", "exact 24 24"},
        {"{'a': 6, 'b': 4}", "a / b = 1.5", "exact 1.5 1.5"},
        {"{'a': 6, 'b': 4}", "a / 4 = b / (2 + 2) + 0.5", "exact 1.5 1.5"},
        {"{'a': 6, 'b': 4}", "abs(b - a) = 2", "exact 2 2"},
        {"{'a': '1,0 M€', 'b': '1,2 M€'}", "abs(a - b) <= 100000",
         "0: 'abs(a - b)' is in EUR and '100000' is a bare "
         "number: they cannot be added or compared"},
        {"{'a': 6, 'b': 4}", "sum(a; b; 1) = 11", "exact 11 11"},
        {"{'a': 6, 'b': 4}", "mean(a; b) = 5", "exact 5 5"},
        {"{'a': 6, 'b': 4}", "min(a; b; 5) = 4", "exact 4 4"},
        {"{'a': 6, 'b': 4}", "max(a; b; 5) = 6", "exact 6 6"},
        {"{'a': 6}", "max(a) = 6 and min(a) = 6", "exact 6 6"},
        {"{'a': 6, 'b': 4}", "count(a; b) = 2 and a = 6", "exact 2 2"},
        {"{'a': 25, 'b': 200}", "share(a; b) = 12.5 %", "exact 0.125 0.125"},
        {"{'a': 200, 'b': 225}", "growth(a; b) = 12.5 %", "exact 0.125 0.125"},
        {"{'a': 6, 'b': 4}", "round(a / b) = 2", "exact 2 2"},
        {"{'a': 10, 'b': 3}", "round(a / b; 2) = 3.33", "exact 3.33 3.33"},
        {"{'a': 5}", "a != 5", "inconsistent 5 5"},
        {"{'a': 5}", "a < 5 or a > 5", "inconsistent 5 5"},
        {"{'a': 5}", "not a <= 4", "exact 5 4"},
        {"{'a': 5}", "a >= 5 and a <= 5", "exact 5 5"},
        {"{'a': 5}", "0 <= a <= 4", "inconsistent 5 4"},
        {"{'a': 5}", "if a > 4 then a = 6", "inconsistent 5 6"},
        {"{'a': 5}", "if a > 5 then a = 6", "exact 5 5"},
    };
    ASSERT_EXAMPLES(state, examples);
}

/* A figure that a rule names twice is one figure. */
static void collects_what_is_named_twice(void **state)
{
    static const struct example examples[] = {
        {"{'a': '3,0'}", "a - a = 0", "exact 0 0"},
        {"{'a': '3,0'}", "a + a = 2 * a", "exact [5.9, 6.1] [5.9, 6.1]"},
        {"{'a': '3,0', 'b': '1,0'}", "a + b - a > 1.1", "inconsistent [0.95, 1.05] 1.1"},
        {"{'a': '3,0', 'b': '1,0'}", "a / (a + b) = 0.75", "exact [0.7375, 0.7625] 0.75"},
    };
    ASSERT_EXAMPLES(state, examples);
}

static void says_when_bounds_are_not_tight(void **state)
{
    static const struct example examples[] = {
        {"{'a': 'entre 1 et 3', 'b': 'entre 1 et 3'}", "a * b <= 9", "exact [1, 9] 9"},
        {"{'a': 'entre 1 et 3'}", "a * a <= 9", "exact [1, 9] 9"},
        {"{'a': {'value': 1, 'interval': {'low': '-1', 'high': '2'}}}", "a * a <= 4", "exact [-2, 4] 4 loose"},
        {"{'a': {'value': 1, 'interval': {'low': '-1', 'high': '2'}}}", "a * a = -2", "rounding [-2, 4] -2 loose"},
        {"{'a': 'plus de 2'}", "a / (a + 1) < 2", "exact (0, inf) 2 loose"},
        {"{'a': {'value': 1, 'interval': {'low': '0', 'low_open': true, 'high': '1', 'high_open': true}}}", "a * a < 1",
         "rounding (0, 1) 1"},
        {"{'a': {'value': 0, 'interval': {'low': '0', 'high': '1', 'high_open': true}}}", "a * a < 1",
         "exact [0, 1) 1 loose"},
    };
    ASSERT_EXAMPLES(state, examples);
}

/* Steps are steeper than what they are made of: round(a) - a does not fall as -a does. */
static void takes_steps_as_they_are(void **state)
{
    static const struct example examples[] = {
        {"{'a': '12,5 %'}", "round(a) - a <= 1 points", "exact [-0.0055, 0.0055] 0.01 loose"},
        {"{'a': '12,5 %'}", "round(a) = a within 1 points", "exact [0.12, 0.13] [0.1245, 0.1255] loose"},
        {"{'a': {'value': 1, 'interval': {'low': '0.5', 'low_open': true, 'high': '1.5', 'high_open': true}}}",
         "round(a) + a < 3", "exact (1.5, 2.5) 3 loose"},
        {"{'a': 43, 'b': 120}", "round(share(a; b); 1) = 35.8 %", "exact 0.358 0.358"},
        {"{'a': '80 %', 'b': '1,5 M€'}", "round(a * b; -1) = 1 €",
         "13: the places of round are a whole number from 0 to 100"},
        {"{'a': '12,34 €'}", "round(a * 50 %) = 6 €", "exact 6 6"},
    };
    ASSERT_EXAMPLES(state, examples);
}

static void leaves_zero_divisors_unchecked(void **state)
{
    static const struct example examples[] = {
        {"{'a': 3, 'b': 0}", "a / b = 1", "unchecked ? ?"},
        {"{'a': 3, 'b': 'moins de 5'}", "a / b = 1", "unchecked ? ?"},
        {"{'a': 3, 'b': 'plus de 0'}", "a / b > 1", "rounding (0, inf) 1"},
        {"{'a': 3}", "a / 0 = 1", "unchecked ? ?"},
        {"{'a': 3, 'b': 0}", "share(a; b) = 10 %", "unchecked ? ?"},
        {"{'a': 0, 'b': 3}", "growth(a; b) = 10 %", "unchecked ? ?"},
        {"{'a': 3, 'b': 0}", "a / b = 1 and a = 4", "inconsistent 3 4"},
        {"{'a': 3, 'b': 0}", "a / b = 1 or a = 3", "exact 3 3"},
        {"{'a': 3, 'b': 0}", "0 * (1 / b) + a = 3", "unchecked ? ?"},
    };
    ASSERT_EXAMPLES(state, examples);
}

static void judges_within_a_tolerance(void **state)
{
    static const struct example examples[] = {
        {"{'a': 99, 'b': 100}", "a = b within 1", "exact 99 100"},
        {"{'a': 98, 'b': 100}", "a = b within 1", "inconsistent 98 100"},
        {"{'a': 99, 'b': 100}", "a = b within 1 %", "exact 99 100"},
        {"{'a': 98, 'b': 100}", "a = b within 1 %", "inconsistent 98 100"},
        {"{'a': -99, 'b': -100}", "a = b within 1 %", "exact -99 -100"},
        {"{'a': 1, 'b': 0}", "a = b within 1 %", "inconsistent 1 0"},
        {"{'a': 101, 'b': 100}", "a <= b within 1", "exact 101 100"},
        {"{'a': 101, 'b': 100}", "a < b within 1", "inconsistent 101 100"},
        {"{'a': 99, 'b': 100}", "a >= b within 1", "exact 99 100"},
        {"{'a': 99, 'b': 100}", "a > b within 1", "inconsistent 99 100"},
        {"{'a': 4, 'b': 5}", "a != b within 1", "inconsistent 4 5"},
        {"{'a': 5, 'b': 4}", "a != b within 1", "inconsistent 5 4"},
        {"{'a': 3, 'b': 5}", "a != b within 1", "exact 3 5"},
        {"{'a': '12,5 %'}", "a = 12 % within 0.5 points", "exact [0.1245, 0.1255] 0.12"},
        {"{'a': 99, 'b': 100}", "a = b within 1 €",
         "13: 'b' is a count and '1 €' is in EUR: they cannot be added or compared"},
        {"{'a': '18 mois'}", "a = 19 within 1", "exact [35/24, 37/24] 19/12"},
        {"{'a': '18 mois'}", "a = 20 within 1", "inconsistent [35/24, 37/24] 5/3"},
        {"{'a': '5 %'}", "a = 0 within 5 €", "13: 'a' is in % and '5 €' is in EUR: they cannot be added or compared"},
    };
    ASSERT_EXAMPLES(state, examples);
}

static void brings_args_to_one_unit(void **state)
{
    static const struct example examples[] = {
        {"{'e': '12,50 €', 's': 946}", "sum(0; e; s) > 0",
         "0: 'e' is in EUR and 's' is a count: they cannot be added or compared"},
        {"{'a': 3, 'm': '18 mois', 'b': 5}", "sum(a; m; b) = 26", "exact [2.125, 53/24] 13/6"},
        {"{'a': 3, 'm': '18 mois'}", "a + m = 21", "exact [41/24, 43/24] 1.75"},
        {"{'y': {'value': 2020, 'unit': 'année'}, 'z': {'value': 2024, 'unit': 'année'}}", "min(y; z) = y",
         "exact 2020 2020"},
        {"{'y': {'value': 2020, 'unit': 'année'}, 'z': {'value': 2024, 'unit': 'année'}}", "mean(y; z) = 2022",
         "exact 2022 2022"},
        {"{'y': {'value': 2020, 'unit': 'année'}, 'z': {'value': 2024, 'unit': 'année'}}", "sum(y; z) = 2022",
         "0: 'y' is a year and 'z' is a year: they cannot be added or compared"},
        {"{'p': '80 %', 'm': '18 mois'}", "p * m = 14.4", "exact [1.159375, 5957/4800] 1.2"},
        {"{'p': '80 %'}", "p <= 100", "5: a percentage meets the bare number 100: write 100 %"},
        {"{'p': '80 %'}", "p >= 0", "exact [0.795, 0.805] 0"},
        {"{'e': '12,50 €'}", "e >= 0 %", "0: 'e' is in EUR and '0 %' is in %: they cannot be added or compared"},
    };
    ASSERT_EXAMPLES(state, examples);
}

static void says_what_keeps_it_from_a_formula(void **state)
{
    static const struct example examples[] = {
        {"{'a': 3, 'b': null}", "a = b", "reason 2: b"},
        {"{'a': 3}", "a = b", "reason 1: b"},
        {"{'a': 3}", "a = @period", "reason 1: @period"},
        {"{'a': 3}", "@region = 'Corse' or a = 3", "reason 1: @region"},
        {"{'dims': {'period': '2024'}, 'figures': {'a': 2024}}", "a = @period", "exact 2024 2024"},
        {"{'dims': {'period': '2024-05-31'}, 'figures': {'a': 2024}}", "a = @period", "exact 2024 2024"},
        {"{'dims': {'period': '7'}, 'figures': {'a': 7}}", "a = @period", "exact 7 7"},
        {"{'dims': {'region': 'Corse'}, 'figures': {'a': 7}}", "a = @region", "reason 5: @region is \"Corse\""},
        {"{'dims': {'region': 'Corse'}, 'figures': {'a': 7}}", "@region != 'Corse' or a = 7", "exact 7 7"},
        {"{'dims': {'region': 'Corse'}, 'figures': {'a': 7}}", "@region = 'Corse' and a = 8", "inconsistent 7 8"},
        {"{'dims': {'region': 'Corse'}, 'figures': {'a': 7}}", "if @region = 'Bretagne' then a = 8", "exact 7 8"},
    };
    ASSERT_EXAMPLES(state, examples);
}

/* Each level looked at what is below it only once: two looks at each of 60 would take longer than the sun has. */
static void takes_deep_absolute_values(void **state)
{
    struct buf check = {.arena = *state};
    enum { DEPTH = 60 };
    for (int i = 0; i < DEPTH; i++)
        buf_add(&check, STR("abs("));
    buf_add(&check, STR("a"));
    for (int i = 0; i < DEPTH; i++)
        buf_add_char(&check, ')');
    buf_add(&check, STR(" = 3"));
    struct outcome out = judge_given(*state, "{'a': -3}", buf_str(&check).ptr);
    assert_int_equal(out.judgement.verdict, VERDICT_EXACT);
}

/* 64 figures are differentiated by; more are left to interval arithmetic. */
static void gives_up_on_many_figures(void **state)
{
    for (int count = 64; count <= 65; count++) {
        struct buf figures = {.arena = *state}, sum = {.arena = *state};
        for (int i = 0; i < count; i++) {
            buf_addf(&figures, "%s'a%d': 'entre 1 et 2'", i ? ", " : "", i);
            buf_addf(&sum, "%sa%d", i ? " + " : "", i);
        }
        const char *dataset = str_format(*state, "{%s}", buf_str(&figures).ptr).ptr;
        const char *check = str_format(*state, "a0 / (%s) < 1", buf_str(&sum).ptr).ptr;
        struct outcome out = judge_given(*state, dataset, check);
        assert_int_equal(out.judgement.verdict, VERDICT_EXACT);
        assert_int_equal(out.judgement.loose, count > 64);
    }
}

static void takes_the_intervals_of_another_convention(void **state)
{
    struct arena *arena = *state;
    struct outcome out = judge_given(
        arena, "{'a': '1,4 %', 'b': '1,4 %', 'c': {'value': '2,9 %', 'interval': {'low': '2.9', 'high': '2.9'}}}",
        "a + b = c");
    static const char *const expected[ROUNDING_COUNT] = {
        "rounding [0.027, 0.029] 0.029", "inconsistent (0.027, 0.029) 0.029", "rounding [0.028, 0.03) 0.029",
        "rounding [0.028, 0.03) 0.029", "inconsistent (0.026, 0.028] 0.029"};
    for (enum rounding rounding = 0; rounding < ROUNDING_COUNT; rounding++) {
        formula_set_rounding(arena, &out.formula, rounding);
        judge(arena, &out.formula, &out.judgement);
        judge_explain(arena, &out.formula, &out.judgement);
        if (rounding == ROUNDING_HALF_EVEN)
            continue;
        assert_string_equal(outcome_text(arena, &out).ptr, expected[rounding]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(judges_each_operation, setup, teardown),
        cmocka_unit_test_setup_teardown(collects_what_is_named_twice, setup, teardown),
        cmocka_unit_test_setup_teardown(says_when_bounds_are_not_tight, setup, teardown),
        cmocka_unit_test_setup_teardown(takes_steps_as_they_are, setup, teardown),
        cmocka_unit_test_setup_teardown(leaves_zero_divisors_unchecked, setup, teardown),
        cmocka_unit_test_setup_teardown(judges_within_a_tolerance, setup, teardown),
        cmocka_unit_test_setup_teardown(brings_args_to_one_unit, setup, teardown),
        cmocka_unit_test_setup_teardown(says_what_keeps_it_from_a_formula, setup, teardown),
        cmocka_unit_test_setup_teardown(takes_deep_absolute_values, setup, teardown),
        cmocka_unit_test_setup_teardown(gives_up_on_many_figures, setup, teardown),
        cmocka_unit_test_setup_teardown(takes_the_intervals_of_another_convention, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
