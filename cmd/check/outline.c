#include "check/outline.h"

#include "base/arena.h"

static struct position position_in(struct arena *arena, const struct json *node, size_t offset)
{
    return source_position(arena, node->source, json_text_offset(arena, node, offset));
}

struct name_list {
    struct outline_name *items;
    size_t count, room;
};

/* The names of an expression; `node` is the text that it was read from. */
static void add_names(struct arena *arena, const struct json *node, const struct expr *expr, struct name_list *names)
{
    if (!expr)
        return;
    if (expr->op == EXPR_NAME)
        *LIST_ADD(arena, names) = (struct outline_name){expr->text, position_in(arena, node, expr->start)};
    for (size_t i = 0; i < expr->arg_count; i++)
        add_names(arena, node, expr->args[i], names);
}

/* The member that is at fault where no name is. */
static struct str member_at_fault(const struct rule *rule)
{
    if (rule_is_for_documents(rule))
        return rule->claim ? STR("claim") : rule->template ? STR("text") : STR("pattern");
    if (rule->pattern)
        return STR("in");
    return rule->when ? STR("when") : STR("check");
}

struct rule_outline rule_outline(struct arena *arena, const struct rule *rule)
{
    bool for_documents = rule_is_for_documents(rule);
    struct rule_outline outline = {.id = rule->id,
                                   .may_be_silent = rule->optional || rule->built_in,
                                   .for_documents = for_documents,
                                   .member = rule->pattern && !for_documents ? rule->in : STR("")};
    const struct json *node = json_member(rule->node, member_at_fault(rule));
    if (outline.may_be_silent)
        return outline;
    if (node->type == JSON_NONE)
        node = rule->node; /* a pattern that looks into the label says so or not */
    outline.source = node->source->name;
    outline.at = node->type == JSON_TEXT ? position_in(arena, node, 0)
                                         : source_position(arena, node->source, json_offset(arena, node));
    struct name_list names = {0};
    if (!for_documents && !rule->pattern) {
        add_names(arena, json_member(rule->node, STR("check")), rule->check, &names);
        add_names(arena, json_member(rule->node, STR("when")), rule->when, &names);
    }
    outline.names = names.items;
    outline.name_count = names.count;
    return outline;
}

static void name_wire(struct wire *wire, struct outline_name *name)
{
    wire_text(wire, &name->text);
    wire_size(wire, &name->at.line);
    wire_size(wire, &name->at.column);
}

void rule_outline_wire(struct wire *wire, struct rule_outline *outline)
{
    wire_text(wire, &outline->id);
    wire_text(wire, &outline->source);
    wire_size(wire, &outline->at.line);
    wire_size(wire, &outline->at.column);
    wire_flag(wire, &outline->may_be_silent);
    wire_flag(wire, &outline->for_documents);
    wire_text(wire, &outline->member);
    WIRE_LIST(wire, outline->names, outline->name_count, name_wire);
}

static struct str nearest_id(const struct tally *tally, struct str name)
{
    struct str nearest = {0};
    size_t best = name.len / 3 + 1;
    for (size_t i = 0; i < tally->ids.room; i++) {
        if (!tally->ids.slots[i].taken)
            continue;
        struct str id = tally->ids.slots[i].key;
        size_t distance = str_distance(name, id, best);
        if (distance < best || (distance == best && nearest.len && str_compare(id, nearest) < 0)) {
            best = distance;
            nearest = id;
        }
    }
    return nearest;
}

static void report_unbound(const struct tally *tally, const struct rule_outline *outline, struct diag *diag)
{
    const struct outline_name *name = NULL;
    for (size_t i = 0; !name && i < outline->name_count; i++)
        if (!map_get(&tally->ids, outline->names[i].text))
            name = &outline->names[i];
    struct str nearest = name ? nearest_id(tally, name->text) : STR("");
    if (outline->member.len)
        diag_about(diag, outline->source, "no figure has a member \"%.*s\"", STR_ARG(outline->member));
    else if (!name)
        diag_about(diag, outline->source, "rule %.*s applies nowhere: the figures that it names never have equal dims",
                   STR_ARG(outline->id));
    else if (nearest.len)
        diag_about(diag, outline->source, "no figure is called '%.*s': did you mean '%.*s'?", STR_ARG(name->text),
                   STR_ARG(nearest));
    else
        diag_about(diag, outline->source, "no figure is called '%.*s'", STR_ARG(name->text));
    diag->position = name ? name->at : outline->at;
}

void outline_report(const struct tally *tally, const struct rule_outline *outline, const struct rule_tally *use,
                    struct problems *problems)
{
    struct diag diag = {.arena = problems->arena};
    bool silent = !outline->may_be_silent && !use->complete && !use->in_error;
    if (silent && !outline->for_documents && tally->datasets) {
        report_unbound(tally, outline, &diag);
    } else if (silent && outline->for_documents && use->searched) {
        diag_about(&diag, outline->source,
                   "rule %.*s applies nowhere: no document has figures for all the names of its check",
                   STR_ARG(outline->id));
        diag.position = outline->at;
    }
    problems_take(problems, &diag);
}

void tally_report(const struct tally *tally, const struct rule *const *rules, size_t count, struct problems *problems)
{
    for (size_t i = 0; i < count; i++) {
        const struct rule_tally *use = &tally->rules[i];
        if (rules[i]->optional || rules[i]->built_in || use->complete)
            continue;
        struct rule_outline outline = rule_outline(problems->arena, rules[i]);
        outline_report(tally, &outline, use, problems);
    }
}
