/* table_sum: which lines of a table a total adds up. For table_sum.c, which finds that out, and table_footing.c, which
 * says what is wrong.
 *
 *     for (const struct table_reading *r = table_readings(t, false); r; r = r->next)
 *         ... row r->total adds up rows r->parts[0] to r->parts[r->count - 1], in r->tally[TABLE_OUTCOME_EXACT] columns
 * at least
 */
#ifndef CHECK_TABLE_SUM_H
#define CHECK_TABLE_SUM_H

#include "check/table.h"

/* How parts and total agree in one track. */
enum table_outcome {
    TABLE_OUTCOME_NONE,  /* nothing to compare */
    TABLE_OUTCOME_OPEN,  /* some part has no number, and the others leave room for it */
    TABLE_OUTCOME_WEAK,  /* adds up, but of one part, of zeros or of tiny numbers */
    TABLE_OUTCOME_ROUND, /* adds up but for rounding, which is hardly an accident */
    TABLE_OUTCOME_EXACT, /* adds up, which is none */
    TABLE_OUTCOME_FAILS,
    TABLE_OUTCOME_OVER, /* some part has no number, and the others are too much already */
    TABLE_OUTCOME_COUNT
};

/* What some lines come to in one track. */
struct table_running {
    struct interval sum;
    struct number printed, least, most;
    size_t known, missing, nonzero;
    bool clash, below_zero;
};

/* A total line with the lines that it is taken to add up. */
struct table_reading {
    size_t total;
    size_t *parts, count;
    size_t tally[TABLE_OUTCOME_COUNT];
    struct number slack; /* how far, for its size, a track that adds up but for rounding might be off */
    bool named;          /* its heading says that it is a total */
    struct table_reading *next;
};

/* Does the total's number in this track add up others? Percentages of a whole add up to 100 %, others (rates) to
 * nothing; neither do rates and changes. */
bool table_is_added(const struct table_view *view, size_t total, size_t track);

/* What the parts of a reading come to in one track. */
struct table_running table_running(struct tabling *t, const struct table_view *view,
                                   const struct table_reading *reading, size_t track);

/* How that agrees with the total's number. */
enum table_outcome table_outcome(struct arena *arena, const struct table_running *r, const struct table_value *total);

/* The totals among the rows, or (`across`) the columns, with what they add up: a list, in the tabling's arena. */
struct table_reading *table_readings(struct tabling *t, bool across);

#endif
