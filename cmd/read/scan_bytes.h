/* scan_bytes: the inner loops over JSON text, sixteen bytes at a time where SSE2 is there, else eight.
 *
 *     at = scan_skip_space(at, end);     // the first byte that is no white space, or end
 *     at = scan_skip_plain(at, end);     // inside a string: the first byte that needs a closer look, or end
 *     marks = scan_marks_of(at);         // where quotes and brackets stand in the next SCAN_BLOCK bytes
 *
 * For cmd/read/scan.c and cmd/batch/cut.c alone. Nothing is read at or behind `end`.
 */
#ifndef READ_SCAN_BYTES_H
#define READ_SCAN_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef unsigned char scan_byte;

/* RFC 8259, section 2: ws = *( %x20 / %x09 / %x0A / %x0D ) */
static inline bool scan_is_space(scan_byte c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/* What stands for itself inside a string: ASCII but control characters, quote and backslash. */
static inline bool scan_is_plain(scan_byte c) { return c >= 0x20 && c < 0x80 && c != '"' && c != '\\'; }

/* Where the marks of JSON stand in a block, in strings or not: a bit for each byte, the first one's lowest. */
enum { SCAN_BLOCK = 64 };
struct scan_marks {
    uint64_t quotes, backslashes, opens, closes;
};

#ifdef __SSE2__

enum { SCAN_STEP = 16 };

/* A bit for each byte that is white space. */
static inline unsigned scan_space_mask(const scan_byte *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i blank = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));
    __m128i rare = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(blank, rare));
}

/* A bit for each byte that is plain. The comparison is signed: bytes from 0x80 on are below 0x20 too. */
static inline unsigned scan_plain_mask(const scan_byte *at)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    return ~(unsigned)_mm_movemask_epi8(_mm_or_si128(low, marks)) & 0xffffu;
}

/* How many of the bytes at `at`, SCAN_STEP or fewer, are skipped. */
static inline unsigned scan_space_run(const scan_byte *at) { return (unsigned)__builtin_ctz(~scan_space_mask(at)); }
static inline unsigned scan_plain_run(const scan_byte *at) { return (unsigned)__builtin_ctz(~scan_plain_mask(at)); }

struct scan_block {
    __m128i quarters[4];
};

static inline uint64_t scan_equal_mask(const struct scan_block *block, char to)
{
    uint64_t masks[4];
    for (size_t i = 0; i < 4; i++)
        masks[i] = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block->quarters[i], _mm_set1_epi8(to)));
    return masks[0] | masks[1] << 16 | masks[2] << 32 | masks[3] << 48;
}

static inline struct scan_marks scan_marks_of(const scan_byte *at)
{
    struct scan_block block, folded;
    memcpy(&block, at, sizeof block);
    /* '{' and '[', '}' and ']' differ in one bit. */
    for (size_t i = 0; i < 4; i++)
        folded.quarters[i] = _mm_or_si128(block.quarters[i], _mm_set1_epi8(0x20));
    return (struct scan_marks){.quotes = scan_equal_mask(&block, '"'),
                               .backslashes = scan_equal_mask(&block, '\\'),
                               .opens = scan_equal_mask(&folded, '{'),
                               .closes = scan_equal_mask(&folded, '}')};
}

#else

enum { SCAN_STEP = 8 };

#define SCAN_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Nonzero when some byte of the eight is below `limit`, which is at most 0x80; wrong for bytes from 0x80 on. Both are
 * from "Bit Twiddling Hacks", https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord */
static inline uint64_t scan_any_below(uint64_t bytes, scan_byte limit)
{
    return (bytes - SCAN_EACH(limit)) & ~bytes & SCAN_EACH(0x80);
}

static inline uint64_t scan_any_equal(uint64_t bytes, scan_byte to) { return scan_any_below(bytes ^ SCAN_EACH(to), 1); }

static inline unsigned scan_space_run(const scan_byte *at)
{
    unsigned run = 0;
    while (run < SCAN_STEP && scan_is_space(at[run]))
        run++;
    return run;
}

/* The test of all eight at once only says whether one needs a look: which one, a loop finds in any byte order. */
static inline unsigned scan_plain_run(const scan_byte *at)
{
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    if (!((bytes & SCAN_EACH(0x80)) | scan_any_below(bytes, 0x20) | scan_any_equal(bytes, '"') |
          scan_any_equal(bytes, '\\')))
        return SCAN_STEP;
    unsigned run = 0;
    while (run < SCAN_STEP && scan_is_plain(at[run]))
        run++;
    return run;
}

static inline struct scan_marks scan_marks_of(const scan_byte *at)
{
    struct scan_marks marks = {0};
    for (unsigned i = 0; i < SCAN_BLOCK; i++) {
        uint64_t bit = UINT64_C(1) << i;
        marks.quotes |= at[i] == '"' ? bit : 0;
        marks.backslashes |= at[i] == '\\' ? bit : 0;
        marks.opens |= at[i] == '{' || at[i] == '[' ? bit : 0;
        marks.closes |= at[i] == '}' || at[i] == ']' ? bit : 0;
    }
    return marks;
}

#endif

static inline const scan_byte *scan_skip_space(const scan_byte *at, const scan_byte *end)
{
    /* None or one space is what most often stands between two tokens. */
    if (at < end && *at == ' ')
        at++;
    if (at<end && * at> ' ')
        return at;
    while (end - at >= SCAN_STEP) {
        unsigned run = scan_space_run(at);
        at += run;
        if (run < SCAN_STEP)
            return at;
    }
    while (at < end && scan_is_space(*at))
        at++;
    return at;
}

static inline const scan_byte *scan_skip_plain(const scan_byte *at, const scan_byte *end)
{
    while (end - at >= SCAN_STEP) {
        unsigned run = scan_plain_run(at);
        at += run;
        if (run < SCAN_STEP)
            return at;
    }
    while (at < end && scan_is_plain(*at))
        at++;
    return at;
}

#endif
