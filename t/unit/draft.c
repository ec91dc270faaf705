/* Drafts: the mentions of a document, the units of its tables, the language, places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "check/draft.h"
#include "check/heading.h"

struct test {
    struct arena arena;
    struct problems problems;
    struct lexicons lexicons;
    struct dataset_reader reader;
    struct source source;
    struct draft draft;
};

static int set_up(void **state)
{
    static struct test test;
    test = (struct test){0};
    test.problems.arena = &test.arena;
    test.lexicons.arena = &test.arena;
    test.reader = (struct dataset_reader){.arena = &test.arena, .problems = &test.problems, .lexicons = &test.lexicons};
    *state = &test;
    return 0;
}

static int tear_down(void **state)
{
    arena_free(&((struct test *)*state)->arena);
    return 0;
}

static void read_draft(struct test *t, const char *type, const char *text)
{
    t->source = (struct source){.name = STR("draft"), .bytes = str_from(text)};
    assert_true(draft_read(&t->reader, &t->source, str_from(type), STR(""), &t->draft));
}

/* Each mention in brackets: its text, value, unit; or what it is. */
static const char *outline(struct test *t)
{
    struct buf out = {.arena = &t->arena};
    for (size_t i = 0; i < t->draft.mentions.count; i++) {
        const struct mention *m = &t->draft.mentions.items[i];
        const struct notation *n = &m->notation;
        struct str text = str_part(t->draft.document.text, m->start, m->end);
        struct str what = m->what ? not_a_figure_name(m->what) : number_write(&t->arena, n->value);
        buf_addf(&out, "[%.*s: %.*s%s%.*s]", STR_ARG(text), STR_ARG(what), n->unit.symbol.len ? " " : "",
                 STR_ARG(n->unit.symbol));
    }
    return buf_str(&out).ptr;
}

static void assert_mentions(struct test *t, const char *type, const char *text, const char *expected)
{
    read_draft(t, type, text);
    assert_string_equal(outline(t), expected);
}

static void mentions_keep_to_their_block(void **state)
{
    assert_mentions(*state, "markdown", "- plus de\n- 33 000\n- millions\n- 12\n- mars 2024\n- 5 à\n- 7 %\n",
                    "[33 000: 33000][12: 12][mars 2024: date][5: 5][7 %: 7 %]");
    assert_mentions(*state, "html", "<p>Au moins<p>3<p>4<p>000 €<p>2<p>- 5 lieux<p>vingt<p>deux<p>$<p>9",
                    "[3: 3][4: 4][000 €: numbering][2: 2][5: 5][vingt: 20][deux: 2][9: 9]");
}

static void opaque_parts_have_none(void **state)
{
    assert_mentions(*state, "markdown", "Soit 12 lieux, `x = 4`, voir https://a.fr/2024/12.\n\n    56\n", "[12: 12]");
}

static void languages(void **state)
{
    struct test *t = *state;
    read_draft(t, "text", "The cost of the scheme rose to 4,800.");
    assert_string_equal(lexicon_lang(t->draft.lexicon).ptr, "en");
    assert_true(t->draft.lang_guessed);
    read_draft(t, "text", "12 %");
    assert_string_equal(lexicon_lang(t->draft.lexicon).ptr, "fr");
    assert_true(t->draft.lang_guessed);
    read_draft(t, "html", "<html lang=en-GB><p>Le 4,800 de la France et des autres");
    assert_string_equal(lexicon_lang(t->draft.lexicon).ptr, "en");
    assert_false(t->draft.lang_guessed);
    assert_int_equal(t->problems.count, 0);
    read_draft(t, "html", "<html lang=de><p>Le 4,800 de la France et des autres");
    assert_string_equal(lexicon_lang(t->draft.lexicon).ptr, "fr");
    assert_true(t->draft.lang_guessed);
    assert_int_equal(t->problems.count, 1);
    assert_true(t->problems.items[0].warning);
    t->reader.lang = STR("fr");
    read_draft(t, "html", "<html lang=en><p>The 4,800 of the");
    assert_string_equal(lexicon_lang(t->draft.lexicon).ptr, "fr");
    assert_false(t->draft.lang_guessed);
}

static void headings_of_units(void **state)
{
    static const char *const cases[][2] = {
        {"Budget (en M€)", "M€"},
        {"Budget, en milliers d'euros", "milliers d'euros"},
        {"%", "%"},
        {"Part en % du total", "%"},
        {"k€", "k€"},
        {"Évolution 2023-2024 (en %)", "%"},
        {"Unité : millions d'euros", "millions d'euros"},
        {"Dépenses en euros constants", "euros"},
        {"€ par habitant", "€"},
        {"Budget – M€", "M€"},
        {"Effectifs (en milliers d’habitants)", "milliers d’habitants"},
        {"Points de vente", ""},
        {"H", ""},
        {"Année", ""},
        {"2024", ""},
        {"Communes en France", ""},
        {"", ""},
    };
    struct test *t = *state;
    struct diag diag = {.arena = &t->arena};
    const struct lexicon *lexicon = lexicons_get(&t->lexicons, STR("fr"), &diag);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str unit = heading_unit(lexicon, str_from(cases[i][0]));
        assert_string_equal(str_copy(&t->arena, unit).ptr, cases[i][1]);
    }
}

static void cells_take_units(void **state)
{
    assert_mentions(
        *state, "markdown",
        "| Région | Budget (M€) | Part (%) | Lieux | An |\n|---|--:|---|---|---|\n"
        "| Corse | 12,5 | 7 | 4 | 2023 |\n| 5 villes | 3 k€ | 2,5 points | 946 lieux | 12 |\n| Ain | 2012 | n.d. | "
        "2013 | 9 |\n",
        "[12,5: 12500000 EUR][7: 7 %][4: 4][2023: year][5: 5][3 k€: 3000 EUR][2,5 points: 2.5 pp]"
        "[946: 946][12: 12 year][2012: 2012000000 EUR][2013: year][9: 9 year]");
    assert_mentions(*state, "html",
                    "<table><caption>Dépenses (en k€)</caption><tr><th>Poste<th>2023<th>2024"
                    "<tr><th>Achats<td>1 250<td>-30<tr><th>Hausse (%)<td>2,5<td>3 mesures pour 4</table>",
                    "[2023: year][2024: year][1 250: 1250000 EUR][-30: -30000 EUR][2,5: 2.5 %][3: 3][4: 4]");
}

static void places(void **state)
{
    struct test *t = *state;
    struct locator locator = {.arena = &t->arena, .scratch = &t->arena};
    t->source = (struct source){.name = STR("d.md"), .bytes = STR("Un \xe9t\xe9 :\n\nsoit **2** 800 lieux\n")};
    assert_true(draft_read(&t->reader, &t->source, STR(""), STR(""), &t->draft));
    assert_int_equal(t->draft.mentions.count, 1);
    const struct mention *m = &t->draft.mentions.items[0];
    struct finding_place place = draft_place(&t->draft, &locator, m->start, m->end);
    assert_int_equal(place.line, 3);
    assert_int_equal(place.column, 8);
    assert_int_equal(place.excerpt_at, 7);
    assert_int_equal(place.excerpt_width, 7);
    assert_string_equal(str_part(t->source.bytes, place.start, place.end).ptr, "2** 800 lieux\n");
    assert_int_equal(place.end - place.start, 7);
    assert_string_equal(place.excerpt.ptr, "soit **2** 800 lieux");
    assert_int_equal(draft_block(&t->draft, m)->kind, BLOCK_PARAGRAPH);
}

static void failures(void **state)
{
    struct test *t = *state;
    t->source = (struct source){.name = STR("draft.xyz"), .bytes = STR("12")};
    assert_false(draft_read(&t->reader, &t->source, STR(""), STR(""), &t->draft));
    assert_false(draft_read(&t->reader, &t->source, STR("text"), STR("ebcdic"), &t->draft));
    t->reader.lang = STR("de");
    assert_false(draft_read(&t->reader, &t->source, STR("text"), STR(""), &t->draft));
    assert_int_equal(t->problems.count, 3);
    t->reader.lang = STR("");
    t->source.bytes = STR("");
    assert_true(draft_read(&t->reader, &t->source, STR("text"), STR(""), &t->draft));
    assert_int_equal(t->draft.mentions.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(mentions_keep_to_their_block, set_up, tear_down),
        cmocka_unit_test_setup_teardown(opaque_parts_have_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(languages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(headings_of_units, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_take_units, set_up, tear_down),
        cmocka_unit_test_setup_teardown(places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(failures, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("draft", tests, NULL, NULL);
}
