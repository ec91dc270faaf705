/* repair: what could be changed so that findings are no more. Not for other rooms.
 *
 *     repair_propose(c, &formula, &judgement, &finding);     // while rules are judged: what would satisfy this one
 *     ...
 *     repair_weigh(c, &formula);                             // judged again: does it satisfy the others?
 *     ...
 *     repair_settle(c);                                      // findings get those that do, the best first
 *
 * A repair changes one printed figure. It must satisfy every rule that touches the figure: one that breaks a rule which
 * holds is dropped, and one that mends more findings comes first. Nothing is done where there are no findings.
 */
#ifndef CHECK_REPAIR_H
#define CHECK_REPAIR_H

#include "base/map.h"
#include "check/slip.h"

struct checking;

/* A figure with another number in it. */
struct proposal {
    size_t finding, term; /* indexes */
    size_t rank;          /* in the order of proposals, the likeliest first */
    enum slip_kind kind;
    struct notation notation; /* its value, and how it would be printed */
    struct str instead;       /* what is printed */
    size_t mends, breaks;     /* verdicts */
    struct proposal *next;    /* of the same figure */
};

struct proposals {
    struct arena *arena;  /* set by the user */
    struct map by_figure; /* of struct proposal */
    size_t findings;      /* that are inconsistent */
    struct {
        struct proposal **items;
        size_t count, room;
    } all; /* in the order of the findings */
};

/* Proposes repairs of an inconsistent finding, which is added next. */
void repair_propose(struct checking *c, const struct formula *formula, const struct judgement *judgement);

/* Holds the proposals for the figures of a formula against it. */
void repair_weigh(struct checking *c, const struct formula *formula);

/* Gives each finding its best repairs. */
void repair_settle(struct checking *c);

#endif
