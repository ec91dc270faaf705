#include "check/finding.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

#define AS_NAME(id, name) [id] = STR_INIT(name),

/* Those of `batch --across` hold the members of an archive against each other: see batch/across.h. */
const struct built_in_rule built_in_rules[] = {
    {"crossfoot/same-figure", "one id and equal dims have one value: where it is given twice, the notations can agree",
     SEVERITY_ERROR},
    {"crossfoot/table-total", "the rows and columns of a table add up to its totals", SEVERITY_ERROR},
    {"crossfoot/table-part", "what a table calls a part is no more than the whole", SEVERITY_ERROR},
    {"crossfoot/table-share", "a percentage of a table is the share that the other numbers make", SEVERITY_ERROR},
    {"crossfoot/table-change", "a change in a table is the one from the old number to the new one", SEVERITY_ERROR},
    {"crossfoot/table-repeat", "a column of a table does not repeat the numbers of another period", SEVERITY_WARNING},
    {"crossfoot/across-figure", "one id and equal dims have one value in all members, unless it is marked restated",
     SEVERITY_ERROR},
    {"crossfoot/across-last-year", "what an edition prints of last year is what last year's edition printed of it",
     SEVERITY_ERROR},
    {"crossfoot/across-cumulative", "a cumulative figure does not fall from one period to the next", SEVERITY_ERROR},
    {"crossfoot/across-repeat", "the figures of an edition are not all those of the edition before", SEVERITY_WARNING},
};
const size_t built_in_rule_count = sizeof built_in_rules / sizeof *built_in_rules;

struct str verdict_name(enum verdict verdict)
{
    static const struct str names[] = {VERDICTS(AS_NAME)};
    return names[verdict];
}

struct str unchecked_name(enum unchecked_reason reason)
{
    static const struct str names[] = {UNCHECKED_REASONS(AS_NAME)};
    return names[reason];
}

static int compare_contexts(const struct finding *a, const struct finding *b)
{
    for (size_t i = 0; i < a->context_count && i < b->context_count; i++) {
        int order = str_compare(a->context[i].name, b->context[i].name);
        if (!order)
            order = str_compare(a->context[i].value, b->context[i].value);
        if (order)
            return order;
    }
    return (a->context_count > b->context_count) - (a->context_count < b->context_count);
}

static int by_place(const void *x, const void *y)
{
    const struct finding *a = x, *b = y;
    const struct finding_place none = {0};
    const struct finding_place *p = a->term_count ? &a->terms[0].place : &none;
    const struct finding_place *q = b->term_count ? &b->terms[0].place : &none;
    int order = str_compare(p->path, q->path);
    if (!order)
        order = str_compare(p->member, q->member);
    if (!order)
        order = (p->start > q->start) - (p->start < q->start);
    if (!order)
        order = str_compare(a->rule, b->rule);
    if (!order)
        order = compare_contexts(a, b);
    return order ? order : str_compare(a->fingerprint, b->fingerprint);
}

void findings_sort(struct findings *findings)
{
    if (findings->count)
        qsort(findings->items, findings->count, sizeof *findings->items, by_place);
}

static struct str write_plainly(struct arena *arena, const struct sum_part *value)
{
    return str_format(arena, "%.*s%s%.*s", STR_ARG(value->text), value->unit.len ? " " : "", STR_ARG(value->unit));
}

struct str finding_sum(struct arena *arena, const struct finding *finding, sum_writer *writer)
{
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < finding->sum_count; i++) {
        const struct sum_part *part = &finding->sum[i];
        if (i && !part->glued && !finding->sum[i - 1].gluing)
            buf_add_char(&out, ' ');
        switch (part->kind) {
        case SUM_TERM:
            buf_add(&out, finding->terms[part->term].shown);
            break;
        case SUM_VALUE:
            buf_add(&out, (writer ? writer : write_plainly)(arena, part));
            break;
        case SUM_SYMBOL:
            buf_add(&out, part->text);
            break;
        }
    }
    return buf_str(&out);
}
