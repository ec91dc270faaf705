/* Totals of rows and columns: is one wrong, and how sure is that?
 *
 * A gap counts where other tracks tell that the total is read rightly, or where it is small or a slip explains it.
 * Where a row and a column fail by the same gap, the number where they meet is wrong. */
#include "base/arena.h"
#include "check/table_sum.h"

struct footing {
    const struct table_reading *reading;
    size_t track;
    struct number gap; /* parts less total */
    struct table_running sums;
    enum table_outcome outcome;
    bool sure, dropped; /* by itself; told by another one */
    bool rounded, tiny;
    const struct table_value *suspect; /* where it crosses another one that fails alike; else NULL */
    enum severity severity;
};

static bool is_wrong(const struct footing *f)
{
    return f->outcome == TABLE_OUTCOME_FAILS || f->outcome == TABLE_OUTCOME_OVER;
}

struct footings {
    struct footing *items;
    size_t count, room;
};

struct table_sums {
    struct footings down, across;
};

/* ---- is a gap an error? ---- */

/* Is the gap so small that rounding would explain it, if the numbers were rounded though nothing says so? */
static bool is_tiny(struct tabling *t, const struct table_view *view, const struct footing *f, int *place)
{
    struct arena *arena = t->arena;
    const struct table_reading *reading = f->reading;
    *place = number_last_place(table_value(view, reading->total, f->track)->number);
    for (size_t i = 0; i < reading->count; i++) {
        const struct table_value *part = table_value(view, reading->parts[i], f->track);
        int other = part && number_sign(part->number) ? number_last_place(part->number) : *place;
        *place = other < *place ? other : *place;
    }
    struct number most =
        number_mul(arena, number_decimal(arena, 5, *place - 1), number_int((int64_t)reading->count + 1));
    return number_compare(number_abs(arena, f->gap), most) <= 0;
}

/* A mean lies between its parts; a sum does not. */
static bool is_mean(const struct footing *f, const struct table_value *total)
{
    const struct table_running *r = &f->sums;
    return number_compare(r->least, r->most) < 0 && number_compare(r->least, total->number) <= 0 &&
           number_compare(total->number, r->most) <= 0;
}

/* Is it the very mean, to the last digit or so? */
static bool is_the_mean(struct tabling *t, const struct footing *f, const struct table_value *total)
{
    struct arena *arena = t->arena;
    struct number count = number_int((int64_t)f->sums.known);
    struct number apart = number_sub(arena, number_mul(arena, total->number, count), f->sums.printed);
    struct number unit =
        number_mul(arena, number_decimal(arena, 1, total->notation->place), total->notation->unit.factor);
    return number_compare(number_abs(arena, apart), number_mul(arena, unit, count)) <= 0;
}

/* Is a part counted that should not be, or with the wrong sign? Then the table may mean it so. */
static bool is_one_part(struct tabling *t, const struct table_view *view, const struct footing *f)
{
    struct number gap = number_abs(t->arena, f->gap);
    for (size_t i = 0; i < f->reading->count; i++) {
        const struct table_value *part = table_value(view, f->reading->parts[i], f->track);
        struct number size = part ? number_abs(t->arena, part->number) : number_int(0);
        if (number_equal(size, gap) || number_equal(number_add(t->arena, size, size), gap))
            return true;
    }
    return false;
}

/* Is |gap| at most `percent` % of the parts' sum? */
static bool is_within(struct tabling *t, const struct footing *f, int percent)
{
    struct number size = number_abs(t->arena, f->sums.printed), gap = number_abs(t->arena, f->gap);
    return number_compare(number_mul(t->arena, gap, number_int(100)),
                          number_mul(t->arena, size, number_int(percent))) <= 0;
}

static void make_roles(struct tabling *t, const struct table_view *view, const struct footing *f,
                       struct table_role roles[2])
{
    const struct table_reading *reading = f->reading;
    const struct table_value **parts = ARENA_ARRAY(t->arena, const struct table_value *, reading->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < reading->count; i++) {
        const struct table_value *part = table_value(view, reading->parts[i], f->track);
        if (part)
            parts[count++] = part;
    }
    parts[reading->count] = table_value(view, reading->total, f->track);
    roles[0] = (struct table_role){STR("part"), parts, count};
    roles[1] = (struct table_role){STR("total"), &parts[reading->count], 1};
}

/* Tracks that add up tell that the lines of the sum are known; but for rounding, only when the gap is larger than that
 * of rounding. */
static size_t count_witnesses(struct tabling *t, const struct footing *f)
{
    const struct table_reading *reading = f->reading;
    struct number size = number_abs(t->arena, f->sums.printed);
    bool beyond = number_compare(number_abs(t->arena, f->gap), number_mul(t->arena, reading->slack, size)) > 0;
    return reading->tally[TABLE_OUTCOME_EXACT] + (beyond ? reading->tally[TABLE_OUTCOME_ROUND] : 0);
}

/* How far may the gap be from the sum, in percent, when no slip explains it? What is counted once in each part and once
 * in the whole (visitors, firms) adds up to more than the total. */
static int reach(const struct footing *f, size_t witnesses, size_t fails)
{
    enum { NEAR = 5, FAR = 10, FURTHER = 20, FURTHEST = 50 };
    if (!witnesses || witnesses < fails)
        return NEAR;
    if (witnesses >= 2 * (fails + 1))
        return FURTHEST;
    return witnesses < 2 && number_sign(f->gap) > 0 ? FAR : FURTHER;
}

/* Where two other tracks add up, a gap is an error. Where one does, or there is but one track, it must be small, or a
 * slip of the keyboard. */
static void grade(struct tabling *t, const struct table_view *view, struct footing *f)
{
    enum { MANY = 12 };
    const struct table_reading *reading = f->reading;
    size_t fails = reading->tally[TABLE_OUTCOME_FAILS], witnesses = count_witnesses(t, f);
    bool confirmed = witnesses && witnesses >= fails, alone = reading->named && fails == 1;
    int place;
    f->tiny = is_tiny(t, view, f, &place);
    f->severity = SEVERITY_ERROR;
    f->rounded = f->tiny && (place > 0 ? reading->count > 2 : fails > 1);
    if (f->outcome == TABLE_OUTCOME_OVER)
        f->sure = witnesses >= 2 && witnesses > fails && f->sums.known > f->sums.missing;
    if (f->outcome == TABLE_OUTCOME_OVER || !(confirmed || alone) || f->rounded)
        return;
    struct table_role roles[2];
    make_roles(t, view, f, roles);
    const struct table_value *total = *roles[1].values;
    enum table_slip slip = table_slip(t, TABLE_SUM, roles, 2);
    if (is_mean(f, total) && (slip != TABLE_SLIP_OF_DIGITS || is_the_mean(t, f, total)))
        return;
    f->sure = (slip || is_within(t, f, reach(f, witnesses, fails))) && (confirmed || !is_one_part(t, view, f));
    if (f->tiny && witnesses < MANY)
        f->severity = SEVERITY_NOTE;
    else if (!slip && witnesses < 2)
        f->severity = SEVERITY_WARNING;
}

/* ---- rows against columns ---- */

static struct footing footing_of(struct tabling *t, const struct table_view *view, const struct table_reading *reading,
                                 size_t track)
{
    struct footing footing = {.reading = reading, .track = track};
    const struct table_value *total = table_value(view, reading->total, track);
    if (!total || !table_is_added(view, reading->total, track))
        return footing;
    footing.sums = table_running(t, view, reading, track);
    footing.outcome = footing.sums.known < 2 ? TABLE_OUTCOME_NONE : table_outcome(t->arena, &footing.sums, total);
    footing.gap = number_sub(t->arena, footing.sums.printed, total->number);
    return footing;
}

/* How wide the sum is for its size. */
static struct number slack_of(struct tabling *t, const struct footing *f)
{
    struct number width = number_sub(t->arena, f->sums.sum.high.at, f->sums.sum.low.at);
    return number_div(t->arena, width, number_abs(t->arena, f->sums.printed));
}

static void add_footings(struct tabling *t, const struct table_view *view, struct table_reading *reading,
                         struct footings *out)
{
    for (; reading; reading = reading->next) {
        size_t first = out->count;
        for (size_t i = 0; i < table_tracks(view); i++) {
            struct footing footing = footing_of(t, view, reading, i);
            if (footing.outcome == TABLE_OUTCOME_NONE || footing.outcome == TABLE_OUTCOME_OPEN)
                continue;
            *LIST_ADD(t->arena, out) = footing;
            if (footing.outcome == TABLE_OUTCOME_ROUND && number_compare(slack_of(t, &footing), reading->slack) > 0)
                reading->slack = slack_of(t, &footing);
        }
        for (size_t i = first; i < out->count; i++)
            if (is_wrong(&out->items[i]))
                grade(t, view, &out->items[i]);
    }
}

/* What must be added to the number where the footing and `line` meet, to make the sum right; false when it is not in
 * the sum. */
static bool correction(struct arena *arena, const struct footing *f, size_t line, struct number *out)
{
    const struct table_reading *reading = f->reading;
    *out = line == reading->total ? f->gap : number_neg(arena, f->gap);
    for (size_t i = 0; i < reading->count; i++)
        if (reading->parts[i] == line)
            return true;
    return line == reading->total;
}

static struct number width_of(struct arena *arena, struct interval interval)
{
    bool endless = interval.low.infinite || interval.high.infinite;
    return endless ? number_int(0) : number_sub(arena, interval.high.at, interval.low.at);
}

/* Are two gaps the same, but for the rounding of what they were made from? */
static bool is_same_gap(struct arena *arena, const struct footing *down, struct number a, const struct footing *across,
                        struct number b)
{
    struct number apart = number_abs(arena, number_sub(arena, a, b));
    struct number width = number_add(arena, width_of(arena, down->sums.sum), width_of(arena, across->sums.sum));
    return number_compare(apart, width) <= 0;
}

/* Where a row and a column fail by the same gap, the number where they meet is wrong: sure, and told once. */
static void cross(struct tabling *t, struct footing *down, struct footing *across)
{
    struct number a, b;
    if (down->suspect || across->suspect || down->rounded || across->rounded ||
        !correction(t->arena, down, across->track, &a) || !correction(t->arena, across, down->track, &b) ||
        !is_same_gap(t->arena, down, a, across, b))
        return;
    const struct table_view view = {&t->grid, false};
    const struct table_value *value = table_value(&view, across->track, down->track);
    if (!value)
        return;
    down->suspect = across->suspect = value;
    down->sure = across->dropped = true;
    down->severity = down->tiny && across->tiny ? SEVERITY_NOTE : SEVERITY_ERROR;
    *LIST_ADD(t->arena, &t->blames) =
        (struct table_blame){value, interval_point(number_add(t->arena, value->number, a))};
}

static void cross_all(struct tabling *t, struct footings *down, struct footings *across)
{
    enum { MOST = 200 };
    size_t crossings = 0;
    for (size_t i = 0; i < down->count; i++)
        for (size_t j = 0;
             down->items[i].outcome == TABLE_OUTCOME_FAILS && j < across->count && crossings < MOST * MOST; j++)
            if (across->items[j].outcome == TABLE_OUTCOME_FAILS) {
                crossings++;
                cross(t, &down->items[i], &across->items[j]);
            }
}

/* ---- the whole ---- */

static void judge_footing(struct tabling *t, const struct table_view *view, const struct footing *f)
{
    enum table_claim claim = f->outcome == TABLE_OUTCOME_OVER ? TABLE_PARTS_OF : TABLE_SUM;
    struct table_role roles[2];
    make_roles(t, view, f, roles);
    struct finding *finding = table_judge(t, claim, !is_wrong(f), f->severity, roles, 2);
    if (finding && f->suspect)
        finding->suspect = str_copy(t->c->findings->arena, f->suspect->notation->text);
}

/* Shares that do not add up to 100 %, because of one that is told already? */
static bool is_told(const struct tabling *t, const struct table_view *view, const struct footing *f)
{
    const struct table_reading *reading = f->reading;
    for (size_t i = 0; i <= reading->count; i++) {
        size_t line = i < reading->count ? reading->parts[i] : reading->total;
        const struct table_value *value = table_value(view, line, f->track);
        for (size_t j = 0; value && value->notation->unit.kind == UNIT_RATIO && j < t->wrong.count; j++)
            if (t->wrong.items[j] == value->cell)
                return true;
    }
    return false;
}

static void judge_footings(struct tabling *t, const struct table_view *view, const struct footings *footings)
{
    for (size_t i = 0; i < footings->count; i++) {
        const struct footing *f = &footings->items[i];
        bool told = !t->c->weighing && (f->dropped || is_told(t, view, f));
        if (!is_wrong(f) || ((f->sure || f->dropped) && !told))
            judge_footing(t, view, f);
    }
}

/* A total that is surely wrong explains why a share or a change that was made from it seems wrong. */
static void blame_totals(struct tabling *t, const struct table_view *view, const struct footings *footings)
{
    for (size_t i = 0; i < footings->count; i++) {
        const struct footing *f = &footings->items[i];
        if (f->outcome == TABLE_OUTCOME_FAILS && f->sure && !f->suspect)
            *LIST_ADD(t->arena, &t->blames) =
                (struct table_blame){table_value(view, f->reading->total, f->track), f->sums.sum};
    }
}

struct table_sums *table_find_sums(struct tabling *t)
{
    struct table_sums *sums = ARENA_NEW(t->arena, struct table_sums);
    const struct table_view rows = {&t->grid, false}, columns = {&t->grid, true};
    add_footings(t, &rows, table_readings(t, false), &sums->down);
    add_footings(t, &columns, table_readings(t, true), &sums->across);
    cross_all(t, &sums->down, &sums->across);
    blame_totals(t, &rows, &sums->down);
    blame_totals(t, &columns, &sums->across);
    return sums;
}

void table_judge_sums(struct tabling *t, const struct table_sums *sums)
{
    const struct table_view rows = {&t->grid, false}, columns = {&t->grid, true};
    judge_footings(t, &rows, &sums->down);
    judge_footings(t, &columns, &sums->across);
}
