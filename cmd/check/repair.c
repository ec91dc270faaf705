#include "check/repair.h"

#include <stdlib.h>

#include "base/buf.h"
#include "check/checking.h"

/* Of a dossier with very many findings only the first ones get repairs: it is the rule that wants repair then. */
enum { MOST_FINDINGS = 1000, MOST_PROPOSED = 8, MOST_REPAIRS = 3, MILLION = 1000000 };

/* What tells a figure from all others: where it is printed. Its struct may live for one match only. */
static struct str key_of(struct arena *arena, const struct figure *figure)
{
    return str_format(arena, "%p %zu", (const void *)figure->place.source, figure->place.start);
}

static bool is_known(const struct proposals *proposals, size_t finding, size_t term, struct number value)
{
    for (size_t i = proposals->all.count; i-- && proposals->all.items[i]->finding == finding;) {
        const struct proposal *other = proposals->all.items[i];
        if (other->term == term && number_equal(other->notation.value, value))
            return true;
    }
    return false;
}

static void add_proposal(struct checking *c, const struct formula *formula, const struct slip *slip)
{
    struct proposals *proposals = &c->proposals;
    struct arena *arena = c->findings->arena;
    const struct figure *figure = formula->operands[slip->operand].figure;
    size_t finding = c->findings->count;
    /* A number of a few digits lies in no arena, so that it outlives the formula. */
    if (slip->notation.value.big || is_known(proposals, finding, slip->operand, slip->notation.value))
        return;
    struct proposal *proposal = ARENA_NEW(proposals->arena, struct proposal);
    *proposal = (struct proposal){.finding = finding,
                                  .term = slip->operand,
                                  .rank = proposals->all.count,
                                  .kind = slip->kind,
                                  .notation = slip->notation,
                                  .instead = str_copy(arena, figure->notation.text)};
    proposal->notation.text = str_copy(arena, slip->notation.text);
    proposal->notation.unit.symbol = str_copy(arena, slip->notation.unit.symbol);
    *LIST_ADD(proposals->arena, &proposals->all) = proposal;
    struct proposal **first = (struct proposal **)map_put(&proposals->by_figure, key_of(proposals->arena, figure));
    proposal->next = *first;
    *first = proposal;
}

void repair_propose(struct checking *c, const struct formula *formula, const struct judgement *judgement)
{
    struct slip slips[MOST_PROPOSED], computed[2];
    enum rounding rounding = c->dossier->options.rounding;
    if (c->proposals.findings++ >= MOST_FINDINGS)
        return;
    size_t count = slip_find(c->scratch, formula, judgement, rounding, slips, MOST_PROPOSED);
    size_t sides = slip_computed(c->scratch, formula, judgement, rounding, computed);
    /* The slips that are hardly accidents, what the sum itself says, then what may still be a slip: what is more likely
     * an accident than not helps nobody. */
    for (size_t i = 0; i < count; i++)
        if (slips[i].odds < MILLION / 4)
            add_proposal(c, formula, &slips[i]);
    for (size_t i = 0; i < sides; i++)
        add_proposal(c, formula, &computed[i]);
    for (size_t i = 0; i < count; i++)
        if (slips[i].odds < MILLION / 2)
            add_proposal(c, formula, &slips[i]);
}

static bool is_inconsistent(struct checking *c, const struct formula *formula)
{
    struct judgement judgement;
    judge(c->scratch, formula, &judgement);
    return judgement.verdict == VERDICT_INCONSISTENT;
}

void repair_weigh(struct checking *c, const struct formula *formula)
{
    enum { UNASKED, HOLDS, FAILS } state = UNASKED;
    for (size_t i = 0; i < formula->operand_count; i++) {
        struct operand *operand = &formula->operands[i];
        const struct operand printed = *operand;
        struct proposal *proposal = map_get(&c->proposals.by_figure, key_of(c->scratch, printed.figure));
        if (proposal && state == UNASKED)
            state = is_inconsistent(c, formula) ? FAILS : HOLDS;
        for (; proposal; proposal = proposal->next) {
            *operand = slip_operand(c->scratch, &printed, &proposal->notation, c->dossier->options.rounding);
            bool fails = is_inconsistent(c, formula);
            proposal->mends += state == FAILS && !fails;
            proposal->breaks += state == HOLDS && fails;
        }
        *operand = printed;
    }
}

/* Those that mend more before others, else in the order in which they were proposed. */
static int by_merit(const void *a, const void *b)
{
    const struct proposal *x = *(const struct proposal *const *)a, *y = *(const struct proposal *const *)b;
    return x->mends != y->mends ? (x->mends > y->mends ? -1 : 1) : (x->rank > y->rank) - (x->rank < y->rank);
}

static void settle_one(struct checking *c, struct proposal **proposals, size_t count)
{
    struct arena *arena = c->findings->arena;
    struct finding *finding = &c->findings->items[proposals[0]->finding];
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!proposals[i]->breaks)
            proposals[kept++] = proposals[i];
    if (kept)
        qsort(proposals, kept, sizeof *proposals, by_merit);
    finding->repair_count = kept < MOST_REPAIRS ? kept : MOST_REPAIRS;
    finding->repairs = ARENA_ARRAY(arena, struct finding_repair, finding->repair_count);
    for (size_t i = 0; i < finding->repair_count; i++) {
        const struct proposal *p = proposals[i];
        finding->repairs[i] = (struct finding_repair){.term = p->term,
                                                      .value = number_write(arena, p->notation.value),
                                                      .unit = p->notation.unit.symbol,
                                                      .text = p->notation.text,
                                                      .instead = p->instead,
                                                      .why = slip_why(p->kind)};
    }
}

void repair_settle(struct checking *c)
{
    size_t next;
    for (size_t i = 0; i < c->proposals.all.count; i = next) {
        for (next = i + 1; next < c->proposals.all.count &&
                           c->proposals.all.items[next]->finding == c->proposals.all.items[i]->finding;)
            next++;
        settle_one(c, &c->proposals.all.items[i], next - i);
    }
}
