#include "check/plan_skeleton.h"

#include <string.h>

#include "base/arena.h"

/* ---- Learning ---- */

struct learning {
    struct arena *arena;
    struct dataset *dataset;
    const struct scan *scan;
    const struct skeleton_pins *pins;
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
    } numbers;
};

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

/* A value that nothing depends on: each text in it may differ. As deep as the scanner lets values stand in each other.
 */
static void learn_free(struct learning *l, size_t at)
{
    switch ((enum scan_type)l->scan->values[at].type) {
    case SCAN_STRING:
        add_hole(l, at, HOLE_TEXT, 0);
        break;
    case SCAN_ARRAY:
        SCAN_ELEMENTS (l->scan, at, element)
            learn_free(l, element);
        break;
    case SCAN_OBJECT:
        SCAN_MEMBERS (l->scan, at, key)
            learn_free(l, key + 1);
        break;
    case SCAN_NULL:
    case SCAN_FALSE:
    case SCAN_TRUE:
    case SCAN_NUMBER:
        break;
    }
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

/* As the scanner, the figures' reader takes no exponent for granted: 1e3 is a thousand, exactly. */
static bool is_plain_number(struct str raw)
{
    return str_find(raw, STR("e")) == raw.len && str_find(raw, STR("E")) == raw.len;
}

static void learn_value(struct learning *l, size_t at)
{
    size_t figure = l->figure_at[at];
    if (!figure || l->scan->values[at].type != SCAN_NUMBER || !is_plain_number(scan_raw(l->scan, at)))
        return;
    add_hole(l, at, HOLE_NUMBER, l->numbers.count);
    *LIST_ADD(l->arena, &l->numbers) = &l->dataset->figures[figure - 1];
}

/* Members that decide what a figure or a grid is. */
static const struct str deciding[] = {STR_INIT("id"),     STR_INIT("unit"),    STR_INIT("status"), STR_INIT("decimals"),
                                      STR_INIT("exact"),  STR_INIT("grid"),    STR_INIT("fixed"),  STR_INIT("interval"),
                                      STR_INIT("totals"), STR_INIT("columns"), STR_INIT("rows"),   STR_INIT("value"),
                                      STR_INIT("dims")};

static void learn_cells(struct learning *l, size_t rows)
{
    SCAN_MEMBERS (l->scan, rows, key) {
        learn_value(l, key + 1);
        if (l->scan->values[key + 1].type == SCAN_ARRAY)
            SCAN_ELEMENTS (l->scan, key + 1, cell)
                learn_value(l, cell);
    }
}

/* A figure or a grid. */
static void learn_record(struct learning *l, size_t record)
{
    enum { DECIDING = sizeof deciding / sizeof *deciding };
    SCAN_MEMBERS (l->scan, record, key) {
        struct str name = scan_text(l->arena, l->scan, key);
        bool object = l->scan->values[key + 1].type == SCAN_OBJECT;
        if (str_equal(name, STR("value")))
            learn_value(l, key + 1);
        else if (str_equal(name, STR("dims")) && object)
            learn_dims(l, key + 1);
        else if (str_equal(name, STR("rows")) && object)
            learn_cells(l, key + 1);
        else if (!is_one_of(name, deciding, DECIDING) && !is_one_of(name, l->pins->members, l->pins->member_count))
            learn_free(l, key + 1);
    }
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

static void learn_head(struct learning *l)
{
    static const struct str settings[] = {STR_INIT("lang"), STR_INIT("rounding"), STR_INIT("totals"),
                                          STR_INIT("status")};
    SCAN_MEMBERS (l->scan, 0, key) {
        struct str name = scan_text(l->arena, l->scan, key);
        if (str_equal(name, STR("figures")))
            learn_figures(l, key + 1);
        else if (str_equal(name, STR("dims")))
            learn_dims(l, key + 1);
        else if (!is_one_of(name, settings, sizeof settings / sizeof *settings))
            learn_free(l, key + 1);
    }
}

struct skeleton *skeleton_learn(struct arena *arena, struct dataset *dataset, const struct skeleton_pins *pins)
{
    struct learning l = {.arena = arena, .dataset = dataset, .scan = &dataset->scan, .pins = pins};
    l.figure_at = ARENA_ARRAY(arena, size_t, l.scan->count);
    for (size_t i = 0; i < dataset->count; i++) {
        const struct figure *figure = &dataset->figures[i];
        l.figure_at[figure->value_at] = figure->missing ? 0 : i + 1;
        for (size_t j = 0; j < figure->dims.count; j++)
            dim_at(&l, figure->dims.items[j].name, figure->dims.items[j].value);
    }
    learn_head(&l);
    struct skeleton *skeleton = ARENA_NEW(arena, struct skeleton);
    *skeleton = (struct skeleton){.text = dataset->scan.source->bytes,
                                  .holes = l.holes.items,
                                  .hole_count = l.holes.count,
                                  .dims = l.dims.items,
                                  .dim_count = l.dims.count,
                                  .steps = ARENA_ARRAY(arena, struct skeleton_step, l.holes.count + 1),
                                  .figures = l.numbers.items,
                                  .number_count = l.numbers.count};
    for (size_t i = 0; i < l.holes.count; i++)
        l.holes.items[i].open = l.holes.items[i].kind == HOLE_NUMBER;
    return skeleton;
}

void skeleton_close_number(struct skeleton *skeleton, size_t number)
{
    for (size_t i = 0; i < skeleton->hole_count; i++)
        if (skeleton->holes[i].kind == HOLE_NUMBER && skeleton->holes[i].index == number)
            skeleton->holes[i].open = false;
}

void skeleton_settle(struct skeleton *skeleton)
{
    size_t start = 0;
    skeleton->step_count = 0;
    for (size_t i = 0; i < skeleton->hole_count; i++) {
        const struct skeleton_hole *hole = &skeleton->holes[i];
        if (!hole->open)
            continue;
        skeleton->steps[skeleton->step_count++] = (struct skeleton_step){start, hole->start - start, hole};
        start = hole->end;
    }
    skeleton->steps[skeleton->step_count++] = (struct skeleton_step){start, skeleton->text.len - start, NULL};
}

/* ---- Comparing ---- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* number = [ "-" ] ( "0" / DIGIT1-9 *DIGIT ) [ "." 1*DIGIT ]
 * Reads as many digits as fit. Behind it must stand what stood behind the number learnt from, which is no digit and no
 * letter: so a longer number is none. NULL when it is no such number. */
static const char *read_number(const char *at, const char *end, struct plain_number *out)
{
    enum { MOST_DIGITS = 18 };
    bool negative = at < end && *at == '-';
    const char *start = at += negative;
    int64_t digits = 0;
    for (; at < end && is_digit(*at) && at - start < MOST_DIGITS; at++)
        digits = digits * 10 + (*at - '0');
    if (at == start || (*start == '0' && at - start > 1))
        return NULL;
    out->decimals = 0;
    if (at < end && *at == '.') {
        const char *point = at++;
        for (; at < end && is_digit(*at) && at - start <= MOST_DIGITS; at++)
            digits = digits * 10 + (*at - '0');
        if (at - point < 2)
            return NULL;
        out->decimals = (unsigned)(at - point - 1);
    }
    out->digits = negative ? -digits : digits;
    return at;
}

/* The same value must stand at each place of it; one without escapes, so that bytes are what tells values apart. */
static const char *read_dim(struct skeleton_dim *dim, const char *open, const char *end)
{
    const char *behind = scan_string_end(open, end);
    if (!behind)
        return NULL;
    struct str text = {open + 1, (size_t)(behind - open) - 2};
    if (!dim->now.ptr && memchr(text.ptr, '\\', text.len))
        return NULL;
    if (dim->now.ptr && !str_equal(dim->now, text))
        return NULL;
    dim->now = text;
    return behind;
}

/* Values that differed still do, and none has come to hold everywhere. */
static bool dims_still_differ(const struct skeleton *skeleton)
{
    for (size_t i = 0; i < skeleton->dim_count; i++) {
        const struct skeleton_dim *dim = &skeleton->dims[i];
        if (!dim->open)
            continue;
        if (str_equal(dim->now, STR("*")))
            return false;
        for (size_t j = 0; j < skeleton->dim_count; j++) {
            const struct skeleton_dim *other = &skeleton->dims[j];
            struct str text = other->open ? other->now : other->text;
            if (i != j && str_equal(other->name, dim->name) && str_equal(text, dim->now))
                return false;
        }
    }
    return true;
}

/* Where the text stops to be that of the skeleton: *stuck is the place in the skeleton; beyond its end where a hole
 * holds what it must not. */
static bool compare(struct skeleton *skeleton, struct str text, struct plain_number *numbers, size_t *stuck)
{
    const char *at = text.ptr, *end = at + text.len;
    *stuck = SIZE_MAX;
    for (size_t i = 0; i < skeleton->dim_count; i++)
        skeleton->dims[i].now = (struct str){0};
    for (const struct skeleton_step *step = skeleton->steps;; step++) {
        const char *wanted = skeleton->text.ptr + step->start;
        size_t left = (size_t)(end - at);
        if (left < step->length || memcmp(at, wanted, step->length)) {
            size_t same = 0;
            while (same < left && same < step->length && at[same] == wanted[same])
                same++;
            *stuck = step->start + same;
            return false;
        }
        at += step->length;
        if (!step->hole)
            return at == end && dims_still_differ(skeleton);
        switch (step->hole->kind) {
        case HOLE_NUMBER:
            at = read_number(at, end, &numbers[step->hole->index]);
            break;
        case HOLE_TEXT:
            at = scan_string_end(at, end);
            break;
        case HOLE_DIM:
            at = read_dim(&skeleton->dims[step->hole->index], at, end);
            break;
        }
        if (!at)
            return false;
    }
}

static void open_dim(struct skeleton *skeleton, size_t dim)
{
    skeleton->dims[dim].open = true;
    for (size_t i = 0; i < skeleton->hole_count; i++)
        if (skeleton->holes[i].kind == HOLE_DIM && skeleton->holes[i].index == dim)
            skeleton->holes[i].open = true;
}

/* Opens the hole that the place lies in, if it is one behind whose quote another text may stand. */
static bool open_at(struct skeleton *skeleton, size_t place)
{
    size_t low = 0, high = skeleton->hole_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (skeleton->holes[middle].end <= place)
            low = middle + 1;
        else
            high = middle;
    }
    struct skeleton_hole *hole = skeleton->holes + low;
    if (low == skeleton->hole_count || place <= hole->start || hole->open || hole->kind == HOLE_NUMBER ||
        (hole->kind == HOLE_DIM && skeleton->dims[hole->index].pinned))
        return false;
    hole->open = true;
    if (hole->kind == HOLE_DIM)
        open_dim(skeleton, hole->index);
    skeleton_settle(skeleton);
    return true;
}

bool skeleton_fits(struct skeleton *skeleton, struct str text, struct plain_number *numbers)
{
    size_t stuck;
    while (!compare(skeleton, text, numbers, &stuck))
        if (stuck == SIZE_MAX || !open_at(skeleton, stuck))
            return false;
    return true;
}
