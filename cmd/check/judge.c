#include "check/judge.h"

struct judging {
    struct arena *arena;
    const struct formula *formula;
    bool loose, zero; /* some bounds are not tight; some divisor may be zero */
};

static enum truth test_interval(enum formula_test_kind kind, struct interval difference)
{
    switch (kind) {
    case TEST_ZERO:
        return interval_is_zero(difference);
    case TEST_NOT_ZERO:
        return truth_not(interval_is_zero(difference));
    case TEST_BELOW_ZERO:
        return interval_is_below_zero(difference);
    case TEST_AT_MOST_ZERO:
        return interval_is_at_most_zero(difference);
    }
    return TRUTH_MAYBE;
}

/* What a node is worth as a truth, over all values or (`printed`) for the printed ones. */
static enum truth truth_of(struct judging *j, size_t at, bool printed)
{
    const struct formula_node *node = &j->formula->nodes[at];
    switch (node->op) {
    case FORMULA_TRUTH:
        return node->truth ? TRUTH_TRUE : TRUTH_FALSE;
    case FORMULA_AND:
        return truth_and(truth_of(j, node->args[0], printed), truth_of(j, node->args[1], printed));
    case FORMULA_OR:
        return truth_or(truth_of(j, node->args[0], printed), truth_of(j, node->args[1], printed));
    case FORMULA_NOT:
        return truth_not(truth_of(j, node->args[0], printed));
    case FORMULA_IF:
        return truth_or(truth_not(truth_of(j, node->args[0], printed)), truth_of(j, node->args[1], printed));
    case FORMULA_COMPARE: {
        enum truth truth = TRUTH_TRUE;
        for (size_t i = 0; i < node->test_count; i++) {
            struct interval difference;
            struct number value;
            bool tight = true;
            if (printed ? !judge_value(j->arena, j->formula, node->tests[i].difference, &value)
                        : !judge_bounds(j->arena, j->formula, node->tests[i].difference, &difference, &tight)) {
                j->zero = true;
                return TRUTH_MAYBE;
            }
            if (printed)
                difference = interval_point(value);
            j->loose |= !tight;
            truth = truth_and(truth, test_interval(node->tests[i].kind, difference));
        }
        return node->negated ? truth_not(truth) : truth;
    }
    case FORMULA_CONSTANT:
    case FORMULA_COUNT:
    case FORMULA_OPERAND:
    case FORMULA_NEG:
    case FORMULA_SUM:
    case FORMULA_SUB:
    case FORMULA_MUL:
    case FORMULA_DIV:
    case FORMULA_ABS:
    case FORMULA_ROUND:
    case FORMULA_MIN:
    case FORMULA_MAX:
        break;
    }
    return TRUTH_MAYBE;
}

/* The comparison that explains the whole: the first one that fails where the whole fails, else the first one that holds
 * only for some values, else the first one. `wanted` is the truth looked for; below a "not", its opposite. */
static bool find_decisive(struct judging *j, size_t at, enum truth wanted, size_t *out)
{
    const struct formula_node *node = &j->formula->nodes[at];
    switch (node->op) {
    case FORMULA_COMPARE:
        *out = at;
        return truth_of(j, at, false) == wanted;
    case FORMULA_NOT:
        return find_decisive(j, node->args[0], truth_not(wanted), out);
    case FORMULA_IF: /* the consequence is what is claimed */
        return find_decisive(j, node->args[1], wanted, out) ||
               (wanted != TRUTH_FALSE && find_decisive(j, node->args[0], truth_not(wanted), out));
    case FORMULA_AND:
    case FORMULA_OR:
        return find_decisive(j, node->args[0], wanted, out) || find_decisive(j, node->args[1], wanted, out);
    case FORMULA_TRUTH:
    case FORMULA_CONSTANT:
    case FORMULA_COUNT:
    case FORMULA_OPERAND:
    case FORMULA_NEG:
    case FORMULA_SUM:
    case FORMULA_SUB:
    case FORMULA_MUL:
    case FORMULA_DIV:
    case FORMULA_ABS:
    case FORMULA_ROUND:
    case FORMULA_MIN:
    case FORMULA_MAX:
        break;
    }
    return false;
}

static void fill_comparison(struct judging *j, struct judgement *out)
{
    const struct formula_node *node = &j->formula->nodes[out->decisive];
    bool tight = true;
    out->over_all = truth_of(j, out->decisive, false);
    out->as_printed = truth_of(j, out->decisive, true) == TRUTH_TRUE;
    out->valued = judge_value(j->arena, j->formula, node->args[0], &out->left) &&
                  judge_value(j->arena, j->formula, node->args[1], &out->right);
    out->compared = judge_bounds(j->arena, j->formula, node->args[0], &out->left_bounds, &tight) &&
                    judge_bounds(j->arena, j->formula, node->args[1], &out->right_bounds, &tight);
    out->loose |= !tight;
}

void judge(struct arena *arena, const struct formula *formula, struct judgement *out)
{
    struct judging j = {.arena = arena, .formula = formula};
    enum truth truth = truth_of(&j, formula->root, false);
    *out = (struct judgement){.verdict = VERDICT_INCONSISTENT, .loose = j.loose, .decisive = formula->count};
    if (truth == TRUTH_MAYBE && j.zero) {
        out->verdict = VERDICT_UNCHECKED;
        out->reason = UNCHECKED_ZERO;
    } else if (truth != TRUTH_FALSE) {
        out->verdict = truth_of(&j, formula->root, true) == TRUTH_TRUE ? VERDICT_EXACT : VERDICT_ROUNDING;
    }
}

void judge_explain(struct arena *arena, const struct formula *formula, struct judgement *judgement)
{
    struct judging j = {.arena = arena, .formula = formula};
    enum truth truth = truth_of(&j, formula->root, false);
    if (!find_decisive(&j, formula->root, truth, &judgement->decisive))
        find_decisive(&j, formula->root, TRUTH_MAYBE, &judgement->decisive);
    if (judgement->decisive < formula->count)
        fill_comparison(&j, judgement);
}

void judge_comparison(struct arena *arena, const struct formula *formula, struct judgement *judgement)
{
    struct judging j = {.arena = arena, .formula = formula};
    fill_comparison(&j, judgement);
}

bool judge_printed(struct arena *arena, const struct formula *formula)
{
    struct judging j = {.arena = arena, .formula = formula};
    return truth_of(&j, formula->root, true) == TRUTH_TRUE;
}

enum truth judge_truth(struct arena *arena, const struct formula *formula)
{
    struct judging j = {.arena = arena, .formula = formula};
    return truth_of(&j, formula->root, false);
}
