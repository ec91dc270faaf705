/* aside: what looks like a number in a text and is no figure.
 *
 *     struct aside a;
 *     aside_at(&r, at, &a)       // "01 23 45 67 89": NOT_A_FIGURE_PHONE, a.next behind it
 *
 * Inside cmd/figure only.
 */
#ifndef FIGURE_ASIDE_H
#define FIGURE_ASIDE_H

#include "figure/mention.h"
#include "figure/terms.h"

struct aside {
    enum not_a_figure what;
    size_t first, next; /* its tokens; the first may stand behind a label ("page") */
    int64_t year;       /* of a date or year; else 0 */
};

/* What starts at token `at` and is no figure, as far as its own form or a label before it tells: dates, times,
 * telephone numbers, labelled numbers, names, idioms. */
bool aside_at(const struct reading *r, size_t at, struct aside *out);

/* A number that starts at `at` and ends before `next`, as a printed one, but that something glued to it makes another
 * thing: 3-1, 16/9, 5G, 2.0.1. Takes all that is glued. */
bool aside_glued(const struct reading *r, size_t at, size_t next, struct aside *out);

/* Does a bare number of four digits name a year? What stands around it decides. */
bool aside_year(const struct reading *r, size_t at, struct aside *out);

/* The end of the run of tokens without white space that starts at `at`, without its closing punctuation. */
size_t chunk_end(const struct reading *r, size_t at);

/* Is the run from `at` to `end` an address of the web or of mail, a file name, a hashtag? */
bool chunk_is_link(const struct reading *r, size_t at, size_t end);

/* Does a phrase with that role end right before token `at`? */
bool preceded_by(const struct reading *r, size_t at, enum term_role role);

/* Is the token a word that may be a noun in the plural: it ends with s or x, and is no stop word? */
bool is_plural(const struct reading *r, size_t at);

static inline bool is_capital(const struct token *t)
{
    return t->type == TOKEN_WORD &&
           ((t->code >= 'A' && t->code <= 'Z') || (t->code >= 0xC0 && t->code <= 0xDE) || t->code == 0x152);
}

#endif
