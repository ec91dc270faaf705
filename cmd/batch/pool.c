#include "batch/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "batch/worker.h"

enum { SLOTS_EACH = 2, POLL_MILLISECONDS = 100, MOST_STILLBORN = 5 };

/* Members of a parcel that are judged by one order. */
struct stretch {
    size_t from, to;
};

/* A parcel on its way. Its stretches are judged one after another: after a crash, those before the member that is to
 * blame, that one alone, and those behind it. */
struct slot {
    bool busy;
    struct arena arena; /* of what follows; emptied with each parcel */
    struct {
        struct stretch *items;
        size_t count, room;
    } stretches; /* what is left to do; the last one is next */
    struct {
        struct str *items;
        size_t count, room;
    } parts; /* results of the stretches before, of which there are seldom any */
};

struct crew {
    struct worker worker;
    size_t queue[SLOTS_EACH], queued; /* slots with an order that is not answered, oldest first */
    int64_t since;                    /* milliseconds; when the oldest order became that */
    bool timed_out;
    size_t stillborn; /* processes in a row that ended before they began a member */
};

struct pool {
    struct pool_options options;
    struct slots slots;
    struct slot *slot;
    struct worker *workers;
    struct crew *crew; /* one for each worker */
    struct pollfd *polled;
};

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static struct parcel *parcel_of(const struct pool *pool, size_t slot) { return slot_at(&pool->slots, slot); }

static bool start_worker(struct pool *pool, size_t i, struct diag *diag)
{
    pool->crew[i].timed_out = false;
    return worker_fork(&pool->workers[i], &pool->options, &pool->slots, pool->workers, pool->options.jobs, diag);
}

struct pool *pool_start(struct arena *arena, const struct pool_options *options, struct diag *diag)
{
    struct pool *pool = ARENA_NEW(arena, struct pool);
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    pool->options = *options;
    pool->slots.count = options->jobs * SLOTS_EACH;
    pool->slots.size = (sizeof(struct parcel) + options->room + page - 1) & ~(page - 1);
    pool->workers = ARENA_ARRAY(arena, struct worker, options->jobs);
    pool->crew = ARENA_ARRAY(arena, struct crew, options->jobs);
    pool->polled = ARENA_ARRAY(arena, struct pollfd, options->jobs);
    pool->slot = ARENA_ARRAY(arena, struct slot, pool->slots.count);
    /* Pages are had when they are first touched: most parcels are far smaller than their slot. */
    pool->slots.memory = mmap(NULL, pool->slots.size * pool->slots.count, PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (pool->slots.memory == MAP_FAILED) {
        pool->slots.memory = NULL;
        diag_about(diag, STR(""), "no memory for %zu workers: a smaller --max-member or -j takes less", options->jobs);
        return NULL;
    }
    for (size_t i = 0; i < pool->slots.count; i++) {
        pool->slot[i].arena.out_of_memory = arena->out_of_memory;
        parcel_of(pool, i)->room = options->room;
    }
    for (size_t i = 0; i < options->jobs; i++)
        if (!start_worker(pool, i, diag)) {
            pool_stop(pool);
            return NULL;
        }
    return pool;
}

/* Sends the order for the next stretch of a slot. A worker that is gone is noticed when it is read from. */
static void send_order(struct pool *pool, size_t slot)
{
    struct slot *s = &pool->slot[slot];
    size_t i = slot / SLOTS_EACH;
    const struct stretch *next = &s->stretches.items[s->stretches.count - 1];
    atomic_store(&parcel_of(pool, slot)->since, 0);
    atomic_store(&parcel_of(pool, slot)->current, next->from);
    if (!pool->crew[i].queued)
        pool->crew[i].since = now();
    pool->crew[i].queue[pool->crew[i].queued++] = slot;
    worker_send(&pool->workers[i], &(struct order){slot, next->from, next->to});
}

/* Results of parts of a parcel made one. Nearly always there is one part. */
static struct str join_parts(struct slot *slot)
{
    if (slot->parts.count == 1)
        return slot->parts.items[0];
    struct arena *arena = &slot->arena;
    struct rule_union sum = rule_union_start(arena);
    struct buf members = {.arena = arena}, out = {.arena = arena};
    struct wire head = {.out = &out};
    for (size_t i = 0; i < slot->parts.count; i++) {
        struct wire in = {.in = slot->parts.items[i], .arena = arena};
        struct parcel_result part;
        parcel_head_wire(&in, &part);
        rule_union_add(&sum, &part);
        sum.whole.member_count += part.member_count;
        buf_add(&members, in.in);
    }
    parcel_head_wire(&head, &sum.whole);
    buf_add(&out, buf_str(&members));
    return buf_str(&out);
}

/* Gives the slot's memory back where a large member took much of it. */
static void free_slot(struct pool *pool, size_t slot)
{
    struct slot *s = &pool->slot[slot];
    struct parcel *parcel = parcel_of(pool, slot);
    s->busy = false;
    arena_free(&s->arena);
    s->parts.items = NULL;
    s->parts.count = s->parts.room = 0;
    s->stretches.items = NULL;
    s->stretches.count = s->stretches.room = 0;
    if (parcel->used > 4 * (size_t)PARCEL_BYTES) {
        size_t room = parcel->room;
        madvise(parcel, pool->slots.size, MADV_REMOVE);
        parcel->room = room;
    }
}

/* A stretch is done: the next one, or the result of all. */
static bool finish_stretch(struct pool *pool, size_t slot, struct diag *diag)
{
    struct slot *s = &pool->slot[slot];
    s->stretches.count--;
    if (s->stretches.count) {
        send_order(pool, slot);
        return true;
    }
    bool ok = pool->options.take(pool->options.context, parcel_of(pool, slot), join_parts(s), diag);
    free_slot(pool, slot);
    return ok;
}

static bool take_answer(struct pool *pool, size_t i, struct diag *diag)
{
    struct crew *crew = &pool->crew[i];
    struct worker *worker = &pool->workers[i];
    struct slot *s = &pool->slot[worker->head.slot];
    struct str bytes = {worker->bytes, worker->head.length};
    crew->queued--;
    crew->stillborn = 0;
    crew->since = now();
    memmove(crew->queue, crew->queue + 1, crew->queued * sizeof *crew->queue);
    /* With stretches to come it is copied out of the worker's buffer. */
    bool last = s->stretches.count == 1 && !s->parts.count;
    *LIST_ADD(&s->arena, &s->parts) = last ? bytes : str_copy(&s->arena, bytes);
    return finish_stretch(pool, worker->head.slot, diag);
}

/* Why a member was not evaluated, from the way in which its process ended. */
static void say_why(const struct pool *pool, int status, bool timed_out, struct str name, struct diag *diag)
{
    if (timed_out)
        diag_about(diag, name, "not evaluated: it takes longer than --timeout, %zu seconds", pool->options.timeout);
    else if (WIFEXITED(status) && WEXITSTATUS(status) == STATUS_NO_MEMORY)
        diag_about(diag, name, "not evaluated: it needs more memory than --memory, %zu bytes", pool->options.memory);
    else
        diag_about(diag, name, "not evaluated: the program fell over it (signal %d)",
                   WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

/* The result of the member that cannot be judged. */
static void give_up(struct pool *pool, size_t slot, size_t number, int status, bool timed_out)
{
    struct slot *s = &pool->slot[slot];
    const struct parcel *parcel = parcel_of(pool, slot);
    struct parcel_walk walk = parcel_walk_start(parcel);
    struct member member = {0};
    while (parcel_walk_next(&walk, &member) && member.number < number)
        continue;
    struct diag diag = {.arena = &s->arena};
    struct member_result result = {.name = parcel_member_name(&s->arena, parcel, &member),
                                   .ordinal = member.number,
                                   .state = MEMBER_UNREAD,
                                   .findings = {.arena = &s->arena},
                                   .problems = {.arena = &s->arena}};
    say_why(pool, status, timed_out, result.name, &diag);
    problems_take(&result.problems, &diag);
    struct parcel_result part = {.members = &result, .member_count = 1, .rule_problems = {.arena = &s->arena}};
    batch_counts_take(&part.counts, &result);
    struct buf out = {.arena = &s->arena};
    struct wire wire = {.out = &out};
    parcel_result_wire(&wire, &part);
    *LIST_ADD(&s->arena, &s->parts) = buf_str(&out);
}

/* The member that brought a worker down is tried once more, alone; alone already, it is given up. */
static bool lay_blame(struct pool *pool, size_t slot, int status, bool timed_out, struct diag *diag)
{
    struct slot *s = &pool->slot[slot];
    size_t at = atomic_load(&parcel_of(pool, slot)->current);
    struct stretch all = s->stretches.items[s->stretches.count - 1];
    if (all.to == all.from + 1) {
        give_up(pool, slot, at, status, timed_out);
        return finish_stretch(pool, slot, diag);
    }
    s->stretches.count--;
    *LIST_ADD(&s->arena, &s->stretches) = (struct stretch){at + 1, all.to};
    *LIST_ADD(&s->arena, &s->stretches) = (struct stretch){at, at + 1};
    if (at > all.from)
        *LIST_ADD(&s->arena, &s->stretches) = (struct stretch){all.from, at};
    send_order(pool, slot);
    return true;
}

/* A worker is gone: another takes its place and its orders. */
static bool replace_worker(struct pool *pool, size_t i, struct diag *diag)
{
    struct crew *crew = &pool->crew[i];
    bool timed_out = crew->timed_out, ok = true;
    int status = worker_bury(&pool->workers[i]);
    size_t queue[SLOTS_EACH], queued = crew->queued;
    memcpy(queue, crew->queue, sizeof queue);
    bool began = queued && atomic_load(&parcel_of(pool, queue[0])->since);
    crew->queued = 0;
    crew->stillborn = began ? 0 : crew->stillborn + 1;
    if (crew->stillborn > MOST_STILLBORN)
        return diag_about(diag, STR(""), "workers end as soon as they are started (status %d)", status);
    if (!start_worker(pool, i, diag))
        return false;
    if (began)
        ok = lay_blame(pool, queue[0], status, timed_out, diag);
    for (size_t k = began; k < queued; k++)
        send_order(pool, queue[k]);
    return ok;
}

static void watch_time(struct pool *pool)
{
    for (size_t i = 0; pool->options.timeout && i < pool->options.jobs; i++) {
        struct crew *crew = &pool->crew[i];
        int64_t since = crew->queued ? atomic_load(&parcel_of(pool, crew->queue[0])->since) : 0;
        if (since < crew->since)
            since = crew->since;
        if (crew->queued && !crew->timed_out && now() - since > (int64_t)pool->options.timeout * 1000) {
            crew->timed_out = true;
            kill(pool->workers[i].process, SIGKILL);
        }
    }
}

/* Takes in what the workers have to say; waits for it when `wait` is set. */
static bool hear(struct pool *pool, bool wait, struct diag *diag)
{
    size_t jobs = pool->options.jobs;
    for (size_t i = 0; i < jobs; i++)
        pool->polled[i] = (struct pollfd){.fd = pool->workers[i].answers, .events = POLLIN};
    if (poll(pool->polled, jobs, wait ? POLL_MILLISECONDS : 0) < 0 && errno != EINTR)
        return diag_about(diag, STR(""), "workers cannot be waited for: %s", strerror(errno));
    for (size_t i = 0; i < jobs; i++) {
        if (!pool->polled[i].revents)
            continue;
        enum worker_event event;
        while ((event = worker_read(&pool->workers[i])) == WORKER_ANSWERED)
            if (!take_answer(pool, i, diag))
                return false;
        if (event == WORKER_GONE && !replace_worker(pool, i, diag))
            return false;
    }
    watch_time(pool);
    pool->options.tick(pool->options.context);
    return true;
}

/* A free slot of the worker with the least to do; false when all are taken. */
static bool find_free(const struct pool *pool, size_t *slot)
{
    size_t least = SLOTS_EACH;
    for (size_t i = 0; i < pool->slots.count; i++) {
        size_t queued = pool->crew[i / SLOTS_EACH].queued;
        if (!pool->slot[i].busy && queued < least) {
            least = queued;
            *slot = i;
        }
    }
    return least < SLOTS_EACH;
}

struct parcel *pool_empty(struct pool *pool, struct diag *diag)
{
    size_t slot = 0;
    if (!hear(pool, false, diag))
        return NULL;
    while (!find_free(pool, &slot))
        if (!hear(pool, true, diag))
            return NULL;
    return parcel_of(pool, slot);
}

void pool_give(struct pool *pool, struct parcel *parcel)
{
    size_t i = (size_t)((char *)parcel - pool->slots.memory) / pool->slots.size;
    struct slot *slot = &pool->slot[i];
    slot->busy = true;
    *LIST_ADD(&slot->arena, &slot->stretches) = (struct stretch){0, SIZE_MAX};
    send_order(pool, i);
}

bool pool_finish(struct pool *pool, struct diag *diag)
{
    for (;;) {
        bool busy = false;
        for (size_t i = 0; i < pool->slots.count; i++)
            busy |= pool->slot[i].busy;
        if (!busy)
            return true;
        if (!hear(pool, true, diag))
            return false;
    }
}

void pool_stop(struct pool *pool)
{
    for (size_t i = 0; i < pool->options.jobs; i++) {
        if (pool->workers[i].process)
            worker_bury(&pool->workers[i]);
        free(pool->workers[i].bytes);
    }
    for (size_t i = 0; i < pool->slots.count; i++)
        arena_free(&pool->slot[i].arena);
    if (pool->slots.memory)
        munmap(pool->slots.memory, pool->slots.size * pool->slots.count);
}
