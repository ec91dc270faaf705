/* What can be asked of a scan that is done: texts, raw bytes, members, pointers. */
#include "read/scan_text.h"

#include <string.h>

#include "base/arena.h"

/* The number of four hexadecimal digits, which the scanner has seen to be so. */
static uint32_t hex4(const char *at)
{
    uint32_t value = 0;
    for (size_t i = 0; i < 4; i++) {
        uint32_t c = (unsigned char)at[i];
        value = value << 4 | ((c & 0xf) + (c >= 'A' ? 9 : 0));
    }
    return value;
}

/* Undoes the escape whose backslash stands at `at`. Says how many bytes it takes there, and in *made how many it
 * makes of `out`. */
static size_t undo_escape(const char *at, char out[4], size_t *made)
{
    static const char plain[256] = {['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t'};
    char letter = at[1];
    *made = 1;
    if (letter != 'u') {
        char meant = plain[(unsigned char)letter];
        out[0] = meant ? meant : letter; /* the quote, the backslash and the slash mean themselves */
        return 2;
    }
    uint32_t code_point = hex4(at + 2);
    bool pair = code_point >= 0xd800 && code_point < 0xdc00;
    if (pair) /* RFC 8259, section 7: the low half is sure to follow */
        code_point = 0x10000 + ((code_point - 0xd800) << 10) + (hex4(at + 8) - 0xdc00);
    *made = utf8_encode(code_point, out);
    return pair ? 12 : 6;
}

size_t scan_undo_escapes(struct str body, char *out)
{
    char *start = out;
    const char *at = body.ptr, *end = at + body.len;
    while (at < end) {
        const char *backslash = memchr(at, '\\', (size_t)(end - at));
        size_t run = (size_t)((backslash ? backslash : end) - at);
        memcpy(out, at, run);
        out += run;
        at += run;
        if (backslash) {
            char bytes[4];
            size_t made;
            at += undo_escape(at, bytes, &made);
            memcpy(out, bytes, made);
            out += made;
        }
    }
    return (size_t)(out - start);
}

struct str scan_raw(const struct scan *scan, size_t at)
{
    const struct scan_value *value = &scan->values[at];
    return (struct str){scan->source->bytes.ptr + value->start, value->end - value->start};
}

struct str scan_body(const struct scan *scan, size_t at)
{
    struct str raw = scan_raw(scan, at);
    return (struct str){raw.ptr + 1, raw.len - 2};
}

struct str scan_text(struct arena *arena, const struct scan *scan, size_t at)
{
    struct str body = scan_body(scan, at);
    if (!scan->values[at].escaped)
        return body;
    char *text = ARENA_ARRAY(arena, char, body.len);
    return (struct str){text, scan_undo_escapes(body, text)};
}

size_t scan_text_offset(const struct scan *scan, size_t at, size_t offset)
{
    struct str body = scan_body(scan, at);
    size_t from = 0;
    if (!scan->values[at].escaped)
        from = offset < body.len ? offset : body.len;
    else
        for (size_t seen = 0; from < body.len;) {
            char bytes[4];
            size_t made = 1, taken = body.ptr[from] == '\\' ? undo_escape(body.ptr + from, bytes, &made) : 1;
            if (seen + made > offset)
                break;
            seen += made;
            from += taken;
        }
    return scan->values[at].start + 1 + from;
}

size_t scan_member(struct arena *arena, const struct scan *scan, size_t object, struct str name)
{
    if (scan->values[object].type != SCAN_OBJECT)
        return 0;
    SCAN_MEMBERS (scan, object, key)
        if (str_equal(scan_text(arena, scan, key), name))
            return key + 1;
    return 0;
}

/* array-index = "0" / DIGIT1-9 *DIGIT                                  (RFC 6901, section 4) */
static bool read_index(struct str token, size_t *index)
{
    if (!token.len || (token.ptr[0] == '0' && token.len > 1))
        return false;
    *index = 0;
    for (size_t i = 0; i < token.len; i++) {
        if (token.ptr[i] < '0' || token.ptr[i] > '9' || __builtin_mul_overflow(*index, 10, index) ||
            __builtin_add_overflow(*index, (size_t)(token.ptr[i] - '0'), index))
            return false;
    }
    return true;
}

static size_t element(const struct scan *scan, size_t array, struct str token)
{
    size_t wanted;
    if (!read_index(token, &wanted))
        return 0;
    SCAN_ELEMENTS (scan, array, at)
        if (!wanted--)
            return at;
    return 0;
}

/* escaped = "~" ( "0" / "1" )                                          (RFC 6901, section 3) */
static bool undo_tildes(struct arena *arena, struct str *token)
{
    if (str_find(*token, STR("~")) == token->len)
        return true;
    char *out = ARENA_ARRAY(arena, char, token->len);
    size_t length = 0;
    for (size_t i = 0; i < token->len; i++) {
        char c = token->ptr[i];
        if (c == '~') {
            if (++i == token->len || (token->ptr[i] != '0' && token->ptr[i] != '1'))
                return false;
            c = token->ptr[i] == '0' ? '~' : '/';
        }
        out[length++] = c;
    }
    *token = (struct str){out, length};
    return true;
}

/* json-pointer = *( "/" *( unescaped / escaped ) )                     (RFC 6901, section 3) */
bool scan_pointer(struct arena *arena, const struct scan *scan, size_t at, struct str pointer, size_t *out)
{
    if (pointer.len && pointer.ptr[0] != '/')
        return false;
    while (pointer.len) {
        pointer = str_part(pointer, 1, pointer.len);
        struct str token = str_part(pointer, 0, str_find(pointer, STR("/")));
        pointer = str_part(pointer, token.len, pointer.len);
        if (!undo_tildes(arena, &token))
            return false;
        at = scan->values[at].type == SCAN_ARRAY ? element(scan, at, token) : scan_member(arena, scan, at, token);
        if (!at)
            return false;
    }
    *out = at;
    return true;
}

const char *scan_type_name(enum scan_type type)
{
    switch (type) {
    case SCAN_NULL:
        return "null";
    case SCAN_FALSE:
        return "false";
    case SCAN_TRUE:
        return "true";
    case SCAN_NUMBER:
        return "a number";
    case SCAN_STRING:
        return "a string";
    case SCAN_ARRAY:
        return "an array";
    case SCAN_OBJECT:
        return "an object";
    }
    return "a value";
}
