#include "read/builder.h"

#include <ctype.h>
#include <gumbo.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"

/* "&#8239;" or "&#x202f;", the ';' being optional. */
static size_t read_number(struct arena *arena, struct str s, struct str *text)
{
    size_t at = 2;
    bool hex = at < s.len && (s.ptr[at] == 'x' || s.ptr[at] == 'X');
    at += hex;
    uint32_t value = 0;
    size_t first = at;
    for (; at < s.len && (hex ? isxdigit((unsigned char)s.ptr[at]) : isdigit((unsigned char)s.ptr[at])); at++) {
        char c = s.ptr[at];
        uint32_t digit = (uint32_t)(isdigit((unsigned char)c) ? c - '0' : (c | 0x20) - 'a' + 10);
        value = value > 0x10ffff ? value : value * (hex ? 16 : 10) + digit;
    }
    if (at == first)
        return 0;
    if (!value || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
        value = 0xfffd;
    else if (value < 0x100)
        value = encoding_windows_1252((unsigned char)value); /* old pages write &#146; for an apostrophe */
    char bytes[4];
    *text = str_copy(arena, (struct str){bytes, utf8_encode(value, bytes)});
    return at < s.len && s.ptr[at] == ';' ? at + 1 : at;
}

/* What gumbo makes of a reference by name, with letters that may follow it; it keeps its table of 2,231 names to
 * itself, hence this way in. */
static struct str ask_gumbo(struct arena *arena, struct str name)
{
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_DIV;
    GumboOutput *output = gumbo_parse_with_options(&options, name.ptr, name.len);
    const GumboVector *children = &output->root->v.element.children;
    struct str text = name;
    if (children->length == 1)
        text = str_copy(arena, str_from(((const GumboNode *)children->data[0])->v.text.text));
    gumbo_destroy_output(&options, output);
    return text;
}

/* A reference by name: some old ones need no ';', as in "12&nbsp12", and then other letters may follow. */
static size_t read_name(struct arena *arena, struct map *known, struct str s, struct str *text)
{
    enum { LONGEST_NAME = 40 };
    size_t end = 1;
    while (end < s.len && end < LONGEST_NAME && isalnum((unsigned char)s.ptr[end]))
        end++;
    end += end < s.len && s.ptr[end] == ';';
    struct str name = str_part(s, 0, end);
    struct str *answer = map_get(known, name);
    if (!answer) {
        answer = ARENA_NEW(arena, struct str);
        *answer = ask_gumbo(arena, name);
        *map_put(known, name) = answer;
    }
    if (str_equal(*answer, name))
        return 0;
    uint32_t code_point;
    size_t first = utf8_decode(*answer, &code_point);
    struct str rest = str_part(*answer, first, answer->len);
    if (!rest.len || !str_ends(name, rest))
        rest.len = 0;
    *text = rest.len ? str_part(*answer, 0, first) : *answer;
    return name.len - rest.len;
}

size_t entity_read(struct arena *arena, struct map *known, struct str s, struct str *text)
{
    if (s.len < 3 || *s.ptr != '&')
        return 0;
    if (s.ptr[1] == '#')
        return read_number(arena, s, text);
    return isalpha((unsigned char)s.ptr[1]) ? read_name(arena, known, s, text) : 0;
}
