#include "figure/mention.h"

#include <string.h>

#include "figure/aside.h"
#include "figure/date.h"
#include "figure/printed.h"

#define BIT(role) (UINT64_C(1) << (role))

/* What a figure may start with, besides digits. */
#define FIGURE_STARTS                                                                                                  \
    (BIT(TERM_NUMBER) | BIT(TERM_UNIT) | BIT(TERM_HEDGE) | BIT(TERM_SOME) | BIT(TERM_MANY) | BIT(TERM_ORDINAL) |       \
     BIT(TERM_FRACTION) | BIT(TERM_MULTIPLE) | BIT(TERM_FACTOR) | BIT(TERM_DIVISOR) | BIT(TERM_MINUS) |                \
     BIT(TERM_BETWEEN))

/* A walk over the tokens of a text. */
struct finder {
    struct reading r;
    struct arena *scratch; /* of tokens, and of the list while it grows */
    struct {
        struct mention *items;
        size_t count, room;
    } found;
    struct {
        uint32_t *items;
        size_t count, room;
    } sentences; /* their starts, of those counted so far */
    size_t base; /* where the part that is read starts in the text */
    size_t at;
    size_t chunk;     /* where the run without white space ends that was looked at last */
    size_t seen;      /* tokens before it are looked at for `sentences` */
    size_t change;    /* behind the last verb of change, in this sentence; 0: none */
    size_t new_value; /* the token where the new value of a change starts */
    size_t last;      /* behind the last figure: where a list may go on */
    size_t chain;     /* the mention that started the list so far */
};

struct str not_a_figure_name(enum not_a_figure what)
{
    static const struct str NAMES[] = {[NOT_A_FIGURE_NONE] = STR_INIT(""),
                                       [NOT_A_FIGURE_DATE] = STR_INIT("date"),
                                       [NOT_A_FIGURE_TIME] = STR_INIT("time"),
                                       [NOT_A_FIGURE_YEAR] = STR_INIT("year"),
                                       [NOT_A_FIGURE_PERIOD] = STR_INIT("period"),
                                       [NOT_A_FIGURE_PHONE] = STR_INIT("phone"),
                                       [NOT_A_FIGURE_ADDRESS] = STR_INIT("address"),
                                       [NOT_A_FIGURE_REGISTER] = STR_INIT("register"),
                                       [NOT_A_FIGURE_NUMBERING] = STR_INIT("numbering"),
                                       [NOT_A_FIGURE_NAME] = STR_INIT("name"),
                                       [NOT_A_FIGURE_LINK] = STR_INIT("link"),
                                       [NOT_A_FIGURE_SCORE] = STR_INIT("score"),
                                       [NOT_A_FIGURE_IDIOM] = STR_INIT("idiom")};
    return NAMES[what];
}

/* ---- sentences ---- */

/* Does a sentence start with this token? Behind a full stop, an exclamation or question mark, a white space and before
 * a capital, a digit or a mark; behind a blank line. Not behind an initial ("M. Dupont"). */
static bool sentence_starts(const struct reading *r, size_t at)
{
    const struct token *t = &r->tokens[at];
    if (at == 0 || t->gap == GAP_BREAK)
        return true;
    const struct token *before = t - 1;
    if (t->gap < GAP_NARROW || before->type != TOKEN_MARK ||
        (before->code != '.' && before->code != '!' && before->code != '?' && before->code != 0x2026))
        return t->gap == GAP_LINE && t->type == TOKEN_MARK && (t->code == '-' || t->code == 0x2022);
    bool initial = at > 1 && before->code == '.' && before[-1].type == TOKEN_WORD &&
                   ((token_len(before - 1) == 1 && is_capital(before - 1)) ||
                    (token_len(before - 1) < 4 && t->type == TOKEN_DIGITS));
    return !initial && (t->type != TOKEN_WORD || is_capital(t));
}

static void count_sentences(struct finder *f, size_t at)
{
    for (; f->seen <= at; f->seen++)
        if (sentence_starts(&f->r, f->seen)) {
            *LIST_ADD(f->scratch, &f->sentences) = (uint32_t)(f->base + f->r.tokens[f->seen].start);
            f->change = 0;
        }
}

/* ---- what was found ---- */

static struct mention *push(struct finder *f, size_t first, size_t next)
{
    count_sentences(f, first);
    struct mention *m = LIST_ADD(f->scratch, &f->found);
    *m = (struct mention){.start = f->base + f->r.tokens[first].start,
                          .end = f->base + f->r.tokens[next - 1].end,
                          .sentence = f->sentences.count - 1};
    return m;
}

static void push_aside(struct finder *f, const struct aside *a)
{
    struct mention *m = push(f, a->first, a->next);
    m->what = a->what;
    m->notation = (struct notation){.kind = NOTATION_NOT_A_FIGURE,
                                    .text = reading_text(&f->r, a->first, a->next),
                                    .unit = a->year ? unit_year() : unit_count(),
                                    .value = number_int(a->year)};
    f->at = a->next;
}

enum { NOUN_WORDS = 5 };

/* The words behind a number: up to the next mark, number or stop word; "de" only between two of them. *behind is the
 * token behind them. */
static struct str noun_at(const struct reading *r, size_t at, size_t *behind)
{
    size_t next = at, ignored, end;
    *behind = at;
    if (r->tokens[at].gap == GAP_NONE || r->tokens[at].gap > GAP_LINE)
        return (struct str){r->text.ptr, 0};
    term_at(r, at, TERM_OF, &next);
    size_t start = end = next;
    for (size_t i = 0; i < NOUN_WORDS; i++) {
        const struct token *t = &r->tokens[next];
        bool hyphen = token_is_mark(t, '-') && t->gap == GAP_NONE && next > start;
        if (next > start && t->gap > GAP_LINE)
            break;
        bool of = term_at(r, next, TERM_OF, &ignored) != NULL;
        if (!of && !hyphen &&
            (t->type != TOKEN_WORD || term_at(r, next, TERM_STOP, &ignored) || term_at(r, next, TERM_HEDGE, &ignored) ||
             term_at(r, next, TERM_NUMBER, &ignored)))
            break;
        next++;
        end = of || hyphen ? end : next;
        i -= hyphen; /* "multi-services" is one word */
    }
    *behind = end > start ? end : at;
    return reading_text(r, start, end);
}

/* ---- lists ---- */

/* What links a figure to the one before it: nothing, a comma, or "et", "ou". */
enum link { LINK_NONE, LINK_COMMA, LINK_AND };

static enum link link_before(const struct finder *f, size_t first)
{
    const struct reading *r = &f->r;
    size_t next = f->last;
    if (!f->last || first <= f->last || r->tokens[f->last].gap > GAP_LINE)
        return LINK_NONE;
    bool comma = token_is_mark(&r->tokens[next], ',');
    next += comma;
    if (next == first)
        return comma ? LINK_COMMA : LINK_NONE;
    return (term_at(r, next, TERM_AND, &next) || term_at(r, next, TERM_OR, &next)) && next == first ? LINK_AND
                                                                                                    : LINK_NONE;
}

static bool is_bare_count(const struct mention *m)
{
    const struct notation *n = &m->notation;
    return n->kind == NOTATION_COUNT && n->hedge == HEDGE_NONE && !n->scaled && !n->noun.len;
}

/* "2, 3 et 4 milliards": gives the figures of the list what stands only behind the last one. */
static void share_from_last(struct finder *f, const struct printed *last)
{
    struct mention *end = &f->found.items[f->found.count - 1];
    const struct notation *n = &end->notation;
    int exponent = last->numeral.exponent;
    if (n->range || (n->unit.kind == UNIT_COUNT && !exponent) || n->kind == NOTATION_ORDINAL)
        return;
    for (size_t i = f->chain; i + 1 < f->found.count; i++)
        if (n->unit.kind == UNIT_RATIO && number_compare(f->found.items[i].notation.value, number_int(100)) > 0)
            return; /* "a decline of 1,118, or 7.3%" */
    for (size_t i = f->chain; i + 1 < f->found.count; i++) {
        struct notation *earlier = &f->found.items[i].notation;
        earlier->unit = n->unit;
        earlier->kind = n->kind;
        earlier->scaled = n->scaled;
        earlier->value = number_mul(f->r.arena, earlier->value, number_decimal(f->r.arena, 1, exponent));
        earlier->place += exponent;
        notation_settle(f->r.arena, earlier, lexicon_minor(f->r.lexicon, n->unit));
    }
}

static void link_up(struct finder *f, const struct printed *p)
{
    enum link link = link_before(f, p->first);
    struct mention *m = &f->found.items[f->found.count - 1];
    bool bare_before = f->found.count > 1 && is_bare_count(m - 1) && m[-1].what == NOT_A_FIGURE_NONE;
    m->listed = link != LINK_NONE;
    bool changed = m->role == MENTION_NEW && bare_before && m[-1].role == MENTION_OLD; /* "de 150 à 200 euros" */
    if (changed)
        f->chain = f->found.count - 2;
    if (changed || (link == LINK_AND && bare_before))
        share_from_last(f, p);
    if (link != LINK_COMMA || !bare_before)
        f->chain = f->found.count - 1;
    f->last = p->next;
}

/* ---- figures ---- */

/* "la maire, 52 ans, …", "Jean Petit (47 ans)" */
static bool is_apposed(const struct reading *r, const struct printed *p)
{
    const struct notation *n = &p->notation;
    if (!p->first || n->hedge != HEDGE_NONE || n->range || n->decimals || number_compare(n->value, number_int(9)) <= 0)
        return false;
    const struct token *before = &r->tokens[p->first - 1], *behind = &r->tokens[p->next];
    return (token_is_mark(before, ',') && token_is_mark(behind, ',')) ||
           (token_is_mark(before, '(') && (token_is_mark(behind, ')') || token_is_mark(behind, ',')));
}

/* A number of years that somebody has lived, as the words before it tell; behind "aged", the years need no word. */
static bool is_age(const struct reading *r, const struct printed *p)
{
    const struct notation *n = &p->notation;
    bool aged = preceded_by(r, p->first, TERM_AGED);
    bool years = n->unit.kind == UNIT_DURATION && str_equal(n->unit.symbol, STR("year"));
    bool bare = n->unit.kind == UNIT_COUNT && (n->kind == NOTATION_COUNT || n->kind == NOTATION_RANGE);
    if (aged || !years)
        return aged && (years || bare);
    bool bounded = n->range || n->hedge == HEDGE_MORE_THAN || n->hedge == HEDGE_LESS_THAN || n->hedge == HEDGE_AT_LEAST;
    bool of = preceded_by(r, p->first, TERM_FROM);
    return (bounded && preceded_by(r, p->first, TERM_THOSE)) ||
           ((bounded || of) && preceded_by(r, p->first - of, TERM_PEOPLE)) || is_apposed(r, p);
}

/* "n° 4": a rank or a numbering, never a count. */
static bool is_numbered(const struct reading *r, const struct printed *p)
{
    return p->bare && p->notation.kind == NOTATION_COUNT && preceded_by(r, p->first, TERM_NUMERO);
}

/* Takes the "old" of "52-year-old", "52 years old", whose years were read as a unit. */
static bool age_behind(const struct reading *r, struct printed *p)
{
    return p->next > p->number + 1 && term_at(r, p->next - 1, TERM_YEARS_OLD, &p->next) != NULL;
}

/* Words that are no more numbers than others: an article, "neuf" before no noun, part of a name (Deux-Sèvres). */
static bool is_mere_word(const struct finder *f, const struct printed *p)
{
    const struct reading *r = &f->r;
    const struct notation *n = &p->notation;
    const struct token *first = &r->tokens[p->number], *behind = &r->tokens[p->next];
    size_t ignored;
    if (p->numeral.digits || first->type != TOKEN_WORD)
        return false;
    if (n->kind == NOTATION_ORDINAL && number_equal(n->value, number_int(1)))
        return true;
    bool united = n->unit.kind == UNIT_RATIO || n->unit.kind == UNIT_POINTS || n->unit.kind == UNIT_MONEY;
    if (p->numeral.article && !n->decimals && n->hedge == HEDGE_NONE && !n->range && !united)
        return true;
    if (n->hedge == HEDGE_NONE && term_at(r, p->number, TERM_AMBIGUOUS, &ignored) && ignored == p->next &&
        !is_plural(r, p->next))
        return true;
    bool bound = p->number > 1 && first->gap == GAP_NONE && token_is_mark(first - 1, '-');
    bool name = token_is_mark(behind, '-') && behind->gap == GAP_NONE && behind[1].type == TOKEN_WORD &&
                behind[1].gap == GAP_NONE;
    bool title = is_capital(first) && p->number > 0 && first[-1].type == TOKEN_WORD && !sentence_starts(r, p->number);
    return bound || name || (title && n->unit.kind == UNIT_COUNT && !p->numeral.scaled);
}

enum { CHANGE_WORDS = 8 /* from a verb of change to its numbers */ };

/* Is the number at `first` the old value of a change, or the step to a new one: "passé de 3 à 5", "up by £1 to £3"? */
static bool is_change(const struct finder *f, size_t first)
{
    return f->change && first >= f->change && first - f->change <= CHANGE_WORDS &&
           (preceded_by(&f->r, first, TERM_FROM) || preceded_by(&f->r, first, TERM_BY));
}

static void set_role(struct finder *f, struct mention *m, const struct printed *p, bool change)
{
    size_t next = p->next;
    if (p->first == f->new_value && p->first) {
        m->role = MENTION_NEW;
    } else if (change && term_at(&f->r, p->next, TERM_TO, &next)) {
        m->role = preceded_by(&f->r, p->first, TERM_BY) ? MENTION_PLAIN : MENTION_OLD;
        f->new_value = next;
    } else if (preceded_by(&f->r, p->first, TERM_OLD)) {
        m->role = MENTION_OLD;
    }
}

/* "54 millions d'habitants environ": a hedge behind the noun, unless it is the next number's. */
static void hedge_behind(const struct reading *r, size_t at, struct notation *n)
{
    size_t next;
    const struct term *hedge = n->hedge == HEDGE_NONE && n->noun.len ? term_at(r, at, TERM_HEDGE_AFTER, &next) : NULL;
    if (!hedge || r->tokens[at].type == TOKEN_MARK || r->tokens[next].type == TOKEN_DIGITS ||
        term_may_start(r, next, FIGURE_STARTS))
        return;
    n->hedge = (enum hedge)hedge->value;
    if (!number_sign(n->half) && !n->range)
        notation_settle(r->arena, n, 0);
}

static void push_figure(struct finder *f, struct printed *p, bool change)
{
    const struct reading *r = &f->r;
    struct notation *n = &p->notation;
    if (age_behind(r, p) || is_age(r, p)) {
        n->unit = lexicon_named(r->lexicon, STR("year"));
        n->kind = n->range ? NOTATION_RANGE : NOTATION_AGE;
        if (!n->range)
            notation_settle(r->arena, n, 0);
    }
    if (is_numbered(r, p)) {
        n->kind = NOTATION_ORDINAL;
        n->unit = unit_ordinal();
    }
    n->text = reading_text(r, p->first, p->next);
    size_t behind;
    n->noun = noun_at(r, p->next, &behind);
    hedge_behind(r, behind, n);
    struct mention *m = push(f, p->first, p->next);
    m->notation = *n;
    set_role(f, m, p, change);
    link_up(f, p);
    f->at = p->next;
}

/* ---- the walk ---- */

/* May a figure start here? Digits, a number word or hedge, a sign, a currency. */
static bool may_start(const struct reading *r, size_t at)
{
    const struct token *t = &r->tokens[at];
    if (t->type == TOKEN_DIGITS)
        return true;
    bool sign = t->type == TOKEN_MARK &&
                (t->code == '-' || t->code == '+' || t->code == 0x2013 || t->code == 0x2212 || t->code == '(');
    return sign ? r->tokens[at + 1].type != TOKEN_WORD : term_may_start(r, at, FIGURE_STARTS);
}

static bool has_digits(const struct reading *r, size_t from, size_t to)
{
    bool digits = false;
    for (size_t i = from; i < to; i++)
        digits = digits || r->tokens[i].type == TOKEN_DIGITS;
    return digits;
}

/* At the first token of a run without white space: is the whole run a link? */
static bool link_at(struct finder *f)
{
    const struct reading *r = &f->r;
    if (f->at < f->chunk)
        return false;
    size_t end = chunk_end(r, f->at);
    for (f->chunk = end; f->chunk < r->count && r->tokens[f->chunk].gap == GAP_NONE;) /* its closing marks */
        f->chunk++;
    if (!chunk_is_link(r, f->at, end))
        return false;
    if (has_digits(r, f->at, end))
        push_aside(f, &(struct aside){.what = NOT_A_FIGURE_LINK, .first = f->at, .next = end});
    f->at = end;
    return true;
}

/* "de 2011 à 2016": not with a noun in the plural behind it. */
static bool is_year_range(const struct reading *r, const struct printed *p)
{
    return p->notation.range && p->notation.unit.kind == UNIT_COUNT && is_year(r, p->number) &&
           p->numeral.next == p->number + 1 && is_year(r, p->next - 1) && !is_plural(r, p->next);
}

/* "- 5 lieux" at the start of a part: the mark of a list, no sign; but "- 5 %" and "- 5" alone are below zero. */
static bool is_list_mark(const struct reading *r, const struct printed *p)
{
    const struct token *t = &r->tokens[p->first];
    return p->first == 0 && t->type == TOKEN_MARK && t[1].gap != GAP_NONE && p->notation.kind == NOTATION_COUNT &&
           (t->code == '-' || t->code == 0x2013) && p->next < r->count;
}

static void figure_at(struct finder *f)
{
    const struct reading *r = &f->r;
    struct printed p;
    struct aside a;
    size_t at = f->at;
    bool change = is_change(f, at);
    if (!printed_at(r, at, change ? PRINTED_CHANGE : 0, &p)) {
        if (p.numeral.too_long)
            push_aside(f, &(struct aside){.what = NOT_A_FIGURE_REGISTER, .first = at, .next = p.next});
        f->at = p.next;
    } else if (is_list_mark(r, &p)) {
        f->at = at + 1;
    } else if (p.number > at && r->tokens[p.number].type == TOKEN_DIGITS && aside_at(r, p.number, &a)) {
        push_aside(f, &a); /* "vers environ 14 h 30" */
    } else if (p.numeral.digits && !p.notation.decimals && p.numeral.zero_led) {
        push_aside(f, &(struct aside){.what = NOT_A_FIGURE_NUMBERING, .first = p.number, .next = p.next});
    } else if (p.numeral.digits && p.notation.kind == NOTATION_COUNT && aside_glued(r, p.number, p.next, &a)) {
        push_aside(f, &a);
    } else if (p.bare && aside_year(r, p.number, &a)) {
        push_aside(f, &a);
    } else if (is_year_range(r, &p)) {
        push_aside(f, &(struct aside){NOT_A_FIGURE_YEAR, p.number, p.next, token_value(r, p.number)});
    } else if (is_mere_word(f, &p)) {
        f->at = p.next;
    } else {
        push_figure(f, &p, change);
    }
}

static void step(struct finder *f)
{
    const struct reading *r = &f->r;
    const struct token *t = &r->tokens[f->at];
    struct aside a;
    size_t next;
    if (link_at(f))
        return;
    if (t->word && term_at(r, f->at, TERM_CHANGE, &next)) {
        count_sentences(f, f->at);
        f->change = next;
        const struct term *hedge = term_at(r, next, TERM_HEDGE, &next);
        if (hedge && hedge->value == HEDGE_AT_MOST) { /* "edged up to 4.3%" got there */
            f->at = next;
            return;
        }
    }
    if (t->type == TOKEN_WORD && !t->word) {
        f->at++;
    } else if (aside_at(r, f->at, &a)) {
        if (a.what != NOT_A_FIGURE_IDIOM || has_digits(r, a.first, a.next)) /* "à la une" is no number at all */
            push_aside(f, &a);
        f->at = a.next;
    } else if (may_start(r, f->at)) {
        figure_at(f);
    } else {
        f->at++;
    }
}

/* The mentions of one part. */
struct batch {
    const struct mention *items;
    size_t count;
    struct batch *next;
};

/* Reads the part of the text that starts at byte `base`; what was found in the part before is forgotten. */
static void find_in_part(struct finder *f, struct arena *arena, struct str part, size_t base)
{
    *f = (struct finder){.r = f->r, .scratch = f->scratch, .found = f->found, .base = base, .sentences = f->sentences};
    f->found.count = 0;
    reading_open(&f->r, f->scratch, f->r.lexicon, part);
    f->r.arena = arena;
    if (!f->r.count)
        return;
    while (f->at < f->r.count)
        step(f);
    count_sentences(f, f->r.count - 1);
}

static struct mentions join(struct arena *arena, const struct batch *batches, size_t count)
{
    struct mentions all = {.items = ARENA_ARRAY(arena, struct mention, count)};
    for (; batches; batches = batches->next) {
        memcpy(all.items + all.count, batches->items, batches->count * sizeof *all.items);
        all.count += batches->count;
    }
    return all;
}

/* Blank lines part the text: nothing is read across, and the tokens of a part are still at hand when they are read. */
struct mentions mention_find(struct arena *arena, const struct lexicon *lexicon, struct str text)
{
    struct arena scratch = {.out_of_memory = arena->out_of_memory};
    struct finder f = {.scratch = &scratch, .r = {.lexicon = lexicon}};
    struct batch *first = NULL, **next = &first;
    size_t count = 0;
    for (size_t at = 0; at < text.len;) {
        struct str rest = str_part(text, at, text.len), part = str_cut(&rest, STR("\n\n"));
        find_in_part(&f, arena, part, at);
        at = text.len - rest.len;
        count += f.found.count;
        if (!f.found.count)
            continue;
        *next = ARENA_NEW(&scratch, struct batch);
        **next = (struct batch){.items = arena_copy(&scratch, f.found.items, f.found.count * sizeof *f.found.items),
                                .count = f.found.count};
        next = &(*next)->next;
    }
    struct mentions all = join(arena, first, count);
    all.sentences = arena_copy(arena, f.sentences.items, f.sentences.count * sizeof *f.sentences.items);
    all.sentence_count = f.sentences.count;
    arena_free(&scratch);
    return all;
}
