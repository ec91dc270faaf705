/* report: findings written for a reader: a person, a CI system, another program. One file a format, and a table of
 * them.
 *
 *     const struct report_format *format = report_format_find(STR("json"));
 *     format->write(out, &arena, &report);
 *
 * Reports know findings, never rules or datasets.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdio.h>

#include "check/finding.h"
#include "report/words.h"

/* Findings and problems that are too many for memory, page by page: those of a batch. */
struct report_pages {
    void *from;
    size_t count;
    /* The i-th page, until the next one is asked for; false when it cannot be had, which .from then knows. */
    bool (*read)(void *from, size_t i, const struct findings **findings, const struct problems **problems);
};

/* What the report of a shard carries so that it can be merged: bytes of a file, as texts of so many each in base64. */
enum { REPORT_PIECE = 3 * 1024 };
struct report_cargo {
    int file;
    size_t size; /* 0: there is none */
};

struct report {
    const struct findings *findings;  /* sorted, with their coverage; where there are pages, coverage alone */
    const struct problems *problems;  /* what could not be read, what is wrong with rules; those of no page */
    const struct report_pages *pages; /* NULL: all is in memory */
    struct report_cargo cargo;
    enum locale locale;
    bool all;       /* every verdict, not findings alone */
    bool unchecked; /* unchecked verdicts too */
    bool color;
};

struct report_format {
    const char *name;
    const char *about; /* for --help, in English */
    /* Writes the whole report. Scratch memory may be taken from the arena. */
    void (*write)(FILE *out, struct arena *arena, const struct report *report);
};

/* Ends with a format without name. */
extern const struct report_format report_formats[];

const struct report_format *report_format_find(struct str name);

/* A loop over the pages of a report; one that is all in memory is one page.
 *
 *     struct report_page page = {0};
 *     while (report_next(report, &page))
 *         ... page.findings, page.problems ...
 */
struct report_page {
    const struct findings *findings;
    const struct problems *problems;
    size_t next;
};
bool report_next(const struct report *report, struct report_page *page);

/* Does the report show this finding? */
bool report_shows(const struct report *report, const struct finding *finding);

/* What a finding says in one line: the rule's message, or the sum, or what is wrong in words. */
struct str report_headline(struct arena *arena, const struct report *report, const struct finding *finding);

/* Errors and warnings, a line each: "figures.json:7:88: error: …". */
void report_problems(FILE *out, const struct problems *problems, enum locale locale);

/* The same of all pages. */
void report_all_problems(FILE *out, const struct report *report);

/* One line of coverage: "20 figures, 22 judged, 0 findings …". */
void report_coverage(FILE *out, const struct report *report);

/* The formats. */
void report_text(FILE *out, struct arena *arena, const struct report *report);
void report_json(FILE *out, struct arena *arena, const struct report *report);

#endif
