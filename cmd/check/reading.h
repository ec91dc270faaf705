/* reading: ways to read what the sentences of a document claim of their figures.
 *
 *     struct readings readings = readings_find(&arena, &clauses);
 *     // "946 commerces, dont 592 ruraux et 354 urbains": CLAIM_SUM of 592 and 354, total 946, READING_FAIR
 *
 * Who plays which part is told by cues, years, units, signs and nearness, which make a score. Where several readings
 * fit one figure, one that holds wins over one that fails. What holds is kept also when little but the numbers speaks
 * for it, if the odds that it holds by accident are small; what fails is kept for who can tell a slip from a
 * misreading.
 */
#ifndef CHECK_READING_H
#define CHECK_READING_H

#include "check/clause.h"
#include "rule/claim.h"

enum reading_strength {
    READING_WEAK, /* kept only because it holds */
    READING_FAIR, /* likely: a gap tells of a mistake when it is small, or a slip explains it */
    READING_SURE  /* the sentence says so */
};

enum { READING_PARTS = 3 };

struct reading {
    enum claim claim;
    const struct item *parts[READING_PARTS]; /* in the order of claim_parts(claim) */
    const struct item *const *many;          /* of a part that is many: all of them, and parts[0] is NULL */
    size_t many_count;
    enum reading_strength strength;
    bool holds;   /* by estimate */
    bool close;   /* fails by estimate, but by little */
    bool rounded; /* the first part is rounded to its last digit that is no zero, as titles do */
    int score;
};

struct readings {
    struct reading *items;
    size_t count, room;
};

/* In the order of the figures that they turn on. All lives in the arena and borrows the clauses. */
struct readings readings_find(struct arena *arena, const struct clauses *clauses);

/* ---- for the files of this room that look for readings ---- */

struct reading_search {
    struct arena *arena;
    const struct clauses *clauses;
    struct readings *out;
};

/* The next item before or behind `at` that is no year; NULL where the text ends. */
const struct item *reading_before(const struct reading_search *s, const struct item *at);
const struct item *reading_behind(const struct reading_search *s, const struct item *at);

/* Does no other amount or rate stand between the two? */
bool reading_neighbours(const struct reading_search *s, const struct item *a, const struct item *b);

/* What says that it is an earlier value. */
bool reading_is_earlier(const struct item *item);

/* Is the one said to be the value before the other: by a cue, in the parenthesis behind it, of an earlier year? */
bool reading_comes_before(const struct reading_search *s, const struct item *from, const struct item *to);

/* 1: it says by how much something rose; -1: fell; 0: that is not said. */
int reading_direction(const struct item *item);

/* reading_rate.c: what a percentage is of; reading_sum.c: sums and lists; reading_pair.c: all else. */
void readings_of_rates(struct reading_search *s);
void readings_of_sums(struct reading_search *s);
void readings_of_pairs(struct reading_search *s);

#endif
