/* Lines that are parts of the one before: "dont femmes", below "Agents". */
#include "base/arena.h"
#include "check/table.h"

static bool is_amount(const struct table_value *value)
{
    switch (value->notation->unit.kind) {
    case UNIT_COUNT:
    case UNIT_MONEY:
    case UNIT_MEASURE:
        return number_sign(value->number) >= 0;
    case UNIT_ZERO:
    case UNIT_LITERAL:
    case UNIT_PURE:
    case UNIT_RATIO:
    case UNIT_POINTS:
    case UNIT_ORDINAL:
    case UNIT_YEAR:
    case UNIT_DURATION:
        break;
    }
    return false;
}

/* The part and its whole in one track; false when one has no number, or they are nothing to compare. */
static bool is_comparable(const struct table_value *part, const struct table_value *whole)
{
    struct unit unit;
    return part && whole && is_amount(part) && is_amount(whole) &&
           part->notation->unit.kind == whole->notation->unit.kind &&
           unit_join(part->notation->unit, '=', whole->notation->unit, &unit);
}

static bool exceeds(const struct table_value *part, const struct table_value *whole)
{
    return !part->interval.low.infinite && !whole->interval.high.infinite &&
           number_compare(part->interval.low.at, whole->interval.high.at) > 0;
}

/* Where most parts of a line are more than the whole, the line before is not their whole. */
static void check_part(struct tabling *t, const struct table_view *view, size_t line, size_t whole)
{
    size_t holds = 0, fails = 0;
    for (int judging = 0; judging < 2; judging++)
        for (size_t i = 0; i < table_tracks(view); i++) {
            const struct table_value *a = table_value(view, line, i), *b = table_value(view, whole, i);
            if (table_says(table_track(view, i), TABLE_RATES | TABLE_CHANGES | TABLE_SHARES) || !is_comparable(a, b))
                continue;
            holds += !judging && !exceeds(a, b);
            fails += !judging && exceeds(a, b);
            const struct table_role roles[] = {{STR("part"), &a, 1}, {STR("whole"), &b, 1}};
            if (judging && (!exceeds(a, b) || (holds && holds >= fails)))
                table_judge(t, TABLE_PART_OF, !exceeds(a, b), SEVERITY_ERROR, roles, 2);
        }
}

void table_check_parts(struct tabling *t, bool across)
{
    struct table_view view = {&t->grid, across};
    size_t whole = table_lines(&view);
    for (size_t i = 0; i < table_lines(&view); i++) {
        const struct table_line *line = table_line(&view, i);
        if (!line->numbers)
            continue;
        if (!table_says(line, TABLE_PARTS))
            whole = i;
        else if (whole < i)
            check_part(t, &view, i, whole);
    }
}
