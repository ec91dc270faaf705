#include "report/words.h"

#include "base/buf.h"

#define AS_PAIR(id, en, fr) [id] = {en, fr},
#define NARROW_NO_BREAK_SPACE "\xe2\x80\xaf"

const char *word(enum locale locale, enum word which)
{
    static const char *const words[][2] = {WORDS(AS_PAIR)};
    return words[which][locale];
}

const char *severity_word(enum locale locale, enum severity severity)
{
    static const enum word words[] = {
        [SEVERITY_NOTE] = WORD_NOTE, [SEVERITY_WARNING] = WORD_WARNING, [SEVERITY_ERROR] = WORD_ERROR};
    return word(locale, words[severity]);
}

const char *reason_word(enum locale locale, enum unchecked_reason reason)
{
    static const enum word words[] = {
        [UNCHECKED_NONE] = WORD_UNCHECKED,
        [UNCHECKED_MISSING] = WORD_MISSING_NAME,
        [UNCHECKED_NO_VALUE] = WORD_NO_VALUE,
        [UNCHECKED_DISPUTED] = WORD_DISPUTED,
        [UNCHECKED_ZERO] = WORD_ZERO,
        [UNCHECKED_NO_NUMBER] = WORD_NO_NUMBER,
        [UNCHECKED_NOT_A_FIGURE] = WORD_NOT_A_FIGURE,
        [UNCHECKED_CONDITION] = WORD_CONDITION,
        [UNCHECKED_NOT_EVALUATED] = WORD_NOT_EVALUATED,
    };
    return word(locale, words[reason]);
}

enum locale locale_from_name(struct str name)
{
    bool french = str_starts(name, STR("fr")) &&
                  (name.len == 2 || name.ptr[2] == '_' || name.ptr[2] == '-' || name.ptr[2] == '.');
    return french ? LOCALE_FR : LOCALE_EN;
}

struct str locale_number(struct arena *arena, enum locale locale, struct str decimal)
{
    struct buf out = {.arena = arena};
    if (str_find(decimal, STR("/")) < decimal.len)
        return decimal;
    if (str_starts(decimal, STR("-"))) {
        buf_add(&out, locale == LOCALE_FR ? STR("−") : STR("-"));
        decimal = str_part(decimal, 1, decimal.len);
    }
    struct str rest = decimal, whole = str_cut(&rest, STR("."));
    for (size_t i = 0; i < whole.len; i++) {
        if (i && (whole.len - i) % 3 == 0)
            buf_add(&out, locale == LOCALE_FR ? STR(NARROW_NO_BREAK_SPACE) : STR(","));
        buf_add_char(&out, whole.ptr[i]);
    }
    if (rest.len) {
        buf_add_char(&out, locale == LOCALE_FR ? ',' : '.');
        buf_add(&out, rest);
    }
    return buf_str(&out);
}
