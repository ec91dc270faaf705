/* wire: values as bytes and back. One description of a struct serves both ways.
 *
 *     void place_wire(struct wire *w, struct finding_place *place)
 *     {
 *         wire_text(w, &place->path);
 *         wire_size(w, &place->line);
 *     }
 *     struct wire out = {.out = &buf}, in = {.in = bytes, .arena = &arena};
 *     place_wire(&out, &place);           // adds to buf
 *     place_wire(&in, &copy);             // in.failed when the bytes are not those of a place
 *
 * Numbers take seven bits a byte, lowest first (LEB128), texts a number and their bytes: the same on every machine.
 */
#ifndef BASE_WIRE_H
#define BASE_WIRE_H

#include "base/buf.h"

struct wire {
    struct buf *out;     /* set: values are written to it. Else they are read, and what they held is overwritten */
    struct str in;       /* what is left to read */
    struct arena *arena; /* when reading: where lists live. Texts are borrowed from .in */
    bool failed;         /* when reading: the bytes ended too early, or are wrong. All that follows reads as 0 */
};

void wire_size(struct wire *wire, size_t *value);
void wire_flag(struct wire *wire, bool *value);
void wire_text(struct wire *wire, struct str *text);

/* How many items follow in a list of them. When reading, a number that cannot be true is a failure and reads as 0. */
void wire_count(struct wire *wire, size_t *count);

/* A value of an enum that has `count` of them: x = (enum thing)wire_choice(w, x, THING_COUNT). */
size_t wire_choice(struct wire *wire, size_t value, size_t count);

/* An array and its length, each item by `describe(wire, &items[i])`. */
#define WIRE_LIST(wire, items, count, describe)                                                                        \
    do {                                                                                                               \
        wire_count((wire), &(count));                                                                                  \
        if (!(wire)->out)                                                                                              \
            (items) = arena_alloc((wire)->arena, (count), sizeof *(items));                                            \
        for (size_t wire_at = 0; wire_at < (count); wire_at++)                                                         \
            describe((wire), &(items)[wire_at]);                                                                       \
    } while (0)

#endif
