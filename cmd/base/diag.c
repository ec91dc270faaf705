#include "base/diag.h"

#include <string.h>

#include "base/arena.h"

static void index_lines(struct arena *arena, struct source *source)
{
    struct {
        size_t *items;
        size_t count, room;
    } lines = {0};
    *LIST_ADD(arena, &lines) = 0;
    const char *p = source->bytes.ptr, *end = p + source->bytes.len;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p))))
        *LIST_ADD(arena, &lines) = (size_t)(++p - source->bytes.ptr);
    source->lines = lines.items;
    source->line_count = lines.count;
}

struct position source_position(struct arena *arena, struct source *source, size_t offset)
{
    if (!source->lines)
        index_lines(arena, source);
    size_t low = 0, high = source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    size_t column = utf8_count(str_part(source->bytes, source->lines[low], offset)) + (low ? 0 : source->origin.column);
    return (struct position){source->origin.line + low + 1, column + 1};
}

size_t source_line_start(const struct source *source, size_t line)
{
    return source->lines[line - source->origin.line - 1];
}

struct str source_line(const struct source *source, size_t line)
{
    size_t next = line - source->origin.line;
    size_t end = next < source->line_count ? source->lines[next] : source->bytes.len;
    struct str text = str_part(source->bytes, source_line_start(source, line), end);
    while (text.len && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r'))
        text.len--;
    return text;
}

static void fill(struct diag *diag, struct source *source, size_t offset, struct message message)
{
    diag->failed = true;
    diag->message = message;
    if (source) {
        diag->source = source->name;
        diag->position = source_position(diag->arena, source, offset);
    }
}

bool diag_at(struct diag *diag, struct source *source, size_t offset, const char *format, ...)
{
    if (diag->failed)
        return false;
    va_list list;
    va_start(list, format);
    fill(diag, source, offset, message_list(diag->arena, format, list));
    va_end(list);
    return false;
}

bool diag_message(struct diag *diag, struct source *source, size_t offset, struct message message)
{
    if (!diag->failed)
        fill(diag, source, offset, message_copy(diag->arena, &message));
    return false;
}

bool diag_about(struct diag *diag, struct str name, const char *format, ...)
{
    if (diag->failed)
        return false;
    va_list list;
    va_start(list, format);
    fill(diag, NULL, 0, message_list(diag->arena, format, list));
    va_end(list);
    diag->source = name;
    return false;
}

bool problems_take(struct problems *problems, struct diag *diag)
{
    if (!diag->failed)
        return true;
    *LIST_ADD(problems->arena, problems) = *diag;
    *diag = (struct diag){.arena = problems->arena};
    return false;
}

void problems_warn(struct problems *problems, struct source *source, size_t offset, const char *format, ...)
{
    struct diag diag = {.arena = problems->arena, .warning = true};
    va_list list;
    va_start(list, format);
    fill(&diag, source, offset, message_list(diag.arena, format, list));
    va_end(list);
    problems_take(problems, &diag);
}
