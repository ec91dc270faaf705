#include "read/builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static void add_run(struct builder *b, size_t text_length, size_t from, size_t to)
{
    size_t at = b->text.len;
    if (b->runs.count && text_length == to - from) {
        struct run *last = &b->runs.items[b->runs.count - 1];
        if (at - last->text == last->input_length && last->input + last->input_length == from) {
            last->input_length += (uint32_t)(to - from);
            return;
        }
    }
    *LIST_ADD(b->arena, &b->runs) = (struct run){(uint32_t)at, (uint32_t)from, (uint32_t)(to - from)};
}

static void write_text(struct builder *b, struct str text, size_t from, size_t to)
{
    add_run(b, text.len, from, to);
    buf_add(&b->text, text);
    b->input_end = to;
}

/* Makes ready for text of the block that stands in the input from `from` on. */
static void prepare(struct builder *b, size_t from)
{
    /* Parsers of HTML move misplaced text to other places; within a block the map only goes forward. */
    if (b->open && from < b->input_end)
        builder_break(b, b->kind, b->level);
    if (b->open) {
        if (b->due)
            write_text(b, (struct str){&b->due, 1}, b->input_end, from);
    } else {
        if (b->text.len)
            write_text(b, STR("\n\n"), b->input_end, b->input_end);
        *LIST_ADD(b->arena, &b->blocks) = (struct block){
            .kind = b->kind,
            .level = b->level,
            .start = b->text.len,
            .table = DOCUMENT_NONE,
            .cell = DOCUMENT_NONE,
        };
        builder_place_in_table(b, &b->blocks.items[b->blocks.count - 1]);
        b->open = true;
    }
    b->due = 0;
}

static void add(struct builder *b, struct str text, size_t from, size_t to)
{
    if (!text.len)
        return;
    prepare(b, from);
    write_text(b, text, from, to);
    b->blocks.items[b->blocks.count - 1].end = b->text.len;
}

void builder_break(struct builder *b, enum block_kind kind, unsigned level)
{
    b->kind = kind;
    b->level = level;
    b->open = false;
    b->due = 0;
}

void builder_space(struct builder *b, char space)
{
    if (b->open && b->due != '\n')
        b->due = space;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* The length of an invisible character at the start of the text: U+00AD, U+200B, U+2060, U+FEFF; else 0. */
static size_t invisible(struct str s)
{
    if (str_starts(s, STR("\u00ad")))
        return 2;
    return str_starts(s, STR("\u200b")) || str_starts(s, STR("\u2060")) || str_starts(s, STR("\ufeff")) ? 3 : 0;
}

/* Whether a byte may start an invisible character. */
static bool is_suspect(char c) { return c == '\xc2' || c == '\xe2' || c == '\xef'; }

/* Where the text from `at` on stops to be as it will be: at white space, but for a single blank between words (if
 * `blanks`), or at an invisible character. */
static size_t plain_end(struct str s, size_t at, bool blanks)
{
    for (; at < s.len; at++) {
        char c = s.ptr[at];
        if (c > ' ' && c < '\x7f')
            continue;
        if (is_suspect(c) && invisible(str_part(s, at, s.len)))
            break;
        if (!is_space(c))
            continue;
        if (c != ' ' || !blanks || at + 1 == s.len || is_space(s.ptr[at + 1]) || is_suspect(s.ptr[at + 1]))
            break;
    }
    return at;
}

void builder_text(struct builder *b, size_t from, size_t to)
{
    struct str input = str_part(b->input, 0, to);
    for (size_t at = from; at < to;) {
        size_t end = is_space(input.ptr[at]) ? at : plain_end(input, at, true);
        add(b, str_part(input, at, end), at, end);
        at = end;
        if (at < to && is_space(input.ptr[at])) {
            builder_space(b, ' ');
            at++;
        } else {
            at += invisible(str_part(input, at, to));
        }
    }
}

void builder_verbatim(struct builder *b, size_t from, size_t to)
{
    struct str input = str_part(b->input, 0, to);
    size_t blank = from; /* white space from here on is not written yet */
    for (size_t at = from; at < to;) {
        if (input.ptr[at] == '\n') {
            if (b->due == '\n')
                builder_break(b, b->kind, b->level);
            builder_space(b, '\n');
            blank = ++at;
            continue;
        }
        if (is_space(input.ptr[at])) {
            at++;
            continue;
        }
        if (b->open && !b->due)
            add(b, str_part(input, blank, at), blank, at);
        size_t end = plain_end(input, at, false);
        add(b, str_part(input, at, end), at, end);
        at = blank = end + invisible(str_part(input, end, to));
    }
    if (blank < to)
        builder_space(b, ' ');
}

void builder_put(struct builder *b, struct str text, size_t from, size_t to)
{
    if (!invisible(text))
        add(b, text, from, to);
}

struct builder_mark builder_mark(const struct builder *b)
{
    return (struct builder_mark){
        .text = b->text.len,
        .runs = b->runs.count,
        .blocks = b->blocks.count,
        .run_length = b->runs.count ? b->runs.items[b->runs.count - 1].input_length : 0,
        .open = b->open,
        .due = b->due,
    };
}

/* Whether all text since the mark is in one block: the one that was open then, or the one that it started. */
static bool one_block(const struct builder *b, struct builder_mark mark)
{
    return b->blocks.count == mark.blocks + !mark.open;
}

struct str builder_since(const struct builder *b, struct builder_mark mark)
{
    if (!one_block(b, mark))
        return STR("");
    return str_trim(str_part((struct str){b->text.ptr, b->text.len}, mark.text, b->text.len));
}

void builder_cut(struct builder *b, struct builder_mark mark)
{
    if (!one_block(b, mark) || b->text.len == mark.text)
        return;
    b->text.len = mark.text;
    b->runs.count = mark.runs;
    if (mark.runs)
        b->runs.items[mark.runs - 1].input_length = mark.run_length;
    b->blocks.count = mark.blocks;
    if (mark.open)
        b->blocks.items[mark.blocks - 1].end = mark.text;
    b->open = mark.open;
    b->due = b->due ? b->due : mark.due;
    while (b->opaque.count && b->opaque.items[b->opaque.count - 1].end > mark.text)
        b->opaque.count--;
}

void builder_opaque(struct builder *b, struct builder_mark mark)
{
    size_t start = mark.text;
    while (start < b->text.len && is_space(b->text.ptr[start]))
        start++;
    if (start < b->text.len)
        *LIST_ADD(b->arena, &b->opaque) = (struct span){start, b->text.len};
}

static int compare_spans(const void *left, const void *right)
{
    const struct span *a = left, *b = right;
    return a->start < b->start ? -1 : a->start > b->start;
}

/* Sorts the opaque spans and makes one of those that touch. */
static void settle_opaque(struct builder *b)
{
    if (!b->opaque.count)
        return;
    qsort(b->opaque.items, b->opaque.count, sizeof *b->opaque.items, compare_spans);
    size_t count = 1;
    for (size_t i = 1; i < b->opaque.count; i++) {
        struct span *last = &b->opaque.items[count - 1], next = b->opaque.items[i];
        if (next.start > last->end)
            b->opaque.items[count++] = next;
        else if (next.end > last->end)
            last->end = next.end;
    }
    b->opaque.count = count;
}

void builder_finish(struct builder *b, struct document *out)
{
    while (b->table)
        builder_table_end(b);
    out->text = buf_str(&b->text);
    builder_find_addresses(b);
    settle_opaque(b);
    out->lang = b->lang;
    out->runs = b->runs.items;
    out->run_count = b->runs.count;
    out->blocks = b->blocks.items;
    out->block_count = b->blocks.count;
    out->tables = b->tables.items;
    out->table_count = b->tables.count;
    out->opaque = b->opaque.items;
    out->opaque_count = b->opaque.count;
}
