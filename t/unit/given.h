/* given: figures and a check written as text, for the tests of cmd/check.
 *
 *     struct given given = given_figures(&arena, "{'a': 3, 'b': 'près de 97 %'}");   // ' stands for "
 *     struct rule rule = given_rule(&given, "a <= b");
 *     struct binder binder = binder_make(&arena, &rule, ROUNDING_NEAREST, given_concept, &given);
 */
#ifndef TEST_GIVEN_H
#define TEST_GIVEN_H

#include "base/buf.h"
#include "base/map.h"
#include "check/bind.h"
#include "figure/dataset.h"

struct given {
    struct arena *arena;
    struct dataset *dataset;
    struct map concepts;
    const struct lexicon *lexicon;
};

__attribute__((unused)) static const struct concept *given_concept(const void *given, struct str id)
{
    return map_get(&((const struct given *)given)->concepts, id);
}

static struct str given_json(struct arena *arena, const char *text)
{
    struct str json = str_copy(arena, str_from(text));
    char *bytes = arena_copy(arena, json.ptr, json.len + 1);
    for (size_t i = 0; i < json.len; i++)
        if (bytes[i] == '\'')
            bytes[i] = '"';
    return (struct str){bytes, json.len};
}

/* The figures of a dataset, or of its "figures" member alone. */
static struct given given_figures(struct arena *arena, const char *text)
{
    struct given given = {.arena = arena, .concepts = {.arena = arena}};
    struct diag diag = {.arena = arena};
    struct problems problems = {.arena = arena};
    struct lexicons lexicons = {.arena = arena};
    struct dataset_reader reader = {.arena = arena, .problems = &problems, .lexicons = &lexicons};
    struct source *source = ARENA_NEW(arena, struct source);
    struct scan *scan = ARENA_NEW(arena, struct scan);
    struct str json = given_json(arena, text);
    if (str_find(json, STR("\"figures\"")) == json.len)
        json = str_format(arena, "{\"figures\": %.*s}", STR_ARG(json));
    *source = (struct source){.name = STR("given.json"), .bytes = json};
    given.lexicon = lexicons_get(&lexicons, STR("fr"), &diag);
    if (!given.lexicon || !scan_read(arena, source, scan, &diag))
        fail_msg("%s: %.*s", text, STR_ARG(diag.message.text));
    given.dataset = dataset_read(&reader, scan, 0);
    if (problems.count)
        fail_msg("%s: %.*s", text, STR_ARG(problems.items[0].message.text));
    for (size_t i = 0; i < given.dataset->count; i++) {
        struct figure *figure = &given.dataset->figures[i];
        struct concept **concept = (struct concept **)map_put(&given.concepts, figure->id);
        if (!*concept) {
            *concept = ARENA_NEW(arena, struct concept);
            (*concept)->id = figure->id;
        }
        *LIST_ADD(arena, *concept) = figure;
    }
    return given;
}

static struct rule given_rule(const struct given *given, const char *check)
{
    struct expr_error error = {0};
    struct str text = given_json(given->arena, check);
    struct rule rule = {.check = expr_parse(given->arena, given->lexicon, text, &error)};
    if (!rule.check)
        fail_msg("%s: %.*s", check, STR_ARG(error.message.text));
    return rule;
}

#endif
