/* builder: how the readers of documents make one. Only for cmd/read.
 *
 *     builder_break(b, BLOCK_PARAGRAPH, 0);                 // the next text starts a paragraph
 *     builder_text(b, from, to);                            // bytes of the input that stay as they are
 *     builder_put(b, STR("\u00a0"), from, to);              // what "&nbsp;" stands for
 *
 * Offsets are bytes of the input as UTF-8 (document.input.text). A block is made when its first text comes, so that
 * no block is empty; white space is written when text follows it, so that no block starts or ends with it.
 */
#ifndef READ_BUILDER_H
#define READ_BUILDER_H

#include "base/buf.h"
#include "read/document.h"

struct builder_table; /* a table that is still open */

struct builder {
    struct arena *arena;
    struct str input;
    struct buf text;
    struct {
        struct run *items;
        size_t count, room;
    } runs;
    struct {
        struct block *items;
        size_t count, room;
    } blocks;
    struct {
        struct table *items;
        size_t count, room;
    } tables;
    struct {
        struct span *items;
        size_t count, room;
    } opaque;
    struct str lang;
    enum block_kind kind; /* of the block that the next text starts */
    unsigned level;
    bool open;                   /* the last block is still growing */
    char due;                    /* ' ' or '\n', to be written before more text of the block; or 0 */
    size_t input_end;            /* behind the last input that was used */
    struct builder_table *table; /* the innermost open one */
};

/* Ends the block; the next text starts one of that kind. */
void builder_break(struct builder *b, enum block_kind kind, unsigned level);

/* Adds input[from, to): white space collapses to one space, invisible characters are dropped. */
void builder_text(struct builder *b, size_t from, size_t to);

/* Adds input[from, to) line by line as it is; an empty line starts a new block of the same kind. */
void builder_verbatim(struct builder *b, size_t from, size_t to);

/* Adds a text that stands for input[from, to). White space in it is kept; invisible characters are dropped. */
void builder_put(struct builder *b, struct str text, size_t from, size_t to);

/* White space: a ' ', or a '\n' for the end of a line that is to be seen. */
void builder_space(struct builder *b, char space);

/* Where the text stands now, to come back to it. */
struct builder_mark {
    size_t text, runs, blocks;
    uint32_t run_length; /* of the last run, which may grow */
    bool open;
    char due;
};
struct builder_mark builder_mark(const struct builder *b);

/* The text since the mark, without white space around it; empty when it runs over the end of a block. */
struct str builder_since(const struct builder *b, struct builder_mark mark);

/* Takes back what was added since the mark, unless it runs over the end of a block. */
void builder_cut(struct builder *b, struct builder_mark mark);

/* The text since the mark is opaque. */
void builder_opaque(struct builder *b, struct builder_mark mark);

/* The text since the mark was superscript: the mark of a footnote is taken back, an exponent becomes characters,
 * letters (5e) stay. */
void builder_superscript(struct builder *b, struct builder_mark mark);

/* The text since the mark was a link to a footnote: it is taken back when it is no more than a number or a sign. */
void builder_reference(struct builder *b, struct builder_mark mark);

/* Tables, from the outside in: table, row, cell. A cell outside any row starts one; whatever is still open inside is
 * closed. Cells give their text by builder_text, after builder_break(b, BLOCK_CELL, 0). */
enum builder_header { HEADER_NONE, HEADER_AUTO, HEADER_COLUMN, HEADER_ROW };
void builder_table(struct builder *b);
void builder_row(struct builder *b);
void builder_cell(struct builder *b, enum builder_header header, size_t row_span, size_t column_span);
void builder_cell_end(struct builder *b);
void builder_table_end(struct builder *b);

/* For the builder itself: which cell a new block stands in; the URLs and e-mail addresses of the finished text. */
void builder_place_in_table(const struct builder *b, struct block *block);
void builder_find_addresses(struct builder *b);

/* What was built, as the document's. */
void builder_finish(struct builder *b, struct document *out);

/* The readers, one a file. They leave what they read in the builder; false, with the diag filled, on failure. */
bool text_read(struct builder *b, struct source *source, struct diag *diag);
bool markdown_read(struct builder *b, struct source *source, struct diag *diag);
bool html_read(struct builder *b, struct source *source, struct diag *diag);

/* The HTML of `html`, as it stands in the input from byte `base` on; for HTML inside of Markdown. */
void html_part(struct builder *b, struct str html, size_t base);

/* The character reference at the start of `s`, "&nbsp;" or "&#8239;", as UTF-8 in *text (in the arena), and its
 * length; 0 when there is none. `known` remembers names between calls. As in
 * https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state. */
struct map;
size_t entity_read(struct arena *arena, struct map *known, struct str s, struct str *text);

#endif
