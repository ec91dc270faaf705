/* reading: what the digits of a figure's value mean, learnt by having the general reader read others in their place.
 *
 *     struct readings readings = readings_learn(&arena, &scratch, options, skeleton);
 *     if (reading_read(&readings, i, number, &quantity))
 *         ... the i-th number allows quantity.low … quantity.high, in readings.units[i] ...
 *
 * A figure's unit, its declared decimals, the rounding convention and all else that decides how wide a printed number
 * is stand in the skeleton, so the width depends on the number of decimals only: it is learnt for each.
 *
 * Private to cmd/check/plan*.c.
 */
#ifndef CHECK_PLAN_READING_H
#define CHECK_PLAN_READING_H

#include "check/dossier.h"
#include "check/plan_skeleton.h"

enum { MOST_PLACES = 8 };

/* How values of one figure with so many decimals are read. */
struct reading {
    bool known;
    bool clipped; /* a value that is not below 0 allows none below 0 */
    int64_t half; /* half the width of its interval, in the reading's unit */
};

struct readings {
    unsigned places;                   /* the most decimals that are read, plus one: so that halves are whole */
    struct reading (*of)[MOST_PLACES]; /* by number of the skeleton, and decimals */
    bool *open;                        /* by number: some reading is known, and the number may differ */
    struct number *units;              /* 1 is so much in base units */
};

/* A value and its interval, closed at both ends. */
struct quantity {
    int64_t value, low, high;
};

/* Learns how each number of the skeleton is read. Numbers whose interval is of another kind (open, one-sided) are
 * closed in the skeleton: they must stay as they are. The scratch is emptied. */
struct readings readings_learn(struct arena *arena, struct arena *scratch, const struct dossier_options *options,
                               struct skeleton *skeleton);

/* False when the number is too large, has too many decimals or a meaning that was not learnt. */
static inline bool reading_read(const struct readings *readings, size_t at, const struct plain_number *number,
                                struct quantity *out)
{
    if (number->decimals >= readings->places)
        return false;
    const struct reading *reading = &readings->of[at][number->decimals];
    int64_t value = number->digits;
    if (!reading->known || !number_shift(&value, (int)(readings->places - number->decimals)) ||
        __builtin_sub_overflow(value, reading->half, &out->low) ||
        __builtin_add_overflow(value, reading->half, &out->high))
        return false;
    out->value = value;
    if (reading->clipped && value >= 0 && out->low < 0)
        out->low = 0;
    return true;
}

#endif
