#include "batch/across_runs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"

/* So many runs are merged at once, and of each level (how often its records were merged) there are fewer. */
enum { FAN_IN = 60, LEVELS = 4, MOST_OPEN = FAN_IN * LEVELS };

static const uint32_t END = UINT32_MAX;

struct run {
    int fd;
    FILE *in; /* the same once it is read, else NULL */
    unsigned level;
};

/* A run that is being read. */
struct reader {
    FILE *file;
    struct record record; /* the one that it stands at */
    char *bytes;          /* where that lies */
    size_t room;
    uint64_t checksum; /* of the records so far */
};

struct runs {
    struct arena *arena;
    const char *folder;
    /* Records grow from the front of the memory, their index from its back. While runs are merged the memory is empty,
     * and holds the buffers of the files. */
    char *memory;
    size_t size, used, count;
    struct run files[MOST_OPEN]; /* those of a higher level first */
    size_t file_count;
    /* A heap of the runs that are being merged: the least record first. */
    struct reader readers[FAN_IN], *heap[FAN_IN];
    size_t heap_count;
    /* What runs_next gave last. */
    bool begun;
    struct record last;
    char *last_bytes;
    size_t last_room;
};

struct runs *runs_open(struct arena *arena, struct str folder, size_t memory)
{
    struct runs *runs = ARENA_NEW(arena, struct runs);
    size_t size = (memory < RUNS_LEAST_MEMORY ? RUNS_LEAST_MEMORY : memory) / 64 * 64;
    *runs = (struct runs){
        .arena = arena, .folder = str_z(arena, folder), .memory = arena_alloc(arena, size, 1), .size = size};
    return runs;
}

static bool io_failed(const struct runs *runs, struct diag *diag)
{
    return diag_about(diag, str_from(runs->folder), "cannot keep the figures of --across here: %s", strerror(errno));
}

static uint64_t add_checksum(uint64_t checksum, struct record record)
{
    return hash_bytes(hash_bytes(checksum, record.key), record.body);
}

static int compare_records(const struct record *a, const struct record *b)
{
    int order = str_compare(a->key, b->key);
    return order ? order : str_compare(a->body, b->body);
}

static int by_key(const void *a, const void *b) { return compare_records(a, b); }

/* ---- files ---- */

static void put_number(unsigned char *out, uint64_t number, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        out[i] = (unsigned char)(number >> (8 * i));
}

static uint64_t get_number(const unsigned char *in, size_t bytes)
{
    uint64_t number = 0;
    for (size_t i = bytes; i--;)
        number = number << 8 | in[i];
    return number;
}

/* A run that is being written. */
struct writer {
    int fd;
    char *buffer;
    size_t room, used;
    uint64_t checksum;
    bool failed;
};

static void write_out(struct writer *w, const char *bytes, size_t count)
{
    while (count && !w->failed) {
        ssize_t written = write(w->fd, bytes, count);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            w->failed = true;
        else
            bytes += written, count -= (size_t)written;
    }
}

static void put_bytes(struct writer *w, const void *bytes, size_t count)
{
    if (count > w->room - w->used) {
        write_out(w, w->buffer, w->used);
        w->used = 0;
    }
    if (count > w->room) {
        write_out(w, bytes, count);
        return;
    }
    memcpy(w->buffer + w->used, bytes, count);
    w->used += count;
}

static void put_record(struct writer *w, struct record record)
{
    unsigned char head[8];
    put_number(head, record.key.len, 4);
    put_number(head + 4, record.body.len, 4);
    put_bytes(w, head, sizeof head);
    put_bytes(w, record.key.ptr, record.key.len);
    put_bytes(w, record.body.ptr, record.body.len);
    w->checksum = add_checksum(w->checksum, record);
}

/* Starts a run in a file without name. */
static bool start_file(struct runs *runs, char *buffer, size_t room, struct writer *w, struct diag *diag)
{
    struct str name = str_format(runs->arena, "%s/crossfoot.XXXXXX", runs->folder);
    char *path = arena_copy(runs->arena, name.ptr, name.len + 1);
    *w = (struct writer){.fd = mkostemp(path, O_CLOEXEC), .buffer = buffer, .room = room};
    if (w->fd < 0)
        return io_failed(runs, diag);
    unlink(path);
    return true;
}

/* Ends the run and keeps it. */
static bool keep_file(struct runs *runs, struct writer *w, unsigned level, struct diag *diag)
{
    unsigned char end[16];
    put_number(end, END, 8);
    put_number(end + 8, w->checksum, 8);
    put_bytes(w, end, sizeof end);
    write_out(w, w->buffer, w->used);
    if (!w->failed) {
        runs->files[runs->file_count++] = (struct run){w->fd, NULL, level};
        return true;
    }
    io_failed(runs, diag);
    close(w->fd);
    return false;
}

/* Opens a run to read it from its start. */
static FILE *open_run(struct run *run, char *buffer, size_t size)
{
    run->in = lseek(run->fd, 0, SEEK_SET) ? NULL : fdopen(run->fd, "r");
    if (run->in)
        setvbuf(run->in, buffer, _IOFBF, size);
    return run->in;
}

static void close_run(const struct run *run)
{
    if (run->in)
        fclose(run->in);
    else
        close(run->fd);
}

/* ---- reading ---- */

/* The next record of a run. *ended behind the last one. */
static bool read_record(struct runs *runs, struct reader *reader, bool *ended, struct diag *diag)
{
    unsigned char head[8], sum[8];
    if (fread(head, 1, sizeof head, reader->file) != sizeof head)
        return io_failed(runs, diag);
    size_t key = (size_t)get_number(head, 4), body = (size_t)get_number(head + 4, 4);
    *ended = key == END;
    if (*ended) {
        if (fread(sum, 1, sizeof sum, reader->file) == sizeof sum && get_number(sum, 8) == reader->checksum)
            return true;
        return diag_about(diag, str_from(runs->folder), "the figures that --across keeps here have changed");
    }
    if (key + body > reader->room) {
        reader->bytes = arena_grow(runs->arena, NULL, 0, 2 * (key + body), 1);
        reader->room = 2 * (key + body);
    }
    if (fread(reader->bytes, 1, key + body, reader->file) != key + body)
        return io_failed(runs, diag);
    reader->record = (struct record){{reader->bytes, key}, {reader->bytes + key, body}};
    reader->checksum = add_checksum(reader->checksum, reader->record);
    return true;
}

static void sift_down(struct runs *runs, size_t at)
{
    for (;;) {
        size_t least = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < runs->heap_count; child++)
            if (compare_records(&runs->heap[child]->record, &runs->heap[least]->record) < 0)
                least = child;
        if (least == at)
            return;
        struct reader *moved = runs->heap[at];
        runs->heap[at] = runs->heap[least];
        runs->heap[least] = moved;
        at = least;
    }
}

/* Moves the first run of the heap to its next record. */
static bool advance(struct runs *runs, struct diag *diag)
{
    bool ended;
    if (!read_record(runs, runs->heap[0], &ended, diag))
        return false;
    if (ended)
        runs->heap[0] = runs->heap[--runs->heap_count];
    sift_down(runs, 0);
    return true;
}

/* Starts to merge the runs from the `first` on. Their buffers take the memory, but for a part at its end. */
static bool start_merge(struct runs *runs, size_t first, struct diag *diag)
{
    size_t count = runs->file_count - first, share = runs->size / (count + 1);
    runs->heap_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct reader *reader = &runs->readers[i];
        bool ended;
        *reader = (struct reader){.file = open_run(&runs->files[first + i], runs->memory + i * share, share),
                                  .bytes = reader->bytes,
                                  .room = reader->room};
        if (!reader->file)
            return io_failed(runs, diag);
        if (!read_record(runs, reader, &ended, diag))
            return false;
        if (!ended)
            runs->heap[runs->heap_count++] = reader;
    }
    for (size_t i = runs->heap_count / 2; i--;)
        sift_down(runs, i);
    return true;
}

/* Makes one run of those from the `first` on. */
static bool merge_runs(struct runs *runs, size_t first, struct diag *diag)
{
    size_t count = runs->file_count - first, share = runs->size / (count + 1);
    unsigned level = runs->files[first].level + 1;
    struct writer writer;
    bool started = start_file(runs, runs->memory + count * share, share, &writer, diag);
    bool ok = started && start_merge(runs, first, diag);
    while (ok && runs->heap_count) {
        put_record(&writer, runs->heap[0]->record);
        ok = writer.failed ? io_failed(runs, diag) : advance(runs, diag);
    }
    for (size_t i = first; i < runs->file_count; i++)
        close_run(&runs->files[i]);
    runs->file_count = first;
    if (ok)
        return keep_file(runs, &writer, level, diag);
    if (started)
        close(writer.fd);
    return false;
}

/* ---- writing ---- */

/* Makes a run of sorted records. */
static bool write_run(struct runs *runs, const struct record *records, size_t count, struct diag *diag)
{
    char buffer[1 << 14];
    struct writer writer;
    if (!start_file(runs, buffer, sizeof buffer, &writer, diag))
        return false;
    for (size_t i = 0; i < count; i++)
        put_record(&writer, records[i]);
    return keep_file(runs, &writer, 0, diag);
}

/* Where there are enough runs of one level, they become one of the next. */
static bool settle(struct runs *runs, struct diag *diag)
{
    while (runs->file_count >= FAN_IN) {
        size_t first = runs->file_count - FAN_IN;
        unsigned level = runs->files[runs->file_count - 1].level;
        if (runs->files[first].level != level || level + 1 == LEVELS)
            return true;
        if (!merge_runs(runs, first, diag))
            return false;
    }
    return true;
}

/* Makes a run of what the memory holds. */
static bool flush(struct runs *runs, struct diag *diag)
{
    struct record *records = (struct record *)(void *)(runs->memory + runs->size) - runs->count;
    size_t count = runs->count;
    if (!count)
        return true;
    qsort(records, count, sizeof *records, by_key);
    runs->used = runs->count = 0;
    return write_run(runs, records, count, diag) && settle(runs, diag);
}

bool runs_add(struct runs *runs, struct record record, struct diag *diag)
{
    size_t length = record.key.len + record.body.len;
    if (length > UINT32_MAX / 4)
        return diag_about(diag, str_from(runs->folder), "a figure takes %zu bytes, which --across has no room for",
                          length);
    if (runs->used + length + (runs->count + 1) * sizeof record > runs->size && !flush(runs, diag))
        return false;
    if (length + sizeof record > runs->size)
        return write_run(runs, &record, 1, diag) && settle(runs, diag);
    char *at = runs->memory + runs->used;
    memcpy(at, record.key.ptr, record.key.len);
    memcpy(at + record.key.len, record.body.ptr, record.body.len);
    runs->used += length;
    runs->count++;
    struct record *index = (struct record *)(void *)(runs->memory + runs->size) - runs->count;
    *index = (struct record){{at, record.key.len}, {at + record.key.len, record.body.len}};
    return true;
}

bool runs_sort(struct runs *runs, struct diag *diag)
{
    if (!flush(runs, diag))
        return false;
    while (runs->file_count > FAN_IN)
        if (!merge_runs(runs, runs->file_count - FAN_IN, diag))
            return false;
    return start_merge(runs, 0, diag);
}

bool runs_next(struct runs *runs, struct record *record, struct diag *diag)
{
    while (runs->heap_count) {
        struct record next = runs->heap[0]->record;
        size_t length = next.key.len + next.body.len;
        bool same = runs->begun && !compare_records(&next, &runs->last);
        if (!same && length > runs->last_room) {
            runs->last_bytes = arena_alloc(runs->arena, length, 2);
            runs->last_room = 2 * length;
        }
        if (!same) {
            memcpy(runs->last_bytes, next.key.ptr, length); /* its body stands behind its key */
            runs->last =
                (struct record){{runs->last_bytes, next.key.len}, {runs->last_bytes + next.key.len, next.body.len}};
        }
        runs->begun = true;
        *record = runs->last;
        if (!advance(runs, diag))
            return false;
        if (!same)
            return true;
    }
    return false;
}

void runs_close(struct runs *runs)
{
    for (size_t i = 0; i < runs->file_count; i++)
        close_run(&runs->files[i]);
    runs->file_count = 0;
}
