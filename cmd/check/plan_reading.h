/* reading: what the digits of a figure's value mean, learnt by having the general reader read others in their place.
 *
 *     struct readings readings;
 *     readings_learn(&arena, &scratch, options, skeleton, values, &readings);
 *     if (reading_read(&readings, i, &value, &scratch, &quantity))
 *         ... the i-th value allows quantity.low … quantity.high, in readings.units[i] ...
 *
 * A figure's unit, its declared decimals, the rounding convention and all else that decides how wide a printed number
 * is stand in the skeleton, so the width of a plain one depends on the number of decimals only: it is learnt for each.
 * Any other value, and one of a width that is not symmetrical, is read as a dataset's reader does.
 *
 * Private to cmd/check/plan*.c.
 */
#ifndef CHECK_PLAN_READING_H
#define CHECK_PLAN_READING_H

#include "check/dossier.h"
#include "check/plan_skeleton.h"
#include "figure/reread.h"

enum { MOST_PLACES = 8 };

/* How values of one figure with so many decimals are read. */
struct reading {
    bool known;
    bool clipped; /* a value that is not below 0 allows none below 0 */
    int64_t half; /* half the width of its interval, in the reading's unit */
};

struct readings {
    unsigned places;                   /* the most decimals that are read, plus one: so that halves are whole */
    struct reading (*of)[MOST_PLACES]; /* by value of the skeleton, and decimals */
    struct number *units;              /* 1 is so much in base units */
    struct reread **rereads;
    struct figure *const *figures;
};

/* A value and its interval. */
struct quantity {
    bool missing;             /* it is said that there is none */
    bool plain;               /* the next three tell all, in the reading's unit; the interval is closed */
    int64_t value, low, high; /* … */
    struct number exact;      /* of one that is not plain, in base units */
    struct interval interval;
};

/* Learns how each value of the skeleton is read; `values` are those of the dataset learnt from. The scratch is emptied.
 * False when some figure cannot be read again.
 */
bool readings_learn(struct arena *arena, struct arena *scratch, const struct dossier_options *options,
                    const struct skeleton *skeleton, const struct skeleton_value *values, struct readings *out);

/* False when the value is in error, or has another unit than in the dataset learnt from. */
bool reading_read(const struct readings *readings, size_t at, const struct skeleton_value *value, struct arena *scratch,
                  struct quantity *out);

#endif
