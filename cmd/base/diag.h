/* diag: what went wrong with an input, and where.
 *
 * A function that can fail returns bool and fills a diag; the first error wins. A diag is data: only
 * main prints it.
 *
 *     struct diag diag = {.arena = &arena};
 *     if (!dataset_read(source, ..., &diag))
 *         // diag.message.text is "a figure needs an \"id\"", diag.position its place
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/message.h"

/* Where the bytes of a source stand in the file that they were cut from: a line of a stream, an element of a list. */
struct origin {
    size_t offset, line, column; /* bytes, lines, and code points of the first line that stand before them */
    struct str pointer;          /* RFC 6901: of the value in its file; empty: it is all of the file, or of its line */
};

/* An input as it was read: a file, standard input, a member of an archive. */
struct source {
    struct str name;  /* as the user gave it, for messages: a path, "-", "archive.tar/member" */
    size_t member_at; /* of a member of an archive: where its own name starts in .name; 0: it is in none */
    struct origin origin;
    struct str bytes;
    size_t *lines; /* where each line starts; made when a place is first asked for */
    size_t line_count;
};

/* A stretch of a source: bytes from `start` up to, not including, `end`. */
struct place {
    struct source *source;
    size_t start, end;
};

/* Line and column, counted from 1; the column in Unicode code points. line 0: no place is known. */
struct position {
    size_t line, column;
};

struct diag {
    struct arena *arena; /* set by the user; where the text lives */
    bool failed;
    bool warning;      /* worth a look, but nothing was refused */
    struct str source; /* the name of the input; empty when there is none */
    struct position position;
    struct message message;
};

/* Where byte `offset` of the source stands, in the file that it was cut from. The line index is made in `arena` at the
 * first call. */
struct position source_position(struct arena *arena, struct source *source, size_t offset);

/* The bytes of a line (counted as in positions), without its line end. Needs an earlier source_position. */
struct str source_line(const struct source *source, size_t line);

/* The byte of the source where that line starts. */
size_t source_line_start(const struct source *source, size_t line);

/* Records an error at a place of a source, if none is recorded yet. Always returns false, so that
 * `return diag_at(…)` is how a function fails. A NULL source: an error without a place. */
__attribute__((format(printf, 4, 5))) bool diag_at(struct diag *diag, struct source *source, size_t offset,
                                                   const char *format, ...);

/* The same with a message that is made already: one with a cause, or another's. It is copied. */
bool diag_message(struct diag *diag, struct source *source, size_t offset, struct message message);

/* Records an error about an input as a whole (no such file, out of quota), with the same rules. */
__attribute__((format(printf, 3, 4))) bool diag_about(struct diag *diag, struct str name, const char *format, ...);

/* Errors, any number of them: what a reader that goes on after an error fills.
 *
 *     struct diag diag = {.arena = problems->arena};
 *     rule_read(node, &diag);
 *     problems_take(problems, &diag);     // the others are still read
 */
struct problems {
    struct arena *arena; /* set by the user */
    struct diag *items;
    size_t count, room;
};

/* Adds what the diag says, if it says anything, and makes it empty again; true when there was nothing to add. */
bool problems_take(struct problems *problems, struct diag *diag);

/* Adds a warning at a place of a source. */
__attribute__((format(printf, 4, 5))) void problems_warn(struct problems *problems, struct source *source,
                                                         size_t offset, const char *format, ...);

#endif
