/* Messages: their English is what printf writes, and their pieces outlive what they were made from. */
#include "base/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

static void assert_str(struct str s, const char *expected)
{
    assert_int_equal(s.len, str_from(expected).len);
    assert_string_equal(s.ptr, expected);
}

static void keeps_its_pieces(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct message m = message_make(&arena, "100 %% of \"%.*s\" is %s: %zu, %d, %c, 0x%02X", STR_ARG(STR("a%b")),
                                    "a text", (size_t)7, -3, '}', 10u);
    static const char *const args[] = {"a%b", "a text", "7", "-3", "}", "0A"};
    assert_str(m.text, "100 % of \"a%b\" is a text: 7, -3, }, 0x0A");
    assert_int_equal(m.arg_count, sizeof args / sizeof *args);
    for (size_t i = 0; i < m.arg_count; i++) {
        assert_str(m.args[i].text, args[i]);
        assert_int_equal(m.args[i].is_word, i == 1);
    }
    arena_free(&arena);
}

static void outlives_its_cause(void **state)
{
    (void)state;
    struct arena arena = {0}, brief = {0};
    struct message cause = message_make(&brief, "no %s", "reason");
    struct message m = message_because(&arena, &cause, "%.*s", STR_ARG(STR("check")));
    arena_free(&brief);
    assert_str(m.text, "check: no reason");
    assert_str(m.cause->text, "no reason");
    assert_str(m.cause->args[0].text, "reason");
    arena_free(&arena);
}

static void says_nothing(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct message m = message_make(&arena, "%s", "");
    assert_str(m.text, "");
    assert_int_equal(m.arg_count, 1);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(keeps_its_pieces), cmocka_unit_test(outlives_its_cause),
                                       cmocka_unit_test(says_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
