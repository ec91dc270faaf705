/* content: what a JSON file is, its members tell; and what shapes make of one that is none of crossfoot's own.
 *
 *     switch (content_of(&arena, &shapes, &scan)) {
 *     case CONTENT_DATASET: dossier_add(dossier, &scan, 0); break;
 *     case CONTENT_OTHER: content_shape(dossier, &shapes, &scan, false, &problems); ...
 */
#ifndef CHECK_CONTENT_H
#define CHECK_CONTENT_H

#include "check/dossier.h"

enum content { CONTENT_OTHER, CONTENT_DATASET, CONTENT_PACK, CONTENT_SHAPE, CONTENT_CONFIG };

/* The shapes of a run. */
struct shapes {
    struct shape **items;
    size_t count, room;
};

/* Is a file of this name the configuration, whatever stands in it? */
bool content_is_config(struct str name);

/* What the JSON is. "figures", "rules" and "dossiers" may stand in anyone's JSON: where a shape's "for" claims the
 * file, they say nothing. */
enum content content_of(struct arena *arena, const struct shapes *shapes, const struct scan *scan);

/* Adds the figures that shapes find in JSON that is none of crossfoot's own: false when none finds any. That is an
 * error, but in a folder where no shape is for the file: then it is passed over, with a warning. */
bool content_shape(struct dossier *dossier, struct arena *arena, const struct shapes *shapes, const struct scan *scan,
                   bool in_folder, struct problems *problems);

#endif
