/* json_read_embedded: the tree of json.h, made from a scan. */
#include <stdlib.h>

#include "base/arena.h"
#include "read/json.h"
#include "read/scan.h"

/* The files are ours, so recursion is as deep as we made them. */
static void convert(struct arena *arena, const struct scan *scan, size_t at, struct json *to);

static void convert_list(struct arena *arena, const struct scan *scan, size_t list, struct json *to)
{
    size_t count = 0;
    SCAN_ELEMENTS (scan, list, at)
        count++;
    struct json *items = ARENA_ARRAY(arena, struct json, count);
    to->items = items;
    SCAN_ELEMENTS (scan, list, at) {
        items[to->count] = (struct json){.index = to->count, .parent = to, .source = to->source};
        convert(arena, scan, at, &items[to->count++]);
    }
}

static void convert_record(struct arena *arena, const struct scan *scan, size_t record, struct json *to)
{
    size_t count = 0;
    SCAN_MEMBERS (scan, record, key)
        count++;
    struct json *items = ARENA_ARRAY(arena, struct json, count);
    to->items = items;
    SCAN_MEMBERS (scan, record, key) {
        items[to->count] = (struct json){.key = scan_text(arena, scan, key), .parent = to, .source = to->source};
        convert(arena, scan, key + 1, &items[to->count++]);
    }
}

static void convert(struct arena *arena, const struct scan *scan, size_t at, struct json *to)
{
    switch ((enum scan_type)scan->values[at].type) {
    case SCAN_NULL:
        to->type = JSON_IS_NULL;
        return;
    case SCAN_TRUE:
    case SCAN_FALSE:
        to->type = JSON_BOOLEAN;
        to->truth = scan->values[at].type == SCAN_TRUE;
        return;
    case SCAN_NUMBER:
        to->type = JSON_NUMBER;
        to->number = strtod(str_z(arena, scan_raw(scan, at)), NULL);
        return;
    case SCAN_STRING:
        to->type = JSON_TEXT;
        to->text = str_copy(arena, scan_text(arena, scan, at));
        return;
    case SCAN_ARRAY:
        to->type = JSON_LIST;
        convert_list(arena, scan, at, to);
        return;
    case SCAN_OBJECT:
        to->type = JSON_RECORD;
        convert_record(arena, scan, at, to);
        return;
    }
}

const struct json *json_read_embedded(struct arena *arena, struct source *source, struct diag *diag)
{
    struct scan scan = {0};
    if (!scan_read(arena, source, &scan, diag))
        return NULL;
    struct json *root = ARENA_NEW(arena, struct json);
    root->source = source;
    convert(arena, &scan, 0, root);
    return root;
}
