/* outcome: what has become of a run over many members: its reports, its summary, its exit status. The results may be of
 * one run or of its shards: what is written is the same.
 *
 *     head.setup = outcome_setup(&arena, settings, rules, count, &problems);    // into the results, when they are made
 *     ...
 *     struct outcome *outcome = outcome_new(&arena, settings, results);
 *     if (outcome_write(outcome, &diag)) status = outcome_status(outcome);
 */
#ifndef CROSSFOOT_OUTCOME_H
#define CROSSFOOT_OUTCOME_H

#include "batch/batch.h"
#include "crossfoot/options.h"

/* What reports say of rules, packs and shapes, and which verdicts they show, as bytes: with them a report can be made
 * where the rules are not at hand. */
struct str outcome_setup(struct arena *arena, const struct settings *settings, const struct rule *const *rules,
                         size_t count, struct problems *problems);

struct outcome;

/* Borrows all that it is given. */
struct outcome *outcome_new(struct arena *arena, const struct settings *settings, struct results *results);

/* Reads the results, holds members against each other where that was asked for, and writes what the settings name.
 * False when that could not be finished. */
bool outcome_write(struct outcome *outcome, struct diag *diag);

/* After outcome_write. */
int outcome_status(const struct outcome *outcome);

#endif
