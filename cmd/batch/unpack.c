/* Archives: each member an input of its own. */
#include "base/arena.h"
#include "base/buf.h"
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

static void read_packed(struct members *m, const struct input *archive, struct unpacker *unpacker,
                        const struct packed_member *member, struct str *folder, struct input *in)
{
    in->feed = (struct feed){.from = unpacker, .read = read_unpacked};
    in->depth = archive->depth + 1;
    if (!member->name.len) {
        /* A compressed file is what it holds: it has the file's own name. */
        in->name = archive->name;
        in->member_at = archive->member_at;
        in->type_name = unpacked_name(archive->type_name);
        in->asked_for = archive->asked_for;
    } else {
        in->name = str_format(in->arena, "%.*s/%.*s", STR_ARG(archive->name), STR_ARG(member->name));
        in->member_at = archive->member_at ? archive->member_at : archive->name.len + 1;
        in->type_name = member->name;
    }
    in->folder_length = folder_length(in->name);
    /* The files of one folder that stand together in the archive are one dossier. */
    struct str now = str_part(in->name, 0, in->folder_length);
    in->part = m->options->by == BY_FOLDER && str_equal(now, *folder) && m->parcel->piece_count;
    if (!str_equal(now, *folder))
        *folder = str_copy(archive->arena, now);
    if (member->unsafe) {
        in->diag.arena = in->arena;
        diag_about(&in->diag, in->name, "its name leads out of the archive: it is not read");
        input_failed(m, in, STR(""));
        return;
    }
    input_read(m, in);
}

void input_archive(struct members *m, struct input *archive)
{
    struct unpacker *unpacker;
    struct packed_member member;
    struct arena each = {.out_of_memory = m->arena->out_of_memory};
    struct str folder = {0};
    size_t count = 0;
    bool opened =
        unpacker_open(&unpacker, archive->arena, archive->feed, archive->name, &m->options->limits, &archive->diag);
    while (opened && m->parcel && unpacker_next(unpacker, &member, &archive->diag)) {
        struct input in = {.arena = &each};
        arena_reset(&each);
        count++;
        if (member.regular)
            read_packed(m, archive, unpacker, &member, &folder, &in);
    }
    if (opened && !count)
        diag_about(&archive->diag, archive->name, "the archive is empty");
    if (archive->diag.failed && m->parcel)
        input_failed(m, archive, STR(""));
    unpacker_close(unpacker);
    arena_free(&each);
}
