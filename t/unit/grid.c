/* grid: a figure for each cell, with its dims and its place; what is wrong with a grid, and that the rest is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "figure/dataset.h"

static void expect(const char *text, const char *expected)
{
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    struct source source = {.name = STR("d"), .bytes = str_from(text)};
    struct lexicons lexicons = {.arena = &arena};
    struct dataset_reader reader = {.arena = &arena, .problems = &problems, .lexicons = &lexicons};
    struct diag diag = {.arena = &arena};
    struct buf out = {.arena = &arena};
    struct scan scan;
    assert_true(scan_read(&arena, &source, &scan, &diag));
    const struct dataset *dataset = dataset_read(&reader, &scan, 0);
    for (size_t i = 0; i < dataset->count; i++) {
        const struct figure *figure = &dataset->figures[i];
        struct str value = figure->missing ? STR("nothing") : interval_write(&arena, figure->interval);
        buf_addf(&out, "%.*s[", STR_ARG(figure->id));
        for (size_t j = 0; j < figure->dims.count; j++)
            buf_addf(&out, "%s%.*s%s", j ? "," : "", STR_ARG(figure->dims.items[j].value),
                     figure->dims.items[j].total ? "*" : "");
        buf_addf(&out, "]=%.*s@%zu ", STR_ARG(value), source_position(&arena, &source, figure->place.start).column);
    }
    for (size_t i = 0; i < problems.count; i++)
        buf_addf(&out, "%zu: %.*s. ", problems.items[i].position.column, STR_ARG(problems.items[i].message.text));
    assert_string_equal(str_z(&arena, buf_str(&out)), expected);
    arena_free(&arena);
}

#define GRID(members) "{\"figures\": [{\"grid\": \"g\", " members "}]}"
#define TWO "\"dims\": [\"z\", \"a\"], \"columns\": [\"1\", 2]"

static void cells(void **state)
{
    (void)state;
    expect(GRID(TWO ", \"rows\": {\"x\": [1, \"2,0\"], \"y\": [null, \"n.d.\"]}"),
           "g[1,x]=1@84 g[2,x]=[1.95, 2.05]@88 g[1,y]=nothing@101 g[2,y]=nothing@108 ");
    expect(GRID("\"dims\": [\"z\"], \"rows\": {\"x\": 1, \"y\": \"2 800\"}"), "g[x]=1@57 g[y]=2800@66 ");
    expect(GRID(TWO ", \"decimals\": -1, \"unit\": \"€\", \"rows\": {\"x\": [10, 20]}"),
           "g[1,x]=[5, 15]@113 g[2,x]=[15, 25]@117 ");
    expect(GRID(TWO ", \"rows\": {}"), "");
}

static void dims(void **state)
{
    (void)state;
    expect("{\"dims\": {\"a\": \"0\", \"m\": \"k\"}, \"totals\": {\"z\": [\"x\"]}, \"figures\": [{\"grid\": \"g\", "
           "\"dims\": [\"z\"], \"fixed\": {\"a\": 5}, \"rows\": {\"x\": 1, \"y\": 2}}]}",
           "g[5,k,x*]=1@130 g[5,k,y]=2@138 ");
    expect(GRID(TWO ", \"totals\": {\"a\": [\"2\"], \"z\": [\"y\"]}, \"rows\": {\"x\": [1, 2], \"y\": [3, 4]}"),
           "g[1,x]=1@120 g[2*,x]=2@123 g[1,y*]=3@133 g[2*,y*]=4@136 ");
}

static void wrong(void **state)
{
    (void)state;
    expect(GRID(TWO ", \"rows\": {\"x\": [1], \"y\": 2, \"z\": [true, 3]}"),
           "g[2,z]=3@108 83: the row \"x\" has 1 cell for 2 columns. "
           "93: \"y\" is a number; it should be a list of cells, one for each column. "
           "102: \"g\" is true; it should be a number, a text or null. ");
    expect(GRID("\"dims\": [\"z\", \"a\"], \"rows\": {}"),
           "14: a grid of two dims needs \"columns\": the values of the second. ");
    expect(GRID("\"dims\": [\"z\"], \"columns\": [1], \"rows\": {}"),
           "54: a grid of one dim has no columns: each row is its one cell. ");
    expect(GRID("\"dims\": [], \"rows\": {}"), "36: a grid has one dim or two, and this none. ");
    expect(GRID("\"dims\": [\"z\", \"z\"], \"columns\": [1], \"rows\": {}"),
           "36: the rows and the columns of a grid have two different dims. ");
    expect(GRID("\"dims\": [\"z\", 5], \"columns\": [1], \"rows\": {}"), "42: the dims of a grid are texts. ");
    expect(GRID("\"dims\": [\"z\", \"a\"], \"columns\": [1, \"1\"], \"rows\": {}"),
           "63: the column \"1\" stands twice. ");
    expect(GRID(TWO ", \"totals\": {\"z\": [\"q\", \"x\"], \"a\": [3]}, \"rows\": {\"x\": [1, 2]}"),
           "103: a dim's totals are a list of texts. ");
    expect(GRID(TWO ", \"totals\": {\"z\": [\"q\"], \"b\": [\"1\"]}, \"rows\": {\"x\": [1, 2]}"),
           "86: the total \"q\" is no row of this grid. 92: \"b\" is no dim of this grid. ");
    expect(GRID("\"dims\": [\"z\"], \"fixed\": {\"z\": 1}, \"rows\": {\"x\": 1}"),
           "52: \"z\" is the dim of the rows. ");
    expect(GRID("\"dims\": [\"z\"]"), "14: a grid needs \"rows\". ");
    expect(GRID("\"rows\": {}"), "14: a grid needs \"dims\": the dim of the rows and that of the columns. ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells), cmocka_unit_test(dims), cmocka_unit_test(wrong)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
