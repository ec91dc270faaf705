/* Where streams are cut, byte by byte and in any pieces; and where a file of lines is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "batch/cut.h"
#include "batch/lines.h"

/* The pieces between bars, the bytes given in chunks of `step`. */
static struct str cut_up(struct arena *arena, enum cut_how how, struct str bytes, size_t step)
{
    struct cutter cutter = {.how = how};
    struct buf out = {.arena = arena};
    size_t at = 0, start = 0;
    for (size_t given = step; at < bytes.len; given += step) {
        struct str so_far = str_part(bytes, 0, given);
        while (cutter_next(&cutter, so_far, &at)) {
            buf_add(&out, str_part(bytes, start, at));
            buf_add_char(&out, '|');
            start = at;
        }
    }
    buf_add(&out, str_part(bytes, start, bytes.len));
    return buf_str(&out);
}

static void check_cut(enum cut_how how, const char *bytes, const char *expected)
{
    struct arena arena = {0};
    for (size_t step = 1; step < 200; step++)
        assert_string_equal(cut_up(&arena, how, str_from(bytes), step).ptr, expected);
    arena_free(&arena);
}

static void cuts_lines(void **state)
{
    (void)state;
    check_cut(CUT_LINES, "{}\n\n{\"a\": \"\\n\"}\r\nrest", "{}\n|\n|{\"a\": \"\\n\"}\r\n|rest");
}

static void cuts_elements(void **state)
{
    (void)state;
    check_cut(CUT_ELEMENTS, "{\"a\": [1, 2]}, \"x,]\\\",\", 3] ", "{\"a\": [1, 2]},| \"x,]\\\",\",| 3]| ");
    check_cut(CUT_ELEMENTS, "]", "]|");
    /* Longer than what is looked at together. */
    check_cut(
        CUT_ELEMENTS,
        "{\"a text that goes on, and on, and on, with brackets in it }]}] and then a quote, as in \\\" }, and \": "
        "[{\"a number\": 12345678901234567890}, {\"another number\": 1234567890.1234567890}], \"\": 1}, 2",
        "{\"a text that goes on, and on, and on, with brackets in it }]}] and then a quote, as in \\\" }, and \": "
        "[{\"a number\": 12345678901234567890}, {\"another number\": 1234567890.1234567890}], \"\": 1},| 2");
}

static void cuts_values(void **state)
{
    (void)state;
    check_cut(CUT_VALUES, "{\"a\": \"}\"}{\"b\": [1]} [2]", "{\"a\": \"}\"}|{\"b\": [1]}| [2]|");
    check_cut(CUT_VALUES, "1 \"two\" three{}", "1| \"two\"| three|{}|");
}

static void counts_lines_and_columns(void **state)
{
    size_t line = 3, column = 2;
    (void)state;
    cut_advance(STR("\xc3\xa9\xc3\xa9"), &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 4);
    cut_advance(STR("x\n\ny\xc3\xa9"), &line, &column);
    assert_int_equal(line, 5);
    assert_int_equal(column, 2);
}

/* Parts end behind line ends, cover the file, and are of some size. */
static void check_parts(FILE *file, size_t size)
{
    for (size_t from = 0, end; from < size; from = end) {
        end = lines_cut(fileno(file), from, size);
        assert_true(end > from);
        assert_true(end <= size);
        char last = '\n';
        if (end < size)
            assert_int_equal(pread(fileno(file), &last, 1, (off_t)end - 1), 1);
        assert_int_equal(last, '\n');
    }
}

static void cuts_files_between_lines(void **state)
{
    static const size_t lengths[] = {10, 3000, 70000, 1500000, 5000000};
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        FILE *file = tmpfile();
        size_t size = 0;
        assert_non_null(file);
        while (size < 12000000) {
            for (size_t k = 1; k < lengths[i]; k++)
                putc('x', file);
            putc('\n', file);
            size += lengths[i];
        }
        fputs("no end", file);
        fflush(file);
        check_parts(file, size + 6);
        fclose(file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cuts_lines),
        cmocka_unit_test(cuts_elements),
        cmocka_unit_test(cuts_values),
        cmocka_unit_test(counts_lines_and_columns),
        cmocka_unit_test(cuts_files_between_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
