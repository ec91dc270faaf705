/* shape: how figures are found in JSON of any form.
 *
 *     {"shape": "bulletins", "figures": {"cases": "/{period=@data}/totale_casi"}}
 *     {"shape": "tidy", "for": "indic-{period}.json", "rows": "/data", "id": "@indicateur", "value": "@valeur"}
 *
 *     struct shape *shape = shape_read(&arena, &source, &lexicons, &problems);
 *     if (shape_is_for(shape, &arena, source.name, &dims))
 *         dataset = shape_apply(shape, &reader, &scan, 0, dims);    // of no figure when nothing matches
 *     ...
 *     shape_report(shape, &problems);                               // what has matched nothing in all that time
 *
 * All paths of a shape are made one tree, so that data is walked once, in time linear in its size.
 */
#ifndef FIGURE_SHAPE_H
#define FIGURE_SHAPE_H

#include "figure/dataset.h"

struct shape;

/* The shape that is a source. What is wrong with it goes to the problems; a path in error is left out, and NULL is
 * returned where nothing is left. Lives in the arena, borrows the source. */
struct shape *shape_read(struct arena *arena, struct source *source, struct lexicons *lexicons,
                         struct problems *problems);

/* Has it a pattern of the files that it is for? */
bool shape_has_files(const struct shape *shape);

/* Is it for a file of this path? A shape without a pattern is for any. *dims are those that its pattern takes from the
 * path. In a pattern, `**` stands for any folders, `*` for any part of a name, {dim} for a part that is not empty; it
 * may start at any folder of the path, unless it starts with "/". */
bool shape_is_for(const struct shape *shape, struct arena *arena, struct str path, struct dims *dims);

/* The figures that the shape finds in value `at` of the scan, `dims` laid on its own. Errors go to the reader's
 * problems; what matched is counted in the shape. */
struct dataset *shape_apply(struct shape *shape, struct dataset_reader *reader, const struct scan *scan, size_t at,
                            struct dims dims);

/* Did any path or row match when the shape was last applied? */
bool shape_matched(const struct shape *shape);

struct str shape_name(const struct shape *shape);

/* After the last file: a warning at each path and column that matched nothing in any of them. */
void shape_report(const struct shape *shape, struct problems *problems);

#endif
