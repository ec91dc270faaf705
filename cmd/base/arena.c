#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ALIGNMENT = 16, FIRST_BLOCK = 16 * 1024, LARGEST_STEP = 1024 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t used, room;
    _Alignas(ALIGNMENT) char bytes[];
};

_Noreturn static void give_up(struct arena *arena)
{
    if (arena->out_of_memory)
        arena->out_of_memory();
    abort();
}

/* Has the system give all pages of a block at once: to take them one by one, each at its first touch, costs more than
 * the work of a small run. A block of many pages asks for large ones: a million figures lie far apart. Where the system
 * cannot, nothing is lost. */
static void populate(void *block, size_t bytes)
{
    enum { PAGE = 4096, WORTH_IT = 16 * PAGE, LARGE = 2048 * PAGE };
    uintptr_t start = ((uintptr_t)block + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
    uintptr_t end = ((uintptr_t)block + bytes) & ~(uintptr_t)(PAGE - 1);
    if (bytes >= LARGE && end > start)
        madvise((void *)start, end - start, MADV_HUGEPAGE);
#ifdef MADV_POPULATE_WRITE
    if (bytes >= WORTH_IT && end > start)
        madvise((void *)start, end - start, MADV_POPULATE_WRITE);
#endif
}

/* Blocks double up to LARGEST_STEP, so that a small dossier stays small and a large one asks seldom. */
static void add_block(struct arena *arena, size_t least)
{
    size_t room = arena->head ? arena->head->room * 2 : FIRST_BLOCK;
    if (room > LARGEST_STEP)
        room = LARGEST_STEP;
    if (room < least)
        room = least;
    if (room > SIZE_MAX - sizeof(struct arena_block))
        give_up(arena);
    struct arena_block *block = calloc(1, sizeof *block + room);
    if (!block)
        give_up(arena);
    populate(block, sizeof *block + room);
    block->room = room;
    block->next = arena->head;
    arena->head = block;
    arena->bytes += room;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - ALIGNMENT)
        give_up(arena);
    bytes = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (!arena->head || arena->head->room - arena->head->used < bytes)
        add_block(arena, bytes);
    void *result = arena->head->bytes + arena->head->used;
    arena->head->used += bytes;
    return result;
}

void *arena_copy(struct arena *arena, const void *from, size_t bytes)
{
    void *result = arena_alloc(arena, bytes, 1);
    if (bytes)
        memcpy(result, from, bytes);
    return result;
}

void *arena_grow(struct arena *arena, const void *from, size_t old, size_t count, size_t size)
{
    void *result = arena_alloc(arena, count, size);
    if (old)
        memcpy(result, from, old * size);
    return result;
}

void arena_reset(struct arena *arena)
{
    if (!arena->head)
        return;
    struct arena_block *kept = arena->head;
    arena->head = kept->next;
    arena_free(arena);
    memset(kept->bytes, 0, kept->used);
    kept->used = 0;
    kept->next = NULL;
    arena->head = kept;
    arena->bytes = kept->room;
}

void arena_free(struct arena *arena)
{
    while (arena->head) {
        struct arena_block *next = arena->head->next;
        free(arena->head);
        arena->head = next;
    }
    arena->bytes = 0;
}
