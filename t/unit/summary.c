/* The summary of a run: what is counted where, the JSON of it, and a page that stands by itself. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "report/summary.h"

static int setup(void **state)
{
    static struct arena arena;
    *state = &arena;
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static void add_finding(struct findings *findings, const char *rule, enum severity severity)
{
    *LIST_ADD(findings->arena, findings) =
        (struct finding){.rule = str_from(rule), .severity = severity, .verdict = VERDICT_INCONSISTENT};
    findings->judged++;
}

/* Twenty editions; 2009 is missing, the finding of one member is of no year, one member is not read. */
static struct summary *given_summary(struct arena *arena)
{
    struct summary *summary = summary_new(arena);
    for (size_t year = 2024; year >= 2005; year--) {
        struct findings findings = {.arena = arena, .figures = 1000 + year, .judged = 500, .unchecked = year % 2};
        for (size_t i = 0; i < (year * 7) % 11; i++)
            add_finding(&findings, i % 3 ? "anct-2024/shops-sum" : "crossfoot/across-last-year",
                        i % 4 ? SEVERITY_ERROR : SEVERITY_WARNING);
        if (year % 5 == 0)
            add_finding(&findings, "style/<b>", SEVERITY_NOTE);
        if (year != 2009)
            summary_add(summary, &(struct summary_member){.name = STR("x"), .year = year, .findings = &findings});
    }
    struct findings one = {.arena = arena, .figures = 1}, none = {.arena = arena};
    struct problems problems = {.arena = arena};
    struct diag diag = {.arena = arena};
    add_finding(&one, "style/<b>", SEVERITY_NOTE);
    *LIST_ADD(arena, &problems) = (struct diag){.warning = true, .message = message_make(arena, "a text")};
    diag_about(&diag, STR("a & b.json"), "cannot write: %s", "<full>");
    problems_take(&problems, &diag);
    summary_add(summary, &(struct summary_member){.name = STR("y"), .findings = &one});
    summary_add(summary, &(struct summary_member){.name = STR("pack.json"), .passed_over = true, .findings = &none});
    summary_add(summary,
                &(struct summary_member){
                    .name = STR("a & b.json"), .unread = true, .year = 2024, .findings = &none, .problems = &problems});
    return summary;
}

static struct str written(struct arena *arena, enum locale locale, bool html)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    struct summary *summary = given_summary(arena);
    if (html)
        summary_html(out, arena, summary, locale);
    else
        summary_json(out, summary);
    fclose(out);
    struct str text = str_copy(arena, (struct str){bytes, length});
    free(bytes);
    return text;
}

static bool has(struct str text, const char *part) { return str_find(text, str_from(part)) < text.len; }

static void counts(void **state)
{
    struct str json = written(*state, LOCALE_FR, false);
    const char *const parts[] = {
        "\"members\": {\n    \"checked\": 20,\n    \"unread\": 1,\n    \"passed_over\": 1\n  }",
        "{\"edition\": \"2024\", \"members\": 2, \"unread\": 1, \"figures\": 3024, \"judged\": 500, ",
        ("{\"edition\": \"unknown\", \"members\": 1, \"unread\": 0, \"figures\": 1, \"judged\": 1, \"findings\": "
         "{\"error\": 0, "
         "\"warning\": 0, \"note\": 1}}"),
        ("{\"rule\": \"style/<b>\", \"severity\": \"note\", \"findings\": 5, \"editions\": {\"2005\": 1, \"2010\": 1, "
         "\"2015\": 1, \"2020\": 1, \"unknown\": 1}}"),
        "{\"member\": \"a & b.json\", \"message\": \"cannot write: <full>\"}",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!has(json, parts[i]))
            fail_msg("%s\nis not in\n%.*s", parts[i], STR_ARG(json));
}

static void needs_nothing_but_itself(void **state)
{
    struct str html = written(*state, LOCALE_EN, true);
    const char *const wanted[] = {"<svg ", "<title id=\"editions-title\">Findings per edition</title>",
                                  "a &#38; b.json", "cannot write: &#60;full&#62;", "style/&#60;b&#62;"};
    const char *const unwanted[] = {"<script", "http", "url(", "@import", "style/<b>", "<full>"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!has(html, wanted[i]))
            fail_msg("%s is not there", wanted[i]);
    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++)
        if (has(html, unwanted[i]))
            fail_msg("%s is there", unwanted[i]);
}

static void speaks_french(void **state)
{
    struct str html = written(*state, LOCALE_FR, true);
    assert_true(has(html, "<html lang=\"fr\">"));
    assert_true(has(html, "Incohérences par édition"));
    assert_true(has(html, ">57\xe2\x80\xaf" /* a narrow no-break space */ "282<"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(counts, setup, teardown),
        cmocka_unit_test_setup_teardown(needs_nothing_but_itself, setup, teardown),
        cmocka_unit_test_setup_teardown(speaks_french, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
