/* mention_find on the sentences of fixtures/extract: a folder a phenomenon, its name starting with the language. Every
 * line of expected.ndjson is one figure of input.txt; what is not there is no figure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "figure/mention.h"
#include "read/scan.h"

static const char FOLDER[] = "fixtures/extract";

struct score {
    size_t right, wrong, missing;
};

/* One figure as a line: "12 15 2800 2800 2800 EUR money about". */
static struct str line_of(struct arena *arena, const struct mention *m)
{
    const struct notation *n = &m->notation;
    struct interval in = notation_interval(arena, n, ROUNDING_NEAREST);
    struct buf line = {.arena = arena};
    buf_addf(&line, "%zu %zu %.*s", m->start, m->end, STR_ARG(n->text));
    buf_addf(&line, "|%.*s", STR_ARG(n->range ? STR("") : number_write(arena, n->value)));
    buf_addf(&line, "|%.*s", STR_ARG(in.low.infinite ? STR("") : number_write(arena, in.low.at)));
    buf_addf(&line, "|%.*s", STR_ARG(in.high.infinite ? STR("") : number_write(arena, in.high.at)));
    buf_addf(&line, "|%s|%s", in.low.open ? "true" : "false", in.high.open ? "true" : "false");
    buf_addf(&line, "|%.*s|%.*s|%.*s", STR_ARG(n->unit.symbol), STR_ARG(notation_kind_name(n->kind)),
             STR_ARG(hedge_name(n->hedge)));
    return buf_str(&line);
}

static struct str member(struct arena *arena, const struct scan *scan, const char *name)
{
    size_t at = scan_member(arena, scan, 0, str_from(name));
    if (!at || scan->values[at].type == SCAN_NULL)
        return STR("");
    return scan->values[at].type == SCAN_STRING ? scan_text(arena, scan, at) : scan_raw(scan, at);
}

/* The same line, from a record of expected.ndjson. */
static struct str wanted_line(struct arena *arena, const struct scan *scan)
{
    static const char *const MEMBERS[] = {"value", "low", "high", "low_open", "high_open", "unit", "kind", "hedge"};
    struct buf line = {.arena = arena};
    buf_addf(&line, "%.*s %.*s %.*s", STR_ARG(member(arena, scan, "start")), STR_ARG(member(arena, scan, "end")),
             STR_ARG(member(arena, scan, "text")));
    for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++)
        buf_addf(&line, "|%.*s", STR_ARG(member(arena, scan, MEMBERS[i])));
    return buf_str(&line);
}

static struct source read_file(struct arena *arena, const char *folder, const char *name)
{
    struct source source;
    struct diag diag = {.arena = arena};
    if (!file_read(arena, str_format(arena, "%s/%s/%s", FOLDER, folder, name), &source, &diag))
        fail_msg("%s/%s: %.*s", folder, name, STR_ARG(diag.message.text));
    return source;
}

/* Compares two lists that are in the order of the text. */
static void compare(struct arena *arena, const char *folder, struct score *score)
{
    struct diag diag = {.arena = arena};
    const struct lexicon *lexicon = lexicon_load(arena, (struct str){folder, 2}, &diag);
    struct source input = read_file(arena, folder, "input.txt"), wanted = read_file(arena, folder, "expected.ndjson");
    struct mentions found = mention_find(arena, lexicon, input.bytes);
    struct map lines = {.arena = arena};
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].what == NOT_A_FIGURE_NONE)
            *map_put(&lines, line_of(arena, &found.items[i])) = &found.items[i];
    size_t right = 0;
    struct scan scan = {0};
    for (size_t offset = 0; scan_next(arena, &wanted, &offset, &scan, &diag);) {
        struct str line = wanted_line(arena, &scan);
        right += map_get(&lines, line) != NULL;
        score->missing += map_get(&lines, line) == NULL;
        if (!map_get(&lines, line))
            print_error("%s: not found: %.*s\n", folder, STR_ARG(line));
    }
    assert_false(diag.failed);
    score->right += right;
    score->wrong += lines.count - right;
    if (lines.count > right)
        print_error("%s: %zu more than expected\n", folder, lines.count - right);
}

static void finds_the_figures_of_prose(void **state)
{
    (void)state;
    struct score all = {0}, none = {0};
    DIR *folders = opendir(FOLDER);
    assert_non_null(folders);
    for (struct dirent *entry; (entry = readdir(folders)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        struct arena arena = {0};
        bool trap = strstr(entry->d_name, "not-figures") != NULL;
        compare(&arena, entry->d_name, trap ? &none : &all);
        arena_free(&arena);
    }
    closedir(folders);
    double f1 = 2.0 * (double)all.right / (double)(2 * all.right + all.wrong + all.missing);
    print_message("# F1 %.3f over %zu figures; %zu hits on what is none\n", f1, all.right + all.missing, none.wrong);
    assert_true(f1 >= 0.95);
    assert_true(none.wrong <= 2);
}

/* A third of a megabyte of one thing: what is not linear would take minutes. */
static void stays_linear(void **state)
{
    static const char *const PIECES[] = {"7",        "(",
                                         "dont ",    "quatre-vingt-",
                                         "123 ",     "1,",
                                         "1.",       "1-",
                                         "plus de ", "entre ",
                                         "un ",      "un sur ",
                                         "1, 2 et ", "2 millions ",
                                         "1/",       "a.b@",
                                         "siren-",   "pages 1, ",
                                         "12 h ",    "06 ",
                                         "1 à ",     "€",
                                         "moins ",   "d'",
                                         "12:",      "3 et ",
                                         "+1",       "(1",
                                         "1 %",      "deux a b c sur ",
                                         "12\n345 ", "-",
                                         "1er et ",  "passé de 1 à ",
                                         "mars ",    "art. 1-",
                                         "\u00a0",   "[1",
                                         "1 an et ", "%1"};
    (void)state;
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        struct arena arena = {0};
        struct diag diag = {.arena = &arena};
        const struct lexicon *fr = lexicon_load(&arena, STR("fr"), &diag);
        struct buf text = {.arena = &arena};
        while (text.len < 300000)
            buf_add(&text, str_from(PIECES[i]));
        struct mentions found = mention_find(&arena, fr, buf_str(&text));
        size_t end = 0;
        for (size_t j = 0; j < found.count; j++) {
            assert_true(found.items[j].start >= end && found.items[j].end > found.items[j].start);
            end = found.items[j].end;
        }
        assert_true(end <= text.len);
        arena_free(&arena);
    }
}

static struct mentions find(struct arena *arena, const char *lang, const char *text)
{
    struct diag diag = {.arena = arena};
    const struct lexicon *lexicon = lexicon_load(arena, str_from(lang), &diag);
    return mention_find(arena, lexicon, str_from(text));
}

static void says_what_is_no_figure(void **state)
{
    static const struct {
        const char *text;
        enum not_a_figure what;
    } WANTED[] = {
        {"le 14 mars 2024", NOT_A_FIGURE_DATE},
        {"à 18 h 30", NOT_A_FIGURE_TIME},
        {"en 2024", NOT_A_FIGURE_YEAR},
        {"en 2023-2024", NOT_A_FIGURE_YEAR},
        {"au 3e trimestre", NOT_A_FIGURE_PERIOD},
        {"au 03 81 44 12 90", NOT_A_FIGURE_PHONE},
        {"12, rue des Lilas", NOT_A_FIGURE_ADDRESS},
        {"SIREN 552 100 554", NOT_A_FIGURE_REGISTER},
        {"page 14", NOT_A_FIGURE_NUMBERING},
        {"l'A320", NOT_A_FIGURE_NAME},
        {"www.exemple.fr/2024", NOT_A_FIGURE_LINK},
        {"une victoire 3-1", NOT_A_FIGURE_SCORE},
        {"ouvert 24h/24", NOT_A_FIGURE_IDIOM},
    };
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof WANTED / sizeof *WANTED; i++) {
        struct mentions found = find(&arena, "fr", WANTED[i].text);
        assert_int_equal(found.count, 1);
        assert_int_equal(found.items[0].what, WANTED[i].what);
        assert_int_equal(found.items[0].notation.kind, NOTATION_NOT_A_FIGURE);
    }
    arena_free(&arena);
}

static void tells_nouns_lists_changes_and_sentences(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct mentions found =
        find(&arena, "fr",
             "Le réseau compte 12 chefs de projet, 84 cités et 3 bus. Il est passé de 5 à 7 lignes, "
             "contre 6 prévues.");
    assert_int_equal(found.count, 6);
    assert_string_equal(str_z(&arena, found.items[0].notation.noun), "chefs de projet");
    assert_string_equal(str_z(&arena, found.items[1].notation.noun), "cités");
    assert_int_equal(found.items[2].sentence, 0);
    assert_int_equal(found.items[3].sentence, 1);
    assert_int_equal(found.items[3].role, MENTION_OLD);
    assert_int_equal(found.items[4].role, MENTION_NEW);
    assert_int_equal(found.items[5].role, MENTION_OLD);
    found = find(&arena, "fr", "de 2, 3 et 4 milliards");
    assert_true(!found.items[0].listed && found.items[1].listed && found.items[2].listed);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_figures_of_prose),
        cmocka_unit_test(stays_linear),
        cmocka_unit_test(says_what_is_no_figure),
        cmocka_unit_test(tells_nouns_lists_changes_and_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
