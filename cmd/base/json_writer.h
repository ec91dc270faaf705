/* json_writer: JSON written as it is known, never built as a tree.
 *
 *     struct json_writer w = {.out = stdout};
 *     json_open(&w, '{');
 *     json_key(&w, "verdict"); json_text(&w, STR("exact"));
 *     json_close(&w, '}');
 *
 * Members of objects and elements of arrays go on one line each down to `.deep` levels, and are
 * run together below, so that a report is both readable and diffable.
 */
#ifndef BASE_JSON_WRITER_H
#define BASE_JSON_WRITER_H

#include <stdio.h>

#include "base/str.h"

struct json_writer {
    FILE *out;
    unsigned deep;  /* levels that are broken into lines; 0: all on one line */
    unsigned level; /* how deep we are */
    bool follows;   /* something stands before in this object or array */
    bool keyed;     /* a key was just written */
};

void json_open(struct json_writer *w, char bracket);  /* '{' or '[' */
void json_close(struct json_writer *w, char bracket); /* '}' or ']' */
void json_key(struct json_writer *w, const char *key);
void json_text(struct json_writer *w, struct str text); /* bytes that are not UTF-8 become U+FFFD */
void json_count(struct json_writer *w, size_t number);
void json_number(struct json_writer *w, struct str number); /* a JSON number, as it stands */
void json_bool(struct json_writer *w, bool value);
void json_null(struct json_writer *w);

#endif
