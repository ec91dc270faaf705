#include "batch/across.h"

#include "base/arena.h"
#include "batch/across_figure.h"
#include "batch/across_finding.h"
#include "batch/across_repeat.h"

struct across {
    struct runs *figures, *pairs;
    struct arena scratch;
};

struct across *across_open(struct arena *arena, struct str folder, size_t memory)
{
    /* Most of it sorts the figures; what is left, those that editions print of their own periods. */
    struct across *across = ARENA_NEW(arena, struct across);
    *across = (struct across){.figures = runs_open(arena, folder, memory / 4 * 3),
                              .pairs = runs_open(arena, folder, memory / 4),
                              .scratch = {.out_of_memory = arena->out_of_memory}};
    return across;
}

bool across_add(struct across *across, struct str member, struct str figures, struct diag *diag)
{
    struct arena *scratch = &across->scratch;
    struct wire wire = {.in = figures, .arena = scratch};
    bool added = true;
    while (added && wire.in.len) {
        struct member_figure figure;
        const char *start = wire.in.ptr;
        member_figure_wire(&wire, &figure);
        struct str bytes = {start, (size_t)(wire.in.ptr - start)};
        added = wire.failed ? diag_at(diag, NULL, 0, "a figure that --across kept cannot be read again")
                            : runs_add(across->figures, printing_record(scratch, member, &figure, bytes), diag);
        arena_reset(scratch);
    }
    return added;
}

/* Printings that agree with the first of them. */
struct cluster {
    struct printing *first;
    size_t count;
};

struct judging {
    struct across *across;
    struct findings *findings;
    struct diag *diag;
    /* Of one concept with its dims, in one period: emptied with the period. */
    struct arena period;
    bool begun;
    struct record first;
    struct {
        struct cluster *items;
        size_t count, room;
    } clusters;
    const struct printing *own; /* by the edition that the period is of */
    struct str next_edition;    /* the first that prints it behind that one */
    /* Of one concept with its dims: emptied with the series. */
    struct arena series;
    const struct printing *last_settled, *last_own; /* of the periods before */
};

static struct printing *keep(struct arena *arena, const struct printing *printing)
{
    struct printing *kept = ARENA_NEW(arena, struct printing);
    printing_read(arena, str_copy(arena, printing->body), kept);
    return kept;
}

/* ---- one period ---- */

static bool is_year(struct str text, unsigned *year)
{
    *year = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        *year = *year * 10 + (unsigned)(text.ptr[i] - '0');
    }
    return text.len == 4;
}

/* Is one what an edition says of its own period, the other what the next one says of the last? */
static bool is_last_year(const struct judging *j, const struct printing *older, const struct printing *newer)
{
    unsigned year, next;
    if (!printing_is_own(older) || !str_equal(newer->figure.edition, j->next_edition))
        return false;
    return !is_year(older->figure.edition, &year) || !is_year(newer->figure.edition, &next) || next == year + 1;
}

/* Tells the values that are not the one which most members print. That one, where there is one, is the answer. */
static const struct printing *settle(struct judging *j)
{
    size_t lead = 0, rivals = 0;
    for (size_t i = 0; i < j->clusters.count; i++)
        if (j->clusters.items[i].count > j->clusters.items[lead].count)
            lead = i;
    const struct cluster *clusters = j->clusters.items;
    for (size_t i = 0; i < j->clusters.count; i++) {
        const struct printing *a = clusters[lead].first, *b = clusters[i].first;
        rivals += i != lead && clusters[i].count == clusters[lead].count;
        if (i == lead || same_member(a, b))
            continue;
        const struct printing *older = i < lead ? b : a, *newer = i < lead ? a : b;
        const struct telling telling = {.rule = is_last_year(j, older, newer) ? STR("crossfoot/across-last-year")
                                                                              : STR("crossfoot/across-figure"),
                                        .sign = ACROSS_DIFFERS,
                                        .older = older,
                                        .newer = newer};
        across_tell(&j->across->scratch, j->findings, &telling);
    }
    return j->clusters.count && !rivals ? clusters[lead].first : NULL;
}

/* Is one of the values before marked as no longer right? */
static bool is_restated(struct judging *j, const struct printing *printing)
{
    for (size_t i = 0; i < j->clusters.count; i++)
        if (printing->figure.revised || printing_restates(&j->across->scratch, printing, j->clusters.items[i].first))
            return true;
    return false;
}

/* Of members whose order is not known, an earlier one may be what restates this one. */
static bool was_restated(struct judging *j, const struct printing *printing)
{
    for (size_t i = 0; i < j->clusters.count; i++) {
        const struct printing *other = j->clusters.items[i].first;
        if (str_equal(other->figure.edition, printing->figure.edition) &&
            (other->figure.revised || printing_restates(&j->across->scratch, other, printing)))
            return true;
    }
    return false;
}

static void take_printing(struct judging *j, const struct printing *printing)
{
    if (j->own && !j->next_edition.len && !str_equal(printing->figure.edition, j->own->figure.edition))
        j->next_edition = str_copy(&j->period, printing->figure.edition);
    if (!j->own && printing_is_own(printing))
        j->own = keep(&j->period, printing);
    for (size_t i = 0; i < j->clusters.count; i++)
        if (printings_agree(j->clusters.items[i].first, printing)) {
            j->clusters.items[i].count++;
            return;
        }
    if (was_restated(j, printing))
        return;
    if (is_restated(j, printing)) {
        settle(j);
        j->clusters.count = 0;
    }
    *LIST_ADD(&j->period, &j->clusters) = (struct cluster){keep(&j->period, printing), 1};
}

/* ---- one series ---- */

static bool is_cumulative(const struct printing *a, const struct printing *b)
{
    return a->figure.cumulative || b->figure.cumulative;
}

/* The value of the period against that of the last one of which all members agree. */
static void judge_growth(struct judging *j, const struct printing *settled)
{
    struct str period = settled->figure.period;
    if (!period.len || str_equal(period, STR("*")))
        return;
    if (j->last_settled && is_cumulative(j->last_settled, settled) &&
        printing_falls(&j->across->scratch, j->last_settled, settled)) {
        const struct telling telling = {.rule = STR("crossfoot/across-cumulative"),
                                        .sign = ACROSS_FALLS,
                                        .older = j->last_settled,
                                        .newer = settled};
        across_tell(&j->across->scratch, j->findings, &telling);
    }
    j->last_settled = keep(&j->series, settled);
}

static bool end_period(struct judging *j)
{
    bool ok = true;
    const struct printing *settled = settle(j);
    if (settled)
        judge_growth(j, settled);
    if (j->own && j->last_own)
        ok = repeat_add(j->across->pairs, &j->across->scratch, j->last_own, j->own, j->diag);
    if (j->own)
        j->last_own = keep(&j->series, j->own);
    j->own = NULL;
    j->next_edition = (struct str){0};
    j->clusters.items = NULL;
    j->clusters.count = j->clusters.room = 0;
    arena_reset(&j->across->scratch);
    return ok;
}

static void end_series(struct judging *j)
{
    j->last_settled = j->last_own = NULL;
    arena_reset(&j->series);
}

static bool take_record(struct judging *j, struct record record)
{
    struct printing printing;
    bool fresh_period = !j->begun || !same_period(j->first, record);
    if (fresh_period && j->begun) {
        if (!end_period(j))
            return false;
        if (!same_series(j->first, record))
            end_series(j);
        arena_reset(&j->period);
    }
    if (fresh_period)
        j->first = (struct record){str_copy(&j->period, record.key), str_copy(&j->period, record.body)};
    j->begun = true;
    if (!printing_read(&j->across->scratch, record.body, &printing))
        return diag_at(j->diag, NULL, 0, "a figure that --across kept cannot be read again");
    take_printing(j, &printing);
    arena_reset(&j->across->scratch);
    return true;
}

bool across_judge(struct across *across, struct findings *findings, struct diag *diag)
{
    struct record record;
    struct arena empty = {.out_of_memory = across->scratch.out_of_memory};
    struct judging j = {.across = across, .findings = findings, .diag = diag, .period = empty, .series = empty};
    bool ok = runs_sort(across->figures, diag);
    while (ok && runs_next(across->figures, &record, diag))
        ok = take_record(&j, record);
    ok = ok && !diag->failed && end_period(&j) && runs_sort(across->pairs, diag) &&
         repeat_judge(across->pairs, findings, diag);
    arena_free(&j.period);
    arena_free(&j.series);
    return ok;
}

static size_t year_in(struct arena *arena, struct str name)
{
    struct str date = across_date_in_name(arena, name);
    size_t year = 0;
    for (size_t i = 0; i < date.len && i < 4; i++)
        year = year * 10 + (size_t)(date.ptr[i] - '0');
    return year;
}

size_t across_year(struct arena *arena, const struct finding *finding)
{
    const struct finding_place *place = &finding->terms[finding->term_count - 1].place;
    size_t year = year_in(arena, place->member);
    year = year ? year : year_in(arena, place->path);
    for (size_t i = 0; !year && i < finding->context_count; i++)
        year = year_in(arena, finding->context[i].value);
    return year;
}

void across_close(struct across *across)
{
    runs_close(across->figures);
    runs_close(across->pairs);
    arena_free(&across->scratch);
}
