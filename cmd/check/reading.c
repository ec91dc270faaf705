#include "check/reading.h"

#include "base/arena.h"

const struct item *reading_before(const struct reading_search *s, const struct item *at)
{
    while (at > s->clauses->items)
        if ((--at)->family != FAMILY_YEAR)
            return at;
    return NULL;
}

const struct item *reading_behind(const struct reading_search *s, const struct item *at)
{
    const struct item *end = s->clauses->items + s->clauses->count;
    while (++at < end)
        if (at->family != FAMILY_YEAR)
            return at;
    return NULL;
}

bool reading_neighbours(const struct reading_search *s, const struct item *a, const struct item *b)
{
    const struct item *first = a < b ? a : b, *last = a < b ? b : a;
    return reading_behind(s, first) == last;
}

bool reading_is_earlier(const struct item *item)
{
    return item_has(item, CUE_EARLIER) || item->mention->role == MENTION_OLD;
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
