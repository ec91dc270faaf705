#include "check/locate.h"

#include "base/arena.h"
#include "base/buf.h"

/* A line longer than this is shown clipped, this many code points either side of the value. */
enum { LONG_LINE = 160, AROUND = 60 };

/* `count` code points from byte `at` on, forwards or backwards: the byte where they end. */
static size_t step(struct str line, size_t at, size_t count, bool forwards)
{
    while (count && (forwards ? at < line.len : at > 0)) {
        at = forwards ? at + 1 : at - 1;
        if (at == line.len || ((unsigned char)line.ptr[at] & 0xc0) != 0x80)
            count--;
    }
    return at;
}

static void excerpt(struct arena *arena, struct str line, size_t from, size_t to, struct finding_place *place)
{
    if (to > line.len)
        to = line.len;
    size_t start = 0, end = line.len;
    if (line.len > 4 * LONG_LINE || utf8_count(line) > LONG_LINE) {
        start = step(line, from, AROUND, false);
        end = step(line, to, AROUND, true);
    }
    struct buf text = {.arena = arena};
    buf_add(&text, start ? STR("…") : STR(""));
    buf_add(&text, str_part(line, start, end));
    buf_add(&text, end < line.len ? STR("…") : STR(""));
    place->excerpt = buf_str(&text);
    place->excerpt_at = utf8_count(str_part(line, start, from)) + (start > 0);
    place->excerpt_width = utf8_count(str_part(line, from, to));
}

struct finding_place locate(struct locator *locator, struct place place, struct str pointer)
{
    struct position position = source_position(locator->scratch, place.source, place.start);
    const struct source *source = place.source;
    struct str path = str_copy(locator->arena, source->name);
    struct finding_place out = {
        .path = path,
        .pointer = str_format(locator->arena, "%.*s%.*s", STR_ARG(source->origin.pointer), STR_ARG(pointer)),
        .line = position.line,
        .column = position.column,
        .start = source->origin.offset + place.start,
        .end = source->origin.offset + place.end};
    if (source->member_at) {
        out.path.len = source->member_at - 1;
        out.member = str_part(path, source->member_at, path.len);
    }
    size_t line_start = source_line_start(source, position.line);
    excerpt(locator->arena, source_line(place.source, position.line), place.start - line_start, place.end - line_start,
            &out);
    return out;
}

/* One pass: each value's parent, and its ordinal among an array's elements. */
static void index_parents(struct locator *locator, const struct scan *scan)
{
    if (locator->scan == scan)
        return;
    locator->scan = scan;
    locator->parents = ARENA_ARRAY(locator->scratch, uint32_t, scan->count);
    locator->ordinals = ARENA_ARRAY(locator->scratch, uint32_t, scan->count);
    for (size_t i = 0; i < scan->count; i++) {
        uint32_t ordinal = 0;
        if (scan->values[i].type == SCAN_ARRAY) {
            SCAN_ELEMENTS (scan, i, at) {
                locator->parents[at] = (uint32_t)i;
                locator->ordinals[at] = ordinal++;
            }
        } else if (scan->values[i].type == SCAN_OBJECT) {
            SCAN_MEMBERS (scan, i, key) {
                locator->parents[key + 1] = (uint32_t)i;
            }
        }
    }
}

static void add_escaped(struct buf *out, struct str key)
{
    for (size_t i = 0; i < key.len; i++)
        buf_add(out, key.ptr[i] == '~' ? STR("~0") : key.ptr[i] == '/' ? STR("~1") : str_part(key, i, i + 1));
}

static void write_pointer(struct locator *locator, const struct scan *scan, size_t at, struct buf *out)
{
    if (!at)
        return;
    size_t parent = locator->parents[at];
    write_pointer(locator, scan, parent, out);
    buf_add_char(out, '/');
    if (scan->values[parent].type == SCAN_ARRAY)
        buf_addf(out, "%u", (unsigned)locator->ordinals[at]);
    else
        add_escaped(out, scan_text(locator->scratch, scan, at - 1));
}

static struct str pointer_to(struct locator *locator, const struct scan *scan, size_t at)
{
    struct buf out = {.arena = locator->scratch};
    index_parents(locator, scan);
    write_pointer(locator, scan, at, &out);
    return buf_str(&out);
}

struct finding_place locate_figure(struct locator *locator, const struct figure *figure)
{
    if (figure->document)
        return locate_document(locator, figure->document, figure->text_start, figure->text_end);
    struct str pointer = figure->dataset ? pointer_to(locator, &figure->dataset->scan, figure->value_at) : STR("");
    return locate(locator, figure->place, pointer);
}

struct finding_place locate_member(struct locator *locator, const struct figure *figure, size_t at, size_t from,
                                   size_t to)
{
    const struct scan *scan = &figure->dataset->scan;
    bool text = scan->values[at].type == SCAN_STRING;
    size_t start = text ? scan_text_offset(scan, at, from) : scan->values[at].start + from;
    size_t end = text ? scan_text_offset(scan, at, to) : scan->values[at].start + to;
    return locate(locator, (struct place){scan->source, start, end}, pointer_to(locator, scan, at));
}

struct finding_place locate_document(struct locator *locator, struct document *document, size_t start, size_t end)
{
    struct finding_place out = locate(locator, document_shown(document, start, end), STR(""));
    struct place place = document_place(document, start, end);
    out.start = place.start;
    out.end = place.end;
    return out;
}
