/* lines: parts of a file of lines that workers read for themselves, and how many lines stand before each.
 *
 * The parent looks for a line end every megabyte and reads nothing else; workers read what lies between, at the same
 * time. A part's first line has a number only when all lines before it are counted. So a worker counts its own part
 * first and writes that down where all can see it; a part before that nobody has come to yet it counts itself.
 *
 *     struct line_table table;
 *     lines_map(&table);                                        // before the workers are forked
 *     table.parts[number].offset = offset;                      // the parent, for each parcel
 *     ...
 *     if (!lines_load(&reader, parcel, &diag)) ...              // a worker: the bytes, and the line number
 */
#ifndef BATCH_LINES_H
#define BATCH_LINES_H

#include "base/diag.h"
#include "batch/parcel.h"

/* Of a parcel, by its number: where its part of the file starts. The next one starts where it ends. */
struct line_part {
    size_t offset;
    _Atomic size_t lines; /* 1 + the line ends in it; 0: not counted yet */
};

struct line_table {
    struct line_part *parts; /* shared; NULL: there is none, and the parent reads all files itself */
    size_t room;
};

void lines_map(struct line_table *table);
void lines_unmap(struct line_table *table);

/* What a worker remembers of the file that it read last. */
struct line_reader {
    struct arena *arena; /* set by the user */
    const struct line_table *table;
    struct str path;
    int file;
    size_t first, counted, lines; /* parcels of the file from `first` up to `counted` have so many lines */
    char *bytes;                  /* for parts that are counted alone */
};

/* Reads the part of a file that the parcel's only piece stands for, and finds the number of its first line. False when
 * the file cannot be read any more. */
bool lines_load(struct line_reader *reader, struct parcel *parcel, struct diag *diag);

void lines_close(struct line_reader *reader);

/* The end of a part of the file from byte `from` on, of about PARCEL_BYTES: behind a line end, or the end of the file.
 * 0 when it cannot be read. */
size_t lines_cut(int file, size_t from, size_t size);

#endif
