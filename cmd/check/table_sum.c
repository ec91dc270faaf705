/* Totals of rows and columns: which lines a total adds up, and whether it does.
 *
 * The headings say which lines are totals. Lines are laid on a stack as they come; a total takes those from the top
 * that it adds up to, in as many tracks as may be, and is laid down in their place: so subtotals make grand totals, and
 * details are not counted twice. A table whose totals stand before their parts is read from its end. */
#include "base/arena.h"
#include "check/table.h"

enum outcome {
    OUTCOME_NONE,  /* nothing to compare */
    OUTCOME_OPEN,  /* some part has no number, and the others leave room for it */
    OUTCOME_WEAK,  /* adds up, but of one part, of zeros or of tiny numbers */
    OUTCOME_ROUND, /* adds up but for rounding, which is hardly an accident */
    OUTCOME_EXACT, /* adds up, which is none */
    OUTCOME_FAILS,
    OUTCOME_OVER, /* some part has no number, and the others are too much already */
    OUTCOME_COUNT
};

/* What some lines come to in one track. */
struct running {
    struct interval sum;
    struct number printed, least, most;
    size_t known, missing, nonzero;
    bool clash, below_zero;
};

/* A total line with the lines that it is taken to add up. */
struct reading {
    size_t total;
    size_t *parts, count;
    size_t tally[OUTCOME_COUNT];
    struct number slack; /* how far, for its size, a track that adds up but for rounding might be off */
    bool named;          /* its heading says that it is a total */
    struct reading *next;
};

struct entry {
    size_t line;
    bool optional; /* "dont" and rates: a part in some tables only */
    bool total, first_of_section;
};

struct footing {
    const struct reading *reading;
    size_t track;
    struct number gap; /* parts less total */
    struct running sums;
    enum outcome outcome;
    bool sure, dropped; /* by itself; told by another one */
    bool crossed, rounded, tiny;
    enum severity severity;
};

static bool is_wrong(const struct footing *f) { return f->outcome == OUTCOME_FAILS || f->outcome == OUTCOME_OVER; }

struct footings {
    struct footing *items;
    size_t count, room;
};

struct table_sums {
    struct footings down, across;
};

struct summing {
    struct tabling *t;
    struct table_view view;
    bool backward;
    struct {
        struct entry *items;
        size_t count, room;
    } stack;
    struct running *running[2]; /* of each track: without what is optional, and with it */
    struct reading *readings, **last;
    size_t holds, budget;
};

/* ---- one track ---- */

/* Percentages of a whole add up to 100 %; others (rates) to nothing. Neither rates nor changes are added. */
static bool is_added(const struct table_view *view, size_t total, size_t track)
{
    const struct table_value *value = table_value(view, total, track);
    if (!value || table_says(table_track(view, track), TABLE_RATES | TABLE_CHANGES))
        return false;
    enum unit_kind kind = value->notation->unit.kind;
    return kind == UNIT_RATIO ? number_equal(value->number, number_int(1)) : kind != UNIT_POINTS;
}

static void run_clear(struct running *r) { *r = (struct running){.sum = interval_point(number_int(0))}; }

static void run_add(struct arena *arena, struct running *r, const struct table_value *total,
                    const struct table_value *part)
{
    struct unit unit;
    if (!part) {
        r->missing++;
        return;
    }
    const struct unit *a = &part->notation->unit, *b = &total->notation->unit;
    r->clash |= a->kind != b->kind || (a->kind != UNIT_COUNT && !unit_join(*a, '+', *b, &unit));
    r->sum = interval_add(arena, r->sum, part->interval);
    r->printed = number_add(arena, r->printed, part->number);
    r->least = r->known && number_compare(r->least, part->number) < 0 ? r->least : part->number;
    r->most = r->known && number_compare(r->most, part->number) > 0 ? r->most : part->number;
    r->below_zero |= number_sign(part->number) < 0;
    r->nonzero += number_sign(part->number) != 0;
    r->known++;
}

/* Would it be an accident if these agreed? Of tiny numbers and wide intervals it may. */
static bool is_telling(struct arena *arena, const struct running *r, const struct table_value *total)
{
    struct number size = number_abs(arena, total->number);
    if (r->nonzero < 2 || !number_sign(size) || r->sum.low.infinite || r->sum.high.infinite)
        return false;
    if (interval_is_point(r->sum))
        return number_compare(size, number_mul(arena, number_int(10), total->notation->unit.factor)) >= 0;
    struct number width = number_sub(arena, r->sum.high.at, r->sum.low.at);
    return number_compare(number_mul(arena, width, number_int(10)), size) <= 0;
}

static bool is_below(struct interval sum, const struct table_value *total)
{
    return sum.high.infinite || total->interval.high.infinite ||
           number_compare(sum.high.at, total->interval.high.at) < 0;
}

static enum outcome run_outcome(struct arena *arena, const struct running *r, const struct table_value *total)
{
    if (r->clash || !r->known)
        return OUTCOME_NONE;
    bool meets = interval_meets(r->sum, total->interval);
    if (r->missing)
        return meets ? OUTCOME_WEAK : r->below_zero || is_below(r->sum, total) ? OUTCOME_OPEN : OUTCOME_OVER;
    if (!meets)
        return OUTCOME_FAILS;
    if (!is_telling(arena, r, total))
        return OUTCOME_WEAK;
    return interval_is_point(r->sum) ? OUTCOME_EXACT : OUTCOME_ROUND;
}

/* ---- which lines a total adds up ---- */

struct choice {
    size_t depth; /* entries from the top of the stack */
    bool all;     /* with the optional ones */
    bool block;   /* all of a block: what one expects */
    size_t tally[OUTCOME_COUNT];
};

static size_t holds(const size_t tally[OUTCOME_COUNT]) { return tally[OUTCOME_ROUND] + tally[OUTCOME_EXACT]; }

static void clear_running(struct summing *s)
{
    for (size_t i = 0; i < table_tracks(&s->view); i++) {
        run_clear(&s->running[0][i]);
        run_clear(&s->running[1][i]);
    }
}

static void add_entry(struct summing *s, size_t total, const struct entry *entry)
{
    for (size_t i = 0; i < table_tracks(&s->view); i++) {
        const struct table_value *value = table_value(&s->view, total, i);
        if (!value || !is_added(&s->view, total, i))
            continue;
        const struct table_value *part = table_value(&s->view, entry->line, i);
        if (!entry->optional)
            run_add(s->t->arena, &s->running[0][i], value, part);
        run_add(s->t->arena, &s->running[1][i], value, part);
    }
}

static void tally_outcomes(struct summing *s, size_t total, struct choice *choice)
{
    for (size_t i = 0; i < OUTCOME_COUNT; i++)
        choice->tally[i] = 0;
    for (size_t i = 0; i < table_tracks(&s->view); i++) {
        const struct table_value *value = table_value(&s->view, total, i);
        if (value && is_added(&s->view, total, i))
            choice->tally[run_outcome(s->t->arena, &s->running[choice->all][i], value)]++;
    }
}

static bool is_better(const struct choice *a, const struct choice *b)
{
    size_t x = holds(a->tally) + a->tally[OUTCOME_EXACT], y = holds(b->tally) + b->tally[OUTCOME_EXACT];
    if (x != y)
        return x > y;
    if (a->tally[OUTCOME_FAILS] != b->tally[OUTCOME_FAILS])
        return a->tally[OUTCOME_FAILS] < b->tally[OUTCOME_FAILS];
    if (a->block != b->block)
        return a->block;
    return a->tally[OUTCOME_WEAK] > b->tally[OUTCOME_WEAK];
}

static bool is_perfect(const struct choice *choice)
{
    return choice->tally[OUTCOME_EXACT] && !choice->tally[OUTCOME_FAILS] && !choice->tally[OUTCOME_OPEN];
}

/* How many entries from the top come behind the last total; all, when none of them does. */
static size_t depth_of_block(const struct summing *s)
{
    size_t depth = 0;
    while (depth < s->stack.count && !s->stack.items[s->stack.count - 1 - depth].total)
        depth++;
    return depth ? depth : s->stack.count;
}

/* The time that a table may take is bounded by its size: what is looked at, lines of all tracks, is paid for. */
static void spend(struct summing *s, size_t lines)
{
    size_t cost = lines * table_tracks(&s->view);
    s->budget -= cost < s->budget ? cost : s->budget;
}

/* Of all depths the one at which most tracks add up; .depth is 0 when in none they do. */
static struct choice best_choice(struct summing *s, size_t total)
{
    struct choice best = {.tally = {[OUTCOME_FAILS] = SIZE_MAX}};
    size_t block = depth_of_block(s);
    clear_running(s);
    for (size_t depth = 1; depth <= s->stack.count && s->budget && !is_perfect(&best); depth++) {
        const struct entry *entry = &s->stack.items[s->stack.count - depth];
        spend(s, 1);
        add_entry(s, total, entry);
        for (int all = 0; all < 2; all++) {
            struct choice choice = {.depth = depth, .all = all, .block = depth == block};
            tally_outcomes(s, total, &choice);
            bool some = holds(choice.tally) || choice.tally[OUTCOME_WEAK];
            if (some && is_better(&choice, &best))
                best = choice;
        }
    }
    return best;
}

static struct choice choice_at(struct summing *s, size_t total, size_t depth)
{
    struct choice choice = {.depth = depth};
    spend(s, depth);
    clear_running(s);
    for (size_t i = 1; i <= depth; i++)
        add_entry(s, total, &s->stack.items[s->stack.count - i]);
    tally_outcomes(s, total, &choice);
    return choice;
}

static void add_reading(struct summing *s, size_t total, bool named, const struct choice *choice)
{
    spend(s, choice->depth);
    struct reading *reading = ARENA_NEW(s->t->arena, struct reading);
    *reading = (struct reading){.total = total, .named = named};
    reading->parts = ARENA_ARRAY(s->t->arena, size_t, choice->depth);
    for (size_t i = choice->depth; i > 0; i--) {
        const struct entry *entry = &s->stack.items[s->stack.count - i];
        if (choice->all || !entry->optional)
            reading->parts[reading->count++] = entry->line;
    }
    for (size_t i = 0; i < OUTCOME_COUNT; i++)
        reading->tally[i] = choice->tally[i];
    s->holds += holds(reading->tally);
    *s->last = reading;
    s->last = &reading->next;
}

static void push(struct summing *s, size_t line, bool total)
{
    const struct table_line *l = table_line(&s->view, line);
    *LIST_ADD(s->t->arena, &s->stack) =
        (struct entry){.line = line,
                       .total = total,
                       .optional = !total && table_says(l, TABLE_PARTS | TABLE_RATES | TABLE_CHANGES | TABLE_SHARES)};
}

/* A line that its heading calls a total. */
static void take_total(struct summing *s, size_t line)
{
    struct choice choice = best_choice(s, line);
    bool accepted = choice.depth && holds(choice.tally) + choice.tally[OUTCOME_WEAK] >= choice.tally[OUTCOME_FAILS];
    if (!accepted && s->stack.count && s->budget) {
        choice = choice_at(s, line, depth_of_block(s));
        struct choice whole = choice_at(s, line, s->stack.count);
        if (is_better(&whole, &choice))
            choice = whole;
    }
    if (choice.depth && s->budget)
        add_reading(s, line, true, &choice);
    s->stack.count -= choice.depth;
    push(s, line, true);
}

/* The last line of a table may be a total without a name: when nearly all its tracks add up. */
static void try_last(struct summing *s)
{
    if (s->stack.count < 3 || s->stack.items[s->stack.count - 1].total || s->stack.items[s->stack.count - 1].optional)
        return;
    size_t line = s->stack.items[--s->stack.count].line;
    struct choice choice = best_choice(s, line);
    bool sure = holds(choice.tally) >= 2 && choice.tally[OUTCOME_FAILS] * 3 <= holds(choice.tally);
    if (sure && choice.depth >= 2)
        add_reading(s, line, false, &choice);
}

static void run(struct summing *s)
{
    enum { BUDGET = 32 };
    size_t count = table_lines(&s->view);
    s->last = &s->readings;
    s->budget = BUDGET * count * table_tracks(&s->view);
    for (int i = 0; i < 2; i++)
        s->running[i] = ARENA_ARRAY(s->t->arena, struct running, table_tracks(&s->view));
    for (size_t i = 0; i < count; i++) {
        size_t line = s->backward ? count - 1 - i : i;
        const struct table_line *l = table_line(&s->view, line);
        if (!l->numbers || l->aside)
            continue;
        bool total = table_says(l, TABLE_TOTALS) && !table_says(l, TABLE_PARTS | TABLE_SHARES | TABLE_CHANGES);
        if (total)
            take_total(s, line);
        else
            push(s, line, false);
    }
    try_last(s);
}

/* ---- is a gap an error? ---- */

/* Is the gap so small that rounding would explain it, if the numbers were rounded though nothing says so? */
static bool is_tiny(struct tabling *t, const struct table_view *view, const struct footing *f, int *place)
{
    struct arena *arena = t->arena;
    const struct reading *reading = f->reading;
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
    const struct running *r = &f->sums;
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
    const struct reading *reading = f->reading;
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
    const struct reading *reading = f->reading;
    struct number size = number_abs(t->arena, f->sums.printed);
    bool beyond = number_compare(number_abs(t->arena, f->gap), number_mul(t->arena, reading->slack, size)) > 0;
    return reading->tally[OUTCOME_EXACT] + (beyond ? reading->tally[OUTCOME_ROUND] : 0);
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
    const struct reading *reading = f->reading;
    size_t fails = reading->tally[OUTCOME_FAILS], witnesses = count_witnesses(t, f);
    bool confirmed = witnesses && witnesses >= fails, alone = reading->named && fails == 1;
    int place;
    f->tiny = is_tiny(t, view, f, &place);
    f->severity = SEVERITY_ERROR;
    f->rounded = f->tiny && (place > 0 ? reading->count > 2 : fails > 1);
    if (f->outcome == OUTCOME_OVER)
        f->sure = witnesses >= 2 && witnesses > fails && f->sums.known > f->sums.missing;
    if (f->outcome == OUTCOME_OVER || !(confirmed || alone) || f->rounded)
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

static struct footing footing_of(struct tabling *t, const struct table_view *view, const struct reading *reading,
                                 size_t track)
{
    struct footing footing = {.reading = reading, .track = track};
    const struct table_value *total = table_value(view, reading->total, track);
    if (!total || !is_added(view, reading->total, track))
        return footing;
    run_clear(&footing.sums);
    for (size_t i = 0; i < reading->count; i++)
        run_add(t->arena, &footing.sums, total, table_value(view, reading->parts[i], track));
    footing.outcome = footing.sums.known < 2 ? OUTCOME_NONE : run_outcome(t->arena, &footing.sums, total);
    footing.gap = number_sub(t->arena, footing.sums.printed, total->number);
    return footing;
}

/* How wide the sum is for its size. */
static struct number slack_of(struct tabling *t, const struct footing *f)
{
    struct number width = number_sub(t->arena, f->sums.sum.high.at, f->sums.sum.low.at);
    return number_div(t->arena, width, number_abs(t->arena, f->sums.printed));
}

static void add_footings(struct tabling *t, const struct summing *s, struct footings *out)
{
    for (struct reading *reading = s->readings; reading; reading = reading->next) {
        size_t first = out->count;
        for (size_t i = 0; i < table_tracks(&s->view); i++) {
            struct footing footing = footing_of(t, &s->view, reading, i);
            if (footing.outcome == OUTCOME_NONE || footing.outcome == OUTCOME_OPEN)
                continue;
            *LIST_ADD(t->arena, out) = footing;
            if (footing.outcome == OUTCOME_ROUND && number_compare(slack_of(t, &footing), reading->slack) > 0)
                reading->slack = slack_of(t, &footing);
        }
        for (size_t i = first; i < out->count; i++)
            if (is_wrong(&out->items[i]))
                grade(t, &s->view, &out->items[i]);
    }
}

/* What must be added to the number where the footing and `line` meet, to make the sum right; false when it is not in
 * the sum. */
static bool correction(struct arena *arena, const struct footing *f, size_t line, struct number *out)
{
    const struct reading *reading = f->reading;
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
    if (down->crossed || across->crossed || down->rounded || across->rounded ||
        !correction(t->arena, down, across->track, &a) || !correction(t->arena, across, down->track, &b) ||
        !is_same_gap(t->arena, down, a, across, b))
        return;
    const struct table_view view = {&t->grid, false};
    const struct table_value *value = table_value(&view, across->track, down->track);
    if (!value)
        return;
    down->crossed = across->crossed = down->sure = across->dropped = true;
    down->severity = down->tiny && across->tiny ? SEVERITY_NOTE : SEVERITY_ERROR;
    *LIST_ADD(t->arena, &t->blames) =
        (struct table_blame){value, interval_point(number_add(t->arena, value->number, a))};
}

static void cross_all(struct tabling *t, struct footings *down, struct footings *across)
{
    enum { MOST = 200 };
    size_t crossings = 0;
    for (size_t i = 0; i < down->count; i++)
        for (size_t j = 0; down->items[i].outcome == OUTCOME_FAILS && j < across->count && crossings < MOST * MOST; j++)
            if (across->items[j].outcome == OUTCOME_FAILS) {
                crossings++;
                cross(t, &down->items[i], &across->items[j]);
            }
}

/* ---- the whole ---- */

static void judge_footing(struct tabling *t, const struct table_view *view, const struct footing *f)
{
    struct table_role roles[2];
    make_roles(t, view, f, roles);
    table_judge(t, f->outcome == OUTCOME_OVER ? TABLE_PARTS_OF : TABLE_SUM, !is_wrong(f), f->severity, roles, 2);
}

/* Shares that do not add up to 100 %, because of one that is told already? */
static bool is_told(const struct tabling *t, const struct table_view *view, const struct footing *f)
{
    const struct reading *reading = f->reading;
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
        if (!is_wrong(f) || (f->sure && !f->dropped && !is_told(t, view, f)))
            judge_footing(t, view, f);
    }
}

/* Totals at the end, or at the start: as more of them add up. */
static void find_footings(struct tabling *t, bool across, struct footings *out)
{
    struct summing forward = {.t = t, .view = {&t->grid, across}};
    struct summing backward = {.t = t, .view = {&t->grid, across}, .backward = true};
    run(&forward);
    run(&backward);
    add_footings(t, backward.holds > forward.holds ? &backward : &forward, out);
}

/* A total that is surely wrong explains why a share or a change that was made from it seems wrong. */
static void blame_totals(struct tabling *t, const struct table_view *view, const struct footings *footings)
{
    for (size_t i = 0; i < footings->count; i++) {
        const struct footing *f = &footings->items[i];
        if (f->outcome == OUTCOME_FAILS && f->sure && !f->crossed)
            *LIST_ADD(t->arena, &t->blames) =
                (struct table_blame){table_value(view, f->reading->total, f->track), f->sums.sum};
    }
}

struct table_sums *table_find_sums(struct tabling *t)
{
    struct table_sums *sums = ARENA_NEW(t->arena, struct table_sums);
    const struct table_view rows = {&t->grid, false}, columns = {&t->grid, true};
    find_footings(t, false, &sums->down);
    find_footings(t, true, &sums->across);
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
