/* formula: a rule's check with figures in the place of its names: what is judged.
 *
 *     `sum(x over region) = total` for 3 regions becomes SUM(x1, x2, x3) = total over four operands.
 *
 * Values are in base units (80 % is 0.8, 43 M€ is 43000000, 18 months 1.5): each operand is brought there once, so that
 * arithmetic needs no conversions. Nodes stand in an array, arguments before what uses them.
 */
#ifndef CHECK_FORMULA_H
#define CHECK_FORMULA_H

#include "check/bind.h"

enum formula_op {
    FORMULA_CONSTANT,
    FORMULA_OPERAND,
    FORMULA_COUNT, /* of its args, in .number: known when the formula is made */
    FORMULA_NEG,
    FORMULA_SUM, /* any number of args */
    FORMULA_SUB,
    FORMULA_MUL,
    FORMULA_DIV,
    FORMULA_ABS,
    FORMULA_ROUND, /* to .places of .number */
    FORMULA_MIN,
    FORMULA_MAX,
    FORMULA_COMPARE, /* args: left, right; .tests say when it holds */
    FORMULA_AND,
    FORMULA_OR,
    FORMULA_NOT,
    FORMULA_IF,
    FORMULA_TRUTH /* a constant: a comparison of texts, known when the formula is made */
};

/* A comparison holds when every one of its tests does; one that is negated (`a != b within 1`), when not. */
enum formula_test_kind { TEST_ZERO, TEST_NOT_ZERO, TEST_BELOW_ZERO, TEST_AT_MOST_ZERO };
struct formula_test {
    enum formula_test_kind kind;
    size_t difference; /* a node */
};

struct formula_node {
    enum formula_op op;
    const struct expr *expr; /* what it was made from */
    size_t *args;
    size_t arg_count;
    size_t operand;       /* of FORMULA_OPERAND */
    struct number number; /* of FORMULA_CONSTANT and FORMULA_COUNT, in base units; of FORMULA_ROUND, the unit that is
                             rounded to */
    struct number scale;  /* what the value is multiplied by: a bare count that meets months becomes months */
    struct unit unit;
    int places;
    bool truth;
    struct formula_test tests[2];
    size_t test_count;
    bool negated;
};

/* A figure of the dossier, or a literal of the check, in base units. */
struct operand {
    const struct figure *figure;
    struct str name;      /* as the rule calls it */
    struct number factor; /* what its notation's values are multiplied by */
    struct number value;
    struct interval interval;
};

struct formula {
    struct formula_node *nodes;
    size_t count, root;
    struct operand *operands;
    size_t operand_count;
};

enum formula_result {
    FORMULA_OK,
    FORMULA_UNIT_ERROR, /* the rule is wrong: error says where and why */
    FORMULA_UNCHECKED   /* a value is missing: reason and detail say which */
};

struct formula_problem {
    struct expr_error error;
    enum unchecked_reason reason;
    struct str detail;
    const struct figure *figure; /* that it is about, or NULL */
};

/* Makes the formula of an expression under a binding. It lives in the arena. */
enum formula_result formula_make(struct arena *arena, const struct expr *expr, const struct binding *binding,
                                 struct formula *out, struct formula_problem *problem);

/* Gives every operand the interval of another rounding convention, but for those whose interval is declared. */
void formula_set_rounding(struct arena *arena, struct formula *formula, enum rounding rounding);

#endif
