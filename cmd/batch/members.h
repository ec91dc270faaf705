/* members: what is to be checked, one member after another, out of folders, archives and streams of any size.
 *
 *     struct members members = {.arena = &arena, .options = &options, .hand_over = give_to_worker, .context = pool};
 *     members_start(&members, first_empty_parcel);
 *     for (size_t i = 0; i < paths.count; i++)
 *         members_read(&members, paths.items[i]);
 *     members_finish(&members);
 *
 * Members come in one order: paths as given, names of a folder sorted, members of an archive as they stand in it,
 * values of a stream as they stand in it. Each has one number in the run. What cannot be read is a member too: one that
 * failed. Nothing is kept but the parcel that is being filled.
 */
#ifndef BATCH_MEMBERS_H
#define BATCH_MEMBERS_H

#include "batch/lines.h"
#include "read/archive.h"

enum member_by {
    BY_FILE,    /* a file is a dossier; a stream, and a list of datasets, is one for each value */
    BY_FOLDER,  /* the files of a folder are one dossier */
    BY_ELEMENT, /* as BY_FILE, and any list is a dossier for each element */
    MEMBER_BY_COUNT
};

struct globs {
    const struct str *items;
    size_t count;
};

struct member_options {
    struct globs include, exclude; /* of names: fnmatch(3) */
    enum member_by by;
    struct str type;   /* of what has no name that tells; may be empty */
    size_t max_member; /* bytes of a member */
    struct unpack_limits limits;
};

struct members {
    struct arena *arena; /* set by the user, as the next three */
    const struct member_options *options;
    /* Takes a parcel that is ready and gives an empty one; NULL: the run is to stop. */
    struct parcel *(*hand_over)(void *context, struct parcel *parcel);
    void *context;
    struct line_table *lines; /* NULL: workers read nothing themselves */
    struct parcel *parcel;
    size_t number;     /* of the parcel */
    size_t bytes_read; /* of files, as they lie on disk */
    char *carry;       /* bytes that were read and belong into the next parcel */
    size_t carry_room;
};

/* The room for bytes that a parcel must have so that any member fits. */
size_t members_room(const struct member_options *options);

void members_start(struct members *members, struct parcel *empty);

/* Reads what is at a path that the user named: a folder with all below it, an archive, a file, or "-". */
void members_read(struct members *members, struct str path);

/* Hands the last parcel over. */
void members_finish(struct members *members);

#endif
