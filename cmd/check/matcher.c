#include "check/matcher.h"

#include <string.h>

#include "base/arena.h"

/* How many units a match has taken so far: one bit for each possible number. */
enum { TAKEN_BITS = 64, TAKEN_WORDS = TEMPLATE_MAX_WIDTH / TAKEN_BITS + 1 };
struct taken {
    uint64_t bits[TAKEN_WORDS];
};

struct matcher {
    const struct template *template;
    const struct prose *prose;
    const struct mentions *mentions;
    uint32_t **ids;     /* of the words of each item, phrase after phrase; a mark's is its code point */
    uint64_t needed;    /* the marks of the words that every match has */
    bool possible;      /* the text has all these words */
    size_t sentence;    /* that is searched, */
    size_t at;          /* from this unit on */
    struct taken *ways; /* before each item, and behind the last one */
    uint32_t *found, *last;
    size_t last_end; /* the unit behind the last match */
};

static void look_up(struct matcher *m, struct arena *arena, size_t item)
{
    const struct template_item *it = &m->template->items[item];
    size_t count = 0;
    for (size_t i = 0; i < it->count; i++)
        count += it->items[i].count;
    uint32_t *id = m->ids[item] = ARENA_ARRAY(arena, uint32_t, count);
    for (size_t i = 0; i < it->count; i++)
        for (size_t j = 0; j < it->items[i].count; j++, id++) {
            const struct template_word *word = &it->items[i].items[j];
            *id = word->mark ? word->mark : prose_word(m->prose, word->spelling);
            if (it->count > 1 || word->mark)
                continue;
            m->possible &= *id > 0;
            m->needed |= prose_mark(*id);
        }
}

struct matcher *matcher_new(struct arena *arena, const struct template *template, const struct prose *prose,
                            const struct mentions *mentions)
{
    struct matcher *m = ARENA_NEW(arena, struct matcher);
    *m = (struct matcher){.template = template,
                          .prose = prose,
                          .mentions = mentions,
                          .ids = ARENA_ARRAY(arena, uint32_t *, template->count),
                          .possible = true,
                          .ways = ARENA_ARRAY(arena, struct taken, template->count + 1),
                          .found = ARENA_ARRAY(arena, uint32_t, template->count),
                          .last = ARENA_ARRAY(arena, uint32_t, template->count)};
    for (size_t i = 0; i < template->count; i++)
        look_up(m, arena, i);
    return m;
}

static bool has_way(const struct taken *taken, size_t count)
{
    return taken->bits[count / TAKEN_BITS] >> count % TAKEN_BITS & 1;
}

/* Adds `count` + each of the numbers that are bits of `more`. */
static void add_ways(struct taken *taken, size_t count, uint64_t more)
{
    size_t word = count / TAKEN_BITS, shift = count % TAKEN_BITS;
    taken->bits[word] |= more << shift;
    if (shift && word + 1 < TAKEN_WORDS)
        taken->bits[word + 1] |= more >> (TAKEN_BITS - shift);
}

static bool is_figure_of(const struct matcher *m, const struct template_item *item, const struct prose_unit *unit)
{
    if (unit->kind != PROSE_FIGURE && unit->kind != PROSE_ASIDE)
        return false;
    const struct mention *mention = &m->mentions->items[unit->id];
    if (!item->any && item->kind == NOTATION_YEAR)
        return mention->what == NOT_A_FIGURE_YEAR || mention->notation.kind == NOTATION_YEAR;
    return unit->kind == PROSE_FIGURE && (item->any || mention->notation.kind == item->kind);
}

static bool phrase_fits(const struct template_phrase *phrase, const uint32_t *ids, const struct prose_unit *units)
{
    for (size_t i = 0; i < phrase->count; i++) {
        enum prose_kind kind = phrase->items[i].mark ? PROSE_MARK : PROSE_WORD;
        if (units[i].kind != kind || units[i].id != ids[i] || !ids[i])
            return false;
    }
    return true;
}

/* The numbers of units, as bits, that an item can take from unit `at` on, all before unit `end`. */
static uint64_t lengths_at(const struct matcher *m, size_t item, size_t at, size_t end)
{
    const struct template_item *it = &m->template->items[item];
    const struct prose_unit *units = m->prose->units + at;
    const uint32_t *ids = m->ids[item];
    size_t left = end - at;
    uint64_t lengths = 0;
    switch (it->what) {
    case TEMPLATE_FIGURE:
        return left && is_figure_of(m, it, units) ? 2 : 0;
    case TEMPLATE_GAP:
        lengths = 1;
        for (size_t i = 0; i < TEMPLATE_GAP_WORDS && i < left && units[i].kind != PROSE_FIGURE; i++)
            lengths |= UINT64_C(2) << i;
        return lengths;
    case TEMPLATE_WORDS:
        for (size_t i = 0; i < it->count; ids += it->items[i++].count)
            if (it->items[i].count <= left && phrase_fits(&it->items[i], ids, units))
                lengths |= UINT64_C(1) << it->items[i].count;
        break;
    }
    return lengths;
}

/* All ways from unit `at` on. False when none leads through the whole template. */
static bool find_ways(struct matcher *m, size_t at, size_t end)
{
    size_t furthest = 0;
    memset(m->ways, 0, (m->template->count + 1) * sizeof *m->ways);
    m->ways[0].bits[0] = 1;
    for (size_t i = 0; i < m->template->count; i++) {
        size_t reached = 0;
        bool alive = false;
        for (size_t taken = 0; taken <= furthest; taken++) {
            uint64_t lengths = has_way(&m->ways[i], taken) ? lengths_at(m, i, at + taken, end) : 0;
            if (!lengths)
                continue;
            size_t most = taken + TAKEN_BITS - 1 - (size_t)__builtin_clzll(lengths);
            reached = most > reached ? most : reached;
            alive = true;
            add_ways(&m->ways[i + 1], taken, lengths);
        }
        if (!alive)
            return false;
        furthest = reached;
    }
    return true;
}

/* The shortest way, read backwards: which figures it takes, and its end. */
static size_t follow_way(struct matcher *m, size_t at, size_t end)
{
    size_t taken = 0, figures = m->template->figures;
    while (!has_way(&m->ways[m->template->count], taken))
        taken++;
    size_t match_end = at + taken;
    for (size_t i = m->template->count; i-- > 0;) {
        size_t before = taken;
        while (!has_way(&m->ways[i], before) || !(lengths_at(m, i, at + before, end) >> (taken - before) & 1))
            before--;
        if (m->template->items[i].what == TEMPLATE_FIGURE)
            m->found[--figures] = m->prose->units[at + before].id;
        taken = before;
    }
    return match_end;
}

/* Is it another match than the last one? One without figures must stand behind it. */
static bool is_new(struct matcher *m, size_t at)
{
    size_t bytes = m->template->figures * sizeof *m->found;
    bool first = !m->last_end;
    if (!bytes)
        return first || at >= m->last_end;
    return first || memcmp(m->found, m->last, bytes) != 0;
}

bool matcher_next(struct matcher *m, struct template_match *match)
{
    for (; m->possible && m->sentence < m->prose->sentence_count; m->sentence++) {
        const struct prose_sentence *sentence = &m->prose->sentences[m->sentence];
        if ((sentence->word_marks & m->needed) != m->needed || sentence->figures < m->template->counted)
            continue;
        if (m->at < sentence->first)
            m->at = sentence->first;
        while (m->at < sentence->end) {
            size_t at = m->at++, end;
            if (!lengths_at(m, 0, at, sentence->end) || !find_ways(m, at, sentence->end))
                continue;
            end = follow_way(m, at, sentence->end);
            if (!is_new(m, at))
                continue;
            memcpy(m->last, m->found, m->template->figures * sizeof *m->found);
            m->last_end = end;
            *match = (struct template_match){m->prose->units[at].start, m->prose->units[end - 1].end, m->last};
            return true;
        }
    }
    return false;
}
