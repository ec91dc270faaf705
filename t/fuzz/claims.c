/* Fuzzing of the claims of documents: no crash, and every finding has figures with places.
 *
 * The first byte of the input chooses the type of document and its language. With -DREPLAY it is a program that reads
 * the files that it is given, for those who have no libFuzzer. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "check/dossier.h"
#include "replay.h"

#define REQUIRE(condition) ((condition) ? (void)0 : abort())

static void check_findings(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        REQUIRE(finding->rule.len && finding->term_count);
        for (size_t j = 0; j < finding->term_count; j++)
            REQUIRE(finding->terms[j].place.line && finding->terms[j].place.start <= finding->terms[j].place.end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct str types[] = {STR_INIT("text"), STR_INIT("markdown"), STR_INIT("html")};
    static const struct str langs[] = {STR_INIT("fr"), STR_INIT("en")};
    if (!size)
        return 0;
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    struct lexicons lexicons = {.arena = &arena};
    struct patterns patterns = {.arena = &arena};
    struct pack_context context = {.arena = &arena, .patterns = &patterns, .lexicons = &lexicons};
    struct str lang = langs[*data / 3 % 2];
    size_t count;
    struct pack *pack =
        pack_built_in(&context, str_format(&arena, "rules/%.*s.json", STR_ARG(lang)), &count, &problems);
    const struct rule **rules = ARENA_ARRAY(&arena, const struct rule *, pack->count);
    for (size_t i = 0; i < pack->count; i++)
        rules[i] = &pack->rules[i];
    struct dossier_options options = {.lexicons = &lexicons, .lang = lang, .all = true};
    struct dossier *dossier = dossier_new(&arena, &options, &problems);
    struct source source = {.name = STR("fuzz"), .bytes = {(const char *)data + 1, size - 1}};
    struct tally tally = {.arena = &arena,
                          .problems = &problems,
                          .rules = ARENA_ARRAY(&arena, struct rule_tally, pack->count),
                          .ids = {.arena = &arena}};
    struct findings findings = {.arena = &arena};
    if (dossier_add_document(dossier, &source, types[*data % 3], STR(""))) {
        dossier_check(dossier, rules, pack->count, &tally, &findings);
        check_findings(&findings);
    }
    patterns_free(&patterns);
    arena_free(&arena);
    return 0;
}
