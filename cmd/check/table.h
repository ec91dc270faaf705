/* table: a table of a document as a grid of numbers, and what its headings say of its rows and columns. Within this
 * room, for the files table_*.c, which check what tables claim though no rule says so.
 *
 *     struct table_grid grid;
 *     if (table_read(&arena, draft, &headings, ROUNDING_NEAREST, 0, &grid)) {
 *         struct table_view down = {&grid, false};                 // lines are rows, tracks are columns
 *         const struct table_value *v = table_value(&down, 3, 1);  // the number in row 3, column 1, or NULL
 *     }
 *
 * What holds of rows holds of columns: a view sees the grid as lines that run across tracks, and a total is a line that
 * other lines add up to, track by track.
 */
#ifndef CHECK_TABLE_H
#define CHECK_TABLE_H

#include "check/checking.h"
#include "check/heading.h"

/* A number of the table. */
struct table_value {
    const struct cell *cell;
    const struct notation *notation;
    struct number number;     /* in base units: 80 % is 0.8 */
    struct interval interval; /* in base units */
    size_t row, column;
    size_t start, end; /* bytes of the text */
};

/* A row or a column. */
struct table_line {
    struct str label;
    unsigned words; /* of its heading: 1 << enum table_word */
    size_t numbers; /* how many it has */
    bool aside;     /* a group of lines is its heading's ("Total" over H and F): it is no part of a sum */
};

struct table_grid {
    struct draft *draft;
    size_t row_count, column_count;
    struct table_value *values; /* row by row; .notation is NULL where there is no number */
    struct table_line *rows, *columns;
};

struct table_view {
    const struct table_grid *grid;
    bool across; /* lines are columns */
};

/* Reads table `at` of the draft; the headings are those of its document. All lives in the arena. False when it has no
 * numbers to compare, or is too sparse: its grid is bounded by its cells, so that time and memory are linear in the
 * source. */
bool table_read(struct arena *arena, struct draft *draft, struct headings *headings, enum rounding rounding, size_t at,
                struct table_grid *out);

size_t table_lines(const struct table_view *view);
size_t table_tracks(const struct table_view *view);
const struct table_line *table_line(const struct table_view *view, size_t line);
const struct table_line *table_track(const struct table_view *view, size_t track);

/* The number where a line and a track meet; NULL when there is none. */
const struct table_value *table_value(const struct table_view *view, size_t line, size_t track);

/* The first mention of the draft from byte `start` on. */
size_t table_mention_from(const struct draft *draft, size_t start);

/* Has the heading one of these words (1 << enum table_word)? */
bool table_says(const struct table_line *line, unsigned words);
enum {
    TABLE_TOTALS = 1 << TABLE_WORD_TOTAL | 1 << TABLE_WORD_SUBTOTAL,
    TABLE_PARTS = 1 << TABLE_WORD_PART,
    TABLE_RATES = 1 << TABLE_WORD_RATE,
    TABLE_SHARES = 1 << TABLE_WORD_SHARE,
    TABLE_CHANGES = 1 << TABLE_WORD_CHANGE
};

/* What a table can claim. */
enum table_claim {
    TABLE_SUM,          /* sum(part over line) = total */
    TABLE_PARTS_OF,     /* sum(part over line) <= total */
    TABLE_PART_OF,      /* part <= whole */
    TABLE_SHARE,        /* share(part; whole) = percent */
    TABLE_SHARE_OF_SUM, /* share(part; sum(item over line)) = percent */
    TABLE_GROWTH,       /* growth(old; new) = change */
    TABLE_DIFFERENCE,   /* new - old = change */
    TABLE_CLAIM_COUNT
};

/* The values of one name of a claim. */
struct table_role {
    struct str name;
    const struct table_value *const *values;
    size_t count;
};

/* One table being checked. */
struct tabling {
    struct checking *c;
    struct arena *arena; /* emptied after each table */
    struct table_grid grid;
    const struct expr *checks[TABLE_CLAIM_COUNT];
    struct {
        struct table_blame *items;
        size_t count, room;
    } blames;
    struct {
        const struct cell **items;
        size_t count, room;
    } wrong; /* shares and changes that were found to be wrong */
};

/* A number that is known to be wrong, and what it should be. */
struct table_blame {
    const struct table_value *value;
    struct interval proper;
};

/* table_judge.c: judges a claim and adds what comes out: the finding, or NULL where none is kept. A claim that `holds`
 * is but counted, where only findings are wanted. A gap that another rounding explains is a note at most. */
struct finding *table_judge(struct tabling *t, enum table_claim claim, bool holds, enum severity severity,
                            const struct table_role *roles, size_t count);

/* The number as a figure of the document. It lives in the arena. */
struct figure *table_figure(struct tabling *t, struct arena *arena, struct str name, const struct table_value *value);

/* Does one slip of the keyboard explain why a claim fails, by more than accident? In the number that is claimed, the
 * last role's, or in another one. */
enum table_slip { TABLE_SLIP_NONE, TABLE_SLIP_OF_PART, TABLE_SLIP_OF_SCALE, TABLE_SLIP_OF_DIGITS };
enum table_slip table_slip(struct tabling *t, enum table_claim claim, const struct table_role *roles, size_t count);

/* table_footing.c: totals of rows and columns. They are looked for first, which tells what number is wrong where there
 * is but one explanation; and judged last, so that a share that was found to be wrong is not told a second time. */
struct table_sums *table_find_sums(struct tabling *t);
void table_judge_sums(struct tabling *t, const struct table_sums *sums);

/* table_part.c: lines that are parts of the one before ("dont"), of this view. */
void table_check_parts(struct tabling *t, bool across);

/* table_ratio.c: percent columns and change columns, of this view. */
void table_check_ratios(struct tabling *t, bool across);

#endif
