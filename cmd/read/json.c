#include "read/json.h"

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "read/scan.h"

/* A scan for one question: its memory is given back when the question is answered. */
static struct arena brief_arena(const struct arena *owner)
{
    return (struct arena){.out_of_memory = owner->out_of_memory};
}

/* ---- Reading ---- */

/* What jansson refuses and the scanner accepts is one of jansson's named limits. */
static bool fail_limit(struct diag *diag, struct source *source, const struct scan *scan, const json_error_t *error)
{
    /* jansson tells the end of what it refuses: that is the last value which starts before it and holds no other. */
    size_t at = scan->count - 1;
    while (at && (scan->values[at].start >= (size_t)error->position || scan->values[at].type >= SCAN_ARRAY))
        at--;
    size_t start = scan->values[at].start;
    enum json_error_code code = json_error_code(error);
    if (code == json_error_numeric_overflow)
        return diag_at(diag, source, start,
                       "this number is too large here: an integer has 64 bits, a real is a double");
    if (code == json_error_null_character || code == json_error_null_byte_in_key)
        return diag_at(diag, source, start, "a text cannot hold the character U+0000 here");
    return diag_at(diag, source, start, "%s", error->text);
}

/* The scanner says it best; where it accepts, jansson's own reason stands. */
static void explain(struct source *source, const json_error_t *error, struct diag *diag)
{
    struct arena arena = brief_arena(diag->arena);
    struct scan scan;
    if (scan_read(&arena, source, &scan, diag))
        fail_limit(diag, source, &scan, error);
    arena_free(&arena);
}

/* The nodes of a tree refer to each other, so each is filled where it is to stay. Recursion goes as deep as jansson's
 * own, which has a limit. */
static void convert(struct arena *arena, json_t *from, struct json *to);

static void convert_list(struct arena *arena, json_t *from, struct json *to)
{
    struct json *items = ARENA_ARRAY(arena, struct json, json_array_size(from));
    to->items = items;
    for (; to->count < json_array_size(from); to->count++) {
        struct json *item = &items[to->count];
        *item = (struct json){.index = to->count, .parent = to, .source = to->source};
        convert(arena, json_array_get(from, to->count), item);
    }
}

static void convert_record(struct arena *arena, json_t *from, struct json *to)
{
    struct json *items = ARENA_ARRAY(arena, struct json, json_object_size(from));
    to->items = items;
    for (void *i = json_object_iter(from); i; i = json_object_iter_next(from, i), to->count++) {
        struct str key = {json_object_iter_key(i), json_object_iter_key_len(i)};
        struct json *item = &items[to->count];
        *item = (struct json){.key = str_copy(arena, key), .parent = to, .source = to->source};
        convert(arena, json_object_iter_value(i), item);
    }
}

static void convert(struct arena *arena, json_t *from, struct json *to)
{
    switch (json_typeof(from)) {
    case JSON_NULL:
        to->type = JSON_IS_NULL;
        return;
    case JSON_TRUE:
    case JSON_FALSE:
        to->type = JSON_BOOLEAN;
        to->truth = json_is_true(from);
        return;
    case JSON_INTEGER:
    case JSON_REAL:
        to->type = JSON_NUMBER;
        to->number = json_number_value(from);
        return;
    case JSON_STRING:
        to->type = JSON_TEXT;
        to->text = str_copy(arena, (struct str){json_string_value(from), json_string_length(from)});
        return;
    case JSON_ARRAY:
        to->type = JSON_LIST;
        convert_list(arena, from, to);
        return;
    case JSON_OBJECT:
        to->type = JSON_RECORD;
        convert_record(arena, from, to);
        return;
    }
}

const struct json *json_read(struct arena *arena, struct source *source, struct diag *diag)
{
    json_error_t error = {0};
    json_t *tree = NULL;
    /* jansson overlooks a NUL byte behind a number or a word; the scanner, which is asked why, does not. */
    if (str_find(source->bytes, STR("\0")) == source->bytes.len)
        tree = json_loadb(source->bytes.ptr, source->bytes.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!tree) {
        explain(source, &error, diag);
        return NULL;
    }
    struct json *root = ARENA_NEW(arena, struct json);
    root->source = source;
    convert(arena, tree, root);
    json_decref(tree);
    return root;
}

const struct json *json_member(const struct json *record, struct str name)
{
    static const struct json none = {.type = JSON_NONE};
    if (record->type == JSON_RECORD)
        for (size_t i = 0; i < record->count; i++)
            if (str_equal(record->items[i].key, name))
                return &record->items[i];
    return &none;
}

/* ---- Places ---- */

/* The index of the node's value in a scan of its source. */
static size_t scan_index(const struct scan *scan, const struct json *node)
{
    if (!node->parent)
        return 0;
    bool record = node->parent->type == JSON_RECORD;
    size_t at = scan_index(scan, node->parent) + 1 + record;
    for (const struct json *item = node->parent->items; item < node; item++)
        at = scan->values[at].next + record;
    return at;
}

/* The source is scanned again for each question: questions are rare, and a place in every node would be memory. */
static size_t offset_in(struct arena *owner, const struct json *node, bool in_text, size_t offset)
{
    if (!node->source)
        return 0;
    struct arena arena = brief_arena(owner);
    struct diag diag = {.arena = &arena};
    struct scan scan;
    size_t result = 0;
    if (scan_read(&arena, node->source, &scan, &diag)) {
        size_t at = scan_index(&scan, node);
        result = in_text && node->type == JSON_TEXT ? scan_text_offset(&scan, at, offset) : scan.values[at].start;
    }
    arena_free(&arena);
    return result;
}

size_t json_offset(struct arena *arena, const struct json *node) { return offset_in(arena, node, false, 0); }

size_t json_text_offset(struct arena *arena, const struct json *node, size_t offset)
{
    return offset_in(arena, node, true, offset);
}

bool json_fail(struct diag *diag, const struct json *node, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    struct message message = message_list(diag->arena, format, list);
    va_end(list);
    return diag_message(diag, node->source, json_offset(diag->arena, node), message);
}

bool json_fail_in(struct diag *diag, const struct json *node, size_t offset, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    struct message message = message_list(diag->arena, format, list);
    va_end(list);
    return diag_message(diag, node->source, json_text_offset(diag->arena, node, offset), message);
}

/* reference-token = *( unescaped / "~0" / "~1" )                       (RFC 6901, section 3) */
static void add_token(struct buf *out, struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '~')
            buf_add(out, STR("~0"));
        else if (name.ptr[i] == '/')
            buf_add(out, STR("~1"));
        else
            buf_add_char(out, name.ptr[i]);
    }
}

static void add_pointer(struct buf *out, const struct json *node)
{
    if (!node->parent)
        return;
    add_pointer(out, node->parent);
    buf_add_char(out, '/');
    if (node->parent->type == JSON_RECORD)
        add_token(out, node->key);
    else
        buf_addf(out, "%zu", node->index);
}

struct str json_pointer(struct arena *arena, const struct json *node)
{
    struct buf out = {.arena = arena};
    add_pointer(&out, node);
    return buf_str(&out);
}

const char *json_type_name(enum json_kind type)
{
    switch (type) {
    case JSON_NONE:
        return "nothing";
    case JSON_IS_NULL:
        return "null";
    case JSON_BOOLEAN:
        return "true or false";
    case JSON_NUMBER:
        return "a number";
    case JSON_TEXT:
        return "a text";
    case JSON_LIST:
        return "a list";
    case JSON_RECORD:
        return "an object";
    }
    return "a value";
}

bool json_members_known(struct diag *diag, const struct json *record, const char *const *known, size_t count)
{
    for (size_t i = 0; i < record->count; i++) {
        const struct json *member = &record->items[i];
        struct nearest near = {.word = member->key, .limit = 2};
        bool found = false;
        for (size_t j = 0; j < count && !found; j++) {
            found = str_equal(member->key, str_from(known[j]));
            nearest_try(&near, str_from(known[j]));
        }
        if (!found && near.name.len)
            return json_fail(diag, member, "unknown member \"%.*s\": did you mean \"%.*s\"?", STR_ARG(member->key),
                             STR_ARG(near.name));
        if (!found)
            return json_fail(diag, member, "unknown member \"%.*s\"", STR_ARG(member->key));
    }
    return true;
}
