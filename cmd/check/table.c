#include "check/table.h"

#include "base/arena.h"

struct reading_table {
    struct arena *arena;
    struct draft *draft;
    const struct table *table;
    size_t at; /* of the table in the document */
    enum rounding rounding;
    struct headings *headings;
    struct table_grid *grid;
    const struct cell **covers; /* the cell that covers each place of the grid, or NULL */
    size_t first_row;           /* the first one with a number */
};

/* ---- numbers ---- */

static struct str cell_text(const struct draft *draft, const struct cell *cell)
{
    return str_part(draft->document.text, cell->start, cell->end);
}

size_t table_mention_from(const struct draft *draft, size_t start)
{
    const struct mentions *mentions = &draft->mentions;
    size_t low = 0, high = mentions->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (mentions->items[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_summable_kind(enum notation_kind kind)
{
    switch (kind) {
    case NOTATION_COUNT:
    case NOTATION_MONEY:
    case NOTATION_PERCENT:
    case NOTATION_POINTS:
    case NOTATION_DURATION:
    case NOTATION_MEASURE:
        return true;
    case NOTATION_ORDINAL:
    case NOTATION_FRACTION:
    case NOTATION_MULTIPLE:
    case NOTATION_RANGE:
    case NOTATION_AGE:
    case NOTATION_YEAR:
    case NOTATION_NOT_A_FIGURE:
        break;
    }
    return false;
}

/* What may stand behind the number of a cell: "*", "(p)", "habitants". */
static bool is_harmless(struct str rest)
{
    enum { LONGEST = 40 };
    for (size_t i = 0; i < rest.len; i++)
        if (rest.ptr[i] >= '0' && rest.ptr[i] <= '9')
            return false;
    return rest.len <= LONGEST;
}

/* The one number of a cell, as the recogniser read it. "(1 250)" is below zero; what looks like a register number or a
 * year may well be a count here. */
static bool read_notation(struct reading_table *r, const struct cell *cell, struct notation *out, size_t *end)
{
    const struct mentions *mentions = &r->draft->mentions;
    struct str text = cell_text(r->draft, cell);
    size_t at = table_mention_from(r->draft, cell->start);
    const struct mention *m = at < mentions->count ? &mentions->items[at] : NULL;
    const char *why;
    *end = cell->end;
    if (!m || m->start >= cell->end || (at + 1 < mentions->count && m[1].start < cell->end))
        return false;
    bool whole = m->start == cell->start && m->end == cell->end;
    if (m->what == NOT_A_FIGURE_NONE && m->start == cell->start) {
        *out = m->notation;
        *end = m->end;
        return is_harmless(str_part(r->draft->document.text, m->end, cell->end));
    }
    bool bracketed = str_starts(text, STR("(")) && str_ends(text, STR(")")) &&
                     (m->what == NOT_A_FIGURE_NONE || m->what == NOT_A_FIGURE_NUMBERING);
    bool mistaken = whole && (m->what == NOT_A_FIGURE_YEAR || m->what == NOT_A_FIGURE_REGISTER ||
                              m->what == NOT_A_FIGURE_ADDRESS || m->what == NOT_A_FIGURE_PHONE);
    return (bracketed || mistaken) && notation_read(r->arena, r->draft->lexicon, text, out, &why) &&
           (!bracketed || number_sign(out->value) < 0);
}

static bool is_year(const struct notation *notation)
{
    return notation->kind == NOTATION_COUNT && !notation->decimals && notation->text.len == 4 &&
           number_compare(notation->value, number_int(1900)) >= 0 &&
           number_compare(notation->value, number_int(2100)) <= 0;
}

/* The unit that a heading announces, for numbers that did not take it when the draft was read. */
static void take_unit(struct reading_table *r, const struct cell *cell, struct notation *notation)
{
    if (notation->unit.kind != UNIT_COUNT || notation->scaled)
        return;
    struct str unit = headings_unit(r->headings, r->at, (size_t)(cell - r->table->cells), !is_year(notation));
    struct notation with_unit = *notation;
    if (unit.len && notation_set_unit(r->arena, r->draft->lexicon, &with_unit, unit))
        *notation = with_unit;
}

static void add_value(struct reading_table *r, const struct cell *cell)
{
    struct table_grid *grid = r->grid;
    struct notation notation;
    size_t end;
    if (!read_notation(r, cell, &notation, &end))
        return;
    take_unit(r, cell, &notation);
    if (!is_summable_kind(notation.kind))
        return;
    struct interval interval = notation_interval(r->arena, &notation, r->rounding);
    struct number factor = notation.unit.factor;
    grid->values[cell->row * grid->column_count + cell->column] = (struct table_value){
        .cell = cell,
        .notation = arena_copy(r->arena, &notation, sizeof notation),
        .number = number_mul(r->arena, notation.value, factor),
        .interval = interval_scale(r->arena, interval, factor),
        .row = cell->row,
        .column = cell->column,
        .start = cell->start,
        .end = end,
    };
    grid->rows[cell->row].numbers++;
    grid->columns[cell->column].numbers++;
}

/* A header bears no number, but in a row of totals that is all headers, below others. */
static void add_values(struct reading_table *r)
{
    const struct table *table = r->table;
    r->first_row = table->rows;
    for (size_t i = 0; i < table->cell_count; i++) {
        const struct cell *cell = &table->cells[i];
        bool names = cell->header && (!cell->column || r->first_row >= cell->row);
        if (names || cell->start == cell->end || cell->row >= table->rows || cell->column_span > 1 ||
            cell->row_span > 1)
            continue;
        add_value(r, cell);
        if (r->grid->rows[cell->row].numbers && cell->row < r->first_row)
            r->first_row = cell->row;
    }
}

/* ---- headings ---- */

static void cover(struct reading_table *r)
{
    const struct table_grid *grid = r->grid;
    r->covers = ARENA_ARRAY(r->arena, const struct cell *, grid->row_count * grid->column_count);
    for (size_t i = 0; i < r->table->cell_count; i++) {
        const struct cell *cell = &r->table->cells[i];
        for (size_t row = cell->row; row < cell->row + cell->row_span && row < grid->row_count; row++)
            for (size_t column = cell->column; column < cell->column + cell->column_span && column < grid->column_count;
                 column++)
                r->covers[row * grid->column_count + column] = cell;
    }
}

static bool is_text(const struct reading_table *r, const struct cell *cell)
{
    const struct table_grid *grid = r->grid;
    return cell && cell->end > cell->start && !grid->values[cell->row * grid->column_count + cell->column].notation;
}

/* Takes one heading of a line, from the nearest on. One that spans several lines heads a group of them. */
static void take_heading(struct reading_table *r, struct table_line *line, const struct cell *cell, size_t span)
{
    unsigned words = lexicon_table_words(r->draft->lexicon, cell_text(r->draft, cell));
    if (!line->label.len && (span == 1 || !line->words)) {
        line->words |= words;
        line->label = span == 1 ? cell_text(r->draft, cell) : line->label;
    } else if (span == 1) {
        line->words |= words & ~(unsigned)(TABLE_TOTALS | TABLE_PARTS);
    } else {
        line->words |= words & ~(unsigned)(TABLE_TOTALS | TABLE_PARTS);
        line->aside |= (words & TABLE_TOTALS) != 0;
    }
}

/* The headings of a column stand above its first number, the nearest counts most. */
static void head_columns(struct reading_table *r)
{
    struct table_grid *grid = r->grid;
    for (size_t column = 0; column < grid->column_count; column++) {
        const struct cell *last = NULL;
        for (size_t row = r->first_row; row-- > 0;) {
            const struct cell *cell = r->covers[row * grid->column_count + column];
            if (cell != last && is_text(r, cell) && cell->column_span < grid->column_count)
                take_heading(r, &grid->columns[column], cell, cell->column_span);
            last = cell;
        }
    }
}

/* The headings of a row stand before its first number. */
static void head_rows(struct reading_table *r)
{
    struct table_grid *grid = r->grid;
    for (size_t row = r->first_row; row < grid->row_count; row++) {
        size_t first = 0;
        while (first < grid->column_count && !grid->values[row * grid->column_count + first].notation)
            first++;
        const struct cell *last = NULL;
        for (size_t column = first; column-- > 0;) {
            const struct cell *cell = r->covers[row * grid->column_count + column];
            if (cell != last && is_text(r, cell))
                take_heading(r, &grid->rows[row], cell, cell->row_span);
            last = cell;
        }
    }
}

/* ---- lines ---- */

/* A line of years is a heading, whatever the markup says. */
static void set_years_aside(struct reading_table *r, bool across)
{
    struct table_view view = {r->grid, across};
    for (size_t i = 0; i < table_lines(&view); i++) {
        size_t years = 0;
        struct table_line *line = across ? &r->grid->columns[i] : &r->grid->rows[i];
        for (size_t j = 0; j < table_tracks(&view); j++) {
            const struct table_value *value = table_value(&view, i, j);
            years += value && is_year(value->notation);
        }
        if (years && years == line->numbers)
            line->words |= TABLE_RATES;
    }
}

/* Under "Part", "12,5" is 12.5 %. Of numbers that are shares nearly all are at most 100. */
static bool is_percent(const struct table_view *view, size_t line)
{
    size_t numbers = 0, beyond = 0;
    for (size_t i = 0; i < table_tracks(view); i++) {
        const struct table_value *value = table_value(view, line, i);
        if (!value)
            continue;
        if (value->notation->kind != NOTATION_COUNT || value->notation->scaled || number_sign(value->number) < 0)
            return false;
        numbers++;
        beyond += number_compare(value->number, number_int(100)) > 0;
    }
    return beyond * 3 <= numbers;
}

static void make_percent(struct reading_table *r, bool across)
{
    struct table_view view = {r->grid, across};
    for (size_t i = 0; i < table_lines(&view); i++) {
        bool percent = table_says(table_line(&view, i), TABLE_SHARES) && is_percent(&view, i);
        for (size_t j = 0; percent && j < table_tracks(&view); j++) {
            struct table_value *value = (struct table_value *)table_value(&view, i, j);
            struct notation *notation = value ? arena_copy(r->arena, value->notation, sizeof *notation) : NULL;
            if (!value || !notation_set_unit(r->arena, r->draft->lexicon, notation, STR("%")))
                continue;
            value->notation = notation;
            value->number = number_mul(r->arena, notation->value, notation->unit.factor);
            value->interval =
                interval_scale(r->arena, notation_interval(r->arena, notation, r->rounding), notation->unit.factor);
        }
    }
}

bool table_read(struct arena *arena, struct draft *draft, struct headings *headings, enum rounding rounding, size_t at,
                struct table_grid *out)
{
    enum { SPARSEST = 8, SMALLEST = 1000 };
    const struct table *table = &draft->document.tables[at];
    *out = (struct table_grid){.draft = draft, .row_count = table->rows, .column_count = table->columns};
    if (table->cell_count < 4 || table->columns < 2 || table->rows < 2 ||
        table->rows > (SPARSEST * table->cell_count + SMALLEST) / table->columns)
        return false;
    struct reading_table r = {
        .arena = arena,
        .draft = draft,
        .table = table,
        .at = at,
        .rounding = rounding,
        .headings = headings,
        .grid = out,
    };
    out->values = ARENA_ARRAY(arena, struct table_value, table->rows * table->columns);
    out->rows = ARENA_ARRAY(arena, struct table_line, table->rows);
    out->columns = ARENA_ARRAY(arena, struct table_line, table->columns);
    add_values(&r);
    if (r.first_row == table->rows)
        return false;
    cover(&r);
    head_columns(&r);
    head_rows(&r);
    set_years_aside(&r, false);
    set_years_aside(&r, true);
    make_percent(&r, false);
    make_percent(&r, true);
    return true;
}

size_t table_lines(const struct table_view *view)
{
    return view->across ? view->grid->column_count : view->grid->row_count;
}

size_t table_tracks(const struct table_view *view)
{
    return view->across ? view->grid->row_count : view->grid->column_count;
}

const struct table_line *table_line(const struct table_view *view, size_t line)
{
    return view->across ? &view->grid->columns[line] : &view->grid->rows[line];
}

const struct table_line *table_track(const struct table_view *view, size_t track)
{
    return view->across ? &view->grid->rows[track] : &view->grid->columns[track];
}

const struct table_value *table_value(const struct table_view *view, size_t line, size_t track)
{
    size_t row = view->across ? track : line, column = view->across ? line : track;
    const struct table_value *value = &view->grid->values[row * view->grid->column_count + column];
    return value->notation ? value : NULL;
}

bool table_says(const struct table_line *line, unsigned words) { return (line->words & words) != 0; }
