/* Streams of values, larger than any memory: cut into parcels between two values. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "batch/input.h"
#include "figure/dataset.h"

struct stream {
    struct members *members;
    struct input *in;
    enum piece_kind kind;
    struct cutter cutter; /* in the last piece, */
    size_t at;            /* up to here */
    bool closed;          /* the list has ended: nothing may follow */
};

static struct str bytes_of(const struct members *m, const struct piece *piece)
{
    return (struct str){m->parcel->bytes + piece->start, piece->length};
}

/* Is the first element of this list a dataset? A list whose first element is not all there is asked what it shows. */
static bool is_list_of_datasets(struct members *m, struct str elements)
{
    struct arena scratch = {.out_of_memory = m->arena->out_of_memory};
    struct source source = {.bytes = elements};
    struct diag ignored = {.arena = &scratch};
    struct scan scan = {0};
    size_t offset = 0;
    bool is_one =
        scan_next(&scratch, &source, &offset, &scan, &ignored)
            ? dataset_is_one(&scratch, &scan, 0)
            : str_starts(str_trim(elements), STR("{")) && str_find(elements, STR("\"figures\"")) < elements.len;
    arena_free(&scratch);
    return is_one;
}

static size_t count_space(struct str bytes)
{
    size_t count = 0;
    while (count < bytes.len && memchr(" \t\r\n", bytes.ptr[count], 4))
        count++;
    return count;
}

static bool is_bracket(struct str bytes, size_t at)
{
    return at < bytes.len && (bytes.ptr[at] == '{' || bytes.ptr[at] == '[');
}

enum piece_kind input_sniff(struct members *m, struct str bytes, size_t *prefix)
{
    struct cutter cutter = {.how = CUT_VALUES};
    size_t start = count_space(bytes), at = start;
    struct str elements = str_part(bytes, start + 1, bytes.len);
    if (str_starts(str_part(bytes, start, bytes.len), STR("[")) &&
        (m->options->by == BY_ELEMENT || is_list_of_datasets(m, elements))) {
        *prefix = start + 1;
        return PIECE_ELEMENTS;
    }
    if (!cutter_next(&cutter, bytes, &at))
        return PIECE_WHOLE;
    struct str first = str_part(bytes, start, at), rest = str_part(bytes, at, bytes.len);
    size_t gap = count_space(rest);
    /* What is no JSON is one member in error, and not one for each of its words. */
    if (!is_bracket(first, 0) || !is_bracket(rest, gap))
        return PIECE_WHOLE;
    bool line_ends = str_find(str_part(rest, 0, gap), STR("\n")) < gap;
    return line_ends && str_find(first, STR("\n")) == first.len ? PIECE_LINES : PIECE_VALUES;
}

static enum cut_how how_to_cut(enum piece_kind kind)
{
    return kind == PIECE_LINES ? CUT_LINES : kind == PIECE_ELEMENTS ? CUT_ELEMENTS : CUT_VALUES;
}

/* Moves the start of a piece on, over bytes of it. */
static void advance(struct piece *piece, struct str over)
{
    piece->offset += over.len;
    cut_advance(over, &piece->line, &piece->column);
}

/* Keeps bytes that belong into the next piece, while the parcel that they stand in goes. */
static size_t carry(struct members *m, struct str tail)
{
    if (tail.len > m->carry_room) {
        free(m->carry);
        m->carry_room = 2 * tail.len;
        m->carry = malloc(m->carry_room);
        if (!m->carry)
            m->arena->out_of_memory();
    }
    if (tail.len)
        memcpy(m->carry, tail.ptr, tail.len);
    return tail.len;
}

/* A piece that goes on where `from` says, with the bytes that were carried. */
static bool open_piece(struct stream *s, const struct piece *from, size_t carried)
{
    struct members *m = s->members;
    struct piece *piece = input_piece(m, s->in, s->kind, STR("json"));
    if (!piece)
        return false;
    piece->offset = from->offset;
    piece->line = from->line;
    piece->column = from->column;
    piece->index = from->index;
    size_t room;
    if (carried)
        memcpy(parcel_space(m->parcel, &room), m->carry, carried);
    parcel_keep(m->parcel, carried);
    s->cutter = (struct cutter){.how = how_to_cut(s->kind)};
    s->at = 0;
    return true;
}

/* Cuts the last piece at its byte `length`. */
static void end_piece(struct members *m, size_t length)
{
    struct piece *piece = parcel_last(m->parcel);
    piece->length = length;
    m->parcel->used = piece->start + length;
    if (!length)
        parcel_drop(m->parcel);
}

/* Ends the piece behind its last cut, and goes on in the next parcel with what stands behind that. */
static bool next_piece(struct stream *s, size_t last, size_t count)
{
    struct members *m = s->members;
    struct piece next = *parcel_last(m->parcel);
    struct str bytes = bytes_of(m, &next);
    advance(&next, str_part(bytes, 0, last));
    next.index += count;
    size_t carried = carry(m, str_part(bytes, last, bytes.len));
    end_piece(m, last);
    return input_next_parcel(m) && open_piece(s, &next, carried);
}

/* The value that the last piece starts with is too large: it is read to its end, and is a member that failed. */
static bool skip_value(struct stream *s)
{
    struct members *m = s->members;
    struct piece *piece = parcel_last(m->parcel), next = *piece;
    const struct member member = {.piece = piece, .line = piece->line, .index = piece->index};
    struct input failed = *s->in;
    failed.diag = (struct diag){.arena = s->in->arena};
    struct str name = str_copy(s->in->arena, parcel_member_name(s->in->arena, m->parcel, &member)), rest;
    diag_about(&failed.diag, name, "larger than --max-member, %zu bytes", m->options->max_member);
    for (bool cut = false;;) {
        struct str bytes = bytes_of(m, piece);
        cut = cutter_next(&s->cutter, bytes, &s->at);
        advance(&next, str_part(bytes, 0, s->at));
        rest = str_part(bytes, s->at, bytes.len);
        if (cut || s->in->ended)
            break;
        piece->length = s->at = 0;
        m->parcel->used = piece->start;
        input_fill(m, s->in, PARCEL_BYTES);
    }
    s->closed |= s->cutter.closed;
    next.index++;
    size_t carried = carry(m, rest);
    parcel_drop(m->parcel);
    input_failed(m, &failed, name);
    return open_piece(s, &next, carried);
}

/* Behind the end of a list nothing may stand. */
static void read_to_end(struct stream *s)
{
    struct members *m = s->members;
    struct piece *piece = parcel_last(m->parcel);
    while (!s->in->ended && count_space(bytes_of(m, piece)) == piece->length) {
        piece->length = 0;
        m->parcel->used = piece->start;
        input_fill(m, s->in, PARCEL_BYTES);
    }
    s->in->ended = true;
}

static void end_stream(struct stream *s, size_t last)
{
    struct members *m = s->members;
    const struct piece *piece = parcel_last(m->parcel);
    struct str rest = str_part(bytes_of(m, piece), last, piece->length);
    if (s->kind == PIECE_ELEMENTS && !s->closed)
        diag_about(&s->in->diag, s->in->name, "the file ends inside a list");
    if (s->closed && count_space(rest) < rest.len)
        diag_about(&s->in->diag, s->in->name, "something stands behind the end of the list");
    /* Behind the last cut stands a value that is not all there, or the last line, which may lack its end. */
    bool whole = !s->in->diag.failed && !s->closed;
    end_piece(m, whole ? piece->length : last);
    if (s->in->diag.failed)
        input_failed(m, s->in, STR(""));
}

/* Fills a parcel, or where one value is larger than that goes on by as much. */
static void fill(struct stream *s)
{
    size_t length = parcel_last(s->members->parcel)->length, most = s->members->options->max_member + 1;
    length = length < PARCEL_BYTES ? PARCEL_BYTES : length + PARCEL_BYTES;
    input_fill(s->members, s->in, length < most || most < PARCEL_BYTES ? length : most);
}

void input_stream(struct members *m, struct input *in, enum piece_kind kind, size_t prefix)
{
    struct stream s = {.members = m, .in = in, .kind = kind, .cutter = {.how = how_to_cut(kind)}};
    struct piece *piece = parcel_last(m->parcel);
    piece->kind = kind;
    advance(piece, str_part(bytes_of(m, piece), 0, prefix));
    piece->start += prefix;
    piece->length -= prefix;
    for (bool going = true; going;) {
        piece = parcel_last(m->parcel);
        size_t last = 0, count = 0;
        if (s.closed)
            read_to_end(&s);
        else
            cutter_all(&s.cutter, bytes_of(m, piece), &s.at, &last, &count);
        s.closed |= s.cutter.closed;
        if (in->ended || in->diag.failed) {
            end_stream(&s, last);
            return;
        }
        if (count)
            going = next_piece(&s, last, count);
        else if (piece->length > m->options->max_member)
            going = skip_value(&s);
        if (going)
            fill(&s);
    }
}

bool input_refer(struct members *m, struct input *in)
{
    size_t size = in->size, first, parts = size / (PARCEL_BYTES / 2) + 2;
    if (!m->lines || m->lines->room < m->number + parts || size <= PARCEL_BYTES)
        return false;
    m->bytes_read -= parcel_last(m->parcel)->length;
    parcel_drop(m->parcel);
    if (m->parcel->piece_count && !input_next_parcel(m))
        return true;
    first = m->parcel->number;
    for (size_t offset = 0, end; offset < size && m->parcel; offset = end) {
        end = lines_cut(in->file, offset, size);
        struct piece *piece = end ? input_piece(m, in, PIECE_LINES, STR("json")) : NULL;
        if (!piece) {
            diag_about(&in->diag, in->name, "%s", strerror(errno));
            input_failed(m, in, STR(""));
            return true;
        }
        m->lines->parts[m->parcel->number].offset = offset;
        m->lines->parts[m->parcel->number + 1].offset = end;
        m->bytes_read += end - offset;
        piece->pending = true;
        piece->index = first;
        piece->offset = offset;
        piece->length = end - offset <= m->options->max_member ? end - offset : m->options->max_member + 1;
        input_next_parcel(m);
    }
    return true;
}
