/* template, prose and matcher: which sentences a rule's text fits, and which figures it takes there. */
#include "rule/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* after those it needs */
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "check/matcher.h"

static int set_up(void **state)
{
    *state = calloc(1, sizeof(struct arena));
    return *state == NULL;
}

static int tear_down(void **state)
{
    arena_free(*state);
    free(*state);
    return 0;
}

/* Every match as the figures it takes: "946 592 354; 12 5". */
static struct str matches(struct arena *arena, const char *lang, const char *template, struct str text)
{
    struct diag diag = {.arena = arena};
    struct expr_error error;
    struct buf out = {.arena = arena};
    struct template_match match;
    const struct template *t = template_parse(arena, str_from(template), &error);
    const struct lexicon *lexicon = lexicon_load(arena, str_from(lang), &diag);
    assert_non_null(t);
    struct mentions mentions = mention_find(arena, lexicon, text);
    struct prose *prose = prose_read(arena, str_from(lang), text, &mentions);
    struct matcher *matcher = matcher_new(arena, t, prose, &mentions);
    while (matcher_next(matcher, &match)) {
        buf_add(&out, out.len ? STR("; ") : STR(""));
        for (size_t i = 0; i < t->figures; i++)
            buf_addf(&out, "%s%.*s", i ? " " : "", STR_ARG(mentions.items[match.mentions[i]].notation.text));
        if (!t->figures)
            buf_add(&out, str_part(text, match.start, match.end));
    }
    prose_close(prose);
    return buf_str(&out);
}

struct fit {
    const char *lang, *template, *text, *expected;
};

static void sentences(void **state)
{
    static const struct fit fits[] = {
        {"fr", "{total} … dont {a} … et {b}", "946 commerces, dont 592 ruraux et 354 ici.", "946 592 354"},
        {"fr", "{total} … dont {a} … et {b}", "946 commerces. Dont 592 ruraux et 354 ici.", ""},
        {"fr", "{total} … dont {a} … et {b}", "946 commerces, dont 592, 12 et 354 ici.", ""},
        {"fr", "{a} dont {b}", "9 dont 8 dont 7", "9 8; 8 7"},
        {"fr", "{a} … {b}", "Il y en a 9, puis 8 et enfin 7.", "9 8; 8 7"},
        {"fr", "{n} [répartis|dispersés] en {m}", "946 lieux, réparties en 3 ; 12 RÉPARTIS en 5", "12 5"},
        {"fr", "{n} … repartir en {m}", "Les 946 lieux répartis en 3 zones", "946 3"},
        {"fr", "{n} [vieux|] commerces", "12 commerces, 13 vieux commerces, 14 beaux commerces", "12; 13"},
        {"fr", "[près|plus] [de|] {n}", "plus 12 kg", "12 kg"},
        {"fr", "{p:percent} … {n:count}", "Avec 12 M€ en 2023, 3 % des 40 maires", "3 % 40"},
        {"fr", "{n} … en {y:year}", "Le réseau de 946 lieux ouverts depuis 2020 en 2023 à Paris", "946 2023"},
        {"fr", "{n} … en {m}", "Le réseau de 946 lieux ouverts en 2023", ""},
        {"fr", "plus d'{n}", "Il compte plus d'{n}", ""},
        {"fr", "hausse … baisse", "Une hausse, puis une baisse. La baisse.", "hausse, puis une baisse"},
        {"fr", "{n} (", "946 (dont 3)", "946"},
        {"en", "{total} … including {part}", "The 946 shops include 12; of 40 towns including 3", "946 12; 40 3"},
        {"en", "{n} … increases", "Its 12 shops increased", "12"},
    };
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
        struct str out = matches(*state, fits[i].lang, fits[i].template, str_from(fits[i].text));
        if (!str_equal(out, str_from(fits[i].expected)))
            fail_msg("'%s' in '%s': %.*s", fits[i].template, fits[i].text, STR_ARG(out));
    }
}

/* A gap takes twenty words and marks, not one more. */
static void gaps_end(void **state)
{
    for (size_t words = 19; words <= 21; words++) {
        struct buf text = {.arena = *state};
        buf_add(&text, STR("946"));
        for (size_t i = 0; i < words; i++)
            buf_add(&text, STR(" lieu"));
        buf_add(&text, STR(" dont 354"));
        struct str out = matches(*state, "fr", "{a} … dont {b}", buf_str(&text));
        assert_true(str_equal(out, words <= 20 ? STR("946 354") : STR("")));
    }
}

/* Texts that make many beginnings of one match take no longer than others. */
static void many_beginnings(void **state)
{
    static const char *const templates[] = {"dont … dont … dont … dont … dont … dont … dont {a}",
                                            "{a} … dont … dont … dont … dont … et {b}", "[dont|dont dont] … dont … et"};
    struct buf text = {.arena = *state};
    buf_add(&text, STR("3 et 4 "));
    for (size_t i = 0; i < 20000; i++)
        buf_add(&text, STR("dont "));
    for (size_t i = 0; i < sizeof templates / sizeof *templates; i++)
        assert_int_equal(matches(*state, "fr", templates[i], buf_str(&text)).len, 0);
}

static void slips(void **state)
{
    static const struct {
        const char *text;
        size_t at;
    } wrong[] = {{"{a", 0},      {"dont {", 5},  {"{}", 1},    {"{1a}", 1},      {"{a:}", 3},          {"{a:euros}", 3},
                 {"{a} {a}", 5}, {"{if}", 1},    {"… {a}", 0}, {"{a} …", 4},     {"{a} ... … {b}", 8}, {"{a} [b", 4},
                 {"{a} b]", 5},  {"{a} | b", 4}, {"{a} }", 4}, {"[{a}|b] c", 1}, {"[a …|b] c", 3},     {"sur 100", 4},
                 {"", 0},        {"[a|]", 0}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct expr_error error = {0};
        if (template_parse(*state, str_from(wrong[i].text), &error) || error.at != wrong[i].at ||
            !error.message.text.len)
            fail_msg("'%s': at %zu: %.*s", wrong[i].text, error.at, STR_ARG(error.message.text));
    }
    struct buf gaps = {.arena = *state};
    for (size_t i = 0; i < 20; i++)
        buf_add(&gaps, STR("a … "));
    buf_add(&gaps, STR("b"));
    struct expr_error error;
    assert_null(template_parse(*state, buf_str(&gaps), &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sentences, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gaps_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_beginnings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(slips, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
