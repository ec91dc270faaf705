/* prose: a text as sentences of words, marks and mentions, for what looks for sentences of a certain form.
 *
 *     struct prose *prose = prose_read(&arena, STR("fr"), text, &mentions);
 *     // "946 commerces, dont 592 ruraux.": one sentence of a figure, two words and a mark, and so on
 *     prose->units[1].id == prose_word(prose, STR("commerce"))
 *     prose_close(prose);
 */
#ifndef FIGURE_PROSE_H
#define FIGURE_PROSE_H

#include "base/map.h"
#include "figure/mention.h"
#include "figure/stem.h"

enum prose_kind {
    PROSE_WORD,   /* id: the same for all words of one stem, never 0; 0 for a word of great length */
    PROSE_MARK,   /* id: its code point */
    PROSE_FIGURE, /* id: its mention */
    PROSE_ASIDE   /* id: its mention, which is no figure */
};

struct prose_unit {
    uint32_t start, end; /* bytes of the text */
    uint32_t id;
    uint8_t kind; /* enum prose_kind */
};

struct prose_sentence {
    size_t first, end;   /* units */
    size_t figures;      /* of the units, those that are */
    uint64_t word_marks; /* of each word, the bit of its prose_mark */
};

struct prose {
    struct arena *arena;
    struct stemmer *stemmer;
    struct prose_unit *units;
    size_t unit_count;
    struct prose_sentence *sentences;
    size_t sentence_count;
    struct map forms, stems; /* to the id of their words */
    uint32_t words;          /* ids given so far */
};

/* Cuts a text of that language, of which the mentions are those found in it. All lives in the arena, but for a stemmer:
 * prose_close. Linear in the text. */
struct prose *prose_read(struct arena *arena, struct str lang, struct str text, const struct mentions *mentions);

/* The id of a word in lower case; 0 when the text has no word of its stem. */
uint32_t prose_word(const struct prose *prose, struct str word);

void prose_close(struct prose *prose);

/* A bit that a word leaves in its sentences, so that most sentences without it are told at once. */
static inline uint64_t prose_mark(uint32_t word) { return UINT64_C(1) << word % 64; }

#endif
