/* Totals of rows and columns: which lines a total adds up.
 *
 * The headings say which lines are totals. Lines are laid on a stack as they come; a total takes those from the top
 * that it adds up to, in as many tracks as may be, and is laid down in their place: so subtotals make grand totals, and
 * details are not counted twice. A table whose totals stand before their parts is read from its end. */
#include "check/table_sum.h"

#include "base/arena.h"

struct entry {
    size_t line;
    bool optional; /* "dont" and rates: a part in some tables only */
    bool total;
};

struct summing {
    struct tabling *t;
    struct table_view view;
    bool backward;
    struct {
        struct entry *items;
        size_t count, room;
    } stack;
    struct table_running *running[2]; /* of each track: without what is optional, and with it */
    struct table_reading *readings, **last;
    size_t holds, budget;
};

/* ---- one track ---- */

bool table_is_added(const struct table_view *view, size_t total, size_t track)
{
    const struct table_value *value = table_value(view, total, track);
    if (!value || table_says(table_track(view, track), TABLE_RATES | TABLE_CHANGES))
        return false;
    enum unit_kind kind = value->notation->unit.kind;
    return kind == UNIT_RATIO ? number_equal(value->number, number_int(1)) : kind != UNIT_POINTS;
}

static void run_clear(struct table_running *r) { *r = (struct table_running){.sum = interval_point(number_int(0))}; }

static void run_add(struct arena *arena, struct table_running *r, const struct table_value *total,
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
static bool is_telling(struct arena *arena, const struct table_running *r, const struct table_value *total)
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

enum table_outcome table_outcome(struct arena *arena, const struct table_running *r, const struct table_value *total)
{
    if (r->clash || !r->known)
        return TABLE_OUTCOME_NONE;
    bool meets = interval_meets(r->sum, total->interval);
    if (r->missing)
        return meets                                      ? TABLE_OUTCOME_WEAK
               : r->below_zero || is_below(r->sum, total) ? TABLE_OUTCOME_OPEN
                                                          : TABLE_OUTCOME_OVER;
    if (!meets)
        return TABLE_OUTCOME_FAILS;
    if (!is_telling(arena, r, total))
        return TABLE_OUTCOME_WEAK;
    return interval_is_point(r->sum) ? TABLE_OUTCOME_EXACT : TABLE_OUTCOME_ROUND;
}

/* ---- which lines a total adds up ---- */

struct choice {
    size_t depth; /* entries from the top of the stack */
    bool all;     /* with the optional ones */
    bool block;   /* all of a block: what one expects */
    size_t tally[TABLE_OUTCOME_COUNT];
};

static size_t holds(const size_t tally[TABLE_OUTCOME_COUNT])
{
    return tally[TABLE_OUTCOME_ROUND] + tally[TABLE_OUTCOME_EXACT];
}

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
        if (!value || !table_is_added(&s->view, total, i))
            continue;
        const struct table_value *part = table_value(&s->view, entry->line, i);
        if (!entry->optional)
            run_add(s->t->arena, &s->running[0][i], value, part);
        run_add(s->t->arena, &s->running[1][i], value, part);
    }
}

static void tally_outcomes(struct summing *s, size_t total, struct choice *choice)
{
    for (size_t i = 0; i < TABLE_OUTCOME_COUNT; i++)
        choice->tally[i] = 0;
    for (size_t i = 0; i < table_tracks(&s->view); i++) {
        const struct table_value *value = table_value(&s->view, total, i);
        if (value && table_is_added(&s->view, total, i))
            choice->tally[table_outcome(s->t->arena, &s->running[choice->all][i], value)]++;
    }
}

static bool is_better(const struct choice *a, const struct choice *b)
{
    size_t x = holds(a->tally) + a->tally[TABLE_OUTCOME_EXACT], y = holds(b->tally) + b->tally[TABLE_OUTCOME_EXACT];
    if (x != y)
        return x > y;
    if (a->tally[TABLE_OUTCOME_FAILS] != b->tally[TABLE_OUTCOME_FAILS])
        return a->tally[TABLE_OUTCOME_FAILS] < b->tally[TABLE_OUTCOME_FAILS];
    if (a->block != b->block)
        return a->block;
    return a->tally[TABLE_OUTCOME_WEAK] > b->tally[TABLE_OUTCOME_WEAK];
}

static bool is_perfect(const struct choice *choice)
{
    return choice->tally[TABLE_OUTCOME_EXACT] && !choice->tally[TABLE_OUTCOME_FAILS] &&
           !choice->tally[TABLE_OUTCOME_OPEN];
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
    struct choice best = {.tally = {[TABLE_OUTCOME_FAILS] = SIZE_MAX}};
    size_t block = depth_of_block(s);
    clear_running(s);
    for (size_t depth = 1; depth <= s->stack.count && s->budget && !is_perfect(&best); depth++) {
        const struct entry *entry = &s->stack.items[s->stack.count - depth];
        spend(s, 1);
        add_entry(s, total, entry);
        for (int all = 0; all < 2; all++) {
            struct choice choice = {.depth = depth, .all = all, .block = depth == block};
            tally_outcomes(s, total, &choice);
            bool some = holds(choice.tally) || choice.tally[TABLE_OUTCOME_WEAK];
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
    struct table_reading *reading = ARENA_NEW(s->t->arena, struct table_reading);
    *reading = (struct table_reading){.total = total, .named = named};
    reading->parts = ARENA_ARRAY(s->t->arena, size_t, choice->depth);
    for (size_t i = choice->depth; i > 0; i--) {
        const struct entry *entry = &s->stack.items[s->stack.count - i];
        if (choice->all || !entry->optional)
            reading->parts[reading->count++] = entry->line;
    }
    for (size_t i = 0; i < TABLE_OUTCOME_COUNT; i++)
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
    bool accepted =
        choice.depth && holds(choice.tally) + choice.tally[TABLE_OUTCOME_WEAK] >= choice.tally[TABLE_OUTCOME_FAILS];
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
    bool sure = holds(choice.tally) >= 2 && choice.tally[TABLE_OUTCOME_FAILS] * 3 <= holds(choice.tally);
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
        s->running[i] = ARENA_ARRAY(s->t->arena, struct table_running, table_tracks(&s->view));
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

/* Totals at the end, or at the start: as more of them add up. */
struct table_reading *table_readings(struct tabling *t, bool across)
{
    struct summing forward = {.t = t, .view = {&t->grid, across}};
    struct summing backward = {.t = t, .view = {&t->grid, across}, .backward = true};
    run(&forward);
    run(&backward);
    return backward.holds > forward.holds ? backward.readings : forward.readings;
}

struct table_running table_running(struct tabling *t, const struct table_view *view,
                                   const struct table_reading *reading, size_t track)
{
    struct table_running sum;
    run_clear(&sum);
    for (size_t i = 0; i < reading->count; i++)
        run_add(t->arena, &sum, table_value(view, reading->total, track), table_value(view, reading->parts[i], track));
    return sum;
}
