/* plan_check: a rule's check in one context, for many members: made once, judged for the values of each.
 *
 *     struct plan_check check = plan_check_make(&arena, &formula, numbers, &readings);
 *     if (plan_check_holds(&check, quantities, &scratch)) ...
 *
 * Sums and comparisons of sums are judged on 64-bit integers, products and quotients of two sums on 128 bits. What is
 * neither, what overflows and what that does not prove is judged as any formula is, with the values put in.
 *
 * Private to cmd/check/plan*.c.
 */
#ifndef CHECK_PLAN_CHECK_H
#define CHECK_PLAN_CHECK_H

#include "check/judge.h"
#include "check/plan_reading.h"

/* A sum with whole coefficients: what it is the sum of, by value of the skeleton. */
struct plan_sum {
    struct plan_term {
        size_t number;
        int64_t coefficient;
    } * terms;
    size_t count;
    int64_t constant;
};

enum plan_product { PRODUCT_NONE, PRODUCT_OF, QUOTIENT_OF };

/* A difference of which the sign decides. Without a product it is the sum `rest`; else, but for a factor above 0,
 *     weight * first * second + rest_weight * rest               of a product, and
 *     (weight * first + rest_weight * rest * second) / second    of a quotient. */
struct plan_test {
    enum formula_test_kind kind;
    enum plan_product product;
    struct plan_sum rest, first, second;
    int64_t weight, rest_weight;
};

struct plan_check {
    struct formula formula;
    size_t *numbers;            /* of each operand, by value of the skeleton; NO_NUMBER: it stays as it is */
    const struct number *units; /* by number */
    bool condition;             /* whether it holds is not asked, but whether it is as true as it was */
    enum truth truth;
    struct plan_test *tests; /* all must hold; none: the formula is judged */
    size_t test_count;
    struct plan_sum
        *positive; /* what the tests take for its own absolute value: never below 0, or the formula is judged */
    size_t positive_count;
};

#define NO_NUMBER SIZE_MAX

/* The formula is borrowed, and its operands changed with each judging; `skeleton` says which figures have numbers. */
struct plan_check plan_check_make(struct arena *arena, struct formula formula, const struct skeleton *skeleton,
                                  const struct readings *readings);

/* The same for a condition, that was as true as this. */
struct plan_check plan_condition_make(struct arena *arena, struct formula formula, const struct skeleton *skeleton,
                                      const struct readings *readings, enum truth truth);

/* Does it hold, exactly or thanks to rounding? Of a condition: is it as true as it was? */
bool plan_check_holds(const struct plan_check *check, const struct quantity *quantities, struct arena *scratch);

#endif
