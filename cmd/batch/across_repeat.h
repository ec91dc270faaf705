/* across_repeat: does a member repeat the figures of the edition before? Inside cmd/batch only.
 *
 *     repeat_add(runs, &scratch, &older, &newer, &diag);       // what two editions print of their own periods
 *     runs_sort(runs, &diag);
 *     repeat_judge(runs, &arena, findings, &diag);
 */
#ifndef BATCH_ACROSS_REPEAT_H
#define BATCH_ACROSS_REPEAT_H

#include "batch/across_finding.h"

/* Adds a figure of an edition, and the same of the edition before that has it. */
bool repeat_add(struct runs *runs, struct arena *scratch, const struct printing *older, const struct printing *newer,
                struct diag *diag);

/* Adds a finding for each largest group of which all are as they were. */
bool repeat_judge(struct runs *runs, struct findings *findings, struct diag *diag);

#endif
