#include "crossfoot/outcome.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "batch/across.h"
#include "check/outline.h"
#include "report/summary.h"

/* Memory to sort figures in: more makes it no faster. */
enum { LEAST_SORTING = 1 << 20, MOST_SORTING = 32 << 20 };

/* See outcome_setup. */
struct setup {
    bool all, unchecked;
    size_t fail_on, max_unread;
    struct problems problems;
    struct rule_outline *rules;
    size_t rule_count;
};

struct outcome {
    struct arena *arena;
    const struct settings *settings;
    struct results *results;
    struct setup setup;
    struct batch_sum sum;
    struct summary *summary;
    struct arena scratch; /* what is being written */
    struct findings page; /* what the reports are shown of the results, page by page */
    struct problems page_problems;
    struct diag *diag;
};

/* ---- setup ---- */

static void setup_wire(struct wire *wire, struct setup *setup)
{
    wire_flag(wire, &setup->all);
    wire_flag(wire, &setup->unchecked);
    setup->fail_on = wire_choice(wire, setup->fail_on, SEVERITY_COUNT);
    wire_size(wire, &setup->max_unread);
    WIRE_LIST(wire, setup->problems.items, setup->problems.count, diag_wire);
    setup->problems.room = setup->problems.count;
    WIRE_LIST(wire, setup->rules, setup->rule_count, rule_outline_wire);
}

struct str outcome_setup(struct arena *arena, const struct settings *settings, const struct rule *const *rules,
                         size_t count, struct problems *problems)
{
    struct setup setup = {.all = settings->all,
                          .unchecked = settings->unchecked,
                          .fail_on = settings->fail_on,
                          .max_unread = settings->max_unread,
                          .problems = *problems,
                          .rules = ARENA_ARRAY(arena, struct rule_outline, count),
                          .rule_count = count};
    for (size_t i = 0; i < count; i++)
        setup.rules[i] = rule_outline(arena, rules[i]);
    struct buf out = {.arena = arena};
    struct wire wire = {.out = &out};
    setup_wire(&wire, &setup);
    return buf_str(&out);
}

struct outcome *outcome_new(struct arena *arena, const struct settings *settings, struct results *results)
{
    struct outcome *outcome = ARENA_NEW(arena, struct outcome);
    *outcome = (struct outcome){
        .arena = arena, .settings = settings, .results = results, .scratch = {.out_of_memory = arena->out_of_memory}};
    struct wire wire = {.in = results_head(results)->setup, .arena = arena};
    setup_wire(&wire, &outcome->setup);
    outcome->setup.problems.arena = arena;
    return outcome;
}

/* ---- what all members come to ---- */

static int by_place(const void *x, const void *y)
{
    const struct diag *a = x, *b = y;
    int order = str_compare(a->source, b->source);
    if (!order)
        order = (a->position.line > b->position.line) - (a->position.line < b->position.line);
    if (!order)
        order = (a->position.column > b->position.column) - (a->position.column < b->position.column);
    return order ? order : str_compare(a->message.text, b->message.text);
}

/* What the members together say of the rules: those that applied nowhere are errors. */
static void judge_rules(struct outcome *o)
{
    const struct parcel_result *all = &o->sum.rules.whole;
    const struct setup *setup = &o->setup;
    struct problems found = {.arena = o->arena};
    struct tally tally = {.arena = o->arena, .ids = o->sum.rules.ids, .datasets = all->has_datasets};
    for (size_t i = 0; i < all->rule_problems.count; i++)
        *LIST_ADD(o->arena, &found) = all->rule_problems.items[i];
    /* Of a part of the members, that says nothing. */
    for (size_t i = 0; i < setup->rule_count && i < all->rule_count && results_head(o->results)->shards == 1; i++) {
        const struct rule_tally use = {all->rules[i].complete, all->rules[i].searched, all->rules[i].in_error};
        outline_report(&tally, &setup->rules[i], &use, &found);
    }
    /* Their order must not depend on which worker met what first. */
    if (found.count)
        qsort(found.items, found.count, sizeof *found.items, by_place);
    for (size_t i = 0; i < found.count; i++)
        *LIST_ADD(o->arena, &o->setup.problems) = found.items[i];
}

static void add_to_summary(struct summary *summary, const struct member_result *member)
{
    summary_add(summary, &(struct summary_member){.name = member->name,
                                                  .year = member->year,
                                                  .bytes = member->bytes,
                                                  .passed_over = member->state == MEMBER_PASSED_OVER,
                                                  .unread = member->state == MEMBER_UNREAD,
                                                  .findings = &member->findings,
                                                  .problems = &member->problems});
}

/* Reads all results once more, for what is asked for beside the reports. */
static bool read_members(struct outcome *o, struct across *across)
{
    for (size_t i = 0; i < results_count(o->results); i++) {
        struct parcel_result parcel;
        arena_reset(&o->scratch);
        if (!results_read(o->results, &o->scratch, i, &parcel, o->diag))
            return false;
        for (size_t k = 0; k < parcel.member_count; k++) {
            const struct member_result *member = &parcel.members[k];
            if (o->summary)
                add_to_summary(o->summary, member);
            if (across && !across_add(across, member->name, member->figures, o->diag))
                return false;
        }
    }
    return true;
}

/* Findings of no single member go with what is in memory: the last page. */
static bool judge_across(struct outcome *o)
{
    const struct results_head *head = results_head(o->results);
    const char *folder = getenv("TMPDIR");
    struct findings *findings = &o->sum.counts.coverage;
    size_t memory = o->settings->batch.memory ? o->settings->batch.memory / 2 : MOST_SORTING;
    memory = memory < LEAST_SORTING ? LEAST_SORTING : memory > MOST_SORTING ? MOST_SORTING : memory;
    bool wanted = head->across && head->shards == 1;
    struct arena sorting = {.out_of_memory = o->arena->out_of_memory};
    struct across *across =
        wanted ? across_open(&sorting, str_from(folder && *folder ? folder : "/tmp"), memory) : NULL;
    findings->arena = o->arena;
    bool ok = (!wanted && !o->summary) || read_members(o, across);
    ok = ok && (!wanted || across_judge(across, findings, o->diag));
    if (across)
        across_close(across);
    arena_free(&sorting);
    findings_sort(findings);
    batch_sum_add(&o->sum, o->arena, findings);
    for (size_t i = 0; o->summary && i < findings->count; i++)
        summary_add_finding(o->summary, across_year(o->arena, &findings->items[i]), &findings->items[i]);
    if (o->summary)
        o->summary->judged += findings->count;
    return ok;
}

/* ---- reports ---- */

/* The findings of a parcel and its problems, for the reports. */
static bool read_page(void *from, size_t i, const struct findings **findings, const struct problems **problems)
{
    struct outcome *o = from;
    struct arena *arena = &o->scratch;
    struct parcel_result parcel;
    arena_reset(arena);
    o->page = (struct findings){.arena = arena};
    o->page_problems = (struct problems){.arena = arena};
    if (!results_read_told(o->results, arena, i, &parcel, o->diag))
        return false;
    for (size_t k = 0; k < parcel.member_count; k++) {
        const struct member_result *member = &parcel.members[k];
        for (size_t j = 0; j < member->findings.count; j++)
            *LIST_ADD(arena, &o->page) = member->findings.items[j];
        for (size_t j = 0; j < member->findings.listed.count; j++)
            *LIST_ADD(arena, &o->page.listed) = member->findings.listed.items[j];
        for (size_t j = 0; j < member->problems.count; j++)
            *LIST_ADD(arena, &o->page_problems) = member->problems.items[j];
    }
    *findings = &o->page;
    *problems = &o->page_problems;
    return true;
}

static void write_report(struct outcome *o, const struct output *output, struct report *report)
{
    struct outfile file;
    const char *no_color = getenv("NO_COLOR");
    report->color = !output->path.len && isatty(STDOUT_FILENO) && !(no_color && *no_color);
    if (!outfile_open(&file, o->arena, output->path, o->diag))
        return;
    output->format->write(file.stream, &o->scratch, report);
    if (o->diag->failed)
        outfile_abandon(&file);
    else
        outfile_close(&file, o->diag);
}

static void write_summary(struct outcome *o, struct str path)
{
    struct outfile file;
    if (!outfile_open(&file, o->arena, path, o->diag))
        return;
    if (str_ends(path, STR(".json")))
        summary_json(file.stream, o->summary);
    else
        summary_html(file.stream, &o->scratch, o->summary, o->settings->locale);
    outfile_close(&file, o->diag);
}

/* "100 members, 2000 figures, …", then a line for each rule with findings. */
static void tell_sum(const struct outcome *o)
{
    const struct batch_counts *c = &o->sum.counts;
    enum locale locale = o->settings->locale;
    const struct {
        size_t count;
        enum word one, many;
        bool always;
    } parts[] = {
        {c->members, WORD_MEMBER, WORD_MEMBERS, true},
        {c->coverage.figures, WORD_FIGURE, WORD_FIGURES, true},
        {c->coverage.mentions, WORD_MENTION, WORD_MENTION, false},
        {c->coverage.judged, WORD_JUDGED, WORD_JUDGED_MANY, true},
        {c->findings, WORD_FINDING, WORD_FINDINGS, true},
        {c->coverage.unchecked, WORD_UNCHECKED, WORD_UNCHECKED_MANY, false},
        {c->coverage.missing, WORD_MISSING, WORD_MISSING, false},
        {c->unread, WORD_UNREAD, WORD_UNREAD_MANY, false},
        {c->passed_over, WORD_PASSED_OVER, WORD_PASSED_OVER_MANY, false},
    };
    fprintf(stderr, "crossfoot%s", word(locale, WORD_COLON));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count || parts[i].always)
            fprintf(stderr, "%s %zu %s", i ? "," : "", parts[i].count,
                    counted_word(locale, parts[i].count, parts[i].one, parts[i].many));
    fputc('\n', stderr);
    for (size_t i = 0; i < o->sum.by_rule.count; i++)
        fprintf(stderr, "%9zu %.*s\n", o->sum.by_rule.items[i].count, STR_ARG(o->sum.by_rule.items[i].rule));
}

static void write_reports(struct outcome *o)
{
    const struct output text = {.format = report_format_find(STR("text"))};
    const struct settings *settings = o->settings;
    const struct report_pages pages = {.from = o, .count = results_count(o->results), .read = read_page};
    struct report report = {.findings = &o->sum.counts.coverage,
                            .problems = &o->setup.problems,
                            .pages = &pages,
                            .locale = settings->locale,
                            .all = o->setup.all,
                            .unchecked = o->setup.unchecked};
    if (settings->batch.shards)
        results_file(o->results, &report.cargo.file, &report.cargo.size);
    report_all_problems(stderr, &report);
    for (size_t i = 0; i < settings->outputs.count; i++)
        write_report(o, &settings->outputs.items[i], &report);
    if (!settings->outputs.count)
        write_report(o, &text, &report);
    for (size_t i = 0; i < settings->batch.summaries.count; i++)
        write_summary(o, settings->batch.summaries.items[i]);
    tell_sum(o);
}

bool outcome_write(struct outcome *o, struct diag *diag)
{
    o->diag = diag;
    o->summary = o->settings->batch.summaries.count ? summary_new(o->arena) : NULL;
    if (batch_sum(o->results, o->arena, &o->sum, diag) && judge_across(o)) {
        judge_rules(o);
        write_reports(o);
    }
    arena_free(&o->scratch);
    return !diag->failed;
}

int outcome_status(const struct outcome *o)
{
    const struct settings *settings = o->settings;
    size_t rule_errors = 0, allowed = settings->max_unread ? settings->max_unread : o->setup.max_unread;
    size_t fail_on = settings->fail_on_given ? settings->fail_on : o->setup.fail_on;
    for (size_t i = 0; i < o->setup.problems.count; i++)
        rule_errors += !o->setup.problems.items[i].warning;
    if (rule_errors || o->sum.counts.errors > allowed)
        return EXIT_INPUT;
    return o->sum.counts.worst > fail_on ? EXIT_FINDINGS : EXIT_CLEAN;
}
