/* map: from text to a pointer.
 *
 *     struct map figures = {.arena = &arena};
 *     *map_put(&figures, STR("shops.total")) = figure;
 *     struct figure *found = map_get(&figures, name);   // NULL when it is not there
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map_slot {
    struct str key;
    uint64_t hash;
    void *value;
    bool taken;
};

struct map {
    struct arena *arena; /* set by the user */
    struct map_slot *slots;
    size_t count, room;
};

/* The value of the key, or NULL. */
void *map_get(const struct map *map, struct str key);

/* Where the key's value stands; made, as NULL, when the key is new. The key is borrowed, not copied.
 * The pointer is valid until the next map_put. */
void **map_put(struct map *map, struct str key);

#endif
