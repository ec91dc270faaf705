/* summary: what a run over many members found, in numbers: for people a page with plots, for programs JSON.
 *
 *     struct summary *summary = summary_new(&arena);
 *     for each member: summary_add(summary, &(struct summary_member){.name = name, .year = 2019, .findings =
 * &findings}); summary_json(out, &arena, summary); summary_html(out, &arena, summary, LOCALE_FR);
 *
 * It takes the memory of its rules and editions, whatever the number of members.
 */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include <stdio.h>

#include "base/map.h"
#include "check/finding.h"
#include "report/words.h"

/* Of the members that could not be read so many are named. */
enum { SUMMARY_MOST_UNREAD = 1000 };

struct summary_year {
    size_t year; /* 0: of members whose year is not known */
    size_t members, unread, figures, judged;
    size_t findings[SEVERITY_COUNT];
};

struct summary_rule {
    struct str id;
    enum severity severity; /* the highest that it was found with */
    size_t total;
    struct {
        struct summary_count {
            size_t year, count;
        } * items;
        size_t count, room;
    } years;
};

struct summary_unread {
    struct str name, message; /* the message as in the report: in English, … */
    struct message text;      /* … and in pieces, for a reader of another language */
};

struct summary {
    struct arena *arena;
    size_t checked, passed_over, unread, bytes;
    size_t figures, missing, mentions, judged, unchecked;
    size_t findings[SEVERITY_COUNT];
    struct {
        struct summary_year *items; /* by year, 0 last */
        size_t count, room;
    } years;
    struct map rule_index;
    struct {
        struct summary_rule **items; /* the most findings first, once summary_sort was called */
        size_t count, room;
    } rules;
    struct {
        struct summary_unread *items;
        size_t count, room;
    } unread_members;
};

/* Empty; it lives in the arena. */
struct summary *summary_new(struct arena *arena);

struct summary_member {
    struct str name;
    size_t year, bytes;
    bool passed_over, unread;
    const struct findings *findings;
    const struct problems *problems; /* why it is unread: the first error */
};

/* Adds a member; its texts are copied. */
void summary_add(struct summary *summary, const struct summary_member *member);

/* Adds a finding that is of no single member. */
void summary_add_finding(struct summary *summary, size_t year, const struct finding *finding);

size_t summary_total(const size_t findings[SEVERITY_COUNT]);

/* The findings of a rule in a year. */
size_t summary_of(const struct summary_rule *rule, size_t year);

/* Brings rules and years into their order: before either of the next two. */
void summary_sort(struct summary *summary);

/* schemas/summary.schema.json. In English. */
void summary_json(FILE *out, struct summary *summary);

/* A page that needs nothing but itself, in the reader's language, for screens, dark or light, and paper. */
void summary_html(FILE *out, struct arena *arena, struct summary *summary, enum locale locale);

#endif
