/* pattern: PCRE2, compiled when first used, with limits that make a runaway pattern an error and not a hang.
 *
 *     struct pattern *p = pattern_new(&patterns, STR("(?<a>\\d+) communes"));
 *     switch (pattern_match(p, text, 0, &match)) { case PATTERN_MATCH: ...
 */
#ifndef RULE_PATTERN_H
#define RULE_PATTERN_H

#include "base/diag.h"

struct pattern;

/* Owns the compiled code (PCRE2's, not the arena's) of every pattern made from it. */
struct patterns {
    struct arena *arena;
    struct pattern *first;
};

enum pattern_result { PATTERN_NO_MATCH, PATTERN_MATCH, PATTERN_NOT_EVALUATED };

struct pattern_match {
    size_t start, end;  /* bytes of the subject */
    struct str *names;  /* the named groups that took part, in the order of the pattern */
    struct str *groups; /* what they matched: borrowed parts of the subject */
    size_t group_count;
    const char *why; /* of PATTERN_NOT_EVALUATED: "match limit", "not UTF-8" … */
};

/* Compiles. NULL when the pattern is wrong: *at is the byte of it where, *why PCRE2's reason (in the arena). */
struct pattern *pattern_new(struct patterns *patterns, struct str text, size_t *at, struct str *why);

/* The first match from byte `from` on. The subject must be UTF-8. The match lives in the arena. */
enum pattern_result pattern_match(struct pattern *pattern, struct arena *arena, struct str subject, size_t from,
                                  struct pattern_match *match);

/* Frees PCRE2's objects. */
void patterns_free(struct patterns *patterns);

#endif
