#include "report/words.h"

#include "base/buf.h"
#include "report/french.h"

#define AS_PAIR(id, en, fr) [id] = {en, fr},
#define NO_BREAK_SPACE "\xc2\xa0"
#define NARROW_NO_BREAK_SPACE "\xe2\x80\xaf"

const char *word(enum locale locale, enum word which)
{
    static const char *const words[][2] = {WORDS(AS_PAIR)};
    return words[which][locale];
}

const char *counted_word(enum locale locale, size_t count, enum word one, enum word many)
{
    return word(locale, count == 1 || (locale == LOCALE_FR && !count) ? one : many);
}

const char *instead_of(enum locale locale, struct str text)
{
    bool vowel = text.len && str_find(STR("aeiou"), str_part(text, 0, 1)) < 5;
    return word(locale, vowel ? WORD_INSTEAD_ELIDED : WORD_INSTEAD);
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

const char *locale_text(enum locale locale, const char *english)
{
    const char *translated = locale == LOCALE_FR ? french(english) : NULL;
    return translated ? translated : english;
}

/* %1 … %9: the arguments. %%: a percent sign. */
static void fill(struct buf *out, enum locale locale, struct str template, const struct message *message)
{
    while (template.len) {
        buf_add(out, str_cut(&template, STR("%")));
        if (!template.len)
            return;
        size_t which = (size_t)(template.ptr[0] - '1');
        if (which >= message->arg_count)
            buf_add_char(out, template.ptr[0]);
        else if (message->args[which].is_word)
            buf_add(out, str_from(locale_text(locale, message->args[which].text.ptr)));
        else
            buf_add(out, message->args[which].text);
        template = str_part(template, 1, template.len);
    }
}

struct str locale_message(struct arena *arena, enum locale locale, const struct message *message)
{
    struct buf out = {.arena = arena};
    for (const struct message *part = message; part; part = part->cause) {
        const char *template = locale == LOCALE_FR && part->format ? french(part->format) : NULL;
        if (!template) {
            buf_add(&out, part->text);
            break;
        }
        fill(&out, locale, str_from(template), part);
        if (part->cause)
            buf_addf(&out, "%s ", word(locale, WORD_COLON));
    }
    return buf_str(&out);
}

enum locale locale_from_name(struct str name)
{
    bool french = str_starts(name, STR("fr")) &&
                  (name.len == 2 || name.ptr[2] == '_' || name.ptr[2] == '-' || name.ptr[2] == '.');
    return french ? LOCALE_FR : LOCALE_EN;
}

/* Currencies that have a sign of their own; others are written by their code. */
static const struct {
    struct str code, sign;
} currencies[] = {{STR_INIT("EUR"), STR_INIT("€")}, {STR_INIT("USD"), STR_INIT("$")}, {STR_INIT("GBP"), STR_INIT("£")}};

static struct str currency_sign(struct str unit)
{
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++)
        if (str_equal(unit, currencies[i].code))
            return currencies[i].sign;
    return (struct str){0};
}

/* Units whose symbols are no words for people: one of them, several; English, French. */
static const struct {
    struct str symbol, one[2], many[2];
} unit_names[] = {
    {STR_INIT("pp"), {STR_INIT("point"), STR_INIT("point")}, {STR_INIT("points"), STR_INIT("points")}},
    {STR_INIT("year"), {STR_INIT("year"), STR_INIT("an")}, {STR_INIT("years"), STR_INIT("ans")}},
    {STR_INIT("month"), {STR_INIT("month"), STR_INIT("mois")}, {STR_INIT("months"), STR_INIT("mois")}},
    {STR_INIT("week"), {STR_INIT("week"), STR_INIT("semaine")}, {STR_INIT("weeks"), STR_INIT("semaines")}},
    {STR_INIT("day"), {STR_INIT("day"), STR_INIT("jour")}, {STR_INIT("days"), STR_INIT("jours")}},
    {STR_INIT("hour"), {STR_INIT("hour"), STR_INIT("heure")}, {STR_INIT("hours"), STR_INIT("heures")}},
    {STR_INIT("minute"), {STR_INIT("minute"), STR_INIT("minute")}, {STR_INIT("minutes"), STR_INIT("minutes")}},
};

/* French counts from 0 to below 2 as one; in English only 1 is. `decimal` has no sign. */
static bool is_one(enum locale locale, struct str decimal)
{
    struct str whole = str_cut(&decimal, STR("."));
    bool one = str_equal(whole, STR("1"));
    return locale == LOCALE_FR ? one || str_equal(whole, STR("0")) : one && !decimal.len;
}

static struct str unit_name(enum locale locale, struct str decimal, struct str unit)
{
    for (size_t i = 0; i < sizeof unit_names / sizeof *unit_names; i++)
        if (str_equal(unit, unit_names[i].symbol))
            return is_one(locale, decimal) ? unit_names[i].one[locale] : unit_names[i].many[locale];
    return unit;
}

/* The digits of a decimal without its sign, grouped; money has no single decimal. */
static void add_digits(struct buf *out, enum locale locale, struct str decimal, bool plain, bool money)
{
    struct str rest = decimal, whole = str_cut(&rest, STR("."));
    for (size_t i = 0; i < whole.len; i++) {
        if (i && (whole.len - i) % 3 == 0 && !plain)
            buf_add(out, locale == LOCALE_FR ? STR(NARROW_NO_BREAK_SPACE) : STR(","));
        buf_add_char(out, whole.ptr[i]);
    }
    if (!rest.len)
        return;
    buf_add_char(out, locale == LOCALE_FR ? ',' : '.');
    buf_add(out, rest);
    if (money && rest.len == 1)
        buf_add_char(out, '0');
}

struct str locale_quantity(struct arena *arena, enum locale locale, struct str decimal, struct str unit, bool plain)
{
    struct buf out = {.arena = arena};
    struct str sign = currency_sign(unit);
    if (str_starts(decimal, STR("-"))) {
        buf_add(&out, STR("−"));
        decimal = str_part(decimal, 1, decimal.len);
    }
    if (locale == LOCALE_EN)
        buf_add(&out, sign);
    if (str_find(decimal, STR("/")) < decimal.len)
        buf_add(&out, decimal);
    else
        add_digits(&out, locale, decimal, plain, sign.len > 0);
    if (!unit.len || (sign.len && locale == LOCALE_EN))
        return buf_str(&out);
    if (locale == LOCALE_FR)
        buf_add(&out, STR(NO_BREAK_SPACE));
    else if (!str_equal(unit, STR("%")))
        buf_add_char(&out, ' ');
    buf_add(&out, sign.len ? sign : unit_name(locale, decimal, unit));
    return buf_str(&out);
}
