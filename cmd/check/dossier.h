/* dossier: datasets and documents that are checked together.
 *
 *     struct dossier *dossier = dossier_new(&arena, &options, &problems);
 *     dossier_add(dossier, &scan, 0);                        // any number of datasets
 *     dossier_add_document(dossier, &source, STR(""), STR(""));
 *     dossier_check(dossier, rules, rule_count, &tally, &findings);
 *     findings_sort(&findings);
 */
#ifndef CHECK_DOSSIER_H
#define CHECK_DOSSIER_H

#include "base/map.h"
#include "check/finding.h"
#include "figure/shape.h"
#include "rule/pack.h"

struct dossier;

struct dossier_options {
    struct lexicons *lexicons;
    struct str lang; /* of datasets and documents that name none */
    enum rounding rounding;
    bool force_rounding;
    bool all;       /* findings also of what holds, … */
    bool unchecked; /* … of what could not be judged */
};

/* What a rule met, over every dossier of a run: a rule of the user's that binds nowhere is an error. */
struct rule_tally {
    size_t complete; /* contexts, or places of documents, in which it found all its figures */
    size_t searched; /* documents that it looked into */
    bool in_error;   /* its units clash, its pattern ran away: said once */
};

struct tally {
    struct arena *arena;       /* of the run */
    struct problems *problems; /* errors of rules */
    struct rule_tally *rules;
    struct map ids;  /* of every figure seen, for "did you mean" */
    size_t datasets; /* seen */
};

/* Everything of the dossier lives in the arena; what is wrong with its inputs goes to the problems. */
struct dossier *dossier_new(struct arena *arena, const struct dossier_options *options, struct problems *problems);

/* Adds the dataset that is value `at` of the scan. */
void dossier_add(struct dossier *dossier, const struct scan *scan, size_t at);

/* Adds a document, read as draft_read reads it; false when it cannot be read. It borrows the source. */
bool dossier_add_document(struct dossier *dossier, struct source *source, struct str type, struct str encoding);

/* Whether the dossier has a document of that language ("fr"). */
bool dossier_speaks(const struct dossier *dossier, struct str lang);

/* Adds the figures that the shape finds in value `at` of the scan, `dims` laid on the shape's own. */
void dossier_add_shaped(struct dossier *dossier, struct shape *shape, const struct scan *scan, size_t at,
                        struct dims dims);

/* As dossier_add, for an example: a dataset, or its figures alone in the short form. */
void dossier_add_figures(struct dossier *dossier, const struct scan *scan, size_t at);

/* The datasets that were added, in their order. */
const struct dataset *const *dossier_datasets(const struct dossier *dossier, size_t *count);

/* Judges every rule in every context, and adds findings: those that are inconsistent or unchecked, and with
 * options.all every verdict. Coverage is added up. Errors of rules (units that clash) go to the problems. */
void dossier_check(struct dossier *dossier, const struct rule *const *rules, size_t count, struct tally *tally,
                   struct findings *findings);

/* After the last dossier: adds an error for each rule that judged nothing and is neither optional nor built in. */
void tally_report(const struct tally *tally, const struct rule *const *rules, size_t count, struct problems *problems);

#endif
