/* scan: each function, each refusal with its place, and the same verdict as jansson on the files of fixtures/json. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "read/scan.h"

#define assert_str(actual, expected)                                                                                   \
    do {                                                                                                               \
        struct str actual_str = (actual), expected_str = (expected);                                                   \
        if (!str_equal(actual_str, expected_str))                                                                      \
            fail_msg("\"%.*s\" is not \"%.*s\"", STR_ARG(actual_str), STR_ARG(expected_str));                          \
    } while (0)

/* One text, and what it takes to scan it. */
struct reading {
    struct arena arena;
    struct source source;
    struct diag diag;
    struct scan scan;
    bool accepted;
};

static void begin(struct reading *r, struct str text)
{
    *r = (struct reading){.source = {.name = STR("data.json"), .bytes = text}};
    r->diag.arena = &r->arena;
    r->accepted = scan_read(&r->arena, &r->source, &r->scan, &r->diag);
}

static void end(struct reading *r) { arena_free(&r->arena); }

/* ---- What a scan says ---- */

#define DOCUMENT "{\"é\": [43.0, -1e5, true], \"b\\n\": {\"n\": null}, \"c\": false}"

static void types_and_bytes(void **state)
{
    (void)state;
    static const struct {
        enum scan_type type;
        struct str raw;
    } expected[] = {
        {SCAN_OBJECT, STR_INIT(DOCUMENT)},
        {SCAN_STRING, STR_INIT("\"é\"")},
        {SCAN_ARRAY, STR_INIT("[43.0, -1e5, true]")},
        {SCAN_NUMBER, STR_INIT("43.0")},
        {SCAN_NUMBER, STR_INIT("-1e5")},
        {SCAN_TRUE, STR_INIT("true")},
        {SCAN_STRING, STR_INIT("\"b\\n\"")},
        {SCAN_OBJECT, STR_INIT("{\"n\": null}")},
        {SCAN_STRING, STR_INIT("\"n\"")},
        {SCAN_NULL, STR_INIT("null")},
        {SCAN_STRING, STR_INIT("\"c\"")},
        {SCAN_FALSE, STR_INIT("false")},
    };
    struct reading r;
    begin(&r, STR(" \r\n\t" DOCUMENT "\n "));
    assert_true(r.accepted);
    assert_int_equal(r.scan.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < r.scan.count; i++) {
        assert_int_equal(r.scan.values[i].type, expected[i].type);
        assert_str(scan_raw(&r.scan, i), expected[i].raw);
        assert_int_equal(r.scan.values[i].escaped, i == 6);
    }
    end(&r);
}

static void walks(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, STR("{\"a\": [1, [2, 3], {}, 4], \"b\": {\"c\": 5}, \"d\": []}"));
    struct buf walk = {.arena = &r.arena};
    SCAN_MEMBERS (&r.scan, 0, key) {
        buf_addf(&walk, "%.*s:", STR_ARG(scan_text(&r.arena, &r.scan, key)));
        if (r.scan.values[key + 1].type == SCAN_ARRAY)
            SCAN_ELEMENTS (&r.scan, key + 1, at)
                buf_addf(&walk, " %.*s", STR_ARG(scan_raw(&r.scan, at)));
        buf_add_char(&walk, ';');
    }
    assert_str(buf_str(&walk), STR("a: 1 [2, 3] {} 4;b:;d:;"));
    end(&r);
}

static void texts(void **state)
{
    (void)state;
    struct reading r;
    struct str source =
        STR("[\"plain é\", \"\", \"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u00e9\\u20ac\\ud83e\\uDDFE.\", \"a\\u0000b\"]");
    begin(&r, source);
    assert_true(r.accepted);
    struct str plain = scan_text(&r.arena, &r.scan, 1);
    assert_str(plain, STR("plain é"));
    assert_ptr_equal(plain.ptr, source.ptr + 2); /* borrowed */
    assert_str(scan_text(&r.arena, &r.scan, 2), STR(""));
    assert_str(scan_text(&r.arena, &r.scan, 3), STR("\"\\/\b\f\n\r\t"));
    assert_str(scan_text(&r.arena, &r.scan, 4), STR("é€🧾."));
    assert_str(scan_text(&r.arena, &r.scan, 5), STR("a\0b"));
    end(&r);
}

static void text_offsets(void **state)
{
    (void)state;
    static const struct {
        size_t text, source;
    } escaped[] = {{0, 1}, {1, 2}, {2, 2}, {3, 8}, {4, 9}, {6, 9}, {7, 9}, {8, 21}, {9, 23}, {10, 24}, {99, 24}};
    struct reading r;
    begin(&r, STR("\"a\\u00e9b\\ud83e\\uddfe\\n.\""));
    assert_str(scan_text(&r.arena, &r.scan, 0), STR("aéb🧾\n."));
    for (size_t i = 0; i < sizeof escaped / sizeof *escaped; i++)
        assert_int_equal(scan_text_offset(&r.scan, 0, escaped[i].text), escaped[i].source);
    end(&r);
    begin(&r, STR(" \"été\""));
    assert_int_equal(scan_text_offset(&r.scan, 0, 0), 2);
    assert_int_equal(scan_text_offset(&r.scan, 0, 3), 5);
    assert_int_equal(scan_text_offset(&r.scan, 0, 5), 7);
    assert_int_equal(scan_text_offset(&r.scan, 0, 99), 7);
    end(&r);
}

static void members(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, STR("{\"a\": {\"c\": 0}, \"\\u0063\": [1], \"\": 2}"));
    assert_str(scan_raw(&r.scan, scan_member(&r.arena, &r.scan, 0, STR("a"))), STR("{\"c\": 0}"));
    assert_str(scan_raw(&r.scan, scan_member(&r.arena, &r.scan, 0, STR("c"))), STR("[1]"));
    assert_str(scan_raw(&r.scan, scan_member(&r.arena, &r.scan, 0, STR(""))), STR("2"));
    assert_int_equal(scan_member(&r.arena, &r.scan, 0, STR("b")), 0);
    assert_int_equal(scan_member(&r.arena, &r.scan, scan_member(&r.arena, &r.scan, 0, STR("c")), STR("c")), 0);
    end(&r);
}

/* The document of RFC 6901, section 5, and more. */
static void pointers(void **state)
{
    (void)state;
    static const struct {
        struct str pointer, raw; /* raw empty: there is none */
    } cases[] = {
        {STR_INIT("/foo"), STR_INIT("[\"bar\", \"baz\"]")},
        {STR_INIT("/foo/0"), STR_INIT("\"bar\"")},
        {STR_INIT("/foo/1"), STR_INIT("\"baz\"")},
        {STR_INIT("/"), STR_INIT("0")},
        {STR_INIT("/a~1b"), STR_INIT("1")},
        {STR_INIT("/c%d"), STR_INIT("2")},
        {STR_INIT("/e^f"), STR_INIT("3")},
        {STR_INIT("/g|h"), STR_INIT("4")},
        {STR_INIT("/i\\j"), STR_INIT("5")},
        {STR_INIT("/k\"l"), STR_INIT("6")},
        {STR_INIT("/ "), STR_INIT("7")},
        {STR_INIT("/m~0n"), STR_INIT("8")},
        {STR_INIT("/o/~01/1/p"), STR_INIT("10")},
        {STR_INIT("/foo/2"), STR_INIT("")},
        {STR_INIT("/foo/-"), STR_INIT("")},
        {STR_INIT("/foo/00"), STR_INIT("")},
        {STR_INIT("/foo/01"), STR_INIT("")},
        {STR_INIT("/foo/ 1"), STR_INIT("")},
        {STR_INIT("/foo/"), STR_INIT("")},
        {STR_INIT("/foo/18446744073709551616"), STR_INIT("")},
        {STR_INIT("/foo/0/x"), STR_INIT("")},
        {STR_INIT("/fo"), STR_INIT("")},
        {STR_INIT("foo"), STR_INIT("")},
        {STR_INIT("/m~n"), STR_INIT("")},
        {STR_INIT("/m~"), STR_INIT("")},
        {STR_INIT("/m~2n"), STR_INIT("")},
        {STR_INIT("//"), STR_INIT("")},
    };
    struct reading r;
    begin(&r,
          STR("{\"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"c%d\": 2, \"e^f\": 3, \"g|h\": 4, \"i\\\\j\": 5,"
              " \"k\\\"l\": 6, \" \": 7, \"m~n\": 8, \"o\": {\"~1\": [9, {\"p\": 10}]}}"));
    assert_true(r.accepted);
    size_t at = 99;
    assert_true(scan_pointer(&r.arena, &r.scan, 0, STR(""), &at));
    assert_int_equal(at, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool found = scan_pointer(&r.arena, &r.scan, 0, cases[i].pointer, &at);
        assert_str(found ? scan_raw(&r.scan, at) : STR(""), cases[i].raw);
    }
    size_t o = scan_member(&r.arena, &r.scan, 0, STR("o"));
    assert_true(scan_pointer(&r.arena, &r.scan, o, STR("/~01/0"), &at)); /* from a value that is not the root */
    assert_str(scan_raw(&r.scan, at), STR("9"));
    end(&r);
}

static void names_of_types(void **state)
{
    (void)state;
    static const char *const names[] = {"null", "false", "true", "a number", "a string", "an array", "an object"};
    for (enum scan_type type = SCAN_NULL; type <= SCAN_OBJECT; type++)
        assert_string_equal(scan_type_name(type), names[type]);
}

/* ---- Streams ---- */

static void a_stream(void **state)
{
    (void)state;
    static const struct str raws[] = {
        STR_INIT("{\"a\": [1, 2]}"), STR_INIT("[]"),    STR_INIT("{}"),  STR_INIT("12"), STR_INIT("-1"),
        STR_INIT("\"\\n\""),         STR_INIT("\"x\""), STR_INIT("null")};
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    struct source source = {.bytes = STR("\n {\"a\": [1, 2]}\n[]{}\r\n12 -1 \"\\n\"\"x\"null \n")};
    struct scan scan = {0};
    size_t offset = 0, count = 0;
    for (; scan_next(&arena, &source, &offset, &scan, &diag); count++)
        assert_str(scan_raw(&scan, 0), raws[count]);
    assert_false(diag.failed);
    assert_int_equal(count, sizeof raws / sizeof *raws);
    assert_int_equal(offset, source.bytes.len);
    assert_false(scan_next(&arena, &source, &offset, &scan, &diag)); /* the end stays the end */
    arena_free(&arena);
}

static void a_stream_with_an_error(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    struct source source = {.bytes = STR("{\"a\": 1}\n  {\"a\": é}\n{\"a\": 3}\n")};
    struct scan scan = {0};
    size_t offset = 0;
    assert_true(scan_next(&arena, &source, &offset, &scan, &diag));
    assert_false(scan_next(&arena, &source, &offset, &scan, &diag));
    assert_true(diag.failed);
    assert_int_equal(diag.position.line, 2);
    assert_int_equal(diag.position.column, 9);
    assert_int_equal(offset, 11); /* where the refused value starts */
    offset = str_find(source.bytes, STR("{\"a\": 3"));
    diag = (struct diag){.arena = &arena};
    assert_true(scan_next(&arena, &source, &offset, &scan, &diag)); /* and one can go on behind it */
    assert_str(scan_raw(&scan, 2), STR("3"));
    arena_free(&arena);
}

static void an_array_piece_by_piece(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct diag diag = {.arena = &arena};
    struct source source = {.bytes = STR("[{\"a\": 1} , 2,[3]]")};
    struct scan scan = {0};
    size_t offset = 1, values = 0;
    while (scan_next(&arena, &source, &offset, &scan, &diag)) {
        values += scan.count;
        if (source.bytes.ptr[offset++] == ']')
            break;
    }
    assert_int_equal(values, 3 + 1 + 2);
    assert_int_equal(offset, source.bytes.len);
    arena_free(&arena);
}

/* Escaped keys and objects of changing size must not take more memory with every value. */
static void a_stream_uses_its_memory_again(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buf text = {.arena = &arena};
    for (int i = 0; i < 3000; i++)
        buf_addf(&text, "{\"\\u00e9%d\": [1, 2, 3], \"\\u00e9\": %d, \"b\": {\"\\t\": 1, \"\\n\": 2}}\n", i % 7, i);
    struct arena stream = {0};
    struct diag diag = {.arena = &stream};
    struct source source = {.bytes = buf_str(&text)};
    struct scan scan = {0};
    size_t count = 0;
    for (size_t offset = 0; scan_next(&stream, &source, &offset, &scan, &diag); count++)
        continue;
    assert_int_equal(count, 3000);
    assert_true(stream.bytes <= 16 * 1024);
    arena_free(&stream);
    arena_free(&arena);
}

/* ---- Refusals ---- */

static void refusals(void **state)
{
    (void)state;
    static const struct {
        struct str text;
        size_t line, column;
        struct str why;
    } cases[] = {
#define CASE(text, line, column, why) {STR_INIT(text), (line), (column), STR_INIT(why)}
        CASE("", 1, 1, "the file is empty"),
        CASE(" \n ", 1, 1, "the file is empty"),
        CASE("\xef\xbb\xbf{}", 1, 1, "the file starts with a byte order mark (UTF-8): save it without"),
        CASE("\xff\xfe{\0}\0", 1, 1, "the file is UTF-16, not UTF-8: save it as UTF-8"),
        CASE("\xfe\xff\0{\0}", 1, 1, "the file is UTF-16, not UTF-8: save it as UTF-8"),
        CASE("{\0}\0", 1, 1, "the file is UTF-16, not UTF-8: save it as UTF-8"),
        /* ends */
        CASE("{\"a\": 1,\n \"b\": [\n  {\"c\": 2,\n", 4, 1,
             "the file ends inside an object that starts at line 3, column 3"),
        CASE("{\"a\"", 1, 5, "the file ends inside an object that starts at line 1, column 1"),
        CASE("{\"a\":", 1, 6, "the file ends inside an object that starts at line 1, column 1"),
        CASE("{", 1, 2, "the file ends inside an object that starts at line 1, column 1"),
        CASE("[1", 1, 3, "the file ends inside an array that starts at line 1, column 1"),
        CASE("[\n\"été", 2, 1, "this text has no closing quote"),
        CASE("\"a\\", 1, 1, "this text has no closing quote"),
        CASE("{} {}", 1, 4, "the end of the file is expected after its value, not {"),
        /* separators */
        CASE("[1 2]", 1, 4, "a comma or ] is expected after this element, not 2"),
        CASE("{\"é\": 1 \"b\"}", 1, 9, "a comma or } is expected after this member, not \""),
        CASE("[1}", 1, 3, "a comma or ] is expected after this element, not }"),
        CASE("{\"a\" 1}", 1, 6, "a colon is expected after this key, not 1"),
        CASE("[1,\n]", 1, 3, "a value is expected after this comma"),
        CASE("{\"a\": 1 ,}", 1, 9, "a key is expected after this comma"),
        CASE("[,1]", 1, 2, "a value is expected, not ,"),
        CASE("{\"a\":}", 1, 6, "a value is expected, not }"),
        CASE("{[]: 1}", 1, 2, "a key is expected, not ["),
        CASE("[\xc2\xa0"
             "1]",
             1, 2, "a value is expected, not the character U+00A0"),
        CASE("[1, \t\x01]", 1, 6, "a value is expected, not the character U+0001"),
        /* slips */
        CASE("{a.b: 1}", 1, 2, "JSON puts a key between double quotes: \"a.b\""),
        CASE("{'a': 1}", 1, 2, "JSON puts a text between double quotes, not single ones"),
        CASE("['a']", 1, 2, "JSON puts a text between double quotes, not single ones"),
        CASE("// a", 1, 1, "JSON has no comments"),
        CASE("[1, # a", 1, 5, "JSON has no comments"),
        CASE("{ /* a */ }", 1, 3, "JSON has no comments"),
        CASE("[True]", 1, 2, "True is not a value: JSON's words are true, false and null, and a text has quotes"),
        CASE("[nullx]", 1, 2, "nullx is not a value: JSON's words are true, false and null, and a text has quotes"),
        CASE("NaN", 1, 1, "NaN is not a value: JSON's words are true, false and null, and a text has quotes"),
        /* numbers */
        CASE("[+1.5]", 1, 2, "JSON writes a number without a plus sign: +1.5"),
        CASE("[.5]", 1, 2, "JSON writes a digit before the decimal point: 0.5"),
        CASE("[-012]", 1, 2, "a number does not begin with a zero before other digits: -012"),
        CASE("[-a]", 1, 3, "a digit is expected after the minus sign of this number"),
        CASE("[1.]", 1, 4, "a digit is expected after the decimal point of this number"),
        CASE("[1e+]", 1, 5, "a digit is expected after the exponent's e of this number"),
        CASE("[1.2.3]", 1, 2, "this is no number as JSON writes it: 1.2.3"),
        CASE("[0x1F]", 1, 2, "this is no number as JSON writes it: 0x1F"),
        /* texts */
        CASE("[\"a\nb\"]", 1, 4, "a text cannot hold a line break: close it with a quote, or write \\n"),
        CASE("[\"a\tb\"]", 1, 4, "a text cannot hold a tab: write \\t"),
        CASE("[\"\x01\"]", 1, 3, "a text cannot hold a control character: write \\u0001"),
        CASE("[\"a\\x\"]", 1, 4, "this backslash begins no escape that JSON has; a backslash itself is written \\\\"),
        CASE("\"\\u12g4\"", 1, 2, "\\u is followed by four hexadecimal digits"),
        CASE("\"é\\ud83e.\"", 1, 3, "\\ud83e is half a character: its other surrogate is missing"),
        CASE("\"\\uddfe\"", 1, 2, "\\uddfe is half a character: its other surrogate is missing"),
        CASE("[\"\xe9t\xe9\"]", 1, 3, "the byte 0xE9 is not UTF-8: is the file in another encoding?"),
        CASE("[\xe9]", 1, 2, "the byte 0xE9 is not UTF-8: is the file in another encoding?"),
        /* keys */
        CASE("{\"é\": 1,\n \"b\": 2, \"\\u00e9\": 3}", 2, 10,
             "a key stands twice in this object: \"\\u00e9\", first at line 1, column 2"),
        CASE("{\"ééééééééééééééééééééééééééééééé\": 1, \"ééééééééééééééééééééééééééééééé\": 2}", 1, 40,
             "a key stands twice in this object: \"ééééééééééééééééééééééééééééé…, first at line 1, column 2"),
#undef CASE
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r;
        begin(&r, cases[i].text);
        assert_false(r.accepted);
        assert_str(r.diag.message.text, cases[i].why);
        assert_str(r.diag.source, STR("data.json"));
        if (r.diag.position.line != cases[i].line || r.diag.position.column != cases[i].column)
            fail_msg("%s: at %zu:%zu", cases[i].why.ptr, r.diag.position.line, r.diag.position.column);
        end(&r);
    }
}

static void a_source_without_bytes(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, (struct str){NULL, 0});
    assert_false(r.accepted);
    size_t offset = 0;
    r.diag = (struct diag){.arena = &r.arena};
    r.scan = (struct scan){0};
    assert_false(scan_next(&r.arena, &r.source, &offset, &r.scan, &r.diag));
    assert_false(r.diag.failed); /* an empty stream is a stream */
    end(&r);
}

static void too_many_bytes(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, (struct str){"[", (size_t)UINT32_MAX + 1});
    assert_false(r.accepted);
    assert_str(r.diag.message.text, STR("more than 4 GiB cannot be read as one piece"));
    end(&r);
}

/* A large object takes time in proportion to its size, and its keys are still told apart. */
static void many_keys(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buf text = {.arena = &arena};
    buf_add_char(&text, '{');
    for (int i = 0; i < 100000; i++)
        buf_addf(&text, "\"a-common-start-%d-and-end\": %d,", i, i);
    size_t last = text.len;
    buf_add(&text, STR("\"a-common-start-777-and-end\": 0}"));
    struct reading r;
    begin(&r, buf_str(&text));
    assert_false(r.accepted);
    assert_int_equal(r.diag.position.column, last + 1);
    end(&r);
    text.ptr[last + 18] = 'x';
    begin(&r, buf_str(&text));
    assert_true(r.accepted);
    assert_int_equal(r.scan.count, 200003);
    end(&r);
    arena_free(&arena);
}

/* ---- The same verdict as jansson ---- */

enum verdict { BOTH_ACCEPT, BOTH_REFUSE, JANSSON_REFUSES, SCANNER_REFUSES };

static void check_file(struct arena *arena, const char *path, enum verdict verdict)
{
    struct diag diag = {.arena = arena};
    struct source source;
    assert_true(file_read(arena, str_from(path), &source, &diag));
    struct scan scan;
    bool accepted = scan_read(arena, &source, &scan, &diag);
    json_error_t error;
    json_t *tree = json_loadb(source.bytes.ptr, source.bytes.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (accepted != (verdict == BOTH_ACCEPT || verdict == JANSSON_REFUSES))
        fail_msg("%s: the scanner says %.*s", path, STR_ARG(diag.message.text));
    if (!tree == (verdict == BOTH_ACCEPT || verdict == SCANNER_REFUSES))
        fail_msg("%s: jansson says %s", path, error.text);
    assert_int_equal(diag.failed, !accepted);
    json_decref(tree);
}

static void check_folder(const char *folder, enum verdict verdict, size_t least)
{
    DIR *files = opendir(folder);
    assert_non_null(files);
    size_t count = 0;
    for (struct dirent *file; (file = readdir(files));) {
        struct arena arena = {0};
        struct str name = str_from(file->d_name);
        if (str_ends(name, STR(".json"))) {
            check_file(&arena, str_format(&arena, "%s/%s", folder, file->d_name).ptr, verdict);
            count++;
        }
        arena_free(&arena);
    }
    closedir(files);
    assert_true(count >= least);
}

static void both_accept(void **state)
{
    (void)state;
    check_folder("fixtures/json/accept", BOTH_ACCEPT, 100);
}

static void both_refuse(void **state)
{
    (void)state;
    check_folder("fixtures/json/refuse", BOTH_REFUSE, 200);
}

/* Integers beyond 64 bits, reals beyond a double, U+0000: the scanner has no such limits. */
static void limits_of_jansson(void **state)
{
    (void)state;
    check_folder("fixtures/json/limits", JANSSON_REFUSES, 10);
}

/* A NUL byte behind a number or a word: jansson puts it back, takes it for an empty buffer, and reads on. */
static void overlooked_by_jansson(void **state)
{
    (void)state;
    check_folder("fixtures/json/overlooked", SCANNER_REFUSES, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_and_bytes),
        cmocka_unit_test(walks),
        cmocka_unit_test(texts),
        cmocka_unit_test(text_offsets),
        cmocka_unit_test(members),
        cmocka_unit_test(pointers),
        cmocka_unit_test(names_of_types),
        cmocka_unit_test(a_stream),
        cmocka_unit_test(a_stream_with_an_error),
        cmocka_unit_test(an_array_piece_by_piece),
        cmocka_unit_test(a_stream_uses_its_memory_again),
        cmocka_unit_test(refusals),
        cmocka_unit_test(a_source_without_bytes),
        cmocka_unit_test(too_many_bytes),
        cmocka_unit_test(many_keys),
        cmocka_unit_test(both_accept),
        cmocka_unit_test(both_refuse),
        cmocka_unit_test(limits_of_jansson),
        cmocka_unit_test(overlooked_by_jansson),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
