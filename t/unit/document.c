/* Documents of each type: their blocks, tables and opaque parts, and that the map leads back to the right bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "read/document.h"

struct test {
    struct arena arena;
    struct diag diag;
    struct source source;
    struct document document;
};

static int set_up(void **state)
{
    static struct test test;
    test = (struct test){0};
    test.diag.arena = &test.arena;
    *state = &test;
    return 0;
}

static int tear_down(void **state)
{
    arena_free(&((struct test *)*state)->arena);
    return 0;
}

static void read_bytes(struct test *t, const char *type, struct str bytes, const char *encoding)
{
    t->source = (struct source){.name = STR("draft"), .bytes = bytes};
    if (!document_read(&t->arena, &t->source, str_from(type), str_from(encoding), &t->document, &t->diag))
        fail_msg("%.*s", STR_ARG(t->diag.message.text));
    const struct document *d = &t->document;
    for (size_t i = 0; i < d->run_count; i++) {
        assert_true(i ? d->runs[i].text > d->runs[i - 1].text : d->runs[i].text == 0);
        assert_in_range(d->runs[i].input + d->runs[i].input_length, 0, d->input.text.len);
    }
}

static void read_as(struct test *t, const char *type, const char *text) { read_bytes(t, type, str_from(text), ""); }

/* Each block on a line: the first letter of its kind, the level of a title, its text; opaque parts in braces. */
static const char *outline(struct test *t)
{
    static const char kinds[] = "PTIQCKX"; /* K: caption, X: code */
    const struct document *d = &t->document;
    struct buf out = {.arena = &t->arena};
    for (size_t i = 0; i < d->block_count; i++) {
        const struct block *block = &d->blocks[i];
        buf_addf(&out, "%s%c", i ? "|" : "", kinds[block->kind]);
        if (block->kind == BLOCK_TITLE)
            buf_addf(&out, "%u", block->level);
        buf_add_char(&out, ' ');
        for (size_t at = block->start; at < block->end; at++) {
            bool before = at > block->start && document_is_opaque(d, at - 1, at),
                 now = document_is_opaque(d, at, at + 1);
            buf_addf(&out, "%s%s%c", before && !now ? "}" : "", now && !before ? "{" : "", d->text.ptr[at]);
        }
        if (document_is_opaque(d, block->end - 1, block->end))
            buf_add_char(&out, '}');
    }
    return buf_str(&out).ptr;
}

static void assert_outline(struct test *t, const char *type, const char *source, const char *expected)
{
    read_as(t, type, source);
    assert_string_equal(outline(t), expected);
}

/* What stands in the source where `needle` stands in the text. */
static void assert_place(struct test *t, const char *needle, const char *expected)
{
    struct document *d = &t->document;
    size_t at = str_find(d->text, str_from(needle));
    if (at == d->text.len)
        fail_msg("\"%s\" is not in \"%.*s\"", needle, STR_ARG(d->text));
    struct place place = document_place(d, at, at + strlen(needle));
    struct str there = str_part(d->source->bytes, place.start, place.end);
    struct str there_z = str_copy(&t->arena, there);
    assert_string_equal(there_z.ptr, expected);
}

static void text_has_blocks(void **state)
{
    struct test *t = *state;
    assert_outline(t, "text", "Un titre\n\nUne phrase. Elle a\n- 5 ans.\r\n\r\nFin",
                   "T2 Un titre|P Une phrase. Elle a - 5 ans.|P Fin");
    assert_outline(t, "text", "Titre\n=====\nLa suite\n-----\n", "T1 Titre|T2 La suite");
    assert_outline(t, "text", "On compte :\n- 2 800 maisons\n• 80 %\n  des lieux\n\n1. un\n2) deux\n",
                   "P On compte :|I 2 800 maisons|I 80 % des lieux|I un|I deux");
    assert_outline(t, "text", "2. 5 maisons\n\n2 800 maisons", "I 5 maisons|P 2 800 maisons");
    assert_outline(t, "text", "> cité\n> encore\n\n\n", "Q cité encore");
    assert_outline(t, "text", " \n\t\n", "");
}

static void text_joins_numbers_over_lines(void **state)
{
    struct test *t = *state;
    read_as(t, "text",
            "Soit 2\n800 maisons, 33\r\n  000 lieux.\rEt 1\xc2\xad"
            "2.");
    assert_string_equal(outline(t), "P Soit 2 800 maisons, 33 000 lieux. Et 12.");
    assert_place(t, "2 800", "2\n800");
    assert_place(t, "33 000", "33\r\n  000");
    assert_place(t, "lieux", "lieux");
    assert_place(t, "12",
                 "1\xc2\xad"
                 "2");
}

static void text_has_tables(void **state)
{
    struct test *t = *state;
    assert_outline(t, "text", "Région\t2023\t2024\nCorse\t\t9\n\n•\tItem", "C Région|C 2023|C 2024|C Corse|C 9|I Item");
    const struct table *table = &t->document.tables[0];
    assert_int_equal(table->rows, 2);
    assert_int_equal(table->columns, 3);
    assert_int_equal(table->cells[5].column, 2);
    assert_int_equal(table->cells[5].column_header, 2);
    assert_int_equal(table->cells[5].row_header, 3);
}

static void addresses_are_opaque(void **state)
{
    struct test *t = *state;
    assert_outline(t, "text", "Voir https://x.fr/a?b=12. Ou (www.insee.fr/9), a.b12@c.fr; 3 @ 4 :// w",
                   "P Voir {https://x.fr/a?b=12}. Ou ({www.insee.fr/9}), {a.b12@c.fr}; 3 @ 4 :// w");
    assert_outline(t, "html", "<p>Voir <a href='http://a/1'>12 lieux</a>, http://<b>x.fr</b>/8",
                   "P Voir 12 lieux, {http://x.fr/8}");
}

static void markdown_has_blocks(void **state)
{
    struct test *t = *state;
    assert_outline(t, "markdown",
                   "# A **b**\n\npara\nphe  \nici\n\n> cité\n\n- un\n  - deux\n\n1. trois\n\nSous\n---\n\n```\ncode "
                   "1\n\n 2\n```\n",
                   "T1 A b|P para phe\nici|Q cité|I un|I deux|I trois|T2 Sous|X {code 1\n2}");
    assert_outline(t, "markdown",
                   "---\nlang: fr\ntitle: 12\n---\nTexte ![alt 12](x.png) `x = 4` ~~592~~ 593 ~50 à (~60~)",
                   "P Texte {x = 4} 593 ~50 à (~60~)");
    assert_true(str_equal(t->document.lang, STR("fr")));
    assert_outline(t, "markdown", "Un <del>5</del><code>6</code> <b hidden>7</b><br>8 <s>", "P Un {6} 7\n8");
    assert_outline(t, "markdown", "a&nbsp;b \\*5\\* &unknown; &amp; &#8239; R&D",
                   "P a\u00a0b *5* &unknown; & \u202f R&D");
}

static void markdown_maps_to_bytes(void **state)
{
    struct test *t = *state;
    read_as(t, "markdown", "Soit **2** 800, _1_&nbsp;_600_, **près\nde** 97 %, 4\\.5 et **33**&#8239;**000** lieux\n");
    assert_place(t, "2 800", "2** 800");
    assert_place(t, "1\u00a0600", "1_&nbsp;_600");
    assert_place(t, "près de 97 %", "près\nde** 97 %");
    assert_place(t, "4.5", "4\\.5");
    assert_place(t, "33\u202f000", "33**&#8239;**000");
}

static void markdown_drops_footnote_marks(void **state)
{
    struct test *t = *state;
    assert_outline(t, "markdown",
                   "97 %[^2] et 33 000<sup>1</sup> lieux, 5<sup>e</sup>, m<sup>2</sup>\n\n[^2]: Champ : 3 500.",
                   "P 97 % et 33 000 lieux, 5e, m²|P Champ : 3 500.");
    assert_place(t, "33 000 lieux", "33 000<sup>1</sup> lieux");
    assert_place(t, "m²", "m<sup>2");
}

static void markdown_has_tables_and_html(void **state)
{
    struct test *t = *state;
    read_as(
        t, "markdown",
        "| Région | M€ |\n|---|--:|\n| Corse | **1**2 |\n\n<table>\n<tr><th>A\n\n<tr><td>4<b>3</b>\n</table>\n\nFin");
    assert_string_equal(outline(t), "C Région|C M€|C Corse|C 12|C A|C 43|P Fin");
    assert_int_equal(t->document.table_count, 2);
    assert_int_equal(t->document.tables[0].cells[3].column_header, 1);
    assert_int_equal(t->document.tables[0].cells[3].row_header, 2);
    read_as(t, "markdown", "> | |A\\|B|C|\n> |---|---|---|\n> |x||3|\n> |y| | 4\n> z|5\n\n||1|\n|---|---|\n||2");
    assert_string_equal(outline(t), "C A|B|C C|C x|C 3|C y|C 4|C z|C 5|C 1|C 2");
    static const size_t columns[] = {1, 2, 0, 2, 0, 2, 0, 1, 1, 1};
    for (size_t i = 0; i < t->document.block_count; i++) {
        const struct block *block = &t->document.blocks[i];
        assert_int_equal(t->document.tables[block->table].cells[block->cell].column, columns[i]);
    }
}

static void markdown_tables_map_to_bytes(void **state)
{
    struct test *t = *state;
    read_as(t, "markdown", "|A|\n|---|\n|**1**2|\n\n<p>4<b>3</b>");
    assert_place(t, "12", "1**2");
    assert_place(t, "43", "4<b>3");
}

static void html_has_blocks(void **state)
{
    struct test *t = *state;
    assert_outline(
        t, "html",
        "<html lang=fr><title>Rap&amp;port</title><style>p{1}</style><h2>Un <i>t</i></h2><p>a<br>b<div>c "
        "<p>d</div><ul><li>e<li>f</ul><blockquote>g</blockquote><figcaption>h</figcaption><dl><dt>i<dd>j</dl>",
        "T0 Rap&port|T2 Un t|P a\nb|P c|P d|I e|I f|Q g|K h|I i|I j");
    assert_true(str_equal(t->document.lang, STR("fr")));
    assert_outline(t, "html",
                   "<p>1 <code>x 2</code><span hidden>3</span><b style='color:red; DISPLAY: none'>4</b> "
                   "<del>5</del><script>6</script><!-- 7 --><select><option>8</select> 9<template>1</template>",
                   "P 1 {x 2} 9");
    assert_outline(t, "html", "<pre>a  b\n 12\n\nc</pre><pre><code>x  9</code></pre>", "P a  b\n12|P c|X {x  9}");
    assert_outline(t, "html", "<script/><title/><p>lisible", "P lisible");
}

static void html_maps_to_bytes(void **state)
{
    struct test *t = *state;
    read_as(t, "html",
            "<p>Soit <b>2</b>&#8239;<i>800</i>, 1&nbsp;600, 4</foo>2, 9 <!-- 0 -->3 &lt;7&#146;8 &nbsp12 <b>12</b>\n  "
            "000 5<7 R&D &eacute;t&eacute;\r\n fin");
    assert_string_equal(outline(t), "P Soit 2\u202f800, 1\u00a0600, 42, 9 3 <7’8 \u00a012 12 000 5<7 R&D été fin");
    assert_place(t, "2\u202f800", "2</b>&#8239;<i>800");
    assert_place(t, "1\u00a0600", "1&nbsp;600");
    assert_place(t, "42", "4</foo>2");
    assert_place(t, "9 3", "9 <!-- 0 -->3");
    assert_place(t, "<7’8", "&lt;7&#146;8");
    assert_place(t, "\u00a012", "&nbsp12");
    assert_place(t, "12 000", "12</b>\n  000");
    assert_place(t, "5<7", "5<7");
    assert_place(t, "été fin", "&eacute;t&eacute;\r\n fin");
}

static void html_tells_notes_from_exponents(void **state)
{
    struct test *t = *state;
    assert_outline(t, "html",
                   "<p>97&nbsp;%<sup>2</sup>, 33 000<sup>[1]</sup> lieux<sup>1, 3</sup>, 12<sup><a "
                   "href='#fn1'>a</a></sup>. 5<a href='#_ftn2'>[2]</a>!",
                   "P 97\u00a0%, 33 000 lieux, 12. 5!");
    assert_outline(t, "html", "<p><sup>1</sup> Champ : 12<p>1<sup>er</sup>, 5<sup>e</sup>, n<sup>o</sup> 3",
                   "P Champ : 12|P 1er, 5e, no 3");
    assert_outline(t, "html", "<p>250 km<sup>2</sup>, 3 &times; 10<sup>6</sup>, s<sup>-1</sup>, <a href='#t'>12</a>",
                   "P 250 km², 3 × 10⁶, s⁻¹, 12");
    assert_place(t, "10⁶", "10<sup>6");
}

static void html_has_tables(void **state)
{
    struct test *t = *state;
    read_as(t, "html",
            "<table><caption>Budget (en M€)</caption><tr><th rowspan=2>Région<th colspan=2>Montant<tr><th>2023<th>2024"
            "<tr><th rowspan=2>Corse<td>52<td><p>6<b>1</b><p>(p)<tr><td colspan=2>7</table><p>Fin");
    assert_string_equal(outline(t),
                        "K Budget (en M€)|C Région|C Montant|C 2023|C 2024|C Corse|C 52|C 61|C (p)|C 7|P Fin");
    const struct table *table = &t->document.tables[0];
    assert_int_equal(table->rows, 4);
    assert_int_equal(table->columns, 3);
    assert_int_equal(table->caption, 0);
    assert_int_equal(t->document.blocks[0].table, 0);
    assert_int_equal(table->cells[1].column_span, 2);
    assert_int_equal(table->cells[3].column, 2); /* "2024", pushed right by "Région" */
    const struct cell *cell = &table->cells[6];  /* 61 */
    assert_int_equal(cell->row, 2);
    assert_int_equal(cell->column, 2);
    assert_int_equal(cell->column_header, 3);
    assert_int_equal(table->cells[3].column_header, 1);
    assert_int_equal(cell->row_header, 4);
    assert_int_equal(table->cells[7].column, 1);
    assert_int_equal(table->cells[7].row_header, 4); /* which reaches down */
    assert_int_equal(t->document.blocks[10].cell, DOCUMENT_NONE);
    assert_place(t, "61", "6<b>1");
}

static void html_tables_nest(void **state)
{
    struct test *t = *state;
    assert_outline(t, "html", "<table><tr><td>a<table><tr><td>b<td>c</table>d<td>e</table>", "C a|C b|C c|C d|C e");
    assert_int_equal(t->document.table_count, 2);
    assert_int_equal(t->document.blocks[1].table, 1);
    assert_int_equal(t->document.blocks[3].table, 0);
    assert_int_equal(t->document.tables[0].cells[0].end, t->document.blocks[3].end);
}

/* Gumbo alone would take minutes for the first, and all memory for the second. */
static void html_may_be_deep(void **state)
{
    static const char *const parts[] = {"<div>", "<p><b class=x1><font color=y>", "<ul><li>", "<table><tr><td>",
                                        "<span>"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct test *t = *state;
        struct buf page = {.arena = &t->arena};
        for (size_t n = 0; n < 100000; n++)
            buf_add(&page, str_from(parts[i]));
        buf_add(&page, STR("<p>2<b>8</b>"));
        read_bytes(t, "html", buf_str(&page), "");
        assert_true(str_equal(t->document.text, STR("28")));
    }
}

static void encodings_are_recognised(void **state)
{
    struct test *t = *state;
    read_bytes(t, "text",
               STR("\xef\xbb\xbf"
                   "été 12"),
               "");
    assert_int_equal(t->document.input.encoding, ENCODING_UTF_8);
    assert_false(t->document.input.guessed);
    assert_place(t, "été 12", "été 12");
    read_bytes(t, "text", STR("\xe9t\xe9 12\xa0% \x80 5"), "");
    assert_int_equal(t->document.input.encoding, ENCODING_WINDOWS_1252);
    assert_true(t->document.input.guessed);
    assert_string_equal(outline(t), "P été 12\u00a0% € 5");
    assert_place(t, "12\u00a0%", "12\xa0%");
    assert_place(t, "€ 5", "\x80 5");
    read_bytes(t, "text", STR("12\xa4 \xe9"), "iso-8859-15");
    assert_string_equal(outline(t), "P 12€ é");
    read_bytes(t, "html", STR("<meta http-equiv=x content='text/html; charset=ISO-8859-1'><p>\x93\xe9\x94 1&nbsp;2"),
               "");
    assert_false(t->document.input.guessed);
    assert_string_equal(outline(t), "P “é” 1\u00a02");
    assert_place(t, "é” 1\u00a02", "\xe9\x94 1&nbsp;2");
    read_bytes(t, "html", STR("<?xml version='1.0' encoding='windows-1252'?><p>\xe9"), "");
    assert_false(t->document.input.guessed);
    read_bytes(t, "html", STR("<meta charset=utf-8><p>\xe9 \xe8 12"), "");
    assert_true(t->document.input.guessed);
    assert_string_equal(outline(t), "P é è 12");
    read_bytes(t, "text", STR("été à l'\xe9 12"), "");
    assert_int_equal(t->document.input.encoding, ENCODING_UTF_8);
    assert_int_equal(t->document.input.malformed, 1);
    assert_place(t, "12", "12");
}

static void utf_16_is_recognised(void **state)
{
    static const struct str inputs[] = {
        STR_INIT("\xff\xfe\xe9\0 \0001\0002\0/ 8\0\x3d\xd8\x00\xde!\0"),
        STR_INIT("\xe9\0 \0001\0002\0/ 8\0\x3d\xd8\x00\xde!\0a\0b\0c\0d\0"),
        STR_INIT("\xfe\xff\0\xe9\0 \0001\0002 /\0008\xd8\x3d\xde\x00\0!"),
    };
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        struct test *t = *state;
        read_bytes(t, "text", inputs[i], "");
        assert_true(str_starts(t->document.text, STR("é 12\u202f8😀!")));
        assert_int_equal(t->document.input.guessed, i == 1);
        size_t mark = i == 1 ? 0 : 2;
        struct place place = document_place(&t->document, 3, 9); /* 12 8 */
        assert_int_equal(place.start, mark + 4);
        assert_int_equal(place.end, mark + 12);
        place = document_place(&t->document, 9, 13); /* two units */
        assert_int_equal(place.start, mark + 12);
        assert_int_equal(place.end, mark + 16);
    }
}

static void places_are_shown_in_utf_8(void **state)
{
    struct test *t = *state;
    read_bytes(t, "text", STR("\xff\xfe\xe9\0\n\0\xe9\0 \0001\0002\0"), "");
    struct place place = document_shown(&t->document, 6, 8);
    struct position position = source_position(&t->arena, place.source, place.start);
    assert_int_equal(position.line, 2);
    assert_int_equal(position.column, 3);
    assert_true(str_equal(source_line(place.source, 2), STR("é 12")));
}

/* The map far into an input whose characters are longer or shorter there. */
static void long_inputs_map_back(void **state)
{
    struct test *t = *state;
    struct buf bytes = {.arena = &t->arena};
    for (size_t i = 0; i < 5000; i++)
        buf_addf(&bytes, "%05zu\xe9\x80 ", i);
    read_bytes(t, "text", buf_str(&bytes), "cp1252");
    for (size_t i = 0; i < 5000; i++) {
        char needle[8];
        snprintf(needle, sizeof needle, "%05zu", i);
        size_t at = i * 11;
        assert_memory_equal(t->document.text.ptr + at, needle, 5);
        struct place place = document_place(&t->document, at, at + 7);
        assert_int_equal(place.start, i * 8);
        assert_int_equal(place.end, i * 8 + 6);
    }
}

static void types_are_told_by_names(void **state)
{
    struct test *t = *state;
    assert_true(str_equal(document_type(STR("a.tar:b/C.HTM")), STR("html")));
    assert_true(str_equal(document_type(STR("notes.md")), STR("markdown")));
    assert_int_equal(document_type(STR("figures.json")).len, 0);
    t->source = (struct source){.name = STR("-"), .bytes = STR("12")};
    assert_false(document_read(&t->arena, &t->source, STR(""), STR(""), &t->document, &t->diag));
    assert_true(str_find(t->diag.message.text, STR("--type")) < t->diag.message.text.len);
    t->diag.failed = false;
    assert_false(document_read(&t->arena, &t->source, STR("pdf"), STR(""), &t->document, &t->diag));
    t->diag.failed = false;
    assert_false(document_read(&t->arena, &t->source, STR("text"), STR("koi8"), &t->document, &t->diag));
    assert_true(str_find(t->diag.message.text, STR("koi8")) < t->diag.message.text.len);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_has_blocks),
        TEST(text_joins_numbers_over_lines),
        TEST(text_has_tables),
        TEST(addresses_are_opaque),
        TEST(markdown_has_blocks),
        TEST(markdown_maps_to_bytes),
        TEST(markdown_drops_footnote_marks),
        TEST(markdown_has_tables_and_html),
        TEST(markdown_tables_map_to_bytes),
        TEST(html_has_blocks),
        TEST(html_maps_to_bytes),
        TEST(html_tells_notes_from_exponents),
        TEST(html_has_tables),
        TEST(html_tables_nest),
        TEST(html_may_be_deep),
        TEST(encodings_are_recognised),
        TEST(utf_16_is_recognised),
        TEST(places_are_shown_in_utf_8),
        TEST(long_inputs_map_back),
        TEST(types_are_told_by_names),
    };
    return cmocka_run_group_tests_name("document", tests, NULL, NULL);
}
