#include <ctype.h>
#include <gumbo.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "read/html.h"

/* Gumbo follows the standard to the letter, also where that takes quadratic time and memory: each tag looks through
 * all open elements, and formatting elements left open (<b>, <font>) are opened again in every block behind. So it
 * gets a copy of the page with some tags changed, byte for byte as long as before:
 *
 * - formatting elements get names that nobody knows (their first letter mirrored: <b> is <y>), for which no such
 *   rules are; what they are is read from the page itself;
 * - what would be nested deeper than MAX_DEPTH goes: inline tags become comments, others <hr>. 512 is the limit of
 *   Blink (kMaximumHTMLParserDOMTreeDepth), hence of what people see;
 * - so goes a tag of more than MAX_ATTRIBUTES, each of which gumbo compares with those before it, and the start of a
 *   tag that never ends;
 * - <script/> and its like, empty in XHTML, become comments: in HTML they would swallow the page.
 *
 * To know the depth, a stack is kept that is never less deep than gumbo's. */
enum { MAX_DEPTH = 512, MAX_ATTRIBUTES = 256 };

enum nesting {
    INLINE,
    FORMATTING, /* inline, with the standard's rules for formatting elements */
    BLOCK,      /* no end tag of an inline element reaches through it */
    SCOPE,      /* nor that of a block */
    TABLE,      /* nor that of a part of a table */
    VOID,       /* has no content */
    RAW,        /* has no elements in it */
    OUTER       /* one a page, at its place whatever the tags say */
};

static const unsigned char nestings[GUMBO_TAG_LAST + 1] = {
    [GUMBO_TAG_A] = FORMATTING,     [GUMBO_TAG_B] = FORMATTING,      [GUMBO_TAG_BIG] = FORMATTING,
    [GUMBO_TAG_CODE] = FORMATTING,  [GUMBO_TAG_EM] = FORMATTING,     [GUMBO_TAG_FONT] = FORMATTING,
    [GUMBO_TAG_I] = FORMATTING,     [GUMBO_TAG_NOBR] = FORMATTING,   [GUMBO_TAG_S] = FORMATTING,
    [GUMBO_TAG_SMALL] = FORMATTING, [GUMBO_TAG_STRIKE] = FORMATTING, [GUMBO_TAG_STRONG] = FORMATTING,
    [GUMBO_TAG_TT] = FORMATTING,    [GUMBO_TAG_U] = FORMATTING,      [GUMBO_TAG_ADDRESS] = BLOCK,
    [GUMBO_TAG_ARTICLE] = BLOCK,    [GUMBO_TAG_ASIDE] = BLOCK,       [GUMBO_TAG_BLOCKQUOTE] = BLOCK,
    [GUMBO_TAG_CENTER] = BLOCK,     [GUMBO_TAG_COLGROUP] = BLOCK,    [GUMBO_TAG_DD] = BLOCK,
    [GUMBO_TAG_DETAILS] = BLOCK,    [GUMBO_TAG_DIR] = BLOCK,         [GUMBO_TAG_DIV] = BLOCK,
    [GUMBO_TAG_DL] = BLOCK,         [GUMBO_TAG_DT] = BLOCK,          [GUMBO_TAG_FIELDSET] = BLOCK,
    [GUMBO_TAG_FIGCAPTION] = BLOCK, [GUMBO_TAG_FIGURE] = BLOCK,      [GUMBO_TAG_FOOTER] = BLOCK,
    [GUMBO_TAG_FORM] = BLOCK,       [GUMBO_TAG_FRAMESET] = BLOCK,    [GUMBO_TAG_H1] = BLOCK,
    [GUMBO_TAG_H2] = BLOCK,         [GUMBO_TAG_H3] = BLOCK,          [GUMBO_TAG_H4] = BLOCK,
    [GUMBO_TAG_H5] = BLOCK,         [GUMBO_TAG_H6] = BLOCK,          [GUMBO_TAG_HEADER] = BLOCK,
    [GUMBO_TAG_HGROUP] = BLOCK,     [GUMBO_TAG_LI] = BLOCK,          [GUMBO_TAG_LISTING] = BLOCK,
    [GUMBO_TAG_MAIN] = BLOCK,       [GUMBO_TAG_MENU] = BLOCK,        [GUMBO_TAG_NAV] = BLOCK,
    [GUMBO_TAG_NOSCRIPT] = BLOCK,   [GUMBO_TAG_OL] = BLOCK,          [GUMBO_TAG_OPTION] = BLOCK,
    [GUMBO_TAG_OPTGROUP] = BLOCK,   [GUMBO_TAG_P] = BLOCK,           [GUMBO_TAG_PRE] = BLOCK,
    [GUMBO_TAG_SECTION] = BLOCK,    [GUMBO_TAG_SELECT] = BLOCK,      [GUMBO_TAG_SUMMARY] = BLOCK,
    [GUMBO_TAG_TBODY] = BLOCK,      [GUMBO_TAG_TFOOT] = BLOCK,       [GUMBO_TAG_THEAD] = BLOCK,
    [GUMBO_TAG_TR] = BLOCK,         [GUMBO_TAG_UL] = BLOCK,          [GUMBO_TAG_APPLET] = SCOPE,
    [GUMBO_TAG_BUTTON] = SCOPE,     [GUMBO_TAG_CAPTION] = SCOPE,     [GUMBO_TAG_MARQUEE] = SCOPE,
    [GUMBO_TAG_OBJECT] = SCOPE,     [GUMBO_TAG_TD] = SCOPE,          [GUMBO_TAG_TH] = SCOPE,
    [GUMBO_TAG_MATH] = SCOPE,       [GUMBO_TAG_SVG] = SCOPE,         [GUMBO_TAG_TABLE] = TABLE,
    [GUMBO_TAG_TEMPLATE] = TABLE,   [GUMBO_TAG_AREA] = VOID,         [GUMBO_TAG_BASE] = VOID,
    [GUMBO_TAG_BASEFONT] = VOID,    [GUMBO_TAG_BGSOUND] = VOID,      [GUMBO_TAG_BR] = VOID,
    [GUMBO_TAG_COL] = VOID,         [GUMBO_TAG_EMBED] = VOID,        [GUMBO_TAG_FRAME] = VOID,
    [GUMBO_TAG_HR] = VOID,          [GUMBO_TAG_IMAGE] = VOID,        [GUMBO_TAG_IMG] = VOID,
    [GUMBO_TAG_INPUT] = VOID,       [GUMBO_TAG_KEYGEN] = VOID,       [GUMBO_TAG_LINK] = VOID,
    [GUMBO_TAG_META] = VOID,        [GUMBO_TAG_PARAM] = VOID,        [GUMBO_TAG_SOURCE] = VOID,
    [GUMBO_TAG_TRACK] = VOID,       [GUMBO_TAG_WBR] = VOID,          [GUMBO_TAG_IFRAME] = RAW,
    [GUMBO_TAG_NOEMBED] = RAW,      [GUMBO_TAG_NOFRAMES] = RAW,      [GUMBO_TAG_SCRIPT] = RAW,
    [GUMBO_TAG_STYLE] = RAW,        [GUMBO_TAG_TEXTAREA] = RAW,      [GUMBO_TAG_TITLE] = RAW,
    [GUMBO_TAG_XMP] = RAW,          [GUMBO_TAG_BODY] = OUTER,        [GUMBO_TAG_HEAD] = OUTER,
    [GUMBO_TAG_HTML] = OUTER,
};

/* Elements of which one ends the other: `first` stands for all of them on the stack. */
static const struct {
    GumboTag tag, first;
} alike[] = {
    {GUMBO_TAG_H2, GUMBO_TAG_H1},       {GUMBO_TAG_H3, GUMBO_TAG_H1},      {GUMBO_TAG_H4, GUMBO_TAG_H1},
    {GUMBO_TAG_H5, GUMBO_TAG_H1},       {GUMBO_TAG_H6, GUMBO_TAG_H1},      {GUMBO_TAG_DT, GUMBO_TAG_DD},
    {GUMBO_TAG_TH, GUMBO_TAG_TD},       {GUMBO_TAG_CAPTION, GUMBO_TAG_TD}, {GUMBO_TAG_TBODY, GUMBO_TAG_THEAD},
    {GUMBO_TAG_TFOOT, GUMBO_TAG_THEAD},
};

/* Elements whose start tag ends an open one of their kind, up to a barrier. */
static const struct {
    GumboTag tag;
    enum nesting barrier;
} restarting[] = {
    {GUMBO_TAG_P, BLOCK},     {GUMBO_TAG_LI, BLOCK}, {GUMBO_TAG_DD, BLOCK}, {GUMBO_TAG_OPTION, BLOCK},
    {GUMBO_TAG_THEAD, TABLE}, {GUMBO_TAG_TR, TABLE}, {GUMBO_TAG_TD, TABLE},
};

struct open {
    uint64_t key; /* a GumboTag, or a hash of the name of an element that gumbo does not know */
    enum nesting nesting;
    bool transparent; /* no barrier to <li> and <dd> */
};

struct tamer {
    char *page;
    size_t length;
    struct open stack[MAX_DEPTH];
    size_t depth, foreign; /* elements open; how many of them are <svg> and <math> */
};

struct tag {
    size_t start, name, name_end, end; /* from '<' to behind '>' */
    bool closing, self_closing;
    size_t attributes; /* not fewer than there are */
    GumboTag tag;
    uint64_t key;
};

static size_t find(const struct tamer *t, size_t from, const char *text)
{
    struct str rest = {t->page + from, t->length - from};
    return from + str_find(rest, str_from(text));
}

/* Behind the value that may follow a '=' at `at`. */
static size_t skip_value(const struct tamer *t, size_t at)
{
    while (at < t->length && isspace((unsigned char)t->page[at]))
        at++;
    if (at >= t->length || (t->page[at] != '"' && t->page[at] != '\''))
        return at;
    const char *end = memchr(t->page + at + 1, t->page[at], t->length - at - 1);
    return end ? (size_t)(end - t->page) + 1 : t->length;
}

static bool is_separator(char c) { return isspace((unsigned char)c) || c == '/' || c == '='; }

/* tag = "<" ["/"] letter { name } { attribute } [ "/" ] ">" */
static bool read_tag(const struct tamer *t, size_t start, struct tag *tag)
{
    *tag = (struct tag){.start = start, .name = start + 1};
    tag->closing = tag->name < t->length && t->page[tag->name] == '/';
    tag->name += tag->closing;
    if (tag->name >= t->length || !isalpha((unsigned char)t->page[tag->name]))
        return false;
    size_t at = tag->name;
    while (at < t->length && !isspace((unsigned char)t->page[at]) && t->page[at] != '/' && t->page[at] != '>')
        at++;
    tag->name_end = at;
    while (at < t->length && t->page[at] != '>') {
        tag->attributes += is_separator(t->page[at]) && !is_separator(t->page[at - 1]);
        at = t->page[at] == '=' ? skip_value(t, at + 1) : at + 1;
    }
    tag->end = at < t->length ? at + 1 : at;
    tag->self_closing = t->page[at - 1] == '/';
    size_t length = tag->name_end - tag->name;
    tag->tag = gumbo_tagn_enum(t->page + tag->name, (unsigned)length);
    tag->key = tag->tag;
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (alike[i].tag == tag->tag)
            tag->key = alike[i].first;
    if (tag->tag == GUMBO_TAG_UNKNOWN) {
        tag->key = 0;
        for (size_t i = tag->name; i < tag->name_end; i++)
            tag->key = (tag->key ^ (uint64_t)tolower((unsigned char)t->page[i])) * UINT64_C(0x100000001b3);
        tag->key |= UINT64_C(1) << 63;
    }
    return true;
}

/* Makes a comment of the tag, "<!…>", which ends where the tag did. */
static void make_comment(struct tamer *t, const struct tag *tag)
{
    if (tag->end - tag->start < 3)
        return;
    memset(t->page + tag->start + 1, '!', 1);
    for (size_t i = tag->start + 2; i + 1 < tag->end; i++)
        if (t->page[i] == '>' || t->page[i] == '-' || i == tag->start + 2)
            t->page[i] = '_';
}

/* Makes a line between blocks of the tag; of one too short for that, a comment. */
static void make_ruler(struct tamer *t, const struct tag *tag)
{
    if (tag->end - tag->start < 4) {
        make_comment(t, tag);
        return;
    }
    memset(t->page + tag->start, ' ', tag->end - tag->start - 1);
    memcpy(t->page + tag->start, "<hr", 3);
}

static void remove_tag(struct tamer *t, const struct tag *tag)
{
    if (nestings[tag->tag] == INLINE || nestings[tag->tag] == FORMATTING)
        make_comment(t, tag);
    else
        make_ruler(t, tag);
}

static void pop_to(struct tamer *t, size_t depth)
{
    while (t->depth > depth) {
        uint64_t key = t->stack[--t->depth].key;
        t->foreign -= key == GUMBO_TAG_SVG || key == GUMBO_TAG_MATH;
    }
}

/* Ends the nearest element like the tag's with all inside it, unless a barrier stands before it. */
static void end_element(struct tamer *t, const struct tag *tag, enum nesting barrier, bool see_through)
{
    for (size_t i = t->depth; i-- > 0;) {
        if (t->stack[i].key == tag->key) {
            pop_to(t, i);
            return;
        }
        if (t->stack[i].nesting >= barrier && !(see_through && t->stack[i].transparent))
            return;
    }
}

static void read_end_tag(struct tamer *t, const struct tag *tag)
{
    switch ((enum nesting)nestings[tag->tag]) {
    case INLINE:
    case FORMATTING:
        end_element(t, tag, BLOCK, false);
        break;
    case BLOCK:
        end_element(t, tag, tag->tag == GUMBO_TAG_TR || tag->key == GUMBO_TAG_THEAD ? TABLE : SCOPE, false);
        break;
    case SCOPE:
        end_element(t, tag, TABLE, false);
        break;
    case TABLE:
        end_element(t, tag, VOID, false);
        break;
    case VOID:
    case RAW:
    case OUTER:
        break;
    }
}

static void push(struct tamer *t, const struct tag *tag)
{
    enum nesting nesting = nestings[tag->tag];
    for (size_t i = 0; i < sizeof restarting / sizeof *restarting; i++)
        if (tag->key == restarting[i].tag)
            end_element(t, tag, restarting[i].barrier, tag->tag != GUMBO_TAG_P);
    if (t->depth == MAX_DEPTH) {
        remove_tag(t, tag);
        return;
    }
    bool transparent = tag->tag == GUMBO_TAG_P || tag->tag == GUMBO_TAG_DIV || tag->tag == GUMBO_TAG_ADDRESS;
    t->stack[t->depth++] = (struct open){tag->key, nesting, transparent};
    t->foreign += tag->tag == GUMBO_TAG_SVG || tag->tag == GUMBO_TAG_MATH;
}

/* Behind the content of <script>, <title> and their like: at their end tag, or the end of the page. */
static size_t skip_raw(const struct tamer *t, const struct tag *tag)
{
    size_t length = tag->name_end - tag->name;
    for (size_t at = find(t, tag->end, "</"); at < t->length; at = find(t, at + 2, "</"))
        if (t->length - at > length + 2 && !strncasecmp(t->page + at + 2, t->page + tag->name, length))
            return at;
    return t->length;
}

/* Takes the tag at its start; what was read ends at the result. */
static size_t tame_tag(struct tamer *t, const struct tag *tag)
{
    enum nesting nesting = nestings[tag->tag];
    size_t end = tag->end;
    if (tag->attributes > MAX_ATTRIBUTES) {
        remove_tag(t, tag);
        return end;
    }
    if (t->page[end - 1] != '>') {
        t->length = tag->start;
        return t->length;
    }
    if (nesting == RAW && !tag->closing && !t->foreign) {
        if (tag->self_closing)
            make_comment(t, tag);
        else
            end = skip_raw(t, tag);
        return end;
    }
    if (tag->closing)
        read_end_tag(t, tag);
    else if (nesting != VOID && nesting != OUTER)
        push(t, tag);
    char *first = &t->page[tag->name];
    if (nesting == FORMATTING && isalpha((unsigned char)*first))
        *first = (char)('a' + 'z' - tolower((unsigned char)*first));
    return end;
}

struct str html_tame(struct arena *arena, struct str html)
{
    struct tamer *t = ARENA_NEW(arena, struct tamer);
    t->page = arena_copy(arena, html.ptr, html.len);
    t->length = html.len;
    for (size_t at = find(t, 0, "<"); at < t->length; at = find(t, at, "<")) {
        struct tag tag;
        if (read_tag(t, at, &tag))
            at = tame_tag(t, &tag);
        else if (str_starts((struct str){t->page + at, t->length - at}, STR("<!--")))
            at = find(t, at + 2, "-->");
        else if (at + 1 < t->length && strchr("!?/", t->page[at + 1]))
            at = find(t, at, ">");
        else
            at++;
    }
    return (struct str){t->page, t->length};
}
