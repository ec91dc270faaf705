#include "figure/token.h"

#include "figure/terms.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/* The strongest gap that one character makes; GAP_NONE for what is no white space. Characters without width (soft
 * hyphen, word joiner, byte order mark) are white space that makes no gap: *blank tells. */
static enum gap gap_of(uint32_t code, bool *blank)
{
    *blank = true;
    switch (code) {
    case ' ':
    case 0x3000:
        return GAP_SPACE;
    case '\t':
    case '\v':
        return GAP_WIDE;
    case '\n':
    case 0x85:
    case 0x2028:
        return GAP_LINE;
    case '\f':
    case 0x2029:
        return GAP_BREAK;
    case '\r':
    case 0xAD:
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF:
        return GAP_NONE;
    case 0xA0:
    case 0x202F:
        return GAP_NARROW;
    }
    *blank = code >= 0x2000 && code <= 0x200A;
    return *blank ? GAP_NARROW : GAP_NONE;
}

/* Entities that survive in plain-text copies of web pages. */
static const struct str SPACE_ENTITIES[] = {STR_INIT("&nbsp;"), STR_INIT("&#160;"), STR_INIT("&#8239;"),
                                            STR_INIT("&thinsp;"), STR_INIT("&#8201;")};

static size_t space_entity(struct str rest)
{
    for (size_t i = 0; i < sizeof SPACE_ENTITIES / sizeof *SPACE_ENTITIES; i++)
        if (str_starts(rest, SPACE_ENTITIES[i]))
            return SPACE_ENTITIES[i].len;
    return 0;
}

static uint32_t decode(struct str rest, size_t *bytes)
{
    uint32_t code = 0;
    *bytes = utf8_decode(rest, &code);
    if (*bytes)
        return code;
    *bytes = 1;
    return 0xFFFD;
}

/* Moves *at behind the white space there. */
static enum gap skip_blanks(struct str text, size_t *at)
{
    enum gap gap = *at ? GAP_NONE : GAP_BREAK;
    if (*at && *at + 1 < text.len) { /* nearly always: nothing, or one space */
        const char *p = text.ptr + *at;
        if (is_ascii_letter(p[0]) || is_digit(p[0]))
            return GAP_NONE;
        if (p[0] == ' ' && (is_ascii_letter(p[1]) || is_digit(p[1]))) {
            ++*at;
            return GAP_SPACE;
        }
    }
    size_t spaces = 0, lines = 0;
    while (*at < text.len) {
        struct str rest = str_part(text, *at, text.len);
        size_t bytes = 0;
        bool blank = false;
        enum gap here = gap_of(decode(rest, &bytes), &blank);
        if (!blank && rest.ptr[0] == '&' && (bytes = space_entity(rest)) > 0) {
            blank = true;
            here = GAP_NARROW;
        }
        if (!blank)
            break;
        spaces += here == GAP_SPACE;
        lines += here == GAP_LINE;
        if (here > gap)
            gap = here;
        *at += bytes;
    }
    if (lines > 1 || *at == text.len)
        return GAP_BREAK;
    return gap == GAP_SPACE && spaces > 2 ? GAP_WIDE : gap;
}

/* Letters of any script: what is not ASCII, and neither white space nor one of Unicode's blocks of marks. */
static bool is_letter(uint32_t code)
{
    bool blank = false;
    if (code < 0xC0)
        return code == 0xAA || code == 0xB5 || code == 0xBA;
    if (code == 0xD7 || code == 0xF7 || code == 0xFFFD || gap_of(code, &blank) != GAP_NONE || blank)
        return false;
    return !(code >= 0x2000 && code <= 0x2BFF) && !(code >= 0x3000 && code <= 0x303F) &&
           !(code >= 0xFE00 && code <= 0xFE0F) && !(code >= 0x1F000 && code <= 0x1FAFF);
}

/* An accent that was typed as a character of its own behind a letter; the letter with it, or 0. */
static uint32_t composed(char letter, uint32_t accent)
{
    static const struct {
        char letter;
        uint16_t accent, whole;
    } TABLE[] = {{'a', 0x300, 0xE0}, {'a', 0x302, 0xE2}, {'c', 0x327, 0xE7}, {'e', 0x300, 0xE8},
                 {'e', 0x301, 0xE9}, {'e', 0x302, 0xEA}, {'e', 0x308, 0xEB}, {'i', 0x302, 0xEE},
                 {'i', 0x308, 0xEF}, {'o', 0x302, 0xF4}, {'u', 0x300, 0xF9}, {'u', 0x302, 0xFB}};
    for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++)
        if (TABLE[i].letter == letter && TABLE[i].accent == accent)
            return TABLE[i].whole;
    return 0;
}

static void spell(struct spelling *s, uint32_t code)
{
    if (s->len == SIZE_MAX)
        return;
    if ((code >= 0xC0 && code <= 0xDE) || (code >= 'A' && code <= 'Z'))
        code += 0x20;
    else if (code == 0x152)
        code = 0x153;
    else if (code >= 0x300 && code <= 0x36F && s->len && composed(s->bytes[s->len - 1], code))
        code = composed(s->bytes[--s->len], code);
    s->len = s->len < TOKEN_MAX_WORD ? s->len + utf8_encode(code, s->bytes + s->len) : SIZE_MAX;
}

/* word = letter+ [ apostrophe, when a letter or a digit follows ] */
static size_t word_end(struct str text, size_t at, struct spelling *s)
{
    while (at < text.len) {
        unsigned char c = (unsigned char)text.ptr[at];
        if (is_ascii_letter((char)c)) {
            if (s->len < TOKEN_MAX_WORD)
                s->bytes[s->len++] = c == '_' ? '_' : (char)(c | 0x20);
            else
                s->len = SIZE_MAX;
            at++;
            continue;
        }
        struct str rest = str_part(text, at, text.len);
        size_t bytes = 1;
        uint32_t code = c < 0x80 ? c : decode(rest, &bytes);
        if (c >= 0x80 && is_letter(code)) {
            spell(s, code);
            at += bytes;
            continue;
        }
        if ((code == '\'' || code == 0x2019) && rest.len > bytes &&
            (is_ascii_letter(rest.ptr[bytes]) || is_digit(rest.ptr[bytes]) || (rest.ptr[bytes] & 0x80))) {
            spell(s, '\'');
            at += bytes;
        }
        break;
    }
    if (s->len == SIZE_MAX)
        s->len = 0;
    return at;
}

struct token token_next(struct str text, size_t *at, struct spelling *spelling)
{
    struct token token = {.gap = (uint8_t)skip_blanks(text, at)};
    token.start = token.end = (uint32_t)*at;
    spelling->len = 0;
    if (*at == text.len)
        return token;
    struct str rest = str_part(text, *at, text.len);
    size_t bytes = 0;
    token.code = decode(rest, &bytes);
    if (is_digit(rest.ptr[0])) {
        token.type = TOKEN_DIGITS;
        while (bytes < rest.len && is_digit(rest.ptr[bytes]))
            bytes++;
        for (size_t i = 0; i < bytes && bytes <= 4; i++)
            spell(spelling, (unsigned char)rest.ptr[i]);
        *at += bytes;
    } else if (token.code < 0x80 ? is_ascii_letter(rest.ptr[0]) : is_letter(token.code)) {
        token.type = TOKEN_WORD;
        *at = word_end(text, *at, spelling);
    } else {
        token.type = TOKEN_MARK;
        spell(spelling, token.code == 0x2019 ? '\'' : token.code);
        *at += bytes;
    }
    token.end = (uint32_t)*at;
    return token;
}

void reading_open(struct reading *r, struct arena *arena, const struct lexicon *lexicon, struct str text)
{
    struct {
        struct token *items;
        size_t count, room;
    } tokens = {.items = r->tokens, .room = r->room};
    struct spelling spelling;
    struct token token;
    size_t at = 0;
    text = str_part(text, 0, UINT32_MAX);
    do {
        token = token_next(text, &at, &spelling);
        token.word = lexicon_word(lexicon, (struct str){spelling.bytes, spelling.len});
        token.roles = token.word ? lexicon_phrase(lexicon, token.word)->below : 0;
        *LIST_ADD(arena, &tokens) = token;
    } while (token.type != TOKEN_END);
    *r = (struct reading){arena, lexicon, text, tokens.items, tokens.count - 1, tokens.room};
}

struct str reading_text(const struct reading *r, size_t from, size_t to)
{
    return from < to ? str_part(r->text, r->tokens[from].start, r->tokens[to - 1].end) : (struct str){r->text.ptr, 0};
}
