/* Any bytes: the scanner and jansson give the same verdict and the same tree, and the scan's offsets make sense.
 *
 * As a libFuzzer target (clang -fsanitize=fuzzer), or with -DREPLAY as a program that runs over the files given and
 * reports in TAP.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "read/scan.h"
#include "replay.h"

static void demand(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* ---- The same verdict ---- */

static bool is_limit(const json_error_t *error)
{
    enum json_error_code code = json_error_code(error);
    return code == json_error_numeric_overflow || code == json_error_null_character ||
           code == json_error_null_byte_in_key;
}

static void check_verdicts(struct str bytes, bool accepted, bool jansson_accepted, const json_error_t *error)
{
    if (accepted && !jansson_accepted)
        demand(is_limit(error), "what only jansson refuses is a named limit of it");
    if (!accepted && jansson_accepted)
        demand(bytes.len && memchr(bytes.ptr, 0, bytes.len), "what only the scanner refuses has a NUL byte");
}

/* ---- The same tree ---- */

static void check_text(struct arena *arena, const struct scan *scan, size_t at, struct str expected)
{
    struct str text = scan_text(arena, scan, at);
    demand(str_equal(text, expected), "a text is jansson's");
    size_t start = scan->values[at].start;
    demand(scan_text_offset(scan, at, 0) == start + 1, "a text starts behind its quote");
    demand(scan_text_offset(scan, at, text.len) == scan->values[at].end - 1u, "a text ends before its quote");
    for (size_t i = 0; i < text.len && i < 64; i++) {
        char there = scan->source->bytes.ptr[scan_text_offset(scan, at, i)];
        demand(there == text.ptr[i] || there == '\\', "a byte of a text stands where its offset says");
    }
}

static void check_tree(struct arena *arena, const struct scan *scan, size_t at, json_t *tree);

static void check_object(struct arena *arena, const struct scan *scan, size_t at, json_t *tree)
{
    void *member = json_object_iter(tree);
    size_t count = 0;
    SCAN_MEMBERS (scan, at, key) {
        demand(member, "no more members than jansson's");
        struct str name = {json_object_iter_key(member), json_object_iter_key_len(member)};
        check_text(arena, scan, key, name);
        if (++count < 32)
            demand(scan_member(arena, scan, at, name) == key + 1, "a member is found by its name");
        check_tree(arena, scan, key + 1, json_object_iter_value(member));
        member = json_object_iter_next(tree, member);
    }
    demand(!member, "no fewer members than jansson's");
}

static void check_tree(struct arena *arena, const struct scan *scan, size_t at, json_t *tree)
{
    static const json_type types[] = {
        [SCAN_NULL] = JSON_NULL,      [SCAN_FALSE] = JSON_FALSE,   [SCAN_TRUE] = JSON_TRUE,
        [SCAN_NUMBER] = JSON_INTEGER, [SCAN_STRING] = JSON_STRING, [SCAN_ARRAY] = JSON_ARRAY,
        [SCAN_OBJECT] = JSON_OBJECT};
    enum scan_type type = (enum scan_type)scan->values[at].type;
    demand(type == SCAN_NUMBER ? json_is_number(tree) : json_typeof(tree) == types[type], "a type is jansson's");
    if (type == SCAN_NUMBER) {
        double value = strtod(str_copy(arena, scan_raw(scan, at)).ptr, NULL);
        demand(value == json_number_value(tree), "a number is jansson's");
    }
    if (type == SCAN_STRING)
        check_text(arena, scan, at, (struct str){json_string_value(tree), json_string_length(tree)});
    if (type == SCAN_OBJECT)
        check_object(arena, scan, at, tree);
    if (type == SCAN_ARRAY) {
        size_t index = 0;
        SCAN_ELEMENTS (scan, at, element) {
            demand(index < json_array_size(tree), "no more elements than jansson's");
            check_tree(arena, scan, element, json_array_get(tree, index++));
        }
        demand(index == json_array_size(tree), "no fewer elements than jansson's");
    }
}

/* ---- Offsets that make sense ---- */

/* Every value lies inside the one that holds it and behind the one before it. */
static void check_nesting(const struct scan *scan)
{
    demand(scan->count && scan->values[0].next == scan->count, "the root holds all");
    demand(scan->values[0].end <= scan->source->bytes.len, "the root ends inside the source");
    for (size_t at = 0; at < scan->count; at++) {
        const struct scan_value *value = &scan->values[at];
        demand(value->start < value->end, "a value has a byte");
        demand(value->next > at && value->next <= scan->count, "`next` leads on");
        bool leaf = value->type < SCAN_ARRAY;
        demand(!leaf || value->next == at + 1, "nothing stands inside a leaf");
        uint32_t from = value->start + 1;
        for (size_t inner = at + 1; inner < value->next; inner = scan->values[inner].next) {
            demand(scan->values[inner].start >= from, "a value starts behind the one before it");
            from = scan->values[inner].end;
        }
        demand(leaf || from < value->end, "the last value ends before the bracket");
    }
}

/* The bytes of each value are a text of the same type. Stops at a budget: a deep value is read once for each level. */
static void check_rescans(struct arena *arena, const struct scan *scan)
{
    size_t budget = 16384;
    for (size_t at = 0; at < scan->count; at++) {
        struct source source = {.bytes = scan_raw(scan, at)};
        struct diag diag = {.arena = arena};
        struct scan again;
        if (source.bytes.len > budget)
            return;
        budget -= source.bytes.len;
        demand(scan_read(arena, &source, &again, &diag), "a value's bytes are accepted");
        demand(again.values[0].type == scan->values[at].type, "a value's bytes have its type");
        demand(again.count == scan->values[at].next - at, "a value's bytes hold what it holds");
    }
}

/* As a stream: it comes to an end; a text that scan_read accepts is a stream of that one value. */
static void check_stream(struct arena *arena, struct source *source, const struct scan *whole)
{
    struct diag diag = {.arena = arena};
    struct scan scan = {0};
    size_t offset = 0, before = 0, values = 0;
    for (; scan_next(arena, source, &offset, &scan, &diag); values++) {
        demand(offset > before && offset <= source->bytes.len, "a stream moves on");
        check_nesting(&scan);
        before = offset;
        for (size_t at = 0; whole && at < scan.count; at++)
            demand(scan.count == whole->count && scan.values[at].type == whole->values[at].type &&
                       scan.values[at].start == whole->values[at].start && scan.values[at].end == whole->values[at].end,
                   "a stream of one value has that value");
    }
    demand(diag.failed || offset == source->bytes.len, "a stream ends at its end or with an error");
    if (whole)
        demand(values == 1 && !diag.failed, "one value is a stream of one");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    /* A copy of just that size, so that the sanitizer sees a read behind the end. */
    char *copy = malloc(size ? size : 1);
    if (!copy)
        abort();
    if (size)
        memcpy(copy, data, size);
    struct source source = {.name = STR("fuzz"), .bytes = {copy, size}};
    struct scan scan;
    bool accepted = scan_read(&arena, &source, &scan, &diag);
    demand(accepted == !diag.failed && (accepted || diag.position.line), "a refusal has a place");
    json_error_t error;
    json_t *tree = json_loadb(copy, size, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    check_verdicts(source.bytes, accepted, tree, &error);
    if (accepted) {
        check_nesting(&scan);
        check_rescans(&arena, &scan);
    }
    if (accepted && tree)
        check_tree(&arena, &scan, 0, tree);
    check_stream(&arena, &source, accepted ? &scan : NULL);
    json_decref(tree);
    free(copy);
    arena_free(&arena);
    return 0;
}
