/* Archives: each member an input of its own. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "batch/input.h"

static bool read_unpacked(void *from, char *to, size_t room, size_t *got, struct diag *diag)
{
    return unpacker_read(from, to, room, got, diag);
}

/* The length of the folder that a name stands in. */
static size_t folder_length(struct str name)
{
    while (name.len && name.ptr[name.len - 1] != '/')
        name.len--;
    return name.len ? name.len - 1 : 0;
}

static struct input member_of(const struct input *archive, struct arena *arena, const struct packed_member *member)
{
    struct input in = {.arena = arena, .depth = archive->depth + 1, .expected = member->size, .diag = {.arena = arena}};
    if (!member->name.len) {
        /* A compressed file is what it holds: it has the file's own name. */
        in.name = archive->name;
        in.member_at = archive->member_at;
        in.type_name = unpacked_name(archive->type_name);
        in.asked_for = archive->asked_for;
    } else {
        in.name = str_format(arena, "%.*s/%.*s", STR_ARG(archive->name), STR_ARG(member->name));
        in.member_at = archive->member_at ? archive->member_at : archive->name.len + 1;
        in.type_name = str_copy(arena, member->name);
    }
    in.folder_length = folder_length(in.name);
    return in;
}

static bool is_safe(struct members *m, struct input *in, const struct packed_member *member)
{
    if (!member->unsafe)
        return true;
    diag_about(&in->diag, in->name, "its name leads out of the archive: it is not read");
    input_failed(m, in, STR(""));
    return false;
}

/* Members that are laid aside, in a file without a name: the files of one folder need not stand together in an archive,
 * and some archives inside one cannot be read from front to end. */
struct spool {
    struct arena *arena;
    int file;
    size_t size;
    struct {
        struct spooled {
            struct input in;
            size_t start, length;
            size_t group; /* the first of the members of its folder */
        } * items;
        size_t count, room;
    } members;
};

static bool spool_open(struct spool *spool, struct diag *diag)
{
    const char *folder = getenv("TMPDIR");
    char *name = (char *)str_format(spool->arena, "%s/crossfoot.XXXXXX", folder && *folder ? folder : "/tmp").ptr;
    spool->file = mkstemp(name);
    if (spool->file < 0)
        return diag_about(diag, str_from(name), "%s", strerror(errno));
    unlink(name);
    return true;
}

/* Lays the input aside. One that cannot be read keeps its reason. */
static void spool_add(struct spool *spool, const struct input *in)
{
    char bytes[64 * 1024];
    struct spooled *entry = LIST_ADD(spool->arena, &spool->members);
    *entry = (struct spooled){.in = *in, .start = spool->size};
    for (size_t got = 1; got && !entry->in.diag.failed; entry->length += got, spool->size += got) {
        if (!in->feed.read(in->feed.from, bytes, sizeof bytes, &got, &entry->in.diag))
            return;
        if (got && pwrite(spool->file, bytes, got, (off_t)spool->size) != (ssize_t)got) {
            diag_about(&entry->in.diag, in->name, "cannot write: %s", strerror(errno));
            return;
        }
    }
}

/* Reading what was laid aside. */
struct spool_feed {
    int file;
    size_t start, length, at;
};

static bool read_spooled(void *from, char *to, size_t room, size_t *got, struct diag *diag)
{
    struct spool_feed *feed = from;
    size_t most = feed->length - feed->at < room ? feed->length - feed->at : room;
    ssize_t bytes = most ? pread(feed->file, to, most, (off_t)(feed->start + feed->at)) : 0;
    *got = bytes > 0 ? (size_t)bytes : 0;
    feed->at += *got;
    return bytes >= 0 || diag_about(diag, STR(""), "%s", strerror(errno));
}

static int64_t seek_spooled(void *from, int64_t offset, int whence)
{
    struct spool_feed *feed = from;
    int64_t to = offset + (int64_t)(whence == SEEK_END ? feed->length : whence == SEEK_CUR ? feed->at : 0);
    if (to < 0 || (size_t)to > feed->length)
        return -1;
    feed->at = (size_t)to;
    return to;
}

static void read_spool_entry(struct members *m, struct input *in)
{
    if (in->diag.failed)
        input_failed(m, in, STR(""));
    else
        input_read(m, in);
}

static int by_group(const void *a, const void *b)
{
    const struct spooled *x = a, *y = b;
    size_t i = x->group == y->group ? x->start : x->group, k = x->group == y->group ? y->start : y->group;
    return (i > k) - (i < k);
}

/* Folder by folder, in the order in which they first stood in the archive. */
static void read_folders(struct members *m, struct spool *spool)
{
    struct map folders = {.arena = spool->arena};
    struct spooled *entries = spool->members.items;
    for (size_t i = 0; i < spool->members.count; i++) {
        struct spooled **first =
            (struct spooled **)map_put(&folders, str_part(entries[i].in.name, 0, entries[i].in.folder_length));
        /* An archive among them has dossiers of its own. */
        bool apart = is_packed(entries[i].in.type_name, STR(""));
        if (!*first && !apart)
            *first = &entries[i];
        entries[i].group = apart ? i : (size_t)(*first - entries);
    }
    if (spool->members.count)
        qsort(entries, spool->members.count, sizeof *entries, by_group);
    bool begun = false;
    for (size_t i = 0; i < spool->members.count && m->parcel; i++) {
        struct input in = entries[i].in;
        struct spool_feed feed = {spool->file, entries[i].start, entries[i].length, 0};
        in.feed = (struct feed){&feed, read_spooled, seek_spooled};
        begun &= i && entries[i].group == entries[i - 1].group;
        input_of_folder(m, &in, &begun, read_spool_entry);
    }
}

/* All members at once, laid aside, so that those of a folder come together. */
static size_t read_by_folder(struct members *m, struct input *archive, struct unpacker *unpacker)
{
    struct arena arena = {.out_of_memory = m->arena->out_of_memory};
    struct spool spool = {.arena = &arena};
    struct packed_member member;
    size_t count = 0;
    if (!spool_open(&spool, &archive->diag))
        return 1;
    for (; unpacker_next(unpacker, &member, &archive->diag); count++) {
        struct input in = member_of(archive, &arena, &member);
        in.feed = (struct feed){.from = unpacker, .read = read_unpacked};
        if (member.regular && is_safe(m, &in, &member))
            spool_add(&spool, &in);
    }
    read_folders(m, &spool);
    close(spool.file);
    arena_free(&arena);
    return count;
}

/* One after another, as they stand in the archive. */
static size_t read_in_order(struct members *m, struct input *archive, struct unpacker *unpacker)
{
    struct packed_member member;
    struct arena each = {.out_of_memory = m->arena->out_of_memory};
    size_t count = 0;
    for (; m->parcel && unpacker_next(unpacker, &member, &archive->diag); count++) {
        arena_reset(&each);
        struct input in = member_of(archive, &each, &member);
        in.feed = (struct feed){.from = unpacker, .read = read_unpacked};
        if (member.regular && is_safe(m, &in, &member))
            input_read(m, &in);
    }
    arena_free(&each);
    return count;
}

static void unpack(struct members *m, struct input *archive)
{
    struct unpacker *unpacker;
    bool alone = input_type(unpacked_name(archive->type_name)).len;
    if (unpacker_open(&unpacker, archive->arena, archive->feed, archive->name, alone, &m->options->limits,
                      &archive->diag)) {
        size_t count =
            m->options->by == BY_FOLDER ? read_by_folder(m, archive, unpacker) : read_in_order(m, archive, unpacker);
        if (!count)
            diag_about(&archive->diag, archive->name, "the archive is empty");
    }
    unpacker_close(unpacker);
}

void input_archive(struct members *m, struct input *archive, bool from_end)
{
    struct spool spool = {.arena = archive->arena};
    if (!from_end || archive->feed.seek) {
        unpack(m, archive);
    } else if (spool_open(&spool, &archive->diag)) {
        spool_add(&spool, archive);
        struct spool_feed feed = {spool.file, 0, spool.size, 0};
        archive->diag = spool.members.items[0].in.diag;
        archive->feed = (struct feed){&feed, read_spooled, seek_spooled};
        if (!archive->diag.failed)
            unpack(m, archive);
        close(spool.file);
    }
    if (archive->diag.failed && m->parcel)
        input_failed(m, archive, STR(""));
}
