#include "rule/pack_rule.h"

/* Is there a node of that operator, and of that function if it is a call? */
static bool has(const struct expr *e, enum expr_op op, enum expr_function function)
{
    if (e->op == op && (op != EXPR_CALL || e->function == function))
        return true;
    for (size_t i = 0; i < e->arg_count; i++)
        if (has(e->args[i], op, function))
            return true;
    return false;
}

static bool calls(const struct expr *e, enum expr_function function) { return has(e, EXPR_CALL, function); }

static bool has_op(const struct expr *e, enum expr_op op) { return has(e, op, FN_SUM); }

static bool is_ratio(const struct expr *e)
{
    return (e->op == EXPR_LITERAL && e->unit.kind == UNIT_RATIO) ||
           (e->op == EXPR_NOTATION && e->notation.unit.kind == UNIT_RATIO);
}

static bool is_sum(const struct expr *e)
{
    return e->op == EXPR_ADD || e->op == EXPR_SUB || (e->op == EXPR_CALL && e->function == FN_SUM);
}

static enum finding_kind kind_of_comparison(const struct expr *e)
{
    const struct expr *left = e->args[0], *right = e->args[1];
    if (calls(e, FN_GROWTH))
        return KIND_GROWTH;
    if (calls(e, FN_SHARE) || (left->op == EXPR_DIV && is_ratio(right)) || (right->op == EXPR_DIV && is_ratio(left)))
        return KIND_SHARE;
    if (calls(e, FN_MEAN))
        return KIND_AVERAGE;
    if (has_op(e, EXPR_MUL) || has_op(e, EXPR_DIV))
        return KIND_RATIO;
    if (e->op == EXPR_EQ)
        return is_sum(left) || is_sum(right) ? KIND_SUM : KIND_RULE;
    if (e->op == EXPR_NE)
        return KIND_RULE;
    return left->op == EXPR_LITERAL || right->op == EXPR_LITERAL ? KIND_RANGE : KIND_PART_OF;
}

enum finding_kind rule_kind_of(const struct expr *check)
{
    if (expr_is_comparison(check))
        return kind_of_comparison(check);
    if (check->op == EXPR_IF)
        return rule_kind_of(check->args[1]);
    if (check->op != EXPR_AND)
        return KIND_RULE;
    enum finding_kind left = rule_kind_of(check->args[0]), right = rule_kind_of(check->args[1]);
    return left == right ? left : KIND_RULE;
}
