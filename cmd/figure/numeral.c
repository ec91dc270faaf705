#include "figure/numeral.h"

#include <string.h>

/* ---- digits ---- */

/* The digits met so far. */
struct digits {
    char text[NUMBER_MAX_DIGITS + 1];
    size_t len, decimals;
    bool too_long;
};

/* Adds at most `most` digits of a token. */
static void digits_add(struct digits *d, const struct reading *r, size_t at, size_t most)
{
    struct str text = str_part(reading_text(r, at, at + 1), 0, most);
    d->too_long = d->too_long || d->len + text.len > NUMBER_MAX_DIGITS;
    if (d->too_long)
        return;
    memcpy(d->text + d->len, text.ptr, text.len);
    d->len += text.len;
}

static struct number digits_value(struct arena *arena, const struct digits *d)
{
    if (d->len <= 18) {
        int64_t mantissa = 0;
        for (size_t i = 0; i < d->len; i++)
            mantissa = mantissa * 10 + (d->text[i] - '0');
        return number_decimal(arena, mantissa, -(int)d->decimals);
    }
    struct number whole;
    const char *why = "";
    if (!number_read(arena, (struct str){d->text, d->len}, &whole, &why))
        return number_int(0);
    return number_mul(arena, whole, number_decimal(arena, 1, -(int)d->decimals));
}

static bool is_digits(const struct token *t, size_t len)
{
    return t->type == TOKEN_DIGITS && (!len || token_len(t) == len);
}

/* A mark glued to digits on its right. */
static bool mark_and_digits(const struct reading *r, size_t at, uint32_t mark)
{
    return token_is_mark(&r->tokens[at], mark) && r->tokens[at].gap == GAP_NONE && is_digits(&r->tokens[at + 1], 0) &&
           r->tokens[at + 1].gap == GAP_NONE;
}

static bool is_month(const struct reading *r, size_t at)
{
    size_t next;
    return term_at(r, at, TERM_MONTH, &next) != NULL;
}

/* May the three digits at `at` be the next group of a number that started at `head`? Over a line end only inside
 * running text; behind a plain space only when no list of numbers goes on, and the head is no day of a month. */
static bool spaced_group(const struct reading *r, size_t head, size_t at)
{
    const struct token *group = &r->tokens[at], *after = &r->tokens[at + 1];
    bool noted = is_digits(group, 4) && group->code == '0'; /* "33 0001": a note's number is glued to it */
    if ((!is_digits(group, 3) && !noted) || group->gap == GAP_NONE || group->gap == GAP_WIDE || group->gap == GAP_BREAK)
        return false;
    if (group->gap == GAP_NARROW)
        return true;
    if (is_digits(after, 0) && after->gap == GAP_SPACE && token_len(after) != 3)
        return false;
    if (head > 0 && is_month(r, head - 1))
        return false;
    return group->gap == GAP_SPACE ||
           (head > 0 && r->tokens[head].gap < GAP_LINE && r->tokens[head - 1].type == TOKEN_WORD);
}

enum joint { JOINT_END, JOINT_GROUP, JOINT_DECIMAL };

/* What the token at `at` is to the digits before it, which started at `head`; `group` is the mark of the groups so far,
 * ' ' for any space, 0 when there is none. When both the comma and the point occur, the last one is the decimal mark;
 * a mark that occurs twice is none. */
static enum joint joint_at(const struct reading *r, size_t head, size_t at, uint32_t group)
{
    const struct token *t = &r->tokens[at], *first = &r->tokens[head];
    bool groupable = token_len(first) <= 3 && first->code != '0';
    if (groupable && (group == 0 || group == ' ') && spaced_group(r, head, at))
        return JOINT_GROUP;
    uint32_t mark = t->code == 0x2019 ? '\'' : t->code;
    if ((mark != ',' && mark != '.' && mark != '\'') || !mark_and_digits(r, at, t->code))
        return JOINT_END;
    groupable = groupable && is_digits(&r->tokens[at + 1], 3) && (group == 0 || group == mark);
    if (mark == '\'' || group == mark)
        return groupable ? JOINT_GROUP : JOINT_END;
    if (group)
        return JOINT_DECIMAL;
    if (mark_and_digits(r, at + 2, mark))
        return groupable ? JOINT_GROUP : JOINT_END;
    bool decimal = mark == (lexicon_decimal_comma(r->lexicon) ? ',' : '.');
    if (groupable && (!decimal || mark_and_digits(r, at + 2, mark == ',' ? '.' : ',')))
        return JOINT_GROUP;
    return JOINT_DECIMAL;
}

/* digits = DIGIT+ { group-mark DIGIT{3} } [ decimal-mark DIGIT+ ] */
static void digits_read(const struct reading *r, size_t at, struct numeral *out)
{
    struct digits d;
    d.len = d.decimals = 0;
    d.too_long = false;
    const struct token *head = &r->tokens[at];
    *out = (struct numeral){.digits = true, .zero_led = head->code == '0' && token_len(head) > 1};
    digits_add(&d, r, at, SIZE_MAX);
    uint32_t group = 0;
    enum joint joint;
    size_t next = at + 1;
    while (is_digits(&r->tokens[next], 0) && r->tokens[next].gap == GAP_NONE) /* parted by a soft hyphen */
        digits_add(&d, r, next++, SIZE_MAX);
    while ((joint = joint_at(r, at, next, group)) == JOINT_GROUP) {
        bool spaced = r->tokens[next].type == TOKEN_DIGITS;
        group = spaced ? ' ' : r->tokens[next].code == 0x2019 ? '\'' : r->tokens[next].code;
        next += !spaced;
        digits_add(&d, r, next++, 3);
    }
    out->int_len = d.len;
    if (joint == JOINT_DECIMAL) {
        digits_add(&d, r, next + 1, SIZE_MAX);
        d.decimals = d.len - out->int_len;
        out->doubtful =
            !group && r->tokens[next].code == ',' && d.decimals == 3 && token_len(head) <= 3 && head->code != '0';
        next += 2;
    }
    out->next = next;
    out->grouped = group != 0;
    out->decimals = joint == JOINT_DECIMAL;
    out->too_long = d.too_long;
    out->place = -(int)d.decimals;
    out->value = d.too_long ? number_int(0) : digits_value(r->arena, &d);
}

/* ---- words ---- */

/* A spelled number as far as it was read: value = total + small + group. */
struct spelled {
    struct number total; /* millions and more */
    int64_t small;       /* thousands */
    int64_t group;       /* below thousand */
    int limit;           /* the next scale word must be below this power of ten */
    int place;           /* of the last word: its scale from millions up, else 0 */
    size_t words;
};

/* Takes a word below hundred. "and": it was linked with "et", "and". */
static bool take_units(const struct reading *r, struct spelled *s, int64_t w, bool and)
{
    int64_t below = s->group % 100, tens = below % 10 == 0 ? below : 0;
    bool behind = lexicon_and_behind_hundreds(r->lexicon) ? below == 0 && (s->group || s->small) : tens && w % 10 == 1;
    if (and&&!behind)
        return false;
    bool fourscore = below == 4 && w == 20;                                /* quatre-vingts */
    bool teen = tens == 60 || tens == 80 ? w < 20                          /* soixante-quinze */
                                         : tens == 10 && w >= 7 && w < 10; /* dix-sept */
    bool fits = below == 0 || fourscore || (tens && w > 0 && ((tens >= 20 && w < 10) || teen));
    if (!fits || (w == 0 && s->words))
        return false;
    s->group += fourscore ? 76 : w;
    s->place = 0;
    return true;
}

/* Takes "cent" or "mille". */
static bool take_hundred(struct spelled *s, int64_t w)
{
    if (w == 100) {
        bool fits = s->group < 20 && s->group != 10; /* dix-neuf cents */
        if (fits)
            s->group = (s->group ? s->group : 1) * 100;
        s->place = 0;
        return fits;
    }
    if (s->small || s->limit <= 3)
        return false;
    s->small = (s->group ? s->group : 1) * 1000;
    s->place = 0;
    s->group = 0;
    return true;
}

static bool take_scale(struct arena *arena, struct spelled *s, int exponent)
{
    int64_t count = s->small + s->group;
    if (!count || exponent < 6 || exponent >= s->limit)
        return false;
    s->total = number_add(arena, s->total, number_decimal(arena, count, exponent));
    s->place = exponent;
    s->small = s->group = 0;
    s->limit = exponent;
    return true;
}

static bool is_hyphen(const struct token *t)
{
    return t->type == TOKEN_MARK && (t->code == '-' || t->code == 0x2010 || t->code == 0x2011);
}

/* Where the next word of a spelled number stands, behind a hyphen, "et" or a space.
 *
 * link = "-" [ and "-" ] | [ and ]
 */
static size_t link_behind(const struct reading *r, size_t at, bool *and)
{
    size_t next = at, behind = at;
    *and = false;
    bool hyphen = is_hyphen(&r->tokens[at]) && r->tokens[at].gap == GAP_NONE && r->tokens[at + 1].gap == GAP_NONE;
    if (hyphen)
        next = at + 1;
    if (term_at(r, next, TERM_AND, &behind)) {
        *and = true;
        next = behind;
        if (hyphen && is_hyphen(&r->tokens[next]))
            next++;
    }
    return next;
}

/* spelled = word { link word }; a word is a number or, from millions up, a scale. Reads no further than the words
 * make a number: "quatre-vingt-quatre-vingt" is 84, then 20. */
static bool spelled_read(const struct reading *r, size_t at, int limit, struct numeral *out)
{
    struct spelled s = {.total = number_int(0), .limit = limit};
    *out = (struct numeral){.next = at};
    size_t word = at, next = at, ignored;
    bool and = false;
    for (;;) {
        const struct term *number = term_at(r, word, TERM_NUMBER, &next);
        const struct term *scale = s.words ? term_at(r, word, TERM_SCALE, &next) : NULL;
        bool taken = false;
        if (number)
            taken = number->value < 100 ? take_units(r, &s, number->value, and) : !and&&take_hundred(&s, number->value);
        else if (scale && !and&&token_len(&r->tokens[word]) > 3)
            taken = out->scaled = take_scale(r->arena, &s, (int)scale->value) || out->scaled;
        if (!taken)
            break;
        out->next = next;
        s.words++;
        word = link_behind(r, next, &and);
        if (r->tokens[word].gap > GAP_LINE || r->tokens[word].gap == GAP_WIDE)
            break;
    }
    out->article = s.words == 1 && term_at(r, at, TERM_ARTICLE, &ignored);
    out->value = number_add(r->arena, s.total, number_int(s.small + s.group));
    out->place = s.place;
    out->exponent = out->scaled && !s.small && !s.group ? s.limit : 0;
    return s.words > 0;
}

/* ---- scales behind digits ---- */

/* May the scale word at `at` stand behind a number? An abbreviation that is also a unit (m) only when money is told or
 * a noun in the plural follows; "M" never before a name ("M. Dupont"). */
static bool scale_fits(const struct reading *r, size_t at, size_t next, bool money)
{
    const struct token *t = &r->tokens[at], *after = &r->tokens[next];
    size_t ignored;
    if (token_len(t) > 3)
        return t->gap != GAP_NONE || after->type != TOKEN_DIGITS;
    if (after->type == TOKEN_DIGITS && after->gap == GAP_NONE)
        return false;
    if (t->code == 'M' && t->gap != GAP_NONE && token_is_mark(after, '.') && r->tokens[next + 1].type == TOKEN_WORD)
        return false;
    if (money || !term_at(r, at, TERM_UNIT, &ignored))
        return true;
    struct str noun = reading_text(r, next, next + 1);
    return t->gap == GAP_NONE && after->type == TOKEN_WORD && after->gap != GAP_NONE &&
           (str_ends(noun, STR("s")) || str_equal(noun, STR("people")));
}

/* scales = [ thousand ] scale */
static int scales_read(const struct reading *r, struct numeral *n, bool money, bool *word)
{
    int exponent = 0;
    for (int i = 0; i < 2; i++) {
        size_t at = n->next, next = at;
        const struct term *scale = term_at(r, at, TERM_SCALE, &next);
        if (!scale || r->tokens[at].gap > GAP_LINE || r->tokens[at].gap == GAP_WIDE || scale->value <= exponent ||
            (exponent && exponent != 3) || !scale_fits(r, at, next, money))
            break;
        *word = token_len(&r->tokens[at]) > 3;
        exponent = (exponent == 3 ? 3 : 0) + (int)scale->value;
        n->next = next;
    }
    return exponent;
}

/* Takes the only thousands mark of a number for its decimal mark. */
static void ungroup(struct arena *arena, struct numeral *n)
{
    n->value = number_mul(arena, n->value, number_decimal(arena, 1, -3));
    n->place = -3;
    n->grouped = false;
    n->decimals = true;
}

static bool numeral_below(const struct reading *r, size_t at, int limit, bool money, struct numeral *out);

/* What may stand behind a scale word: "3 millions et demi", "2 millions 300 000", "2 millions trois cent mille". */
static void tail_read(const struct reading *r, int exponent, struct numeral *n)
{
    size_t next = n->next;
    struct numeral tail;
    if (!n->decimals && term_at(r, n->next, TERM_HALF, &next)) {
        n->value = number_add(r->arena, n->value, number_decimal(r->arena, 5, exponent - 1));
        n->place = exponent - 1;
        n->decimals = true;
        n->next = next;
        n->exponent = 0;
    } else if (exponent >= 6 && !n->decimals && r->tokens[next].gap <= GAP_SPACE &&
               numeral_below(r, next, exponent, false, &tail) && !tail.article &&
               (tail.scaled || tail.grouped || !tail.digits)) {
        n->value = number_add(r->arena, n->value, tail.value);
        n->place = tail.place;
        n->next = tail.next;
        n->exponent = 0;
        n->decimals = tail.decimals;
    }
}

/* numeral = ( digits [ scales ] | spelled ) [ tail ], with scale words below 10^limit. */
static bool numeral_below(const struct reading *r, size_t at, int limit, bool money, struct numeral *out)
{
    const struct token *t = &r->tokens[at];
    if (t->type != TOKEN_DIGITS) {
        if (!term_may_start(r, at, UINT64_C(1) << TERM_NUMBER) || !spelled_read(r, at, limit, out))
            return false;
        if (out->exponent)
            tail_read(r, out->exponent, out);
        return true;
    }
    digits_read(r, at, out);
    struct numeral bare = *out;
    bool word = false;
    int exponent = out->too_long ? 0 : scales_read(r, out, money, &word);
    if (exponent >= limit) {
        *out = bare;
        return false;
    }
    if (!exponent)
        return limit == NUMBER_MAX_EXPONENT || number_compare(out->value, number_decimal(r->arena, 1, limit)) < 0;
    bool point = r->tokens[at + 1].code == '.' && bare.next == at + 3 && out->grouped;
    if (point && exponent >= 6) /* "2.924 millions" is no 2924 millions, whatever the point is elsewhere */
        ungroup(r->arena, out);
    out->scaled = true;
    out->exponent = exponent;
    out->doubtful = false;
    out->value = number_mul(r->arena, out->value, number_decimal(r->arena, 1, exponent));
    out->place += exponent;
    if (word)
        tail_read(r, exponent, out);
    return true;
}

bool numeral_at(const struct reading *r, size_t at, bool money, struct numeral *out)
{
    return numeral_below(r, at, NUMBER_MAX_EXPONENT, money, out);
}

struct number numeral_regrouped(struct arena *arena, const struct numeral *n)
{
    return number_mul(arena, n->value, number_int(1000));
}

int64_t numeral_small(const struct numeral *n)
{
    bool small = !n->too_long && !n->scaled && !n->decimals && number_compare(n->value, number_int(1000)) <= 0;
    if (!small)
        return 0;
    int64_t value = n->value.mantissa;
    for (int i = 0; i < n->value.exponent; i++)
        value *= 10;
    return value;
}
