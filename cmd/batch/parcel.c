#include "batch/parcel.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"

void parcel_reset(struct parcel *parcel, size_t number)
{
    parcel->number = number;
    parcel->used = parcel->piece_count = 0;
    atomic_store(&parcel->current, 0);
    atomic_store(&parcel->since, 0);
}

/* Copies a text behind the bytes; its place. */
static size_t keep_text(struct parcel *parcel, struct str text)
{
    size_t at = parcel->used;
    if (text.len)
        memcpy(parcel->bytes + at, text.ptr, text.len);
    parcel->used += text.len;
    return at;
}

struct piece *parcel_add(struct parcel *parcel, enum piece_kind kind, struct str name, struct str type)
{
    if (parcel->piece_count == PARCEL_PIECES || parcel->room - parcel->used < name.len + type.len)
        return NULL;
    struct piece *piece = &parcel->pieces[parcel->piece_count++];
    *piece = (struct piece){.kind = kind, .name_length = name.len, .dossier_length = name.len, .type_length = type.len};
    piece->name = keep_text(parcel, name);
    piece->type = keep_text(parcel, type);
    piece->start = parcel->used;
    return piece;
}

struct piece *parcel_last(struct parcel *parcel) { return &parcel->pieces[parcel->piece_count - 1]; }

void parcel_drop(struct parcel *parcel)
{
    parcel->used = parcel_last(parcel)->name;
    parcel->piece_count--;
}

char *parcel_space(struct parcel *parcel, size_t *room)
{
    *room = parcel->room - parcel->used;
    return parcel->bytes + parcel->used;
}

void parcel_keep(struct parcel *parcel, size_t length)
{
    parcel->used += length;
    parcel_last(parcel)->length += length;
}

bool parcel_is_full(const struct parcel *parcel)
{
    return parcel->used >= PARCEL_BYTES || parcel->piece_count == PARCEL_PIECES;
}

uint64_t parcel_hash(const struct parcel *parcel)
{
    uint64_t hash = hash_bytes(0, (struct str){parcel->bytes, parcel->used});
    for (size_t i = 0; i < parcel->piece_count; i++) {
        struct piece piece = parcel->pieces[i];
        /* Where it stands in the run changes nothing of what is found in it: see parcel_result. */
        const size_t parts[] = {piece.kind,           piece.failed, piece.asked_for, piece.name,   piece.name_length,
                                piece.member_at,      piece.start,  piece.length,    piece.type,   piece.type_length,
                                piece.dossier_length, piece.offset, piece.line,      piece.column, piece.index};
        hash = hash_bytes(hash, (struct str){(const char *)parts, sizeof parts});
    }
    return hash;
}

struct str piece_name(const struct parcel *parcel, const struct piece *piece)
{
    return (struct str){parcel->bytes + piece->name, piece->name_length};
}

struct str piece_type(const struct parcel *parcel, const struct piece *piece)
{
    return (struct str){parcel->bytes + piece->type, piece->type_length};
}

struct parcel_walk parcel_walk_start(const struct parcel *parcel) { return (struct parcel_walk){.parcel = parcel}; }

static bool is_stream(enum piece_kind kind)
{
    return kind == PIECE_LINES || kind == PIECE_ELEMENTS || kind == PIECE_VALUES;
}

static void start_piece(struct parcel_walk *walk, const struct piece *piece)
{
    static const enum cut_how cuts[] = {
        [PIECE_LINES] = CUT_LINES, [PIECE_ELEMENTS] = CUT_ELEMENTS, [PIECE_VALUES] = CUT_VALUES};
    walk->cutter = (struct cutter){.how = cuts[piece->kind]};
    walk->next = (struct member){.piece = piece,
                                 .parts = 1,
                                 .index = piece->index,
                                 .offset = piece->offset,
                                 .line = piece->line,
                                 .column = piece->column};
}

/* The bytes of the value alone, without the comma, bracket or line end that it was cut behind. */
static struct str value_of(const struct parcel_walk *walk, struct str bytes, bool cut)
{
    if (cut && walk->cutter.how != CUT_VALUES)
        bytes.len--;
    return bytes;
}

/* The next member of a stream: false when its bytes are used up. */
static bool next_of_stream(struct parcel_walk *walk, struct member *member)
{
    const struct piece *piece = walk->next.piece;
    struct str bytes = {walk->parcel->bytes + piece->start, piece->length};
    while (walk->at < bytes.len) {
        size_t start = walk->at;
        bool cut = cutter_next(&walk->cutter, bytes, &walk->at), closed = walk->cutter.closed;
        struct str whole = str_part(bytes, start, walk->at);
        *member = walk->next;
        member->bytes = value_of(walk, whole, cut);
        bool blank = !str_trim(member->bytes).len;
        walk->next.offset += whole.len;
        cut_advance(whole, &walk->next.line, &walk->next.column);
        walk->cutter.closed = false;
        /* Blank lines are nothing; nothing between two commas is an error, which the reader of the value tells. */
        if (blank && (walk->cutter.how != CUT_ELEMENTS || !cut || (closed && !member->index)))
            continue;
        walk->next.index++;
        return true;
    }
    return false;
}

static void take_parts(struct parcel_walk *walk, struct member *member)
{
    const struct parcel *parcel = walk->parcel;
    *member = walk->next;
    member->bytes = (struct str){parcel->bytes + member->piece->start, member->piece->length};
    while (walk->piece + 1 < parcel->piece_count && parcel->pieces[walk->piece + 1].kind == PIECE_PART) {
        walk->piece++;
        member->parts++;
    }
}

bool parcel_walk_next(struct parcel_walk *walk, struct member *member)
{
    for (; walk->piece < walk->parcel->piece_count; walk->piece++) {
        const struct piece *piece = &walk->parcel->pieces[walk->piece];
        if (!walk->at)
            start_piece(walk, piece);
        bool found = is_stream(piece->kind) && next_of_stream(walk, member);
        if (!is_stream(piece->kind)) {
            take_parts(walk, member);
            walk->piece++;
        }
        if (found || !is_stream(piece->kind)) {
            member->number = walk->number++;
            return true;
        }
        walk->at = 0;
    }
    return false;
}

/* "name:12" or "name[12]". It is made for every member of a stream: printf would take a tenth of the time. */
static struct str numbered(struct arena *arena, struct str name, char before, size_t number, const char *behind)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    struct buf out = {.arena = arena};
    buf_add(&out, name);
    buf_add_char(&out, before);
    buf_add(&out, (struct str){digits + at, sizeof digits - at});
    buf_add(&out, str_from(behind));
    return buf_str(&out);
}

struct str parcel_member_name(struct arena *arena, const struct parcel *parcel, const struct member *member)
{
    struct str name = str_part(piece_name(parcel, member->piece), 0, member->piece->dossier_length);
    switch (member->piece->kind) {
    case PIECE_LINES:
        return numbered(arena, name, ':', member->line + 1, "");
    case PIECE_ELEMENTS:
    case PIECE_VALUES:
        return numbered(arena, name, '[', member->index, "]");
    case PIECE_WHOLE:
    case PIECE_PART:
        return name;
    }
    return name;
}
