/* across_runs: records in the order of their keys, however many they are: sorted runs on disk, merged.
 *
 *     struct runs *runs = runs_open(&arena, STR("/tmp"), 16 << 20);
 *     runs_add(runs, (struct record){key, body}, &diag);      // any number of times, in any order
 *     runs_sort(runs, &diag);
 *     while (runs_next(runs, &record, &diag)) ...             // by key, then by body; what was added twice comes once
 *     runs_close(runs);
 *
 * A run is a file that has no name once it is open, so that a killed program leaves nothing behind:
 *
 *     run    := record* end
 *     record := u32 length of the key, u32 length of the body, their bytes
 *     end    := u32 0xffffffff, u32 0, u64 checksum of the records
 *
 * Numbers are little-endian. Where there are many runs of one size, they are merged into one of the next: no more than
 * a few dozen are ever open, and each record is written a logarithmic number of times.
 */
#ifndef BATCH_ACROSS_RUNS_H
#define BATCH_ACROSS_RUNS_H

#include "base/diag.h"

struct record {
    struct str key, body;
};

struct runs;

/* The least memory that runs work in. */
enum { RUNS_LEAST_MEMORY = 1 << 16 };

/* An empty set of records; it lives in the arena and takes `memory` bytes of it, and beside that the room of as many
 * records as there are open runs. Runs are made in `folder`. */
struct runs *runs_open(struct arena *arena, struct str folder, size_t memory);

/* Adds a copy of the record. False when a run cannot be written: the disk is full. */
bool runs_add(struct runs *runs, struct record record, struct diag *diag);

/* After the last one was added. */
bool runs_sort(struct runs *runs, struct diag *diag);

/* The next record, borrowed until the next call. False behind the last one, and then the diag has not failed; false
 * with the diag filled when a run cannot be read, or has changed on disk. */
bool runs_next(struct runs *runs, struct record *record, struct diag *diag);

/* Closes the files. */
void runs_close(struct runs *runs);

#endif
