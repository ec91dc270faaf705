/* expr: the grammar of checks, its errors and their places, and that what is written parses to the same tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rule/expr.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The tree in prefix form: (= (+ a b) 100%). A literal is its number and its unit. */
static void dump(struct buf *out, const struct expr *e)
{
    if (e->op == EXPR_LITERAL)
        buf_addf(out, "%.*s%.*s", STR_ARG(number_write(out->arena, e->number)), STR_ARG(e->unit.symbol));
    else if (e->op == EXPR_NOTATION)
        buf_addf(out, "<%.*s>", STR_ARG(e->text));
    else if (e->op == EXPR_TEXT)
        buf_addf(out, "\"%.*s\"", STR_ARG(e->text));
    else if (e->op == EXPR_DIM)
        buf_addf(out, "@%.*s", STR_ARG(e->text));
    else if (e->op == EXPR_NAME)
        buf_add(out, e->text);
    else
        buf_addf(out, "(%.*s", STR_ARG(e->op == EXPR_CALL ? expr_function_name(e->function) : expr_op_symbol(e->op)));
    for (size_t i = 0; i < e->selector_count; i++)
        buf_addf(out, "[%.*s=%.*s]", STR_ARG(e->selectors[i].dim), STR_ARG(e->selectors[i].value));
    for (size_t i = 0; i < e->arg_count; i++) {
        buf_add_char(out, ' ');
        dump(out, e->args[i]);
    }
    for (size_t i = 0; i < e->over_count; i++)
        buf_addf(out, " over %.*s", STR_ARG(e->over[i]));
    if (e->within) {
        buf_add(out, STR(" within "));
        dump(out, e->within);
    }
    if (e->arg_count)
        buf_add_char(out, ')');
}

static const struct lexicon *lexicon(struct arena *arena, const char *lang)
{
    struct diag diag = {.arena = arena};
    const struct lexicon *found = lexicon_load(arena, str_from(lang), &diag);
    assert_non_null(found);
    return found;
}

struct good {
    const char *text, *tree;
};

static void parse_all(const char *lang, const struct good *cases, size_t count)
{
    struct arena arena = {0};
    const struct lexicon *words = lexicon(&arena, lang);
    for (size_t i = 0; i < count; i++) {
        struct expr_error error = {0};
        const struct expr *e = expr_parse(&arena, words, str_from(cases[i].text), &error);
        if (!e)
            fail_msg("%s: %zu: %.*s", cases[i].text, error.at, STR_ARG(error.message.text));
        struct buf tree = {.arena = &arena};
        dump(&tree, e);
        assert_string_equal(str_z(&arena, buf_str(&tree)), cases[i].tree);
        struct str written = expr_write(&arena, e);
        const struct expr *again = expr_parse(&arena, words, written, &error);
        if (!again || !expr_equal(e, again))
            fail_msg("%s is written %.*s", cases[i].text, STR_ARG(written));
    }
    arena_free(&arena);
}

static void names_and_operators(void **state)
{
    (void)state;
    static const struct good cases[] = {
        {"a=b", "(= a b)"},
        {"  shops.rural +\tshops.premises = shops.total\n", "(= (+ shops.rural shops.premises) shops.total)"},
        {"a - b - c = d", "(= (- (- a b) c) d)"},
        {"a - (b - c) = d", "(= (- a (- b c)) d)"},
        {"a + b * c / d = e", "(= (+ a (/ (* b c) d)) e)"},
        {"(a + b) * c = d", "(= (* (+ a b) c) d)"},
        {"a × b ÷ c − d = e", "(= (- (/ (* a b) c) d) e)"},
        {"-a * - b = --c", "(= (* (- a) (- b)) (- (- c)))"},
        {"a != b", "(!= a b)"},
        {"a ≠ b", "(!= a b)"},
        {"a < b", "(< a b)"},
        {"a <= b", "(<= a b)"},
        {"a ≤ b", "(<= a b)"},
        {"a > b", "(> a b)"},
        {"a >= b", "(>= a b)"},
        {"a ≥ b", "(>= a b)"},
        {"a-b=c", "(= (- a b) c)"},
        {"((a)) = ((b))", "(= a b)"},
        {"ménages.à_2 = год", "(= ménages.à_2 год)"},
        {"shops.2024 = _x1.y", "(= shops.2024 _x1.y)"},
        {"`état civil` = `a-b` + `and`", "(= état civil (+ a-b and))"},
        {"if.then = order + andy + sum", "(= if.then (+ (+ order andy) sum))"},
        {"a\xc2\xa0+\xe2\x80\xaf"
         "b = c",
         "(= (+ a b) c)"},
    };
    parse_all("fr", cases, COUNT(cases));
}

static void logic(void **state)
{
    (void)state;
    static const struct good cases[] = {
        {"a = b and c = d or e = f", "(or (and (= a b) (= c d)) (= e f))"},
        {"a = b and (c = d or e = f)", "(and (= a b) (or (= c d) (= e f)))"},
        {"a = b and c = d and e = f", "(and (and (= a b) (= c d)) (= e f))"},
        {"a = b and (c = d and e = f)", "(and (= a b) (and (= c d) (= e f)))"},
        {"not a = b and c = d", "(and (not (= a b)) (= c d))"},
        {"not (a = b and c = d)", "(not (and (= a b) (= c d)))"},
        {"not not a = b", "(not (not (= a b)))"},
        {"if a = b then c = d", "(if (= a b) (= c d))"},
        {"if(a = b or a = c)then(c = d)", "(if (or (= a b) (= a c)) (= c d))"},
        {"0 <= x <= 100 %", "(and (<= 0 x) (<= x 100%))"},
        {"a = b = c = d", "(and (and (= a b) (= b c)) (= c d))"},
        {"a <= b and b <= c", "(and (<= a b) (<= b c))"},
        {"a = b and c < d < e", "(and (= a b) (and (< c d) (< d e)))"},
        {"not a < b < c", "(not (and (< a b) (< b c)))"},
        {"total = parts within 1 %", "(= total parts within 1%)"},
        {"a = b within 5 and c = d", "(and (= a b within 5) (= c d))"},
        {"a = b = c within d + 1", "(and (= a b within (+ d 1)) (= b c within (+ d 1)))"},
    };
    parse_all("fr", cases, COUNT(cases));
}

static void calls_and_dims(void **state)
{
    (void)state;
    static const struct good cases[] = {
        {"sum(a) = b", "(= (sum a) b)"},
        {"sum(a; b, c) = d", "(= (sum a b c) d)"},
        {"sum(1,2,a) = 6", "(= (sum 1 2 a) 6)"},
        {"sum (a + 1; -b) = count(a)", "(= (sum (+ a 1) (- b)) (count a))"},
        {"mean(a; b) = min(a; max(b; c))", "(= (mean a b) (min a (max b c)))"},
        {"abs(a - b) <= round(c)", "(<= (abs (- a b)) (round c))"},
        {"round(a / b; 2) = round(c; -3)", "(= (round (/ a b) 2) (round c (- 3)))"},
        {"share(part; whole) = growth(old; new)", "(= (share part whole) (growth old new))"},
        {"sum(x over region) = x[region=total]", "(= (sum x over region) x[region=total])"},
        {"sum(x; y over region, `code postal`) = z", "(= (sum x y over region over code postal) z)"},
        {"x[period=2023] = 5", "(= x[period=2023] 5)"},
        {"x[period=2023-01][région=\"Île-de-France\", `a b`='c \"d\"'] = 5",
         "(= x[period=2023-01][région=Île-de-France][a b=c \"d\"] 5)"},
        {"`a b`[t=T3.b_c] = x [ period = previous ]", "(= a b[t=T3.b_c] x[period=previous])"},
        {"years = @period - founded + 1", "(= years (+ (- @period founded) 1))"},
        {"@region = \"Bretagne\"", "(= @region \"Bretagne\")"},
        {"'Bretagne' != @`code région`", "(!= \"Bretagne\" @code région)"},
        {"if @region = \"Bretagne\" then a > 0", "(if (= @region \"Bretagne\") (> a 0))"},
    };
    parse_all("fr", cases, COUNT(cases));
}

static void literals(void **state)
{
    (void)state;
    static const struct good cases[] = {
        {"x = 0", "(= x 0)"},
        {"x = 12.50", "(= x 12.5)"},
        {"x = 100 %", "(= x 100%)"},
        {"x <= 100% - y", "(<= x (- 100% y))"},
        {"x = 1000000 EUR", "(= x 1000000EUR)"},
        {"x = 2 M€", "(= x 2000000EUR)"},
        {"x = 10 km / 2", "(= x (/ 10km 2))"},
        {"x = 12345678901234567890.12", "(= x 12345678901234567890.12)"},
    };
    parse_all("fr", cases, COUNT(cases));
    struct arena arena = {0};
    struct expr_error error;
    const struct expr *e = expr_parse(&arena, lexicon(&arena, "fr"), STR("x = 5 or x = 0 or x = 5 %"), &error);
    assert_non_null(e);
    assert_int_equal(e->args[0]->args[0]->args[1]->unit.kind, UNIT_LITERAL);
    assert_int_equal(e->args[0]->args[1]->args[1]->unit.kind, UNIT_ZERO);
    assert_int_equal(e->args[1]->args[1]->unit.kind, UNIT_RATIO);
    struct str written =
        expr_write(&arena, expr_parse(&arena, lexicon(&arena, "fr"), STR("5  + 2.50 ans=  x"), &error));
    assert_string_equal(str_z(&arena, written), "5 + 2.50 ans = x");
    arena_free(&arena);
}

static void notations(void **state)
{
    (void)state;
    static const struct good french[] = {
        {"592 + 354 = 947", "(= (+ <592> <354>) <947>)"},
        {"592+354=947", "(= (+ <592> <354>) <947>)"},
        {"947 -354 = 593", "(= (- <947> <354>) <593>)"},
        {"947 − 354 = 593", "(= (- <947> <354>) <593>)"},
        {"59,2 % + 35,4 % = 94,7 %", "(= (+ <59,2 %> <35,4 %>) <94,7 %>)"},
        {"plus de 10 + plus de 20 = 30", "(= (+ <plus de 10> <plus de 20>) <30>)"},
        {"2 800 communes <= 3\xc2\xa0"
         "000",
         "(<= <2 800 communes> <3\xc2\xa0"
         "000>)"},
        {"dix-sept + trois = vingt", "(= (+ <dix-sept> <trois>) <vingt>)"},
        {"-5 + 10 = - -5", "(= (+ <-5> <10>) (- <-5>))"},
        {"- 5 = -(2 + 3)", "(= (- <5>) (- (+ <2> <3>)))"},
        {"(1 + 2) * 3 = 18 / 2", "(= (* (+ <1> <2>) <3>) (/ <18> <2>))"},
        {"0.1 + 0.2 = 0.3", "(= (+ <0.1> <0.2>) <0.3>)"},
        {"12345678901234567890.12 = 12345678901234567891", "(= <12345678901234567890.12> <12345678901234567891>)"},
        {"sum(1; 2, 3) = 6", "(= (sum <1> <2> <3>) <6>)"},
        {"round(1,25; 1) = 1,3", "(= (round <1,25> <1>) <1,3>)"},
        {"100 = 99 within 1 %", "(= <100> <99> within <1 %>)"},
        {"if 1 = 1 then not 2 = 3 or 4 = 4", "(if (= <1> <1>) (or (not (= <2> <3>)) (= <4> <4>)))"},
        {"43 M€ = 43 millions d'euros", "(= <43 M€> <43 millions d'euros>)"},
        /* names after all */
        {"trois = total", "(= trois total)"},
        {"`trois` = 3", "(= trois 3)"},
        {"3 - x-1 = total", "(= (- (- 3 x) 1) total)"},
    };
    static const struct good english[] = {
        {"1,000 + 0.5 = 1,000.5", "(= (+ <1,000> <0.5>) <1,000.5>)"},
        {"0 <= a <= 100 %", "(and (<= 0 a) (<= a 100%))"},
        {"between 3 and 5 = 4 and 2 = 2", "(and (= <between 3 and 5> <4>) (= <2> <2>))"},
        {"over 30 % <= 40 %", "(<= <over 30 %> <40 %>)"},
        {"sum(1,000; 2) = 1,002", "(= (sum <1,000> <2>) <1,002>)"},
    };
    parse_all("fr", french, COUNT(french));
    parse_all("en", english, COUNT(english));
}

static void errors_and_their_places(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t at;
        const char *message;
    } cases[] = {
        {"", 0, "expected a number, a name or '(', found the end"},
        {"a = ", 4, "expected a number, a name or '(', found the end"},
        {"a + * b = c", 4, "expected a number, a name or '(', found '*'"},
        {"a = and", 4, "expected a number, a name or '(', found 'and'"},
        {"592 + ) = 3", 6, "expected a number, a name or '(', found ')'"},
        {"a = b then c", 6, "expected an operator, found 'then'"},
        {"a = b)", 5, "expected an operator, found ')'"},
        {"total des communes = b", 6, "expected an operator, found 'des'"},
        {"été = é ! b", 11, "expected an operator, found '!'"},
        {"(a = b", 6, "expected an operator or ')', found the end"},
        {"sum(a b) = c", 6, "expected an operator, ';' or ')', found 'b'"},
        {"if a = b c = d", 9, "expected an operator or 'then', found 'c'"},
        {"a + b", 5, "a check compares: expected =, !=, <, <=, > or >="},
        {"a == b", 2, "'==' is written '='"},
        {"a <> b", 2, "'<>' is written '!='"},
        {"a =< b", 2, "'=<' is written '<='"},
        {"a => b", 2, "'=>' is written '>='"},
        {"a = b && c = d", 6, "'&&' is written 'and'"},
        {"a = b || c = d", 6, "'||' is written 'or'"},
        {"a within 5", 2, "'within' follows a comparison"},
        {"a = b within (c = d)", 14, "a comparison cannot be a tolerance"},
        {"a + (b = c) = 5", 5, "a comparison cannot be added"},
        {"(a = b) - c = 5", 1, "a comparison cannot be subtracted"},
        {"(a = b) * c = 5", 1, "a comparison cannot be multiplied"},
        {"a / (b < c) = 5", 5, "a comparison cannot be divided"},
        {"-(a = b) = 5", 2, "a comparison cannot be negated"},
        {"(a = b) = c", 1, "a comparison cannot be compared"},
        {"sum(a; (b = c)) = 5", 8, "a comparison cannot be an argument"},
        {"a and b = c", 0, "'and' needs a comparison, and this is none"},
        {"a = b or c", 9, "'or' needs a comparison, and this is none"},
        {"not a", 4, "'not' needs a comparison, and this is none"},
        {"if a then b = c", 3, "'if' needs a comparison, and this is none"},
        {"if a = b then c", 14, "'then' needs a comparison, and this is none"},
        {"x = \"a\"", 4, "a text is compared with a dim (@region), by = or !="},
        {"@x < \"a\"", 5, "a text is compared with a dim (@region), by = or !="},
        {"\"a\" + x = 3", 0, "a text cannot be added"},
        {"summ(a) = b", 0, "unknown function 'summ': did you mean 'sum'?"},
        {"b = foo.bar(a)", 4,
         "unknown function 'foo.bar'; there are sum, count, mean, min, max, abs, round, share, growth"},
        {"sum() = b", 0, "no arguments: sum(a; b; …)"},
        {"b = abs(a; b)", 4, "2 arguments: abs(a)"},
        {"round(a; 1; 2) = b", 0, "3 arguments: round(a) or round(a; decimals)"},
        {"share(a) = b", 0, "1 argument: share(part; whole)"},
        {"growth(a; b; c) = d", 0, "3 arguments: growth(old; new)"},
        {"round(a; b) = c", 9, "the decimals of round() are a whole number, at most 1000"},
        {"round(a; 1 %) = c", 9, "the decimals of round() are a whole number, at most 1000"},
        {"share(a; b over c) = d", 11, "'share' runs over no dim; sum, count, mean, min and max do"},
        {"sum(a over) = d", 10, "expected the name of a dim, found ')'"},
        {"sum(a over b, b) = d", 14, "the dim 'b' stands here twice"},
        {"@ = d", 2, "expected the name of a dim, found '='"},
        {"x[] = d", 2, "expected the name of a dim, found ']'"},
        {"x[period] = d", 8, "expected '=', found ']'"},
        {"x[period=] = d", 9, "expected the value of a dim, found ']'"},
        {"x[period=2023 = d", 14, "expected ',' or ']', found '='"},
        {"x[a=1, a=2] = d", 7, "the dim 'a' is chosen twice"},
        {"`a = b", 0, "a ` without its end"},
        {"@a = \"b", 5, "a \" without its end"},
        {"@a = 'b", 5, "a ' without its end"},
        {"`` = b", 0, "nothing stands between ` and `"},
        {"x = 5 communes", 6, "'communes' is no unit; a number of counted things stands alone"},
        {"x = 1 000", 4, "a number in a check that names figures has a decimal point and no grouping"},
        {"x = 1,5", 4, "a number in a check that names figures has a decimal point and no grouping"},
        {"592 + 1..2 = 3", 6, NULL},
        {"a = \xff", 4, "not UTF-8"},
    };
    struct arena arena = {0};
    const struct lexicon *words = lexicon(&arena, "fr");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct expr_error error = {0};
        if (expr_parse(&arena, words, str_from(cases[i].text), &error))
            fail_msg("%s: no error", cases[i].text);
        if (cases[i].message)
            assert_string_equal(str_z(&arena, error.message.text), cases[i].message);
        if (error.at != cases[i].at)
            fail_msg("%s: error at %zu, not %zu", cases[i].text, error.at, cases[i].at);
    }
    arena_free(&arena);
}

static void spans(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct expr_error error;
    const struct expr *e = expr_parse(&arena, lexicon(&arena, "fr"), STR(" (é + 5 % ) * x[a=b] = sum(c) "), &error);
    static const struct {
        size_t start, end;
    } expected[] = {{1, 30}, {1, 21}, {2, 10}, {15, 21}, {24, 30}};
    const struct expr *found[] = {e, e->args[0], e->args[0]->args[0], e->args[0]->args[1], e->args[1]};
    for (size_t i = 0; i < COUNT(found); i++) {
        assert_int_equal(found[i]->start, expected[i].start);
        assert_int_equal(found[i]->end, expected[i].end);
    }
    arena_free(&arena);
}

static struct str repeat(struct arena *arena, const char *what, size_t times, const char *rest)
{
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < times; i++)
        buf_add(&out, str_from(what));
    buf_add(&out, str_from(rest));
    return buf_str(&out);
}

static void caps(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct lexicon *words = lexicon(&arena, "fr");
    struct expr_error error;
    static const char *const nests[] = {"(", "-", "not ", "sum(", "not (", "-("};
    for (size_t i = 0; i < COUNT(nests); i++) {
        assert_null(expr_parse(&arena, words, repeat(&arena, nests[i], 100000, "a = b"), &error));
        assert_string_equal(str_z(&arena, error.message.text), "nested deeper than 200 levels");
    }
    assert_non_null(expr_parse(&arena, words, repeat(&arena, "a + ", 2000, "a = b"), &error));
    assert_null(expr_parse(&arena, words, repeat(&arena, "a + ", 100000, "a = b"), &error));
    assert_string_equal(str_z(&arena, error.message.text), "the check has more than 5000 terms and operators");
    assert_null(expr_parse(&arena, words, repeat(&arena, "1-", 100000, "1 = b"), &error));
    assert_null(expr_parse(&arena, words, repeat(&arena, "9", 2000, " = b"), &error));
    assert_null(expr_parse(&arena, words, repeat(&arena, "9", 2000, " = 5"), &error));
    arena_free(&arena);
}

/* Random trees: xorshift64*, https://en.wikipedia.org/wiki/Xorshift, from SEED or a fixed seed. */
struct dice {
    struct arena *arena;
    uint64_t state;
    bool notations;
};

static unsigned roll(struct dice *dice, unsigned sides)
{
    dice->state ^= dice->state >> 12;
    dice->state ^= dice->state << 25;
    dice->state ^= dice->state >> 27;
    return (unsigned)(dice->state * UINT64_C(2685821657736338717) >> 33) % sides;
}

static struct expr *node(struct dice *dice, enum expr_op op, struct expr *a, struct expr *b)
{
    struct expr *e = ARENA_NEW(dice->arena, struct expr);
    e->op = op;
    e->arg_count = a && b ? 2 : a ? 1 : 0;
    e->args = ARENA_ARRAY(dice->arena, struct expr *, 2);
    e->args[0] = a;
    e->args[1] = b;
    return e;
}

static struct expr *random_literal(struct dice *dice)
{
    struct expr *e = node(dice, EXPR_LITERAL, NULL, NULL);
    e->number = number_decimal(dice->arena, (int64_t)roll(dice, 3000), -(int)roll(dice, 4));
    unsigned unit = roll(dice, 4);
    e->unit = unit == 0                ? unit_percent()
              : unit == 1              ? unit_of_base(UNIT_MONEY, STR("EUR"), 1, number_int(1), STR("EUR"))
              : number_sign(e->number) ? unit_literal()
                                       : unit_zero();
    return e;
}

static struct str pick(struct dice *dice, const char *const *words, size_t count)
{
    return str_from(words[roll(dice, (unsigned)count)]);
}

static struct expr *random_name(struct dice *dice)
{
    static const char *const names[] = {"shops.total", "a", "état civil", "x_1.2024", "and", "sum", "part-of"};
    static const char *const dims[] = {"period", "code postal", "région"};
    static const char *const values[] = {"2023", "previous", "Île-de-France", "2023-01", "l'Oise", "dit \"x\""};
    struct expr *e = node(dice, EXPR_NAME, NULL, NULL);
    e->text = pick(dice, names, COUNT(names));
    e->quoted = !roll(dice, 4);
    e->selector_count = roll(dice, 4) ? 0 : 1 + roll(dice, 3);
    e->selectors = ARENA_ARRAY(dice->arena, struct selector, 3);
    for (size_t i = 0; i < e->selector_count; i++)
        e->selectors[i] = (struct selector){.dim = str_from(dims[i]), .value = pick(dice, values, COUNT(values))};
    return e;
}

static struct expr *random_leaf(struct dice *dice)
{
    static const char *const notations[] = {"592",        "59,2 %", "43 M€",      "près de 97 %", "dix-sept",
                                            "2 800 voix", "-5",     "plus de 10", "+4,5 %"};
    if (dice->notations) {
        struct expr *e = node(dice, EXPR_NOTATION, NULL, NULL);
        e->text = pick(dice, notations, COUNT(notations));
        return e;
    }
    unsigned kind = roll(dice, 6);
    if (kind == 0) {
        struct expr *e = node(dice, EXPR_DIM, NULL, NULL);
        e->text = roll(dice, 2) ? STR("period") : STR("code postal");
        return e;
    }
    return kind < 3 ? random_literal(dice) : random_name(dice);
}

static struct expr *random_number(struct dice *dice, unsigned depth);

static struct expr *random_call(struct dice *dice, unsigned depth)
{
    struct expr *e = node(dice, EXPR_CALL, NULL, NULL);
    e->function = (enum expr_function)roll(dice, FN_GROWTH + 1);
    e->arg_count = e->function == FN_SHARE || e->function == FN_GROWTH ? 2
                   : e->function >= FN_ABS                             ? 1
                                                                       : 1 + roll(dice, 3);
    e->args = ARENA_ARRAY(dice->arena, struct expr *, 4);
    for (size_t i = 0; i < e->arg_count; i++)
        e->args[i] = random_number(dice, depth);
    e->over = ARENA_ARRAY(dice->arena, struct str, 2);
    e->over[0] = STR("region");
    e->over[1] = STR("code postal");
    e->over_count = e->function < FN_ABS && !dice->notations ? roll(dice, 3) : 0;
    return e;
}

static struct expr *random_number(struct dice *dice, unsigned depth)
{
    unsigned kind = depth ? roll(dice, 8) : 0;
    if (kind < 3)
        return random_leaf(dice);
    if (kind == 3)
        return random_call(dice, depth - 1);
    if (kind == 4)
        return node(dice, EXPR_NEG, random_number(dice, depth - 1), NULL);
    struct expr *left = random_number(dice, depth - 1);
    return node(dice, (enum expr_op)(EXPR_ADD + roll(dice, 4)), left, random_number(dice, depth - 1));
}

static enum expr_op random_comparison(struct dice *dice) { return (enum expr_op)(EXPR_EQ + roll(dice, 6)); }

static struct expr *random_chain(struct dice *dice, unsigned depth)
{
    struct expr *right = random_number(dice, depth);
    struct expr *chain = node(dice, random_comparison(dice), random_number(dice, depth), right);
    struct expr *within = roll(dice, 4) ? NULL : random_number(dice, depth);
    chain->within = within;
    while (!roll(dice, 4)) {
        struct expr *next = random_number(dice, depth);
        struct expr *link = node(dice, random_comparison(dice), right, next);
        link->within = within;
        chain = node(dice, EXPR_AND, chain, link);
        right = next;
    }
    return chain;
}

static struct expr *random_text_comparison(struct dice *dice)
{
    struct expr *text = node(dice, EXPR_TEXT, NULL, NULL), *dim = node(dice, EXPR_DIM, NULL, NULL);
    text->text = roll(dice, 2) ? STR("Côtes-d'Armor") : STR("dit \"x\"");
    dim->text = STR("région");
    bool first = roll(dice, 2);
    return node(dice, roll(dice, 2) ? EXPR_EQ : EXPR_NE, first ? text : dim, first ? dim : text);
}

static struct expr *random_truth(struct dice *dice, unsigned depth)
{
    unsigned kind = depth ? roll(dice, 8) : 0;
    if (kind == 1 && !dice->notations)
        return random_text_comparison(dice);
    if (kind < 4)
        return random_chain(dice, depth);
    if (kind == 4)
        return node(dice, EXPR_NOT, random_truth(dice, depth - 1), NULL);
    struct expr *left = random_truth(dice, depth - 1);
    return node(dice, roll(dice, 2) ? EXPR_AND : EXPR_OR, left, random_truth(dice, depth - 1));
}

static struct expr *random_check(struct dice *dice)
{
    struct expr *e = random_truth(dice, 4);
    if (!roll(dice, 8))
        e = node(dice, EXPR_IF, random_truth(dice, 3), e);
    /* Without a name, literals would be read as notations. */
    struct expr *named = node(dice, EXPR_EQ, random_leaf(dice), random_name(dice));
    if (!dice->notations)
        e = e->op == EXPR_IF ? node(dice, EXPR_IF, named, e->args[1]) : node(dice, EXPR_AND, e, named);
    return e;
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    const char *seed = getenv("SEED");
    struct arena words = {0};
    const struct lexicon *french = lexicon(&words, "fr");
    struct dice dice = {.state = seed ? strtoull(seed, NULL, 10) | 1 : UINT64_C(20240701)};
    for (int i = 0; i < 6000; i++) {
        struct arena arena = {0};
        struct expr_error error = {0};
        dice.arena = &arena;
        dice.notations = i % 3 == 0;
        const struct expr *e = random_check(&dice);
        struct str text = expr_write(&arena, e);
        const struct expr *again = expr_parse(&arena, french, text, &error);
        if (!again)
            fail_msg("%.*s: %zu: %.*s", STR_ARG(text), error.at, STR_ARG(error.message.text));
        if (!expr_equal(e, again))
            fail_msg("%.*s: parses to another tree: %.*s", STR_ARG(text), STR_ARG(expr_write(&arena, again)));
        arena_free(&arena);
    }
    arena_free(&words);
}

static void unequal_trees(void **state)
{
    (void)state;
    static const char *const texts[] = {"a = b",
                                        "a = c",
                                        "a != b",
                                        "b = a",
                                        "a = b within 1",
                                        "a = b within 2",
                                        "a = b[c=d]",
                                        "a = b[c=e]",
                                        "a = 1",
                                        "a = 2",
                                        "a = 1 %",
                                        "a = 1 EUR",
                                        "a = sum(b)",
                                        "a = sum(b; c)",
                                        "a = mean(b)",
                                        "a = sum(b over c)",
                                        "a = @b",
                                        "@a = \"b\"",
                                        "a = -b",
                                        "not a = b",
                                        "a = b and b = c",
                                        "a = b or b = c",
                                        "if a = b then b = c"};
    struct arena arena = {0};
    const struct lexicon *words = lexicon(&arena, "fr");
    const struct expr *trees[COUNT(texts)];
    struct expr_error error;
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_non_null(trees[i] = expr_parse(&arena, words, str_from(texts[i]), &error));
    for (size_t i = 0; i < COUNT(texts); i++)
        for (size_t j = 0; j < COUNT(texts); j++)
            if (expr_equal(trees[i], trees[j]) != (i == j))
                fail_msg("%s, %s", texts[i], texts[j]);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_operators),
        cmocka_unit_test(logic),
        cmocka_unit_test(calls_and_dims),
        cmocka_unit_test(literals),
        cmocka_unit_test(notations),
        cmocka_unit_test(errors_and_their_places),
        cmocka_unit_test(spans),
        cmocka_unit_test(caps),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(unequal_trees),
    };
    return cmocka_run_group_tests_name("expr", tests, NULL, NULL);
}
