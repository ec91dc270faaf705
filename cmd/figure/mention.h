/* mention: every number of a text, found in one pass.
 *
 *     struct mentions found = mention_find(&arena, fr, text);
 *     // "En 2024, près de 97 % des usagers": the year 2024, which is no figure, then
 *     // {notation 97 %, nearly, noun "usagers"; start and end of "près de 97 %"}
 *
 * What looks like a number and is no figure (a date, a telephone number, a page) is told too, so that every number of
 * a text is accounted for. Figures and other things are in the order of the text and never overlap.
 */
#ifndef FIGURE_MENTION_H
#define FIGURE_MENTION_H

#include "figure/notation.h"

/* Why a number is no figure. */
enum not_a_figure {
    NOT_A_FIGURE_NONE, /* it is one */
    NOT_A_FIGURE_DATE,
    NOT_A_FIGURE_TIME,      /* 14 h 30, 2:30 pm */
    NOT_A_FIGURE_YEAR,      /* 2024, 2023-2024, années 1990; the notation has its (first) value */
    NOT_A_FIGURE_PERIOD,    /* 3e trimestre, 21st century */
    NOT_A_FIGURE_PHONE,     /* 01 23 45 67 89 */
    NOT_A_FIGURE_ADDRESS,   /* 12, rue …; a post code */
    NOT_A_FIGURE_REGISTER,  /* SIREN, IBAN */
    NOT_A_FIGURE_NUMBERING, /* article 12, page 3, [4], list markers, laws */
    NOT_A_FIGURE_NAME,      /* A320, ISO 9001, 5G, a version */
    NOT_A_FIGURE_LINK,      /* an address of the web or of mail, a file name */
    NOT_A_FIGURE_SCORE,     /* 3-1, 16/9, 1/25 000 */
    NOT_A_FIGURE_IDIOM      /* mille mercis, zéro déchet, 24h/24 */
};

/* What a figure is in "passé de 3 à 5", "946, contre 880 en 2023". */
enum mention_role { MENTION_PLAIN, MENTION_OLD, MENTION_NEW };

struct mention {
    struct notation notation; /* text and noun are parts of the text; kind is NOTATION_NOT_A_FIGURE for what is none */
    size_t start, end;        /* bytes of the text: the notation with its hedge, scale and unit, without its noun */
    size_t sentence;          /* the number of its sentence in the text, from 0 */
    enum not_a_figure what;
    enum mention_role role;
    bool listed; /* linked to the one before by a comma, "et", "ou": one list */
};

struct mentions {
    struct mention *items;
    size_t count;
    uint32_t *sentences; /* the byte of the text where each sentence starts: at its first word, number or mark */
    size_t sentence_count;
};

/* Every mention of the text, which is UTF-8, up to 4 GiB. All lives in the arena and borrows the text. One pass, in
 * time linear in the text, whatever it is. */
struct mentions mention_find(struct arena *arena, const struct lexicon *lexicon, struct str text);

/* "date", "phone" …; empty for a figure. */
struct str not_a_figure_name(enum not_a_figure what);

#endif
