/* skeleton: the text of a dataset as others are compared with it: what must stand byte for byte, and what may differ.
 *
 *     struct skeleton *skeleton = skeleton_learn(&arena, dataset, pins);
 *     if (skeleton_fits(skeleton, bytes, numbers))
 *         ... numbers[i] is what stands where the i-th number stood in the dataset learnt from ...
 *
 * What may differ: numbers that are figures' values; texts that decide nothing (labels, sources, notes, other
 * metadata); values of dims, as long as those that were equal are equal again and those that differed still do.
 * All but the numbers is held to be the same until another dataset differs there: a text that is alike everywhere
 * costs no more than its bytes.
 *
 * Private to cmd/check/plan*.c.
 */
#ifndef CHECK_PLAN_SKELETON_H
#define CHECK_PLAN_SKELETON_H

#include "figure/dataset.h"

/* A number as it stands: 12.50 is 1250 with 2 decimals. */
struct plain_number {
    int64_t digits;
    unsigned decimals;
};

/* What rules look at, so that it must not differ. */
struct skeleton_pins {
    const struct str *members; /* of figures: "note"; of "source.name", its head */
    size_t member_count;
    const struct str *dims; /* names of dims whose values rules name, or compute with */
    size_t dim_count;
    bool all_dims;
};

enum skeleton_hole_kind { HOLE_NUMBER, HOLE_TEXT, HOLE_DIM };

/* A stretch of the text that may differ. */
struct skeleton_hole {
    size_t start, end;
    enum skeleton_hole_kind kind;
    size_t index; /* of a number: which; of a dim: its value */
    bool open;    /* it does differ */
};

/* A value of a dim: all that is said of it holds of each place where it stands. */
struct skeleton_dim {
    struct str name, text;
    bool pinned; /* somewhere it stands as what may not differ */
    bool open;
    struct str now; /* in the text that is compared; empty: not met yet */
};

/* What stands before an open hole, or before the end, byte for byte. */
struct skeleton_step {
    size_t start, length;
    const struct skeleton_hole *hole; /* NULL: the end */
};

struct skeleton {
    struct str text;
    struct skeleton_hole *holes; /* in the order of the text */
    size_t hole_count;
    struct skeleton_dim *dims;
    size_t dim_count;
    struct skeleton_step *steps;
    size_t step_count;
    struct figure **figures; /* whose values the numbers are */
    size_t number_count;
};

/* The skeleton of a dataset that is the whole of its source. Lives in the arena, borrows the source and the dataset. */
struct skeleton *skeleton_learn(struct arena *arena, struct dataset *dataset, const struct skeleton_pins *pins);

/* Keeps a number as it is in the dataset learnt from. */
void skeleton_close_number(struct skeleton *skeleton, size_t number);

/* To be called after the last change of holes. */
void skeleton_settle(struct skeleton *skeleton);

/* Does the text fit? Then it is as good JSON, and the same dataset but for its numbers. A text that differs where it
 * may makes the skeleton wider. */
bool skeleton_fits(struct skeleton *skeleton, struct str text, struct plain_number *numbers);

#endif
