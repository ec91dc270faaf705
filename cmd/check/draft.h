/* draft: a document with the figures that it prints.
 *
 *     struct draft draft;
 *     if (draft_read(&reader, &source, STR(""), STR(""), &draft))
 *         for (size_t i = 0; i < draft.mentions.count; i++) {
 *             const struct mention *m = &draft.mentions.items[i];     // "43 M€"; "12" below a heading "en M€"
 *             term.place = draft_place(&draft, &locator, m->start, m->end);
 *         }
 *
 * Mentions are those of document.text: no mention runs over the end of a block, none stands in an opaque part.
 */
#ifndef CHECK_DRAFT_H
#define CHECK_DRAFT_H

#include "check/locate.h"
#include "figure/dataset.h"
#include "figure/mention.h"
#include "read/document.h"

struct draft {
    struct document document;
    const struct lexicon *lexicon; /* of the language that the mentions were read in: lexicon_lang(draft.lexicon) */
    bool lang_guessed;             /* neither the user nor the document says the language */
    struct mentions mentions;      /* figures, and numbers that are none, in the order of the text */
};

/* Reads the source as a document: `type` and `encoding` as in document_read, empty when they are not known. The
 * language is reader->lang (what the user says) or, when that is empty, what the document says, or else a guess by
 * its commonest words, French when they tell nothing. All lives in the reader's arena and borrows the source. False
 * when it cannot be read; why is added to reader->problems.
 *
 * A number alone in a table cell takes the unit, with its scale, that a heading of its column or of its row or the
 * table's caption announces ("Budget (en M€)", "%", "en milliers d'euros"); a heading with a unit makes a figure of a
 * number that looks like a year. */
bool draft_read(struct dataset_reader *reader, struct source *source, struct str type, struct str encoding,
                struct draft *out);

/* Where bytes `start` to `end` of the text stand, which must lie in one block: line, column and excerpt in the source
 * as UTF-8, start and end in the bytes of the source itself. Lives in the locator's arena. */
struct finding_place draft_place(struct draft *draft, struct locator *locator, size_t start, size_t end);

/* The block that a mention stands in, with its table and cell. */
const struct block *draft_block(const struct draft *draft, const struct mention *mention);

#endif
