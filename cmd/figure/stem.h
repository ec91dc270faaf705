/* stem: words by what their forms have in common, so that "réparties" in a draft is the "Répartis" of a rule.
 *
 *     struct stemmer *stemmer = stemmer_open(&arena, STR("fr"));
 *     stemmer_stem(stemmer, &arena, STR("réparties"));          // "repart"
 *     stemmer_close(stemmer);
 *
 * Stems are made by Snowball (https://snowballstem.org), and have lost their accents then.
 */
#ifndef FIGURE_STEM_H
#define FIGURE_STEM_H

#include "base/str.h"

struct stemmer;

/* The stemmer of a language ("fr", "en", a region behind it is allowed); of a language that Snowball does not know,
 * one that takes off accents only. It lives in the arena, but for Snowball's part: stemmer_close frees that. */
struct stemmer *stemmer_open(struct arena *arena, struct str lang);

/* The stem of a word in lower case, in the arena. */
struct str stemmer_stem(struct stemmer *stemmer, struct arena *arena, struct str word);

void stemmer_close(struct stemmer *stemmer);

#endif
