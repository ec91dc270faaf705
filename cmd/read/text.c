#include "read/builder.h"

#include <ctype.h>
#include <string.h>

/* A line: bytes of the input, without its end and the white space around it. */
struct line {
    size_t from, to;
    size_t next; /* where the next line starts */
};

struct reader {
    struct builder *builder;
    struct str input;
};

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* line = bytes, "\n" or "\r\n" or "\r" or the end */
static struct line line_at(struct str input, size_t at)
{
    struct line line = {.from = at, .to = at};
    while (line.to < input.len && input.ptr[line.to] != '\n' && input.ptr[line.to] != '\r')
        line.to++;
    line.next = line.to + str_starts(str_part(input, line.to, line.to + 2), STR("\r\n"));
    line.next += line.next < input.len;
    while (line.from < line.to && is_blank(input.ptr[line.from]))
        line.from++;
    while (line.to > line.from && is_blank(input.ptr[line.to - 1]))
        line.to--;
    return line;
}

static struct str line_text(struct str input, struct line line) { return str_part(input, line.from, line.to); }

/* The length of a list marker with the white space behind it, or 0.
 *
 *     marker = ("-" | "–" | "—" | "•" | "*" | "+" | "·" | "◦" | "▪" | "‣" | number ("." | ")")) white-space
 *     number = 1 to 3 digits, or a letter before ")" */
static size_t marker_length(struct str line)
{
    static const struct str bullets[] = {STR_INIT("-"), STR_INIT("–"), STR_INIT("—"), STR_INIT("•"), STR_INIT("*"),
                                         STR_INIT("+"), STR_INIT("·"), STR_INIT("◦"), STR_INIT("▪"), STR_INIT("‣")};
    size_t end = 0;
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets && !end; i++)
        if (str_starts(line, bullets[i]))
            end = bullets[i].len;
    if (!end) {
        while (end < 3 && end < line.len && isdigit((unsigned char)line.ptr[end]))
            end++;
        bool letter = !end && line.len > 1 && isalpha((unsigned char)*line.ptr) && line.ptr[1] == ')';
        end += letter;
        if (!end || end == line.len || (line.ptr[end] != ')' && line.ptr[end] != '.'))
            return 0;
        end++;
    }
    size_t start = end;
    while (end < line.len && is_blank(line.ptr[end]))
        end++;
    if (str_starts(str_part(line, end, line.len), STR("\u00a0")))
        end += 2;
    return end > start && end < line.len ? end : 0;
}

/* "=====", "-----", "* * *": drawn lines. The level of the title above it, or 0. */
static unsigned ruler_level(struct str line)
{
    size_t marks = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (is_blank(line.ptr[i]))
            continue;
        if (!strchr("=-_*~#", line.ptr[i]) || line.ptr[i] != *line.ptr)
            return 0;
        marks++;
    }
    return marks < 3 ? 0 : *line.ptr == '=' ? 1 : 2;
}

/* Where the next gap between columns of a table starts, and its length: a tab, or four spaces and more. */
static size_t find_gap(struct str line, size_t from, size_t *length)
{
    enum { GAP = 4 };
    for (size_t at = from; at < line.len; at++) {
        size_t end = at;
        bool tab = false;
        for (; end < line.len && (line.ptr[end] == ' ' || line.ptr[end] == '\t'); end++)
            tab |= line.ptr[end] == '\t';
        if (tab || end - at >= GAP) {
            *length = end - at;
            return at;
        }
        at = end;
    }
    return line.len;
}

/* The white space behind a list marker is no gap. */
static bool is_row(struct str line)
{
    size_t length;
    bool may_have = str_find(line, STR("\t")) < line.len || str_find(line, STR("    ")) < line.len;
    return may_have && find_gap(line, marker_length(line), &length) < line.len;
}

/* Lines one after the other that have gaps are the rows of a table. A tab more is an empty cell. */
static size_t read_table(struct reader *r, struct line line)
{
    builder_table(r->builder);
    for (;;) {
        struct str text = line_text(r->input, line);
        builder_row(r->builder);
        for (size_t from = 0, gap, length = 0; from <= text.len; from = gap + length) {
            gap = find_gap(text, from, &length);
            builder_cell(r->builder, HEADER_NONE, 1, 1);
            builder_break(r->builder, BLOCK_CELL, 0);
            builder_text(r->builder, line.from + from, line.from + gap);
            for (size_t tabs = 0, i = gap; gap < text.len && i < gap + length; i++)
                if (text.ptr[i] == '\t' && tabs++)
                    builder_cell(r->builder, HEADER_NONE, 1, 1);
            if (gap == text.len)
                break;
        }
        struct line next = line_at(r->input, line.next);
        if (line.next >= r->input.len || !is_row(line_text(r->input, next)))
            break;
        line = next;
    }
    builder_table_end(r->builder);
    builder_break(r->builder, BLOCK_PARAGRAPH, 0);
    return line.next;
}

/* A guess, as plain text marks no titles: one short line between blank lines that does not end like a sentence or
 * an introduction to a list, and more text behind it. */
static bool looks_like_title(struct reader *r, struct line line)
{
    enum { LONGEST_TITLE = 100 };
    struct str text = line_text(r->input, line);
    if (text.len > 4 * LONGEST_TITLE || utf8_count(text) > LONGEST_TITLE || strchr(".,;:!?", text.ptr[text.len - 1]) ||
        str_ends(text, STR("…")))
        return false;
    bool letter = false;
    for (size_t i = 0; i < text.len; i++)
        letter |= isalpha((unsigned char)text.ptr[i]) || (unsigned char)text.ptr[i] >= 0xc3;
    struct line next = line_at(r->input, line.next);
    return letter && next.from == next.to && next.next < r->input.len;
}

/* The kind of the block that this line starts, whose marker is skipped. */
static enum block_kind start_block(struct reader *r, struct line *line, unsigned *level)
{
    struct str text = line_text(r->input, *line);
    size_t marker = marker_length(text);
    struct line next = line_at(r->input, line->next);
    *level = 0;
    if (marker) {
        line->from += marker;
        return BLOCK_ITEM;
    }
    if (*text.ptr == '>')
        return BLOCK_QUOTE;
    if (line->next < r->input.len)
        *level = ruler_level(line_text(r->input, next));
    if (!*level)
        *level = looks_like_title(r, *line) ? 2 : 0;
    return *level ? BLOCK_TITLE : BLOCK_PARAGRAPH;
}

/* Whether this line starts a list item though no blank line stands before it: behind another item, or what
 * introduces a list. Elsewhere a dash at the start of a line may be a sign or a dash of the sentence. */
static bool interrupts(struct reader *r, enum block_kind kind, struct line before, struct line line)
{
    struct str above = line_text(r->input, before);
    return marker_length(line_text(r->input, line)) && (kind == BLOCK_ITEM || str_ends(above, STR(":")));
}

/* document  = { blank-line | ruler | table | block }
 * block     = line { line }                     joined by spaces, up to a blank line or the next item
 * line      = [">"] [marker] text                */
bool text_read(struct builder *b, struct source *source, struct diag *diag)
{
    (void)source, (void)diag;
    struct reader r = {b, b->input};
    enum block_kind kind = BLOCK_PARAGRAPH;
    struct line before = {0};
    bool inside = false;
    for (size_t at = 0; at < r.input.len; at = before.next) {
        struct line line = line_at(r.input, at);
        struct str text = line_text(r.input, line);
        before.next = line.next;
        if (!text.len || ruler_level(text)) {
            inside = false;
            continue;
        }
        if (is_row(text)) {
            before.next = read_table(&r, line);
            inside = false;
            continue;
        }
        if (!inside || interrupts(&r, kind, before, line)) {
            unsigned level;
            kind = start_block(&r, &line, &level);
            builder_break(b, kind, level);
        }
        if (kind == BLOCK_QUOTE)
            while (line.from < line.to && (r.input.ptr[line.from] == '>' || is_blank(r.input.ptr[line.from])))
                line.from++;
        builder_space(b, ' ');
        builder_text(b, line.from, line.to);
        inside = true;
        before = line;
    }
    return true;
}
