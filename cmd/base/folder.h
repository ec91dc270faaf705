/* folder: the names in a folder, in one order on every machine.
 *
 *     struct folder names = {0};
 *     if (!folder_list(&names, &arena, STR("editions"))) ... errno says why ...
 */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "base/str.h"

struct folder {
    struct str *items; /* NUL-terminated */
    size_t count, room;
};

/* Lists the folder's files and folders, sorted by bytes; hidden ones are left out. False when it cannot be read. */
bool folder_list(struct folder *names, struct arena *arena, struct str path);

/* The path of a name in a folder; a NUL stands behind it. */
struct str folder_join(struct arena *arena, struct str path, struct str name);

#endif
