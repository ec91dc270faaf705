#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"

/* Room for `more` bytes and a NUL. */
static void make_room(struct buf *buf, size_t more)
{
    if (buf->room - buf->len > more)
        return;
    size_t room = buf->room * 2 > buf->len + more + 1 ? buf->room * 2 : buf->len + more + 1;
    if (room < 64)
        room = 64;
    buf->ptr = arena_grow(buf->arena, buf->ptr, buf->len, room, 1);
    buf->room = room;
}

void buf_add(struct buf *buf, struct str s)
{
    make_room(buf, s.len);
    if (s.len)
        memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
}

void buf_add_char(struct buf *buf, char c)
{
    make_room(buf, 1);
    buf->ptr[buf->len++] = c;
}

void buf_add_code_point(struct buf *buf, uint32_t code_point)
{
    char bytes[4];
    buf_add(buf, (struct str){bytes, utf8_encode(code_point, bytes)});
}

void buf_add_list(struct buf *buf, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, list);
    if (length > 0) {
        make_room(buf, (size_t)length);
        vsnprintf(buf->ptr + buf->len, (size_t)length + 1, format, again);
        buf->len += (size_t)length;
    }
    va_end(again);
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    buf_add_list(buf, format, list);
    va_end(list);
}

struct str buf_str(struct buf *buf)
{
    make_room(buf, 0);
    buf->ptr[buf->len] = '\0';
    return (struct str){buf->ptr, buf->len};
}

struct str str_format(struct arena *arena, const char *format, ...)
{
    struct buf buf = {.arena = arena};
    va_list list;
    va_start(list, format);
    buf_add_list(&buf, format, list);
    va_end(list);
    return buf_str(&buf);
}
