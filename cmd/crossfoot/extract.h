/* extract: the forms in which `crossfoot extract` tells the mentions of a draft. One file a form.
 *
 *     struct extraction e = {.arena = &arena, .draft = &draft, .ids = &ids};
 *     extract_dataset(stdout, &e);
 */
#ifndef CROSSFOOT_EXTRACT_H
#define CROSSFOOT_EXTRACT_H

#include <stdio.h>

#include "check/draft.h"
#include "crossfoot/options.h"

struct extraction {
    struct arena *arena;
    struct draft *draft;
    struct map *ids; /* of the figures of all documents so far */
    enum locale locale;
    bool all;         /* also what is no figure */
    bool one_of_many; /* there are other documents: each line says of which one it is */
};

/* A dataset to start from: JSON that `crossfoot check` reads, with ids proposed from the words around. */
void extract_dataset(FILE *out, struct extraction *e);

/* A JSON object a line for each mention. */
void extract_ndjson(FILE *out, struct extraction *e);

/* The draft's lines, each mention underlined with its reading. */
void extract_text(FILE *out, struct extraction *e);

/* What a mention counts, in the words around it, for people. In the draft's text, or in the arena. */
struct str extract_label(struct extraction *e, size_t mention);

/* An id for that label: "commerces_soutenus", "commerces_soutenus_2" when that is taken. */
struct str extract_id(struct extraction *e, struct str label);

#endif
