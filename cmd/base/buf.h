/* buf: text that grows, in an arena.
 *
 *     struct buf out = {.arena = &arena};
 *     buf_addf(&out, "%zu figures", count);
 *     struct str text = buf_str(&out);
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>

#include "base/str.h"

struct buf {
    struct arena *arena; /* set by the user; where the text lives */
    char *ptr;
    size_t len, room;
};

void buf_add(struct buf *buf, struct str s);
void buf_add_char(struct buf *buf, char c);
void buf_add_code_point(struct buf *buf, uint32_t code_point); /* as UTF-8 */

/* As printf, and as vprintf. */
__attribute__((format(printf, 2, 0))) void buf_add_list(struct buf *buf, const char *format, va_list list);
__attribute__((format(printf, 2, 3))) void buf_addf(struct buf *buf, const char *format, ...);

/* What was added so far: borrowed, valid until the next add. A NUL stands behind it. */
struct str buf_str(struct buf *buf);

/* A formatted text in the arena, as printf; a NUL stands behind it. */
__attribute__((format(printf, 2, 3))) struct str str_format(struct arena *arena, const char *format, ...);

#endif
