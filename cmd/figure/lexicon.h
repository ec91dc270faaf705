/* lexicon: the words that make numbers, of one language, and the units of all.
 *
 *     const struct lexicon *fr = lexicon_load(&arena, STR("fr"), &diag);
 *     lexicon_unit(fr, STR("M€"), &unit, &scale)       // EUR, 1000000
 *
 * Data: rules/lexicon/units.json, rules/lexicon/fr.json, rules/lexicon/en.json, compiled into the program.
 */
#ifndef FIGURE_LEXICON_H
#define FIGURE_LEXICON_H

#include "base/diag.h"
#include "base/map.h"
#include "number/unit.h"

struct lexicon;

/* The lexicon of a language ("fr", "en"; a region behind it, "fr-CH", is allowed). NULL, with the diag filled, for
 * a language that has none: the message names those that have one. Lives in the arena. */
const struct lexicon *lexicon_load(struct arena *arena, struct str lang, struct diag *diag);

/* Has this language a lexicon? If not, the diag says which have. To ask is cheap, to load is not. */
bool lexicon_exists(struct arena *arena, struct str lang, struct diag *diag);

/* The lexicons of a run, each loaded when it is first asked for: loading one costs as much as checking a small dataset.
 */
struct lexicons {
    struct arena *arena; /* of the run; set by the user */
    struct map by_lang;
};

/* As lexicon_load, once for each language. */
const struct lexicon *lexicons_get(struct lexicons *lexicons, struct str lang, struct diag *diag);

struct str lexicon_lang(const struct lexicon *lexicon); /* "fr" */

/* The unit of a dataset's "unit" member or of a literal in a check: "%", "€", "EUR", "k€", "M€", "km", "ans",
 * "points", "euros", "millions d'euros". *scale is what a value in it is multiplied by (1000000 for M€).
 * False when the text is no unit: then it is a counted noun ("commerces"), and the figure a count. */
bool lexicon_unit(const struct lexicon *lexicon, struct str text, struct unit *unit, struct number *scale);

/* What the heading of a row or a column of a table says that its numbers are. */
enum table_word {
    TABLE_WORD_TOTAL,    /* total, ensemble: at the start or the end */
    TABLE_WORD_SUBTOTAL, /* sous-total: there too */
    TABLE_WORD_PART,     /* dont, of which: at the start */
    TABLE_WORD_RATE,     /* moyenne, taux, rang: numbers that are never added up */
    TABLE_WORD_SHARE,    /* part, répartition */
    TABLE_WORD_CHANGE,   /* évolution, écart */
    TABLE_WORD_COUNT
};

/* The set of the words that a heading has: 1 << enum table_word. */
unsigned lexicon_table_words(const struct lexicon *lexicon, struct str heading);

#endif
