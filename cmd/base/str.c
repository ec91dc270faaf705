#include "base/str.h"

#include <string.h>

#include "base/arena.h"

struct str str_from(const char *text) { return (struct str){text, strlen(text)}; }

struct str str_copy(struct arena *arena, struct str s) { return (struct str){str_z(arena, s), s.len}; }

const char *str_z(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.len + 1, 1);
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    return copy;
}

bool str_equal(struct str a, struct str b) { return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len)); }

int str_compare(struct str a, struct str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_equal(str_part(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_equal(str_part(s, s.len - suffix.len, s.len), suffix);
}

struct str str_part(struct str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return (struct str){s.ptr ? s.ptr + from : s.ptr, to - from};
}

size_t str_find(struct str s, struct str needle)
{
    if (!needle.len)
        return 0;
    const char *hit = s.len < needle.len ? NULL : memmem(s.ptr, s.len, needle.ptr, needle.len);
    return hit ? (size_t)(hit - s.ptr) : s.len;
}

struct str str_cut(struct str *rest, struct str separator)
{
    size_t at = str_find(*rest, separator);
    struct str head = str_part(*rest, 0, at);
    *rest = str_part(*rest, at + separator.len, rest->len);
    return head;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

struct str str_trim(struct str s)
{
    size_t from = 0, to = s.len;
    while (from < to && is_space(s.ptr[from]))
        from++;
    while (to > from && is_space(s.ptr[to - 1]))
        to--;
    return str_part(s, from, to);
}

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/: short keys, no seed, hence the same in every run. */
uint64_t str_hash(struct str s)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* Three rows of the dynamic programme are enough: a swap looks two rows back. */
size_t str_distance(struct str a, struct str b, size_t limit)
{
    enum { LONGEST = 64 };
    if (a.len > LONGEST || b.len > LONGEST || (a.len > b.len ? a.len - b.len : b.len - a.len) > limit)
        return limit + 1;
    size_t rows[3][LONGEST + 1];
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t same = a.ptr[i - 1] == b.ptr[j - 1] ? 0 : 1;
            row[j] = smaller(above[j - 1] + same, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1])
                row[j] = smaller(row[j], two_above[j - 2] + 1);
        }
    }
    return smaller(rows[a.len % 3][b.len], limit + 1);
}

/* The table of well-formed byte sequences is Unicode 15, table 3-7. */
size_t utf8_decode(struct str s, uint32_t *code_point)
{
    if (!s.len)
        return 0;
    const unsigned char *p = (const unsigned char *)s.ptr;
    if (p[0] < 0x80) {
        *code_point = p[0];
        return 1;
    }
    size_t length = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || s.len < length)
        return 0;
    if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf0 && p[1] < 0x90) ||
        (p[0] == 0xf4 && p[1] > 0x8f))
        return 0;
    uint32_t value = p[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (p[i] & 0x3fu);
    }
    *code_point = value;
    return length;
}

size_t utf8_encode(uint32_t code_point, char out[4])
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; code_point >>= 6)
        out[i] = (char)(0x80 | (code_point & 0x3f));
    out[0] = (char)((0xf00u >> length & 0xf0u) | code_point);
    return length;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.ptr[i] & 0xc0) != 0x80;
    return count;
}
