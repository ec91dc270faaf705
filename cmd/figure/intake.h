/* intake: what datasets, grids and shapes share while they take figures in: members, dims, values, precision.
 *
 *     struct intake in = intake_start(reader, &scan);
 *     struct figure figure = {.id = id, .dataset = in.dataset};
 *     if (intake_value(&in, &diag, at, unit, &precision, &figure))
 *         intake_add(&in, &figure);
 *     struct dataset *dataset = intake_finish(&in);
 *
 * Inside cmd/figure only. Indexes are of values in the scan.
 */
#ifndef FIGURE_INTAKE_H
#define FIGURE_INTAKE_H

#include "figure/dataset.h"
#include "figure/members.h"

/* Values of dims that are declared to be the whole, each under its dim's name. */
struct totals {
    struct dim *items;
    size_t count, room;
};

/* What is said of an interval, which wins over what the notation implies. */
struct precision {
    bool has_decimals, exact, has_interval;
    int decimals; /* the place that values were rounded to: -2 for hundreds */
    struct interval interval;
};

enum { MAX_DECIMALS = 100 };

struct intake {
    struct dataset_reader *reader;
    struct arena *arena;
    struct dataset *dataset;
    const struct scan *scan;
    const struct lexicon *lexicon; /* NULL until intake_lang */
    struct totals totals;          /* of the whole dataset */
    struct {
        struct figure *items;
        size_t count, room;
    } figures;
};

/* An empty dataset, with what the reader says of language and rounding; the scan is copied, its values borrowed. */
struct intake intake_start(struct dataset_reader *reader, const struct scan *scan);

/* The dataset, with the figures that were added. */
struct dataset *intake_finish(struct intake *in);

/* Makes room for so many figures at once: a list that grows by doubling leaves as much behind. */
void intake_reserve(struct intake *in, size_t count);

void intake_add(struct intake *in, const struct figure *figure);

/* Errors at a value: any text; "MEMBER is a list; it should be EXPECTED". Always false. */
bool intake_fail(struct intake *in, struct diag *diag, size_t at, const char *text);
bool intake_wrong_type(struct intake *in, struct diag *diag, size_t at, struct str member, const char *expected);

enum scan_type intake_type(const struct intake *in, size_t at);

/* The text of a member; nothing when `at` is 0: the member is not there. */
struct str intake_text(const struct intake *in, size_t at);

/* Finds the members of an object, as members_find. */
bool intake_members(struct intake *in, struct diag *diag, size_t record, const struct member *table, size_t count,
                    void *out);

/* The value of a dim: a text, or a number as it is written. */
bool intake_dim_value(struct intake *in, struct diag *diag, size_t at, struct str *out);

/* An object: {"period": "2024", "region": "*"} */
bool intake_dims(struct intake *in, struct diag *diag, size_t at, struct dims *out);

/* An object: {"region": ["France"]}; what was read before an error is kept. */
bool intake_totals(struct intake *in, struct diag *diag, size_t at, struct totals *out);

/* `over` laid on `under`, and of the result those that are declared totals marked as such. */
struct dims intake_lay(struct arena *arena, const struct totals *totals, struct dims under, struct dims over);

/* The members "decimals" (a number), "exact" (true or false) and "interval" (an object); 0 for one that is not there.
 */
bool intake_precision(struct intake *in, struct diag *diag, size_t decimals, size_t exact, size_t interval,
                      struct precision *out);

/* The members "status" and "rounding", texts; 0 when they are not there. */
bool intake_status(struct intake *in, struct diag *diag, size_t at);
bool intake_rounding(struct intake *in, struct diag *diag, size_t at);

/* Fills the figure's place, notation, unit and interval from a value: a JSON number, a text in published notation, or
 * nothing (null, "n.d."). `unit` is what else says the unit; empty when nothing does. */
bool intake_value(struct intake *in, struct diag *diag, size_t at, struct str unit, const struct precision *precision,
                  struct figure *figure);

/* grid.c: figures of one concept as a table: rows by columns.
 *
 *     {"grid": "shops", "dims": ["region", "period"], "columns": ["2023", "2024"], "rows": {"Bretagne": [52, 61]}}
 *     {"grid": "shops", "dims": ["region"], "rows": {"Bretagne": 61}}
 *
 * Adds a figure for each cell. Errors go to the problems; a row in error is left out. */
void intake_grid(struct intake *in, size_t at);

#endif
