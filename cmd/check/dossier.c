#include "check/dossier.h"

#include "base/buf.h"
#include "check/checking.h"

struct dossier *dossier_new(struct arena *arena, const struct dossier_options *options, struct problems *problems)
{
    struct dossier *dossier = ARENA_NEW(arena, struct dossier);
    *dossier = (struct dossier){.arena = arena,
                                .problems = problems,
                                .options = *options,
                                .reader = {.arena = arena,
                                           .problems = problems,
                                           .lexicons = options->lexicons,
                                           .lang = options->lang,
                                           .rounding = options->rounding,
                                           .force_rounding = options->force_rounding},
                                .concepts = {.arena = arena}};
    return dossier;
}

static void add_dataset(struct dossier *dossier, struct dataset *dataset)
{
    *LIST_ADD(dossier->arena, &dossier->datasets) = dataset;
    for (size_t i = 0; i < dataset->count; i++) {
        struct concept **concept = (struct concept **)map_put(&dossier->concepts, dataset->figures[i].id);
        if (!*concept) {
            *concept = ARENA_NEW(dossier->arena, struct concept);
            (*concept)->id = dataset->figures[i].id;
            *LIST_ADD(dossier->arena, &dossier->order) = *concept;
        }
        *LIST_ADD(dossier->arena, *concept) = &dataset->figures[i];
    }
}

void dossier_add(struct dossier *dossier, const struct scan *scan, size_t at)
{
    add_dataset(dossier, dataset_read(&dossier->reader, scan, at));
}

bool dossier_add_document(struct dossier *dossier, struct source *source, struct str type, struct str encoding)
{
    struct arena *arena = dossier->arena;
    struct dossier_draft *entry = ARENA_NEW(arena, struct dossier_draft);
    if (!draft_read(&dossier->reader, source, type, encoding, &entry->draft))
        return false;
    const struct mentions *mentions = &entry->draft.mentions;
    entry->figures = ARENA_ARRAY(arena, struct span, mentions->count);
    for (size_t i = 0; i < mentions->count; i++)
        if (mentions->items[i].what == NOT_A_FIGURE_NONE)
            entry->figures[entry->figure_count++] = (struct span){mentions->items[i].start, mentions->items[i].end};
    *LIST_ADD(arena, &dossier->drafts) = entry;
    return true;
}

void dossier_add_shaped(struct dossier *dossier, struct shape *shape, const struct scan *scan, size_t at,
                        struct dims dims)
{
    add_dataset(dossier, shape_apply(shape, &dossier->reader, scan, at, dims));
}

void dossier_add_figures(struct dossier *dossier, const struct scan *scan, size_t at)
{
    bool whole = dataset_is_one(dossier->arena, scan, at);
    add_dataset(dossier,
                whole ? dataset_read(&dossier->reader, scan, at) : dataset_of_figures(&dossier->reader, scan, at));
}

const struct dataset *const *dossier_datasets(const struct dossier *dossier, size_t *count)
{
    *count = dossier->datasets.count;
    return (const struct dataset *const *)dossier->datasets.items;
}

const struct concept *dossier_concept(const void *dossier, struct str id)
{
    return map_get(&((const struct dossier *)dossier)->concepts, id);
}

struct finding check_finding(struct checking *c, struct str rule, enum finding_kind kind, enum severity severity,
                             struct dims context)
{
    struct arena *arena = c->findings->arena;
    struct finding finding = {.rule = str_copy(arena, rule), .kind = kind, .severity = severity};
    finding.context = ARENA_ARRAY(arena, struct finding_dim, context.count);
    for (size_t i = 0; i < context.count; i++)
        if (!context.items[i].total && !str_equal(context.items[i].value, STR("*")))
            finding.context[finding.context_count++] =
                (struct finding_dim){str_copy(arena, context.items[i].name), str_copy(arena, context.items[i].value)};
    return finding;
}

bool check_wants(const struct checking *c, enum verdict verdict)
{
    const struct dossier_options *options = &c->dossier->options;
    return verdict == VERDICT_INCONSISTENT || options->all || (options->unchecked && verdict == VERDICT_UNCHECKED);
}

void check_add(struct checking *c, const struct rule *rule, struct finding *finding)
{
    if (finding->verdict == VERDICT_UNCHECKED)
        c->findings->unchecked++;
    else
        c->findings->judged++;
    if (!check_wants(c, finding->verdict))
        return;
    struct arena *arena = c->findings->arena;
    if (rule) {
        finding->why = str_copy(arena, rule->about.len ? rule->about : rule->why);
        finding->message = str_copy(arena, rule->message);
    }
    finding->fingerprint = describe_fingerprint(arena, finding);
    *LIST_ADD(arena, c->findings) = *finding;
}

void check_rule_error(struct checking *c, const struct rule *rule, struct rule_tally *tally, struct str member,
                      size_t offset, struct message message)
{
    struct diag diag = {.arena = c->tally->arena};
    const struct json *node = json_member(rule->node, member);
    if (!tally->in_error)
        diag_message(&diag, node->source, json_text_offset(diag.arena, node, offset), message);
    problems_take(c->tally->problems, &diag);
    tally->in_error = true;
}

/* `about` is the figure that is at fault, or NULL: then all that the binding has are shown. */
static void add_unchecked(struct checking *c, const struct rule *rule, const struct binding *binding,
                          enum unchecked_reason reason, struct str detail, const struct figure *about)
{
    struct finding finding = {.verdict = VERDICT_UNCHECKED};
    if (check_wants(c, VERDICT_UNCHECKED)) {
        struct arena *arena = c->findings->arena;
        finding = check_finding(c, rule->id, rule->kind, SEVERITY_NOTE, binding->context);
        finding.verdict = VERDICT_UNCHECKED;
        finding.reason = reason;
        finding.detail = str_copy(arena, detail);
        finding.terms = ARENA_ARRAY(arena, struct finding_term, binding->reference_count + 1);
        if (about)
            finding.terms[finding.term_count++] = describe_figure(&c->locator, about, detail);
        for (size_t i = 0; !about && i < binding->reference_count; i++)
            if (binding->slots[i].count)
                finding.terms[finding.term_count++] =
                    describe_figure(&c->locator, binding->slots[i].figures[0], binding->references[i].name->text);
    }
    check_add(c, rule, &finding);
}

/* The names that have no figure in the context, each once: "shops.rural, shops.total". */
static struct str missing_names(struct arena *arena, const struct binding *binding)
{
    struct buf names = {.arena = arena};
    for (size_t i = 0; i < binding->reference_count; i++) {
        bool named = binding->slots[i].count > 0;
        for (size_t j = 0; j < i; j++)
            named |= !binding->slots[j].count &&
                     str_equal(binding->references[j].name->text, binding->references[i].name->text);
        if (!named)
            buf_addf(&names, "%s%.*s", names.len ? ", " : "", STR_ARG(binding->references[i].name->text));
    }
    return buf_str(&names);
}

/* Units that clash are a fault of a rule for figures. In a document they tell that the rule is not about this place. */
static void add_unit_clash(struct checking *c, const struct rule *rule, struct rule_tally *tally, struct str member,
                           const struct expr_error *error)
{
    if (rule_is_for_documents(rule))
        tally->complete--;
    else
        check_rule_error(c, rule, tally, member, error->at, error->message);
}

/* Is the condition true here? What is unsure or wrong is told, and the rule not judged. */
static bool applies(struct checking *c, const struct rule *rule, struct rule_tally *tally,
                    const struct binding *binding)
{
    struct formula condition;
    struct formula_problem problem = {0};
    enum truth truth = TRUTH_FALSE;
    if (!rule->when)
        return true;
    switch (formula_make(c->scratch, rule->when, binding, &condition, &problem)) {
    case FORMULA_OK:
        truth = judge_truth(c->scratch, &condition);
        if (truth == TRUTH_MAYBE)
            add_unchecked(c, rule, binding, UNCHECKED_CONDITION, STR(""), NULL);
        break;
    case FORMULA_UNIT_ERROR:
        add_unit_clash(c, rule, tally, STR("when"), &problem.error);
        break;
    case FORMULA_UNCHECKED:
        add_unchecked(c, rule, binding, problem.reason, problem.detail, problem.figure);
        break;
    }
    return truth == TRUTH_TRUE;
}

/* The conventions under which an inconsistent formula would hold. */
static struct str explain(struct checking *c, struct formula *formula)
{
    struct buf names = {.arena = c->findings->arena};
    for (enum rounding rounding = 0; rounding < ROUNDING_COUNT; rounding++) {
        struct judgement judgement;
        formula_set_rounding(c->scratch, formula, rounding);
        judge(c->scratch, formula, &judgement);
        if (judgement.verdict == VERDICT_EXACT || judgement.verdict == VERDICT_ROUNDING)
            buf_addf(&names, "%s%.*s", names.len ? ", " : "", STR_ARG(rounding_name(rounding)));
    }
    return buf_str(&names);
}

void check_judged(struct checking *c, const struct rule *rule, enum severity severity, const struct binding *binding,
                  struct formula *formula, struct judgement *judgement)
{
    if (c->weighing) {
        repair_weigh(c, formula);
        return;
    }
    if (judgement->verdict != VERDICT_UNCHECKED)
        for (size_t i = 0; i < binding->reference_count; i++)
            for (size_t j = 0; j < binding->slots[i].count; j++)
                binding->slots[i].figures[j]->touched = true;
    struct finding finding = {.verdict = judgement->verdict};
    if (check_wants(c, judgement->verdict)) {
        finding = check_finding(c, rule->id, rule->kind, severity, binding->context);
        judge_explain(c->scratch, formula, judgement);
        describe_judgement(&c->locator, c->scratch, formula, judgement, &finding);
    }
    if (judgement->verdict == VERDICT_INCONSISTENT) {
        repair_propose(c, formula, judgement);
        finding.explained_by = explain(c, formula);
    }
    check_add(c, rule, &finding);
}

static void judge_formula(struct checking *c, const struct rule *rule, const struct binding *binding,
                          struct formula *formula)
{
    struct judgement judgement;
    judge(c->scratch, formula, &judgement);
    check_judged(c, rule, rule->severity, binding, formula, &judgement);
}

/* Is the condition known to be false here, though the check may lack figures? Then nothing is missing. */
static bool is_ruled_out(struct checking *c, const struct rule *rule, const struct binding *binding)
{
    struct formula condition;
    struct formula_problem ignored = {0};
    return rule->when && formula_make(c->scratch, rule->when, binding, &condition, &ignored) == FORMULA_OK &&
           judge_truth(c->scratch, &condition) == TRUTH_FALSE;
}

void check_binding(struct checking *c, const struct rule *rule, struct rule_tally *tally, const struct binding *binding)
{
    struct formula formula;
    struct formula_problem problem = {0};
    tally->complete += binding->complete;
    if (!binding->complete && !is_ruled_out(c, rule, binding))
        add_unchecked(c, rule, binding, UNCHECKED_MISSING, missing_names(c->scratch, binding), NULL);
    else if (binding->complete && applies(c, rule, tally, binding))
        switch (formula_make(c->scratch, rule->check, binding, &formula, &problem)) {
        case FORMULA_OK:
            judge_formula(c, rule, binding, &formula);
            break;
        case FORMULA_UNIT_ERROR:
            add_unit_clash(c, rule, tally, STR("check"), &problem.error);
            break;
        case FORMULA_UNCHECKED:
            add_unchecked(c, rule, binding, problem.reason, problem.detail, problem.figure);
            break;
        }
    arena_reset(c->scratch);
}

static void check_rule(struct checking *c, const struct rule *rule, struct rule_tally *tally)
{
    if (rule->claim)
        return; /* check_claims: they are read together */
    if (rule_is_for_documents(rule)) {
        check_draft_rule(c, rule, tally);
        return;
    }
    if (rule->pattern) {
        check_pattern_rule(c, rule, tally);
        return;
    }
    if (check_is_of_literals(rule->check)) {
        check_literals(c, rule, tally);
        return;
    }
    struct dims *contexts;
    size_t count;
    struct binder binder = binder_make(c->per_rule, rule, c->dossier->options.rounding, dossier_concept, c->dossier);
    if (!binder.reference_count)
        check_rule_error(c, rule, tally, STR("check"), 0, message_make(c->tally->arena, "this check names no figure"));
    binder_contexts(&binder, &contexts, &count);
    for (size_t i = 0; i < count; i++) {
        struct binding binding = binder_at(&binder, c->scratch, contexts[i]);
        if (!binding.silent)
            check_binding(c, rule, tally, &binding);
        else
            arena_reset(c->scratch);
    }
}

static void check_rules(struct checking *c, const struct rule *const *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_rule(c, rules[i], &c->tally->rules[i]);
        arena_reset(c->per_rule);
    }
    check_claims(c, rules, count);
    check_tables(c);
}

/* What could repair findings is held against all that the rules say: they are judged once more, and nothing is told. */
static void weigh_repairs(struct checking *c, const struct rule *const *rules, size_t count)
{
    struct arena arena = {.out_of_memory = c->scratch->out_of_memory};
    struct findings unheard = {.arena = &arena};
    struct problems untold = {.arena = &arena};
    struct tally tally = {.arena = &arena, .problems = &untold, .rules = ARENA_ARRAY(&arena, struct rule_tally, count)};
    struct dossier quiet = *c->dossier;
    struct checking again = *c;
    quiet.options.all = quiet.options.unchecked = false;
    again.dossier = &quiet;
    again.findings = &unheard;
    again.tally = &tally;
    again.weighing = true;
    check_rules(&again, rules, count);
    arena_free(&arena);
}

static void count_coverage(struct dossier *dossier, struct findings *findings)
{
    for (size_t i = 0; i < dossier->datasets.count; i++) {
        const struct dataset *dataset = dossier->datasets.items[i];
        findings->figures += dataset->count - dataset->missing;
        findings->missing += dataset->missing;
        for (size_t j = 0; j < dataset->count; j++)
            findings->untouched += !dataset->figures[j].touched && !dataset->figures[j].missing;
    }
}

/* The figures of the documents: counted, and where every verdict is wanted also listed. */
static void count_mentions(struct checking *c)
{
    struct arena *arena = c->findings->arena;
    for (size_t i = 0; i < c->dossier->drafts.count; i++) {
        struct dossier_draft *entry = c->dossier->drafts.items[i];
        const struct mentions *mentions = &entry->draft.mentions;
        c->findings->mentions += entry->figure_count;
        for (size_t j = 0; c->dossier->options.all && j < mentions->count; j++)
            if (mentions->items[j].what == NOT_A_FIGURE_NONE)
                *LIST_ADD(arena, &c->findings->listed) =
                    describe_mention(&c->locator, &entry->draft, &mentions->items[j]);
    }
}

void dossier_check(struct dossier *dossier, const struct rule *const *rules, size_t count, struct tally *tally,
                   struct findings *findings)
{
    struct arena scratch = {.out_of_memory = dossier->arena->out_of_memory};
    struct arena per_rule = scratch;
    struct checking c = {.dossier = dossier,
                         .per_rule = &per_rule,
                         .scratch = &scratch,
                         .locator = {.arena = findings->arena, .scratch = dossier->arena},
                         .findings = findings,
                         .tally = tally,
                         .proposals = {.arena = dossier->arena, .by_figure = {.arena = dossier->arena}}};
    tally->datasets += dossier->datasets.count;
    for (size_t i = 0; i < dossier->order.count; i++) {
        struct str id = dossier->order.items[i]->id;
        if (!map_get(&tally->ids, id)) {
            struct str kept = str_copy(tally->arena, id);
            *map_put(&tally->ids, kept) = (void *)kept.ptr;
        }
        check_same_figures(&c, dossier->order.items[i]);
    }
    check_rules(&c, rules, count);
    if (c.proposals.all.count) {
        weigh_repairs(&c, rules, count);
        repair_settle(&c);
    }
    count_coverage(dossier, findings);
    count_mentions(&c);
    for (size_t i = 0; i < dossier->drafts.count; i++)
        if (dossier->drafts.items[i]->prose)
            prose_close(dossier->drafts.items[i]->prose);
    arena_free(&scratch);
    arena_free(&per_rule);
}
