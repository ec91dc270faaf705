#include "figure/date.h"

int64_t token_value(const struct reading *r, size_t at)
{
    struct str text = reading_text(r, at, at + 1);
    int64_t value = 0;
    for (size_t i = 0; i < text.len && i < 9; i++)
        value = value * 10 + (text.ptr[i] - '0');
    return value;
}

static bool is_number(const struct reading *r, size_t at, size_t least, size_t most)
{
    const struct token *t = &r->tokens[at];
    return t->type == TOKEN_DIGITS && token_len(t) >= least && token_len(t) <= most;
}

bool is_year(const struct reading *r, size_t at)
{
    return is_number(r, at, 4, 4) && token_value(r, at) >= 1800 && token_value(r, at) <= 2100;
}

static bool glued(const struct reading *r, size_t at) { return r->tokens[at].gap == GAP_NONE; }

static bool is_day(const struct reading *r, size_t at)
{
    return is_number(r, at, 1, 2) && token_value(r, at) >= 1 && token_value(r, at) <= 31;
}

/* A mark between the parts of a date in digits. */
static bool is_separator(const struct reading *r, size_t at, uint32_t *mark)
{
    const struct token *t = &r->tokens[at];
    *mark = t->code;
    return t->type == TOKEN_MARK && (t->code == '/' || t->code == '.' || t->code == '-') && glued(r, at) &&
           glued(r, at + 1);
}

/* digits = D{4} "-" D{2} [ "-" D{2} ] | D{1,2} sep D{1,2} sep ( D{4} | D{2} ), both separators alike */
static bool digits_at(const struct reading *r, size_t at, struct date *out)
{
    uint32_t first, second;
    if (!is_separator(r, at + 1, &first) || !is_number(r, at + 2, 1, 2))
        return false;
    bool whole = is_separator(r, at + 3, &second) && second == first && r->tokens[at + 4].type == TOKEN_DIGITS;
    if (is_year(r, at) && first != '.' && token_len(&r->tokens[at + 2]) == 2 && token_value(r, at + 2) <= 12 &&
        token_value(r, at + 2) >= 1 && (first == '-' || whole)) {
        *out = (struct date){whole ? at + 5 : at + 3, token_value(r, at)};
        return whole ? is_day(r, at + 4) : true;
    }
    if (!whole || !is_day(r, at) || !is_day(r, at + 2) || !(is_year(r, at + 4) || is_number(r, at + 4, 2, 2)))
        return false;
    *out = (struct date){at + 5, token_value(r, at + 4)};
    return true;
}

/* Moves *at behind a day: "12", "1er", "3rd", "premier"; false when there is none. */
static bool day_read(const struct reading *r, size_t *at)
{
    const struct term *first = term_at(r, *at, TERM_ORDINAL, at);
    if (first)
        return true;
    if (!is_day(r, *at))
        return false;
    ++*at;
    if (glued(r, *at))
        term_at(r, *at, TERM_SUFFIX, at);
    return true;
}

/* A comma and a year behind a date: "March 3, 2024". */
static void year_read(const struct reading *r, struct date *d)
{
    size_t at = d->next + token_is_mark(&r->tokens[d->next], ',');
    if (!is_year(r, at) || r->tokens[at].gap > GAP_LINE)
        return;
    d->year = token_value(r, at);
    d->next = at + 1;
}

enum { MAX_DAYS = 4 };

/* days = day { ( "," | "et" | "à" | "au" | "-" | "ou" ) day } [ of | "-" ] month [ year ] */
static bool days_at(const struct reading *r, size_t at, struct date *out)
{
    size_t next = at;
    for (int i = 0; i < MAX_DAYS; i++) {
        if (!day_read(r, &next))
            return false;
        size_t month = next;
        if (!term_at(r, next, TERM_OF, &month) && token_is_mark(&r->tokens[next], '-') && glued(r, next))
            month++; /* le 14-Juillet */
        if (term_at(r, month, TERM_MONTH, &month)) {
            *out = (struct date){.next = month};
            year_read(r, out);
            return true;
        }
        if (r->tokens[next].type == TOKEN_MARK
                ? r->tokens[next].code != ',' && r->tokens[next].code != '-' && r->tokens[next].code != 0x2013
                : !term_at(r, next, TERM_DAYS, &month))
            return false;
        next++;
    }
    return false;
}

/* weekday day, when no count follows it: "vendredi 13" */
static bool weekday_at(const struct reading *r, size_t at, struct date *out)
{
    size_t next, unit;
    if (!term_at(r, at, TERM_WEEKDAY, &next) || !is_day(r, next) || r->tokens[next].gap > GAP_SPACE ||
        r->tokens[next + 1].type == TOKEN_WORD || r->tokens[next + 1].type == TOKEN_DIGITS ||
        (glued(r, next + 1) && r->tokens[next + 2].type == TOKEN_DIGITS && glued(r, next + 2)) ||
        term_at(r, next + 1, TERM_UNIT, &unit))
        return false;
    *out = (struct date){.next = next + 1};
    return true;
}

/* date = digits | days | weekday-day | month [ day [ suffix ] ] [ [ "," ] year ] */
bool date_at(const struct reading *r, size_t at, struct date *out)
{
    if (r->tokens[at].type == TOKEN_DIGITS)
        return digits_at(r, at, out) || days_at(r, at, out);
    size_t next;
    if (term_may_start(r, at, UINT64_C(1) << TERM_WEEKDAY))
        return weekday_at(r, at, out);
    if (!term_at(r, at, TERM_MONTH, &next))
        return term_may_start(r, at, UINT64_C(1) << TERM_ORDINAL) && days_at(r, at, out);
    *out = (struct date){.next = next};
    if (lexicon_month_first(r->lexicon) && !is_year(r, next) && r->tokens[next].gap <= GAP_LINE)
        day_read(r, &out->next);
    year_read(r, out);
    return out->next > next;
}
