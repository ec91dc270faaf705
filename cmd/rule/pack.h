/* pack: a file of rules, read and compiled.
 *
 *     struct pack_context context = {.arena = &arena, .patterns = &patterns, .lexicons = &lexicons};
 *     struct pack *packs = pack_read(&context, STR("rules/anct-2024.json"), &count, &problems);
 *     for (size_t i = 0; i < packs[0].count; i++) ... packs[0].rules[i] ...
 *
 * A rule in error does not stop the others: it is left out, and its error is added to the problems.
 *
 *     pack    := { "pack": name, "title", "lang", "note", "include": file | [file], "cues": {}, "rules": [rule] }
 *     rule    := { "id": name, "about", "lang", "check", "when", "pattern", "in", "text", "claim",
 *                  "expect": "match" | "no-match", "severity", "kind", "message", "why", "optional": true | false,
 *                  "note", "examples": { "good": [], "bad": [] } }
 *
 * A name is made of letters, digits, "-", "_" and ".". An included file is named from the folder of the pack on,
 * without ".."; ".json" may be left out. A rule has a check, a pattern or a text; without a check, an expectation. A
 * claim has a check over its parts, and reads its sentences by the cues of its pack.
 */
#ifndef RULE_PACK_H
#define RULE_PACK_H

#include "read/json.h"
#include "rule/claim.h"
#include "rule/cue.h"
#include "rule/expr.h"
#include "rule/pattern.h"
#include "rule/severity.h"
#include "rule/template.h"

enum rule_expect { EXPECT_NOTHING, EXPECT_MATCH, EXPECT_NO_MATCH };

struct rule {
    struct str id;   /* "anct-2024/shops-sum": with its pack */
    struct str lang; /* of the rule, else of the pack; empty: any */
    struct str check_text;
    const struct expr *check, *when; /* NULL when absent */
    struct pattern *pattern;         /* NULL when absent */
    struct str pattern_text, in;     /* the member that the pattern is looked for in, or "document" */
    const struct template *template; /* over the mentions of a document; NULL when absent */
    struct str text;                 /* the template as written */
    enum claim claim;                /* CLAIM_NONE when absent */
    const struct cues *cues;         /* of its pack, for claims */
    enum rule_expect expect;
    enum severity severity;
    enum finding_kind kind; /* as written, or guessed from the check's form */
    struct str about;       /* what it says, for people */
    struct str message, why;
    bool optional, built_in;
    const struct json *node;     /* the rule in its file: for places */
    const struct json *examples; /* JSON_NONE when it has none */
};

/* Does it look into documents: with a claim, a template, or a pattern in "document"? Else it is for datasets. */
bool rule_is_for_documents(const struct rule *rule);

struct pack {
    struct str name; /* the "pack" member */
    struct str title, lang, note;
    const struct lexicon *lexicon; /* of the pack's language */
    struct source *source;
    const struct cues *cues; /* none, where it has none */
    struct rule *rules;
    size_t count;
    bool built_in;
};

struct pack_context {
    struct arena *arena;
    struct patterns *patterns;
    struct str lang; /* for packs that name none; "fr" when empty */
    struct lexicons *lexicons;
};

/* Reads the pack at `path` ("-": standard input) and the packs that it includes, each file once: a list, that pack
 * first, then the others in the order in which they are first included. *count is 0 when not even that pack could be
 * read; every error is in `problems`. */
struct pack *pack_read(struct pack_context *context, struct str path, size_t *count, struct problems *problems);

/* The pack of that path compiled into the program ("rules/fr.json"), as pack_read. */
struct pack *pack_built_in(struct pack_context *context, struct str name, size_t *count, struct problems *problems);

#endif
