/* finding_wire: findings and errors of input as bytes, and back: between processes, and in the journal.
 *
 *     struct buf out = {.arena = &arena};
 *     struct wire wire = {.out = &out};
 *     finding_wire(&wire, &finding);
 *
 * See base/wire.h. What is read lives in the wire's arena and borrows its bytes. A message that is read can be
 * translated as the one that was written.
 */
#ifndef CHECK_FINDING_WIRE_H
#define CHECK_FINDING_WIRE_H

#include "base/wire.h"
#include "check/finding.h"

void finding_interval_wire(struct wire *wire, struct finding_interval *interval);
void finding_wire(struct wire *wire, struct finding *finding);
void finding_term_wire(struct wire *wire, struct finding_term *term);
void finding_dim_wire(struct wire *wire, struct finding_dim *dim);

/* Findings, mentions and coverage. When reading, what `findings` held is lost; its arena is set to the wire's. */
void findings_wire(struct wire *wire, struct findings *findings);

/* An error or warning. The arena of one that is read is the wire's. */
void diag_wire(struct wire *wire, struct diag *diag);

#endif
