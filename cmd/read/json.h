/* json: packs, shapes and the configuration, through jansson.
 *
 *     const struct json *root = json_read(&arena, &source, &diag);       // NULL: diag says where and why
 *     const struct json *id = json_member(root, STR("id"));
 *     if (id->type != JSON_TEXT)
 *         return json_fail(&diag, id, "id: %s where a text is expected", json_type_name(id->type));
 *
 * The tree lives in the arena (jansson's own is freed before json_read returns). A node knows the way to
 * itself, so that an error can name its line and column: the place is looked up only then.
 */
#ifndef READ_JSON_H
#define READ_JSON_H

#include "base/diag.h"

enum json_kind { JSON_NONE, JSON_IS_NULL, JSON_BOOLEAN, JSON_NUMBER, JSON_TEXT, JSON_LIST, JSON_RECORD };

struct json {
    enum json_kind type;
    bool truth;      /* of a boolean */
    double number;   /* of a number: for settings; figures are read by scan */
    struct str text; /* of a text; NUL-terminated */
    struct str key;  /* of a member of a record: its name */
    size_t index;    /* of an element of a list */
    const struct json *parent;
    const struct json *items; /* elements or members, in the order of the file */
    size_t count;
    struct source *source;
};

/* The root, or NULL with the diag filled: the reason in plain words, at its line and column. Refuses what scan_read
 * refuses and what jansson has no room for: an integer beyond 64 bits, a real beyond a double, the character U+0000. */
const struct json *json_read(struct arena *arena, struct source *source, struct diag *diag);

/* The same tree for what is compiled into the program, through our own scanner, which takes a tenth of jansson's time:
 * start-up is part of the speed. A test holds the two readers to the same tree for every such file. */
const struct json *json_read_embedded(struct arena *arena, struct source *source, struct diag *diag);

/* The member of that name; a node of type JSON_NONE (never NULL) when there is none or `record` is no record. Such a
 * node has no place: what is missing is told with json_fail of the record. */
const struct json *json_member(const struct json *record, struct str name);

/* Is every member of the record one of `known`? Fails at the first that is not, and says which was meant. */
bool json_members_known(struct diag *diag, const struct json *record, const char *const *known, size_t count);

/* Records an error at the node's place; false, as diag_at. */
__attribute__((format(printf, 3, 4))) bool json_fail(struct diag *diag, const struct json *node, const char *format,
                                                     ...);

/* The same, at byte `offset` of the node's text: an error inside an expression or a pattern. */
__attribute__((format(printf, 4, 5))) bool json_fail_in(struct diag *diag, const struct json *node, size_t offset,
                                                        const char *format, ...);

/* The byte of the source where the node's value starts, or where byte `offset` of its text stands. */
size_t json_offset(struct arena *arena, const struct json *node);
size_t json_text_offset(struct arena *arena, const struct json *node, size_t offset);

/* The JSON pointer of the node: "/rules/3/check". */
struct str json_pointer(struct arena *arena, const struct json *node);

/* "a text", "a list" …: for messages. */
const char *json_type_name(enum json_kind type);

#endif
