#include "read/encoding.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"

enum { MARK_EVERY = 256, REPLACEMENT = 0xfffd, DECLARED_WITHIN = 1024 /* bytes, as browsers look */ };

static const char *const names[] = {
    [ENCODING_UTF_8] = "UTF-8",
    [ENCODING_UTF_16LE] = "UTF-16LE",
    [ENCODING_UTF_16BE] = "UTF-16BE",
    [ENCODING_WINDOWS_1252] = "Windows-1252",
    [ENCODING_ISO_8859_15] = "ISO-8859-15",
};

/* Labels as in https://encoding.spec.whatwg.org/#names-and-labels: Latin-1 is read as Windows-1252, whose printable
 * characters it shares. */
static const struct {
    const char *label;
    enum encoding encoding;
} labels[] = {
    {"utf-8", ENCODING_UTF_8},
    {"utf8", ENCODING_UTF_8},
    {"unicode-1-1-utf-8", ENCODING_UTF_8},
    {"utf-16", ENCODING_UTF_16LE},
    {"utf-16le", ENCODING_UTF_16LE},
    {"utf16", ENCODING_UTF_16LE},
    {"unicode", ENCODING_UTF_16LE},
    {"utf-16be", ENCODING_UTF_16BE},
    {"windows-1252", ENCODING_WINDOWS_1252},
    {"cp1252", ENCODING_WINDOWS_1252},
    {"x-cp1252", ENCODING_WINDOWS_1252},
    {"ansi_x3.4-1968", ENCODING_WINDOWS_1252},
    {"ascii", ENCODING_WINDOWS_1252},
    {"us-ascii", ENCODING_WINDOWS_1252},
    {"iso-8859-1", ENCODING_WINDOWS_1252},
    {"iso8859-1", ENCODING_WINDOWS_1252},
    {"iso_8859-1", ENCODING_WINDOWS_1252},
    {"latin1", ENCODING_WINDOWS_1252},
    {"latin-1", ENCODING_WINDOWS_1252},
    {"l1", ENCODING_WINDOWS_1252},
    {"iso-8859-15", ENCODING_ISO_8859_15},
    {"iso8859-15", ENCODING_ISO_8859_15},
    {"iso_8859-15", ENCODING_ISO_8859_15},
    {"latin9", ENCODING_ISO_8859_15},
    {"latin-9", ENCODING_ISO_8859_15},
    {"l9", ENCODING_ISO_8859_15},
};

const char *encoding_name(enum encoding encoding) { return names[encoding]; }

static bool find_label(struct str name, enum encoding *out)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strlen(labels[i].label) == name.len && !strncasecmp(labels[i].label, name.ptr, name.len)) {
            *out = labels[i].encoding;
            return true;
        }
    return false;
}

uint32_t encoding_windows_1252(unsigned char byte)
{
    static const uint16_t high[32] = {
        0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
    };
    return byte >= 0x80 && byte < 0xa0 ? high[byte - 0x80] : byte;
}

/* The eight places in which ISO-8859-15 is not Latin-1. */
static uint32_t iso_8859_15(unsigned char byte)
{
    switch (byte) {
    case 0xa4:
        return 0x20ac;
    case 0xa6:
        return 0x160;
    case 0xa8:
        return 0x161;
    case 0xb4:
        return 0x17d;
    case 0xb8:
        return 0x17e;
    case 0xbc:
        return 0x152;
    case 0xbd:
        return 0x153;
    case 0xbe:
        return 0x178;
    default:
        return byte;
    }
}

/* A character of UTF-16, 2 or 4 bytes; a lone surrogate or a lone byte is U+FFFD. */
static size_t decode_utf_16(struct str s, bool big, uint32_t *code_point)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    *code_point = REPLACEMENT;
    if (s.len < 2)
        return s.len;
    uint32_t first = big ? (uint32_t)(p[0] << 8 | p[1]) : (uint32_t)(p[1] << 8 | p[0]);
    if (first < 0xd800 || first > 0xdfff) {
        *code_point = first;
        return 2;
    }
    if (first > 0xdbff || s.len < 4)
        return 2;
    uint32_t second = big ? (uint32_t)(p[2] << 8 | p[3]) : (uint32_t)(p[3] << 8 | p[2]);
    if (second < 0xdc00 || second > 0xdfff)
        return 2;
    *code_point = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    return 4;
}

/* The first character of `s`, which is not empty: its bytes, at least 1, and its code point. */
static size_t decode(enum encoding encoding, struct str s, uint32_t *code_point)
{
    size_t length;
    switch (encoding) {
    case ENCODING_UTF_8:
        length = utf8_decode(s, code_point);
        if (!length)
            *code_point = REPLACEMENT;
        return length ? length : 1;
    case ENCODING_UTF_16LE:
        return decode_utf_16(s, false, code_point);
    case ENCODING_UTF_16BE:
        return decode_utf_16(s, true, code_point);
    case ENCODING_WINDOWS_1252:
        *code_point = encoding_windows_1252((unsigned char)*s.ptr);
        return 1;
    case ENCODING_ISO_8859_15:
        *code_point = iso_8859_15((unsigned char)*s.ptr);
        return 1;
    }
    return 1;
}

/* Whether a declaration in the input's first bytes names an encoding that is known.
 *
 *     xml  = "<?xml" … "encoding" "=" name … "?>"
 *     meta = "<meta" … "charset" "=" name … ">"        (also inside content="text/html; charset=name")
 *     name = ['"'] letters, digits, '-', '_', '.', ':' */
static bool find_declared(struct str bytes, enum encoding *out)
{
    struct str head = str_part(bytes, 0, DECLARED_WITHIN);
    bool xml = str_starts(head, STR("<?xml"));
    for (size_t i = 0; i < head.len; i++) {
        struct str rest = str_part(head, i, head.len);
        bool meta = rest.len > 5 && !strncasecmp(rest.ptr, "<meta", 5);
        if (!meta && !(xml && !i))
            continue;
        struct str tag = str_part(rest, 0, str_find(rest, STR(">")));
        const char *key = meta ? "charset" : "encoding";
        size_t at = 0;
        while (at + strlen(key) < tag.len && strncasecmp(tag.ptr + at, key, strlen(key)))
            at++;
        at += strlen(key);
        while (at < tag.len && memchr(" \t\r\n=\"'", tag.ptr[at], 8))
            at++;
        size_t end = at;
        while (end < tag.len && (isalnum((unsigned char)tag.ptr[end]) || memchr("-_.:", tag.ptr[end], 4)))
            end++;
        if (find_label(str_part(tag, at, end), out))
            return true;
    }
    return false;
}

/* Text of our languages in UTF-16 has a zero in nearly every other byte. */
static bool looks_utf_16(struct str bytes, enum encoding *out)
{
    enum { LOOK_AT = 4096 };
    size_t pairs = (bytes.len < LOOK_AT ? bytes.len : LOOK_AT) / 2, zeros[2] = {0, 0};
    for (size_t i = 0; i < pairs * 2; i++)
        zeros[i % 2] += !bytes.ptr[i];
    if (zeros[1] * 2 > pairs && zeros[0] * 10 < pairs)
        *out = ENCODING_UTF_16LE;
    else if (zeros[0] * 2 > pairs && zeros[1] * 10 < pairs)
        *out = ENCODING_UTF_16BE;
    else
        return false;
    return true;
}

/* How many characters outside ASCII are well-formed UTF-8, and how many bytes are not. */
static void count_utf_8(struct str bytes, size_t *good, size_t *bad)
{
    *good = *bad = 0;
    for (size_t i = 0; i < bytes.len;) {
        uint32_t code_point;
        size_t length =
            (unsigned char)bytes.ptr[i] < 0x80 ? 1 : utf8_decode(str_part(bytes, i, bytes.len), &code_point);
        *good += length > 1;
        *bad += !length;
        i += length ? length : 1;
    }
}

/* Removes a byte order mark from the bytes. */
static bool take_mark(struct str *bytes, enum encoding *out)
{
    static const struct {
        struct str mark;
        enum encoding encoding;
    } marks[] = {
        {STR_INIT("\xef\xbb\xbf"), ENCODING_UTF_8},
        {STR_INIT("\xff\xfe"), ENCODING_UTF_16LE},
        {STR_INIT("\xfe\xff"), ENCODING_UTF_16BE},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(*bytes, marks[i].mark)) {
            *bytes = str_part(*bytes, marks[i].mark.len, bytes->len);
            *out = marks[i].encoding;
            return true;
        }
    return false;
}

/* How many bytes at the start of `s` are ASCII and UTF-8 alike. */
static size_t ascii_length(enum encoding encoding, struct str s)
{
    size_t length = 0;
    if (encoding != ENCODING_UTF_16LE && encoding != ENCODING_UTF_16BE)
        while (length < s.len && (unsigned char)s.ptr[length] < 0x80)
            length++;
    return length;
}

static void transcode(struct arena *arena, struct str bytes, size_t skipped, struct decoded *out)
{
    struct buf text = {.arena = arena};
    struct {
        struct encoding_mark *items;
        size_t count, room;
    } marks = {0};
    for (size_t i = 0; i < bytes.len;) {
        if (!marks.count || text.len - marks.items[marks.count - 1].text >= MARK_EVERY)
            *LIST_ADD(arena, &marks) = (struct encoding_mark){text.len, skipped + i};
        size_t ascii = ascii_length(out->encoding, str_part(bytes, i, i + MARK_EVERY));
        if (ascii) {
            buf_add(&text, str_part(bytes, i, i + ascii));
            i += ascii;
            continue;
        }
        uint32_t code_point;
        i += decode(out->encoding, str_part(bytes, i, bytes.len), &code_point);
        out->malformed += code_point == REPLACEMENT;
        buf_add_code_point(&text, code_point);
    }
    out->text = buf_str(&text);
    out->marks = marks.items;
    out->mark_count = marks.count;
}

/* The encoding of bytes that nothing told it of, or that are not what they were said to be. */
static enum encoding guess(struct str bytes, size_t good, size_t bad)
{
    enum encoding encoding;
    if (looks_utf_16(bytes, &encoding))
        return encoding;
    return good >= bad ? ENCODING_UTF_8 : ENCODING_WINDOWS_1252;
}

bool encoding_decode(struct arena *arena, const struct source *source, struct str name, bool markup,
                     struct decoded *out, struct diag *diag)
{
    *out = (struct decoded){.source = source->bytes};
    enum encoding asked = ENCODING_UTF_8;
    if (name.len && !find_label(name, &asked))
        return diag_about(diag, source->name,
                          "encoding %.*s is not known; known are utf-8, utf-16le, utf-16be, windows-1252, "
                          "iso-8859-1, iso-8859-15",
                          STR_ARG(name));
    struct str bytes = source->bytes;
    size_t good, bad;
    bool marked = take_mark(&bytes, &out->encoding);
    count_utf_8(bytes, &good, &bad);
    if (!marked) {
        bool declared = !name.len && markup && find_declared(bytes, &out->encoding);
        if (name.len)
            out->encoding = asked;
        /* A declaration that was read byte by byte is not in UTF-16, whatever it says. */
        else if (!declared || out->encoding == ENCODING_UTF_16LE || out->encoding == ENCODING_UTF_16BE ||
                 (out->encoding == ENCODING_UTF_8 && bad)) {
            out->encoding = guess(bytes, good, bad);
            out->guessed = bad || out->encoding != ENCODING_UTF_8;
        }
    }
    if (out->encoding == ENCODING_UTF_8 && !bad)
        out->text = bytes;
    else
        transcode(arena, bytes, source->bytes.len - bytes.len, out);
    return true;
}

size_t decoded_offset(const struct decoded *decoded, size_t offset)
{
    if (!decoded->mark_count)
        return decoded->source.len - decoded->text.len + offset;
    size_t low = 0, high = decoded->mark_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (decoded->marks[middle].text <= offset)
            low = middle;
        else
            high = middle;
    }
    size_t at = decoded->marks[low].source;
    for (size_t text = decoded->marks[low].text; at < decoded->source.len;) {
        uint32_t code_point;
        char bytes[4];
        size_t length = decode(decoded->encoding, str_part(decoded->source, at, decoded->source.len), &code_point);
        text += utf8_encode(code_point, bytes);
        if (text > offset)
            break;
        at += length;
    }
    return at;
}
