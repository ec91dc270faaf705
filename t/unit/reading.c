/* Readings: what sentences are taken to claim of their figures, by the cues of the French pack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "check/reading.h"
#include "rule/pack.h"

struct test {
    struct arena arena;
    struct problems problems;
    struct lexicons lexicons;
    struct patterns patterns;
    struct source source;
    struct draft draft;
    const struct cues *cues;
};

static int set_up(void **state)
{
    static struct test test;
    test = (struct test){0};
    test.problems.arena = test.lexicons.arena = test.patterns.arena = &test.arena;
    struct pack_context context = {.arena = &test.arena, .patterns = &test.patterns, .lexicons = &test.lexicons};
    size_t count;
    test.cues = pack_built_in(&context, STR("rules/fr.json"), &count, &test.problems)[0].cues;
    assert_int_equal(test.problems.count, 0);
    *state = &test;
    return 0;
}

static int tear_down(void **state)
{
    struct test *t = *state;
    patterns_free(&t->patterns);
    arena_free(&t->arena);
    return 0;
}

static void write_item(struct test *t, struct buf *out, const struct item *item)
{
    struct str text = str_part(t->draft.document.text, item->mention->start, item->mention->end);
    buf_addf(out, " %.*s", STR_ARG(text));
}

/* Each reading: its claim, whether it holds ("=") or fails ("!"), how sure it is, its parts. */
static const char *outline(struct test *t, const char *text)
{
    static const char *const strengths[] = {[READING_WEAK] = "weak", [READING_FAIR] = "fair", [READING_SURE] = "sure"};
    struct dataset_reader reader = {
        .arena = &t->arena, .problems = &t->problems, .lexicons = &t->lexicons, .lang = STR("fr")};
    struct buf out = {.arena = &t->arena};
    t->source = (struct source){.name = STR("text"), .bytes = str_from(text)};
    assert_true(draft_read(&reader, &t->source, STR("text"), STR(""), &t->draft));
    struct prose *prose = prose_read(&t->arena, STR("fr"), t->draft.document.text, &t->draft.mentions);
    struct clauses clauses = clauses_read(&t->arena, &t->draft, prose, t->cues);
    struct readings readings = readings_find(&t->arena, &clauses);
    for (size_t i = 0; i < readings.count; i++) {
        const struct reading *r = &readings.items[i];
        buf_addf(&out, "%s%.*s %s %s:", out.len ? "; " : "", STR_ARG(claim_name(r->claim)), r->holds ? "=" : "!",
                 strengths[r->strength]);
        for (size_t j = 0; j < r->many_count; j++)
            write_item(t, &out, r->many[j]);
        for (size_t j = 0; j < READING_PARTS; j++)
            if (r->parts[j])
                write_item(t, &out, r->parts[j]);
    }
    prose_close(prose);
    return buf_str(&out).ptr;
}

static void test_rates(void **state)
{
    struct test *t = *state;
    assert_string_equal(outline(t, "La mortalité recule de 16,4 %, avec 316 décès (contre 378 un an plus tôt)."),
                        "decline = sure: 378 316 16,4 %");
    assert_string_equal(outline(t, "Le chiffre d'affaires atteint 12 M€ contre 10 M€ en 2021 (+50 %)."),
                        "growth ! sure: 10 M€ 12 M€ +50 %");
    assert_string_equal(outline(t, "Sur 520 dossiers, 387 ont été acceptés, soit 74 %."), "share = sure: 387 520 74 %");
}

static void test_no_claim(void **state)
{
    struct test *t = *state;
    assert_string_equal(outline(t, "L'inflation s'établit à 4,9 % en 2023 après 5,2 % en 2022."), "");
    assert_string_equal(outline(t, "La ville compte 12 500 habitants et 43 associations."), "");
}

static void test_sums(void **state)
{
    struct test *t = *state;
    assert_string_equal(outline(t, "Répartition : 45 % de oui, 39 % de non et 16 % sans avis."),
                        "hundred = fair: 45 % 39 % 16 %");
    assert_string_equal(outline(t, "Le fonds a aidé 964 commerces, dont 592 ruraux et 354 urbains."),
                        "sum ! fair: 592 354 964; part = fair: 592 964");
}

static void test_changes(void **state)
{
    struct test *t = *state;
    assert_string_equal(outline(t, "Le taux passe de 12 % à 15 %, soit 3 points de plus."),
                        "points = sure: 12 % 15 % 3 points");
    assert_string_equal(outline(t, "Fondée en 1975, l'association fête ses 47 ans en 2022."),
                        "age = weak: 1975 2022 47 ans");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_claim, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sums, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changes, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("reading", tests, NULL, NULL);
}
