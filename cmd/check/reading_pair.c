/* Two figures, or three, with no rate: parts, differences, points, multiples, means, ages, restatements. */
#include <math.h>

#include "base/arena.h"
#include "check/reading.h"

/* How many items back something that is said again is looked for, and other partners. */
enum { MEMORY = 30, WINDOW = 8 };

static void add(struct reading_search *s, struct reading reading)
{
    if (reading.holds || reading.strength > READING_WEAK)
        *LIST_ADD(s->arena, s->out) = reading;
}

static bool is_within(double value, double wanted, double share)
{
    return fabs(value - wanted) <= share * fabs(wanted);
}

static bool meet(double low, double high, double other_low, double other_high)
{
    double slack = 1e-9 * (fabs(high) + fabs(other_high));
    return low <= other_high + slack && other_low <= high + slack;
}

/* ---- a part and its whole ---- */

/* What a part is a part of: the figure of its kind before it that is no part, and large enough, if there is one. */
static const struct item *whole_of(const struct reading_search *s, const struct item *part)
{
    const struct item *it = part, *nearest = NULL;
    for (size_t looked = 0; looked < WINDOW && (it = reading_before(s, it)) != NULL; looked++) {
        if (it->sentence != part->sentence)
            break;
        if (it->depth > part->depth || !items_are_alike(it, part) || item_has(it, CUE_PART) || reading_is_earlier(it) ||
            item_has(it, CUE_MORE) || item_has(it, CUE_LESS) || item_has(it, CUE_DAILY) || item_has(it, CUE_EACH))
            continue;
        if (it->high >= part->low)
            return it;
        if (!nearest)
            nearest = it;
    }
    return nearest;
}

/* The parts that are listed with the first one: "dont A et B". */
static void collect_parts(struct reading_search *s, const struct item *first, struct reading *reading)
{
    struct {
        const struct item **items;
        size_t count, room;
    } parts = {0};
    const struct item *end = s->clauses->items + s->clauses->count;
    for (const struct item *it = first; it < end && it->sentence == first->sentence && parts.count < WINDOW; it++) {
        if (it != first && (it->clause != first->clause || it->depth < first->depth))
            break;
        bool listed = it == first || (items_are_alike(it, first) && !reading_is_earlier(it) && !reading_direction(it));
        if (listed && (it == first || it->mention->listed || it->opens))
            *LIST_ADD(s->arena, &parts) = it;
    }
    reading->many = parts.items;
    reading->many_count = parts.count;
}

static void read_part(struct reading_search *s, const struct item *part)
{
    struct reading reading = {.claim = CLAIM_PART};
    const struct item *whole = whole_of(s, part);
    double low = 0;
    if (!whole)
        return;
    reading.parts[1] = whole;
    collect_parts(s, part, &reading);
    for (size_t i = 0; i < reading.many_count; i++)
        low += reading.many[i]->low;
    reading.holds = low <= whole->high * (1 + 1e-9);
    bool one_noun = !part->noun || part->noun == whole->noun;
    reading.strength = one_noun && reading_neighbours(s, whole, part) ? READING_SURE : READING_FAIR;
    add(s, reading);
}

/* "434 sur un total de 10 176", "1 100, soit 240 de plus": what is no more than another for another reason. */
static void read_at_most(struct reading_search *s, const struct item *part, const struct item *whole, bool sure)
{
    const struct item **many = ARENA_NEW(s->arena, const struct item *);
    *many = part;
    struct reading reading = {.claim = CLAIM_PART, .parts = {NULL, whole}, .many = many, .many_count = 1};
    reading.holds = part->low <= whole->high * (1 + 1e-9);
    reading.strength = sure ? READING_SURE : READING_WEAK;
    add(s, reading);
}

static const struct item *alike_before(const struct reading_search *s, const struct item *at)
{
    const struct item *it = at;
    for (size_t looked = 0; looked < WINDOW && (it = reading_before(s, it)) != NULL; looked++) {
        if (it->sentence != at->sentence)
            return NULL;
        if (items_are_alike(it, at) && !reading_direction(it) && !reading_is_earlier(it))
            return it;
    }
    return NULL;
}

static void read_parts(struct reading_search *s, const struct item *item)
{
    const struct item *before;
    if (item->family != FAMILY_AMOUNT)
        return;
    if (item_has(item, CUE_PART))
        read_part(s, item);
    if (item_has(item, CUE_WHOLE) && (before = alike_before(s, item)) != NULL && before->clause == item->clause)
        read_at_most(s, before, item, false);
    if (item_has(item, CUE_MORE) && (before = alike_before(s, item)) != NULL)
        read_at_most(s, item, before, false);
}

/* ---- differences ---- */

/* Do the two look like a value and the one before it? 0: no; more, the more speaks for it. */
static int pair_score(const struct reading_search *s, const struct item *from, const struct item *to)
{
    bool turned = from < to && to->mention->role != MENTION_NEW && !(from->year && to->year);
    if (from->sentence != to->sentence || reading_is_earlier(to))
        return 0;
    int score = 1 + (from->clause == to->clause) + 2 * reading_neighbours(s, from, to);
    if (!turned && reading_comes_before(s, from, to))
        score += 3;
    return score;
}

/* A change and two values of a family, one of which may be the other changed. */
struct change_search {
    struct reading_search *s;
    const struct item *change;
    int direction;
    struct reading best, failed;
    size_t tried;
};

/* A pair for which little but the numbers speaks is kept when chance would make one in so few texts. */
static const double ACCIDENT = 0.05;

static void try_change(struct change_search *q, const struct item *from, const struct item *to)
{
    const struct item *change = q->change;
    int score = pair_score(q->s, from, to);
    bool down = q->direction ? q->direction < 0 : to->value < from->value;
    double least = down ? from->low - to->high : to->low - from->high;
    double most = down ? from->high - to->low : to->high - from->low;
    double low = change->sign < 0 ? -change->high : change->low, high = change->sign < 0 ? -change->low : change->high;
    struct reading r = {.claim = change->family != from->family || from->family != FAMILY_AMOUNT ? CLAIM_POINTS
                                 : change->sign || !down                                         ? CLAIM_GAIN
                                                                                                 : CLAIM_LOSS,
                        .parts = {from, to, change}};
    r.holds = meet(low, high, least, most);
    double gap = (least + most) / 2, wanted = (low + high) / 2;
    bool basis = r.claim == CLAIM_POINTS && is_within(gap * 100, wanted, 0.15); /* basis points, called points */
    r.close = is_within(gap, wanted, 0.15) || basis;
    r.score = score + 2 * (reading_neighbours(q->s, to, change) || reading_neighbours(q->s, from, change));
    q->tried++;
    double odds = (most - least + high - low + change->step) / fabs(to->value);
    if (r.holds && (score < 2 || r.score < 4) && odds * (double)(q->tried + 10) > ACCIDENT)
        return;
    struct reading *kept = r.holds ? &q->best : &q->failed;
    if ((r.holds || (to->clause == change->clause && score)) && (!kept->claim || r.score > kept->score))
        *kept = r;
}

static bool is_value(const struct change_search *q, const struct item *item, enum family family)
{
    return item != q->change && item->family == family && item->sentence + 1 >= q->change->sentence &&
           item->sentence <= q->change->sentence && (family != FAMILY_AMOUNT || !reading_direction(item)) &&
           (family != q->change->family || items_are_alike(item, q->change));
}

/* Looks for the pair whose difference is the change: `family` is that of the values. */
static void read_difference(struct reading_search *s, const struct item *change, enum family family)
{
    struct change_search q = {.s = s, .change = change, .direction = reading_direction(change)};
    const struct clauses *c = s->clauses;
    size_t at = (size_t)(change - c->items), first = at > WINDOW ? at - WINDOW : 0;
    for (size_t i = first; i < c->count && i <= at + WINDOW; i++)
        for (size_t j = first; j < c->count && j <= at + WINDOW; j++)
            if (i != j && is_value(&q, &c->items[i], family) && is_value(&q, &c->items[j], family) &&
                items_are_alike(&c->items[i], &c->items[j]))
                try_change(&q, &c->items[i], &c->items[j]);
    struct reading *chosen = q.best.claim ? &q.best : &q.failed;
    /* "60 points de base, soit 10 points au-dessus de l'objectif de 50 points de base": a slip of the unit. */
    bool points = family == FAMILY_POINTS && item_has(change, CUE_EQUALS);
    if (!chosen->claim || (!chosen->holds && !points && (chosen->score < 7 || !q.direction)))
        return;
    chosen->strength = chosen->score >= 8 && !points ? READING_SURE : READING_FAIR;
    add(s, *chosen);
}

static void read_differences(struct reading_search *s, const struct item *item)
{
    bool change = reading_direction(item) || item_has(item, CUE_NET) || item_has(item, CUE_EQUALS);
    if (item->family == FAMILY_AMOUNT && change)
        read_difference(s, item, FAMILY_AMOUNT);
    if (item->family == FAMILY_POINTS) {
        read_difference(s, item, FAMILY_RATE);
        if (item_has(item, CUE_EQUALS))
            read_difference(s, item, FAMILY_POINTS);
    }
}

/* ---- multiples, means, ages ---- */

static bool is_beside(const struct item *item, const struct item *times)
{
    return item->block == times->block && item->sentence + 1 >= times->sentence &&
           item->sentence <= times->sentence + 1;
}

static void read_multiple(struct reading_search *s, const struct item *times)
{
    struct reading best = {.claim = CLAIM_NONE}, failed = best;
    const struct clauses *c = s->clauses;
    size_t at = (size_t)(times - c->items), first = at > WINDOW ? at - WINDOW : 0;
    for (size_t i = first; i < c->count && i <= at + WINDOW; i++)
        for (size_t j = first; j < c->count && j <= at + WINDOW; j++) {
            const struct item *small = &c->items[i], *large = &c->items[j];
            if (i == j || (small->family != FAMILY_AMOUNT && small->family != FAMILY_RATE) ||
                !items_are_alike(small, large) || fabs(small->value) <= 0 || !is_beside(small, times) ||
                !is_beside(large, times) || fabs(large->value) < fabs(small->value) || times->value < 1)
                continue;
            int rising = pair_score(s, small, large), falling = pair_score(s, large, small);
            int score = rising > falling ? rising : falling;
            score += small->sentence == times->sentence && large->sentence == times->sentence;
            struct reading r = {.claim = CLAIM_MULTIPLE, .parts = {small, large, times}, .score = score};
            double ratio = fabs(large->value) / fabs(small->value);
            r.holds = is_within(ratio, times->value, 0.1);
            struct reading *kept = r.holds ? &best : &failed;
            if (!kept->claim || r.score > kept->score)
                *kept = r;
        }
    struct reading *chosen = best.claim ? &best : &failed;
    if (!chosen->claim || (!chosen->holds && (chosen->score < 8 || chosen->parts[0]->family == FAMILY_RATE)))
        return;
    chosen->strength = chosen->score >= 8 ? READING_SURE : READING_WEAK;
    add(s, *chosen);
}

static const struct {
    enum cue cue;
    enum claim claim;
    double periods;
} means[] = {{CUE_DAILY, CLAIM_DAILY, 365}, {CUE_WEEKLY, CLAIM_WEEKLY, 52}, {CUE_MONTHLY, CLAIM_MONTHLY, 12}};

/* The total of a year that a mean is of. */
static void read_mean(struct reading_search *s, const struct item *mean)
{
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        const struct item *it = mean;
        if (!item_has(mean, means[i].cue))
            continue;
        for (size_t looked = 0; looked < WINDOW && (it = reading_before(s, it)) != NULL; looked++) {
            if (it->sentence + 1 < mean->sentence || it->family != FAMILY_AMOUNT || !items_are_alike(it, mean))
                continue;
            struct reading r = {.claim = means[i].claim, .parts = {it, mean}};
            r.holds =
                meet(it->low / means[i].periods * 0.99, it->high / means[i].periods * 1.01, mean->low, mean->high);
            r.close = is_within(it->value / means[i].periods, mean->value, 0.15);
            r.strength = item_has(mean, CUE_MEAN) && it->sentence == mean->sentence ? READING_FAIR : READING_WEAK;
            if (r.holds || r.close) {
                add(s, r);
                return;
            }
        }
    }
}

/* Is the amount so much for each of what the other counts: "80 € par habitant (23 044 habitants)"? */
static bool names_count(const struct reading_search *s, const struct item *mean, const struct item *count)
{
    return count->noun && count->noun == s->clauses->behind[mean - s->clauses->items];
}

static void read_each(struct reading_search *s, const struct item *mean)
{
    const struct clauses *c = s->clauses;
    size_t at = (size_t)(mean - c->items), first = at > WINDOW ? at - WINDOW : 0;
    struct reading best = {.claim = CLAIM_NONE};
    if (!item_has(mean, CUE_EACH) && !item_has(mean, CUE_MEAN))
        return;
    for (size_t i = first; i < c->count && i <= at + WINDOW; i++)
        for (size_t j = first; j < c->count && j <= at + WINDOW; j++) {
            const struct item *total = &c->items[i], *count = &c->items[j];
            if (total == mean || count == mean || total == count || count->family != FAMILY_AMOUNT ||
                count->notation->unit.kind != UNIT_COUNT || !items_are_alike(total, mean) || count->low <= 0 ||
                count->value < 2 || total->sentence + 2 < mean->sentence || count->sentence + 2 < mean->sentence)
                continue;
            struct reading r = {.claim = CLAIM_EACH, .parts = {total, count, mean}};
            double low = total->low / count->high, high = total->high / count->low;
            double width = high - low + mean->high - mean->low;
            bool named = names_count(s, mean, count);
            r.holds = meet(low, high, mean->low, mean->high);
            r.close = is_within((low + high) / 2, mean->value, 0.12);
            r.strength = named && total->sentence == mean->sentence ? READING_FAIR : READING_WEAK;
            r.score = 2 * r.holds + named;
            if ((r.holds ? width < 0.05 * mean->value : named) && (!best.claim || r.score > best.score))
                best = r;
        }
    if (best.claim)
        add(s, best);
}

/* "un taux de 49 %, … 53 % pour les filles et 45 % pour les garçons": the rate of all lies between. */
static void read_groups(struct reading_search *s, const struct item *last)
{
    const struct item *other = reading_before(s, last), *all = other ? reading_before(s, other) : NULL;
    if (!item_has(last, CUE_GROUPS) || !all || !items_are_alike(last, other) || !items_are_alike(last, all) ||
        other->sentence != last->sentence || all->sentence + 1 < last->sentence || !item_has(all, CUE_RATE) ||
        reading_direction(last) || reading_direction(other))
        return;
    const struct item *low = last->value < other->value ? last : other, *high = low == last ? other : last;
    struct reading least = {.claim = CLAIM_OVER_LOWEST, .parts = {low, all}, .strength = READING_SURE};
    struct reading most = {.claim = CLAIM_UNDER_HIGHEST, .parts = {all, high}, .strength = READING_SURE};
    least.holds = low->low <= all->high;
    most.holds = all->low <= high->high;
    add(s, least);
    add(s, most);
}

/* "13 074 par jour, soit une toutes les 6,6 secondes" */
static void read_every(struct reading_search *s, const struct item *time)
{
    const struct item *mean = time;
    if (!item_has(time, CUE_EVERY) || time->notation->unit.kind != UNIT_DURATION)
        return;
    for (size_t looked = 0; looked < WINDOW && (mean = reading_before(s, mean)) != NULL; looked++)
        if (item_has(mean, CUE_DAILY) && mean->sentence + 1 >= time->sentence) {
            struct reading r = {.claim = CLAIM_EVERY, .parts = {mean, time}, .strength = READING_SURE};
            r.holds = meet(mean->low * time->low, mean->high * time->high, 0.98, 1.02);
            add(s, r);
            return;
        }
}

/* Two years and what lies between them. "depuis 47 ans", "fête ses 47 ans" claim it where the sentence has no third
 * year; an anniversary that is still to come takes one off. */
static void read_age(struct reading_search *s, const struct item *age)
{
    const struct clauses *c = s->clauses;
    const struct item *first = NULL, *last = NULL;
    size_t at = (size_t)(age - c->items), from = at > WINDOW ? at - WINDOW : 0, years = 0;
    const struct unit *unit = &age->notation->unit;
    if (unit->kind != UNIT_DURATION || unit->base_count != 1 || unit->bases[0].name[0] != 'y')
        return;
    for (size_t i = from; i < c->count && i <= at + WINDOW; i++) {
        const struct item *it = &c->items[i];
        if (it->family != FAMILY_YEAR || it->sentence != age->sentence || !it->year)
            continue;
        years++;
        first = !first || it->year < first->year ? it : first;
        last = !last || it->year > last->year ? it : last;
    }
    if (years < 2)
        return;
    double gap = (double)(last->year - first->year) - age->value;
    struct reading r = {.claim = CLAIM_AGE, .parts = {first, last, age}, .holds = gap == 0};
    r.close = fabs(gap) > 1 && is_within(age->value + gap, age->value, 0.25);
    r.strength = item_has(age, CUE_SINCE) && years == 2 && r.close ? READING_FAIR : READING_WEAK;
    add(s, r);
}

/* ---- what is said twice ---- */

/* How many steps of its last significant digit a figure is: 946 is 946, 43 M€ is 43. */
static double digits_of(const struct item *item) { return item->step > 0 ? fabs(item->value) / item->step : 0; }

/* What a whole number that ends in zeros may be rounded by: titles round so. */
static double rounded_by(const struct item *item)
{
    return digits_of(item) >= 10 && item->low >= item->high ? fabs(item->value) / digits_of(item) / 2 : 0;
}

static bool in_title(const struct reading_search *s, const struct item *item)
{
    return item->sentence == s->clauses->items[0].sentence;
}

static bool is_restated(const struct reading_search *s, const struct item *first, const struct item *second)
{
    bool same = fabs(first->value - second->value) <= 1e-12 * fabs(first->value);
    bool one_noun = first->noun && first->noun == second->noun;
    bool apart = first->sentence != second->sentence;
    double spare = in_title(s, first) ? rounded_by(first) : 0;
    if (!meet(first->low - spare, first->high + spare, second->low, second->high))
        return false;
    if (same)
        return digits_of(first) >= (apart && first->notation->unit.kind == UNIT_MONEY ? 20 : 100) ||
               (apart && one_noun && digits_of(first) >= 10);
    return apart && (one_noun || in_title(s, first)) && digits_of(first) >= 10 && digits_of(second) >= 10;
}

/* Is it the same number with a slip? Told apart later: here only what could be. */
static bool may_be_slip(const struct item *first, const struct item *second)
{
    return first->title && first->sentence != second->sentence && first->noun && first->noun == second->noun &&
           digits_of(first) >= 100 && digits_of(second) >= 100 &&
           (!first->year || !second->year || first->year == second->year);
}

/* Is it among the first figures of the title? These are remembered throughout. */
static bool is_in_head(const struct reading_search *s, size_t item)
{
    return item < MEMORY && in_title(s, &s->clauses->items[item]);
}

static void read_restatement(struct reading_search *s, const struct item *second)
{
    const struct clauses *c = s->clauses;
    size_t at = (size_t)(second - c->items), first = at > MEMORY ? at - MEMORY : 0;
    struct reading r = {.claim = CLAIM_RESTATE};
    if (second->family != FAMILY_AMOUNT && second->family != FAMILY_RATE)
        return;
    for (size_t i = 0; i < at; i = i + 1 < first && !is_in_head(s, i + 1) ? first : i + 1) {
        const struct item *it = &c->items[i];
        if (!items_are_alike(it, second))
            continue;
        if (is_restated(s, it, second)) {
            r.holds = true;
            r.rounded = !meet(it->low, it->high, second->low, second->high);
            r.parts[0] = it;
        } else if (!r.parts[0] && may_be_slip(it, second)) {
            r.parts[0] = it;
            r.strength = READING_FAIR;
        }
    }
    r.parts[1] = second;
    if (r.parts[0])
        add(s, r);
}

void readings_of_pairs(struct reading_search *s)
{
    for (size_t i = 0; i < s->clauses->count; i++) {
        const struct item *item = &s->clauses->items[i];
        read_parts(s, item);
        read_differences(s, item);
        if (item->family == FAMILY_TIMES)
            read_multiple(s, item);
        if (item->family == FAMILY_RATE)
            read_groups(s, item);
        if (item->family == FAMILY_AMOUNT) {
            read_mean(s, item);
            read_each(s, item);
            read_every(s, item);
            read_age(s, item);
        }
        read_restatement(s, item);
    }
}
