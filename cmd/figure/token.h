/* token: a text cut into words, runs of digits and marks, in one pass.
 *
 *     struct reading r;
 *     reading_open(&r, &arena, lexicon, STR("près de 97 %"));
 *     r.tokens[2].type == TOKEN_DIGITS          // près, de, 97, %, and an end
 *
 * Words are known to the lexicon in one spelling: lower case, the straight apostrophe. An elided word ends with its
 * apostrophe: "d'euros" is d' + euros.
 */
#ifndef FIGURE_TOKEN_H
#define FIGURE_TOKEN_H

#include "base/arena.h"
#include "base/str.h"

struct lexicon;

enum token_type { TOKEN_END, TOKEN_DIGITS, TOKEN_WORD, TOKEN_MARK };

/* What stands between a token and the one before it, from the weakest to the strongest. */
enum gap {
    GAP_NONE,
    GAP_NARROW, /* a no-break, thin or figure space: inside numbers */
    GAP_SPACE,
    GAP_WIDE, /* a tab, three spaces and more: columns */
    GAP_LINE, /* a line end */
    GAP_BREAK /* a blank line, a page end, the start and the end of the text */
};

struct token {
    uint32_t start, end; /* bytes of the text */
    uint32_t code;       /* the first code point */
    uint16_t word;       /* in the lexicon's vocabulary; 0: not in it */
    uint8_t type;        /* enum token_type */
    uint8_t gap;         /* enum gap: before it */
    uint64_t roles;      /* of all phrases that start with its word: 1 << enum term_role */
};

/* A text being read: what every function of the recogniser works on. */
struct reading {
    struct arena *arena;
    const struct lexicon *lexicon;
    struct str text;
    struct token *tokens; /* a TOKEN_END behind the last one */
    size_t count, room;   /* without the TOKEN_END */
};

/* Longer words are in no lexicon; their spelling is not kept. */
enum { TOKEN_MAX_WORD = 32 };

/* The spelling of a token under which the lexicon knows it. */
struct spelling {
    char bytes[TOKEN_MAX_WORD + 8];
    size_t len; /* 0: too long */
};

/* Cuts the next token off `text` at *at, which is moved behind it; its word is left 0. A TOKEN_END at the end.
 * Bytes that are no UTF-8 are marks. */
struct token token_next(struct str text, size_t *at, struct spelling *spelling);

/* Cuts the whole text, or its first 4 GiB, looking each token up. The tokens live in the arena; a reading that was open
 * before is reused. */
void reading_open(struct reading *r, struct arena *arena, const struct lexicon *lexicon, struct str text);

/* The bytes from token `from` up to, not including, token `to`; without the white space around them. */
struct str reading_text(const struct reading *r, size_t from, size_t to);

/* Is it that mark (a code point)? */
static inline bool token_is_mark(const struct token *t, uint32_t code)
{
    return t->type == TOKEN_MARK && t->code == code;
}

static inline size_t token_len(const struct token *t) { return t->end - t->start; }

#endif
