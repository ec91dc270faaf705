/* What of a dataset may differ. */
#include "base/arena.h"
#include "check/plan_skeleton.h"

enum {
    TEXT = 1 << SCAN_STRING,
    OBJECT = 1 << SCAN_OBJECT,
    ANYTHING = TEXT | OBJECT | 1 << SCAN_ARRAY | 1 << SCAN_NUMBER | 1 << SCAN_TRUE | 1 << SCAN_FALSE | 1 << SCAN_NULL
};

/* Members that decide nothing, of the types that readers hold them to. Lists of texts are not among them: what they
 * hold would have to be looked at. */
static const struct skeleton_free free_of_dataset[] = {
    {STR_INIT("dataset"), TEXT}, {STR_INIT("title"), TEXT},           {STR_INIT("note"), TEXT},
    {STR_INIT("$schema"), TEXT}, {STR_INIT("source"), TEXT | OBJECT}, {STR_INIT("meta"), ANYTHING},
};
static const struct skeleton_free free_of_figure[] = {
    {STR_INIT("label"), TEXT},    {STR_INIT("note"), TEXT},       {STR_INIT("source"), TEXT | OBJECT},
    {STR_INIT("role"), TEXT},     {STR_INIT("quote"), TEXT},      {STR_INIT("anchor"), ANYTHING},
    {STR_INIT("meta"), ANYTHING}, {STR_INIT("ignore"), ANYTHING},
};

struct learning {
    struct arena *arena;
    struct dataset *dataset;
    const struct scan *scan;
    const struct skeleton_pins *pins;
    char decimal_mark;
    size_t *figure_at; /* by value of the scan: 1 + which figure's value it is, or 0 */
    struct {
        struct skeleton_hole *items;
        size_t count, room;
    } holes;
    struct {
        struct skeleton_dim *items;
        size_t count, room;
    } dims;
    struct {
        struct figure **items;
        size_t count, room;
    } values;
    struct {
        struct str *items;
        size_t count, room;
    } suffixes;
    struct {
        struct skeleton_record *items;
        size_t count, room;
    } records;
    struct {
        struct skeleton_member *items;
        size_t count, room;
    } members;
    struct {
        struct skeleton_free *items;
        size_t count, room;
    } free_of_figure; /* without those that rules look at */
    size_t gap;       /* the hole that free members would lie in that come next, or NO_HOLE */
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_one_of(struct str text, const struct str *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(list[i], text))
            return true;
    return false;
}

static struct skeleton_hole *add_hole(struct learning *l, size_t at, enum skeleton_hole_kind kind, size_t index)
{
    const struct scan_value *value = &l->scan->values[at];
    struct skeleton_hole *hole = LIST_ADD(l->arena, &l->holes);
    *hole = (struct skeleton_hole){.start = value->start, .end = value->end, .kind = kind, .index = index};
    return hole;
}

/* A value that nothing depends on: each text in it may differ, and what stands inside an object may be a number or a
 * word as well. As deep as the scanner lets values stand in each other. */
static void learn_free(struct learning *l, size_t at, enum skeleton_hole_kind kind)
{
    switch ((enum scan_type)l->scan->values[at].type) {
    case SCAN_ARRAY:
        SCAN_ELEMENTS (l->scan, at, element)
            learn_free(l, element, kind);
        break;
    case SCAN_OBJECT:
        SCAN_MEMBERS (l->scan, at, key)
            learn_free(l, key + 1, HOLE_SCALAR);
        break;
    case SCAN_STRING:
    case SCAN_NULL:
    case SCAN_FALSE:
    case SCAN_TRUE:
    case SCAN_NUMBER:
        add_hole(l, at, kind, 0);
        break;
    }
}

/* A member that nothing depends on. Some of them readers hold to be texts, or made of texts. */
static void learn_metadata(struct learning *l, struct str name, size_t at)
{
    static const struct str textual[] = {STR_INIT("dataset"), STR_INIT("title"), STR_INIT("label"),
                                         STR_INIT("source"),  STR_INIT("note"),  STR_INIT("names"),
                                         STR_INIT("role"),    STR_INIT("quote"), STR_INIT("$schema")};
    bool text = is_one_of(name, textual, sizeof textual / sizeof *textual);
    learn_free(l, at, text ? HOLE_TEXT : HOLE_SCALAR);
}

/* Which value of a dim it is; a new one when there is none yet. */
static size_t dim_at(struct learning *l, struct str name, struct str text)
{
    for (size_t i = 0; i < l->dims.count; i++)
        if (str_equal(l->dims.items[i].name, name) && str_equal(l->dims.items[i].text, text))
            return i;
    *LIST_ADD(l->arena, &l->dims) = (struct skeleton_dim){.name = name, .text = text};
    return l->dims.count - 1;
}

static void learn_dims(struct learning *l, size_t at)
{
    SCAN_MEMBERS (l->scan, at, key) {
        const struct scan_value *value = &l->scan->values[key + 1];
        struct str name = scan_text(l->arena, l->scan, key);
        bool text = value->type == SCAN_STRING;
        struct str said = text ? scan_text(l->arena, l->scan, key + 1) : scan_raw(l->scan, key + 1);
        bool pinned = l->pins->all_dims || is_one_of(name, l->pins->dims, l->pins->dim_count);
        size_t dim = dim_at(l, name, said);
        if (text && !value->escaped && !pinned && !str_equal(said, STR("*")))
            add_hole(l, key + 1, HOLE_DIM, dim);
        else
            l->dims.items[dim].pinned = true;
    }
}

/* What stands behind the number that a text starts with, where it is the only one and stands by itself: of
 * "2 800 communes", ` communes"`. Hedges, ranges, ordinals and years are read otherwise: their digits decide more than
 * a value. */
static struct str suffix_of(const struct learning *l, size_t at, const struct figure *figure)
{
    const struct notation *n = &figure->notation;
    struct plain_number ignored;
    struct str text = scan_text(l->arena, l->scan, at), raw = scan_raw(l->scan, at);
    const char *end = text.ptr + text.len;
    const char *behind = plain_number_read_printed(text.ptr, end, l->decimal_mark, &ignored);
    bool plain = n->hedge == HEDGE_NONE && !n->range && n->kind != NOTATION_ORDINAL && n->kind != NOTATION_YEAR &&
                 n->kind != NOTATION_FRACTION && n->kind != NOTATION_MULTIPLE;
    for (const char *rest = behind; rest && rest < end; rest++)
        plain &= !is_digit(*rest);
    return plain && behind ? str_part(raw, (size_t)(behind - text.ptr) + 1, raw.len) : STR("");
}

static void learn_value(struct learning *l, size_t at)
{
    size_t figure = l->figure_at[at];
    if (!figure)
        return;
    struct figure *learnt = &l->dataset->figures[figure - 1];
    bool text = l->scan->values[at].type == SCAN_STRING;
    add_hole(l, at, HOLE_VALUE, l->values.count)->open = true;
    *LIST_ADD(l->arena, &l->values) = learnt;
    *LIST_ADD(l->arena, &l->suffixes) = text ? suffix_of(l, at, learnt) : STR("");
}

static size_t begin_record(struct learning *l, const struct skeleton_free *free, size_t count)
{
    *LIST_ADD(l->arena, &l->records) = (struct skeleton_record){.free = free, .free_count = count};
    l->gap = NO_HOLE;
    return l->records.count - 1;
}

/* Texts agree up to `reach` at most that differ in the members of the last gap. */
static void end_gap(struct learning *l, size_t reach)
{
    if (l->gap != NO_HOLE)
        l->holes.items[l->gap].reach = reach;
    l->gap = NO_HOLE;
}

/* Behind a member that is not free, members that are may stand or not. */
static void begin_gap(struct learning *l, size_t at, size_t record)
{
    struct skeleton_hole *hole = add_hole(l, at, HOLE_MEMBERS, record);
    hole->start = hole->end;
    l->gap = l->holes.count - 1;
}

/* A free member: true when it is one. */
static bool learn_free_member(struct learning *l, size_t record, struct str name, size_t key)
{
    const struct skeleton_record *r = &l->records.items[record];
    unsigned bit = 0;
    while (bit < r->free_count && !str_equal(r->free[bit].name, name))
        bit++;
    if (bit == r->free_count)
        return false;
    *LIST_ADD(l->arena, &l->members) = (struct skeleton_member){record, bit, l->gap};
    learn_metadata(l, name, key + 1);
    if (l->gap != NO_HOLE)
        l->holes.items[l->gap].end = l->scan->values[key + 1].end;
    return true;
}

static void learn_cells(struct learning *l, size_t rows)
{
    SCAN_MEMBERS (l->scan, rows, key) {
        learn_value(l, key + 1);
        if (l->scan->values[key + 1].type == SCAN_ARRAY)
            SCAN_ELEMENTS (l->scan, key + 1, cell)
                learn_value(l, cell);
    }
}

/* A member of a figure or a grid that is not free, or not everywhere. */
static void learn_member(struct learning *l, struct str name, size_t at)
{
    static const struct str deciding[] = {
        STR_INIT("id"),   STR_INIT("unit"),  STR_INIT("status"),   STR_INIT("decimals"), STR_INIT("exact"),
        STR_INIT("grid"), STR_INIT("fixed"), STR_INIT("interval"), STR_INIT("totals"),   STR_INIT("columns")};
    bool object = l->scan->values[at].type == SCAN_OBJECT;
    if (str_equal(name, STR("value")))
        learn_value(l, at);
    else if (str_equal(name, STR("dims")) && object)
        learn_dims(l, at);
    else if (str_equal(name, STR("rows")) && object)
        learn_cells(l, at);
    else if (!str_equal(name, STR("dims")) && !is_one_of(name, deciding, sizeof deciding / sizeof *deciding) &&
             !is_one_of(name, l->pins->members, l->pins->member_count))
        learn_metadata(l, name, at);
}

/* A figure or a grid. */
static void learn_record(struct learning *l, size_t at)
{
    size_t record = begin_record(l, l->free_of_figure.items, l->free_of_figure.count);
    SCAN_MEMBERS (l->scan, at, key) {
        struct str name = scan_text(l->arena, l->scan, key);
        if (learn_free_member(l, record, name, key))
            continue;
        end_gap(l, l->scan->values[key].end);
        learn_member(l, name, key + 1);
        begin_gap(l, key + 1, record);
    }
    end_gap(l, l->scan->values[at].end);
}

static void learn_figures(struct learning *l, size_t at)
{
    if (l->scan->values[at].type == SCAN_ARRAY) {
        SCAN_ELEMENTS (l->scan, at, element)
            learn_record(l, element);
        return;
    }
    SCAN_MEMBERS (l->scan, at, key) {
        if (l->scan->values[key + 1].type == SCAN_OBJECT)
            learn_record(l, key + 1);
        else
            learn_value(l, key + 1);
    }
}

static void learn_head_member(struct learning *l, struct str name, size_t at)
{
    static const struct str settings[] = {STR_INIT("lang"), STR_INIT("rounding"), STR_INIT("totals"),
                                          STR_INIT("status")};
    if (str_equal(name, STR("figures")))
        learn_figures(l, at);
    else if (str_equal(name, STR("dims")))
        learn_dims(l, at);
    else if (!is_one_of(name, settings, sizeof settings / sizeof *settings))
        learn_metadata(l, name, at);
}

static void learn_head(struct learning *l)
{
    begin_record(l, free_of_dataset, sizeof free_of_dataset / sizeof *free_of_dataset);
    SCAN_MEMBERS (l->scan, 0, key) {
        struct str name = scan_text(l->arena, l->scan, key);
        if (learn_free_member(l, 0, name, key))
            continue;
        end_gap(l, l->scan->values[key].end);
        learn_head_member(l, name, key + 1);
        begin_gap(l, key + 1, 0);
    }
    end_gap(l, l->scan->values[0].end);
}

struct skeleton *skeleton_learn(struct arena *arena, struct dataset *dataset, const struct skeleton_pins *pins)
{
    struct learning l = {.arena = arena, .dataset = dataset, .scan = &dataset->scan, .pins = pins};
    l.decimal_mark = str_starts(dataset->lang, STR("en")) ? '.' : ',';
    l.figure_at = ARENA_ARRAY(arena, size_t, l.scan->count);
    for (size_t i = 0; i < dataset->count; i++) {
        const struct figure *figure = &dataset->figures[i];
        l.figure_at[figure->value_at] = figure->missing ? 0 : i + 1;
        for (size_t j = 0; j < figure->dims.count; j++)
            dim_at(&l, figure->dims.items[j].name, figure->dims.items[j].value);
    }
    for (size_t i = 0; i < sizeof free_of_figure / sizeof *free_of_figure; i++)
        if (!is_one_of(free_of_figure[i].name, pins->members, pins->member_count))
            *LIST_ADD(arena, &l.free_of_figure) = free_of_figure[i];
    learn_head(&l);
    struct skeleton *skeleton = ARENA_NEW(arena, struct skeleton);
    *skeleton = (struct skeleton){.text = dataset->scan.source->bytes,
                                  .holes = l.holes.items,
                                  .hole_count = l.holes.count,
                                  .dims = l.dims.items,
                                  .dim_count = l.dims.count,
                                  .members = l.members.items,
                                  .member_count = l.members.count,
                                  .records = l.records.items,
                                  .record_count = l.records.count,
                                  .steps = ARENA_ARRAY(arena, struct skeleton_step, l.holes.count + 1),
                                  .figures = l.values.items,
                                  .suffixes = l.suffixes.items,
                                  .value_count = l.values.count,
                                  .decimal_mark = l.decimal_mark};
    skeleton_settle(skeleton);
    return skeleton;
}
