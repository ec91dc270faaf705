/* pool: worker processes that judge parcels, and what becomes of a member that brings one down.
 *
 *     struct pool *pool = pool_start(&arena, &options, &diag);
 *     struct parcel *parcel = pool_empty(pool, &diag);          // waits for one
 *     ... fill it ...
 *     pool_give(pool, parcel);
 *     ...
 *     bool ok = pool_finish(pool, &diag);                       // waits for all
 *     pool_stop(pool);
 *
 * Workers are processes, so that a crash, a pattern that runs away or a member that needs all memory costs that member:
 * it is tried once more, alone in a new process, and then is a result that says why it was not evaluated. Parcels lie
 * in memory that parent and workers share, two for each worker; results come through a pipe.
 */
#ifndef BATCH_POOL_H
#define BATCH_POOL_H

#include "batch/judging.h"

struct pool_options {
    const struct judging *judging;
    const struct line_table *lines; /* mapped; parts of files that workers read themselves */
    size_t jobs;                    /* workers */
    size_t room;                    /* bytes that a parcel must have room for */
    size_t memory;                  /* bytes that a worker may take; 0: no limit */
    size_t timeout;                 /* seconds that a member may take; 0: no limit */
    void (*leave)(int);             /* ends a worker's process, with that status: it must not return */
    void (*out_of_memory)(void);    /* the same with STATUS_NO_MEMORY */
    /* Takes the result of a parcel, as bytes; the order is that in which they are ready. False: the run is to stop. */
    bool (*take)(void *context, const struct parcel *parcel, struct str result, struct diag *diag);
    /* Called now and then while the parent waits. */
    void (*tick)(void *context);
    void *context;
};

enum { STATUS_NO_MEMORY = 3 };

struct pool;

/* Lives in the arena. NULL with the diag filled when there is no memory, or no process, to be had. */
struct pool *pool_start(struct arena *arena, const struct pool_options *options, struct diag *diag);

/* A parcel that nobody uses, for the worker with the least to do. NULL with the diag filled: the run is to stop. */
struct parcel *pool_empty(struct pool *pool, struct diag *diag);

/* Has a parcel of pool_empty judged. */
void pool_give(struct pool *pool, struct parcel *parcel);

/* Waits until all is judged. */
bool pool_finish(struct pool *pool, struct diag *diag);

/* Ends the workers, whatever they do. */
void pool_stop(struct pool *pool);

#endif
