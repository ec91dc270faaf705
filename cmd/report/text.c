/* text: for people. A headline, the lines where the terms stand with a caret under each, then gap, bounds and why. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "report/report.h"

/* A sum over hundreds of figures need not be shown in full. */
enum { MOST_LINES = 12 };

enum color { COLOR_NONE, COLOR_ERROR, COLOR_WARNING, COLOR_NOTE, COLOR_FAINT, COLOR_CARET };

struct writing {
    FILE *out;
    struct arena *arena;
    const struct report *report;
};

static void paint(const struct writing *w, enum color color)
{
    static const char *const codes[] = {
        [COLOR_NONE] = "\033[0m",    [COLOR_ERROR] = "\033[1;31m", [COLOR_WARNING] = "\033[1;33m",
        [COLOR_NOTE] = "\033[1;36m", [COLOR_FAINT] = "\033[34m",   [COLOR_CARET] = "\033[1;31m",
    };
    if (w->report->color)
        fputs(codes[color], w->out);
}

static void write_headline(const struct writing *w, const struct finding *finding)
{
    enum locale locale = w->report->locale;
    static const enum color colors[] = {
        [SEVERITY_NOTE] = COLOR_NOTE, [SEVERITY_WARNING] = COLOR_WARNING, [SEVERITY_ERROR] = COLOR_ERROR};
    bool wrong = finding->verdict == VERDICT_INCONSISTENT;
    const char *label = finding->verdict == VERDICT_EXACT       ? word(locale, WORD_HOLDS)
                        : finding->verdict == VERDICT_ROUNDING  ? word(locale, WORD_HOLDS_ROUNDED)
                        : finding->verdict == VERDICT_UNCHECKED ? word(locale, WORD_UNCHECKED)
                                                                : severity_word(locale, finding->severity);
    struct str headline = report_headline(w->arena, w->report, finding);
    paint(w, wrong ? colors[finding->severity] : COLOR_NOTE);
    fprintf(w->out, "%s[%.*s]", label, STR_ARG(finding->rule));
    paint(w, COLOR_NONE);
    fprintf(w->out, "%s %.*s", word(locale, WORD_COLON), STR_ARG(headline));
    for (size_t i = 0; i < finding->context_count; i++)
        fprintf(w->out, "%s%.*s=%.*s%s", i ? ", " : " (", STR_ARG(finding->context[i].name),
                STR_ARG(finding->context[i].value), i + 1 == finding->context_count ? ")" : "");
    fputc('\n', w->out);
}

static unsigned digits_of(size_t number)
{
    unsigned digits = 1;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

static bool same_line(const struct finding_place *a, const struct finding_place *b)
{
    return str_equal(a->path, b->path) && str_equal(a->member, b->member) && a->line == b->line &&
           str_equal(a->excerpt, b->excerpt);
}

static int by_place(const void *a, const void *b)
{
    const struct finding_place *p = &(*(const struct finding_term *const *)a)->place;
    const struct finding_place *q = &(*(const struct finding_term *const *)b)->place;
    int order = str_compare(p->path, q->path);
    if (!order)
        order = str_compare(p->member, q->member);
    return order ? order : (p->start > q->start) - (p->start < q->start);
}

static void gutter(const struct writing *w, unsigned width, size_t line)
{
    paint(w, COLOR_FAINT);
    if (line)
        fprintf(w->out, "%*zu |", (int)width, line);
    else
        fprintf(w->out, "%*s |", (int)width, "");
    paint(w, COLOR_NONE);
}

/* Control characters would upset the terminal; a tab is kept, and kept below it. */
static void write_excerpt(const struct writing *w, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        fputc((c < 0x20 && c != '\t') || c == 0x7f ? ' ' : c, w->out);
    }
}

/* Carets under the terms of one line, then their names: `^^^      ^^^ shops.rural, shops.total`. */
static void write_carets(const struct writing *w, const struct finding_term *const *terms, size_t count)
{
    struct str excerpt = terms[0]->place.excerpt;
    size_t length = utf8_count(excerpt) + 1, last = 0;
    char *marks = arena_alloc(w->arena, length, 1);
    struct buf names = {.arena = w->arena};
    for (size_t i = 0; i < count; i++) {
        const struct finding_place *place = &terms[i]->place;
        size_t end = place->excerpt_at + (place->excerpt_width ? place->excerpt_width : 1);
        for (size_t k = place->excerpt_at; k < end && k < length; k++)
            marks[k] = '^';
        last = end > last ? end : last;
        buf_addf(&names, "%s%.*s", names.len ? ", " : "", STR_ARG(terms[i]->name));
    }
    for (size_t k = 0, at = 0; k < last && k < length; k++) {
        bool tab = at < excerpt.len && excerpt.ptr[at] == '\t';
        fputc(marks[k] ? marks[k] : tab ? '\t' : ' ', w->out);
        uint32_t code_point;
        size_t step = utf8_decode(str_part(excerpt, at, excerpt.len), &code_point);
        at += step ? step : 1;
    }
    fprintf(w->out, " %.*s", STR_ARG(buf_str(&names)));
}

static void write_line(const struct writing *w, const struct finding_term *const *terms, size_t count, unsigned width)
{
    gutter(w, width, terms[0]->place.line);
    fputc(' ', w->out);
    write_excerpt(w, terms[0]->place.excerpt);
    fputc('\n', w->out);
    gutter(w, width, 0);
    fputc(' ', w->out);
    paint(w, COLOR_CARET);
    write_carets(w, terms, count);
    paint(w, COLOR_NONE);
    fputc('\n', w->out);
}

/* The lines where the terms stand, file by file, in the order of the files. */
static void write_terms(const struct writing *w, const struct finding *finding, unsigned width)
{
    const struct finding_term **terms = ARENA_ARRAY(w->arena, const struct finding_term *, finding->term_count);
    size_t count = 0, lines = 0;
    for (size_t i = 0; i < finding->term_count; i++)
        if (finding->terms[i].place.path.len)
            terms[count++] = &finding->terms[i];
    if (count)
        qsort(terms, count, sizeof *terms, by_place);
    for (size_t i = 0, next; i < count; i = next) {
        const struct finding_place *place = &terms[i]->place;
        for (next = i + 1; next < count && same_line(place, &terms[next]->place);)
            next++;
        if (lines++ == MOST_LINES) {
            gutter(w, width, 0);
            fprintf(w->out, " … %zu %s\n", count - i, word(w->report->locale, WORD_MORE));
            return;
        }
        if (!i || !str_equal(place->path, terms[i - 1]->place.path) ||
            !str_equal(place->member, terms[i - 1]->place.member)) {
            paint(w, COLOR_FAINT);
            fprintf(w->out, "%*s--> ", (int)width, "");
            paint(w, COLOR_NONE);
            fprintf(w->out, "%.*s%s%.*s:%zu:%zu\n", STR_ARG(place->path), place->member.len ? "/" : "",
                    STR_ARG(place->member), place->line, place->column);
        }
        write_line(w, &terms[i], next - i, width);
    }
}

/* "[53 000 000 €; 55 000 000 €]", "(30; ∞)", or the value alone. */
static struct str interval(const struct writing *w, const struct finding *finding,
                           const struct finding_interval *bounds)
{
    enum locale locale = w->report->locale;
    struct str low = locale_quantity(w->arena, locale, bounds->low.shown, finding->bounds_unit, finding->plain);
    struct str high = locale_quantity(w->arena, locale, bounds->high.shown, finding->bounds_unit, finding->plain);
    if (str_equal(bounds->low.exact, bounds->high.exact) && bounds->low.exact.len)
        return low;
    low = bounds->low.exact.len ? low : STR("−∞");
    high = bounds->high.exact.len ? high : STR("∞");
    return str_format(w->arena, "%c%.*s; %.*s%c", bounds->low_open ? '(' : '[', STR_ARG(low), STR_ARG(high),
                      bounds->high_open ? ')' : ']');
}

static void write_note(const struct writing *w, unsigned width, enum word what, struct str text)
{
    paint(w, COLOR_FAINT);
    fprintf(w->out, "%*s = ", (int)width, "");
    paint(w, COLOR_NONE);
    fprintf(w->out, "%s%s %.*s\n", word(w->report->locale, what), word(w->report->locale, WORD_COLON), STR_ARG(text));
}

static void write_comparison(const struct writing *w, const struct finding *finding, unsigned width)
{
    enum locale locale = w->report->locale;
    struct str gap = locale_quantity(w->arena, locale, finding->gap.shown, finding->gap_unit, finding->plain);
    struct str left = interval(w, finding, &finding->left), right = interval(w, finding, &finding->right);
    const char *colon = word(locale, WORD_COLON);
    write_note(w, width, WORD_GAP,
               str_format(w->arena, "%.*s; %s%s %.*s; %s%s %.*s%s%s%s", STR_ARG(gap), word(locale, WORD_LEFT), colon,
                          STR_ARG(left), word(locale, WORD_RIGHT), colon, STR_ARG(right), finding->loose ? " (" : "",
                          finding->loose ? word(locale, WORD_LOOSE) : "", finding->loose ? ")" : ""));
}

/* "946 instead of 964 (two digits swapped)" */
static void write_repairs(const struct writing *w, const struct finding *finding, unsigned width)
{
    enum locale locale = w->report->locale;
    for (size_t i = 0; i < finding->repair_count; i++) {
        const struct finding_repair *repair = &finding->repairs[i];
        struct str text = repair->text;
        if (!text.len)
            text = locale_quantity(w->arena, locale, repair->value, repair->unit, false);
        write_note(w, width, WORD_HELP,
                   str_format(w->arena, "%.*s %s%.*s (%s)", STR_ARG(text), instead_of(locale, repair->instead),
                              STR_ARG(repair->instead), locale_text(locale, repair->why)));
    }
}

static void write_finding(const struct writing *w, const struct finding *finding)
{
    write_headline(w, finding);
    if (finding->verdict == VERDICT_EXACT)
        return;
    unsigned width = 1;
    for (size_t i = 0; i < finding->term_count; i++)
        width = digits_of(finding->terms[i].place.line) > width ? digits_of(finding->terms[i].place.line) : width;
    write_terms(w, finding, width);
    write_repairs(w, finding, width);
    if (finding->message.len && finding->sum_count && finding->verdict == VERDICT_INCONSISTENT) {
        struct finding bare = *finding;
        bare.message = (struct str){0};
        struct str sum = report_headline(w->arena, w->report, &bare);
        fprintf(w->out, "%*s = %.*s\n", (int)width, "", STR_ARG(sum));
    }
    if (finding->compared)
        write_comparison(w, finding, width);
    if (finding->explained_by.len)
        write_note(w, width, WORD_EXPLAINED, finding->explained_by);
    if (finding->suspect.len)
        write_note(w, width, WORD_SUSPECT, finding->suspect);
    if (finding->why.len && finding->verdict == VERDICT_INCONSISTENT)
        write_note(w, width, WORD_WHY, finding->why);
    fputc('\n', w->out);
}

void report_text(FILE *out, struct arena *arena, const struct report *report)
{
    const struct writing w = {out, arena, report};
    struct report_page page = {0};
    while (report_next(report, &page))
        for (size_t i = 0; i < page.findings->count; i++)
            if (report_shows(report, &page.findings->items[i]))
                write_finding(&w, &page.findings->items[i]);
}
