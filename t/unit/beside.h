/* beside: a member judged by a plan and, beside it, the general way: they must not disagree.
 *
 *     struct beside beside;
 *     beside_new(&beside, &arena, beside_packs[0], ROUNDING_NEAREST);
 *     beside_judge(&beside, member);            // fails through the caller's DEMAND
 *     // beside.proven of beside.seen were proven clean by a plan
 *
 * Who includes it defines DEMAND(holds, what, member) first.
 */
#ifndef TEST_BESIDE_H
#define TEST_BESIDE_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "check/plan.h"

/* Checks of every form, on figures that members have in some kinds and lack in others. */
static const char *const beside_packs[] = {
    /* What plans judge on machine numbers. */
    "{'pack': 'fast', 'rules': ["
    "{'id': 'sum', 'check': 'a + b = total'},"
    "{'id': 'part', 'check': 'a <= total'},"
    "{'id': 'share', 'check': 'share(a; total) = quota'},"
    "{'id': 'growth', 'check': 'growth(old; total) = rise'},"
    "{'id': 'chain', 'check': '0 % <= quota <= 100 %'},"
    "{'id': 'mean', 'check': 'mean(a; b) = middle within 1'},"
    "{'id': 'revenue', 'check': 'price * a = revenue within 2 %'},"
    "{'id': 'price', 'check': 'revenue / a = price within 2 %', 'severity': 'warning'},"
    "{'id': 'twice', 'check': 'a + a - a + b - total = 0'},"
    "{'id': 'votes', 'check': 'sum(votes over list) = cast'},"
    "{'id': 'term', 'check': 'months = years', 'optional': true}]}",
    /* What they leave to the general judging of a formula. */
    "{'pack': 'slow', 'rules': ["
    "{'id': 'sum', 'check': 'a + b = total'},"
    "{'id': 'when', 'when': 'a >= 100', 'check': 'share(b; total) <= 90 %'},"
    "{'id': 'if', 'check': 'if a > 50 then b < 900'},"
    "{'id': 'or', 'check': 'a = 0 or b <= total'},"
    "{'id': 'not', 'check': 'not a > total'},"
    "{'id': 'differ', 'check': 'a != total + 1'},"
    "{'id': 'max', 'check': 'max(a; b) <= total'},"
    "{'id': 'round', 'check': 'round(share(a; total)) <= 100 %'},"
    "{'id': 'abs', 'check': 'abs(a - b) <= total'},"
    "{'id': 'count', 'check': 'count(votes over list) <= 4'},"
    "{'id': 'square', 'check': 'a * a * b >= 0'}]}",
    /* What looks at dims and texts. */
    "{'pack': 'texts', 'rules': ["
    "{'id': 'sum', 'check': 'a + b = total'},"
    "{'id': 'born', 'check': 'age = @period - born within 1'},"
    "{'id': 'rise', 'check': 'cast >= cast[period=previous]'},"
    "{'id': 'left', 'check': 'votes[list=left] <= cast'},"
    "{'id': 'end', 'pattern': '[.;,]$', 'in': 'label', 'expect': 'no-match'},"
    "{'id': 'note', 'pattern': '[.]$', 'in': 'note', 'expect': 'no-match'},"
    "{'id': 'source', 'pattern': '^A', 'in': 'source.name', 'expect': 'match'}]}",
    /* What no plan is learnt for. */
    "{'pack': 'general', 'rules': ["
    "{'id': 'sum', 'check': 'a + b = total'},"
    "{'id': 'literal', 'check': '1 + 2 = 3'},"
    "{'id': 'label', 'pattern': '(?<n>[0-9]+)', 'in': 'label', 'check': 'n <= total'}]}",
};

/* With quotes for the apostrophes. */
static struct str beside_quoted(struct arena *arena, const char *text)
{
    struct buf quoted = {.arena = arena};
    for (; *text; text++)
        buf_add_char(&quoted, *text == '\'' ? '"' : *text);
    return buf_str(&quoted);
}

static struct str beside_write(struct arena *arena, const char *pack)
{
    struct str path = str_copy(arena, STR("/tmp/beside.XXXXXX")), text = beside_quoted(arena, pack);
    char *name = (char *)arena_copy(arena, path.ptr, path.len + 1);
    int descriptor = mkstemp(name);
    if (descriptor < 0 || write(descriptor, text.ptr, text.len) != (ssize_t)text.len)
        abort();
    close(descriptor);
    return str_from(name);
}

struct beside {
    struct arena *arena;
    struct lexicons lexicons;
    struct patterns patterns;
    struct problems problems;
    const struct rule **rules;
    size_t rule_count;
    struct dossier_options options;
    struct plans *plans;
    size_t seen, proven, clean;
};

/* Without plans again; they will lie in the arena. */
static void beside_restart(struct beside *beside, struct arena *arena, enum rounding rounding)
{
    beside->options = (struct dossier_options){.lexicons = &beside->lexicons, .rounding = rounding};
    beside->plans = plans_new(arena, beside->rules, beside->rule_count, &beside->options);
}

static void beside_new(struct beside *out, struct arena *arena, const char *pack, enum rounding rounding)
{
    struct str path = beside_write(arena, pack);
    *out = (struct beside){
        .arena = arena, .lexicons = {.arena = arena}, .patterns = {.arena = arena}, .problems = {.arena = arena}};
    struct pack_context context = {.arena = arena, .patterns = &out->patterns, .lexicons = &out->lexicons};
    size_t count;
    struct pack *packs = pack_read(&context, path, &count, &out->problems);
    unlink(path.ptr);
    out->rules = ARENA_ARRAY(arena, const struct rule *, count ? packs[0].count : 0);
    for (size_t i = 0; count && i < packs[0].count; i++)
        out->rules[out->rule_count++] = &packs[0].rules[i];
    beside_restart(out, arena, rounding);
}

/* Is there nothing to say of the member? Then `out` has its counts. */
static bool beside_general(struct beside *beside, struct str member, struct plan_coverage *out)
{
    struct arena arena = {0};
    struct problems problems = {.arena = &arena}, of_rules = {.arena = &arena};
    struct tally tally = {.arena = &arena,
                          .problems = &of_rules,
                          .rules = ARENA_ARRAY(&arena, struct rule_tally, beside->rule_count),
                          .ids = {.arena = &arena}};
    struct findings findings = {.arena = &arena};
    struct diag diag = {.arena = &arena};
    struct source source = {.name = STR("member"), .bytes = member};
    struct scan scan;
    bool clean = scan_read(&arena, &source, &scan, &diag) && dataset_is_one(&arena, &scan, 0);
    if (clean) {
        struct dossier *dossier = dossier_new(&arena, &beside->options, &problems);
        dossier_add(dossier, &scan, 0);
        dossier_check(dossier, beside->rules, beside->rule_count, &tally, &findings);
        clean = !findings.count && !problems.count && !of_rules.count && !findings.mentions;
    }
    *out = (struct plan_coverage){.figures = findings.figures,
                                  .missing = findings.missing,
                                  .unchecked = findings.unchecked,
                                  .judged = findings.judged,
                                  .untouched = findings.untouched};
    arena_free(&arena);
    return clean;
}

static void beside_judge(struct beside *beside, struct str member)
{
    struct plan_coverage by_plan = {0}, in_general;
    bool proven = plans_judge(beside->plans, member, &by_plan);
    bool clean = beside_general(beside, member, &in_general);
    beside->seen++;
    beside->proven += proven;
    beside->clean += clean;
    DEMAND(!proven || clean, "what a plan proves clean is clean", member);
    DEMAND(!proven || (by_plan.figures == in_general.figures && by_plan.missing == in_general.missing &&
                       by_plan.unchecked == in_general.unchecked && by_plan.judged == in_general.judged &&
                       by_plan.untouched == in_general.untouched),
           "a plan counts as the general way does", member);
    if (!proven)
        plans_learn(beside->plans, member);
}

#endif
