/* Random figures, twice over: as the program has them, and their intervals in plain GMP, made from the table of the
 * README. Each round has its own seed. */
#ifndef ORACLE_FIGURES_H
#define ORACLE_FIGURES_H

#include <gmp.h>
#include <stdlib.h>

#include "check/bind.h"

enum { MOST_FIGURES = 4, MOST_NUMBERS = 4096 };

static uint64_t random_word(uint64_t *seed)
{
    uint64_t z = (*seed += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

/* The figures of a check, and all that one round needs. */

struct bound {
    mpq_t at;
    int infinite; /* -1, 1; 0: finite */
    bool open;
};

/* How a figure is printed. */
struct printing {
    char name[3]; /* "x0": a count or money; "p0": a percentage */
    long digits;  /* the value is digits * 10^exponent */
    int exponent;
    bool rounded; /* else exact: a whole count */
    enum hedge hedge;
    bool declared;
    mpq_t value; /* in base units */
    struct bound low, high;
};

struct round {
    struct arena *arena;
    uint64_t seed;
    enum rounding rounding;
    struct printing figures[MOST_FIGURES];
    size_t figure_count;
    struct figure made[MOST_FIGURES];
    struct concept concepts[MOST_FIGURES];
    mpq_t numbers[MOST_NUMBERS]; /* a stack */
    size_t used;
};

static size_t below(struct round *r, size_t limit) { return (size_t)(random_word(&r->seed) % limit); }
static bool chance(struct round *r, size_t percent) { return below(r, 100) < percent; }
static long between(struct round *r, long low, long high) { return low + (long)below(r, (size_t)(high - low + 1)); }

static mpq_ptr fresh(struct round *r)
{
    assert_true(r->used < MOST_NUMBERS);
    mpq_set_si(r->numbers[r->used], 0, 1);
    return r->numbers[r->used++];
}

/* digits * 10^exponent */
static void set_decimal(mpq_t out, long digits, int exponent)
{
    mpq_t power;
    mpq_init(power);
    mpz_ui_pow_ui(mpq_numref(power), 10, (unsigned long)labs(exponent));
    mpq_set_si(out, digits, 1);
    if (exponent < 0)
        mpq_div(out, out, power);
    else
        mpq_mul(out, out, power);
    mpq_clear(power);
}

static void set_bound(struct bound *bound, const mpq_t at, bool open)
{
    mpq_set(bound->at, at);
    bound->open = open;
    bound->infinite = 0;
}

static void set_infinite(struct bound *bound, int sign)
{
    bound->infinite = sign;
    bound->open = true;
}

/* v + times * u */
static void set_beside(struct round *r, struct bound *bound, const mpq_t v, long times, const mpq_t u, bool open)
{
    mpq_ptr at = fresh(r);
    mpq_set_si(at, times, 1);
    mpq_mul(at, at, u);
    mpq_add(at, at, v);
    set_bound(bound, at, open);
}

/* The interval of a value that a convention has rounded to places worth 2u. */
static void set_rounded(struct round *r, struct printing *f, const mpq_t v, const mpq_t u)
{
    int sign = mpq_sgn(v);
    bool odd = f->digits % 2;
    long down = -1, up = 1;
    bool low_open = false, high_open = false;
    switch (r->rounding) {
    case ROUNDING_NEAREST:
    case ROUNDING_COUNT:
        break;
    case ROUNDING_HALF_EVEN:
        low_open = high_open = odd;
        break;
    case ROUNDING_TRUNCATION:
        down = sign > 0 ? 0 : -2;
        up = sign < 0 ? 0 : 2;
        low_open = sign <= 0;
        high_open = sign >= 0;
        break;
    case ROUNDING_FLOOR:
        down = 0;
        up = 2;
        high_open = true;
        break;
    case ROUNDING_CEILING:
        down = -2;
        up = 0;
        low_open = true;
        break;
    }
    set_beside(r, &f->low, v, down, u, low_open);
    set_beside(r, &f->high, v, up, u, high_open);
}

/* h = max(u, min(q, |v| / 20)), q the place of the last digit that is not 0 */
static mpq_ptr slack(struct round *r, const struct printing *f, const mpq_t v, const mpq_t u)
{
    mpq_ptr h = fresh(r), twentieth = fresh(r), places = fresh(r);
    long digits = f->digits;
    int exponent = f->exponent;
    for (; digits && digits % 10 == 0; digits /= 10)
        exponent++;
    set_decimal(h, 1, exponent);
    mpq_set_si(places, 1, 20);
    mpq_abs(twentieth, v);
    mpq_mul(twentieth, twentieth, places);
    if (mpq_cmp(twentieth, h) < 0)
        mpq_set(h, twentieth);
    if (mpq_cmp(u, h) > 0)
        mpq_set(h, u);
    return h;
}

static void set_hedged(struct round *r, struct printing *f, const mpq_t v, const mpq_t u)
{
    mpq_ptr h = slack(r, f, v, u);
    switch (f->hedge) {
    case HEDGE_NONE:
        if (f->rounded)
            set_rounded(r, f, v, u);
        break;
    case HEDGE_ABOUT:
    case HEDGE_NEARLY:
        set_beside(r, &f->low, v, f->hedge == HEDGE_NEARLY && mpq_sgn(v) < 0 ? 0 : -1, h, false);
        set_beside(r, &f->high, v, f->hedge == HEDGE_NEARLY && mpq_sgn(v) >= 0 ? 0 : 1, h, false);
        break;
    case HEDGE_MORE_THAN:
    case HEDGE_AT_LEAST:
        f->low.open = f->hedge == HEDGE_MORE_THAN;
        set_infinite(&f->high, 1);
        break;
    case HEDGE_AT_MOST:
    case HEDGE_LESS_THAN:
        f->high.open = f->hedge == HEDGE_LESS_THAN;
        set_infinite(&f->low, -1);
        break;
    case HEDGE_ROUND_NUMBER:
        mpq_set_si(h, 3, 20);
        mpq_mul(h, h, v);
        mpq_abs(h, h);
        set_beside(r, &f->low, v, -1, h, false);
        set_beside(r, &f->high, v, 1, h, false);
        break;
    }
}

/* Ends near the value, each closed, open or infinite. The value itself may lie outside. */
static void set_declared(struct round *r, struct printing *f, const mpq_t v)
{
    mpq_ptr one = fresh(r);
    mpq_set_si(one, 1, 1);
    long low = between(r, -3, 1), high = low + between(r, 0, 3);
    set_beside(r, &f->low, v, low, one, high > low && chance(r, 50));
    set_beside(r, &f->high, v, high, one, high > low && chance(r, 50));
    if (chance(r, 15))
        set_infinite(&f->low, -1);
    if (chance(r, 15))
        set_infinite(&f->high, 1);
}

static struct end end_of(struct arena *arena, const struct bound *bound)
{
    struct number at = number_int(0);
    if (!bound->infinite)
        at = number_div(arena, number_int(mpz_get_si(mpq_numref(bound->at))),
                        number_int(mpz_get_si(mpq_denref(bound->at))));
    return (struct end){.at = at, .open = bound->open, .infinite = bound->infinite != 0};
}

/* The same figure as the program has it: a notation, and where that is not declared the interval that follows. */
static void make_figure(struct round *r, size_t at, bool percent)
{
    struct printing *f = &r->figures[at];
    struct number half = number_int(0);
    int last = f->exponent;
    for (long digits = f->digits; digits && digits % 10 == 0; digits /= 10)
        last++;
    if (f->rounded)
        half = number_decimal(r->arena, 5, f->exponent - 1);
    struct figure *figure = &r->made[at];
    *figure = (struct figure){.id = str_from(f->name),
                              .notation = {.hedge = f->hedge,
                                           .unit = percent ? unit_percent() : unit_count(),
                                           .value = number_decimal(r->arena, f->digits, f->exponent),
                                           .half = half,
                                           .step = number_decimal(r->arena, 1, last)},
                              .declared = f->declared};
    figure->interval = notation_interval(r->arena, &figure->notation, r->rounding);
    if (f->declared)
        figure->interval = (struct interval){end_of(r->arena, &f->low), end_of(r->arena, &f->high)};
    struct figure **items = ARENA_NEW(r->arena, struct figure *);
    *items = figure;
    r->concepts[at] = (struct concept){.id = figure->id, .items = items, .count = 1, .room = 1};
}

static void add_figure(struct round *r)
{
    static const enum hedge hedges[] = {HEDGE_ABOUT,   HEDGE_NEARLY,    HEDGE_MORE_THAN,   HEDGE_AT_LEAST,
                                        HEDGE_AT_MOST, HEDGE_LESS_THAN, HEDGE_ROUND_NUMBER};
    size_t at = r->figure_count++;
    struct printing *f = &r->figures[at];
    bool percent = at == MOST_FIGURES - 1;
    f->name[0] = percent ? 'p' : 'x';
    f->name[1] = (char)('0' + at);
    f->digits = between(r, chance(r, 25) ? -7 : 0, 7) * (chance(r, 15) ? 10 : 1);
    f->exponent = chance(r, 70) ? 0 : (int)between(r, -1, 1);
    f->rounded = percent || f->exponent != 0 || chance(r, 70);
    f->hedge = chance(r, 30) ? hedges[below(r, sizeof hedges / sizeof *hedges)] : HEDGE_NONE;
    f->declared = chance(r, 15);
    f->digits += f->hedge == HEDGE_LESS_THAN && !f->digits; /* "fewer than 0" allows no count */
    mpq_ptr v = fresh(r), u = fresh(r), hundredth = fresh(r);
    set_decimal(v, f->digits, f->exponent);
    if (f->rounded)
        set_decimal(u, 5, f->exponent - 1);
    set_bound(&f->low, v, false);
    set_bound(&f->high, v, false);
    if (f->declared)
        set_declared(r, f, v);
    else
        set_hedged(r, f, v, u);
    if (!percent && !f->declared && mpq_sgn(v) >= 0 && (f->low.infinite || mpq_sgn(f->low.at) < 0))
        set_bound(&f->low, fresh(r), false);
    make_figure(r, at, percent);
    mpq_set_si(hundredth, 1, percent ? 100 : 1);
    mpq_mul(f->value, v, hundredth);
    mpq_mul(f->low.at, f->low.at, hundredth);
    mpq_mul(f->high.at, f->high.at, hundredth);
}

#endif
