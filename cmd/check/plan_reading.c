#include "check/plan_reading.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

/* What is read in the place of values: large, so that no interval is clipped at 0; odd at its end, so that the ends of
 * one that depend on the last digit show themselves; and zero, where clipping shows. */
enum { PROBE = 1000000001 };

/* The skeleton's text with another value in the place of each number: `zero` or PROBE, each with ones behind it. */
static struct str probe_text(struct arena *arena, const struct skeleton *skeleton, bool zero, unsigned decimals)
{
    struct buf text = {.arena = arena};
    size_t from = 0;
    for (size_t i = 0; i < skeleton->hole_count; i++) {
        const struct skeleton_hole *hole = &skeleton->holes[i];
        bool printed = skeleton->text.ptr[hole->start] == '"';
        if (hole->kind != HOLE_VALUE || (printed && !skeleton->suffixes[hole->index].len))
            continue;
        buf_add(&text, str_part(skeleton->text, from, hole->start));
        buf_addf(&text, "%s%d", printed ? "\"" : "", zero ? 0 : PROBE);
        if (decimals)
            buf_add_char(&text, printed ? skeleton->decimal_mark : '.');
        for (unsigned j = 0; j < decimals; j++)
            buf_add_char(&text, zero ? '0' : '1');
        buf_add(&text, skeleton->suffixes[hole->index]);
        from = hole->end;
    }
    buf_add(&text, str_part(skeleton->text, from, skeleton->text.len));
    return buf_str(&text);
}

static struct dataset_reader new_reader(struct arena *arena, const struct dossier_options *options,
                                        struct problems *problems)
{
    return (struct dataset_reader){.arena = arena,
                                   .problems = problems,
                                   .lang = options->lang,
                                   .rounding = options->rounding,
                                   .force_rounding = options->force_rounding,
                                   .lexicons = options->lexicons};
}

/* The figures as they are read with other values; NULL when they are not all there. Those in error are missing. */
static const struct figure *probe(struct arena *arena, const struct dossier_options *options,
                                  const struct skeleton *skeleton, bool zero, unsigned decimals)
{
    const struct dataset *learnt = skeleton->value_count ? skeleton->figures[0]->dataset : NULL;
    struct problems problems = {.arena = arena};
    struct diag diag = {.arena = arena};
    struct dataset_reader reader = new_reader(arena, options, &problems);
    struct source source = {.bytes = probe_text(arena, skeleton, zero, decimals)};
    struct scan scan;
    if (!learnt || !scan_read(arena, &source, &scan, &diag))
        return NULL;
    const struct dataset *dataset = dataset_read(&reader, &scan, 0);
    return dataset->count == learnt->count ? dataset->figures : NULL;
}

/* Half the width of an interval that is closed and has the value in its middle. */
static bool half_width(struct arena *arena, const struct figure *figure, struct number *half)
{
    struct interval in = figure->interval;
    if (figure->missing || in.low.infinite || in.high.infinite || in.low.open || in.high.open)
        return false;
    *half = number_sub(arena, in.high.at, figure->notation.value);
    return number_equal(number_sub(arena, figure->notation.value, in.low.at), *half);
}

/* PROBE with ones behind it, as reading_read reads it. */
static int64_t probe_value(unsigned decimals, unsigned places)
{
    int64_t digits = PROBE;
    for (unsigned i = 0; i < decimals; i++)
        digits = digits * 10 + 1;
    number_shift(&digits, (int)(places - decimals));
    return digits;
}

/* Learns one figure's reading from what became of the probe and of zero. *unit is set by the first that is learnt; the
 * others must have the same. */
static struct reading learn(struct arena *arena, const struct figure *figure, const struct figure *zero, int64_t value,
                            struct number *unit)
{
    struct reading reading = {0};
    struct number half, none = number_int(0);
    if (!half_width(arena, figure, &half) || zero->missing || number_sign(zero->notation.value))
        return reading;
    struct number one = number_div(arena, figure->notation.value, number_int(value));
    struct number whole = number_div(arena, half, one);
    struct interval around_zero = zero->interval;
    bool spreads = !around_zero.low.infinite && !around_zero.high.infinite && !around_zero.low.open &&
                   !around_zero.high.open && number_equal(around_zero.high.at, half);
    struct number in_base = number_mul(arena, one, figure->notation.unit.factor);
    bool same_unit = !number_sign(*unit) || number_equal(*unit, in_base);
    reading.half = whole.mantissa;
    reading.clipped = number_equal(around_zero.low.at, none);
    bool mirrored = number_equal(around_zero.low.at, number_neg(arena, half));
    reading.known = spreads && same_unit && (reading.clipped || mirrored) && !whole.big && number_is_whole(whole) &&
                    number_shift(&reading.half, whole.exponent);
    if (reading.known)
        *unit = in_base;
    return reading;
}

/* The most decimals that a plain value has, but three at least: 12.5 is often followed by 12.25. */
static unsigned places_of(const struct skeleton *skeleton, const struct skeleton_value *values)
{
    unsigned most = 2;
    for (size_t i = 0; i < skeleton->value_count; i++)
        if (values[i].form == VALUE_PLAIN && values[i].number.decimals > most)
            most = values[i].number.decimals;
    return most < MOST_PLACES ? most + 1 : MOST_PLACES;
}

bool readings_learn(struct arena *arena, struct arena *scratch, const struct dossier_options *options,
                    const struct skeleton *skeleton, const struct skeleton_value *values, struct readings *out)
{
    size_t count = skeleton->value_count;
    struct problems problems = {.arena = arena};
    struct dataset_reader reader = new_reader(arena, options, &problems);
    *out = (struct readings){.places = places_of(skeleton, values),
                             .of = arena_alloc(arena, count, sizeof *out->of),
                             .units = ARENA_ARRAY(arena, struct number, count),
                             .rereads = ARENA_ARRAY(arena, struct reread *, count),
                             .figures = skeleton->figures};
    for (size_t i = 0; i < count; i++) {
        out->rereads[i] = reread_new(arena, &reader, skeleton->figures[i]);
        if (!out->rereads[i])
            return false;
    }
    for (unsigned decimals = 0; decimals < out->places; decimals++) {
        const struct figure *figures = probe(scratch, options, skeleton, false, decimals);
        const struct figure *zeros = probe(scratch, options, skeleton, true, decimals);
        for (size_t i = 0; figures && zeros && i < count; i++) {
            size_t at = (size_t)(skeleton->figures[i] - skeleton->figures[i]->dataset->figures);
            out->of[i][decimals] =
                learn(arena, &figures[at], &zeros[at], probe_value(decimals, out->places), &out->units[i]);
        }
        arena_reset(scratch);
    }
    /* Where no plain number stands: any unit is as good in which whole numbers tell many values. */
    for (size_t i = 0; i < count; i++)
        if (!number_sign(out->units[i]))
            out->units[i] = number_mul(arena, skeleton->figures[i]->notation.unit.factor,
                                       number_decimal(arena, 1, -(int)out->places));
    return true;
}

/* ---- Reading ---- */

static bool same_unit(const struct unit *a, const struct unit *b)
{
    bool same = a->kind == b->kind && number_equal(a->factor, b->factor) && number_equal(a->named, b->named) &&
                a->base_count == b->base_count;
    for (size_t i = 0; same && i < a->base_count; i++)
        same = a->bases[i].power == b->bases[i].power &&
               !memcmp(a->bases[i].name, b->bases[i].name, sizeof a->bases[i].name);
    return same;
}

static bool count_units(struct arena *arena, struct number number, struct number unit, int64_t *out)
{
    struct number count = number_div(arena, number, unit);
    *out = count.mantissa;
    return !count.big && number_is_whole(count) && number_shift(out, count.exponent);
}

/* A closed interval around the value can be judged as that of a plain number. */
static bool is_plain(struct arena *arena, struct number unit, struct quantity *q)
{
    struct interval in = q->interval;
    return !in.low.open && !in.high.open && interval_contains(in, q->exact) &&
           count_units(arena, q->exact, unit, &q->value) && count_units(arena, in.low.at, unit, &q->low) &&
           count_units(arena, in.high.at, unit, &q->high);
}

static bool read_in_general(const struct readings *readings, size_t at, const struct skeleton_value *value,
                            struct arena *scratch, struct quantity *out)
{
    struct figure figure;
    if (!reread_value(readings->rereads[at], scratch, value->json, &figure))
        return false;
    *out = (struct quantity){.missing = figure.missing};
    if (figure.missing)
        return true;
    struct unit unit = figure.notation.unit;
    out->exact = number_mul(scratch, figure.notation.value, unit.factor);
    out->interval = interval_scale(scratch, figure.interval, unit.factor);
    out->plain = is_plain(scratch, readings->units[at], out);
    return same_unit(&unit, &readings->figures[at]->notation.unit);
}

/* A plain number, of decimals whose width is known. */
static bool read_plain(const struct readings *readings, size_t at, const struct plain_number *number,
                       struct quantity *out)
{
    const struct reading *reading = &readings->of[at][number->decimals < readings->places ? number->decimals : 0];
    int64_t value = number->digits;
    if (number->decimals >= readings->places || !reading->known ||
        !number_shift(&value, (int)(readings->places - number->decimals)) ||
        __builtin_sub_overflow(value, reading->half, &out->low) ||
        __builtin_add_overflow(value, reading->half, &out->high))
        return false;
    out->plain = true;
    out->value = value;
    if (reading->clipped && value >= 0 && out->low < 0)
        out->low = 0;
    return true;
}

bool reading_read(const struct readings *readings, size_t at, const struct skeleton_value *value, struct arena *scratch,
                  struct quantity *out)
{
    out->missing = value->form == VALUE_NULL;
    out->plain = false;
    return out->missing || (value->form == VALUE_PLAIN && read_plain(readings, at, &value->number, out)) ||
           read_in_general(readings, at, value, scratch, out);
}
