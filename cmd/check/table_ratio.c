/* Percent columns and change columns (and rows): which of their neighbours they were made from, and whether rightly.
 *
 * Headings say little of that, the numbers much: a hypothesis that most of a line's numbers bear out is how it was
 * made, and the few others are wrong. One that all of them bear out is preferred. */
#include "base/arena.h"
#include "check/table.h"

enum fit {
    FIT_NONE,  /* a number is missing, or tells nothing */
    FIT_LOOSE, /* agrees, but so would many others */
    FIT_HOLDS,
    FIT_NEAR, /* fails by less than one in the last digit */
    FIT_FAILS,
    FIT_COUNT
};

/* How a line may have been made: `claim` says what `a` and `b` are. */
struct derivation {
    enum table_claim claim;
    size_t a, b;    /* lines; of a share of one track, b is the track of the whole */
    bool one_track; /* a share: of the same line's number in track b, or of the line's sum */
};

struct candidate {
    struct derivation origin;
    size_t tally[FIT_COUNT];
};

struct ratios {
    struct tabling *t;
    struct table_view view;
    struct interval *sums;             /* of each line: of the tracks that are no totals */
    const struct table_value **items;  /* of one line, for its sum */
    size_t *totals, total_count;       /* tracks */
    size_t line;                       /* the one in question */
    bool as_percent;                   /* its numbers are percentages without a sign */
    const struct table_blame *instead; /* of one number, what it should be; or NULL */
};

/* ---- one number ---- */

static struct interval interval_of(const struct ratios *r, const struct table_value *value)
{
    return r->instead && r->instead->value == value ? r->instead->proper : value->interval;
}

static struct interval claimed(const struct ratios *r, const struct table_value *value)
{
    struct interval interval = interval_of(r, value);
    return r->as_percent ? interval_scale(r->t->arena, interval, unit_percent().factor) : interval;
}

static const struct table_value *whole_of(const struct ratios *r, const struct derivation *origin, size_t track)
{
    return origin->one_track ? table_value(&r->view, origin->a, origin->b) : table_value(&r->view, origin->b, track);
}

static bool is_amount(const struct table_value *value)
{
    enum unit_kind kind = value->notation->unit.kind;
    return kind == UNIT_COUNT || kind == UNIT_MONEY || kind == UNIT_MEASURE || kind == UNIT_DURATION;
}

static bool meet(const struct table_value *a, const struct table_value *b)
{
    const struct unit *x = &a->notation->unit, *y = &b->notation->unit;
    struct unit unit;
    return x->kind == y->kind && (x->kind == UNIT_COUNT || unit_join(*x, '=', *y, &unit));
}

/* The values that the origin gives for a track; false when there are none. */
static bool derive(const struct ratios *r, const struct derivation *origin, size_t track, struct interval *out)
{
    struct arena *arena = r->t->arena;
    const struct table_value *a = table_value(&r->view, origin->a, track);
    bool of_sum = origin->claim == TABLE_SHARE_OF_SUM;
    if (of_sum && table_says(table_track(&r->view, track), TABLE_TOTALS))
        return false;
    const struct table_value *b = of_sum ? a : whole_of(r, origin, track);
    if (!a || !b || !meet(a, b))
        return false;
    struct interval x = interval_of(r, a), y = interval_of(r, b);
    switch (origin->claim) {
    case TABLE_SHARE:
        return is_amount(a) && interval_div(arena, x, y, out);
    case TABLE_SHARE_OF_SUM:
        return is_amount(a) && interval_div(arena, x, r->sums[origin->a], out);
    case TABLE_GROWTH:
        if (!is_amount(a) || !interval_div(arena, y, x, out))
            return false;
        *out = interval_sub(arena, *out, interval_point(number_int(1)));
        return true;
    case TABLE_DIFFERENCE:
        *out = interval_sub(arena, y, x);
        return true;
    case TABLE_SUM:
    case TABLE_PARTS_OF:
    case TABLE_PART_OF:
    case TABLE_CLAIM_COUNT:
        break;
    }
    return false;
}

/* Is the interval so narrow that to meet it is no accident? */
static bool is_narrow(struct arena *arena, struct interval interval, struct number at)
{
    struct number size = number_abs(arena, at), width = number_sub(arena, interval.high.at, interval.low.at);
    return number_sign(size) && number_compare(number_mul(arena, width, number_int(10)), size) <= 0;
}

/* Small whole numbers are often equal by accident. */
static bool is_small(struct arena *arena, struct interval interval)
{
    return interval_is_point(interval) && number_compare(number_abs(arena, interval.low.at), number_int(10)) < 0;
}

/* With one more unit of the last digit on either side. */
static struct interval widen(struct arena *arena, struct interval interval)
{
    struct number width = number_sub(arena, interval.high.at, interval.low.at);
    return interval_closed(number_sub(arena, interval.low.at, width), number_add(arena, interval.high.at, width));
}

static enum fit fit(const struct ratios *r, const struct derivation *origin, size_t track)
{
    struct arena *arena = r->t->arena;
    const struct table_value *value = table_value(&r->view, r->line, track);
    struct interval derived;
    if (!value || !derive(r, origin, track, &derived))
        return FIT_NONE;
    struct interval printed = claimed(r, value);
    if (printed.low.infinite || printed.high.infinite || derived.low.infinite || derived.high.infinite)
        return FIT_NONE;
    struct number at = r->as_percent ? number_mul(arena, value->number, unit_percent().factor) : value->number;
    bool whole = number_equal(at, number_int(1));
    if (interval_meets(printed, derived))
        return !whole && !is_small(arena, printed) && is_narrow(arena, printed, at) && is_narrow(arena, derived, at)
                   ? FIT_HOLDS
                   : FIT_LOOSE;
    return interval_meets(widen(arena, printed), derived) && !interval_is_point(printed) ? FIT_NEAR : FIT_FAILS;
}

/* ---- origins ---- */

/* A hypothesis that fails for most of the first numbers is given up. */
static struct candidate try_origin(const struct ratios *r, struct derivation origin)
{
    enum { FIRST = 12 };
    struct candidate candidate = {.origin = origin};
    size_t tracks = table_tracks(&r->view), tried = 0;
    for (size_t i = 0; i < tracks; i++) {
        enum fit f = fit(r, &origin, i);
        candidate.tally[f]++;
        tried += f != FIT_NONE;
        if (tried == FIRST && candidate.tally[FIT_FAILS] * 2 > FIRST) {
            candidate.tally[FIT_HOLDS] = 0;
            break;
        }
    }
    return candidate;
}

/* With a heading that says so, less is asked for. */
static bool is_borne_out(const struct candidate *c, bool told)
{
    size_t holds = c->tally[FIT_HOLDS], loose = c->tally[FIT_LOOSE], fails = c->tally[FIT_FAILS] + c->tally[FIT_NEAR];
    if (told)
        return (holds >= 2 || (holds == 1 && loose >= 2)) && (holds + loose / 2) >= 2 * c->tally[FIT_FAILS];
    return holds >= 3 && holds >= 4 * fails;
}

static void consider(const struct ratios *r, struct derivation origin, bool told, struct candidate *best)
{
    if (origin.a == r->line || (!origin.one_track && origin.claim != TABLE_SHARE_OF_SUM && origin.b == r->line))
        return;
    struct candidate c = try_origin(r, origin);
    if (!is_borne_out(&c, told))
        return;
    size_t fails = c.tally[FIT_FAILS] + c.tally[FIT_NEAR], least = best->tally[FIT_FAILS] + best->tally[FIT_NEAR];
    size_t holds = c.tally[FIT_HOLDS], most = best->tally[FIT_HOLDS];
    if (holds + least > most + fails || (holds + least == most + fails && fails < least))
        *best = c;
}

/* Lines that a percentage or a change may have been made from stand near. */
enum { BEFORE = 8, BEHIND = 4 };

static size_t near_first(size_t line) { return line > BEFORE ? line - BEFORE : 0; }

static size_t near_end(const struct ratios *r)
{
    size_t lines = table_lines(&r->view);
    return r->line + BEHIND + 1 < lines ? r->line + BEHIND + 1 : lines;
}

static void consider_shares(const struct ratios *r, bool told, struct candidate *best)
{
    for (size_t a = near_first(r->line); a < near_end(r); a++) {
        for (size_t i = 0; i < r->total_count; i++)
            consider(r, (struct derivation){TABLE_SHARE, a, r->totals[i], true}, told, best);
        consider(r, (struct derivation){.claim = TABLE_SHARE_OF_SUM, .a = a}, told, best);
        for (size_t b = near_first(r->line); b < near_end(r); b++)
            if (a != b)
                consider(r, (struct derivation){TABLE_SHARE, a, b, false}, false, best);
    }
}

static void consider_changes(const struct ratios *r, enum table_claim claim, bool told, struct candidate *best)
{
    for (size_t a = near_first(r->line); a < near_end(r); a++)
        for (size_t b = near_first(r->line); b < near_end(r); b++)
            if (a != b)
                consider(r, (struct derivation){claim, a, b, false}, told, best);
}

/* ---- what is wrong ---- */

/* Would it hold if a number that is known to be wrong were what it should be? Then all is told. */
static bool is_explained(const struct ratios *r, const struct derivation *origin, size_t track)
{
    for (size_t i = 0; i < r->t->blames.count; i++) {
        struct ratios other = *r;
        other.instead = &r->t->blames.items[i];
        const struct table_value *value = other.instead->value;
        if (value != table_value(&r->view, origin->a, track) && value != table_value(&r->view, r->line, track) &&
            value != whole_of(r, origin, track))
            continue;
        enum fit f = fit(&other, origin, track);
        if (f == FIT_HOLDS || f == FIT_LOOSE)
            return true;
    }
    return false;
}

/* The values of line `a` that make the whole. */
static size_t collect_items(const struct ratios *r, size_t a)
{
    size_t count = 0;
    for (size_t i = 0; i < table_tracks(&r->view); i++) {
        const struct table_line *track = table_track(&r->view, i);
        const struct table_value *value = table_value(&r->view, a, i);
        if (value && !track->aside && !table_says(track, TABLE_TOTALS | TABLE_PARTS | TABLE_RATES))
            r->items[count++] = value;
    }
    return count;
}

static void judge_track(const struct ratios *r, const struct derivation *origin, size_t track, bool fails)
{
    const struct table_value *value = table_value(&r->view, r->line, track), *a, *b = NULL;
    struct table_value percent = *value;
    struct notation notation = *value->notation;
    if (r->as_percent) {
        if (!notation_set_unit(r->t->arena, r->t->grid.draft->lexicon, &notation, STR("%")))
            return;
        percent.notation = &notation;
        value = &percent;
    }
    a = table_value(&r->view, origin->a, track);
    if (origin->claim != TABLE_SHARE_OF_SUM)
        b = whole_of(r, origin, track);
    struct table_role roles[3] = {
        {.values = &a, .count = 1}, {.values = &b, .count = 1}, {.values = &value, .count = 1}};
    bool share = origin->claim == TABLE_SHARE || origin->claim == TABLE_SHARE_OF_SUM;
    roles[0].name = share ? STR("part") : STR("old");
    roles[1].name = share ? STR("whole") : STR("new");
    roles[2].name = share ? STR("percent") : STR("change");
    if (origin->claim == TABLE_SHARE_OF_SUM)
        roles[1] = (struct table_role){STR("item"), r->items, collect_items(r, origin->a)};
    if (a == b || (fails && !r->t->c->weighing && is_explained(r, origin, track)))
        return;
    if (fails)
        *LIST_ADD(r->t->arena, &r->t->wrong) = value->cell;
    table_judge(r->t, origin->claim, !fails, SEVERITY_ERROR, roles, 3);
}

/* Are the shares nudged so that they add up to 100 % as they are printed? */
static bool is_nudged(const struct ratios *r, enum table_claim claim)
{
    size_t count = collect_items(r, r->line);
    struct number sum = number_int(0);
    for (size_t i = 0; i < count; i++)
        sum = number_add(r->t->arena, sum, r->items[i]->number);
    return (claim == TABLE_SHARE || claim == TABLE_SHARE_OF_SUM) && number_equal(sum, number_int(1));
}

static void judge_line(struct ratios *r, const struct candidate *best)
{
    bool nudged = is_nudged(r, best->origin.claim);
    for (size_t i = 0; i < table_tracks(&r->view); i++) {
        enum fit f = fit(r, &best->origin, i);
        if (f != FIT_NONE && !(f == FIT_NEAR && nudged))
            judge_track(r, &best->origin, i, f == FIT_FAILS || f == FIT_NEAR);
    }
}

/* ---- lines ---- */

static enum unit_kind kind_of_line(const struct ratios *r)
{
    for (size_t i = 0; i < table_tracks(&r->view); i++) {
        const struct table_value *value = table_value(&r->view, r->line, i);
        if (value)
            return value->notation->unit.kind;
    }
    return UNIT_ZERO;
}

static void check_line(struct ratios *r)
{
    const struct table_line *line = table_line(&r->view, r->line);
    bool change = table_says(line, TABLE_CHANGES), share = table_says(line, TABLE_SHARES);
    enum unit_kind kind = kind_of_line(r);
    struct candidate best = {0};
    r->as_percent = false;
    if (kind == UNIT_RATIO) {
        consider_shares(r, share, &best);
        consider_changes(r, TABLE_GROWTH, change, &best);
    }
    if (change)
        consider_changes(r, TABLE_DIFFERENCE, true, &best);
    if (!best.tally[FIT_HOLDS] && change && kind == UNIT_COUNT) {
        r->as_percent = true;
        consider_changes(r, TABLE_GROWTH, true, &best);
    }
    if (best.tally[FIT_HOLDS])
        judge_line(r, &best);
}

/* Tracks that may be the whole: those that a heading calls totals, the last ones first. */
static void find_totals(struct ratios *r)
{
    enum { MOST = 4 };
    r->totals = ARENA_ARRAY(r->t->arena, size_t, MOST);
    for (size_t i = table_tracks(&r->view); i-- > 0 && r->total_count < MOST;)
        if (table_says(table_track(&r->view, i), TABLE_TOTALS) && !table_says(table_track(&r->view, i), TABLE_PARTS))
            r->totals[r->total_count++] = i;
}

static void add_up(struct ratios *r)
{
    r->sums = ARENA_ARRAY(r->t->arena, struct interval, table_lines(&r->view));
    r->items = ARENA_ARRAY(r->t->arena, const struct table_value *, table_tracks(&r->view));
    for (size_t i = 0; i < table_lines(&r->view); i++) {
        size_t count = collect_items(r, i);
        r->sums[i] = interval_point(number_int(0));
        for (size_t j = 0; j < count; j++)
            r->sums[i] = interval_add(r->t->arena, r->sums[i], r->items[j]->interval);
    }
}

void table_check_ratios(struct tabling *t, bool across)
{
    struct ratios r = {.t = t, .view = {&t->grid, across}};
    find_totals(&r);
    add_up(&r);
    for (r.line = 0; r.line < table_lines(&r.view); r.line++)
        if (table_line(&r.view, r.line)->numbers)
            check_line(&r);
}
