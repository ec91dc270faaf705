#include "figure/aside.h"

#include "figure/date.h"
#include "figure/printed.h"

#define BIT(role) (UINT64_C(1) << (role))

/* ---- helpers ---- */

static bool is_digits(const struct token *t, size_t least, size_t most)
{
    return t->type == TOKEN_DIGITS && token_len(t) >= least && token_len(t) <= most;
}

static bool glued(const struct reading *r, size_t at) { return r->tokens[at].gap == GAP_NONE; }

static bool found(struct aside *out, enum not_a_figure what, size_t first, size_t next)
{
    *out = (struct aside){.what = what, .first = first, .next = next};
    return true;
}

enum { LONGEST_BEFORE = 4 /* words of a phrase before a number */ };

bool preceded_by(const struct reading *r, size_t at, enum term_role role)
{
    for (size_t back = 1; back <= LONGEST_BEFORE && back <= at; back++) {
        size_t next = 0;
        if (term_may_start(r, at - back, BIT(role)) && term_at(r, at - back, role, &next) && next == at)
            return true;
    }
    return false;
}

bool is_plural(const struct reading *r, size_t at)
{
    const struct token *t = &r->tokens[at];
    struct str word = reading_text(r, at, at + 1);
    size_t next;
    return t->type == TOKEN_WORD && t->gap <= GAP_LINE && t->gap != GAP_NONE && word.len > 3 &&
           (str_ends(word, STR("s")) || str_ends(word, STR("x")) || str_equal(word, STR("people"))) &&
           !term_at(r, at, TERM_STOP, &next);
}

/* ---- runs without white space ---- */

static bool is_closing(const struct token *t)
{
    static const uint32_t MARKS[] = {'.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', 0xBB, 0x2019, 0x201D, 0x2026};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (token_is_mark(t, MARKS[i]))
            return true;
    return false;
}

size_t chunk_end(const struct reading *r, size_t at)
{
    size_t end = at + 1;
    while (end < r->count && glued(r, end))
        end++;
    while (end > at + 1 && is_closing(&r->tokens[end - 1]))
        end--;
    return end;
}

bool chunk_is_link(const struct reading *r, size_t at, size_t end)
{
    if (end - at < 2)
        return false;
    if (token_is_mark(&r->tokens[at], '#') && r->tokens[at + 1].type == TOKEN_WORD)
        return true;
    bool doi = str_equal(reading_text(r, at, at + 1), STR("10")) && token_is_mark(&r->tokens[at + 1], '.');
    for (size_t i = at + 1; i + 1 < end; i++) {
        const struct token *t = &r->tokens[i], *next = &r->tokens[i + 1];
        size_t ignored;
        if (token_is_mark(t, '@') || (token_is_mark(t, ':') && token_is_mark(next, '/')) ||
            (doi && token_is_mark(t, '/')))
            return true;
        if (token_is_mark(t, '.') && next->type == TOKEN_WORD && term_at(r, i + 1, TERM_LINK, &ignored))
            return true;
    }
    return false;
}

bool aside_glued(const struct reading *r, size_t at, size_t next, struct aside *out)
{
    const struct token *t = &r->tokens[next];
    if (t->gap != GAP_NONE)
        return false;
    if (t->type == TOKEN_WORD)
        return found(out, NOT_A_FIGURE_NAME, at, chunk_end(r, next));
    if (t->type != TOKEN_MARK || !glued(r, next + 1))
        return false;
    bool name = t->code == '-' && is_capital(&r->tokens[next + 1]); /* 7-Eleven */
    if (!name && r->tokens[next + 1].type != TOKEN_DIGITS)
        return false;
    if (name || t->code == '.')
        return found(out, NOT_A_FIGURE_NAME, at, chunk_end(r, next));
    if (t->code != '/' && t->code != ':' && t->code != '-' && t->code != 0x2013)
        return false;
    size_t end = chunk_end(r, next);
    struct numeral whole;
    if (t->code == '/' && numeral_at(r, next + 1, false, &whole) && whole.next > end)
        end = whole.next; /* 1/25 000 */
    return found(out, NOT_A_FIGURE_SCORE, at, end);
}

/* ---- times, years ---- */

/* Moves *next behind the minutes, when there are. */
static bool minutes_read(const struct reading *r, size_t *next)
{
    if (!is_digits(&r->tokens[*next], 2, 2) || r->tokens[*next].gap > GAP_SPACE || token_value(r, *next) > 59)
        return false;
    ++*next;
    return true;
}

/* One time of day: "14 h 30", "14:30", "2:30 pm"; *sure unless it may be a duration ("14 h").
 *
 * time = DIGITS [ ":" DIGITS ] [ clock ] [ DIGITS ] | DIGITS clock-word [ DIGITS ]
 */
static bool time_read(const struct reading *r, size_t at, size_t *next, bool *sure)
{
    size_t ignored, behind = at + 1;
    *sure = false;
    if (!is_digits(&r->tokens[at], 1, 2) || token_value(r, at) > 24)
        return false;
    if (token_is_mark(&r->tokens[behind], ':') && glued(r, behind) && glued(r, behind + 1)) {
        size_t minutes = behind + 1;
        *sure = minutes_read(r, &minutes);
        behind = *sure ? minutes : behind;
    }
    *next = behind;
    if (r->tokens[behind].gap > GAP_SPACE)
        return *sure;
    if (term_at(r, behind, TERM_CLOCK, next)) {
        bool unit = term_at(r, behind, TERM_UNIT, &ignored) != NULL;
        *sure = minutes_read(r, next) || !unit || *sure;
        return true;
    }
    bool word = !*sure && term_at(r, behind, TERM_CLOCK_WORD, next);
    if (word)
        minutes_read(r, next);
    return word || *sure;
}

/* times = time [ ( to | and | "-" ) time ]: two of them make each other sure; "1 h 30 de trajet" and
 * "1 h 30 min" are durations */
static bool time_at(const struct reading *r, size_t at, struct aside *out)
{
    size_t next = at, second = at, ignored;
    bool sure, other;
    if (!time_read(r, at, &next, &sure))
        return false;
    size_t link = next;
    bool linked = term_at(r, next, TERM_TO, &link) || term_at(r, next, TERM_AND, &link);
    if (!linked && token_is_mark(&r->tokens[next], '-')) {
        linked = true;
        link++;
    }
    bool opened = preceded_by(r, at, TERM_FROM) || preceded_by(r, at, TERM_BETWEEN);
    if (linked && (opened || sure) && time_read(r, link, &second, &other))
        return found(out, NOT_A_FIGURE_TIME, at, second);
    bool lasts = term_at(r, next, TERM_OF, &ignored) || term_at(r, next, TERM_UNIT, &ignored);
    return ((sure && !lasts) || preceded_by(r, at, TERM_BEFORE_CLOCK)) && found(out, NOT_A_FIGURE_TIME, at, next);
}

/* years = YEAR ( "-" | "–" | "/" ) ( YEAR | DIGITS{2} ) */
static bool years_at(const struct reading *r, size_t at, struct aside *out)
{
    const struct token *link = &r->tokens[at + 1];
    if (!is_year(r, at) || link->type != TOKEN_MARK || !glued(r, at + 1) || !glued(r, at + 2) ||
        (link->code != '-' && link->code != 0x2013 && link->code != '/') ||
        !(is_year(r, at + 2) || is_digits(&r->tokens[at + 2], 2, 2)) ||
        (glued(r, at + 3) && !is_closing(&r->tokens[at + 3])))
        return false;
    bool follows = is_year(r, at + 2) ? token_value(r, at + 2) > token_value(r, at)
                                      : token_value(r, at + 2) == (token_value(r, at) + 1) % 100;
    found(out, NOT_A_FIGURE_YEAR, at, at + 3);
    out->year = token_value(r, at);
    return follows;
}

bool aside_year(const struct reading *r, size_t at, struct aside *out)
{
    bool early = is_digits(&r->tokens[at], 4, 4) && token_value(r, at) >= 1000 && token_value(r, at) <= 2100;
    bool before = preceded_by(r, at, TERM_BEFORE_YEAR);
    if (!(is_year(r, at) || (early && before)) || (!before && is_plural(r, at + 1)))
        return false;
    found(out, NOT_A_FIGURE_YEAR, at, at + 1);
    out->year = token_value(r, at);
    return true;
}

/* "le 12,", "du 12 au 14": a day whose month is not printed, before nothing that it could count. */
static bool day_at(const struct reading *r, size_t at, struct aside *out)
{
    struct numeral n;
    size_t day = at, link;
    if (!preceded_by(r, at, TERM_BEFORE_DAY))
        return false;
    while (is_digits(&r->tokens[day], 1, 2) && token_value(r, day) <= 31 && r->tokens[day].code != '0' &&
           numeral_at(r, day, false, &n) && n.next == day + 1) {
        const struct token *behind = &r->tokens[day + 1];
        if (behind->type == TOKEN_END || (is_closing(behind) && glued(r, day + 1)))
            return found(out, NOT_A_FIGURE_DATE, at, day + 1);
        if (day > at || !term_at(r, day + 1, TERM_DAYS, &link))
            break;
        day = link;
    }
    return false;
}

/* ---- telephone numbers, addresses ---- */

static bool is_phone_link(const struct token *t)
{
    return t->type == TOKEN_MARK && (t->code == '.' || t->code == '-' || t->code == 0x2011);
}

/* Moves *next behind groups of at most four digits, with spaces, points, hyphens or "(0)" between; says how many digits
 * those are, and whether all groups but the first have three, as in a grouped number. */
static size_t groups_read(const struct reading *r, size_t *next, bool *threes)
{
    size_t digits = 0, at = *next;
    *threes = true;
    for (int i = 0; i < 12 && is_digits(&r->tokens[at], 1, i ? 4 : 14); i++) {
        if (i && r->tokens[at].gap > GAP_SPACE)
            break;
        digits += token_len(&r->tokens[at]);
        *threes = *threes && (!i || token_len(&r->tokens[at]) == 3);
        *next = ++at;
        if (token_is_mark(&r->tokens[at], '(') && is_digits(&r->tokens[at + 1], 1, 1) &&
            token_is_mark(&r->tokens[at + 2], ')')) {
            at += 3;
            *threes = false;
        } else if (is_phone_link(&r->tokens[at]) && glued(r, at) && glued(r, at + 1)) {
            at++;
            *threes = false;
        }
    }
    return digits;
}

/* phone = "0" groups of 10 digits in all | "+" groups | zero-led groups */
static bool phone_at(const struct reading *r, size_t at, struct aside *out)
{
    size_t next = at;
    bool threes, plus = at > 0 && token_is_mark(&r->tokens[at - 1], '+') && glued(r, at);
    const struct token *t = &r->tokens[at];
    bool area = at > 1 && token_is_mark(&r->tokens[at - 1], '(') && token_is_mark(&r->tokens[at + 1], ')') &&
                is_digits(t, 3, 3) && is_digits(&r->tokens[at + 2], 3, 3) && is_phone_link(&r->tokens[at + 3]);
    if (area) { /* (555) 123-4567 */
        next = at + 2;
        groups_read(r, &next, &threes);
        return found(out, NOT_A_FIGURE_PHONE, at, next);
    }
    if (t->type != TOKEN_DIGITS || !(t->code == '0' || plus || is_digits(t, 3, 3)))
        return false;
    size_t digits = groups_read(r, &next, &threes);
    bool zero = t->code == '0' && digits >= 9 && digits <= 14;
    bool american = !plus && t->code != '0' && digits == 10 && next == at + 5 && is_phone_link(&r->tokens[at + 1]) &&
                    is_digits(&r->tokens[at + 2], 3, 3) && is_digits(&r->tokens[at + 4], 4, 4);
    return (zero || american || (plus && digits >= 9 && !threes)) && found(out, NOT_A_FIGURE_PHONE, at, next);
}

enum { STREET_WORDS = 3 /* between a street word and its name, or a number and its street */ };

/* address = DIGITS [ "," ] street … Capital | DIGITS Capital{1,3} Street */
static bool address_at(const struct reading *r, size_t at, struct aside *out)
{
    size_t next = at + 1;
    if (!is_digits(&r->tokens[at], 1, 4))
        return false;
    if (token_is_mark(&r->tokens[next], ','))
        next++;
    bool street = term_at(r, next, TERM_STREET, &next) != NULL;
    for (size_t i = 0; i < STREET_WORDS && r->tokens[next].type == TOKEN_WORD; i++, next++) {
        bool capital = is_capital(&r->tokens[next]);
        size_t behind;
        if (street ? capital : capital && i && term_at(r, next, TERM_STREET, &behind))
            return found(out, NOT_A_FIGURE_ADDRESS, at, at + 1);
        if (!street && !capital)
            return false;
    }
    return false;
}

/* A post code: five digits before a town, behind a comma, a dash, a line end or a parenthesis. */
static bool postcode_at(const struct reading *r, size_t at, struct aside *out)
{
    if (!is_digits(&r->tokens[at], 5, 5) || !is_capital(&r->tokens[at + 1]) || r->tokens[at + 1].gap > GAP_SPACE ||
        glued(r, at + 1))
        return false;
    const struct token *before = at ? &r->tokens[at - 1] : NULL;
    bool opened = !before || r->tokens[at].gap >= GAP_LINE || token_is_mark(before, ',') ||
                  token_is_mark(before, '-') || token_is_mark(before, 0x2013) || token_is_mark(before, '(') ||
                  token_is_mark(before, ':') || is_capital(before);
    return opened && found(out, NOT_A_FIGURE_ADDRESS, at, at + 1);
}

/* ---- numberings ---- */

/* A number that is glued to a word or a closing mark before it: A320, Covid-19, "97 %2". */
static bool bound_at(const struct reading *r, size_t at, struct aside *out)
{
    if (!at || !glued(r, at))
        return false;
    const struct token *before = &r->tokens[at - 1];
    bool elided = before->type == TOKEN_WORD &&
                  (r->text.ptr[before->end - 1] == '\'' || str_ends(reading_text(r, at - 1, at), STR("\u2019")));
    bool hyphen = at > 1 && (token_is_mark(before, '-') || token_is_mark(before, '+')) && glued(r, at - 1) &&
                  r->tokens[at - 2].type == TOKEN_WORD;
    if (hyphen && is_year(r, at))
        return false;
    if ((before->type == TOKEN_WORD && !elided) || hyphen)
        return found(out, NOT_A_FIGURE_NAME, at, chunk_end(r, at));
    bool unit = at > 1 && before[-1].type != TOKEN_MARK &&
                (token_is_mark(before, '%') || (token_is_mark(before, 0x20AC) && before->gap <= GAP_NARROW));
    bool note = unit || token_is_mark(before, ')') || token_is_mark(before, 0xBB) || token_is_mark(before, 0x201D);
    return note && found(out, NOT_A_FIGURE_NUMBERING, at, at + 1);
}

/* "[12]", "(3)"; at the start of a line "1.", "2)", "1°", "1.2 Title". */
static bool marker_at(const struct reading *r, size_t at, struct aside *out)
{
    const struct token *t = &r->tokens[at], *behind = t + 1, *before = at ? t - 1 : NULL;
    if (!is_digits(t, 1, 3))
        return false;
    bool closed = behind->gap == GAP_NONE;
    if (before && closed && glued(r, at) &&
        ((token_is_mark(before, '[') && token_is_mark(behind, ']')) ||
         (token_is_mark(before, '(') && token_is_mark(behind, ')') && token_len(t) < 3 &&
          !token_is_mark(behind + 1, '%'))))
        return found(out, NOT_A_FIGURE_NUMBERING, at, at + 1);
    if (t->gap < GAP_LINE || !closed || token_len(t) > 2)
        return false;
    bool mark = token_is_mark(behind, '.') || token_is_mark(behind, ')') || token_is_mark(behind, 0xB0);
    if (mark && behind[1].gap >= GAP_NARROW && behind[1].gap <= GAP_WIDE)
        return found(out, NOT_A_FIGURE_NUMBERING, at, at + 1);
    size_t end = chunk_end(r, at);
    return token_is_mark(behind, '.') && is_digits(behind + 1, 1, 2) && end == at + 3 && is_capital(&r->tokens[end]) &&
           r->tokens[end].gap <= GAP_WIDE && found(out, NOT_A_FIGURE_NUMBERING, at, end);
}

/* ---- labels ---- */

/* Moves *next behind a numbering: the run at `at`, and for a label in the plural the others of its list. Not a number
 * with a unit or a scale ("la tranche 15-24 ans") or in groups: quantities are grouped, numberings are not.
 *
 * numbering = run { [ "," | and | to ] run }
 */
static bool numbering_read(const struct reading *r, size_t at, bool plural, size_t *next)
{
    struct amount a;
    if (amount_at(r, at, &a) && (a.unit || a.n.scaled || (a.n.grouped && r->tokens[at + 1].gap != GAP_NONE)))
        return false;
    *next = chunk_end(r, at);
    for (size_t link = *next, i = 0; plural && i < 16; i++, link = *next) {
        bool linked = term_at(r, link, TERM_AND, &link) || term_at(r, link, TERM_TO, &link);
        bool spaced = r->tokens[link].type == TOKEN_DIGITS && r->tokens[link].gap <= GAP_SPACE; /* lots 12 14 16 */
        if (!linked && !spaced && !token_is_mark(&r->tokens[link++], ','))
            break;
        if (r->tokens[link].type != TOKEN_DIGITS || (amount_at(r, link, &a) && (a.unit || a.n.scaled)) ||
            is_plural(r, link + 1))
            break;
        *next = chunk_end(r, link);
    }
    return true;
}

/* label = ( "page" | "article" | "ISO" … ) [ n° ] [ Capital{1,2} [ "." ] ] run */
static bool labelled_at(const struct reading *r, size_t at, enum term_role role, enum not_a_figure what,
                        struct aside *out)
{
    size_t next = at;
    if (!term_at(r, at, role, &next))
        return false;
    bool plural = str_ends(reading_text(r, at, next), STR("s")) || str_ends(reading_text(r, at, next), STR("pp."));
    bool numero = term_at(r, next, TERM_NUMERO, &next) != NULL;
    bool letters = is_capital(&r->tokens[next]) && token_len(&r->tokens[next]) <= 2; /* article L. 225-102 */
    size_t first = next;
    if (letters) {
        next++;
        next += token_is_mark(&r->tokens[next], '.');
        next += token_is_mark(&r->tokens[next], '*');
    }
    if (r->tokens[next].type != TOKEN_DIGITS || r->tokens[next].gap > GAP_SPACE ||
        (role == TERM_LAW && !numero && !token_is_mark(&r->tokens[next + 1], '-')))
        return false;
    struct date date;
    if (date_at(r, next, &date) || (is_year(r, next) && what == NOT_A_FIGURE_NUMBERING && !numero) ||
        !numbering_read(r, next, plural, &next))
        return false;
    return found(out, what, first, next);
}

enum { REGISTER_WORDS = 4, REGISTER_DIGITS = 8, REGISTER_RUN = 40 };

/* register = ( "SIREN" … ) { word | mark }0..4 groups of at least 8 digits */
static bool register_at(const struct reading *r, size_t at, struct aside *out)
{
    size_t next = at;
    if (!term_at(r, at, TERM_REGISTER, &next))
        return false;
    for (size_t i = 0; i < REGISTER_WORDS && r->tokens[next].type != TOKEN_DIGITS; i++)
        if (r->tokens[next++].gap > GAP_SPACE)
            return false;
    size_t first = next, digits = 0;
    while (next < r->count && next < first + REGISTER_RUN && r->tokens[next].gap <= GAP_SPACE &&
           (r->tokens[next].type == TOKEN_DIGITS || (glued(r, next) && !is_closing(&r->tokens[next])))) {
        digits += r->tokens[next].type == TOKEN_DIGITS ? token_len(&r->tokens[next]) : 0;
        next++;
    }
    return digits >= REGISTER_DIGITS && found(out, NOT_A_FIGURE_REGISTER, first, next);
}

/* phone-label [ ":" ] [ "au" ] groups */
static bool phone_label_at(const struct reading *r, size_t at, struct aside *out)
{
    size_t next = at;
    bool threes;
    if (!term_at(r, at, TERM_PHONE, &next))
        return false;
    while (r->tokens[next].type == TOKEN_MARK && next < at + 5 && r->tokens[next].gap <= GAP_SPACE)
        next++;
    size_t first = next;
    return r->tokens[next].gap <= GAP_SPACE && groups_read(r, &next, &threes) >= 2 && !(is_plural(r, next)) &&
           found(out, NOT_A_FIGURE_PHONE, first, next);
}

/* ordinal period: "3e trimestre", "21st century" */
static bool period_at(const struct reading *r, size_t at, struct aside *out)
{
    size_t next = at, behind;
    bool word = term_at(r, at, TERM_ORDINAL, &next) != NULL;
    if (!word && !(is_digits(&r->tokens[at], 1, 2) && glued(r, at + 1) && term_at(r, at + 1, TERM_SUFFIX, &next)))
        return false;
    return term_at(r, next, TERM_PERIOD, &behind) && found(out, NOT_A_FIGURE_PERIOD, at, behind);
}

/* "années 90", "années 1990", "années soixante" */
static bool decade_at(const struct reading *r, size_t at, struct aside *out)
{
    size_t next;
    struct numeral n;
    if (!term_at(r, at, TERM_DECADE, &next) || r->tokens[next].gap > GAP_SPACE || !numeral_at(r, next, false, &n) ||
        n.decimals || n.scaled || n.too_long || number_last_place(n.value) != 1)
        return false;
    bool decade = n.value.exponent == 1 && !n.value.big && n.value.mantissa < 210 &&
                  (n.value.mantissa < 10 || n.value.mantissa >= 180);
    return decade && found(out, NOT_A_FIGURE_YEAR, next, n.next);
}

/* n° 12-345, n° 2024/8: a numbering, no rank */
static bool numero_at(const struct reading *r, size_t at, struct aside *out)
{
    size_t next;
    if (!term_at(r, at, TERM_NUMERO, &next) || r->tokens[next].type != TOKEN_DIGITS || r->tokens[next].gap > GAP_SPACE)
        return false;
    const struct token *behind = &r->tokens[next + 1];
    bool compound = behind->gap == GAP_NONE && (token_is_mark(behind, '-') || token_is_mark(behind, '/'));
    return compound && found(out, NOT_A_FIGURE_NUMBERING, next, chunk_end(r, next));
}

/* ---- all together ---- */

static bool words_at(const struct reading *r, size_t at, struct aside *out)
{
    size_t next;
    if (term_may_start(r, at, BIT(TERM_IDIOM)) && term_at(r, at, TERM_IDIOM, &next))
        return found(out, NOT_A_FIGURE_IDIOM, at, next);
    if (term_may_start(r, at, BIT(TERM_LABEL) | BIT(TERM_NAME) | BIT(TERM_LAW)) &&
        (labelled_at(r, at, TERM_LABEL, NOT_A_FIGURE_NUMBERING, out) ||
         labelled_at(r, at, TERM_LAW, NOT_A_FIGURE_NUMBERING, out) ||
         labelled_at(r, at, TERM_NAME, NOT_A_FIGURE_NAME, out)))
        return true;
    return (term_may_start(r, at, BIT(TERM_DECADE)) && decade_at(r, at, out)) ||
           (term_may_start(r, at, BIT(TERM_NUMERO)) && numero_at(r, at, out)) ||
           (term_may_start(r, at, BIT(TERM_REGISTER)) && register_at(r, at, out)) ||
           (term_may_start(r, at, BIT(TERM_PHONE)) && phone_label_at(r, at, out)) ||
           (term_may_start(r, at, BIT(TERM_ORDINAL)) && period_at(r, at, out));
}

bool aside_at(const struct reading *r, size_t at, struct aside *out)
{
    struct date date;
    bool digits = r->tokens[at].type == TOKEN_DIGITS;
    if (digits && bound_at(r, at, out))
        return true;
    if ((digits || term_may_start(r, at, BIT(TERM_MONTH) | BIT(TERM_ORDINAL) | BIT(TERM_WEEKDAY))) &&
        date_at(r, at, &date)) {
        found(out, NOT_A_FIGURE_DATE, at, date.next);
        out->year = date.year;
        return true;
    }
    if (words_at(r, at, out))
        return true;
    return digits &&
           (years_at(r, at, out) || day_at(r, at, out) || time_at(r, at, out) || phone_at(r, at, out) ||
            address_at(r, at, out) || postcode_at(r, at, out) || marker_at(r, at, out) || period_at(r, at, out));
}
