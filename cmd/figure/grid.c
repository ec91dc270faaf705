#include "base/arena.h"
#include "base/map.h"
#include "figure/intake.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct grid_members {
    size_t grid, label, dims, fixed, columns, totals, rows, unit, status, decimals, exact, interval, other;
};
#define GRID(field, text, types, expected) MEMBER(struct grid_members, field, text, types, expected)

static const struct member grid_members[] = {
    GRID(grid, "grid", MEMBER_TEXT, "a text"),
    GRID(label, "label", MEMBER_TEXT, "a text"),
    GRID(dims, "dims", MEMBER_LIST, "a list of the dim of the rows and that of the columns"),
    GRID(fixed, "fixed", MEMBER_OBJECT, "an object of texts"),
    GRID(columns, "columns", MEMBER_LIST, "a list of texts"),
    GRID(totals, "totals", MEMBER_OBJECT, "an object of lists of texts"),
    GRID(rows, "rows", MEMBER_OBJECT, "an object: for each row its name and its cells"),
    GRID(unit, "unit", MEMBER_TEXT, "a text"),
    GRID(other, "source", MEMBER_TEXT | MEMBER_OBJECT, "a text or an object"),
    GRID(other, "note", MEMBER_TEXT, "a text"),
    GRID(status, "status", MEMBER_TEXT, "final, provisional, estimated or revised"),
    {STR_INIT("names"), MEMBER_LIST, "a list of texts", offsetof(struct grid_members, other), MEMBER_TEXT, {0}},
    GRID(other, "role", MEMBER_TEXT, "a text"),
    GRID(other, "quote", MEMBER_TEXT, "a text"),
    GRID(decimals, "decimals", MEMBER_NUMBER, "a whole number from -100 to 100"),
    GRID(exact, "exact", MEMBER_TRUTH, "true or false"),
    GRID(interval, "interval", MEMBER_OBJECT, "an object with low and high"),
    GRID(other, "anchor", MEMBER_ANY, ""),
    GRID(other, "ignore", MEMBER_ANY, ""),
    GRID(other, "meta", MEMBER_ANY, ""),
};

struct grid {
    size_t at;
    struct grid_members members;
    struct figure model; /* what all cells share */
    struct str unit;
    struct precision precision;
    struct str dims[2]; /* of the rows, of the columns */
    size_t dim_count;
    struct dims fixed;    /* of all cells */
    struct totals totals; /* of the dataset and of the grid */
    struct {
        struct str *items;
        size_t count, room;
    } columns;
};

/* "dims": ["region", "period"] or ["region"] */
static bool read_dims(struct intake *in, struct diag *diag, struct grid *grid)
{
    SCAN_ELEMENTS (in->scan, grid->members.dims, at) {
        if (intake_type(in, at) != SCAN_STRING || !intake_text(in, at).len)
            return intake_fail(in, diag, at, "the dims of a grid are texts");
        if (grid->dim_count == 2)
            return intake_fail(in, diag, at, "a grid has one dim or two: that of the rows, that of the columns");
        grid->dims[grid->dim_count++] = intake_text(in, at);
    }
    if (!grid->dim_count)
        return intake_fail(in, diag, grid->members.dims, "a grid has one dim or two, and this none");
    if (grid->dim_count == 2 && str_equal(grid->dims[0], grid->dims[1]))
        return intake_fail(in, diag, grid->members.dims, "the rows and the columns of a grid have two different dims");
    return true;
}

/* "columns": ["2023", "2024"], of a grid of two dims. */
static bool read_columns(struct intake *in, struct diag *diag, struct grid *grid)
{
    size_t columns = grid->members.columns;
    struct map known = {.arena = in->arena};
    if (grid->dim_count == 1)
        return !columns || intake_fail(in, diag, columns, "a grid of one dim has no columns: each row is its one cell");
    if (!columns)
        return intake_fail(in, diag, grid->at, "a grid of two dims needs \"columns\": the values of the second");
    SCAN_ELEMENTS (in->scan, columns, at) {
        struct str *name = LIST_ADD(in->arena, &grid->columns);
        if (!intake_dim_value(in, diag, at, name))
            return false;
        if (map_get(&known, *name))
            return diag_at(diag, in->scan->source, in->scan->values[at].start, "the column \"%.*s\" stands twice",
                           STR_ARG(*name));
        *map_put(&known, *name) = name;
    }
    return grid->columns.count || intake_fail(in, diag, columns, "a grid needs a column at least");
}

/* "fixed": {"chapter": "aides"}, beside the dims of rows and columns */
static bool read_fixed(struct intake *in, struct diag *diag, struct grid *grid)
{
    if (grid->members.fixed && !intake_dims(in, diag, grid->members.fixed, &grid->fixed))
        return false;
    for (size_t i = 0; i < grid->dim_count; i++)
        if (dims_find(grid->fixed, grid->dims[i]))
            return diag_at(diag, in->scan->source, in->scan->values[grid->members.fixed].start,
                           "\"%.*s\" is the dim of the %s", STR_ARG(grid->dims[i]), i ? "columns" : "rows");
    grid->fixed = dims_merge(in->arena, in->dataset->dims, grid->fixed);
    return true;
}

static bool has_row(struct intake *in, const struct grid *grid, struct str name)
{
    return scan_member(in->arena, in->scan, grid->members.rows, name);
}

static bool has_column(const struct grid *grid, struct str name)
{
    for (size_t i = 0; i < grid->columns.count; i++)
        if (str_equal(grid->columns.items[i], name))
            return true;
    return false;
}

/* A total that is no row and no column is a slip, and what it was meant for would be counted twice. */
static bool check_total(struct intake *in, struct diag *diag, const struct grid *grid, size_t key, size_t at)
{
    struct str dim = intake_text(in, key), name = intake_text(in, at);
    bool rows = str_equal(dim, grid->dims[0]), columns = grid->dim_count == 2 && str_equal(dim, grid->dims[1]);
    if (!rows && !columns)
        return diag_at(diag, in->scan->source, in->scan->values[key].start, "\"%.*s\" is no dim of this grid",
                       STR_ARG(dim));
    if (rows ? has_row(in, grid, name) : has_column(grid, name))
        return true;
    return diag_at(diag, in->scan->source, in->scan->values[at].start, "the total \"%.*s\" is no %s of this grid",
                   STR_ARG(name), rows ? "row" : "column");
}

static bool read_totals(struct intake *in, struct diag *diag, struct grid *grid)
{
    for (size_t i = 0; i < in->totals.count; i++)
        *LIST_ADD(in->arena, &grid->totals) = in->totals.items[i];
    if (!grid->members.totals)
        return true;
    if (!intake_totals(in, diag, grid->members.totals, &grid->totals))
        return false;
    bool known = true;
    SCAN_MEMBERS (in->scan, grid->members.totals, key) {
        SCAN_ELEMENTS (in->scan, key + 1, at) {
            known &= check_total(in, diag, grid, key, at);
            problems_take(in->reader->problems, diag);
        }
    }
    return known;
}

static bool read_head(struct intake *in, struct diag *diag, struct grid *grid)
{
    struct grid_members *m = &grid->members;
    if (!intake_members(in, diag, grid->at, grid_members, COUNT_OF(grid_members), m))
        return false;
    grid->unit = intake_text(in, m->unit);
    grid->model = (struct figure){.id = intake_text(in, m->grid),
                                  .label = intake_text(in, m->label),
                                  .dataset = in->dataset,
                                  .record_at = grid->at};
    if (!grid->model.id.len)
        return intake_fail(in, diag, m->grid, "a grid needs a name: the id of its figures");
    if (!m->dims)
        return intake_fail(in, diag, grid->at, "a grid needs \"dims\": the dim of the rows and that of the columns");
    if (!m->rows)
        return intake_fail(in, diag, grid->at, "a grid needs \"rows\"");
    return intake_status(in, diag, m->status) &&
           intake_precision(in, diag, m->decimals, m->exact, m->interval, &grid->precision) &&
           read_dims(in, diag, grid) && read_fixed(in, diag, grid) && read_columns(in, diag, grid) &&
           read_totals(in, diag, grid);
}

/* A cell in error is left out, the others are read. `column` NULL: a grid of one dim. */
static void add_cell(struct intake *in, const struct grid *grid, size_t at, struct str row, const struct str *column)
{
    struct diag diag = {.arena = in->arena};
    struct figure figure = grid->model;
    struct dim *dims = ARENA_ARRAY(in->arena, struct dim, 2);
    struct str twice;
    dims[0] = (struct dim){.name = grid->dims[0], .value = row};
    if (column)
        dims[1] = (struct dim){.name = grid->dims[1], .value = *column};
    dims_sort(dims, grid->dim_count, &twice);
    figure.dims = intake_lay(in->arena, &grid->totals, grid->fixed, (struct dims){dims, grid->dim_count});
    if (intake_value(in, &diag, at, grid->unit, &grid->precision, &figure))
        intake_add(in, &figure);
    problems_take(in->reader->problems, &diag);
}

static size_t count_elements(const struct scan *scan, size_t array)
{
    size_t count = 0;
    SCAN_ELEMENTS (scan, array, at) {
        count++;
    }
    return count;
}

/* "Bretagne": [52, 61] */
static bool read_row(struct intake *in, struct diag *diag, const struct grid *grid, size_t key)
{
    size_t row = key + 1, count, column = 0;
    struct str name = intake_text(in, key);
    if (intake_type(in, row) != SCAN_ARRAY)
        return intake_wrong_type(in, diag, row, name, "a list of cells, one for each column");
    count = count_elements(in->scan, row);
    if (count != grid->columns.count)
        return diag_at(diag, in->scan->source, in->scan->values[row].start,
                       "the row \"%.*s\" has %zu cell%s for %zu column%s", STR_ARG(name), count, count == 1 ? "" : "s",
                       grid->columns.count, grid->columns.count == 1 ? "" : "s");
    SCAN_ELEMENTS (in->scan, row, at) {
        add_cell(in, grid, at, name, &grid->columns.items[column++]);
    }
    return true;
}

void intake_grid(struct intake *in, size_t at)
{
    struct diag diag = {.arena = in->arena};
    struct grid grid = {.at = at};
    bool ok = read_head(in, &diag, &grid);
    problems_take(in->reader->problems, &diag);
    if (!ok)
        return;
    SCAN_MEMBERS (in->scan, grid.members.rows, key) {
        if (grid.dim_count == 1)
            add_cell(in, &grid, key + 1, intake_text(in, key), NULL);
        else
            read_row(in, &diag, &grid, key);
        problems_take(in->reader->problems, &diag);
    }
}
