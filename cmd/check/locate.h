/* locate: places in the words of reports: path, JSON pointer, line and column, and the line itself.
 *
 *     struct locator locator = {.arena = &report_arena};
 *     term.place = locate_figure(&locator, figure);
 */
#ifndef CHECK_LOCATE_H
#define CHECK_LOCATE_H

#include "check/finding.h"
#include "figure/dataset.h"
#include "read/document.h"

struct locator {
    struct arena *arena;   /* of the findings: what is returned lives there */
    struct arena *scratch; /* of the dossier: line and parent indexes */
    /* The parents of the values of the scan that was asked last, so that many figures of it cost one pass. */
    const struct scan *scan;
    uint32_t *parents, *ordinals;
};

/* Where a figure's value stands. */
struct finding_place locate_figure(struct locator *locator, const struct figure *figure);

/* Where bytes `from` to `to` of the text of value `at` of the figure's scan stand: part of a label. */
struct finding_place locate_member(struct locator *locator, const struct figure *figure, size_t at, size_t from,
                                   size_t to);

/* Any stretch of a source, with its pointer given. */
struct finding_place locate(struct locator *locator, struct place place, struct str pointer);

/* Bytes `start` to `end` of a document's text, which must lie in one block: line, column and excerpt of its source as
 * UTF-8, start and end in the bytes of the source itself. */
struct finding_place locate_document(struct locator *locator, struct document *document, size_t start, size_t end);

#endif
