#include "check/plan_skeleton.h"

#include <string.h>

#include "base/arena.h"

/* Holes inside an open one are passed over. */
static void settle_steps(struct skeleton *skeleton)
{
    size_t start = 0;
    skeleton->step_count = 0;
    for (size_t i = 0; i < skeleton->hole_count; i++) {
        const struct skeleton_hole *hole = &skeleton->holes[i];
        if (!hole->open || hole->start < start)
            continue;
        skeleton->steps[skeleton->step_count++] = (struct skeleton_step){start, hole->start - start, hole};
        start = hole->end;
    }
    skeleton->steps[skeleton->step_count++] = (struct skeleton_step){start, skeleton->text.len - start, NULL};
}

void skeleton_settle(struct skeleton *skeleton)
{
    settle_steps(skeleton);
    for (size_t i = 0; i < skeleton->record_count; i++)
        skeleton->records[i].fixed = 0;
    for (size_t i = 0; i < skeleton->member_count; i++) {
        const struct skeleton_member *member = &skeleton->members[i];
        if (member->hole == NO_HOLE || !skeleton->holes[member->hole].open)
            skeleton->records[member->record].fixed |= 1u << member->bit;
    }
}

/* ---- Comparing ---- */

static const char *skip_word(const char *at, const char *end, struct str word)
{
    return str_starts((struct str){at, (size_t)(end - at)}, word) ? at + word.len : NULL;
}

static bool goes_on(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-';
}

/* A number, plain or not: one with an exponent, say, or with too many digits. */
static const char *read_number(const char *at, const char *end, struct skeleton_value *out)
{
    const char *start = at, *behind = plain_number_read(at, end, &out->number);
    out->form = VALUE_PLAIN;
    if (behind && (behind == end || !goes_on(*behind)))
        return behind;
    while (at < end && goes_on(*at))
        at++;
    out->form = VALUE_OTHER;
    return at > start ? at : NULL;
}

/* A text: a printed number with the suffix behind it, or any other. */
static const char *read_text(const struct skeleton *skeleton, struct str suffix, const char *at, const char *end,
                             struct skeleton_value *out)
{
    const char *behind =
        suffix.len ? plain_number_read_printed(at + 1, end, skeleton->decimal_mark, &out->number) : NULL;
    out->form = VALUE_PLAIN;
    if (behind && str_starts((struct str){behind, (size_t)(end - behind)}, suffix))
        return behind + suffix.len;
    out->form = VALUE_OTHER;
    return scan_string_end(at, end);
}

/* value = number / string / "null" */
static const char *read_value(const struct skeleton *skeleton, size_t which, const char *at, const char *end,
                              struct skeleton_value *out)
{
    const char *start = at;
    struct str suffix = skeleton->suffixes[which];
    char first = at < end ? *at : 0;
    if (first == 'n') {
        out->form = VALUE_NULL;
        return skip_word(at, end, STR("null"));
    }
    at = first == '"' ? read_text(skeleton, suffix, at, end, out) : read_number(at, end, out);
    /* A number means another thing where a text said the unit. */
    if (first != '"' && suffix.len)
        out->form = VALUE_OTHER;
    out->json = (struct str){start, at ? (size_t)(at - start) : 0};
    return at;
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
        return plain_number_read(at, end, &ignored);
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

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && is_space(*at))
        at++;
    return at;
}

/* A list or an object: read by the scanner, where it is too short to stand deeper than it allows. */
static const char *skip_container(struct arena *scratch, const char *at, const char *end)
{
    enum { LONGEST = SCAN_MAX_DEPTH / 2 };
    /* The scanner holds the start of a source to be the start of a file. */
    struct source source = {.bytes = {at - 1, (size_t)(end - at) + 1}};
    struct diag diag = {.arena = scratch};
    struct scan scan = {0};
    size_t offset = 1;
    if (!scan_next(scratch, &source, &offset, &scan, &diag) || scan.values[0].end > LONGEST)
        return NULL;
    return source.bytes.ptr + scan.values[0].end;
}

static const char *skip_free(struct arena *scratch, unsigned types, const char *at, const char *end)
{
    if (at == end)
        return NULL;
    enum scan_type type = *at == '"' ? SCAN_STRING : *at == '{' ? SCAN_OBJECT : *at == '[' ? SCAN_ARRAY : SCAN_NUMBER;
    if (!(types & 1u << type))
        return NULL;
    return type == SCAN_OBJECT || type == SCAN_ARRAY ? skip_container(scratch, at, end) : skip_scalar(at, end);
}

/* The free member whose key opens here; *behind is behind its key. The number of free members when it is none. */
static unsigned free_at(const struct skeleton_record *record, const char *open, const char *end, const char **behind)
{
    struct str rest = {open + 1, (size_t)(end - open) - 1};
    unsigned bit = 0;
    for (; bit < record->free_count; bit++) {
        struct str name = record->free[bit].name;
        *behind = rest.ptr + name.len + 1;
        if (rest.len > name.len && rest.ptr[name.len] == '"' && str_starts(rest, name))
            break;
    }
    return bit;
}

/* *( ws "," ws free-key ws ":" ws value )
 * Free members, none of them twice in the record. Stops before the comma, or what else stands behind the last. */
static const char *skip_members(struct arena *scratch, struct skeleton_record *record, const char *at, const char *end)
{
    for (;;) {
        const char *key = skip_space(at, end);
        if (key == end || *key != ',')
            return at;
        key = skip_space(key + 1, end);
        if (key == end || *key != '"')
            return at;
        const char *colon;
        unsigned bit = free_at(record, key, end, &colon);
        if (bit == record->free_count)
            return at;
        colon = skip_space(colon, end);
        if (record->seen & 1u << bit || colon == end || *colon != ':')
            return NULL;
        record->seen |= 1u << bit;
        at = skip_free(scratch, record->free[bit].types, skip_space(colon + 1, end), end);
        if (!at)
            return NULL;
    }
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

/* Behind what stands in the hole; NULL when it is not such. */
static const char *read_hole(struct skeleton *skeleton, const struct skeleton_hole *hole, struct arena *scratch,
                             const char *at, const char *end, struct skeleton_value *values)
{
    switch (hole->kind) {
    case HOLE_VALUE:
        return read_value(skeleton, hole->index, at, end, &values[hole->index]);
    case HOLE_TEXT:
        return scan_string_end(at, end);
    case HOLE_SCALAR:
        return skip_scalar(at, end);
    case HOLE_DIM:
        return read_dim(&skeleton->dims[hole->index], at, end);
    case HOLE_MEMBERS:
        return skip_members(scratch, &skeleton->records[hole->index], at, end);
    }
    return NULL;
}

/* False where the text is not of the skeleton: *stuck is the place in the skeleton where they begin to differ; SIZE_MAX
 * where a hole holds what it must not. */
static bool compare(struct skeleton *skeleton, struct arena *scratch, struct str text, struct skeleton_value *values,
                    size_t *stuck)
{
    const char *at = text.ptr, *end = at + text.len;
    *stuck = SIZE_MAX;
    for (size_t i = 0; i < skeleton->dim_count; i++)
        skeleton->dims[i].now = (struct str){0};
    for (size_t i = 0; i < skeleton->record_count; i++)
        skeleton->records[i].seen = skeleton->records[i].fixed;
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
        at = read_hole(skeleton, step->hole, scratch, at, end, values);
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
    switch (hole->kind) {
    case HOLE_VALUE:
        break;
    case HOLE_TEXT:
        return place > hole->start && place < hole->end;
    case HOLE_SCALAR:
        return place >= hole->start && place <= hole->end;
    case HOLE_DIM:
        return place > hole->start && place < hole->end && !skeleton->dims[hole->index].pinned;
    case HOLE_MEMBERS:
        return place >= hole->start && place < hole->reach;
    }
    return false;
}

/* Opens a hole that the place lies in: a text rather than all members. */
static bool open_at(struct skeleton *skeleton, size_t place)
{
    struct skeleton_hole *found = NULL;
    for (size_t i = 0; i < skeleton->hole_count && skeleton->holes[i].start <= place; i++) {
        struct skeleton_hole *hole = &skeleton->holes[i];
        if (!hole->open && may_differ_at(skeleton, hole, place) && (!found || found->kind == HOLE_MEMBERS))
            found = hole;
    }
    if (!found)
        return false;
    found->open = true;
    if (found->kind == HOLE_DIM)
        open_dim(skeleton, found->index);
    skeleton_settle(skeleton);
    return true;
}

bool skeleton_fits(struct skeleton *skeleton, struct arena *scratch, struct str text, struct skeleton_value *values)
{
    size_t stuck;
    while (!compare(skeleton, scratch, text, values, &stuck))
        if (stuck == SIZE_MAX || !open_at(skeleton, stuck))
            return false;
    return true;
}
