#include "batch/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"

/* Parcels of a run that may be parts of files, 16 TB; what comes later the parent reads. Pages of the table are had
 * when they are first touched. */
enum { MOST_PARTS = 16 * 1024 * 1024, WINDOW = 8 * 1024 };

void lines_map(struct line_table *table)
{
    void *memory = mmap(NULL, MOST_PARTS * sizeof *table->parts, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    *table = (struct line_table){memory == MAP_FAILED ? NULL : memory, memory == MAP_FAILED ? 0 : MOST_PARTS};
}

void lines_unmap(struct line_table *table)
{
    if (table->parts)
        munmap(table->parts, table->room * sizeof *table->parts);
    *table = (struct line_table){0};
}

/* Reads `length` bytes, or up to the end; how many there were, or SIZE_MAX. */
static size_t read_at(int file, char *to, size_t length, size_t offset)
{
    size_t done = 0;
    while (done < length) {
        ssize_t got = pread(file, to + done, length - done, (off_t)(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return SIZE_MAX;
        if (!got)
            break;
        done += (size_t)got;
    }
    return done;
}

/* The end of the last line that ends from `from` up to `to`; 0 when there is none or the file cannot be read. */
static size_t last_end(int file, size_t from, size_t to)
{
    char window[WINDOW];
    while (to > from) {
        size_t length = to - from < WINDOW ? to - from : WINDOW;
        const char *end = read_at(file, window, length, to - length) == length ? memrchr(window, '\n', length) : NULL;
        if (end)
            return to - length + (size_t)(end - window) + 1;
        to -= length;
    }
    return 0;
}

/* The end of the line that goes on at `from`; 0 when the file cannot be read. */
static size_t next_end(int file, size_t from, size_t size)
{
    char window[WINDOW];
    while (from < size) {
        size_t got = read_at(file, window, WINDOW, from);
        if (!got || got == SIZE_MAX)
            return 0;
        const char *end = memchr(window, '\n', got);
        if (end)
            return from + (size_t)(end - window) + 1;
        from += got;
    }
    return size;
}

size_t lines_cut(int file, size_t from, size_t size)
{
    if (size - from <= PARCEL_BYTES)
        return size;
    size_t end = last_end(file, from, from + PARCEL_BYTES);
    return end ? end : next_end(file, from + PARCEL_BYTES, size);
}

static size_t count_lines(struct str bytes)
{
    struct cutter cutter = {.how = CUT_LINES};
    size_t at = 0, last = 0, count;
    cutter_all(&cutter, bytes, &at, &last, &count);
    return count;
}

/* The lines of a part that no worker has come to yet. */
static bool count_part(struct line_reader *reader, size_t number, size_t *lines)
{
    const struct line_part *part = &reader->table->parts[number];
    size_t offset = part->offset, end = part[1].offset;
    *lines = 0;
    if (!reader->bytes)
        reader->bytes = malloc(PARCEL_BYTES);
    while (reader->bytes && offset < end) {
        size_t most = end - offset < PARCEL_BYTES ? end - offset : PARCEL_BYTES;
        size_t got = read_at(reader->file, reader->bytes, most, offset);
        if (!got || got == SIZE_MAX)
            return false;
        *lines += count_lines((struct str){reader->bytes, got});
        offset += got;
    }
    return reader->bytes;
}

/* The number of lines before a parcel of the file that starts with parcel `first`. */
static bool lines_before(struct line_reader *reader, size_t first, size_t number, size_t *lines)
{
    if (reader->first != first || reader->counted > number || reader->counted < first) {
        reader->first = reader->counted = first;
        reader->lines = 0;
    }
    for (; reader->counted < number; reader->counted++) {
        size_t known = atomic_load(&reader->table->parts[reader->counted].lines), count = known - 1;
        if (!known && !count_part(reader, reader->counted, &count))
            return false;
        atomic_store(&reader->table->parts[reader->counted].lines, count + 1);
        reader->lines += count;
    }
    *lines = reader->lines;
    return true;
}

static bool open_path(struct line_reader *reader, struct str path, struct diag *diag)
{
    if (reader->path.len && str_equal(reader->path, path))
        return true;
    lines_close(reader);
    reader->path = str_copy(reader->arena, path);
    reader->file = open(reader->path.ptr, O_RDONLY | O_CLOEXEC);
    reader->counted = reader->first = SIZE_MAX;
    if (reader->file >= 0)
        return true;
    reader->path.len = 0;
    return diag_about(diag, path, "%s", strerror(errno));
}

bool lines_load(struct line_reader *reader, struct parcel *parcel, struct diag *diag)
{
    struct piece *piece = &parcel->pieces[0];
    struct str path = piece_name(parcel, piece);
    if (!open_path(reader, path, diag))
        return false;
    size_t got = read_at(reader->file, parcel->bytes + piece->start, piece->length, piece->offset);
    if (got != piece->length)
        return diag_about(diag, path, "the file has changed while it was read");
    struct str bytes = {parcel->bytes + piece->start, piece->length};
    /* A line that is too large is not all there: it is one all the same. */
    bool whole = parcel->number + 1 < reader->table->room &&
                 piece->offset + piece->length == reader->table->parts[parcel->number + 1].offset;
    if (whole)
        atomic_store(&reader->table->parts[parcel->number].lines, count_lines(bytes) + 1);
    if (!lines_before(reader, piece->index, parcel->number, &piece->line))
        return diag_about(diag, path, "the file has changed while it was read");
    parcel->used = piece->start + piece->length;
    piece->index = 0;
    piece->pending = false;
    return true;
}

void lines_close(struct line_reader *reader)
{
    if (reader->path.len)
        close(reader->file);
    reader->path.len = 0;
    free(reader->bytes);
    reader->bytes = NULL;
}
