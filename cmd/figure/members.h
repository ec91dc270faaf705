/* members: the reserved members of datasets and figures, and what type each must have. schemas/dataset.schema.json says
 * the same to editors.
 *
 *     member_check(&arena, scan, MEMBERS_OF_FIGURE, key, problems, &diag)
 */
#ifndef FIGURE_MEMBERS_H
#define FIGURE_MEMBERS_H

#include "read/scan.h"

enum member_owner { MEMBERS_OF_DATASET, MEMBERS_OF_FIGURE };

/* Looks at one member of an object. False, with its place, when it is reserved and has the wrong type. One that is not
 * reserved is metadata; if it looks like a misspelt reserved name, that is a warning. */
bool member_check(struct arena *arena, const struct scan *scan, enum member_owner owner, size_t key,
                  struct problems *problems, struct diag *diag);

#endif
