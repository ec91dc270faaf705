#include "figure/prose.h"

#include "base/arena.h"
#include "figure/token.h"

/* Hardly any text has more units than one in so many bytes: room for them is taken at once. */
enum { UNIT_BYTES = 5 };

/* The text while it is cut. */
struct cutting {
    struct prose *prose;
    struct str text;
    const struct mentions *mentions;
    size_t mention, sentence; /* the next ones */
    struct {
        struct prose_unit *items;
        size_t count, room;
    } units;
    struct {
        struct prose_sentence *items;
        size_t count, room;
    } sentences;
};

static uint32_t id_of(const struct map *map, struct str key) { return (uint32_t)(uintptr_t)map_get(map, key); }

static void set_id(struct map *map, struct str key, uint32_t id) { *map_put(map, key) = (void *)(uintptr_t)id; }

/* The id of a word of the text. Each form is stemmed once. */
static uint32_t intern(struct prose *prose, struct str form)
{
    uint32_t id = id_of(&prose->forms, form);
    if (id)
        return id;
    struct str stem = stemmer_stem(prose->stemmer, prose->arena, form);
    id = id_of(&prose->stems, stem);
    if (!id) {
        id = ++prose->words;
        set_id(&prose->stems, stem, id);
    }
    set_id(&prose->forms, str_copy(prose->arena, form), id);
    return id;
}

uint32_t prose_word(const struct prose *prose, struct str word)
{
    return id_of(&prose->stems, stemmer_stem(prose->stemmer, prose->arena, word));
}

/* Does a sentence start at byte `at`, or between it and what was read before? */
static bool sentence_starts(struct cutting *c, size_t at)
{
    bool starts = !c->sentences.count;
    for (; c->sentence < c->mentions->sentence_count && c->mentions->sentences[c->sentence] <= at; c->sentence++)
        starts = true;
    return starts;
}

static void add_unit(struct cutting *c, struct prose_unit unit)
{
    struct arena *arena = c->prose->arena;
    if (sentence_starts(c, unit.start))
        *LIST_ADD(arena, &c->sentences) = (struct prose_sentence){.first = c->units.count};
    struct prose_sentence *sentence = &c->sentences.items[c->sentences.count - 1];
    *LIST_ADD(arena, &c->units) = unit;
    sentence->end = c->units.count;
    sentence->figures += unit.kind == PROSE_FIGURE;
    sentence->word_marks |= unit.kind == PROSE_WORD ? prose_mark(unit.id) : 0;
}

static void cut(struct cutting *c)
{
    struct spelling spelling;
    for (size_t at = 0;;) {
        struct token token = token_next(c->text, &at, &spelling);
        if (token.type == TOKEN_END)
            return;
        const struct mention *mention = c->mention < c->mentions->count ? &c->mentions->items[c->mention] : NULL;
        struct prose_unit unit = {token.start, token.end, token.code, PROSE_MARK};
        if (mention && token.end > mention->start) {
            bool figure = mention->what == NOT_A_FIGURE_NONE;
            unit = (struct prose_unit){(uint32_t)mention->start, (uint32_t)mention->end, (uint32_t)c->mention++,
                                       figure ? PROSE_FIGURE : PROSE_ASIDE};
            at = mention->end;
        } else if (token.type != TOKEN_MARK) {
            struct str form = {spelling.bytes, spelling.len};
            unit.kind = PROSE_WORD;
            unit.id = form.len ? intern(c->prose, form) : 0;
        }
        add_unit(c, unit);
    }
}

struct prose *prose_read(struct arena *arena, struct str lang, struct str text, const struct mentions *mentions)
{
    struct prose *prose = ARENA_NEW(arena, struct prose);
    struct cutting c = {.prose = prose, .text = text, .mentions = mentions};
    *prose = (struct prose){
        .arena = arena, .stemmer = stemmer_open(arena, lang), .forms = {.arena = arena}, .stems = {.arena = arena}};
    c.units.room = text.len / UNIT_BYTES + 1;
    c.units.items = ARENA_ARRAY(arena, struct prose_unit, c.units.room);
    cut(&c);
    prose->units = c.units.items;
    prose->unit_count = c.units.count;
    prose->sentences = c.sentences.items;
    prose->sentence_count = c.sentences.count;
    return prose;
}

void prose_close(struct prose *prose) { stemmer_close(prose->stemmer); }
