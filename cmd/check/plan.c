#include "check/plan.h"

#include <string.h>

#include "base/arena.h"
#include "check/checking.h"
#include "check/plan_check.h"

/* A check, and the figures that it names: by their place in the dataset. */
struct planned {
    struct plan_check check;
    size_t *figures;
    size_t figure_count;
};

/* A structure that members share, with all that is judged of it. Everything lies in its arena. */
struct plan {
    struct arena arena;
    struct skeleton *skeleton;
    struct readings readings;
    struct skeleton_value *values; /* of the member that is judged */
    struct quantity *quantities;
    struct {
        struct planned *items;
        size_t count, room;
    } checks;
    const struct dataset *dataset;
    bool *missing, *touched; /* by figure, of the member that is judged */
    struct plan_coverage coverage;
};

enum { MOST_PLANS = 32, MOST_BYTES = 16 * 1024 * 1024 };

/* What learning may cost. A lesson takes the time of some fifteen members that are judged the general way, a member
 * that fits a plan saves that of one: what is saved pays for lessons, after a few that are free. A vain one ends early.
 */
enum { LESSON = 64, VAIN_LESSON = 8, MOST_CREDIT = 16 * LESSON, LARGEST_MEMBER = 64 * 1024 };

struct plans {
    struct arena *arena;
    const struct rule *const *rules;
    size_t rule_count;
    struct dossier_options options;
    bool possible; /* rules and options are such that plans can be made */
    bool nulls;    /* rules are such that a figure without value only leaves what names it unchecked */
    struct skeleton_pins pins;
    struct plan *items[MOST_PLANS]; /* the one that fitted last comes first */
    size_t count, credit;
    struct arena scratch;
};

/* ---- What rules look at ---- */

struct pin_list {
    struct str *items;
    size_t count, room;
};

static void pin_dims(struct arena *arena, const struct expr *expr, struct pin_list *dims)
{
    if (!expr)
        return;
    if (expr->op == EXPR_DIM)
        *LIST_ADD(arena, dims) = expr->text;
    for (size_t i = 0; i < expr->selector_count; i++)
        *LIST_ADD(arena, dims) = expr->selectors[i].dim;
    for (size_t i = 0; i < expr->arg_count; i++)
        pin_dims(arena, expr->args[i], dims);
    pin_dims(arena, expr->within, dims);
}

/* A rule that looks for figures by their values, or takes values from texts, judges another thing in each member. */
static bool can_plan(const struct rule *rule)
{
    if (rule_is_for_documents(rule))
        return true;
    if (rule->pattern)
        return !rule->check && !str_equal(rule->in, STR("value"));
    return !check_is_of_literals(rule->check);
}

static bool counts_figures(const struct expr *expr)
{
    bool counts = false;
    if (!expr)
        return false;
    for (size_t i = 0; i < expr->selector_count; i++)
        counts |= str_equal(expr->selectors[i].value, STR("previous"));
    for (size_t i = 0; i < expr->arg_count; i++)
        counts |= counts_figures(expr->args[i]);
    counts |= counts_figures(expr->within);
    return counts || (expr->op == EXPR_CALL && expr->function == FN_COUNT);
}

struct plans *plans_new(struct arena *arena, const struct rule *const *rules, size_t count,
                        const struct dossier_options *options)
{
    struct plans *plans = ARENA_NEW(arena, struct plans);
    struct pin_list members = {0}, dims = {0};
    *plans = (struct plans){.arena = arena,
                            .rules = rules,
                            .rule_count = count,
                            .options = *options,
                            .possible = !options->all && !options->unchecked,
                            .nulls = true,
                            .credit = MOST_CREDIT,
                            .scratch = {.out_of_memory = arena->out_of_memory}};
    for (size_t i = 0; i < count; i++) {
        plans->possible &= can_plan(rules[i]);
        plans->nulls &= !rules[i]->when && !counts_figures(rules[i]->check);
        /* What is made of a pack when it is first asked for must not lie in the arena of a plan. */
        source_position(arena, rules[i]->node->source, 0);
        if (rules[i]->pattern) {
            struct str in = rules[i]->in;
            *LIST_ADD(arena, &members) = str_cut(&in, STR("."));
        }
        pin_dims(arena, rules[i]->check, &dims);
        pin_dims(arena, rules[i]->when, &dims);
    }
    plans->pins = (struct skeleton_pins){
        .members = members.items, .member_count = members.count, .dims = dims.items, .dim_count = dims.count};
    return plans;
}

static void forget(struct plan *plan)
{
    struct arena arena = plan->arena;
    arena_free(&arena);
}

void plans_free(struct plans *plans)
{
    for (size_t i = 0; i < plans->count; i++)
        forget(plans->items[i]);
    plans->count = 0;
    arena_free(&plans->scratch);
}

/* ---- Judging ---- */

static bool lacks_figure(const struct plan *plan, const struct planned *planned)
{
    for (size_t i = 0; i < planned->figure_count; i++)
        if (plan->missing[planned->figures[i]])
            return true;
    return false;
}

/* The counts where some figures are missing that the member learnt from has: what names one is unchecked. */
static struct plan_coverage count_missing(struct plan *plan, size_t missing)
{
    struct plan_coverage coverage = plan->coverage;
    size_t count = plan->dataset->count;
    memset(plan->touched, 0, count * sizeof *plan->touched);
    for (size_t i = 0; i < plan->checks.count; i++) {
        const struct planned *planned = &plan->checks.items[i];
        bool unchecked = lacks_figure(plan, planned);
        coverage.unchecked += unchecked;
        coverage.judged -= unchecked;
        for (size_t j = 0; !unchecked && j < planned->figure_count; j++)
            plan->touched[planned->figures[j]] = true;
    }
    coverage.figures -= missing;
    coverage.missing += missing;
    coverage.untouched = 0;
    for (size_t i = 0; i < count; i++)
        coverage.untouched += !plan->touched[i] && !plan->missing[i];
    return coverage;
}

/* Takes in the values; *missing is how many of them are. False when one is in error, or may not be missing. */
static bool read_quantities(struct plan *plan, bool may_miss, struct arena *scratch, size_t *missing)
{
    *missing = 0;
    for (size_t i = 0; i < plan->skeleton->value_count; i++) {
        struct quantity *q = &plan->quantities[i];
        if (!reading_read(&plan->readings, i, &plan->values[i], scratch, q) || (q->missing && !may_miss))
            return false;
        plan->missing[plan->skeleton->figures[i] - plan->dataset->figures] = q->missing;
        *missing += q->missing;
    }
    return true;
}

static bool plan_judge(struct plan *plan, struct str bytes, bool may_miss, struct arena *scratch,
                       struct plan_coverage *out)
{
    size_t missing;
    if (!skeleton_fits(plan->skeleton, scratch, bytes, plan->values) ||
        !read_quantities(plan, may_miss, scratch, &missing))
        return false;
    for (size_t i = 0; i < plan->checks.count; i++) {
        const struct planned *planned = &plan->checks.items[i];
        if (!(missing && lacks_figure(plan, planned)) && !plan_check_holds(&planned->check, plan->quantities, scratch))
            return false;
    }
    *out = missing ? count_missing(plan, missing) : plan->coverage;
    return true;
}

static void move_to_front(struct plans *plans, size_t at)
{
    struct plan *plan = plans->items[at];
    memmove(plans->items + 1, plans->items, at * sizeof *plans->items);
    plans->items[0] = plan;
}

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/* Without the white space around it, as JSON has it. */
static struct str trim(struct str bytes)
{
    size_t from = 0, to = bytes.len;
    while (from < to && is_space(bytes.ptr[from]))
        from++;
    while (to > from && is_space(bytes.ptr[to - 1]))
        to--;
    return str_part(bytes, from, to);
}

bool plans_judge(struct plans *plans, struct str bytes, struct plan_coverage *out)
{
    bool clean = false;
    bytes = trim(bytes);
    for (size_t i = 0; !clean && i < plans->count; i++) {
        clean = plan_judge(plans->items[i], bytes, plans->nulls, &plans->scratch, out);
        if (plans->scratch.head)
            arena_reset(&plans->scratch);
        if (clean)
            move_to_front(plans, i);
    }
    plans->credit += clean && plans->credit < MOST_CREDIT;
    return clean;
}

/* ---- Learning ---- */

/* No figure stands twice, nor holds everywhere beside others: whether such figures agree depends on their values. */
static bool figures_are_apart(struct arena *arena, const struct dossier *dossier)
{
    for (size_t i = 0; i < dossier->order.count; i++) {
        const struct concept *concept = dossier->order.items[i];
        struct map known = {.arena = arena};
        for (size_t j = 0; concept->count > 1 && j < concept->count; j++) {
            struct dims dims = concept->items[j]->dims;
            void **place = map_put(&known, dims_key(arena, dims));
            for (size_t k = 0; k < dims.count; k++)
                if (str_equal(dims.items[k].value, STR("*")))
                    return false;
            if (*place)
                return false;
            *place = concept->items[j];
        }
    }
    return true;
}

static void add_check(struct plan *plan, struct plan_check check, const struct binding *binding)
{
    struct planned *planned = LIST_ADD(&plan->arena, &plan->checks);
    size_t count = 0;
    for (size_t i = 0; i < binding->reference_count; i++)
        count += binding->slots[i].count;
    *planned = (struct planned){.check = check, .figures = ARENA_ARRAY(&plan->arena, size_t, count)};
    for (size_t i = 0; i < binding->reference_count; i++)
        for (size_t j = 0; j < binding->slots[i].count; j++)
            planned->figures[planned->figure_count++] = (size_t)(binding->slots[i].figures[j] - plan->dataset->figures);
}

/* The condition, if there is one: what it is true or false of decides what is judged, so it must stay so. *applies: it
 * is true. */
static void learn_condition(struct plan *plan, const struct rule *rule, const struct binding *binding, bool *applies)
{
    struct arena *arena = &plan->arena;
    struct formula formula;
    struct formula_problem problem = {0};
    *applies = !rule->when;
    if (!rule->when || formula_make(arena, rule->when, binding, &formula, &problem) != FORMULA_OK)
        return;
    enum truth truth = judge_truth(arena, &formula);
    add_check(plan, plan_condition_make(arena, formula, plan->skeleton, &plan->readings, truth), binding);
    *applies = truth == TRUTH_TRUE;
}

static bool learn_binding(struct plan *plan, const struct rule *rule, const struct binding *binding)
{
    struct arena *arena = &plan->arena;
    struct formula formula;
    struct formula_problem problem = {0};
    struct judgement judgement;
    bool applies;
    learn_condition(plan, rule, binding, &applies);
    if (!binding->complete || !applies)
        return true;
    switch (formula_make(arena, rule->check, binding, &formula, &problem)) {
    case FORMULA_OK:
        judge(arena, &formula, &judgement);
        add_check(plan, plan_check_make(arena, formula, plan->skeleton, &plan->readings), binding);
        return judgement.verdict == VERDICT_EXACT || judgement.verdict == VERDICT_ROUNDING;
    case FORMULA_UNCHECKED: /* a figure without value: it has none in any member that fits */
        return true;
    case FORMULA_UNIT_ERROR:
        break;
    }
    return false;
}

static bool learn_rule(struct plan *plan, const struct dossier *dossier, const struct rule *rule)
{
    struct arena *arena = &plan->arena;
    struct dims *contexts;
    size_t count;
    if (rule_is_for_documents(rule) || rule->pattern)
        return true;
    struct binder binder = binder_make(arena, rule, dossier->options.rounding, dossier_concept, dossier);
    binder_contexts(&binder, &contexts, &count);
    for (size_t i = 0; i < count; i++) {
        struct binding binding = binder_at(&binder, arena, contexts[i]);
        if (!binding.silent && !learn_binding(plan, rule, &binding))
            return false;
    }
    return true;
}

/* Judges the member the general way: is there nothing to say of it? */
static bool is_clean(struct plans *plans, struct plan *plan, struct dossier *dossier, const struct problems *problems)
{
    struct arena *arena = &plan->arena;
    struct problems of_rules = {.arena = arena};
    struct tally tally = {.arena = arena,
                          .problems = &of_rules,
                          .rules = ARENA_ARRAY(arena, struct rule_tally, plans->rule_count),
                          .ids = {.arena = arena}};
    struct findings findings = {.arena = arena};
    dossier_check(dossier, plans->rules, plans->rule_count, &tally, &findings);
    plan->coverage = (struct plan_coverage){.figures = findings.figures,
                                            .missing = findings.missing,
                                            .unchecked = findings.unchecked,
                                            .judged = findings.judged,
                                            .untouched = findings.untouched};
    return !findings.count && !problems->count && !of_rules.count;
}

/* Does the plan read the member that it was learnt from as the general way did? */
static bool reads_itself(struct plan *plan)
{
    struct arena *arena = &plan->arena;
    size_t missing;
    if (!read_quantities(plan, false, arena, &missing))
        return false;
    for (size_t i = 0; i < plan->skeleton->value_count; i++) {
        const struct figure *figure = plan->skeleton->figures[i];
        const struct quantity *q = &plan->quantities[i];
        struct number unit = plan->readings.units[i];
        struct interval known = interval_scale(arena, figure->interval, figure->notation.unit.factor);
        if (q->plain && (!number_equal(number_mul(arena, number_int(q->low), unit), known.low.at) ||
                         !number_equal(number_mul(arena, number_int(q->high), unit), known.high.at)))
            return false;
    }
    return true;
}

static bool has_grid(struct arena *arena, const struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->count; i++) {
        size_t record = dataset->figures[i].record_at;
        if (record != FIGURE_NO_RECORD && scan_member(arena, &dataset->scan, record, STR("grid")))
            return true;
    }
    return scan_member(arena, &dataset->scan, 0, STR("totals"));
}

/* Is the value a dataset and nothing else? What other readers would take it for is not judged. */
static bool is_dataset(struct arena *arena, const struct scan *scan)
{
    return dataset_is_one(arena, scan, 0) && !scan_member(arena, scan, 0, STR("pack")) &&
           !scan_member(arena, scan, 0, STR("shape"));
}

/* Fills a plan that has its arena. False when the member teaches none. */
static bool plan_learn(struct plans *plans, struct plan *plan, struct str bytes)
{
    struct arena *arena = &plan->arena;
    struct diag diag = {.arena = arena};
    struct problems problems = {.arena = arena};
    struct source *source = ARENA_NEW(arena, struct source);
    struct scan scan;
    *source = (struct source){.bytes = str_copy(arena, bytes)};
    if (!scan_read(arena, source, &scan, &diag) || !is_dataset(arena, &scan))
        return false;
    struct dossier *dossier = dossier_new(arena, &plans->options, &problems);
    dossier_add(dossier, &scan, 0);
    struct dataset *dataset = dossier->datasets.items[0];
    if (!figures_are_apart(arena, dossier) || !is_clean(plans, plan, dossier, &problems))
        return false;
    struct skeleton_pins pins = plans->pins;
    pins.all_dims = has_grid(arena, dataset);
    plan->dataset = dataset;
    plan->missing = ARENA_ARRAY(arena, bool, dataset->count);
    plan->touched = ARENA_ARRAY(arena, bool, dataset->count);
    for (size_t i = 0; i < dataset->count; i++)
        plan->missing[i] = dataset->figures[i].missing;
    plan->skeleton = skeleton_learn(arena, dataset, &pins);
    plan->values = ARENA_ARRAY(arena, struct skeleton_value, plan->skeleton->value_count);
    plan->quantities = ARENA_ARRAY(arena, struct quantity, plan->skeleton->value_count);
    if (!skeleton_fits(plan->skeleton, arena, plan->skeleton->text, plan->values) ||
        !readings_learn(arena, &plans->scratch, &plans->options, plan->skeleton, plan->values, &plan->readings))
        return false;
    for (size_t i = 0; i < plans->rule_count; i++)
        if (!learn_rule(plan, dossier, plans->rules[i]))
            return false;
    return reads_itself(plan);
}

static size_t bytes_of(const struct plans *plans)
{
    size_t bytes = 0;
    for (size_t i = 0; i < plans->count; i++)
        bytes += plans->items[i]->arena.bytes;
    return bytes;
}

void plans_learn(struct plans *plans, struct str bytes)
{
    bytes = trim(bytes);
    plans->credit += plans->credit < MOST_CREDIT;
    if (!plans->possible || plans->credit < LESSON || !bytes.len || bytes.len > LARGEST_MEMBER)
        return;
    struct arena arena = {.out_of_memory = plans->arena->out_of_memory};
    struct plan *plan = ARENA_NEW(&arena, struct plan);
    plan->arena = arena;
    bool learnt = plan_learn(plans, plan, bytes);
    arena_reset(&plans->scratch);
    plans->credit -= learnt ? LESSON : VAIN_LESSON;
    if (!learnt) {
        forget(plan);
        return;
    }
    while (plans->count == MOST_PLANS || (plans->count && bytes_of(plans) + plan->arena.bytes > MOST_BYTES))
        forget(plans->items[--plans->count]);
    plans->items[plans->count++] = plan;
    move_to_front(plans, plans->count - 1);
}
