#include "batch/result.h"

#include <string.h>

#include "base/arena.h"

static void problems_wire(struct wire *wire, struct problems *problems)
{
    if (!wire->out)
        problems->arena = wire->arena;
    WIRE_LIST(wire, problems->items, problems->count, diag_wire);
    problems->room = problems->count;
}

void member_figure_wire(struct wire *wire, struct member_figure *figure)
{
    wire_text(wire, &figure->id);
    WIRE_LIST(wire, figure->dims, figure->dim_count, finding_dim_wire);
    wire_text(wire, &figure->time);
    wire_text(wire, &figure->period);
    wire_text(wire, &figure->edition);
    wire_text(wire, &figure->measure);
    wire_text(wire, &figure->factor);
    finding_term_wire(wire, &figure->term);
    WIRE_LIST(wire, figure->was, figure->was_count, finding_interval_wire);
    wire_flag(wire, &figure->revised);
    wire_flag(wire, &figure->cumulative);
}

void member_result_wire(struct wire *wire, struct member_result *result)
{
    wire_text(wire, &result->name);
    wire_size(wire, &result->ordinal);
    result->state = (enum member_state)wire_choice(wire, result->state, MEMBER_STATES);
    wire_size(wire, &result->year);
    wire_size(wire, &result->bytes);
    findings_wire(wire, &result->findings);
    problems_wire(wire, &result->problems);
    wire_text(wire, &result->figures);
}

static void rule_use_wire(struct wire *wire, struct rule_use *use)
{
    wire_flag(wire, &use->complete);
    wire_flag(wire, &use->searched);
    wire_flag(wire, &use->in_error);
}

static bool has_problem(const struct problems *problems, const struct diag *diag)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct diag *known = &problems->items[i];
        if (str_equal(known->source, diag->source) && known->position.line == diag->position.line &&
            known->position.column == diag->position.column && str_equal(known->message.text, diag->message.text))
            return true;
    }
    return false;
}

/* The numbers that are simply added up. */
enum { ADDED = 13 };
static void added_of(struct batch_counts *counts, size_t *added[ADDED])
{
    struct findings *coverage = &counts->coverage;
    size_t *const all[ADDED] = {&counts->members,    &counts->passed_over, &counts->unread,      &counts->bytes,
                                &counts->findings,   &counts->errors,      &counts->told,        &coverage->mentions,
                                &coverage->figures,  &coverage->missing,   &coverage->unchecked, &coverage->judged,
                                &coverage->untouched};
    memcpy(added, all, sizeof all);
}

void batch_counts_add(struct batch_counts *counts, const struct batch_counts *more)
{
    struct batch_counts other = *more;
    size_t *to[ADDED], *from[ADDED];
    added_of(counts, to);
    added_of(&other, from);
    for (size_t i = 0; i < ADDED; i++)
        *to[i] += *from[i];
    counts->worst = more->worst > counts->worst ? more->worst : counts->worst;
}

void batch_counts_find(struct batch_counts *counts, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        size_t worst = (size_t)findings->items[i].severity + 1;
        bool wrong = findings->items[i].verdict == VERDICT_INCONSISTENT;
        counts->findings += wrong;
        counts->worst = wrong && worst > counts->worst ? worst : counts->worst;
    }
}

void batch_counts_take(struct batch_counts *counts, const struct member_result *member)
{
    const struct findings *findings = &member->findings;
    struct batch_counts one = {.members = member->state != MEMBER_PASSED_OVER,
                               .passed_over = member->state == MEMBER_PASSED_OVER,
                               .unread = member->state == MEMBER_UNREAD,
                               .bytes = member->bytes,
                               .told = findings->count + findings->listed.count + member->problems.count,
                               .coverage = *findings};
    for (size_t i = 0; i < member->problems.count; i++)
        one.errors += !member->problems.items[i].warning;
    batch_counts_find(&one, findings);
    batch_counts_add(counts, &one);
}

static void counts_wire(struct wire *wire, struct batch_counts *counts)
{
    size_t *added[ADDED];
    if (!wire->out)
        *counts = (struct batch_counts){0};
    added_of(counts, added);
    for (size_t i = 0; i < ADDED; i++)
        wire_size(wire, added[i]);
    wire_size(wire, &counts->worst);
}

struct rule_union rule_union_start(struct arena *arena)
{
    return (struct rule_union){.whole = {.rule_problems = {.arena = arena}}, .ids = {.arena = arena}};
}

/* A copy that outlives what it was read from. */
static void keep_problem(struct problems *problems, struct diag *problem)
{
    struct buf bytes = {.arena = problems->arena};
    struct wire out = {.out = &bytes};
    diag_wire(&out, problem);
    struct wire in = {.in = buf_str(&bytes), .arena = problems->arena};
    diag_wire(&in, LIST_ADD(problems->arena, problems));
}

void rule_union_add(struct rule_union *sum, const struct parcel_result *part)
{
    struct parcel_result *whole = &sum->whole;
    struct arena *arena = whole->rule_problems.arena;
    batch_counts_add(&whole->counts, &part->counts);
    if (whole->rule_count < part->rule_count) {
        whole->rules = arena_grow(arena, whole->rules, whole->rule_count, part->rule_count, sizeof *whole->rules);
        whole->rule_count = part->rule_count;
    }
    for (size_t i = 0; i < part->rule_count; i++) {
        whole->rules[i].complete |= part->rules[i].complete;
        whole->rules[i].searched |= part->rules[i].searched;
        whole->rules[i].in_error |= part->rules[i].in_error;
    }
    whole->has_datasets |= part->has_datasets;
    for (size_t i = 0; i < part->id_count; i++)
        if (!map_get(&sum->ids, part->ids[i])) {
            struct str id = str_copy(arena, part->ids[i]);
            *map_put(&sum->ids, id) = (void *)(uintptr_t)id.ptr;
            if (whole->id_count == sum->room)
                whole->ids = arena_grow(arena, whole->ids, sum->room, sum->room * 2 + 16, sizeof *whole->ids);
            sum->room = whole->id_count == sum->room ? sum->room * 2 + 16 : sum->room;
            whole->ids[whole->id_count++] = id;
        }
    for (size_t i = 0; i < part->rule_problems.count; i++)
        if (!has_problem(&whole->rule_problems, &part->rule_problems.items[i]))
            keep_problem(&whole->rule_problems, &part->rule_problems.items[i]);
}

void parcel_head_wire(struct wire *wire, struct parcel_result *result)
{
    counts_wire(wire, &result->counts);
    WIRE_LIST(wire, result->rules, result->rule_count, rule_use_wire);
    wire_flag(wire, &result->has_datasets);
    WIRE_LIST(wire, result->ids, result->id_count, wire_text);
    problems_wire(wire, &result->rule_problems);
    wire_count(wire, &result->member_count);
}

void parcel_members_wire(struct wire *wire, struct parcel_result *result)
{
    if (!wire->out)
        result->members = ARENA_ARRAY(wire->arena, struct member_result, result->member_count);
    for (size_t i = 0; i < result->member_count; i++)
        member_result_wire(wire, &result->members[i]);
}

void parcel_result_wire(struct wire *wire, struct parcel_result *result)
{
    parcel_head_wire(wire, result);
    parcel_members_wire(wire, result);
}
