#include "check/plan_check.h"

/* ---- Making ---- */

struct making {
    struct arena *arena;
    struct plan_check *check;
    struct {
        struct plan_test *items;
        size_t count, room;
    } tests;
    struct {
        struct plan_sum *items;
        size_t count, room;
    } positive;
};

/* A sum as it is found: with a coefficient for each operand. */
struct found_sum {
    struct number *coefficients, constant;
};

/* What a difference is: factor * first * second, or factor * first / second, and rest. */
struct found {
    enum plan_product product;
    struct number factor;
    struct found_sum first, second, rest;
};

static struct found_sum new_sum(struct making *m)
{
    return (struct found_sum){.coefficients = ARENA_ARRAY(m->arena, struct number, m->check->formula.operand_count)};
}

static bool find_sum(struct making *m, size_t node, struct found_sum *out)
{
    *out = new_sum(m);
    return judge_linear(m->arena, &m->check->formula, node, out->coefficients, &out->constant);
}

static void add_sum(struct making *m, struct found_sum *to, const struct found_sum *from, struct number factor)
{
    struct arena *arena = m->arena;
    to->constant = number_add(arena, to->constant, number_mul(arena, from->constant, factor));
    for (size_t i = 0; i < m->check->formula.operand_count; i++)
        to->coefficients[i] = number_add(arena, to->coefficients[i], number_mul(arena, from->coefficients[i], factor));
}

static bool settle_sum(struct making *m, const struct found_sum *found, struct plan_sum *out, struct number *factor);

static bool take_apart(struct making *m, size_t at, struct number factor, struct found *out);

/* A product with a number that is no figure's, a quotient by one, or the one product or quotient of two sums. A divisor
 * is one figure: of that, the general way sees the very same bounds. */
static bool take_product_apart(struct making *m, const struct formula_node *node, struct number factor,
                               struct found *out)
{
    const struct formula_node *left = &m->check->formula.nodes[node->args[0]];
    const struct formula_node *right = &m->check->formula.nodes[node->args[1]];
    if (node->op == FORMULA_MUL && left->op == FORMULA_CONSTANT) {
        factor = number_mul(m->arena, factor, number_mul(m->arena, left->number, left->scale));
        return take_apart(m, node->args[1], factor, out);
    }
    if (out->product != PRODUCT_NONE || !find_sum(m, node->args[0], &out->first) ||
        !find_sum(m, node->args[1], &out->second))
        return false;
    out->product = node->op == FORMULA_MUL ? PRODUCT_OF : QUOTIENT_OF;
    out->factor = factor;
    return node->op == FORMULA_MUL || right->op == FORMULA_OPERAND;
}

/* Takes factor * node apart: into the rest, but for one product or quotient. An absolute value is taken for its
 * argument, which must then prove not to be below 0. */
static bool take_apart(struct making *m, size_t at, struct number factor, struct found *out)
{
    const struct formula_node *node = &m->check->formula.nodes[at];
    struct found_sum sum;
    if (find_sum(m, at, &sum)) {
        add_sum(m, &out->rest, &sum, factor);
        return true;
    }
    factor = number_mul(m->arena, factor, node->scale);
    switch (node->op) {
    case FORMULA_NEG:
        return take_apart(m, node->args[0], number_neg(m->arena, factor), out);
    case FORMULA_SUM:
        for (size_t i = 0; i < node->arg_count; i++)
            if (!take_apart(m, node->args[i], factor, out))
                return false;
        return true;
    case FORMULA_SUB:
        return take_apart(m, node->args[0], factor, out) &&
               take_apart(m, node->args[1], number_neg(m->arena, factor), out);
    case FORMULA_MUL:
    case FORMULA_DIV:
        return take_product_apart(m, node, factor, out);
    case FORMULA_ABS: {
        struct number ignored;
        if (!find_sum(m, node->args[0], &sum) || !settle_sum(m, &sum, LIST_ADD(m->arena, &m->positive), &ignored))
            return false;
        add_sum(m, &out->rest, &sum, factor);
        return true;
    }
    case FORMULA_CONSTANT:
    case FORMULA_OPERAND:
    case FORMULA_COUNT:
    case FORMULA_ROUND:
    case FORMULA_MIN:
    case FORMULA_MAX:
    case FORMULA_COMPARE:
    case FORMULA_AND:
    case FORMULA_OR:
    case FORMULA_NOT:
    case FORMULA_IF:
    case FORMULA_TRUTH:
        break;
    }
    return false;
}

/* Numbers made whole by one factor above 0. A third and a seventh come from months and weeks. */
static bool make_whole(struct arena *arena, const struct number *numbers, size_t count, int64_t *whole,
                       struct number *factor)
{
    static const int64_t factors[] = {1, 3, 7, 21};
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
        bool fits = true;
        int least = 0;
        for (size_t j = 0; fits && j < count; j++) {
            struct number n = number_mul(arena, numbers[j], number_int(factors[i]));
            fits = !n.big;
            whole[j] = n.mantissa;
            least = n.exponent < least ? n.exponent : least;
        }
        for (size_t j = 0; fits && j < count; j++)
            fits = number_shift(&whole[j], number_mul(arena, numbers[j], number_int(factors[i])).exponent - least);
        *factor = number_mul(arena, number_int(factors[i]), number_decimal(arena, 1, -least));
        if (fits)
            return true;
    }
    return false;
}

/* The sum over the skeleton's numbers instead of operands; what stays as it is goes into the constant. */
static bool settle_sum(struct making *m, const struct found_sum *found, struct plan_sum *out, struct number *factor)
{
    const struct formula *formula = &m->check->formula;
    struct arena *arena = m->arena;
    struct number *numbers = ARENA_ARRAY(arena, struct number, formula->operand_count + 1);
    int64_t *whole = ARENA_ARRAY(arena, int64_t, formula->operand_count + 1);
    *out = (struct plan_sum){.terms = ARENA_ARRAY(arena, struct plan_term, formula->operand_count)};
    struct number constant = found->constant;
    for (size_t i = 0; i < formula->operand_count; i++) {
        size_t number = m->check->numbers[i];
        if (!number_sign(found->coefficients[i]))
            continue;
        if (number == NO_NUMBER && !interval_is_point(formula->operands[i].interval))
            return false;
        if (number == NO_NUMBER) {
            struct number at = formula->operands[i].interval.low.at;
            constant = number_add(arena, constant, number_mul(arena, found->coefficients[i], at));
            continue;
        }
        numbers[out->count] = number_mul(arena, found->coefficients[i], m->check->units[number]);
        out->terms[out->count++].number = number;
    }
    numbers[out->count] = constant;
    if (!make_whole(arena, numbers, out->count + 1, whole, factor))
        return false;
    for (size_t i = 0; i < out->count; i++)
        out->terms[i].coefficient = whole[i];
    out->constant = whole[out->count];
    return true;
}

/* Is there a number in both? Then what one allows depends on the other. */
static bool share_number(const struct plan_sum *a, const struct plan_sum *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (a->terms[i].number == b->terms[j].number)
                return true;
    return false;
}

static bool settle_test(struct making *m, const struct found *found, struct plan_test *out)
{
    struct arena *arena = m->arena;
    struct number one = number_int(1), of_rest, of_first = one, of_second = one;
    out->product = found->product;
    out->weight = out->rest_weight = 1;
    if (!settle_sum(m, &found->rest, &out->rest, &of_rest))
        return false;
    if (found->product == PRODUCT_NONE)
        return true;
    if (!settle_sum(m, &found->first, &out->first, &of_first) ||
        !settle_sum(m, &found->second, &out->second, &of_second) || share_number(&out->rest, &out->first) ||
        share_number(&out->rest, &out->second))
        return false;
    /* The sums stand there times of_rest, of_first, of_second. */
    struct number weights[2] = {number_div(arena, found->factor, of_first), number_div(arena, one, of_rest)};
    size_t other = found->product == PRODUCT_OF ? 0 : 1;
    int64_t whole[2];
    struct number ignored;
    weights[other] = number_div(arena, weights[other], of_second);
    if (!make_whole(arena, weights, 2, whole, &ignored))
        return false;
    out->weight = whole[0];
    out->rest_weight = whole[1];
    return true;
}

/* Adds the tests of comparisons that must all hold; false when the formula is more than that. */
static bool add_tests(struct making *m, size_t at)
{
    const struct formula_node *node = &m->check->formula.nodes[at];
    if (node->op == FORMULA_AND)
        return add_tests(m, node->args[0]) && add_tests(m, node->args[1]);
    if (node->op != FORMULA_COMPARE || node->negated)
        return false;
    for (size_t i = 0; i < node->test_count; i++) {
        struct found found = {.rest = new_sum(m)};
        struct plan_test *test = LIST_ADD(m->arena, &m->tests);
        test->kind = node->tests[i].kind;
        if (!take_apart(m, node->tests[i].difference, number_int(1), &found) || !settle_test(m, &found, test))
            return false;
    }
    return true;
}

static struct plan_check new_check(struct arena *arena, struct formula formula, const struct skeleton *skeleton,
                                   const struct readings *readings)
{
    struct plan_check check = {
        .formula = formula, .numbers = ARENA_ARRAY(arena, size_t, formula.operand_count), .units = readings->units};
    for (size_t i = 0; i < formula.operand_count; i++) {
        check.numbers[i] = NO_NUMBER;
        for (size_t j = 0; j < skeleton->value_count; j++)
            if (skeleton->figures[j] == formula.operands[i].figure)
                check.numbers[i] = j;
    }
    return check;
}

struct plan_check plan_check_make(struct arena *arena, struct formula formula, const struct skeleton *skeleton,
                                  const struct readings *readings)
{
    struct plan_check check = new_check(arena, formula, skeleton, readings);
    struct making m = {.arena = arena, .check = &check};
    if (add_tests(&m, formula.root)) {
        check.tests = m.tests.items;
        check.test_count = m.tests.count;
        check.positive = m.positive.items;
        check.positive_count = m.positive.count;
    }
    return check;
}

struct plan_check plan_condition_make(struct arena *arena, struct formula formula, const struct skeleton *skeleton,
                                      const struct readings *readings, enum truth truth)
{
    struct plan_check check = new_check(arena, formula, skeleton, readings);
    check.condition = true;
    check.truth = truth;
    return check;
}

/* ---- Judging ---- */

/* All values that a sum can have, and the printed one. False when they are too large, or not all plain. */
static bool sum_bounds(const struct plan_sum *sum, const struct quantity *quantities, struct quantity *out)
{
    out->value = out->low = out->high = sum->constant;
    bool other = false;
    for (size_t i = 0; i < sum->count; i++) {
        const struct plan_term *term = &sum->terms[i];
        const struct quantity *q = &quantities[term->number];
        bool rises = term->coefficient > 0;
        int64_t value, low, high;
        other |= !q->plain || __builtin_mul_overflow(q->value, term->coefficient, &value) ||
                 __builtin_mul_overflow(rises ? q->low : q->high, term->coefficient, &low) ||
                 __builtin_mul_overflow(rises ? q->high : q->low, term->coefficient, &high) ||
                 __builtin_add_overflow(out->value, value, &out->value) ||
                 __builtin_add_overflow(out->low, low, &out->low) ||
                 __builtin_add_overflow(out->high, high, &out->high);
    }
    return !other;
}

/* May a difference that has these signs at two places, and any between them, pass the test? */
static bool may_pass(enum formula_test_kind kind, int low, int high)
{
    switch (kind) {
    case TEST_ZERO:
        return low <= 0 && high >= 0;
    case TEST_NOT_ZERO:
        return low || high;
    case TEST_BELOW_ZERO:
        return low < 0;
    case TEST_AT_MOST_ZERO:
        return low <= 0;
    }
    return false;
}

static int sign_of(__int128 n) { return (n > 0) - (n < 0); }

/* weight * a + rest_weight * b, each of them a product already. */
static bool weigh(const struct plan_test *test, __int128 a, __int128 b, int *sign)
{
    __int128 sum;
    if (__builtin_mul_overflow(a, (__int128)test->weight, &a) ||
        __builtin_mul_overflow(b, (__int128)test->rest_weight, &b) || __builtin_add_overflow(a, b, &sum))
        return false;
    *sign = sign_of(sum);
    return true;
}

/* The product or quotient is taken as printed, and the rest as it may be: where that holds, there are values that do.
 */
static bool product_holds(const struct plan_test *test, const struct quantity *quantities)
{
    struct quantity first, second, rest;
    int low, high;
    if (!sum_bounds(&test->first, quantities, &first) || !sum_bounds(&test->second, quantities, &second) ||
        !sum_bounds(&test->rest, quantities, &rest))
        return false;
    __int128 product = (__int128)first.value * second.value, dividend = first.value;
    switch (test->product) {
    case PRODUCT_OF:
        return weigh(test, product, rest.low, &low) && weigh(test, product, rest.high, &high) &&
               may_pass(test->kind, low, high);
    case QUOTIENT_OF:
        if (second.low <= 0 && second.high >= 0)
            return false;
        if (!weigh(test, dividend, (__int128)rest.low * second.value, &low) ||
            !weigh(test, dividend, (__int128)rest.high * second.value, &high))
            return false;
        return second.value > 0 ? may_pass(test->kind, low, high) : may_pass(test->kind, -low, -high);
    case PRODUCT_NONE:
        break;
    }
    return false;
}

static bool test_holds(const struct plan_test *test, const struct quantity *quantities)
{
    struct quantity rest;
    if (test->product != PRODUCT_NONE)
        return product_holds(test, quantities);
    return sum_bounds(&test->rest, quantities, &rest) &&
           may_pass(test->kind, (rest.low > 0) - (rest.low < 0), (rest.high > 0) - (rest.high < 0));
}

/* As any formula, with the values put in. */
static bool judge_in_general(const struct plan_check *check, const struct quantity *quantities, struct arena *scratch)
{
    const struct formula *formula = &check->formula;
    for (size_t i = 0; i < formula->operand_count; i++) {
        if (check->numbers[i] == NO_NUMBER)
            continue;
        const struct quantity *q = &quantities[check->numbers[i]];
        struct number unit = check->units[check->numbers[i]];
        struct operand *operand = &formula->operands[i];
        operand->value = q->plain ? number_mul(scratch, number_int(q->value), unit) : q->exact;
        operand->interval = q->plain ? interval_closed(number_mul(scratch, number_int(q->low), unit),
                                                       number_mul(scratch, number_int(q->high), unit))
                                     : q->interval;
    }
    if (check->condition)
        return judge_truth(scratch, formula) == check->truth;
    struct judgement judgement;
    judge(scratch, formula, &judgement);
    return judgement.verdict == VERDICT_EXACT || judgement.verdict == VERDICT_ROUNDING;
}

bool plan_check_holds(const struct plan_check *check, const struct quantity *quantities, struct arena *scratch)
{
    bool proven = check->test_count > 0;
    struct quantity positive;
    for (size_t i = 0; proven && i < check->positive_count; i++)
        proven = sum_bounds(&check->positive[i], quantities, &positive) && positive.low >= 0;
    for (size_t i = 0; proven && i < check->test_count; i++)
        proven = test_holds(&check->tests[i], quantities);
    return proven || judge_in_general(check, quantities, scratch);
}
