/* cut: where a stream of values may be cut into members, without reading the values.
 *
 *     struct cutter cutter = {.how = CUT_ELEMENTS};
 *     for (size_t at = 0, start = 0; cutter_next(&cutter, bytes, &at); start = at)
 *         ... bytes from start to at are an element and its comma ...
 *
 * The parent cuts a stream into parcels so, and the worker a parcel into members, which are read strictly then: a value
 * that is wrong costs itself alone, as far as its brackets and quotes allow.
 */
#ifndef BATCH_CUT_H
#define BATCH_CUT_H

#include "base/str.h"

enum cut_how {
    CUT_LINES,    /* behind each line end */
    CUT_ELEMENTS, /* behind each comma between the elements of a list that is open already, and its closing bracket */
    CUT_VALUES    /* behind each object, list or other value that stands by itself */
};

struct cutter {
    enum cut_how how;
    size_t depth;
    bool in_text, escaped, in_word;
    bool closed; /* CUT_ELEMENTS: the list's closing bracket was met */
};

/* Moves *at behind the next place to cut. False when there is none: *at is then the end, and more bytes may follow. */
bool cutter_next(struct cutter *cutter, struct str bytes, size_t *at);

/* As repeated calls, to the end: counts the places to cut; *last is the last of them. False when there is none. */
bool cutter_all(struct cutter *cutter, struct str bytes, size_t *at, size_t *last, size_t *count);

/* Moves lines and column on over bytes, as struct origin counts them. */
void cut_advance(struct str bytes, size_t *line, size_t *column);

#endif
