/* judge: does a formula hold, for the values as printed and for all that their notations allow?
 *
 *     struct judgement j;
 *     judge(&arena, &formula, &j);
 *     // j.verdict, and of the comparison that decided: j.left, j.right (bounds), j.gap
 *
 * `inconsistent` first, when no values inside the intervals satisfy the formula; else `exact` when the printed values
 * do; else `rounding`. A difference that is linear is judged exactly, each figure's coefficient collected first; others
 * at the corners where they are monotone in each figure, else by interval arithmetic, whose bounds are not tight.
 */
#ifndef CHECK_JUDGE_H
#define CHECK_JUDGE_H

#include "check/formula.h"

struct judgement {
    enum verdict verdict;
    enum unchecked_reason reason; /* of an unchecked one: a divisor that may be zero */
    size_t decisive;              /* the FORMULA_COMPARE node that decided; .compared is false when there is none */
    bool compared;
    bool loose;                /* bounds not tight */
    enum truth over_all;       /* of that comparison: over all values, … */
    bool as_printed;           /* … and for the printed ones */
    struct number left, right; /* as printed, in base units */
    struct interval left_bounds, right_bounds;
    bool valued; /* left and right are known: no division by zero in the printed values */
};

/* The verdict and its reason. */
void judge(struct arena *arena, const struct formula *formula, struct judgement *out);

/* The rest of a judgement, for a report: which comparison decided, and its sides. */
void judge_explain(struct arena *arena, const struct formula *formula, struct judgement *judgement);

/* The same for one comparison of many, whose node judgement->decisive is. */
void judge_comparison(struct arena *arena, const struct formula *formula, struct judgement *judgement);

/* Does it hold for the printed values? */
bool judge_printed(struct arena *arena, const struct formula *formula);

/* For a condition (`when`): is it true for all values, some or none? */
enum truth judge_truth(struct arena *arena, const struct formula *formula);

/* The printed value of a node, in base units; false on a division by zero. */
bool judge_value(struct arena *arena, const struct formula *formula, size_t node, struct number *out);

/* All values that a node can have, in base units. False when a divisor may be zero. *tight is cleared when the
 * true bounds may be narrower. */
bool judge_bounds(struct arena *arena, const struct formula *formula, size_t node, struct interval *out, bool *tight);

/* The node as a sum: a coefficient for each operand, and a constant, in base units, whatever the operands are worth.
 * False when it is none. */
bool judge_linear(struct arena *arena, const struct formula *formula, size_t node, struct number *coefficients,
                  struct number *constant);

#endif
