/* A check made of literals alone: its arithmetic is judged, and each literal that bears a unit must be a figure of
 * the dossier. */
#include "check/checking.h"

bool check_is_of_literals(const struct expr *check)
{
    if (check->op == EXPR_NOTATION)
        return true;
    for (size_t i = 0; i < check->arg_count; i++)
        if (check_is_of_literals(check->args[i]))
            return true;
    return false;
}

static bool bears_unit(const struct notation *notation)
{
    return notation->unit.kind != UNIT_COUNT || notation->noun.len;
}

/* Has some figure of the dossier this value, in this unit? */
static bool is_in_dossier(struct checking *c, const struct notation *notation)
{
    struct number wanted = number_mul(c->scratch, notation->value, notation->unit.factor);
    for (size_t i = 0; i < c->dossier->order.count; i++) {
        const struct concept *concept = c->dossier->order.items[i];
        for (size_t j = 0; j < concept->count; j++) {
            const struct notation *other = &concept->items[j]->notation;
            struct unit unit;
            if (!concept->items[j]->missing && other->unit.kind == notation->unit.kind &&
                unit_join(other->unit, '=', notation->unit, &unit) &&
                number_equal(number_mul(c->scratch, other->value, other->unit.factor), wanted))
            return concept->items[j]->touched = true;
        }
    }
    return false;
}

void check_literals(struct checking *c, const struct rule *rule, struct rule_tally *tally)
{
    struct binder binder = binder_make(c->per_rule, rule, c->dossier->options.rounding, dossier_concept, c->dossier);
    struct binding binding = binder_at(&binder, c->scratch, (struct dims){0});
    struct formula formula;
    struct formula_problem problem = {0};
    if (formula_make(c->scratch, rule->check, &binding, &formula, &problem) == FORMULA_OK)
        for (size_t i = 0; i < formula.operand_count; i++) {
            const struct figure *literal = formula.operands[i].figure;
            if (!bears_unit(&literal->notation) || is_in_dossier(c, &literal->notation))
                continue;
            struct finding finding = check_finding(c, rule->id, KIND_TIE, SEVERITY_NOTE, (struct dims){0});
            finding.verdict = VERDICT_UNCHECKED;
            finding.reason = UNCHECKED_NOT_A_FIGURE;
            finding.terms = ARENA_NEW(c->findings->arena, struct finding_term);
            finding.terms[0] = describe_figure(&c->locator, literal, literal->id);
            finding.term_count = 1;
            finding.detail = finding.terms[0].text;
            check_add(c, rule, &finding);
        }
    check_binding(c, rule, tally, &binding);
}
