#include "check/plan_number.h"

#include <string.h>

#include "base/str.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

enum { MOST_DIGITS = 18 };

/* Adds digits, as many as fit, to those of a number. */
static const char *read_digits(const char *at, const char *end, struct plain_number *out, unsigned *count)
{
    for (; at < end && is_digit(*at) && *count < MOST_DIGITS; at++, ++*count)
        out->digits = out->digits * 10 + (*at - '0');
    return at;
}

/* [ mark 1*DIGIT ] */
static const char *read_decimals(const char *at, const char *end, char mark, struct plain_number *out, unsigned *count)
{
    unsigned before = *count;
    if (at == end || *at != mark)
        return at;
    at = read_digits(at + 1, end, out, count);
    out->decimals = *count - before;
    return out->decimals ? at : NULL;
}

/* number = [ "-" ] ( "0" / DIGIT1-9 *DIGIT ) [ "." 1*DIGIT ] */
const char *plain_number_read(const char *at, const char *end, struct plain_number *out)
{
    bool negative = at < end && *at == '-';
    const char *start = at += negative;
    unsigned count = 0;
    *out = (struct plain_number){.digits = 0};
    at = read_digits(at, end, out, &count);
    if (!count || (*start == '0' && count > 1))
        return NULL;
    at = read_decimals(at, end, '.', out, &count);
    out->digits = negative ? -out->digits : out->digits;
    return at;
}

/* The space that parts two groups of digits: its bytes, 0 when none stands there. */
static size_t group_mark(const char *at, const char *end, char decimal_mark)
{
    struct str rest = {at, (size_t)(end - at)};
    if (str_starts(rest, STR(" ")) || (decimal_mark == '.' && str_starts(rest, STR(","))))
        return 1;
    return str_starts(rest, STR("\xc2\xa0")) ? 2 : str_starts(rest, STR("\xe2\x80\xaf")) ? 3 : 0;
}

/* printed = ( 1*DIGIT / 1*3DIGIT 1*( mark 3DIGIT ) ) [ decimal-mark 1*DIGIT ]
 * The mark is the same in all of a number. A zero stands before the decimal mark or alone. */
const char *plain_number_read_printed(const char *at, const char *end, char decimal_mark, struct plain_number *out)
{
    const char *start = at;
    unsigned count = 0;
    *out = (struct plain_number){.digits = 0};
    at = read_digits(at, end, out, &count);
    if (!count || (*start == '0' && count > 1))
        return NULL;
    struct str mark = {at, count <= 3 && *start != '0' ? group_mark(at, end, decimal_mark) : 0};
    while (mark.len && (size_t)(end - at) >= mark.len + 3 && !memcmp(at, mark.ptr, mark.len) &&
           is_digit(at[mark.len]) && is_digit(at[mark.len + 1]) && is_digit(at[mark.len + 2])) {
        const char *group = at + mark.len;
        if (count + 3 > MOST_DIGITS)
            return NULL;
        at = read_digits(group, group + 3, out, &count);
    }
    return read_decimals(at, end, decimal_mark, out, &count);
}
