/* template: the `text` of a rule, a sentence with places for figures.
 *
 *     struct template *t = template_parse(&arena, STR("{total} … dont {a} … et {b}"), &error);
 *     // a figure `total`, a gap, the word "dont", a figure `a`, a gap, the word "et", a figure `b`
 *
 * Grammar (blanks are free between items):
 *
 *     template := item { item }
 *     item     := "{" name [ ":" kind ] "}" | "…" | "..." | "[" phrase { "|" phrase } "]" | word | mark
 *     phrase   := { word | mark }
 *     name     := as in checks: words joined by dots, none of them reserved
 *     kind     := "count" | "money" | "percent" | "points" | "ordinal" | "fraction" | "multiple" | "range" |
 *                 "duration" | "age" | "measure" | "year"
 *
 * A figure is one that the recogniser found; `{y:year}` alone takes a calendar year. A word stands for all words of
 * its stem, in any case and with or without accents; a mark (a comma, a parenthesis) for itself. An empty phrase makes
 * its alternatives optional: "[environ|]". A gap stands between other items, and for 0 to 20 words and marks of the
 * same sentence, none of them a figure: so that what a figure stands for is never a choice. Where the units of the
 * figures do not fit the check, the sentence is not meant.
 */
#ifndef RULE_TEMPLATE_H
#define RULE_TEMPLATE_H

#include "rule/expr.h"

enum template_kind {
    TEMPLATE_FIGURE, /* .name, and .kind or any */
    TEMPLATE_GAP,
    TEMPLATE_WORDS /* one of its phrases */
};

struct template_word {
    struct str spelling; /* of a word: lower case; empty for a mark */
    uint32_t mark;       /* its code point */
};

struct template_phrase {
    struct template_word *items;
    size_t count, room;
};

struct template_item {
    enum template_kind what;
    struct str name;
    bool any; /* kind: not written */
    enum notation_kind kind;
    struct template_phrase *items; /* its phrases */
    size_t count, room;
};

struct template
{
    struct template_item *items;
    size_t count, room;
    size_t figures; /* of the items, those that are figures, */
    size_t counted; /* and of these, those that are no years */
    size_t width;   /* the most words, marks and figures that it can match */
};

/* Caps: words and marks of a gap, of a phrase; what a whole template may match. */
enum { TEMPLATE_GAP_WORDS = 20, TEMPLATE_MAX_PHRASE = 30, TEMPLATE_MAX_WIDTH = 255 };

/* NULL, with the error filled, when the text is no template. It lives in the arena and borrows the text. */
struct template *template_parse(struct arena *arena, struct str text, struct expr_error *error);

#endif
