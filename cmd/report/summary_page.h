/* summary_page: what the page of a summary and its plots share. Inside cmd/report only.
 *
 *     struct page page = {out, &arena, summary, LOCALE_FR};
 *     plot_editions(&page);                      // <svg …>
 */
#ifndef REPORT_SUMMARY_PAGE_H
#define REPORT_SUMMARY_PAGE_H

#include "report/summary.h"

struct page {
    FILE *out;
    struct arena *arena;
    const struct summary *summary; /* sorted */
    enum locale locale;
};

/* A number in the reader's way: "35 070". */
struct str page_number(const struct page *page, size_t number);

/* The same with what it counts: "35 070 membres". */
struct str page_count(const struct page *page, size_t number, enum word one, enum word many);

/* "2019", or that it is not known. */
struct str page_year(const struct page *page, size_t year);

/* Text, with what HTML would take for its own escaped. */
void page_text(const struct page *page, struct str text);

/* "error", "warning", "note": for classes of the style sheet. */
const char *page_class(enum severity severity);

/* summary_plot.c: findings per edition, as columns by severity; the rules with most findings, as bars. */
void plot_editions(const struct page *page);
void plot_rules(const struct page *page);

#endif
