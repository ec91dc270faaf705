/* store: the results of a run on disk, read in the order of the run whatever their number.
 *
 *     struct results *results;
 *     if (!results_open(&arena, STR("part1.results"), &results, &diag)) ...
 *     struct arena page = {0};
 *     struct parcel_result parcel;
 *     for (size_t i = 0; i < results_count(results); i++) {
 *         arena_reset(&page);
 *         if (!results_read(results, &page, i, &parcel, &diag)) ...
 *         ... parcel.members ...
 *     }
 *     results_close(results);
 *
 * On disk it is a journal (journal.h): a header, then a record for each parcel of members, each with its length and a
 * checksum. A shard's file of results is the same thing.
 */
#ifndef BATCH_STORE_H
#define BATCH_STORE_H

#include "batch/result.h"

struct results;

/* What a file of results says of the run that made it. Two can be merged when all but the shard is equal. */
struct results_head {
    struct str version;   /* of the program */
    struct str options;   /* those that change results: a hash of rules, shapes and options, in hex */
    struct str setup;     /* what a report needs to know of rules: see crossfoot/outcome.h */
    size_t shard, shards; /* 1 of 1 without --shard */
    bool across;          /* figures are kept, to be held against each other */
};

/* Opens a file of results. False when it is none, is damaged, or is not complete. Lives in the arena until closed. */
bool results_open(struct arena *arena, struct str path, struct results **results, struct diag *diag);

const struct results_head *results_head(const struct results *results);

/* The bytes of the file, for a report to carry: its descriptor and size. False for merged results: they have none. */
bool results_file(const struct results *results, int *file, size_t *size);

/* How many parcels there are. */
size_t results_count(const struct results *results);

/* Reads the i-th parcel of the run into the arena. False when the file cannot be read, or is damaged. */
bool results_read(struct results *results, struct arena *arena, size_t i, struct parcel_result *parcel,
                  struct diag *diag);

/* The same, but members are left out where none of them has anything to tell: most parcels are so. */
bool results_read_told(struct results *results, struct arena *arena, size_t i, struct parcel_result *parcel,
                       struct diag *diag);

void results_close(struct results *results);

#endif
