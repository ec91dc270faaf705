/* scan: one strict pass over a JSON text (RFC 8259) that says what stands where.
 *
 *     struct scan scan;
 *     if (!scan_read(&arena, &source, &scan, &diag)) ...      // diag has line and column
 *     SCAN_MEMBERS(&scan, 0, key)                              // 0 is the root
 *         if (str_equal(scan_text(&arena, &scan, key), STR("figures")))
 *             ... scan.values[key + 1] ...
 *
 * Datasets are read with it because jansson loses what matters here: the digits as written and where they stand.
 * It accepts and refuses what jansson does with JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, but for jansson's named
 * limits (integers from 2^63, reals out of double's range, \u0000, and a NUL byte right behind a number or a word,
 * which jansson overlooks): t/fuzz proves it.
 */
#ifndef READ_SCAN_H
#define READ_SCAN_H

#include "base/diag.h"

enum scan_type { SCAN_NULL, SCAN_FALSE, SCAN_TRUE, SCAN_NUMBER, SCAN_STRING, SCAN_ARRAY, SCAN_OBJECT };

struct scan_value {
    uint32_t start, end; /* bytes of the source; of a string, with its quotes */
    uint32_t next;       /* index of the first value behind this one and all that is inside it */
    uint8_t type;        /* enum scan_type */
    bool escaped;        /* a string with a backslash in it */
};

/* Values in the order of the text. The members of an object are key, value, key, value … */
struct scan {
    struct source *source;
    struct scan_value *values;
    size_t count;
    struct scan_memory *memory; /* what scan_next uses again */
};

/* How deep values may stand inside each other, as jansson counts it: a number inside 2048 arrays is too deep. */
enum { SCAN_MAX_DEPTH = 2048 };

/* Scans the whole source: one value, white space around it. Refuses, with a place: what RFC 8259 refuses, bytes that
 * are not UTF-8, a byte order mark (told by name, UTF-16 too), a key twice in one object, more than SCAN_MAX_DEPTH
 * levels, an input over 4 GiB. The values live in the arena and borrow the source. What `out` held before is lost. */
bool scan_read(struct arena *arena, struct source *source, struct scan *out, struct diag *diag);

/* As scan_read, for a stream of values (NDJSON, concatenated JSON): scans the value that stands at *offset or behind
 * the white space there, and moves *offset behind it and behind the white space that follows.
 *
 *     struct scan scan = {0};
 *     for (size_t offset = 0; scan_next(&stream_arena, &source, &offset, &scan, &diag);)
 *         ...
 *     if (diag.failed) ...
 *
 * Each call overwrites the values of the last one: a stream takes the time of its length, and the memory of its
 * largest value. So `arena` is that of the whole stream; once it is freed, `scan` starts again as {0}. False at the
 * end of the stream, and then the diag has not failed; false with the diag filled for a value that is refused, and
 * then *offset is where that value starts. It does not look at what follows the value: a comma, say. */
bool scan_next(struct arena *arena, struct source *source, size_t *offset, struct scan *out, struct diag *diag);

/* The text of a string or key, escapes undone; a borrowed part of the source where it has none. */
struct str scan_text(struct arena *arena, const struct scan *scan, size_t at);

/* The bytes of any value, as written. */
struct str scan_raw(const struct scan *scan, size_t at);

/* The source offset of byte `offset` of a string's text (escapes undone): where in the file that character stands;
 * for the text's length or more, its closing quote. */
size_t scan_text_offset(const struct scan *scan, size_t at, size_t offset);

/* The index of an object's member value, or 0 when it has none of that name (0 is the root, hence no member). */
size_t scan_member(struct arena *arena, const struct scan *scan, size_t object, struct str name);

/* The value at a JSON pointer (RFC 6901) below `at`; false when there is none. */
bool scan_pointer(struct arena *arena, const struct scan *scan, size_t at, struct str pointer, size_t *out);

/* The elements of an array; `at` is the index of each. */
#define SCAN_ELEMENTS(scan, array, at)                                                                                 \
    for (size_t at = (array) + 1; at < (scan)->values[array].next; at = (scan)->values[at].next)

/* The members of an object; `key` is the index of each key, key + 1 that of its value. */
#define SCAN_MEMBERS(scan, object, key)                                                                                \
    for (size_t key = (object) + 1; key < (scan)->values[object].next; key = (scan)->values[key + 1].next)

/* Behind the closing quote of the string that opens at `open`, for who knows what stands around it. NULL when none
 * does, or when scan_read would refuse it. */
const char *scan_string_end(const char *open, const char *end);

/* "an object", "a number", "null" …: for messages. */
const char *scan_type_name(enum scan_type type);

#endif
