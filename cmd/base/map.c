#include "base/map.h"

#include "base/arena.h"

/* Open addressing with linear probing; the table is never more than half full, so a free slot always ends the search.
 */
static struct map_slot *find(const struct map *map, struct str key, uint64_t hash)
{
    size_t mask = map->room - 1;
    /* FNV's low bits are its weak ones: mix the high half in. */
    for (size_t i = (size_t)(hash ^ hash >> 32) & mask;; i = (i + 1) & mask) {
        struct map_slot *slot = &map->slots[i];
        if (!slot->taken || (slot->hash == hash && str_equal(slot->key, key)))
            return slot;
    }
}

static void grow(struct map *map)
{
    struct map old = *map;
    map->room = old.room ? old.room * 2 : 16;
    map->slots = ARENA_ARRAY(map->arena, struct map_slot, map->room);
    for (size_t i = 0; i < old.room; i++)
        if (old.slots[i].taken)
            *find(map, old.slots[i].key, old.slots[i].hash) = old.slots[i];
}

void *map_get(const struct map *map, struct str key)
{
    if (!map->count)
        return NULL;
    const struct map_slot *slot = find(map, key, str_hash(key));
    return slot->taken ? slot->value : NULL;
}

void **map_put(struct map *map, struct str key)
{
    if (map->count * 2 >= map->room)
        grow(map);
    uint64_t hash = str_hash(key);
    struct map_slot *slot = find(map, key, hash);
    if (!slot->taken) {
        *slot = (struct map_slot){.key = key, .hash = hash, .taken = true};
        map->count++;
    }
    return &slot->value;
}
