/* describe: a judgement put into a finding: terms, the sum with its numbers, gap, bounds, message, fingerprint. */
#ifndef CHECK_DESCRIBE_H
#define CHECK_DESCRIBE_H

#include "check/draft.h"
#include "check/judge.h"
#include "check/locate.h"

/* Fills the finding from a judged and explained formula. The finding's rule, kind, severity and context stand already.
 */
void describe_judgement(struct locator *locator, struct arena *scratch, const struct formula *formula,
                        const struct judgement *judgement, struct finding *finding);

/* A term that shows a figure: for findings that judge no formula. */
struct finding_term describe_figure(struct locator *locator, const struct figure *figure, struct str name);

/* A mention of a document, for reports that list them. */
struct finding_mention describe_mention(struct locator *locator, struct draft *draft, const struct mention *mention);

/* The words around a stretch of a document: up to some 24 bytes on either side, within its block. */
struct str describe_around(struct arena *arena, const struct document *document, struct span span);

/* 16 hex digits, FNV-1a over rule, context, and each term's name and value (and, of a term in a document, the words
 * around it), separated by 0x1f; never of a line: it stays the same when the file is edited elsewhere. */
struct str describe_fingerprint(struct arena *arena, const struct finding *finding);

#endif
