#include "batch/across_finding.h"

#include "base/arena.h"
#include "check/describe.h"

/* ---- records ---- */

void key_add_text(struct buf *key, struct str text)
{
    buf_add(key, text);
    buf_add_char(key, '\0');
}

void key_add_number(struct buf *key, size_t number)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        buf_add_char(key, (char)(unsigned char)((uint64_t)number >> shift));
}

struct str natural_key(struct arena *arena, struct str name)
{
    enum { LONGEST = 'z' - '0' };
    struct buf out = {.arena = arena};
    for (size_t i = 0, end; i < name.len; i = end) {
        end = i + 1;
        if (name.ptr[i] < '0' || name.ptr[i] > '9') {
            buf_add_char(&out, name.ptr[i]);
            continue;
        }
        while (end < name.len && name.ptr[end] >= '0' && name.ptr[end] <= '9')
            end++;
        while (i + 1 < end && name.ptr[i] == '0')
            i++;
        buf_add_char(&out, (char)('0' + (end - i < LONGEST ? end - i : LONGEST)));
        buf_add(&out, str_part(name, i, end));
    }
    return buf_str(&out);
}

static struct str series_key(struct arena *arena, const struct member_figure *figure)
{
    struct buf out = {.arena = arena};
    key_add_text(&out, figure->id);
    for (size_t i = 0; i < figure->dim_count; i++) {
        if (str_equal(figure->dims[i].name, figure->time))
            continue;
        key_add_text(&out, figure->dims[i].name);
        key_add_text(&out, figure->dims[i].value);
    }
    buf_add_char(&out, '\0');
    return buf_str(&out);
}

struct record printing_record(struct arena *arena, struct str member, const struct member_figure *figure,
                              struct str bytes)
{
    const struct finding_place *place = &figure->term.place;
    struct buf key = {.arena = arena}, body = {.arena = arena};
    struct wire wire = {.out = &body};
    buf_add(&key, series_key(arena, figure));
    size_t series = key.len;
    key_add_text(&key, natural_key(arena, figure->period));
    size_t period = key.len;
    key_add_text(&key, natural_key(arena, figure->edition));
    key_add_text(&key, natural_key(arena, member));
    key_add_text(&key, natural_key(arena, place->path));
    key_add_number(&key, place->start);
    wire_size(&wire, &series);
    wire_size(&wire, &period);
    wire_text(&wire, &member);
    buf_add(&body, bytes);
    return (struct record){buf_str(&key), buf_str(&body)};
}

static void read_prefixes(struct wire *wire, size_t *series, size_t *period)
{
    wire_size(wire, series);
    wire_size(wire, period);
}

static bool same_prefix(struct record a, struct record b, bool period)
{
    struct wire x = {.in = a.body}, y = {.in = b.body};
    size_t p[2], q[2];
    read_prefixes(&x, &p[0], &p[1]);
    read_prefixes(&y, &q[0], &q[1]);
    return p[period] == q[period] && str_equal(str_part(a.key, 0, p[period]), str_part(b.key, 0, q[period]));
}

bool same_series(struct record a, struct record b) { return same_prefix(a, b, false); }
bool same_period(struct record a, struct record b) { return same_prefix(a, b, true); }

/* "946", "2/3" */
static bool read_number(struct arena *arena, struct str text, struct number *out)
{
    const char *why;
    struct number divisor;
    struct str rest = text, first = str_cut(&rest, STR("/"));
    if (!number_read(arena, first, out, &why))
        return false;
    if (first.len == text.len)
        return true;
    if (!number_read(arena, rest, &divisor, &why) || !number_sign(divisor))
        return false;
    *out = number_div(arena, *out, divisor);
    return true;
}

static bool read_end(struct arena *arena, struct str text, bool open, struct end *out)
{
    *out = (struct end){.open = open || !text.len, .infinite = !text.len};
    return !text.len || read_number(arena, text, &out->at);
}

static bool read_interval(struct arena *arena, const struct finding_interval *interval, struct interval *out)
{
    return read_end(arena, interval->low.exact, interval->low_open, &out->low) &&
           read_end(arena, interval->high.exact, interval->high_open, &out->high);
}

bool printing_read(struct arena *arena, struct str body, struct printing *out)
{
    struct wire wire = {.in = body, .arena = arena};
    size_t series, period;
    struct number factor;
    out->body = body;
    read_prefixes(&wire, &series, &period);
    wire_text(&wire, &out->member);
    member_figure_wire(&wire, &out->figure);
    if (wire.failed || !read_number(arena, out->figure.factor, &factor) ||
        !read_number(arena, out->figure.term.value, &out->value) ||
        !read_interval(arena, &out->figure.term.interval, &out->own))
        return false;
    out->interval = interval_scale(arena, out->own, factor);
    return true;
}

/* ---- comparing ---- */

/* Counts, ordinals, durations and years meet as whole numbers, as in a check: 18 is as good as 18 months. */
static bool is_whole(struct str measure)
{
    static const struct str kinds[] = {STR_INIT("count"), STR_INIT("ordinal"), STR_INIT("duration"), STR_INIT("year")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(measure, kinds[i]))
            return true;
    return false;
}

/* The intervals of both in one unit. False when there is none. */
static bool in_one_unit(const struct printing *a, const struct printing *b, struct interval *p, struct interval *q)
{
    bool equal = str_equal(a->figure.measure, b->figure.measure);
    *p = equal ? a->interval : a->own;
    *q = equal ? b->interval : b->own;
    return equal || (is_whole(a->figure.measure) && is_whole(b->figure.measure));
}

bool printings_agree(const struct printing *a, const struct printing *b)
{
    struct interval p, q;
    return in_one_unit(a, b, &p, &q) && interval_meets(p, q);
}

bool printing_falls(struct arena *arena, const struct printing *a, const struct printing *b)
{
    struct interval p, q;
    return in_one_unit(a, b, &p, &q) && interval_is_below_zero(interval_sub(arena, q, p)) == TRUTH_TRUE;
}

bool printing_restates(struct arena *arena, const struct printing *later, const struct printing *earlier)
{
    for (size_t i = 0; i < later->figure.was_count; i++) {
        struct interval was;
        if (str_equal(later->figure.measure, earlier->figure.measure) &&
            str_equal(later->figure.factor, earlier->figure.factor) &&
            read_interval(arena, &later->figure.was[i], &was) && interval_meets(was, earlier->own))
            return true;
    }
    return false;
}

bool same_member(const struct printing *a, const struct printing *b) { return str_equal(a->member, b->member); }

bool printing_is_own(const struct printing *printing)
{
    return printing->figure.edition.len && str_equal(printing->figure.edition, printing->figure.period);
}

/* ---- telling ---- */

static struct finding_number shown_number(struct arena *arena, struct number number)
{
    enum { SHOWN_PLACES = 4 };
    bool exact;
    struct str shown = number_write_rounded(arena, number, SHOWN_PLACES, &exact), all = number_write(arena, number);
    return (struct finding_number){all, exact || !number_sign(number) ? all : shown};
}

/* Values, gap and bounds of two printings in the same unit. */
static void compare(struct arena *arena, const struct printing *a, const struct printing *b, struct finding *finding)
{
    const struct member_figure *f = &a->figure, *g = &b->figure;
    bool counted = str_equal(f->measure, STR("count"));
    if (!str_equal(f->measure, g->measure) || !str_equal(f->factor, g->factor))
        return;
    finding->compared = true;
    finding->left_value = shown_number(arena, a->value);
    finding->right_value = shown_number(arena, b->value);
    finding->gap = shown_number(arena, number_sub(arena, a->value, b->value));
    finding->left = a->figure.term.interval;
    finding->right = b->figure.term.interval;
    finding->bounds_unit = counted ? STR("") : f->term.unit;
    finding->gap_unit = str_equal(finding->bounds_unit, STR("%")) ? STR("pp") : finding->bounds_unit;
    finding->plain = str_starts(f->measure, STR("year"));
}

static bool has_dim(const struct member_figure *figure, const struct finding_dim *dim)
{
    for (size_t i = 0; i < figure->dim_count; i++)
        if (str_equal(figure->dims[i].name, dim->name) && str_equal(figure->dims[i].value, dim->value))
            return true;
    return false;
}

/* The dims that both have; a term has the others behind its name: "projects[period=2022]". */
static void set_context(struct arena *arena, const struct printing *older, const struct printing *newer,
                        struct finding *finding)
{
    const struct printing *printings[] = {older, newer};
    const struct member_figure *figure = &newer->figure;
    finding->context = ARENA_ARRAY(arena, struct finding_dim, figure->dim_count);
    for (size_t i = 0; i < figure->dim_count; i++)
        if (has_dim(&older->figure, &figure->dims[i]) && !str_equal(figure->dims[i].value, STR("*")))
            finding->context[finding->context_count++] = figure->dims[i];
    for (size_t i = 0; i < 2; i++) {
        const struct member_figure *own = &printings[i]->figure, *other = &printings[!i]->figure;
        struct buf name = {.arena = arena};
        buf_add(&name, own->id);
        size_t bare = name.len;
        for (size_t d = 0; d < own->dim_count; d++)
            if (!has_dim(other, &own->dims[d]))
                buf_addf(&name, "%s%.*s=%.*s", name.len == bare ? "[" : ", ", STR_ARG(own->dims[d].name),
                         STR_ARG(own->dims[d].value));
        buf_add(&name, name.len == bare ? STR("") : STR("]"));
        finding->terms[i].name = buf_str(&name);
    }
}

/* A copy that owns its texts. */
static struct finding copy_finding(struct arena *scratch, struct arena *arena, struct finding *finding)
{
    struct finding copy;
    struct buf bytes = {.arena = scratch};
    struct wire out = {.out = &bytes};
    finding_wire(&out, finding);
    struct wire in = {.in = str_copy(arena, buf_str(&bytes)), .arena = arena};
    finding_wire(&in, &copy);
    return copy;
}

void across_tell(struct arena *scratch, struct findings *findings, const struct telling *telling)
{
    static const struct str symbols[] = {
        [ACROSS_DIFFERS] = STR_INIT("≠"), [ACROSS_FALLS] = STR_INIT(">"), [ACROSS_REPEATS] = STR_INIT("=")};
    bool falls = telling->sign == ACROSS_FALLS, repeats = telling->sign == ACROSS_REPEATS;
    struct finding finding = {.rule = telling->rule,
                              .kind = falls ? KIND_GROWTH : KIND_RESTATE,
                              .verdict = VERDICT_INCONSISTENT,
                              .severity = repeats ? SEVERITY_WARNING : SEVERITY_ERROR,
                              .detail = telling->detail,
                              .sum = ARENA_ARRAY(scratch, struct sum_part, 3),
                              .sum_count = 3,
                              .terms = ARENA_ARRAY(scratch, struct finding_term, 2),
                              .term_count = 2};
    finding.terms[0] = telling->older->figure.term;
    finding.terms[1] = telling->newer->figure.term;
    finding.sum[0] = (struct sum_part){.kind = SUM_TERM, .term = 0};
    finding.sum[1] = (struct sum_part){.kind = SUM_SYMBOL, .text = symbols[telling->sign]};
    finding.sum[2] = (struct sum_part){.kind = SUM_TERM, .term = 1};
    set_context(scratch, telling->older, telling->newer, &finding);
    if (!repeats)
        compare(scratch, telling->older, telling->newer, &finding);
    finding.fingerprint = describe_fingerprint(scratch, &finding);
    *LIST_ADD(findings->arena, findings) = copy_finding(scratch, findings->arena, &finding);
    findings->judged++;
}
