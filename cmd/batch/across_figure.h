/* across_figure: what `--across` keeps of a figure. It is made where the dataset still is, in a worker.
 *
 *     struct map series = across_series_of_rules(&arena, rules, count);
 *     struct across_maker maker = {.arena = &arena, .lexicons = &lexicons, .series = &series, .locator = &locator};
 *     if (across_figure(&maker, figure, &kept)) ...
 *
 * - Its edition, the publication that prints it: the dim "edition" of its dataset, else the dim that says when
 *   ("period", "year", "date" …), else the last date in the dataset's name, else in its file's: "bilan-2024.json".
 * - Its period: its own dim that says when; without one it is of its edition's, and so is a reference ("role") whose
 *   period is "*". Another figure whose period is "*" is one figure in all editions.
 * - It is cumulative when it says so ("cumulative": true, in the figure or its "meta"; a role or a meta text), when its
 *   id or label has a word in "cumul", when its label says since when ("depuis le début", "since 2019") and not that it
 *   is a change or starts anew each year, or when a rule says that it never falls: x >= x[period=previous].
 * - It is restated when its status, or that of its dataset, is "revised", or its "was" has the value of before.
 */
#ifndef BATCH_ACROSS_FIGURE_H
#define BATCH_ACROSS_FIGURE_H

#include "base/map.h"
#include "batch/result.h"
#include "check/locate.h"
#include "rule/pack.h"

/* The ids that the rules hold to never falling from one period to the next, each with a value that is not NULL. */
struct map across_series_of_rules(struct arena *arena, const struct rule *const *rules, size_t count);

struct across_maker {
    struct arena *arena; /* where what is kept lives */
    struct lexicons *lexicons;
    const struct map *series; /* of across_series_of_rules */
    struct locator *locator;  /* whose .arena is the same */
};

/* False for a figure of which nothing is kept: it has no value, or stands in no dataset. */
bool across_figure(const struct across_maker *maker, const struct figure *figure, struct member_figure *out);

/* The last date in a name, "2024", "2024-03" or "2024-03-31", from "bilan-2024.json", "indic_202403.json" or
 * "2024/03-31"; empty when there is none. What numbers an element of a file ("x.ndjson:2019") is no date. */
struct str across_date_in_name(struct arena *arena, struct str name);

#endif
