#include <ctype.h>
#include <md4c.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/map.h"
#include "read/builder.h"

/* A block or a span that is open. */
struct frame {
    enum block_kind kind; /* that holds outside of it */
    unsigned level;
    struct builder_mark mark;
    bool deleted;
};

enum {
    MAX_OPEN_TAGS = 16,     /* of HTML inside a line; those that are deeper are not looked at */
    MAX_CELLS_PER_BYTE = 16 /* of tables; more take a table that is far wider than its rows are long */
};

/* A tag of HTML inside a line, and where the text stood then. */
struct open_tag {
    const struct element *element;
    struct builder_mark mark;
};

struct reader {
    struct builder *builder;
    struct str input;
    struct map entities;
    struct {
        struct frame *items;
        size_t count, room;
    } frames;
    struct open_tag tags[MAX_OPEN_TAGS];
    size_t tag_count;
    unsigned unseen;  /* how many pictures and deletions we are in */
    size_t undecided; /* 1 + the frame of a deletion whose text has not come yet, or 0 */
    bool code_block, html_block;
    size_t cells; /* in all tables, as md4c counts them */
    struct {
        size_t at; /* how far it was looked for pipes; DOCUMENT_NONE before its first text */
        size_t pipes, cells;
        bool leading, head; /* has a pipe in front of its first cell; is the first one */
    } row;
    bool in_cell;    /* whose text has not come yet */
    struct buf html; /* blocks of HTML one after the other; blank where Markdown's own marks stand */
    size_t html_start;
};

/* Whether a piece of HTML is more than tags. */
static bool has_text(struct str html)
{
    bool inside = false;
    for (size_t i = 0; i < html.len; i++) {
        if (html.ptr[i] == '<' || html.ptr[i] == '>')
            inside = html.ptr[i] == '<';
        else if (!inside && !isspace((unsigned char)html.ptr[i]))
            return true;
    }
    return false;
}

/* Reads the blocks of HTML that were gathered. Markdown cuts HTML at empty lines, also inside of a table. */
static void read_html(struct reader *r)
{
    struct builder *b = r->builder;
    if (r->html.len && has_text(buf_str(&r->html))) {
        builder_break(b, b->kind, b->level);
        html_part(b, buf_str(&r->html), r->html_start);
        builder_break(b, b->kind, b->level);
    }
    r->html.len = 0;
}

static void gather_html(struct reader *r, size_t from, size_t to)
{
    if (!r->html.len)
        r->html_start = from;
    for (size_t at = r->html_start + r->html.len; at < from; at++)
        buf_add_char(&r->html, r->input.ptr[at] == '\n' ? '\n' : ' ');
    buf_add(&r->html, str_part(r->input, from, to));
}

/* The kind of the text in a block, given that of the text around it. */
static enum block_kind kind_of(MD_BLOCKTYPE type, enum block_kind outer)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
        return BLOCK_QUOTE;
    case MD_BLOCK_LI:
        return BLOCK_ITEM;
    case MD_BLOCK_H:
        return BLOCK_TITLE;
    case MD_BLOCK_CODE:
        return BLOCK_CODE;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        return BLOCK_CELL;
    case MD_BLOCK_TABLE:
    case MD_BLOCK_TR:
    case MD_BLOCK_DOC:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
    case MD_BLOCK_HR:
    case MD_BLOCK_P:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY:
    case MD_BLOCK_HTML:
        return outer;
    }
    return outer;
}

static bool too_many_cells(const struct reader *r) { return r->cells / MAX_CELLS_PER_BYTE > r->input.len; }

/* Md4c fills short rows up to the table's width, so that a few bytes can make thousands of cells, and leaves out the
 * empty cell of "||". Hence only text makes a cell, and the pipes before it say where. Too many cells stop the reading.
 */
static int enter_cell(struct reader *r, bool head)
{
    r->row.head = head;
    r->in_cell = true;
    r->cells++;
    return too_many_cells(r) ? -1 : 0;
}

/* row = ["|"] cell { "|" cell } ["|"]        "\|" is text */
static void make_cells(struct reader *r, size_t from)
{
    bool first = r->row.at == DOCUMENT_NONE;
    if (first)
        for (r->row.at = from; r->row.at && !strchr("\r\n", r->input.ptr[r->row.at - 1]);)
            r->row.at--;
    for (; r->row.at < from; r->row.at++)
        r->row.pipes += r->input.ptr[r->row.at] == '|' && (!r->row.at || r->input.ptr[r->row.at - 1] != '\\');
    if (first)
        r->row.leading = r->row.pipes > 0;
    for (; r->row.cells + r->row.leading <= r->row.pipes; r->row.cells++)
        builder_cell(r->builder, r->row.head ? HEADER_COLUMN : HEADER_NONE, 1, 1);
    r->in_cell = false;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct reader *r = data;
    struct builder *b = r->builder;
    r->html_block = type == MD_BLOCK_HTML;
    if (r->html_block)
        return 0;
    read_html(r);
    *LIST_ADD(b->arena, &r->frames) = (struct frame){.kind = b->kind, .level = b->level, .mark = builder_mark(b)};
    builder_break(b, kind_of(type, b->kind), type == MD_BLOCK_H ? ((const MD_BLOCK_H_DETAIL *)detail)->level : 0);
    r->code_block = type == MD_BLOCK_CODE;
    if (type == MD_BLOCK_TABLE)
        builder_table(b);
    if (type == MD_BLOCK_TH || type == MD_BLOCK_TD)
        return enter_cell(r, type == MD_BLOCK_TH);
    if (type == MD_BLOCK_TR) {
        builder_row(b);
        memset(&r->row, 0, sizeof r->row);
        r->row.at = DOCUMENT_NONE;
    }
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    (void)detail;
    struct reader *r = data;
    struct builder *b = r->builder;
    r->html_block = false;
    if (type == MD_BLOCK_HTML)
        return 0;
    read_html(r);
    const struct frame *frame = &r->frames.items[--r->frames.count];
    if (type == MD_BLOCK_CODE) {
        builder_opaque(b, frame->mark);
        r->code_block = false;
    } else if (type == MD_BLOCK_TABLE) {
        builder_table_end(b);
    } else if (type == MD_BLOCK_TH || type == MD_BLOCK_TD) {
        builder_cell_end(b);
        r->in_cell = false;
    }
    r->tag_count = 0;
    builder_break(b, frame->kind, frame->level);
    return 0;
}

static int enter_span(MD_SPANTYPE type, void *detail, void *data)
{
    (void)detail;
    struct reader *r = data;
    *LIST_ADD(r->builder->arena, &r->frames) = (struct frame){.mark = builder_mark(r->builder)};
    r->unseen += type == MD_SPAN_IMG;
    if (type == MD_SPAN_DEL)
        r->undecided = r->frames.count;
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    (void)detail;
    struct reader *r = data;
    struct builder *b = r->builder;
    const struct frame *frame = &r->frames.items[--r->frames.count];
    r->unseen -= type == MD_SPAN_IMG || frame->deleted;
    if (r->undecided > r->frames.count)
        r->undecided = 0;
    else if (type == MD_SPAN_DEL && !frame->deleted && !r->unseen)
        builder_put(b, STR("~"), b->input_end, b->input_end + 1);
    if (type == MD_SPAN_CODE)
        builder_opaque(b, frame->mark);
    if (type == MD_SPAN_A && str_starts(builder_since(b, frame->mark), STR("^")))
        builder_cut(b, frame->mark);
    return 0;
}

/* "~~592~~" is deleted; "~50 à ~60" is not, though md4c takes it for that: its tildes say "about". What the span is
 * shows only when its text comes. */
static void decide_deletion(struct reader *r, size_t from)
{
    struct frame *frame = &r->frames.items[r->undecided - 1];
    size_t at = from;
    while (at > 0 && strchr("*_`[!<&#", r->input.ptr[at - 1]))
        at--;
    r->undecided = 0;
    frame->deleted = at >= 2 && r->input.ptr[at - 1] == '~' && r->input.ptr[at - 2] == '~';
    r->unseen += frame->deleted;
    if (!frame->deleted && at && !r->unseen)
        builder_put(r->builder, STR("~"), at - 1, at);
}

/* Text without the marks of footnotes, which md4c does not know; at the start of a block also without the ":"
 * behind, which makes it the footnote itself.
 *
 *     mark = "[^" { any but white space and "]" } "]" [":"] */
static void add_prose(struct reader *r, size_t from, size_t to)
{
    struct str text = str_part(r->input, 0, to);
    while (from < to) {
        size_t mark = from + str_find(str_part(text, from, to), STR("[^")), end = mark;
        while (end < to && !isspace((unsigned char)text.ptr[end]) && text.ptr[end] != ']')
            end++;
        bool found = end < to && text.ptr[end] == ']';
        end += found;
        builder_text(r->builder, from, found ? mark : end);
        if (found && !r->builder->open && end < to && text.ptr[end] == ':')
            end++;
        from = end;
    }
}

static void add_entity(struct reader *r, size_t from, size_t to)
{
    struct str text;
    size_t length = entity_read(r->builder->arena, &r->entities, str_part(r->input, from, to), &text);
    if (length != to - from)
        builder_text(r->builder, from, to);
    else if (text.len == 1 && isspace((unsigned char)*text.ptr))
        builder_space(r->builder, ' ');
    else
        builder_put(r->builder, text, from, to);
}

/* Elements inside a line that are more than looks, and what their end makes of the text. */
static const struct element {
    struct str name;
    void (*end)(struct builder *b, struct builder_mark mark);
} elements[] = {
    {STR_INIT("sup"), builder_superscript}, {STR_INIT("code"), builder_opaque}, {STR_INIT("kbd"), builder_opaque},
    {STR_INIT("samp"), builder_opaque},     {STR_INIT("var"), builder_opaque},  {STR_INIT("del"), builder_cut},
    {STR_INIT("s"), builder_cut},           {STR_INIT("strike"), builder_cut},
};

/* A tag inside a line.
 *
 *     tag = "<" ["/"] name … ">" */
static void read_tag(struct reader *r, struct str tag)
{
    bool end = str_starts(tag, STR("</"));
    size_t from = end ? 2 : 1, to = from;
    while (to < tag.len && isalnum((unsigned char)tag.ptr[to]))
        to++;
    struct str name = str_part(tag, from, to);
    if (name.len == 2 && !strncasecmp(name.ptr, "br", 2))
        builder_space(r->builder, '\n');
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        const struct element *element = &elements[i];
        if (name.len != element->name.len || strncasecmp(name.ptr, element->name.ptr, name.len))
            continue;
        size_t open = r->tag_count;
        while (end && open && r->tags[open - 1].element != element)
            open--;
        if (!end && open < MAX_OPEN_TAGS) {
            r->tags[r->tag_count++] = (struct open_tag){element, builder_mark(r->builder)};
        } else if (end && open) {
            element->end(r->builder, r->tags[open - 1].mark);
            r->tag_count = open - 1;
        }
    }
}

/* Line ends, and blanks in code, which md4c gives without a place. */
static void add_space(struct reader *r, MD_TEXTTYPE type, char c)
{
    bool line_end = type == MD_TEXT_BR || (type == MD_TEXT_CODE && r->code_block && c == '\n');
    if (line_end || type == MD_TEXT_SOFTBR || type == MD_TEXT_CODE)
        builder_space(r->builder, line_end ? '\n' : ' ');
}

static void add_piece(struct reader *r, MD_TEXTTYPE type, size_t from, size_t to)
{
    switch (type) {
    case MD_TEXT_NORMAL:
    case MD_TEXT_LATEXMATH:
        add_prose(r, from, to);
        break;
    case MD_TEXT_ENTITY:
        add_entity(r, from, to);
        break;
    case MD_TEXT_CODE:
        if (r->code_block)
            builder_verbatim(r->builder, from, to);
        else
            builder_text(r->builder, from, to);
        break;
    case MD_TEXT_HTML:
        if (r->html_block)
            gather_html(r, from, to);
        else
            read_tag(r, str_part(r->input, from, to));
        break;
    case MD_TEXT_NULLCHAR:
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
        break;
    }
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *ptr, MD_SIZE size, void *data)
{
    struct reader *r = data;
    bool ours = ptr >= r->input.ptr && ptr + size <= r->input.ptr + r->input.len;
    size_t from = ours ? (size_t)(ptr - r->input.ptr) : 0;
    if (ours && r->undecided)
        decide_deletion(r, from);
    if (r->unseen)
        return 0;
    if (!ours) {
        add_space(r, type, *ptr);
        return 0;
    }
    if (r->in_cell)
        make_cells(r, from);
    add_piece(r, type, from, from + size);
    return 0;
}

/* The front matter of site generators is about the document, not of it; the language that it tells is kept.
 *
 *     front-matter = "---" line-end { line } ("---" | "...") line-end */
static size_t front_matter_end(struct builder *b)
{
    struct str rest = b->input, line = str_cut(&rest, STR("\n")), lang = STR("");
    if (!str_equal(str_trim(line), STR("---")) || !str_starts(b->input, STR("---")))
        return 0;
    while (rest.len) {
        line = str_cut(&rest, STR("\n"));
        if (str_starts(line, STR("---")) || str_starts(line, STR("..."))) {
            b->lang = str_copy(b->arena, lang);
            return b->input.len - rest.len;
        }
        if (str_starts(line, STR("lang:")))
            lang = str_trim(str_part(line, 5, line.len));
    }
    return 0;
}

bool markdown_read(struct builder *b, struct source *source, struct diag *diag)
{
    struct reader r = {.builder = b, .input = b->input, .entities = {.arena = b->arena}, .html = {.arena = b->arena}};
    const MD_PARSER parser = {
        .flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEAUTOLINKS,
        .enter_block = enter_block,
        .leave_block = leave_block,
        .enter_span = enter_span,
        .leave_span = leave_span,
        .text = add_text,
    };
    size_t start = front_matter_end(b);
    builder_break(b, BLOCK_PARAGRAPH, 0);
    if (!md_parse(b->input.ptr + start, (MD_SIZE)(b->input.len - start), &parser, &r))
        return true;
    return diag_about(diag, source->name,
                      too_many_cells(&r) ? "a table is far wider than its rows" : "not enough memory for Markdown");
}
