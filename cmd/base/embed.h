/* embed: the packs, lexicons and schemas of rules/ and schemas/, compiled into the program.
 *
 *     struct str bytes;
 *     if (embed_find(STR("rules/fr.json"), &bytes)) ...
 */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include "base/str.h"

/* A file, by its path in the source tree. The Makefile makes the table, sorted by path, a NULL path at its end. */
struct embedded_part {
    const char *path, *start, *end;
};
extern const struct embedded_part embedded_parts[];

/* The bytes of that file; false when there is none of that path. */
bool embed_find(struct str path, struct str *bytes);

#endif
