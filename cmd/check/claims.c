/* Rules with a claim: what sentences say of their figures, judged. */
#include <string.h>

#include "base/arena.h"
#include "check/checking.h"
#include "check/reading.h"
#include "check/slip.h"

/* The claims of one pack in one document. */
struct claiming {
    struct checking *c;
    struct dossier_draft *entry;
    const struct rule *rules[CLAIM_COUNT];
    struct rule_tally *tallies[CLAIM_COUNT];
    struct binder *binders[CLAIM_COUNT]; /* of one document; NULL until they are asked for */
    const struct cues *cues;
};

/* ---- binding ---- */

static struct figure *figure_of(struct claiming *k, const struct item *item, struct str name)
{
    struct draft *draft = &k->entry->draft;
    struct figure *figure = ARENA_NEW(k->c->scratch, struct figure);
    const struct mention *m = item->mention;
    *figure = (struct figure){.id = name,
                              .notation = *item->notation,
                              .document = &draft->document,
                              .text_start = m->start,
                              .text_end = m->end,
                              .place = document_place(&draft->document, m->start, m->end)};
    figure->unit = figure->notation.noun;
    if (item->family == FAMILY_YEAR) {
        figure->notation.kind = NOTATION_YEAR;
        figure->notation.unit = unit_year();
        figure->notation.value = number_int(item->year);
        figure->interval = interval_point(figure->notation.value);
    } else {
        figure->interval = notation_interval(k->c->scratch, &figure->notation, k->c->dossier->options.rounding);
    }
    return figure;
}

/* The parts of a claim are no figures of the dossier. */
static const struct concept *no_concept(const void *dossier, struct str id)
{
    (void)dossier, (void)id;
    return NULL;
}

static const struct binder *binder_of(struct claiming *k, enum claim claim)
{
    struct checking *c = k->c;
    if (!k->binders[claim]) {
        k->binders[claim] = ARENA_NEW(c->per_rule, struct binder);
        *k->binders[claim] = binder_make(c->per_rule, k->rules[claim], c->dossier->options.rounding, no_concept, NULL);
    }
    return k->binders[claim];
}

/* The place of a part among the claim's. */
static size_t part_index(enum claim claim, struct str name)
{
    struct str rest = claim_parts(claim);
    size_t at = 0;
    while (rest.len && !str_equal(str_cut(&rest, STR(" ")), name))
        at++;
    return at;
}

static void bind_slot(struct claiming *k, const struct reading *reading, const struct reference *reference,
                      struct slot *slot)
{
    struct arena *arena = k->c->scratch;
    struct str name = reference->name->text;
    size_t part = part_index(reading->claim, name);
    bool many = !reading->parts[part];
    slot->count = many ? reading->many_count : 1;
    slot->figures = ARENA_ARRAY(arena, struct figure *, slot->count);
    for (size_t i = 0; i < slot->count; i++)
        slot->figures[i] = figure_of(k, many ? reading->many[i] : reading->parts[part], name);
    if (reading->rounded && !part) {
        struct notation *n = &slot->figures[0]->notation;
        struct number half = number_mul(arena, n->step, number_decimal(arena, 5, -1));
        slot->figures[0]->interval = interval_rounded(arena, n->value, half, ROUNDING_NEAREST);
    }
}

/* A part that is named twice is one figure, so that x - x is 0. */
static struct binding bind(struct claiming *k, const struct binder *binder, const struct reading *reading)
{
    struct binding binding = {.rule = binder->rule,
                              .rounding = binder->rounding,
                              .references = binder->references,
                              .reference_count = binder->reference_count,
                              .slots = ARENA_ARRAY(k->c->scratch, struct slot, binder->reference_count),
                              .complete = true};
    for (size_t i = 0; i < binding.reference_count; i++) {
        size_t twin = 0;
        while (!str_equal(binding.references[twin].name->text, binding.references[i].name->text))
            twin++;
        if (twin < i)
            binding.slots[i] = binding.slots[twin];
        else
            bind_slot(k, reading, &binding.references[i], &binding.slots[i]);
    }
    return binding;
}

/* ---- judging ---- */

/* Would it hold if the figures had been cut off instead of rounded? */
static bool is_truncated(struct checking *c, struct formula *formula)
{
    struct judgement judgement;
    formula_set_rounding(c->scratch, formula, ROUNDING_TRUNCATION);
    judge(c->scratch, formula, &judgement);
    formula_set_rounding(c->scratch, formula, c->dossier->options.rounding);
    return judgement.verdict == VERDICT_EXACT || judgement.verdict == VERDICT_ROUNDING;
}

/* A digit that is simply another one tells too little where the sentence may be misread. */
static bool is_slip(struct checking *c, const struct formula *formula, struct judgement *judgement)
{
    struct slip slip;
    judge_explain(c->scratch, formula, judgement);
    return slip_find(c->scratch, formula, judgement, c->dossier->options.rounding, &slip, 1) &&
           slip_is_telling(&slip) && slip.kind != SLIP_DIGIT;
}

/* How grave is it that the reading fails? False when it may as well be misread. */
static bool grade(struct checking *c, const struct rule *rule, const struct reading *reading, struct formula *formula,
                  struct judgement *judgement, enum severity *severity)
{
    if (reading->strength == READING_WEAK)
        return false;
    *severity = rule->severity;
    if (is_truncated(c, formula))
        *severity = SEVERITY_NOTE;
    else if (reading->strength == READING_FAIR && !is_slip(c, formula, judgement))
        *severity = SEVERITY_WARNING;
    return *severity != SEVERITY_WARNING || reading->close;
}

static void judge_reading(struct claiming *k, const struct reading *reading)
{
    const struct rule *rule = k->rules[reading->claim];
    struct checking *c = k->c;
    if (!rule)
        return;
    struct binding binding = bind(k, binder_of(k, reading->claim), reading);
    struct formula formula;
    struct formula_problem problem = {0};
    struct judgement judgement;
    if (formula_make(c->scratch, rule->check, &binding, &formula, &problem) == FORMULA_OK) {
        enum severity severity = rule->severity;
        judge(c->scratch, &formula, &judgement);
        if (judgement.verdict != VERDICT_UNCHECKED &&
            (judgement.verdict != VERDICT_INCONSISTENT || grade(c, rule, reading, &formula, &judgement, &severity))) {
            k->tallies[reading->claim]->complete++;
            check_judged(c, rule, severity, &binding, &formula, &judgement);
        }
    }
    arena_reset(c->scratch);
}

static void check_draft_claims(struct claiming *k)
{
    struct draft *draft = &k->entry->draft;
    const struct prose *prose = draft_prose(k->c, k->entry);
    struct clauses clauses = clauses_read(k->c->per_rule, draft, prose, k->cues);
    struct readings readings = readings_find(k->c->per_rule, &clauses);
    for (size_t i = 0; i < readings.count; i++)
        judge_reading(k, &readings.items[i]);
    memset(k->binders, 0, sizeof k->binders);
    arena_reset(k->c->per_rule);
}

/* The rules of one pack: of two for one claim, the first stands. */
static void check_pack(struct checking *c, const struct rule *const *rules, size_t count, size_t first)
{
    struct claiming k = {.c = c, .cues = rules[first]->cues};
    for (size_t i = first; i < count; i++)
        if (rules[i]->claim && rules[i]->cues == k.cues && !k.rules[rules[i]->claim]) {
            k.rules[rules[i]->claim] = rules[i];
            k.tallies[rules[i]->claim] = &c->tally->rules[i];
        }
    for (size_t i = 0; i < c->dossier->drafts.count; i++) {
        k.entry = c->dossier->drafts.items[i];
        if (!draft_speaks(k.entry, rules[first]->lang))
            continue;
        for (size_t claim = 0; claim < CLAIM_COUNT; claim++)
            if (k.tallies[claim])
                k.tallies[claim]->searched++;
        check_draft_claims(&k);
    }
}

void check_claims(struct checking *c, const struct rule *const *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t before = 0;
        if (!rules[i]->claim)
            continue;
        while (rules[before]->cues != rules[i]->cues || !rules[before]->claim)
            before++;
        if (before == i)
            check_pack(c, rules, count, i);
    }
}
