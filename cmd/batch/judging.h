/* judging: a parcel's members, each judged as a dossier of its own.
 *
 *     const struct judging judging = {.rules = rules, .rule_count = count, .shapes = &shapes, .options = options, ...};
 *     struct judge *judge = judge_new(&judging, out_of_memory);
 *     struct str result = judge_parcel(judge, parcel, 0, SIZE_MAX);      // a parcel_result, as bytes
 *     ...
 *     judge_free(judge);
 *
 * It is what a worker does; nothing of a member is left behind in memory.
 */
#ifndef BATCH_JUDGING_H
#define BATCH_JUDGING_H

#include "batch/lines.h"
#include "batch/result.h"
#include "check/content.h"

/* What all workers share: read before they are forked, and only read then. */
struct judging {
    const struct rule *const *rules;
    size_t rule_count;
    const struct shapes *shapes;
    struct dossier_options options;
    size_t max_member;    /* bytes of a member that is one value of a stream */
    struct str encoding;  /* of documents; empty: they say it, or it is guessed */
    bool across;          /* figures are kept, to be held against each other */
    size_t shard, shards; /* the part that is judged, from 1; 1 of 1: all */
};

struct judge;

/* `lines` is of the parts of files that it is to read itself. `out_of_memory` as in struct arena: it must not return.
 */
struct judge *judge_new(const struct judging *judging, const struct line_table *lines, void (*out_of_memory)(void));
void judge_free(struct judge *judge);

/* Judges members `from` up to, not including, `to` of the parcel, which counts them from 0. The bytes of a
 * parcel_result; valid until the next call. The parcel is told where the judge is. */
struct str judge_parcel(struct judge *judge, struct parcel *parcel, size_t from, size_t to);

/* Is the member of that name in the shard? */
bool judging_wants(const struct judging *judging, struct str name);

#endif
