#include "check/keying.h"

#include <string.h>

#include "base/buf.h"

#define AS_WHY(id, why, share) [id] = why,
#define AS_SHARE(id, why, share) [id] = share,

const char *slip_why(enum slip_kind kind)
{
    static const char *const whys[] = {SLIPS(AS_WHY)};
    return whys[kind];
}

/* ---- what is printed ---- */

static bool is_digit(struct str text, size_t at) { return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9'; }

/* The mark between two digits at `at`: a space, a comma, a point, an apostrophe. Empty when there is none. */
static struct str mark_at(struct str text, size_t at)
{
    static const struct str marks[] = {STR_INIT(" "),
                                       STR_INIT(","),
                                       STR_INIT("."),
                                       STR_INIT("'"),
                                       STR_INIT("’"),
                                       STR_INIT("\xc2\xa0"),
                                       STR_INIT("\xe2\x80\xaf"),
                                       STR_INIT("\xe2\x80\x89")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(str_part(text, at, text.len), marks[i]) && is_digit(text, at + marks[i].len))
            return marks[i];
    return (struct str){0};
}

/* number = DIGIT+ { mark DIGIT+ }. With decimals, the last mark is the decimal one; others stand between thousands. */
static bool read_digits(struct str text, bool decimals, struct keyed *out)
{
    struct keyed_digits *digits = &out->digits;
    struct str last = {0}, before_last = {0};
    size_t behind_mark = 0, at = out->start;
    while (is_digit(text, at)) {
        if (digits->count == KEYED_DIGITS)
            return false;
        digits->items[digits->count++] = text.ptr[at++];
        struct str mark = mark_at(text, at);
        if (!mark.len)
            continue;
        before_last = last;
        last = mark;
        behind_mark = digits->count;
        at += mark.len;
    }
    out->end = at;
    out->group = decimals ? before_last : last;
    if (decimals) {
        out->mark = last;
        digits->decimals = digits->count - behind_mark;
    }
    return !decimals || behind_mark;
}

static struct number digits_value(struct arena *arena, const struct keyed_digits *digits, int scale, bool negative)
{
    int64_t mantissa = 0;
    for (size_t i = 0; i < digits->count; i++)
        mantissa = mantissa * 10 + (digits->items[i] - '0');
    return number_decimal(arena, negative ? -mantissa : mantissa, scale - (int)digits->decimals);
}

bool keyed_read(struct arena *arena, const struct notation *notation, struct keyed *out)
{
    struct str text = notation->text;
    *out = (struct keyed){.notation = notation};
    if (notation->range || notation->hedge == HEDGE_ROUND_NUMBER)
        return false;
    while (out->start < text.len && !is_digit(text, out->start))
        out->start++;
    if (out->start == text.len || !read_digits(text, notation->decimals, out))
        return false;
    for (size_t i = out->end; i < text.len; i++)
        if (is_digit(text, i))
            return false;
    bool negative = number_sign(notation->value) < 0;
    out->scale = notation->place + (int)out->digits.decimals;
    return number_equal(notation->value, digits_value(arena, &out->digits, out->scale, negative));
}

/* ---- the slips ---- */

/* A count has no decimals where it had none, and nobody prints a 0 for another number. */
static bool is_possible(const struct keyed *keyed, const struct keyed_slip *slip)
{
    const struct keyed_digits *digits = &slip->digits;
    size_t whole = digits->count - digits->decimals;
    bool led = digits->items[0] == '0' && whole > 1;
    bool counted = keyed->notation->unit.kind == UNIT_COUNT || keyed->notation->unit.kind == UNIT_ORDINAL ||
                   keyed->notation->unit.kind == UNIT_YEAR;
    return digits->count > digits->decimals && !led && number_sign(slip->value) &&
           !number_equal(slip->value, keyed->notation->value) &&
           (!counted || keyed->notation->decimals ||
            (number_is_whole(slip->value) && (slip->scale || !digits->decimals)));
}

static void add_slip(struct arena *arena, const struct keyed *keyed, struct keyed_slips *slips, struct keyed_slip slip)
{
    slip.value = digits_value(arena, &slip.digits, slip.scale, slip.negative);
    if (is_possible(keyed, &slip))
        *LIST_ADD(arena, slips) = slip;
}

static bool are_neighbours(char a, char b)
{
    static const char row[] = "1234567890";
    ptrdiff_t apart = strchr(row, a) - strchr(row, b);
    return apart == 1 || apart == -1;
}

/* Another digit in the place of one, and two digits changed back. */
static void undo_in_place(struct arena *arena, const struct keyed *keyed, struct keyed_slip slip,
                          struct keyed_slips *slips)
{
    const struct keyed_digits original = slip.digits;
    for (size_t i = 0; i < original.count; i++) {
        for (char c = '0'; c <= '9'; c++) {
            slip.kind = are_neighbours(c, original.items[i]) ? SLIP_NEIGHBOUR : SLIP_DIGIT;
            slip.digits.items[i] = c;
            add_slip(arena, keyed, slips, slip);
        }
        slip.digits = original;
    }
    for (size_t apart = 1; apart <= 2; apart++)
        for (size_t i = 0; i + apart < original.count; i++) {
            slip.kind = apart == 1 ? SLIP_SWAPPED : SLIP_LEAPT;
            slip.digits.items[i] = original.items[i + apart];
            slip.digits.items[i + apart] = original.items[i];
            add_slip(arena, keyed, slips, slip);
            slip.digits = original;
        }
}

/* One digit taken out; of a run of one digit the last. */
static void undo_added(struct arena *arena, const struct keyed *keyed, struct keyed_slip slip,
                       struct keyed_slips *slips)
{
    const struct keyed_digits original = slip.digits;
    size_t whole = original.count - original.decimals;
    for (size_t i = 0; i < original.count; i++) {
        if (i + 1 < original.count && i + 1 != whole && original.items[i] == original.items[i + 1])
            continue;
        slip.kind = i && i != whole && original.items[i - 1] == original.items[i] ? SLIP_DOUBLED : SLIP_ADDED;
        memmove(slip.digits.items + i, original.items + i + 1, original.count - i - 1);
        slip.digits.count = original.count - 1;
        slip.digits.decimals = original.decimals - (i >= whole);
        add_slip(arena, keyed, slips, slip);
        slip.digits = original;
    }
}

/* One digit put in, before the digit at each place and behind the last; never before its like, where behind is the
 * same. Where the decimals start, it may be the last whole digit or the first decimal. */
static void undo_missing(struct arena *arena, const struct keyed *keyed, struct keyed_slip slip,
                         struct keyed_slips *slips)
{
    const struct keyed_digits original = slip.digits;
    size_t whole = original.count - original.decimals;
    slip.kind = SLIP_MISSING;
    for (size_t decimal = 0; decimal <= (original.decimals > 0); decimal++) {
        size_t first = decimal ? whole : 0, last = decimal ? original.count : whole;
        for (size_t i = first; i <= last; i++)
            for (char c = '0'; c <= '9'; c++) {
                if (i < last && original.items[i] == c)
                    continue;
                memmove(slip.digits.items + i + 1, original.items + i, original.count - i);
                slip.digits.items[i] = c;
                slip.digits.count = original.count + 1;
                slip.digits.decimals = original.decimals + decimal;
                add_slip(arena, keyed, slips, slip);
                slip.digits = original;
            }
    }
}

/* The decimal mark one or two digits further, a scale of thousand or a million, the other sign. */
static void undo_size(struct arena *arena, const struct keyed *keyed, struct keyed_slip slip, struct keyed_slips *slips)
{
    const struct keyed_slip original = slip;
    enum unit_kind unit = keyed->notation->unit.kind;
    slip.kind = SLIP_MARK;
    for (size_t decimals = original.digits.decimals > 2 ? original.digits.decimals - 2 : 0;
         decimals < original.digits.count && decimals <= original.digits.decimals + 2; decimals++) {
        slip.digits.decimals = decimals;
        add_slip(arena, keyed, slips, slip);
    }
    slip = original;
    slip.kind = SLIP_SCALE;
    for (int shift = -6; shift <= 6 && (unit == UNIT_COUNT || unit == UNIT_MONEY || unit == UNIT_MEASURE); shift += 3) {
        slip.scale = original.scale + shift;
        if (shift > 0 || slip.scale >= 0) /* there is no scale word for a thousandth */
            add_slip(arena, keyed, slips, slip);
    }
    slip = original;
    slip.kind = SLIP_SIGN;
    slip.negative = !original.negative;
    if (unit == UNIT_RATIO || unit == UNIT_POINTS || unit == UNIT_MONEY || unit == UNIT_MEASURE)
        add_slip(arena, keyed, slips, slip);
}

void keyed_undo(struct arena *arena, const struct keyed *keyed, struct keyed_slips *slips)
{
    static const uint32_t shares[] = {SLIPS(AS_SHARE)};
    uint32_t ways[SLIP_COUNT] = {0};
    size_t first = slips->count;
    struct keyed_slip slip = {
        .digits = keyed->digits, .scale = keyed->scale, .negative = number_sign(keyed->notation->value) < 0};
    undo_in_place(arena, keyed, slip, slips);
    undo_added(arena, keyed, slip, slips);
    undo_missing(arena, keyed, slip, slips);
    undo_size(arena, keyed, slip, slips);
    for (size_t i = first; i < slips->count; i++)
        ways[slips->items[i].kind]++;
    for (size_t i = first; i < slips->count; i++)
        slips->items[i].likelihood = shares[slips->items[i].kind] * 1000 / ways[slips->items[i].kind];
}

bool keyed_put(struct arena *arena, const struct keyed *keyed, struct number value, struct keyed_slip *out)
{
    struct number unit = number_step(arena, -keyed->notation->place);
    struct str digits = number_write(arena, number_abs(arena, number_div(arena, value, unit)));
    size_t decimals = keyed->digits.decimals, zeros = digits.len > decimals ? 0 : decimals + 1 - digits.len;
    *out = (struct keyed_slip){
        .kind = SLIP_NONE, .scale = keyed->scale, .negative = number_sign(value) < 0, .value = value};
    for (size_t i = 0; i < digits.len; i++)
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return false;
    if (!number_sign(value) || digits.len + zeros > KEYED_DIGITS ||
        out->negative != (number_sign(keyed->notation->value) < 0))
        return false;
    memset(out->digits.items, '0', zeros);
    memcpy(out->digits.items + zeros, digits.ptr, digits.len);
    out->digits.count = digits.len + zeros;
    out->digits.decimals = decimals;
    return true;
}

/* ---- what would be printed ---- */

struct notation keyed_notation(struct arena *arena, const struct keyed *keyed, const struct keyed_slip *slip)
{
    struct notation notation = *keyed->notation;
    notation.text = (struct str){0};
    notation.scaled = slip->scale > 0;
    notation.decimals = slip->digits.decimals > 0;
    notation_renumber(arena, &notation, slip->value, slip->scale - (int)slip->digits.decimals);
    return notation;
}

/* What stands between thousands: as printed, or, where the number was too short to have any and is no bare number, what
 * goes with its decimal mark. */
static struct str group_of(const struct keyed *keyed)
{
    bool bare = !keyed->start && keyed->end == keyed->notation->text.len;
    size_t whole = keyed->digits.count - keyed->digits.decimals;
    if (keyed->group.len || bare || whole > 3 || !keyed->notation->mark)
        return keyed->group;
    return keyed->notation->mark == ',' ? STR("\xe2\x80\xaf") : STR(",");
}

/* The digits with a decimal mark. */
static void add_digits(struct buf *out, const struct keyed *keyed, const struct keyed_digits *digits)
{
    size_t whole = digits->count - digits->decimals;
    struct str group = whole > 3 ? group_of(keyed) : STR("");
    for (size_t i = 0; i < digits->count; i++) {
        if (i == whole)
            buf_add(out, keyed->mark.len ? keyed->mark : (struct str){&keyed->notation->mark, 1});
        else if (i && i < whole && (whole - i) % 3 == 0)
            buf_add(out, group);
        buf_add_char(out, digits->items[i]);
    }
}

/* The digits that say the same without a scale word; false where there is one already, or they are too many. */
static bool spell_out(const struct keyed *keyed, const struct keyed_slip *slip, struct keyed_digits *out)
{
    *out = slip->digits;
    for (int scale = slip->scale; scale > 0; scale--) {
        if (out->decimals)
            out->decimals--;
        else if (out->count < KEYED_DIGITS)
            out->items[out->count++] = '0';
        else
            return false;
    }
    return !keyed->scale;
}

/* What stands before the digits, with the sign changed if that was the slip; false where it cannot be. */
static bool add_before(struct buf *out, const struct keyed *keyed, const struct keyed_slip *slip)
{
    static const struct str signs[] = {STR_INIT("-"), STR_INIT("−"), STR_INIT("–")};
    struct str before = str_part(keyed->notation->text, 0, keyed->start);
    size_t kept = before.len;
    bool changes = slip->kind == SLIP_SIGN;
    for (size_t i = 0; i < sizeof signs / sizeof *signs && changes && !slip->negative; i++)
        if (str_ends(before, signs[i]))
            kept -= signs[i].len;
    buf_add(out, str_part(before, 0, kept));
    if (changes && slip->negative)
        buf_add_char(out, '-');
    return !changes || slip->negative || kept < before.len;
}

struct str keyed_text(struct arena *arena, const struct keyed *keyed, const struct keyed_slip *slip)
{
    struct buf out = {.arena = arena};
    struct str text = keyed->notation->text;
    struct keyed_digits digits = slip->digits;
    bool marked = !digits.decimals || keyed->mark.len || keyed->notation->mark;
    if (!marked || (slip->kind == SLIP_SCALE && !spell_out(keyed, slip, &digits)) || !add_before(&out, keyed, slip))
        return (struct str){0};
    add_digits(&out, keyed, &digits);
    buf_add(&out, str_part(text, keyed->end, text.len));
    return buf_str(&out);
}
