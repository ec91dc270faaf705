/* expr_scan: the characters and words of checks, shared by the files that read and write them.
 *
 *     scan_blanks(p);
 *     if (scan_accept(p, STR("("))) ...
 */
#ifndef RULE_EXPR_SCAN_H
#define RULE_EXPR_SCAN_H

#include "rule/expr.h"

struct parser {
    struct arena *arena;
    const struct lexicon *lexicon;
    struct str text;
    size_t at;                /* the next byte */
    size_t end;               /* behind the last token taken */
    struct expr_error *error; /* the first one; meaningful when failed */
    bool failed;
    bool notations;  /* factors are notations: the text is tried as a check of literals alone */
    bool named;      /* a factor was met that can only be a name */
    unsigned levels; /* of parentheses, calls and signs that are open */
    unsigned calls;  /* of them, calls */
    size_t nodes;
};

/* Records an error at a byte of the text, if none is recorded yet. Always false. */
__attribute__((format(printf, 3, 4))) bool scan_fail(struct parser *p, size_t at, const char *format, ...);

/* "expected a number, found ')'", at the next token. Always false. */
bool scan_expected(struct parser *p, const char *what);

/* The part of the text from here on. */
struct str scan_rest(const struct parser *p);

/* The bytes of the blank that a text starts with (ASCII, no-break and typographic ones), 0 when it starts with none. */
size_t scan_blank(struct str text);

/* Moves to the next token. */
void scan_blanks(struct parser *p);

/* Takes a symbol (blanks before it are skipped), or leaves it. */
bool scan_accept(struct parser *p, struct str symbol);

/* The same for a reserved word: no letter, digit or dot may follow. */
bool scan_accept_word(struct parser *p, struct str word);

/* The bytes of the word (letters, digits, "_"; words of any script) that a text starts with; 0 for none. */
size_t scan_word(struct str text);

/* The bytes of the name (words joined by dots, the first not starting with a digit) that a text starts with. */
size_t scan_name(struct str text);

/* The bytes of the unit word ("km", "€", "M€", "m²", "km/h", "d'euros") that a text starts with. */
size_t scan_unit_word(struct str text);

/* Is it one of the words that cannot be a bare name: and, or, not, if, then, within, over? */
bool scan_is_reserved(struct str word);

bool scan_is_digit(char c);

#endif
