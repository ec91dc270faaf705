/* batch: a run over any number of members: read, judged by workers, written down as they come.
 *
 *     struct batch_options options = {.members = ..., .judging = &judging, .jobs = 2, ...};
 *     struct batch *batch = batch_start(&arena, &options, &diag);
 *     ok = batch && batch_run(batch, paths, path_count, &diag);
 *     struct results *results = batch_results(batch);              // in the order of the run
 *     batch_sum(results, &arena, &sum, &diag);
 *     batch_close(batch);
 */
#ifndef BATCH_BATCH_H
#define BATCH_BATCH_H

#include "batch/journal.h"
#include "batch/members.h"
#include "batch/pool.h"

/* Findings of one rule. */
struct rule_findings {
    struct str rule;
    size_t count;
};

/* A run as a whole, put together from all its results. */
struct batch_sum {
    struct batch_counts counts;
    struct rule_union rules;
    struct {
        struct rule_findings *items; /* sorted by rule */
        size_t count, room;
    } by_rule;
};

struct batch_options {
    struct member_options members;
    const struct judging *judging;
    size_t jobs, memory, timeout; /* as in struct pool_options */
    struct str journal;           /* a path; empty: there is none */
    struct results_head head;
    void (*leave)(int);
    void (*out_of_memory)(void);
    /* Told now and then how far the run is: `read` of the bytes on disk. */
    void (*progress)(void *context, const struct batch_counts *counts, size_t read);
    void *context;
};

struct batch;

/* Opens the journal and starts the workers. NULL, with the diag filled, when that fails. */
struct batch *batch_start(struct arena *arena, const struct batch_options *options, struct diag *diag);

/* Reads and judges all that is at the paths. False when the run could not be finished: the disk is full, say. */
bool batch_run(struct batch *batch, const struct str *paths, size_t count, struct diag *diag);

const struct journal *batch_journal(const struct batch *batch);
struct results *batch_results(struct batch *batch);

/* Sums all results up; the sum lives in the arena. False when they cannot be read. */
bool batch_sum(struct results *results, struct arena *arena, struct batch_sum *sum, struct diag *diag);

/* Adds findings that are of no single member. */
void batch_sum_add(struct batch_sum *sum, struct arena *arena, const struct findings *findings);

void batch_close(struct batch *batch);

#endif
