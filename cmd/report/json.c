/* json: the whole report, as schemas/report.schema.json says. Written as it goes, never built as a tree. */
#include <unistd.h>

#include "base/arena.h"
#include "base/base64.h"
#include "base/json_writer.h"
#include "report/report.h"

static void member(struct json_writer *w, const char *key, struct str text)
{
    json_key(w, key);
    json_text(w, text);
}

static void optional_member(struct json_writer *w, const char *key, struct str text)
{
    if (text.len)
        member(w, key, text);
}

static void end_value(struct json_writer *w, struct str exact)
{
    if (exact.len)
        json_text(w, exact);
    else
        json_null(w);
}

static void write_interval(struct json_writer *w, const struct finding_interval *interval)
{
    json_open(w, '{');
    json_key(w, "low");
    end_value(w, interval->low.exact);
    json_key(w, "high");
    end_value(w, interval->high.exact);
    if (interval->low_open && interval->low.exact.len) {
        json_key(w, "low_open");
        json_bool(w, true);
    }
    if (interval->high_open && interval->high.exact.len) {
        json_key(w, "high_open");
        json_bool(w, true);
    }
    json_close(w, '}');
}

static void write_place(struct json_writer *w, const struct finding_place *place)
{
    json_open(w, '{');
    if (place->path.len) {
        member(w, "path", place->path);
        optional_member(w, "member", place->member);
        member(w, "pointer", place->pointer);
        const struct {
            const char *key;
            size_t value;
        } numbers[] = {{"line", place->line}, {"column", place->column}, {"start", place->start}, {"end", place->end}};
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            json_key(w, numbers[i].key);
            json_count(w, numbers[i].value);
        }
        member(w, "excerpt", place->excerpt);
    }
    json_close(w, '}');
}

static void write_term(struct json_writer *w, const struct finding_term *term)
{
    json_open(w, '{');
    member(w, "name", term->name);
    member(w, "text", term->text);
    if (term->value.len) {
        member(w, "value", term->value);
        optional_member(w, "unit", term->unit);
        if (term->interval.low.exact.len || term->interval.high.exact.len) {
            json_key(w, "interval");
            write_interval(w, &term->interval);
        }
    }
    json_key(w, "place");
    write_place(w, &term->place);
    json_close(w, '}');
}

static void write_bounds(struct json_writer *w, const struct finding *finding)
{
    const struct {
        const char *key, *open_key;
        const struct finding_interval *interval;
    } sides[] = {{"left", "left_open", &finding->left}, {"right", "right_open", &finding->right}};
    json_key(w, "bounds");
    json_open(w, '{');
    for (size_t i = 0; i < 2; i++) {
        const struct finding_interval *interval = sides[i].interval;
        json_key(w, sides[i].key);
        json_open(w, '[');
        end_value(w, interval->low.exact);
        end_value(w, interval->high.exact);
        json_close(w, ']');
        if (!interval->low_open && !interval->high_open)
            continue;
        json_key(w, sides[i].open_key);
        json_open(w, '[');
        json_bool(w, interval->low_open);
        json_bool(w, interval->high_open);
        json_close(w, ']');
    }
    optional_member(w, "unit", finding->bounds_unit);
    if (finding->loose) {
        json_key(w, "tight");
        json_bool(w, false);
    }
    json_close(w, '}');
}

static void write_repairs(struct json_writer *w, const struct finding *finding)
{
    json_key(w, "repairs");
    json_open(w, '[');
    for (size_t i = 0; i < finding->repair_count; i++) {
        const struct finding_repair *repair = &finding->repairs[i];
        json_open(w, '{');
        member(w, "term", finding->terms[repair->term].name);
        member(w, "value", repair->value);
        optional_member(w, "text", repair->text);
        member(w, "why", str_from(repair->why));
        json_close(w, '}');
    }
    json_close(w, ']');
}

static void write_finding(struct json_writer *w, struct arena *arena, const struct report *report,
                          const struct finding *finding)
{
    json_open(w, '{');
    member(w, "rule", finding->rule);
    member(w, "kind", finding_kind_name(finding->kind));
    member(w, "verdict", verdict_name(finding->verdict));
    member(w, "severity", severity_name(finding->severity));
    json_key(w, "context");
    json_open(w, '{');
    for (size_t i = 0; i < finding->context_count; i++)
        member(w, str_z(arena, finding->context[i].name), finding->context[i].value);
    json_close(w, '}');
    if (finding->sum_count)
        member(w, "sum", finding_sum(arena, finding, NULL));
    if (finding->compared) {
        member(w, "gap", finding->gap.exact);
        optional_member(w, "gap_unit", finding->gap_unit);
        write_bounds(w, finding);
    }
    member(w, "message", report_headline(arena, report, finding));
    if (finding->verdict == VERDICT_UNCHECKED)
        member(w, "reason", unchecked_name(finding->reason));
    optional_member(w, "explained_by", finding->explained_by);
    optional_member(w, "suspect", finding->suspect);
    optional_member(w, "why", finding->why);
    member(w, "fingerprint", finding->fingerprint);
    json_key(w, "terms");
    json_open(w, '[');
    for (size_t i = 0; i < finding->term_count; i++)
        write_term(w, &finding->terms[i]);
    json_close(w, ']');
    if (finding->repair_count)
        write_repairs(w, finding);
    json_close(w, '}');
}

/* No mention is tied to a figure of a dataset yet. */
static void write_mention(struct json_writer *w, const struct finding_mention *mention)
{
    json_open(w, '{');
    member(w, "text", mention->text);
    member(w, "state", STR("untied"));
    member(w, "value", mention->value);
    optional_member(w, "unit", mention->unit);
    json_key(w, "place");
    write_place(w, &mention->place);
    json_close(w, '}');
}

static void write_coverage(struct json_writer *w, const struct findings *findings)
{
    const struct {
        const char *key;
        size_t value;
    } numbers[] = {{"figures", findings->figures},     {"mentions", findings->mentions},
                   {"judged", findings->judged},       {"tied", 0},
                   {"untouched", findings->untouched}, {"missing", findings->missing}};
    json_key(w, "coverage");
    json_open(w, '{');
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_key(w, numbers[i].key);
        json_count(w, numbers[i].value);
    }
    json_close(w, '}');
}

/* What was not read or not evaluated; warnings are not. */
static void write_unread(struct json_writer *w, const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct diag *diag = &problems->items[i];
        if (diag->warning)
            continue;
        json_open(w, '{');
        member(w, "path", diag->source);
        if (diag->position.line) {
            json_key(w, "line");
            json_count(w, diag->position.line);
            json_key(w, "column");
            json_count(w, diag->position.column);
        }
        member(w, "message", diag->message.text);
        json_close(w, '}');
    }
}

/* Only the JSON report has room for it. What cannot be read is left out, and missed when the reports are merged. */
static void write_cargo(struct json_writer *w, struct report_cargo cargo)
{
    char bytes[REPORT_PIECE], text[BASE64_LENGTH(REPORT_PIECE)];
    json_key(w, "crossfoot_results");
    json_open(w, '[');
    for (size_t at = 0; at < cargo.size;) {
        size_t wanted = cargo.size - at < sizeof bytes ? cargo.size - at : sizeof bytes;
        ssize_t got = pread(cargo.file, bytes, wanted, (off_t)at);
        if (got <= 0)
            break;
        base64_write((struct str){bytes, (size_t)got}, text);
        json_text(w, (struct str){text, BASE64_LENGTH((size_t)got)});
        at += (size_t)got;
    }
    json_close(w, ']');
}

void report_json(FILE *out, struct arena *arena, const struct report *report)
{
    /* Machine formats speak English, whatever the reader's language. */
    struct report english = *report;
    english.locale = LOCALE_EN;
    struct json_writer w = {.out = out, .deep = 2};
    json_open(&w, '{');
    json_key(&w, "crossfoot");
    json_count(&w, 1);
    json_key(&w, "verdicts");
    json_open(&w, '[');
    struct report_page page = {0};
    while (report_next(report, &page))
        for (size_t i = 0; i < page.findings->count; i++)
            if (report_shows(report, &page.findings->items[i]))
                write_finding(&w, arena, &english, &page.findings->items[i]);
    json_close(&w, ']');
    json_key(&w, "mentions");
    json_open(&w, '[');
    page = (struct report_page){0};
    while (report_next(report, &page))
        for (size_t i = 0; i < page.findings->listed.count; i++)
            write_mention(&w, &page.findings->listed.items[i]);
    json_close(&w, ']');
    write_coverage(&w, report->findings);
    json_key(&w, "unread");
    json_open(&w, '[');
    page = (struct report_page){0};
    while (report_next(report, &page))
        write_unread(&w, page.problems);
    json_close(&w, ']');
    if (report->cargo.size)
        write_cargo(&w, report->cargo);
    json_close(&w, '}');
}
