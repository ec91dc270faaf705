#include "check/finding_wire.h"

#include "base/arena.h"

void finding_dim_wire(struct wire *wire, struct finding_dim *dim)
{
    wire_text(wire, &dim->name);
    wire_text(wire, &dim->value);
}

static void number_wire(struct wire *wire, struct finding_number *number)
{
    wire_text(wire, &number->exact);
    wire_text(wire, &number->shown);
}

void finding_interval_wire(struct wire *wire, struct finding_interval *interval)
{
    number_wire(wire, &interval->low);
    number_wire(wire, &interval->high);
    wire_flag(wire, &interval->low_open);
    wire_flag(wire, &interval->high_open);
}

static void place_wire(struct wire *wire, struct finding_place *place)
{
    wire_text(wire, &place->path);
    wire_text(wire, &place->member);
    wire_text(wire, &place->pointer);
    wire_size(wire, &place->line);
    wire_size(wire, &place->column);
    wire_size(wire, &place->start);
    wire_size(wire, &place->end);
    wire_text(wire, &place->excerpt);
    wire_size(wire, &place->excerpt_at);
    wire_size(wire, &place->excerpt_width);
}

void finding_term_wire(struct wire *wire, struct finding_term *term)
{
    wire_text(wire, &term->name);
    wire_text(wire, &term->text);
    wire_text(wire, &term->shown);
    wire_text(wire, &term->value);
    wire_text(wire, &term->unit);
    finding_interval_wire(wire, &term->interval);
    wire_flag(wire, &term->matched);
    wire_text(wire, &term->around);
    place_wire(wire, &term->place);
}

static void sum_part_wire(struct wire *wire, struct sum_part *part)
{
    part->kind = (enum sum_part_kind)wire_choice(wire, part->kind, SUM_SYMBOL + 1);
    wire_size(wire, &part->term);
    wire_text(wire, &part->text);
    wire_text(wire, &part->unit);
    wire_flag(wire, &part->glued);
    wire_flag(wire, &part->gluing);
    wire_flag(wire, &part->plain);
}

static void comparison_wire(struct wire *wire, struct finding *finding)
{
    wire_flag(wire, &finding->compared);
    number_wire(wire, &finding->left_value);
    number_wire(wire, &finding->right_value);
    number_wire(wire, &finding->gap);
    wire_text(wire, &finding->gap_unit);
    finding_interval_wire(wire, &finding->left);
    finding_interval_wire(wire, &finding->right);
    wire_text(wire, &finding->bounds_unit);
    wire_flag(wire, &finding->plain);
    wire_flag(wire, &finding->loose);
}

static void repair_wire(struct wire *wire, struct finding_repair *repair)
{
    struct str why = wire->out ? str_from(repair->why) : (struct str){0};
    wire_size(wire, &repair->term);
    wire_text(wire, &repair->value);
    wire_text(wire, &repair->unit);
    wire_text(wire, &repair->text);
    wire_text(wire, &repair->instead);
    wire_text(wire, &why);
    if (!wire->out)
        repair->why = str_z(wire->arena, why);
}

void finding_wire(struct wire *wire, struct finding *finding)
{
    wire_text(wire, &finding->rule);
    finding->kind = (enum finding_kind)wire_choice(wire, finding->kind, KIND_COUNT);
    finding->verdict = (enum verdict)wire_choice(wire, finding->verdict, VERDICT_COUNT);
    finding->severity = (enum severity)wire_choice(wire, finding->severity, SEVERITY_COUNT);
    WIRE_LIST(wire, finding->context, finding->context_count, finding_dim_wire);
    WIRE_LIST(wire, finding->sum, finding->sum_count, sum_part_wire);
    comparison_wire(wire, finding);
    wire_text(wire, &finding->message);
    wire_text(wire, &finding->why);
    finding->reason = (enum unchecked_reason)wire_choice(wire, finding->reason, UNCHECKED_COUNT);
    wire_text(wire, &finding->detail);
    wire_text(wire, &finding->explained_by);
    wire_text(wire, &finding->suspect);
    wire_text(wire, &finding->fingerprint);
    WIRE_LIST(wire, finding->terms, finding->term_count, finding_term_wire);
    WIRE_LIST(wire, finding->repairs, finding->repair_count, repair_wire);
    for (size_t i = 0; i < finding->repair_count; i++)
        wire->failed |= finding->repairs[i].term >= finding->term_count;
    for (size_t i = 0; i < finding->sum_count; i++)
        if (finding->sum[i].kind == SUM_TERM && finding->sum[i].term >= finding->term_count)
            wire->failed = true;
}

static void mention_wire(struct wire *wire, struct finding_mention *mention)
{
    wire_text(wire, &mention->text);
    wire_text(wire, &mention->value);
    wire_text(wire, &mention->unit);
    place_wire(wire, &mention->place);
}

void findings_wire(struct wire *wire, struct findings *findings)
{
    size_t *const counts[] = {&findings->mentions,  &findings->figures, &findings->missing,
                              &findings->unchecked, &findings->judged,  &findings->untouched};
    if (!wire->out)
        findings->arena = wire->arena;
    WIRE_LIST(wire, findings->items, findings->count, finding_wire);
    WIRE_LIST(wire, findings->listed.items, findings->listed.count, mention_wire);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        wire_size(wire, counts[i]);
    if (!wire->out) {
        findings->room = findings->count;
        findings->listed.room = findings->listed.count;
    }
}

static void message_arg_wire(struct wire *wire, struct message_arg *arg)
{
    wire_text(wire, &arg->text);
    wire_flag(wire, &arg->is_word);
    if (!wire->out)
        arg->text = str_copy(wire->arena, arg->text); /* a NUL stands behind it: the catalogue is asked for words */
}

static void message_wire(struct wire *wire, struct message *message)
{
    struct str format = wire->out && message->format ? str_from(message->format) : (struct str){0};
    struct message_arg *args = (struct message_arg *)(uintptr_t)message->args;
    bool has_cause = message->cause != NULL;
    wire_text(wire, &message->text);
    wire_text(wire, &format);
    WIRE_LIST(wire, args, message->arg_count, message_arg_wire);
    wire_flag(wire, &has_cause);
    if (wire->out) {
        if (has_cause)
            message_wire(wire, (struct message *)(uintptr_t)message->cause);
        return;
    }
    struct message *cause = has_cause ? ARENA_NEW(wire->arena, struct message) : NULL;
    if (cause)
        message_wire(wire, cause);
    message->text = str_copy(wire->arena, message->text); /* a NUL stands behind it */
    message->format = format.len ? str_z(wire->arena, format) : NULL;
    message->args = args;
    message->cause = cause;
}

void diag_wire(struct wire *wire, struct diag *diag)
{
    if (!wire->out)
        *diag = (struct diag){.arena = wire->arena, .failed = true};
    wire_flag(wire, &diag->warning);
    wire_text(wire, &diag->source);
    wire_size(wire, &diag->position.line);
    wire_size(wire, &diag->position.column);
    message_wire(wire, &diag->message);
}
