/* members: the reserved members of an object, found in one walk, and held to their types. schemas/dataset.schema.json
 * says the same to editors.
 *
 *     static const struct member table[] = {
 *         MEMBER(struct found, id, "id", MEMBER_TEXT, "a text"), …
 *     struct found found = {0};
 *     if (members_find(&walk, record, table, count, &found, &diag))
 *         ... found.id is the index of its value in the scan, 0 when it is not there ...
 *
 * Inside cmd/figure only.
 */
#ifndef FIGURE_MEMBERS_H
#define FIGURE_MEMBERS_H

#include "read/scan.h"

enum {
    MEMBER_TEXT = 1 << SCAN_STRING,
    MEMBER_NUMBER = 1 << SCAN_NUMBER,
    MEMBER_OBJECT = 1 << SCAN_OBJECT,
    MEMBER_LIST = 1 << SCAN_ARRAY,
    MEMBER_TRUTH = 1 << SCAN_TRUE | 1 << SCAN_FALSE,
    MEMBER_NULL = 1 << SCAN_NULL,
    MEMBER_ANY = MEMBER_TEXT | MEMBER_NUMBER | MEMBER_OBJECT | MEMBER_LIST | MEMBER_TRUTH | MEMBER_NULL
};

struct member {
    struct str name;
    unsigned types;       /* of those above */
    const char *expected; /* for the message: "a text" */
    size_t offset;        /* of a size_t in the caller's struct */
    unsigned items;       /* of a list: the types of its elements; 0: any */
    struct str required;  /* of a list of objects: a member that each must have */
};

#define MEMBER(owner, field, text, allowed, words)                                                                     \
    {                                                                                                                  \
        .name = STR_INIT(text), .types = (allowed), .expected = (words), .offset = offsetof(owner, field)              \
    }

/* What is walked, and where warnings go. */
struct member_walk {
    struct arena *arena;
    const struct scan *scan;
    struct problems *problems;
};

/* Writes the index of each reserved member's value to its place in `out`. False, with its place, at the first that has
 * the wrong type; the others are found all the same. Members of other names are metadata; one that looks like a
 * misspelt reserved name is a warning. */
bool members_find(const struct member_walk *walk, size_t record, const struct member *table, size_t count, void *out,
                  struct diag *diag);

#endif
