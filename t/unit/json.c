/* json: the tree of a pack or configuration, and the places of errors in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/embed.h"
#include "base/file.h"
#include "read/json.h"

#define assert_str(actual, expected)                                                                                   \
    do {                                                                                                               \
        struct str actual_str = (actual), expected_str = (expected);                                                   \
        assert_int_equal(actual_str.len, expected_str.len);                                                            \
        assert_memory_equal(actual_str.ptr, expected_str.ptr, expected_str.len);                                       \
    } while (0)

/* One text, and what it takes to read it. */
struct reading {
    struct arena arena;
    struct source source;
    struct diag diag;
    const struct json *root;
};

static void begin(struct reading *r, struct str text)
{
    *r = (struct reading){.source = {.name = STR("pack.json"), .bytes = text}};
    r->diag.arena = &r->arena;
    r->root = json_read(&r->arena, &r->source, &r->diag);
}

static void end(struct reading *r) { arena_free(&r->arena); }

static void every_kind_of_value(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, STR("{\"n\": null, \"t\": true, \"f\": false, \"i\": -12, \"r\": 2.5,\n"
                  " \"s\": \"\\u00e9t\\u00e9\", \"l\": [1, \"b\"], \"o\": {\"z\": 1, \"a\": 2}, \"\": 0}"));
    assert_non_null(r.root);
    assert_int_equal(r.root->type, JSON_RECORD);
    assert_int_equal(r.root->count, 9);
    assert_int_equal(json_member(r.root, STR("n"))->type, JSON_IS_NULL);
    assert_true(json_member(r.root, STR("t"))->truth);
    assert_int_equal(json_member(r.root, STR("f"))->type, JSON_BOOLEAN);
    assert_false(json_member(r.root, STR("f"))->truth);
    assert_true(json_member(r.root, STR("i"))->number == -12.0);
    assert_true(json_member(r.root, STR("r"))->number == 2.5);
    const struct json *text = json_member(r.root, STR("s"));
    assert_str(text->text, STR("été"));
    assert_int_equal(text->text.ptr[text->text.len], '\0');
    const struct json *list = json_member(r.root, STR("l"));
    assert_int_equal(list->type, JSON_LIST);
    assert_int_equal(list->count, 2);
    assert_int_equal(list->items[1].index, 1);
    assert_ptr_equal(list->items[1].parent, list);
    const struct json *record = json_member(r.root, STR("o"));
    assert_str(record->items[0].key, STR("z")); /* the order of the file */
    assert_str(record->items[1].key, STR("a"));
    assert_int_equal(json_member(r.root, STR(""))->type, JSON_NUMBER);
    end(&r);
}

static void a_missing_member(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, STR("[1]"));
    assert_int_equal(json_member(r.root, STR("id"))->type, JSON_NONE);
    assert_int_equal(json_member(json_member(r.root, STR("id")), STR("id"))->type, JSON_NONE);
    assert_false(json_fail(&r.diag, json_member(r.root, STR("id")), "no place"));
    assert_int_equal(r.diag.position.line, 0);
    end(&r);
}

static void errors_are_placed(void **state)
{
    (void)state;
    struct reading r;
    struct str text =
        STR("{\"é\": 0, \"rules\": [\n  {\"id\": \"a\"},\n  {\"é\": 1, \"check\": \"\\u00e9 + b = c\"}\n]}");
    begin(&r, text);
    const struct json *rule = &json_member(r.root, STR("rules"))->items[1];
    const struct json *check = json_member(rule, STR("check"));
    assert_false(json_fail(&r.diag, check, "%s where %s is expected", json_type_name(check->type), "a list"));
    assert_int_equal(r.diag.position.line, 3);
    assert_int_equal(r.diag.position.column, 21);
    assert_str(r.diag.message.text, STR("a text where a list is expected"));
    assert_str(r.diag.source, STR("pack.json"));

    struct diag inside = {.arena = &r.arena};
    assert_false(json_fail_in(&inside, check, 5, "what is %s?", "b")); /* é has two bytes */
    assert_int_equal(inside.position.line, 3);
    assert_int_equal(inside.position.column, 31);
    assert_int_equal(text.ptr[json_text_offset(&r.arena, check, 5)], 'b');

    assert_int_equal(json_offset(&r.arena, r.root), 0);
    assert_int_equal(text.ptr[json_offset(&r.arena, rule)], '{');
    assert_int_equal(json_offset(&r.arena, json_member(rule, STR("é"))) + 3, str_find(text, STR("\"check\"")));
    end(&r);
}

static void pointers(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, STR("{\"rules\": [0, {\"a/b~c\": 1}]}"));
    const struct json *rule = &json_member(r.root, STR("rules"))->items[1];
    assert_str(json_pointer(&r.arena, r.root), STR(""));
    assert_str(json_pointer(&r.arena, rule), STR("/rules/1"));
    assert_str(json_pointer(&r.arena, &rule->items[0]), STR("/rules/1/a~1b~0c"));
    end(&r);
}

static void refusals(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        size_t line, column;
        struct str why;
    } cases[] = {
        {STR_INIT("{\"a\": 1\n \"b\": 2}"), 2, 2, STR_INIT("a comma or } is expected after this member, not \"")},
        {STR_INIT("[\"é\", 9223372036854775808, 1]"), 1, 7,
         STR_INIT("this number is too large here: an integer has 64 bits, a real is a double")},
        {STR_INIT("{\"a\": {}, \"b\": [1e999]}"), 1, 17,
         STR_INIT("this number is too large here: an integer has 64 bits, a real is a double")},
        {STR_INIT("[1, \"a\\u0000b\"]"), 1, 5, STR_INIT("a text cannot hold the character U+0000 here")},
        {STR_INIT("{\"x\\u0000\": 1}"), 1, 2, STR_INIT("a text cannot hold the character U+0000 here")},
        {STR_INIT("[12\0]"), 1, 4, STR_INIT("a comma or ] is expected after this element, not the character U+0000")},
        {STR_INIT(""), 1, 1, STR_INIT("the file is empty")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;
        begin(&r, cases[i].text);
        assert_null(r.root);
        assert_true(r.diag.failed);
        assert_str(r.diag.message.text, cases[i].why);
        assert_int_equal(r.diag.position.line, cases[i].line);
        assert_int_equal(r.diag.position.column, cases[i].column);
        end(&r);
    }
}

static void a_source_without_bytes(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, (struct str){NULL, 0});
    assert_null(r.root);
    assert_str(r.diag.message.text, STR("the file is empty"));
    end(&r);
}

/* ---- The files of fixtures/json ---- */

/* The bytes of the source at a node's place begin as its type does. */
static void check_places(struct reading *r, const struct json *node)
{
    static const char *const first[] = {
        [JSON_NONE] = "",   [JSON_IS_NULL] = "n", [JSON_BOOLEAN] = "tf", [JSON_NUMBER] = "-0123456789",
        [JSON_TEXT] = "\"", [JSON_LIST] = "[",    [JSON_RECORD] = "{",
    };
    char there = r->source.bytes.ptr[json_offset(&r->arena, node)];
    assert_true(str_find(str_from(first[node->type]), (struct str){&there, 1}) < str_from(first[node->type]).len);
    for (size_t i = 0; i < node->count && i < 8; i++)
        check_places(r, &node->items[i]);
}

static void check_folder(const char *folder, bool accepted)
{
    DIR *files = opendir(folder);
    assert_non_null(files);
    for (struct dirent *file; (file = readdir(files));) {
        if (!str_ends(str_from(file->d_name), STR(".json")))
            continue;
        struct reading r = {0};
        r.diag.arena = &r.arena;
        struct str path = str_format(&r.arena, "%s/%s", folder, file->d_name);
        assert_true(file_read(&r.arena, path, &r.source, &r.diag));
        r.root = json_read(&r.arena, &r.source, &r.diag);
        if (!r.root != !accepted || r.diag.failed == accepted)
            fail_msg("%s: %.*s", path.ptr, STR_ARG(r.diag.message.text));
        if (accepted && r.source.bytes.len < 2048) /* each place is a scan */
            check_places(&r, r.root);
        if (!accepted)
            assert_true(r.diag.position.line && r.diag.message.text.len);
        end(&r);
    }
    closedir(files);
}

static void the_corpus(void **state)
{
    (void)state;
    check_folder("fixtures/json/accept", true);
    check_folder("fixtures/json/refuse", false);
    check_folder("fixtures/json/limits", false);
    check_folder("fixtures/json/overlooked", false);
}

static void names_of_types(void **state)
{
    (void)state;
    for (enum json_kind type = JSON_NONE; type <= JSON_RECORD; type++)
        assert_non_null(json_type_name(type));
    assert_string_equal(json_type_name(JSON_LIST), "a list");
}

static void assert_same(const struct json *a, const struct json *b)
{
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->truth, b->truth);
    assert_true(a->number == b->number);
    assert_true(str_equal(a->text, b->text) && str_equal(a->key, b->key));
    assert_int_equal(a->index, b->index);
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        assert_same(&a->items[i], &b->items[i]);
}

/* Whatever is compiled in reads the same through jansson and through the scanner. */
static void what_is_compiled_in(void **state)
{
    (void)state;
    size_t count = 0;
    for (const struct embedded_part *part = embedded_parts; part->path; part++, count++) {
        struct arena arena = {0};
        struct diag diag = {.arena = &arena};
        struct source source = {.name = str_from(part->path),
                                .bytes = {part->start, (size_t)(part->end - part->start)}};
        const struct json *ours = json_read_embedded(&arena, &source, &diag);
        const struct json *theirs = json_read(&arena, &source, &diag);
        assert_non_null(ours);
        assert_non_null(theirs);
        assert_same(ours, theirs);
        arena_free(&arena);
    }
    assert_true(count > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_value),
        cmocka_unit_test(a_missing_member),
        cmocka_unit_test(errors_are_placed),
        cmocka_unit_test(pointers),
        cmocka_unit_test(refusals),
        cmocka_unit_test(a_source_without_bytes),
        cmocka_unit_test(the_corpus),
        cmocka_unit_test(names_of_types),
        cmocka_unit_test(what_is_compiled_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
