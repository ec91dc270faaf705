#include "base/hash.h"

#include <string.h>

uint64_t hash_name(struct str text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 0x100000001b3u;
    return hash;
}

static uint64_t mix(uint64_t lane, uint64_t word)
{
    lane = (lane ^ word) * 0x9e3779b97f4a7c15u;
    return lane ^ (lane >> 29);
}

uint64_t hash_bytes(uint64_t seed, struct str bytes)
{
    enum { LANES = 4 };
    uint64_t lanes[LANES] = {seed, seed + 1, seed + 2, bytes.len}, words[LANES];
    size_t at = 0;
    for (; bytes.len - at >= sizeof words; at += sizeof words) {
        memcpy(words, bytes.ptr + at, sizeof words);
        for (size_t i = 0; i < LANES; i++)
            lanes[i] = mix(lanes[i], words[i]);
    }
    memset(words, 0, sizeof words);
    if (at < bytes.len)
        memcpy(words, bytes.ptr + at, bytes.len - at);
    uint64_t hash = seed;
    for (size_t i = 0; i < LANES; i++)
        hash = mix(hash, mix(lanes[i], words[i]));
    return hash;
}
