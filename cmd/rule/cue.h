/* cue: the words that tell which part a figure plays in its sentence.
 *
 *     "cues": {"earlier": ["[contre|après|au lieu de] {x}", "{x} [un an plus tôt|l'an dernier]"],
 *              "up": ["hausse … {x}"]}
 *
 *     cues->items[0]: {.cue = CUE_EARLIER, .figure_last = true, words "contre"}
 *
 * A cue is written as a template (template.h) with one figure, first or last; a gap may stand next to it, and then
 * several words may, else two at most. What the cues mean is the language of the claims: see claim.h.
 */
#ifndef RULE_CUE_H
#define RULE_CUE_H

#include "read/json.h"
#include "rule/template.h"

#define CUES(X)                                                                                                        \
    X(CUE_UP, "up")           /* it says by how much something rose: "hausse de {x}" */                                \
    X(CUE_DOWN, "down")       /* fell */                                                                               \
    X(CUE_MORE, "more")       /* it is a difference: "{x} de plus" */                                                  \
    X(CUE_LESS, "less")       /* "{x} de moins" */                                                                     \
    X(CUE_EARLIER, "earlier") /* it is an earlier value, or what another is compared with: "contre {x}" */             \
    X(CUE_EQUALS, "equals")   /* it says the same otherwise, or what comes out: "soit {x}" */                          \
    X(CUE_OF, "of")           /* a share, of what is named behind it: "{x} des" */                                     \
    X(CUE_PART, "part")       /* a part of what was named: "dont {x}" */                                               \
    X(CUE_WHOLE, "whole")     /* a whole: "sur un total de {x}", "{x} au total" */                                     \
    X(CUE_SPLIT, "split")     /* its parts follow: "{x} … répartis en" */                                           \
    X(CUE_NET, "net")         /* what is left of two: "un solde de {x}" */                                             \
    X(CUE_MEAN, "mean")       /* an average: "en moyenne {x}" */                                                       \
    X(CUE_EACH, "each")       /* so much for each of a number: "{x} par" */                                            \
    X(CUE_DAILY, "daily")     /* "{x} … par jour" */                                                                 \
    X(CUE_WEEKLY, "weekly")                                                                                            \
    X(CUE_MONTHLY, "monthly")                                                                                          \
    X(CUE_EVERY, "every")   /* the time between two: "une toutes les {x}" */                                           \
    X(CUE_RATE, "rate")     /* the rate of a whole group: "un taux de {x}" */                                          \
    X(CUE_GROUPS, "groups") /* the last of the rates of its groups: "{x} respectivement" */                            \
    X(CUE_NEW, "new")       /* the value of now: "atteint {x}", "pour atteindre {x}" */                                \
    X(CUE_TARGET, "target") /* aimed at, not reached: "un objectif de {x}" */                                          \
    X(CUE_SINCE, "since")   /* how long, or since when: "depuis {x}" */

#define AS_ENUM(id, name) id,
enum cue { CUES(AS_ENUM) CUE_COUNT };
#undef AS_ENUM

struct cue_phrase {
    enum cue cue;
    bool figure_last; /* the figure stands behind the words, else before them */
    bool loose;       /* there is a gap */
    struct template_phrase words;
};

struct cues {
    struct cue_phrase *items;
    size_t count, room;
};

/* The bit of a cue in a set of them. */
static inline uint32_t cue_bit(enum cue cue) { return UINT32_C(1) << cue; }

/* Reads the member "cues" of a pack. False, with the diag filled, when it is in error. All lives in the arena and
 * borrows the node. */
bool cues_read(struct arena *arena, const struct json *node, struct cues *out, struct diag *diag);

#endif
