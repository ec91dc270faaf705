/* crossfoot/same-figure: one id and equal dims, one value. */
#include "check/checking.h"

/* A comparison of two figures, as a formula: so that it is judged and shown as any other. */
static void make_formula(struct arena *arena, const struct figure *a, const struct figure *b, struct formula *out)
{
    static const struct expr equality = {.op = EXPR_EQ};
    const struct figure *figures[] = {a, b};
    const struct number one = number_int(1);
    /* 18 is as good as 18 months */
    const struct unit to = b->notation.unit.kind == UNIT_DURATION ? b->notation.unit : a->notation.unit;
    size_t *sides = ARENA_ARRAY(arena, size_t, 2);
    sides[1] = 1;
    *out = (struct formula){.nodes = ARENA_ARRAY(arena, struct formula_node, 4),
                            .count = 4,
                            .root = 3,
                            .operands = ARENA_ARRAY(arena, struct operand, 2),
                            .operand_count = 2};
    for (size_t i = 0; i < 2; i++) {
        struct unit unit = figures[i]->notation.unit;
        struct number factor = number_mul(arena, unit_conversion(arena, unit, to), to.factor);
        out->operands[i] = (struct operand){.figure = figures[i],
                                            .name = figures[i]->id,
                                            .factor = factor,
                                            .value = number_mul(arena, figures[i]->notation.value, factor),
                                            .interval = interval_scale(arena, figures[i]->interval, factor)};
        out->nodes[i] = (struct formula_node){.op = FORMULA_OPERAND, .operand = i, .unit = unit, .scale = one};
    }
    out->nodes[2] = (struct formula_node){.op = FORMULA_SUB, .args = sides, .arg_count = 2, .scale = one};
    out->nodes[3] = (struct formula_node){.op = FORMULA_COMPARE,
                                          .expr = &equality,
                                          .args = sides,
                                          .arg_count = 2,
                                          .unit = figures[0]->notation.unit,
                                          .scale = one,
                                          .tests = {{TEST_ZERO, 2}},
                                          .test_count = 1};
}

static int infinite_ends(struct interval a) { return a.low.infinite + a.high.infinite; }

static struct interval in_base_units(struct arena *arena, const struct figure *figure)
{
    return interval_scale(arena, figure->interval, figure->notation.unit.factor);
}

/* Is a's interval the narrower one? Of equally narrow ones the lower is taken, so that it does not matter which is
 * listed first. */
static bool is_narrower(struct arena *arena, struct interval a, struct interval b)
{
    int ends = infinite_ends(a) - infinite_ends(b), width = 0;
    if (!ends && !infinite_ends(a))
        width = number_compare(number_sub(arena, a.high.at, a.low.at), number_sub(arena, b.high.at, b.low.at));
    if (ends || width)
        return ends < 0 || width < 0;
    bool inside = interval_inside(a, b), around = interval_inside(b, a);
    if (inside || around)
        return !around;
    return b.low.infinite || (!a.low.infinite && number_compare(a.low.at, b.low.at) < 0);
}

static bool holds_everywhere(const struct dim *dim) { return !dim->total && str_equal(dim->value, STR("*")); }

static struct dims concrete_dims(struct arena *arena, struct dims dims)
{
    struct dim *kept = ARENA_ARRAY(arena, struct dim, dims.count);
    size_t count = 0;
    for (size_t i = 0; i < dims.count; i++)
        if (!holds_everywhere(&dims.items[i]))
            kept[count++] = dims.items[i];
    return (struct dims){kept, count};
}

/* Do two printings of one figure agree? If not, a finding says so and neither is used. */
static bool agree(struct checking *c, struct figure *a, struct figure *b)
{
    struct formula formula;
    struct judgement judgement;
    struct unit unit;
    bool comparable = unit_join(a->notation.unit, '=', b->notation.unit, &unit);
    make_formula(c->scratch, a, b, &formula);
    judge(c->scratch, &formula, &judgement);
    if (comparable && judgement.verdict != VERDICT_INCONSISTENT)
        return true;
    struct dims context =
        dims_merge(c->scratch, concrete_dims(c->scratch, a->dims), concrete_dims(c->scratch, b->dims));
    struct finding finding = check_finding(c, STR("crossfoot/same-figure"), KIND_RESTATE, SEVERITY_ERROR, context);
    judge_explain(c->scratch, &formula, &judgement);
    judgement.over_all = TRUTH_FALSE;
    judgement.verdict = VERDICT_INCONSISTENT;
    describe_judgement(&c->locator, c->scratch, &formula, &judgement, &finding);
    finding.compared &= comparable;
    if (comparable)
        repair_propose(c, &formula, &judgement);
    check_add(c, NULL, &finding);
    a->disputed = b->disputed = true;
    return false;
}

/* Does a stop before b does? */
static bool stops_before(struct interval a, struct interval b)
{
    struct interval up_to_a = {interval_all().low, a.high}, up_to_b = {interval_all().low, b.high};
    return !interval_inside(up_to_b, up_to_a);
}

/* Printings of one figure. */
struct printings {
    struct figure **place; /* of the first in its concept, where in the end that one stands which is used for all */
    struct figure **items; /* those that have a value */
    size_t count, room;
};

/* The narrowest stands for all of them. Each other one must agree with it; when all do, the two that are farthest apart
 * must as well: then there is a value that all of them allow. */
static void settle(struct checking *c, const struct printings *printings)
{
    if (!printings->count)
        return;
    struct figure *lowest = printings->items[0], *highest = lowest;
    size_t narrowest = 0;
    for (size_t i = 1; i < printings->count; i++) {
        struct figure *other = printings->items[i];
        struct interval a = in_base_units(c->scratch, other), low = in_base_units(c->scratch, lowest);
        struct interval high = in_base_units(c->scratch, highest);
        if (is_narrower(c->scratch, a, in_base_units(c->scratch, printings->items[narrowest])))
            narrowest = i;
        if (stops_before(a, low))
            lowest = other;
        if (stops_before(interval_neg(c->scratch, a), interval_neg(c->scratch, high)))
            highest = other;
    }
    struct figure *stands = printings->items[narrowest];
    bool agreed = true;
    for (size_t i = 0; i < printings->count; i++)
        if (i != narrowest)
            agreed &= i < narrowest ? agree(c, printings->items[i], stands) : agree(c, stands, printings->items[i]);
    if (agreed && lowest != highest)
        stands->disputed = !agree(c, lowest, highest);
    *printings->place = stands;
}

/* Makes the printings of one figure one. */
static void merge_equal_dims(struct checking *c, struct concept *concept)
{
    struct arena *arena = c->per_rule;
    struct map places = {.arena = arena}, repeated = {.arena = arena};
    struct {
        struct printings **items;
        size_t count, room;
    } order = {0};
    size_t count = 0;
    for (size_t i = 0; i < concept->count; i++) {
        struct figure *figure = concept->items[i];
        struct str key = dims_key(arena, figure->dims);
        struct figure **place = map_get(&places, key);
        if (!place) {
            concept->items[count] = figure;
            *map_put(&places, key) = &concept->items[count++];
            continue;
        }
        struct printings **printings = (struct printings **)map_put(&repeated, key);
        if (!*printings) {
            *printings = *LIST_ADD(arena, &order) = ARENA_NEW(arena, struct printings);
            (*printings)->place = place;
            if (!(*place)->missing)
                *LIST_ADD(arena, *printings) = *place;
        }
        if (!figure->missing)
            *LIST_ADD(arena, *printings) = figure;
    }
    concept->count = count;
    for (size_t i = 0; i < order.count; i++) {
        settle(c, order.items[i]);
        arena_reset(c->scratch);
    }
}

/* The figures of a concept for which the same dims are "*". */
struct everywhere {
    struct str *names;
    size_t name_count;
    struct figure **items;
    size_t count, room;
};

struct everywhere_list {
    struct everywhere *items;
    size_t count, room;
};

static bool has_name(const struct everywhere *everywhere, struct str name)
{
    for (size_t i = 0; i < everywhere->name_count; i++)
        if (str_equal(everywhere->names[i], name))
            return true;
    return false;
}

/* Those that are "*" for the same dims as the figure. */
static struct everywhere *everywhere_of(struct arena *arena, struct everywhere_list *lists, const struct figure *figure)
{
    struct str *names = ARENA_ARRAY(arena, struct str, figure->dims.count);
    struct everywhere wanted = {.names = names};
    for (size_t i = 0; i < figure->dims.count; i++)
        if (holds_everywhere(&figure->dims.items[i]))
            names[wanted.name_count++] = figure->dims.items[i].name;
    for (size_t i = 0; i < lists->count; i++) {
        bool same = lists->items[i].name_count == wanted.name_count;
        for (size_t j = 0; same && j < wanted.name_count; j++)
            same = has_name(&lists->items[i], names[j]);
        if (same)
            return &lists->items[i];
    }
    struct everywhere *list = LIST_ADD(arena, lists);
    *list = wanted;
    return list;
}

/* The key of a figure's dims but for those that hold everywhere for it or for the other. */
static struct str common_key(struct arena *arena, const struct figure *figure, const struct everywhere *a,
                             const struct everywhere *b)
{
    struct dim *kept = ARENA_ARRAY(arena, struct dim, figure->dims.count);
    struct dims dims = {.items = kept};
    for (size_t i = 0; i < figure->dims.count; i++)
        if (!has_name(a, figure->dims.items[i].name) && !has_name(b, figure->dims.items[i].name))
            kept[dims.count++] = figure->dims.items[i];
    return dims_key(arena, dims);
}

/* Holds each figure of one list against those of the other that it meets. */
static void compare_everywhere(struct checking *c, const struct everywhere *a, const struct everywhere *b)
{
    struct map met = {.arena = c->scratch};
    for (size_t i = 0; i < a->count; i++) {
        struct printings **same = (struct printings **)map_put(&met, common_key(c->scratch, a->items[i], a, b));
        if (!*same)
            *same = ARENA_NEW(c->scratch, struct printings);
        *LIST_ADD(c->scratch, *same) = a->items[i];
    }
    for (size_t i = 0; i < b->count; i++) {
        const struct printings *same = map_get(&met, common_key(c->scratch, b->items[i], a, b));
        for (size_t j = 0; same && j < same->count; j++)
            agree(c, same->items[j], b->items[i]);
    }
    arena_reset(c->scratch);
}

/* A figure that holds everywhere is the same figure as each one it meets. */
static void check_everywhere(struct checking *c, struct concept *concept)
{
    struct everywhere_list lists = {0};
    for (size_t i = 0; i < concept->count; i++)
        if (!concept->items[i]->missing) {
            struct everywhere *list = everywhere_of(c->per_rule, &lists, concept->items[i]);
            *LIST_ADD(c->per_rule, list) = concept->items[i];
        }
    for (size_t i = 0; i < lists.count; i++)
        for (size_t j = 0; j < i; j++)
            compare_everywhere(c, &lists.items[i], &lists.items[j]);
}

void check_same_figures(struct checking *c, struct concept *concept)
{
    bool everywhere = false;
    if (concept->count < 2)
        return;
    merge_equal_dims(c, concept);
    for (size_t i = 0; i < concept->count; i++)
        for (size_t j = 0; j < concept->items[i]->dims.count; j++)
            everywhere |= holds_everywhere(&concept->items[i]->dims.items[j]);
    if (everywhere)
        check_everywhere(c, concept);
    arena_reset(c->scratch);
    arena_reset(c->per_rule);
}
