#include "check/plan_reading.h"

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
        if (hole->kind != HOLE_NUMBER)
            continue;
        buf_add(&text, str_part(skeleton->text, from, hole->start));
        buf_addf(&text, "%d%s", zero ? 0 : PROBE, decimals ? "." : "");
        for (unsigned j = 0; j < decimals; j++)
            buf_add_char(&text, zero ? '0' : '1');
        from = hole->end;
    }
    buf_add(&text, str_part(skeleton->text, from, skeleton->text.len));
    return buf_str(&text);
}

/* The figures as they are read with other values; NULL when they are not all there. Those in error are missing. */
static const struct figure *probe(struct arena *arena, const struct dossier_options *options,
                                  const struct skeleton *skeleton, bool zero, unsigned decimals)
{
    const struct dataset *learnt = skeleton->number_count ? skeleton->figures[0]->dataset : NULL;
    struct problems problems = {.arena = arena};
    struct diag diag = {.arena = arena};
    struct dataset_reader reader = {.arena = arena,
                                    .problems = &problems,
                                    .lang = options->lang,
                                    .rounding = options->rounding,
                                    .force_rounding = options->force_rounding,
                                    .lexicons = options->lexicons};
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

/* The most decimals that a number of the skeleton has, but three at least: 12.5 is often followed by 12.25. */
static unsigned places_of(const struct skeleton *skeleton)
{
    size_t most = 2;
    for (size_t i = 0; i < skeleton->hole_count; i++) {
        const struct skeleton_hole *hole = &skeleton->holes[i];
        if (hole->kind != HOLE_NUMBER)
            continue;
        struct str number = str_part(skeleton->text, hole->start, hole->end);
        size_t point = str_find(number, STR("."));
        size_t decimals = point < number.len ? number.len - point - 1 : 0;
        most = decimals > most ? decimals : most;
    }
    return most < MOST_PLACES ? (unsigned)most + 1 : MOST_PLACES;
}

struct readings readings_learn(struct arena *arena, struct arena *scratch, const struct dossier_options *options,
                               struct skeleton *skeleton)
{
    size_t count = skeleton->number_count;
    struct readings readings = {.places = places_of(skeleton),
                                .of = arena_alloc(arena, count, sizeof *readings.of),
                                .open = ARENA_ARRAY(arena, bool, count),
                                .units = ARENA_ARRAY(arena, struct number, count)};
    for (unsigned decimals = 0; decimals < readings.places; decimals++) {
        const struct figure *figures = probe(scratch, options, skeleton, false, decimals);
        const struct figure *zeros = probe(scratch, options, skeleton, true, decimals);
        for (size_t i = 0; figures && zeros && i < count; i++) {
            size_t at = (size_t)(skeleton->figures[i] - skeleton->figures[i]->dataset->figures);
            readings.of[i][decimals] =
                learn(arena, &figures[at], &zeros[at], probe_value(decimals, readings.places), &readings.units[i]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        for (unsigned decimals = 0; decimals < readings.places; decimals++)
            readings.open[i] |= readings.of[i][decimals].known;
        if (!readings.open[i])
            skeleton_close_number(skeleton, i);
    }
    return readings;
}
