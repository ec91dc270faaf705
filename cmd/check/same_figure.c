/* crossfoot/same-figure: one id and equal dims, one value. */
#include "check/checking.h"

/* A comparison of two figures, as a formula: so that it is judged and shown as any other. */
static void make_formula(struct arena *arena, const struct figure *a, const struct figure *b, struct formula *out)
{
    static const struct expr equality = {.op = EXPR_EQ};
    const struct figure *figures[] = {a, b};
    const struct number one = number_int(1);
    size_t *sides = ARENA_ARRAY(arena, size_t, 2);
    sides[1] = 1;
    *out = (struct formula){.nodes = ARENA_ARRAY(arena, struct formula_node, 4),
                            .count = 4,
                            .root = 3,
                            .operands = ARENA_ARRAY(arena, struct operand, 2),
                            .operand_count = 2};
    for (size_t i = 0; i < 2; i++) {
        struct unit unit = figures[i]->notation.unit;
        out->operands[i] = (struct operand){.figure = figures[i],
                                            .name = figures[i]->id,
                                            .value = number_mul(arena, figures[i]->notation.value, unit.factor),
                                            .interval = interval_scale(arena, figures[i]->interval, unit.factor)};
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

/* Is a's interval the narrower one? An infinite end is wider than any. */
static bool is_narrower(struct arena *arena, struct interval a, struct interval b)
{
    bool a_endless = a.low.infinite || a.high.infinite, b_endless = b.low.infinite || b.high.infinite;
    if (a_endless || b_endless)
        return !a_endless || interval_inside(a, b);
    return number_compare(number_sub(arena, a.high.at, a.low.at), number_sub(arena, b.high.at, b.low.at)) < 0;
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
    struct finding finding = check_finding(c, STR("crossfoot/same-figure"), KIND_RESTATE, SEVERITY_ERROR, a->dims);
    judge_explain(c->scratch, &formula, &judgement);
    judgement.over_all = TRUTH_FALSE;
    judgement.verdict = VERDICT_INCONSISTENT;
    describe_judgement(&c->locator, c->scratch, &formula, &judgement, &finding);
    finding.compared &= comparable;
    check_add(c, NULL, &finding);
    a->disputed = b->disputed = true;
    return false;
}

/* Of two printings of one figure, that which stands for both: a value before none, then the narrower one. */
static struct figure *merge(struct checking *c, struct figure *kept, struct figure *other)
{
    if (other->missing)
        return kept;
    if (kept->missing)
        return other;
    bool agreed = agree(c, kept, other);
    struct interval a = interval_scale(c->scratch, kept->interval, kept->notation.unit.factor);
    struct interval b = interval_scale(c->scratch, other->interval, other->notation.unit.factor);
    return agreed && is_narrower(c->scratch, b, a) ? other : kept;
}

static bool holds_everywhere(const struct figure *figure)
{
    for (size_t i = 0; i < figure->dims.count; i++)
        if (str_equal(figure->dims.items[i].value, STR("*")))
            return true;
    return false;
}

/* Are the dims equal, "*" being equal to all? */
static bool dims_meet(struct dims a, struct dims b)
{
    for (size_t i = 0; i < a.count; i++) {
        const struct dim *dim = &a.items[i], *other = dims_find(b, dim->name);
        if (dim->total || str_equal(dim->value, STR("*")))
            continue;
        if (!other || other->total || (!str_equal(other->value, STR("*")) && !str_equal(other->value, dim->value)))
            return false;
    }
    return true;
}

/* A figure that holds everywhere is the same figure as each one it meets. They are few: each is held against all. */
static void check_everywhere(struct checking *c, struct concept *concept)
{
    for (size_t i = 0; i < concept->count; i++) {
        struct figure *figure = concept->items[i];
        for (size_t j = 0; holds_everywhere(figure) && j < concept->count; j++) {
            struct figure *other = concept->items[j];
            bool once = j < i || !holds_everywhere(other);
            if (i != j && once && !figure->missing && !other->missing && dims_meet(figure->dims, other->dims) &&
                dims_meet(other->dims, figure->dims))
                agree(c, figure, other);
        }
    }
}

void check_same_figures(struct checking *c, struct concept *concept)
{
    if (concept->count < 2)
        return;
    /* From the key of the dims to the place in the list, plus one. */
    struct map places = {.arena = c->per_rule};
    size_t count = 0;
    bool everywhere = false;
    for (size_t i = 0; i < concept->count; i++) {
        struct figure *figure = concept->items[i];
        void **place = map_put(&places, dims_key(c->per_rule, figure->dims));
        everywhere |= holds_everywhere(figure);
        if (*place) {
            struct figure **kept = *place;
            *kept = merge(c, *kept, figure);
            arena_reset(c->scratch);
        } else {
            concept->items[count] = figure;
            *place = &concept->items[count++];
        }
    }
    concept->count = count;
    if (everywhere)
        check_everywhere(c, concept);
    arena_reset(c->scratch);
    arena_reset(c->per_rule);
}
