#include "figure/dataset.h"

#include "base/arena.h"
#include "figure/intake.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* Where the members of a figure stand; 0: not there. Those that only other programs and patterns read share `other`. */
struct figure_members {
    size_t id, label, value, unit, dims, status, decimals, exact, interval, other;
};
#define FIGURE(field, text, types, expected) MEMBER(struct figure_members, field, text, types, expected)

static const struct member figure_members[] = {
    FIGURE(id, "id", MEMBER_TEXT, "a text"),
    FIGURE(label, "label", MEMBER_TEXT, "a text"),
    FIGURE(value, "value", MEMBER_TEXT | MEMBER_NUMBER | MEMBER_NULL, "a number, a text or null"),
    FIGURE(unit, "unit", MEMBER_TEXT, "a text"),
    FIGURE(dims, "dims", MEMBER_OBJECT, "an object of texts"),
    FIGURE(other, "source", MEMBER_TEXT | MEMBER_OBJECT, "a text or an object"),
    FIGURE(other, "note", MEMBER_TEXT, "a text"),
    FIGURE(status, "status", MEMBER_TEXT, "final, provisional, estimated or revised"),
    {STR_INIT("names"), MEMBER_LIST, "a list of texts", offsetof(struct figure_members, other), MEMBER_TEXT, {0}},
    {STR_INIT("was"), MEMBER_LIST, "a list of objects with a \"value\"", offsetof(struct figure_members, other),
     MEMBER_OBJECT, STR_INIT("value")},
    FIGURE(other, "role", MEMBER_TEXT, "a text"),
    FIGURE(other, "quote", MEMBER_TEXT, "a text"),
    FIGURE(decimals, "decimals", MEMBER_NUMBER, "a whole number from -100 to 100"),
    FIGURE(exact, "exact", MEMBER_TRUTH, "true or false"),
    FIGURE(interval, "interval", MEMBER_OBJECT, "an object with low and high"),
    FIGURE(other, "anchor", MEMBER_ANY, ""),
    FIGURE(other, "ignore", MEMBER_ANY, ""),
    FIGURE(other, "meta", MEMBER_ANY, ""),
};

struct head_members {
    size_t name, lang, dims, rounding, totals, figures, status, other;
};
#define HEAD(field, text, types, expected) MEMBER(struct head_members, field, text, types, expected)

static const struct member head_members[] = {
    HEAD(name, "dataset", MEMBER_TEXT, "a text"),
    HEAD(other, "title", MEMBER_TEXT, "a text"),
    HEAD(lang, "lang", MEMBER_TEXT, "a language: \"fr\", \"en\""),
    HEAD(dims, "dims", MEMBER_OBJECT, "an object of texts"),
    HEAD(rounding, "rounding", MEMBER_TEXT, "nearest, half-even, truncation, floor or ceiling"),
    HEAD(totals, "totals", MEMBER_OBJECT, "an object of lists of texts"),
    HEAD(figures, "figures", MEMBER_LIST | MEMBER_OBJECT, "a list or an object"),
    HEAD(other, "source", MEMBER_TEXT | MEMBER_OBJECT, "a text or an object"),
    HEAD(other, "note", MEMBER_TEXT, "a text"),
    HEAD(status, "status", MEMBER_TEXT, "final, provisional, estimated or revised"),
    HEAD(other, "$schema", MEMBER_TEXT, "a text"),
    HEAD(other, "meta", MEMBER_ANY, ""),
};

/* An object of "figures"; `id` is its key in the short form, else empty. */
static bool read_figure(struct intake *in, struct diag *diag, size_t record, struct str id, struct figure *figure)
{
    struct figure_members m = {0};
    struct precision precision = {0};
    struct dims dims = {0};
    if (!intake_members(in, diag, record, figure_members, COUNT_OF(figure_members), &m))
        return false;
    *figure = (struct figure){.id = m.id ? intake_text(in, m.id) : id,
                              .label = intake_text(in, m.label),
                              .dataset = in->dataset,
                              .record_at = record};
    if (!figure->id.len)
        return intake_fail(in, diag, m.id ? m.id : record, "a figure needs an \"id\"");
    if (!m.value)
        return intake_fail(in, diag, record, "a figure needs a \"value\" (null says that there is none)");
    if (!intake_status(in, diag, m.status) || (m.dims && !intake_dims(in, diag, m.dims, &dims)) ||
        !intake_precision(in, diag, m.decimals, m.exact, m.interval, &precision))
        return false;
    figure->dims = dims.count ? intake_lay(in->arena, &in->totals, in->dataset->dims, dims) : in->dataset->dims;
    return intake_value(in, diag, m.value, intake_text(in, m.unit), &precision, figure);
}

/* The short form: {"shops": "946 commerces soutenus"}. */
static bool read_short(struct intake *in, struct diag *diag, size_t key, struct figure *figure)
{
    if (intake_type(in, key + 1) == SCAN_OBJECT)
        return read_figure(in, diag, key + 1, intake_text(in, key), figure);
    const struct precision none = {0};
    *figure = (struct figure){
        .id = intake_text(in, key), .dataset = in->dataset, .dims = in->dataset->dims, .record_at = FIGURE_NO_RECORD};
    if (!figure->id.len)
        return intake_fail(in, diag, key, "a figure needs a name");
    if (!intake_value(in, diag, key + 1, (struct str){0}, &none, figure))
        return false;
    figure->label = figure->notation.noun;
    return true;
}

/* Adds what was read. A figure that was refused keeps its id and has no value, so that rules which name it are
 * unchecked and not in error: one fault, one message. */
static void add_read(struct intake *in, struct diag *diag, bool ok, size_t at, struct figure *figure)
{
    if (!ok) {
        const struct scan_value *value = &in->scan->values[at];
        bool reached = figure->place.source != NULL; /* its value was what is wrong */
        *figure = (struct figure){.id = figure->id,
                                  .dims = figure->dims,
                                  .dataset = in->dataset,
                                  .missing = true,
                                  .record_at = figure->record_at,
                                  .value_at = reached ? figure->value_at : at,
                                  .place = reached ? figure->place
                                                   : (struct place){in->scan->source, value->start, value->end}};
    }
    if (figure->id.len)
        intake_add(in, figure);
    problems_take(in->reader->problems, diag);
}

static void read_list(struct intake *in, size_t at)
{
    size_t elements = 0;
    SCAN_ELEMENTS (in->scan, at, counted)
        elements++;
    intake_reserve(in, elements);
    struct diag diag = {.arena = in->arena};
    SCAN_ELEMENTS (in->scan, at, element) {
        struct figure figure = {0};
        if (intake_type(in, element) != SCAN_OBJECT) {
            intake_wrong_type(in, &diag, element, STR("figures"), "a list of objects");
            problems_take(in->reader->problems, &diag);
        } else if (scan_member(in->arena, in->scan, element, STR("grid"))) {
            intake_grid(in, element);
        } else {
            bool ok = read_figure(in, &diag, element, (struct str){0}, &figure);
            add_read(in, &diag, ok, element, &figure);
        }
    }
}

static void read_figures(struct intake *in, size_t at)
{
    struct diag diag = {.arena = in->arena};
    if (intake_type(in, at) == SCAN_ARRAY) {
        read_list(in, at);
        return;
    }
    SCAN_MEMBERS (in->scan, at, key) {
        struct figure figure = {0};
        bool ok = read_short(in, &diag, key, &figure);
        add_read(in, &diag, ok, key + 1, &figure);
    }
}

/* The head of a dataset: all but its figures. False when they cannot be read: the language is unknown, say. */
static bool read_head(struct intake *in, struct diag *diag, size_t at, const struct head_members *m)
{
    struct dataset *dataset = in->dataset;
    struct diag unknown = {.arena = in->arena};
    dataset->name = intake_text(in, m->name);
    if (m->lang)
        dataset->lang = intake_text(in, m->lang);
    if (!intake_status(in, diag, m->status) || (m->dims && !intake_dims(in, diag, m->dims, &dataset->dims)) ||
        (m->totals && !intake_totals(in, diag, m->totals, &in->totals)) || !intake_rounding(in, diag, m->rounding))
        return false;
    dataset->dims = intake_lay(in->arena, &in->totals, dataset->dims, (struct dims){0});
    in->lexicon = lexicons_get(in->reader->lexicons, dataset->lang, &unknown);
    return in->lexicon ||
           diag_message(diag, in->scan->source, in->scan->values[m->lang ? m->lang : at].start, unknown.message);
}

struct dataset *dataset_read(struct dataset_reader *reader, const struct scan *scan, size_t at)
{
    struct intake in = intake_start(reader, scan);
    struct diag diag = {.arena = reader->arena};
    struct head_members m = {0};
    if (intake_members(&in, &diag, at, head_members, COUNT_OF(head_members), &m) && read_head(&in, &diag, at, &m) &&
        m.figures)
        read_figures(&in, m.figures);
    problems_take(reader->problems, &diag);
    return intake_finish(&in);
}

struct dataset *dataset_of_figures(struct dataset_reader *reader, const struct scan *scan, size_t at)
{
    struct intake in = intake_start(reader, scan);
    struct diag diag = {.arena = reader->arena};
    in.lexicon = lexicons_get(reader->lexicons, in.dataset->lang, &diag);
    if (problems_take(reader->problems, &diag)) {
        if (intake_type(&in, at) == SCAN_ARRAY || intake_type(&in, at) == SCAN_OBJECT)
            read_figures(&in, at);
        else
            intake_wrong_type(&in, &diag, at, STR("figures"), "a list or an object");
    }
    problems_take(reader->problems, &diag);
    return intake_finish(&in);
}

bool dataset_is_one(struct arena *arena, const struct scan *scan, size_t at)
{
    return scan->values[at].type == SCAN_OBJECT && scan_member(arena, scan, at, STR("figures"));
}

bool figure_member(struct arena *arena, const struct figure *figure, struct str name, struct str *text, size_t *at)
{
    const struct scan *scan = &figure->dataset->scan;
    size_t record = figure->record_at;
    bool id = str_equal(name, STR("id")) && record != FIGURE_NO_RECORD;
    *at = str_equal(name, STR("value")) ? figure->value_at : 0;
    while (!*at && record != FIGURE_NO_RECORD) {
        struct str head = str_cut(&name, STR("."));
        size_t member = scan_member(arena, scan, record, head);
        if (!name.len)
            *at = member;
        record = name.len && member && scan->values[member].type == SCAN_OBJECT ? member : FIGURE_NO_RECORD;
    }
    /* The id of a grid's figures is the grid's name. */
    if (!*at && id)
        *at = scan_member(arena, scan, figure->record_at, STR("grid"));
    if (!*at)
        return false;
    enum scan_type type = (enum scan_type)scan->values[*at].type;
    *text = type == SCAN_STRING ? scan_text(arena, scan, *at) : scan_raw(scan, *at);
    return type == SCAN_STRING || type == SCAN_NUMBER;
}
