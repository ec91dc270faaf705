/* The draft's lines, wrapped, each mention underlined with its reading:
 *
 *     19 | - **2 545 projets accompagnés et 43 M€ engagés** en 2024
 *        |     ~~~~~                        ~~~~
 *        |     2 545                        43 000 000 € (42 500 000 … 43 500 000)
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "crossfoot/extract.h"

/* Code points of a line that is shown in one piece. */
enum { WIDTH = 100 };

/* Where a mention stands on a piece of a line, in code points, and what it reads as. */
struct mark {
    size_t at, width;
    struct str reading;
    bool written;
};

/* Where a mention stands in the source. */
struct spot {
    size_t start, end;
    const struct mention *mention;
};

struct writing {
    FILE *out;
    struct extraction *e;
    struct arena *scratch; /* emptied after each piece */
    struct {
        struct mark *items;
        size_t count, room;
    } marks;
    struct {
        struct spot *items;
        size_t count, room;
    } spots;
    size_t next;    /* the first spot that is not shown yet */
    unsigned width; /* of line numbers */
};

/* ---- readings ---- */

static struct str quantity(struct writing *w, struct number number, struct str unit)
{
    bool exact;
    struct str decimal = number_write_rounded(w->scratch, number, 6, &exact);
    return locale_quantity(w->scratch, w->e->locale, exact ? decimal : number_write(w->scratch, number), unit, false);
}

/* "> 33 000", "80 % (79,5 … 80,5)", "946". */
static struct str bounds(struct writing *w, const struct notation *n)
{
    static const char *const signs[] = {[HEDGE_MORE_THAN] = ">",
                                        [HEDGE_AT_LEAST] = "≥",
                                        [HEDGE_AT_MOST] = "≤",
                                        [HEDGE_LESS_THAN] = "<",
                                        [HEDGE_ROUND_NUMBER] = NULL};
    struct interval in = notation_interval(w->scratch, n, ROUNDING_NEAREST);
    struct str none = STR(""), unit = n->unit.symbol;
    if (signs[n->hedge] && !n->range)
        return str_format(w->scratch, "%s %.*s", signs[n->hedge], STR_ARG(quantity(w, n->value, unit)));
    if (in.low.infinite || in.high.infinite || interval_is_point(in))
        return quantity(w, n->value, unit);
    struct str low = quantity(w, in.low.at, n->range ? unit : none),
               high = quantity(w, in.high.at, n->range ? unit : none);
    if (n->range)
        return str_format(w->scratch, "%.*s … %.*s", STR_ARG(low), STR_ARG(high));
    return str_format(w->scratch, "%.*s (%.*s … %.*s)", STR_ARG(quantity(w, n->value, unit)), STR_ARG(low),
                      STR_ARG(high));
}

static struct str aside_name(enum locale locale, enum not_a_figure what)
{
    static const struct str french[] = {[NOT_A_FIGURE_NONE] = STR_INIT(""),
                                        [NOT_A_FIGURE_DATE] = STR_INIT("date"),
                                        [NOT_A_FIGURE_TIME] = STR_INIT("heure"),
                                        [NOT_A_FIGURE_YEAR] = STR_INIT("année"),
                                        [NOT_A_FIGURE_PERIOD] = STR_INIT("période"),
                                        [NOT_A_FIGURE_PHONE] = STR_INIT("téléphone"),
                                        [NOT_A_FIGURE_ADDRESS] = STR_INIT("adresse"),
                                        [NOT_A_FIGURE_REGISTER] = STR_INIT("numéro de registre"),
                                        [NOT_A_FIGURE_NUMBERING] = STR_INIT("numérotation"),
                                        [NOT_A_FIGURE_NAME] = STR_INIT("nom"),
                                        [NOT_A_FIGURE_LINK] = STR_INIT("lien"),
                                        [NOT_A_FIGURE_SCORE] = STR_INIT("score"),
                                        [NOT_A_FIGURE_IDIOM] = STR_INIT("locution")};
    return locale == LOCALE_FR ? french[what] : not_a_figure_name(what);
}

static struct str reading(struct writing *w, const struct mention *m)
{
    const struct notation *n = &m->notation;
    if (m->what != NOT_A_FIGURE_NONE)
        return aside_name(w->e->locale, m->what);
    struct str text = bounds(w, n);
    bool french = w->e->locale == LOCALE_FR;
    const char *before = n->kind == NOTATION_MULTIPLE  ? "× "
                         : n->kind != NOTATION_ORDINAL ? ""
                         : french                      ? "n° "
                                                       : "no. ";
    if (!n->doubtful)
        return str_format(w->scratch, "%s%.*s", before, STR_ARG(text));
    return str_format(w->scratch, "%s%.*s%s%.*s", before, STR_ARG(text), french ? " ou " : " or ",
                      STR_ARG(quantity(w, n->other, n->unit.symbol)));
}

/* ---- lines ---- */

static void gutter(struct writing *w, size_t line)
{
    if (line)
        fprintf(w->out, "%*zu | ", (int)w->width, line);
    else
        fprintf(w->out, "%*s | ", (int)w->width, "");
}

/* Moves to column `to`, from *column. */
static void pad(struct writing *w, size_t *column, size_t to)
{
    for (; *column < to; ++*column)
        fputc(' ', w->out);
}

/* Control characters would upset the terminal. */
static void write_piece(struct writing *w, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        fputc(c < 0x20 || c == 0x7f ? ' ' : c, w->out);
    }
    fputc('\n', w->out);
}

static void write_underlines(struct writing *w)
{
    size_t column = 0;
    gutter(w, 0);
    for (size_t i = 0; i < w->marks.count; i++) {
        pad(w, &column, w->marks.items[i].at);
        for (; column < w->marks.items[i].at + w->marks.items[i].width; column++)
            fputc('~', w->out);
    }
    fputc('\n', w->out);
}

/* Readings under their marks, on as many lines as they need not to meet. */
static void write_readings(struct writing *w)
{
    for (size_t left = w->marks.count; left;) {
        size_t column = 0;
        gutter(w, 0);
        for (size_t i = 0; i < w->marks.count; i++) {
            struct mark *mark = &w->marks.items[i];
            if (mark->written || (column && mark->at < column + 2))
                continue;
            pad(w, &column, mark->at);
            fwrite(mark->reading.ptr, 1, mark->reading.len, w->out);
            column += utf8_count(mark->reading);
            mark->written = true;
            left--;
        }
        fputc('\n', w->out);
    }
}

/* ---- the draft ---- */

static int by_start(const void *left, const void *right)
{
    const struct spot *a = left, *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

/* Where the mentions stand in the source as shown, in its order. */
static void find_spots(struct writing *w)
{
    struct draft *draft = w->e->draft;
    for (size_t i = 0; i < draft->mentions.count; i++) {
        const struct mention *m = &draft->mentions.items[i];
        struct place place = document_shown(&draft->document, m->start, m->end);
        if (m->what == NOT_A_FIGURE_NONE || w->e->all)
            *LIST_ADD(w->e->arena, &w->spots) = (struct spot){place.start, place.end, m};
    }
    if (w->spots.count)
        qsort(w->spots.items, w->spots.count, sizeof *w->spots.items, by_start);
}

/* Where the piece that starts at byte `start` of a line that ends at `end` ends itself: behind the last blank that fits
 * and is in no mention. */
static size_t piece_end(const struct writing *w, struct str text, size_t start, size_t end)
{
    size_t spot = w->next, blank = start, columns = 0;
    for (size_t at = start; at < end; at++) {
        columns += ((unsigned char)text.ptr[at] & 0xc0) != 0x80;
        if (columns > WIDTH && blank > start)
            return blank;
        while (spot < w->spots.count && w->spots.items[spot].end <= at)
            spot++;
        if (text.ptr[at] == ' ' && (spot == w->spots.count || w->spots.items[spot].start > at))
            blank = at + 1;
    }
    return end;
}

static void write_line(struct writing *w, struct str text, size_t line, size_t start, size_t end)
{
    for (size_t at = start, to; at < end || at == start; at = to) {
        to = piece_end(w, text, at, end);
        gutter(w, at == start ? line : 0);
        write_piece(w, str_part(text, at, to));
        w->marks.count = w->marks.room = 0;
        for (; w->next < w->spots.count && w->spots.items[w->next].start < to; w->next++) {
            const struct spot *spot = &w->spots.items[w->next];
            *LIST_ADD(w->scratch, &w->marks) =
                (struct mark){.at = utf8_count(str_part(text, at, spot->start)),
                              .width = utf8_count(str_part(text, spot->start, spot->end < to ? spot->end : to)),
                              .reading = reading(w, spot->mention)};
        }
        if (w->marks.count) {
            write_underlines(w);
            write_readings(w);
        }
        w->marks.items = NULL;
        arena_reset(w->scratch);
        if (to == end)
            break;
    }
}

void extract_text(FILE *out, struct extraction *e)
{
    struct arena scratch = {.out_of_memory = e->arena->out_of_memory};
    struct writing w = {.out = out, .e = e, .scratch = &scratch};
    struct source *shown = &e->draft->document.shown;
    if (e->one_of_many)
        fprintf(out, "%.*s\n", STR_ARG(shown->name));
    size_t last = source_position(e->arena, shown, shown->bytes.len).line;
    for (w.width = 1; last >= 10; last /= 10)
        w.width++;
    find_spots(&w);
    for (size_t line = 1; line <= shown->line_count; line++) {
        struct str text = source_line(shown, line);
        size_t start = source_line_start(shown, line);
        if (start < shown->bytes.len)
            write_line(&w, shown->bytes, line, start, start + text.len);
    }
    arena_free(&scratch);
}
