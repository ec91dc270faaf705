#include "check/plan.h"

#include <string.h>

#include "base/arena.h"
#include "check/checking.h"
#include "check/plan_check.h"

/* A structure that members share, with all that is judged of it. Everything lies in its arena. */
struct plan {
    struct arena arena;
    struct skeleton *skeleton;
    struct readings readings;
    struct plain_number *numbers; /* of the member that is judged */
    struct quantity *quantities;
    struct {
        struct plan_check *items;
        size_t count, room;
    } checks;
    struct plan_coverage coverage;
};

enum { MOST_PLANS = 16 };

/* What learning may cost. A lesson takes the time of some thirty members that are judged the general way, a member that
 * fits a plan saves that of one: what is saved pays for lessons, after a few that are free. */
enum { LESSON = 256, MOST_CREDIT = 8 * LESSON, LARGEST_MEMBER = 64 * 1024 };

struct plans {
    struct arena *arena;
    const struct rule *const *rules;
    size_t rule_count;
    struct dossier_options options;
    bool possible; /* rules and options are such that plans can be made */
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
                            .credit = MOST_CREDIT,
                            .scratch = {.out_of_memory = arena->out_of_memory}};
    for (size_t i = 0; i < count; i++) {
        plans->possible &= can_plan(rules[i]);
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

static bool plan_judge(struct plan *plan, struct str bytes, struct arena *scratch)
{
    const struct readings *readings = &plan->readings;
    if (!skeleton_fits(plan->skeleton, bytes, plan->numbers))
        return false;
    for (size_t i = 0; i < plan->skeleton->number_count; i++)
        if (readings->open[i] && !reading_read(readings, i, &plan->numbers[i], &plan->quantities[i]))
            return false;
    for (size_t i = 0; i < plan->checks.count; i++)
        if (!plan_check_holds(&plan->checks.items[i], plan->quantities, scratch))
            return false;
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
        clean = plan_judge(plans->items[i], bytes, &plans->scratch);
        if (plans->scratch.head)
            arena_reset(&plans->scratch);
        if (clean)
            move_to_front(plans, i);
    }
    if (clean)
        *out = plans->items[0]->coverage;
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

static bool learn_binding(struct plan *plan, const struct rule *rule, const struct binding *binding)
{
    struct arena *arena = &plan->arena;
    struct formula formula;
    struct formula_problem problem = {0};
    struct judgement judgement;
    enum truth truth = TRUTH_TRUE;
    if (rule->when) {
        if (formula_make(arena, rule->when, binding, &formula, &problem) != FORMULA_OK)
            return true;
        truth = judge_truth(arena, &formula);
        *LIST_ADD(arena, &plan->checks) = plan_condition_make(arena, formula, plan->skeleton, &plan->readings, truth);
    }
    if (!binding->complete || truth != TRUTH_TRUE)
        return true;
    switch (formula_make(arena, rule->check, binding, &formula, &problem)) {
    case FORMULA_OK:
        judge(arena, &formula, &judgement);
        *LIST_ADD(arena, &plan->checks) = plan_check_make(arena, formula, plan->skeleton, &plan->readings);
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

static bool has_grid(struct arena *arena, const struct dataset *dataset)
{
    for (size_t i = 0; i < dataset->count; i++) {
        size_t record = dataset->figures[i].record_at;
        if (record != FIGURE_NO_RECORD && scan_member(arena, &dataset->scan, record, STR("grid")))
            return true;
    }
    return scan_member(arena, &dataset->scan, 0, STR("totals"));
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
    if (!scan_read(arena, source, &scan, &diag) || !dataset_is_one(arena, &scan, 0))
        return false;
    struct dossier *dossier = dossier_new(arena, &plans->options, &problems);
    dossier_add(dossier, &scan, 0);
    struct dataset *dataset = dossier->datasets.items[0];
    if (!figures_are_apart(arena, dossier) || !is_clean(plans, plan, dossier, &problems))
        return false;
    struct skeleton_pins pins = plans->pins;
    pins.all_dims = has_grid(arena, dataset);
    plan->skeleton = skeleton_learn(arena, dataset, &pins);
    plan->readings = readings_learn(arena, &plans->scratch, &plans->options, plan->skeleton);
    skeleton_settle(plan->skeleton);
    plan->numbers = ARENA_ARRAY(arena, struct plain_number, plan->skeleton->number_count);
    plan->quantities = ARENA_ARRAY(arena, struct quantity, plan->skeleton->number_count);
    for (size_t i = 0; i < plans->rule_count; i++)
        if (!learn_rule(plan, dossier, plans->rules[i]))
            return false;
    return true;
}

void plans_learn(struct plans *plans, struct str bytes)
{
    bytes = trim(bytes);
    plans->credit += plans->credit < MOST_CREDIT;
    if (!plans->possible || plans->credit < LESSON || !bytes.len || bytes.len > LARGEST_MEMBER)
        return;
    plans->credit -= LESSON;
    struct arena arena = {.out_of_memory = plans->arena->out_of_memory};
    struct plan *plan = ARENA_NEW(&arena, struct plan);
    plan->arena = arena;
    bool learnt = plan_learn(plans, plan, bytes);
    arena_reset(&plans->scratch);
    if (!learnt) {
        forget(plan);
        return;
    }
    if (plans->count == MOST_PLANS)
        forget(plans->items[--plans->count]);
    plans->items[plans->count++] = plan;
    move_to_front(plans, plans->count - 1);
}
