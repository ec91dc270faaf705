/* str: text as a pointer and a length. Never NUL-terminated but where a name says so.
 *
 *     struct str line = STR("shops.total = 946");
 *     struct str name = str_cut(&line, STR(" = "));   // name "shops.total", line "946"
 *     printf("%.*s\n", STR_ARG(name));
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct str {
    const char *ptr;
    size_t len;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                                              \
    {                                                                                                                  \
        "" literal, sizeof(literal) - 1                                                                                \
    }                                    /* for static initialisers */
#define STR_ARG(s) (int)(s).len, (s).ptr /* for "%.*s" */

/* A borrowed view of a NUL-terminated string. */
struct str str_from(const char *text);

/* A copy in the arena, with a NUL behind it. */
struct str str_copy(struct arena *arena, struct str s);

/* A NUL-terminated copy in the arena: libc's door. */
const char *str_z(struct arena *arena, struct str s);

bool str_equal(struct str a, struct str b);
int str_compare(struct str a, struct str b); /* by bytes, as memcmp */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* The part from byte `from` up to, not including, byte `to`; both are clipped to the text. */
struct str str_part(struct str s, size_t from, size_t to);

/* Where `needle` first stands in `s`, or s.len if nowhere. */
size_t str_find(struct str s, struct str needle);

/* What stands before the first `separator`, which `rest` is moved behind; all of it if there is none. */
struct str str_cut(struct str *rest, struct str separator);

/* Without the ASCII white space at both ends. */
struct str str_trim(struct str s);

/* A 64-bit hash, the same on every machine and in every run. */
uint64_t str_hash(struct str s);

/* How many letters must be changed, added, dropped or swapped to make `a` from `b`
 * (optimal string alignment distance), for "did you mean"; at most `limit` + 1. */
size_t str_distance(struct str a, struct str b, size_t limit);

/* The bytes of the UTF-8 character at `s`.ptr, 1 to 4, and its code point; 0 when the bytes are not UTF-8. */
size_t utf8_decode(struct str s, uint32_t *code_point);

/* Writes the UTF-8 bytes of `code_point` and says how many they are, 1 to 4. */
size_t utf8_encode(uint32_t code_point, char out[4]);

/* How many code points the text has. A byte that is no UTF-8 counts as one. */
size_t utf8_count(struct str s);

#endif
