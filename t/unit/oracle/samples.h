/* What can be seen of any check at samples: all corners, and points at random. */
#ifndef ORACLE_SAMPLES_H
#define ORACLE_SAMPLES_H

#include "corners.h"
#include "points.h"

enum { RANDOM_SAMPLES = 16 };

/* What is asked of the samples. */
struct survey {
    bool some, not_all;       /* some sample satisfies the check, some does not */
    bool below, above, equal; /* left - right at the samples */
    bool undefined;           /* a division by zero at some sample */
};

static bool is_inside(const struct printing *f, const mpq_t v)
{
    return reaches_above(&f->high, v, true) && reaches_below(&f->low, v, true) &&
           (f->low.infinite || mpq_cmp(f->low.at, v) <= 0) && (f->high.infinite || mpq_cmp(f->high.at, v) >= 0) &&
           !(!f->low.infinite && f->low.open && mpq_equal(f->low.at, v)) &&
           !(!f->high.infinite && f->high.open && mpq_equal(f->high.at, v));
}

/* A value at, or very near, an end of a figure's interval; very far for an infinite end. */
static void at_end(struct round *r, const struct printing *f, bool high, mpq_ptr out)
{
    const struct bound *end = high ? &f->high : &f->low;
    mpq_ptr away = fresh(r);
    set_decimal(away, high ? -1 : 1, -12);
    mpq_set(out, end->at);
    if (end->infinite) {
        mpq_set(out, high ? f->low.at : f->high.at);
        if (f->low.infinite && f->high.infinite)
            mpq_set_si(out, 0, 1);
        set_decimal(away, high ? 1 : -1, 12);
    }
    if (end->open)
        mpq_add(out, out, away);
}

/* A value between the ends: 0 or the printed one where they are inside, else any. */
static void in_between(struct round *r, const struct printing *f, mpq_ptr out)
{
    mpq_ptr low = fresh(r), share = fresh(r);
    size_t wanted = below(r, 4);
    if (wanted == 0 && is_inside(f, out))
        return;
    if (wanted == 1 && is_inside(f, f->value)) {
        mpq_set(out, f->value);
        return;
    }
    at_end(r, f, false, low);
    at_end(r, f, true, out);
    mpq_set_si(share, (long)below(r, 9), 8);
    mpq_canonicalize(share);
    mpq_sub(out, out, low);
    mpq_mul(out, out, share);
    mpq_add(out, out, low);
}

static void sample(struct round *r, const struct assertion *claim, const mpq_ptr *point, struct survey *survey)
{
    enum known truth = truth_at(r, claim, point);
    mpq_ptr difference = fresh(r);
    survey->some |= truth == YES;
    survey->not_all |= truth == NO;
    survey->undefined |= truth == UNKNOWN;
    if (claim->kind != COMPARE || !difference_at(r, claim, point, difference))
        return;
    survey->below |= mpq_sgn(difference) < 0;
    survey->above |= mpq_sgn(difference) > 0;
    survey->equal |= mpq_sgn(difference) == 0;
}

/* All corners, and points at random. */
static struct survey look(struct round *r, const struct assertion *claim)
{
    struct survey survey = {0};
    size_t corners = (size_t)1 << MOST_FIGURES;
    for (size_t i = 0; i < corners + RANDOM_SAMPLES; i++) {
        size_t mark = r->used;
        mpq_ptr point[MOST_FIGURES];
        for (size_t j = 0; j < MOST_FIGURES; j++) {
            point[j] = fresh(r);
            if (i < corners)
                at_end(r, &r->figures[j], i >> j & 1, point[j]);
            else
                in_between(r, &r->figures[j], point[j]);
        }
        sample(r, claim, point, &survey);
        r->used = mark;
    }
    return survey;
}

/* What the trees of a check are made of. */
struct parts {
    bool steps, zero; /* abs or round; a divisor that may be 0 */
    bool figure;
};

static void find_parts(struct round *r, const struct tree *tree, struct parts *parts)
{
    size_t below_at = tree->op == GROWTH ? 0 : 1;
    parts->steps |= tree->op == ABS || tree->op == ROUND;
    parts->figure |= tree->op == VARIABLE;
    if (tree->op == DIV || tree->op == SHARE || tree->op == GROWTH) {
        const struct assertion is_zero = {
            .kind = COMPARE, .symbol = EQ, .left = tree->args[below_at], .right = constant(r, false, 0)};
        parts->zero |= linear_comparison(r, &is_zero) != TRUTH_FALSE;
    }
    for (size_t i = 0; i < tree->count; i++)
        find_parts(r, tree->args[i], parts);
}

static void parts_of(struct round *r, const struct assertion *claim, struct parts *parts)
{
    if (claim->kind == COMPARE) {
        find_parts(r, claim->left, parts);
        find_parts(r, claim->right, parts);
        return;
    }
    for (size_t i = 0; i < 2 && claim->args[i]; i++)
        parts_of(r, claim->args[i], parts);
}

#endif
