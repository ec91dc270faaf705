/* The stream is ours alone while we write: no call needs its lock. */
#include "base/json_writer.h"

static void line(struct json_writer *w)
{
    if (w->level > w->deep)
        return;
    putc_unlocked('\n', w->out);
    for (unsigned i = 0; i < w->level; i++)
        fputs_unlocked("  ", w->out);
}

/* What stands between this value and what came before it. */
static void separate(struct json_writer *w)
{
    if (w->keyed) {
        w->keyed = false;
        return;
    }
    if (w->follows)
        fwrite_unlocked(", ", 1, w->level > w->deep ? 2 : 1, w->out);
    if (w->level)
        line(w);
    w->follows = true;
}

void json_open(struct json_writer *w, char bracket)
{
    separate(w);
    putc_unlocked(bracket, w->out);
    w->level++;
    w->follows = false;
}

void json_close(struct json_writer *w, char bracket)
{
    bool empty = !w->follows;
    w->level--;
    if (!empty && w->level < w->deep)
        line(w);
    putc_unlocked(bracket, w->out);
    w->follows = true;
    if (!w->level)
        putc_unlocked('\n', w->out);
}

/* What JSON, or a terminal, cannot bear as it is. */
static void escape(struct json_writer *w, uint32_t c)
{
    if (c == '"' || c == '\\')
        fprintf(w->out, "\\%c", (char)c);
    else if (c == '\n')
        fputs_unlocked("\\n", w->out);
    else if (c == '\t')
        fputs_unlocked("\\t", w->out);
    else
        fprintf(w->out, "\\u%04x", (unsigned)c);
}

static void quoted(struct json_writer *w, struct str text)
{
    size_t from = 0; /* what stands from here on goes out as it is */
    putc_unlocked('"', w->out);
    for (size_t i = 0, n = 1; i < text.len; i += n) {
        uint32_t c = (unsigned char)text.ptr[i];
        n = c < 0x80 ? 1 : utf8_decode(str_part(text, i, text.len), &c);
        if (n && c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
            continue;
        fwrite_unlocked(text.ptr + from, 1, i - from, w->out);
        escape(w, n ? c : 0xfffd);
        n = n ? n : 1;
        from = i + n;
    }
    fwrite_unlocked(text.ptr + from, 1, text.len - from, w->out);
    putc_unlocked('"', w->out);
}

void json_key(struct json_writer *w, const char *key)
{
    separate(w);
    quoted(w, str_from(key));
    fwrite_unlocked(": ", 1, 2, w->out);
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
    fwrite_unlocked(number.ptr, 1, number.len, w->out);
}

void json_bool(struct json_writer *w, bool value)
{
    separate(w);
    fputs_unlocked(value ? "true" : "false", w->out);
}

void json_null(struct json_writer *w)
{
    separate(w);
    fputs_unlocked("null", w->out);
}
