/* across_finding: two printings of a figure, compared and told. Inside cmd/batch only.
 *
 *     struct printing a, b;
 *     printing_read(&arena, record.body, &a);
 *     if (!printings_agree(&a, &b))
 *         across_tell(&scratch, findings, &(struct telling){rule, ACROSS_DIFFERS, &a, &b});
 */
#ifndef BATCH_ACROSS_FINDING_H
#define BATCH_ACROSS_FINDING_H

#include "batch/across_runs.h"
#include "batch/result.h"
#include "number/interval.h"

/* A figure as one member prints it. */
struct printing {
    struct str body; /* of its record */
    struct str member;
    struct member_figure figure;
    struct interval interval; /* in base units of its measure, … */
    struct interval own;      /* … and in its own unit */
    struct number value;      /* in its own unit */
};

/* The record of a figure, whose `bytes` are those of member_figure_wire. Its key sorts by series (the concept and its
 * dims but the period), period, edition, member and place, with the numbers in them compared as numbers. It lives in
 * the arena. */
struct record printing_record(struct arena *arena, struct str member, const struct member_figure *figure,
                              struct str bytes);

/* From the body of a record, which it borrows: false when its bytes are none. */
bool printing_read(struct arena *arena, struct str body, struct printing *out);

/* Of records: do they start with the same series, and the same period of it? */
bool same_series(struct record a, struct record b);
bool same_period(struct record a, struct record b);

/* Is there a value that both allow? False also when what they measure cannot be compared. */
bool printings_agree(const struct printing *a, const struct printing *b);

/* Does b allow only values below all of a's? */
bool printing_falls(struct arena *arena, const struct printing *a, const struct printing *b);

/* Does one of the values that `later` declares to have had agree with the earlier printing? */
bool printing_restates(struct arena *arena, const struct printing *later, const struct printing *earlier);

bool same_member(const struct printing *a, const struct printing *b);

/* Is it printed by the edition that it is of? */
bool printing_is_own(const struct printing *printing);

/* Parts of a key, which sort one after the other: texts by bytes, numbers by size. */
void key_add_text(struct buf *key, struct str text);
void key_add_number(struct buf *key, size_t number);

/* A text whose order by bytes is that of the names, with the numbers in them compared as numbers: "T9" before "T10". */
struct str natural_key(struct arena *arena, struct str name);

/* What a finding says of two printings: the older one stands left. */
struct telling {
    struct str rule;
    enum across_sign { ACROSS_DIFFERS, ACROSS_FALLS, ACROSS_REPEATS } sign;
    const struct printing *older, *newer;
    struct str detail;
};

/* Adds a finding, which owns its texts. */
void across_tell(struct arena *scratch, struct findings *findings, const struct telling *telling);

#endif
