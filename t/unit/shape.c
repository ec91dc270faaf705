/* shape: which figures paths and rows find, with which dims and at which places; which files a shape is for; and that
 * the time is that of the data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "figure/shape.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct fixture {
    struct arena *arena;
    struct problems problems;
    struct lexicons lexicons;
    struct source shape, data;
};

static struct fixture fixture(struct arena *arena, const char *shape, struct str data)
{
    return (struct fixture){.arena = arena,
                            .problems = {.arena = arena},
                            .lexicons = {.arena = arena},
                            .shape = {.name = STR("shape"), .bytes = str_from(shape)},
                            .data = {.name = STR("data"), .bytes = data}};
}

/* "id[dim=value, …]=value@line:column", a declared total with a *, each figure on a line. */
static void dump(struct fixture *f, const struct dataset *dataset, struct buf *out)
{
    for (size_t i = 0; i < dataset->count; i++) {
        const struct figure *figure = &dataset->figures[i];
        struct position place = source_position(f->arena, &f->data, figure->place.start);
        struct str value = figure->missing ? STR("nothing") : interval_write(f->arena, figure->interval);
        buf_addf(out, "%.*s[", STR_ARG(figure->id));
        for (size_t j = 0; j < figure->dims.count; j++)
            buf_addf(out, "%s%.*s=%.*s%s", j ? ", " : "", STR_ARG(figure->dims.items[j].name),
                     STR_ARG(figure->dims.items[j].value), figure->dims.items[j].total ? "*" : "");
        buf_addf(out, "]=%.*s%s%.*s@%zu:%zu\n", STR_ARG(value), figure->unit.len ? " " : "", STR_ARG(figure->unit),
                 place.line, place.column);
    }
}

static void dump_problems(const struct fixture *f, struct buf *out)
{
    for (size_t i = 0; i < f->problems.count; i++) {
        const struct diag *diag = &f->problems.items[i];
        buf_addf(out, "%s%.*s:%zu:%zu: %.*s\n", diag->warning ? "warning " : "", STR_ARG(diag->source),
                 diag->position.line, diag->position.column, STR_ARG(diag->message.text));
    }
}

/* What the shape finds in the data, then the problems. */
static struct str run(struct fixture *f)
{
    struct buf out = {.arena = f->arena};
    struct dataset_reader reader = {.arena = f->arena, .problems = &f->problems, .lexicons = &f->lexicons};
    struct diag diag = {.arena = f->arena};
    struct scan scan;
    struct shape *shape = shape_read(f->arena, &f->shape, &f->lexicons, &f->problems);
    assert_true(scan_read(f->arena, &f->data, &scan, &diag));
    if (shape) {
        dump(f, shape_apply(shape, &reader, &scan, 0, (struct dims){0}), &out);
        shape_report(shape, &f->problems);
    }
    dump_problems(f, &out);
    return buf_str(&out);
}

static void expect(const char *shape, const char *data, const char *expected)
{
    struct arena arena = {0};
    struct fixture f = fixture(&arena, shape, str_from(data));
    assert_string_equal(str_z(&arena, run(&f)), expected);
    arena_free(&arena);
}

#define PATH(path) "{\"shape\": \"s\", \"figures\": {\"a\": \"" path "\"}}"

static void paths(void **state)
{
    (void)state;
    expect(PATH(""), "946", "a[]=946@1:1\n");
    expect(PATH("/x/y"), "{\"x\": {\"y\": 946}}", "a[]=946@1:13\n");
    expect(PATH("/x/1"), "{\"x\": [1, 2]}", "a[]=2@1:11\n");
    expect(PATH("/a~1b/c~0d/~01"), "{\"a/b\": {\"c~d\": {\"~1\": 3}}}", "a[]=3@1:24\n");
    expect(PATH("/"), "{\"\": 4}", "a[]=4@1:6\n");
    expect(PATH("/é"), "{\"\\u00e9\": 5}", "a[]=5@1:12\n");
    expect(PATH("/x"), "{\"x\": \"12,5 %\"}", "a[]=[12.45, 12.55] %@1:8\n");
    expect(PATH("/x/{year}"), "{\"x\": {\"2023\": 1, \"2024\": null}}",
           "a[year=2023]=1@1:16\na[year=2024]=nothing@1:27\n");
    expect(PATH("/{n}"), "[7,\n 8]", "a[n=0]=7@1:2\na[n=1]=8@2:2\n");
    expect(PATH("/pop_{year}_n"), "{\"pop_2023_n\": 1, \"pop__n\": 2, \"pop_2024\": 3, \"x_2024_n\": 4}",
           "a[year=2023]=1@1:16\n");
}

static void members(void **state)
{
    (void)state;
    expect(PATH("/{@d}/n"), "[{\"d\": \"x\", \"n\": 1}, {\"n\": 2, \"d\": 1.50}]", "a[d=x]=1@1:18\na[d=1.50]=2@1:28\n");
    expect(PATH("/{period=@d}/n"), "{\"k\": {\"d\": \"x\", \"n\": 1}}", "a[period=x]=1@1:23\n");
    expect(PATH("/{z=@y, @r,k}/n"), "{\"key\": {\"r\": \"R\", \"y\": \"Y\", \"n\": 1}}", "a[k=key, r=R, z=Y]=1@1:35\n");
    expect(PATH("/{@g/code}/n"), "[{\"g\": {\"code\": 35}, \"n\": 1}]", "a[code=35]=1@1:27\n");
    expect(PATH("/{@y}/l/{@r}/n"), "[{\"y\": 1, \"l\": [{\"r\": \"a\", \"n\": 5}, {\"r\": null, \"n\": 6}]}]",
           "a[r=a, y=1]=5@1:33\na[y=1]=6@1:54\n");
    expect(PATH("/{@d}/n"), "[{\"n\": 1}, 5, {\"d\": true, \"n\": 2}]",
           "data:1:2: this object has no \"d\" to be the dim \"d\"\n"
           "data:1:12: this is a number; it should be an object, whose \"d\" is the dim \"d\"\n"
           "data:1:21: a dim is true; it should be a text or a number\n");
}

static void heads(void **state)
{
    (void)state;
    expect("{\"shape\": \"s\", \"dims\": {\"e\": 2024, \"r\": \"*\"}, \"totals\": {\"r\": [\"F\"]}, \"lang\": \"en\","
           " \"rounding\": \"floor\", \"figures\": {\"a\": \"/{r}\"}}",
           "{\"B\": \"1.5 %\", \"F\": 2}", "a[e=2024, r=B]=[1.5, 1.6) %@1:8\na[e=2024, r=F*]=2@1:21\n");
    expect("{\"shape\": \"s\", \"figures\": {\"a\": [\"/m\", {\"path\": \"/f\", \"unit\": \"M€\", \"decimals\": -6, "
           "\"dims\": {\"sex\": \"f\"}}], \"b\": {\"path\": \"/m\", \"exact\": true, \"unit\": \"%\"}}}",
           "{\"m\": 1, \"f\": 43}", "a[]=1@1:7\nb[]=1 %@1:7\na[sex=f]=[42500000, 43500000] M€@1:15\n");
    expect("{\"shape\": \"s\", \"figures\": {\"a\": \"/x\", \"b\": \"/y\"}}", "{\"x\": {}, \"z\": 1}",
           "data:1:7: \"a\" is an object; it should be a number, a text or null\n"
           "warning shape:1:44: \"/y\" has matched nothing\n");
}

static void rows(void **state)
{
    (void)state;
    expect("{\"shape\": \"s\", \"rows\": \"/d/{year}\", \"id\": \"@i\", \"value\": \"@f/v\", \"unit\": \"@u\","
           " \"dims\": {\"r\": \"@r\", \"e\": \"x\"}, \"totals\": {\"r\": [\"F\"]}}",
           "{\"d\": {\"2024\": [{\"i\": \"a\", \"f\": {\"v\": 1}, \"u\": \"€\", \"r\": \"B\"},\n"
           "{\"i\": 5, \"f\": {\"v\": \"2,0\"}, \"u\": null, \"r\": \"F\"},\n"
           "{\"i\": \"a\", \"f\": {\"v\": null}, \"r\": null}, {\"i\": \"a\", \"r\": \"C\"}]}}",
           "a[e=x, r=B, year=2024]=[0.5, 1.5] €@1:39\n5[e=x, r=F*, year=2024]=[1.95, 2.05]@2:22\n"
           "a[e=x, year=2024]=nothing@3:23\na[e=x, r=C, year=2024]=nothing@3:42\n");
    expect("{\"shape\": \"s\", \"rows\": \"\", \"id\": \"a\", \"value\": \"@v\", \"label\": \"@l\"}",
           "{\"k\": {\"v\": 1}, \"l\": [], \"m\": {\"v\": true}}",
           "a[]=1@1:13\ndata:1:22: a row is an array; it should be an object\n"
           "data:1:37: \"a\" is true; it should be a number, a text or null\n"
           "warning shape:1:63: \"@l\" has matched nothing\n");
    expect("{\"shape\": \"s\", \"rows\": \"/d\", \"id\": \"@i\", \"value\": \"@v\"}",
           "{\"d\": [{\"v\": 1}, {\"i\": {}}]}",
           "data:1:8: this row has no id\ndata:1:24: \"i\" is an object; it should be a text\n");
}

static void wrong(void **state)
{
    (void)state;
    static const struct {
        const char *shape, *problem;
    } cases[] = {
        {PATH("a"), "shape:1:34: a path starts with a /\n"},
        {PATH("/x{"), "shape:1:37: a } is missing\n"},
        {PATH("/{a"), "shape:1:37: a } is missing\n"},
        {PATH("/{a/b}"), "shape:1:37: a } is missing\n"},
        {PATH("/a}"), "shape:1:36: a { is missing\n"},
        {PATH("/{}"), "shape:1:36: the name of a dim is missing\n"},
        {PATH("/{=@x}"), "shape:1:36: the name of a dim is missing\n"},
        {PATH("/{a=b}"), "shape:1:38: a @ and the name of a member stand behind the =\n"},
        {PATH("/{a@b}"), "shape:1:37: a dim is {name}, {@member} or {name=@member}\n"},
        {PATH("/{@}"), "shape:1:37: the name of a member is missing\n"},
        {PATH("/{@a/}"), "shape:1:39: the name of a member is missing\n"},
        {PATH("/{@a"), "shape:1:38: a } is missing\n"},
        {PATH("/{a,b}"), "shape:1:38: a key can be the value of one dim only\n"},
        {PATH("/{a}/{a}"), "shape:1:40: the dim \"a\" is taken twice\n"},
        {PATH("/{a}{b}"), "shape:1:38: a part of a path has one pair of braces at most\n"},
        {PATH("/~"), "shape:1:35: in a path ~0 stands for ~, and ~1 for /: nothing else follows a ~\n"},
        {"[]", "shape:1:1: a shape is a list; it should be an object\n"},
        {"{\"shape\": \"s\", \"fro\": 1}", "shape:1:23: unknown member \"fro\": did you mean \"for\"?\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        expect(cases[i].shape, "{}", cases[i].problem);
}

static void files(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *path, *dims; /* dims NULL: not for it */
    } cases[] = {
        {"a.json", "a.json", ""},
        {"a.json", "./a.json", ""},
        {"a.json", "x/y/a.json", ""},
        {"a.json", "xa.json", NULL},
        {"a.json", "a.json/b", NULL},
        {"**/a.json", "a.json", ""},
        {"**/a.json", "x/y/a.json", ""},
        {"**/indic-{period}.json", "/data/indic-2024.json", "period=2024"},
        {"**/indic-{period}.json", "indic-.json", NULL},
        {"{year}/*.json", "data/2024/x.json", "year=2024"},
        {"{year}/{region}.json", "2024/B.json", "region=B,year=2024"},
        {"{a}-{b}.json", "x-y-z.json", "a=x,b=y-z"},
        {"x/**/{n}.json", "x/n.json", "n=n"},
        {"x/**/{n}.json", "x/a/b/n.json", "n=n"},
        {"x/{n}.json", "x/a/n.json", NULL},
        {"x/**", "x/a/n.json", ""},
        {"/x/*.json", "x/n.json", NULL},
        {"/x/*.json", "/x/n.json", ""},
        {"*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena arena = {0};
        struct str text =
            str_format(&arena, "{\"shape\": \"s\", \"for\": \"%s\", \"figures\": {\"a\": \"\"}}", cases[i].pattern);
        struct fixture f = fixture(&arena, text.ptr, STR("1"));
        struct shape *shape = shape_read(&arena, &f.shape, &f.lexicons, &f.problems);
        struct dims dims;
        struct buf got = {.arena = &arena};
        assert_non_null(shape);
        bool is_for = shape_is_for(shape, &arena, str_from(cases[i].path), &dims);
        assert_int_equal(is_for, cases[i].dims != NULL);
        for (size_t j = 0; is_for && j < dims.count; j++)
            buf_addf(&got, "%s%.*s=%.*s", j ? "," : "", STR_ARG(dims.items[j].name), STR_ARG(dims.items[j].value));
        if (is_for)
            assert_string_equal(str_z(&arena, buf_str(&got)), cases[i].dims);
        arena_free(&arena);
    }
}

/* Figures of `count` elements, by `paths` paths that share their way. */
static size_t found(size_t count, size_t paths)
{
    struct arena arena = {0};
    struct buf shape = {.arena = &arena}, data = {.arena = &arena};
    buf_add(&shape, STR("{\"shape\": \"s\", \"figures\": {"));
    for (size_t i = 0; i < paths; i++)
        buf_addf(&shape, "%s\"f%zu\": \"/{@d}/m%zu\"", i ? ", " : "", i, i);
    buf_add(&shape, STR("}}"));
    buf_add_char(&data, '[');
    for (size_t i = 0; i < count; i++)
        buf_addf(&data, "%s{\"d\": %zu, \"m0\": 1, \"m1\": 2}", i ? "," : "", i);
    buf_add_char(&data, ']');
    struct fixture f = fixture(&arena, str_z(&arena, buf_str(&shape)), buf_str(&data));
    struct dataset_reader reader = {.arena = &arena, .problems = &f.problems, .lexicons = &f.lexicons};
    struct diag diag = {.arena = &arena};
    struct scan scan;
    struct shape *read = shape_read(&arena, &f.shape, &f.lexicons, &f.problems);
    assert_true(scan_read(&arena, &f.data, &scan, &diag));
    size_t figures = shape_apply(read, &reader, &scan, 0, (struct dims){0})->count;
    arena_free(&arena);
    return figures;
}

/* A cost of elements times paths would be 10^9 steps here. */
static void linear(void **state)
{
    (void)state;
    clock_t start = clock();
    assert_int_equal(found(30000, 30000), 60000);
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths), cmocka_unit_test(members), cmocka_unit_test(heads),  cmocka_unit_test(rows),
        cmocka_unit_test(wrong), cmocka_unit_test(files),   cmocka_unit_test(linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
