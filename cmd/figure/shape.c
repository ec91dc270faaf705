/* Shapes as they are read. */
#include "figure/shape.h"

#include <string.h>

#include "base/arena.h"
#include "figure/shape_tree.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const char *const shape_members[] = {"$schema", "shape",   "note", "for", "lang",  "rounding", "dims",
                                            "totals",  "figures", "rows", "id",  "value", "unit",     "label"};
static const char *const figure_members[] = {"path", "label", "unit", "dims", "decimals", "exact", "note"};

static bool is_there(const struct json *node) { return node->type != JSON_NONE; }

static bool wrong_type(struct diag *diag, const struct json *node, const char *member, const char *expected)
{
    return json_fail(diag, node, "\"%s\" is %s; it should be %s", member, json_type_name(node->type), expected);
}

static bool read_text(struct diag *diag, const struct json *record, const char *member, struct str *out)
{
    const struct json *node = json_member(record, str_from(member));
    if (is_there(node) && node->type != JSON_TEXT)
        return wrong_type(diag, node, member, "a text");
    *out = node->text;
    return true;
}

/* The value of a dim that does not depend on the data: a text, or a number as it is written. */
static bool read_constant(struct shape *shape, struct diag *diag, const struct json *node, struct str *out)
{
    if (node->type == JSON_NUMBER) {
        size_t start = json_offset(shape->arena, node), end = start;
        struct str bytes = node->source->bytes;
        while (end < bytes.len && memchr("+-.0123456789Ee", bytes.ptr[end], 15))
            end++;
        *out = str_part(bytes, start, end);
        return true;
    }
    if (node->type != JSON_TEXT)
        return json_fail(diag, node, "a dim is %s; it should be a text or a number", json_type_name(node->type));
    if (str_starts(node->text, STR("@")))
        return json_fail(diag, node, "a member of the data is a dim in a path, {@%.*s}, or of \"rows\"",
                         STR_ARG(str_part(node->text, 1, node->text.len)));
    *out = node->text;
    return true;
}

static bool read_dims(struct shape *shape, struct diag *diag, const struct json *node, struct dims *out)
{
    if (!is_there(node))
        return true;
    if (node->type != JSON_RECORD)
        return wrong_type(diag, node, "dims", "an object of texts");
    struct dim *items = ARENA_ARRAY(shape->arena, struct dim, node->count);
    struct str twice;
    for (size_t i = 0; i < node->count; i++) {
        items[i].name = node->items[i].key;
        if (!read_constant(shape, diag, &node->items[i], &items[i].value))
            return false;
    }
    dims_sort(items, node->count, &twice); /* jansson has refused a name that stands twice */
    *out = (struct dims){items, node->count};
    return true;
}

static bool read_totals(struct shape *shape, struct diag *diag)
{
    const struct json *totals = json_member(shape->root, STR("totals"));
    if (is_there(totals) && totals->type != JSON_RECORD)
        return wrong_type(diag, totals, "totals", "an object of lists of texts");
    for (size_t i = 0; i < totals->count; i++) {
        const struct json *list = &totals->items[i];
        if (list->type != JSON_LIST)
            return json_fail(diag, list, "a dim's totals are a list of texts");
        for (size_t j = 0; j < list->count; j++) {
            if (list->items[j].type != JSON_TEXT)
                return json_fail(diag, &list->items[j], "a dim's totals are a list of texts");
            *LIST_ADD(shape->arena, &shape->totals) =
                (struct dim){.name = list->key, .value = list->items[j].text, .total = true};
        }
    }
    return true;
}

static bool read_rounding(struct shape *shape, struct diag *diag)
{
    const struct json *node = json_member(shape->root, STR("rounding"));
    shape->has_rounding = is_there(node);
    return !is_there(node) || (node->type == JSON_TEXT && rounding_from_name(node->text, &shape->rounding)) ||
           json_fail(diag, node, "\"rounding\" should be nearest, half-even, truncation, floor or ceiling");
}

static bool read_lang(struct shape *shape, struct lexicons *lexicons, struct diag *diag)
{
    struct diag unknown = {.arena = shape->arena};
    const struct json *lang = json_member(shape->root, STR("lang"));
    if (!read_text(diag, shape->root, "lang", &shape->lang))
        return false;
    return !shape->lang.len || lexicons_get(lexicons, shape->lang, &unknown) ||
           diag_message(diag, lang->source, json_offset(diag->arena, lang), unknown.message);
}

static bool read_files(struct shape *shape, struct diag *diag)
{
    const struct json *files = json_member(shape->root, STR("for"));
    if (!is_there(files))
        return true;
    if (files->type != JSON_TEXT || !files->text.len)
        return wrong_type(diag, files, "for", "a pattern of file names");
    shape->files = files;
    return shape_check_files(shape, diag);
}

static bool read_head(struct shape *shape, struct lexicons *lexicons, struct diag *diag)
{
    if (shape->root->type != JSON_RECORD)
        return json_fail(diag, shape->root, "a shape is %s; it should be an object", json_type_name(shape->root->type));
    struct str unused;
    if (!json_members_known(diag, shape->root, shape_members, COUNT_OF(shape_members)) ||
        !read_text(diag, shape->root, "$schema", &unused) || !read_text(diag, shape->root, "note", &unused) ||
        !read_text(diag, shape->root, "shape", &shape->name))
        return false;
    if (!shape->name.len)
        return json_fail(diag, shape->root, "a shape needs a \"shape\": its name");
    return read_lang(shape, lexicons, diag) && read_rounding(shape, diag) && read_totals(shape, diag) &&
           read_files(shape, diag);
}

static size_t add_part(struct shape *shape, const struct json *node)
{
    *LIST_ADD(shape->arena, &shape->parts) = (struct shape_part){.node = node};
    return shape->parts.count - 1;
}

/* ---- Figures by paths ---- */

static bool read_precision(struct diag *diag, const struct json *record, struct precision *out)
{
    const struct json *decimals = json_member(record, STR("decimals")), *exact = json_member(record, STR("exact"));
    out->has_decimals = is_there(decimals);
    if (out->has_decimals) {
        double places = decimals->number;
        if (decimals->type != JSON_NUMBER || places < -MAX_DECIMALS || places > MAX_DECIMALS ||
            (double)(int)places != places)
            return json_fail(diag, decimals, "\"decimals\" should be a whole number from -100 to 100");
        out->decimals = (int)places;
    }
    if (is_there(exact) && exact->type != JSON_BOOLEAN)
        return wrong_type(diag, exact, "exact", "true or false");
    out->exact = exact->truth;
    return true;
}

/* "/{period=@data}/totale_casi", or an object with that as its "path". */
static bool read_figure(struct shape *shape, struct diag *diag, const struct json *node, struct str id)
{
    struct shape_leaf leaf = {.id = id};
    struct shape_names taken = {0};
    struct shape_tree *end;
    struct str unused;
    const struct json *path = node;
    if (node->type == JSON_RECORD) {
        path = json_member(node, STR("path"));
        if (!json_members_known(diag, node, figure_members, COUNT_OF(figure_members)) ||
            !read_text(diag, node, "note", &unused) || !read_text(diag, node, "label", &leaf.label) ||
            !read_text(diag, node, "unit", &leaf.unit) ||
            !read_dims(shape, diag, json_member(node, STR("dims")), &leaf.dims) ||
            !read_precision(diag, node, &leaf.precision))
            return false;
        if (!is_there(path))
            return json_fail(diag, node, "a figure needs a \"path\"");
    }
    for (size_t i = 0; i < leaf.dims.count; i++)
        *LIST_ADD(shape->arena, &taken) = leaf.dims.items[i].name;
    if (!shape_add_path(shape, path, &taken, &end, diag))
        return false;
    leaf.part = add_part(shape, path);
    *LIST_ADD(shape->arena, &end->leaves) = leaf;
    return true;
}

/* "/…", {"path": "/…", "unit": "…"}, or a list of such: ["/…", {…}] */
static void read_paths(struct shape *shape, struct problems *problems, const struct json *node)
{
    struct diag diag = {.arena = shape->arena};
    if (!node->key.len)
        json_fail(&diag, node, "a figure needs a name");
    else if (node->type != JSON_LIST)
        read_figure(shape, &diag, node, node->key);
    else if (!node->count)
        json_fail(&diag, node, "a figure needs a path at least");
    problems_take(problems, &diag);
    for (size_t i = 0; node->key.len && node->type == JSON_LIST && i < node->count; i++) {
        read_figure(shape, &diag, &node->items[i], node->key);
        problems_take(problems, &diag);
    }
}

static bool read_figures(struct shape *shape, struct diag *diag, struct problems *problems)
{
    const struct json *figures = json_member(shape->root, STR("figures"));
    if (figures->type != JSON_RECORD)
        return wrong_type(diag, figures, "figures", "an object: for each figure its id and its path");
    if (!read_dims(shape, diag, json_member(shape->root, STR("dims")), &shape->dims))
        return false;
    for (size_t i = 0; i < figures->count; i++)
        read_paths(shape, problems, &figures->items[i]);
    return shape->parts.count || problems->count || json_fail(diag, figures, "a shape needs a figure at least");
}

/* ---- Long tables ---- */

/* "@name", a member of each row; or a text for all rows. */
static bool read_column(struct shape *shape, struct diag *diag, const struct json *node, struct shape_column *out)
{
    out->member = node->type == JSON_TEXT && str_starts(node->text, STR("@"));
    if (!is_there(node))
        return true;
    if (!out->member)
        return read_constant(shape, diag, node, &out->constant);
    out->part = add_part(shape, node);
    return shape_read_member(shape, node, &out->from, diag);
}

/* Columns are kept in order of their dims' names. */
static bool read_dim_columns(struct shape *shape, struct diag *diag)
{
    const struct json *dims = json_member(shape->root, STR("dims"));
    if (is_there(dims) && dims->type != JSON_RECORD)
        return wrong_type(diag, dims, "dims", "an object: for each dim its column");
    for (size_t i = 0; i < dims->count; i++) {
        struct shape_column column = {.dim = dims->items[i].key};
        if (!read_column(shape, diag, &dims->items[i], &column))
            return false;
        size_t at = shape->columns.count;
        (void)LIST_ADD(shape->arena, &shape->columns);
        for (; at && str_compare(shape->columns.items[at - 1].dim, column.dim) > 0; at--)
            shape->columns.items[at] = shape->columns.items[at - 1];
        shape->columns.items[at] = column;
    }
    return true;
}

static bool read_rows(struct shape *shape, struct diag *diag, const struct json *rows)
{
    const struct json *id = json_member(shape->root, STR("id")), *value = json_member(shape->root, STR("value"));
    struct shape_leaf leaf = {.rows = true};
    struct shape_names taken = {0};
    struct shape_tree *end;
    if (!is_there(id) || !is_there(value))
        return json_fail(diag, shape->root, "\"rows\" need an \"id\" and a \"value\"");
    if (id->type != JSON_TEXT || !id->text.len)
        return wrong_type(diag, id, "id", "a column, @name, or an id for all rows");
    if (value->type != JSON_TEXT || !str_starts(value->text, STR("@")))
        return json_fail(diag, value, "\"value\" should be a column: @name");
    if (!read_column(shape, diag, id, &shape->id) || !read_column(shape, diag, value, &shape->value) ||
        !read_column(shape, diag, json_member(shape->root, STR("unit")), &shape->unit) ||
        !read_column(shape, diag, json_member(shape->root, STR("label")), &shape->label) ||
        !read_dim_columns(shape, diag))
        return false;
    for (size_t i = 0; i < shape->columns.count; i++)
        *LIST_ADD(shape->arena, &taken) = shape->columns.items[i].dim;
    if (!shape_add_path(shape, rows, &taken, &end, diag))
        return false;
    leaf.part = add_part(shape, rows);
    *LIST_ADD(shape->arena, &end->leaves) = leaf;
    return true;
}

/* Columns say something of rows alone. */
static bool check_form(struct shape *shape, struct diag *diag)
{
    static const char *const columns[] = {"id", "value", "unit", "label"};
    bool figures = is_there(json_member(shape->root, STR("figures")));
    bool rows = is_there(json_member(shape->root, STR("rows")));
    if (figures == rows)
        return json_fail(diag, shape->root, "a shape has either \"figures\" or \"rows\"");
    for (size_t i = 0; !rows && i < COUNT_OF(columns); i++) {
        const struct json *node = json_member(shape->root, str_from(columns[i]));
        if (is_there(node))
            return json_fail(diag, node, "\"%s\" is a column of \"rows\", and there are none", columns[i]);
    }
    return true;
}

struct shape *shape_read(struct arena *arena, struct source *source, struct lexicons *lexicons,
                         struct problems *problems)
{
    struct diag diag = {.arena = arena};
    struct shape *shape = ARENA_NEW(arena, struct shape);
    *shape = (struct shape){.arena = arena, .root = json_read(arena, source, &diag), .tree.keys.arena = arena};
    bool ok = shape->root && read_head(shape, lexicons, &diag) && check_form(shape, &diag);
    problems_take(problems, &diag);
    if (!ok)
        return NULL;
    const struct json *rows = json_member(shape->root, STR("rows"));
    ok = is_there(rows) ? read_rows(shape, &diag, rows) : read_figures(shape, &diag, problems);
    problems_take(problems, &diag);
    return ok && shape->parts.count ? shape : NULL;
}

bool shape_has_files(const struct shape *shape) { return shape->files; }

struct str shape_name(const struct shape *shape) { return shape->name; }

bool shape_matched(const struct shape *shape) { return shape->last; }

void shape_report(const struct shape *shape, struct problems *problems)
{
    size_t matches = 0;
    struct source *source = shape->root->source;
    for (size_t i = 0; i < shape->parts.count; i++)
        matches += shape->parts.items[i].matches;
    if (!shape->applied && shape->files)
        problems_warn(problems, source, json_offset(problems->arena, shape->files), "no file is called \"%.*s\"",
                      STR_ARG(shape->files->text));
    else if (!shape->applied)
        problems_warn(problems, source, 0, "the shape \"%.*s\" was of use for no file", STR_ARG(shape->name));
    for (size_t i = 0; matches && i < shape->parts.count; i++)
        if (!shape->parts.items[i].matches)
            problems_warn(problems, source, json_offset(problems->arena, shape->parts.items[i].node),
                          "\"%.*s\" has matched nothing", STR_ARG(shape->parts.items[i].node->text));
}
