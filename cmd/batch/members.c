#include "batch/members.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "batch/input.h"
#include "check/finding_wire.h"
#include "read/document.h"

/* The first bytes of an input, which tell what it is, and which are read again then. */
enum { HEAD = 512, LONGEST_NAME = 8192 };

struct peek {
    struct feed feed;
    char head[HEAD];
    size_t length, at;
};

static bool read_peeked(void *from, char *to, size_t room, size_t *got, struct diag *diag)
{
    struct peek *peek = from;
    if (peek->at == peek->length)
        return peek->feed.read(peek->feed.from, to, room, got, diag);
    *got = peek->length - peek->at < room ? peek->length - peek->at : room;
    memcpy(to, peek->head + peek->at, *got);
    peek->at += *got;
    return true;
}

static int64_t seek_peeked(void *from, int64_t offset, int whence)
{
    struct peek *peek = from;
    /* The file stands behind the head, of which part may not have been given out yet. */
    if (whence == SEEK_CUR)
        offset -= (int64_t)(peek->length - peek->at);
    peek->at = peek->length;
    return peek->feed.seek(peek->feed.from, offset, whence);
}

/* Reads the head, and puts the peek in the place of the input's feed. */
static bool peek_start(struct peek *peek, struct input *in, struct diag *diag)
{
    size_t got = 1;
    peek->feed = in->feed;
    peek->length = peek->at = 0;
    while (got && peek->length < HEAD) {
        if (!peek->feed.read(peek->feed.from, peek->head + peek->length, HEAD - peek->length, &got, diag))
            return false;
        peek->length += got;
    }
    in->feed = (struct feed){.from = peek, .read = read_peeked, .seek = in->feed.seek ? seek_peeked : NULL};
    return true;
}

size_t members_room(const struct member_options *options)
{
    return PARCEL_BYTES + options->max_member + (size_t)2 * LONGEST_NAME + 1;
}

void members_start(struct members *m, struct parcel *empty)
{
    m->parcel = empty;
    parcel_reset(empty, m->number++);
}

bool input_next_parcel(struct members *m)
{
    m->parcel = m->hand_over(m->context, m->parcel);
    if (m->parcel)
        parcel_reset(m->parcel, m->number++);
    return m->parcel;
}

void members_finish(struct members *m)
{
    if (m->parcel && m->parcel->piece_count)
        m->hand_over(m->context, m->parcel);
    m->parcel = NULL;
}

struct piece *input_piece(struct members *m, const struct input *in, enum piece_kind kind, struct str type)
{
    if (!m->parcel || (kind != PIECE_PART && parcel_is_full(m->parcel) && !input_next_parcel(m)))
        return NULL;
    struct piece *piece = parcel_add(m->parcel, kind, str_part(in->name, 0, LONGEST_NAME), type);
    if (piece) {
        piece->asked_for = in->asked_for;
        piece->member_at = in->member_at;
        if (m->options->by == BY_FOLDER && in->folder_length)
            piece->dossier_length = in->folder_length;
    }
    return piece;
}

void input_fill(struct members *m, struct input *in, size_t length)
{
    const struct piece *piece = parcel_last(m->parcel);
    while (!in->ended && piece->length < length) {
        size_t room, got = 0;
        char *space = parcel_space(m->parcel, &room);
        if (room > length - piece->length)
            room = length - piece->length;
        in->ended = !room || !in->feed.read(in->feed.from, space, room, &got, &in->diag) || !got;
        if (!room)
            diag_about(&in->diag, in->name, "larger than --max-member, %zu bytes", m->options->max_member);
        parcel_keep(m->parcel, got);
    }
}

void input_failed(struct members *m, const struct input *in, struct str name)
{
    struct arena scratch = {.out_of_memory = m->arena->out_of_memory};
    struct buf bytes = {.arena = &scratch};
    struct wire wire = {.out = &bytes};
    struct input failed = *in;
    failed.name = name.len ? name : in->name;
    failed.diag.source = failed.name;
    diag_wire(&wire, &failed.diag);
    size_t room = 0;
    struct piece *piece = input_piece(m, &failed, in->part ? PIECE_PART : PIECE_WHOLE, STR(""));
    char *space = piece ? parcel_space(m->parcel, &room) : NULL;
    if (bytes.len <= room && space) {
        memcpy(space, bytes.ptr, bytes.len);
        parcel_keep(m->parcel, bytes.len);
        piece->failed = true;
    }
    arena_free(&scratch);
}

/* Does the glob match the name, or with a "/" in it any end of the path? */
static bool glob_matches(struct arena *scratch, struct str glob, struct str path)
{
    const char *pattern = str_z(scratch, glob), *text = str_z(scratch, path);
    bool whole = str_find(glob, STR("/")) < glob.len;
    for (const char *from = text; from; from = strchr(from, '/') ? strchr(from, '/') + 1 : NULL)
        if ((whole || !strchr(from, '/')) && !fnmatch(pattern, from, 0))
            return true;
    return false;
}

static bool any_matches(const struct members *m, const struct globs *globs, struct str name)
{
    struct arena scratch = {.out_of_memory = m->arena->out_of_memory};
    bool matches = false;
    for (size_t i = 0; i < globs->count && !matches; i++)
        matches = glob_matches(&scratch, globs->items[i], name);
    arena_free(&scratch);
    return matches;
}

bool input_is_wanted(const struct members *m, struct str name, bool packed)
{
    const struct member_options *options = m->options;
    return (packed || !options->include.count || any_matches(m, &options->include, name)) &&
           !(options->exclude.count && any_matches(m, &options->exclude, name));
}

struct str input_type(struct str name)
{
    struct str type = document_type(name);
    if (type.len)
        return type;
    if (str_ends(name, STR(".ndjson")) || str_ends(name, STR(".jsonl")))
        return STR("ndjson");
    return str_ends(name, STR(".json")) ? STR("json") : STR("");
}

/* The same, but what the user names must be something. */
static struct str type_of(const struct members *m, const struct input *in)
{
    struct str type = input_type(in->type_name);
    if (type.len || !in->asked_for)
        return type;
    return m->options->type.len ? m->options->type : STR("json");
}

/* Reads the rest of a member that is one whole; what is too large has failed. */
static void finish_whole(struct members *m, struct input *in)
{
    /* What says that it is too large is not read. */
    if (in->expected <= m->options->max_member)
        input_fill(m, in, m->options->max_member + 1);
    if (!in->ended)
        diag_about(&in->diag, in->name, "larger than --max-member, %zu bytes", m->options->max_member);
    if (in->diag.failed) {
        parcel_drop(m->parcel);
        input_failed(m, in, STR(""));
    }
}

static void read_member(struct members *m, struct input *in, struct str type)
{
    size_t prefix = 0;
    const struct piece *piece = input_piece(m, in, in->part ? PIECE_PART : PIECE_WHOLE, type);
    if (!piece)
        return;
    input_fill(m, in, PARCEL_BYTES);
    enum piece_kind kind = PIECE_WHOLE;
    /* An empty file is one member, which is in error. */
    bool stream = m->options->by != BY_FOLDER && piece->length;
    if (stream && str_equal(type, STR("ndjson")))
        kind = PIECE_LINES;
    else if (stream && str_equal(type, STR("json")))
        kind = input_sniff(m, (struct str){m->parcel->bytes + piece->start, piece->length}, &prefix);
    if (kind == PIECE_WHOLE)
        finish_whole(m, in);
    else if (kind != PIECE_LINES || !input_refer(m, in))
        input_stream(m, in, kind, prefix);
}

/* What is of no type that is known is a member with nothing to check. */
static void pass_over(struct members *m, const struct input *in)
{
    input_piece(m, in, in->part ? PIECE_PART : PIECE_WHOLE, STR("none"));
}

/* Of one dossier there must be room for all files in a parcel. */
static bool has_room(const struct members *m)
{
    return m->parcel->piece_count < PARCEL_PIECES - 1 && m->parcel->used < PARCEL_BYTES + m->options->max_member;
}

void input_of_folder(struct members *m, struct input *in, bool *begun,
                     void (*read)(struct members *members, struct input *in))
{
    if (m->options->by != BY_FOLDER || !m->parcel) {
        read(m, in);
        return;
    }
    in->part = *begun;
    if (*begun && !has_room(m)) {
        in->diag = (struct diag){.arena = in->arena};
        diag_about(&in->diag, in->name, "this folder has too much in it for one dossier");
        input_failed(m, in, STR(""));
        return;
    }
    if (!*begun && m->parcel->piece_count > PARCEL_PIECES / 2 && !input_next_parcel(m))
        return;
    size_t number = m->parcel->number, pieces = m->parcel->piece_count;
    read(m, in);
    *begun |= m->parcel && (m->parcel->number != number || m->parcel->piece_count != pieces);
}

/* As many archives may stand inside each other. */
enum { MOST_ARCHIVES = 2 };

void input_read(struct members *m, struct input *in)
{
    struct peek peek;
    in->diag.arena = in->arena;
    struct str type = type_of(m, in);
    bool document = document_type(in->type_name).len;
    if (!peek_start(&peek, in, &in->diag)) {
        input_failed(m, in, STR(""));
        return;
    }
    bool packed = !document && is_packed(in->type_name, (struct str){peek.head, peek.length});
    if (!in->asked_for && !input_is_wanted(m, in->name, packed))
        return;
    if (packed && in->depth < MOST_ARCHIVES) {
        input_archive(m, in, is_read_from_end((struct str){peek.head, peek.length}));
    } else if (packed) {
        diag_about(&in->diag, in->name, "an archive inside an archive inside an archive is not opened");
        input_failed(m, in, STR(""));
    } else if (type.len) {
        read_member(m, in, type);
    } else {
        pass_over(m, in);
    }
}

struct file_feed {
    struct members *members;
    int file;
};

static bool read_file(void *from, char *to, size_t room, size_t *got, struct diag *diag)
{
    const struct file_feed *feed = from;
    ssize_t bytes;
    while ((bytes = read(feed->file, to, room)) < 0 && errno == EINTR)
        continue;
    *got = bytes > 0 ? (size_t)bytes : 0;
    feed->members->bytes_read += *got;
    return bytes >= 0 || diag_about(diag, STR(""), "%s", strerror(errno));
}

static int64_t seek_file(void *from, int64_t offset, int whence)
{
    const struct file_feed *feed = from;
    return lseek(feed->file, offset, whence);
}

void input_file(struct members *m, struct input *in)
{
    struct stat stat;
    bool standard_input = str_equal(in->name, STR("-"));
    int file = standard_input ? STDIN_FILENO : open(str_z(in->arena, in->name), O_RDONLY | O_CLOEXEC);
    struct file_feed feed = {m, file};
    in->type_name = in->name;
    in->diag.arena = in->arena;
    if (file < 0 || fstat(file, &stat)) {
        diag_about(&in->diag, in->name, "%s", strerror(errno));
        input_failed(m, in, STR(""));
    } else {
        bool regular = S_ISREG(stat.st_mode) && !standard_input;
        in->feed = (struct feed){&feed, read_file, S_ISREG(stat.st_mode) ? seek_file : NULL};
        in->file = file;
        in->size = in->expected = regular ? (size_t)stat.st_size : 0;
        input_read(m, in);
    }
    if (file >= 0 && !standard_input)
        close(file);
}

static void read_folder(struct members *m, struct input *in)
{
    size_t number = m->number, pieces = m->parcel->piece_count;
    input_folder(m, in->name);
    if (!m->parcel || m->number != number || m->parcel->piece_count != pieces)
        return;
    in->diag.arena = in->arena;
    diag_about(&in->diag, in->name, "neither dataset nor document in this folder");
    input_failed(m, in, STR(""));
}

void members_read(struct members *m, struct str path)
{
    struct arena arena = {.out_of_memory = m->arena->out_of_memory};
    struct input in = {.arena = &arena, .name = path, .asked_for = true};
    struct stat stat_path;
    if (!str_equal(path, STR("-")) && !stat(str_z(&arena, path), &stat_path) && S_ISDIR(stat_path.st_mode))
        read_folder(m, &in);
    else
        input_file(m, &in);
    arena_free(&arena);
}
