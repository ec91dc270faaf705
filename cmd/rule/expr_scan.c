#include "rule/expr_scan.h"

bool scan_fail(struct parser *p, size_t at, const char *format, ...)
{
    if (p->failed)
        return false;
    p->failed = true;
    va_list list;
    va_start(list, format);
    *p->error = (struct expr_error){at, message_list(p->arena, format, list)};
    va_end(list);
    return false;
}

struct str scan_rest(const struct parser *p) { return str_part(p->text, p->at, p->text.len); }

bool scan_is_digit(char c) { return c >= '0' && c <= '9'; }

bool scan_expected(struct parser *p, const char *what)
{
    scan_blanks(p);
    struct str rest = scan_rest(p);
    uint32_t ignored;
    size_t length = scan_word(rest);
    if (!length)
        length = utf8_decode(rest, &ignored);
    if (!length)
        return scan_fail(p, p->at, "expected %s, found the end", what);
    return scan_fail(p, p->at, "expected %s, found '%.*s'", what, STR_ARG(str_part(rest, 0, length)));
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

size_t scan_blank(struct str text)
{
    uint32_t c;
    size_t length = utf8_decode(text, &c);
    return length && is_blank(c) ? length : 0;
}

void scan_blanks(struct parser *p)
{
    size_t length;
    while ((length = scan_blank(scan_rest(p))))
        p->at += length;
}

bool scan_accept(struct parser *p, struct str symbol)
{
    scan_blanks(p);
    if (!str_starts(scan_rest(p), symbol))
        return false;
    p->at += symbol.len;
    p->end = p->at;
    return true;
}

bool scan_accept_word(struct parser *p, struct str word)
{
    scan_blanks(p);
    return scan_name(scan_rest(p)) == word.len && scan_accept(p, word);
}

/* Letters of any script; of the other characters above ASCII (punctuation, symbols, currencies, operators) none. */
static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (c < 0xc0)
        return c == 0xaa || c == 0xb5 || c == 0xba;
    return c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c < 0x2c00) && !(c >= 0x3000 && c < 0x3005) && c != 0xfeff;
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

size_t scan_word(struct str text)
{
    size_t at = 0, length;
    uint32_t c;
    while ((length = utf8_decode(str_part(text, at, text.len), &c)) && (is_letter(c) || is_digit(c)))
        at += length;
    return at;
}

size_t scan_name(struct str text)
{
    if (!text.len || scan_is_digit(text.ptr[0]))
        return 0;
    size_t at = scan_word(text);
    while (at && at < text.len && text.ptr[at] == '.') {
        size_t next = scan_word(str_part(text, at + 1, text.len));
        if (!next)
            break;
        at += 1 + next;
    }
    return at;
}

/* What a unit has beside letters: percent and per mille, currencies, powers, degrees, and, inside, "/" and "'". */
static bool is_unit_sign(uint32_t c)
{
    return c == '%' || c == '$' || (c >= 0xa2 && c <= 0xa5) || c == 0xb0 || c == 0xb2 || c == 0xb3 || c == 0xb9 ||
           c == 0x2030 || c == 0x2031 || (c >= 0x20a0 && c < 0x20d0) || (c >= 0x2100 && c < 0x2150);
}

size_t scan_unit_word(struct str text)
{
    size_t at = 0, length;
    uint32_t c;
    while ((length = utf8_decode(str_part(text, at, text.len), &c)) &&
           (is_letter(c) || is_unit_sign(c) || (at && (is_digit(c) || c == '/' || c == '\'' || c == 0x2019))))
        at += length;
    return at;
}

bool scan_is_reserved(struct str word)
{
    static const struct str reserved[] = {STR_INIT("and"),  STR_INIT("or"),     STR_INIT("not"), STR_INIT("if"),
                                          STR_INIT("then"), STR_INIT("within"), STR_INIT("over")};
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (str_equal(reserved[i], word))
            return true;
    return false;
}
