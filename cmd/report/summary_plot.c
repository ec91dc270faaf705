/* summary_plot: plots as SVG, in whole user units: 760 wide, scaled by the browser to the page. Colours are the style
 * sheet's. Each has a title and a description for those who do not see it; each column and bar a title of its own. */
#include "base/arena.h"
#include "base/buf.h"
#include "report/summary_page.h"

enum { WIDTH = 760 };

/* The columns of the plot by edition. */
enum {
    LEFT = 56,
    RIGHT = 16,
    TOP = 34,
    HEIGHT = 220,
    BELOW = 44,
    MOST_LABELS = 14,
    MOST_TICKS = 5,
    WIDEST = 44,
    LOWEST = 4
};

/* The bars of the plot by rule. */
enum { ROW = 42, BAR = 14, MOST_RULES = 12, NUMBER = 70 };

/* The smallest of 1, 2, 5, 10, 20 … that cuts `most` into MOST_TICKS parts at most. */
static size_t tick_step(size_t most)
{
    for (size_t ten = 1;; ten *= 10)
        for (size_t k = 1; k <= 5; k += k == 1 ? 1 : 3)
            if (most <= ten * k * MOST_TICKS)
                return ten * k;
}

static size_t scaled(size_t value, size_t full, size_t length) { return full ? value * length / full : 0; }

static void open_plot(const struct page *page, const char *id, int height, const char *title, struct str about)
{
    fprintf(page->out,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-title %s-about\">\n<title id=\"%s-title\">",
            WIDTH, height, id, id, id);
    page_text(page, str_from(title));
    fprintf(page->out, "</title>\n<desc id=\"%s-about\">", id);
    page_text(page, about);
    fprintf(page->out, "</desc>\n");
}

/* ---- by edition ---- */

/* The years from the first to the last, those without members too; then the one that is not known. */
struct columns {
    size_t first, count; /* years in a row */
    bool unknown;
    size_t most; /* findings of one */
};

static struct columns columns_of(const struct summary *summary)
{
    struct columns columns = {0};
    for (size_t i = 0; i < summary->years.count; i++) {
        const struct summary_year *year = &summary->years.items[i];
        size_t total = summary_total(year->findings);
        columns.most = total > columns.most ? total : columns.most;
        columns.unknown |= !year->year;
        if (year->year && !columns.first)
            columns.first = year->year;
        if (year->year)
            columns.count = year->year - columns.first + 1;
    }
    return columns;
}

static const struct summary_year *year_at(const struct summary *summary, size_t year)
{
    for (size_t i = 0; i < summary->years.count; i++)
        if (summary->years.items[i].year == year)
            return &summary->years.items[i];
    return NULL;
}

static void draw_axis(const struct page *page, size_t full, size_t step)
{
    fprintf(page->out, "<text class=\"name\" x=\"0\" y=\"12\">%s</text>\n", word(page->locale, WORD_FINDINGS));
    for (size_t tick = 0; tick <= full; tick += step) {
        int y = TOP + HEIGHT - (int)scaled(tick, full, HEIGHT);
        fprintf(page->out, "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", tick ? "grid" : "axis", LEFT,
                WIDTH - RIGHT, y, y);
        fprintf(page->out, "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%.*s</text>\n", LEFT - 8, y + 4,
                STR_ARG(page_number(page, tick)));
    }
}

/* One edition: a column of its errors, warnings and notes on each other, its total above. */
static void draw_column(const struct page *page, const struct summary_year *year, int x, int width, size_t full,
                        bool numbered)
{
    struct str name = page_year(page, year->year);
    size_t below = 0, total = summary_total(year->findings);
    struct str findings = page_count(page, total, WORD_FINDING, WORD_FINDINGS);
    struct str members = page_count(page, year->members, WORD_MEMBER, WORD_MEMBERS);
    fprintf(page->out, "<g><title>%.*s%s %.*s, %.*s</title>", STR_ARG(name), word(page->locale, WORD_COLON),
            STR_ARG(findings), STR_ARG(members));
    for (enum severity severity = SEVERITY_COUNT; severity-- > 0;) {
        int from = (int)scaled(below, full, HEIGHT);
        below += year->findings[severity];
        int to = (int)scaled(below, full, HEIGHT);
        if (to > from)
            fprintf(page->out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                    page_class(severity), x, TOP + HEIGHT - to, width, to - from);
    }
    if (numbered && total)
        fprintf(page->out, "<text class=\"value\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%.*s</text>", x + width / 2,
                TOP + HEIGHT - (int)scaled(total, full, HEIGHT) - 5, STR_ARG(page_number(page, total)));
    fprintf(page->out, "</g>\n");
}

static void draw_columns(const struct page *page, const struct columns *columns, size_t full)
{
    size_t slots = columns->count + columns->unknown, every = (columns->count + MOST_LABELS - 1) / MOST_LABELS;
    int room = WIDTH - LEFT - RIGHT;
    for (size_t slot = 0; slot < slots; slot++) {
        size_t year = slot < columns->count ? columns->first + slot : 0;
        int from = LEFT + (int)scaled(slot, slots, (size_t)room),
            to = LEFT + (int)scaled(slot + 1, slots, (size_t)room);
        int width = (to - from) * 7 / 10 < WIDEST ? (to - from) * 7 / 10 : WIDEST, middle = (from + to) / 2;
        const struct summary_year *found = year_at(page->summary, year);
        if (found)
            draw_column(page, found, middle - width / 2, width ? width : 1, full, slots <= 2 * MOST_LABELS);
        if (!year || slot % every == 0)
            fprintf(page->out, "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%.*s</text>\n", middle,
                    TOP + HEIGHT + 18, STR_ARG(page_year(page, year)));
    }
}

void plot_editions(const struct page *page)
{
    const char *title = locale_text(page->locale, "Findings per edition");
    struct columns columns = columns_of(page->summary);
    size_t shown = columns.most < LOWEST ? LOWEST : columns.most;
    size_t step = tick_step(shown), full = (shown + step - 1) / step * step;
    struct str most = page_number(page, columns.most),
               total = page_number(page, summary_total(page->summary->findings));
    struct message about =
        message_make(page->arena, "A column for each edition; %.*s findings in all, %.*s at most in one",
                     STR_ARG(total), STR_ARG(most));
    open_plot(page, "editions", TOP + HEIGHT + BELOW, title, locale_message(page->arena, page->locale, &about));
    draw_axis(page, full, step);
    draw_columns(page, &columns, full);
    fprintf(page->out, "<text class=\"name\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
            LEFT + (WIDTH - LEFT - RIGHT) / 2, TOP + HEIGHT + BELOW - 6);
    page_text(page, str_from(locale_text(page->locale, "edition")));
    fprintf(page->out, "</text>\n</svg>\n");
}

/* ---- by rule ---- */

static void draw_bar(const struct page *page, const struct summary_rule *rule, size_t at, size_t most)
{
    int y = (int)at * ROW, length = (int)scaled(rule->total, most, WIDTH - NUMBER);
    fprintf(page->out, "<g><text class=\"rule\" x=\"0\" y=\"%d\">", y + 15);
    page_text(page, rule->id);
    fprintf(page->out, "</text><rect class=\"%s\" x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
            page_class(rule->severity), y + 21, length ? length : 1, BAR);
    fprintf(page->out, "<text class=\"value\" x=\"%d\" y=\"%d\">%.*s</text></g>\n", (length ? length : 1) + 8, y + 33,
            STR_ARG(page_number(page, rule->total)));
}

void plot_rules(const struct page *page)
{
    const char *title = locale_text(page->locale, "Findings per rule");
    size_t count = page->summary->rules.count, shown = count < MOST_RULES ? count : MOST_RULES;
    struct str all = page_number(page, count), drawn = page_number(page, shown);
    struct message about = message_make(page->arena, "A bar for each rule, the most findings first: %.*s of %.*s rules",
                                        STR_ARG(drawn), STR_ARG(all));
    open_plot(page, "rules", (int)shown * ROW + 6, title, locale_message(page->arena, page->locale, &about));
    for (size_t i = 0; i < shown; i++)
        draw_bar(page, page->summary->rules.items[i], i, page->summary->rules.items[0]->total);
    fprintf(page->out, "</svg>\n");
}
