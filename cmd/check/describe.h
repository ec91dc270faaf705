/* describe: a judgement put into a finding: terms, the sum with its numbers, gap, bounds, message, fingerprint. */
#ifndef CHECK_DESCRIBE_H
#define CHECK_DESCRIBE_H

#include "check/judge.h"
#include "check/locate.h"

/* Fills the finding from a judged and explained formula. The finding's rule, kind, severity and context stand already.
 */
void describe_judgement(struct locator *locator, struct arena *scratch, const struct formula *formula,
                        const struct judgement *judgement, struct finding *finding);

/* A term that shows a figure: for findings that judge no formula. */
struct finding_term describe_figure(struct locator *locator, const struct figure *figure, struct str name);

/* 16 hex digits, FNV-1a over rule, context, and each term's name and value, separated by 0x1f; never of a line:
 * it stays the same when the file is edited elsewhere. */
struct str describe_fingerprint(struct arena *arena, const struct finding *finding);

#endif
