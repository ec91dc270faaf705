/* Labels and ids for the figures of a draft, from the words around them. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "crossfoot/extract.h"

/* Words shorter than LONG_WORD are articles and the like: no label starts or ends with one, no id has one. */
enum { LABEL_WORDS = 8, ID_WORDS = 4, LONG_WORD = 4 };

static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

/* Does a mark stand here that ends what is said of a figure? A point does with a blank or nothing behind it. */
static bool ends_clause(struct str text, size_t at)
{
    char c = text.ptr[at];
    if (c == '.')
        return at + 1 == text.len || is_blank(text.ptr[at + 1]);
    return strchr(",;:!?()[]\"", c) || str_starts(str_part(text, at, text.len), STR("«")) ||
           str_starts(str_part(text, at, text.len), STR("»")) || str_starts(str_part(text, at, text.len), STR("–"));
}

/* Without short words, and marks, at both ends; all of it when nothing would be left. */
static struct str trimmed(struct str text)
{
    size_t from = text.len, to = 0;
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        for (end = at; end < text.len && !is_blank(text.ptr[end]);)
            end++;
        if (end - at < LONG_WORD)
            continue;
        from = at < from ? at : from;
        to = end;
    }
    return from < to ? str_part(text, from, to) : str_trim(text);
}

/* The words from byte `at` on, up to the end of the clause, to byte `limit`, or the most that a label has. */
static struct str words_behind(struct str text, size_t at, size_t limit)
{
    size_t end = at, words = 0;
    for (; end < limit && !ends_clause(text, end); end++)
        if (is_blank(text.ptr[end]) && end > at && !is_blank(text.ptr[end - 1]) && ++words > LABEL_WORDS)
            break;
    return trimmed(str_part(text, at, end));
}

static struct str words_before(struct str text, size_t at, size_t limit)
{
    size_t start = at, words = 0;
    for (; start > limit && !ends_clause(text, start - 1); start--)
        if (is_blank(text.ptr[start - 1]) && start < at && !is_blank(text.ptr[start]) && ++words > LABEL_WORDS)
            break;
    while (start < at && ((unsigned char)text.ptr[start] & 0xc0) == 0x80) /* behind « and » */
        start++;
    return trimmed(str_part(text, start, at));
}

static struct str text_of(const struct draft *draft, size_t start, size_t end)
{
    return str_part(draft->document.text, start, end);
}

/* "Corse, Budget (M€)"; empty outside tables, and where a cell has no headings. */
static struct str headings_label(struct extraction *e, const struct block *block)
{
    if (block->cell == DOCUMENT_NONE)
        return STR("");
    const struct cell *cells = e->draft->document.tables[block->table].cells, *cell = &cells[block->cell];
    size_t heads[] = {cell->row_header, cell->column_header};
    struct buf out = {.arena = e->arena};
    for (size_t i = 0; i < 2; i++)
        if (heads[i] != DOCUMENT_NONE && cells[heads[i]].end > cells[heads[i]].start) {
            struct str text = text_of(e->draft, cells[heads[i]].start, cells[heads[i]].end);
            buf_addf(&out, "%s%.*s", out.len ? ", " : "", STR_ARG(text));
        }
    return out.len ? buf_str(&out) : STR("");
}

struct str extract_label(struct extraction *e, size_t i)
{
    const struct mentions *mentions = &e->draft->mentions;
    const struct mention *m = &mentions->items[i];
    const struct block *block = draft_block(e->draft, m);
    struct str text = e->draft->document.text, label = headings_label(e, block);
    if (label.len)
        return label;
    size_t noun = m->notation.noun.len ? (size_t)(m->notation.noun.ptr - text.ptr) : m->end;
    size_t limit = i + 1 < mentions->count && m[1].start < block->end ? m[1].start : block->end;
    label = words_behind(text, noun, limit);
    if (label.len < LONG_WORD)
        label = words_before(text, m->start, i && m[-1].end > block->start ? m[-1].end : block->start);
    return label.len < LONG_WORD ? text_of(e->draft, m->start, m->end) : label;
}

/* ---- ids ---- */

/* A Latin letter without its accent, in lower case; NULL for what is neither letter nor digit. */
static const char *plain_letter(uint32_t c, char out[2])
{
    static const char accented[] = "aaaaaa\1ceeeeiiii\2nooooo\3ouuuuy\2\4aaaaaa\1ceeeeiiii\2nooooo\3ouuuuy\2y";
    static const char *const doubled[] = {"", "ae", "d", "", "ss"};
    if (c == 0x152 || c == 0x153)
        return "oe";
    if (c >= 0xc0 && c <= 0xff && (unsigned char)accented[c - 0xc0] <= 4)
        return *doubled[(unsigned char)accented[c - 0xc0]] ? doubled[(unsigned char)accented[c - 0xc0]] : NULL;
    out[0] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c >= 0xc0 && c <= 0xff ? accented[c - 0xc0] : (char)c;
    out[1] = '\0';
    bool known = (out[0] >= 'a' && out[0] <= 'z') || (out[0] >= '0' && out[0] <= '9');
    return known && (c < 0x80 || c >= 0xc0) && c <= 0xff ? out : NULL;
}

/* The words of a label in plain letters, with "_" between: those of so many letters at least, up to ID_WORDS. */
static struct str slug(struct arena *arena, struct str label, size_t shortest)
{
    struct buf out = {.arena = arena}, word = {.arena = arena};
    size_t words = 0;
    for (size_t at = 0, n; at <= label.len && words < ID_WORDS; at += n) {
        uint32_t c = 0;
        char letter[2];
        n = utf8_decode(str_part(label, at, label.len), &c);
        n = n ? n : 1;
        const char *plain = at < label.len ? plain_letter(c, letter) : NULL;
        if (plain) {
            buf_add(&word, str_from(plain));
            continue;
        }
        bool digit_first = word.len && word.ptr[0] <= '9' && !out.len;
        if (word.len >= shortest && !digit_first) {
            buf_addf(&out, "%s%.*s", out.len ? "_" : "", (int)word.len, word.ptr);
            words++;
        }
        word.len = 0;
    }
    return out.len ? buf_str(&out) : STR("");
}

struct str extract_id(struct extraction *e, struct str label)
{
    struct str base = slug(e->arena, label, LONG_WORD);
    base = base.len ? base : slug(e->arena, label, 1);
    base = base.len ? base : STR("figure");
    size_t *used = map_get(e->ids, base);
    if (!used)
        used = *map_put(e->ids, base) = ARENA_NEW(e->arena, size_t);
    struct str id = base;
    while (++*used > 1) {
        id = str_format(e->arena, "%.*s_%zu", STR_ARG(base), *used);
        if (!map_get(e->ids, id)) {
            *map_put(e->ids, id) = ARENA_NEW(e->arena, size_t);
            *(size_t *)map_get(e->ids, id) = 1;
            break;
        }
    }
    return id;
}
