#include "check/example.h"

#include "base/buf.h"
#include "check/dossier.h"

/* A text: the pattern looks into it, and the rule's expectation says what is right. */
static bool test_text(struct arena *arena, const struct rule *rule, const struct json *example, bool good,
                      struct diag *diag)
{
    struct pattern_match match;
    if (!rule->pattern || rule->expect == EXPECT_NOTHING)
        return json_fail(diag, example, "a text can only be the example of a pattern with \"expect\"");
    enum pattern_result result = pattern_match(rule->pattern, arena, example->text, 0, &match);
    if (result == PATTERN_NOT_EVALUATED)
        return json_fail(diag, example, "the pattern could not be evaluated: %s", match.why);
    bool holds = (result == PATTERN_MATCH) == (rule->expect == EXPECT_MATCH);
    return holds == good ||
           json_fail(diag, example, "the pattern %s", result == PATTERN_MATCH ? "matches" : "does not match");
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

bool example_test(struct arena *arena, struct lexicons *lexicons, const struct rule *rule, const struct json *example,
                  bool good, struct diag *diag)
{
    struct scan scan;
    size_t at = 0, judged = 0, inconsistent = 0;
    struct findings findings = {.arena = arena};
    struct problems problems = {.arena = arena};
    bool document = rule_is_for_documents(rule);
    if (example->type == JSON_TEXT && !document)
        return test_text(arena, rule, example, good, diag);
    if (document ? example->type != JSON_TEXT
                 : example->type != JSON_RECORD || !find_example(arena, example, &scan, &at))
        return json_fail(diag, example, "%s where %s is expected", json_type_name(example->type),
                         document ? "a text" : "an object of figures");
    if (!judge_example(arena, lexicons, rule, example, document ? NULL : &scan, at, &findings, &problems)) {
        *diag = problems.items[0];
        return false;
    }
    for (size_t i = 0; i < findings.count; i++) {
        inconsistent += findings.items[i].verdict == VERDICT_INCONSISTENT;
        judged += findings.items[i].verdict != VERDICT_UNCHECKED;
    }
    if (!judged)
        return json_fail(diag, example, "the rule judges nothing here: a figure is missing");
    return !inconsistent == good || json_fail(diag, example, good ? "this is inconsistent" : "this holds");
}
