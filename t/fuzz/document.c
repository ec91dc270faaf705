/* Fuzzing of document_read: no crash, and what document.h promises of text, blocks, spans and map holds.
 *
 * The first byte of the input chooses the type of document. With -DREPLAY it is a program that reads the files that it
 * is given, for those who have no libFuzzer. */
#include <stdlib.h>

#include "base/arena.h"
#include "read/document.h"
#include "replay.h"

#define REQUIRE(condition) ((condition) ? (void)0 : abort())

static void check_text(const struct document *d)
{
    for (size_t i = 0; i < d->text.len;) {
        uint32_t code_point;
        size_t length = utf8_decode(str_part(d->text, i, d->text.len), &code_point);
        REQUIRE(length);
        i += length;
    }
}

static void check_blocks(const struct document *d)
{
    size_t end = 0;
    for (size_t i = 0; i < d->block_count; i++) {
        const struct block *block = &d->blocks[i];
        REQUIRE(block->start < block->end && block->end <= d->text.len);
        REQUIRE(block->start == end + (i ? 2 : 0) && (!i || str_equal(str_part(d->text, end, end + 2), STR("\n\n"))));
        REQUIRE(document_block(d, block->start) == i && document_block(d, block->end - 1) == i);
        REQUIRE(block->table == DOCUMENT_NONE || block->table < d->table_count);
        REQUIRE(block->cell == DOCUMENT_NONE || block->cell < d->tables[block->table].cell_count);
        end = block->end;
    }
    REQUIRE(end == d->text.len);
}

static void check_tables(const struct document *d)
{
    for (size_t i = 0; i < d->table_count; i++) {
        size_t caption = d->tables[i].caption;
        REQUIRE(caption == DOCUMENT_NONE || (caption < d->block_count && d->blocks[caption].table == i));
        for (size_t c = 0; c < d->tables[i].cell_count; c++) {
            const struct table *table = &d->tables[i];
            const struct cell *cell = &table->cells[c];
            REQUIRE(cell->start <= cell->end && cell->end <= d->text.len);
            REQUIRE(cell->row_span && cell->row + cell->row_span <= table->rows);
            REQUIRE(cell->column_span && cell->column + cell->column_span <= table->columns);
            REQUIRE(cell->column_header == DOCUMENT_NONE || cell->column_header < c);
            REQUIRE(cell->row_header == DOCUMENT_NONE || cell->row_header < c);
        }
    }
}

static void check_map(const struct document *d)
{
    size_t block = 0, last = 0;
    for (size_t i = 0; i < d->run_count; i++) {
        const struct run *run = &d->runs[i];
        REQUIRE(run->text < d->text.len && run->text >= (i ? run[-1].text + 1 : 0));
        REQUIRE((size_t)run->input + run->input_length <= d->input.text.len);
    }
    REQUIRE(!d->text.len || !d->runs[0].text);
    for (size_t i = 0; i < d->text.len; i++) {
        for (; i > d->blocks[block].end + 1; block++)
            last = 0;
        if (i >= d->blocks[block].end || ((unsigned char)d->text.ptr[i] & 0xc0) == 0x80)
            continue;
        uint32_t code_point;
        size_t length = utf8_decode(str_part(d->text, i, d->text.len), &code_point);
        struct place place = document_place(d, i, i + length);
        REQUIRE(place.start >= last && place.start <= place.end && place.end <= d->source->bytes.len);
        last = place.start;
    }
}

static void check_opaque(const struct document *d)
{
    for (size_t i = 0; i < d->opaque_count; i++) {
        const struct span *span = &d->opaque[i];
        REQUIRE(span->start < span->end && span->end <= d->text.len && (!i || span->start > span[-1].end));
        REQUIRE(document_is_opaque(d, span->start, span->end));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct str types[] = {STR_INIT("text"), STR_INIT("markdown"), STR_INIT("html")};
    if (!size)
        return 0;
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    struct source source = {.name = STR("fuzz"), .bytes = {(const char *)data + 1, size - 1}};
    struct document document;
    if (document_read(&arena, &source, types[*data % 3], STR(""), &document, &diag)) {
        check_text(&document);
        check_blocks(&document);
        check_tables(&document);
        check_map(&document);
        check_opaque(&document);
    }
    arena_free(&arena);
    return 0;
}
