/* date: days, months and years as they are printed.
 *
 *     struct date d;
 *     date_at(&r, 0, &d)        // "1er janvier 2020": year 2020, next behind it
 *
 * Inside cmd/figure only.
 */
#ifndef FIGURE_DATE_H
#define FIGURE_DATE_H

#include "figure/terms.h"

struct date {
    size_t next;
    int64_t year; /* 0: none is printed */
};

/* The date that starts at token `at`: "1er janvier 2020", "12 et 13 mars", "March 3, 2024", "mars 2024", "2020-01-01",
 * "01/02/2020", "vendredi 13". A bare year is none. */
bool date_at(const struct reading *r, size_t at, struct date *out);

/* Is the token four digits, from 1800 to 2100? */
bool is_year(const struct reading *r, size_t at);

/* The value of a token of at most 9 digits. */
int64_t token_value(const struct reading *r, size_t at);

#endif
