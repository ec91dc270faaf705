/* heading: the unit that the headings of a table announce for its numbers.
 *
 *     struct headings headings = {.arena = &arena, .document = &document, .lexicon = fr};
 *     headings_unit(&headings, 0, 5, true)       // "M€", below "Budget (en M€)"
 */
#ifndef CHECK_HEADING_H
#define CHECK_HEADING_H

#include "figure/lexicon.h"
#include "read/document.h"

struct headings {
    struct arena *arena;
    const struct document *document;
    const struct lexicon *lexicon;
    struct str **units; /* of each table, once asked for: of the text of each of its cells, then of its caption */
};

/* The unit, as written, for the numbers of a cell: of the nearest heading of its column that names one, else of its
 * row, else (if `caption`) of the table's caption. Empty when there is none. */
struct str headings_unit(struct headings *headings, size_t table, size_t cell, bool caption);

/* The unit in the text of a heading: "M€" of "Budget (en M€)", "%" of "Part en % du total", "k€" of "k€"; empty when
 * there is none. It is a part of the text. */
struct str heading_unit(const struct lexicon *lexicon, struct str text);

#endif
