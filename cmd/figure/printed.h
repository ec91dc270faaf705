/* printed: the grammar of a printed number at one place of a text: hedge, sign, currency, numeral, scale, unit, range.
 *
 *     struct printed p;
 *     printed_at(&r, 0, 0, &p)      // "près de 97 % des usagers": tokens 0 to 4, 97 %, nearly
 *
 * It reads forward only, and looks a few tokens ahead of what it takes, so a walk over a text is linear.
 * Inside cmd/figure only.
 */
#ifndef FIGURE_PRINTED_H
#define FIGURE_PRINTED_H

#include "figure/notation.h"
#include "figure/numeral.h"

struct printed {
    struct notation notation;
    struct numeral numeral; /* the (first) number as printed; of words alone, empty */
    size_t first, next;     /* tokens of the notation */
    size_t number;          /* the token where its number starts */
    bool bare;              /* a numeral and nothing else */
};

enum printed_mode {
    PRINTED_CHANGE = 1 /* "3 à 5" is two numbers, not a range */
};

/* The printed number that starts at token `at`, with its hedge. False when there is none: then out->next is the first
 * token that may start one, behind the hedges or the endless digits that were read in vain. */
bool printed_at(const struct reading *r, size_t at, unsigned mode, struct printed *out);

/* A number with its sign and unit: "-4,5 %", "$12bn", "43 M€". */
struct amount {
    struct numeral n;
    struct number value;     /* with its sign */
    const struct term *unit; /* NULL: none */
    size_t number;           /* the token where the numeral starts */
    size_t next;
};
bool amount_at(const struct reading *r, size_t at, struct amount *out);

/* The unit behind a number, at token `at`; NULL when there is none. */
const struct term *unit_at(const struct reading *r, size_t at, bool scaled, size_t *next);

/* Numbers that are made of words: "une trentaine", "deux tiers", "un Français sur trois", "multiplié par 3", "5e".
 * Fills kind, value, unit and hedge of the notation, and *next. */
bool phrase_number_at(const struct reading *r, size_t at, struct printed *out);

/* Sets half and step of a notation whose value, kind, hedge, place, decimals and scaled are known; `minor`: the
 * decimals of its currency's coins. */
void notation_settle(struct arena *arena, struct notation *notation, int minor);

/* The kind of a notation in that unit. */
enum notation_kind notation_kind_of(enum unit_kind kind);

#endif
