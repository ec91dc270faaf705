#include "read/scan.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "read/scan_bytes.h"
#include "read/scan_keys.h"

struct scanner {
    const scan_byte *start, *end;
    struct arena *arena;
    struct diag *diag;
    struct scan *scan;
    /* While an array or object is open, its `next` is the index of the one around it: the stack needs no room. */
    uint32_t open;
    unsigned depth;
};

/* Reading functions take where they start and return where they stop; NULL when they failed. */
#define FAIL(s, at, ...) ((void)diag_at((s)->diag, (s)->scan->source, offset_of((s), (at)), __VA_ARGS__), NULL)

static size_t offset_of(const struct scanner *s, const scan_byte *at) { return (size_t)(at - s->start); }

/* The byte at `at`, or -1 at the end. */
static inline int peek(const struct scanner *s, const scan_byte *at) { return at < s->end ? *at : -1; }

static bool is_digit(int c) { return c >= '0' && c <= '9'; }

static bool is_word(int c) { return is_digit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_hex(int c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/* ---- What is said of a text that is refused. None of this runs on a good one. ---- */

/* A stretch of the source for a message: cut, between characters, where it gets long. */
static struct str excerpt(const struct scanner *s, const scan_byte *from, const scan_byte *to)
{
    enum { LONGEST = 60 };
    struct str text = {(const char *)from, (size_t)(to - from)};
    if (text.len <= LONGEST)
        return text;
    size_t length = LONGEST;
    while ((text.ptr[length] & 0xc0) == 0x80)
        length--;
    return str_format(s->diag->arena, "%.*s…", (int)length, text.ptr);
}

/* The letters, digits and what else a misspelt number or word is made of. */
static struct str misspelt(const struct scanner *s, const scan_byte *from)
{
    const scan_byte *to = from;
    while (to < s->end && (is_word(*to) || *to == '.' || *to == '+' || *to == '-'))
        to++;
    return excerpt(s, from, to);
}

static const scan_byte *fail_utf8(const struct scanner *s, const scan_byte *at)
{
    return FAIL(s, at, "the byte 0x%02X is not UTF-8: is the file in another encoding?", *at);
}

/* The readers are never called at the end of the file but inside an array or object. */
static const scan_byte *fail_end(const struct scanner *s)
{
    const struct scan_value *open = &s->scan->values[s->open];
    struct position from = source_position(s->diag->arena, s->scan->source, open->start);
    return FAIL(s, s->end, "the file ends inside %s that starts at line %zu, column %zu",
                scan_type_name((enum scan_type)open->type), from.line, from.column);
}

/* Something else stands where `what` is expected; `where` is " after …" or nothing. */
static const scan_byte *fail_expected(const struct scanner *s, const scan_byte *at, const char *what, const char *where)
{
    if (at == s->end)
        return fail_end(s);
    uint32_t c;
    if (!utf8_decode((struct str){(const char *)at, (size_t)(s->end - at)}, &c))
        return fail_utf8(s, at);
    if (c > ' ' && c < 0x7f)
        return FAIL(s, at, "%s is expected%s, not %c", what, where, (char)c);
    return FAIL(s, at, "%s is expected%s, not the character U+%04X", what, where, c);
}

/* A value or a key is missing; the likely slips are told by name. */
static const scan_byte *fail_missing(const struct scanner *s, const scan_byte *at, const char *what)
{
    int c = peek(s, at);
    const scan_byte *before = at;
    while (before > s->start && scan_is_space(before[-1]))
        before--;
    if ((c == ']' || c == '}') && before > s->start && before[-1] == ',')
        return FAIL(s, before - 1, "%s is expected after this comma", what);
    if (c == '\'')
        return FAIL(s, at, "JSON puts a text between double quotes, not single ones");
    if (c == '/' || c == '#')
        return FAIL(s, at, "JSON has no comments");
    return fail_expected(s, at, what, "");
}

static const scan_byte *fail_value(const struct scanner *s, const scan_byte *at)
{
    int c = peek(s, at);
    struct str word = misspelt(s, at);
    if (c == '+')
        return FAIL(s, at, "JSON writes a number without a plus sign: %.*s", STR_ARG(word));
    if (c == '.' && word.len > 1)
        return FAIL(s, at, "JSON writes a digit before the decimal point: 0%.*s", STR_ARG(word));
    if (is_word(c))
        return FAIL(s, at, "%.*s is not a value: JSON's words are true, false and null, and a text has quotes",
                    STR_ARG(word));
    return fail_missing(s, at, "a value");
}

static const scan_byte *fail_key(const struct scanner *s, const scan_byte *at)
{
    if (is_word(peek(s, at)))
        return FAIL(s, at, "JSON puts a key between double quotes: \"%.*s\"", STR_ARG(misspelt(s, at)));
    return fail_missing(s, at, "a key");
}

static const scan_byte *fail_separator(const struct scanner *s, const scan_byte *at)
{
    bool object = s->scan->values[s->open].type == SCAN_OBJECT;
    return object ? fail_expected(s, at, "a comma or }", " after this member")
                  : fail_expected(s, at, "a comma or ]", " after this element");
}

static const scan_byte *fail_control(const struct scanner *s, const scan_byte *at)
{
    if (*at == '\n' || *at == '\r')
        return FAIL(s, at, "a text cannot hold a line break: close it with a quote, or write \\n");
    if (*at == '\t')
        return FAIL(s, at, "a text cannot hold a tab: write \\t");
    return FAIL(s, at, "a text cannot hold a control character: write \\u%04x", *at);
}

static const scan_byte *fail_repeat(const struct scanner *s, struct scan_repeat repeat)
{
    const struct scan_value *first = &s->scan->values[repeat.first], *second = &s->scan->values[repeat.second];
    struct position from = source_position(s->diag->arena, s->scan->source, first->start);
    return FAIL(s, s->start + second->start, "a key stands twice in this object: %.*s, first at line %zu, column %zu",
                STR_ARG(excerpt(s, s->start + second->start, s->start + second->end)), from.line, from.column);
}

/* ---- Tokens ---- */

static void grow_values(struct scanner *s)
{
    struct scan_memory *memory = s->scan->memory;
    size_t room = memory->value_room * 2;
    s->scan->values = arena_grow(s->arena, s->scan->values, memory->value_room, room, sizeof *s->scan->values);
    memory->value_room = room;
}

/* A new value; its `end` is set when it is known. */
static inline struct scan_value *add_value(struct scanner *s, enum scan_type type, const scan_byte *at)
{
    struct scan *scan = s->scan;
    if (scan->count == scan->memory->value_room)
        grow_values(s);
    struct scan_value *value = &scan->values[scan->count++];
    *value =
        (struct scan_value){.start = (uint32_t)(at - s->start), .next = (uint32_t)scan->count, .type = (uint8_t)type};
    return value;
}

/* 4HEXDIG, from behind the "\u" on */
static bool read_hex4(const scan_byte *at, const scan_byte *end, uint32_t *code_unit)
{
    *code_unit = 0;
    for (int i = 0; i < 4; i++, at++) {
        if (at >= end || !is_hex(*at))
            return false;
        *code_unit = *code_unit << 4 | (uint32_t)((*at & 0xf) + (*at >= 'A' ? 9 : 0));
    }
    return true;
}

static bool is_surrogate(uint32_t code_unit) { return code_unit >= 0xd800 && code_unit <= 0xdfff; }

/* escape = "\" ( %x22 / "\" / "/" / "b" / "f" / "n" / "r" / "t" / "u" 4HEXDIG )
 * A high surrogate must be followed by the escape of a low one; a low one stands nowhere else. NULL when it is none. */
static const scan_byte *skip_escape(const scan_byte *at, const scan_byte *end)
{
    uint32_t high, low;
    if (end - at < 2)
        return NULL;
    if (at[1] != 'u')
        return at[1] && strchr("\"\\/bfnrt", at[1]) ? at + 2 : NULL;
    if (!read_hex4(at + 2, end, &high))
        return NULL;
    if (!is_surrogate(high))
        return at + 6;
    bool paired = high < 0xdc00 && end - at >= 12 && at[6] == '\\' && at[7] == 'u' && read_hex4(at + 8, end, &low) &&
                  low >= 0xdc00 && low <= 0xdfff;
    return paired ? at + 12 : NULL;
}

static const scan_byte *fail_escape(const struct scanner *s, const scan_byte *at)
{
    uint32_t code_unit;
    if (peek(s, at + 1) < 0)
        return at + 1; /* what is missing is the closing quote */
    if (at[1] != 'u')
        return FAIL(s, at, "this backslash begins no escape that JSON has; a backslash itself is written \\\\");
    if (!read_hex4(at + 2, s->end, &code_unit))
        return FAIL(s, at, "\\u is followed by four hexadecimal digits");
    return FAIL(s, at, "\\u%04x is half a character: its other surrogate is missing", code_unit);
}

static const scan_byte *read_escape(const struct scanner *s, const scan_byte *at)
{
    const scan_byte *behind = skip_escape(at, s->end);
    return behind ? behind : fail_escape(s, at);
}

/* Characters from U+0080 on, as long as they follow each other; stops at a byte that is not UTF-8. */
static const scan_byte *skip_utf8(const scan_byte *at, const scan_byte *end)
{
    uint32_t code_point;
    size_t length = 1;
    while (at < end && *at >= 0x80 && length) {
        length = utf8_decode((struct str){(const char *)at, (size_t)(end - at)}, &code_point);
        at += length;
    }
    return at;
}

static const scan_byte *read_utf8(const struct scanner *s, const scan_byte *at)
{
    at = skip_utf8(at, s->end);
    return at < s->end && *at >= 0x80 ? fail_utf8(s, at) : at;
}

/* string = %x22 *( plain / escape / utf8 ) %x22 */
static const scan_byte *read_string(struct scanner *s, const scan_byte *open)
{
    struct scan_value *value = add_value(s, SCAN_STRING, open);
    const scan_byte *at = open + 1;
    while ((at = scan_skip_plain(at, s->end)) < s->end && *at != '"') {
        if (*at == '\\') {
            value->escaped = true;
            at = read_escape(s, at);
        } else if (*at >= 0x80) {
            at = read_utf8(s, at);
        } else {
            at = fail_control(s, at);
        }
        if (!at)
            return NULL;
    }
    if (at == s->end)
        return FAIL(s, open, "this text has no closing quote");
    value->end = (uint32_t)(++at - s->start);
    return at;
}

/* 1*DIGIT */
static inline const scan_byte *read_digits(const struct scanner *s, const scan_byte *at, const char *after)
{
    if (!is_digit(peek(s, at)))
        return FAIL(s, at, "a digit is expected after the %s of this number", after);
    do
        at++;
    while (is_digit(peek(s, at)));
    return at;
}

/* number = [ "-" ] ( "0" / DIGIT1-9 *DIGIT ) [ "." 1*DIGIT ] [ ( "e" / "E" ) [ "-" / "+" ] 1*DIGIT ] */
static const scan_byte *read_number(struct scanner *s, const scan_byte *start)
{
    const scan_byte *at = start;
    struct scan_value *value = add_value(s, SCAN_NUMBER, start);
    if (*at == '-')
        at++;
    if (peek(s, at) == '0' && is_digit(peek(s, at + 1)))
        return FAIL(s, start, "a number does not begin with a zero before other digits: %.*s",
                    STR_ARG(misspelt(s, start)));
    at = read_digits(s, at, "minus sign");
    if (at && peek(s, at) == '.')
        at = read_digits(s, at + 1, "decimal point");
    if (at && (peek(s, at) | 0x20) == 'e') {
        at++;
        at = read_digits(s, peek(s, at) == '-' || peek(s, at) == '+' ? at + 1 : at, "exponent's e");
    }
    if (at && (is_word(peek(s, at)) || peek(s, at) == '.'))
        return FAIL(s, start, "this is no number as JSON writes it: %.*s", STR_ARG(misspelt(s, start)));
    if (at)
        value->end = (uint32_t)(at - s->start);
    return at;
}

/* word = "true" / "false" / "null" */
static const scan_byte *read_word(struct scanner *s, const scan_byte *at, struct str word, enum scan_type type)
{
    const scan_byte *to = at + word.len;
    if ((size_t)(s->end - at) < word.len || memcmp(at, word.ptr, word.len) || is_word(peek(s, to)))
        return fail_value(s, at);
    add_value(s, type, at)->end = (uint32_t)(to - s->start);
    return to;
}

/* ---- Arrays and objects ---- */

/* member = string ws ":" ws value; this reads up to the value. */
static const scan_byte *read_key(struct scanner *s, const scan_byte *at)
{
    if (peek(s, at) != '"')
        return fail_key(s, at);
    at = read_string(s, at);
    if (!at)
        return NULL;
    at = scan_skip_space(at, s->end);
    if (peek(s, at) != ':')
        return fail_expected(s, at, "a colon", " after this key");
    return scan_skip_space(at + 1, s->end);
}

static inline int closing(const struct scanner *s) { return s->scan->values[s->open].type == SCAN_OBJECT ? '}' : ']'; }

static const scan_byte *close_container(struct scanner *s, const scan_byte *at)
{
    size_t index = s->open;
    struct scan_value *value = &s->scan->values[index];
    s->open = value->next;
    s->depth--;
    value->next = (uint32_t)s->scan->count;
    value->end = (uint32_t)(++at - s->start);
    struct scan_repeat repeat;
    if (value->type == SCAN_OBJECT && scan_find_repeat(s->arena, s->scan, index, &repeat))
        return fail_repeat(s, repeat);
    return at;
}

static void open_container(struct scanner *s, const scan_byte *at, enum scan_type type)
{
    uint32_t index = (uint32_t)s->scan->count;
    add_value(s, type, at)->next = s->open;
    s->open = index;
    s->depth++;
}

/* value = "{" / "[" / string / number / word; of an array or object, its opening bracket. */
static const scan_byte *read_start(struct scanner *s, const scan_byte *at)
{
    if (s->depth >= SCAN_MAX_DEPTH)
        return FAIL(s, at, "more than %d values stand inside each other", SCAN_MAX_DEPTH);
    switch (peek(s, at)) {
    case '{':
        open_container(s, at, SCAN_OBJECT);
        return at + 1;
    case '[':
        open_container(s, at, SCAN_ARRAY);
        return at + 1;
    case '"':
        return read_string(s, at);
    case 't':
        return read_word(s, at, STR("true"), SCAN_TRUE);
    case 'f':
        return read_word(s, at, STR("false"), SCAN_FALSE);
    case 'n':
        return read_word(s, at, STR("null"), SCAN_NULL);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return read_number(s, at);
    default:
        return fail_value(s, at);
    }
}

/* *( ws ( "]" / "}" ) ) [ ws "," ws ]
 * What follows a value, up to the next element or member, or to what stands behind the root. */
static const scan_byte *read_behind(struct scanner *s, const scan_byte *at)
{
    while (at && s->depth) {
        at = scan_skip_space(at, s->end);
        if (peek(s, at) == ',')
            return scan_skip_space(at + 1, s->end);
        if (peek(s, at) != closing(s))
            return fail_separator(s, at);
        at = close_container(s, at);
    }
    return at;
}

/* array  = "[" ws [ value *( ws "," ws value ) ws ] "]"
 * object = "{" ws [ member *( ws "," ws member ) ws ] "}"
 * A loop and not a recursion: each turn reads the start of a value and what follows it, up to the next one. */
static const scan_byte *read_value(struct scanner *s, const scan_byte *at)
{
    do {
        unsigned depth = s->depth;
        at = read_start(s, at);
        if (!at)
            return NULL;
        bool opened = s->depth > depth;
        if (opened)
            at = scan_skip_space(at, s->end);
        if (!opened || peek(s, at) == closing(s))
            at = read_behind(s, at);
        if (at && s->depth && closing(s) == '}')
            at = read_key(s, at);
    } while (at && s->depth);
    return at;
}

const char *scan_string_end(const char *open, const char *end)
{
    const scan_byte *at = (const scan_byte *)open + 1, *stop = (const scan_byte *)end;
    if (open >= end || *open != '"')
        return NULL;
    while ((at = scan_skip_plain(at, stop)) < stop && *at != '"') {
        const scan_byte *behind = *at == '\\' ? skip_escape(at, stop) : skip_utf8(at, stop);
        if (!behind || behind == at)
            return NULL;
        at = behind;
    }
    return at < stop ? (const char *)at + 1 : NULL;
}

/* ---- The whole ---- */

/* A byte order mark (Unicode 15, section 23.8) is told by name; so is UTF-16 without one, whose ASCII has a zero in
 * every other byte. */
static bool check_encoding(struct source *source, struct diag *diag)
{
    struct str bytes = source->bytes;
    if (str_starts(bytes, STR("\xef\xbb\xbf")))
        return diag_at(diag, source, 0, "the file starts with a byte order mark (UTF-8): save it without");
    if (str_starts(bytes, STR("\xff\xfe")) || str_starts(bytes, STR("\xfe\xff")) ||
        (bytes.len > 1 && (!bytes.ptr[0] || !bytes.ptr[1])))
        return diag_at(diag, source, 0, "the file is UTF-16, not UTF-8: save it as UTF-8");
    return true;
}

static bool check_size(const struct source *source, struct diag *diag)
{
    return source->bytes.len <= UINT32_MAX ||
           diag_about(diag, source->name, "more than 4 GiB cannot be read as one piece");
}

static struct scanner new_scanner(struct arena *arena, struct scan *scan, struct diag *diag)
{
    struct str bytes = scan->source->bytes.len ? scan->source->bytes : STR("");
    const scan_byte *start = (const scan_byte *)bytes.ptr;
    return (struct scanner){.start = start, .end = start + bytes.len, .arena = arena, .diag = diag, .scan = scan};
}

bool scan_read(struct arena *arena, struct source *source, struct scan *out, struct diag *diag)
{
    if (!check_size(source, diag) || !check_encoding(source, diag))
        return false;
    /* A value takes 8 to 16 bytes of most datasets; the system gives no memory for room that is never touched. */
    size_t room = source->bytes.len / 8 + 8;
    *out = (struct scan){.source = source,
                         .values = ARENA_ARRAY(arena, struct scan_value, room),
                         .memory = ARENA_NEW(arena, struct scan_memory)};
    out->memory->value_room = room;
    struct scanner s = new_scanner(arena, out, diag);
    const scan_byte *at = scan_skip_space(s.start, s.end);
    if (at == s.end)
        return diag_at(diag, source, 0, "the file is empty");
    at = read_value(&s, at);
    if (!at)
        return false;
    at = scan_skip_space(at, s.end);
    if (at < s.end)
        return fail_expected(&s, at, "the end of the file", " after its value");
    return true;
}

bool scan_next(struct arena *arena, struct source *source, size_t *offset, struct scan *out, struct diag *diag)
{
    if (!check_size(source, diag) || (!*offset && !check_encoding(source, diag)))
        return false;
    if (!out->memory) {
        enum { FIRST_ROOM = 64 };
        out->values = ARENA_ARRAY(arena, struct scan_value, FIRST_ROOM);
        out->memory = ARENA_NEW(arena, struct scan_memory);
        out->memory->value_room = FIRST_ROOM;
    }
    out->source = source;
    out->count = 0;
    struct scanner s = new_scanner(arena, out, diag);
    const scan_byte *at = scan_skip_space(s.start + *offset, s.end);
    *offset = offset_of(&s, at);
    if (at == s.end)
        return false;
    at = read_value(&s, at);
    if (at)
        *offset = offset_of(&s, scan_skip_space(at, s.end));
    return at;
}
