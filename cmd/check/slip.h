/* slip: the slip of the keyboard that explains a gap.
 *
 *     struct slip slips[3];
 *     size_t count = slip_find(&arena, &formula, &judgement, ROUNDING_NEAREST, slips, 3);
 *     // of 592 + 354 = 964: slips[0] is 946, SLIP_SWAPPED, and telling
 */
#ifndef CHECK_SLIP_H
#define CHECK_SLIP_H

#include "check/judge.h"
#include "check/keying.h"

/* One figure of a formula, with one slip undone, with which the formula holds. */
struct slip {
    enum slip_kind kind;
    size_t operand;
    struct notation
        notation;        /* what would be printed: its value is in its unit, its text may be empty (see keyed_text) */
    struct operand with; /* the operand with it */
    bool closes;         /* the two sides agree: of `a <= b` more than is asked for */
    uint32_t likelihood; /* of this slip, in millionths (see keying.h): for comparing slips alone */
    uint32_t odds;       /* that some slip as likely as this one explains such a gap by accident, in millionths */
};

/* Looks for figures of an inconsistent formula that one slip explains, in order: those that close the gap before those
 * that only make the formula hold, then the likeliest. Writes `room` of them at most, and says how many; they live in
 * the arena. `judgement` has been explained (judge_explain); `rounding` is that of figures without a dataset.
 *
 * The odds answer: of all gaps of such a size, from a third of this one to three times it and of either sign, what
 * share would be explained by a slip that is no less likely? Gaps are counted in steps of the last printed digit of the
 * figure; each such slip of each figure explains as many of them as there are steps in its place with which the formula
 * holds. So the odds grow with the number of figures that were tried, as they must when many explanations are (the
 * Bonferroni bound), and with what roundings allow: a share in whole percents is met by many slips, and none is
 * evidence. */
size_t slip_find(struct arena *arena, const struct formula *formula, const struct judgement *judgement,
                 enum rounding rounding, struct slip *out, size_t room);

/* The side of an equality that is a figure by itself, as the other side gives it, rounded to the digits that are
 * printed: a "slip" of kind SLIP_NONE for each such side, at most two. */
size_t slip_computed(struct arena *arena, const struct formula *formula, const struct judgement *judgement,
                     enum rounding rounding, struct slip out[2]);

/* The operand with another notation of the same figure. */
struct operand slip_operand(struct arena *arena, const struct operand *operand, const struct notation *notation,
                            enum rounding rounding);

/* Is the gap explained well enough to call it a slip? When fewer than one in twenty gaps of its size would be. */
bool slip_is_telling(const struct slip *slip);

#endif
