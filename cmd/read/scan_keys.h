/* scan_keys: does a key stand twice in an object? Private to cmd/read/scan*.c.
 *
 *     struct scan_repeat repeat;
 *     if (scan_find_repeat(&arena, &scan, object, &repeat))
 *         ... the key repeat.second has the text of the key repeat.first ...
 */
#ifndef READ_SCAN_KEYS_H
#define READ_SCAN_KEYS_H

#include "read/scan.h"

/* One slot of a hash table that every object uses in turn: what an earlier object left counts as free. */
struct scan_key_slot {
    uint64_t turn; /* of which object */
    uint32_t hash, key;
};

/* A stretch of memory for a text without its escapes. */
struct scan_scratch {
    char *bytes;
    size_t room;
};

/* What one scan leaves to the next. */
struct scan_memory {
    size_t value_room; /* how many values scan.values has room for */
    struct scan_key_slot *slots;
    size_t slot_count; /* a power of two, or 0 */
    uint64_t turn;
    struct scan_scratch scratch[2];
};

struct scan_repeat {
    size_t first, second; /* indices of keys */
};

/* Whether two keys of the object, which is scanned to its end, have the same text once their escapes are undone.
 * Takes time in proportion to the object; the memory it needs is kept in scan->memory. */
bool scan_find_repeat(struct arena *arena, const struct scan *scan, size_t object, struct scan_repeat *repeat);

#endif
