/* nearest: the word that was meant, for "did you mean".
 *
 *     struct str meant = nearest(STR("summ"), names, count);      // "sum"
 */
#ifndef RULE_NEAREST_H
#define RULE_NEAREST_H

#include "base/str.h"

/* The name closest to `word`, by str_distance, when it is close enough to be a slip: one letter in three at most,
 * and never more than two. Empty when none is. */
struct str nearest(struct str word, const struct str *names, size_t count);

#endif
