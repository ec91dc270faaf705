#include "number/unit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { UNIT_KINDS = UNIT_MEASURE + 1 };

static const struct number one = {.mantissa = 1}, hundredth = {.mantissa = 1, .exponent = -2};

/* The algebra of kinds: a row is the left side, a column the right one, in the order of enum unit_kind. */

/* <  the left side's unit        t  points
 * >  the right side's unit       d  a duration in years
 * .  the kinds clash             n  a count
 * Where both sides have base units, these must be the same as well. */
typedef char kind_table[UNIT_KINDS][UNIT_KINDS + 1];

/* clang-format off */
static const kind_table sums = {
    /*                 nzlp%toydmx */
    [UNIT_COUNT]    = "<<<<..>>>..",
    [UNIT_ZERO]     = "><>>>>>>>>>",
    [UNIT_LITERAL]  = "><<>..>>>..",
    [UNIT_PURE]     = "><<<><>>>..",
    [UNIT_RATIO]    = ".<.<<<.....",
    [UNIT_POINTS]   = ".<.>><.....",
    [UNIT_ORDINAL]  = "<<<<..<>>..",
    [UNIT_YEAR]     = "<<<<..<.<..",
    [UNIT_DURATION] = "<<<<..<><..",
    [UNIT_MONEY]    = ".<.......<.",
    [UNIT_MEASURE]  = ".<........<",
};

static const kind_table differences = {
    /*                 nzlp%toydmx */
    [UNIT_COUNT]    = "<<<<..>d>..",
    [UNIT_ZERO]     = "><>>>>>.>>>",
    [UNIT_LITERAL]  = "><<>..>d>..",
    [UNIT_PURE]     = "><<<t<>d>..",
    [UNIT_RATIO]    = ".<.tt<.....",
    [UNIT_POINTS]   = ".<.<<<.....",
    [UNIT_ORDINAL]  = "<<<<..n.>..",
    [UNIT_YEAR]     = "<<<<..<d<..",
    [UNIT_DURATION] = "<<<<..<.<..",
    [UNIT_MONEY]    = ".<.......<.",
    [UNIT_MEASURE]  = ".<........<",
};

static const kind_table comparisons = {
    /*                 nzlp%toydmx */
    [UNIT_COUNT]    = "<<<<..>>>..",
    [UNIT_ZERO]     = "><>>>>>>>>>",
    [UNIT_LITERAL]  = "><<>..>>>..",
    [UNIT_PURE]     = "><<<>>>>>..",
    [UNIT_RATIO]    = ".<.<<<.....",
    [UNIT_POINTS]   = ".<.<><.....",
    [UNIT_ORDINAL]  = "<<<<..<.>..",
    [UNIT_YEAR]     = "<<<<...<...",
    [UNIT_DURATION] = "<<<<..<.<..",
    [UNIT_MONEY]    = ".<.......<.",
    [UNIT_MEASURE]  = ".<........<",
};

/* Of products and quotients: < and > as above, p a pure number, * what the base units make. */
static const kind_table products = {
    /*                 nzlp%toydmx */
    [UNIT_COUNT]    = "<<<<<<<<>>>",
    [UNIT_ZERO]     = "><>>>>>>>>>",
    [UNIT_LITERAL]  = "><<>>>>>>>>",
    [UNIT_PURE]     = "><<<<<>>>>>",
    [UNIT_RATIO]    = "><<><>>>>>>",
    [UNIT_POINTS]   = "><<><<>>>>>",
    [UNIT_ORDINAL]  = "><<<<<<<>>>",
    [UNIT_YEAR]     = "><<<<<><>>>",
    [UNIT_DURATION] = "<<<<<<<<***",
    [UNIT_MONEY]    = "<<<<<<<<***",
    [UNIT_MEASURE]  = "<<<<<<<<***",
};

static const kind_table quotients = {
    /*                 nzlp%toydmx */
    [UNIT_COUNT]    = "p<<<<<pp***",
    [UNIT_ZERO]     = "<<<<<<<<<<<",
    [UNIT_LITERAL]  = "p<<ppppp***",
    [UNIT_PURE]     = "<<<<<<<<***",
    [UNIT_RATIO]    = "<<<<pp<<***",
    [UNIT_POINTS]   = "<<<<pp<<***",
    [UNIT_ORDINAL]  = "p<<<<<pp***",
    [UNIT_YEAR]     = "p<<<<<pp***",
    [UNIT_DURATION] = "<<<<<<<<***",
    [UNIT_MONEY]    = "<<<<<<<<***",
    [UNIT_MEASURE]  = "<<<<<<<<***",
};
/* clang-format on */

/* What there is. */

static struct unit plain(enum unit_kind kind) { return (struct unit){.kind = kind, .factor = one}; }

struct unit unit_count(void) { return plain(UNIT_COUNT); }
struct unit unit_zero(void) { return plain(UNIT_ZERO); }
struct unit unit_literal(void) { return plain(UNIT_LITERAL); }
struct unit unit_pure(void) { return plain(UNIT_PURE); }
struct unit unit_ordinal(void) { return plain(UNIT_ORDINAL); }
struct unit unit_year(void) { return plain(UNIT_YEAR); }
struct unit unit_ratio(void) { return plain(UNIT_RATIO); }

struct unit unit_percent(void) { return (struct unit){.kind = UNIT_RATIO, .factor = hundredth, .symbol = STR("%")}; }

struct unit unit_points(void)
{
    return (struct unit){.kind = UNIT_POINTS, .factor = hundredth, .symbol = STR("points")};
}

struct unit unit_of_base(enum unit_kind kind, struct str base, int8_t power, struct number factor, struct str symbol)
{
    struct unit unit = {.kind = kind, .factor = factor, .base_count = 1, .symbol = symbol};
    unit.bases[0] = (struct unit_base){.power = power, .kind = kind};
    base = str_part(base, 0, sizeof unit.bases[0].name);
    memcpy(unit.bases[0].name, base.ptr, base.len);
    return unit;
}

static struct unit duration_in_years(void) { return unit_of_base(UNIT_DURATION, STR("year"), 1, one, STR("")); }

/* Sums and comparisons. */

/* The factor of the unit that the symbol names. */
static struct number named_factor(struct unit unit) { return number_sign(unit.named) ? unit.named : unit.factor; }

static struct unit as_named(const struct unit *unit)
{
    struct unit named = *unit;
    named.factor = named_factor(named);
    return named;
}

static bool same_bases(const struct unit *a, const struct unit *b)
{
    if (a->base_count != b->base_count)
        return false;
    for (size_t i = 0; i < a->base_count; i++)
        if (memcmp(a->bases[i].name, b->bases[i].name, sizeof a->bases[i].name) ||
            a->bases[i].power != b->bases[i].power)
            return false;
    return true;
}

/* A year counts years, whatever else it is. */
static bool bases_meet(const struct unit *a, const struct unit *b)
{
    struct unit years;
    if (a->kind == UNIT_YEAR || b->kind == UNIT_YEAR)
        years = duration_in_years();
    a = a->kind == UNIT_YEAR ? &years : a;
    b = b->kind == UNIT_YEAR ? &years : b;
    return !a->base_count || !b->base_count || same_bases(a, b);
}

bool unit_join(struct unit a, char op, struct unit b, struct unit *out)
{
    const kind_table *table = op == '+' ? &sums : op == '-' ? &differences : &comparisons;
    if (!bases_meet(&a, &b))
        return false;
    switch ((*table)[a.kind][b.kind]) {
    case '<':
        *out = as_named(&a);
        return true;
    case '>':
        *out = as_named(&b);
        return true;
    case 't':
        *out = unit_points();
        return true;
    case 'd':
        *out = duration_in_years();
        return true;
    case 'n':
        *out = unit_count();
        return true;
    }
    return false;
}

/* 18 is as good as 18 months: where only one side has a base unit, both are taken by their names. A year is the one
 * number without a base unit for which months are parts of it. */
static bool meet_by_name(struct unit a, struct unit b)
{
    return !a.base_count != !b.base_count && a.kind != UNIT_YEAR && b.kind != UNIT_YEAR;
}

static struct number scale(struct arena *arena, struct unit unit, bool by_name)
{
    return by_name ? number_div(arena, unit.factor, named_factor(unit)) : unit.factor;
}

struct number unit_conversion(struct arena *arena, struct unit from, struct unit to)
{
    bool by_name = meet_by_name(from, to);
    return number_div(arena, scale(arena, from, by_name), scale(arena, to, by_name));
}

/* Products and quotients. */

/* The bases of a * b^power, and the kind that they make. */
static bool multiply_bases(struct unit a, struct unit b, int power, struct unit *out)
{
    size_t i = 0, j = 0;
    *out = (struct unit){.kind = UNIT_MEASURE};
    while (i < a.base_count || j < b.base_count) {
        int order = i == a.base_count   ? 1
                    : j == b.base_count ? -1
                                        : memcmp(a.bases[i].name, b.bases[j].name, sizeof a.bases[i].name);
        struct unit_base base = order <= 0 ? a.bases[i] : b.bases[j];
        int sum = (order <= 0 ? a.bases[i++].power : 0) + (order >= 0 ? power * b.bases[j++].power : 0);
        if (!sum)
            continue;
        if (out->base_count == UNIT_MAX_BASES || abs(sum) > INT8_MAX)
            return false;
        base.power = (int8_t)sum;
        out->bases[out->base_count++] = base;
    }
    if (!out->base_count)
        out->kind = UNIT_PURE;
    else if (out->base_count == 1 && out->bases[0].power == 1)
        out->kind = out->bases[0].kind;
    return true;
}

static void add_base(struct buf *out, struct unit_base base)
{
    buf_addf(out, "%.*s", (int)sizeof base.name, base.name);
    if (abs(base.power) > 1)
        buf_addf(out, "%d", abs(base.power));
}

/* "EUR/m2", "1/day": in base units. */
static struct str write_bases(struct arena *arena, struct unit unit)
{
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < unit.base_count; i++)
        if (unit.bases[i].power > 0) {
            buf_add(&out, out.len ? STR("·") : STR(""));
            add_base(&out, unit.bases[i]);
        }
    if (unit.base_count && !out.len)
        buf_add_char(&out, '1');
    for (size_t i = 0; i < unit.base_count; i++)
        if (unit.bases[i].power < 0) {
            buf_add_char(&out, '/');
            add_base(&out, unit.bases[i]);
        }
    return buf_str(&out);
}

static struct number multiply(struct arena *arena, struct number a, struct number b, int power)
{
    return power > 0 ? number_mul(arena, a, b) : number_div(arena, a, b);
}

/* A quotient of two simple units is named after them (km/h), every other one after its base units (m2, EUR). */
static bool multiply_units(struct arena *arena, struct unit a, struct unit b, int power, struct unit *out)
{
    if (!multiply_bases(a, b, power, out))
        return false;
    if (a.base_count == 1 && b.base_count == 1 && out->base_count == 2 && a.symbol.len && b.symbol.len) {
        out->symbol = str_format(arena, "%.*s%s%.*s", STR_ARG(a.symbol), power > 0 ? "·" : "/", STR_ARG(b.symbol));
        out->named = multiply(arena, named_factor(a), named_factor(b), power);
    } else {
        out->symbol = write_bases(arena, *out);
        out->named = one;
    }
    return true;
}

bool unit_times(struct arena *arena, struct unit a, struct unit b, int power, struct unit *out)
{
    struct unit result;
    switch ((power > 0 ? products : quotients)[a.kind][b.kind]) {
    case '<':
        result = a;
        result.named = named_factor(a);
        break;
    case '>':
        result = b;
        result.named = named_factor(b);
        break;
    case 'p':
        result = unit_pure();
        result.named = one;
        break;
    default:
        if (!multiply_units(arena, a, b, power, &result))
            return false;
        break;
    }
    result.factor = multiply(arena, a.factor, b.factor, power);
    *out = result;
    return true;
}

/* Words. */

static const struct {
    struct str name, article;
} words[UNIT_KINDS] = {
    [UNIT_COUNT] = {STR_INIT("count"), STR_INIT("a count")},
    [UNIT_ZERO] = {STR_INIT("number"), STR_INIT("a bare number")},
    [UNIT_LITERAL] = {STR_INIT("number"), STR_INIT("a bare number")},
    [UNIT_PURE] = {STR_INIT("number"), STR_INIT("a number")},
    [UNIT_RATIO] = {STR_INIT("ratio"), STR_INIT("a ratio")},
    [UNIT_POINTS] = {STR_INIT("points"), STR_INIT("points")},
    [UNIT_ORDINAL] = {STR_INIT("ordinal"), STR_INIT("an ordinal")},
    [UNIT_YEAR] = {STR_INIT("year"), STR_INIT("a year")},
    [UNIT_DURATION] = {STR_INIT("duration"), STR_INIT("a duration")},
    [UNIT_MONEY] = {STR_INIT("money"), STR_INIT("an amount of money")},
    [UNIT_MEASURE] = {STR_INIT("measure"), STR_INIT("a measure")},
};

struct str unit_kind_name(enum unit_kind kind) { return words[kind].name; }

struct str unit_write(struct arena *arena, struct unit unit)
{
    if (unit.symbol.len)
        return unit.symbol;
    return unit.base_count ? write_bases(arena, unit) : words[unit.kind].article;
}
