/* figure: a published number with what it counts: id, label, value, unit, dims.
 *
 *     figure->id is "shops.total", figure->notation its printed form, figure->interval the values that allows,
 *     dims_find(figure->dims, STR("period")) is the dim that says "2024".
 */
#ifndef FIGURE_FIGURE_H
#define FIGURE_FIGURE_H

#include "figure/notation.h"

/* What tells two printings of one concept apart: period, region, edition … */
struct dim {
    struct str name, value; /* "*" holds everywhere */
    bool total;             /* the value is a declared total: for every join, the figure has no such dim */
};

struct dims {
    const struct dim *items; /* sorted by name, each name once */
    size_t count;
};

struct dataset;
struct document;

struct figure {
    struct str id, label;
    struct notation notation;
    struct interval interval; /* in the notation's unit */
    bool declared;            /* the interval was declared, hence no rounding convention changes it */
    bool missing;             /* null, "n.d.": a figure is announced and not given */
    bool disputed;            /* given elsewhere with a value that disagrees: no check may use it */
    bool touched;             /* some verdict has judged it */
    struct dims dims;
    struct str unit;    /* for people: "commerces", "EUR", "%"; may be empty */
    struct place place; /* of the printed value, without quotes */
    const struct dataset *dataset;
    size_t value_at;  /* its value in the dataset's scan */
    size_t record_at; /* the object it was read from, or FIGURE_NO_RECORD: metadata for patterns */
    /* Of a figure that a document prints, which is in no dataset: the document, and where in its text. */
    struct document *document;
    size_t text_start, text_end;
};

#define FIGURE_NO_RECORD SIZE_MAX

/* The dim of that name, or NULL. */
const struct dim *dims_find(struct dims dims, struct str name);

/* `over` laid on top of `under`: its dims win. */
struct dims dims_merge(struct arena *arena, struct dims under, struct dims over);

/* Sorts by name. False when a name stands twice: *twice is it. */
bool dims_sort(struct dim *items, size_t count, struct str *twice);

/* The order of two values of a dim: as numbers when both are, else by bytes, which is right for ISO dates. */
int dim_value_compare(struct arena *arena, struct str a, struct str b);

#endif
