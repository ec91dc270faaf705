/* parcel: members on their way to a worker: a megabyte or so of them in memory that both processes share.
 *
 *     struct parcel *parcel = ...;                             // mapped before the workers are forked
 *     parcel_reset(parcel, number);
 *     struct piece *piece = parcel_add(parcel, PIECE_LINES, name);
 *     ... bytes are read to parcel_space(parcel), parcel_keep(parcel, piece, got) ...
 *
 *     struct parcel_walk walk = parcel_walk_start(parcel);     // in the worker
 *     struct member member;
 *     while (parcel_walk_next(&walk, &member)) ...
 *
 * A parcel is made of pieces: a member, many lines of a file that are a member each, a part of a dossier. So the parent
 * does no work for each line, and the worker none for each file. What a parcel holds depends on the inputs alone, never
 * on the number of workers or on time: a run that is taken up again makes the same ones.
 */
#ifndef BATCH_PARCEL_H
#define BATCH_PARCEL_H

#include <stdatomic.h>

#include "batch/cut.h"

/* The bytes after which a parcel is full: large enough to cost nothing, small enough for a core's cache. A single
 * member may be larger. */
enum { PARCEL_BYTES = 1024 * 1024, PARCEL_PIECES = 2048 };

enum piece_kind {
    PIECE_WHOLE,    /* one member */
    PIECE_PART,     /* another input of the dossier that the piece before it started */
    PIECE_LINES,    /* a member for each line that is not blank */
    PIECE_ELEMENTS, /* one for each element of a list, with the commas between them */
    PIECE_VALUES    /* one for each JSON value */
};

/* Offsets are those of the parcel's bytes. */
struct piece {
    enum piece_kind kind;
    bool failed; /* it cannot be read: its bytes are a diag (check/finding_wire.h) */
    bool
        pending; /* the worker is to read its bytes: see lines.h. Its .index is the number of the file's first parcel */
    bool asked_for;                      /* named on the command line: what it is not is told */
    size_t name, name_length, member_at; /* as in struct source */
    size_t dossier_length;               /* of the name: that of the dossier, which `--by folder` names */
    size_t type, type_length;            /* "json", "markdown" …; empty: its name tells */
    size_t start, length;
    size_t offset, line, column; /* before it in its file, as in struct origin */
    size_t index;                /* of its first element or value in its file */
};

struct parcel {
    size_t number; /* in the run, from 0 */
    size_t room;   /* for bytes */
    size_t used, piece_count;
    uint64_t hash; /* parcel_hash, where the journal has asked for it */
    /* The worker says where it is, so that the parent knows which member a crash or a timeout is to be laid to. */
    _Atomic size_t current;
    _Atomic int64_t since; /* milliseconds of the monotonic clock; 0: it has not begun */
    struct piece pieces[PARCEL_PIECES];
    char bytes[];
};

/* Makes it empty. */
void parcel_reset(struct parcel *parcel, size_t number);

/* A new piece behind what is there. `type` may be empty. NULL: the parcel has room for no more. */
struct piece *parcel_add(struct parcel *parcel, enum piece_kind kind, struct str name, struct str type);

/* Takes the last piece out again. */
void parcel_drop(struct parcel *parcel);

/* The last piece. */
struct piece *parcel_last(struct parcel *parcel);

/* Where the bytes of the last piece go on, and their room. */
char *parcel_space(struct parcel *parcel, size_t *room);

/* Takes in `length` bytes that stand at parcel_space. */
void parcel_keep(struct parcel *parcel, size_t length);

/* Is it so full that it should go? */
bool parcel_is_full(const struct parcel *parcel);

/* A hash of all that the results of the parcel depend on. */
uint64_t parcel_hash(const struct parcel *parcel);

/* A member as a worker sees it: borrowed from the parcel. */
struct member {
    const struct piece *piece; /* of a dossier: its first */
    size_t parts;              /* pieces that the dossier has */
    size_t number;             /* in the parcel, from 0 */
    size_t index;              /* of an element or a value: in its file */
    struct str bytes;          /* of one that is not a dossier of several parts */
    size_t offset, line, column;
};

struct parcel_walk {
    const struct parcel *parcel;
    size_t piece, number;
    struct member next;
    struct cutter cutter;
    size_t at; /* in the bytes of the piece */
};

struct parcel_walk parcel_walk_start(const struct parcel *parcel);

/* The next member; false at the end. */
bool parcel_walk_next(struct parcel_walk *walk, struct member *member);

/* The name of a piece, and that of a member: "file.ndjson:12", "big.json[12]", or the dossier's. */
struct str piece_name(const struct parcel *parcel, const struct piece *piece);
struct str piece_type(const struct parcel *parcel, const struct piece *piece);
struct str parcel_member_name(struct arena *arena, const struct parcel *parcel, const struct member *member);

#endif
