/* Rules whose pattern looks into a member of the figures: a label, a note, an id. */
#include "base/buf.h"
#include "check/checking.h"

/* The named groups of a match as figures of their own: `(?<a>[0-9]+)` binds `a`; `figure` is the figure itself. */
static const struct figure *groups_of(struct checking *c, const struct figure *figure,
                                      const struct pattern_match *match, struct str text, size_t member, size_t *count)
{
    struct arena *arena = c->scratch;
    const struct scan *scan = &figure->dataset->scan;
    struct figure *groups = ARENA_ARRAY(arena, struct figure, match->group_count + 1);
    struct diag ignored = {.arena = arena};
    const struct lexicon *lexicon = lexicons_get(c->dossier->reader.lexicons, figure->dataset->lang, &ignored);
    bool is_text = scan->values[member].type == SCAN_STRING;
    *count = 0;
    groups[*count] = *figure;
    groups[(*count)++].id = STR("figure");
    for (size_t i = 0; i < match->group_count; i++) {
        struct figure *group = &groups[*count];
        const char *why;
        *group = (struct figure){
            .id = match->names[i], .dims = figure->dims, .dataset = figure->dataset, .value_at = member};
        size_t from = (size_t)(match->groups[i].ptr - text.ptr), to = from + match->groups[i].len;
        group->place = (struct place){
            scan->source, is_text ? scan_text_offset(scan, member, from) : scan->values[member].start + from,
            is_text ? scan_text_offset(scan, member, to) : scan->values[member].start + to};
        group->missing = !notation_read(arena, lexicon, match->groups[i], &group->notation, &why);
        if (!group->missing)
            group->interval = notation_interval(arena, &group->notation, figure->dataset->rounding);
        (*count)++;
    }
    return groups;
}

static void judge_match(struct checking *c, const struct rule *rule, struct rule_tally *tally,
                        const struct binder *binder, const struct figure *figure, const struct pattern_match *match,
                        struct str text, size_t member)
{
    size_t count;
    struct binding binding = binder_at(binder, c->scratch, figure->dims);
    const struct figure *groups = groups_of(c, figure, match, text, member, &count);
    binding_add_groups(&binding, groups, count);
    check_binding(c, rule, tally, &binding);
}

/* What the pattern found or did not find, where the rule says which of the two is right. */
static void add_expected(struct checking *c, const struct rule *rule, const struct figure *figure, bool matched,
                         const struct pattern_match *match, struct str text, size_t member)
{
    struct finding finding = check_finding(c, rule->id, rule->kind, rule->severity, figure->dims);
    struct finding_term *term = ARENA_NEW(c->findings->arena, struct finding_term);
    size_t from = matched ? match->start : 0, to = matched ? match->end : text.len;
    finding.verdict = matched == (rule->expect == EXPECT_MATCH) ? VERDICT_EXACT : VERDICT_INCONSISTENT;
    term->matched = matched;
    term->name = str_copy(c->findings->arena, figure->id);
    term->text = term->shown = str_copy(c->findings->arena, str_part(text, from, to));
    if (check_wants(c, finding.verdict))
        term->place = locate_member(&c->locator, figure, member, from, to);
    finding.terms = term;
    finding.term_count = 1;
    check_add(c, rule, &finding);
}

static void add_not_evaluated(struct checking *c, const struct rule *rule, struct rule_tally *tally,
                              const struct figure *figure, const char *why)
{
    struct finding finding = check_finding(c, rule->id, rule->kind, SEVERITY_NOTE, figure->dims);
    finding.verdict = VERDICT_UNCHECKED;
    finding.reason = UNCHECKED_NOT_EVALUATED;
    finding.detail = str_copy(c->findings->arena, str_from(why));
    finding.terms = ARENA_NEW(c->findings->arena, struct finding_term);
    finding.terms[0] = describe_figure(&c->locator, figure, figure->id);
    finding.term_count = 1;
    check_add(c, rule, &finding);
    check_rule_error(
        c, rule, tally, STR("pattern"), 0,
        message_make(c->tally->arena, "the pattern could not be evaluated on '%.*s': %s", STR_ARG(figure->id), why));
}

/* False when the pattern ran away: it would on the next figures too. The cells of a grid share its label: what one has
 * been told of is not told again; *last is the member that was looked into last. */
static bool match_figure(struct checking *c, const struct rule *rule, struct rule_tally *tally,
                         const struct binder *binder, struct figure *figure, size_t *last)
{
    struct str text;
    size_t member;
    struct pattern_match match;
    if (!figure_member(c->dossier->arena, figure, rule->in, &text, &member) || (!rule->check && member == *last))
        return true;
    *last = member;
    tally->complete++;
    enum pattern_result result = pattern_match(rule->pattern, c->dossier->arena, text, 0, &match);
    if (result == PATTERN_NOT_EVALUATED) {
        add_not_evaluated(c, rule, tally, figure, match.why);
        return false;
    }
    if (rule->check && result == PATTERN_MATCH)
        judge_match(c, rule, tally, binder, figure, &match, text, member);
    else if (rule->expect != EXPECT_NOTHING)
        add_expected(c, rule, figure, result == PATTERN_MATCH, &match, text, member);
    return true;
}

void check_pattern_rule(struct checking *c, const struct rule *rule, struct rule_tally *tally)
{
    struct binder binder = binder_make(c->per_rule, rule, c->dossier->options.rounding, dossier_concept, c->dossier);
    for (size_t i = 0; i < c->dossier->datasets.count; i++) {
        const struct dataset *dataset = c->dossier->datasets.items[i];
        if (rule->lang.len && !str_starts(dataset->lang, rule->lang))
            continue;
        size_t last = 0;
        for (size_t j = 0; j < dataset->count; j++)
            if (!match_figure(c, rule, tally, &binder, &dataset->figures[j], &last))
                return;
    }
}
