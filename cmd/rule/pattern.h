/* pattern: PCRE2, with limits that make a runaway pattern an error and not a hang.
 *
 *     struct pattern *p = pattern_new(&patterns, STR("(?<a>[0-9]+) communes"), &at, &why);
 *     switch (pattern_match(p, &arena, text, 0, &match)) { case PATTERN_MATCH: ...
 *
 * Patterns and subjects are UTF-8, and \w, \b, \d, \s know all of Unicode ([0-9] and \h are faster than the last two).
 * A search ends with PATTERN_NOT_EVALUATED when it backtracks too much from one place, or takes too long for the size
 * of its subject.
 *
 * In a pattern for documents, `(?&figure)` matches a figure that the recogniser found, all of it, and `(?&inside)`
 * nothing, but only between two characters of one: "(?<n>(?&figure)) communes", "[0-9](?&inside) [0-9]".
 */
#ifndef RULE_PATTERN_H
#define RULE_PATTERN_H

#include "base/diag.h"

struct pattern;
struct pattern_engine;
struct span;

/* Owns the compiled code (PCRE2's, not the arena's) of every pattern made from it. Of one thread. */
struct patterns {
    struct arena *arena; /* set by the user */
    struct pattern *first;
    struct pattern_engine *engine;
};

enum pattern_result { PATTERN_NO_MATCH, PATTERN_MATCH, PATTERN_NOT_EVALUATED };

struct pattern_match {
    size_t start, end;  /* bytes of the subject */
    struct str *names;  /* the named groups that took part, in the order of the pattern */
    struct str *groups; /* what they matched: borrowed parts of the subject */
    size_t group_count;
    const char *why; /* of PATTERN_NOT_EVALUATED: "match limit", "not UTF-8" … */
};

/* Compiles; machine code is made at the first match. NULL when the pattern is wrong: *at is the byte of it where, *why
 * PCRE2's reason (in the arena). Settings at its start, such as (*UCP) or (*LIMIT_MATCH=9), and
 * what depends on where a search started, \G and (*COMMIT), are wrong too. */
struct pattern *pattern_new(struct patterns *patterns, struct str text, size_t *at, const char **why);

/* The same for a pattern that is looked for in documents. */
struct pattern *pattern_new_for_documents(struct patterns *patterns, struct str text, size_t *at, const char **why);

/* The first match from byte `from` on. The match lives in the arena. With `from` 0 the subject is checked to be UTF-8
 * and the time allowed starts to run; with a larger one, the search of that subject goes on. */
enum pattern_result pattern_match(struct pattern *pattern, struct arena *arena, struct str subject, size_t from,
                                  struct pattern_match *match);

/* The same in a document, in which figures were found: rising stretches of the subject, apart from each other. */
enum pattern_result pattern_match_figures(struct pattern *pattern, struct arena *arena, struct str subject,
                                          const struct span *figures, size_t figure_count, size_t from,
                                          struct pattern_match *match);

/* Frees PCRE2's objects. */
void patterns_free(struct patterns *patterns);

#endif
