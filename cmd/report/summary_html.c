/* summary_html: the numbers of a run as a page: no script, no network, nothing but itself. */
#include "base/arena.h"
#include "base/buf.h"
#include "report/summary_page.h"

static const char STYLE[] =
    ":root{--paper:#fff;--ink:#1c2128;--soft:#59636e;--line:#d5dae0;--tile:#f5f6f8;--error:#b42318;--warning:#c77700;"
    "--note:#3a6ea5;color-scheme:light dark}\n"
    "@media "
    "(prefers-color-scheme:dark){:root{--paper:#15191e;--ink:#e8ebee;--soft:#9aa4af;--line:#343b44;--tile:#1e242b;"
    "--error:#f0766b;--warning:#e2a33c;--note:#7db0e6}}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;"
    "font-variant-numeric:tabular-nums}\n"
    "main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 4rem}\n"
    "h1{font-size:1.6rem;margin:0 0 1.25rem}h2{font-size:1.15rem;margin:2.5rem 0 .5rem}\n"
    ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;margin:0;padding:0}\n"
    ".tiles div{background:var(--tile);border-radius:6px;padding:.75rem 1rem}\n"
    ".tiles dt{color:var(--soft);font-size:.85rem}.tiles "
    "dd{margin:0;font-size:1.6rem;font-weight:600;line-height:1.3}\n"
    ".tiles .more{display:block;color:var(--soft);font-size:.8rem;font-weight:400}\n"
    "figure{margin:0}svg{display:block;width:100%;height:auto;overflow:visible}\n"
    "svg text{fill:var(--soft);font-size:12px}svg .value{fill:var(--ink)}"
    "svg .rule{fill:var(--ink);font-family:ui-monospace,monospace}\n"
    ".axis{stroke:var(--soft)}.grid{stroke:var(--line)}\n"
    "rect.error,.key.error{fill:var(--error);background:var(--error)}"
    "rect.warning,.key.warning{fill:var(--warning);background:var(--warning)}"
    "rect.note,.key.note{fill:var(--note);background:var(--note)}\n"
    ".legend{display:flex;gap:1.25rem;margin:0 0 .5rem;color:var(--soft);font-size:.85rem}"
    ".key{display:inline-block;width:.8em;height:.8em;margin-right:.4em;border-radius:2px}\n"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}"
    "th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}"
    "th:first-child,td:first-child,th.text{text-align:left}td.text{text-align:left;white-space:normal}"
    "thead th{color:var(--soft);font-weight:600}tbody th{font-weight:400}"
    "td.zero{color:var(--soft)}code{font-family:ui-monospace,monospace;font-size:.95em}\n"
    "@media print{body{font-size:11pt}main{max-width:none;padding:0}figure,table tr,.tiles div{break-inside:avoid}"
    "h2{break-after:avoid}.tiles div{border:1px solid var(--line)}.wide{overflow:visible}"
    "table{font-size:8pt}th,td{padding:2pt 3pt}"
    "*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

struct str page_number(const struct page *page, size_t number)
{
    return locale_quantity(page->arena, page->locale, str_format(page->arena, "%zu", number), STR(""), false);
}

struct str page_count(const struct page *page, size_t number, enum word one, enum word many)
{
    return str_format(page->arena, "%.*s %s", STR_ARG(page_number(page, number)),
                      counted_word(page->locale, number, one, many));
}

struct str page_year(const struct page *page, size_t year)
{
    return year ? str_format(page->arena, "%zu", year) : str_from(locale_text(page->locale, "not known"));
}

void page_text(const struct page *page, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'')
            fprintf(page->out, "&#%d;", c);
        else
            fputc(c < 0x20 || c == 0x7f ? ' ' : c, page->out);
    }
}

const char *page_class(enum severity severity)
{
    static const char *const classes[] = {
        [SEVERITY_NOTE] = "note", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};
    return classes[severity];
}

/* ---- the numbers ---- */

/* A number under its name, with what is to be said beside it. */
static void write_tile(const struct page *page, const char *name, size_t number, struct str beside)
{
    fprintf(page->out, "<div><dt>");
    page_text(page, str_from(name));
    fprintf(page->out, "</dt><dd>%.*s", STR_ARG(page_number(page, number)));
    if (beside.len) {
        fprintf(page->out, "<span class=\"more\">");
        page_text(page, beside);
        fprintf(page->out, "</span>");
    }
    fprintf(page->out, "</dd></div>\n");
}

static const struct {
    enum word one, many;
} SEVERITY_WORDS[] = {[SEVERITY_NOTE] = {WORD_NOTE, WORD_NOTES},
                      [SEVERITY_WARNING] = {WORD_WARNING_ONE, WORD_WARNINGS},
                      [SEVERITY_ERROR] = {WORD_ERROR, WORD_ERRORS}};

/* "3 errors, 1 warning" */
static struct str severities(const struct page *page)
{
    struct buf out = {.arena = page->arena};
    for (enum severity s = SEVERITY_COUNT; s-- > 0;) {
        size_t count = page->summary->findings[s];
        struct str part = page_count(page, count, SEVERITY_WORDS[s].one, SEVERITY_WORDS[s].many);
        if (count)
            buf_addf(&out, "%s%.*s", out.len ? ", " : "", STR_ARG(part));
    }
    return buf_str(&out);
}

static struct str said_of(const struct page *page, struct message message)
{
    return locale_message(page->arena, page->locale, &message);
}

static void write_tiles(const struct page *page)
{
    const struct summary *s = page->summary;
    struct arena *arena = page->arena;
    struct str unread = page_number(page, s->unread), passed = page_number(page, s->passed_over);
    struct str missing = page_number(page, s->missing), unchecked = page_number(page, s->unchecked);
    size_t findings = summary_total(s->findings);
    struct str members =
        s->passed_over
            ? said_of(page, message_make(arena, "%.*s not read, %.*s passed over", STR_ARG(unread), STR_ARG(passed)))
        : s->unread ? said_of(page, message_make(arena, "%.*s not read", STR_ARG(unread)))
                    : (struct str){0};
    fprintf(page->out, "<dl class=\"tiles\">\n");
    write_tile(page, counted_word(page->locale, s->checked + s->unread, WORD_MEMBER, WORD_MEMBERS),
               s->checked + s->unread, members);
    write_tile(page, counted_word(page->locale, s->figures, WORD_FIGURE, WORD_FIGURES), s->figures,
               s->missing ? said_of(page, message_make(arena, "%.*s without a value", STR_ARG(missing)))
                          : (struct str){0});
    write_tile(page, counted_word(page->locale, s->judged, WORD_JUDGED, WORD_JUDGED_MANY), s->judged,
               s->unchecked ? said_of(page, message_make(arena, "%.*s more could not be judged", STR_ARG(unchecked)))
                            : (struct str){0});
    write_tile(page, counted_word(page->locale, findings, WORD_FINDING, WORD_FINDINGS), findings, severities(page));
    fprintf(page->out, "</dl>\n");
}

/* ---- plots and tables ---- */

static void write_legend(const struct page *page)
{
    fprintf(page->out, "<p class=\"legend\">");
    for (enum severity s = SEVERITY_COUNT; s-- > 0;)
        if (page->summary->findings[s])
            fprintf(page->out, "<span><span class=\"key %s\"></span>%s</span>", page_class(s),
                    word(page->locale, SEVERITY_WORDS[s].many));
    fprintf(page->out, "</p>\n");
}

static void write_heading(const struct page *page, const char *text)
{
    fprintf(page->out, "<h2>");
    page_text(page, str_from(text));
    fprintf(page->out, "</h2>\n");
}

static void write_head_cell(const struct page *page, const char *text)
{
    fprintf(page->out, "<th scope=\"col\">");
    page_text(page, str_from(text));
    fprintf(page->out, "</th>");
}

static void write_cell(const struct page *page, size_t number)
{
    fprintf(page->out, "<td%s>%.*s</td>", number ? "" : " class=\"zero\"", STR_ARG(page_number(page, number)));
}

static void write_editions(const struct page *page)
{
    const struct summary *s = page->summary;
    enum locale locale = page->locale;
    const char *const heads[] = {locale_text(locale, "edition"),  word(locale, WORD_MEMBERS),
                                 locale_text(locale, "not read"), word(locale, WORD_FIGURES),
                                 word(locale, WORD_JUDGED_MANY),  word(locale, WORD_ERRORS),
                                 word(locale, WORD_WARNINGS),     word(locale, WORD_NOTES)};
    fprintf(page->out, "<div class=\"wide\"><table>\n<thead><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        write_head_cell(page, heads[i]);
    fprintf(page->out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < s->years.count; i++) {
        const struct summary_year *year = &s->years.items[i];
        const size_t numbers[] = {year->members,
                                  year->unread,
                                  year->figures,
                                  year->judged,
                                  year->findings[SEVERITY_ERROR],
                                  year->findings[SEVERITY_WARNING],
                                  year->findings[SEVERITY_NOTE]};
        fprintf(page->out, "<tr><th scope=\"row\">%.*s</th>", STR_ARG(page_year(page, year->year)));
        for (size_t j = 0; j < sizeof numbers / sizeof *numbers; j++)
            write_cell(page, numbers[j]);
        fprintf(page->out, "</tr>\n");
    }
    fprintf(page->out, "</tbody></table></div>\n");
}

/* Rules by editions: those that have findings. */
static void write_rules(const struct page *page)
{
    const struct summary *s = page->summary;
    fprintf(page->out, "<div class=\"wide\"><table>\n<thead><tr>");
    write_head_cell(page, locale_text(page->locale, "rule"));
    write_head_cell(page, locale_text(page->locale, "in all"));
    for (size_t i = 0; i < s->years.count; i++)
        if (summary_total(s->years.items[i].findings))
            write_head_cell(page, page_year(page, s->years.items[i].year).ptr);
    fprintf(page->out, "</tr></thead>\n<tbody>\n");
    for (size_t r = 0; r < s->rules.count; r++) {
        fprintf(page->out, "<tr><th scope=\"row\"><span class=\"key %s\"></span><code>",
                page_class(s->rules.items[r]->severity));
        page_text(page, s->rules.items[r]->id);
        fprintf(page->out, "</code></th>");
        write_cell(page, s->rules.items[r]->total);
        for (size_t i = 0; i < s->years.count; i++)
            if (summary_total(s->years.items[i].findings))
                write_cell(page, summary_of(s->rules.items[r], s->years.items[i].year));
        fprintf(page->out, "</tr>\n");
    }
    fprintf(page->out, "</tbody></table></div>\n");
}

static void write_unread(const struct page *page)
{
    const struct summary *s = page->summary;
    fprintf(page->out, "<div class=\"wide\"><table>\n<thead><tr>");
    write_head_cell(page, word(page->locale, WORD_MEMBER));
    fprintf(page->out, "<th scope=\"col\" class=\"text\">%s</th>", locale_text(page->locale, "why"));
    fprintf(page->out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < s->unread_members.count; i++) {
        const struct summary_unread *unread = &s->unread_members.items[i];
        fprintf(page->out, "<tr><th scope=\"row\"><code>");
        page_text(page, unread->name);
        fprintf(page->out, "</code></th><td class=\"text\">");
        page_text(page, locale_message(page->arena, page->locale, &unread->text));
        fprintf(page->out, "</td></tr>\n");
    }
    fprintf(page->out, "</tbody></table></div>\n");
    if (s->unread > s->unread_members.count) {
        struct str more = page_number(page, s->unread - s->unread_members.count);
        fprintf(page->out, "<p>… %.*s %s</p>\n", STR_ARG(more), word(page->locale, WORD_MORE));
    }
}

static void write_findings(const struct page *page)
{
    if (!page->summary->rules.count) {
        fprintf(page->out, "<p>");
        page_text(page, str_from(locale_text(page->locale, "Nothing contradicts anything.")));
        fprintf(page->out, "</p>\n");
        return;
    }
    write_heading(page, locale_text(page->locale, "Findings per edition"));
    write_legend(page);
    fprintf(page->out, "<figure>\n");
    plot_editions(page);
    fprintf(page->out, "</figure>\n");
    write_heading(page, locale_text(page->locale, "Findings per rule"));
    fprintf(page->out, "<figure>\n");
    plot_rules(page);
    fprintf(page->out, "</figure>\n");
    write_heading(page, locale_text(page->locale, "Rules and editions"));
    write_rules(page);
}

void summary_html(FILE *out, struct arena *arena, struct summary *summary, enum locale locale)
{
    const struct page page = {out, arena, summary, locale};
    const char *title = locale_text(locale, "crossfoot: summary of a run");
    summary_sort(summary);
    fprintf(out,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
            locale == LOCALE_FR ? "fr" : "en");
    page_text(&page, str_from(title));
    fprintf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n<h1>", STYLE);
    page_text(&page, str_from(title));
    fprintf(out, "</h1>\n");
    write_tiles(&page);
    write_findings(&page);
    if (summary->years.count) {
        write_heading(&page, locale_text(locale, "Editions"));
        write_editions(&page);
    }
    if (summary->unread) {
        write_heading(&page, locale_text(locale, "Members that were not read"));
        write_unread(&page);
    }
    fprintf(out, "</main>\n</body>\n</html>\n");
}
