/* pack: the members of packs and rules, includes, and errors with their places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rule/pack.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define assert_str(actual, expected)                                                                                   \
    do {                                                                                                               \
        struct str actual_str = (actual);                                                                              \
        if (!str_equal(actual_str, str_from(expected)))                                                                \
            fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(actual_str), expected);                                         \
    } while (0)

/* A folder of packs, and what reading one of them gave. */
struct folder {
    struct arena arena;
    struct patterns patterns;
    struct lexicons lexicons;
    struct pack_context context;
    struct problems problems;
    struct pack *packs;
    size_t count;
    char path[32];
    char names[4][32];
    size_t name_count;
};

static void open_folder(struct folder *f)
{
    *f = (struct folder){.path = "/tmp/pack.XXXXXX"};
    assert_non_null(mkdtemp(f->path));
    f->patterns.arena = f->lexicons.arena = f->problems.arena = &f->arena;
    f->context = (struct pack_context){.arena = &f->arena, .patterns = &f->patterns, .lexicons = &f->lexicons};
}

static const char *path_of(struct folder *f, const char *name)
{
    return str_format(&f->arena, "%s/%s", f->path, name).ptr;
}

static void add(struct folder *f, const char *name, const char *text)
{
    FILE *file = fopen(path_of(f, name), "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    snprintf(f->names[f->name_count++], sizeof f->names[0], "%s", name);
}

static void read_pack(struct folder *f, const char *name)
{
    f->packs = pack_read(&f->context, str_from(path_of(f, name)), &f->count, &f->problems);
}

static void close_folder(struct folder *f)
{
    for (size_t i = 0; i < f->name_count; i++)
        unlink(path_of(f, f->names[i]));
    rmdir(path_of(f, "sub"));
    rmdir(f->path);
    patterns_free(&f->patterns);
    arena_free(&f->arena);
}

/* "LINE:COLUMN text", with the folder left out. */
static void expect_problem(struct folder *f, size_t index, const char *expected)
{
    assert_true(index < f->problems.count);
    const struct diag *d = &f->problems.items[index];
    struct str found =
        str_format(&f->arena, "%zu:%zu %.*s", d->position.line, d->position.column, STR_ARG(d->message.text));
    struct buf out = {.arena = &f->arena};
    struct str prefix = str_format(&f->arena, "%s/", f->path);
    while (found.len) {
        buf_add(&out, str_cut(&found, prefix));
    }
    assert_str(buf_str(&out), expected);
}

static void every_member(void **state)
{
    (void)state;
    struct folder f;
    open_folder(&f);
    add(&f, "a.json",
        "{\"$schema\": \"x\", \"pack\": \"anct-2024\", \"title\": \"T\", \"lang\": \"fr\", \"note\": \"N\", \"rules\": "
        "[\n"
        "{\"id\": \"sum\", \"check\": \"a + b = c\", \"when\": \"a > 0\", \"severity\": \"warning\", \"why\": \"W\",\n"
        " \"message\": \"{a} and {b}: {gap}\", \"optional\": true, \"note\": \"n\",\n"
        " \"examples\": {\"good\": [{\"a\": 1}], \"bad\": []}},\n"
        "{\"id\": \"label-end\", \"pattern\": \"[.;,]$\", \"in\": \"label\", \"expect\": \"no-match\", \"kind\": "
        "\"style\"},\n"
        "{\"id\": \"whole\", \"pattern\": \"(?<a>[0-9]+)\", \"in\": \"document\", \"check\": \"a > 0\"},\n"
        "{\"id\": \"dont\", \"lang\": \"en\", \"text\": \"{total} … dont {a}\", \"check\": \"a <= total\"}]}");
    read_pack(&f, "a.json");
    assert_int_equal(f.problems.count, 0);
    assert_int_equal(f.count, 1);
    const struct pack *pack = &f.packs[0];
    assert_str(pack->name, "anct-2024");
    assert_str(pack->title, "T");
    assert_str(pack->lang, "fr");
    assert_str(pack->note, "N");
    assert_str(lexicon_lang(pack->lexicon), "fr");
    assert_false(pack->built_in);
    assert_int_equal(pack->count, 4);
    const struct rule *rule = &pack->rules[0];
    assert_str(rule->id, "anct-2024/sum");
    assert_str(rule->lang, "fr");
    assert_str(rule->check_text, "a + b = c");
    assert_int_equal(rule->check->op, EXPR_EQ);
    assert_int_equal(rule->when->op, EXPR_GT);
    assert_int_equal(rule->severity, SEVERITY_WARNING);
    assert_int_equal(rule->kind, KIND_SUM);
    assert_str(rule->message, "{a} and {b}: {gap}");
    assert_str(rule->why, "W");
    assert_true(rule->optional);
    assert_int_equal(rule->examples->type, JSON_RECORD);
    assert_ptr_equal(rule->node, &rule->node->parent->items[0]);
    rule = &pack->rules[1];
    assert_non_null(rule->pattern);
    assert_str(rule->in, "label");
    assert_int_equal(rule->expect, EXPECT_NO_MATCH);
    assert_int_equal(rule->kind, KIND_STYLE);
    assert_int_equal(rule->severity, SEVERITY_ERROR);
    assert_int_equal(rule->examples->type, JSON_NONE);
    assert_null(rule->check);
    assert_int_equal(pack->rules[2].kind, KIND_RANGE);
    rule = &pack->rules[3];
    assert_str(rule->lang, "en");
    assert_str(rule->text, "{total} … dont {a}");
    assert_str(rule->in, "document");
    close_folder(&f);
}

static void language_of_literals(void **state)
{
    (void)state;
    struct folder f;
    open_folder(&f);
    add(&f, "a.json",
        "{\"pack\": \"p\", \"rules\": [{\"id\": \"a\", \"check\": \"2.800 = 2800\"},"
        " {\"id\": \"b\", \"lang\": \"en\", \"check\": \"2.800 = 2,800\"}]}");
    read_pack(&f, "a.json");
    assert_int_equal(f.problems.count, 0);
    assert_int_equal(f.packs[0].rules[0].lang.len, 0);
    static const char *const left[] = {"2800", "2.8"};
    for (size_t i = 0; i < 2; i++)
        assert_str(number_write(&f.arena, f.packs[0].rules[i].check->args[0]->notation.value), left[i]);
    assert_str(number_write(&f.arena, f.packs[0].rules[1].check->args[1]->notation.value), "2800");
    close_folder(&f);
}

static void rules_in_error(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *problem; /* the rule stands at 2:1 */
    } cases[] = {
        {"5", "2:1 a number where a rule is expected"},
        {"{\"check\": \"a = b\"}", "2:1 the member 'id' is missing"},
        {"{\"id\": 5}", "2:8 id: a number where a text is expected"},
        {"{\"id\": \"\"}", "2:8 id: the text is empty"},
        {"{\"id\": \"é a\"}", "2:10 id: a name is made of letters, digits, '-', '_' and '.'"},
        {"{\"id\": \"ok\"}", "2:8 the id 'ok' is taken by another rule"},
        {"{\"id\": \"r\"}", "2:1 a rule has a 'check', a 'pattern' or a 'text'"},
        {"{\"id\": \"r\", \"severty\": \"note\", \"check\": \"a = b\"}",
         "2:24 unknown member 'severty' in a rule: did you mean 'severity'?"},
        {"{\"id\": \"r\", \"colour\": 1}", "2:23 unknown member 'colour' in a rule"},
        {"{\"id\": \"r\", \"check\": [\"a = b\"]}", "2:22 check: a list where a text is expected"},
        {"{\"id\": \"r\", \"check\": \"\\u00e9t\\u00e9 + = b\"}",
         "2:39 check: expected a number, a name or '(', found '='"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"when\": \"a\"}",
         "2:41 when: a check compares: expected =, !=, <, <=, > or >="},
        {"{\"id\": \"r\", \"pattern\": \"a\\\\d(b\", \"in\": \"label\", \"expect\": \"match\"}",
         "2:31 pattern: missing closing parenthesis"},
        {"{\"id\": \"r\", \"pattern\": \"a\", \"expect\": \"match\"}",
         "2:1 a pattern needs 'in': \"document\", or the member that it is looked for in"},
        {"{\"id\": \"r\", \"pattern\": \"a\", \"in\": \"label\"}",
         "2:1 nothing is judged: a pattern or text needs 'expect' or a 'check'"},
        {"{\"id\": \"r\", \"text\": \"{a}\"}", "2:1 nothing is judged: a pattern or text needs 'expect' or a 'check'"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"in\": \"label\"}", "2:37 'in' goes with a pattern"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"expect\": \"match\"}", "2:41 'expect' goes with a pattern or a text"},
        {"{\"id\": \"r\", \"pattern\": \"a\", \"in\": \"label\", \"text\": \"b\", \"expect\": \"match\"}",
         "2:52 a rule has a 'pattern' or a 'text', not both"},
        {"{\"id\": \"r\", \"pattern\": \"a\", \"in\": \"label\", \"expect\": \"no match\"}",
         "2:54 expect: unknown 'no match': did you mean 'no-match'?"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"severity\": \"fatal\"}",
         "2:43 severity: unknown 'fatal'; there are note, warning, error"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"kind\": \"grwth\"}",
         "2:39 kind: unknown 'grwth': did you mean 'growth'?"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"optional\": 1}",
         "2:43 optional: a number where true or false is expected"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"lang\": \"xx\"}", NULL},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"message\": \"é {a\"}", "2:45 message: a '{' without its '}'"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"message\": \"a}\"}", "2:44 message: a '}' without its '{'"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"message\": \"{a{b}\"}", "2:45 message: a '{' without its '}'"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"message\": \"{}\"}",
         "2:43 message: no name stands between '{' and '}'"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"examples\": []}",
         "2:43 examples: a list where { \"good\": [], \"bad\": [] } is expected"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"examples\": {\"good\": 1}}",
         "2:52 examples: a number where a list is expected"},
        {"{\"id\": \"r\", \"check\": \"a = b\", \"examples\": {\"goood\": []}}",
         "2:53 unknown member 'goood' in the examples: did you mean 'good'?"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct folder f;
        open_folder(&f);
        add(&f, "a.json",
            str_format(&f.arena,
                       "{\"pack\": \"p\", \"rules\": [{\"id\": \"ok\", \"check\": \"a = b\"},\n%s,\n"
                       "{\"id\": \"last\", \"check\": \"a = b\"}]}",
                       cases[i].rule)
                .ptr);
        read_pack(&f, "a.json");
        assert_int_equal(f.problems.count, 1);
        if (cases[i].problem)
            expect_problem(&f, 0, cases[i].problem);
        assert_int_equal(f.count, 1);
        assert_int_equal(f.packs[0].count, 2);
        assert_str(f.packs[0].rules[1].id, "p/last");
        close_folder(&f);
    }
}

static void packs_in_error(void **state)
{
    (void)state;
    static const struct {
        const char *pack, *problem;
        size_t count;
    } cases[] = {
        {"[]", "1:1 this is no pack: { \"pack\": name, \"rules\": [] } is expected", 0},
        {"{\"rules\": []}", "1:1 this is no pack: { \"pack\": name, \"rules\": [] } is expected", 0},
        {"{\"pack\": 5, \"rules\": []}", "1:10 pack: a number where a text is expected", 0},
        {"{\"pack\": \"a/b\", \"rules\": []}", "1:12 pack: a name is made of letters, digits, '-', '_' and '.'", 0},
        {"{\"pack\": \"p\", \"rules\": {}}", NULL, 0},
        {"{\"pack\": \"p\"}", "1:1 the member 'rules' is missing", 0},
        {"{\"pack\": \"p\", \"lang\": \"xx\", \"rules\": []}", NULL, 0},
        {"{\"pack\": \"p\",", NULL, 0},
        {"{\"pack\": \"p\", \"title\": 1, \"rules\": []}", "1:24 title: a number where a text is expected", 0},
        {"{\"pack\": \"p\", \"rule\": [], \"rules\": []}",
         "1:23 unknown member 'rule' in a pack: did you mean 'rules'?", 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct folder f;
        open_folder(&f);
        add(&f, "a.json", cases[i].pack);
        read_pack(&f, "a.json");
        assert_int_equal(f.problems.count, 1);
        assert_int_equal(f.problems.items[0].position.line, 1);
        if (cases[i].problem)
            expect_problem(&f, 0, cases[i].problem);
        assert_int_equal(f.count, cases[i].count);
        close_folder(&f);
    }
    struct folder f;
    open_folder(&f);
    read_pack(&f, "none.json");
    assert_int_equal(f.count, 0);
    assert_int_equal(f.problems.count, 1);
    assert_int_equal(f.problems.items[0].position.line, 0);
    close_folder(&f);
}

static void includes(void **state)
{
    (void)state;
    struct folder f;
    open_folder(&f);
    assert_int_equal(mkdir(path_of(&f, "sub"), 0700), 0);
    add(&f, "a.json", "{\"pack\": \"a\", \"include\": [\"b\", \"./sub//c.json\"], \"rules\": []}");
    add(&f, "b.json", "{\"pack\": \"b\", \"include\": \"sub/c\", \"rules\": [{\"id\": \"r\", \"check\": \"x = y\"}]}");
    add(&f, "sub/c.json", "{\"pack\": \"c\", \"include\": \"d\"}");
    add(&f, "sub/d.json", "{\"pack\": \"d\", \"rules\": []}");
    read_pack(&f, "a.json");
    assert_int_equal(f.problems.count, 0);
    assert_int_equal(f.count, 4);
    static const char *const names[] = {"a", "b", "c", "d"};
    for (size_t i = 0; i < 4; i++)
        assert_str(f.packs[i].name, names[i]);
    close_folder(&f);
}

static void includes_in_error(void **state)
{
    (void)state;
    static const struct {
        const char *include, *problem;
    } cases[] = {
        {"\"a\"", "2:1 include goes in a circle: a.json, a.json"},
        {"[\"b\"]", "2:2 include goes in a circle: b.json, a.json, b.json"},
        {"\"../b\"", "2:1 include: '../b' is not the name of a file beside this one"},
        {"\"sub/../b\"", "2:1 include: 'sub/../b' is not the name of a file beside this one"},
        {"\"/etc/passwd\"", "2:1 include: '/etc/passwd' is not the name of a file beside this one"},
        {"\"sub/\"", "2:1 cannot include 'sub.json': No such file or directory"},
        {"\".\"", "2:1 include: '.' is not the name of a file beside this one"},
        {"\"\"", "2:1 include: '' is not the name of a file beside this one"},
        {"5", "2:1 include: a number where the name of a pack is expected"},
        {"[[]]", "2:2 include: a list where the name of a pack is expected"},
        {"\"none\"", "2:1 cannot include 'none.json': No such file or directory"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct folder f;
        open_folder(&f);
        add(&f, "b.json", "{\"pack\": \"b\", \"include\": \"a\", \"rules\": []}");
        add(&f, "a.json",
            str_format(&f.arena, "{\"pack\": \"a\", \"rules\": [], \"include\":\n%s}", cases[i].include).ptr);
        read_pack(&f, i == 1 ? "b.json" : "a.json");
        assert_int_equal(f.problems.count, 1);
        expect_problem(&f, 0, cases[i].problem);
        assert_int_equal(f.count, i == 1 ? 2 : 1);
        close_folder(&f);
    }
}

static void kinds_told_from_the_form(void **state)
{
    (void)state;
    static const struct {
        const char *check;
        enum finding_kind kind;
    } cases[] = {
        {"a + b = c", KIND_SUM},
        {"c = a - b", KIND_SUM},
        {"sum(x over region) = x[region=total]", KIND_SUM},
        {"a + b = c within 1 %", KIND_SUM},
        {"592 + 354 = 946", KIND_SUM},
        {"maisons.bus <= maisons", KIND_PART_OF},
        {"a + b <= total", KIND_PART_OF},
        {"total >= a >= b", KIND_PART_OF},
        {"0 <= x <= 100 %", KIND_RANGE},
        {"share(a; b) = c", KIND_SHARE},
        {"a / b = 80 %", KIND_SHARE},
        {"80 % = a / b", KIND_SHARE},
        {"growth(a; b) = c", KIND_GROWTH},
        {"mean(a; b) = c", KIND_AVERAGE},
        {"a * b = c", KIND_RATIO},
        {"a / b = c", KIND_RATIO},
        {"a = b", KIND_RULE},
        {"a != b", KIND_RULE},
        {"a = b or b <= c", KIND_RULE},
        {"if a > b then a + b = c", KIND_SUM},
    };
    struct folder f;
    open_folder(&f);
    struct buf text = {.arena = &f.arena};
    for (size_t i = 0; i < COUNT(cases); i++)
        buf_addf(&text, "%s{\"id\": \"r%zu\", \"check\": \"%s\"}", i ? ", " : "", i, cases[i].check);
    buf_addf(&text, ", {\"id\": \"p\", \"pattern\": \"a\", \"in\": \"label\", \"expect\": \"match\"}");
    add(&f, "a.json", str_format(&f.arena, "{\"pack\": \"p\", \"rules\": [%.*s]}", STR_ARG(buf_str(&text))).ptr);
    read_pack(&f, "a.json");
    assert_int_equal(f.problems.count, 0);
    for (size_t i = 0; i < COUNT(cases); i++)
        if (f.packs[0].rules[i].kind != cases[i].kind)
            fail_msg("%s: %.*s", cases[i].check, STR_ARG(finding_kind_name(f.packs[0].rules[i].kind)));
    assert_int_equal(f.packs[0].rules[COUNT(cases)].kind, KIND_PATTERN);
    close_folder(&f);
}

static void names_of_severities_and_kinds(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SEVERITY_COUNT; i++) {
        enum severity found;
        assert_true(severity_from_name(severity_name((enum severity)i), &found));
        assert_int_equal(found, i);
    }
    for (unsigned i = 0; i < KIND_COUNT; i++) {
        enum finding_kind found;
        assert_true(finding_kind_from_name(finding_kind_name((enum finding_kind)i), &found));
        assert_int_equal(found, i);
    }
    enum severity severity;
    enum finding_kind kind;
    assert_false(severity_from_name(STR("fatal"), &severity));
    assert_false(finding_kind_from_name(STR(""), &kind));
}

static void packs_built_in(void **state)
{
    (void)state;
    struct folder f;
    open_folder(&f);
    f.packs = pack_built_in(&f.context, STR("rules/none.json"), &f.count, &f.problems);
    assert_int_equal(f.count, 0);
    assert_int_equal(f.problems.count, 1);
    expect_problem(&f, 0, "0:0 no pack of this name is built in");
    close_folder(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member),
        cmocka_unit_test(language_of_literals),
        cmocka_unit_test(rules_in_error),
        cmocka_unit_test(packs_in_error),
        cmocka_unit_test(includes),
        cmocka_unit_test(includes_in_error),
        cmocka_unit_test(kinds_told_from_the_form),
        cmocka_unit_test(names_of_severities_and_kinds),
        cmocka_unit_test(packs_built_in),
    };
    return cmocka_run_group_tests_name("pack", tests, NULL, NULL);
}
