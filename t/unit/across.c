/* Members held against each other: which contradictions are told, and how; the same out of core as in memory. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "batch/across.h"
#include "batch/across_figure.h"
#include "batch/across_runs.h"
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

/* ---- members as text ---- */

struct member_text {
    const char *name, *json; /* ' stands for " */
};

enum { MOST_MEMBERS = 6 };

static struct dataset *read_member(struct arena *arena, struct lexicons *lexicons, const struct member_text *text)
{
    struct problems problems = {.arena = arena};
    struct diag diag = {.arena = arena};
    struct dataset_reader reader = {.arena = arena, .problems = &problems, .lexicons = lexicons};
    struct source *source = ARENA_NEW(arena, struct source);
    struct scan *scan = ARENA_NEW(arena, struct scan);
    *source = (struct source){.name = str_from(text->name), .bytes = given_json(arena, text->json)};
    if (!scan_read(arena, source, scan, &diag))
        fail_msg("%s: %.*s", text->json, STR_ARG(diag.message.text));
    struct dataset *dataset = dataset_read(&reader, scan, 0);
    if (problems.count)
        fail_msg("%s: %.*s", text->json, STR_ARG(problems.items[0].message.text));
    return dataset;
}

static void add_member(struct arena *arena, struct across *across, const struct map *series,
                       const struct member_text *text)
{
    struct lexicons lexicons = {.arena = arena};
    struct locator locator = {.arena = arena, .scratch = arena};
    struct across_maker maker = {.arena = arena, .lexicons = &lexicons, .series = series, .locator = &locator};
    struct diag diag = {.arena = arena};
    struct dataset *dataset = read_member(arena, &lexicons, text);
    struct buf figures = {.arena = arena};
    struct wire wire = {.out = &figures};
    for (size_t i = 0; i < dataset->count; i++) {
        struct member_figure figure;
        if (across_figure(&maker, &dataset->figures[i], &figure))
            member_figure_wire(&wire, &figure);
    }
    if (!across_add(across, str_from(text->name), buf_str(&figures), &diag))
        fail_msg("%.*s", STR_ARG(diag.message.text));
}

/* "last-year 2022.json 2023.json: shops 946 ≠ 964 (period=2022)", a line a finding. */
static struct str findings_text(struct arena *arena, const struct findings *findings)
{
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        struct str rule = str_part(finding->rule, STR("crossfoot/across-").len, finding->rule.len);
        struct str sum = finding_sum(arena, finding, NULL);
        buf_addf(&out, "%s%.*s %.*s %.*s: %.*s %.*s", i ? "\n" : "", STR_ARG(rule),
                 STR_ARG(finding->terms[0].place.path), STR_ARG(finding->terms[1].place.path),
                 STR_ARG(finding->terms[0].name), STR_ARG(sum));
        for (size_t d = 0; d < finding->context_count; d++)
            buf_addf(&out, " %.*s=%.*s", STR_ARG(finding->context[d].name), STR_ARG(finding->context[d].value));
        if (finding->detail.len)
            buf_addf(&out, " (%.*s)", STR_ARG(finding->detail));
    }
    return buf_str(&out);
}

static struct str judge_members(struct arena *arena, const struct map *series, const struct member_text *members)
{
    struct findings findings = {.arena = arena};
    struct diag diag = {.arena = arena};
    struct across *across = across_open(arena, STR("/tmp"), 0);
    for (size_t i = 0; i < MOST_MEMBERS && members[i].name; i++)
        add_member(arena, across, series, &members[i]);
    if (!across_judge(across, &findings, &diag))
        fail_msg("%.*s", STR_ARG(diag.message.text));
    across_close(across);
    return findings_text(arena, &findings);
}

static const struct {
    const char *what;
    struct member_text members[MOST_MEMBERS];
    const char *expected;
} cases[] = {
    {"what agrees is no finding: values, notations, units at two scales",
     {{"2022.json", "{'dims': {'period': '2022'}, 'figures': {'a': 946, 'b': '43 M€', 'c': '12,5 %', 'd': '18 mois'}}"},
      {"2023.json",
       "{'dims': {'period': '2022'}, 'figures': {'a': 946, 'b': '43,2 M€', 'c': 'plus de 12 %', 'd': '1,5 an'}}"}},
     ""},
    {"other dims, other figures",
     {{"a.json", "{'figures': [{'id': 'a', 'value': 1, 'dims': {'region': 'x'}}]}"},
      {"b.json", "{'figures': [{'id': 'a', 'value': 2, 'dims': {'region': 'y'}}, {'id': 'b', 'value': 3}]}"}},
     ""},
    {"two members without date",
     {{"a.json", "{'figures': {'shops': 946}}"}, {"b.json", "{'figures': {'shops': '964 commerces'}}"}},
     "figure a.json b.json: shops 946 ≠ 964"},
    {"a name's year is the period of what has none",
     {{"bilan-2022.json", "{'figures': {'shops': 946}}"}, {"bilan-2023.json", "{'figures': {'shops': 964}}"}},
     ""},
    {"last year",
     {{"bilan-2022.json", "{'figures': {'shops': 946}}"},
      {"bilan-2023.json", "{'figures': [{'id': 'shops', 'value': 964, 'dims': {'period': '2022'}}]}"}},
     "last-year bilan-2022.json bilan-2023.json: shops 946 ≠ 964 period=2022"},
    {"two years ago is not last year; the value that most print is right, the other one told once",
     {{"2020.json", "{'figures': {'shops': 946}}"},
      {"2021.json", "{'figures': [{'id': 'shops', 'value': 946, 'dims': {'period': '2020'}}]}"},
      {"2022.json", "{'figures': [{'id': 'shops', 'value': 964, 'dims': {'period': '2020'}}]}"},
      {"2023.json", "{'figures': [{'id': 'shops', 'value': 964, 'dims': {'period': '2020'}}]}"},
      {"2024.json", "{'figures': [{'id': 'shops', 'value': 946, 'dims': {'period': '2020'}}]}"}},
     "figure 2020.json 2022.json: shops 946 ≠ 964 period=2020"},
    {"restated by its status, of the figure or of the dataset",
     {{"2021.json", "{'figures': {'a': 1, 'b': 2}}"},
      {"2022.json", "{'dims': {'edition': '2022'}, 'figures': [{'id': 'a', 'value': 3, 'status': 'revised', 'dims': "
                    "{'period': '2021'}}]}"},
      {"2023.json", "{'status': 'revised', 'figures': [{'id': 'b', 'value': 3, 'dims': {'period': '2021'}}]}"}},
     ""},
    {"restated by its former value; later members must have the new one",
     {{"2021.json", "{'figures': {'a': '43 M€'}}"},
      {"2022.json", "{'figures': [{'id': 'a', 'value': '46 M€', 'was': [{'value': '43 M€', 'in': '2021'}], 'dims': "
                    "{'period': '2021'}}]}"},
      {"2023.json", "{'figures': [{'id': 'a', 'value': '43 M€', 'dims': {'period': '2021'}}]}"}},
     "figure 2022.json 2023.json: a 46 M€ ≠ 43 M€ period=2021"},
    {"a former value that nobody printed explains nothing",
     {{"2021.json", "{'figures': {'a': 1}}"},
      {"2022.json", "{'figures': [{'id': 'a', 'value': 3, 'was': [{'value': 2}], 'dims': {'period': '2021'}}]}"}},
     "last-year 2021.json 2022.json: a 1 ≠ 3 period=2021"},
    {"what cannot be compared does not agree",
     {{"a.json", "{'figures': {'a': '3 €'}}"}, {"b.json", "{'figures': {'a': '3 km'}}"}},
     "figure a.json b.json: a 3 € ≠ 3 km"},
    {"what holds everywhere is one figure in all editions",
     {{"2021.json", "{'figures': [{'id': 'a', 'value': 1, 'dims': {'period': '*'}}]}"},
      {"2022.json", "{'figures': [{'id': 'a', 'value': 2, 'dims': {'period': '*'}}]}"}},
     "figure 2021.json 2022.json: a 1 ≠ 2"},
    {"but a reference is of its edition",
     {{"2021.json", "{'figures': [{'id': 'a', 'value': 1, 'role': 'reference', 'dims': {'period': '*'}}]}"},
      {"2022.json", "{'figures': [{'id': 'a', 'value': 2, 'role': 'reference', 'dims': {'period': '*'}}]}"},
      {"2023.json", "{'figures': [{'id': 'a', 'value': 3, 'dims': {'period': '2022'}}]}"}},
     "last-year 2022.json 2023.json: a 2 ≠ 3 period=2022"},
    {"a cumulative figure by its label; periods in the order of numbers",
     {{"x.json",
       "{'figures': [{'id': 'a', 'label': 'Projets aidés depuis 2019', 'value': 9, 'dims': {'period': '9'}}]}"},
      {"y.json",
       "{'figures': [{'id': 'a', 'label': 'Projets aidés depuis 2019', 'value': 8, 'dims': {'period': '10'}}]}"}},
     "cumulative x.json y.json: a[period=9] 9 > 8"},
    {"neither a change nor a share is cumulative, nor what starts anew each year, nor what says that it is not",
     {{"2021.json",
       "{'figures': [{'id': 'a', 'label': 'Hausse depuis 2019', 'value': 9}, {'id': 'b', 'label': 'Part depuis 2019', "
       "'value': '9 %'}, {'id': 'c', 'label': 'Depuis le début de l’année', 'value': 9}, {'id': 'd.cumul', 'value': "
       "9, "
       "'meta': {'cumulative': false}}]}"},
      {"2022.json",
       "{'figures': [{'id': 'a', 'label': 'Hausse depuis 2019', 'value': 8}, {'id': 'b', 'label': 'Part depuis 2019', "
       "'value': '8 %'}, {'id': 'c', 'label': 'Depuis le début de l’année', 'value': 8}, {'id': 'd.cumul', 'value': "
       "8, "
       "'meta': {'cumulative': false}}]}"}},
     ""},
    {"cumulative by its meta; of a period of which members disagree nothing is said",
     {{"2021.json", "{'figures': [{'id': 'a', 'value': 10, 'meta': {'cumulative': true}}]}"},
      {"2022.json", "{'figures': [{'id': 'a', 'value': 90, 'meta': {'cumulative': true}}]}"},
      {"2023.json", "{'figures': [{'id': 'a', 'value': 20, 'dims': {'period': '2022'}}, {'id': 'a', 'value': 30}]}"},
      {"2024.json", "{'figures': [{'id': 'a', 'value': 'près de 30', 'meta': {'cumulative': true}}]}"},
      {"2025.json", "{'figures': [{'id': 'a', 'value': 25}]}"}},
     "last-year 2022.json 2023.json: a 90 ≠ 20 period=2022\ncumulative 2024.json 2025.json: a[period=2024] près de 30 "
     "> 25"},
    {"a whole edition repeated is told once",
     {{"2021.json", "{'figures': {'a': 1, 'b.x': 2, 'b.y': 3, 'c': 4, 'd': 5, 'e': 0}}"},
      {"2022.json", "{'figures': {'a': 1, 'b.x': 2, 'b.y': 3, 'c': 4, 'd': 5, 'e': 0}}"}},
     "repeat 2021.json 2022.json: a[period=2021] 1 = 1 (5)"},
    {"a column of a table repeated; four figures are not enough",
     {{"2021.json", "{'figures': [{'id': 'a', 'value': 1}, {'grid': 'g', 'dims': ['region'], 'rows': {'p': 1, 'q': 2, "
                    "'r': 3, 's': 4, 't': 5}}, "
                    "{'grid': 'h', 'dims': ['region'], 'rows': {'p': 1, 'q': 2, 'r': 3, 's': 4, 't': 0}}]}"},
      {"2022.json", "{'figures': [{'id': 'a', 'value': 2}, {'grid': 'g', 'dims': ['region'], 'rows': {'p': 1, 'q': 2, "
                    "'r': 3, 's': 4, 't': 5}}, "
                    "{'grid': 'h', 'dims': ['region'], 'rows': {'p': 1, 'q': 2, 'r': 3, 's': 4, 't': 0}}]}"}},
     "repeat 2021.json 2022.json: g[period=2021] 1 = 1 region=p (5)"},
};

static void finds_contradictions(void **state)
{
    struct arena *arena = *state;
    struct map none = {.arena = arena};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str found = judge_members(arena, &none, cases[i].members);
        if (!str_equal(found, str_from(cases[i].expected)))
            fail_msg("%s: expected\n%s\ngot\n%.*s", cases[i].what, cases[i].expected, STR_ARG(found));
    }
}

static void rules_make_series(void **state)
{
    struct arena *arena = *state;
    struct given given = given_figures(arena, "{'a': 1, 'b': 2}");
    const char *const checks[] = {"0 <= a[period=previous] <= a", "b >= b[region=previous] - 1",
                                  "c > c[year=previous]"};
    struct rule rules[3];
    const struct rule *list[3];
    for (size_t i = 0; i < 3; i++) {
        rules[i] = given_rule(&given, checks[i]);
        list[i] = &rules[i];
    }
    struct map series = across_series_of_rules(arena, list, 3);
    assert_int_equal(series.count, 2);
    assert_non_null(map_get(&series, STR("a")));
    assert_non_null(map_get(&series, STR("c")));
    const struct member_text members[MOST_MEMBERS] = {{"2021.json", "{'figures': {'a': 3, 'b': 3}}"},
                                                      {"2022.json", "{'figures': {'a': 2, 'b': 2}}"}};
    struct str found = judge_members(arena, &series, members);
    assert_string_equal(found.ptr, "cumulative 2021.json 2022.json: a[period=2021] 3 > 2");
}

static void finds_dates_in_names(void **state)
{
    static const char *const names[][2] = {
        {"bilan-2024.json", "2024"},
        {"archive-1999-2024.tar/editions/2015/bilan.json", "2015"},
        {"indic_202403.json", "2024-03"},
        {"20240331-x.csv", "2024-03-31"},
        {"2024/03/31.json", "2024-03-31"},
        {"rapport-2024-13.json", "2024"},
        {"2019-2023.json", "2023"},
        {"all.ndjson:2019", ""},
        {"all-2018.json[2019]", "2018"},
        {"siren-552081317.json", ""},
        {"x.json", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str date = across_date_in_name(*state, str_from(names[i][0]));
        if (!str_equal(date, str_from(names[i][1])))
            fail_msg("%s: expected \"%s\", got \"%.*s\"", names[i][0], names[i][1], STR_ARG(date));
    }
}

/* ---- out of core ---- */

/* Random numbers that are the same in every run. */
static size_t next_random(uint64_t *state, size_t below)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (size_t)(*state >> 33) % below;
}

static int by_text(const void *a, const void *b) { return str_compare(*(const struct str *)a, *(const struct str *)b); }

static void sorts_records(void **state)
{
    enum { COUNT = 60000 };
    struct arena *arena = *state;
    struct diag diag = {.arena = arena};
    struct runs *runs = runs_open(arena, STR("/tmp"), 0);
    struct str *keys = ARENA_ARRAY(arena, struct str, COUNT);
    uint64_t seed = 1;
    for (size_t i = 0; i < COUNT; i++) {
        int padding = (int)next_random(&seed, 100);
        keys[i] = str_format(arena, "%zu%*s", next_random(&seed, COUNT), padding, "x");
        assert_true(runs_add(runs, (struct record){keys[i], STR("body")}, &diag));
    }
    struct str large = {arena_alloc(arena, 1 << 17, 1), 1 << 17}; /* more than fits in the memory */
    assert_true(runs_add(runs, (struct record){STR("~"), large}, &diag));
    assert_true(runs_sort(runs, &diag));
    qsort(keys, COUNT, sizeof *keys, by_text);
    struct record record;
    for (size_t i = 0; i < COUNT; i++) {
        if (i && str_equal(keys[i], keys[i - 1]))
            continue;
        assert_true(runs_next(runs, &record, &diag));
        assert_true(str_equal(record.key, keys[i]) && str_equal(record.body, STR("body")));
    }
    assert_true(runs_next(runs, &record, &diag));
    assert_true(str_equal(record.body, large));
    assert_false(runs_next(runs, &record, &diag));
    assert_false(diag.failed);
    runs_close(runs);
}

static void tells_where_it_cannot_write(void **state)
{
    struct arena *arena = *state;
    struct diag diag = {.arena = arena};
    struct runs *runs = runs_open(arena, STR("/nowhere"), 0);
    assert_true(runs_add(runs, (struct record){STR("key"), STR("body")}, &diag));
    assert_false(runs_sort(runs, &diag));
    assert_string_equal(diag.message.text.ptr, "cannot keep the figures of --across here: No such file or directory");
    runs_close(runs);
}

/* Twenty editions of a table of 300 rows, with last year's beside this year's; in every edition one of those is wrong.
 * Members are added in the order that the seed gives. */
static struct str judge_archive(struct arena *arena, size_t memory, uint64_t seed)
{
    enum { EDITIONS = 20, ROWS = 300 };
    struct findings findings = {.arena = arena};
    struct diag diag = {.arena = arena};
    struct map none = {.arena = arena};
    struct across *across = across_open(arena, STR("/tmp"), memory);
    size_t order[EDITIONS];
    for (size_t i = 0; i < EDITIONS; i++) {
        size_t at = next_random(&seed, i + 1);
        order[i] = order[at];
        order[at] = i;
    }
    for (size_t e = 0; e < EDITIONS; e++) {
        size_t year = 2000 + order[e];
        struct buf json = {.arena = arena};
        buf_addf(&json, "{'figures': [{'grid': 'g', 'dims': ['row', 'period'], 'columns': ['%zu', '%zu'], 'rows': {",
                 year - 1, year);
        for (size_t row = 0; row < ROWS; row++)
            buf_addf(&json, "%s'%zu': [%zu, %zu]", row ? ", " : "", row, row * (year - 1) + (row == year % ROWS),
                     row * year);
        buf_addf(&json, "}}]}");
        const struct member_text member = {str_format(arena, "bilan-%zu.json", year).ptr, buf_str(&json).ptr};
        add_member(arena, across, &none, &member);
        if (e % 3 == 0)
            add_member(arena, across, &none, &member); /* once more: a worker died after it had told half */
    }
    assert_true(across_judge(across, &findings, &diag));
    across_close(across);
    assert_int_equal(findings.count, EDITIONS - 1);
    return findings_text(arena, &findings);
}

static void is_the_same_out_of_core(void **state)
{
    struct arena *arena = *state;
    struct str in_memory = judge_archive(arena, 64 << 20, 1);
    for (uint64_t seed = 2; seed < 5; seed++) {
        struct str out_of_core = judge_archive(arena, 0, seed);
        assert_string_equal(in_memory.ptr, out_of_core.ptr);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_contradictions, setup, teardown),
        cmocka_unit_test_setup_teardown(rules_make_series, setup, teardown),
        cmocka_unit_test_setup_teardown(finds_dates_in_names, setup, teardown),
        cmocka_unit_test_setup_teardown(sorts_records, setup, teardown),
        cmocka_unit_test_setup_teardown(tells_where_it_cannot_write, setup, teardown),
        cmocka_unit_test_setup_teardown(is_the_same_out_of_core, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
