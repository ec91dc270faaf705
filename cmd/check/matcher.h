/* matcher: the sentences of a document that a rule's template fits.
 *
 *     struct matcher *matcher = matcher_new(&arena, rule->template, prose, &draft->mentions);
 *     struct template_match match;
 *     while (matcher_next(matcher, &match))
 *         ... draft->mentions.items[match.mentions[i]] is the figure of the template's i-th name ...
 *
 * Each place of a sentence starts one match at most, and no two matches take the same figures. A gap takes as few words
 * as it can. What a template may match is bounded, so the time is linear in the text.
 */
#ifndef CHECK_MATCHER_H
#define CHECK_MATCHER_H

#include "figure/prose.h"
#include "rule/template.h"

struct template_match {
    size_t start, end;        /* bytes of the text */
    const uint32_t *mentions; /* one for each figure of the template, in its order: valid until the next match */
};

struct matcher;

/* All lives in the arena and borrows what is given. */
struct matcher *matcher_new(struct arena *arena, const struct template *template, const struct prose *prose,
                            const struct mentions *mentions);

/* The next match; false when there is none. */
bool matcher_next(struct matcher *matcher, struct template_match *match);

#endif
