/* plan_number: the digits of numbers, read as fast as they can be, where it is known what stands around them.
 *
 *     struct plain_number number;
 *     const char *behind = plain_number_read("12.50,", end, &number);       // 1250 with 2 decimals
 *
 * Each reads as many digits as fit. What stands behind a number must then be held to be what stood behind the one that
 * was learnt from, which is no digit and no letter: so a longer number is none. NULL when no number stands there.
 *
 * Private to cmd/check/plan*.c.
 */
#ifndef CHECK_PLAN_NUMBER_H
#define CHECK_PLAN_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

struct plain_number {
    int64_t digits;
    unsigned decimals;
};

/* A JSON number without exponent. */
const char *plain_number_read(const char *at, const char *end, struct plain_number *out);

/* A number as it is printed: "2 800", "12,5"; "2,800" where the decimal mark is a point. No sign. */
const char *plain_number_read_printed(const char *at, const char *end, char decimal_mark, struct plain_number *out);

#endif
