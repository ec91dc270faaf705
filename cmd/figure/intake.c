#include "figure/intake.h"

#include <string.h>

#include "base/arena.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct intake intake_start(struct dataset_reader *reader, const struct scan *scan)
{
    struct dataset *dataset = ARENA_NEW(reader->arena, struct dataset);
    *dataset = (struct dataset){
        .scan = *scan, .lang = reader->lang.len ? reader->lang : STR("fr"), .rounding = reader->rounding};
    return (struct intake){.reader = reader, .arena = reader->arena, .dataset = dataset, .scan = &dataset->scan};
}

void intake_reserve(struct intake *in, size_t count)
{
    if (count <= in->figures.room - in->figures.count)
        return;
    in->figures.room = in->figures.count + count;
    in->figures.items =
        arena_grow(in->arena, in->figures.items, in->figures.count, in->figures.room, sizeof *in->figures.items);
}

void intake_add(struct intake *in, const struct figure *figure)
{
    *LIST_ADD(in->arena, &in->figures) = *figure;
    in->dataset->missing += figure->missing;
}

struct dataset *intake_finish(struct intake *in)
{
    in->dataset->figures = in->figures.items;
    in->dataset->count = in->figures.count;
    return in->dataset;
}

bool intake_fail(struct intake *in, struct diag *diag, size_t at, const char *text)
{
    return diag_at(diag, in->scan->source, in->scan->values[at].start, "%s", text);
}

enum scan_type intake_type(const struct intake *in, size_t at) { return (enum scan_type)in->scan->values[at].type; }

struct str intake_text(const struct intake *in, size_t at)
{
    return at ? scan_text(in->arena, in->scan, at) : (struct str){0};
}

bool intake_wrong_type(struct intake *in, struct diag *diag, size_t at, struct str member, const char *expected)
{
    return diag_at(diag, in->scan->source, in->scan->values[at].start, "\"%.*s\" is %s; it should be %s",
                   STR_ARG(member), scan_type_name(intake_type(in, at)), expected);
}

bool intake_members(struct intake *in, struct diag *diag, size_t record, const struct member *table, size_t count,
                    void *out)
{
    const struct member_walk walk = {in->arena, in->scan, in->reader->problems};
    return members_find(&walk, record, table, count, out, diag);
}

/* ---- Dims ---- */

bool intake_dim_value(struct intake *in, struct diag *diag, size_t at, struct str *out)
{
    enum scan_type type = intake_type(in, at);
    if (type != SCAN_STRING && type != SCAN_NUMBER)
        return diag_at(diag, in->scan->source, in->scan->values[at].start,
                       "a dim is %s; it should be a text or a number", scan_type_name(type));
    *out = type == SCAN_STRING ? intake_text(in, at) : scan_raw(in->scan, at);
    return true;
}

bool intake_dims(struct intake *in, struct diag *diag, size_t at, struct dims *out)
{
    size_t count = 0;
    SCAN_MEMBERS (in->scan, at, key) {
        count++;
    }
    struct dim *items = ARENA_ARRAY(in->arena, struct dim, count);
    count = 0;
    SCAN_MEMBERS (in->scan, at, key) {
        items[count].name = intake_text(in, key);
        if (!intake_dim_value(in, diag, key + 1, &items[count++].value))
            return false;
    }
    struct str twice;
    dims_sort(items, count, &twice); /* the scanner has refused a name that stands twice */
    *out = (struct dims){items, count};
    return true;
}

bool intake_totals(struct intake *in, struct diag *diag, size_t at, struct totals *out)
{
    SCAN_MEMBERS (in->scan, at, key) {
        if (intake_type(in, key + 1) != SCAN_ARRAY)
            return intake_fail(in, diag, key + 1, "a dim's totals are a list of texts");
        SCAN_ELEMENTS (in->scan, key + 1, element) {
            if (intake_type(in, element) != SCAN_STRING)
                return intake_fail(in, diag, element, "a dim's totals are a list of texts");
            *LIST_ADD(in->arena, out) =
                (struct dim){.name = intake_text(in, key), .value = intake_text(in, element), .total = true};
        }
    }
    return true;
}

static bool is_total(const struct totals *totals, const struct dim *dim)
{
    for (size_t i = 0; i < totals->count; i++)
        if (str_equal(totals->items[i].name, dim->name) && str_equal(totals->items[i].value, dim->value))
            return true;
    return false;
}

struct dims intake_lay(struct arena *arena, const struct totals *totals, struct dims under, struct dims over)
{
    struct dims dims = dims_merge(arena, under, over);
    struct dim *marked = NULL;
    for (size_t i = 0; totals->count && i < dims.count; i++) {
        if (dims.items[i].total || !is_total(totals, &dims.items[i]))
            continue;
        if (!marked)
            marked = arena_copy(arena, dims.items, dims.count * sizeof *dims.items);
        marked[i].total = true;
    }
    return marked ? (struct dims){marked, dims.count} : dims;
}

/* ---- Precision ---- */

/* An end of a declared interval: a JSON number, a decimal as text, or null for none. */
static bool read_end(struct intake *in, struct diag *diag, size_t interval, const char *member, struct end *out)
{
    size_t at = scan_member(in->arena, in->scan, interval, str_from(member));
    char open[16] = {0};
    strcat(strcat(open, member), "_open");
    size_t open_at = scan_member(in->arena, in->scan, interval, str_from(open));
    if (open_at && intake_type(in, open_at) != SCAN_TRUE && intake_type(in, open_at) != SCAN_FALSE)
        return intake_wrong_type(in, diag, open_at, str_from(open), "true or false");
    *out = (struct end){.open = open_at && intake_type(in, open_at) == SCAN_TRUE};
    if (!at || intake_type(in, at) == SCAN_NULL) {
        *out = (struct end){.infinite = true, .open = true};
        return true;
    }
    const char *why;
    bool text = intake_type(in, at) == SCAN_STRING;
    if (!text && intake_type(in, at) != SCAN_NUMBER)
        return intake_wrong_type(in, diag, at, str_from(member), "a number, a decimal as text, or null");
    if (!number_read(in->arena, text ? intake_text(in, at) : scan_raw(in->scan, at), &out->at, &why))
        return diag_at(diag, in->scan->source, in->scan->values[at].start, "\"%s\": %s", member, why);
    return true;
}

static bool read_interval(struct intake *in, struct diag *diag, size_t at, struct interval *out)
{
    if (!read_end(in, diag, at, "low", &out->low) || !read_end(in, diag, at, "high", &out->high))
        return false;
    return !interval_is_empty(*out) ||
           intake_fail(in, diag, at, "this interval is empty: its low end is above its high end");
}

static bool read_decimals(struct intake *in, struct diag *diag, size_t at, int *out)
{
    struct number places;
    const char *why;
    if (intake_type(in, at) != SCAN_NUMBER || !number_read(in->arena, scan_raw(in->scan, at), &places, &why) ||
        !number_is_whole(places) || places.big ||
        number_compare(number_abs(in->arena, places), number_int(MAX_DECIMALS)) > 0)
        return intake_wrong_type(in, diag, at, STR("decimals"), "a whole number from -100 to 100");
    *out = (int)places.mantissa;
    for (int i = 0; i < places.exponent; i++)
        *out *= 10;
    return true;
}

bool intake_precision(struct intake *in, struct diag *diag, size_t decimals, size_t exact, size_t interval,
                      struct precision *out)
{
    out->has_decimals = decimals;
    if (decimals && !read_decimals(in, diag, decimals, &out->decimals))
        return false;
    out->exact = exact && intake_type(in, exact) == SCAN_TRUE;
    out->has_interval = interval;
    return !interval || read_interval(in, diag, interval, &out->interval);
}

/* A declared interval is in the unit that the dataset names: with "k€", its ends are thousands of euros. Decimals are
 * those of the whole value, as in XBRL. */
static void set_interval(struct intake *in, const struct precision *precision, struct str unit, struct figure *figure)
{
    struct unit ignored;
    struct number scale = number_int(1);
    if (precision->has_interval && unit.len && !lexicon_unit(in->lexicon, unit, &ignored, &scale))
        scale = number_int(1);
    struct notation *notation = &figure->notation;
    if (precision->has_decimals) {
        notation->half = number_decimal(in->arena, 5, -precision->decimals - 1);
        notation->step = number_decimal(in->arena, 1, -precision->decimals);
    }
    figure->declared = precision->has_interval || precision->exact;
    figure->interval = precision->has_interval ? interval_scale(in->arena, precision->interval, scale)
                       : precision->exact      ? interval_point(notation->value)
                                               : notation_interval(in->arena, notation, in->dataset->rounding);
}

bool intake_status(struct intake *in, struct diag *diag, size_t at)
{
    static const char *const known[] = {"final", "provisional", "estimated", "revised"};
    for (size_t i = 0; at && i < COUNT_OF(known); i++)
        if (str_equal(intake_text(in, at), str_from(known[i])))
            return true;
    return !at || intake_fail(in, diag, at, "\"status\" should be final, provisional, estimated or revised");
}

bool intake_rounding(struct intake *in, struct diag *diag, size_t at)
{
    enum rounding said;
    if (!at)
        return true;
    if (!rounding_from_name(intake_text(in, at), &said))
        return intake_fail(in, diag, at, "\"rounding\" should be nearest, half-even, truncation, floor or ceiling");
    if (!in->reader->force_rounding)
        in->dataset->rounding = said;
    return true;
}

/* ---- Values ---- */

/* What publishers write where there is no figure. */
static bool says_missing(struct str text)
{
    static const char *const words[] = {"",   "n.d.", "nd",  "n.d", "N.D.", "ND", "n/a", "N/A", "n.a.",
                                        "NA", "na",   "///", "…",   "...",  "-",  "–",   "—"};
    struct str trimmed = str_trim(text);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_equal(trimmed, str_from(words[i])))
            return true;
    return false;
}

static bool read_notation(struct intake *in, struct diag *diag, size_t at, struct str unit, struct notation *out)
{
    size_t start = in->scan->values[at].start;
    const char *why = NULL;
    bool ok;
    if (intake_type(in, at) == SCAN_NUMBER) {
        ok = notation_of_number(in->arena, in->lexicon, scan_raw(in->scan, at), unit, out, &why);
    } else {
        ok = notation_read(in->arena, in->lexicon, scan_text(in->arena, in->scan, at), out, &why);
        if (ok && unit.len && !notation_set_unit(in->arena, in->lexicon, out, unit))
            return diag_at(diag, in->scan->source, start, "the value has a unit of its own, which is not \"%.*s\"",
                           STR_ARG(unit));
    }
    return ok || diag_at(diag, in->scan->source, start, "%.*s is no number: %s", STR_ARG(scan_raw(in->scan, at)), why);
}

/* A text may go on behind the number ("946 commerces soutenus"): the place is that of the number, which is what a
 * reader must look at. A text with escapes is left whole. */
static void narrow_place(const struct intake *in, struct figure *figure)
{
    const struct scan_value *value = &in->scan->values[figure->value_at];
    struct str printed = figure->notation.text;
    const char *text = in->scan->source->bytes.ptr + value->start + 1;
    if (value->type != SCAN_STRING || value->escaped || printed.ptr < text || printed.len > value->end - value->start)
        return;
    figure->place.start = (size_t)(printed.ptr - in->scan->source->bytes.ptr);
    figure->place.end = figure->place.start + printed.len;
}

bool intake_value(struct intake *in, struct diag *diag, size_t at, struct str unit, const struct precision *precision,
                  struct figure *figure)
{
    const struct scan_value *value = &in->scan->values[at];
    bool quoted = value->type == SCAN_STRING;
    figure->place = (struct place){in->scan->source, value->start + quoted, value->end - quoted};
    figure->value_at = at;
    figure->unit = unit;
    figure->missing = value->type == SCAN_NULL || (quoted && says_missing(scan_text(in->arena, in->scan, at)));
    if (figure->missing)
        return true;
    if (!quoted && value->type != SCAN_NUMBER)
        return intake_wrong_type(in, diag, at, figure->id, "a number, a text or null");
    if (!read_notation(in, diag, at, unit, &figure->notation))
        return false;
    narrow_place(in, figure);
    if (!unit.len)
        figure->unit = figure->notation.unit.symbol.len ? figure->notation.unit.symbol : figure->notation.noun;
    set_interval(in, precision, unit, figure);
    return true;
}
