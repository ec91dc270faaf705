/* Shapes as they are applied: one walk over the data. */
#include "base/buf.h"
#include "figure/shape_tree.h"

struct walk {
    struct shape *shape;
    struct intake in;
    struct diag diag;
};

/* A value that is met on the way: its name there, and the object that holds it. */
struct step {
    struct str name;
    size_t at, record;
    struct dims dims;
};

/* The member of an object, or the member of a member; 0 when it is not there. */
static size_t find_member(struct walk *w, size_t at, const struct shape_member *member)
{
    for (size_t i = 0; i < member->count; i++) {
        bool object = intake_type(&w->in, at) == SCAN_OBJECT;
        at = object ? scan_member(w->in.arena, w->in.scan, at, member->keys[i]) : 0;
        if (!at)
            return 0;
    }
    return at;
}

static bool fail_member(struct walk *w, size_t at, const struct shape_member *member, struct str dim)
{
    struct str last = member->keys[member->count - 1];
    const struct scan_value *value = &w->in.scan->values[at];
    if (value->type != SCAN_OBJECT)
        return diag_at(&w->diag, w->in.scan->source, value->start,
                       "this is %s; it should be an object, whose \"%.*s\" is the dim \"%.*s\"",
                       scan_type_name((enum scan_type)value->type), STR_ARG(last), STR_ARG(dim));
    return diag_at(&w->diag, w->in.scan->source, value->start, "this object has no \"%.*s\" to be the dim \"%.*s\"",
                   STR_ARG(last), STR_ARG(dim));
}

/* The value of the dim is that at `found`; 0: there is no such member below `at`. A dim that is null is left out: the
 * figure is of the whole. */
static bool add_dim(struct walk *w, size_t at, size_t found, const struct shape_member *member, struct dim *dims,
                    size_t *count)
{
    if (!found)
        return fail_member(w, at, member, dims[*count].name);
    if (intake_type(&w->in, found) == SCAN_NULL)
        return true;
    return intake_dim_value(&w->in, &w->diag, found, &dims[(*count)++].value);
}

/* ---- What stands at the end of a path ---- */

static void take_figure(struct walk *w, const struct shape_leaf *leaf, const struct step *step)
{
    struct figure figure = {.id = leaf->id,
                            .label = leaf->label,
                            .dataset = w->in.dataset,
                            .dims = intake_lay(w->in.arena, &w->shape->totals, step->dims, leaf->dims),
                            .record_at = step->record};
    w->shape->parts.items[leaf->part].matches++;
    w->shape->last++;
    if (intake_value(&w->in, &w->diag, step->at, leaf->unit, &leaf->precision, &figure))
        intake_add(&w->in, &figure);
    problems_take(w->in.reader->problems, &w->diag);
}

/* The member of a row that is a column's; 0 for a constant, and where it is not there. */
static size_t find_cell(struct walk *w, const struct shape_column *column, size_t row)
{
    size_t at = column->member ? find_member(w, row, &column->from) : 0;
    if (at)
        w->shape->parts.items[column->part].matches++;
    return at;
}

/* Empty where it is not there, or null. */
static bool text_of_cell(struct walk *w, const struct shape_column *column, size_t row, struct str *out)
{
    *out = column->constant;
    size_t at = find_cell(w, column, row);
    if (!at || intake_type(&w->in, at) == SCAN_NULL)
        return true;
    if (intake_type(&w->in, at) == SCAN_NUMBER)
        *out = scan_raw(w->in.scan, at);
    else if (intake_type(&w->in, at) == SCAN_STRING)
        *out = intake_text(&w->in, at);
    else
        return intake_wrong_type(&w->in, &w->diag, at, column->from.keys[column->from.count - 1], "a text");
    return true;
}

static bool dims_of_row(struct walk *w, size_t row, struct dims under, struct dims *out)
{
    const struct shape *shape = w->shape;
    struct dim *dims = ARENA_ARRAY(w->in.arena, struct dim, shape->columns.count);
    size_t count = 0;
    for (size_t i = 0; i < shape->columns.count; i++) {
        const struct shape_column *column = &shape->columns.items[i];
        dims[count].name = column->dim;
        if (!column->member)
            dims[count++].value = column->constant;
        else if (!add_dim(w, row, find_cell(w, column, row), &column->from, dims, &count))
            return false;
    }
    *out = intake_lay(w->in.arena, &shape->totals, under, (struct dims){dims, count});
    return true;
}

static bool take_row(struct walk *w, size_t row, struct dims under)
{
    const struct precision none = {0};
    const struct shape *shape = w->shape;
    struct figure figure = {.dataset = w->in.dataset, .record_at = row};
    struct str unit;
    if (intake_type(&w->in, row) != SCAN_OBJECT)
        return diag_at(&w->diag, w->in.scan->source, w->in.scan->values[row].start,
                       "a row is %s; it should be an object", scan_type_name(intake_type(&w->in, row)));
    size_t value = find_cell(w, &shape->value, row);
    if (!text_of_cell(w, &shape->id, row, &figure.id) || !text_of_cell(w, &shape->unit, row, &unit) ||
        !text_of_cell(w, &shape->label, row, &figure.label) || !dims_of_row(w, row, under, &figure.dims))
        return false;
    if (!figure.id.len)
        return intake_fail(&w->in, &w->diag, row, "this row has no id");
    if (value && !intake_value(&w->in, &w->diag, value, unit, &none, &figure))
        return false;
    if (!value) {
        figure.missing = true;
        figure.value_at = row;
        figure.place = (struct place){w->in.scan->source, w->in.scan->values[row].start, w->in.scan->values[row].end};
    }
    intake_add(&w->in, &figure);
    return true;
}

static void add_row(struct walk *w, const struct shape_leaf *leaf, size_t row, struct dims under)
{
    w->shape->parts.items[leaf->part].matches++;
    w->shape->last++;
    take_row(w, row, under);
    problems_take(w->in.reader->problems, &w->diag);
}

static void take_rows(struct walk *w, const struct shape_leaf *leaf, const struct step *step)
{
    if (intake_type(&w->in, step->at) == SCAN_ARRAY) {
        SCAN_ELEMENTS (w->in.scan, step->at, row) {
            add_row(w, leaf, row, step->dims);
        }
    } else if (intake_type(&w->in, step->at) == SCAN_OBJECT) {
        SCAN_MEMBERS (w->in.scan, step->at, key) {
            add_row(w, leaf, key + 1, step->dims);
        }
    } else {
        intake_wrong_type(&w->in, &w->diag, step->at, STR("rows"), "a list of objects");
        problems_take(w->in.reader->problems, &w->diag);
    }
}

/* ---- The way there ---- */

static bool take_dims(struct walk *w, const struct shape_edge *edge, const struct step *step, struct dims *out)
{
    struct dim *dims = ARENA_ARRAY(w->in.arena, struct dim, edge->count);
    size_t count = 0, end = step->name.len - edge->suffix.len;
    for (size_t i = 0; i < edge->count; i++) {
        const struct shape_capture *capture = &edge->captures[i];
        dims[count].name = capture->dim;
        if (!capture->from.count)
            dims[count++].value = str_part(step->name, edge->prefix.len, end);
        else if (!add_dim(w, step->at, find_member(w, step->at, &capture->from), &capture->from, dims, &count))
            return false;
    }
    *out = intake_lay(w->in.arena, &w->shape->totals, step->dims, (struct dims){dims, count});
    return true;
}

static bool fits(const struct shape_edge *edge, struct str name)
{
    size_t around = edge->prefix.len + edge->suffix.len;
    return !around || (name.len > around && str_starts(name, edge->prefix) && str_ends(name, edge->suffix));
}

static void walk(struct walk *w, const struct shape_tree *tree, const struct step *step);

/* Goes on from a value by every path that passes it. */
static void pass(struct walk *w, const struct shape_tree *tree, const struct step *step)
{
    const struct shape_tree *to = tree->keys.count ? map_get(&tree->keys, step->name) : NULL;
    if (to)
        walk(w, to, step);
    for (size_t i = 0; i < tree->edges.count; i++) {
        const struct shape_edge *edge = &tree->edges.items[i];
        struct step next = *step;
        if (fits(edge, step->name) && take_dims(w, edge, step, &next.dims))
            walk(w, edge->to, &next);
        problems_take(w->in.reader->problems, &w->diag);
    }
}

/* The recursion is as deep as the paths of the shape, and never deeper than the data. */
static void walk(struct walk *w, const struct shape_tree *tree, const struct step *step)
{
    const struct scan *scan = w->in.scan;
    for (size_t i = 0; i < tree->leaves.count; i++)
        (tree->leaves.items[i].rows ? take_rows : take_figure)(w, &tree->leaves.items[i], step);
    if (!tree->keys.count && !tree->edges.count)
        return;
    struct step next = *step;
    size_t index = 0;
    if (intake_type(&w->in, step->at) == SCAN_ARRAY) {
        SCAN_ELEMENTS (scan, step->at, element) {
            next.name = tree->by_name ? str_format(w->in.arena, "%zu", index++) : (struct str){0};
            next.at = element;
            pass(w, tree, &next);
        }
    } else if (intake_type(&w->in, step->at) == SCAN_OBJECT) {
        next.record = step->at;
        SCAN_MEMBERS (scan, step->at, key) {
            next.name = intake_text(&w->in, key);
            next.at = key + 1;
            pass(w, tree, &next);
        }
    }
}

struct dataset *shape_apply(struct shape *shape, struct dataset_reader *reader, const struct scan *scan, size_t at,
                            struct dims dims)
{
    struct walk w = {.shape = shape, .in = intake_start(reader, scan), .diag = {.arena = reader->arena}};
    struct dataset *dataset = w.in.dataset;
    dataset->name = shape->name;
    if (shape->lang.len)
        dataset->lang = shape->lang;
    if (shape->has_rounding && !reader->force_rounding)
        dataset->rounding = shape->rounding;
    dataset->dims = intake_lay(reader->arena, &shape->totals, shape->dims, dims);
    w.in.lexicon = lexicons_get(reader->lexicons, dataset->lang, &w.diag);
    shape->applied++;
    shape->last = 0;
    const struct step start = {.at = at, .record = FIGURE_NO_RECORD, .dims = dataset->dims};
    if (w.in.lexicon)
        walk(&w, &shape->tree, &start);
    problems_take(reader->problems, &w.diag);
    return intake_finish(&w.in);
}
