/* terms: what the lexicon knows of words and phrases, for the recogniser. Inside cmd/figure only.
 *
 *     size_t next;
 *     const struct term *hedge = term_at(&r, 0, TERM_HEDGE, &next);
 *     // of "près de 97 %": hedge->value is HEDGE_NEARLY, next is 2
 *
 * The lexicons are data, rules/lexicon/LANG.json. Each of its members is a section: a role, with the phrases that
 * have it. In a phrase, "(s)" may be left out, "<de>" is any word of the set "de"; an upper-case letter makes the
 * whole phrase sensitive to case.
 */
#ifndef FIGURE_TERMS_H
#define FIGURE_TERMS_H

#include "figure/lexicon.h"
#include "figure/token.h"

/* Every role: its name here, its section in the data, how the section is written. */
#define TERM_ROLES(X)                                                                                                  \
    X(NUMBER, "numbers", VALUES)           /* trois: 3 */                                                              \
    X(ARTICLE, "articles", LIST)           /* un, a: a number only where nothing else can be meant */                  \
    X(SCALE, "scales", VALUES)             /* millions: 6, the power of ten */                                         \
    X(UNIT, "units", UNITS)                /* euros: EUR */                                                            \
    X(YEAR_UNIT, "year_units", LIST)       /* année: what a dataset says of calendar years */                         \
    X(RANK_UNIT, "rank_units", LIST)       /* rang */                                                                  \
    X(HEDGE, "hedges", HEDGES)             /* près de */                                                              \
    X(HEDGE_AFTER, "hedges_after", HEDGES) /* environ, ou plus */                                                      \
    X(ROUND, "rounds", VALUES)             /* une trentaine: 30 */                                                     \
    X(MANY, "many", VALUES)                /* des dizaines: 10 */                                                      \
    X(SOME, "some", LIST)                  /* des, plusieurs: before "dizaines" */                                     \
    X(ORDINAL, "ordinals", VALUES)         /* cinquième: 5 */                                                         \
    X(SUFFIX, "ordinal_suffixes", LIST)    /* e, th: glued to digits */                                                \
    X(PART, "parts", VALUES)               /* tiers: 3, behind a number */                                             \
    X(FRACTION, "fractions", FRACTIONS)    /* la moitié: 1/2 */                                                       \
    X(HALF, "and_a_half", LIST)            /* et demi */                                                               \
    X(MULTIPLE, "multiples", FRACTIONS)    /* a doublé: 2 */                                                          \
    X(FACTOR, "factors", LIST)             /* multiplié par */                                                        \
    X(DIVISOR, "divisors", LIST)           /* divisé par */                                                           \
    X(TIMES, "times", LIST)                /* fois plus */                                                             \
    X(MINUS, "minus", LIST)                /* moins 3 % */                                                             \
    X(BETWEEN, "between", LIST)            /* entre */                                                                 \
    X(FROM, "from", LIST)                  /* de 3 à 5 */                                                             \
    X(TO, "to", LIST)                      /* à */                                                                    \
    X(AND, "and", LIST)                    /* et */                                                                    \
    X(OR, "or", LIST)                      /* ou */                                                                    \
    X(OF, "of", LIST)                      /* de, d': between a scale word and what it scales */                       \
    X(OUT_OF, "out_of", LIST)              /* sur: neuf sur dix */                                                     \
    X(IN, "one_in", LIST)                  /* in: one in three; a weaker sign than "out of" */                         \
    X(COUNTED, "counted", LIST)            /* points de vente: what starts like a unit and is none */                  \
    X(DAYS, "days", LIST)                  /* et, au: between the days of one month */                                 \
    X(MONTH, "months", LIST)               /* janvier */                                                               \
    /* what makes a number no figure, or another one: for mentions */                                                  \
    X(WEEKDAY, "weekdays", LIST)          /* vendredi 13 */                                                            \
    X(BEFORE_DAY, "before_day", LIST)     /* le 12, : a day of some month */                                           \
    X(AMBIGUOUS, "ambiguous", LIST)       /* neuf: a number only before a unit or a noun in the plural */              \
    X(CLOCK, "clock", LIST)               /* 14 h 30 */                                                                \
    X(CLOCK_WORD, "clock_words", LIST)    /* 14 heures, behind one of the next: a time of day */                       \
    X(BEFORE_CLOCK, "before_clock", LIST) /* à, vers */                                                               \
    X(BEFORE_YEAR, "before_year", LIST)   /* en, depuis: a year, whatever follows */                                   \
    X(DECADE, "decades", LIST)            /* les années 90 */                                                         \
    X(PERIOD, "periods", LIST)            /* 3e trimestre */                                                           \
    X(PHONE, "phones", LIST)              /* tél. */                                                                  \
    X(REGISTER, "registers", LIST)        /* SIREN */                                                                  \
    X(LABEL, "labels", LIST)              /* page 12 */                                                                \
    X(NUMERO, "numero", LIST)             /* n° 3 */                                                                  \
    X(LAW, "laws", LIST)                  /* loi n° 2019-486 */                                                       \
    X(NAME, "names", LIST)                /* ISO 9001 */                                                               \
    X(STREET, "streets", LIST)            /* 12, rue de … */                                                         \
    X(LINK, "link_endings", LIST)         /* .fr, .pdf */                                                              \
    X(IDIOM, "idioms", LIST)              /* mille mercis */                                                           \
    X(STOP, "stop_words", LIST)           /* dans: never the noun that a number counts */                              \
    X(PEOPLE, "people", LIST)             /* jeunes de 18 à 25 ans: an age */                                         \
    X(AGED, "aged", LIST)                 /* âgé de */                                                               \
    X(YEARS_OLD, "years_old", LIST)       /* 52-year-old */                                                            \
    X(THOSE, "those", LIST)               /* les moins de 25 ans: an age */                                            \
    X(CHANGE, "changes", LIST)            /* passé de 3 à 5: two figures, no range */                                \
    X(BY, "by", LIST)                     /* up by 1 to 3: behind a verb of change */                                  \
    X(OLD, "old_values", LIST)            /* contre 378 */                                                             \
    X(TABLE, "table_words", TABLE_WORDS)  /* sous-total: what a line of a table is */

enum term_role {
#define X(role, section, form) TERM_##role,
    TERM_ROLES(X)
#undef X
        TERM_ROLE_COUNT
};

_Static_assert(TERM_ROLE_COUNT <= 64, "a set of roles is a uint64_t");

struct term {
    enum term_role role;
    struct str exact;         /* the phrase, when its case matters; else empty */
    int64_t value;            /* a number, a power of ten, an enum hedge, a numerator, a month from 1 */
    int64_t divisor;          /* of a fraction */
    const struct unit *unit;  /* of a unit; its value is then a power of ten */
    uint8_t minor;            /* of money: the decimals of its coins */
    const struct term *other; /* another meaning of the same phrase */
};

/* The phrases of a lexicon, as a tree of words. */
struct phrase {
    uint16_t word;
    bool glued;     /* to the word before */
    uint64_t roles; /* of this very phrase: 1 << role */
    uint64_t below; /* of this one and all that start with it */
    const struct term *terms;
    struct phrase *child, *sibling;
};

/* The vocabulary's number of a word or mark in its one spelling; 0 when it is in no phrase. */
uint16_t lexicon_word(const struct lexicon *lexicon, struct str spelling);

/* What the phrases do that start with this word. */
const struct phrase *lexicon_phrase(const struct lexicon *lexicon, uint16_t word);

/* Is the comma the decimal mark, and the point a group mark? Else the reverse. */
bool lexicon_decimal_comma(const struct lexicon *lexicon);

/* In spelled numbers: does "and" stand behind hundreds (one hundred and five), or behind tens (vingt et un)? */
bool lexicon_and_behind_hundreds(const struct lexicon *lexicon);

/* Do people write "March 3" rather than "3 mars"? */
bool lexicon_month_first(const struct lexicon *lexicon);

/* How many decimals the coins of a unit of money make: 2 for EUR, 0 for JPY and for what is no money. */
int lexicon_minor(const struct lexicon *lexicon, struct unit unit);

/* The unit of that name or symbol in units.json, where there must be one. */
struct unit lexicon_named(const struct lexicon *lexicon, struct str name);

/* The unit that a symbol of one word stands for ("min"), as a term; NULL when there is none. */
const struct term *lexicon_symbol(const struct lexicon *lexicon, struct str symbol);

/* May a phrase with one of these roles (1 << role) start with token `at`? Quick; true may turn out to be wrong. */
static inline bool term_may_start(const struct reading *r, size_t at, uint64_t roles)
{
    return r->tokens[at].roles & roles;
}

/* term_at, where one may start. */
const struct term *term_longest(const struct reading *r, size_t at, enum term_role role, size_t *next);

/* The longest phrase with that role whose first token is `at`; *next is the token behind it. NULL when there is none;
 * *next is then as it was. Asked at every token for many roles, so that the answer no must be quick. */
static inline const struct term *term_at(const struct reading *r, size_t at, enum term_role role, size_t *next)
{
    return term_may_start(r, at, UINT64_C(1) << role) ? term_longest(r, at, role, next) : NULL;
}

#endif
