/* across: the figures of all members held against each other, whatever their number.
 *
 *     struct across *across = across_open(&arena, STR("/tmp"), 64 << 20);
 *     across_add(across, result.name, result.figures, &diag);         // of each member, in any order
 *     across_judge(across, &findings, &diag);        // findings in an order that does not depend on that
 *     across_close(across);
 *
 * Four rules, whose findings have two terms each, the older edition's first:
 *
 * crossfoot/across-last-year  what an edition prints of its own period, and what the next edition prints of it, agree.
 * crossfoot/across-figure     so do any other two printings of one concept with equal dims. The value that most members
 *                             print is taken for the right one; each other value is told once, where it stands first.
 *                             From a figure on that is marked restated, its value is the one that the others must have.
 * crossfoot/across-cumulative a cumulative figure does not fall from one period to the next. A period of which members
 *                             disagree is passed over.
 * crossfoot/across-repeat     the figures that a member prints of its own period, or those with one prefix or one id of
 *                             them, are not all those of the edition before: a warning, of the largest such group. Five
 *                             at least that are not 0 make a group.
 *
 * Values agree when their intervals meet (see check/judge.h). What a dossier says twice is crossfoot/same-figure's.
 */
#ifndef BATCH_ACROSS_H
#define BATCH_ACROSS_H

#include "batch/result.h"

struct across;

/* Takes `memory` bytes at most, but for what one series of figures needs and the findings. Files are made in `folder`,
 * and have no name there. Lives in the arena. */
struct across *across_open(struct arena *arena, struct str folder, size_t memory);

/* Adds the figures of the member of that name, as member_figure_wire writes them one after the other; one that is added
 * twice counts once. False when the disk is full. */
bool across_add(struct across *across, struct str member, struct str figures, struct diag *diag);

/* After the last one: adds to the findings, whose arena owns them. False when the disk is full, or does not give back
 * what was written. */
bool across_judge(struct across *across, struct findings *findings, struct diag *diag);

/* The year that a finding is counted in: of the newer edition's name, else of the period; 0: not known. */
size_t across_year(struct arena *arena, const struct finding *finding);

/* Closes its files. */
void across_close(struct across *across);

#endif
