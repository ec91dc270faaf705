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
}

void parcel_result_wire(struct wire *wire, struct parcel_result *result)
{
    WIRE_LIST(wire, result->rules, result->rule_count, rule_use_wire);
    wire_flag(wire, &result->has_datasets);
    WIRE_LIST(wire, result->ids, result->id_count, wire_text);
    problems_wire(wire, &result->rule_problems);
    WIRE_LIST(wire, result->members, result->member_count, member_result_wire);
}
