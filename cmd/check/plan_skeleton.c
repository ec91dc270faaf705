#include "check/plan_skeleton.h"

#include <string.h>

#include "base/arena.h"

/* ---- Numbers ---- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

enum { MOST_DIGITS = 18 };

/* Adds digits, as many as fit, to those of a number. */
static const char *read_digits(const char *at, const char *end, struct plain_number *out, unsigned *count)
{
    for (; at < end && is_digit(*at) && *count < MOST_DIGITS; at++, ++*count)
        out->digits = out->digits * 10 + (*at - '0');
    return at;
}

/* [ mark 1*DIGIT ] */
static const char *read_decimals(const char *at, const char *end, char mark, struct plain_number *out, unsigned *count)
{
    unsigned before = *count;
    if (at == end || *at != mark)
        return at;
    at = read_digits(at + 1, end, out, count);
    out->decimals = *count - before;
    return out->decimals ? at : NULL;
}

/* number = [ "-" ] ( "0" / DIGIT1-9 *DIGIT ) [ "." 1*DIGIT ]
 * Reads as many digits as fit. Behind it must stand what stood behind the number learnt from, which is no digit and no
 * letter: so a longer number is none. NULL when it is no such number. */
static const char *read_number(const char *at, const char *end, struct plain_number *out)
{
    bool negative = at < end && *at == '-';
    const char *start = at += negative;
    unsigned count = 0;
    *out = (struct plain_number){.digits = 0};
    at = read_digits(at, end, out, &count);
    if (!count || (*start == '0' && count > 1))
        return NULL;
    at = read_decimals(at, end, '.', out, &count);
    out->digits = negative ? -out->digits : out->digits;
    return at;
}

/* The space that parts two groups of digits: its bytes, 0 when none stands there. */
static size_t group_mark(const char *at, const char *end, char decimal_mark)
{
    struct str rest = {at, (size_t)(end - at)};
    if (str_starts(rest, STR(" ")) || (decimal_mark == '.' && str_starts(rest, STR(","))))
        return 1;
    return str_starts(rest, STR("\xc2\xa0")) ? 2 : str_starts(rest, STR("\xe2\x80\xaf")) ? 3 : 0;
}

/* printed = ( 1*DIGIT / 1*3DIGIT 1*( mark 3DIGIT ) ) [ decimal-mark 1*DIGIT ]
 * The mark is the same in all of a number. A zero stands before the decimal mark or alone. What cannot be taken in is
 * left, and found not to be what stood behind the number learnt from. */
static const char *read_printed(const char *at, const char *end, char decimal_mark, struct plain_number *out)
{
    const char *start = at;
    unsigned count = 0;
    *out = (struct plain_number){.digits = 0};
    at = read_digits(at, end, out, &count);
    if (!count || (*start == '0' && count > 1))
        return NULL;
    struct str mark = {at, count <= 3 && *start != '0' ? group_mark(at, end, decimal_mark) : 0};
    while (mark.len && (size_t)(end - at) >= mark.len + 3 && !memcmp(at, mark.ptr, mark.len) &&
           is_digit(at[mark.len]) && is_digit(at[mark.len + 1]) && is_digit(at[mark.len + 2])) {
        const char *group = at + mark.len;
        if (count + 3 > MOST_DIGITS)
            return NULL;
        at = read_digits(group, group + 3, out, &count);
    }
    return read_decimals(at, end, decimal_mark, out, &count);
}

/* ---- Learning ---- */

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

/* As the scanner, the figures' reader takes no exponent for granted: 1e3 is a thousand, exactly. */
static bool is_plain_number(struct str raw)
{
    return str_find(raw, STR("e")) == raw.len && str_find(raw, STR("E")) == raw.len;
}

/* The length of the number that a text starts with, where it is the only one and stands by itself: "2 800 communes",
 * "12,5 %". Hedges, ranges, ordinals and years are read otherwise: their digits decide more than a value. */
static size_t printed_length(const struct learning *l, size_t at, const struct figure *figure)
{
    const struct notation *n = &figure->notation;
    struct plain_number ignored;
    struct str text = scan_text(l->arena, l->scan, at);
    const char *end = text.ptr + text.len, *behind = read_printed(text.ptr, end, l->decimal_mark, &ignored);
    bool plain = n->hedge == HEDGE_NONE && !n->range && n->kind != NOTATION_ORDINAL && n->kind != NOTATION_YEAR &&
                 n->kind != NOTATION_FRACTION && n->kind != NOTATION_MULTIPLE;
    if (!plain || !behind)
        return 0;
    for (const char *rest = behind; rest < end; rest++)
        if (is_digit(*rest))
            return 0;
    return (size_t)(behind - text.ptr);
}

static void learn_value(struct learning *l, size_t at)
{
    size_t figure = l->figure_at[at];
    const struct scan_value *value = &l->scan->values[at];
    if (!figure)
        return;
    if (value->type == SCAN_NUMBER && is_plain_number(scan_raw(l->scan, at))) {
        add_hole(l, at, HOLE_NUMBER, l->numbers.count);
    } else {
        size_t length = value->type == SCAN_STRING ? printed_length(l, at, &l->dataset->figures[figure - 1]) : 0;
        if (!length)
            return;
        struct skeleton_hole *hole = add_hole(l, at, HOLE_PRINTED, l->numbers.count);
        hole->start++;
        hole->end = hole->start + length;
    }
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
            learn_metadata(l, name, key + 1);
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
            learn_metadata(l, name, key + 1);
    }
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
    learn_head(&l);
    struct skeleton *skeleton = ARENA_NEW(arena, struct skeleton);
    *skeleton = (struct skeleton){.text = dataset->scan.source->bytes,
                                  .holes = l.holes.items,
                                  .hole_count = l.holes.count,
                                  .dims = l.dims.items,
                                  .dim_count = l.dims.count,
                                  .steps = ARENA_ARRAY(arena, struct skeleton_step, l.holes.count + 1),
                                  .figures = l.numbers.items,
                                  .number_count = l.numbers.count,
                                  .decimal_mark = l.decimal_mark};
    for (size_t i = 0; i < l.holes.count; i++)
        l.holes.items[i].open = hole_is_number(&l.holes.items[i]);
    return skeleton;
}

void skeleton_close_number(struct skeleton *skeleton, size_t number)
{
    for (size_t i = 0; i < skeleton->hole_count; i++)
        if (hole_is_number(&skeleton->holes[i]) && skeleton->holes[i].index == number)
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

static const char *skip_word(const char *at, const char *end, struct str word)
{
    return str_starts((struct str){at, (size_t)(end - at)}, word) ? at + word.len : NULL;
}

static const char *read_value(const struct skeleton *skeleton, const char *at, const char *end,
                              struct plain_number *out)
{
    if (!skeleton->nulls || at == end || *at != 'n')
        return read_number(at, end, out);
    *out = (struct plain_number){.missing = true};
    return skip_word(at, end, STR("null"));
}

/* scalar = string / number / "true" / "false" / "null", as RFC 8259 has them. */
static const char *skip_scalar(const char *at, const char *end)
{
    struct plain_number ignored;
    if (at == end)
        return NULL;
    switch (*at) {
    case '"':
        return scan_string_end(at, end);
    case 't':
        return skip_word(at, end, STR("true"));
    case 'f':
        return skip_word(at, end, STR("false"));
    case 'n':
        return skip_word(at, end, STR("null"));
    default:
        return read_number(at, end, &ignored);
    }
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
            at = read_value(skeleton, at, end, &numbers[step->hole->index]);
            break;
        case HOLE_PRINTED:
            at = read_printed(at, end, skeleton->decimal_mark, &numbers[step->hole->index]);
            break;
        case HOLE_SCALAR:
            at = skip_scalar(at, end);
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

/* May what stands in the hole be why texts begin to differ there? Two texts have a quote in common, two numbers may
 * have all but the end. */
static bool may_differ_at(const struct skeleton *skeleton, const struct skeleton_hole *hole, size_t place)
{
    bool text = skeleton->text.ptr[hole->start] == '"';
    return !hole->open && !hole_is_number(hole) && place >= hole->start + (hole->kind != HOLE_SCALAR) &&
           place < hole->end + !text && !(hole->kind == HOLE_DIM && skeleton->dims[hole->index].pinned);
}

/* Opens the hole that the place lies in. */
static bool open_at(struct skeleton *skeleton, size_t place)
{
    size_t low = 0, high = skeleton->hole_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (skeleton->holes[middle].end < place)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < skeleton->hole_count && !may_differ_at(skeleton, &skeleton->holes[low], place))
        if (skeleton->holes[low++].start > place)
            return false;
    if (low == skeleton->hole_count)
        return false;
    struct skeleton_hole *hole = &skeleton->holes[low];
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
