/* file: whole files in, whole files out.
 *
 *     if (!file_read(&arena, STR("figures.json"), &source, &diag)) ...
 *     struct outfile out;
 *     if (outfile_open(&out, &arena, STR("report.json"), &diag)) {
 *         fputs("...", out.stream);
 *         ok = outfile_close(&out, &diag);      // appears whole under its name, or not at all
 *     }
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdio.h>

#include "base/diag.h"

/* Reads a file, or standard input when the path is "-", into the arena. Fails with the system's reason. */
bool file_read(struct arena *arena, struct str path, struct source *source, struct diag *diag);

struct outfile {
    FILE *stream;
    const char *path, *temporary; /* NULL when the stream is standard output */
};

/* Opens `path` for writing, or standard output when it is empty or "-". What is written appears under the
 * path at outfile_close only. */
bool outfile_open(struct outfile *out, struct arena *arena, struct str path, struct diag *diag);

/* Closes the file without moving it: nothing appears. */
void outfile_abandon(struct outfile *out);

/* Flushes, and moves the file to its name. Fails when any write failed; the file is then not there. */
bool outfile_close(struct outfile *out, struct diag *diag);

#endif
