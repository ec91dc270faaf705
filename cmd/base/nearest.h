/* nearest: the word that was meant, for "did you mean".
 *
 *     struct str meant = nearest(STR("summ"), names, count);          // "sum"
 *
 * Where the names do not stand in one array, or what is a slip is measured in another way:
 *
 *     struct nearest near = {.word = STR("--ruls"), .limit = 2};
 *     for each option: nearest_try(&near, option->name);
 *     if (near.name.len) ...
 */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include "base/str.h"

struct nearest {
    struct str word;
    size_t limit;    /* the largest str_distance that is still a slip; less with each nearer name */
    struct str name; /* the closest so far, of equally close ones the first; empty when none is close enough */
};

void nearest_try(struct nearest *nearest, struct str name);

/* The name closest to `word` when it is close enough to be a slip: one letter in three at most, and never more than
 * two. Empty when none is. */
struct str nearest(struct str word, const struct str *names, size_t count);

#endif
