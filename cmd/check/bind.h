/* bind: the contexts in which the names of a rule meet, and the figures that meet there.
 *
 *     struct binder binder = binder_make(&arena, rule, ROUNDING_NEAREST, lookup, dossier);
 *     binder_contexts(&binder, &contexts, &count);
 *     struct binding binding = binder_at(&binder, &arena, contexts[0]);
 *     // binding.slots[i] has the figures of binder.references[i]
 *
 * Names meet when all their dims are equal; "*" is equal to all; dims that a function runs over, or that a selector
 * (`[period=previous]`) reaches across, are set aside for that name. This is a hash join: its cost is
 * linear in the figures of the rule's concepts, whatever their number.
 */
#ifndef CHECK_BIND_H
#define CHECK_BIND_H

#include "check/finding.h"
#include "figure/figure.h"
#include "rule/pack.h"

/* All figures of one id. Figures of equal dims have been made one (see dossier). */
struct concept {
    struct str id;
    struct figure **items;
    size_t count, room;
};

/* A name as it stands in a rule's check or condition. */
struct reference {
    const struct expr *name;
    const struct expr *over;       /* the function call that runs over dims around it, or NULL */
    const struct concept *concept; /* NULL: no figure has this id */
};

struct slot {
    struct figure **figures; /* one, or those that a function runs over */
    size_t count;
};

struct binding {
    const struct rule *rule;
    struct dims context;
    enum rounding rounding; /* of the literals of the check */
    const struct reference *references;
    size_t reference_count;
    struct slot *slots; /* one for each reference; empty where its figure is missing */
    bool complete;      /* no slot is empty */
    bool silent;        /* a [..=previous] has nothing before it: nothing to say */
    /* Of a rule that a pattern binds: its named groups, as figures of their own. */
    const struct figure *groups;
    size_t group_count;
};

/* Looks a concept up by id; NULL when the dossier has none. */
typedef const struct concept *concept_lookup(const void *dossier, struct str id);

/* The names of one rule, and an index of their figures. */
struct binder {
    struct arena *arena;
    const struct rule *rule;
    enum rounding rounding;
    struct reference *references;
    size_t reference_count;
    struct reference_index *indexes;
};

/* Collects the names of the rule's check and condition and indexes their figures. */
struct binder binder_make(struct arena *arena, const struct rule *rule, enum rounding rounding, concept_lookup *lookup,
                          const void *dossier);

/* All contexts in which at least one name of the rule has a figure: those with more dims first, then in the order of
 * the figures. */
void binder_contexts(const struct binder *binder, struct dims **contexts, size_t *count);

/* The figures that meet in a context. */
struct binding binder_at(const struct binder *binder, struct arena *arena, struct dims context);

/* Binds names to figures of a pattern's own: its named groups. They hide the dossier's. */
void binding_add_groups(struct binding *binding, const struct figure *groups, size_t count);

/* The canonical text of dims, declared totals left out: equal texts, equal dims. */
struct str dims_key(struct arena *arena, struct dims dims);

#endif
