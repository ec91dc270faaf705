#include "batch/across_figure.h"

#include <string.h>

#include "base/arena.h"
#include "batch/across_series.h"
#include "check/describe.h"

/* Dims that say when, the likeliest first. */
static const struct str TIMES[] = {
    STR_INIT("period"), STR_INIT("year"),  STR_INIT("annee"),   STR_INIT("année"),     STR_INIT("exercice"),
    STR_INIT("date"),   STR_INIT("mois"),  STR_INIT("month"),   STR_INIT("jour"),      STR_INIT("day"),
    STR_INIT("time"),   STR_INIT("temps"), STR_INIT("quarter"), STR_INIT("trimestre"),
};

static bool is_time(struct str name)
{
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++)
        if (str_equal(name, TIMES[i]))
            return true;
    return false;
}

static const struct dim *dim_of_time(struct dims dims)
{
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
        const struct dim *dim = dims_find(dims, TIMES[i]);
        if (dim && !dim->total)
            return dim;
    }
    return NULL;
}

/* ---- dates in names ---- */

static bool is_digit(struct str s, size_t at) { return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9'; }

static unsigned digits_value(struct str s, size_t at, size_t count)
{
    unsigned value = 0;
    for (size_t i = at; i < at + count; i++)
        value = value * 10 + (unsigned)(s.ptr[i] - '0');
    return value;
}

/* Two digits from `low` to `high` at byte `at`. */
static bool is_part(struct str s, size_t at, unsigned low, unsigned high)
{
    if (!is_digit(s, at) || !is_digit(s, at + 1))
        return false;
    unsigned value = digits_value(s, at, 2);
    return value >= low && value <= high;
}

/* A part of a date behind byte `at`: glued, or behind one separator and no longer than two digits. 0: there is none,
 * else how many bytes it takes. */
static size_t next_part(struct str s, size_t at, bool glued, unsigned high)
{
    bool separated = !glued && at < s.len && (s.ptr[at] == '-' || s.ptr[at] == '_' || s.ptr[at] == '/');
    size_t from = at + separated;
    if ((!glued && !separated) || !is_part(s, from, 1, high))
        return 0;
    return glued || !is_digit(s, from + 2) ? from + 2 - at : 0;
}

/* The date whose year starts at byte `at`; *end is behind it. Empty when none does. */
static struct str date_at(struct arena *arena, struct str s, size_t at, size_t *end)
{
    enum { FIRST_YEAR = 1800, LAST_YEAR = 2199 };
    size_t run = 0;
    while (is_digit(s, at + run))
        run++;
    *end = at + run;
    bool fits = run == 4 || ((run == 6 || run == 8) && next_part(s, at + 4, true, 12));
    unsigned year = fits ? digits_value(s, at, 4) : 0;
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return (struct str){0};
    bool glued = run > 4;
    size_t month = next_part(s, at + 4, glued, 12), day = 0;
    if (month)
        day = next_part(s, at + 4 + month, glued, 31);
    *end = at + 4 + month + day;
    struct str parts[] = {str_part(s, at, at + 4), str_part(s, at + 2 + month, at + 4 + month),
                          str_part(s, *end - 2, *end)};
    if (day)
        return str_format(arena, "%.*s-%.*s-%.*s", STR_ARG(parts[0]), STR_ARG(parts[1]), STR_ARG(parts[2]));
    if (month)
        return str_format(arena, "%.*s-%.*s", STR_ARG(parts[0]), STR_ARG(parts[1]));
    return str_copy(arena, parts[0]);
}

/* The name without what numbers an element: "x.ndjson:2019", "x.json[2019]". */
static struct str without_number(struct str name)
{
    size_t end = name.len - (name.len && name.ptr[name.len - 1] == ']'), at = end;
    while (at && is_digit(name, at - 1))
        at--;
    bool numbers = at && at < end && (name.ptr[at - 1] == ':' || name.ptr[at - 1] == '[' || name.ptr[at - 1] == '#');
    return numbers ? str_part(name, 0, at - 1) : name;
}

struct str across_date_in_name(struct arena *arena, struct str name)
{
    struct str found = {0};
    name = without_number(name);
    for (size_t at = 0, end; at < name.len; at = end) {
        end = at + 1;
        if (!is_digit(name, at))
            continue;
        struct str date = date_at(arena, name, at, &end);
        if (date.len)
            found = date;
    }
    return found;
}

static struct str edition_of(struct arena *arena, const struct dataset *dataset)
{
    const struct dim *edition = dims_find(dataset->dims, STR("edition")), *time = dim_of_time(dataset->dims);
    if (edition && !edition->total)
        return str_copy(arena, edition->value);
    if (time && !str_equal(time->value, STR("*")))
        return str_copy(arena, time->value);
    struct str date = across_date_in_name(arena, dataset->name);
    return date.len ? date : across_date_in_name(arena, dataset->scan.source->name);
}

/* ---- the figure ---- */

/* A reference ("habitants", "role": "reference") holds for all periods of its edition, and is another in the next. */
static bool is_reference(struct arena *arena, const struct figure *figure)
{
    struct str role;
    size_t at;
    return figure_member(arena, figure, STR("role"), &role, &at) && str_equal(role, STR("reference"));
}

/* Its dims but the edition, with the period that it has of its edition where it has none of its own. */
static void set_dims(struct arena *arena, const struct figure *figure, struct member_figure *out)
{
    const struct dim *time = dim_of_time(figure->dims);
    if (time && str_equal(time->value, STR("*")) && out->edition.len && is_reference(arena, figure))
        time = NULL;
    size_t count = 0;
    struct dim *dims = ARENA_ARRAY(arena, struct dim, figure->dims.count + 1);
    for (size_t i = 0; i < figure->dims.count; i++)
        if (!figure->dims.items[i].total && !str_equal(figure->dims.items[i].name, STR("edition")) &&
            (time || !is_time(figure->dims.items[i].name)))
            dims[count++] = figure->dims.items[i];
    if (!time && out->edition.len)
        dims[count++] = (struct dim){.name = STR("period"), .value = out->edition};
    out->time = time ? str_copy(arena, time->name) : out->edition.len ? STR("period") : STR("");
    out->period = time ? str_copy(arena, time->value) : out->edition;
    struct str twice;
    dims_sort(dims, count, &twice);
    out->dims = ARENA_ARRAY(arena, struct finding_dim, count);
    out->dim_count = count;
    for (size_t i = 0; i < count; i++)
        out->dims[i] = (struct finding_dim){str_copy(arena, dims[i].name), str_copy(arena, dims[i].value)};
}

/* "count", "money EUR", "measure EUR m2-1": equal ones can be compared. */
static struct str measure_of(struct arena *arena, struct unit unit)
{
    struct buf out = {.arena = arena};
    buf_add(&out, unit_kind_name(unit.kind));
    for (size_t i = 0; i < unit.base_count; i++) {
        const struct unit_base *base = &unit.bases[i];
        buf_addf(&out, " %.*s", (int)strnlen(base->name, sizeof base->name), base->name);
        if (base->power != 1)
            buf_addf(&out, "%d", base->power);
    }
    return buf_str(&out);
}

static struct finding_number number_of(struct arena *arena, struct end end)
{
    struct str exact = end.infinite ? STR("") : number_write(arena, end.at);
    return (struct finding_number){exact, exact};
}

/* The values that a value of "was" allows, in the figure's unit. False when it has none, or another unit. */
static bool former_values(const struct across_maker *maker, const struct figure *figure, const struct lexicon *lexicon,
                          size_t at, struct finding_interval *out)
{
    struct arena *arena = maker->arena;
    const struct scan *scan = &figure->dataset->scan;
    struct notation notation;
    struct unit joined, to = figure->notation.unit;
    struct str unit = {0};
    size_t unit_at;
    const char *why;
    bool read = false;
    figure_member(arena, figure, STR("unit"), &unit, &unit_at);
    if (scan->values[at].type == SCAN_NUMBER)
        read = notation_of_number(arena, lexicon, scan_raw(scan, at), unit, &notation, &why);
    else if (scan->values[at].type == SCAN_STRING)
        read = notation_read(arena, lexicon, scan_text(arena, scan, at), &notation, &why) &&
               (!unit.len || notation_set_unit(arena, lexicon, &notation, unit));
    if (!read || !unit_join(notation.unit, '=', to, &joined))
        return false;
    struct interval interval = notation_interval(arena, &notation, figure->dataset->rounding);
    interval = interval_scale(arena, interval, unit_conversion(arena, notation.unit, to));
    *out = (struct finding_interval){.low = number_of(arena, interval.low),
                                     .high = number_of(arena, interval.high),
                                     .low_open = interval.low.open,
                                     .high_open = interval.high.open};
    return true;
}

/* The values of "was", those that can be read in the figure's unit. */
static void set_was(const struct across_maker *maker, const struct figure *figure, struct member_figure *out)
{
    const struct scan *scan = &figure->dataset->scan;
    struct diag ignored = {.arena = maker->arena};
    struct str raw;
    size_t at;
    figure_member(maker->arena, figure, STR("was"), &raw, &at);
    const struct lexicon *lexicon = at ? lexicons_get(maker->lexicons, figure->dataset->lang, &ignored) : NULL;
    if (!lexicon || scan->values[at].type != SCAN_ARRAY)
        return;
    struct {
        struct finding_interval *items;
        size_t count, room;
    } was = {0};
    SCAN_ELEMENTS (scan, at, element) {
        struct finding_interval interval;
        size_t value =
            scan->values[element].type == SCAN_OBJECT ? scan_member(maker->arena, scan, element, STR("value")) : 0;
        if (value && former_values(maker, figure, lexicon, value, &interval))
            *LIST_ADD(maker->arena, &was) = interval;
    }
    out->was = was.items;
    out->was_count = was.count;
}

static bool is_revised(struct arena *arena, const struct figure *figure)
{
    const struct scan *scan = &figure->dataset->scan;
    struct str status;
    size_t at;
    if (!figure_member(arena, figure, STR("status"), &status, &at)) {
        at = scan->values[0].type == SCAN_OBJECT ? scan_member(arena, scan, 0, STR("status")) : 0;
        status = at && scan->values[at].type == SCAN_STRING ? scan_text(arena, scan, at) : STR("");
    }
    return str_equal(status, STR("revised"));
}

bool across_figure(const struct across_maker *maker, const struct figure *figure, struct member_figure *out)
{
    struct arena *arena = maker->arena;
    if (figure->missing || !figure->dataset)
        return false;
    struct str id = figure->id.len ? figure->id : figure->label;
    *out = (struct member_figure){.id = str_copy(arena, id),
                                  .edition = edition_of(arena, figure->dataset),
                                  .measure = measure_of(arena, figure->notation.unit),
                                  .factor = number_write(arena, figure->notation.unit.factor),
                                  .term = describe_figure(maker->locator, figure, id),
                                  .revised = is_revised(arena, figure),
                                  .cumulative = across_is_cumulative(arena, maker->series, figure)};
    set_dims(arena, figure, out);
    set_was(maker, figure, out);
    return true;
}
