/* Random checks, as trees and as texts. */
#ifndef ORACLE_CHECKS_H
#define ORACLE_CHECKS_H

#include "base/buf.h"
#include "figures.h"

enum op { VARIABLE, CONSTANT, NEG, ADD, SUB, MUL, DIV, SUM, MEAN, MIN, MAX, ABS, ROUND, SHARE, GROWTH };

struct tree {
    enum op op;
    size_t figure;
    mpq_ptr value;
    bool percent; /* a constant that is one */
    long digits;  /* of a constant, in tenths; of ROUND: the places */
    struct tree *args[3];
    size_t count;
};

static struct tree *tree_new(struct round *r, enum op op, struct tree *a, struct tree *b, struct tree *c)
{
    struct tree *tree = ARENA_NEW(r->arena, struct tree);
    *tree = (struct tree){.op = op, .args = {a, b, c}, .count = c ? 3 : b ? 2 : a ? 1 : 0};
    return tree;
}

static struct tree *constant(struct round *r, bool percent, long tenths)
{
    struct tree *tree = tree_new(r, CONSTANT, NULL, NULL, NULL);
    tree->digits = tenths;
    tree->percent = percent;
    tree->value = fresh(r);
    set_decimal(tree->value, tenths, percent ? -3 : -1);
    return tree;
}

static struct tree *variable(struct round *r, bool percent)
{
    struct tree *tree = tree_new(r, VARIABLE, NULL, NULL, NULL);
    tree->figure = percent ? MOST_FIGURES - 1 : below(r, MOST_FIGURES - 1);
    return tree;
}

static struct tree *leaf(struct round *r, bool percent)
{
    return chance(r, 75) ? variable(r, percent) : constant(r, percent, between(r, 0, 6) * (chance(r, 70) ? 10 : 5));
}

static struct tree *divisor(struct round *r)
{
    struct tree *one = variable(r, false);
    if (chance(r, 15))
        return constant(r, false, between(r, 0, 4) * 10);
    return chance(r, 25) ? tree_new(r, ADD, one, variable(r, false), NULL) : one;
}

static struct tree *number_tree(struct round *r, bool linear, bool percent, size_t depth)
{
    if (!depth || chance(r, 15))
        return leaf(r, percent);
    struct tree *a = number_tree(r, linear, percent, depth - 1), *b = number_tree(r, linear, percent, depth - 1);
    size_t kind = below(r, linear ? 60 : 110);
    if (kind < 15)
        return tree_new(r, ADD, a, b, NULL);
    if (kind < 30)
        return tree_new(r, SUB, a, b, NULL);
    if (kind < 35)
        return tree_new(r, NEG, a, NULL, NULL);
    if (kind < 45)
        return chance(r, 50) ? tree_new(r, MUL, a, constant(r, false, between(r, 0, 30)), NULL)
                             : tree_new(r, MUL, constant(r, false, between(r, 0, 30)), a, NULL);
    if (kind < 50)
        return tree_new(r, DIV, a, constant(r, false, between(r, 1, 30)), NULL);
    if (kind < 56)
        return tree_new(r, SUM, a, b, number_tree(r, linear, percent, 0));
    if (kind < 60)
        return tree_new(r, MEAN, a, b, NULL);
    if (kind < 72)
        return chance(r, 30) && !percent ? tree_new(r, MUL, variable(r, false), variable(r, true), NULL)
                                         : tree_new(r, MUL, a, variable(r, percent), NULL);
    if (kind < 90)
        return percent ? tree_new(r, chance(r, 50) ? SHARE : GROWTH, divisor(r), divisor(r), NULL)
                       : tree_new(r, DIV, a, divisor(r), NULL);
    if (kind < 95)
        return tree_new(r, ABS, a, NULL, NULL);
    if (kind < 100) {
        struct tree *rounded = tree_new(r, ROUND, a, NULL, NULL);
        rounded->digits = between(r, 0, 1);
        rounded->percent = percent;
        return rounded;
    }
    return tree_new(r, kind < 105 ? MIN : MAX, a, b, NULL);
}

/* Checks. */

enum kind { COMPARE, AND, OR, NOT, IF };
enum { EQ, NE, LT, LE, GT, GE };
static const char *const symbols[] = {"=", "!=", "<", "<=", ">", ">="};

struct assertion {
    enum kind kind;
    bool chain; /* AND, written a <= b <= c */
    int symbol;
    struct tree *left, *right;
    struct tree *tolerance; /* NULL: none */
    struct assertion *args[2];
};

static struct assertion *comparison(struct round *r, bool linear, bool percent, struct tree *left,
                                    struct tree *tolerance)
{
    struct assertion *claim = ARENA_NEW(r->arena, struct assertion);
    *claim =
        (struct assertion){.kind = COMPARE, .symbol = chance(r, 40) ? EQ : (int)below(r, 6), .tolerance = tolerance};
    claim->left = left ? left : number_tree(r, linear, percent, below(r, 4));
    claim->right = number_tree(r, linear, percent, below(r, 3));
    return claim;
}

static struct assertion *random_claim(struct round *r, bool linear, size_t depth)
{
    bool percent = chance(r, 25);
    struct tree *tolerance = NULL;
    if (chance(r, 25)) /* a share of the right side is not linear where that has no sure sign */
        tolerance = linear && percent ? NULL : constant(r, percent || (!linear && chance(r, 50)), between(r, 0, 30));
    if (!depth || chance(r, 40)) {
        struct assertion *first = comparison(r, linear, percent, NULL, tolerance);
        if (chance(r, 80))
            return first;
        struct assertion *chain = ARENA_NEW(r->arena, struct assertion);
        *chain = (struct assertion){.kind = AND, .chain = true, .args = {first}};
        chain->args[1] = comparison(r, linear, percent, first->right, tolerance);
        return chain;
    }
    struct assertion *claim = ARENA_NEW(r->arena, struct assertion);
    *claim = (struct assertion){.kind = (enum kind)between(r, AND, NOT)};
    claim->args[0] = random_claim(r, linear, depth - 1);
    claim->args[1] = claim->kind == NOT ? NULL : random_claim(r, linear, depth - 1);
    return claim;
}

/* A condition stands at the top only. */
static struct assertion *random_check(struct round *r, bool linear)
{
    struct assertion *claim = random_claim(r, linear, below(r, 3));
    if (chance(r, 90))
        return claim;
    struct assertion *condition = ARENA_NEW(r->arena, struct assertion);
    *condition = (struct assertion){.kind = IF, .args = {random_claim(r, linear, 1), claim}};
    return condition;
}

/* Their texts. */

static void write_tree(struct buf *out, const struct round *r, const struct tree *tree)
{
    static const char *const names[] = {
        [NEG] = "-",       [ADD] = " + ",     [SUB] = " - ",      [MUL] = " * ", [DIV] = " / ",
        [SUM] = "sum",     [MEAN] = "mean",   [MIN] = "min",      [MAX] = "max", [ABS] = "abs",
        [ROUND] = "round", [SHARE] = "share", [GROWTH] = "growth"};
    if (tree->op == VARIABLE) {
        buf_addf(out, "%s", r->figures[tree->figure].name);
    } else if (tree->op == CONSTANT) {
        buf_addf(out, "%ld.%ld%s", tree->digits / 10, tree->digits % 10, tree->percent ? " %" : "");
    } else {
        bool infix = tree->op >= ADD && tree->op <= DIV;
        buf_addf(out, "%s(", infix ? "" : names[tree->op]);
        for (size_t i = 0; i < tree->count; i++) {
            buf_addf(out, "%s", !i ? "" : infix ? names[tree->op] : "; ");
            write_tree(out, r, tree->args[i]);
        }
        if (tree->op == ROUND)
            buf_addf(out, "; %ld", tree->digits);
        buf_add_char(out, ')');
    }
}

static void write_claim(struct buf *out, const struct round *r, const struct assertion *claim, bool inner)
{
    if (claim->kind == COMPARE || claim->chain) {
        const struct assertion *first = claim->chain ? claim->args[0] : claim;
        write_tree(out, r, first->left);
        buf_addf(out, " %s ", symbols[first->symbol]);
        write_tree(out, r, first->right);
        if (claim->chain) {
            buf_addf(out, " %s ", symbols[claim->args[1]->symbol]);
            write_tree(out, r, claim->args[1]->right);
        }
        if (first->tolerance) {
            buf_addf(out, " within ");
            write_tree(out, r, first->tolerance);
        }
        return;
    }
    buf_addf(out, "%s", claim->kind == IF ? "if " : claim->kind == NOT ? "not (" : inner ? "(" : "");
    write_claim(out, r, claim->args[0], true);
    if (claim->args[1]) {
        buf_addf(out, "%s", claim->kind == IF ? " then " : claim->kind == AND ? " and " : " or ");
        write_claim(out, r, claim->args[1], true);
    }
    buf_addf(out, "%s", claim->kind == IF ? "" : claim->kind == NOT || inner ? ")" : "");
}

#endif
