#include "check/reading.h"

#include "base/arena.h"

/* Times pass between other figures: "37 de moins qu'il y a cinq ans (-6,7 %)"; so do "les deux fonds". */
static bool is_passed_over(const struct item *item, const struct item *from)
{
    return item->family == FAMILY_YEAR || (item->little && !from->little) ||
           (item->notation->unit.kind == UNIT_DURATION && from->notation->unit.kind != UNIT_DURATION);
}

const struct item *reading_before(const struct reading_search *s, const struct item *at)
{
    for (const struct item *it = at; it > s->clauses->items;)
        if (!is_passed_over(--it, at))
            return it;
    return NULL;
}

const struct item *reading_behind(const struct reading_search *s, const struct item *at)
{
    const struct item *end = s->clauses->items + s->clauses->count;
    for (const struct item *it = at + 1; it < end; it++)
        if (!is_passed_over(it, at))
            return it;
    return NULL;
}

bool reading_neighbours(const struct reading_search *s, const struct item *a, const struct item *b)
{
    const struct item *first = a < b ? a : b, *last = a < b ? b : a;
    return reading_behind(s, first) == last;
}

bool reading_is_earlier(const struct item *item)
{
    bool change = item_has(item, CUE_MORE) || item_has(item, CUE_LESS);
    return !change && (item_has(item, CUE_EARLIER) || item->mention->role == MENTION_OLD);
}

bool reading_comes_before(const struct reading_search *s, const struct item *from, const struct item *to)
{
    bool opens = from->opens && to->depth < from->depth && reading_before(s, from) == to;
    return reading_is_earlier(from) || opens || (from->year && to->year && from->year < to->year);
}

int reading_direction(const struct item *item)
{
    if (item->sign)
        return item->sign;
    if (item_has(item, CUE_NEW) || reading_is_earlier(item)) /* "progresse à 3 M€", "up from 17" */
        return 0;
    bool up = item_has(item, CUE_UP) || item_has(item, CUE_MORE);
    bool down = item_has(item, CUE_DOWN) || item_has(item, CUE_LESS);
    return up == down ? 0 : up ? 1 : -1;
}

struct readings readings_find(struct arena *arena, const struct clauses *clauses)
{
    struct readings out = {0};
    struct reading_search s = {.arena = arena, .clauses = clauses, .out = &out};
    readings_of_rates(&s);
    readings_of_sums(&s);
    readings_of_pairs(&s);
    return out;
}
