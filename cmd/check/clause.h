/* clause: the figures and years of a document in their order, each with what the words around it say of it.
 *
 *     struct clauses clauses = clauses_read(&arena, &draft, prose, rule->cues);
 *     // "316 décès (contre 378 en octobre 2015)": 316, a count of décès, and 378, one paren deeper, which is an
 * earlier
 *     // value (CUE_EARLIER) and of 2015
 *
 * This is all that the claims (claims.h) see of a text.
 */
#ifndef CHECK_CLAUSE_H
#define CHECK_CLAUSE_H

#include "check/draft.h"
#include "figure/prose.h"
#include "rule/cue.h"

enum family {
    FAMILY_AMOUNT, /* counts, money, measures, durations */
    FAMILY_RATE,   /* 12 %, two thirds */
    FAMILY_POINTS,
    FAMILY_TIMES, /* a doublé, sept fois plus */
    FAMILY_YEAR,
    FAMILY_OTHER /* ordinals, ages, ranges: no claim is about them */
};

/* So many words of a label, and of what a share is of, are kept. */
enum { LABEL_WORDS = 6, OF_WORDS = 4 };

/* Values are estimates in base units, to look for what may hold; what does is judged exactly. */
struct item {
    const struct mention *mention;
    const struct notation *notation; /* the mention's, or with the unit of what it is compared with */
    size_t unit;                     /* in prose->units */
    size_t sentence;                 /* in prose->sentences */
    size_t block;
    uint32_t clause; /* counted over the document: ";" and ":" part clauses, as the ends of sentences do */
    uint32_t paren;  /* the parenthesis it stands in, counted over the document from 1; 0: none */
    uint16_t depth;  /* of parentheses */
    uint16_t words;  /* between it and the item before */
    bool little;     /* a small number in letters: "les deux fonds" */
    bool colon;      /* a colon stands between it and the item before */
    bool opens;      /* it is the first item of its parenthesis */
    bool title;      /* it stands in a heading */
    bool alone;      /* nothing else stands in its parenthesis */
    enum family family;
    int sign; /* that is printed: 1, -1; 0: none */
    uint32_t cues;
    uint32_t noun;                 /* the word that it counts; 0: none is known */
    int year;                      /* that it is of; 0: none is known. A year's own */
    double value, low, high, step; /* `step`: the place of its last significant digit */
    uint32_t label[LABEL_WORDS];   /* the longer words before it in its clause, the nearest first; 0: no more */
    uint32_t of[OF_WORDS];         /* those behind it, of a rate: "80,7 % de l'activité" */
};

struct clauses {
    struct item *items;
    size_t count;
    uint32_t *behind; /* of each item, the word behind the one that follows it: "habitant" of "80 € par habitant" */
};

/* All lives in the arena and borrows the rest. */
struct clauses clauses_read(struct arena *arena, struct draft *draft, const struct prose *prose,
                            const struct cues *cues);

static inline bool item_has(const struct item *item, enum cue cue) { return item->cues & cue_bit(cue); }

/* May the two be added and compared: one unit, or two of a kind? */
bool items_are_alike(const struct item *a, const struct item *b);

/* Is the rate said to be of what the amount's label names? */
bool item_is_of(const struct item *rate, const struct item *whole);

#endif
