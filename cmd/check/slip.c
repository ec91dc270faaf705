#include "check/slip.h"

#include <stdlib.h>

#include "figure/dataset.h"

/* Gaps are alike up to ALIKE times as large, or as small. A digit more makes what roundings allow ten times as wide at
 * most, which is less than WIDER. */
enum { ALIKE = 3, WIDER = 40, MOST_OPERANDS = 48, MILLION = 1000000, TELLING = MILLION / 20 };

/* The formula that was judged, and the same with a comparison that asks whether both sides agree. */
struct search {
    struct arena *arena, *scratch; /* scratch is emptied after each question */
    const struct formula *formula;
    struct formula holds, closes;
    enum rounding rounding;
    size_t tried;       /* operands */
    struct number gap;  /* as printed */
    struct number near; /* how far apart both sides may be printed and still agree, and some more */
    bool endless;       /* … without limit */
    struct {
        struct candidate *items;
        size_t count, room;
    } candidates;
};

/* One term with the others as they are. */
struct probe {
    struct search *search;
    size_t operand;
    struct keyed keyed;
    struct formula holds, closes;
    size_t at; /* the operand, in both */
};

struct candidate {
    struct keyed_slip slip;
    size_t operand;
    bool holds, closes;
    struct number shift; /* what it changes in left - right */
};

/* ---- formulas of one term ---- */

static struct formula with_nodes(struct arena *arena, const struct formula *formula, size_t more)
{
    struct formula copy = *formula;
    copy.nodes = arena_grow(arena, formula->nodes, formula->count, formula->count + more, sizeof *copy.nodes);
    copy.operands = arena_copy(arena, formula->operands, formula->operand_count * sizeof *copy.operands);
    return copy;
}

static bool search_open(struct search *s, const struct formula *formula, const struct judgement *judgement)
{
    if (judgement->decisive >= formula->count || !judgement->valued || !judgement->compared)
        return false;
    struct interval between = interval_sub(s->arena, judgement->left_bounds, judgement->right_bounds);
    s->gap = number_sub(s->arena, judgement->left, judgement->right);
    s->endless = between.low.infinite || between.high.infinite;
    if (!s->endless)
        s->near = number_mul(s->arena, number_int(WIDER), number_sub(s->arena, between.high.at, between.low.at));
    const struct formula_node *decisive = &formula->nodes[judgement->decisive];
    struct formula both = with_nodes(s->arena, formula, 2);
    const size_t difference = both.count++;
    both.nodes[difference] =
        (struct formula_node){.op = FORMULA_SUB, .args = decisive->args, .arg_count = 2, .scale = number_int(1)};
    both.nodes[both.count++] = (struct formula_node){
        .op = FORMULA_COMPARE,
        .args = decisive->args,
        .arg_count = 2,
        .scale = number_int(1),
        .tests = {{TEST_ZERO, difference}},
        .test_count = 1,
    };
    s->holds = s->closes = both;
    s->closes.root = both.count - 1;
    return true;
}

/* All of a linear sum but one operand, as values of one. */
static struct operand rest_of(struct arena *arena, const struct formula *formula, const struct number *coefficients,
                              struct number constant, size_t but)
{
    struct operand rest = {.value = constant, .interval = interval_point(constant)};
    for (size_t i = 0; i < formula->operand_count; i++) {
        const struct operand *operand = &formula->operands[i];
        if (i == but || !number_sign(coefficients[i]))
            continue;
        rest.value = number_add(arena, rest.value, number_mul(arena, coefficients[i], operand->value));
        rest.interval = interval_add(arena, rest.interval, interval_scale(arena, operand->interval, coefficients[i]));
    }
    return rest;
}

/* The same formula over two operands or three, if it is one comparison of linear sides: the one that is changed, and
 * for each of its tests what all others come to. Else the formula as it is. */
static struct formula formula_of(struct arena *arena, const struct formula *formula, size_t operand, size_t *at)
{
    enum { NODES_OF_TEST = 3 };
    const struct formula_node *root = &formula->nodes[formula->root];
    struct formula out = {.nodes = ARENA_ARRAY(arena, struct formula_node, NODES_OF_TEST * 2 + 1),
                          .operands = ARENA_ARRAY(arena, struct operand, 1 + 2),
                          .operand_count = 1};
    struct formula_node compare = *root;
    out.operands[0] = formula->operands[operand];
    bool linear = root->op == FORMULA_COMPARE;
    for (size_t i = 0; linear && i < root->test_count; i++) {
        struct number constant, *coefficients = ARENA_ARRAY(arena, struct number, formula->operand_count);
        linear = judge_linear(arena, formula, root->tests[i].difference, coefficients, &constant);
        if (!linear)
            break;
        size_t *args = ARENA_ARRAY(arena, size_t, 2), first = out.count;
        args[0] = first;
        args[1] = first + 1;
        out.nodes[out.count++] = (struct formula_node){.op = FORMULA_OPERAND, .scale = coefficients[operand]};
        out.nodes[out.count++] =
            (struct formula_node){.op = FORMULA_OPERAND, .operand = out.operand_count, .scale = number_int(1)};
        out.operands[out.operand_count++] = rest_of(arena, formula, coefficients, constant, operand);
        compare.tests[i].difference = out.count;
        out.nodes[out.count++] =
            (struct formula_node){.op = FORMULA_SUM, .args = args, .arg_count = 2, .scale = number_int(1)};
    }
    *at = linear ? 0 : operand;
    if (!linear)
        return with_nodes(arena, formula, 0);
    out.root = out.count;
    out.nodes[out.count++] = compare;
    return out;
}

/* False when the figure is not one that a slip of the keyboard could be in. */
static bool probe_open(struct search *s, size_t operand, struct probe *out)
{
    *out = (struct probe){.search = s, .operand = operand};
    if (!keyed_read(s->arena, &s->formula->operands[operand].figure->notation, &out->keyed))
        return false;
    size_t at;
    out->holds = formula_of(s->arena, &s->holds, operand, &out->at);
    out->closes = formula_of(s->arena, &s->closes, operand, &at);
    if (at != out->at) { /* one is linear, the other is not: both as they are */
        out->holds = with_nodes(s->arena, &s->holds, 0);
        out->closes = with_nodes(s->arena, &s->closes, 0);
        out->at = operand;
    }
    return true;
}

/* ---- questions ---- */

static bool is_true_with(const struct probe *probe, const struct formula *formula, const struct operand *with)
{
    struct judgement judgement;
    formula->operands[probe->at] = *with;
    judge(probe->search->scratch, formula, &judgement);
    arena_reset(probe->search->scratch);
    return judgement.verdict == VERDICT_EXACT || judgement.verdict == VERDICT_ROUNDING;
}

static struct interval shifted(struct arena *arena, struct interval interval, struct number by)
{
    return interval_add(arena, interval, interval_point(by));
}

struct operand slip_operand(struct arena *arena, const struct operand *operand, const struct notation *notation,
                            enum rounding rounding)
{
    const struct figure *figure = operand->figure;
    struct operand out = *operand;
    struct interval in; /* a declared one stays as wide as it was */
    if (figure->declared)
        in = shifted(arena, figure->interval, number_sub(arena, notation->value, figure->notation.value));
    else
        in = notation_interval(arena, notation, figure->dataset ? figure->dataset->rounding : rounding);
    out.value = number_mul(arena, notation->value, operand->factor);
    out.interval = interval_scale(arena, in, operand->factor);
    return out;
}

/* May the formula hold with a printed difference like that? Most slips lead far off, and need no judging: what
 * roundings allow is not much wider than it was, but for slips that change the scale. */
static bool is_near(const struct probe *probe, const struct keyed_slip *slip, struct number difference)
{
    const struct search *s = probe->search;
    const struct formula_node *root = &s->formula->nodes[s->formula->root];
    bool equality = root->op == FORMULA_COMPARE && root->expr->op == EXPR_EQ && !root->expr->within && !root->negated;
    return s->endless || slip->kind == SLIP_MARK || slip->kind == SLIP_SCALE ||
           number_compare(number_abs(s->scratch, difference), s->near) <= 0 ||
           (!equality && judge_printed(s->scratch, &probe->holds));
}

static void try_slip(const struct probe *probe, const struct keyed_slip *slip)
{
    struct search *s = probe->search;
    const struct operand *operand = &s->formula->operands[probe->operand];
    struct candidate candidate = {.slip = *slip, .operand = probe->operand};
    size_t at = probe->closes.nodes[probe->closes.root].tests[0].difference;
    struct operand with = *operand;
    struct number difference;
    with.value = number_mul(s->arena, slip->value, operand->factor);
    probe->holds.operands[probe->at] = probe->closes.operands[probe->at] = with;
    if (!judge_value(s->arena, &probe->closes, at, &difference))
        return;
    candidate.shift = number_sub(s->arena, difference, s->gap);
    if (is_near(probe, slip, difference)) {
        struct notation notation = keyed_notation(s->arena, &probe->keyed, slip);
        with = slip_operand(s->arena, operand, &notation, s->rounding);
        candidate.holds = is_true_with(probe, &probe->holds, &with);
        candidate.closes = candidate.holds && is_true_with(probe, &probe->closes, &with);
    }
    *LIST_ADD(s->arena, &s->candidates) = candidate;
}

/* ---- the odds ---- */

static int by_shift(const void *a, const void *b)
{
    return number_compare((*(const struct candidate *const *)a)->shift, (*(const struct candidate *const *)b)->shift);
}

/* Is this a slip that would be thought of no later? One that changes the scale also changes how much the notation
 * allows, and is only held against its like. */
static bool is_rival(const struct candidate *other, const struct candidate *of)
{
    bool scales = of->slip.kind == SLIP_SCALE || of->slip.kind == SLIP_MARK;
    return scales ? other->slip.kind == of->slip.kind : other->slip.likelihood >= of->slip.likelihood;
}

/* How many gaps of the size of this one, of either sign, its rivals and it explain. */
static int64_t gaps_made(const struct search *s, const struct candidate *like)
{
    const struct candidate **makers = ARENA_ARRAY(s->scratch, const struct candidate *, s->candidates.count);
    struct number size = number_abs(s->scratch, like->shift), times = number_int(ALIKE);
    int64_t made = 0;
    size_t count = 0;
    for (size_t i = 0; i < s->candidates.count; i++) {
        const struct candidate *other = &s->candidates.items[i];
        struct number its = number_abs(s->scratch, other->shift);
        if (is_rival(other, like) && number_compare(number_mul(s->scratch, its, times), size) >= 0 &&
            number_compare(its, number_mul(s->scratch, size, times)) <= 0)
            makers[count++] = other;
    }
    if (count)
        qsort(makers, count, sizeof *makers, by_shift);
    for (size_t i = 0; i < count; i++)
        made += !i || by_shift(&makers[i - 1], &makers[i]) != 0;
    arena_reset(s->scratch);
    return made * (int64_t)s->formula->operand_count / (int64_t)s->tried;
}

static bool is_true_at(const struct probe *probe, const struct formula *formula, const struct slip *slip,
                       struct number step, int64_t steps)
{
    struct arena *arena = probe->search->arena;
    struct number by = number_mul(arena, step, number_int(steps));
    struct operand with = slip->with;
    with.value = number_add(arena, with.value, by);
    with.interval = shifted(arena, with.interval, by);
    return is_true_with(probe, formula, &with);
}

/* How many steps one may go on from a value, in a direction, with the formula still true; `most` at most. The values
 * with which it is true are taken to be one stretch. */
static int64_t steps_true(const struct probe *probe, const struct formula *formula, const struct slip *slip,
                          struct number step, int64_t most)
{
    int64_t reached = 0, beyond = 1;
    while (beyond <= most && is_true_at(probe, formula, slip, step, beyond)) {
        reached = beyond;
        beyond *= 2;
    }
    while (reached + 1 < beyond) {
        int64_t middle = reached + (beyond - reached) / 2;
        if (middle <= most && is_true_at(probe, formula, slip, step, middle))
            reached = middle;
        else
            beyond = middle;
    }
    return reached;
}

/* A number cut to a whole one, `most` at most. */
static int64_t whole_of(struct number n, int64_t most)
{
    int64_t whole = 0;
    for (int64_t bit = most; bit; bit /= 2)
        if (whole + bit <= most && number_compare(number_int(whole + bit), n) <= 0)
            whole += bit;
    return whole;
}

/* See slip_find. */
static uint32_t odds_of(struct probe *probe, const struct candidate *candidate, const struct slip *slip)
{
    static const int64_t MOST_STEPS = INT64_C(1) << 40;
    struct search *s = probe->search;
    struct arena *arena = s->arena;
    const struct notation *printed = probe->keyed.notation;
    struct number unit = number_step(arena, -printed->place);
    struct number step = number_mul(arena, unit, slip->with.factor);
    struct number moved = number_div(arena, number_sub(arena, slip->notation.value, printed->value), unit);
    int64_t steps = whole_of(number_abs(arena, moved), MOST_STEPS);
    int64_t least = (steps + ALIKE - 1) / ALIKE, most = steps * ALIKE, all = 2 * (most - least + 1);
    if (!number_sign(candidate->shift) || !steps)
        return MILLION;
    const struct formula *asked = slip->closes ? &probe->closes : &probe->holds;
    int64_t fitting =
        1 + steps_true(probe, asked, slip, step, most) + steps_true(probe, asked, slip, number_neg(arena, step), most);
    int64_t parts = fitting < all ? fitting * MILLION / all + 1 : MILLION;
    int64_t odds = parts * gaps_made(s, candidate);
    return odds < MILLION ? (uint32_t)odds : MILLION;
}

bool slip_is_telling(const struct slip *slip) { return slip->odds < TELLING; }

/* ---- all together ---- */

static int by_rank(const void *a, const void *b)
{
    const struct candidate *x = *(const struct candidate *const *)a, *y = *(const struct candidate *const *)b;
    if (x->closes != y->closes)
        return x->closes ? -1 : 1;
    if (x->slip.likelihood != y->slip.likelihood)
        return x->slip.likelihood > y->slip.likelihood ? -1 : 1;
    return (x > y) - (x < y);
}

static struct slip slip_of(struct search *s, const struct candidate *candidate)
{
    struct probe probe;
    probe_open(s, candidate->operand, &probe);
    struct slip slip = {.kind = candidate->slip.kind,
                        .operand = candidate->operand,
                        .notation = keyed_notation(s->arena, &probe.keyed, &candidate->slip),
                        .closes = candidate->closes,
                        .likelihood = candidate->slip.likelihood};
    slip.notation.text = keyed_text(s->arena, &probe.keyed, &candidate->slip);
    slip.with = slip_operand(s->arena, &s->formula->operands[slip.operand], &slip.notation, s->rounding);
    slip.odds = odds_of(&probe, candidate, &slip);
    return slip;
}

/* Was the same number for the same figure found by a likelier slip? */
static bool is_said(const struct slip *slips, size_t count, const struct candidate *candidate)
{
    for (size_t i = 0; i < count; i++)
        if (slips[i].operand == candidate->operand && number_equal(slips[i].notation.value, candidate->slip.value))
            return true;
    return false;
}

/* Is the operand a side of the comparison by itself? Of a sum over very many figures only its total is tried. */
static bool is_side(const struct formula *formula, const struct formula_node *compare, size_t operand)
{
    for (size_t i = 0; i < compare->arg_count; i++)
        if (formula->nodes[compare->args[i]].op == FORMULA_OPERAND &&
            formula->nodes[compare->args[i]].operand == operand)
            return true;
    return false;
}

static size_t find(struct search *s, const struct judgement *judgement, struct slip *out, size_t room)
{
    if (!search_open(s, s->formula, judgement))
        return 0;
    const struct formula_node *compare = &s->formula->nodes[judgement->decisive];
    for (size_t i = 0; i < s->formula->operand_count; i++) {
        struct probe probe;
        struct keyed_slips slips = {0};
        if ((s->formula->operand_count > MOST_OPERANDS && !is_side(s->formula, compare, i)) ||
            !probe_open(s, i, &probe))
            continue;
        s->tried++;
        keyed_undo(s->arena, &probe.keyed, &slips);
        for (size_t j = 0; j < slips.count; j++)
            try_slip(&probe, &slips.items[j]);
    }
    const struct candidate **holding = ARENA_ARRAY(s->arena, const struct candidate *, s->candidates.count);
    size_t count = 0;
    for (size_t i = 0; i < s->candidates.count; i++)
        if (s->candidates.items[i].holds)
            holding[count++] = &s->candidates.items[i];
    if (count)
        qsort(holding, count, sizeof *holding, by_rank);
    size_t written = 0;
    for (size_t i = 0; i < count && written < room; i++)
        if (!is_said(out, written, holding[i]))
            out[written++] = slip_of(s, holding[i]);
    return written;
}

size_t slip_find(struct arena *arena, const struct formula *formula, const struct judgement *judgement,
                 enum rounding rounding, struct slip *out, size_t room)
{
    struct arena scratch = {.out_of_memory = arena->out_of_memory};
    struct search search = {.arena = arena, .scratch = &scratch, .formula = formula, .rounding = rounding};
    size_t count = find(&search, judgement, out, room);
    arena_free(&scratch);
    return count;
}

/* ---- what the other side gives ---- */

/* The other side of an equality as this operand would print it; false where that is not what would make it hold. */
static bool compute_side(struct arena *arena, const struct formula *formula, const struct judgement *judgement,
                         enum rounding rounding, bool left, struct slip *out)
{
    const struct formula_node *compare = &formula->nodes[judgement->decisive];
    const struct formula_node *side = &formula->nodes[compare->args[left ? 0 : 1]];
    struct keyed keyed;
    struct keyed_slip computed;
    struct judgement then;
    if (side->op != FORMULA_OPERAND)
        return false;
    const struct operand *operand = &formula->operands[side->operand];
    const struct notation *printed = &operand->figure->notation;
    struct number factor = number_mul(arena, side->scale, operand->factor);
    struct number value = number_div(arena, left ? judgement->right : judgement->left, factor);
    value = number_round(arena, value, -printed->place, ROUND_HALF_AWAY);
    if (number_equal(value, printed->value) || !keyed_read(arena, printed, &keyed) ||
        !keyed_put(arena, &keyed, value, &computed))
        return false;
    *out = (struct slip){.kind = SLIP_NONE,
                         .operand = side->operand,
                         .notation = keyed_notation(arena, &keyed, &computed),
                         .closes = true,
                         .odds = MILLION};
    out->notation.text = keyed_text(arena, &keyed, &computed);
    out->with = slip_operand(arena, operand, &out->notation, rounding);
    struct formula changed = with_nodes(arena, formula, 0);
    changed.operands[side->operand] = out->with;
    judge(arena, &changed, &then);
    return then.verdict == VERDICT_EXACT || then.verdict == VERDICT_ROUNDING;
}

size_t slip_computed(struct arena *arena, const struct formula *formula, const struct judgement *judgement,
                     enum rounding rounding, struct slip out[2])
{
    size_t count = 0;
    bool equality = judgement->decisive < formula->count && judgement->valued &&
                    formula->nodes[judgement->decisive].expr->op == EXPR_EQ;
    for (int right = 0; right < 2 && equality; right++)
        count += compute_side(arena, formula, judgement, rounding, !right, &out[count]);
    return count;
}
