/* worker: one process of the pool, and the pipes to it. Only for pool.c.
 *
 *     worker_fork(&worker, &options, parcels, ...);
 *     worker_send(&worker, &(struct order){.slot = 1, .from = 0, .to = SIZE_MAX});
 *     switch (worker_read(&worker)) ... worker.incoming ...
 */
#ifndef BATCH_WORKER_H
#define BATCH_WORKER_H

#include <sys/types.h>

#include "batch/pool.h"

/* What a worker is asked for: members `from` up to `to` of the parcel in a slot. */
struct order {
    size_t slot, from, to;
};

struct answer {
    size_t slot, length; /* of the bytes that follow */
};

struct worker {
    pid_t process;       /* 0: there is none */
    int orders, answers; /* pipes to it and from it */
    struct answer head;
    size_t got;  /* bytes of the head and the answer that have come */
    char *bytes; /* of the answer */
    size_t room;
};

/* Where the parcels lie: all of one size. */
struct slots {
    char *memory;
    size_t size, count;
};

static inline struct parcel *slot_at(const struct slots *slots, size_t i)
{
    return (struct parcel *)(void *)(slots->memory + i * slots->size);
}

/* Starts a process. `others` are workers whose pipes it must not keep open. */
bool worker_fork(struct worker *worker, const struct pool_options *options, const struct slots *slots,
                 const struct worker *others, size_t other_count, struct diag *diag);

bool worker_send(struct worker *worker, const struct order *order);

enum worker_event {
    WORKER_QUIET,    /* the answer is not all there yet */
    WORKER_ANSWERED, /* .head and .bytes are one */
    WORKER_GONE      /* the process has ended */
};

/* Reads what has come. */
enum worker_event worker_read(struct worker *worker);

/* After WORKER_GONE: takes leave of the process, and gives its status as waitpid does. */
int worker_bury(struct worker *worker);

#endif
