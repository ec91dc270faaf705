/* crossfoot rules: packs listed, or tested by their own examples. */
#include "base/arena.h"
#include "base/buf.h"
#include "check/example.h"
#include "crossfoot/config.h"
#include "crossfoot/inputs.h"

static struct str described(struct arena *arena, const struct rule *rule)
{
    if (rule->claim)
        return str_format(arena, "%.*s: %.*s", STR_ARG(claim_name(rule->claim)), STR_ARG(rule->check_text));
    if (rule->template)
        return str_format(arena, "\"%.*s\"%s%.*s", STR_ARG(rule->text), rule->check ? ": " : "",
                          STR_ARG(rule->check_text));
    if (rule->check_text.len && !rule->pattern)
        return rule->check_text;
    return str_format(arena, "%.*s %s /%.*s/", STR_ARG(rule->in), rule->expect == EXPECT_NO_MATCH ? "!~" : "~",
                      STR_ARG(rule->pattern_text));
}

static void list_rules(const struct inputs *inputs, enum locale locale)
{
    for (size_t i = 0; i < inputs->rules.count; i++) {
        const struct rule *rule = inputs->rules.items[i];
        struct str severity = severity_name(rule->severity), kind = finding_kind_name(rule->kind);
        struct str text = described(inputs->arena, rule);
        printf("%-32.*s %-8.*s %-8.*s %.*s%s\n", STR_ARG(rule->id), STR_ARG(kind), STR_ARG(severity), STR_ARG(text),
               rule->optional ? locale_text(locale, " (optional)") : "");
    }
    for (size_t i = 0; i < built_in_rule_count; i++) {
        const struct built_in_rule *rule = &built_in_rules[i];
        printf("%-32s %-8s %-8.*s %s\n", rule->id, "", STR_ARG(severity_name(rule->severity)),
               locale_text(locale, rule->about));
    }
}

/* TAP: one test for each example, named by rule, side and number. */
static bool test_rules(struct inputs *inputs)
{
    size_t number = 0, failed = 0;
    for (size_t i = 0; i < inputs->rules.count; i++) {
        const struct rule *rule = inputs->rules.items[i];
        const char *const sides[] = {"good", "bad"};
        for (size_t side = 0; side < 2; side++) {
            const struct json *list = json_member(rule->examples, str_from(sides[side]));
            for (size_t j = 0; j < list->count; j++) {
                struct diag diag = {.arena = inputs->arena};
                bool ok = example_test(inputs->arena, inputs->packs_context.lexicons, rule, &list->items[j], side == 0,
                                       &diag);
                failed += !ok;
                printf("%sok %zu - %.*s %s %zu\n", ok ? "" : "not ", ++number, STR_ARG(rule->id), sides[side], j + 1);
                if (!ok)
                    printf("# %.*s:%zu:%zu: %.*s\n", STR_ARG(diag.source), diag.position.line, diag.position.column,
                           STR_ARG(diag.message.text));
            }
        }
    }
    printf("1..%zu\n", number);
    return !failed;
}

int command_rules(struct arena *arena, struct settings *settings)
{
    struct problems problems = {.arena = arena};
    struct patterns patterns = {.arena = arena};
    struct lexicons lexicons = {.arena = arena};
    struct config config;
    struct inputs inputs = inputs_make(arena, settings, &problems, &patterns, &lexicons);
    config_read(&config, settings, arena, &problems);
    inputs.packs_context.lang = settings->lang;
    const struct str_list *packs = settings->paths.count ? &settings->paths : &config.rules;
    for (size_t i = 0; i < packs->count; i++)
        inputs_load_pack(&inputs, packs->items[i]);
    report_problems(stderr, &problems, settings->locale);
    bool passed = true;
    if (settings->test)
        passed = test_rules(&inputs);
    else
        list_rules(&inputs, settings->locale);
    patterns_free(&patterns);
    return problems.count ? EXIT_INPUT : passed ? EXIT_CLEAN : EXIT_FINDINGS;
}
