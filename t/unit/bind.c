/* Contexts: where the names of a rule meet, and which figures meet there. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

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

static void write_dims(struct buf *out, struct dims dims)
{
    for (size_t i = 0; i < dims.count; i++)
        buf_addf(out, "%s%.*s=%.*s", i ? "," : "", STR_ARG(dims.items[i].name), STR_ARG(dims.items[i].value));
}

static void write_slot(struct buf *out, struct str name, const struct slot *slot)
{
    buf_addf(out, " %.*s:", STR_ARG(name));
    for (size_t i = 0; i < slot->count; i++) {
        const struct figure *figure = slot->figures[i];
        struct str value = figure->missing ? STR("null") : number_write(out->arena, figure->notation.value);
        buf_addf(out, "%s%.*s", i ? "+" : "", STR_ARG(value));
    }
    if (!slot->count)
        buf_add_char(out, '?');
}

/* France is a declared total, as the totals of a grid are. */
static void declare_totals(struct arena *arena, struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->count; i++) {
        struct dims *dims = &dataset->figures[i].dims;
        struct dim *items = arena_copy(arena, dims->items, dims->count * sizeof *items);
        for (size_t j = 0; j < dims->count; j++)
            items[j].total = str_equal(items[j].value, STR("France"));
        dims->items = items;
    }
}

/* "period=2023 a:1 b:? | period=2024 a:2 b:3+4": each context, and in it each name's figures. */
static const char *bindings_text(struct arena *arena, const char *figures, const char *check)
{
    struct given given = given_figures(arena, figures);
    declare_totals(arena, given.dataset);
    struct rule rule = given_rule(&given, check);
    struct binder binder = binder_make(arena, &rule, ROUNDING_NEAREST, given_concept, &given);
    struct buf out = {.arena = arena};
    struct dims *contexts;
    size_t count;
    binder_contexts(&binder, &contexts, &count);
    for (size_t i = 0; i < count; i++) {
        struct binding binding = binder_at(&binder, arena, contexts[i]);
        bool complete = true;
        buf_addf(&out, "%s", i ? " | " : "");
        write_dims(&out, binding.context);
        for (size_t j = 0; j < binding.reference_count; j++) {
            write_slot(&out, binding.references[j].name->text, &binding.slots[j]);
            complete &= binding.slots[j].count > 0;
        }
        assert_int_equal(binding.complete, complete);
        buf_addf(&out, "%s", binding.silent ? " silent" : "");
    }
    return buf_str(&out).ptr;
}

struct example {
    const char *figures, *check, *expected;
};

static void assert_examples(struct arena *arena, const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *text = bindings_text(arena, examples[i].figures, examples[i].check);
        if (!str_equal(str_from(text), str_from(examples[i].expected)))
            fail_msg("%s with %s:\n%s, and not\n%s", examples[i].check, examples[i].figures, text,
                     examples[i].expected);
    }
}
#define ASSERT_EXAMPLES(state, examples) assert_examples(*(state), examples, sizeof(examples) / sizeof *(examples))

/* A figure of the long form: id, value, dims. */
#define F(id, value, dims) "{'id': '" id "', 'value': " value ", 'dims': {" dims "}}"
#define P(year) "'period': '" year "'"
#define R(region) "'region': '" region "'"

static void meets_on_equal_dims(void **state)
{
    static const struct example examples[] = {
        {"{'a': 1, 'b': 2}", "a <= b", " a:1 b:2"},
        {"{'a': 1}", "a <= b", " a:1 b:?"},
        {"{'c': 1}", "a <= b", ""},
        {"[" F("a", "1", P("2023")) "," F("a", "2", P("2024")) "," F("b", "3", P("2024")) "]", "a <= b",
         "period=2023 a:1 b:? | period=2024 a:2 b:3"},
        {"[" F("a", "1", P("2023")) "," F("b", "3", P("2024")) "]", "a <= b",
         "period=2023 a:1 b:? | period=2024 a:? b:3"},
        {"[" F("a", "1", P("2023") "," R("Corse")) "," F("b", "3", R("Corse") "," P("2023")) "]", "a <= b",
         "period=2023,region=Corse a:1 b:3"},
        {"[" F("a", "1", P("2023") "," R("Corse")) "," F("b", "3", P("2023")) "]", "a <= b",
         "period=2023,region=Corse a:1 b:? | period=2023 a:? b:3"},
        {"[" F("a", "1", P("2023")) "]", "a + a <= 2 * a", "period=2023 a:1 a:1 a:1"},
        {"[" F("a", "1", P("2023")) "]", "0 <= a <= 5", "period=2023 a:1"},
        {"[" F("a", "null", P("2023")) "]", "a <= 5", "period=2023 a:null"},
        {"[" F("a", "1", P("2023")) "," F("b", "1", P("2023")) "]", "a <= 5 within b", "period=2023 a:1 b:1"},
    };
    ASSERT_EXAMPLES(state, examples);
}

static void meets_what_holds_everywhere(void **state)
{
    static const struct example examples[] = {
        {"[" F("a", "1", P("2023")) "," F("a", "2", P("2024")) "," F("b", "9", P("*")) "]", "a <= b",
         "period=2023 a:1 b:9 | period=2024 a:2 b:9"},
        {"[" F("b", "9", P("*")) "," F("a", "1", P("2023")) "]", "b >= a", "period=2023 b:9 a:1"},
        {"[" F("a", "8", P("*")) "," F("b", "9", P("*")) "]", "a <= b", " a:8 b:9"},
        {"[" F("a", "8", "") "," F("b", "9", P("*")) "]", "a <= b", " a:8 b:9"},
        /* what is said of one period wins over what is said of all */
        {"[" F("a", "1", P("2023")) "," F("b", "9", P("*")) "," F("b", "8", P("2023")) "]", "a <= b",
         "period=2023 a:1 b:8"},
        {"[" F("a", "1", R("Corse") "," P("*")) "," F("b", "2", R("*") "," P("2023")) "," F(
             "c", "3", R("Corse") "," P("2023")) "]",
         "a + b = c", "period=2023,region=Corse a:1 b:2 c:3"},
    };
    ASSERT_EXAMPLES(state, examples);
}

static void runs_over_dims(void **state)
{
    static const struct example examples[] = {
        {"[" F("a", "1", R("Corse")) "," F("a", "2", R("Bretagne")) "," F("t", "3", "") "]", "sum(a over region) = t",
         " a:1+2 t:3"},
        /* a figure without the dim, or that holds everywhere, is the whole and is not counted */
        {"[" F("a", "1", R("Corse")) "," F("a", "2", "") "," F("a", "7", R("*")) "," F("t", "3", "") "]",
         "sum(a over region) = t", " a:1 t:3"},
        {"[" F("a", "1", R("Corse") "," P("2023")) "," F("a", "2", R("Bretagne") "," P("2023")) "," F(
             "a", "4", R("Corse") "," P("2024")) "," F("t", "3", P("2023")) "," F("t", "4", P("2024")) "]",
         "sum(a over region) = t", "period=2023 a:1+2 t:3 | period=2024 a:4 t:4"},
        {"[" F("a", "1", R("Corse") "," P("2023")) "," F("a", "2", R("Corse") "," P("2024")) "," F("t", "3", "") "]",
         "sum(a over region, period) = t", " a:1+2 t:3"},
        {"[" F("t", "3", "") "]", "sum(a over region) = t", " a:? t:3"},
        {"[" F("a", "null", R("Corse")) "," F("a", "2", R("Bretagne")) "," F("t", "3", "") "]",
         "sum(a over region) = t", " a:null+2 t:3"},
        /* what holds everywhere counts where nothing is said of the context */
        {"[" F("a", "1", R("Corse") "," P("2023")) "," F("a", "2", R("Bretagne") "," P("*")) "," F(
             "a", "9", R("Corse") "," P("*")) "," F("t", "3", P("2023")) "]",
         "sum(a over region) = t", "period=2023 a:1+2 t:3"},
    };
    ASSERT_EXAMPLES(state, examples);
}

/* sum(a * b over region): b in the order of a; where a region has only one of them there is no sum. */
static void aligns_what_runs_together(void **state)
{
    static const struct example examples[] = {
        {"[" F("a", "1", R("Corse")) "," F("a", "2", R("Bretagne")) "," F("b", "30", R("Bretagne")) "," F(
             "b", "40", R("Corse")) "," F("t", "3", "") "]",
         "sum(a * b over region) = t", " a:1+2 b:40+30 t:3"},
        {"[" F("a", "1", R("Corse")) "," F("a", "2", R("Bretagne")) "," F("b", "30", R("Bretagne")) "," F("t", "3",
                                                                                                          "") "]",
         "sum(a * b over region) = t", " a:1+2 b:? t:3"},
        {"[" F("a", "1", R("Corse")) "," F("b", "30", R("Bretagne")) "," F("b", "40", R("Corse")) "," F("t", "3",
                                                                                                        "") "]",
         "sum(a * b over region) = t", " a:1 b:? t:3"},
        {"[" F("a", "1", R("Corse")) "," F("b", "30", R("Bretagne")) "," F("t", "3", "") "]",
         "sum(a over region) + sum(b over region) = t", " a:1 b:30 t:3"},
    };
    ASSERT_EXAMPLES(state, examples);
}

static void reaches_across(void **state)
{
#define YEARS "[" F("a", "3", P("2024")) "," F("a", "1", P("2022")) "," F("a", "2", P("2023")) "]"
    static const struct example examples[] = {
        {YEARS, "a >= a[period=2022]", "period=2024 a:3 a:1 | period=2022 a:1 a:1 | period=2023 a:2 a:1"},
        {YEARS, "a >= a[period=2021]", "period=2024 a:3 a:? | period=2022 a:1 a:? | period=2023 a:2 a:?"},
        /* nothing stands before the first period: nothing to say */
        {YEARS, "a >= a[period=previous]", "period=2024 a:3 a:2 | period=2022 a:1 a:? silent | period=2023 a:2 a:1"},
        {"[" F("a", "9", P("9")) "," F("a", "10", P("10")) "," F("a", "11", P("11")) "]", "a >= a[period=previous]",
         "period=9 a:9 a:? silent | period=10 a:10 a:9 | period=11 a:11 a:10"},
        {"[" F("a", "9", P("2024-01-31")) "," F("a", "null", P("2024-02-29")) "," F("a", "11", P("2024-03-31")) "]",
         "a >= a[period=previous]",
         "period=2024-01-31 a:9 a:? silent | period=2024-02-29 a:null a:9 | period=2024-03-31 a:11 a:9"},
        {"[" F("a", "9", P("2023") "," R("Corse")) "," F("a", "8", P("2024") "," R("Corse")) "," F(
             "a", "7", P("2024") "," R("Bretagne")) "]",
         "a >= a[period=previous]",
         "period=2023,region=Corse a:9 a:? silent | period=2024,region=Corse a:8 a:9 | "
         "period=2024,region=Bretagne a:7 a:? silent"},
        {"[" F("a", "9", P("2023")) "]", "a >= b[period=previous]", "period=2023 a:9 b:?"},
        {"[" F("a", "9", "") "," F("b", "9", P("2023")) "]", "a >= b[period=previous]", " a:9 b:? silent"},
        {"[" F("a", "1", R("Corse")) "," F("a", "2", "") "]", "a <= a[region=total]",
         "region=Corse a:1 a:2 |  a:2 a:2"},
        {"[" F("a", "9", P("*")) "," F("b", "1", P("2023")) "]", "b <= a[period=2022]", "period=2023 b:1 a:9"},
        {YEARS, "a[period=2022] <= a[period=2024]", " a:1 a:3"},
    };
    ASSERT_EXAMPLES(state, examples);
}

static void takes_declared_totals_as_the_whole(void **state)
{
    static const struct example examples[] = {
        {"[" F("g", "5", R("Bretagne")) "," F("g", "3", R("Corse")) "," F("g", "8", R("France")) "]",
         "sum(g over region) = g[region=total]", " g:5+3 g:8"},
        {"[" F("g", "5", R("Bretagne")) "," F("g", "8", R("France")) "," F("h", "8", "") "]", "g = h",
         "region=Bretagne g:5 h:? |  g:8 h:8"},
    };
    ASSERT_EXAMPLES(state, examples);
}

/* Named groups of a pattern hide figures of the same name, and make a binding complete. */
static void binds_groups(void **state)
{
    struct arena *arena = *state;
    struct given given = given_figures(arena, "{'a': 1, 'c': 3}"), other = given_figures(arena, "{'b': 7}");
    struct rule rule = given_rule(&given, "a + b <= c");
    struct binder binder = binder_make(arena, &rule, ROUNDING_NEAREST, given_concept, &given);
    struct binding binding = binder_at(&binder, arena, (struct dims){0});
    assert_false(binding.complete);
    binding_add_groups(&binding, other.dataset->figures, 1);
    assert_true(binding.complete);
    binding_add_groups(&binding, NULL, 0);
    assert_false(binding.complete);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(meets_on_equal_dims, setup, teardown),
        cmocka_unit_test_setup_teardown(meets_what_holds_everywhere, setup, teardown),
        cmocka_unit_test_setup_teardown(runs_over_dims, setup, teardown),
        cmocka_unit_test_setup_teardown(aligns_what_runs_together, setup, teardown),
        cmocka_unit_test_setup_teardown(reaches_across, setup, teardown),
        cmocka_unit_test_setup_teardown(takes_declared_totals_as_the_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(binds_groups, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
