#include "batch/cut.h"

#include <stdint.h>
#include <string.h>

#include "read/scan_bytes.h"

/* Of the bytes of JSON outside texts, which matter here. */
enum byte_class { BYTE_OTHER, BYTE_SPACE, BYTE_OPEN, BYTE_CLOSE, BYTE_QUOTE, BYTE_COMMA };

static const unsigned char classes[256] = {
    [' '] = BYTE_SPACE, ['\t'] = BYTE_SPACE, ['\n'] = BYTE_SPACE, ['\r'] = BYTE_SPACE, ['{'] = BYTE_OPEN,
    ['['] = BYTE_OPEN,  ['}'] = BYTE_CLOSE,  [']'] = BYTE_CLOSE,  ['"'] = BYTE_QUOTE,  [','] = BYTE_COMMA,
};

/* Each bit becomes the parity of the bits up to it: of quotes, those of the texts that they open. */
static uint64_t parities(uint64_t bits)
{
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
}

/* Few are set: brackets. */
static size_t count_bits(uint64_t bits)
{
    size_t count = 0;
    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

/* Takes a whole block where nothing can be cut: inside brackets that are not all closed in it. False when it needs a
 * closer look. */
static bool take_block(struct cutter *cutter, const char *block)
{
    const struct scan_marks marks = scan_marks_of((const scan_byte *)block);
    uint64_t text = parities(marks.quotes) ^ (cutter->in_text ? UINT64_MAX : 0);
    size_t closes = count_bits(marks.closes & ~text);
    if (marks.backslashes || cutter->escaped || closes >= cutter->depth)
        return false;
    cutter->depth += count_bits(marks.opens & ~text) - closes;
    cutter->in_text = text >> (SCAN_BLOCK - 1);
    return true;
}

/* Moves on in a text, to behind its closing quote. */
static const char *skip_text(struct cutter *cutter, const char *p, const char *end)
{
    for (; p < end; p++) {
        if (cutter->escaped)
            cutter->escaped = false;
        else if (*p == '\\')
            cutter->escaped = true;
        else if (*p == '"') {
            cutter->in_text = false;
            return p + 1;
        }
    }
    return p;
}

/* Takes one byte outside texts; true when the place before it (*before) or behind it is one to cut at. */
static bool take(struct cutter *cutter, char byte, bool *before)
{
    bool values = cutter->how == CUT_VALUES, word = cutter->in_word;
    enum byte_class class = (enum byte_class)classes[(unsigned char)byte];
    cutter->in_word = values && !cutter->depth && class == BYTE_OTHER;
    /* A number or word by itself ends where something else begins. */
    *before = word && !cutter->in_word;
    if (*before)
        return true;
    switch (class) {
    case BYTE_OPEN:
        cutter->depth++;
        return false;
    case BYTE_CLOSE:
        if (!cutter->depth && !values)
            return cutter->closed = true;
        cutter->depth -= cutter->depth > 0;
        return values && !cutter->depth;
    case BYTE_QUOTE:
        cutter->in_text = true;
        return false;
    case BYTE_COMMA:
        return !values && !cutter->depth;
    case BYTE_SPACE:
    case BYTE_OTHER:
        return false;
    }
    return false;
}

static bool next_line(struct str bytes, size_t *at)
{
    const char *end = *at < bytes.len ? memchr(bytes.ptr + *at, '\n', bytes.len - *at) : NULL;
    *at = end ? (size_t)(end - bytes.ptr) + 1 : bytes.len;
    return end;
}

bool cutter_next(struct cutter *cutter, struct str bytes, size_t *at)
{
    if (cutter->how == CUT_LINES)
        return next_line(bytes, at);
    const char *p = bytes.ptr + *at, *end = bytes.ptr + bytes.len;
    const char *near = p; /* up to here bytes are looked at one by one */
    bool cut = false, before = false;
    while (p < end && !cut) {
        if (p >= near && cutter->depth && end - p >= SCAN_BLOCK) {
            if (take_block(cutter, p)) {
                p += SCAN_BLOCK;
                continue;
            }
            near = p + SCAN_BLOCK;
        }
        if (cutter->in_text) {
            p = skip_text(cutter, p, end);
            cut = !cutter->in_text && !cutter->depth && cutter->how == CUT_VALUES;
        } else if (!cutter->closed && (cut = take(cutter, *p, &before))) {
            p += !before;
        } else {
            p++;
        }
    }
    *at = (size_t)(p - bytes.ptr);
    return cut;
}

bool cutter_all(struct cutter *cutter, struct str bytes, size_t *at, size_t *last, size_t *count)
{
    *count = 0;
    while (cutter_next(cutter, bytes, at)) {
        *last = *at;
        ++*count;
    }
    return *count;
}

void cut_advance(struct str bytes, size_t *line, size_t *column)
{
    struct cutter lines = {.how = CUT_LINES};
    size_t at = 0, last = 0, count;
    if (cutter_all(&lines, bytes, &at, &last, &count))
        *column = 0;
    *line += count;
    *column += utf8_count(str_part(bytes, last, bytes.len));
}
