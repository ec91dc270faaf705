/* Sums: a total with its parts before or behind it, and percentages that make a hundred. */
#include <math.h>

#include "base/arena.h"
#include "check/reading.h"

/* So many parts, at most; one of the first so many is the first of them; so many sentences before the total. */
enum { LONGEST = 40, LATEST = 3, SENTENCES = 2 };

/* How many sums one total is said to have; how far around it pairs are looked for; how far back a sum may be known. */
enum { BEST = 3, AROUND = 8, RECENT = 16 };

/* Scores: what LIKELY is kept when it holds, what is FAIR told when it fails. */
enum { LIKELY = 5, FAIR = 6, SURE = 9 };

/* A sum of low score is kept when chance would make one hold in so few texts; one of a high score, in more. */
static const double ACCIDENT = 0.02, ROW_ACCIDENT = 0.15, LIKELY_ACCIDENT = 0.25;

/* A list that is so little over its total, or under it, or (where the total is called one) off, is meant to be all of
 * it: what lacks may be left out. */
static const double OVER = 0.03, UNDER = 0.005, TOLD = 0.05;

/* A list that makes less than this of its total, or more, is no list of all its parts with a slip in it. */
static const double FAR_UNDER = 0.4, FAR_OVER = 12;

/* Of smaller totals any slip explains any gap. */
static const double DIGITS = 100;

/* Figures that may be parts of a total, in the order in which they stand away from it. */
struct row {
    const struct item *items[LONGEST];
    size_t count;
    bool ends[LONGEST]; /* no other follows in the sentence or parenthesis */
};

struct sum_search {
    struct reading_search *s;
    const struct item *total;
    struct reading best[BEST], failed; /* no two of the best share a part */
    size_t best_count, tried;
    bool *summed; /* of each item: it is in a sum that holds */
};

static bool is_summable(const struct item *item)
{
    return item->family == FAMILY_AMOUNT || (item->family == FAMILY_RATE && item->notation->kind == NOTATION_PERCENT);
}

/* Is it one of the values that the others are compared with, or a change, which are no parts? */
static bool is_aside(const struct sum_search *q, const struct item *item, const struct item *next)
{
    bool change = item_has(item, CUE_MORE) || item_has(item, CUE_LESS) || item->sign;
    bool change_of_total = item_has(q->total, CUE_MORE) || item_has(q->total, CUE_LESS) || q->total->sign;
    if (reading_is_earlier(item))
        return !next || !item_has(next, CUE_NET);
    return (item->little && !q->total->little && !item->mention->listed) || (change && !change_of_total) ||
           item_has(item, CUE_DAILY) != item_has(q->total, CUE_DAILY) || item_has(item, CUE_TARGET);
}

/* May the parts of the total stand so far away? */
static bool is_near(const struct sum_search *q, const struct item *item, int step)
{
    size_t from = item->sentence < q->total->sentence ? item->sentence : q->total->sentence;
    return item->sentence + q->total->sentence - 2 * from <= (step > 0 ? 1 : SENTENCES) &&
           item->block == q->total->block;
}

/* The figures from the total on, in one direction, at one depth of parentheses. */
static void collect(const struct sum_search *q, int step, size_t depth, struct row *row)
{
    const struct clauses *all = q->s->clauses;
    const struct item *last = NULL, *end = step > 0 ? all->items + all->count : all->items - 1;
    size_t looked = 0;
    row->count = 0;
    for (const struct item *it = q->total + step; it != end && looked < 2 * LONGEST; it += step, looked++) {
        if (!is_near(q, it, step) || row->count == LONGEST || (depth > q->total->depth && it->depth < depth && last))
            return;
        if (it->depth != depth || !is_summable(it) || !items_are_alike(it, q->total) ||
            is_aside(q, it, step > 0 && it + 1 != end ? it + 1 : NULL))
            continue;
        if (last)
            row->ends[row->count - 1] = it->sentence != last->sentence;
        row->ends[row->count] = true;
        row->items[row->count++] = last = it;
    }
}

/* Do the words or marks say that it is a sum? */
static bool is_told(const struct sum_search *q, const struct row *row, size_t first, size_t end)
{
    const struct item *total = q->total, *head = row->items[first], *tail = row->items[end - 1];
    bool behind = head > total;
    return item_has(behind ? head : tail, CUE_PART) || item_has(total, CUE_WHOLE) || item_has(total, CUE_SPLIT) ||
           (behind && (item_has(tail, CUE_NET) || (head->opens && reading_before(q->s, head) == total) ||
                       (head->sentence == total->sentence && head->colon))) ||
           (!behind && item_has(total, CUE_EQUALS));
}

/* What speaks for these parts of the total, whatever their values. */
static int score_of(const struct sum_search *q, const struct row *row, size_t first, size_t end)
{
    const struct item *total = q->total, *head = row->items[first], *tail = row->items[end - 1];
    const struct item *nearest = head, *leading = head < tail ? head : tail;
    bool behind = head > total, listed = true, one_noun = true, one_sentence = true;
    for (size_t i = first; i < end; i++) {
        const struct item *it = row->items[i];
        listed &= it == leading || it->mention->listed;
        one_noun &= !it->noun || !total->noun || it->noun == total->noun;
        one_sentence &= it->sentence == head->sentence;
    }
    int score = one_noun + (one_sentence && head->sentence == total->sentence);
    if (item_has(leading, CUE_PART) && behind)
        score += 3;
    if (item_has(total, CUE_WHOLE) || item_has(total, CUE_SPLIT) || (!behind && item_has(total, CUE_EQUALS)))
        score += 3;
    if (behind && item_has(tail, CUE_NET))
        score += 3;
    if (reading_neighbours(q->s, total, nearest))
        score += 2;
    if (!first && row->ends[end - 1])
        score += 2;
    if (behind && head->opens && reading_before(q->s, head) == total && row->ends[end - 1])
        score += 3;
    if (behind && head->sentence == total->sentence && head->colon && !first)
        score += 2;
    if (listed)
        score++;
    if (reading_is_earlier(total))
        score -= 3;
    return score;
}

/* The odds that such a sum comes out by accident: how exact it is. */
static double odds_of(const struct item *total, double width, double step)
{
    double size = fabs(total->value);
    double grain = width > step ? width : step;
    return size > 0 ? grain / size : 1;
}

static struct reading own_parts(const struct sum_search *q, const struct reading *reading)
{
    struct reading own = *reading;
    own.many = arena_copy(q->s->arena, reading->many, reading->many_count * sizeof *reading->many);
    return own;
}

static bool share_parts(const struct reading *a, const struct reading *b)
{
    for (size_t i = 0; i < a->many_count; i++)
        for (size_t j = 0; j < b->many_count; j++)
            if (a->many[i] == b->many[j])
                return true;
    return false;
}

/* A total may be parted twice, by sex and by age; of two readings with a part in common, the likelier stands. */
static void keep_best(struct sum_search *q, const struct reading *reading)
{
    for (size_t i = 0; i < q->best_count; i++)
        if (share_parts(&q->best[i], reading)) {
            if (reading->score > q->best[i].score)
                q->best[i] = own_parts(q, reading);
            return;
        }
    if (q->best_count < BEST)
        q->best[q->best_count++] = own_parts(q, reading);
}

/* Is the total the sum with its scale mistaken: ten times, a thousand times? */
static bool is_scaled(double size, double sum)
{
    return fabs(size - 10 * sum) <= UNDER * size || fabs(size - 1000 * sum) <= UNDER * size;
}

/* May a sum that fails be told: of a whole list that is said to be one, and not far off? */
static bool may_fail(const struct sum_search *q, const struct row *row, size_t first, size_t end, int score, double sum)
{
    double size = fabs(q->total->value);
    return !first && row->ends[end - 1] && score >= FAIR && is_told(q, row, first, end) &&
           (is_scaled(size, sum) || (sum >= FAR_UNDER * size && sum <= FAR_OVER * size)) &&
           (size > sum ? size : sum) >= DIGITS * q->total->step;
}

static bool is_close(const struct item *total, double sum)
{
    bool told = item_has(total, CUE_WHOLE) || item_has(total, CUE_SPLIT);
    double gap = sum - total->value, size = fabs(total->value);
    return gap <= (told ? TOLD : OVER) * size && -gap <= (told ? TOLD : UNDER) * size;
}

/* Parts `first` up to `end` of a row, which make `low` to `high`; `step` is the finest place of their digits. */
static void try_sum(struct sum_search *q, const struct row *row, size_t first, size_t end, double low, double high,
                    double step)
{
    const struct item *total = q->total;
    double slack = 1e-9 * fabs(total->high), sum = (low + high) / 2;
    struct reading reading = {.claim = CLAIM_SUM, .parts = {NULL, total}, .score = score_of(q, row, first, end)};
    reading.holds = low <= total->high + slack && total->low <= high + slack;
    reading.close = is_close(total, sum);
    reading.many = row->items + first;
    reading.many_count = end - first;
    q->tried++;
    if (reading.holds) {
        double odds = odds_of(total, high - low + total->high - total->low, step);
        double accident = !first && row->ends[end - 1] ? ROW_ACCIDENT : ACCIDENT;
        if ((reading.score >= LIKELY && odds < LIKELY_ACCIDENT) || odds * (double)(q->tried + 10) <= accident)
            keep_best(q, &reading);
    } else if (may_fail(q, row, first, end, reading.score, sum) &&
               (!q->failed.claim || reading.score > q->failed.score)) {
        q->failed = own_parts(q, &reading);
    }
}

/* "50,1 TWh (75,4 exportés, 25,3 importés)": the first figure is what is left of the two. */
static void try_balance(struct sum_search *q, const struct item *a, const struct item *b, int score, double step)
{
    const struct item *large = a->value > b->value ? a : b, *small = large == a ? b : a, *rest[] = {small, q->total};
    double low = small->low + q->total->low, high = small->high + q->total->high;
    double odds = odds_of(large, high - low + large->high - large->low, step);
    struct reading r = {.claim = CLAIM_SUM, .parts = {NULL, large}, .many = rest, .many_count = 2, .score = score};
    r.holds = true;
    if (score >= LIKELY && odds < ROW_ACCIDENT && low <= large->high && large->low <= high)
        keep_best(q, &r);
}

static void try_row(struct sum_search *q, const struct row *row)
{
    for (size_t first = 0; first < LATEST && first + 1 < row->count; first++) {
        double low = 0, high = 0, step = 0;
        for (size_t i = first; i < row->count; i++) {
            double grain = row->items[i]->step;
            low += row->items[i]->low;
            high += row->items[i]->high;
            step = i == first || grain < step ? grain : step;
            if (i > first)
                try_sum(q, row, first, i + 1, low, high, step);
            if (i == first + 1)
                try_balance(q, row->items[first], row->items[i], score_of(q, row, first, i + 1), step);
        }
    }
}

/* Two figures anywhere around that make the total: what holds so exactly is no accident. */
static void try_pairs(struct sum_search *q)
{
    const struct clauses *all = q->s->clauses;
    const struct item *around[2 * AROUND + 1], *end = all->items + all->count;
    size_t count = 0;
    const struct item *first = q->total - all->items > AROUND ? q->total - AROUND : all->items;
    for (const struct item *it = first; it < end && it <= q->total + AROUND; it++)
        if (it != q->total && it->family == FAMILY_AMOUNT && it->sentence + 1 >= q->total->sentence &&
            it->sentence <= q->total->sentence + 1 && items_are_alike(it, q->total) &&
            item_has(it, CUE_DAILY) == item_has(q->total, CUE_DAILY))
            around[count++] = it;
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            struct row pair = {.items = {around[i], around[j]}, .count = 2};
            double low = around[i]->low + around[j]->low, high = around[i]->high + around[j]->high;
            if (low > q->total->high || q->total->low > high)
                continue;
            double odds = odds_of(q->total, high - low + q->total->high - q->total->low,
                                  around[i]->step < around[j]->step ? around[i]->step : around[j]->step);
            struct reading r = {
                .claim = CLAIM_SUM, .parts = {NULL, q->total}, .many = pair.items, .many_count = 2, .holds = true};
            if (odds * (double)(count * count) < ACCIDENT)
                keep_best(q, &r);
        }
}

/* Is it one of the last sums found, which another of its figures led to? */
static bool is_known(const struct readings *out, const struct reading *reading)
{
    for (size_t i = out->count > RECENT ? out->count - RECENT : 0; i < out->count; i++) {
        const struct reading *other = &out->items[i];
        bool same = other->claim == CLAIM_SUM && other->parts[1] == reading->parts[1] &&
                    other->many_count == reading->many_count;
        for (size_t j = 0; same && j < reading->many_count; j++) {
            bool found = false;
            for (size_t k = 0; k < other->many_count; k++)
                found |= other->many[k] == reading->many[j];
            same = found;
        }
        if (same)
            return true;
    }
    return false;
}

static void add_sum(struct sum_search *q, struct reading *reading)
{
    const struct item *items = q->s->clauses->items;
    bool sure = reading->score >= SURE && reading->close, rates = reading->parts[1]->family == FAMILY_RATE;
    reading->strength = sure ? READING_SURE : reading->score >= FAIR && !rates ? READING_FAIR : READING_WEAK;
    bool taken = q->summed[reading->parts[1] - items];
    for (size_t i = 0; i < reading->many_count; i++) {
        taken |= q->summed[reading->many[i] - items];
        if (reading->holds)
            q->summed[reading->many[i] - items] = true;
    }
    if ((!reading->holds && taken) || is_known(q->s->out, reading))
        return;
    if (reading->holds)
        q->summed[reading->parts[1] - items] = true;
    *LIST_ADD(q->s->arena, q->s->out) = *reading;
}

/* What fails waits until all that holds is known: no figure of a sum that holds is the total or a part of another. */
static void read_totals(struct reading_search *s, bool *summed)
{
    struct readings failed = {0};
    struct sum_search q = {.s = s, .summed = summed};
    for (size_t i = 0; i < s->clauses->count; i++) {
        struct row row;
        q.total = &s->clauses->items[i];
        if (!is_summable(q.total))
            continue;
        q.failed = (struct reading){.claim = CLAIM_NONE};
        q.tried = q.best_count = 0;
        for (int step = -1; step <= 1; step += 2) {
            size_t depth = q.total->depth, other = step > 0 ? depth + 1 : depth - 1;
            collect(&q, step, depth, &row);
            try_row(&q, &row);
            if (depth || step > 0) {
                collect(&q, step, other, &row);
                try_row(&q, &row);
            }
        }
        if (q.total->family == FAMILY_AMOUNT)
            try_pairs(&q);
        for (size_t j = 0; j < q.best_count; j++)
            add_sum(&q, &q.best[j]);
        if (!q.best_count && q.failed.claim)
            *LIST_ADD(s->arena, &failed) = q.failed;
    }
    for (size_t i = 0; i < failed.count; i++)
        add_sum(&q, &failed.items[i]);
}

/* ---- a hundred ---- */

struct hundred {
    const struct item *items[LONGEST];
    size_t count;
    double low, high;
};

static bool is_share(const struct item *item)
{
    return item->family == FAMILY_RATE && item->notation->kind == NOTATION_PERCENT && item->low >= 0 &&
           !reading_direction(item);
}

static bool makes_hundred(const struct hundred *h)
{
    return h->count >= 2 && h->low <= 1 + 1e-9 && h->high >= 1 - 1e-9;
}

static void add_hundred(struct reading_search *s, const struct hundred *h)
{
    struct reading reading = {.claim = CLAIM_HUNDRED, .holds = makes_hundred(h)};
    reading.strength = reading.holds ? READING_FAIR : READING_SURE;
    reading.many = arena_copy(s->arena, h->items, h->count * sizeof *h->items);
    reading.many_count = h->count;
    *LIST_ADD(s->arena, s->out) = reading;
}

/* Is it said that these are all of it, though they make a little less or more? */
static bool is_split(const struct hundred *h)
{
    return h->count > 2 && item_has(h->items[0], CUE_SPLIT) && h->high > 0.9 && h->low < 1.1;
}

/* The shares from item `at` on up to the end of a sentence: those at `depth` alone, or all. The sum may take whole
 * sentences more, as answers to one question do. */
static size_t read_hundred(struct reading_search *s, size_t at, size_t depth, bool all)
{
    const struct clauses *c = s->clauses;
    struct hundred h = {.count = 0};
    size_t first = c->items[at].sentence;
    for (size_t i = at; i < c->count && c->items[i].sentence <= first + SENTENCES && h.count < LONGEST; i++) {
        const struct item *it = &c->items[i];
        bool last = i + 1 == c->count || c->items[i + 1].sentence != it->sentence;
        if (it->block != c->items[at].block)
            break;
        if (is_share(it) && (all || it->depth == depth)) {
            h.items[h.count++] = it;
            h.low += it->low;
            h.high += it->high;
        }
        if (last && makes_hundred(&h) && (h.count > 2 || it->sentence == first)) {
            add_hundred(s, &h);
            return i + 1;
        }
        if (last && it->sentence == first && is_split(&h)) {
            add_hundred(s, &h);
            return i + 1;
        }
        if (h.low > 1)
            break;
    }
    return 0;
}

static void read_hundreds(struct reading_search *s)
{
    const struct clauses *c = s->clauses;
    for (size_t at = 0; at < c->count;) {
        size_t depth = SIZE_MAX, next = at, done = 0;
        for (; next < c->count && c->items[next].sentence == c->items[at].sentence; next++)
            if (is_share(&c->items[next]) && c->items[next].depth < depth)
                depth = c->items[next].depth;
        if (depth < SIZE_MAX)
            done = read_hundred(s, at, depth, false);
        if (depth < SIZE_MAX && !done)
            done = read_hundred(s, at, depth, true);
        at = done ? done : next;
    }
}

void readings_of_sums(struct reading_search *s)
{
    read_totals(s, ARENA_ARRAY(s->arena, bool, s->clauses->count + 1));
    read_hundreds(s);
}
