#include "batch/result.h"

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
    WIRE_LIST(wire, result->figures, result->figure_count, member_figure_wire);
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
    WIRE_LIST(wire, result->rules, result->rule_count, rule_use_wire);
    wire_flag(wire, &result->has_datasets);
    WIRE_LIST(wire, result->ids, result->id_count, wire_text);
    problems_wire(wire, &result->rule_problems);
    wire_count(wire, &result->member_count);
}

void parcel_result_wire(struct wire *wire, struct parcel_result *result)
{
    parcel_head_wire(wire, result);
    if (!wire->out)
        result->members = ARENA_ARRAY(wire->arena, struct member_result, result->member_count);
    for (size_t i = 0; i < result->member_count; i++)
        member_result_wire(wire, &result->members[i]);
}
