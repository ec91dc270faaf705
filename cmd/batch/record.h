/* record: the file that results lie in: a journal while a run goes on, a file of results when it is done.
 *
 *     file   := MAGIC head { record }
 *     head   := frame, and results_head as bytes
 *     record := frame, and a parcel_result as bytes          kind RECORD_PARCEL
 *             | frame                                        kind RECORD_END: the run is complete
 *
 * A frame has the length of what follows and a checksum over both, so that a file that was cut off anywhere, or filled
 * with anything by a machine that lost power, is good up to that place. Numbers are the machine's own. Only for
 * store.c, journal.c and merge.c.
 */
#ifndef BATCH_RECORD_H
#define BATCH_RECORD_H

#include "batch/store.h"

#define RECORD_MAGIC "crossfoot results 1\n"

enum record_kind { RECORD_HEAD = 1, RECORD_PARCEL, RECORD_END };

struct frame {
    uint64_t check; /* hash_bytes of the rest of the frame and of what follows */
    uint64_t kind;
    uint64_t number; /* of the parcel in the run; of RECORD_END: how many there are */
    uint64_t hash;   /* of its input: parcel_hash */
    uint64_t length; /* of what follows */
};

uint64_t frame_check(const struct frame *frame, struct str body);

/* Where the last record of a parcel stands. */
struct record_place {
    size_t offset, length; /* of the body; offset 0: there is none */
    uint64_t hash;
};

struct results {
    struct arena *arena;
    struct str path; /* for messages */
    int file;
    struct results_head head;
    struct record_place *places; /* by number */
    size_t count, room;
    size_t size;   /* bytes of the file that are good */
    bool complete; /* its last record is an end */
    bool torn;     /* more bytes follow, which are not good */
    /* Of merged results (merge.h), which have no file: those of each shard. */
    struct results **shards;
    size_t shard_count;
};

/* As results_open, of a file that is open already; it is closed with the results, or when they cannot be read. */
bool results_open_file(struct arena *arena, struct str path, int file, struct results **results, struct diag *diag);

/* Reads the head and the places of all records. False, with the diag filled, when it is no such file. */
bool results_index(struct results *results, struct diag *diag);

/* Notes where a parcel's record stands. */
void results_note(struct results *results, size_t number, struct record_place place);

/* The bytes of a record, in the arena; false when they cannot be read, or are damaged. */
bool results_bytes(struct results *results, struct arena *arena, struct record_place place, struct str *bytes,
                   struct diag *diag);

void results_head_wire(struct wire *wire, struct results_head *head);

#endif
