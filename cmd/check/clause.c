#include "check/clause.h"

#include "base/arena.h"

/* How many words may stand between a cue and its figure: beside it, with a gap, and (for the noun) behind the figure.
 */
enum { NEAR = 1, FAR = 7, NEAR_BEHIND = 3, IN_PAREN = 4 };

/* So many items back may stand the one whose unit a bare number has. */
enum { LENDERS = 6 };

/* The cues of a pack as words of one text. */
struct cue_index {
    const struct cues *cues;
    uint32_t **ids;  /* of the words of each phrase; NULL: the text lacks one of them */
    uint32_t *first; /* of each word, 1 + the last phrase that starts with it; 0: none */
    uint32_t *next;  /* of each phrase, the same for the one before */
};

struct clause_reader {
    struct arena *arena;
    struct draft *draft;
    const struct prose *prose;
    struct cue_index index;
    struct clauses out;
    uint32_t *item_of; /* of each unit, 1 + its item; 0: none */
};

/* ---- words ---- */

static struct cue_index index_cues(struct arena *arena, const struct prose *prose, const struct cues *cues)
{
    struct cue_index index = {.cues = cues,
                              .ids = ARENA_ARRAY(arena, uint32_t *, cues->count),
                              .first = ARENA_ARRAY(arena, uint32_t, prose->words + 1),
                              .next = ARENA_ARRAY(arena, uint32_t, cues->count)};
    for (size_t i = 0; i < cues->count; i++) {
        const struct template_phrase *words = &cues->items[i].words;
        uint32_t *ids = ARENA_ARRAY(arena, uint32_t, words->count);
        bool known = true;
        for (size_t j = 0; known && j < words->count; j++) {
            const struct template_word *word = &words->items[j];
            ids[j] = word->mark ? word->mark : prose_word(prose, word->spelling);
            known = ids[j] > 0;
        }
        if (!known || words->items[0].mark)
            continue;
        index.ids[i] = ids;
        index.next[i] = index.first[ids[0]];
        index.first[ids[0]] = (uint32_t)i + 1;
    }
    return index;
}

static bool phrase_stands(const struct clause_reader *r, size_t phrase, size_t at, size_t end)
{
    const struct template_phrase *words = &r->index.cues->items[phrase].words;
    if (words->count > end - at)
        return false;
    for (size_t i = 0; i < words->count; i++) {
        const struct prose_unit *unit = &r->prose->units[at + i];
        enum prose_kind kind = words->items[i].mark ? PROSE_MARK : PROSE_WORD;
        if (unit->kind != kind || unit->id != r->index.ids[phrase][i])
            return false;
    }
    return true;
}

static bool parts_clauses(const struct prose_unit *unit)
{
    return unit->kind == PROSE_MARK && (unit->id == ';' || unit->id == ':' || unit->id == '.' || unit->id == '!' ||
                                        unit->id == '?' || unit->id == 0x2014);
}

/* The way from a phrase to its figure. */
struct walk {
    bool ahead;
    size_t near, limit;    /* words that may stand between, and where the figure opens a parenthesis */
    size_t words, skipped; /* parentheses that are stepped over */
    bool strange;          /* a word between that is no little one */
    bool commas, colons;
};

/* "contre les 300", not "a gagné 300": articles and the like are short. */
enum { LITTLE = 3 };
static bool is_little(const struct prose_unit *word) { return word->end - word->start <= LITTLE; }

/* Does the way end here? */
static bool is_stopped(struct walk *w, const struct cue_phrase *phrase, const struct prose_unit *unit)
{
    if (unit->kind == PROSE_WORD) {
        w->strange |= w->ahead && !phrase->loose && !is_little(unit);
        return ++w->words > w->limit;
    }
    if (unit->kind != PROSE_MARK)
        return false;
    if (!w->ahead && unit->id == ')' && (phrase->loose || phrase->cue == CUE_OF))
        w->skipped++;
    else if (!w->ahead && unit->id == '(' && w->skipped)
        w->skipped--;
    else if (unit->id == '(' || unit->id == ')')
        return unit->id == ')' || !w->ahead;
    else if (unit->id == ',')
        return !w->commas;
    else if (unit->id == ':')
        return !w->colons;
    return parts_clauses(unit) || unit->id == 0x2013;
}

/* The item that a phrase from unit `at` up to `end` is about, or NULL. A loose phrase passes over dates. */
static struct item *item_of_phrase(const struct clause_reader *r, const struct cue_phrase *phrase, size_t at,
                                   size_t end, const struct prose_sentence *sentence)
{
    bool ahead = phrase->figure_last, parts = phrase->cue == CUE_SPLIT || phrase->cue == CUE_WHOLE;
    struct walk w = {.ahead = ahead, .near = phrase->loose ? FAR : ahead ? NEAR : NEAR_BEHIND};
    w.limit = ahead && w.near < IN_PAREN ? IN_PAREN : w.near; /* "dont les Catacombes (480 000 visiteurs)" */
    w.commas = phrase->cue == CUE_SPLIT;
    w.colons = parts && ahead;
    for (size_t i = ahead ? end : at; ahead ? i < sentence->end : i > sentence->first; i += ahead ? 1 : (size_t)-1) {
        size_t here = ahead ? i : i - 1;
        uint32_t item = w.skipped ? 0 : r->item_of[here];
        struct item *it = item ? &r->out.items[item - 1] : NULL;
        if (it && !(phrase->loose && (it->family == FAMILY_YEAR || it->family == FAMILY_OTHER)))
            return ((w.words <= w.near && !w.strange) || it->opens) && !(w.words && ahead && it->mention->listed)
                       ? it
                       : NULL;
        if (is_stopped(&w, phrase, &r->prose->units[here]))
            return NULL;
    }
    return NULL;
}

static void read_cues(struct clause_reader *r, const struct prose_sentence *sentence)
{
    for (size_t at = sentence->first; at < sentence->end; at++) {
        const struct prose_unit *unit = &r->prose->units[at];
        if (unit->kind != PROSE_WORD)
            continue;
        for (uint32_t next = r->index.first[unit->id]; next; next = r->index.next[next - 1]) {
            const struct cue_phrase *phrase = &r->index.cues->items[next - 1];
            if (!phrase_stands(r, next - 1, at, sentence->end))
                continue;
            struct item *item = item_of_phrase(r, phrase, at, at + phrase->words.count, sentence);
            if (item)
                item->cues |= cue_bit(phrase->cue);
        }
    }
}

/* ---- items ---- */

static enum family family_of(const struct mention *m)
{
    if (m->what == NOT_A_FIGURE_YEAR || m->what == NOT_A_FIGURE_DATE)
        return FAMILY_YEAR;
    switch (m->notation.kind) {
    case NOTATION_COUNT:
    case NOTATION_MONEY:
    case NOTATION_MEASURE:
    case NOTATION_DURATION:
        return FAMILY_AMOUNT;
    case NOTATION_PERCENT:
    case NOTATION_FRACTION:
        return FAMILY_RATE;
    case NOTATION_POINTS:
        return FAMILY_POINTS;
    case NOTATION_MULTIPLE:
        return FAMILY_TIMES;
    case NOTATION_YEAR:
        return FAMILY_YEAR;
    case NOTATION_ORDINAL:
    case NOTATION_RANGE:
    case NOTATION_AGE:
    case NOTATION_NOT_A_FIGURE:
        break;
    }
    return FAMILY_OTHER;
}

/* The last four digits of a date or year that are one: "octobre 2016", "2023-2024". */
static int year_of(struct str text)
{
    int year = 0;
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        int value = 0;
        for (end = at; end < text.len && text.ptr[end] >= '0' && text.ptr[end] <= '9'; end++)
            value = value < 10000 ? value * 10 + (text.ptr[end] - '0') : value;
        if (end - at == 4)
            year = value;
    }
    return year;
}

static int sign_of(struct str text)
{
    static const struct str plus = STR_INIT("+"), minus[] = {STR_INIT("-"), STR_INIT("−"), STR_INIT("–")};
    if (str_starts(text, plus))
        return 1;
    for (size_t i = 0; i < sizeof minus / sizeof *minus; i++)
        if (str_starts(text, minus[i]))
            return -1;
    return str_starts(text, STR("(")) ? -1 : 0;
}

static bool has_digit(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9')
            return true;
    return false;
}

/* "plus de 900" means a little more: how much, the place of its last significant digit tells. */
static void set_values(struct clause_reader *r, struct item *item)
{
    const struct notation *n = item->notation;
    double factor = number_estimate(n->unit.factor);
    struct interval interval = notation_interval(r->arena, n, ROUNDING_NEAREST);
    item->value = number_estimate(n->value) * factor;
    item->step = number_estimate(n->step) * factor;
    item->low = interval.low.infinite ? item->value - item->step : number_estimate(interval.low.at) * factor;
    item->high = interval.high.infinite ? item->value + item->step : number_estimate(interval.high.at) * factor;
}

/* The word that a figure counts: the first one of its noun, behind "de". */
static uint32_t noun_of(const struct clause_reader *r, const struct mention *m, size_t unit, size_t end)
{
    const char *text = r->draft->document.text.ptr;
    if (!m->notation.noun.len)
        return 0;
    size_t start = (size_t)(m->notation.noun.ptr - text);
    for (size_t i = unit + 1; i < end && i <= unit + NEAR_BEHIND; i++)
        if (r->prose->units[i].kind == PROSE_WORD && r->prose->units[i].start >= start)
            return r->prose->units[i].id;
    return 0;
}

/* Where the reading of a sentence stands. */
struct place_in_sentence {
    uint32_t parens[8]; /* that are open */
    size_t depth;
    uint16_t words; /* since the last item */
    bool colon;
};

static void add_item(struct clause_reader *r, const struct prose_sentence *sentence, size_t unit, uint32_t clause,
                     struct place_in_sentence *at)
{
    const struct mention *m = &r->draft->mentions.items[r->prose->units[unit].id];
    enum family family = family_of(m);
    size_t deepest = sizeof at->parens / sizeof *at->parens, depth = at->depth < deepest ? at->depth : deepest;
    struct item *item = &r->out.items[r->out.count++];
    *item = (struct item){.mention = m,
                          .notation = &m->notation,
                          .unit = unit,
                          .sentence = (size_t)(sentence - r->prose->sentences),
                          .block = document_block(&r->draft->document, m->start),
                          .clause = clause,
                          .paren = depth ? at->parens[depth - 1] : 0,
                          .depth = (uint16_t)depth,
                          .words = at->words,
                          .colon = at->colon,
                          .family = family};
    item->title = item->block != DOCUMENT_NONE && r->draft->document.blocks[item->block].kind == BLOCK_TITLE;
    item->opens = item->paren && (r->out.count == 1 || item[-1].paren != item->paren);
    if (family == FAMILY_YEAR) {
        item->year = year_of(str_part(r->draft->document.text, m->start, m->end));
    } else {
        const struct prose_unit *units = r->prose->units;
        item->sign = sign_of(m->notation.text);
        item->little = !has_digit(m->notation.text) && m->notation.kind == NOTATION_COUNT &&
                       number_compare(m->notation.value, number_int(10)) < 0;
        item->noun = noun_of(r, m, unit, sentence->end);
        item->alone = unit > sentence->first && unit + 1 < sentence->end && units[unit - 1].kind == PROSE_MARK &&
                      units[unit - 1].id == '(' && units[unit + 1].kind == PROSE_MARK && units[unit + 1].id == ')';
        set_values(r, item);
    }
    r->item_of[unit] = (uint32_t)r->out.count;
    at->words = 0;
    at->colon = false;
}

static void read_marks(const struct prose_unit *unit, struct place_in_sentence *at, uint32_t *clause, uint32_t *paren)
{
    size_t deepest = sizeof at->parens / sizeof *at->parens;
    at->colon |= unit->id == ':';
    if (unit->id == '(' || unit->id == '[') {
        ++*paren;
        if (at->depth < deepest)
            at->parens[at->depth] = *paren;
        at->depth++;
    } else if ((unit->id == ')' || unit->id == ']') && at->depth) {
        at->depth--;
    } else if (parts_clauses(unit) && !at->depth) {
        ++*clause;
    }
}

static void read_items(struct clause_reader *r)
{
    uint32_t clause = 0, paren = 0;
    for (size_t i = 0; i < r->prose->sentence_count; i++) {
        const struct prose_sentence *sentence = &r->prose->sentences[i];
        struct place_in_sentence at = {.depth = 0};
        clause++;
        for (size_t unit = sentence->first; unit < sentence->end; unit++) {
            const struct prose_unit *it = &r->prose->units[unit];
            bool aside = it->kind == PROSE_ASIDE;
            if (it->kind == PROSE_FIGURE || (aside && family_of(&r->draft->mentions.items[it->id]) == FAMILY_YEAR))
                add_item(r, sentence, unit, clause, &at);
            else if (it->kind == PROSE_MARK)
                read_marks(it, &at, &clause, &paren);
            else if (it->kind == PROSE_WORD && at.words < UINT16_MAX)
                at.words++;
        }
    }
}

/* A year is of the figure before it, in its clause and parenthesis; one that leads is of the figure behind it. */
static void read_years(struct clauses *clauses)
{
    for (size_t i = 0; i < clauses->count; i++) {
        const struct item *year = &clauses->items[i];
        if (year->family != FAMILY_YEAR || !year->year)
            continue;
        struct item *before = i ? &clauses->items[i - 1] : NULL,
                    *behind = i + 1 < clauses->count ? &clauses->items[i + 1] : NULL;
        if (before && before->family != FAMILY_YEAR && before->clause == year->clause && before->paren == year->paren)
            before->year = year->year;
        if (behind && behind->family != FAMILY_YEAR && behind->alone && !behind->words)
            behind->year = year->year; /* "moins qu'en 2010 (3 951)" */
        else if (before && before->year == year->year)
            continue;
        else if (behind && behind->family != FAMILY_YEAR && behind->sentence == year->sentence &&
                 (behind->paren == year->paren) && !behind->year)
            behind->year = year->year;
    }
}

/* What stands behind the number of a notation: "M€" of "12,4 M€", "€" of "12,4 millions d'euros" when no scale is
 * wanted. */
static struct str unit_text(const struct notation *n, bool scale)
{
    struct str text = n->text;
    size_t from = text.len;
    while (from && !(text.ptr[from - 1] >= '0' && text.ptr[from - 1] <= '9'))
        from--;
    return scale ? str_trim(str_part(text, from, text.len)) : n->unit.symbol;
}

/* "12,4 M€ (11,8 en 2022)", "1,9 million d'hectolitres : rouge 1,04 million": a bare number is in the unit of the one
 * that it is compared with. */
static void lend_unit(struct clause_reader *r, const struct item *lender, struct item *bare)
{
    struct notation *notation = arena_copy(r->arena, bare->notation, sizeof *bare->notation);
    struct str unit = unit_text(lender->notation, !bare->notation->scaled);
    if (!unit.len || !notation_set_unit(r->arena, r->draft->lexicon, notation, unit))
        return;
    notation->unit = lender->notation->unit;
    bare->notation = notation;
    bare->family = lender->family;
    set_values(r, bare);
}

static bool is_bare(const struct item *item)
{
    return item->family == FAMILY_AMOUNT && item->notation->unit.kind == UNIT_COUNT && !item->notation->noun.len &&
           !item->sign;
}

/* A percentage is never scaled: "-0,3 %, à 3,2 millions". */
static bool lends(const struct item *item, const struct item *bare)
{
    return (item->family == FAMILY_AMOUNT && item->notation->unit.kind != UNIT_COUNT &&
            item->notation->unit.kind != UNIT_DURATION) ||
           (item->family == FAMILY_RATE && item->notation->kind == NOTATION_PERCENT && !bare->notation->scaled &&
            bare->value <= 100 && !item->sign && !item_has(item, CUE_UP) && !item_has(item, CUE_DOWN));
}

/* "abstentions 16 164 (62,37)": decimals alone in a parenthesis behind a count are a percentage of something. */
static bool is_bare_percent(const struct item *item, const struct item *before)
{
    return item->alone && is_bare(item) && item->notation->decimals && item->value <= 100 && !item->words &&
           before->family == FAMILY_AMOUNT && before->notation->unit.kind == UNIT_COUNT && !before->notation->decimals;
}

static void make_percent(struct clause_reader *r, struct item *item)
{
    struct notation *notation = arena_copy(r->arena, item->notation, sizeof *item->notation);
    notation->unit = unit_percent();
    notation->kind = NOTATION_PERCENT;
    item->notation = notation;
    item->family = FAMILY_RATE;
    set_values(r, item);
}

/* The item whose unit a bare number may have: the one before it, but for a number with a scale word the nearest one
 * that has one too. */
static const struct item *lender_of(const struct clause_reader *r, size_t bare)
{
    const struct item *items = r->out.items;
    for (size_t i = bare; i-- > 0 && items[i].sentence == items[bare].sentence && i + LENDERS >= bare;)
        if (items[i].family != FAMILY_YEAR &&
            (!items[bare].notation->scaled || (items[i].family == FAMILY_AMOUNT && items[i].notation->scaled &&
                                               items[i].notation->unit.kind != UNIT_COUNT)))
            return &items[i];
    return NULL;
}

static void lend_units(struct clause_reader *r)
{
    for (size_t i = 1; i < r->out.count; i++) {
        struct item *bare = &r->out.items[i];
        if (!is_bare(bare))
            continue;
        bool of_next = item_has(bare, CUE_OF) && i + 1 < r->out.count && bare[1].words == 1; /* "387 des 520 km" */
        const struct item *lender = of_next ? bare + 1 : lender_of(r, i);
        bool compared = item_has(bare, CUE_EARLIER) || bare->mention->role == MENTION_OLD ||
                        (bare->opens && bare->year) || (lender && lender->opens && lender->paren == bare->paren) ||
                        bare->notation->scaled;
        if (is_bare_percent(bare, &r->out.items[i - 1]))
            make_percent(r, bare);
        else if (lender && lends(lender, bare) && compared)
            lend_unit(r, lender, bare);
    }
}

/* The mark that closes a parenthesis, at most 2 * FAR units on; else the last unit that was looked at. */
static size_t closing_of(const struct clause_reader *r, size_t open, size_t end)
{
    size_t at = open;
    while (at + 1 < end && at < open + 2 * FAR &&
           !(r->prose->units[at].kind == PROSE_MARK && r->prose->units[at].id == ')'))
        at++;
    return at;
}

/* The longer words from a unit on, in one direction, up to a figure or the end of the clause. */
static void read_words(const struct clause_reader *r, size_t unit, int step, uint32_t *words, size_t room)
{
    const struct prose_sentence *sentence = &r->prose->sentences[r->out.items[r->item_of[unit] - 1].sentence];
    size_t count = 0, looked = 0;
    for (size_t i = unit; step < 0 ? i > sentence->first : i + 1 < sentence->end; looked++) {
        i += (size_t)step;
        const struct prose_unit *it = &r->prose->units[i];
        bool opens = it->kind == PROSE_MARK && it->id == '(', closes = it->kind == PROSE_MARK && it->id == ')';
        if (step > 0 && opens && i == unit + 1) /* "46 % (42 %) of revenue" */
            i = closing_of(r, i, sentence->end);
        else if (count == room || looked == 2 * FAR || parts_clauses(it) || opens || closes ||
                 (it->kind == PROSE_FIGURE && r->out.items[r->item_of[i] - 1].family != FAMILY_RATE))
            return;
        if (it->kind == PROSE_WORD && it->end - it->start > LITTLE)
            words[count++] = it->id;
    }
}

static void read_labels(struct clause_reader *r)
{
    for (size_t i = 0; i < r->out.count; i++) {
        struct item *item = &r->out.items[i];
        if (item->family == FAMILY_AMOUNT)
            read_words(r, item->unit, -1, item->label, LABEL_WORDS);
        else if (item->family == FAMILY_RATE && item_has(item, CUE_OF))
            read_words(r, item->unit, 1, item->of, OF_WORDS);
    }
}

bool item_is_of(const struct item *rate, const struct item *whole)
{
    for (size_t i = 0; i < OF_WORDS && rate->of[i]; i++)
        for (size_t j = 0; j < LABEL_WORDS && whole->label[j]; j++)
            if (rate->of[i] == whole->label[j])
                return true;
    return rate->of[0] && rate->of[0] == whole->noun;
}

static void read_behind(struct clause_reader *r)
{
    r->out.behind = ARENA_ARRAY(r->arena, uint32_t, r->out.count);
    for (size_t i = 0; i < r->out.count; i++) {
        size_t word = r->out.items[i].unit + 2;
        const struct prose_unit *units = r->prose->units;
        if (word < r->prose->sentences[r->out.items[i].sentence].end && units[word].kind == PROSE_WORD)
            r->out.behind[i] = units[word].id;
    }
}

struct clauses clauses_read(struct arena *arena, struct draft *draft, const struct prose *prose,
                            const struct cues *cues)
{
    struct clause_reader r = {.arena = arena,
                              .draft = draft,
                              .prose = prose,
                              .index = index_cues(arena, prose, cues),
                              .item_of = ARENA_ARRAY(arena, uint32_t, prose->unit_count)};
    r.out.items = ARENA_ARRAY(arena, struct item, draft->mentions.count);
    read_items(&r);
    for (size_t i = 0; i < prose->sentence_count; i++)
        if (prose->sentences[i].figures)
            read_cues(&r, &prose->sentences[i]);
    read_years(&r.out);
    lend_units(&r);
    read_labels(&r);
    read_behind(&r);
    return r.out;
}

bool items_are_alike(const struct item *a, const struct item *b)
{
    struct unit joined;
    const struct unit *x = &a->notation->unit, *y = &b->notation->unit;
    if (a->family != b->family || x->kind != y->kind)
        return false;
    return x->kind == UNIT_COUNT || x->kind == UNIT_RATIO || unit_join(*x, '=', *y, &joined);
}
