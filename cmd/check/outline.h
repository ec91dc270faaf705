/* outline: what is left of a rule when nobody has its file at hand, enough to tell that it applied nowhere: for a run
 * whose members were judged elsewhere.
 *
 *     struct rule_outline outline = rule_outline(&arena, rule);
 *     rule_outline_wire(&wire, &outline);                          // as bytes and back: base/wire.h
 *     outline_report(&tally, &outline, &tally.rules[i], &problems);
 */
#ifndef CHECK_OUTLINE_H
#define CHECK_OUTLINE_H

#include "base/wire.h"
#include "check/dossier.h"

struct rule_outline {
    struct str id, source;
    struct position at; /* of what is at fault where no name is: its check, condition, pattern, text or claim */
    bool may_be_silent; /* optional, or built in */
    bool for_documents;
    struct str member; /* of one whose pattern looks into members of figures; empty: of another */
    struct outline_name {
        struct str text;
        struct position at;
    } * names; /* of its check, then of its condition */
    size_t name_count;
};

/* Lives in the arena, borrows texts of the rule. */
struct rule_outline rule_outline(struct arena *arena, const struct rule *rule);

void rule_outline_wire(struct wire *wire, struct rule_outline *outline);

/* Adds an error when the rule judged nothing and may not be silent. */
void outline_report(const struct tally *tally, const struct rule_outline *outline, const struct rule_tally *use,
                    struct problems *problems);

#endif
