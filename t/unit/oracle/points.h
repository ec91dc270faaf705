/* What a check is worth at a point, that is, with one value for each figure. */
#ifndef ORACLE_POINTS_H
#define ORACLE_POINTS_H

#include "checks.h"

/* Half away from zero, to places of percents or units. */
static void round_value(const struct tree *tree, const mpq_t value, mpq_t out)
{
    mpq_t step;
    mpz_t doubled;
    mpq_init(step);
    mpz_init(doubled);
    set_decimal(step, 1, -(int)tree->digits - (tree->percent ? 2 : 0));
    mpq_div(out, value, step);
    mpz_mul_2exp(doubled, mpq_numref(out), 1);
    if (mpq_sgn(out) < 0)
        mpz_sub(doubled, doubled, mpq_denref(out));
    else
        mpz_add(doubled, doubled, mpq_denref(out));
    mpz_mul_2exp(mpq_denref(out), mpq_denref(out), 1);
    mpz_tdiv_q(mpq_numref(out), doubled, mpq_denref(out));
    mpz_set_ui(mpq_denref(out), 1);
    mpq_mul(out, out, step);
    mpz_clear(doubled);
    mpq_clear(step);
}

static bool value_of(struct round *r, const struct tree *tree, const mpq_ptr *point, mpq_ptr out);

/* Of a function whose args have these values; false on a division by zero. */
static bool apply(const struct tree *tree, const mpq_ptr *args, mpq_ptr out)
{
    bool quotient = tree->op == DIV || tree->op == SHARE || tree->op == GROWTH;
    size_t above = tree->op == GROWTH;
    if (quotient && !mpq_sgn(args[1 - above]))
        return false;
    mpq_set(out, args[0]);
    if (quotient)
        mpq_div(out, args[above], args[1 - above]);
    if (tree->op == GROWTH)
        mpz_sub(mpq_numref(out), mpq_numref(out), mpq_denref(out));
    if (tree->op == NEG)
        mpq_neg(out, out);
    if (tree->op == SUB)
        mpq_sub(out, out, args[1]);
    if (tree->op == MUL)
        mpq_mul(out, out, args[1]);
    if (tree->op == ABS)
        mpq_abs(out, out);
    if (tree->op == ROUND)
        round_value(tree, args[0], out);
    for (size_t i = 1; i < tree->count; i++) {
        if (tree->op == ADD || tree->op == SUM || tree->op == MEAN)
            mpq_add(out, out, args[i]);
        if ((tree->op == MIN && mpq_cmp(args[i], out) < 0) || (tree->op == MAX && mpq_cmp(args[i], out) > 0))
            mpq_set(out, args[i]);
    }
    if (tree->op == MEAN)
        mpq_div_2exp(out, out, 1);
    return true;
}

static bool value_of(struct round *r, const struct tree *tree, const mpq_ptr *point, mpq_ptr out)
{
    size_t mark = r->used;
    mpq_ptr args[3] = {0};
    bool ok = true;
    if (tree->op == VARIABLE)
        mpq_set(out, point[tree->figure]);
    if (tree->op == CONSTANT)
        mpq_set(out, tree->value);
    for (size_t i = 0; ok && i < tree->count; i++)
        ok = value_of(r, tree->args[i], point, args[i] = fresh(r));
    ok = ok && (!tree->count || apply(tree, args, out));
    r->used = mark;
    return ok;
}

/* How left - right, and the tolerance, stand to a comparison. */
static bool holds(int symbol, const mpq_t difference, const mpq_t tolerance)
{
    mpq_t size;
    mpq_init(size);
    mpq_abs(size, difference);
    bool within = mpq_cmp(size, tolerance) <= 0, less = mpq_cmp(difference, tolerance) < 0;
    bool at_most = mpq_cmp(difference, tolerance) <= 0;
    mpq_neg(size, difference);
    bool more = mpq_cmp(size, tolerance) < 0, at_least = mpq_cmp(size, tolerance) <= 0;
    mpq_clear(size);
    const bool results[] = {[EQ] = within, [NE] = !within, [LT] = less, [LE] = at_most, [GT] = more, [GE] = at_least};
    return results[symbol];
}

enum known { NO, YES, UNKNOWN };

/* left - right at the point; false on a division by zero. */
static bool difference_at(struct round *r, const struct assertion *claim, const mpq_ptr *point, mpq_ptr out)
{
    mpq_ptr right = fresh(r);
    bool ok = value_of(r, claim->left, point, out) && value_of(r, claim->right, point, right);
    mpq_sub(out, out, right);
    return ok;
}

static enum known compare_at(struct round *r, const struct assertion *claim, const mpq_ptr *point)
{
    mpq_ptr difference = fresh(r), tolerance = fresh(r), right = fresh(r);
    if (!difference_at(r, claim, point, difference))
        return UNKNOWN;
    if (claim->tolerance) {
        mpq_set(tolerance, claim->tolerance->value);
        value_of(r, claim->right, point, right);
        mpq_abs(right, right);
        if (claim->tolerance->percent)
            mpq_mul(tolerance, tolerance, right);
    }
    return holds(claim->symbol, difference, tolerance) ? YES : NO;
}

static enum known truth_at(struct round *r, const struct assertion *claim, const mpq_ptr *point)
{
    size_t mark = r->used;
    if (claim->kind == COMPARE) {
        enum known truth = compare_at(r, claim, point);
        r->used = mark;
        return truth;
    }
    enum known a = truth_at(r, claim->args[0], point), b = claim->args[1] ? truth_at(r, claim->args[1], point) : NO;
    if (claim->kind == NOT || claim->kind == IF)
        a = a == UNKNOWN ? a : a == NO ? YES : NO;
    enum known decides = claim->kind == AND ? NO : YES;
    if (claim->kind == NOT || a == decides)
        return a;
    return b == decides || a != UNKNOWN ? b : UNKNOWN;
}

#endif
