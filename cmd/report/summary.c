#include "report/summary.h"

#include <stdlib.h>

#include "base/arena.h"

struct summary *summary_new(struct arena *arena)
{
    struct summary *summary = ARENA_NEW(arena, struct summary);
    *summary = (struct summary){.arena = arena, .rule_index = {.arena = arena}};
    return summary;
}

size_t summary_total(const size_t findings[SEVERITY_COUNT])
{
    size_t total = 0;
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        total += findings[i];
    return total;
}

static struct summary_year *year_of(struct summary *summary, size_t year)
{
    /* Members of one year stand together, so the last one is tried first. */
    for (size_t i = summary->years.count; i--;)
        if (summary->years.items[i].year == year)
            return &summary->years.items[i];
    struct summary_year *added = LIST_ADD(summary->arena, &summary->years);
    *added = (struct summary_year){.year = year};
    return added;
}

static struct summary_rule *rule_of(struct summary *summary, struct str id)
{
    struct summary_rule *rule = map_get(&summary->rule_index, id);
    if (rule)
        return rule;
    rule = ARENA_NEW(summary->arena, struct summary_rule);
    rule->id = str_copy(summary->arena, id);
    *map_put(&summary->rule_index, rule->id) = rule;
    *LIST_ADD(summary->arena, &summary->rules) = rule;
    return rule;
}

static void count_in_year(struct summary *summary, struct summary_rule *rule, size_t year)
{
    for (size_t i = rule->years.count; i--;)
        if (rule->years.items[i].year == year) {
            rule->years.items[i].count++;
            return;
        }
    *LIST_ADD(summary->arena, &rule->years) = (struct summary_count){year, 1};
}

void summary_add_finding(struct summary *summary, size_t year, const struct finding *finding)
{
    if (finding->verdict != VERDICT_INCONSISTENT)
        return;
    struct summary_rule *rule = rule_of(summary, finding->rule);
    rule->severity = finding->severity > rule->severity ? finding->severity : rule->severity;
    rule->total++;
    count_in_year(summary, rule, year);
    summary->findings[finding->severity]++;
    year_of(summary, year)->findings[finding->severity]++;
}

static void add_unread(struct summary *summary, const struct summary_member *member)
{
    summary->unread++;
    if (summary->unread_members.count == SUMMARY_MOST_UNREAD)
        return;
    struct summary_unread *unread = LIST_ADD(summary->arena, &summary->unread_members);
    *unread = (struct summary_unread){.name = str_copy(summary->arena, member->name)};
    for (size_t i = 0; member->problems && i < member->problems->count; i++) {
        if (member->problems->items[i].warning)
            continue;
        unread->text = message_copy(summary->arena, &member->problems->items[i].message);
        unread->message = unread->text.text;
        return;
    }
}

void summary_add(struct summary *summary, const struct summary_member *member)
{
    const struct findings *findings = member->findings;
    summary->bytes += member->bytes;
    if (member->passed_over) {
        summary->passed_over++;
        return;
    }
    struct summary_year *year = year_of(summary, member->year);
    year->members++;
    year->unread += member->unread;
    year->figures += findings->figures;
    year->judged += findings->judged;
    if (member->unread)
        add_unread(summary, member);
    else
        summary->checked++;
    summary->figures += findings->figures;
    summary->missing += findings->missing;
    summary->mentions += findings->mentions;
    summary->judged += findings->judged;
    summary->unchecked += findings->unchecked;
    for (size_t i = 0; i < findings->count; i++)
        summary_add_finding(summary, member->year, &findings->items[i]);
}

size_t summary_of(const struct summary_rule *rule, size_t year)
{
    for (size_t i = 0; i < rule->years.count; i++)
        if (rule->years.items[i].year == year)
            return rule->years.items[i].count;
    return 0;
}

/* The year that is not known comes last. */
static int compare_years(size_t a, size_t b)
{
    size_t p = a - 1, q = b - 1;
    return (p > q) - (p < q);
}

static int by_year(const void *a, const void *b)
{
    return compare_years(((const struct summary_year *)a)->year, ((const struct summary_year *)b)->year);
}

static int by_year_of_count(const void *a, const void *b)
{
    return compare_years(((const struct summary_count *)a)->year, ((const struct summary_count *)b)->year);
}

static int by_total(const void *a, const void *b)
{
    const struct summary_rule *p = *(const struct summary_rule *const *)a, *q = *(const struct summary_rule *const *)b;
    int order = (p->total < q->total) - (p->total > q->total);
    return order ? order : str_compare(p->id, q->id);
}

void summary_sort(struct summary *summary)
{
    if (summary->years.count)
        qsort(summary->years.items, summary->years.count, sizeof *summary->years.items, by_year);
    if (summary->rules.count)
        qsort(summary->rules.items, summary->rules.count, sizeof *summary->rules.items, by_total);
    for (size_t i = 0; i < summary->rules.count; i++) {
        struct summary_rule *rule = summary->rules.items[i];
        if (rule->years.count)
            qsort(rule->years.items, rule->years.count, sizeof *rule->years.items, by_year_of_count);
    }
}
