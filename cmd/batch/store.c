#include "batch/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hash.h"
#include "batch/merge.h"
#include "batch/record.h"

uint64_t frame_check(const struct frame *frame, struct str body)
{
    const struct str head = {(const char *)&frame->kind, sizeof *frame - offsetof(struct frame, kind)};
    return hash_bytes(hash_bytes(0, head), body);
}

void results_head_wire(struct wire *wire, struct results_head *head)
{
    wire_text(wire, &head->version);
    wire_text(wire, &head->options);
    wire_text(wire, &head->setup);
    wire_size(wire, &head->shard);
    wire_size(wire, &head->shards);
    wire_flag(wire, &head->across);
}

static bool read_at(int file, void *to, size_t length, size_t offset)
{
    for (size_t done = 0; done < length;) {
        ssize_t got = pread(file, (char *)to + done, length - done, (off_t)(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

/* The frame at an offset, and the body in the arena; false where none is good. */
static bool read_record(int file, size_t offset, size_t size, struct arena *arena, struct frame *frame,
                        struct str *body)
{
    if (size - offset < sizeof *frame || !read_at(file, frame, sizeof *frame, offset) ||
        frame->length > size - offset - sizeof *frame)
        return false;
    char *bytes = arena_alloc(arena, frame->length, 1);
    *body = (struct str){bytes, frame->length};
    return read_at(file, bytes, frame->length, offset + sizeof *frame) && frame->check == frame_check(frame, *body);
}

void results_note(struct results *r, size_t number, struct record_place place)
{
    if (number >= r->room) {
        size_t room = number + number / 2 + 1024;
        struct record_place *places = realloc(r->places, room * sizeof *places);
        if (!places)
            r->arena->out_of_memory();
        else
            memset(places + r->room, 0, (room - r->room) * sizeof *places);
        r->places = places;
        r->room = room;
    }
    r->places[number] = place;
    if (number >= r->count)
        r->count = number + 1;
}

static bool read_head(struct results *r, size_t size, struct diag *diag)
{
    char magic[sizeof RECORD_MAGIC - 1];
    struct frame frame;
    struct str body;
    if (size < sizeof magic || !read_at(r->file, magic, sizeof magic, 0) ||
        memcmp(magic, RECORD_MAGIC, sizeof magic) != 0 ||
        !read_record(r->file, sizeof magic, size, r->arena, &frame, &body) || frame.kind != RECORD_HEAD)
        return diag_about(diag, r->path, "this is no file of results");
    struct wire wire = {.in = body, .arena = r->arena};
    results_head_wire(&wire, &r->head);
    r->size = sizeof magic + sizeof frame + body.len;
    return !wire.failed || diag_about(diag, r->path, "this is no file of results");
}

bool results_index(struct results *r, struct diag *diag)
{
    off_t end = lseek(r->file, 0, SEEK_END);
    size_t size = end > 0 ? (size_t)end : 0;
    if (!read_head(r, size, diag))
        return false;
    struct arena scratch = {.out_of_memory = r->arena->out_of_memory};
    struct frame frame;
    struct str body;
    while (read_record(r->file, r->size, size, &scratch, &frame, &body)) {
        if (frame.kind == RECORD_PARCEL)
            results_note(r, frame.number, (struct record_place){r->size + sizeof frame, frame.length, frame.hash});
        else
            r->count = frame.number;
        r->complete = frame.kind == RECORD_END;
        r->size += sizeof frame + frame.length;
        arena_reset(&scratch);
    }
    arena_free(&scratch);
    r->torn = r->size < size;
    return true;
}

bool results_bytes(struct results *r, struct arena *arena, struct record_place place, struct str *bytes,
                   struct diag *diag)
{
    struct frame frame;
    return (place.offset &&
            read_record(r->file, place.offset - sizeof frame, place.offset + place.length, arena, &frame, bytes)) ||
           diag_about(diag, r->path, "the results are damaged");
}

bool results_open(struct arena *arena, struct str path, struct results **results, struct diag *diag)
{
    int file = open(str_z(arena, path), O_RDONLY | O_CLOEXEC);
    return file < 0 ? diag_about(diag, path, "%s", strerror(errno))
                    : results_open_file(arena, path, file, results, diag);
}

bool results_open_file(struct arena *arena, struct str path, int file, struct results **results, struct diag *diag)
{
    struct results *r = *results = ARENA_NEW(arena, struct results);
    *r = (struct results){.arena = arena, .path = path, .file = file};
    if (results_index(r, diag) && (!r->complete || r->torn))
        diag_about(diag, path, "the run that made these results was not finished");
    if (diag->failed)
        results_close(r);
    return !diag->failed;
}

const struct results_head *results_head(const struct results *r) { return &r->head; }

bool results_file(const struct results *r, int *file, size_t *size)
{
    *file = r->file;
    *size = r->size;
    return r->file >= 0;
}

size_t results_count(const struct results *r) { return r->count; }

static bool read_members(struct results *r, struct wire *wire, size_t i, struct parcel_result *parcel,
                         struct diag *diag)
{
    parcel_members_wire(wire, parcel);
    for (size_t k = 0; k < parcel->member_count; k++)
        parcel->members[k].ordinal += i << ORDINAL_BITS;
    return !wire->failed || diag_about(diag, r->path, "the results are damaged");
}

bool results_read(struct results *r, struct arena *arena, size_t i, struct parcel_result *parcel, struct diag *diag)
{
    struct wire wire = {.arena = arena};
    if (r->shard_count)
        return merge_read(r, arena, i, false, parcel, diag);
    if (!results_bytes(r, arena, r->places[i], &wire.in, diag))
        return false;
    parcel_head_wire(&wire, parcel);
    return read_members(r, &wire, i, parcel, diag);
}

bool results_read_told(struct results *r, struct arena *arena, size_t i, struct parcel_result *parcel,
                       struct diag *diag)
{
    struct wire wire = {.arena = arena};
    if (r->shard_count)
        return merge_read(r, arena, i, true, parcel, diag);
    if (!results_bytes(r, arena, r->places[i], &wire.in, diag))
        return false;
    parcel_head_wire(&wire, parcel);
    if (!parcel->counts.told)
        parcel->member_count = 0;
    return read_members(r, &wire, i, parcel, diag);
}

void results_close(struct results *r)
{
    for (size_t i = 0; i < r->shard_count; i++)
        results_close(r->shards[i]);
    r->shard_count = 0;
    if (r->file >= 0)
        close(r->file);
    r->file = -1;
    free(r->places);
    r->places = NULL;
    r->count = r->room = 0;
}
