/* What a percentage is of: the growth from one amount to another, the share of one in another. */
#include <math.h>

#include "base/arena.h"
#include "base/map.h"
#include "check/reading.h"

/* So many items on either side of a rate, and so many sentences, are looked at. */
enum { WINDOW = 10, AMOUNTS = 2 * WINDOW + 1, SENTENCES_BEFORE = 2, SENTENCES_BEHIND = 1 };

/* Scores: below WEAK nothing but chance speaks for a reading. */
enum { WEAK = 1, ALSO = 4, LIKELY = 5, FAIR = 7, SURE = 10, HOPELESS = -100 };

/* A reading of low score is kept when chance would make one hold in so few texts. */
static const double ACCIDENT = 0.08;

/* A rate that is off by so much of itself is still near what was meant. */
static const double NEARNESS = 0.12;

struct range {
    double low, high;
};

/* In what manner a rate is read: "une hausse de 216 cas ou 5,3 %" is of the cases, and of the two values before. */
enum manner { OF_VALUES, OF_CHANGE, OF_WHOLE, MANNERS };

struct rate_search {
    struct reading_search *s;
    const struct item *rate;
    int direction;
    const struct item *amounts[AMOUNTS];
    size_t count;
    struct reading best[MANNERS], failed; /* score HOPELESS: none */
};

static struct range values_of(const struct item *item) { return (struct range){item->low, item->high}; }

static struct range size_of(const struct item *item)
{
    return item->high <= 0 ? (struct range){-item->high, -item->low} : values_of(item);
}

/* Of ranges above 0; an empty one when they are not. */
static struct range quotient(struct range a, struct range b)
{
    if (a.low < 0 || b.low <= 0)
        return (struct range){1, 0};
    return (struct range){a.low / b.high, a.high / b.low};
}

/* What the rate would be if the claim were true: `first` and `second` are the claim's first two parts. */
static struct range rate_under(enum claim claim, const struct item *first, const struct item *second)
{
    struct range a = size_of(first), b = size_of(second), share = quotient(a, b), growth = quotient(b, a);
    if (claim == CLAIM_SHARE)
        return share;
    if (claim == CLAIM_GROWTH)
        return (struct range){growth.low - 1, growth.high - 1};
    if (claim == CLAIM_DECLINE)
        return (struct range){1 - growth.high, 1 - growth.low};
    if (claim == CLAIM_GAIN_RATE)
        return quotient(a, (struct range){b.low - a.high, b.high - a.low});
    return quotient(a, (struct range){b.low + a.low, b.high + a.high}); /* CLAIM_LOSS_RATE */
}

static enum manner manner_of(enum claim claim)
{
    if (claim == CLAIM_GROWTH || claim == CLAIM_DECLINE)
        return OF_VALUES;
    return claim == CLAIM_GAIN_RATE || claim == CLAIM_LOSS_RATE ? OF_CHANGE : OF_WHOLE;
}

static bool takes_size(enum claim claim) { return claim == CLAIM_GAIN_RATE || claim == CLAIM_LOSS_RATE; }

/* ---- scores ---- */

static bool in_sentence(const struct item *a, const struct item *b) { return a->sentence == b->sentence; }

/* Two values of different years, or of a day and a year, are not one in the other. */
static int score_mismatch(const struct item *a, const struct item *b)
{
    int score = 0;
    if (a->year && b->year && a->year != b->year)
        score -= 3;
    if (item_has(a, CUE_DAILY) != item_has(b, CUE_DAILY))
        score -= 3;
    return score;
}

/* The year that a rate is compared with must not be another than that of the earlier value. */
static int score_years(const struct item *rate, const struct item *from, const struct item *to)
{
    if (!rate->year || rate->year == to->year)
        return 0;
    return from->year == rate->year ? 2 : from->year ? -6 : -2;
}

static int score_nearness(const struct rate_search *r, const struct item *a, const struct item *b)
{
    const struct item *rate = r->rate;
    int score = 0;
    if (in_sentence(a, b))
        score += 2;
    if (a->clause == b->clause)
        score++;
    if (in_sentence(a, rate) && in_sentence(b, rate))
        score++;
    else if (!in_sentence(a, rate) && !in_sentence(b, rate))
        score -= a->sentence + 1 == rate->sentence && in_sentence(a, b) ? 1 : 3;
    return score;
}

/* Not one of "38 412 36 905", which may be two numbers or three. */
static bool is_whole_number(const struct item *item)
{
    return item->notation->unit.kind == UNIT_COUNT && !item->notation->decimals && !item->notation->scaled;
}

/* "195.1m 185.7m 5%": a row of a table without words. */
static bool is_row(const struct item *a, const struct item *b, const struct item *rate)
{
    return b == a + 1 && rate == b + 1 && !b->words && !rate->words && !is_whole_number(a) && !is_whole_number(b);
}

/* "22 de plus, soit + 0,8 %": the rate is of that change, whose base may not be printed. */
static bool is_of_change(const struct rate_search *r)
{
    const struct item *around[] = {reading_before(r->s, r->rate), reading_behind(r->s, r->rate)};
    for (size_t i = 0; i < 2; i++)
        if (around[i] && around[i]->clause == r->rate->clause && around[i]->family == FAMILY_AMOUNT &&
            (item_has(around[i], CUE_MORE) || item_has(around[i], CUE_LESS)))
            return true;
    return false;
}

static int score_growth(const struct rate_search *r, const struct item *from, const struct item *to)
{
    const struct item *rate = r->rate;
    int score = score_nearness(r, from, to) + score_years(rate, from, to);
    if (reading_comes_before(r->s, from, to))
        score += 3;
    if (reading_is_earlier(to))
        score -= 4;
    if (from < to && item_has(from, CUE_EARLIER) && to->mention->role != MENTION_NEW && !from->year)
        score -= 2; /* "contre" looks back */
    if (reading_neighbours(r->s, from, to))
        score += 2;
    if (reading_neighbours(r->s, rate, from) || reading_neighbours(r->s, rate, to))
        score += 2;
    if (r->direction)
        score += 2;
    else if (to->value < from->value && !is_row(to, from, rate))
        score -= 3;
    if (is_row(to, from, rate))
        score += 4;
    if (is_of_change(r))
        score -= 5;
    if (item_has(rate, CUE_OF))
        score -= 3;
    if (item_has(rate, CUE_EQUALS) && !r->direction)
        score -= 4; /* "représentant 46 %" */
    if (from->noun && to->noun && from->noun != to->noun)
        score -= 2;
    const struct item *both[] = {from, to};
    for (size_t i = 0; i < 2; i++) {
        if (item_has(both[i], CUE_TARGET))
            score -= 3;
        if (item_has(both[i], CUE_PART))
            score -= 2;
    }
    if (item_has(from, CUE_DAILY) != item_has(to, CUE_DAILY))
        score -= 3;
    return score;
}

/* Is the rate said of that amount: "54 millions, soit 80 %", "commerçants 176 Md€ (46 %)", "80 %, soit 54 millions"? */
static int score_anchor(const struct rate_search *r, const struct item *part)
{
    const struct item *rate = r->rate, *before = reading_before(r->s, rate);
    /* "2.4 million (1.6 million), representing 46 %"; "21 femmes, soit la moitié (50 %)" */
    while (before && (before->depth > rate->depth || (rate->opens && before->family == FAMILY_RATE)))
        before = reading_before(r->s, before);
    if (before == part && in_sentence(rate, part))
        return rate->opens || item_has(rate, CUE_EQUALS) ? 4 : rate->clause == part->clause ? 2 : 1;
    if (reading_behind(r->s, rate) == part && in_sentence(rate, part))
        return item_has(part, CUE_EQUALS) || part->opens ? 4 : 1;
    return item_has(part, CUE_EQUALS) && in_sentence(rate, part) ? 3 : 0;
}

static int score_share(const struct rate_search *r, const struct item *part, const struct item *whole)
{
    const struct item *rate = r->rate;
    int score = score_nearness(r, part, whole) + score_anchor(r, part) + score_mismatch(part, whole);
    bool of_old = reading_direction(part) && r->direction; /* "down by 140 from 3,400, or 4.1%" */
    if (reading_behind(r->s, rate) == whole && item_has(rate, CUE_OF))
        score += 3;
    if (item_has(whole, CUE_WHOLE))
        score += 3;
    if (item_is_of(rate, whole))
        score += 3;
    if (item_has(part, CUE_OF))
        score += reading_behind(r->s, part) == whole ? 4 : 2;
    if (part->noun && part->noun == whole->noun)
        score += 2;
    if (whole < part)
        score++;
    if (item_has(part, CUE_PART) && reading_before(r->s, part) == whole)
        score += 2;
    if (r->direction && !of_old)
        score -= 4;
    if (reading_is_earlier(whole))
        score += of_old ? 2 : -3;
    if (item_has(whole, CUE_MORE) || item_has(whole, CUE_LESS))
        score -= 4;
    if (item_has(part, CUE_MORE) || item_has(part, CUE_LESS))
        score -= 2;
    return score;
}

static int score_change(const struct rate_search *r, const struct item *change, const struct item *total)
{
    const struct item *rate = r->rate;
    bool told = reading_direction(change) != 0;
    int score = score_nearness(r, change, total) + score_mismatch(change, total) + (told ? 3 : -3);
    if (reading_neighbours(r->s, change, rate))
        score += 3;
    if (reading_neighbours(r->s, total, rate) || reading_neighbours(r->s, total, change))
        score++;
    if (r->direction)
        score++;
    if (change->noun && change->noun == total->noun)
        score++;
    if (reading_is_earlier(total))
        score -= 6; /* the rate is of that value itself */
    if (item_has(rate, CUE_OF))
        score -= 3;
    if (reading_direction(total))
        score -= 4;
    return score;
}

/* ---- candidates ---- */

/* In how many texts a rate would be met by chance: its width, against how far apart rates lie. */
static double odds_of(struct range wanted, struct range printed)
{
    double spread = fabs((printed.low + printed.high) / 2);
    double width = wanted.high - wanted.low + printed.high - printed.low;
    return width / (spread > 0.25 ? spread : 0.25);
}

static size_t distance(const struct item *a, const struct item *b) { return (size_t)(a > b ? a - b : b - a); }

/* Of two that are as likely, the one with the nearer figures stands. */
static void keep(struct reading *best, const struct reading *candidate)
{
    bool nearer = best->parts[0] && candidate->parts[0] && candidate->score == best->score &&
                  distance(candidate->parts[0], candidate->parts[1]) < distance(best->parts[0], best->parts[1]);
    if (candidate->score > best->score || nearer)
        *best = *candidate;
}

/* In one clause, or on either side of a colon: "en hausse de 20 % : 2 402 contre 1 994". */
static bool in_statement(const struct item *a, const struct item *b, const struct item *rate)
{
    const struct item *first = a < b ? a : b;
    if (a->clause != b->clause)
        return false;
    return rate->clause == first->clause || (rate > first ? rate : first)->colon;
}

/* May a claim that fails be told? Its whole, or its base, must be beyond doubt. */
static bool is_certain(const struct rate_search *r, const struct reading *reading)
{
    const struct item *first = reading->parts[0], *second = reading->parts[1];
    if (reading->claim == CLAIM_SHARE &&
        (r->rate->notation->kind == NOTATION_FRACTION || first->block != second->block ||
         second->sentence > first->sentence || item_has(first, CUE_WHOLE) || !in_sentence(first, r->rate) ||
         (first->clause != r->rate->clause && !item_is_of(r->rate, second)) ||
         (!in_sentence(first, second) && !item_is_of(r->rate, second) &&
          !(first->noun && first->noun == second->noun))))
        return false;
    if (reading->claim == CLAIM_SHARE)
        return item_has(second, CUE_WHOLE) || item_is_of(r->rate, second) ||
               (item_has(r->rate, CUE_OF) && reading_behind(r->s, r->rate) == second && second->words <= 4) ||
               (first->noun && first->noun == second->noun) ||
               (item_has(first, CUE_OF) && reading_behind(r->s, first) == second);
    if (takes_size(reading->claim))
        return second->clause == first->clause && r->rate->clause == first->clause &&
               (reading_neighbours(r->s, first, second) || reading_neighbours(r->s, r->rate, second));
    const struct item *later = first > second ? first : second;
    bool run_on = !later->words && is_whole_number(first) && is_whole_number(second);
    if (!in_sentence(first, second) || !in_sentence(first, r->rate) || !in_statement(first, second, r->rate) ||
        (run_on && !reading_is_earlier(first) && !first->opens))
        return false;
    return r->direction || is_row(second, first, r->rate) || (reading_is_earlier(first) && r->rate->opens);
}

static void try_claim(struct rate_search *r, enum claim claim, const struct item *first, const struct item *second,
                      int score)
{
    struct range wanted = rate_under(claim, first, second);
    struct range printed = takes_size(claim) ? size_of(r->rate) : values_of(r->rate);
    if (wanted.low > wanted.high)
        return;
    struct reading reading = {.claim = claim, .parts = {first, second, r->rate}, .score = score};
    double slack = 1e-9, middle = (wanted.low + wanted.high) / 2, off = middle - (printed.low + printed.high) / 2;
    reading.holds = wanted.low <= printed.high + slack && printed.low <= wanted.high + slack;
    reading.close = fabs(off) <= NEARNESS * (fabs(middle) < fabs(r->rate->value) ? fabs(middle) : fabs(r->rate->value));
    if (reading.holds && (score >= LIKELY || (score >= WEAK && odds_of(wanted, printed) * (double)r->count < ACCIDENT)))
        keep(&r->best[manner_of(claim)], &reading);
    else if (!reading.holds && is_certain(r, &reading))
        keep(&r->failed, &reading);
}

static void try_growth(struct rate_search *r, const struct item *from, const struct item *to)
{
    if (reading_is_earlier(to) && !reading_is_earlier(from))
        return;
    int score = score_growth(r, from, to);
    bool down = !r->rate->sign && (r->direction < 0 || (!r->direction && to->value < from->value));
    try_claim(r, down ? CLAIM_DECLINE : CLAIM_GROWTH, from, to, score);
}

static void try_change(struct rate_search *r, const struct item *change, const struct item *total)
{
    int direction = r->direction ? r->direction : reading_direction(change);
    int score = score_change(r, change, total);
    if (change->high > total->low)
        return;
    if (direction >= 0)
        try_claim(r, CLAIM_GAIN_RATE, change, total, score);
    if (direction <= 0)
        try_claim(r, CLAIM_LOSS_RATE, change, total, score);
}

/* "272 TWh, dont 11,5 du thermique ; 96 % décarbonés", "sur 699 400, 53 300 ajournés et 96 500 au second groupe : 79 %
 * d'admis": nothing but the numbers tells, so the sentence must have no others. */
static void try_rest(struct rate_search *r)
{
    const struct item *parts[2], *whole = NULL;
    struct range rest = {0, 0};
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++)
        if (r->amounts[i]->family == FAMILY_AMOUNT && in_sentence(r->amounts[i], r->rate) &&
            (!whole || r->amounts[i]->value > whole->value))
            whole = r->amounts[i];
    for (size_t i = 0; i < r->count; i++) {
        const struct item *it = r->amounts[i];
        if (it == whole || it->family != FAMILY_AMOUNT || !in_sentence(it, r->rate))
            continue;
        if (count == 2 || !items_are_alike(it, whole))
            return;
        parts[count++] = it;
        rest = (struct range){rest.low + it->low, rest.high + it->high};
    }
    if (!count || r->direction || rest.high >= whole->low)
        return;
    struct range share = quotient(rest, values_of(whole)), wanted = {1 - share.high, 1 - share.low};
    struct reading reading = {.claim = CLAIM_REST_SHARE, .parts = {NULL, whole, r->rate}, .score = WEAK, .holds = true};
    bool holds = wanted.low <= r->rate->high && r->rate->low <= wanted.high;
    if (!holds || odds_of(wanted, values_of(r->rate)) * (double)r->count >= ACCIDENT)
        return;
    reading.many = arena_copy(r->s->arena, parts, count * sizeof *parts);
    reading.many_count = count;
    keep(&r->best[OF_WHOLE], &reading);
}

/* "au moins un" tells nothing of a share. */
static bool is_vague(const struct item *item) { return item->high - item->low > 0.5 * fabs(item->value); }

static void collect(struct rate_search *r)
{
    const struct item *rate = r->rate, *end = r->s->clauses->items + r->s->clauses->count;
    const struct item *first = rate - r->s->clauses->items > WINDOW ? rate - WINDOW : r->s->clauses->items;
    for (const struct item *it = first; it < end && it <= rate + WINDOW; it++)
        if ((it->family == FAMILY_AMOUNT || it->family == FAMILY_RATE) && it != rate && !is_vague(it) &&
            it->sentence + SENTENCES_BEFORE >= rate->sentence && it->sentence <= rate->sentence + SENTENCES_BEHIND)
            r->amounts[r->count++] = it;
}

static void add(struct reading_search *s, const struct reading *reading)
{
    bool sure = reading->score >= SURE && (reading->claim != CLAIM_SHARE || reading->close);
    struct reading *added = LIST_ADD(s->arena, s->out);
    *added = *reading;
    added->strength = sure ? READING_SURE : reading->score >= FAIR ? READING_FAIR : READING_WEAK;
}

static void read_rate(struct reading_search *s, const struct item *rate)
{
    struct rate_search r = {.s = s, .rate = rate, .direction = reading_direction(rate)};
    r.failed.score = HOPELESS;
    for (size_t i = 0; i < MANNERS; i++)
        r.best[i].score = HOPELESS;
    collect(&r);
    for (size_t i = 0; i < r.count; i++)
        for (size_t j = 0; j < r.count; j++) {
            const struct item *a = r.amounts[i], *b = r.amounts[j];
            if (i == j || !items_are_alike(a, b))
                continue;
            if ((a->family == FAMILY_AMOUNT && !reading_direction(a) && !reading_direction(b)) ||
                (a->mention->role == MENTION_OLD && b->mention->role == MENTION_NEW))
                try_growth(&r, a, b);
            if (a->family != FAMILY_AMOUNT)
                continue;
            bool change = reading_direction(a) != 0;
            if (a->value <= b->value && (!change || reading_is_earlier(b)))
                try_claim(&r, CLAIM_SHARE, a, b, score_share(&r, a, b));
            try_change(&r, a, b);
        }
    try_rest(&r);
    const struct reading *best = &r.best[0];
    for (size_t i = 1; i < MANNERS; i++)
        if (r.best[i].score > best->score)
            best = &r.best[i];
    for (size_t i = 0; i < MANNERS; i++)
        if (&r.best[i] == best ? best->score > HOPELESS : r.best[i].score >= ALSO)
            add(s, &r.best[i]);
    if (best->score == HOPELESS && r.failed.score >= FAIR)
        add(s, &r.failed);
}

/* The two amounts of a reading, in whatever order. */
static struct str amounts_key(struct arena *arena, const struct reading *r)
{
    const struct item *pair[] = {r->parts[0], r->parts[1]};
    if (pair[0] > pair[1]) {
        pair[0] = r->parts[1];
        pair[1] = r->parts[0];
    }
    return (struct str){arena_copy(arena, pair, sizeof pair), sizeof pair};
}

/* The share of an amount in a whole, its rate in a parenthesis behind it: "américains 75,6 millions (42 %)". */
static const struct item *listed_part(const struct reading_search *s, const struct item *rate)
{
    const struct item *part = reading_before(s, rate);
    return rate->alone && part && part->clause == rate->clause && part->family == FAMILY_AMOUNT ? part : NULL;
}

/* In a list of shares of one whole, what holds for its neighbours is claimed of each. */
static void read_lists(struct reading_search *s)
{
    size_t known = s->out->count;
    const struct item *items = s->clauses->items, *end = items + s->clauses->count;
    bool *is_read = ARENA_ARRAY(s->arena, bool, s->clauses->count); /* of each rate */
    for (size_t i = 0; i < known; i++)
        is_read[s->out->items[i].parts[2] - items] = true;
    for (size_t i = 0; i < known; i++) {
        struct reading sibling = s->out->items[i];
        if (sibling.claim != CLAIM_SHARE || !sibling.holds || listed_part(s, sibling.parts[2]) != sibling.parts[0])
            continue;
        for (const struct item *rate = sibling.parts[2] + 1; rate < end && rate <= sibling.parts[2] + WINDOW; rate++) {
            const struct item *part = rate->family == FAMILY_RATE ? listed_part(s, rate) : NULL;
            if (!part || rate->sentence != sibling.parts[2]->sentence || part == sibling.parts[1] ||
                !items_are_alike(part, sibling.parts[1]) || reading_direction(rate) || is_read[rate - items])
                continue;
            struct reading reading = {.claim = CLAIM_SHARE, .parts = {part, sibling.parts[1], rate}, .score = FAIR};
            struct rate_search r = {.s = s, .rate = rate};
            r.failed.score = HOPELESS;
            try_claim(&r, CLAIM_SHARE, part, sibling.parts[1], FAIR);
            reading.close = r.failed.score == FAIR && r.failed.close;
            add(s, &reading);
            is_read[rate - items] = true;
        }
    }
}

void readings_of_rates(struct reading_search *s)
{
    struct readings found = {0};
    struct reading_search search = *s;
    search.out = &found;
    for (size_t i = 0; i < s->clauses->count; i++)
        if (s->clauses->items[i].family == FAMILY_RATE)
            read_rate(&search, &s->clauses->items[i]);
    read_lists(&search);
    /* Two amounts whose rate is known are not read again for another: that is of something else. */
    struct map explained = {.arena = s->arena};
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].holds)
            *map_put(&explained, amounts_key(s->arena, &found.items[i])) = s;
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].holds || !map_get(&explained, amounts_key(s->arena, &found.items[i])))
            *LIST_ADD(s->arena, s->out) = found.items[i];
}
