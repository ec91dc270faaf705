/* merge: the results of all shards of a run as those of one run.
 *
 *     struct results *results;
 *     if (!merge_open(&arena, paths, count, VERSION, &results, &diag)) ... diag tells which report is wrong, and why
 *     ... as the results of any run: store.h ...
 *     results_close(results);
 *
 * A report of a shard is its JSON report, which has the results in it, or the file of results itself. All shards read
 * the same inputs and cut them into the same parcels, each judging its own members of them: so a parcel of the whole is
 * the members of that parcel of each shard, in their order.
 */
#ifndef BATCH_MERGE_H
#define BATCH_MERGE_H

#include "batch/store.h"

/* Opens reports, in any order. False, with the report in the diag, when one is none, is damaged, was made by another
 * version than `version`, by other rules or of other inputs than the first; when a shard is there twice; when one is
 * missing. What JSON reports hold is kept in a file without name while the results are open. */
bool merge_open(struct arena *arena, const struct str *paths, size_t count, struct str version,
                struct results **results, struct diag *diag);

/* For store.c: a parcel of merged results, with results_read or, where only what is told is wanted, results_read_told.
 */
bool merge_read(struct results *results, struct arena *arena, size_t i, bool told, struct parcel_result *parcel,
                struct diag *diag);

#endif
