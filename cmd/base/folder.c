#include "base/folder.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

static int by_name(const void *a, const void *b) { return str_compare(*(const struct str *)a, *(const struct str *)b); }

bool folder_list(struct folder *names, struct arena *arena, struct str path)
{
    DIR *folder = opendir(str_z(arena, path));
    if (!folder)
        return false;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            *LIST_ADD(arena, names) = str_copy(arena, str_from(entry->d_name));
    closedir(folder);
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, by_name);
    return true;
}

struct str folder_join(struct arena *arena, struct str path, struct str name)
{
    return str_format(arena, "%.*s%s%.*s", STR_ARG(path), str_ends(path, STR("/")) ? "" : "/", STR_ARG(name));
}
