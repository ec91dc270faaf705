#include "check/example.h"

#include "base/buf.h"
#include "check/dossier.h"

/* A text: the pattern looks into it, and the rule's expectation says what is right. */
static bool judge_text(struct arena *arena, const struct rule *rule, const struct json *example,
                       struct findings *findings, struct diag *diag)
{
    struct pattern_match match;
    if (!rule->pattern || rule->expect == EXPECT_NOTHING)
        return json_fail(diag, example, "a text can only be the example of a pattern with \"expect\"");
    enum pattern_result result = pattern_match(rule->pattern, arena, example->text, 0, &match);
    if (result == PATTERN_NOT_EVALUATED)
        return json_fail(diag, example, "the pattern could not be evaluated: %s", match.why);
    bool matched = result == PATTERN_MATCH, holds = matched == (rule->expect == EXPECT_MATCH);
    struct finding_term *term = ARENA_NEW(arena, struct finding_term);
    *term = (struct finding_term){.name = rule->in, .matched = matched};
    term->text = term->shown = matched ? str_part(example->text, match.start, match.end) : example->text;
    *LIST_ADD(arena, findings) = (struct finding){.rule = rule->id,
                                                  .kind = rule->kind,
                                                  .verdict = holds ? VERDICT_EXACT : VERDICT_INCONSISTENT,
                                                  .severity = rule->severity,
                                                  .message = rule->message,
                                                  .terms = term,
                                                  .term_count = 1};
    return true;
}

/* A dossier of the example alone: a dataset at value `at` of the scan, or (without a scan) a document. */
static bool judge_example(struct arena *arena, struct lexicons *lexicons, const struct rule *rule,
                          const struct json *example, const struct scan *scan, size_t at, struct findings *findings,
                          struct problems *problems)
{
    const struct dossier_options options = {.lexicons = lexicons, .lang = rule->lang, .all = true};
    struct dossier *dossier = dossier_new(arena, &options, problems);
    struct rule_tally rule_tally = {0};
    struct tally tally = {.arena = arena, .problems = problems, .rules = &rule_tally, .ids = {.arena = arena}};
    struct source *source = ARENA_NEW(arena, struct source);
    *source = (struct source){.name = rule->id, .bytes = example->text};
    if (scan)
        dossier_add_figures(dossier, scan, at);
    else
        dossier_add_document(dossier, source, STR("text"), STR("utf-8"));
    dossier_check(dossier, &rule, 1, &tally, findings);
    return !problems->count;
}

/* The scan of the pack's file, and in it the value where the example stands. */
static bool find_example(struct arena *arena, const struct json *example, struct scan *scan, size_t *at)
{
    struct diag ignored = {.arena = arena}; /* jansson has read this file already */
    return scan_read(arena, example->source, scan, &ignored) &&
           scan_pointer(arena, scan, 0, json_pointer(arena, example), at);
}

bool example_judge(struct arena *arena, struct lexicons *lexicons, const struct rule *rule, const struct json *example,
                   struct findings *findings, struct diag *diag)
{
    struct scan scan;
    size_t at = 0;
    struct problems problems = {.arena = arena};
    bool document = rule_is_for_documents(rule);
    if (example->type == JSON_TEXT && !document)
        return judge_text(arena, rule, example, findings, diag);
    if (document ? example->type != JSON_TEXT
                 : example->type != JSON_RECORD || !find_example(arena, example, &scan, &at))
        return json_fail(diag, example, "%s where %s is expected", json_type_name(example->type),
                         document ? "a text" : "an object of figures");
    if (judge_example(arena, lexicons, rule, example, document ? NULL : &scan, at, findings, &problems))
        return true;
    *diag = problems.items[0];
    return false;
}

bool example_test(struct arena *arena, struct lexicons *lexicons, const struct rule *rule, const struct json *example,
                  bool good, struct diag *diag)
{
    size_t judged = 0, inconsistent = 0;
    struct findings findings = {.arena = arena};
    if (!example_judge(arena, lexicons, rule, example, &findings, diag))
        return false;
    for (size_t i = 0; i < findings.count; i++) {
        inconsistent += findings.items[i].verdict == VERDICT_INCONSISTENT;
        judged += findings.items[i].verdict != VERDICT_UNCHECKED;
    }
    if (!judged)
        return json_fail(diag, example, "the rule judges nothing here: a figure is missing");
    if (!inconsistent == good)
        return true;
    if (example->type == JSON_TEXT && !rule_is_for_documents(rule))
        return json_fail(diag, example, "the pattern %s",
                         findings.items[0].terms[0].matched ? "matches" : "does not match");
    return json_fail(diag, example, good ? "this is inconsistent" : "this holds");
}
