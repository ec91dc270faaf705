/* The claims of tables as rules: so that they are judged and shown as any other. */
#include "base/arena.h"
#include "check/table.h"

static const struct {
    struct str rule, check;
    enum finding_kind kind;
} claims[TABLE_CLAIM_COUNT] = {
    [TABLE_SUM] = {STR_INIT("crossfoot/table-total"), STR_INIT("sum(part over line) = total"), KIND_SUM},
    [TABLE_PARTS_OF] = {STR_INIT("crossfoot/table-part"), STR_INIT("sum(part over line) <= total"), KIND_PART_OF},
    [TABLE_PART_OF] = {STR_INIT("crossfoot/table-part"), STR_INIT("part <= whole"), KIND_PART_OF},
    [TABLE_SHARE] = {STR_INIT("crossfoot/table-share"), STR_INIT("share(part; whole) = percent"), KIND_SHARE},
    [TABLE_SHARE_OF_SUM] = {STR_INIT("crossfoot/table-share"), STR_INIT("share(part; sum(item over line)) = percent"),
                            KIND_SHARE},
    [TABLE_GROWTH] = {STR_INIT("crossfoot/table-change"), STR_INIT("growth(old; new) = change"), KIND_GROWTH},
    [TABLE_DIFFERENCE] = {STR_INIT("crossfoot/table-change"), STR_INIT("new - old = change"), KIND_GROWTH},
};

static const struct expr *check_of(struct tabling *t, enum table_claim claim)
{
    struct expr_error error;
    if (!t->checks[claim])
        t->checks[claim] = expr_parse(t->c->dossier->arena, t->grid.draft->lexicon, claims[claim].check, &error);
    return t->checks[claim];
}

/* ---- slips ---- */

enum { MOST_DIGITS = 24 };

/* The digits of a whole number of units of `place`, a power of ten; their count, or 0 when they are too many. */
static size_t digits_of(struct arena *arena, struct number n, int place, char out[MOST_DIGITS])
{
    struct str text = number_write(arena, number_mul(arena, number_abs(arena, n), number_decimal(arena, 1, -place)));
    if (text.len > MOST_DIGITS || !number_is_whole(number_mul(arena, n, number_decimal(arena, 1, -place))))
        return 0;
    for (size_t i = 0; i < text.len; i++)
        out[i] = text.ptr[i];
    return text.len;
}

/* One digit left out of the longer makes the shorter. */
static bool is_one_less(const char *longer, const char *shorter, size_t count)
{
    size_t at = 0;
    while (at < count && longer[at] == shorter[at])
        at++;
    for (size_t i = at; i < count; i++)
        if (longer[i + 1] != shorter[i])
            return false;
    return true;
}

static bool is_mistyped(const char *a, const char *b, size_t count)
{
    size_t first = count, differ = 0;
    for (size_t i = 0; i < count; i++)
        if (a[i] != b[i]) {
            first = first < i ? first : i;
            differ++;
        }
    bool swapped = differ == 2 && a[first] == b[first + 1] && a[first + 1] == b[first];
    return swapped || (differ == 1 && count > 2);
}

enum table_slip table_slip(struct arena *arena, struct number meant, struct number printed)
{
    enum { FURTHEST = 3 };
    char a[MOST_DIGITS], b[MOST_DIGITS];
    int x = number_last_place(meant), y = number_last_place(printed), place = x < y ? x : y;
    for (int i = -FURTHEST; i <= FURTHEST; i++)
        if (number_equal(meant, number_mul(arena, printed, number_decimal(arena, 1, i))))
            return TABLE_SLIP_OF_SCALE;
    if (place < -MOST_DIGITS || number_sign(meant) != number_sign(printed))
        return number_equal(meant, number_neg(arena, printed)) ? TABLE_SLIP_OF_DIGITS : TABLE_SLIP_NONE;
    size_t n = digits_of(arena, meant, place < 0 ? place : 0, a),
           m = digits_of(arena, printed, place < 0 ? place : 0, b);
    if (!n || !m)
        return TABLE_SLIP_NONE;
    bool slip = n == m ? is_mistyped(a, b, n) : n == m + 1 ? is_one_less(a, b, m) : m == n + 1 && is_one_less(b, a, n);
    return slip ? TABLE_SLIP_OF_DIGITS : TABLE_SLIP_NONE;
}

/* ---- figures ---- */

/* What the headings of a number say: its place among the others, for people. */
static struct dims dims_of(struct arena *arena, const struct table_grid *grid, const struct table_value *value)
{
    const struct dim both[] = {{.name = STR_INIT("column"), .value = grid->columns[value->column].label},
                               {.name = STR_INIT("row"), .value = grid->rows[value->row].label}};
    struct dim *items = ARENA_ARRAY(arena, struct dim, 2);
    size_t count = 0;
    for (size_t i = 0; i < 2; i++)
        if (both[i].value.len)
            items[count++] = both[i];
    return (struct dims){items, count};
}

struct figure *table_figure(struct tabling *t, struct arena *arena, struct str name, const struct table_value *value)
{
    struct draft *draft = t->grid.draft;
    struct figure *figure = ARENA_NEW(arena, struct figure);
    *figure = (struct figure){
        .id = name,
        .notation = *value->notation,
        .unit = value->notation->noun,
        .dims = dims_of(arena, &t->grid, value),
        .place = document_place(&draft->document, value->start, value->end),
        .document = &draft->document,
        .text_start = value->start,
        .text_end = value->end,
    };
    figure->interval = notation_interval(arena, &figure->notation, t->c->dossier->options.rounding);
    return figure;
}

/* A number that stands in several roles is one figure: the part of a sum may be in the sum. */
static struct figure *known_figure(const struct binding *binding, const struct table_value *value)
{
    for (size_t i = 0; i < binding->reference_count; i++)
        for (size_t j = 0; j < binding->slots[i].count; j++)
            if (binding->slots[i].figures[j]->text_start == value->start)
                return binding->slots[i].figures[j];
    return NULL;
}

static void fill_slot(struct tabling *t, struct binding *binding, size_t at, const struct table_role *role)
{
    struct figure **figures = ARENA_ARRAY(t->c->scratch, struct figure *, role->count);
    for (size_t i = 0; i < role->count; i++) {
        struct figure *known = role->count > 1 && at == 0 ? NULL : known_figure(binding, role->values[i]);
        figures[i] = known ? known : table_figure(t, t->c->scratch, role->name, role->values[i]);
    }
    binding->slots[at] = (struct slot){figures, role->count};
}

/* The dims that all figures share. */
static struct dims common_dims(struct arena *arena, const struct binding *binding)
{
    struct dims first = binding->slots[0].figures[0]->dims;
    struct dim *items = ARENA_ARRAY(arena, struct dim, first.count);
    size_t count = 0;
    for (size_t d = 0; d < first.count; d++) {
        bool shared = true;
        for (size_t i = 0; i < binding->reference_count; i++)
            for (size_t j = 0; shared && j < binding->slots[i].count; j++) {
                const struct dim *dim = dims_find(binding->slots[i].figures[j]->dims, first.items[d].name);
                shared = dim && str_equal(dim->value, first.items[d].value);
            }
        if (shared)
            items[count++] = first.items[d];
    }
    return (struct dims){items, count};
}

static const struct concept *no_concept(const void *dossier, struct str id)
{
    (void)dossier;
    (void)id;
    return NULL;
}

void table_judge(struct tabling *t, enum table_claim claim, bool holds, enum severity severity,
                 const struct table_role *roles, size_t count)
{
    struct checking *c = t->c;
    if (holds && !check_wants(c, VERDICT_EXACT)) {
        c->findings->judged++;
        return;
    }
    const struct rule rule = {
        .id = claims[claim].rule, .check = check_of(t, claim), .severity = severity, .kind = claims[claim].kind};
    struct binder binder = binder_make(t->arena, &rule, c->dossier->options.rounding, no_concept, NULL);
    struct binding binding = binder_at(&binder, c->scratch, (struct dims){0});
    struct rule_tally ignored = {0};
    size_t before = c->findings->count;
    for (size_t i = 0; i < binding.reference_count; i++)
        for (size_t j = 0; j < count; j++)
            if (str_equal(binding.references[i].name->text, roles[j].name))
                fill_slot(t, &binding, i, &roles[j]);
    binding.complete = true;
    binding.context = common_dims(c->scratch, &binding);
    check_binding(c, &rule, &ignored, &binding);
    struct finding *added = c->findings->count > before ? &c->findings->items[before] : NULL;
    if (added && added->explained_by.len)
        added->severity = SEVERITY_NOTE;
}
