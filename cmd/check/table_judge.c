/* The claims of tables as rules: so that they are judged and shown as any other. */
#include "base/arena.h"
#include "check/slip.h"
#include "check/table.h"

static const struct {
    struct str rule, check;
    enum finding_kind kind;
} claims[TABLE_CLAIM_COUNT] = {
    [TABLE_SUM] = {STR_INIT("crossfoot/table-total"), STR_INIT("sum(part over line) = total"), KIND_SUM},
    [TABLE_PARTS_OF] = {STR_INIT("crossfoot/table-part"), STR_INIT("sum(part over line) <= total"), KIND_PART_OF},
    [TABLE_PART_OF] = {STR_INIT("crossfoot/table-part"), STR_INIT("part <= whole"), KIND_PART_OF},
    [TABLE_SHARE] = {STR_INIT("crossfoot/table-share"), STR_INIT("share(part; whole) = percent"), KIND_SHARE},
    [TABLE_SHARE_OF_SUM] = {STR_INIT("crossfoot/table-share"), STR_INIT("share(part; sum(item over line)) = percent"),
                            KIND_SHARE},
    [TABLE_GROWTH] = {STR_INIT("crossfoot/table-change"), STR_INIT("growth(old; new) = change"), KIND_GROWTH},
    [TABLE_DIFFERENCE] = {STR_INIT("crossfoot/table-change"), STR_INIT("new - old = change"), KIND_GROWTH},
};

static const struct expr *check_of(struct tabling *t, enum table_claim claim)
{
    struct expr_error error;
    if (!t->checks[claim])
        t->checks[claim] = expr_parse(t->c->dossier->arena, t->grid.draft->lexicon, claims[claim].check, &error);
    return t->checks[claim];
}

/* ---- figures ---- */

/* What the headings of a number say: its place among the others, for people. */
static struct dims dims_of(struct arena *arena, const struct table_grid *grid, const struct table_value *value)
{
    const struct dim both[] = {{.name = STR_INIT("column"), .value = grid->columns[value->column].label},
                               {.name = STR_INIT("row"), .value = grid->rows[value->row].label}};
    struct dim *items = ARENA_ARRAY(arena, struct dim, 2);
    size_t count = 0;
    for (size_t i = 0; i < 2; i++)
        if (both[i].value.len)
            items[count++] = both[i];
    return (struct dims){items, count};
}

struct figure *table_figure(struct tabling *t, struct arena *arena, struct str name, const struct table_value *value)
{
    struct draft *draft = t->grid.draft;
    struct figure *figure = ARENA_NEW(arena, struct figure);
    *figure = (struct figure){
        .id = name,
        .notation = *value->notation,
        .unit = value->notation->noun,
        .dims = dims_of(arena, &t->grid, value),
        .place = document_place(&draft->document, value->start, value->end),
        .document = &draft->document,
        .text_start = value->start,
        .text_end = value->end,
    };
    figure->interval = notation_interval(arena, &figure->notation, t->c->dossier->options.rounding);
    return figure;
}

/* A number that stands in several roles is one figure: the part of a sum may be in the sum. */
static struct figure *known_figure(const struct binding *binding, const struct table_value *value)
{
    for (size_t i = 0; i < binding->reference_count; i++)
        for (size_t j = 0; j < binding->slots[i].count; j++)
            if (binding->slots[i].figures[j]->text_start == value->start)
                return binding->slots[i].figures[j];
    return NULL;
}

static void fill_slot(struct tabling *t, struct binding *binding, size_t at, const struct table_role *role)
{
    struct figure **figures = ARENA_ARRAY(t->c->scratch, struct figure *, role->count);
    for (size_t i = 0; i < role->count; i++) {
        struct figure *known = role->count > 1 && at == 0 ? NULL : known_figure(binding, role->values[i]);
        figures[i] = known ? known : table_figure(t, t->c->scratch, role->name, role->values[i]);
    }
    binding->slots[at] = (struct slot){figures, role->count};
}

/* The dims that all figures share. */
static struct dims common_dims(struct arena *arena, const struct binding *binding)
{
    struct dims first = binding->slots[0].figures[0]->dims;
    struct dim *items = ARENA_ARRAY(arena, struct dim, first.count);
    size_t count = 0;
    for (size_t d = 0; d < first.count; d++) {
        bool shared = true;
        for (size_t i = 0; i < binding->reference_count; i++)
            for (size_t j = 0; shared && j < binding->slots[i].count; j++) {
                const struct dim *dim = dims_find(binding->slots[i].figures[j]->dims, first.items[d].name);
                shared = dim && str_equal(dim->value, first.items[d].value);
            }
        if (shared)
            items[count++] = first.items[d];
    }
    return (struct dims){items, count};
}

static const struct concept *no_concept(const void *dossier, struct str id)
{
    (void)dossier;
    (void)id;
    return NULL;
}

static struct rule rule_of(struct tabling *t, enum table_claim claim, enum severity severity)
{
    return (struct rule){
        .id = claims[claim].rule, .check = check_of(t, claim), .severity = severity, .kind = claims[claim].kind};
}

static struct binding bind(struct tabling *t, const struct rule *rule, const struct table_role *roles, size_t count)
{
    struct checking *c = t->c;
    struct binder binder = binder_make(c->scratch, rule, c->dossier->options.rounding, no_concept, NULL);
    struct binding binding = binder_at(&binder, c->scratch, (struct dims){0});
    for (size_t i = 0; i < binding.reference_count; i++)
        for (size_t j = 0; j < count; j++)
            if (str_equal(binding.references[i].name->text, roles[j].name))
                fill_slot(t, &binding, i, &roles[j]);
    binding.complete = true;
    binding.context = common_dims(c->scratch, &binding);
    return binding;
}

enum table_slip table_slip(struct tabling *t, enum table_claim claim, const struct table_role *roles, size_t count)
{
    struct checking *c = t->c;
    const struct rule rule = rule_of(t, claim, SEVERITY_ERROR);
    const struct binding binding = bind(t, &rule, roles, count);
    struct formula formula;
    struct formula_problem problem = {0};
    struct judgement judgement;
    struct slip slip;
    enum table_slip found = TABLE_SLIP_NONE;
    if (formula_make(c->scratch, rule.check, &binding, &formula, &problem) == FORMULA_OK) {
        judge(c->scratch, &formula, &judgement);
        judge_explain(c->scratch, &formula, &judgement);
        if (slip_find(c->scratch, &formula, &judgement, binding.rounding, &slip, 1) && slip_is_telling(&slip))
            found = slip.operand + 1 < formula.operand_count            ? TABLE_SLIP_OF_PART
                    : slip.kind == SLIP_MARK || slip.kind == SLIP_SCALE ? TABLE_SLIP_OF_SCALE
                                                                        : TABLE_SLIP_OF_DIGITS;
    }
    arena_reset(c->scratch);
    return found;
}

struct finding *table_judge(struct tabling *t, enum table_claim claim, bool holds, enum severity severity,
                            const struct table_role *roles, size_t count)
{
    struct checking *c = t->c;
    if (holds && !c->weighing && !check_wants(c, VERDICT_EXACT)) {
        c->findings->judged++;
        return NULL;
    }
    const struct rule rule = rule_of(t, claim, severity);
    const struct binding binding = bind(t, &rule, roles, count);
    struct rule_tally ignored = {0};
    size_t before = c->findings->count;
    check_binding(c, &rule, &ignored, &binding);
    struct finding *added = c->findings->count > before ? &c->findings->items[before] : NULL;
    if (added && added->explained_by.len)
        added->severity = SEVERITY_NOTE;
    return added;
}
