#include "batch/batch.h"

#include <stdlib.h>

#include "base/arena.h"

struct batch {
    struct batch_options options;
    struct journal *journal;
    struct pool *pool;
    struct members members;
    struct line_table lines;
    struct arena scratch; /* a result, while it is counted */
    struct batch_counts counts;
    struct diag *diag; /* why the run stops */
};

static void tick(void *context)
{
    const struct batch *batch = context;
    batch->options.progress(batch->options.context, &batch->counts, batch->members.bytes_read);
}

static bool take(void *context, const struct parcel *parcel, struct str bytes, struct diag *diag)
{
    struct batch *batch = context;
    struct wire wire = {.in = bytes, .arena = &batch->scratch};
    struct parcel_result result;
    arena_reset(&batch->scratch);
    parcel_head_wire(&wire, &result);
    batch_counts_add(&batch->counts, &result.counts);
    return journal_add(batch->journal, parcel, bytes, diag);
}

/* A full parcel goes to a worker, unless an earlier run has judged it. */
static struct parcel *hand_over(void *context, struct parcel *parcel)
{
    struct batch *batch = context;
    bool found;
    if (!journal_has(batch->journal, parcel, &found, batch->diag))
        return NULL;
    if (found)
        return parcel;
    pool_give(batch->pool, parcel);
    return pool_empty(batch->pool, batch->diag);
}

struct batch *batch_start(struct arena *arena, const struct batch_options *options, struct diag *diag)
{
    struct batch *batch = ARENA_NEW(arena, struct batch);
    batch->options = *options;
    batch->scratch.out_of_memory = arena->out_of_memory;
    lines_map(&batch->lines);
    const struct pool_options pool = {.judging = options->judging,
                                      .lines = &batch->lines,
                                      .jobs = options->jobs,
                                      .room = members_room(&options->members),
                                      .memory = options->memory,
                                      .timeout = options->timeout,
                                      .leave = options->leave,
                                      .out_of_memory = options->out_of_memory,
                                      .take = take,
                                      .tick = tick,
                                      .context = batch};
    batch->members =
        (struct members){.arena = arena, .options = &batch->options.members, .hand_over = hand_over, .context = batch};
    /* A journal, and a shard, know a parcel by its bytes, which the parent must have read then. */
    if (!options->journal.len && options->head.shards <= 1)
        batch->members.lines = &batch->lines;
    if (!journal_open(&batch->journal, arena, options->journal, &options->head, diag))
        return NULL;
    batch->pool = pool_start(arena, &pool, diag);
    if (!batch->pool)
        journal_close(batch->journal);
    return batch->pool ? batch : NULL;
}

bool batch_run(struct batch *batch, const struct str *paths, size_t count, struct diag *diag)
{
    struct members *members = &batch->members;
    batch->diag = diag;
    struct parcel *parcel = pool_empty(batch->pool, diag);
    if (parcel)
        members_start(members, parcel);
    for (size_t i = 0; i < count && members->parcel; i++)
        members_read(members, paths[i]);
    size_t parcels = members->parcel ? members->parcel->number + (members->parcel->piece_count > 0) : 0;
    members_finish(members);
    bool ok = !diag->failed && pool_finish(batch->pool, diag) && journal_finish(batch->journal, parcels, diag);
    pool_stop(batch->pool);
    free(members->carry);
    return ok;
}

const struct journal *batch_journal(const struct batch *batch) { return batch->journal; }

struct results *batch_results(struct batch *batch) { return journal_results(batch->journal); }

/* Rules with findings are few: they are looked through one by one. */
static void count_rule(struct batch_sum *sum, struct arena *arena, struct str rule)
{
    size_t i = 0;
    while (i < sum->by_rule.count && !str_equal(sum->by_rule.items[i].rule, rule))
        i++;
    if (i == sum->by_rule.count)
        *LIST_ADD(arena, &sum->by_rule) = (struct rule_findings){.rule = str_copy(arena, rule)};
    sum->by_rule.items[i].count++;
}

static int by_rule(const void *a, const void *b)
{
    return str_compare(((const struct rule_findings *)a)->rule, ((const struct rule_findings *)b)->rule);
}

static void count_rules(struct batch_sum *sum, struct arena *arena, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].verdict == VERDICT_INCONSISTENT)
            count_rule(sum, arena, findings->items[i].rule);
}

static void sort_rules(struct batch_sum *sum)
{
    if (sum->by_rule.count)
        qsort(sum->by_rule.items, sum->by_rule.count, sizeof *sum->by_rule.items, by_rule);
}

static void add_parcel(struct batch_sum *sum, struct arena *arena, const struct parcel_result *parcel)
{
    rule_union_add(&sum->rules, parcel);
    for (size_t i = 0; i < parcel->member_count; i++)
        count_rules(sum, arena, &parcel->members[i].findings);
}

void batch_sum_add(struct batch_sum *sum, struct arena *arena, const struct findings *findings)
{
    batch_counts_find(&sum->counts, findings);
    count_rules(sum, arena, findings);
    sort_rules(sum);
}

bool batch_sum(struct results *results, struct arena *arena, struct batch_sum *sum, struct diag *diag)
{
    struct arena page = {.out_of_memory = arena->out_of_memory};
    *sum = (struct batch_sum){.rules = rule_union_start(arena)};
    bool ok = true;
    for (size_t i = 0; ok && i < results_count(results); i++) {
        struct parcel_result parcel;
        arena_reset(&page);
        ok = results_read_told(results, &page, i, &parcel, diag);
        if (ok)
            add_parcel(sum, arena, &parcel);
    }
    sum->counts = sum->rules.whole.counts;
    sort_rules(sum);
    arena_free(&page);
    return ok;
}

void batch_close(struct batch *batch)
{
    journal_close(batch->journal);
    lines_unmap(&batch->lines);
    arena_free(&batch->scratch);
}
