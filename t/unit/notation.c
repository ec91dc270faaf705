/* Every way to print a number that notation_read knows: text, interval, kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "figure/notation.h"

struct wanted {
    const char *text, *interval, *unit;
    enum notation_kind kind;
    const char *noun;
};

static const struct wanted FRENCH[] = {
    {"946", "946", "", NOTATION_COUNT, ""},
    {"946 commerces soutenus", "946", "", NOTATION_COUNT, "commerces soutenus"},
    {"2 800", "2800", "", NOTATION_COUNT, ""},
    {"2\u00a0800", "2800", "", NOTATION_COUNT, ""},
    {"2\u202f800 maisons", "2800", "", NOTATION_COUNT, "maisons"},
    {"2&nbsp;800", "2800", "", NOTATION_COUNT, ""},
    {"2.800", "2800", "", NOTATION_COUNT, ""},
    {"1'234'567", "1234567", "", NOTATION_COUNT, ""},
    {"1\u2019234", "1234", "", NOTATION_COUNT, ""},
    {"66.190.280", "66190280", "", NOTATION_COUNT, ""},
    {"1,234,567", "1234567", "", NOTATION_COUNT, ""},
    {"1.234,5", "[1234.45, 1234.55]", "", NOTATION_COUNT, ""},
    {"1,234.5", "[1234.45, 1234.55]", "", NOTATION_COUNT, ""},
    {"12 345 678,90 €", "12345678.9", "EUR", NOTATION_MONEY, ""},
    {"80 %", "[79.5, 80.5]", "%", NOTATION_PERCENT, ""},
    {"12,5%", "[12.45, 12.55]", "%", NOTATION_PERCENT, ""},
    {"3.5 %", "[3.45, 3.55]", "%", NOTATION_PERCENT, ""},
    {"1,5 pour cent", "[1.45, 1.55]", "%", NOTATION_PERCENT, ""},
    {"4 ‰", "[3.5, 4.5]", "‰", NOTATION_PERCENT, ""},
    {"près de 97 %", "[96, 97]", "%", NOTATION_PERCENT, ""},
    {"-4,5 %", "[-4.55, -4.45]", "%", NOTATION_PERCENT, ""},
    {"+ 0,8%", "[0.75, 0.85]", "%", NOTATION_PERCENT, ""},
    {"\u22123 %", "[-3.5, -2.5]", "%", NOTATION_PERCENT, ""},
    {"moins 3 %", "[-3.5, -2.5]", "%", NOTATION_PERCENT, ""},
    {"moins de 3 %", "(-inf, 3)", "%", NOTATION_PERCENT, ""},
    {"au moins 3", "[3, inf)", "", NOTATION_COUNT, ""},
    {"(1 250)", "-1250", "", NOTATION_COUNT, ""},
    {"68,4 millions", "[68350000, 68450000]", "", NOTATION_COUNT, ""},
    {"54 millions d'habitants environ", "[53000000, 55000000]", "", NOTATION_COUNT, "habitants"},
    {"43 M€", "[42500000, 43500000]", "EUR", NOTATION_MONEY, ""},
    {"43,0 M€", "[42950000, 43050000]", "EUR", NOTATION_MONEY, ""},
    {"43 MEUR", "[42500000, 43500000]", "EUR", NOTATION_MONEY, ""},
    {"12 k€", "[11500, 12500]", "EUR", NOTATION_MONEY, ""},
    {"1,2 Md€", "[1150000000, 1250000000]", "EUR", NOTATION_MONEY, ""},
    {"2 Mds d'euros", "[1500000000, 2500000000]", "EUR", NOTATION_MONEY, ""},
    {"3 milliards d\u2019euros", "[2500000000, 3500000000]", "EUR", NOTATION_MONEY, ""},
    {"12,50 €", "12.5", "EUR", NOTATION_MONEY, ""},
    {"43 €", "[42.5, 43.5]", "EUR", NOTATION_MONEY, ""},
    {"50 centimes", "0.5", "EUR", NOTATION_MONEY, ""},
    {"3 millions et demi", "[3450000, 3550000]", "", NOTATION_COUNT, ""},
    {"2 millions 300 000", "[2299999.5, 2300000.5]", "", NOTATION_COUNT, ""},
    {"2 millions trois cent mille", "[2299999.5, 2300000.5]", "", NOTATION_COUNT, ""},
    {"vingt et un", "21", "", NOTATION_COUNT, ""},
    {"quatre-vingt-dix-sept", "97", "", NOTATION_COUNT, ""},
    {"soixante et onze communes", "71", "", NOTATION_COUNT, "communes"},
    {"septante-deux", "72", "", NOTATION_COUNT, ""},
    {"nonante", "90", "", NOTATION_COUNT, ""},
    {"quatre-vingts", "80", "", NOTATION_COUNT, ""},
    {"deux cent trois", "203", "", NOTATION_COUNT, ""},
    {"mille deux cents", "1200", "", NOTATION_COUNT, ""},
    {"dix-neuf cent quatorze", "1914", "", NOTATION_COUNT, ""},
    {"trois cent vingt-cinq mille six cents", "325600", "", NOTATION_COUNT, ""},
    {"une trentaine", "[25.5, 34.5]", "", NOTATION_COUNT, ""},
    {"une trentaine de rapports", "[25.5, 34.5]", "", NOTATION_COUNT, "rapports"},
    {"au moins une trentaine", "[30, inf)", "", NOTATION_COUNT, ""},
    {"plus d'une centaine", "(100, inf)", "", NOTATION_COUNT, ""},
    {"des dizaines de milliers", "[20000, 100000)", "", NOTATION_RANGE, ""},
    {"un millier d'euros", "[850, 1150]", "EUR", NOTATION_MONEY, ""},
    {"entre 3 et 5", "[3, 5]", "", NOTATION_RANGE, ""},
    {"de 3 à 5 ans", "[3, 5]", "year", NOTATION_RANGE, ""},
    {"3 à 5 millions", "[3000000, 5000000]", "", NOTATION_RANGE, ""},
    {"800 000 à 1,2 million", "[800000, 1200000]", "", NOTATION_RANGE, ""},
    {"3-5", "[3, 5]", "", NOTATION_RANGE, ""},
    {"10\u201315 %", "[10, 15]", "%", NOTATION_RANGE, ""},
    {"5e", "5", "", NOTATION_ORDINAL, ""},
    {"1er", "1", "", NOTATION_ORDINAL, ""},
    {"2ème édition", "2", "", NOTATION_ORDINAL, "édition"},
    {"cinquième", "5", "", NOTATION_ORDINAL, ""},
    {"5 ans", "[4.5, 5.5]", "year", NOTATION_DURATION, ""},
    {"18 mois", "[17.5, 18.5]", "month", NOTATION_DURATION, ""},
    {"deux ans et demi", "[2.45, 2.55]", "year", NOTATION_DURATION, ""},
    {"14 minutes et 49 secondes", "[888.5, 889.5]", "second", NOTATION_DURATION, ""},
    {"1 h 30", "[89.5, 90.5]", "min", NOTATION_DURATION, ""},
    {"12 €/mois", "[11.5, 12.5]", "EUR", NOTATION_MONEY, "/mois"},
    {"12 euros 50", "12.5", "EUR", NOTATION_MONEY, ""},
    {"(39)%", "[-39.5, -38.5]", "%", NOTATION_PERCENT, ""},
    {"2.924 millions", "[2923500, 2924500]", "", NOTATION_COUNT, ""},
    {"10 à 15 000", "[10000, 15000]", "", NOTATION_RANGE, ""},
    {"les deux tiers", "[19/30, 0.7]", "", NOTATION_FRACTION, ""},
    {"n° 3", "3", "", NOTATION_ORDINAL, ""},
    {"120 km", "[119.5, 120.5]", "km", NOTATION_MEASURE, ""},
    {"25 °C", "[24.5, 25.5]", "°C", NOTATION_MEASURE, ""},
    {"3,5 tonnes", "[3.45, 3.55]", "t", NOTATION_MEASURE, ""},
    {"90 km/h", "[89.5, 90.5]", "km/h", NOTATION_MEASURE, ""},
    {"2,1 points", "[2.05, 2.15]", "pp", NOTATION_POINTS, ""},
    {"12 points de vente", "12", "", NOTATION_COUNT, "points de vente"},
    {"60 points de base", "[59.5, 60.5]", "bp", NOTATION_POINTS, ""},
    {"la moitié", "[0.475, 0.525]", "", NOTATION_FRACTION, ""},
    {"deux tiers", "[19/30, 0.7]", "", NOTATION_FRACTION, ""},
    {"un Français sur trois", "[19/60, 0.35]", "", NOTATION_FRACTION, ""},
    {"9 sur 10", "[0.855, 0.945]", "", NOTATION_FRACTION, ""},
    {"trois fois plus", "[2.5, 3.5]", "", NOTATION_MULTIPLE, ""},
    {"multiplié par 3", "[2.5, 3.5]", "", NOTATION_MULTIPLE, ""},
    {"plus de 33 000 logements", "(33000, inf)", "", NOTATION_COUNT, "logements"},
    {"moins de 3 500 habitants", "[0, 3500)", "", NOTATION_COUNT, "habitants"},
    {"jusqu'à 50", "[0, 50]", "", NOTATION_COUNT, ""},
    {"environ 2 800", "[2700, 2900]", "", NOTATION_COUNT, ""},
    {"près de 8 500", "[8400, 8500]", "", NOTATION_COUNT, ""},
    {"de l'ordre de 1,5 milliard", "[1425000000, 1575000000]", "", NOTATION_COUNT, ""},
    {"1er janvier 2020", "2020", "", NOTATION_YEAR, ""},
    {"2020-01-01", "2020", "", NOTATION_YEAR, ""},
    {"2024", "2024", "", NOTATION_COUNT, ""},
};

static const struct wanted ENGLISH[] = {
    {"1,600 participants", "1600", "", NOTATION_COUNT, "participants"},
    {"2.800", "[2.7995, 2.8005]", "", NOTATION_COUNT, ""},
    {"1 600", "1600", "", NOTATION_COUNT, ""},
    {"£300m", "[299500000, 300500000]", "GBP", NOTATION_MONEY, ""},
    {"300 m", "[299.5, 300.5]", "m", NOTATION_MEASURE, ""},
    {"1.2 bn", "[1150000000, 1250000000]", "", NOTATION_COUNT, ""},
    {"$10-15 million", "[10000000, 15000000]", "USD", NOTATION_RANGE, ""},
    {"EUR 5 million", "[4500000, 5500000]", "EUR", NOTATION_MONEY, ""},
    {"US$12.50", "12.5", "USD", NOTATION_MONEY, ""},
    {"-$1,250.00", "-1250", "USD", NOTATION_MONEY, ""},
    {"nearly 97 percent", "[96, 97]", "%", NOTATION_PERCENT, ""},
    {"3 to 5", "[3, 5]", "", NOTATION_RANGE, ""},
    {"between 3 and 5 years", "[3, 5]", "year", NOTATION_RANGE, ""},
    {"a dozen", "[10.2, 13.8]", "", NOTATION_COUNT, ""},
    {"two dozen", "[20.4, 27.6]", "", NOTATION_COUNT, ""},
    {"tens of thousands of people", "[20000, 100000)", "", NOTATION_RANGE, "people"},
    {"two-thirds", "[19/30, 0.7]", "", NOTATION_FRACTION, ""},
    {"nine out of ten", "[0.855, 0.945]", "", NOTATION_FRACTION, ""},
    {"one in three", "[19/60, 0.35]", "", NOTATION_FRACTION, ""},
    {"half a million", "[475000, 525000]", "", NOTATION_COUNT, ""},
    {"a quarter of a million", "[237500, 262500]", "", NOTATION_COUNT, ""},
    {"one hundred and five", "105", "", NOTATION_COUNT, ""},
    {"twenty-one", "21", "", NOTATION_COUNT, ""},
    {"two thousand three hundred", "2300", "", NOTATION_COUNT, ""},
    {"3 million", "[2500000, 3500000]", "", NOTATION_COUNT, ""},
    {"21st", "21", "", NOTATION_ORDINAL, ""},
    {"0.5 percentage points", "[0.45, 0.55]", "pp", NOTATION_POINTS, ""},
    {"25 bps", "[24.5, 25.5]", "bps", NOTATION_POINTS, ""},
    {"at least 40 per cent", "[40, inf)", "%", NOTATION_PERCENT, ""},
    {"March 3, 2024", "2024", "", NOTATION_YEAR, ""},
};

static void check_all(const char *lang, const struct wanted *wanted, size_t count)
{
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    const struct lexicon *lexicon = lexicon_load(&arena, str_from(lang), &diag);
    if (!lexicon)
        fail_msg("%.*s:%zu: %.*s", STR_ARG(diag.source), diag.position.line, STR_ARG(diag.message.text));
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const struct wanted *w = &wanted[i];
        struct notation n;
        const char *why = "";
        if (!notation_read(&arena, lexicon, str_from(w->text), &n, &why)) {
            print_error("%s: %s\n", w->text, why);
            wrong++;
            continue;
        }
        struct str interval = interval_write(&arena, notation_interval(&arena, &n, ROUNDING_NEAREST));
        if (!str_equal(interval, str_from(w->interval)) || n.kind != w->kind ||
            !str_equal(n.unit.symbol, str_from(w->unit)) || !str_equal(n.noun, str_from(w->noun))) {
            print_error("%s: %.*s \"%.*s\" %.*s of \"%.*s\"; wanted %s \"%s\"\n", w->text, STR_ARG(interval),
                        STR_ARG(n.unit.symbol), STR_ARG(notation_kind_name(n.kind)), STR_ARG(n.noun), w->interval,
                        w->unit);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    arena_free(&arena);
}

static void reads_french(void **state)
{
    (void)state;
    check_all("fr", FRENCH, sizeof FRENCH / sizeof *FRENCH);
}

static void reads_english(void **state)
{
    (void)state;
    check_all("en-GB", ENGLISH, sizeof ENGLISH / sizeof *ENGLISH);
}

static void refuses_what_is_no_notation(void **state)
{
    static const char *const TEXTS[] = {"",
                                        "commerces",
                                        "592 + 354",
                                        "2 545 projets et 43 M€",
                                        "07 62 61 50 25",
                                        "12abc",
                                        "de",
                                        "plus de",
                                        "L. 225-102",
                                        "192.168.0.1",
                                        "0800 123 456"};
    (void)state;
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    const struct lexicon *fr = lexicon_load(&arena, STR("fr"), &diag);
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        struct notation n;
        const char *why = "";
        if (notation_read(&arena, fr, str_from(TEXTS[i]), &n, &why))
            fail_msg("%s was read", TEXTS[i]);
        assert_true(why[0]);
    }
    arena_free(&arena);
}

static void refuses_a_language_without_lexicon(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    assert_null(lexicon_load(&arena, STR("xx"), &diag));
    assert_true(str_find(diag.message.text, STR("en, fr")) < diag.message.text.len);
    arena_free(&arena);
}

struct json_wanted {
    const char *digits, *unit, *interval, *symbol;
};

static void reads_json_numbers(void **state)
{
    static const struct json_wanted WANTED[] = {
        {"946", "commerces", "946", ""},
        {"43", "M€", "[42500000, 43500000]", "EUR"},
        {"43.0", "M€", "[42950000, 43050000]", "EUR"},
        {"43", "millions d'euros", "[42500000, 43500000]", "EUR"},
        {"12.50", "€", "12.5", "EUR"},
        {"43", "euros", "[42.5, 43.5]", "EUR"},
        {"80", "%", "[79.5, 80.5]", "%"},
        {"1e3", "", "1000", ""},
        {"1.5e3", "km", "[1450, 1550]", "km"},
        {"2024", "année", "2024", ""},
        {"5", "ans", "[4.5, 5.5]", "year"},
        {"68.4", "millions d'habitants", "[68350000, 68450000]", ""},
        {"-12", "emplois", "-12", ""},
        {"12000", "JPY", "12000", "JPY"},
    };
    (void)state;
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    const struct lexicon *fr = lexicon_load(&arena, STR("fr"), &diag);
    for (size_t i = 0; i < sizeof WANTED / sizeof *WANTED; i++) {
        struct notation n;
        const char *why = "";
        assert_true(notation_of_number(&arena, fr, str_from(WANTED[i].digits), str_from(WANTED[i].unit), &n, &why));
        struct str interval = interval_write(&arena, notation_interval(&arena, &n, ROUNDING_NEAREST));
        assert_string_equal(str_z(&arena, interval), WANTED[i].interval);
        assert_string_equal(str_z(&arena, n.unit.symbol), WANTED[i].symbol);
    }
    arena_free(&arena);
}

static void knows_units(void **state)
{
    static const struct {
        const char *lang, *text, *symbol, *scale;
        enum unit_kind kind;
    } WANTED[] = {
        {"fr", "%", "%", "1", UNIT_RATIO},
        {"fr", "€", "EUR", "1", UNIT_MONEY},
        {"fr", "EUR", "EUR", "1", UNIT_MONEY},
        {"fr", "k€", "EUR", "1000", UNIT_MONEY},
        {"fr", "M€", "EUR", "1000000", UNIT_MONEY},
        {"fr", "MEUR", "EUR", "1000000", UNIT_MONEY},
        {"fr", "km", "km", "1", UNIT_MEASURE},
        {"fr", "ans", "year", "1", UNIT_DURATION},
        {"fr", "points", "pp", "1", UNIT_POINTS},
        {"fr", "millions d'euros", "EUR", "1000000", UNIT_MONEY},
        {"fr", "millions", "", "1000000", UNIT_COUNT},
        {"fr", "millions d'habitants", "", "1000000", UNIT_COUNT},
        {"fr", "année", "", "1", UNIT_YEAR},
        {"fr", "rang", "", "1", UNIT_ORDINAL},
        {"en", "m", "m", "1", UNIT_MEASURE},
        {"en", "$bn", "USD", "1000000000", UNIT_MONEY},
        {"en", "year", "", "1", UNIT_YEAR},
        {"en", "years", "year", "1", UNIT_DURATION},
        {"fr", "commerces", "", "0", UNIT_COUNT},
        {"fr", "points de vente", "", "0", UNIT_COUNT},
        {"fr", "", "", "0", UNIT_COUNT},
    };
    (void)state;
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    for (size_t i = 0; i < sizeof WANTED / sizeof *WANTED; i++) {
        struct unit unit;
        struct number scale;
        const struct lexicon *lexicon = lexicon_load(&arena, str_from(WANTED[i].lang), &diag);
        bool found = lexicon_unit(lexicon, str_from(WANTED[i].text), &unit, &scale);
        assert_int_equal(found, WANTED[i].scale[0] != '0'); /* scale 0: it is no unit */
        if (!found)
            continue;
        assert_string_equal(str_z(&arena, unit.symbol), WANTED[i].symbol);
        assert_string_equal(str_z(&arena, number_write(&arena, scale)), WANTED[i].scale);
        assert_int_equal(unit.kind, WANTED[i].kind);
    }
    arena_free(&arena);
}

static void takes_a_unit_of_its_own_kind_only(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    const struct lexicon *fr = lexicon_load(&arena, STR("fr"), &diag);
    struct notation n;
    const char *why = "";
    assert_true(notation_read(&arena, fr, STR("43 M€"), &n, &why));
    assert_true(notation_set_unit(&arena, fr, &n, STR("euros")));
    assert_false(notation_set_unit(&arena, fr, &n, STR("%")));
    assert_false(notation_set_unit(&arena, fr, &n, STR("commerces")));
    assert_true(notation_read(&arena, fr, STR("2 800"), &n, &why));
    assert_true(notation_set_unit(&arena, fr, &n, STR("maisons")));
    assert_string_equal(str_z(&arena, n.noun), "maisons");
    assert_true(notation_read(&arena, fr, STR("68,4 millions"), &n, &why));
    assert_true(notation_set_unit(&arena, fr, &n, STR("millions d'habitants")));
    assert_string_equal(str_z(&arena, number_write(&arena, n.value)), "68400000");
    arena_free(&arena);
}

static void marks_a_doubtful_comma(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    const struct lexicon *fr = lexicon_load(&arena, STR("fr"), &diag);
    struct notation n;
    const char *why = "";
    assert_true(notation_read(&arena, fr, STR("4,800"), &n, &why));
    assert_true(n.doubtful);
    assert_string_equal(str_z(&arena, number_write(&arena, n.other)), "4800");
    assert_true(notation_read(&arena, fr, STR("4,80"), &n, &why));
    assert_false(n.doubtful);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_french),
        cmocka_unit_test(reads_english),
        cmocka_unit_test(refuses_what_is_no_notation),
        cmocka_unit_test(refuses_a_language_without_lexicon),
        cmocka_unit_test(reads_json_numbers),
        cmocka_unit_test(knows_units),
        cmocka_unit_test(takes_a_unit_of_its_own_kind_only),
        cmocka_unit_test(marks_a_doubtful_comma),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
