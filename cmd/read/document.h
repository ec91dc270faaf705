/* document: prose as one text, with a map from each byte of it back to the source.
 *
 *     struct document document;
 *     if (document_read(&arena, &source, STR(""), STR(""), &document, &diag)) {
 *         ... document.text is UTF-8: "Elle compte 2 800 maisons." where the source has "<b>2</b>&#8239;800" ...
 *         struct place place = document_place(&document, 12, 19);      // the bytes of the source, tags included
 *     }
 *
 * Markup is gone from the text, so that what a reader sees in one piece is in one piece: a number split by tags, by
 * a line end inside a paragraph (one space then) or by an entity. Blocks stand in the order of the text, a blank
 * line between any two, so that no sentence runs from one into the next. Not in the text are: scripts, hidden and
 * struck-out parts, list markers, and the marks of footnotes ("33 000<sup>1</sup>" reads "33 000", "[^1]" is gone);
 * the endings of ordinals (5<sup>e</sup>) stay, and exponents become characters (m<sup>2</sup> is m²). Invisible
 * characters (soft hyphen, zero-width space) are left out too.
 */
#ifndef READ_DOCUMENT_H
#define READ_DOCUMENT_H

#include "base/diag.h"
#include "read/encoding.h"

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_TITLE,
    BLOCK_ITEM, /* a part of a list item */
    BLOCK_QUOTE,
    BLOCK_CELL, /* the text of a table cell */
    BLOCK_CAPTION,
    BLOCK_CODE /* all of it is opaque */
};

#define DOCUMENT_NONE SIZE_MAX /* no such block, table or cell */

/* A stretch of the text, never empty. A '\n' inside is a line end that is seen (<br>, lines of code). */
struct block {
    enum block_kind kind;
    unsigned level;     /* of a title: 1 to 6; 0 is the title that HTML gives the whole document */
    size_t start, end;  /* bytes of the text */
    size_t table, cell; /* which cell it stands in (of any kind: a cell may hold lists); of a caption, its table */
};

struct cell {
    size_t start, end; /* bytes of the text: all blocks of the cell. Empty when it has no text */
    size_t row, column, row_span, column_span; /* counted from 0; spans are at least 1 */
    bool header;                               /* marked as such */
    /* The nearest header above and to the left, as indexes of cells of the table, or DOCUMENT_NONE; a header's own
     * go on to the next one. Where no cell is marked as a header of columns, or of rows, a first row or column of
     * labels serves. */
    size_t column_header, row_header;
};

struct table {
    struct cell *cells; /* in the order of the source; empty ones at the end of a row may be left out */
    size_t cell_count, rows, columns;
    size_t caption; /* its block, or DOCUMENT_NONE */
};

struct span {
    size_t start, end;
};

/* A stretch of the text and what it stands for, in bytes of the source as UTF-8. It ends where the next one starts.
 * With as many bytes on both sides it goes byte by byte, else the whole stands for the whole (an entity, white space).
 */
struct run {
    uint32_t text, input, input_length;
};

struct document {
    struct source *source;
    struct str type; /* "text", "markdown", "html" */
    struct str text; /* UTF-8 */
    struct str lang; /* as the document says: "fr", "en-GB"; empty when it does not */
    struct decoded input;
    struct source shown; /* the source as UTF-8: lines, columns and excerpts are taken from it */
    struct block *blocks;
    size_t block_count;
    struct table *tables;
    size_t table_count;
    struct span *opaque; /* code, URLs, e-mail addresses: no figure is read there. In order, apart from each other */
    size_t opaque_count;
    struct run *runs; /* they cover the text; where input goes back, a new block starts */
    size_t run_count;
};

/* Reads the source as a document of a type ("text", "markdown", "html"); empty: the type that its name's extension
 * says. `encoding` is a name as in HTML, or empty: see encoding.h. All lives in the arena and borrows the source.
 * Fails for an unknown type or encoding, for 2 GiB and more, and for Markdown tables whose rows are far shorter than
 * their heads; anything else can be read. */
bool document_read(struct arena *arena, struct source *source, struct str type, struct str encoding,
                   struct document *out, struct diag *diag);

/* The type that a path's extension says, in any case of letters; empty when it is no document's. */
struct str document_type(struct str path);

/* The source of the text from byte `start` up to byte `end`, from the first byte of its first character to the last
 * of its last: markup in between is inside. Both ends must lie in one block. */
struct place document_place(const struct document *document, size_t start, size_t end);

/* The same in document->shown, for people: source_position and source_line work on it in any encoding. */
struct place document_shown(struct document *document, size_t start, size_t end);

/* Whether any byte from `start` up to `end` is opaque. */
bool document_is_opaque(const struct document *document, size_t start, size_t end);

/* The block that byte `offset` of the text stands in; between two blocks, the one before. DOCUMENT_NONE: no block. */
size_t document_block(const struct document *document, size_t offset);

#endif
