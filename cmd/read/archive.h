/* archive: the members of an archive, or what a compressed file holds, as streams of bytes.
 *
 *     struct unpacker *unpacker;
 *     struct packed_member member;
 *     if (unpacker_open(&unpacker, &arena, feed, STR("archive.tar.zst"), false, &limits, &diag))
 *         while (unpacker_next(unpacker, &member, &diag))
 *             while (unpacker_read(unpacker, bytes, room, &got, &diag) && got) ...
 *     unpacker_close(unpacker);
 *
 * Reads tar, zip, 7z, ar, cpio, rar, cab, xar and ISO images, and gz, zst, xz, bz2, lz4, lzip and others around them or
 * alone. Nothing is ever written to disk. It is libarchive, which is loaded when the first archive is opened: to link
 * it costs each start of the program 2.7 ms.
 */
#ifndef READ_ARCHIVE_H
#define READ_ARCHIVE_H

#include "base/diag.h"

/* Where bytes come from. */
struct feed {
    void *from;
    /* Reads up to `room` bytes; *got 0 is the end. False with the diag filled when that fails. */
    bool (*read)(void *from, char *to, size_t room, size_t *got, struct diag *diag);
    /* As lseek(2): gives the offset reached, or -1. NULL: it cannot. */
    int64_t (*seek)(void *from, int64_t offset, int whence);
};

/* What may come out of an archive. 0: no limit. */
struct unpack_limits {
    size_t total; /* bytes of all members */
    size_t ratio; /* of a member: so many bytes for each of the archive's, small members aside */
};

struct packed_member {
    struct str name; /* as the archive says, control characters replaced; empty for a compressed file. Borrowed until
                        the next member */
    size_t size;     /* as the archive says; 0: it does not */
    bool regular;    /* a file with bytes of its own: no folder, link or device */
    bool unsafe;     /* the name is absolute or leads out of the archive */
};

struct unpacker;

/* Do these first bytes of a file (512 are enough), or its name, say that it is an archive or compressed? */
bool is_packed(struct str name, struct str head);

/* Do these first bytes say that it is of a kind whose index stands at its end, so that the feed should be able to seek?
 */
bool is_read_from_end(struct str head);

/* The name without its compression: "figures.ndjson" of "figures.ndjson.gz"; else as it is. */
struct str unpacked_name(struct str name);

/* Opens what the feed yields; `name` is for errors. `alone`: it is one compressed file, whatever its bytes look like.
 * False when it cannot be read. *out is to be closed in any case. */
bool unpacker_open(struct unpacker **out, struct arena *arena, struct feed feed, struct str name, bool alone,
                   const struct unpack_limits *limits, struct diag *diag);

/* Goes to the next member. False at the end, and then the diag has not failed; false with the diag filled where the
 * archive cannot be read further: it is cut off, or damaged. */
bool unpacker_next(struct unpacker *unpacker, struct packed_member *member, struct diag *diag);

/* Reads on in the member; *got 0 is its end. False with the diag filled when it cannot be read, or is over a limit:
 * then the next member may still be read. */
bool unpacker_read(struct unpacker *unpacker, char *to, size_t room, size_t *got, struct diag *diag);

void unpacker_close(struct unpacker *unpacker); /* NULL is allowed */

#endif
