#include "read/builder.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"

static bool is_word(char c) { return isalnum((unsigned char)c) || (c && strchr("._%+-", c)); }

/* Where an address that starts before `at` ends: at white space, a quote or bracket, or a space or mark of the blocks
 * U+0080 and U+2000; without the punctuation of the sentence behind it. */
static size_t address_end(struct str text, size_t start, size_t at)
{
    for (; at < text.len; at++) {
        unsigned char c = (unsigned char)text.ptr[at];
        unsigned char next = at + 1 < text.len ? (unsigned char)text.ptr[at + 1] : 0;
        if (c <= ' ' || strchr("<>\"`{}|\\^", c) || c == 0xc2 || (c == 0xe2 && next == 0x80))
            break;
    }
    while (at > start && strchr(".,;:!?')]*", text.ptr[at - 1]))
        at--;
    return at;
}

/* An address around `at`, not before `from`. Its parts, by the character at `at`:
 *
 *     ':' letters "://" rest        '@' word "@" word "." word        'w' "www." rest */
static bool find_address(struct str text, size_t from, size_t at, struct span *out)
{
    struct str rest = str_part(text, at, text.len);
    size_t start = at, end = at + 1;
    if (*rest.ptr == ':' && str_starts(rest, STR("://"))) {
        while (start > from && isalnum((unsigned char)text.ptr[start - 1]))
            start--;
        if (start == at)
            return false;
        *out = (struct span){start, address_end(text, start, at + 3)};
        return out->end > at + 3;
    }
    if (*rest.ptr == '@') {
        while (start > from && is_word(text.ptr[start - 1]))
            start--;
        while (end < text.len && is_word(text.ptr[end]))
            end++;
        while (end > at + 1 && !isalnum((unsigned char)text.ptr[end - 1]))
            end--;
        *out = (struct span){start, end};
        return start < at && memchr(text.ptr + at, '.', end - at);
    }
    if (rest.len > 4 && !strncasecmp(rest.ptr, "www.", 4) && (!at || !is_word(text.ptr[at - 1]))) {
        *out = (struct span){at, address_end(text, at, at + 4)};
        return out->end > at + 4;
    }
    return false;
}

/* Asked of every byte. */
static bool may_mark_address(char c)
{
    switch (c) {
    case ':':
    case '@':
    case 'W':
    case 'w':
        return true;
    }
    return false;
}

void builder_find_addresses(struct builder *b)
{
    struct str text = {b->text.ptr, b->text.len};
    size_t from = 0;
    for (size_t at = 0; at < text.len; at++) {
        struct span span;
        if (may_mark_address(text.ptr[at]) && find_address(text, from, at, &span)) {
            *LIST_ADD(b->arena, &b->opaque) = span;
            from = span.end;
            at = span.end - 1;
        }
    }
}
