/* arena: memory that is taken piece by piece and given back all at once.
 *
 * A dossier owns one arena; everything that is read, bound and judged for it lives there, and
 * pointers into it are borrowed for as long as the arena lives.
 *
 *     struct arena arena = {.out_of_memory = quit};
 *     struct figure *figures = ARENA_ARRAY(&arena, struct figure, count);
 *     ...
 *     arena_free(&arena);
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *head;
    size_t bytes; /* taken from the system so far */
    /* Called when the system has no more memory, or a size overflows. It must not return (it exits or
     * jumps); when it is NULL, abort() is called. */
    void (*out_of_memory)(void);
};

/* Zeroed memory for `count` things of `size` bytes, aligned for anything. Never NULL. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);

/* A copy of `bytes` bytes at `from`, aligned for anything. Never NULL, also for 0 bytes. */
void *arena_copy(struct arena *arena, const void *from, size_t bytes);

/* `from` (which held `old` things) moved to room for `count` things of `size` bytes; the new part is zeroed. */
void *arena_grow(struct arena *arena, const void *from, size_t old, size_t count, size_t size);

/* Forgets everything but keeps a block, for the next round of the same work. */
void arena_reset(struct arena *arena);

/* Gives everything back; the arena is empty and usable again. */
void arena_free(struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), 1, sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), (count), sizeof(type)))

/* A growable array as a struct of three members: items, count, room.
 *
 *     struct { struct term *items; size_t count, room; } terms = {0};
 *     *LIST_ADD(&arena, &terms) = (struct term){...};
 */
#define LIST_ADD(arena, list)                                                                                          \
    ((list)->count == (list)->room                                                                                     \
         ? (void)((list)->items = arena_grow((arena), (list)->items, (list)->count,                                    \
                                             (list)->room ? (list)->room * 2 : 8, sizeof *(list)->items),              \
                  (list)->room = (list)->room ? (list)->room * 2 : 8)                                                  \
         : (void)0,                                                                                                    \
     &(list)->items[(list)->count++])

#endif
