/* Plans beside the general way, on members at random: as they should be, and spoilt in every way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"

#define DEMAND(holds, what, member)                                                                                    \
    do {                                                                                                               \
        if (!(holds))                                                                                                  \
            fail_msg("does not hold: %s: %.*s", what, STR_ARG(member));                                                \
    } while (0)
#include "beside.h"

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static unsigned below(uint64_t *state, unsigned limit) { return (unsigned)(next_random(state) >> 20) % limit; }

/* ---- Members ---- */

struct shape {
    const char *comma, *colon; /* with white space of one taste */
    bool labels, sources, money, list_dims, strings, printed, pages;
    unsigned kind; /* which figures it has */
};

static void add_figure(struct buf *out, const struct shape *shape, const char *id, const char *unit, const char *value,
                       uint64_t *random)
{
    static const char *const labels[] = {"communes aidées", "une part", "d\\u00e9penses \\\"nettes\\\"", "", "x"};
    buf_addf(out, "%s{\"id\"%s\"%s\"%s\"value\"%s%s", out->ptr[out->len - 1] == '[' ? "" : shape->comma, shape->colon,
             id, shape->comma, shape->colon, value);
    if (unit)
        buf_addf(out, "%s\"unit\"%s\"%s\"", shape->comma, shape->colon, unit);
    if (shape->labels || !below(random, 40))
        buf_addf(out, "%s\"label\"%s\"%s\"", shape->comma, shape->colon, labels[below(random, 5)]);
    if (shape->sources != !below(random, 40))
        buf_addf(out, "%s\"source\"%s{\"name\"%s\"ANCT\"%s\"date\"%s\"2025-0%u-11\"}", shape->comma, shape->colon,
                 shape->colon, shape->comma, shape->colon, 1 + below(random, 9));
}

/* "12345.5" as "12 345,5 %". */
static const char *printed(struct arena *arena, const char *value, const char *unit)
{
    static const char *const spaces[] = {" ", "\xc2\xa0", "\xe2\x80\xaf"};
    struct buf out = {.arena = arena};
    size_t whole = strcspn(value, ".");
    buf_add_char(&out, '"');
    for (size_t i = 0; i < whole; i++)
        buf_addf(&out, "%s%c", i && (whole - i) % 3 == 0 ? spaces[whole % 3] : "", value[i]);
    if (value[whole])
        buf_addf(&out, ",%s", value + whole + 1);
    buf_addf(&out, " %s\"", unit);
    return buf_str(&out).ptr;
}

static void add_plain(struct buf *out, const struct shape *shape, const char *id, const char *unit, const char *value,
                      uint64_t *random)
{
    bool text = shape->printed && unit && *value != '-' && *id != 'b' && *id != 'y';
    if (!below(random, 150))
        add_figure(out, shape, id, unit, "null", random);
    else if (text)
        add_figure(out, shape, id, NULL, printed(out->arena, value, unit), random);
    else
        add_figure(out, shape, id, unit, value, random);
    if (!below(random, 20))
        buf_addf(out, "%s\"note\"%s\"%s\"", shape->comma, shape->colon, below(random, 2) ? "hors bus" : "fin.");
    if (shape->pages)
        buf_addf(out, "%s\"page\"%s%u", shape->comma, shape->colon, below(random, 300));
    buf_add_char(out, '}');
}

static const char *whole(struct arena *arena, long n) { return str_format(arena, "%ld", n).ptr; }

/* n / 10^decimals */
static const char *decimal(struct arena *arena, long n, int decimals)
{
    long power = 1;
    for (int i = 0; i < decimals; i++)
        power *= 10;
    long size = n < 0 ? -n : n;
    return str_format(arena, "%s%ld.%0*ld", n < 0 ? "-" : "", size / power, decimals, size % power).ptr;
}

static long divide_rounded(long a, long b) { return (2 * a + b) / (2 * b); }

static void add_counts(struct buf *out, struct arena *arena, const struct shape *shape, uint64_t *random)
{
    long a = 1 + below(random, 1000), b = 1 + below(random, 700), total = a + b, old = 1 + below(random, 1500);
    long rise = divide_rounded(1000 * total, old) - 1000;
    const char *unit = shape->money ? "M€" : "communes";
    const char *value_a = shape->money ? decimal(arena, a, 1) : whole(arena, a);
    const char *value_b = shape->money ? decimal(arena, 10 * b, 2) : whole(arena, b);
    const char *value_total = shape->money ? decimal(arena, total, 1) : whole(arena, total);
    add_plain(out, shape, "a", unit, value_a, random);
    add_plain(out, shape, "b", unit, value_b, random);
    add_plain(out, shape, "total", unit, value_total, random);
    if (shape->kind & 1) {
        add_plain(out, shape, "quota", "%", decimal(arena, divide_rounded(1000 * a, total), 1), random);
        add_plain(out, shape, "old", unit, shape->money ? decimal(arena, old, 1) : whole(arena, old), random);
        add_plain(out, shape, "rise", "%", decimal(arena, rise, 1), random);
    }
    if (shape->kind & 2) {
        long price = 1 + below(random, 9000);
        add_plain(out, shape, "middle", unit, decimal(arena, 5 * total, shape->money ? 2 : 1), random);
        add_plain(out, shape, "price", "EUR", decimal(arena, price, 2), random);
        add_plain(out, shape, "revenue", shape->money ? "communes" : "EUR",
                  whole(arena, divide_rounded(price * a, 100)), random);
    }
    if (shape->kind & 4) {
        add_plain(out, shape, "months", "mois", "24", random);
        add_plain(out, shape, "years", "ans", below(random, 2) ? "2" : "2.0", random);
    }
    if (shape->strings)
        add_plain(out, shape, "text", NULL, below(random, 2) ? "\"près de 97 %\"" : "null", random);
}

static void add_votes(struct buf *out, struct arena *arena, const struct shape *shape, uint64_t *random)
{
    static const char *const lists[] = {"left", "right", "centre"};
    long cast = 0, period = 2010 + below(random, 4);
    for (size_t i = 0; i < 3; i++) {
        long votes = below(random, 500);
        cast += votes;
        add_figure(out, shape, "votes", "voix", whole(arena, votes), random);
        buf_addf(out, "%s\"dims\"%s{\"list\"%s\"%s%s\"}}", shape->comma, shape->colon, shape->colon, lists[i],
                 shape->kind & 1 ? whole(arena, below(random, 3)) : "");
    }
    add_plain(out, shape, "cast", "voix", whole(arena, cast), random);
    add_plain(out, shape, "born", "année", whole(arena, period - 40), random);
    add_plain(out, shape, "age", "ans", "40", random);
}

static struct str make_member(struct arena *arena, const struct shape *shape, uint64_t *random)
{
    static const char *const titles[] = {"Ambléon", "L'Abergement", "A\\tB", "", "Paris"};
    struct buf out = {.arena = arena};
    buf_addf(&out, "{\"dataset\"%s\"m%u\"%s\"lang\"%s\"fr\"%s\"title\"%s\"%s\"%s", shape->colon, below(random, 1000),
             shape->comma, shape->colon, shape->comma, shape->colon, titles[below(random, 5)], shape->comma);
    buf_addf(&out, "\"dims\"%s{\"period\"%s\"%u\"%s\"commune\"%s\"%05u\"}%s\"figures\"%s[", shape->colon, shape->colon,
             2010 + below(random, 4), shape->comma, shape->colon, below(random, 90000), shape->comma, shape->colon);
    add_counts(&out, arena, shape, random);
    if (shape->list_dims)
        add_votes(&out, arena, shape, random);
    buf_addf(&out, "]}%s", below(random, 9) ? "" : " \r\n");
    return buf_str(&out);
}

/* ---- Spoiling ---- */

static struct str replaced(struct arena *arena, struct str text, size_t from, size_t to, struct str by)
{
    struct buf out = {.arena = arena};
    buf_add(&out, str_part(text, 0, from));
    buf_add(&out, by);
    buf_add(&out, str_part(text, to, text.len));
    return buf_str(&out);
}

/* A place at or behind a random one where such a byte stands; the text's length when there is none. */
static size_t place_of(struct str text, const char *bytes, uint64_t *random)
{
    size_t at = below(random, (unsigned)text.len);
    while (at < text.len && !memchr(bytes, text.ptr[at], strlen(bytes)))
        at++;
    return at;
}

static struct str spoil_number(struct arena *arena, struct str text, uint64_t *random)
{
    static const char *const others[] = {"1e2",
                                         "12.50",
                                         "-0",
                                         "007",
                                         "123456789012345678901",
                                         "null",
                                         "\"43 M€\"",
                                         "\"près de 97 %\"",
                                         "1.2345678",
                                         "-5",
                                         "0",
                                         "0.0",
                                         "true",
                                         "99999999999999999",
                                         "[1]",
                                         "1.",
                                         "-",
                                         "946.0",
                                         "2.25",
                                         "\"n.d.\"",
                                         "1E+2",
                                         "0.05"};
    size_t from = place_of(text, "0123456789", random), to = from;
    while (to < text.len && memchr("0123456789.-", text.ptr[to], 12))
        to++;
    return replaced(arena, text, from, to, str_from(others[below(random, sizeof others / sizeof *others)]));
}

static struct str spoil(struct arena *arena, struct str text, uint64_t *random)
{
    static const char *const scraps[] = {
        "\"",    "\\", "\\u00e9", "\xff", "é", " ", ",", "{}", "\\ud800", "\"unit\": \"%\", ", "*", "\"note\": \"n\", ",
        "label", "id", "0",       "\xc3"};
    size_t at = below(random, (unsigned)text.len), other = below(random, (unsigned)text.len);
    size_t from = at < other ? at : other, to = at < other ? other : at;
    char byte = (char)next_random(random);
    switch (below(random, 8)) {
    case 0:
        return replaced(arena, text, at, at + 1, (struct str){&byte, 1});
    case 1: /* another digit */
        at = place_of(text, "0123456789", random);
        byte = (char)('0' + below(random, 10));
        return at < text.len ? replaced(arena, text, at, at + 1, (struct str){&byte, 1}) : text;
    case 2:
        return replaced(arena, text, from, to - from > 60 ? from + 60 : to, STR(""));
    case 3: /* a stretch twice */
        return replaced(arena, text, to, to, str_part(text, from, to));
    case 4:
        return replaced(arena, text, at, at, str_from(scraps[below(random, sizeof scraps / sizeof *scraps)]));
    case 5: { /* a text that stands elsewhere */
        size_t open = place_of(text, "\"", random), copy = place_of(text, "\"", random);
        size_t end = open + 1, stop = copy + 1;
        while (end < text.len && text.ptr[end] != '"')
            end++;
        while (stop < text.len && text.ptr[stop] != '"')
            stop++;
        return end < text.len && stop < text.len ? replaced(arena, text, open, end, str_part(text, copy, stop)) : text;
    }
    default:
        return spoil_number(arena, text, random);
    }
}

/* ---- Tests ---- */

static void beside_free(struct beside *beside)
{
    plans_free(beside->plans);
    patterns_free(&beside->patterns);
}

static struct shape random_shape(uint64_t *random)
{
    static const char *const commas[] = {", ", ",", " ,\n\t"}, *const colons[] = {": ", ":", " : "};
    unsigned taste = below(random, 3);
    return (struct shape){.comma = commas[taste],
                          .colon = colons[taste],
                          .labels = below(random, 2),
                          .sources = below(random, 2),
                          .money = !below(random, 3),
                          .list_dims = below(random, 2),
                          .strings = !below(random, 3),
                          .printed = !below(random, 3),
                          .pages = !below(random, 3),
                          .kind = below(random, 8)};
}

/* Members of a few kinds; one in three is spoilt, some of them more than once. */
static void judge_random(const char *pack, enum rounding rounding, unsigned rounds, double least_proven, uint64_t seed)
{
    struct arena arena = {0}, member_arena = {0};
    struct beside beside;
    struct shape shapes[3];
    uint64_t random = seed;
    beside_new(&beside, &arena, pack, rounding);
    assert_int_equal(beside.problems.count, 0);
    for (unsigned i = 0; i < rounds; i++) {
        if (i % 2000 == 0)
            for (size_t j = 0; j < 3; j++)
                shapes[j] = random_shape(&random);
        struct str member = make_member(&member_arena, &shapes[below(&random, 3)], &random);
        for (unsigned spoils = below(&random, 3) ? 0 : 1 + below(&random, 2); spoils && member.len; spoils--)
            member = spoil(&member_arena, member, &random);
        beside_judge(&beside, member);
        arena_reset(&member_arena);
    }
    print_message("# %zu members, %zu clean, %zu proven\n", beside.seen, beside.clean, beside.proven);
    assert_true((double)beside.proven >= least_proven * (double)beside.clean);
    beside_free(&beside);
    arena_free(&member_arena);
    arena_free(&arena);
}

static void machine_numbers(void **state)
{
    (void)state;
    judge_random(beside_packs[0], ROUNDING_NEAREST, 4000, 0.8, 1);
}

static void general_formulas(void **state)
{
    (void)state;
    judge_random(beside_packs[1], ROUNDING_NEAREST, 4000, 0.7, 2);
}

static void dims_and_texts(void **state)
{
    (void)state;
    judge_random(beside_packs[2], ROUNDING_NEAREST, 2000, 0, 3);
}

static void no_plan(void **state)
{
    (void)state;
    judge_random(beside_packs[3], ROUNDING_NEAREST, 500, 0, 4);
}

static void other_roundings(void **state)
{
    (void)state;
    for (enum rounding rounding = 0; rounding < ROUNDING_COUNT; rounding++)
        judge_random(beside_packs[0], rounding, 400, 0, 5 + rounding);
}

/* A member, another one, and whether a plan learnt from the first proves the second. The check is a + b = total where
 * none is given. */
struct pair {
    const char *first, *second;
    bool proven;
    const char *check;
};

#define MEMBER(head, a, b, total)                                                                                      \
    "{" head "'figures': [{'id': 'a', " a "}, {'id': 'b', " b "}, {'id': 'total', " total "}]}"
#define FIRST                                                                                                          \
    MEMBER("'dims': {'period': '2023'}, ", "'value': 2, 'label': 'x'", "'value': 3, 'unit': 'lits'", "'value': 5")

static const struct pair pairs[] = {
    {FIRST, FIRST, true, NULL},
    /* values */
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 20, 'label': 'x'", "'value': 3, 'unit': 'lits'", "'value': 23"),
     true, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 20, 'label': 'x'", "'value': 3, 'unit': 'lits'", "'value': 32"),
     false, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': null, 'label': 'x'", "'value': 3, 'unit': 'lits'", "'value': 5"),
     true, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 2e0, 'label': 'x'", "'value': 3, 'unit': 'lits'", "'value': 5"),
     true, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 02, 'label': 'x'", "'value': 3, 'unit': 'lits'", "'value': 5"),
     false, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 2.5, 'label': 'x'", "'value': 2.5, 'unit': 'lits'", "'value': 5"),
     true, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 2, 'label': 'x'", "'value': 9223372036854775807, 'unit': 'lits'",
            "'value': 9223372036854775809"),
     true, NULL},
    /* texts that decide nothing, and others */
    {FIRST,
     MEMBER("'dims': {'period': '2024'}, ", "'value': 2, 'label': 'long\\u00e9'", "'value': 3, 'unit': 'lits'",
            "'value': 5"),
     true, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 2, 'label': 'x\\q'", "'value': 3, 'unit': 'lits'", "'value': 5"),
     false, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 2, 'label': 5", "'value': 3, 'unit': 'lits'", "'value': 5"),
     false, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 2, 'label': 'x'", "'value': 3, 'unit': 'jours'", "'value': 5"),
     false, NULL},
    {FIRST, MEMBER("'dims': {'period': '*'}, ", "'value': 2, 'label': 'x'", "'value': 3, 'unit': 'lits'", "'value': 5"),
     false, NULL},
    /* members that may stand or not */
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, 'title': 't', ", "'value': 2",
            "'value': 3, 'unit': 'lits', 'note': 'n', 'meta': [{}]", "'value': 5, 'source': {'name': 'n'}"),
     true, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 2, 'label': 'x', 'label': 'x'", "'value': 3, 'unit': 'lits'",
            "'value': 5"),
     false, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 2, 'lable': 'x'", "'value': 3, 'unit': 'lits'", "'value': 5"),
     false, NULL},
    {FIRST,
     MEMBER("'dims': {'period': '2023'}, ", "'value': 2, 'meta': {'a': 1, 'a': 2}", "'value': 3, 'unit': 'lits'",
            "'value': 5"),
     false, NULL},
    /* dims that were equal are still, dims that differed do */
    {MEMBER("", "'value': 2", "'value': 3", "'value': 5, 'dims': {'list': 'p'}}, {'id': 'total', 'value': 5"),
     MEMBER("", "'value': 2", "'value': 3", "'value': 6, 'dims': {'list': 'q'}}, {'id': 'total', 'value': 5"), true,
     NULL},
    {MEMBER("'dims': {'list': 'q'}, ", "'value': 2", "'value': 3",
            "'value': 5, 'dims': {'list': 'p'}}, {'id': 'total', 'value': 5"),
     MEMBER("'dims': {'list': 'q'}, ", "'value': 2", "'value': 3",
            "'value': 6, 'dims': {'list': 'q'}}, {'id': 'total', 'value': 5"),
     false, NULL},
    {MEMBER("", "'value': 2, 'dims': {'list': 'p'}", "'value': 3, 'dims': {'list': 'p'}",
            "'value': 5, 'dims': {'list': 'p'}"),
     MEMBER("", "'value': 2, 'dims': {'list': 'q'}", "'value': 3, 'dims': {'list': 'q'}",
            "'value': 5, 'dims': {'list': 'r'}"),
     false, NULL},
    {MEMBER("", "'value': 2, 'dims': {'list': '1'}", "'value': 3, 'dims': {'list': 1}",
            "'value': 5, 'dims': {'list': '1'}"),
     MEMBER("", "'value': 2, 'dims': {'list': '2'}", "'value': 3, 'dims': {'list': 1}",
            "'value': 5, 'dims': {'list': '2'}"),
     false, NULL},
    /* a figure twice */
    {MEMBER("", "'value': 2}, {'id': 'a', 'value': 2", "'value': 3", "'value': 5"),
     MEMBER("", "'value': 2}, {'id': 'a', 'value': 7", "'value': 3", "'value': 5"), false, NULL},
    /* durations are never below 0; a divisor that may be 0, or is below it; an absolute value */
    {MEMBER("", "'value': '2 jours'", "'value': '3 jours'", "'value': 5, 'unit': 'jours'"),
     MEMBER("", "'value': '0 jours'", "'value': '0 jours'", "'value': -1, 'unit': 'jours'"), false, NULL},
    {MEMBER("", "'value': 2, 'decimals': 0", "'value': 3", "'value': 6"),
     MEMBER("", "'value': 0.4, 'decimals': 0", "'value': 2", "'value': 0.8"), false, "total / a = b"},
    {MEMBER("", "'value': 2", "'value': 3", "'value': 6"), MEMBER("", "'value': -2", "'value': -3", "'value': 6"), true,
     "total / a = b"},
    {MEMBER("", "'value': 2", "'value': 3", "'value': 6"), MEMBER("", "'value': -2", "'value': -3", "'value': 4"),
     false, "total / a <= b"},
    {MEMBER("", "'value': 2", "'value': 3", "'value': 6"), MEMBER("", "'value': 2", "'value': 30", "'value': 6"), false,
     "abs(a - b) <= total"},
    /* printed numbers */
    {MEMBER("", "'value': '2 M€'", "'value': '3 M€'", "'value': '5 M€'"),
     MEMBER("", "'value': '1 002,4 M€'", "'value': '30 M€'", "'value': '1 032 M€'"), true, NULL},
    {MEMBER("", "'value': '2 M€'", "'value': '3 M€'", "'value': '5 M€'"),
     MEMBER("", "'value': '1 002,4 M€'", "'value': '30 M€'", "'value': '1 042 M€'"), false, NULL},
    {MEMBER("", "'value': '2 M€'", "'value': '3 M€'", "'value': '5 M€'"),
     MEMBER("", "'value': '2 M€ 1'", "'value': '3 M€'", "'value': '5 M€'"), false, NULL},
    {MEMBER("", "'value': 'près de 20'", "'value': 3", "'value': 22"),
     MEMBER("", "'value': 'près de 30'", "'value': 3", "'value': 32"), true, NULL},
};

static void pairs_of_members(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct arena arena = {0};
        struct beside beside;
        const char *check = pairs[i].check ? pairs[i].check : "a + b = total";
        struct str pack = str_format(&arena, "{'pack': 'one', 'rules': [{'id': 'check', 'check': '%s'}]}", check);
        beside_new(&beside, &arena, pack.ptr, ROUNDING_NEAREST);
        beside_judge(&beside, beside_quoted(&arena, pairs[i].first));
        struct str second = beside_quoted(&arena, pairs[i].second);
        beside_judge(&beside, second);
        if (beside.proven != pairs[i].proven)
            fail_msg("%s: %.*s", beside.proven ? "proven" : "not proven", STR_ARG(second));
        beside_free(&beside);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_of_members), cmocka_unit_test(machine_numbers), cmocka_unit_test(general_formulas),
        cmocka_unit_test(dims_and_texts),   cmocka_unit_test(no_plan),         cmocka_unit_test(other_roundings),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
