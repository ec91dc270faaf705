#include "base/json_writer.h"

static void line(struct json_writer *w)
{
    if (w->level > w->deep)
        return;
    fputc('\n', w->out);
    for (unsigned i = 0; i < w->level; i++)
        fputs("  ", w->out);
}

/* What stands between this value and what came before it. */
static void separate(struct json_writer *w)
{
    if (w->keyed) {
        w->keyed = false;
        return;
    }
    if (w->follows)
        fputs(w->level > w->deep ? ", " : ",", w->out);
    if (w->level)
        line(w);
    w->follows = true;
}

void json_open(struct json_writer *w, char bracket)
{
    separate(w);
    fputc(bracket, w->out);
    w->level++;
    w->follows = false;
}

void json_close(struct json_writer *w, char bracket)
{
    bool empty = !w->follows;
    w->level--;
    if (!empty && w->level < w->deep)
        line(w);
    fputc(bracket, w->out);
    w->follows = true;
    if (!w->level)
        fputc('\n', w->out);
}

static void quoted(struct json_writer *w, struct str text)
{
    fputc('"', w->out);
    for (size_t i = 0, n; i < text.len; i += n) {
        uint32_t c;
        n = utf8_decode(str_part(text, i, text.len), &c);
        if (!n) {
            n = 1;
            fputs("\\ufffd", w->out);
        } else if (c == '"' || c == '\\') {
            fprintf(w->out, "\\%c", (char)c);
        } else if (c == '\n') {
            fputs("\\n", w->out);
        } else if (c == '\t') {
            fputs("\\t", w->out);
        } else if (c < 0x20 || c == 0x7f) {
            fprintf(w->out, "\\u%04x", (unsigned)c);
        } else {
            fwrite(text.ptr + i, 1, n, w->out);
        }
    }
    fputc('"', w->out);
}

void json_key(struct json_writer *w, const char *key)
{
    separate(w);
    quoted(w, str_from(key));
    fputs(": ", w->out);
    w->keyed = true;
}

void json_text(struct json_writer *w, struct str text)
{
    separate(w);
    quoted(w, text);
}

void json_count(struct json_writer *w, size_t number)
{
    separate(w);
    fprintf(w->out, "%zu", number);
}

void json_number(struct json_writer *w, struct str number)
{
    separate(w);
    fwrite(number.ptr, 1, number.len, w->out);
}

void json_bool(struct json_writer *w, bool value)
{
    separate(w);
    fputs(value ? "true" : "false", w->out);
}

void json_null(struct json_writer *w)
{
    separate(w);
    fputs("null", w->out);
}
