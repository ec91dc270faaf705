/* The bounds of a node of a formula: exact where it is linear, where each figure stands once, or where it is monotone.
 */
#include "check/judge.h"

/* The value of a node whose args have these; false on a division by zero. */
static bool node_value(struct arena *arena, const struct formula_node *node, const struct number *args,
                       struct number *out)
{
    struct number v = number_int(0);
    switch (node->op) {
    case FORMULA_CONSTANT:
    case FORMULA_COUNT:
        v = node->number;
        break;
    case FORMULA_NEG:
        v = number_neg(arena, args[0]);
        break;
    case FORMULA_SUM:
        for (size_t i = 0; i < node->arg_count; i++)
            v = number_add(arena, v, args[i]);
        break;
    case FORMULA_SUB:
        v = number_sub(arena, args[0], args[1]);
        break;
    case FORMULA_MUL:
        v = number_mul(arena, args[0], args[1]);
        break;
    case FORMULA_DIV:
        if (!number_sign(args[1]))
            return false;
        v = number_div(arena, args[0], args[1]);
        break;
    case FORMULA_ABS:
        v = number_abs(arena, args[0]);
        break;
    case FORMULA_ROUND:
        v = number_round(arena, number_div(arena, args[0], node->number), node->places, ROUND_HALF_AWAY);
        v = number_mul(arena, v, node->number);
        break;
    case FORMULA_MIN:
    case FORMULA_MAX:
        v = args[0];
        for (size_t i = 1; i < node->arg_count; i++)
            if (number_compare(args[i], v) == (node->op == FORMULA_MIN ? -1 : 1))
                v = args[i];
        break;
    case FORMULA_OPERAND:
    case FORMULA_COMPARE:
    case FORMULA_AND:
    case FORMULA_OR:
    case FORMULA_NOT:
    case FORMULA_IF:
    case FORMULA_TRUTH:
        return false;
    }
    *out = number_mul(arena, v, node->scale);
    return true;
}

/* The value of a node from those of the operands; false on a division by zero, and where it needs an operand while none
 * is given. Only nodes below it are visited, so that a function over many figures costs no more than their number. */
static bool value_at(struct arena *arena, const struct formula *formula, size_t at, const struct number *operands,
                     struct number *out)
{
    const struct formula_node *node = &formula->nodes[at];
    if (node->op == FORMULA_OPERAND) {
        if (operands)
            *out = number_mul(arena, operands[node->operand], node->scale);
        return operands != NULL;
    }
    if (node->op == FORMULA_COUNT) /* whatever the figures are */
        return node_value(arena, node, NULL, out);
    struct number few[2], *args = node->arg_count > 2 ? ARENA_ARRAY(arena, struct number, node->arg_count) : few;
    for (size_t i = 0; i < node->arg_count; i++)
        if (!value_at(arena, formula, node->args[i], operands, &args[i]))
            return false;
    return node_value(arena, node, args, out);
}

bool judge_value(struct arena *arena, const struct formula *formula, size_t node, struct number *out)
{
    struct number *operands = ARENA_ARRAY(arena, struct number, formula->operand_count);
    for (size_t i = 0; i < formula->operand_count; i++)
        operands[i] = formula->operands[i].value;
    return value_at(arena, formula, node, operands, out);
}

/* Interval arithmetic, node by node. ok[i] is false where a divisor may be zero. */
static void natural_ranges(struct arena *arena, const struct formula *formula, size_t last, struct interval *ranges,
                           bool *ok)
{
    for (size_t i = 0; i <= last; i++) {
        const struct formula_node *node = &formula->nodes[i];
        ok[i] = true;
        for (size_t j = 0; j < node->arg_count; j++)
            ok[i] &= ok[node->args[j]];
        if (!ok[i])
            continue;
        const struct interval *a = node->arg_count ? &ranges[node->args[0]] : NULL;
        const struct interval *b = node->arg_count > 1 ? &ranges[node->args[1]] : NULL;
        struct interval v = interval_point(number_int(0));
        switch (node->op) {
        case FORMULA_CONSTANT:
        case FORMULA_COUNT:
            v = interval_point(node->number);
            break;
        case FORMULA_OPERAND:
            v = formula->operands[node->operand].interval;
            break;
        case FORMULA_NEG:
            v = interval_neg(arena, *a);
            break;
        case FORMULA_SUM:
            for (size_t j = 0; j < node->arg_count; j++)
                v = interval_add(arena, v, ranges[node->args[j]]);
            break;
        case FORMULA_SUB:
            v = interval_sub(arena, *a, *b);
            break;
        case FORMULA_MUL:
            v = interval_mul(arena, *a, *b);
            break;
        case FORMULA_DIV:
            ok[i] = interval_div(arena, *a, *b, &v);
            break;
        case FORMULA_ABS:
            v = interval_abs(arena, *a);
            break;
        case FORMULA_ROUND:
            v = interval_scale(arena, *a, number_div(arena, number_int(1), node->number));
            v = interval_scale(arena, interval_round(arena, v, node->places, ROUND_HALF_AWAY), node->number);
            break;
        case FORMULA_MIN:
        case FORMULA_MAX:
            v = *a;
            for (size_t j = 1; j < node->arg_count; j++)
                v = node->op == FORMULA_MIN ? interval_min(v, ranges[node->args[j]])
                                            : interval_max(v, ranges[node->args[j]]);
            break;
        case FORMULA_COMPARE:
        case FORMULA_AND:
        case FORMULA_OR:
        case FORMULA_NOT:
        case FORMULA_IF:
        case FORMULA_TRUTH:
            continue;
        }
        if (ok[i])
            ranges[i] = interval_scale(arena, v, node->scale);
    }
}

/* A linear form: the sum of coefficient * operand, and a constant. */
struct linear {
    size_t node;                 /* what it is the form of */
    struct number *coefficients; /* one for each operand */
    struct number constant;
    bool any_values;               /* it must be linear for all values of the operands */
    const struct interval *ranges; /* natural ones of all nodes; made when first needed */
    const bool *ok;
};

static void need_ranges(struct arena *arena, const struct formula *formula, struct linear *form)
{
    if (form->ranges)
        return;
    struct interval *ranges = ARENA_ARRAY(arena, struct interval, form->node + 1);
    bool *ok = ARENA_ARRAY(arena, bool, form->node + 1);
    natural_ranges(arena, formula, form->node, ranges, ok);
    form->ranges = ranges;
    form->ok = ok;
}

static bool add_linear(struct arena *arena, const struct formula *formula, size_t at, struct number factor,
                       struct linear *form);

/* A product with a constant, or a quotient by one. */
static bool add_linear_product(struct arena *arena, const struct formula *formula, const struct formula_node *node,
                               struct number factor, struct linear *form)
{
    size_t other = 0;
    struct number constant;
    if (!value_at(arena, formula, node->args[1], NULL, &constant)) {
        other = 1;
        if (node->op == FORMULA_DIV || !value_at(arena, formula, node->args[0], NULL, &constant))
            return false;
    }
    if (node->op == FORMULA_DIV && !number_sign(constant))
        return false;
    factor = node->op == FORMULA_MUL ? number_mul(arena, factor, constant) : number_div(arena, factor, constant);
    return add_linear(arena, formula, node->args[other], factor, form);
}

/* An absolute value, where its argument has one sign. */
static bool add_linear_abs(struct arena *arena, const struct formula *formula, const struct formula_node *node,
                           struct number factor, struct linear *form)
{
    if (form->any_values)
        return false;
    need_ranges(arena, formula, form);
    struct interval range = form->ranges[node->args[0]];
    if (!form->ok[node->args[0]])
        return false;
    if (interval_is_below_zero(range) == TRUTH_FALSE)
        return add_linear(arena, formula, node->args[0], factor, form);
    return interval_is_at_most_zero(range) == TRUTH_TRUE &&
           add_linear(arena, formula, node->args[0], number_neg(arena, factor), form);
}

/* Adds factor * node to the form; false when the node is not linear. */
static bool add_linear(struct arena *arena, const struct formula *formula, size_t at, struct number factor,
                       struct linear *form)
{
    const struct formula_node *node = &formula->nodes[at];
    factor = number_mul(arena, factor, node->scale);
    switch (node->op) {
    case FORMULA_CONSTANT:
    case FORMULA_COUNT:
        form->constant = number_add(arena, form->constant, number_mul(arena, factor, node->number));
        return true;
    case FORMULA_OPERAND: {
        struct number *coefficient = &form->coefficients[node->operand];
        *coefficient = number_add(arena, *coefficient, factor);
        return true;
    }
    case FORMULA_NEG:
        return add_linear(arena, formula, node->args[0], number_neg(arena, factor), form);
    case FORMULA_SUM:
        for (size_t i = 0; i < node->arg_count; i++)
            if (!add_linear(arena, formula, node->args[i], factor, form))
                return false;
        return true;
    case FORMULA_SUB:
        return add_linear(arena, formula, node->args[0], factor, form) &&
               add_linear(arena, formula, node->args[1], number_neg(arena, factor), form);
    case FORMULA_MUL:
    case FORMULA_DIV:
        return add_linear_product(arena, formula, node, factor, form);
    case FORMULA_ABS:
        return add_linear_abs(arena, formula, node, factor, form);
    case FORMULA_MIN:
    case FORMULA_MAX:
        return node->arg_count == 1 && add_linear(arena, formula, node->args[0], factor, form);
    case FORMULA_ROUND:
    case FORMULA_COMPARE:
    case FORMULA_AND:
    case FORMULA_OR:
    case FORMULA_NOT:
    case FORMULA_IF:
    case FORMULA_TRUTH:
        return false;
    }
    return false;
}

bool judge_linear(struct arena *arena, const struct formula *formula, size_t node, struct number *coefficients,
                  struct number *constant)
{
    struct linear form = {.node = node, .coefficients = coefficients, .any_values = true};
    for (size_t i = 0; i < formula->operand_count; i++)
        coefficients[i] = number_int(0);
    bool linear = add_linear(arena, formula, node, number_int(1), &form);
    *constant = form.constant;
    return linear;
}

/* Each operand stands once in a linear form, so this is exact. */
static struct interval linear_range(struct arena *arena, const struct formula *formula, const struct linear *form)
{
    struct interval range = interval_point(form->constant);
    for (size_t i = 0; i < formula->operand_count; i++)
        if (number_sign(form->coefficients[i]))
            range =
                interval_add(arena, range, interval_scale(arena, formula->operands[i].interval, form->coefficients[i]));
    return range;
}

static void count_uses(const struct formula *formula, size_t at, size_t *uses)
{
    const struct formula_node *node = &formula->nodes[at];
    if (node->op == FORMULA_OPERAND)
        uses[node->operand]++;
    for (size_t i = 0; node->op != FORMULA_COUNT && i < node->arg_count; i++)
        count_uses(formula, node->args[i], uses);
}

static struct interval hull_of_args(const struct formula_node *node, const struct interval *ranges)
{
    struct interval hull = ranges[node->args[0]];
    for (size_t i = 1; i < node->arg_count; i++)
        hull = interval_hull(hull, ranges[node->args[i]]);
    return hull;
}

/* The derivative of every node by one operand, as intervals over all values: forward differentiation. */
static void slopes_by(struct arena *arena, const struct formula *formula, size_t last, size_t operand,
                      const struct interval *ranges, struct interval *slopes)
{
    const struct interval zero = interval_point(number_int(0)), one = interval_point(number_int(1));
    for (size_t i = 0; i <= last; i++) {
        const struct formula_node *node = &formula->nodes[i];
        const size_t *args = node->args;
        struct interval v = zero;
        switch (node->op) {
        case FORMULA_OPERAND:
            v = node->operand == operand ? one : zero;
            break;
        case FORMULA_NEG:
            v = interval_neg(arena, slopes[args[0]]);
            break;
        case FORMULA_SUM:
            for (size_t j = 0; j < node->arg_count; j++)
                v = interval_add(arena, v, slopes[args[j]]);
            break;
        case FORMULA_SUB:
            v = interval_sub(arena, slopes[args[0]], slopes[args[1]]);
            break;
        case FORMULA_MUL:
            v = interval_add(arena, interval_mul(arena, slopes[args[0]], ranges[args[1]]),
                             interval_mul(arena, ranges[args[0]], slopes[args[1]]));
            break;
        case FORMULA_DIV: {
            /* (a/b)' = (a' - (a/b) b') / b; natural_ranges has seen that 0 is not in b. */
            struct interval quotient = interval_all(), over = interval_all();
            interval_div(arena, ranges[args[0]], ranges[args[1]], &quotient);
            over = interval_sub(arena, slopes[args[0]], interval_mul(arena, quotient, slopes[args[1]]));
            if (!interval_div(arena, over, ranges[args[1]], &v))
                v = interval_all();
            break;
        }
        case FORMULA_ABS:
            v = interval_hull(slopes[args[0]], interval_neg(arena, slopes[args[0]]));
            if (interval_is_below_zero(ranges[args[0]]) == TRUTH_FALSE)
                v = slopes[args[0]];
            break;
        case FORMULA_ROUND: /* a staircase: flat, and steep without limit */
            v = interval_mul(arena, slopes[args[0]], (struct interval){zero.low, interval_all().high});
            break;
        case FORMULA_MIN:
        case FORMULA_MAX:
            v = hull_of_args(node, slopes);
            break;
        case FORMULA_CONSTANT:
        case FORMULA_COUNT:
        case FORMULA_COMPARE:
        case FORMULA_AND:
        case FORMULA_OR:
        case FORMULA_NOT:
        case FORMULA_IF:
        case FORMULA_TRUTH:
            break;
        }
        slopes[i] = interval_scale(arena, v, node->scale);
    }
}

/* How a node follows an operand over all values. */
struct pull {
    int direction; /* 1 or -1; 0 where it does not use it */
    bool strict;   /* it is nowhere flat */
    bool steady;   /* no step, where a value may differ from all those beside it */
};

/* One end of a monotone node: its value at the corner where every operand pulls that way. False when there is none. An
 * open end of an operand counts only where the node strictly follows it: to call a reached end open could make a false
 * alarm. Where it does not, or makes a step, the bounds may not be tight. */
static bool corner(struct arena *arena, const struct formula *formula, size_t at, const struct pull *pulls, int towards,
                   struct end *out, bool *tight)
{
    struct number *operands = ARENA_ARRAY(arena, struct number, formula->operand_count);
    *out = (struct end){0};
    for (size_t i = 0; i < formula->operand_count; i++) {
        const struct operand *operand = &formula->operands[i];
        operands[i] = operand->value;
        if (!pulls[i].direction)
            continue;
        const struct end *end = pulls[i].direction * towards < 0 ? &operand->interval.low : &operand->interval.high;
        if (end->infinite)
            return false;
        operands[i] = end->at;
        out->open |= end->open && pulls[i].strict;
        *tight &= !end->open || (pulls[i].strict && pulls[i].steady);
    }
    return value_at(arena, formula, at, operands, &out->at);
}

static bool monotone_bounds(struct arena *arena, const struct formula *formula, size_t at, const size_t *uses,
                            const struct interval *ranges, struct interval *out, bool *tight)
{
    struct pull *pulls = ARENA_ARRAY(arena, struct pull, formula->operand_count);
    struct interval *slopes = ARENA_ARRAY(arena, struct interval, at + 1);
    for (size_t i = 0; i < formula->operand_count; i++) {
        if (!uses[i])
            continue;
        slopes_by(arena, formula, at, i, ranges, slopes);
        struct interval slope = slopes[at];
        bool rises = interval_is_below_zero(slope) == TRUTH_FALSE;
        if (!rises && interval_is_at_most_zero(slope) != TRUTH_TRUE)
            return false;
        pulls[i] = (struct pull){.direction = rises ? 1 : -1,
                                 .strict = !interval_contains(slope, number_int(0)),
                                 .steady = !slope.low.infinite && !slope.high.infinite};
    }
    return corner(arena, formula, at, pulls, -1, &out->low, tight) &&
           corner(arena, formula, at, pulls, 1, &out->high, tight);
}

/* Interval arithmetic takes each use of a figure for another figure: exact where there is only one, else held against
 * the corners. */
bool judge_bounds(struct arena *arena, const struct formula *formula, size_t node, struct interval *out, bool *tight)
{
    /* Differentiating costs operands * nodes: past this many, plain interval arithmetic has to do. */
    enum { MOST_OPERANDS = 64 };
    struct linear form = {.node = node, .coefficients = ARENA_ARRAY(arena, struct number, formula->operand_count)};
    if (add_linear(arena, formula, node, number_int(1), &form)) {
        *out = linear_range(arena, formula, &form);
        return true;
    }
    need_ranges(arena, formula, &form);
    if (!form.ok[node])
        return false;
    *out = form.ranges[node];
    size_t *uses = ARENA_ARRAY(arena, size_t, formula->operand_count), most = 0, used = 0;
    count_uses(formula, node, uses);
    for (size_t i = 0; i < formula->operand_count; i++) {
        most = uses[i] > most ? uses[i] : most;
        used += uses[i] > 0;
    }
    if (most <= 1)
        return true;
    struct interval at_corners;
    bool reached = true;
    if (used <= MOST_OPERANDS && monotone_bounds(arena, formula, node, uses, form.ranges, &at_corners, &reached))
        *out = interval_intersect(*out, at_corners);
    else
        reached = false;
    *tight &= reached;
    return true;
}
