#include "read/scan_keys.h"

#include <string.h>

#include "base/arena.h"
#include "read/scan_text.h"

static uint64_t load(const char *at, size_t bytes)
{
    uint64_t word = 0;
    memcpy(&word, at, bytes);
    return word;
}

/* str_hash goes byte by byte, which would take a third of the time of a scan. This one takes eight bytes a step, by
 * the mixing of MurmurHash2 (https://github.com/aappleby/smhasher); its values never leave the process. */
static uint64_t hash_key(struct str key)
{
    const uint64_t odd = UINT64_C(0xc6a4a7935bd1e995);
    uint64_t hash = key.len * odd;
    const char *at = key.ptr;
    size_t left = key.len;
    for (; left >= 8; at += 8, left -= 8) {
        hash = (hash ^ load(at, 8)) * odd;
        hash ^= hash >> 47;
    }
    /* The last one to seven bytes, read in pieces of fixed sizes: a compiler makes single loads of these. */
    uint64_t tail = 0;
    if (left & 4) {
        tail = load(at, 4);
        at += 4;
    }
    if (left & 2) {
        tail = tail << 16 | load(at, 2);
        at += 2;
    }
    if (left & 1)
        tail = tail << 8 | load(at, 1);
    hash = (hash ^ tail) * odd;
    return hash ^ hash >> 32;
}

/* A key's text for a moment: borrowed from the source, or made in the scratch. */
static struct str key_text(struct arena *arena, const struct scan *scan, size_t key, struct scan_scratch *scratch)
{
    struct str body = scan_body(scan, key);
    if (!scan->values[key].escaped)
        return body;
    if (scratch->room < body.len) {
        scratch->room = body.len > 2 * scratch->room ? body.len : 2 * scratch->room;
        scratch->bytes = ARENA_ARRAY(arena, char, scratch->room);
    }
    return (struct str){scratch->bytes, scan_undo_escapes(body, scratch->bytes)};
}

/* Begins a new turn, with at least twice as many slots as there are keys, so that a search is short. */
static void begin_turn(struct arena *arena, struct scan_memory *memory, size_t keys)
{
    size_t count = memory->slot_count ? memory->slot_count : 64;
    while (count < 2 * keys)
        count *= 2;
    if (count > memory->slot_count) {
        memory->slots = ARENA_ARRAY(arena, struct scan_key_slot, count);
        memory->slot_count = count;
    }
    memory->turn++;
}

bool scan_find_repeat(struct arena *arena, const struct scan *scan, size_t object, struct scan_repeat *repeat)
{
    size_t keys = 0;
    SCAN_MEMBERS (scan, object, key)
        keys++;
    if (keys < 2)
        return false;
    struct scan_memory *memory = scan->memory;
    begin_turn(arena, memory, keys);
    size_t mask = memory->slot_count - 1;
    SCAN_MEMBERS (scan, object, key) {
        struct str text = key_text(arena, scan, key, &memory->scratch[0]);
        uint64_t hash = hash_key(text);
        struct scan_key_slot *slot = &memory->slots[hash & mask];
        for (size_t i = hash & mask; slot->turn == memory->turn; slot = &memory->slots[i = (i + 1) & mask])
            if (slot->hash == hash >> 32 && str_equal(text, key_text(arena, scan, slot->key, &memory->scratch[1]))) {
                *repeat = (struct scan_repeat){slot->key, key};
                return true;
            }
        *slot = (struct scan_key_slot){memory->turn, (uint32_t)(hash >> 32), (uint32_t)key};
    }
    return false;
}
