/* The mentions of a draft as a dataset to start from: every value reads back as the mention was read. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json_writer.h"
#include "check/heading.h"
#include "crossfoot/extract.h"

struct writing {
    struct json_writer json;
    struct extraction *e;
    struct headings headings;
    size_t offset, line; /* of the mention before, in the source as shown */
};

static bool same_end(struct end a, struct end b)
{
    return a.infinite == b.infinite && a.open == b.open && (a.infinite || number_equal(a.at, b.at));
}

/* Does `text` with this unit member mean what the mention does? */
static bool reads_as(struct writing *w, const struct notation *n, struct str text, struct str unit)
{
    struct arena *arena = w->e->arena;
    struct notation read;
    const char *why;
    if (!notation_read(arena, w->e->draft->lexicon, text, &read, &why) ||
        !notation_set_unit(arena, w->e->draft->lexicon, &read, unit))
        return false;
    struct interval a = notation_interval(arena, n, ROUNDING_NEAREST),
                    b = notation_interval(arena, &read, ROUNDING_NEAREST);
    return number_equal(read.value, n->value) && str_equal(read.unit.symbol, n->unit.symbol) &&
           same_end(a.low, b.low) && same_end(a.high, b.high);
}

/* The counted noun without what is said of it: "maisons" of "maisons France services". */
static struct str counted(struct str noun) { return str_trim(str_cut(&noun, STR(" "))); }

static struct str heading(struct writing *w, const struct mention *m)
{
    const struct block *block = draft_block(w->e->draft, m);
    return block->cell == DOCUMENT_NONE ? STR("") : headings_unit(&w->headings, block->table, block->cell, true);
}

static void write_text(struct writing *w, const char *key, struct str text)
{
    if (!text.len)
        return;
    json_key(&w->json, key);
    json_text(&w->json, text);
}

static void write_end(struct writing *w, const char *key, struct end end, const char *open_key)
{
    json_key(&w->json, key);
    if (end.infinite)
        json_null(&w->json);
    else
        json_text(&w->json, number_write(w->e->arena, end.at));
    if (!end.open || end.infinite)
        return;
    json_key(&w->json, open_key);
    json_bool(&w->json, true);
}

/* The value as a plain number, with its interval, where what is printed is not enough to read it again. */
static void write_number(struct writing *w, const struct notation *n)
{
    bool exact;
    struct str value = number_write_rounded(w->e->arena, n->value, 6, &exact);
    struct interval in = notation_interval(w->e->arena, n, ROUNDING_NEAREST);
    json_key(&w->json, "value");
    json_number(&w->json, value);
    write_text(w, "unit", n->unit.symbol.len ? n->unit.symbol : counted(n->noun));
    json_key(&w->json, "interval");
    json_open(&w->json, '{');
    write_end(w, "low", in.low, "low_open");
    write_end(w, "high", in.high, "high_open");
    json_close(&w->json, '}');
}

/* As printed, if need be with the noun, behind which a hedge may stand ("54 millions d'habitants environ"). */
static void write_value(struct writing *w, const struct mention *m)
{
    const struct notation *n = &m->notation;
    const char *end = n->noun.len ? n->noun.ptr + n->noun.len : n->text.ptr + n->text.len;
    struct str texts[] = {n->text, {n->text.ptr, (size_t)(end - n->text.ptr)}};
    struct str units[] = {n->unit.symbol.len ? STR("") : counted(n->noun), STR(""), heading(w, m), n->unit.symbol};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
        for (size_t u = 0; u < sizeof units / sizeof *units; u++)
            if (reads_as(w, n, texts[t], units[u])) {
                write_text(w, "value", texts[t]);
                write_text(w, "unit", units[u]);
                return;
            }
    write_number(w, n);
}

static size_t count_lines(struct str text)
{
    size_t lines = 0;
    for (const char *p = text.ptr, *end = p + text.len; p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
        lines++;
    return lines;
}

/* The line of an offset, told from the one before: a document may be one line with very many mentions. */
static size_t line_of(struct writing *w, struct place place)
{
    struct str bytes = place.source->bytes;
    if (place.start >= w->offset)
        w->line += count_lines(str_part(bytes, w->offset, place.start));
    else
        w->line -= count_lines(str_part(bytes, place.start, w->offset));
    w->offset = place.start;
    return w->line;
}

static void write_figure(struct writing *w, size_t i)
{
    struct draft *draft = w->e->draft;
    const struct mention *m = &draft->mentions.items[i];
    struct str label = extract_label(w->e, i);
    struct place place = document_shown(&draft->document, m->start, m->end);
    json_open(&w->json, '{');
    write_text(w, "id", extract_id(w->e, label));
    write_text(w, "label", label);
    write_value(w, m);
    json_key(&w->json, "source");
    json_open(&w->json, '{');
    write_text(w, "name", draft->document.source->name);
    json_key(&w->json, "line");
    json_count(&w->json, line_of(w, place));
    json_close(&w->json, '}');
    json_close(&w->json, '}');
}

/* The file's name without folders and ending. */
static struct str stem(struct str path)
{
    for (size_t at = path.len; at-- > 0;)
        if (path.ptr[at] == '/') {
            path = str_part(path, at + 1, path.len);
            break;
        }
    size_t point = str_find(path, STR("."));
    return str_equal(path, STR("-")) ? STR("") : str_part(path, 0, point ? point : path.len);
}

void extract_dataset(FILE *out, struct extraction *e)
{
    struct writing w = {.json = {.out = out, .deep = 2}, .e = e, .line = 1};
    struct draft *draft = e->draft;
    w.headings = (struct headings){.arena = e->arena, .document = &draft->document, .lexicon = draft->lexicon};
    json_open(&w.json, '{');
    write_text(&w, "dataset", stem(draft->document.source->name));
    write_text(&w, "lang", lexicon_lang(draft->lexicon));
    json_key(&w.json, "figures");
    json_open(&w.json, '[');
    for (size_t i = 0; i < draft->mentions.count; i++)
        if (draft->mentions.items[i].what == NOT_A_FIGURE_NONE)
            write_figure(&w, i);
    json_close(&w.json, ']');
    json_close(&w.json, '}');
}
