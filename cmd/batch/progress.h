/* progress: how far a long run is, as a line: for a terminal, a log, or a program.
 *
 *     struct progress progress = {.form = PROGRESS_LINES, .total = progress_total(paths, count)};
 *     if (progress_is_due(&progress))
 *         line = progress_line(&progress, &arena, locale, &counts, read);
 */
#ifndef BATCH_PROGRESS_H
#define BATCH_PROGRESS_H

#include "batch/batch.h"
#include "report/words.h"

enum progress_form { PROGRESS_DEFAULT, PROGRESS_BAR, PROGRESS_LINES, PROGRESS_JSON, PROGRESS_NONE };

struct progress {
    enum progress_form form;
    size_t total;          /* bytes on disk of all that is to be read; 0: not known */
    int64_t started, told; /* milliseconds; set by progress_is_due */
};

/* The bytes on disk of files and folders; 0 when one of them is a stream. */
size_t progress_total(struct arena *arena, const struct str *paths, size_t count);

/* Is it time to tell: ten times a second for a bar, every five seconds else? */
bool progress_is_due(struct progress *progress);

/* Takes the time for a line that is told without being due: the last one. */
void progress_mark(struct progress *progress);

/* The line, its end included: a bar overwrites the one before. `read` bytes of the total are read. */
struct str progress_line(const struct progress *progress, struct arena *arena, enum locale locale,
                         const struct batch_counts *counts, size_t read);

#endif
