#include "read/html.h"

#include <ctype.h>
#include <gumbo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/map.h"
#include "read/builder.h"

/* What an element does to the text. */
enum role {
    IN_LINE, /* nothing: its text goes on where it stands */
    SKIPPED,
    STRUCTURE, /* its text stands by itself, as what it is inside of: a paragraph, an item … */
    HEADING,   /* <h1>, <h2> …: the level is the last letter of its name */
    TITLE,
    ITEM,
    QUOTE,
    CAPTION,
    PREFORMATTED,
    CODE,
    SUPERSCRIPT,
    LINK,
    LINE_END,
    TABLE,
    HEAD_ROWS,
    ROW,
    CELL
};

/* <del>, <s> and <strike> are what is no longer said. <noscript>, <select> and <xmp> are no prose. */
static const unsigned char roles[GUMBO_TAG_LAST + 1] = {
    [GUMBO_TAG_APPLET] = SKIPPED,
    [GUMBO_TAG_AUDIO] = SKIPPED,
    [GUMBO_TAG_CANVAS] = SKIPPED,
    [GUMBO_TAG_DATALIST] = SKIPPED,
    [GUMBO_TAG_DEL] = SKIPPED,
    [GUMBO_TAG_IFRAME] = SKIPPED,
    [GUMBO_TAG_NOEMBED] = SKIPPED,
    [GUMBO_TAG_NOFRAMES] = SKIPPED,
    [GUMBO_TAG_NOSCRIPT] = SKIPPED,
    [GUMBO_TAG_RP] = SKIPPED,
    [GUMBO_TAG_RT] = SKIPPED,
    [GUMBO_TAG_S] = SKIPPED,
    [GUMBO_TAG_SCRIPT] = SKIPPED,
    [GUMBO_TAG_SELECT] = SKIPPED,
    [GUMBO_TAG_STRIKE] = SKIPPED,
    [GUMBO_TAG_STYLE] = SKIPPED,
    [GUMBO_TAG_SVG] = SKIPPED,
    [GUMBO_TAG_TEMPLATE] = SKIPPED,
    [GUMBO_TAG_TEXTAREA] = SKIPPED,
    [GUMBO_TAG_VIDEO] = SKIPPED,
    [GUMBO_TAG_ADDRESS] = STRUCTURE,
    [GUMBO_TAG_ARTICLE] = STRUCTURE,
    [GUMBO_TAG_ASIDE] = STRUCTURE,
    [GUMBO_TAG_BODY] = STRUCTURE,
    [GUMBO_TAG_BUTTON] = STRUCTURE,
    [GUMBO_TAG_CENTER] = STRUCTURE,
    [GUMBO_TAG_DETAILS] = STRUCTURE,
    [GUMBO_TAG_DIR] = STRUCTURE,
    [GUMBO_TAG_DIV] = STRUCTURE,
    [GUMBO_TAG_DL] = STRUCTURE,
    [GUMBO_TAG_FIELDSET] = STRUCTURE,
    [GUMBO_TAG_FIGURE] = STRUCTURE,
    [GUMBO_TAG_FOOTER] = STRUCTURE,
    [GUMBO_TAG_FORM] = STRUCTURE,
    [GUMBO_TAG_HEADER] = STRUCTURE,
    [GUMBO_TAG_HGROUP] = STRUCTURE,
    [GUMBO_TAG_HR] = STRUCTURE,
    [GUMBO_TAG_LEGEND] = STRUCTURE,
    [GUMBO_TAG_MAIN] = STRUCTURE,
    [GUMBO_TAG_MENU] = STRUCTURE,
    [GUMBO_TAG_NAV] = STRUCTURE,
    [GUMBO_TAG_OL] = STRUCTURE,
    [GUMBO_TAG_P] = STRUCTURE,
    [GUMBO_TAG_SECTION] = STRUCTURE,
    [GUMBO_TAG_SUMMARY] = STRUCTURE,
    [GUMBO_TAG_UL] = STRUCTURE,
    [GUMBO_TAG_H1] = HEADING,
    [GUMBO_TAG_H2] = HEADING,
    [GUMBO_TAG_H3] = HEADING,
    [GUMBO_TAG_H4] = HEADING,
    [GUMBO_TAG_H5] = HEADING,
    [GUMBO_TAG_H6] = HEADING,
    [GUMBO_TAG_TITLE] = TITLE,
    [GUMBO_TAG_DD] = ITEM,
    [GUMBO_TAG_DT] = ITEM,
    [GUMBO_TAG_LI] = ITEM,
    [GUMBO_TAG_BLOCKQUOTE] = QUOTE,
    [GUMBO_TAG_CAPTION] = CAPTION,
    [GUMBO_TAG_FIGCAPTION] = CAPTION,
    [GUMBO_TAG_LISTING] = PREFORMATTED,
    [GUMBO_TAG_PLAINTEXT] = SKIPPED,
    [GUMBO_TAG_PRE] = PREFORMATTED,
    [GUMBO_TAG_XMP] = SKIPPED,
    [GUMBO_TAG_CODE] = CODE,
    [GUMBO_TAG_KBD] = CODE,
    [GUMBO_TAG_SAMP] = CODE,
    [GUMBO_TAG_VAR] = CODE,
    [GUMBO_TAG_SUP] = SUPERSCRIPT,
    [GUMBO_TAG_A] = LINK,
    [GUMBO_TAG_BR] = LINE_END,
    [GUMBO_TAG_TABLE] = TABLE,
    [GUMBO_TAG_THEAD] = HEAD_ROWS,
    [GUMBO_TAG_TR] = ROW,
    [GUMBO_TAG_TD] = CELL,
    [GUMBO_TAG_TH] = CELL,
};

/* What holds inside an element. */
struct context {
    enum block_kind kind;
    unsigned level;
    bool verbatim, head_rows;
};

/* An element that is open: the walk keeps its own stack, as pages may be deep. */
struct frame {
    const GumboVector *children;
    size_t next;
    const GumboElement *element; /* NULL for the document */
    enum role role;
    struct context outer;
    struct builder_mark mark;
};

struct walk {
    struct builder *builder;
    struct arena *arena; /* for as long as the walk */
    struct str page;     /* as gumbo reads it */
    struct str original;
    size_t base; /* where it starts in the input */
    struct map entities;
    struct context context;
    struct {
        struct frame *items;
        size_t count, room;
    } frames;
};

static void *allocate(void *arena, size_t size) { return arena_alloc(arena, size, 1); }
static void release(void *arena, void *memory) { (void)arena, (void)memory; }

/* Where gumbo's pointer stands in the page, or the page's length if it does not. */
static size_t page_offset(const struct walk *w, const char *pointer)
{
    return pointer >= w->page.ptr && pointer <= w->page.ptr + w->page.len ? (size_t)(pointer - w->page.ptr)
                                                                          : w->page.len;
}

/* The element's tag by its name in the original page. */
static GumboTag element_tag(const struct walk *w, const GumboElement *element)
{
    if (element->tag != GUMBO_TAG_UNKNOWN)
        return element->tag;
    size_t start = page_offset(w, element->original_tag.data) + 1, end = start;
    while (end < w->original.len && isalnum((unsigned char)w->original.ptr[end]))
        end++;
    return end > start ? gumbo_tagn_enum(w->original.ptr + start, (unsigned)(end - start)) : GUMBO_TAG_UNKNOWN;
}

static struct str attribute(const GumboElement *element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element->attributes, name);
    return found ? str_from(found->value) : STR("");
}

/* Whether "display: none" or "visibility: hidden" is among the declarations of a style attribute. */
static bool hides(struct arena *arena, struct str style)
{
    struct buf packed = {.arena = arena};
    for (size_t i = 0; i < style.len; i++)
        if (!isspace((unsigned char)style.ptr[i]))
            buf_add_char(&packed, (char)tolower((unsigned char)style.ptr[i]));
    struct str text = buf_str(&packed);
    return str_find(text, STR("display:none")) < text.len || str_find(text, STR("visibility:hidden")) < text.len;
}

static bool is_hidden(const struct walk *w, const GumboElement *element)
{
    if (gumbo_get_attribute(&element->attributes, "hidden"))
        return true;
    struct str style = attribute(element, "style");
    return style.len && hides(w->arena, style);
}

/* Whether a link leads to a footnote, as word processors, wikis and e-books write them. */
static bool is_note_link(const GumboElement *element)
{
    struct str href = attribute(element, "href"), type = attribute(element, "epub:type");
    struct str target = str_part(href, str_find(href, STR("#")), href.len);
    return str_equal(attribute(element, "role"), STR("doc-noteref")) || str_equal(type, STR("noteref")) ||
           str_find(target, STR("note")) < target.len || str_find(target, STR("ftn")) < target.len ||
           str_starts(target, STR("#fn"));
}

static size_t span_of(const GumboElement *element, const char *name, size_t most)
{
    const GumboAttribute *found = gumbo_get_attribute(&element->attributes, name);
    unsigned long span = found ? strtoul(found->value, NULL, 10) : 1;
    return span > most ? most : span ? span : 1;
}

/* The limits of spans are HTML's; rowspan="0" reaches down to the end. */
static void start_cell(struct walk *w, const GumboElement *element)
{
    enum { MAX_COLUMN_SPAN = 1000, MAX_ROW_SPAN = 65534 };
    struct str scope = attribute(element, "scope");
    enum builder_header header = HEADER_NONE;
    if (w->context.head_rows || str_starts(scope, STR("col")))
        header = HEADER_COLUMN;
    else if (str_starts(scope, STR("row")))
        header = HEADER_ROW;
    else if (element->tag == GUMBO_TAG_TH)
        header = HEADER_AUTO;
    bool to_end = str_equal(attribute(element, "rowspan"), STR("0"));
    builder_cell(w->builder, header, to_end ? MAX_ROW_SPAN : span_of(element, "rowspan", MAX_ROW_SPAN),
                 span_of(element, "colspan", MAX_COLUMN_SPAN));
}

/* Whether all that a <pre> holds is one <code>. */
static bool holds_code(const struct walk *w, const GumboElement *pre)
{
    const GumboNode *only = pre->children.length == 1 ? pre->children.data[0] : NULL;
    return only && only->type == GUMBO_NODE_ELEMENT && element_tag(w, &only->v.element) == GUMBO_TAG_CODE;
}

/* Ends the block; what follows is of the kind that now holds. */
static void start_block(struct walk *w) { builder_break(w->builder, w->context.kind, w->context.level); }

static void start_kind(struct walk *w, enum block_kind kind, unsigned level)
{
    w->context.kind = kind;
    w->context.level = level;
    start_block(w);
}

static void enter_role(struct walk *w, const GumboElement *element, enum role role)
{
    static const enum block_kind kinds[] = {
        [TITLE] = BLOCK_TITLE, [ITEM] = BLOCK_ITEM, [QUOTE] = BLOCK_QUOTE, [CAPTION] = BLOCK_CAPTION};
    switch (role) {
    case IN_LINE:
    case SKIPPED:
    case CODE:
    case SUPERSCRIPT:
    case LINK:
        break;
    case STRUCTURE:
        start_block(w);
        break;
    case HEADING:
        start_kind(w, BLOCK_TITLE, 1 + (unsigned)(element->tag - GUMBO_TAG_H1));
        break;
    case TITLE:
    case ITEM:
    case QUOTE:
    case CAPTION:
        start_kind(w, kinds[role], 0);
        break;
    case PREFORMATTED:
        w->context.verbatim = true;
        start_kind(w, holds_code(w, element) ? BLOCK_CODE : w->context.kind, w->context.level);
        break;
    case LINE_END:
        builder_space(w->builder, '\n');
        break;
    case TABLE:
        start_block(w);
        builder_table(w->builder);
        w->context.head_rows = false;
        break;
    case HEAD_ROWS:
        w->context.head_rows = true;
        break;
    case ROW:
        start_block(w);
        builder_row(w->builder);
        break;
    case CELL:
        start_cell(w, element);
        start_kind(w, BLOCK_CELL, 0);
        break;
    }
}

static void enter(struct walk *w, const GumboElement *element)
{
    enum role role = roles[element_tag(w, element)];
    if (role == SKIPPED || is_hidden(w, element))
        return;
    struct frame frame = {&element->children, 0, element, role, w->context, builder_mark(w->builder)};
    enter_role(w, element, role);
    *LIST_ADD(w->arena, &w->frames) = frame;
}

static void leave(struct walk *w)
{
    const struct frame *frame = &w->frames.items[--w->frames.count];
    struct builder *b = w->builder;
    w->context = frame->outer;
    switch (frame->role) {
    case IN_LINE:
    case SKIPPED:
    case LINE_END:
    case HEAD_ROWS:
        return;
    case CODE:
        builder_opaque(b, frame->mark);
        return;
    case SUPERSCRIPT:
        builder_superscript(b, frame->mark);
        return;
    case LINK:
        if (is_note_link(frame->element))
            builder_reference(b, frame->mark);
        return;
    case CELL:
        builder_cell_end(b);
        break;
    case TABLE:
        builder_table_end(b);
        break;
    case STRUCTURE:
    case HEADING:
    case TITLE:
    case ITEM:
    case QUOTE:
    case CAPTION:
    case PREFORMATTED:
    case ROW:
        break;
    }
    start_block(w);
}

/* The length of the tag or comment at `at`, which gumbo ignored, so that it stands in the middle of a text: 0 if it
 * is text itself. */
static size_t ignored_tag(const struct walk *w, size_t at, size_t end, struct str decoded)
{
    struct str rest = str_part(w->page, at, end);
    if (rest.len < 2 || !(isalpha((unsigned char)rest.ptr[1]) || strchr("/!?", rest.ptr[1])))
        return 0;
    struct str close = str_starts(rest, STR("<!--")) ? STR("-->") : STR(">");
    size_t length = str_find(rest, close) + close.len;
    return length > rest.len || str_starts(decoded, str_part(rest, 0, length)) ? 0 : length;
}

static void add_literal(struct walk *w, size_t from, size_t to)
{
    if (w->context.verbatim)
        builder_verbatim(w->builder, w->base + from, w->base + to);
    else
        builder_text(w->builder, w->base + from, w->base + to);
}

static void add_entity(struct walk *w, struct str text, size_t from, size_t to)
{
    if (text.len == 1 && isspace((unsigned char)*text.ptr))
        builder_space(w->builder, ' ');
    else
        builder_put(w->builder, text, w->base + from, w->base + to);
}

static bool continues_character(char c) { return ((unsigned char)c & 0xc0) == 0x80; }

/* The bytes of the first character of a text that is not empty. */
static size_t character_length(struct str s)
{
    size_t length = 1;
    while (length < s.len && continues_character(s.ptr[length]))
        length++;
    return length;
}

/* How many bytes the page from `at` on and the decoded text have in common: whole characters, up to a '<' or '&'. */
static size_t literal_length(const struct walk *w, size_t at, size_t end, struct str decoded)
{
    const char *page = w->page.ptr + at;
    size_t most = end - at < decoded.len ? end - at : decoded.len, length = 0;
    while (length < most && page[length] == decoded.ptr[length] && page[length] != '<' && page[length] != '&')
        length++;
    while (length && length < most && continues_character(page[length]))
        length--;
    return length;
}

/* What the page has at `at` where it is not simply the decoded text: a reference, a tag that was ignored, or a
 * character that gumbo dropped (a carriage return) or replaced by U+FFFD (control characters). Returns its length,
 * and takes from *decoded what it stands for. */
static size_t add_difference(struct walk *w, size_t at, size_t end, struct str *decoded)
{
    struct str rest = str_part(w->page, at, end), text;
    size_t length = entity_read(w->arena, &w->entities, rest, &text), taken = 0;
    if (length) {
        taken = str_starts(*decoded, text) ? text.len : character_length(*decoded);
        add_entity(w, str_part(*decoded, 0, taken), at, at + length);
    } else if (*rest.ptr == '<' && (length = ignored_tag(w, at, end, *decoded))) {
        return length;
    } else {
        length = character_length(rest);
        taken = length == 1 && *rest.ptr == *decoded->ptr ? 1 : str_starts(*decoded, STR("\ufffd")) ? 3 : 0;
        if (taken)
            builder_put(w->builder, str_part(*decoded, 0, taken), w->base + at, w->base + at + length);
    }
    *decoded = str_part(*decoded, taken, decoded->len);
    return length;
}

/* Finds the place of each character of a text node, by going through what gumbo made of it and the page side by
 * side. */
static void add_text(struct walk *w, const GumboText *node)
{
    struct str decoded = str_from(node->text);
    size_t at = page_offset(w, node->original_text.data);
    size_t end = node->original_text.length > w->page.len - at ? w->page.len : at + node->original_text.length;
    while (at < end && decoded.len) {
        size_t literal = literal_length(w, at, end, decoded);
        add_literal(w, at, at + literal);
        at += literal;
        decoded = str_part(decoded, literal, decoded.len);
        if (!literal && at < end)
            at += add_difference(w, at, end, &decoded);
    }
}

static void walk_node(struct walk *w, const GumboNode *node)
{
    switch (node->type) {
    case GUMBO_NODE_ELEMENT:
        enter(w, &node->v.element);
        break;
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA:
        add_text(w, &node->v.text);
        break;
    case GUMBO_NODE_DOCUMENT:
    case GUMBO_NODE_COMMENT:
    case GUMBO_NODE_TEMPLATE:
        break;
    }
}

void html_part(struct builder *b, struct str html, size_t base)
{
    struct arena arena = {.out_of_memory = b->arena->out_of_memory};
    struct walk w = {.builder = b, .arena = &arena, .original = html, .base = base, .entities = {.arena = &arena}};
    w.page = html_tame(&arena, html);
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = &arena; /* freed as a whole: gumbo's own way to free a tree calls itself for each level */
    const GumboOutput *output = gumbo_parse_with_options(&options, w.page.ptr, w.page.len);
    if (!b->lang.len && output->root->type == GUMBO_NODE_ELEMENT) {
        struct str lang = attribute(&output->root->v.element, "lang");
        b->lang = str_copy(b->arena, lang.len ? lang : attribute(&output->root->v.element, "xml:lang"));
    }
    w.context = (struct context){.kind = b->kind, .level = b->level};
    *LIST_ADD(&arena, &w.frames) = (struct frame){.children = &output->document->v.document.children};
    while (w.frames.count) {
        struct frame *top = &w.frames.items[w.frames.count - 1];
        if (top->next < top->children->length)
            walk_node(&w, top->children->data[top->next++]);
        else
            leave(&w);
    }
    arena_free(&arena);
}

bool html_read(struct builder *b, struct source *source, struct diag *diag)
{
    (void)source, (void)diag;
    builder_break(b, BLOCK_PARAGRAPH, 0);
    html_part(b, b->input, 0);
    return true;
}
