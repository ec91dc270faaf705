#include "figure/dataset.h"

#include <limits.h>
#include <string.h>

#include "base/buf.h"

/* The members of a figure that mean something. Others are metadata, which patterns can read. */
static const char *const figure_members[] = {"id",       "label", "value",    "unit",   "dims",   "names",
                                             "source",   "note",  "status",   "was",    "role",   "quote",
                                             "decimals", "exact", "interval", "anchor", "ignore", "meta"};
static const char *const dataset_members[] = {"$schema",  "dataset", "title", "lang",   "dims",   "figures",
                                              "rounding", "source",  "note",  "totals", "status", "meta"};
#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* What is being read: the reader's and the dataset's state, together. */
struct reading {
    struct dataset_reader *reader;
    struct arena *arena;
    struct dataset *dataset;
    const struct scan *scan;
    const struct lexicon *lexicon;
    size_t totals; /* the "totals" member, or 0 */
    struct {
        struct figure *items;
        size_t count, room;
    } figures;
};

/* The members of a figure object, found in one walk. 0: not there. */
struct members {
    size_t id, label, value, unit, dims, status, decimals, exact, interval;
};

static bool fail(struct reading *r, struct diag *diag, size_t at, const char *text)
{
    return diag_at(diag, r->scan->source, r->scan->values[at].start, "%s", text);
}

static struct str text_of(struct reading *r, size_t at) { return scan_text(r->arena, r->scan, at); }

static enum scan_type type_of(struct reading *r, size_t at) { return (enum scan_type)r->scan->values[at].type; }

static bool wrong_type(struct reading *r, struct diag *diag, size_t at, const char *member, const char *expected)
{
    return diag_at(diag, r->scan->source, r->scan->values[at].start, "\"%s\" is %s; it should be %s", member,
                   scan_type_name(type_of(r, at)), expected);
}

static bool text_member(struct reading *r, struct diag *diag, size_t at, const char *member, struct str *out)
{
    if (!at)
        return true;
    if (type_of(r, at) != SCAN_STRING)
        return wrong_type(r, diag, at, member, "a text");
    *out = text_of(r, at);
    return true;
}

/* A name one or two letters off a known one is likely a slip; a short one must be closer. */
static void warn_misspelt(struct reading *r, size_t key, const char *const *known, size_t count)
{
    struct str name = text_of(r, key), nearest = {0};
    size_t best = name.len > 5 ? 3 : 2;
    for (size_t i = 0; i < count; i++) {
        size_t distance = str_distance(name, str_from(known[i]), 2);
        if (!distance)
            return;
        if (distance < best && name.len > 3) {
            best = distance;
            nearest = str_from(known[i]);
        }
    }
    if (nearest.len)
        problems_warn(r->reader->problems, r->scan->source, r->scan->values[key].start,
                      "unknown member \"%.*s\": did you mean \"%.*s\"?", STR_ARG(name), STR_ARG(nearest));
}

/* dims: {"period": "2024", "region": "*"}; a number is taken as it is written. */
static bool read_dims(struct reading *r, struct diag *diag, size_t at, struct dims *out)
{
    if (type_of(r, at) != SCAN_OBJECT)
        return wrong_type(r, diag, at, "dims", "an object of texts");
    size_t count = 0;
    SCAN_MEMBERS (r->scan, at, key) {
        count++;
    }
    struct dim *items = ARENA_ARRAY(r->arena, struct dim, count);
    count = 0;
    SCAN_MEMBERS (r->scan, at, key) {
        enum scan_type type = type_of(r, key + 1);
        if (type != SCAN_STRING && type != SCAN_NUMBER)
            return diag_at(diag, r->scan->source, r->scan->values[key + 1].start,
                           "a dim is %s; it should be a text or a number", scan_type_name(type));
        items[count++] = (struct dim){.name = text_of(r, key),
                                      .value = type == SCAN_STRING ? text_of(r, key + 1) : scan_raw(r->scan, key + 1)};
    }
    struct str twice;
    dims_sort(items, count, &twice); /* the scanner has refused a name that stands twice */
    *out = (struct dims){items, count};
    return true;
}

/* Marks the values that `totals` ({"region": ["France"]}) declares to be the whole. */
static struct dims mark_totals(struct reading *r, size_t totals, struct dims dims)
{
    struct dim *marked = NULL;
    for (size_t i = 0; totals && i < dims.count; i++) {
        size_t list = scan_member(r->arena, r->scan, totals, dims.items[i].name);
        if (!list)
            continue;
        SCAN_ELEMENTS (r->scan, list, at) {
            if (type_of(r, at) != SCAN_STRING || !str_equal(text_of(r, at), dims.items[i].value))
                continue;
            if (!marked)
                marked = arena_copy(r->arena, dims.items, dims.count * sizeof *dims.items);
            marked[i].total = true;
        }
    }
    return marked ? (struct dims){marked, dims.count} : dims;
}

static bool check_totals(struct reading *r, struct diag *diag, size_t at)
{
    if (type_of(r, at) != SCAN_OBJECT)
        return wrong_type(r, diag, at, "totals", "an object of lists of texts");
    SCAN_MEMBERS (r->scan, at, key) {
        if (type_of(r, key + 1) != SCAN_ARRAY)
            return fail(r, diag, key + 1, "a dim's totals are a list of texts");
        SCAN_ELEMENTS (r->scan, key + 1, element)
            if (type_of(r, element) != SCAN_STRING)
                return fail(r, diag, element, "a dim's totals are a list of texts");
    }
    return true;
}

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

/* An end of a declared interval: a JSON number, a decimal as text, or null for none. */
static bool read_end(struct reading *r, struct diag *diag, size_t interval, const char *member, struct end *out)
{
    size_t at = scan_member(r->arena, r->scan, interval, str_from(member));
    char open[16] = {0};
    strcat(strcat(open, member), "_open");
    size_t open_at = scan_member(r->arena, r->scan, interval, str_from(open));
    if (open_at && type_of(r, open_at) != SCAN_TRUE && type_of(r, open_at) != SCAN_FALSE)
        return wrong_type(r, diag, open_at, open, "true or false");
    *out = (struct end){.open = open_at && type_of(r, open_at) == SCAN_TRUE};
    if (!at || type_of(r, at) == SCAN_NULL) {
        *out = (struct end){.infinite = true, .open = true};
        return true;
    }
    const char *why;
    if (type_of(r, at) != SCAN_NUMBER && type_of(r, at) != SCAN_STRING)
        return wrong_type(r, diag, at, member, "a number, a decimal as text, or null");
    if (!number_read(r->arena, type_of(r, at) == SCAN_STRING ? text_of(r, at) : scan_raw(r->scan, at), &out->at, &why))
        return diag_at(diag, r->scan->source, r->scan->values[at].start, "\"%s\": %s", member, why);
    return true;
}

static bool declared_interval(struct reading *r, struct diag *diag, size_t at, struct figure *figure)
{
    if (type_of(r, at) != SCAN_OBJECT)
        return wrong_type(r, diag, at, "interval", "an object with low and high");
    struct interval interval;
    if (!read_end(r, diag, at, "low", &interval.low) || !read_end(r, diag, at, "high", &interval.high))
        return false;
    if (interval_is_empty(interval))
        return fail(r, diag, at, "this interval is empty: its low end is above its high end");
    figure->interval = interval;
    figure->declared = true;
    return true;
}

/* "decimals": -2 says that the value was rounded to hundreds, whatever its digits look like. */
static bool declared_decimals(struct reading *r, struct diag *diag, size_t at, struct notation *notation)
{
    struct number places;
    const char *why;
    if (type_of(r, at) != SCAN_NUMBER || !number_read(r->arena, scan_raw(r->scan, at), &places, &why) ||
        !number_is_whole(places) || places.big || number_compare(number_abs(r->arena, places), number_int(100)) > 0)
        return wrong_type(r, diag, at, "decimals", "a whole number from -100 to 100");
    int decimals = (int)places.mantissa;
    for (int i = 0; i < places.exponent; i++)
        decimals *= 10;
    notation->half = number_decimal(r->arena, 5, -decimals - 1);
    notation->step = number_decimal(r->arena, 1, -decimals);
    return true;
}

/* What the figure itself says of its interval wins over what its notation implies. */
static bool read_precision(struct reading *r, struct diag *diag, const struct members *m, struct figure *figure)
{
    if (m->decimals && !declared_decimals(r, diag, m->decimals, &figure->notation))
        return false;
    figure->interval = notation_interval(r->arena, &figure->notation, r->dataset->rounding);
    if (m->exact) {
        if (type_of(r, m->exact) != SCAN_TRUE && type_of(r, m->exact) != SCAN_FALSE)
            return wrong_type(r, diag, m->exact, "exact", "true or false");
        if (type_of(r, m->exact) == SCAN_TRUE) {
            figure->interval = interval_point(figure->notation.value);
            figure->declared = true;
        }
    }
    return !m->interval || declared_interval(r, diag, m->interval, figure);
}

/* A value: a JSON number, a text in published notation, or nothing (null, "n.d."). */
static bool read_value(struct reading *r, struct diag *diag, size_t at, struct str unit, struct figure *figure)
{
    const struct scan_value *value = &r->scan->values[at];
    bool quoted = value->type == SCAN_STRING;
    figure->place = (struct place){r->scan->source, value->start + quoted, value->end - quoted};
    figure->value_at = at;
    figure->unit = unit;
    const char *why = NULL;
    bool ok = false;
    if (value->type == SCAN_NULL || (quoted && says_missing(text_of(r, at)))) {
        figure->missing = true;
        return true;
    }
    if (value->type == SCAN_NUMBER) {
        ok = notation_of_number(r->arena, r->lexicon, scan_raw(r->scan, at), unit, &figure->notation, &why);
    } else if (quoted) {
        ok = notation_read(r->arena, r->lexicon, text_of(r, at), &figure->notation, &why);
        if (ok && unit.len && !notation_set_unit(r->arena, r->lexicon, &figure->notation, unit))
            return diag_at(diag, r->scan->source, value->start,
                           "the value has a unit of its own, which is not \"%.*s\"", STR_ARG(unit));
    } else {
        return wrong_type(r, diag, at, "value", "a number, a text or null");
    }
    if (!ok)
        return diag_at(diag, r->scan->source, value->start, "%.*s is no number: %s", STR_ARG(scan_raw(r->scan, at)),
                       why);
    if (!unit.len)
        figure->unit = figure->notation.unit.symbol.len ? figure->notation.unit.symbol : figure->notation.noun;
    return true;
}

static void find_members(struct reading *r, size_t record, struct members *m)
{
    const struct {
        struct str name;
        size_t *at;
    } wanted[] = {{STR("id"), &m->id},
                  {STR("label"), &m->label},
                  {STR("value"), &m->value},
                  {STR("unit"), &m->unit},
                  {STR("dims"), &m->dims},
                  {STR("status"), &m->status},
                  {STR("decimals"), &m->decimals},
                  {STR("exact"), &m->exact},
                  {STR("interval"), &m->interval}};
    SCAN_MEMBERS (r->scan, record, key) {
        struct str name = text_of(r, key);
        size_t i = 0;
        while (i < COUNT_OF(wanted) && !str_equal(wanted[i].name, name))
            i++;
        if (i < COUNT_OF(wanted))
            *wanted[i].at = key + 1;
        else
            warn_misspelt(r, key, figure_members, COUNT_OF(figure_members));
    }
}

static bool read_status(struct reading *r, struct diag *diag, size_t at)
{
    static const char *const known[] = {"final", "provisional", "estimated", "revised"};
    struct str status = {0};
    if (!text_member(r, diag, at, "status", &status))
        return false;
    for (size_t i = 0; at && i <= COUNT_OF(known); i++)
        if (i == COUNT_OF(known))
            return wrong_type(r, diag, at, "status", "final, provisional, estimated or revised");
        else if (str_equal(status, str_from(known[i])))
            break;
    return true;
}

/* An object of "figures"; `id` is its key in the short form, else empty. */
static bool read_figure(struct reading *r, struct diag *diag, size_t record, struct str id, struct figure *figure)
{
    struct members m = {0};
    struct str unit = {0};
    struct dims dims = {0};
    *figure = (struct figure){.id = id, .dataset = r->dataset, .record_at = record};
    find_members(r, record, &m);
    if (!text_member(r, diag, m.id, "id", &figure->id) || !text_member(r, diag, m.label, "label", &figure->label) ||
        !text_member(r, diag, m.unit, "unit", &unit) || !read_status(r, diag, m.status))
        return false;
    if (!figure->id.len)
        return fail(r, diag, m.id ? m.id : record, "a figure needs an \"id\"");
    if (!m.value)
        return fail(r, diag, record, "a figure needs a \"value\" (null says that there is none)");
    if (m.dims && !read_dims(r, diag, m.dims, &dims))
        return false;
    figure->dims = mark_totals(r, r->totals, dims_merge(r->arena, r->dataset->dims, dims));
    return read_value(r, diag, m.value, unit, figure) && (figure->missing || read_precision(r, diag, &m, figure));
}

/* The short form: {"shops": "946 commerces soutenus"}. */
static bool read_short(struct reading *r, struct diag *diag, size_t key, struct figure *figure)
{
    if (type_of(r, key + 1) == SCAN_OBJECT)
        return read_figure(r, diag, key + 1, text_of(r, key), figure);
    *figure = (struct figure){.id = text_of(r, key), .dataset = r->dataset, .dims = r->dataset->dims};
    if (!figure->id.len)
        return fail(r, diag, key, "a figure needs a name");
    struct members none = {0};
    if (!read_value(r, diag, key + 1, (struct str){0}, figure))
        return false;
    figure->label = figure->notation.noun;
    return figure->missing || read_precision(r, diag, &none, figure);
}

static void read_figures(struct reading *r, size_t at)
{
    struct diag diag = {.arena = r->arena};
    struct figure figure;
    if (type_of(r, at) == SCAN_ARRAY) {
        SCAN_ELEMENTS (r->scan, at, element) {
            if (type_of(r, element) != SCAN_OBJECT)
                wrong_type(r, &diag, element, "figures", "a list of objects");
            else if (read_figure(r, &diag, element, (struct str){0}, &figure))
                *LIST_ADD(r->arena, &r->figures) = figure;
            problems_take(r->reader->problems, &diag);
        }
    } else if (type_of(r, at) == SCAN_OBJECT) {
        SCAN_MEMBERS (r->scan, at, key) {
            if (read_short(r, &diag, key, &figure))
                *LIST_ADD(r->arena, &r->figures) = figure;
            problems_take(r->reader->problems, &diag);
        }
    } else {
        wrong_type(r, &diag, at, "figures", "a list or an object");
        problems_take(r->reader->problems, &diag);
    }
}

static bool read_rounding(struct reading *r, struct diag *diag, size_t at)
{
    struct str name = {0};
    if (!at || !text_member(r, diag, at, "rounding", &name))
        return !at;
    enum rounding said;
    if (!rounding_from_name(name, &said))
        return wrong_type(r, diag, at, "rounding", "nearest, half-even, truncation, floor or ceiling");
    if (!r->reader->force_rounding)
        r->dataset->rounding = said;
    return true;
}

const struct lexicon *dataset_lexicon(struct dataset_reader *reader, struct str lang, struct diag *diag)
{
    if (!reader->lexicons.arena)
        reader->lexicons.arena = reader->arena;
    const struct lexicon *lexicon = map_get(&reader->lexicons, lang);
    if (!lexicon && (lexicon = lexicon_load(reader->arena, lang, diag)))
        *map_put(&reader->lexicons, lang) = (void *)lexicon;
    return lexicon;
}

/* The head of a dataset: all but its figures. The index of "figures", or 0. */
static size_t read_head(struct reading *r, size_t at)
{
    size_t figures = 0, name = 0, lang = 0, dims = 0, rounding = 0;
    SCAN_MEMBERS (r->scan, at, key) {
        struct str member = text_of(r, key);
        size_t *where = str_equal(member, STR("figures"))    ? &figures
                        : str_equal(member, STR("dataset"))  ? &name
                        : str_equal(member, STR("lang"))     ? &lang
                        : str_equal(member, STR("dims"))     ? &dims
                        : str_equal(member, STR("rounding")) ? &rounding
                        : str_equal(member, STR("totals"))   ? &r->totals
                                                             : NULL;
        if (where)
            *where = key + 1;
        else
            warn_misspelt(r, key, dataset_members, COUNT_OF(dataset_members));
    }
    struct diag diag = {.arena = r->arena}, unknown = diag;
    struct dataset *dataset = r->dataset;
    if (text_member(r, &diag, name, "dataset", &dataset->name) && text_member(r, &diag, lang, "lang", &dataset->lang) &&
        (!dims || read_dims(r, &diag, dims, &dataset->dims)) && (!r->totals || check_totals(r, &diag, r->totals)) &&
        read_rounding(r, &diag, rounding)) {
        r->lexicon = dataset_lexicon(r->reader, dataset->lang, &unknown);
        if (!r->lexicon)
            diag_at(&diag, r->scan->source, r->scan->values[lang ? lang : at].start, "%.*s", STR_ARG(unknown.text));
    }
    problems_take(r->reader->problems, &diag);
    return figures;
}

static struct reading start(struct dataset_reader *reader, const struct scan *scan)
{
    struct dataset *dataset = ARENA_NEW(reader->arena, struct dataset);
    *dataset = (struct dataset){
        .scan = *scan, .lang = reader->lang.len ? reader->lang : STR("fr"), .rounding = reader->rounding};
    return (struct reading){.reader = reader, .arena = reader->arena, .dataset = dataset, .scan = &dataset->scan};
}

static struct dataset *finish(struct reading *r, size_t figures)
{
    if (figures && r->lexicon)
        read_figures(r, figures);
    r->dataset->figures = r->figures.items;
    r->dataset->count = r->figures.count;
    for (size_t i = 0; i < r->figures.count; i++)
        r->dataset->missing += r->figures.items[i].missing;
    return r->dataset;
}

struct dataset *dataset_read(struct dataset_reader *reader, const struct scan *scan, size_t at)
{
    struct reading r = start(reader, scan);
    return finish(&r, read_head(&r, at));
}

struct dataset *dataset_of_figures(struct dataset_reader *reader, const struct scan *scan, size_t at)
{
    struct reading r = start(reader, scan);
    struct diag diag = {.arena = reader->arena};
    r.lexicon = dataset_lexicon(reader, r.dataset->lang, &diag);
    problems_take(reader->problems, &diag);
    return finish(&r, at);
}

bool dataset_is_one(struct arena *arena, const struct scan *scan, size_t at)
{
    return scan->values[at].type == SCAN_OBJECT && scan_member(arena, scan, at, STR("figures"));
}

bool figure_member(struct arena *arena, const struct figure *figure, struct str name, struct str *text, size_t *at)
{
    const struct scan *scan = &figure->dataset->scan;
    *at = str_equal(name, STR("value")) ? figure->value_at : 0;
    size_t record = figure->record_at;
    while (!*at && record) {
        struct str head = str_cut(&name, STR("."));
        size_t member = scan_member(arena, scan, record, head);
        if (!name.len)
            *at = member;
        record = member && scan->values[member].type == SCAN_OBJECT ? member : 0;
        if (!name.len)
            break;
    }
    if (!*at)
        return false;
    enum scan_type type = (enum scan_type)scan->values[*at].type;
    *text = type == SCAN_STRING ? scan_text(arena, scan, *at) : scan_raw(scan, *at);
    return type == SCAN_STRING || type == SCAN_NUMBER;
}
