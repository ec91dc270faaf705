#include "rule/expr.h"

#include <string.h>

static const struct str functions[] = {
    [FN_SUM] = STR_INIT("sum"),     [FN_COUNT] = STR_INIT("count"), [FN_MEAN] = STR_INIT("mean"),
    [FN_MIN] = STR_INIT("min"),     [FN_MAX] = STR_INIT("max"),     [FN_ABS] = STR_INIT("abs"),
    [FN_ROUND] = STR_INIT("round"), [FN_SHARE] = STR_INIT("share"), [FN_GROWTH] = STR_INIT("growth"),
};

struct str expr_function_name(enum expr_function function) { return functions[function]; }

struct str expr_op_symbol(enum expr_op op)
{
    static const struct str symbols[] = {
        [EXPR_NEG] = STR_INIT("-"), [EXPR_ADD] = STR_INIT("+"),   [EXPR_SUB] = STR_INIT("-"),
        [EXPR_MUL] = STR_INIT("*"), [EXPR_DIV] = STR_INIT("/"),   [EXPR_EQ] = STR_INIT("="),
        [EXPR_NE] = STR_INIT("!="), [EXPR_LT] = STR_INIT("<"),    [EXPR_LE] = STR_INIT("<="),
        [EXPR_GT] = STR_INIT(">"),  [EXPR_GE] = STR_INIT(">="),   [EXPR_AND] = STR_INIT("and"),
        [EXPR_OR] = STR_INIT("or"), [EXPR_NOT] = STR_INIT("not"), [EXPR_IF] = STR_INIT("if"),
    };
    return symbols[op];
}

bool expr_is_comparison(const struct expr *expr) { return expr->op >= EXPR_EQ && expr->op <= EXPR_GE; }

bool expr_is_logical(const struct expr *expr) { return expr->op >= EXPR_EQ; }

static bool units_equal(struct unit a, struct unit b)
{
    if (a.kind != b.kind || a.base_count != b.base_count || !number_equal(a.factor, b.factor))
        return false;
    for (size_t i = 0; i < a.base_count; i++)
        if (a.bases[i].power != b.bases[i].power || memcmp(a.bases[i].name, b.bases[i].name, sizeof a.bases[i].name))
            return false;
    return true;
}

static bool selectors_equal(const struct expr *a, const struct expr *b)
{
    if (a->selector_count != b->selector_count)
        return false;
    for (size_t i = 0; i < a->selector_count; i++)
        if (!str_equal(a->selectors[i].dim, b->selectors[i].dim) ||
            !str_equal(a->selectors[i].value, b->selectors[i].value))
            return false;
    return true;
}

static bool calls_equal(const struct expr *a, const struct expr *b)
{
    if (a->function != b->function || a->over_count != b->over_count)
        return false;
    for (size_t i = 0; i < a->over_count; i++)
        if (!str_equal(a->over[i], b->over[i]))
            return false;
    return true;
}

/* What a node says itself, its arguments aside. */
static bool nodes_equal(const struct expr *a, const struct expr *b)
{
    switch (a->op) {
    case EXPR_LITERAL:
        return number_equal(a->number, b->number) && units_equal(a->unit, b->unit);
    case EXPR_NOTATION:
    case EXPR_TEXT:
    case EXPR_DIM:
        return str_equal(a->text, b->text);
    case EXPR_NAME:
        return str_equal(a->text, b->text) && selectors_equal(a, b);
    case EXPR_CALL:
        return calls_equal(a, b);
    case EXPR_EQ:
    case EXPR_NE:
    case EXPR_LT:
    case EXPR_LE:
    case EXPR_GT:
    case EXPR_GE:
        return !a->within == !b->within && (!a->within || expr_equal(a->within, b->within));
    case EXPR_NEG:
    case EXPR_ADD:
    case EXPR_SUB:
    case EXPR_MUL:
    case EXPR_DIV:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
    case EXPR_IF:
        break;
    }
    return true;
}

bool expr_equal(const struct expr *a, const struct expr *b)
{
    if (a->op != b->op || a->arg_count != b->arg_count || !nodes_equal(a, b))
        return false;
    for (size_t i = 0; i < a->arg_count; i++)
        if (!expr_equal(a->args[i], b->args[i]))
            return false;
    return true;
}
