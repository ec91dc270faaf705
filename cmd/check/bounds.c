/* The bounds of a node of a formula: exact where it is linear, where each figure stands once, or where it is monotone.
 */
#include "check/judge.h"

/* Values of every node up to `last`, from given operand values. ok[i] is false where a divisor is 0. */
static void values_at(struct arena *arena, const struct formula *formula, size_t last, const struct number *operands,
                      struct number *values, bool *ok)
{
    for (size_t i = 0; i <= last; i++) {
        const struct formula_node *node = &formula->nodes[i];
        ok[i] = true;
        for (size_t j = 0; j < node->arg_count; j++)
            ok[i] &= ok[node->args[j]];
        if (!ok[i])
            continue;
        const struct number *a = node->arg_count ? &values[node->args[0]] : NULL;
        const struct number *b = node->arg_count > 1 ? &values[node->args[1]] : NULL;
        struct number v = number_int(0);
        switch (node->op) {
        case FORMULA_CONSTANT:
        case FORMULA_COUNT:
            v = node->number;
            break;
        case FORMULA_OPERAND:
            v = operands[node->operand];
            break;
        case FORMULA_NEG:
            v = number_neg(arena, *a);
            break;
        case FORMULA_SUM:
            for (size_t j = 0; j < node->arg_count; j++)
                v = number_add(arena, v, values[node->args[j]]);
            break;
        case FORMULA_SUB:
            v = number_sub(arena, *a, *b);
            break;
        case FORMULA_MUL:
            v = number_mul(arena, *a, *b);
            break;
        case FORMULA_DIV:
            ok[i] = number_sign(*b) != 0;
            if (ok[i])
                v = number_div(arena, *a, *b);
            break;
        case FORMULA_ABS:
            v = number_abs(arena, *a);
            break;
        case FORMULA_ROUND:
            v = number_mul(arena,
                           number_round(arena, number_div(arena, *a, node->unit.factor), node->places, ROUND_HALF_AWAY),
                           node->unit.factor);
            break;
        case FORMULA_MIN:
        case FORMULA_MAX:
            v = *a;
            for (size_t j = 1; j < node->arg_count; j++)
                if (number_compare(values[node->args[j]], v) == (node->op == FORMULA_MIN ? -1 : 1))
                    v = values[node->args[j]];
            break;
        case FORMULA_COMPARE:
        case FORMULA_AND:
        case FORMULA_OR:
        case FORMULA_NOT:
        case FORMULA_IF:
        case FORMULA_TRUTH:
            continue;
        }
        values[i] = number_mul(arena, v, node->scale);
    }
}

bool judge_value(struct arena *arena, const struct formula *formula, size_t node, struct number *out)
{
    struct number *operands = ARENA_ARRAY(arena, struct number, formula->operand_count);
    for (size_t i = 0; i < formula->operand_count; i++)
        operands[i] = formula->operands[i].value;
    struct number *values = ARENA_ARRAY(arena, struct number, node + 1);
    bool *ok = ARENA_ARRAY(arena, bool, node + 1);
    values_at(arena, formula, node, operands, values, ok);
    *out = values[node];
    return ok[node];
}

/* A linear form: the sum of coefficient * operand, and a constant. */
struct linear {
    struct number *coefficients; /* one for each operand */
    struct number constant;
};

static bool is_constant(const struct formula *formula, size_t at)
{
    const struct formula_node *node = &formula->nodes[at];
    if (node->op == FORMULA_OPERAND || node->op == FORMULA_COUNT)
        return node->op == FORMULA_COUNT;
    for (size_t i = 0; i < node->arg_count; i++)
        if (!is_constant(formula, node->args[i]))
            return false;
    return true;
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
    case FORMULA_DIV: {
        size_t constant = node->args[1], other = node->args[0];
        struct number value;
        if (node->op == FORMULA_MUL && !is_constant(formula, constant)) {
            constant = node->args[0];
            other = node->args[1];
        }
        if (!is_constant(formula, constant) || !judge_value(arena, formula, constant, &value) ||
            (node->op == FORMULA_DIV && !number_sign(value)))
            return false;
        factor = node->op == FORMULA_MUL ? number_mul(arena, factor, value) : number_div(arena, factor, value);
        return add_linear(arena, formula, other, factor, form);
    }
    case FORMULA_ABS: {
        struct interval range;
        bool tight = true;
        if (!judge_bounds(arena, formula, node->args[0], &range, &tight))
            return false;
        if (!range.low.infinite && number_sign(range.low.at) >= 0)
            return add_linear(arena, formula, node->args[0], factor, form);
        if (!range.high.infinite && number_sign(range.high.at) <= 0)
            return add_linear(arena, formula, node->args[0], number_neg(arena, factor), form);
        return false;
    }
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

static bool linear_bounds(struct arena *arena, const struct formula *formula, size_t at, struct interval *out)
{
    struct linear form = {ARENA_ARRAY(arena, struct number, formula->operand_count), number_int(0)};
    if (!add_linear(arena, formula, at, number_int(1), &form))
        return false;
    *out = interval_point(form.constant);
    for (size_t i = 0; i < formula->operand_count; i++)
        if (number_sign(form.coefficients[i]))
            *out =
                interval_add(arena, *out, interval_scale(arena, formula->operands[i].interval, form.coefficients[i]));
    return true;
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
            v = interval_scale(arena, *a, number_div(arena, number_int(1), node->unit.factor));
            v = interval_scale(arena, interval_round(arena, v, node->places, ROUND_HALF_AWAY), node->unit.factor);
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
        case FORMULA_ROUND: /* a staircase: its sign is that of its argument's, or none */
            v = interval_hull(zero, slopes[args[0]]);
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

/* One end of a monotone node: its value at the corner where every operand pulls that way. An open end of an operand
 * counts only where the node strictly follows it: to call a reached end open could make a false alarm. */
static bool corner(struct arena *arena, const struct formula *formula, size_t at, const int *direction,
                   const bool *strict, int towards, struct end *out)
{
    struct number *operands = ARENA_ARRAY(arena, struct number, formula->operand_count);
    *out = (struct end){0};
    for (size_t i = 0; i < formula->operand_count; i++) {
        const struct operand *operand = &formula->operands[i];
        operands[i] = operand->value;
        if (!direction[i])
            continue;
        const struct end *end = direction[i] * towards < 0 ? &operand->interval.low : &operand->interval.high;
        if (end->infinite)
            return false;
        operands[i] = end->at;
        out->open |= end->open && strict[i];
    }
    struct number *values = ARENA_ARRAY(arena, struct number, at + 1);
    bool *ok = ARENA_ARRAY(arena, bool, at + 1);
    values_at(arena, formula, at, operands, values, ok);
    out->at = values[at];
    return ok[at];
}

static bool monotone_bounds(struct arena *arena, const struct formula *formula, size_t at, const size_t *uses,
                            const struct interval *ranges, struct interval *out)
{
    int *direction = ARENA_ARRAY(arena, int, formula->operand_count);
    bool *strict = ARENA_ARRAY(arena, bool, formula->operand_count);
    struct interval *slopes = ARENA_ARRAY(arena, struct interval, at + 1);
    for (size_t i = 0; i < formula->operand_count; i++) {
        if (!uses[i])
            continue;
        slopes_by(arena, formula, at, i, ranges, slopes);
        struct interval slope = slopes[at];
        if (interval_is_below_zero(slope) == TRUTH_FALSE)
            direction[i] = 1;
        else if (interval_is_at_most_zero(slope) == TRUTH_TRUE)
            direction[i] = -1;
        else
            return false;
        strict[i] = !interval_contains(slope, number_int(0));
    }
    return corner(arena, formula, at, direction, strict, -1, &out->low) &&
           corner(arena, formula, at, direction, strict, 1, &out->high);
}

bool judge_bounds(struct arena *arena, const struct formula *formula, size_t node, struct interval *out, bool *tight)
{
    /* Differentiating costs operands * nodes: past this many, plain interval arithmetic has to do. */
    enum { MOST_OPERANDS = 64 };
    if (linear_bounds(arena, formula, node, out))
        return true;
    struct interval *ranges = ARENA_ARRAY(arena, struct interval, node + 1);
    bool *ok = ARENA_ARRAY(arena, bool, node + 1);
    natural_ranges(arena, formula, node, ranges, ok);
    if (!ok[node])
        return false;
    *out = ranges[node];
    size_t *uses = ARENA_ARRAY(arena, size_t, formula->operand_count), most = 0, used = 0;
    count_uses(formula, node, uses);
    for (size_t i = 0; i < formula->operand_count; i++) {
        most = uses[i] > most ? uses[i] : most;
        used += uses[i] > 0;
    }
    struct interval exact;
    if (most <= 1)
        return true;
    if (used <= MOST_OPERANDS && monotone_bounds(arena, formula, node, uses, ranges, &exact))
        *out = exact;
    else
        *tight = false;
    return true;
}
