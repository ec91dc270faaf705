#include "read/builder.h"

#include <ctype.h>
#include <string.h>

/* The text of the block in front of the superscript. */
static struct str text_before(const struct builder *b, struct builder_mark mark)
{
    if (!mark.open)
        return STR("");
    return str_part((struct str){b->text.ptr, mark.text}, b->blocks.items[mark.blocks - 1].start, mark.text);
}

/* Whether the text ends with `word`, and no letter stands before it. */
static bool ends_with_word(struct str text, struct str word)
{
    if (!str_ends(text, word))
        return false;
    size_t before = text.len - word.len;
    return !before || !(isalpha((unsigned char)text.ptr[before - 1]) || (unsigned char)text.ptr[before - 1] >= 0xc3);
}

/* Digits, and what stands around them in the marks of notes: "2", "[2]", "1, 3", "*", "†". */
static bool is_reference(struct str text)
{
    for (size_t i = 0; i < text.len;) {
        static const struct str signs[] = {STR_INIT("†"), STR_INIT("‡"), STR_INIT("§"), STR_INIT("–")};
        size_t step = isdigit((unsigned char)text.ptr[i]) || strchr("()[]{}*#,;.- ", text.ptr[i]) ? 1 : 0;
        for (size_t s = 0; s < sizeof signs / sizeof *signs && !step; s++)
            if (str_starts(str_part(text, i, text.len), signs[s]))
                step = signs[s].len;
        if (!step)
            return false;
        i += step;
    }
    return text.len > 0;
}

/* A letter by itself that is no ending of an ordinal or a title (5e, 2d, 1o, 4h, Mr, 1s, 4t), or in brackets: (p). */
static bool is_letter_reference(struct str text)
{
    if (text.len == 3 && strchr("([", text.ptr[0]) && strchr(")]", text.ptr[2]))
        return true;
    return text.len == 1 && isalpha((unsigned char)*text.ptr) && !strchr("edohrst", *text.ptr);
}

/* A power: of a unit of length (m²), of ten in a product (3 × 10⁶), or below zero (s⁻¹). */
static bool is_exponent(struct str before, struct str text)
{
    static const struct str units[] = {STR_INIT("m"),  STR_INIT("cm"), STR_INIT("mm"), STR_INIT("dm"),
                                       STR_INIT("km"), STR_INIT("hm"), STR_INIT("µm"), STR_INIT("ft")};
    static const struct str times[] = {STR_INIT("×"), STR_INIT("x"), STR_INIT("*"), STR_INIT("·")};
    struct str digits = text;
    if (str_starts(text, STR("-")))
        digits = str_part(text, 1, text.len);
    else if (str_starts(text, STR("−")))
        digits = str_part(text, 3, text.len);
    for (size_t i = 0; i < digits.len; i++)
        if (!isdigit((unsigned char)digits.ptr[i]))
            return false;
    if (!digits.len || digits.len > 3)
        return false;
    if (digits.len < text.len)
        return true;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (digits.len == 1 && strchr("23", *digits.ptr) && ends_with_word(before, units[i]))
            return true;
    struct str factor = str_trim(str_part(before, 0, before.len < 2 ? 0 : before.len - 2));
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (str_ends(before, STR("10")) && str_ends(factor, times[i]))
            return true;
    return false;
}

/* The digits and the sign of an exponent as characters of their own, each for its own bytes of the input. */
static void put_exponent(struct builder *b, struct str text, size_t from)
{
    static const struct str raised[] = {STR_INIT("⁰"), STR_INIT("¹"), STR_INIT("²"), STR_INIT("³"), STR_INIT("⁴"),
                                        STR_INIT("⁵"), STR_INIT("⁶"), STR_INIT("⁷"), STR_INIT("⁸"), STR_INIT("⁹")};
    for (size_t i = 0; i < text.len;) {
        bool digit = isdigit((unsigned char)text.ptr[i]);
        size_t step = digit || text.ptr[i] == '-' ? 1 : text.len - i < 3 ? text.len - i : 3;
        builder_put(b, digit ? raised[text.ptr[i] - '0'] : STR("⁻"), from + i, from + i + step);
        i += step;
    }
}

void builder_superscript(struct builder *b, struct builder_mark mark)
{
    struct str text = builder_since(b, mark);
    if (is_exponent(text_before(b, mark), text)) {
        text = str_copy(b->arena, text);
        size_t end = b->input_end;
        builder_cut(b, mark);
        b->input_end = end - text.len;
        put_exponent(b, text, end - text.len);
    } else if (is_reference(text) || is_letter_reference(text)) {
        builder_cut(b, mark);
    }
}

void builder_reference(struct builder *b, struct builder_mark mark)
{
    struct str text = builder_since(b, mark);
    if (is_reference(text) || is_letter_reference(text))
        builder_cut(b, mark);
}
