/* checking: what the files of this room share while a dossier is judged. Not for other rooms. */
#ifndef CHECK_CHECKING_H
#define CHECK_CHECKING_H

#include "check/describe.h"
#include "check/dossier.h"
#include "check/draft.h"
#include "check/repair.h"
#include "figure/prose.h"

/* A document of a dossier. */
struct dossier_draft {
    struct draft draft;
    struct span *figures; /* where its figures stand */
    size_t figure_count;
    struct prose *prose; /* NULL until a template is looked for */
};

struct dossier {
    struct arena *arena;
    struct problems *problems;
    struct dossier_options options;
    struct dataset_reader reader;
    struct map concepts; /* by id */
    struct {
        struct concept **items;
        size_t count, room;
    } order;
    struct {
        struct dataset **items;
        size_t count, room;
    } datasets;
    struct {
        struct dossier_draft **items;
        size_t count, room;
    } drafts;
};

struct checking {
    struct dossier *dossier;
    struct arena *per_rule; /* emptied after each rule: its names and their index */
    struct arena *scratch;  /* emptied after each binding, and each match in a document */
    struct locator locator;
    struct findings *findings;
    struct tally *tally;
    struct proposals proposals; /* of repairs */
    bool weighing;              /* rules are judged again to weigh those, and nothing else */
};

/* The concept of that id, or NULL: a concept_lookup. */
const struct concept *dossier_concept(const void *dossier, struct str id);

/* Judges a rule under a binding, and adds what comes out. */
void check_binding(struct checking *c, const struct rule *rule, struct rule_tally *tally,
                   const struct binding *binding);

/* The same for a formula that is judged already; of a failed check the severity may differ from the rule's. */
void check_judged(struct checking *c, const struct rule *rule, enum severity severity, const struct binding *binding,
                  struct formula *formula, struct judgement *judgement);

/* A finding of a rule in a context, without verdict, terms and sum. */
struct finding check_finding(struct checking *c, struct str rule, enum finding_kind kind, enum severity severity,
                             struct dims context);

/* Is such a verdict kept, or only counted? */
bool check_wants(const struct checking *c, enum verdict verdict);

/* Counts a finding, and keeps it where it is wanted: texts that depend on its terms and sum are made here. */
void check_add(struct checking *c, const struct rule *rule, struct finding *finding);

/* Says an error of a rule, once, at byte `offset` of a member of it. */
void check_rule_error(struct checking *c, const struct rule *rule, struct rule_tally *tally, struct str member,
                      size_t offset, struct message message);

/* same_figure.c: makes figures of one id and equal dims one, and adds a finding where they disagree. */
void check_same_figures(struct checking *c, struct concept *concept);

/* match.c: a rule whose pattern looks into members of figures. */
void check_pattern_rule(struct checking *c, const struct rule *rule, struct rule_tally *tally);

/* draft_rule.c: a rule whose pattern or template looks into documents. */
void check_draft_rule(struct checking *c, const struct rule *rule, struct rule_tally *tally);

/* table_check.c: what the tables of documents claim: totals, shares, changes. */
void check_tables(struct checking *c);

/* The words of a document, cut when they are first asked for. */
const struct prose *draft_prose(struct checking *c, struct dossier_draft *entry);

/* Is the document in that language? Every one is in an empty one. */
bool draft_speaks(const struct dossier_draft *entry, struct str lang);

/* claims.c: all rules with a claim. */
void check_claims(struct checking *c, const struct rule *const *rules, size_t count);

/* literals.c: a check of literals alone, and whether each that bears a unit is a figure of the dossier. */
bool check_is_of_literals(const struct expr *check);
void check_literals(struct checking *c, const struct rule *rule, struct rule_tally *tally);

#endif
