/* finding: the one result type. What a rule said of some figures, with all that a report needs to show it.
 *
 *     struct findings findings = {.arena = &report_arena};
 *     dossier_check(&dossier, ..., &findings);
 *     arena_free(&dossier_arena);               // findings own their texts, and outlive the dossier
 */
#ifndef CHECK_FINDING_H
#define CHECK_FINDING_H

#include "base/diag.h"
#include "rule/severity.h"

#define VERDICTS(X)                                                                                                    \
    X(VERDICT_EXACT, "exact")                                                                                          \
    X(VERDICT_ROUNDING, "rounding")                                                                                    \
    X(VERDICT_INCONSISTENT, "inconsistent")                                                                            \
    X(VERDICT_UNCHECKED, "unchecked")

/* Why a verdict is unchecked. What it is about stands in the finding's .detail. */
#define UNCHECKED_REASONS(X)                                                                                           \
    X(UNCHECKED_NONE, "")                                                                                              \
    X(UNCHECKED_MISSING, "missing")                                                                                    \
    X(UNCHECKED_NO_VALUE, "no-value")                                                                                  \
    X(UNCHECKED_DISPUTED, "disputed")                                                                                  \
    X(UNCHECKED_ZERO, "zero-divisor")                                                                                  \
    X(UNCHECKED_NO_NUMBER, "no-number")                                                                                \
    X(UNCHECKED_NOT_A_FIGURE, "not-in-dossier")                                                                        \
    X(UNCHECKED_CONDITION, "condition")                                                                                \
    X(UNCHECKED_NOT_EVALUATED, "not-evaluated")

#define AS_ENUM(id, name) id,
enum verdict { VERDICTS(AS_ENUM) VERDICT_COUNT };
enum unchecked_reason { UNCHECKED_REASONS(AS_ENUM) UNCHECKED_COUNT };
#undef AS_ENUM

/* Rules that need no pack. */
struct built_in_rule {
    const char *id, *about;
    enum severity severity; /* at most */
};
extern const struct built_in_rule built_in_rules[];
extern const size_t built_in_rule_count;

/* A number: exact ("946", "2/3"), and for people (rounded to a few places where the exact one is long). */
struct finding_number {
    struct str exact, shown;
};

struct finding_interval {
    struct finding_number low, high; /* empty: infinite */
    bool low_open, high_open;
};

struct finding_place {
    struct str path;    /* empty: no place is known */
    struct str member;  /* in the archive that .path is: "2019/figures.json"; empty: the place is in the file itself */
    struct str pointer; /* RFC 6901 */
    size_t line, column, start, end;
    struct str excerpt;               /* the line, clipped around the value when it is long */
    size_t excerpt_at, excerpt_width; /* where the value stands in it, in code points from 0 */
};

struct finding_term {
    struct str name;  /* "shops.total" */
    struct str text;  /* as printed: "964", "43 M€" */
    struct str shown; /* for the sum: as printed, with its unit where that is no counted noun */
    struct str value, unit;
    struct finding_interval interval;
    bool matched;      /* of a pattern's finding: the text is what it matched */
    struct str around; /* of what stands in a document: the words around, for the fingerprint */
    struct finding_place place;
};

/* "592 + 354 = 946 ≠ 964" in pieces, so that each report can write numbers in its reader's way. */
enum sum_part_kind { SUM_TERM, SUM_VALUE, SUM_SYMBOL };
struct sum_part {
    enum sum_part_kind kind;
    size_t term;        /* of SUM_TERM: an index */
    struct str text;    /* of SUM_VALUE: a decimal; of SUM_SYMBOL: "+", "=", "≠" */
    struct str unit;    /* of SUM_VALUE: "%", "EUR"; may be empty */
    bool glued, gluing; /* of SUM_SYMBOL: no space before it, behind it: ")", "abs(" */
    bool plain;         /* of SUM_VALUE: a year, whose digits are never grouped */
};

/* A printed figure that would be right with another number in it. */
struct finding_repair {
    size_t term; /* an index */
    struct str value, unit;
    struct str text;    /* as it would be printed; empty where that takes other words */
    struct str instead; /* of what is printed, without the noun */
    const char *why;    /* in English: "two digits swapped" */
};

struct finding_dim {
    struct str name, value;
};

struct finding {
    struct str rule; /* "anct-2024/shops-sum" */
    enum finding_kind kind;
    enum verdict verdict;
    enum severity severity;
    struct finding_dim *context;
    size_t context_count;
    struct sum_part *sum;
    size_t sum_count;
    bool compared;                                      /* gap, left and right are known */
    struct finding_number left_value, right_value, gap; /* as printed; gap = left - right */
    struct str gap_unit;
    struct finding_interval left, right;
    struct str bounds_unit;
    bool plain;              /* gap and bounds are years */
    bool loose;              /* the bounds are not tight: the true ones may be narrower */
    struct str message, why; /* the rule's; may be empty. A message is a template, which reports fill */
    enum unchecked_reason reason;
    struct str detail;
    struct str explained_by; /* rounding conventions under which it would hold: "truncation, floor" */
    struct str suspect;      /* in a table: the term that is wrong, as its row and its column fail alike; else empty */
    struct str fingerprint;
    struct finding_term *terms;
    size_t term_count;
    struct finding_repair *repairs; /* the likeliest first */
    size_t repair_count;
};

/* A figure that a document prints. */
struct finding_mention {
    struct str text, value, unit;
    struct finding_place place;
};

struct findings {
    struct arena *arena; /* set by the user; owns every text below */
    struct finding *items;
    size_t count, room;
    struct {
        struct finding_mention *items;
        size_t count, room;
    } listed; /* mentions, where all that was looked at is wanted */
    /* Coverage. */
    size_t mentions;  /* figures that documents print */
    size_t figures;   /* that have a value */
    size_t missing;   /* that have none */
    size_t unchecked; /* verdicts that are */
    size_t judged;    /* verdicts that are not unchecked */
    size_t untouched; /* figures that no judged verdict names */
};

struct str verdict_name(enum verdict verdict);
struct str unchecked_name(enum unchecked_reason reason);

/* Sorts by (path, start of the first term, rule, context): one order whatever the order of inputs. */
void findings_sort(struct findings *findings);

/* How a computed value of a sum is written. */
typedef struct str sum_writer(struct arena *arena, const struct sum_part *value);

/* The sum as one line: "592 + 354 = 946 ≠ 964". A NULL writer writes as in JSON: "25.7 EUR". */
struct str finding_sum(struct arena *arena, const struct finding *finding, sum_writer *writer);

#endif
