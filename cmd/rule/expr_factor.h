/* expr_factor: the leaves of checks: literals, names, dims, texts, notations.
 *
 *     struct expr *leaf = factor_name(p);      // the parser stands at it; NULL when an error was recorded
 */
#ifndef RULE_EXPR_FACTOR_H
#define RULE_EXPR_FACTOR_H

#include "rule/expr_scan.h"

/* A node that starts at a byte of the text and ends with the last token taken. NULL past EXPR_MAX_NODES. */
struct expr *factor_node(struct parser *p, enum expr_op op, size_t start);

/* A leaf of a check that names figures. */
struct expr *factor_leaf(struct parser *p);

/* A leaf of a check of literals alone. For a text that is no notation the error is recorded, and a node stands in for
 * it, so that the parser goes on and p->named tells in the end whether the check has names. */
struct expr *factor_notation(struct parser *p);

/* The bytes of the sign of a notation ("+", "-" or "−" right before a digit) that a text starts with; 0 for none. */
size_t factor_sign(struct str text);

/* Reads a dim's name: a word, or any text in backquotes. */
bool factor_dim_name(struct parser *p, struct str *out);

#endif
