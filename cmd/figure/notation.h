/* notation: how a number was printed, and what that implies.
 *
 *     struct notation n;
 *     if (notation_read(&arena, fr, STR("près de 97 %"), &n, &why))
 *         interval = notation_interval(&arena, &n, ROUNDING_NEAREST);    // [96, 97], in %
 *
 * A value is in its unit with scale words applied: 43 M€ is 43000000 EUR, 80 % is 80 % (the unit's factor makes it
 * 0.8), 5 ans is 5 years. The interval's policy is the table in the README ("What a printed number means").
 */
#ifndef FIGURE_NOTATION_H
#define FIGURE_NOTATION_H

#include "figure/lexicon.h"
#include "number/interval.h"

enum notation_kind {
    NOTATION_COUNT,
    NOTATION_MONEY,
    NOTATION_PERCENT, /* %, ‰ */
    NOTATION_POINTS,
    NOTATION_ORDINAL,
    NOTATION_FRACTION, /* deux tiers, un sur cinq */
    NOTATION_MULTIPLE, /* a doublé, trois fois plus */
    NOTATION_RANGE,
    NOTATION_DURATION,
    NOTATION_AGE,
    NOTATION_MEASURE,
    NOTATION_YEAR,
    NOTATION_NOT_A_FIGURE /* dates, phone numbers …; never from notation_read */
};

enum hedge {
    HEDGE_NONE,
    HEDGE_ABOUT,       /* environ, quelque, about: [v - h, v + h] */
    HEDGE_NEARLY,      /* près de, nearly: [v - h, v] */
    HEDGE_MORE_THAN,   /* plus de, over: (v, inf) */
    HEDGE_AT_LEAST,    /* [v, inf) */
    HEDGE_AT_MOST,     /* jusqu'à, up to: (-inf, v] */
    HEDGE_LESS_THAN,   /* moins de, under: (-inf, v) */
    HEDGE_ROUND_NUMBER /* une trentaine, a dozen: v ± 15 % */
};

struct notation {
    struct str text; /* the printed number with its hedge, scale and unit, without the counted noun */
    struct str noun; /* the words behind it: "commerces soutenus"; may be empty */
    enum notation_kind kind;
    enum hedge hedge;
    struct unit unit;
    struct number value; /* of a range: its middle */
    struct number half;  /* u: half the place of the last printed digit, scaled; 0 when exact by nature */
    struct number step;  /* q: the place of the last significant digit, scaled */
    bool range;          /* low and high are printed */
    struct number low, high;
    int place;     /* the power of ten of the last printed digit, scaled */
    bool decimals; /* digits stand behind a decimal mark */
    char mark;     /* the decimal mark of its language; 0 where it is not in digits */
    bool scaled;   /* a scale word or sign was applied */
    bool doubtful; /* "4,800" in French: perhaps a thousands mark, and the value then `other` */
    struct number other;
};

/* Reads a text that is one notation, perhaps followed by the noun it counts. A date ("1er janvier 2020",
 * "2020-01-01") is its year; a bare "2024" is a count until notation_set_unit says that it is a year. "(1 250)" is
 * below zero, as accountants write it. False with a reason of a few words. */
bool notation_read(struct arena *arena, const struct lexicon *lexicon, struct str text, struct notation *out,
                   const char **why);

/* The notation of a JSON number: `digits` as written ("43.0"), `unit` a dataset's unit member, or empty. */
bool notation_of_number(struct arena *arena, const struct lexicon *lexicon, struct str digits, struct str unit,
                        struct notation *out, const char **why);

/* The unit and noun of a value that was read without them ("2 800" with "unit": "maisons"). A scale in the unit
 * (M€) applies to a number without a scale of its own. False when the notation has a unit of its own that is not the
 * same. */
bool notation_set_unit(struct arena *arena, const struct lexicon *lexicon, struct notation *notation, struct str unit);

/* Puts another number into a notation: its value, the place of its last printed digit. What .decimals and .scaled say
 * must be so already; the range of a range stays. */
void notation_renumber(struct arena *arena, struct notation *notation, struct number value, int place);

/* The values that the notation allows, in its unit. Counts and durations are clipped at 0. */
struct interval notation_interval(struct arena *arena, const struct notation *notation, enum rounding rounding);

struct str notation_kind_name(enum notation_kind kind); /* "count", "money" … */
struct str hedge_name(enum hedge hedge);                /* "about", "more-than" …; empty for none */

#endif
