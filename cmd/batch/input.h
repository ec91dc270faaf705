/* input: what the files of this room share that read members. Not for other rooms.
 *
 *     struct input in = {.arena = &arena, .feed = feed, .name = path, .type_name = path, .asked_for = true};
 *     input_read(members, &in);
 */
#ifndef BATCH_INPUT_H
#define BATCH_INPUT_H

#include "batch/members.h"

/* A file, or a member of an archive, that is about to be read. */
struct input {
    struct arena *arena; /* for what lives as long as this is read */
    struct feed feed;
    struct str name;      /* as people see it: "archive.zip/2019/x.json.gz" */
    size_t member_at;     /* as in struct source */
    size_t folder_length; /* of the name: that of its folder; 0: it has none */
    struct str type_name; /* the name that tells its type: "x.json" */
    bool asked_for;
    unsigned depth;  /* archives around it */
    size_t expected; /* bytes that it is said to have; 0: not known */
    int file;        /* of a file on disk: itself, and its size; size 0: it is none */
    size_t size;
    bool part; /* it goes on with the dossier of the piece before it */
    /* While it is read. */
    bool ended;       /* nothing is left to read */
    struct diag diag; /* why it could not be read to its end */
};

/* Reads it whatever it is: an archive, a stream, one member. */
void input_read(struct members *members, struct input *in);

/* The type that a name tells: "json", "ndjson", a document's; empty: it tells none. */
struct str input_type(struct str name);

/* A new piece for the input, in a parcel that has room for any member. NULL: the run is to stop. */
struct piece *input_piece(struct members *members, const struct input *in, enum piece_kind kind, struct str type);

/* Reads on into the last piece until it has `length` bytes or the input ends, or fails. */
void input_fill(struct members *members, struct input *in, size_t length);

/* Adds a member that failed, as in->diag says, of that name; the input's own when it is empty. */
void input_failed(struct members *members, const struct input *in, struct str name);

/* Hands the parcel over; false: the run is to stop. */
bool input_next_parcel(struct members *members);

/* Is a member of this name wanted? `packed`: it is an archive itself, whose members --include is asked about. */
bool input_is_wanted(const struct members *members, struct str name, bool packed);

/* stream.c: the piece that was begun is a stream of values, of which it has the first bytes; `prefix` of them stand
 * before the first value. */
void input_stream(struct members *members, struct input *in, enum piece_kind kind, size_t prefix);

/* The piece that was begun is a large file of lines: if workers can read it, it is handed over in parts unread. */
bool input_refer(struct members *members, struct input *in);

/* What the first bytes of JSON are: one member, or a stream; *prefix are the bytes before its first value. */
enum piece_kind input_sniff(struct members *members, struct str bytes, size_t *prefix);

/* A file by its path. */
void input_file(struct members *members, struct input *in);

/* folders.c: all that is below a folder. */
void input_folder(struct members *members, struct str path);

/* Reads, by `read`, an input of a folder; with `--by folder` it goes on with the folder's dossier, once that has begun.
 */
void input_of_folder(struct members *members, struct input *in, bool *begun,
                     void (*read)(struct members *members, struct input *in));

/* unpack.c: the members of an archive. `from_end`: it is of a kind that is read from its end. */
void input_archive(struct members *members, struct input *in, bool from_end);

#endif
