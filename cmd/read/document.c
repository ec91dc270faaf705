#include "read/document.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "read/builder.h"

/* The types of documents. A new one is a file with its reader, and a line here. */
static const struct type {
    struct str name;
    const char *extensions[4];
    bool markup; /* says its encoding as HTML and XML do */
    bool (*read)(struct builder *builder, struct source *source, struct diag *diag);
} types[] = {
    {.name = STR_INIT("text"), .extensions = {".txt", ".text"}, .read = text_read},
    {.name = STR_INIT("markdown"), .extensions = {".md", ".markdown"}, .read = markdown_read},
    {.name = STR_INIT("html"), .extensions = {".html", ".htm", ".xhtml"}, .markup = true, .read = html_read},
};

enum { TYPE_COUNT = sizeof types / sizeof *types, EXTENSION_COUNT = sizeof types->extensions / sizeof(char *) };

static bool has_extension(struct str path, const char *extension)
{
    size_t length = strlen(extension);
    return path.len > length && !strncasecmp(path.ptr + path.len - length, extension, length);
}

static const struct type *find_type(struct str path, struct str name)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (name.len && str_equal(types[i].name, name))
            return &types[i];
        for (size_t e = 0; e < EXTENSION_COUNT && types[i].extensions[e] && !name.len; e++)
            if (has_extension(path, types[i].extensions[e]))
                return &types[i];
    }
    return NULL;
}

struct str document_type(struct str path)
{
    const struct type *type = find_type(path, STR(""));
    return type ? type->name : STR("");
}

static bool fail_unknown_type(struct arena *arena, struct str path, struct str name, struct diag *diag)
{
    struct buf known = {.arena = arena};
    for (size_t i = 0; i < TYPE_COUNT; i++)
        buf_addf(&known, "%s%.*s", i ? ", " : "", STR_ARG(types[i].name));
    struct str list = buf_str(&known);
    if (name.len)
        return diag_about(diag, path, "no type of document is called \"%.*s\"; there are %.*s", STR_ARG(name),
                          STR_ARG(list));
    return diag_about(diag, path, "the name does not tell what type of document this is; --type says it: %.*s",
                      STR_ARG(list));
}

bool document_read(struct arena *arena, struct source *source, struct str type, struct str encoding,
                   struct document *out, struct diag *diag)
{
    const struct type *found = find_type(source->name, type);
    if (!found)
        return fail_unknown_type(arena, source->name, type, diag);
    *out = (struct document){.source = source, .type = found->name};
    /* Runs are 32 bits wide, and decoding may make two bytes of one, and a block end two more. */
    if (source->bytes.len > INT32_MAX)
        return diag_about(diag, source->name, "the document is larger than 2 GiB");
    if (!encoding_decode(arena, source, encoding, found->markup, &out->input, diag))
        return false;
    if (out->input.text.len > INT32_MAX)
        return diag_about(diag, source->name, "the document is larger than 2 GiB");
    out->shown = (struct source){.name = source->name, .member_at = source->member_at, .bytes = out->input.text};
    struct builder builder = {.arena = arena, .input = out->input.text, .text = {.arena = arena}};
    builder.text.room = out->input.text.len + 1; /* nearly always enough */
    builder.text.ptr = ARENA_ARRAY(arena, char, builder.text.room);
    if (!found->read(&builder, source, diag))
        return false;
    builder_finish(&builder, out);
    return true;
}

static size_t run_start(const void *run) { return ((const struct run *)run)->text; }
static size_t span_start(const void *span) { return ((const struct span *)span)->start; }
static size_t block_start(const void *block) { return ((const struct block *)block)->start; }

/* The last of `count` things of `size` bytes, in the order of their starts, that starts at or before `offset`: its
 * index, or DOCUMENT_NONE. */
static size_t last_at(const void *items, size_t count, size_t size, size_t (*start)(const void *), size_t offset)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (start((const char *)items + middle * size) <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : DOCUMENT_NONE;
}

/* Where a byte of the text starts, and ends, in the input. */
static struct span input_of(const struct document *document, size_t offset)
{
    size_t at = last_at(document->runs, document->run_count, sizeof *document->runs, run_start, offset);
    if (at == DOCUMENT_NONE)
        return (struct span){0, 0};
    const struct run *run = &document->runs[at];
    size_t end = at + 1 < document->run_count ? run[1].text : document->text.len;
    if (end - run->text == run->input_length)
        return (struct span){run->input + offset - run->text, run->input + offset - run->text + 1};
    return (struct span){run->input, run->input + run->input_length};
}

struct place document_shown(struct document *document, size_t start, size_t end)
{
    size_t from = input_of(document, start).start;
    return (struct place){&document->shown, from, end > start ? input_of(document, end - 1).end : from};
}

struct place document_place(const struct document *document, size_t start, size_t end)
{
    size_t from = input_of(document, start).start, to = end > start ? input_of(document, end - 1).end : from;
    return (struct place){document->source, decoded_offset(&document->input, from),
                          decoded_offset(&document->input, to)};
}

bool document_is_opaque(const struct document *document, size_t start, size_t end)
{
    if (!document->opaque_count || end <= start)
        return false;
    size_t at = last_at(document->opaque, document->opaque_count, sizeof *document->opaque, span_start, end - 1);
    return at != DOCUMENT_NONE && document->opaque[at].end > start;
}

size_t document_block(const struct document *document, size_t offset)
{
    return last_at(document->blocks, document->block_count, sizeof *document->blocks, block_start, offset);
}
