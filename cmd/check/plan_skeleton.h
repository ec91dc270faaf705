/* skeleton: the text of a dataset as others are compared with it: what must stand byte for byte, and what may differ.
 *
 *     struct skeleton *skeleton = skeleton_learn(&arena, dataset, pins);
 *     if (skeleton_fits(skeleton, &scratch, bytes, values))
 *         ... values[i] is what stands where the i-th value stood in the dataset learnt from ...
 *
 * What may differ: values of figures; texts and numbers that decide nothing (labels, sources, notes,
 * other metadata); values of dims, as long as those that were equal are equal again and those that differed still do.
 * All but the values is held to be the same until another dataset differs there: a text that is alike everywhere
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
    HOLE_VALUE, /* a figure's: a number, a text in published notation, null */
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
    size_t index; /* of a value: which; of a dim: its value; of members: their record */
    size_t reach; /* of members: how far texts may agree that differ in them; behind the next key */
    bool open;    /* it does differ */
};

/* What stands where the value of a figure does. */
enum value_form {
    VALUE_PLAIN, /* a number; or one as it is printed, with the same behind it as in the dataset learnt from */
    VALUE_NULL,
    VALUE_OTHER
};
struct skeleton_value {
    enum value_form form;
    struct plain_number number; /* of a plain one */
    struct str json;            /* but of null: a text, or a number; where it is not plain, perhaps no good one */
};

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
    struct figure **figures; /* by value: whose it is */
    struct str *suffixes; /* by value that is a text: what stands behind its number, with the closing quote; empty where
                             no number stands first in it, or another one too */
    size_t value_count;
    char decimal_mark; /* of printed numbers */
};

/* The skeleton of a dataset that is the whole of its source. Lives in the arena, borrows the source and the dataset. */
struct skeleton *skeleton_learn(struct arena *arena, struct dataset *dataset, const struct skeleton_pins *pins);

/* To be called after holes were opened. */
void skeleton_settle(struct skeleton *skeleton);

/* Does the text fit? Then it is as good JSON, and the same dataset but for its values; numbers among those that are not
 * plain are still to be looked at. A text that differs where it may makes the skeleton wider. */
bool skeleton_fits(struct skeleton *skeleton, struct arena *scratch, struct str text, struct skeleton_value *values);

#endif
