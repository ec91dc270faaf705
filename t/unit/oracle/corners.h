/* What a linear check is worth over all values: its difference is least and greatest at corners, and all are tried. */
#ifndef ORACLE_CORNERS_H
#define ORACLE_CORNERS_H

#include "checks.h"

/* Adds factor * tree to the coefficients, the constant last. */
static void collect(struct round *r, const struct tree *tree, const mpq_t factor, mpq_ptr *form)
{
    mpq_ptr product = fresh(r), share = fresh(r);
    mpq_set(share, factor);
    switch (tree->op) {
    case VARIABLE:
        mpq_add(form[tree->figure], form[tree->figure], factor);
        return;
    case CONSTANT:
        mpq_mul(product, tree->value, factor);
        mpq_add(form[MOST_FIGURES], form[MOST_FIGURES], product);
        return;
    case NEG:
        mpq_neg(share, share);
        break;
    case MEAN:
        mpq_div_2exp(share, share, 1);
        break;
    case MUL:
    case DIV: {
        size_t at = tree->args[1]->op == CONSTANT;
        if (tree->op == MUL)
            mpq_mul(share, share, tree->args[at]->value);
        else
            mpq_div(share, share, tree->args[at]->value);
        collect(r, tree->args[1 - at], share, form);
        return;
    }
    case ADD:
    case SUB:
    case SUM:
        break;
    case MIN:
    case MAX:
    case ABS:
    case ROUND:
    case SHARE:
    case GROWTH:
        fail_msg("not linear");
    }
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->op == SUB && i)
            mpq_neg(share, share);
        collect(r, tree->args[i], share, form);
    }
}

/* One corner of a linear form. */
static void corner_of(struct round *r, mpq_ptr *form, size_t corner, struct bound *out)
{
    mpq_ptr product = fresh(r);
    *out = (struct bound){.infinite = 0};
    mpq_init(out->at);
    mpq_set(out->at, form[MOST_FIGURES]);
    for (size_t i = 0; i < MOST_FIGURES; i++) {
        const struct bound *end = corner >> i & 1 ? &r->figures[i].high : &r->figures[i].low;
        if (!mpq_sgn(form[i]))
            continue;
        mpq_mul(product, form[i], end->at);
        mpq_add(out->at, out->at, product);
        out->infinite += end->infinite * mpq_sgn(form[i]);
        out->open |= end->open;
    }
}

static int compare_bounds(const struct bound *a, const struct bound *b)
{
    return a->infinite != b->infinite ? a->infinite - b->infinite : a->infinite ? 0 : mpq_cmp(a->at, b->at);
}

/* The least and the greatest corner; of equal ones a closed one. An infinity counts how many figures make it. */
static void range_of(struct round *r, mpq_ptr *form, struct bound *low, struct bound *high)
{
    corner_of(r, form, 0, low);
    corner_of(r, form, 0, high);
    for (size_t i = 1; i < (size_t)1 << MOST_FIGURES; i++) {
        struct bound corner;
        corner_of(r, form, i, &corner);
        struct bound *const ends[] = {low, high};
        for (int side = 0; side < 2; side++) {
            int order = compare_bounds(&corner, ends[side]) * (side ? 1 : -1);
            bool closed = order == 0 && !corner.open;
            if (order > 0)
                set_bound(ends[side], corner.at, corner.open), ends[side]->infinite = corner.infinite;
            else if (closed)
                ends[side]->open = false;
        }
        mpq_clear(corner.at);
    }
}

/* Is there a value above t (or at it, where that is enough)? */
static bool reaches_above(const struct bound *high, const mpq_t t, bool at_is_enough)
{
    int order = mpq_cmp(high->at, t);
    return high->infinite > 0 || order > 0 || (order == 0 && at_is_enough && !high->open);
}

static bool reaches_below(const struct bound *low, const mpq_t t, bool at_is_enough)
{
    int order = mpq_cmp(low->at, t);
    return low->infinite < 0 || order < 0 || (order == 0 && at_is_enough && !low->open);
}

static enum truth truth_from(bool some, bool all) { return all ? TRUTH_TRUE : some ? TRUTH_MAYBE : TRUTH_FALSE; }

static enum truth compare_range(int symbol, const struct bound *low, const struct bound *high, const mpq_t t)
{
    mpq_t minus;
    mpq_init(minus);
    mpq_neg(minus, t);
    enum truth within = truth_from(reaches_above(high, minus, true) && reaches_below(low, t, true),
                                   !reaches_above(high, t, false) && !reaches_below(low, minus, false));
    const enum truth results[] = {
        [EQ] = within,
        [NE] = (enum truth)(TRUTH_TRUE - within),
        [LT] = truth_from(reaches_below(low, t, false), !reaches_above(high, t, true)),
        [LE] = truth_from(reaches_below(low, t, true), !reaches_above(high, t, false)),
        [GT] = truth_from(reaches_above(high, minus, false), !reaches_below(low, minus, true)),
        [GE] = truth_from(reaches_above(high, minus, true), !reaches_below(low, minus, false)),
    };
    mpq_clear(minus);
    return results[symbol];
}

static enum truth linear_comparison(struct round *r, const struct assertion *claim)
{
    size_t mark = r->used;
    mpq_ptr form[MOST_FIGURES + 1], one = fresh(r), tolerance = fresh(r);
    struct bound low, high;
    for (size_t i = 0; i <= MOST_FIGURES; i++)
        form[i] = fresh(r);
    mpq_set_si(one, 1, 1);
    collect(r, claim->left, one, form);
    mpq_neg(one, one);
    collect(r, claim->right, one, form);
    if (claim->tolerance)
        mpq_set(tolerance, claim->tolerance->value);
    range_of(r, form, &low, &high);
    enum truth truth = compare_range(claim->symbol, &low, &high, tolerance);
    mpq_clear(low.at);
    mpq_clear(high.at);
    r->used = mark;
    return truth;
}

/* Logic of three values. */
static enum truth linear_truth(struct round *r, const struct assertion *claim)
{
    if (claim->kind == COMPARE)
        return linear_comparison(r, claim);
    enum truth a = linear_truth(r, claim->args[0]), b = claim->args[1] ? linear_truth(r, claim->args[1]) : a;
    enum truth not_a = a == TRUTH_TRUE ? TRUTH_FALSE : a == TRUTH_FALSE ? TRUTH_TRUE : TRUTH_MAYBE;
    const enum truth both = a < b ? a : b, either = a > b ? a : b, follows = not_a > b ? not_a : b;
    const enum truth results[] = {[AND] = both, [OR] = either, [NOT] = not_a, [IF] = follows};
    return results[claim->kind];
}

#endif
