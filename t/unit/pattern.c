/* pattern: matches and their names, errors and their places, and limits that hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rule/pattern.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define assert_str(actual, expected)                                                                                   \
    do {                                                                                                               \
        struct str actual_str = (actual);                                                                              \
        assert_int_equal(actual_str.len, strlen(expected));                                                            \
        assert_memory_equal(actual_str.ptr, expected, actual_str.len);                                                 \
    } while (0)

struct fixture {
    struct arena arena;
    struct patterns patterns;
    struct pattern_match match;
};

static struct pattern *compile(struct fixture *f, const char *text)
{
    size_t at;
    const char *why;
    f->patterns.arena = &f->arena;
    struct pattern *p = pattern_new(&f->patterns, str_from(text), &at, &why);
    if (!p)
        fail_msg("%s: %zu: %s", text, at, why);
    return p;
}

static void end(struct fixture *f)
{
    patterns_free(&f->patterns);
    arena_free(&f->arena);
}

static void matches_and_names(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct pattern *p = compile(&f, "(?<zone>[a-zé]+) (?<missing>x)?(?<a>[0-9]+)");
    struct str subject = STR("1 café 12, thé 7");
    assert_int_equal(pattern_match(p, &f.arena, subject, 0, &f.match), PATTERN_MATCH);
    assert_int_equal(f.match.start, 2);
    assert_int_equal(f.match.end, 10);
    assert_int_equal(f.match.group_count, 2);
    assert_str(f.match.names[0], "zone");
    assert_str(f.match.groups[0], "café");
    assert_str(f.match.names[1], "a");
    assert_str(f.match.groups[1], "12");
    assert_int_equal(pattern_match(p, &f.arena, subject, f.match.end, &f.match), PATTERN_MATCH);
    assert_str(f.match.groups[0], "thé");
    assert_int_equal(pattern_match(p, &f.arena, subject, f.match.end, &f.match), PATTERN_NO_MATCH);
    assert_int_equal(pattern_match(p, &f.arena, subject, 1000, &f.match), PATTERN_NO_MATCH);
    end(&f);
}

static void letters_of_any_script(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct str subject = STR("L'ÉTÉ à Ré");
    assert_int_equal(pattern_match(compile(&f, "(?i)\\bété\\b"), &f.arena, subject, 0, &f.match), PATTERN_MATCH);
    assert_int_equal(f.match.start, 2);
    assert_int_equal(pattern_match(compile(&f, "\\w+$"), &f.arena, subject, 0, &f.match), PATTERN_MATCH);
    assert_int_equal(f.match.start, subject.len - 3);
    assert_int_equal(pattern_match(compile(&f, "^.$"), &f.arena, STR("é"), 0, &f.match), PATTERN_MATCH);
    /* a search that goes on inside a character goes on behind it */
    assert_int_equal(pattern_match(compile(&f, ""), &f.arena, STR("é"), 1, &f.match), PATTERN_MATCH);
    assert_int_equal(f.match.start, 2);
    end(&f);
}

static void empty_subjects(void **state)
{
    (void)state;
    struct fixture f = {0};
    assert_int_equal(pattern_match(compile(&f, "^$"), &f.arena, (struct str){0}, 0, &f.match), PATTERN_MATCH);
    assert_int_equal(f.match.end, 0);
    assert_int_equal(pattern_match(compile(&f, "x"), &f.arena, STR(""), 0, &f.match), PATTERN_NO_MATCH);
    end(&f);
}

static void errors_and_their_places(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t at;
        const char *why;
    } cases[] = {
        {"a(b", 3, "missing closing parenthesis"},
        {"a)", 1, "unmatched closing parenthesis"},
        {"é[a", 4, "missing terminating ] for character class"},
        {"(?&figure)", 3, "reference to non-existent subpattern"},
        {"(*LIMIT_MATCH=1000000000)a", 13, "(*VERB) not recognized or malformed"},
        {"(*NO_JIT)a", 8, "(*VERB) not recognized or malformed"},
        {"a\\C", 3, "using \\C is disabled by the application"},
        {"a\\\\|\\Gb", 4, "\\G is not allowed"},
        {"a(*COMMIT)b", 1, "(*COMMIT) is not allowed"},
        {"(((a{1000}){1000}){1000})", 25, "regular expression is too large"},
    };
    struct fixture f = {.patterns = {.arena = &f.arena}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t at;
        const char *why;
        assert_null(pattern_new(&f.patterns, str_from(cases[i].text), &at, &why));
        assert_string_equal(why, cases[i].why);
        assert_int_equal(at, cases[i].at);
    }
    compile(&f, "a\\\\G(*SKIP)(*FAIL)|b");
    end(&f);
}

static struct str repeat(struct arena *arena, const char *what, size_t times)
{
    struct buf out = {.arena = arena};
    while (times--)
        buf_add(&out, str_from(what));
    return buf_str(&out);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void runaway_patterns_end(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *why;
    } cases[] = {{"(a+)+$", "match limit"},
                 {"(a+)+[bc]", "match limit"},
                 {"(a|aa)+$", NULL}, /* of the match or of the stack: whichever the JIT meets first */
                 {"(?:a|a?)+$", NULL}};
    struct fixture f = {0};
    struct str subject = str_format(&f.arena, "%.*s!", STR_ARG(repeat(&f.arena, "a", 100000)));
    for (size_t i = 0; i < COUNT(cases); i++) {
        double start = seconds();
        if (pattern_match(compile(&f, cases[i].pattern), &f.arena, subject, 0, &f.match) != PATTERN_NOT_EVALUATED)
            fail_msg("%s was evaluated", cases[i].pattern);
        assert_non_null(f.match.why);
        if (cases[i].why)
            assert_string_equal(f.match.why, cases[i].why);
        assert_true(seconds() - start < 5); /* milliseconds, but for a loaded machine under a sanitizer */
    }
    end(&f);
}

/* Each start offset stays below the match limit; all together take quadratic time. */
static void slow_searches_end(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct str subject = repeat(&f.arena, "a", 4000000);
    enum pattern_result result = pattern_match(compile(&f, "a(?:a|c)*+(?<!a)b?c"), &f.arena, subject, 0, &f.match);
    assert_int_equal(result, PATTERN_NOT_EVALUATED);
    end(&f);
}

static void long_subjects(void **state)
{
    (void)state;
    struct fixture f = {0};
    /* the match stands at every distance to the ends of the stretches that are searched */
    struct pattern *p = compile(&f, "(?<=é)(?<n>[0-9]+)é");
    for (size_t before = 1000; before < 1060; before++) {
        struct str subject =
            str_format(&f.arena, "%.*sé42é", STR_ARG(repeat(&f.arena, before % 2 ? "é" : "x", before)));
        assert_int_equal(pattern_match(p, &f.arena, subject, 0, &f.match), PATTERN_MATCH);
        assert_int_equal(f.match.end, subject.len);
        assert_str(f.match.groups[0], "42");
        assert_int_equal(pattern_match(p, &f.arena, subject, f.match.end, &f.match), PATTERN_NO_MATCH);
    }
    end(&f);
}

static void subjects_that_are_not_utf8(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct pattern *p = compile(&f, "b");
    assert_int_equal(pattern_match(p, &f.arena, STR("a\xff"), 0, &f.match), PATTERN_NOT_EVALUATED);
    assert_string_equal(f.match.why, "not UTF-8");
    assert_int_equal(pattern_match(p, &f.arena, STR("a\xc3"), 0, &f.match), PATTERN_NOT_EVALUATED);
    assert_int_equal(pattern_match(p, &f.arena, STR("ab"), 0, &f.match), PATTERN_MATCH);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_and_names),    cmocka_unit_test(letters_of_any_script),
        cmocka_unit_test(empty_subjects),       cmocka_unit_test(errors_and_their_places),
        cmocka_unit_test(runaway_patterns_end), cmocka_unit_test(slow_searches_end),
        cmocka_unit_test(long_subjects),        cmocka_unit_test(subjects_that_are_not_utf8),
    };
    return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
