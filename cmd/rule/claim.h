/* claim: what a sentence can say of its figures. A rule with a `claim` is bound by whoever reads the sentence: its
 * check names the parts.
 *
 *     {"id": "growth", "claim": "growth", "check": "growth(old; new) = rate"}
 *
 *     claim_has_part(CLAIM_GROWTH, STR("old"))        // true
 *
 * "part over item" runs over all the parts of a list: `sum(part over item) = total`.
 */
#ifndef RULE_CLAIM_H
#define RULE_CLAIM_H

#include "base/str.h"

#define CLAIMS(X)                                                                                                      \
    X(CLAIM_GROWTH, "growth", "old new rate")            /* 23,6 M€ contre 24 M€ (-1 %), une hausse de */          \
    X(CLAIM_DECLINE, "decline", "old new rate")          /* recule de 16,4 % : the rate has no sign */                 \
    X(CLAIM_GAIN_RATE, "gain-rate", "change new rate")   /* 53 de plus, +1,5 % */                                      \
    X(CLAIM_LOSS_RATE, "loss-rate", "change new rate")   /* 10 500 de moins (-0,3 %) */                                \
    X(CLAIM_GAIN, "gain", "old new change")              /* 2 402 contre 1 994 (+ 408) */                              \
    X(CLAIM_LOSS, "loss", "old new change")              /* 11 476 contre 11 966 (490 de moins) */                     \
    X(CLAIM_SHARE, "share", "part whole rate")           /* 54 millions, soit 80 % */                                  \
    X(CLAIM_REST_SHARE, "rest-share", "rest whole rate") /* the share of what is left */                               \
    X(CLAIM_SUM, "sum", "part total")                    /* 946, dont 592 et 354 */                                    \
    X(CLAIM_HUNDRED, "hundred", "part")                  /* 45 % oui, 39 % non, 16 % sans avis */                      \
    X(CLAIM_PART, "part", "part whole")                  /* 2 800, dont 143 */                                         \
    X(CLAIM_RESTATE, "restate", "first second")          /* 43 M€ … 43 millions d'euros */                         \
    X(CLAIM_POINTS, "points", "old new change")          /* de 12 % à 15 %, soit 3 points */                          \
    X(CLAIM_MULTIPLE, "multiple", "small large times")   /* sept fois plus */                                          \
    X(CLAIM_DAILY, "daily", "total mean")                /* par jour */                                                \
    X(CLAIM_WEEKLY, "weekly", "total mean")                                                                            \
    X(CLAIM_MONTHLY, "monthly", "total mean")                                                                          \
    X(CLAIM_EACH, "each", "total count mean")               /* 80 € par habitant */                                  \
    X(CLAIM_EVERY, "every", "mean time")                    /* par jour, soit une toutes les 6,6 secondes */           \
    X(CLAIM_OVER_LOWEST, "over-lowest", "low overall")      /* the rate of all is above that of one group, */          \
    X(CLAIM_UNDER_HIGHEST, "under-highest", "overall high") /* and below that of another */                            \
    X(CLAIM_AGE, "age", "from to age")                      /* 2022 … 47 ans … 1975 */

#define AS_ENUM(id, name, parts) id,
enum claim { CLAIM_NONE, CLAIMS(AS_ENUM) CLAIM_COUNT };
#undef AS_ENUM

/* "growth"; empty for CLAIM_NONE. */
struct str claim_name(enum claim claim);

/* False when there is no claim of that name. */
bool claim_from_name(struct str name, enum claim *out);

/* The names of its parts, with a blank between any two. */
struct str claim_parts(enum claim claim);

/* The same for people: "old, new, rate". */
struct str claim_parts_text(struct arena *arena, enum claim claim);

bool claim_has_part(enum claim claim, struct str part);

#endif
