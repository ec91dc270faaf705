/* Slips of the keyboard: what a printed number could have been, and which of those explains a gap. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"
#include "check/slip.h"
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

static struct notation read_notation(struct arena *arena, const char *lang, const char *text)
{
    struct lexicons lexicons = {.arena = arena};
    struct diag diag = {.arena = arena};
    struct notation notation;
    const char *why = "";
    if (!notation_read(arena, lexicons_get(&lexicons, str_from(lang), &diag), str_from(text), &notation, &why))
        fail_msg("%s: %s", text, why);
    return notation;
}

/* The numbers that one slip of that kind would have turned into `text`, as they would be printed. */
static struct str undone(struct arena *arena, const char *lang, const char *text, enum slip_kind kind)
{
    struct keyed keyed;
    struct keyed_slips slips = {0};
    struct buf out = {.arena = arena};
    struct notation *notation = ARENA_NEW(arena, struct notation);
    *notation = read_notation(arena, lang, text);
    if (!keyed_read(arena, notation, &keyed))
        return STR("no");
    keyed_undo(arena, &keyed, &slips);
    for (size_t i = 0; i < slips.count; i++)
        if (slips.items[i].kind == kind) {
            struct str printed = keyed_text(arena, &keyed, &slips.items[i]);
            if (!printed.len)
                printed = number_write(arena, slips.items[i].value);
            buf_addf(&out, "%s%.*s", out.len ? "|" : "", STR_ARG(printed));
        }
    return buf_str(&out);
}

static void undoes_each_kind_of_slip(void **state)
{
    static const struct {
        const char *lang, *text;
        enum slip_kind kind;
        const char *expected;
    } examples[] = {
        {"fr", "964", SLIP_SWAPPED, "694|946"},
        {"fr", "944", SLIP_SWAPPED, "494"},
        {"fr", "109", SLIP_SWAPPED, "190"}, /* no number starts with 0 */
        {"fr", "12,5 %", SLIP_SWAPPED, "21,5 %|15,2 %"},
        {"fr", "0,5 %", SLIP_SWAPPED, "5,0 %"},
        {"fr", "2008", SLIP_LEAPT, "2800"},
        {"fr", "964", SLIP_NEIGHBOUR, "864|954|974|963|965"},
        {"fr", "2 800 maisons", SLIP_ADDED, "800|200"},
        {"fr", "12 800 maisons", SLIP_ADDED, "2 800|1 800|1 200"},
        {"fr", "2 800 maisons", SLIP_DOUBLED, "280"},
        {"fr", "5,2 %", SLIP_ADDED, "5 %"},
        {"fr", "7", SLIP_MISSING, "17|27|37|47|57|67|87|97|70|71|72|73|74|75|76|77|78|79"},
        {"fr", "97 %", SLIP_MARK, "9,7 %"},
        {"fr", "9,75 %", SLIP_MARK, "975 %|97,5 %"},
        {"fr", "946", SLIP_MARK, ""}, /* a count has no decimals */
        {"fr", "43 €", SLIP_SCALE, "43 000 €|43 000 000 €"},
        {"en", "about $4.5", SLIP_SCALE, "about $4,500|about $4,500,000"},
        {"fr", "4500 €", SLIP_SCALE, "4500000 €|4500000000 €"},
        {"fr", "43 M€", SLIP_SCALE, "43|43000|43000000000|43000000000000"},
        {"fr", "43 habitants", SLIP_SCALE, "43000|43000000"},
        {"fr", "97 %", SLIP_SCALE, ""},
        {"fr", "-2,5 %", SLIP_SIGN, "2,5 %"},
        {"fr", "2,5 %", SLIP_SIGN, "-2,5 %"},
        {"en", "$1,250", SLIP_SWAPPED, "$2,150|$1,520|$1,205"},
        {"en", "1,234.5 km", SLIP_DOUBLED, ""},
        {"fr", "trois cents", SLIP_DIGIT, "no"},
        {"fr", "une trentaine", SLIP_DIGIT, "no"},
        {"fr", "entre 3 et 5", SLIP_DIGIT, "no"},
        {"fr", "3 millions 200 mille", SLIP_DIGIT, "no"},
        {"fr", "123456789012345678", SLIP_DIGIT, "no"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct str text = undone(*state, examples[i].lang, examples[i].text, examples[i].kind);
        if (!str_equal(text, str_from(examples[i].expected)))
            fail_msg("%s of %s: %.*s, and not %s", slip_why(examples[i].kind), examples[i].text, STR_ARG(text),
                     examples[i].expected);
    }
}

/* "total 946 two digits swapped; …": what is found, the likeliest first; "~" before what is not telling. */
static struct str found(struct arena *arena, const char *figures, const char *check)
{
    struct given given = given_figures(arena, figures);
    struct rule rule = given_rule(&given, check);
    struct dims *contexts;
    size_t context_count;
    struct binder binder = binder_make(arena, &rule, ROUNDING_NEAREST, given_concept, &given);
    binder_contexts(&binder, &contexts, &context_count);
    struct binding binding = binder_at(&binder, arena, context_count ? contexts[0] : (struct dims){0});
    struct formula formula;
    struct formula_problem problem;
    struct judgement judgement;
    if (formula_make(arena, rule.check, &binding, &formula, &problem) != FORMULA_OK)
        fail_msg("%s is no formula", check);
    judge(arena, &formula, &judgement);
    judge_explain(arena, &formula, &judgement);
    struct slip slips[2];
    struct buf out = {.arena = arena};
    size_t count = slip_find(arena, &formula, &judgement, ROUNDING_NEAREST, slips, 2);
    for (size_t i = 0; i < count; i++) {
        struct str name = formula.operands[slips[i].operand].name;
        struct str text =
            slips[i].notation.text.len ? slips[i].notation.text : number_write(arena, slips[i].notation.value);
        buf_addf(&out, "%s%s%.*s %.*s %s", out.len ? "; " : "", slip_is_telling(&slips[i]) ? "" : "~", STR_ARG(name),
                 STR_ARG(text), slip_why(slips[i].kind));
    }
    return buf_str(&out);
}

static void finds_what_explains_a_gap(void **state)
{
    static const struct {
        const char *figures, *check, *expected;
    } examples[] = {
        {"{'a': 592, 'b': 354, 't': 964}", "a + b = t", "t 946 two digits swapped"},
        {"{'a': 592, 'b': 354, 't': 946}", "a + b = t - 18 + 18", ""},
        /* Four of the fifty gaps of some nine are as easy to explain. */
        {"{'a': 592, 'b': 345, 't': 946}", "a + b = t", "~b 354 two digits swapped"},
        /* Of an inequality too, what makes both sides equal comes first. */
        {"{'a': 592, 'b': 364, 't': 946}", "a + b <= t", "t 956 a neighbouring key; a 582 a neighbouring key"},
        {"{'a': 592, 'b': 354, 't': 947}", "a + b = t", "~t 946 a neighbouring key; ~a 593 a neighbouring key"},
        {"{'a': 592, 'b': 354, 't': 951}", "a + b = t", "~a 597 one digit wrong; ~b 359 one digit wrong"},
        {"{'a': 592318, 'b': 35417, 't': 946445}", "a + b = t", "b 354127 a digit is missing"},
        {"{'a': 592318, 'b': 354127, 't': 976445}", "a + b = t", "b 384127 one digit wrong; t 946445 one digit wrong"},
        {"{'a': 592318, 'b': 354127, 't': 941234}", "a + b = t", ""},
        {"{'a': 592, 'b': 354, 't': 1046}", "0 <= a and a + b = t",
         "a 692 a neighbouring key; b 454 a neighbouring key"},
        {"{'b': '43 €', 'n': 2545, 'm': '16 900 €'}", "b / n = m", "b 43 000 000 € a scale word lost or wrong"},
        {"{'p': '79 %', 'n': '9,0 millions', 'k': '8,7 millions'}", "p * n = k", "~p 97 % two digits swapped"},
        {"{'p': '2,5 %', 'a': 1000, 'b': 975}", "growth(a; b) = p", "~p -2,5 % the sign lost or wrong"},
        {"{'p': '125 %', 'a': 1000, 'b': 125}", "b / a = p",
         "a 100 a digit typed twice; p 12,5 % the decimal mark misplaced"},
        {"{'t': {'value': 964, 'interval': {'low': 963, 'high': 965}}, 'a': 947}", "t = a",
         "~t 946 two digits swapped"},
        {"{'a': 0, 'b': 3}", "b / a = 2", ""},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct str text = found(*state, examples[i].figures, examples[i].check);
        if (!str_equal(text, str_from(examples[i].expected)))
            fail_msg("%s with %s: %.*s, and not %s", examples[i].check, examples[i].figures, STR_ARG(text),
                     examples[i].expected);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(undoes_each_kind_of_slip, setup, teardown),
        cmocka_unit_test_setup_teardown(finds_what_explains_a_gap, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
