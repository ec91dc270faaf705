/* What the tables of documents claim. Here: a column that repeats the numbers of another period, and the whole. */
#include "base/arena.h"
#include "check/table.h"

/* ---- columns that repeat ---- */

enum { FEWEST_ROWS = 5, FEWEST_DIGITS = 3 };

/* Does the heading name a period: a year, a month? */
static bool is_period(const struct tabling *t, size_t column)
{
    struct str label = t->grid.columns[column].label;
    const struct draft *draft = t->grid.draft;
    size_t start = label.len ? (size_t)(label.ptr - draft->document.text.ptr) : 0;
    for (size_t i = table_mention_from(draft, start); label.len && i < draft->mentions.count; i++) {
        const struct mention *m = &draft->mentions.items[i];
        if (m->start >= start + label.len)
            break;
        if (m->what == NOT_A_FIGURE_YEAR || m->what == NOT_A_FIGURE_DATE || m->what == NOT_A_FIGURE_PERIOD)
            return true;
    }
    return false;
}

/* How many rows both columns fill, with equal numbers; 0 when some differ. *long_ones are those that are long enough
 * not to be equal by accident, and unlike the one before. */
static size_t equal_rows(const struct tabling *t, size_t a, size_t b, size_t *long_ones)
{
    struct table_view view = {&t->grid, false};
    struct number last = number_int(0);
    size_t count = 0;
    *long_ones = 0;
    for (size_t row = 0; row < t->grid.row_count; row++) {
        const struct table_value *x = table_value(&view, row, a), *y = table_value(&view, row, b);
        if (!x != !y || (x && !number_equal(x->number, y->number)))
            return 0;
        if (!x)
            continue;
        count++;
        size_t digits = 0;
        for (size_t i = 0; i < x->notation->text.len; i++)
            digits += x->notation->text.ptr[i] >= '0' && x->notation->text.ptr[i] <= '9';
        *long_ones += digits >= FEWEST_DIGITS && !number_equal(x->number, last);
        last = x->number;
    }
    return count;
}

static void add_repeat(struct tabling *t, size_t a, size_t b, size_t rows, enum severity severity)
{
    struct checking *c = t->c;
    struct table_view view = {&t->grid, false};
    struct finding finding = check_finding(c, STR("crossfoot/table-repeat"), KIND_RESTATE, severity, (struct dims){0});
    finding.verdict = VERDICT_INCONSISTENT;
    finding.terms = ARENA_ARRAY(c->findings->arena, struct finding_term, 2 * rows);
    for (size_t row = 0; row < t->grid.row_count; row++) {
        const struct table_value *x = table_value(&view, row, a), *y = table_value(&view, row, b);
        if (!x)
            continue;
        finding.terms[finding.term_count++] =
            describe_figure(&c->locator, table_figure(t, c->scratch, STR(""), x), t->grid.columns[a].label);
        finding.terms[finding.term_count++] =
            describe_figure(&c->locator, table_figure(t, c->scratch, STR(""), y), t->grid.columns[b].label);
    }
    check_add(c, NULL, &finding);
    arena_reset(c->scratch);
}

/* Prices and the like may well stay as they were. */
static void check_repeats(struct tabling *t)
{
    for (size_t b = 1; b < t->grid.column_count; b++) {
        const struct table_line *left = &t->grid.columns[b - 1], *right = &t->grid.columns[b];
        size_t long_ones, rows = 0;
        if (left->numbers >= FEWEST_ROWS && left->numbers == right->numbers && !str_equal(left->label, right->label) &&
            !table_says(left, TABLE_RATES) && !table_says(right, TABLE_RATES) && is_period(t, b - 1) && is_period(t, b))
            rows = equal_rows(t, b - 1, b, &long_ones);
        if (rows)
            add_repeat(t, b - 1, b, rows, long_ones >= FEWEST_ROWS ? SEVERITY_WARNING : SEVERITY_NOTE);
    }
}

/* ---- the whole ---- */

/* What was said of the last table has gone with its arena. */
static void forget(struct tabling *t)
{
    t->blames.items = NULL;
    t->wrong.items = NULL;
    t->blames.count = t->blames.room = t->wrong.count = t->wrong.room = 0;
}

static void check_draft_tables(struct tabling *t, struct draft *draft)
{
    struct headings headings = {.arena = t->c->dossier->arena, .document = &draft->document, .lexicon = draft->lexicon};
    for (size_t i = 0; i < draft->document.table_count; i++) {
        forget(t);
        if (table_read(t->arena, draft, &headings, t->c->dossier->options.rounding, i, &t->grid)) {
            struct table_sums *sums = table_find_sums(t);
            table_check_parts(t, false);
            table_check_parts(t, true);
            table_check_ratios(t, true);
            table_check_ratios(t, false);
            table_judge_sums(t, sums);
            if (!t->c->weighing)
                check_repeats(t);
        }
        arena_reset(t->arena);
    }
}

void check_tables(struct checking *c)
{
    struct tabling t = {.c = c, .arena = c->per_rule};
    for (size_t i = 0; i < c->dossier->drafts.count; i++)
        check_draft_tables(&t, &c->dossier->drafts.items[i]->draft);
}
