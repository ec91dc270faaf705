/* example: a rule's own examples, which say what it accepts and what it reports.
 *
 *     "examples": {"good": [{"shops.rural": 592, "shops.premises": 354, "shops.total": 946}],
 *                  "bad":  ["Nombre de commerces."]}
 *
 * An object is a dataset, or its figures alone; a text is the label that the rule's pattern looks into, or the document
 * that its pattern or template does. In a good document every match holds, and a check has one at least; in a bad one
 * some match does not hold.
 */
#ifndef CHECK_EXAMPLE_H
#define CHECK_EXAMPLE_H

#include "check/finding.h"
#include "rule/pack.h"

/* What the rule says of an example: every verdict, added to the findings, whose arena is the same. False, with the
 * example's place in the diag, when it is no example of such a rule. */
bool example_judge(struct arena *arena, struct lexicons *lexicons, const struct rule *rule, const struct json *example,
                   struct findings *findings, struct diag *diag);

/* Does the rule judge the example as it should? Good ones hold, bad ones are inconsistent. If not, the diag has the
 * example's place and says what came out instead. */
bool example_test(struct arena *arena, struct lexicons *lexicons, const struct rule *rule, const struct json *example,
                  bool good, struct diag *diag);

#endif
