#include "read/builder.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"

/* Spans reach no further than this column, so that a table's size is bounded by that of its source; HTML itself allows
 * spans of 1000 columns. Cells behind it all stand in the last column. */
enum { MAX_COLUMNS = 1024 };

/* A cell that reaches down a column: no other cell stands there before row `until`. */
struct reach {
    size_t until, cell;
};

struct builder_table {
    struct builder_table *outer;
    size_t index; /* in the builder's tables */
    struct {
        struct cell *items;
        size_t count, room;
    } cells;
    struct {
        enum builder_header *items;
        size_t count, room;
    } headers; /* of each cell */
    struct {
        struct reach *items;
        size_t count, room;
    } reach; /* of each column */
    size_t rows, column;
    size_t first_block; /* of the open cell */
    bool in_cell;
};

void builder_place_in_table(const struct builder *b, struct block *block)
{
    const struct builder_table *t = b->table;
    if (!t)
        return;
    if (t->in_cell)
        block->cell = t->cells.count - 1;
    else if (block->kind != BLOCK_CAPTION)
        return;
    else if (b->tables.items[t->index].caption == DOCUMENT_NONE)
        b->tables.items[t->index].caption = b->blocks.count - 1;
    block->table = t->index;
}

void builder_table(struct builder *b)
{
    struct builder_table *t = ARENA_NEW(b->arena, struct builder_table);
    t->outer = b->table;
    t->index = b->tables.count;
    *LIST_ADD(b->arena, &b->tables) = (struct table){.caption = DOCUMENT_NONE};
    b->table = t;
}

void builder_row(struct builder *b)
{
    if (!b->table)
        return;
    builder_cell_end(b);
    b->table->rows++;
    b->table->column = 0;
}

void builder_cell(struct builder *b, enum builder_header header, size_t row_span, size_t column_span)
{
    struct builder_table *t = b->table;
    if (!t)
        return;
    if (!t->rows)
        builder_row(b);
    builder_cell_end(b);
    size_t row = t->rows - 1;
    while (t->column < t->reach.count && t->column < MAX_COLUMNS - 1 && t->reach.items[t->column].until > row)
        t->column++;
    if (column_span > MAX_COLUMNS - t->column)
        column_span = MAX_COLUMNS - t->column;
    *LIST_ADD(b->arena, &t->cells) = (struct cell){
        .row = row,
        .column = t->column,
        .row_span = row_span,
        .column_span = column_span,
        .header = header != HEADER_NONE,
        .column_header = DOCUMENT_NONE,
        .row_header = DOCUMENT_NONE,
    };
    *LIST_ADD(b->arena, &t->headers) = header;
    while (t->reach.count < t->column + column_span)
        *LIST_ADD(b->arena, &t->reach) = (struct reach){0, 0};
    for (size_t i = t->column; i < t->column + column_span; i++)
        t->reach.items[i].until = row + row_span;
    t->column += t->column + column_span < MAX_COLUMNS ? column_span : MAX_COLUMNS - 1 - t->column;
    t->in_cell = true;
    t->first_block = b->blocks.count;
}

void builder_cell_end(struct builder *b)
{
    struct builder_table *t = b->table;
    if (!t || !t->in_cell)
        return;
    struct cell *cell = &t->cells.items[t->cells.count - 1];
    cell->start = cell->end = b->text.len;
    if (b->blocks.count > t->first_block) {
        cell->start = b->blocks.items[t->first_block].start;
        cell->end = b->blocks.items[b->blocks.count - 1].end;
    }
    t->in_cell = false;
}

/* Header cells of which the source does not say whether they head a column or a row: a row of headers alone heads
 * columns (a plain reading of https://html.spec.whatwg.org/multipage/tables.html#header-and-data-cell-semantics). */
static void settle_headers(struct builder_table *t)
{
    for (size_t first = 0, end; first < t->cells.count; first = end) {
        bool data = false;
        for (end = first; end < t->cells.count && t->cells.items[end].row == t->cells.items[first].row; end++)
            data |= t->headers.items[end] == HEADER_NONE;
        for (size_t i = first; i < end; i++)
            if (t->headers.items[i] == HEADER_AUTO)
                t->headers.items[i] = data ? HEADER_ROW : HEADER_COLUMN;
    }
}

/* Whether a cell names something rather than counting it: it is empty, a year, or does not begin with a digit. */
static bool is_label(const struct builder *b, const struct cell *cell)
{
    struct str text = {b->text.ptr + cell->start, cell->end - cell->start};
    size_t digits = 0;
    while (digits < text.len && isdigit((unsigned char)text.ptr[digits]))
        digits++;
    if (digits == 4 && text.len == 4)
        return true;
    return !digits && !(text.len > 1 && strchr("+-(", *text.ptr) && isdigit((unsigned char)text.ptr[1]));
}

/* Pages made by office programs mark no headers, and Markdown none of rows. Where no cell heads a column, a first row
 * of labels does when figures follow; where none heads a row, a first column of labels does. */
static void guess_headers(const struct builder *b, struct builder_table *t)
{
    bool columns = true, rows = true, figures = false;
    for (size_t i = 0; i < t->cells.count; i++) {
        const struct cell *cell = &t->cells.items[i];
        bool label = is_label(b, cell);
        columns &= t->headers.items[i] != HEADER_COLUMN && (cell->row > 0 || label);
        rows &= t->headers.items[i] != HEADER_ROW;
        figures |= cell->row > 0 && !label;
    }
    for (size_t i = 0; i < t->cells.count; i++) {
        const struct cell *cell = &t->cells.items[i];
        if (t->headers.items[i] != HEADER_NONE)
            continue;
        if (cell->row == 0 && columns && figures)
            t->headers.items[i] = HEADER_COLUMN;
        else if (cell->column == 0 && rows && cell->end > cell->start && is_label(b, cell))
            t->headers.items[i] = HEADER_ROW;
    }
}

/* Gives each cell its nearest headers. */
static void link_headers(struct arena *arena, struct builder_table *t)
{
    size_t columns = t->reach.count, left = DOCUMENT_NONE, passed = 0;
    size_t *above = ARENA_ARRAY(arena, size_t, columns);
    struct reach *beside = ARENA_ARRAY(arena, struct reach, columns);
    for (size_t i = 0; i < columns; i++)
        above[i] = DOCUMENT_NONE;
    for (size_t i = 0; i < t->cells.count; i++) {
        struct cell *cell = &t->cells.items[i];
        if (!i || cell->row != cell[-1].row) {
            left = DOCUMENT_NONE;
            passed = 0;
        }
        for (; passed < cell->column; passed++)
            if (beside[passed].until > cell->row)
                left = beside[passed].cell;
        cell->column_header = above[cell->column];
        cell->row_header = left;
        for (size_t c = cell->column; c < cell->column + cell->column_span && t->headers.items[i]; c++)
            if (t->headers.items[i] == HEADER_COLUMN)
                above[c] = i;
            else
                beside[c] = (struct reach){cell->row + cell->row_span, i};
    }
}

void builder_table_end(struct builder *b)
{
    struct builder_table *t = b->table;
    if (!t)
        return;
    builder_cell_end(b);
    settle_headers(t);
    guess_headers(b, t);
    link_headers(b->arena, t);
    for (size_t i = 0; i < t->cells.count; i++)
        if (t->cells.items[i].row_span > t->rows - t->cells.items[i].row)
            t->cells.items[i].row_span = t->rows - t->cells.items[i].row;
    struct table *table = &b->tables.items[t->index];
    table->cells = t->cells.items;
    table->cell_count = t->cells.count;
    table->rows = t->rows;
    table->columns = t->reach.count;
    /* A caption that was but the mark of a note is gone by now, and another block may have its place. */
    const struct block *caption = table->caption < b->blocks.count ? &b->blocks.items[table->caption] : NULL;
    if (!caption || caption->kind != BLOCK_CAPTION || caption->table != t->index)
        table->caption = DOCUMENT_NONE;
    b->table = t->outer;
}
