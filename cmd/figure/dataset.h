/* dataset: a JSON document of figures.
 *
 *     struct dataset_reader reader = {.arena = &arena, .problems = &problems, .lexicons = &lexicons};
 *     struct dataset *dataset = dataset_read(&reader, &scan, 0);
 *     dataset->figures[0].id ...
 *
 * A figure in error is left out and its error recorded; the others are read.
 */
#ifndef FIGURE_DATASET_H
#define FIGURE_DATASET_H

#include "base/map.h"
#include "figure/figure.h"
#include "read/scan.h"

struct dataset {
    struct str name, lang;
    struct dims dims;
    enum rounding rounding;
    struct scan scan;
    struct figure *figures;
    size_t count, missing; /* all, and those of them that have no value */
};

struct dataset_reader {
    struct arena *arena;
    struct problems *problems;
    struct str lang;        /* of datasets that name none; "fr" when empty */
    enum rounding rounding; /* of datasets that name none */
    bool force_rounding;    /* .rounding wins over what datasets say */
    struct lexicons *lexicons;
};

/* The dataset that is value `at` of the scan (0: the whole document): always a dataset, of the figures that could be
 * read; what could not is in the problems. Lives in the arena, borrows the scan and its source. */
struct dataset *dataset_read(struct dataset_reader *reader, const struct scan *scan, size_t at);

/* The same for what could be the "figures" member of a dataset that says nothing else. */
struct dataset *dataset_of_figures(struct dataset_reader *reader, const struct scan *scan, size_t at);

/* Is this object a dataset: has it a "figures" member? */
bool dataset_is_one(struct arena *arena, const struct scan *scan, size_t at);

/* The value of another member of the figure ("label", "note", "source.name" …) as text: of a text or a number, as
 * written. *at is its index in the scan. False when it has no such member. */
bool figure_member(struct arena *arena, const struct figure *figure, struct str name, struct str *text, size_t *at);

#endif
