/* hash: numbers that stand for bytes.
 *
 *     uint64_t part = hash_name(STR("2019/figures.json")) % 4;
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

/* FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): the same everywhere and for ever, for what others see.
 */
uint64_t hash_name(struct str text);

/* Told apart at memory's speed, and only on this machine: `seed` is the hash of what stands before. */
uint64_t hash_bytes(uint64_t seed, struct str bytes);

#endif
