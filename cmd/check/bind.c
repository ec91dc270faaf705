#include "check/bind.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/map.h"

/* Names of dims, few of them. */
struct names {
    struct str *items;
    size_t count, room;
};

/* The figures of one reference that set the same dims aside, by the key of their other dims. */
struct group {
    size_t reference;
    struct names aside;
    struct map by_key; /* to struct figure_list */
    struct {
        struct figure_list **items;
        size_t count, room;
    } lists; /* in the order of the figures */
};

struct figure_list {
    struct str key;
    struct dims context; /* the dims that are not aside */
    struct figure **items;
    size_t count, room;
};

struct reference_index {
    struct group *items; /* the fewer dims aside, the earlier */
    size_t count, room;
    struct str previous; /* the dim of a [dim=previous]; empty when there is none */
};

static bool names_have(const struct names *names, struct str name)
{
    for (size_t i = 0; i < names->count; i++)
        if (str_equal(names->items[i], name))
            return true;
    return false;
}

/* The key of dims: `name=value` in order of names, without totals and without those aside. */
static struct str key_of(struct arena *arena, struct dims dims, const struct names *aside)
{
    struct buf key = {.arena = arena};
    for (size_t i = 0; i < dims.count; i++) {
        const struct dim *dim = &dims.items[i];
        if (dim->total || (aside && names_have(aside, dim->name)))
            continue;
        buf_add(&key, dim->name);
        buf_add_char(&key, '=');
        buf_add(&key, dim->value);
        buf_add_char(&key, '\x1f');
    }
    return buf_str(&key);
}

struct str dims_key(struct arena *arena, struct dims dims) { return key_of(arena, dims, NULL); }

static struct dims without(struct arena *arena, struct dims dims, const struct names *aside)
{
    struct dim *kept = ARENA_ARRAY(arena, struct dim, dims.count);
    size_t count = 0;
    for (size_t i = 0; i < dims.count; i++)
        if (!dims.items[i].total && !names_have(aside, dims.items[i].name))
            kept[count++] = dims.items[i];
    return (struct dims){kept, count};
}

struct reference_list {
    struct reference *items;
    size_t count, room;
};

/* The names of an expression, each place where one stands a reference of its own. A chain shares its
 * middle node, which counts once. */
static void collect(struct arena *arena, const struct expr *expr, const struct expr *over, struct reference_list *out)
{
    if (!expr)
        return;
    if (expr->op == EXPR_CALL && expr->over_count)
        over = expr;
    if (expr->op == EXPR_NAME) {
        for (size_t i = 0; i < out->count; i++)
            if (out->items[i].name == expr)
                return;
        *LIST_ADD(arena, out) = (struct reference){.name = expr, .over = over};
    }
    for (size_t i = 0; i < expr->arg_count; i++)
        collect(arena, expr->args[i], over, out);
    collect(arena, expr->within, over, out);
}

/* May the figure stand for the reference, its selectors and the function around it considered? */
static bool fits(const struct reference *reference, const struct figure *figure)
{
    const struct expr *name = reference->name, *over = reference->over;
    for (size_t i = 0; i < name->selector_count; i++) {
        const struct selector *selector = &name->selectors[i];
        const struct dim *dim = dims_find(figure->dims, selector->dim);
        if (str_equal(selector->value, STR("total"))) {
            if (dim && !dim->total)
                return false;
        } else if (str_equal(selector->value, STR("previous"))) {
            if (!dim || dim->total || str_equal(dim->value, STR("*")) || figure->missing)
                return false;
        } else if (!dim || (!str_equal(dim->value, selector->value) && !str_equal(dim->value, STR("*")))) {
            return false;
        }
    }
    for (size_t i = 0; over && i < over->over_count; i++) {
        const struct dim *dim = dims_find(figure->dims, over->over[i]);
        if (!dim || dim->total || str_equal(dim->value, STR("*")))
            return false;
    }
    return true;
}

/* The dims that are not compared for this figure: those reached across, and those that hold everywhere. */
static struct names set_aside(struct arena *arena, const struct reference *reference, const struct figure *figure)
{
    struct names aside = {0};
    const struct expr *name = reference->name, *over = reference->over;
    for (size_t i = 0; i < name->selector_count; i++)
        *LIST_ADD(arena, &aside) = name->selectors[i].dim;
    for (size_t i = 0; over && i < over->over_count; i++)
        *LIST_ADD(arena, &aside) = over->over[i];
    for (size_t i = 0; i < figure->dims.count; i++)
        if (str_equal(figure->dims.items[i].value, STR("*")) && !names_have(&aside, figure->dims.items[i].name))
            *LIST_ADD(arena, &aside) = figure->dims.items[i].name;
    return aside;
}

static bool same_names(const struct names *a, const struct names *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (!names_have(b, a->items[i]))
            return false;
    return a->count == b->count;
}

static struct group *group_for(struct arena *arena, struct reference_index *index, size_t reference, struct names aside)
{
    for (size_t i = 0; i < index->count; i++)
        if (same_names(&index->items[i].aside, &aside))
            return &index->items[i];
    struct group *group = LIST_ADD(arena, index);
    *group = (struct group){.reference = reference, .aside = aside, .by_key = {.arena = arena}};
    return group;
}

/* The fewest dims aside first; of as many, by their names, so that the order of the figures does not matter. */
static int by_aside(const void *a, const void *b)
{
    const struct names *x = &((const struct group *)a)->aside, *y = &((const struct group *)b)->aside;
    int order = (x->count > y->count) - (x->count < y->count);
    for (size_t i = 0; !order && i < x->count; i++)
        order = str_compare(x->items[i], y->items[i]);
    return order;
}

static void index_figure(struct arena *arena, struct group *group, struct figure *figure)
{
    struct str key = key_of(arena, figure->dims, &group->aside);
    struct figure_list *list = map_get(&group->by_key, key);
    if (!list) {
        list = ARENA_NEW(arena, struct figure_list);
        *list = (struct figure_list){.key = key, .context = without(arena, figure->dims, &group->aside)};
        *map_put(&group->by_key, key) = list;
        *LIST_ADD(arena, &group->lists) = list;
    }
    *LIST_ADD(arena, list) = figure;
}

/* qsort has no argument for the dim, and a global would be one: hence the merge sort. */
static void sort_by_dim(struct arena *arena, struct figure **figures, size_t count, struct str dim)
{
    if (count < 2)
        return;
    size_t half = count / 2;
    sort_by_dim(arena, figures, half, dim);
    sort_by_dim(arena, figures + half, count - half, dim);
    struct figure **left = arena_copy(arena, figures, half * sizeof *figures);
    for (size_t i = 0, j = half, k = 0; i < half; k++) {
        bool right_first = j < count && dim_value_compare(arena, dims_find(figures[j]->dims, dim)->value,
                                                          dims_find(left[i]->dims, dim)->value) < 0;
        figures[k] = right_first ? figures[j++] : left[i++];
    }
}

static void index_reference(struct binder *binder, size_t at)
{
    struct arena *arena = binder->arena;
    const struct reference *reference = &binder->references[at];
    struct reference_index *index = &binder->indexes[at];
    for (size_t i = 0; i < reference->name->selector_count; i++)
        if (str_equal(reference->name->selectors[i].value, STR("previous")))
            index->previous = reference->name->selectors[i].dim;
    /* Neighbours mostly set the same dims aside, so the last group is asked first. */
    struct group *group = NULL;
    for (size_t i = 0; reference->concept && i < reference->concept->count; i++) {
        struct figure *figure = reference->concept->items[i];
        if (!fits(reference, figure))
            continue;
        struct names aside = set_aside(arena, reference, figure);
        if (!group || !same_names(&group->aside, &aside))
            group = group_for(arena, index, at, aside);
        index_figure(arena, group, figure);
    }
    if (index->count)
        qsort(index->items, index->count, sizeof *index->items, by_aside);
    for (size_t i = 0; index->previous.len && i < index->count; i++)
        for (size_t j = 0; j < index->items[i].lists.count; j++)
            sort_by_dim(arena, index->items[i].lists.items[j]->items, index->items[i].lists.items[j]->count,
                        index->previous);
}

struct binder binder_make(struct arena *arena, const struct rule *rule, enum rounding rounding, concept_lookup *lookup,
                          const void *dossier)
{
    struct reference_list references = {0};
    collect(arena, rule->check, NULL, &references);
    collect(arena, rule->when, NULL, &references);
    struct binder binder = {.arena = arena,
                            .rule = rule,
                            .rounding = rounding,
                            .references = references.items,
                            .reference_count = references.count,
                            .indexes = ARENA_ARRAY(arena, struct reference_index, references.count)};
    for (size_t i = 0; i < binder.reference_count; i++) {
        binder.references[i].concept = lookup(dossier, binder.references[i].name->text);
        index_reference(&binder, i);
    }
    return binder;
}

struct context_list {
    struct dims *items;
    size_t count, room;
};

/* Adds those contexts of a group with so many dims that are not, seen without the dims that the group sets aside, there
 * already: a figure that holds everywhere, or a [period=2023], makes no context of its own where others do. */
static void add_contexts(struct arena *arena, const struct group *group, size_t dims, struct context_list *contexts)
{
    struct map known = {.arena = arena};
    bool ready = false;
    for (size_t i = 0; i < group->lists.count; i++) {
        const struct figure_list *list = group->lists.items[i];
        if (list->context.count != dims)
            continue;
        for (size_t j = 0; !ready && j < contexts->count; j++)
            *map_put(&known, key_of(arena, contexts->items[j], &group->aside)) = contexts;
        ready = true;
        if (!map_get(&known, list->key))
            *LIST_ADD(arena, contexts) = list->context;
    }
}

/* Contexts with more dims come first, so that it does not matter which figure is read first. */
void binder_contexts(const struct binder *binder, struct dims **contexts, size_t *count)
{
    struct {
        const struct group **items;
        size_t count, room;
    } groups = {0};
    struct context_list found = {0};
    size_t most = 0;
    for (size_t i = 0; i < binder->reference_count; i++)
        for (size_t j = 0; !binder->indexes[i].previous.len && j < binder->indexes[i].count; j++) {
            const struct group *group = &binder->indexes[i].items[j];
            *LIST_ADD(binder->arena, &groups) = group;
            for (size_t k = 0; k < group->lists.count; k++)
                most = group->lists.items[k]->context.count > most ? group->lists.items[k]->context.count : most;
        }
    for (size_t dims = most + 1; dims-- > 0;)
        for (size_t i = 0; i < groups.count; i++)
            add_contexts(binder->arena, groups.items[i], dims, &found);
    *contexts = found.items;
    *count = found.count;
}

/* The figure just before the context's own value of the dim, in a list sorted by it. */
static struct slot just_before(struct arena *arena, const struct figure_list *list, struct str dim, struct dims context)
{
    const struct dim *own = dims_find(context, dim);
    size_t low = 0, high = own ? list->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (dim_value_compare(arena, dims_find(list->items[middle]->dims, dim)->value, own->value) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? (struct slot){list->items + low - 1, 1} : (struct slot){0};
}

/* The key of a figure within what a function runs over. */
static struct str over_key(struct arena *arena, const struct figure *figure, const struct expr *over)
{
    struct dim *dims = ARENA_ARRAY(arena, struct dim, over->over_count);
    for (size_t i = 0; i < over->over_count; i++)
        dims[i] = *dims_find(figure->dims, over->over[i]);
    return dims_key(arena, (struct dims){dims, over->over_count});
}

/* Adds the figures of a list to those that a function runs over; of one value of its dims the first one counts. */
static void add_members(struct arena *arena, const struct expr *over, const struct figure_list *list, struct slot *slot)
{
    if (!slot->count) {
        *slot = (struct slot){list->items, list->count};
        return;
    }
    struct map known = {.arena = arena};
    struct figure **members = ARENA_ARRAY(arena, struct figure *, slot->count + list->count);
    size_t count = 0;
    for (; count < slot->count; count++) {
        members[count] = slot->figures[count];
        *map_put(&known, over_key(arena, members[count], over)) = members[count];
    }
    for (size_t i = 0; i < list->count; i++)
        if (!map_get(&known, over_key(arena, list->items[i], over)))
            members[count++] = list->items[i];
    *slot = (struct slot){members, count};
}

/* The groups come with the fewest dims aside first: what is said of this context wins over what holds everywhere. */
static struct slot find_slot(const struct binder *binder, struct arena *arena, size_t reference, struct dims context)
{
    const struct reference_index *index = &binder->indexes[reference];
    const struct expr *over = binder->references[reference].over;
    struct slot slot = {0};
    for (size_t i = 0; i < index->count && (over || !slot.count); i++) {
        const struct figure_list *list =
            map_get(&index->items[i].by_key, key_of(arena, context, &index->items[i].aside));
        if (list && index->previous.len)
            return just_before(arena, list, index->previous, context);
        if (list && over)
            add_members(arena, over, list, &slot);
        else if (list)
            slot = (struct slot){list->items, 1};
    }
    return slot;
}

/* sum(a * b over region): brings b into the order of a. Where a region has only one of them, b is incomplete. */
static void align(struct arena *arena, const struct expr *over, const struct slot *first, struct slot *slot)
{
    struct map by_key = {.arena = arena};
    for (size_t i = 0; i < slot->count; i++)
        *map_put(&by_key, over_key(arena, slot->figures[i], over)) = slot->figures[i];
    struct figure **aligned = ARENA_ARRAY(arena, struct figure *, first->count);
    for (size_t i = 0; i < first->count; i++)
        if (!(aligned[i] = map_get(&by_key, over_key(arena, first->figures[i], over))))
            slot->count = 0;
    *slot = slot->count == first->count ? (struct slot){aligned, first->count} : (struct slot){0};
}

struct binding binder_at(const struct binder *binder, struct arena *arena, struct dims context)
{
    struct binding binding = {.rule = binder->rule,
                              .context = context,
                              .rounding = binder->rounding,
                              .references = binder->references,
                              .reference_count = binder->reference_count,
                              .slots = ARENA_ARRAY(arena, struct slot, binder->reference_count),
                              .complete = true};
    for (size_t i = 0; i < binder->reference_count; i++) {
        const struct reference *reference = &binder->references[i];
        binding.slots[i] = find_slot(binder, arena, i, context);
        for (size_t j = 0; reference->over && j < i; j++)
            if (binder->references[j].over == reference->over) {
                align(arena, reference->over, &binding.slots[j], &binding.slots[i]);
                break;
            }
        if (!binding.slots[i].count) {
            binding.complete = false;
            binding.silent |= binder->indexes[i].previous.len > 0 && binder->indexes[i].count;
        }
    }
    return binding;
}

void binding_add_groups(struct binding *binding, const struct figure *groups, size_t count)
{
    binding->groups = groups;
    binding->group_count = count;
    binding->complete = true;
    for (size_t i = 0; i < binding->reference_count; i++) {
        bool bound = binding->slots[i].count > 0;
        for (size_t j = 0; j < count; j++)
            bound |= str_equal(groups[j].id, binding->references[i].name->text);
        binding->complete &= bound;
    }
}
