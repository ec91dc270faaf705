/* result: what a run keeps of each member: it goes from worker to parent, into the journal, and into every report.
 *
 *     struct member_result result = {.name = STR("archive.tar.zst/2019/figures.json"), .ordinal = 12};
 *     ...
 *     member_result_wire(&wire, &result);      // as bytes, and back: base/wire.h
 *
 * Results of a run are too many for memory. They lie in records on disk, a record for each parcel of members, and are
 * read in the order of the run: see store.h.
 */
#ifndef BATCH_RESULT_H
#define BATCH_RESULT_H

#include "base/map.h"
#include "check/finding_wire.h"

enum member_state {
    MEMBER_CHECKED,
    MEMBER_PASSED_OVER, /* a pack, a shape, a configuration, a file of no type that is known: nothing to check */
    MEMBER_UNREAD,      /* could not be read, or not be judged to its end: why stands in the problems */
    MEMBER_STATES
};

/* A figure of a member, kept for `--across` only: see across_figure.h, which makes it. One without a value is not kept.
 */
struct member_figure {
    struct str id;            /* else the words of its label */
    struct finding_dim *dims; /* sorted by name; declared totals are left out, as in a join; "*" stays */
    size_t dim_count;
    struct str time;              /* the name of the one that says when: "period", "year" …; may be empty */
    struct str period;            /* its value */
    struct str edition;           /* of what publication it is: "2024", "2024-03"; empty: not known */
    struct str measure;           /* what it can be compared with: "count", "money EUR" … */
    struct str factor;            /* base units of that measure in its own unit: "1/100" */
    struct finding_term term;     /* what a finding shows of it: text, value, unit, interval, place */
    struct finding_interval *was; /* the values that it declares to have had, in its unit */
    size_t was_count;
    bool revised, cumulative;
};

/* An ordinal has the parcel's number above, and these bits for the member's place in it. */
enum { ORDINAL_BITS = 32 };

struct member_result {
    struct str name; /* "archive.tar.zst/2019/figures.json", "file.ndjson:12", "big.json[12]" */
    size_t ordinal;  /* its place in the run; the same in every shard. As bytes: its place in its parcel */
    enum member_state state;
    size_t year;              /* of its dim "period", else the last in its name: "2019-03" is 2019; 0: not known */
    size_t bytes;             /* of its inputs */
    struct findings findings; /* sorted, with its coverage */
    struct problems problems; /* errors and warnings of its input */
    struct str figures;       /* for `--across`: one after the other, as member_figure_wire writes them */
};

/* Of a run: what is known of its rules after all members. One for each parcel, and their union for the run. */
struct rule_use {
    bool complete; /* found all its figures somewhere */
    bool searched; /* looked into a document */
    bool in_error; /* its error is among the rule_problems */
};

/* What members have come to: those of a parcel, or of a run. */
struct batch_counts {
    size_t members, passed_over, unread; /* members: all that were judged or should have been */
    size_t bytes;                        /* of members, unpacked */
    size_t findings;                     /* inconsistent verdicts */
    size_t worst;                        /* 1 + the highest severity among them; 0: none */
    size_t errors;                       /* of input */
    size_t told;                         /* verdicts, mentions, errors and warnings that reports may show */
    struct findings coverage;            /* without items */
};

/* Add findings that are of no member, a member, what was counted elsewhere. */
void batch_counts_find(struct batch_counts *counts, const struct findings *findings);
void batch_counts_take(struct batch_counts *counts, const struct member_result *member);
void batch_counts_add(struct batch_counts *counts, const struct batch_counts *more);

struct parcel_result {
    struct batch_counts counts; /* of its members */
    struct rule_use *rules;     /* one for each rule of the run, in its order */
    size_t rule_count;
    bool has_datasets;
    struct str *ids; /* of figures: those that rules name, and of the run's first members all, for "did you mean" */
    size_t id_count;
    struct problems rule_problems; /* errors of rules: one may stand in many parcels, and is told once */
    struct member_result *members; /* in the order of the run */
    size_t member_count;
};

/* What parcels say of rules, put together: .whole has no members. */
struct rule_union {
    struct parcel_result whole;
    struct map ids;
    size_t room; /* for ids */
};

struct rule_union rule_union_start(struct arena *arena);

/* Adds a part; what is kept of it is copied. */
void rule_union_add(struct rule_union *sum, const struct parcel_result *part);

/* As bytes and back. What is read lives in the wire's arena and borrows its bytes. */
void member_figure_wire(struct wire *wire, struct member_figure *figure);
void member_result_wire(struct wire *wire, struct member_result *result);
void parcel_result_wire(struct wire *wire, struct parcel_result *result);

/* The same in two steps: all but the members, with their count; then the members. */
void parcel_head_wire(struct wire *wire, struct parcel_result *result);
void parcel_members_wire(struct wire *wire, struct parcel_result *result);

#endif
