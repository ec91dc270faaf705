/* shape_tree: a shape as it is read, and the tree that its paths make. Inside cmd/figure/shape*.c only.
 *
 *     "/{period=@data}/totale_casi", "/{period=@data}/deceduti"
 *
 *     root -- {period=@data} --+-- totale_casi: leaf "cases"
 *                              +-- deceduti:    leaf "deaths"
 */
#ifndef FIGURE_SHAPE_TREE_H
#define FIGURE_SHAPE_TREE_H

#include "base/map.h"
#include "figure/intake.h"
#include "figure/shape.h"
#include "read/json.h"

/* A member, or a member of a member: @date, @fields/date. No key: the key of the value itself. */
struct shape_member {
    const struct str *keys;
    size_t count;
};

/* Something that may match nothing, which is then told at its place. */
struct shape_part {
    const struct json *node;
    size_t matches;
};

/* Where a dim's value is found. */
struct shape_capture {
    struct str dim;
    struct shape_member from;
};

/* What stands at the end of a path: a figure, or a list of rows. */
struct shape_leaf {
    size_t part; /* of the shape's parts: the path */
    struct str id, label, unit;
    struct precision precision;
    struct dims dims;
    bool rows;
};

/* A segment with braces: takes every member or element whose name has this prefix and suffix, with dims. */
struct shape_edge {
    struct str text; /* as written: equal texts are one edge */
    struct str prefix, suffix;
    const struct shape_capture *captures; /* in order of dims */
    size_t count;
    struct shape_tree *to;
};

struct shape_tree {
    struct map keys; /* to struct shape_tree, by member name or index */
    bool by_name;    /* names and indexes matter here: for a key, or for a dim that is one */
    struct {
        struct shape_edge *items;
        size_t count, room;
    } edges;
    struct {
        struct shape_leaf *items;
        size_t count, room;
    } leaves;
};

/* A column of a long table: a member of each row, or the same text for all. */
struct shape_column {
    struct str dim; /* of a column that is a dim */
    bool member;
    struct str constant;
    struct shape_member from;
    size_t part; /* of a member */
};

struct shape {
    struct arena *arena;
    const struct json *root, *files; /* files: the "for" member */
    struct str name, lang;
    bool has_rounding;
    enum rounding rounding;
    struct dims dims;
    struct totals totals;
    struct shape_tree tree;
    struct {
        struct shape_part *items;
        size_t count, room;
    } parts;
    struct shape_column id, value, unit, label; /* of rows */
    struct {
        struct shape_column *items;
        size_t count, room;
    } columns;            /* of rows, those that are dims; in order of dims */
    size_t applied, last; /* how often it was; how many values matched then */
};

/* Names of dims. */
struct shape_names {
    struct str *items;
    size_t count, room;
};

/* shape_path.c: puts a path into the tree; *end is where it leads. `taken` are dims that are taken already, and are
 * those of the path too afterwards: none may be taken twice. */
bool shape_add_path(struct shape *shape, const struct json *path, struct shape_names *taken, struct shape_tree **end,
                    struct diag *diag);

/* The text of a column, "@date" or "@fields/date", as a member. */
bool shape_read_member(struct shape *shape, const struct json *column, struct shape_member *out, struct diag *diag);

/* shape_files.c: is the pattern of "for" well formed? */
bool shape_check_files(struct shape *shape, struct diag *diag);

#endif
