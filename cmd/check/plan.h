/* plan: the fast way to judge the members of an archive that are written alike.
 *
 * Such members share their structure: the same ids, units, dims and so on, byte for byte, and other values. A plan is
 * learnt from a member that the general way has read and judged without a finding. Another member that fits it is
 * compared with it, its values are read where they must stand, and its checks are judged on 64-bit numbers. It is
 * proven clean, with the very counts that the general way would give, or it is left to the general way: so findings,
 * errors and warnings always come from there, and are the same by construction.
 *
 *     struct plans *plans = plans_new(&arena, rules, rule_count, &options);
 *     for each member:
 *         if (plans_judge(plans, bytes, &coverage))
 *             ... clean: add its counts ...
 *         else
 *             ... dossier_new, dossier_add, dossier_check, and then ...
 *             plans_learn(plans, bytes);
 *
 * For members that are one dataset and nothing else: no document, no shape, no second dataset in the dossier.
 */
#ifndef CHECK_PLAN_H
#define CHECK_PLAN_H

#include "check/dossier.h"

struct plans;

/* What a member adds to the counts of `struct findings`, which have the same names; it has no mention, no finding and
 * no problem. Of the tally, `datasets` grows by one; its rules and ids stand there already, from the member that was
 * learnt from. */
struct plan_coverage {
    size_t figures, missing, unchecked, judged, untouched;
};

/* No plan yet. The rules and what the options point to are borrowed. With options that ask for more than findings
 * (all, unchecked) no plan is ever learnt. Give it back with plans_free: plans that are not used any more are forgotten
 * one by one, so they lie in arenas of their own. */
struct plans *plans_new(struct arena *arena, const struct rule *const *rules, size_t count,
                        const struct dossier_options *options);
void plans_free(struct plans *plans);

/* True when the member is proven clean: `out` then has its counts. False when it is not known whether it is: it must
 * then be judged the general way. `bytes` is a JSON text, white space around it. */
bool plans_judge(struct plans *plans, struct str bytes, struct plan_coverage *out);

/* After plans_judge has left a member to the general way: learns a plan from it when it is clean and of a structure
 * that plans know. Members that teach nothing cost little: after each vain lesson more of them are passed over. */
void plans_learn(struct plans *plans, struct str bytes);

#endif
