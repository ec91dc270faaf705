/* journal: results written down as they come, so that a run that was killed goes on where it stopped.
 *
 *     struct journal *journal;
 *     if (!journal_open(&journal, &arena, STR("run.journal"), &head, &diag)) ...
 *     if (!journal_has(journal, parcel, &found, &diag)) ...   // found: the run before has judged the very same parcel
 *     journal_add(journal, parcel, result, &diag);
 *     journal_finish(journal, &diag);
 *     struct results *results = journal_results(journal);     // read in the order of the run
 *
 * It is only ever appended to, and what was torn off by a crash is dropped. A parcel is known by its input, so what has
 * changed since is judged again, whatever moved. Each second the disk is made to have it.
 */
#ifndef BATCH_JOURNAL_H
#define BATCH_JOURNAL_H

#include "batch/parcel.h"
#include "batch/store.h"

struct journal;

/* Opens the journal at a path, or makes it; without a path, a file without a name in the folder for those. A journal of
 * another version, other rules or other options is begun anew. False when it cannot be opened, or is no journal. */
bool journal_open(struct journal **journal, struct arena *arena, struct str path, const struct results_head *head,
                  struct diag *diag);

/* What an earlier run has left: it was of another version or other rules, and is not used. */
bool journal_is_outdated(const struct journal *journal);

/* Parcels that an earlier run has judged and that are different now; the first of them is told by its first name. */
size_t journal_changed(const struct journal *journal, struct str *first);

/* Is the parcel's result there already (*found)? False when the journal cannot be written. */
bool journal_has(struct journal *journal, struct parcel *parcel, bool *found, struct diag *diag);

/* Writes a result down. False when it cannot be: all that stood before is still good. */
bool journal_add(struct journal *journal, const struct parcel *parcel, struct str result, struct diag *diag);

/* After the last one: the run is complete. */
bool journal_finish(struct journal *journal, size_t parcels, struct diag *diag);

/* All results, until the journal is closed. */
struct results *journal_results(struct journal *journal);

void journal_close(struct journal *journal);

#endif
