/* skeleton: the text of a dataset as others are compared with it: what must stand byte for byte, and what may differ.
 *
 *     struct skeleton *skeleton = skeleton_learn(&arena, dataset, pins);
 *     if (skeleton_fits(skeleton, &scratch, bytes, numbers))
 *         ... numbers[i] is what stands where the i-th number stood in the dataset learnt from ...
 *
 * What may differ: numbers that are figures' values; texts and numbers that decide nothing (labels, sources, notes,
 * other metadata); values of dims, as long as those that were equal are equal again and those that differed still do.
 * All but the numbers is held to be the same until another dataset differs there: a text that is alike everywhere
 * costs no more than its bytes.
 *
 * Private to cmd/check/plan*.c.
 */
#ifndef CHECK_PLAN_SKELETON_H
#define CHECK_PLAN_SKELETON_H

#include "check/plan_number.h"
#include "figure/dataset.h"

/* What rules look at, so that it must not differ. */
struct skeleton_pins {
    const struct str *members; /* of figures: "note"; of "source.name", its head */
    size_t member_count;
    const struct str *dims; /* names of dims whose values rules name, or compute with */
    size_t dim_count;
    bool all_dims;
};

enum skeleton_hole_kind {
    HOLE_NUMBER,  /* a figure's value */
    HOLE_PRINTED, /* the number at the start of a figure's value that is a text: "2 800 communes" */
    HOLE_TEXT,
    HOLE_SCALAR, /* a text, a number, a word */
    HOLE_DIM,
    HOLE_MEMBERS /* behind a member of an object: any free members, each behind a comma */
};

/* A member that decides nothing, wherever it stands among the others, or not. */
struct skeleton_free {
    struct str name;
    unsigned types; /* bits of enum scan_type */
};

/* A stretch of the text that may differ. */
struct skeleton_hole {
    size_t start, end;
    enum skeleton_hole_kind kind;
    size_t index; /* of a number, printed or not: which; of a dim: its value; of members: their record */
    size_t reach; /* of members: how far texts may agree that differ in them; behind the next key */
    bool open;    /* it does differ */
};

static inline bool hole_is_number(const struct skeleton_hole *hole)
{
    return hole->kind == HOLE_NUMBER || hole->kind == HOLE_PRINTED;
}

/* A value of a dim: all that is said of it holds of each place where it stands. */
struct skeleton_dim {
    struct str name, text;
    bool pinned; /* somewhere it stands as what may not differ */
    bool open;
    struct str now; /* in the text that is compared; empty: not met yet */
};

/* A free member as the skeleton has it. */
struct skeleton_member {
    size_t record;
    unsigned bit;
    size_t hole; /* that it lies in, or NO_HOLE: it comes first of its object */
};
#define NO_HOLE SIZE_MAX

/* An object with free members: the dataset, or a figure. Bits are those of `free`. */
struct skeleton_record {
    const struct skeleton_free *free;
    size_t free_count;
    unsigned fixed; /* those that stand byte for byte, or with holes in them */
    unsigned seen;  /* in the text that is compared */
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
    struct skeleton_member *members;
    size_t member_count;
    struct skeleton_record *records;
    size_t record_count;
    struct skeleton_step *steps;
    size_t step_count;
    struct figure **figures; /* whose values the numbers are */
    size_t number_count;
    char decimal_mark; /* of printed numbers */
    bool nulls;        /* a number may be null: set by who can tell what that means */
};

/* The skeleton of a dataset that is the whole of its source. Lives in the arena, borrows the source and the dataset. */
struct skeleton *skeleton_learn(struct arena *arena, struct dataset *dataset, const struct skeleton_pins *pins);

/* Keeps a number as it is in the dataset learnt from. */
void skeleton_close_number(struct skeleton *skeleton, size_t number);

/* To be called after the last change of holes. */
void skeleton_settle(struct skeleton *skeleton);

/* Does the text fit? Then it is as good JSON, and the same dataset but for its numbers. A text that differs where it
 * may makes the skeleton wider. */
bool skeleton_fits(struct skeleton *skeleton, struct arena *scratch, struct str text, struct plain_number *numbers);

#endif
