/* expr: the checks of rules, as trees.
 *
 *     struct expr *e = expr_parse(&arena, fr, STR("shops.rural + shops.premises = shops.total"), &error);
 *     if (!e) ... error.at (a byte of the text), error.message ...
 *
 * Grammar (blanks are free between tokens; `,` may stand for `;`):
 *
 *     check      := "if" disjunct "then" disjunct | disjunct
 *     disjunct   := conjunct { "or" conjunct }
 *     conjunct   := negation { "and" negation }
 *     negation   := "not" negation | comparison
 *     comparison := sum { ("=" | "!=" | "<" | "<=" | ">" | ">=" | "≠" | "≤" | "≥") sum } [ "within" sum ]
 *     sum        := product { ("+" | "-" | "−") product }
 *     product    := factor { ("*" | "×" | "/" | "÷") factor }
 *     factor     := "-" factor | "(" disjunct ")" | call | literal | name | "@" dim | quoted
 *     call       := function "(" sum { ";" sum } [ "over" dim { "," dim } ] ")"
 *     name       := ( word { "." word } | "`" any "`" ) { "[" selector { "," selector } "]" }
 *     selector   := dim "=" ( { letter | digit | "_" | "." | "-" } | quoted )
 *     dim        := word | "`" any "`"
 *     quoted     := a text between two `"` or two `'`; it is compared with a dim only, by = or !=
 *     literal    := digits [ "." digits ] [ unit ]                    exact; `100 %` is 1
 *     unit       := the most of the words that follow that lexicon_unit knows
 *
 * A word is made of letters (of any script), digits and "_"; "-" is always minus. The words and, or, not, if, then,
 * within and over are reserved: a figure of that name stands in backquotes.
 *
 * A check made of literals alone (`59,2 % + 35,4 % = 94,7 %`, `plus de 10 + plus de 20 = 30`) is a sum of notations in
 * the pack's language: each factor, up to the next operator, is read by notation_read. There "+" and "-" right before
 * a digit are signs, and a hyphen without blanks around it may belong to the notation (quatre-vingt-dix, 3-5). A text
 * is such a check unless it has a factor that starts like a name and is no notation.
 */
#ifndef RULE_EXPR_H
#define RULE_EXPR_H

#include "base/message.h"
#include "figure/notation.h"

enum expr_op {
    EXPR_LITERAL,  /* .number and .unit (when it has none: UNIT_LITERAL, UNIT_ZERO), exact; .text as written */
    EXPR_NOTATION, /* .notation, and .text with the noun: in a check of literals alone */
    EXPR_TEXT,     /* .text: "Bretagne" */
    EXPR_NAME,     /* .text, .selectors */
    EXPR_DIM,      /* .text: @period */
    EXPR_NEG,
    EXPR_ADD,
    EXPR_SUB,
    EXPR_MUL,
    EXPR_DIV,
    EXPR_CALL, /* .function, .args, .over */
    EXPR_EQ,   /* comparisons: two args, and .within */
    EXPR_NE,
    EXPR_LT,
    EXPR_LE,
    EXPR_GT,
    EXPR_GE,
    EXPR_AND, /* a chain a <= b <= c is (a <= b) and (b <= c), sharing b */
    EXPR_OR,
    EXPR_NOT,
    EXPR_IF /* if args[0] then args[1] */
};

enum expr_function { FN_SUM, FN_COUNT, FN_MEAN, FN_MIN, FN_MAX, FN_ABS, FN_ROUND, FN_SHARE, FN_GROWTH };

/* x[period=2023], x[period=previous], x[region=total] */
struct selector {
    struct str dim, value;
    size_t at; /* byte of the text */
};

struct expr {
    enum expr_op op;
    size_t start, end; /* bytes of the text it was read from */
    struct expr **args;
    size_t arg_count;
    struct str text;
    bool quoted; /* a name that stood in backquotes, so that it is none of a notation's words */
    struct number number;
    struct unit unit;
    struct notation notation;
    struct selector *selectors;
    size_t selector_count;
    enum expr_function function;
    struct str *over;
    size_t over_count;
    struct expr *within; /* a tolerance, or NULL: `within 1 %`, `within 5`; in a chain, of each comparison of it */
};

/* Caps, so that no text of a pack exhausts the stack. */
enum { EXPR_MAX_LEVELS = 200, EXPR_MAX_NODES = 5000 };

struct expr_error {
    size_t at; /* byte of the text */
    struct message message;
};

/* NULL, with the error filled, when the text is no check. The tree lives in the arena and borrows the text. */
struct expr *expr_parse(struct arena *arena, const struct lexicon *lexicon, struct str text, struct expr_error *error);

/* A text that parses to the same tree. */
struct str expr_write(struct arena *arena, const struct expr *expr);

/* Same tree? Spans are not compared. */
bool expr_equal(const struct expr *a, const struct expr *b);

/* Is it a comparison, a logic operator: something with a truth, not a number? */
bool expr_is_logical(const struct expr *expr);

/* Is it one of =, !=, <, <=, >, >=? */
bool expr_is_comparison(const struct expr *expr);

struct str expr_function_name(enum expr_function function);
struct str expr_op_symbol(enum expr_op op); /* "+", "<=" … */

#endif
