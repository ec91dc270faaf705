#include "check/draft.h"

#include "base/arena.h"
#include "check/heading.h"

/* ---- the language ---- */

/* Words that are frequent in one language and rare in the others that have a lexicon. */
static const struct {
    struct str lang;
    struct str words[16];
} frequent[] = {
    {STR_INIT("fr"),
     {STR_INIT("le"), STR_INIT("la"), STR_INIT("les"), STR_INIT("de"), STR_INIT("des"), STR_INIT("du"), STR_INIT("et"),
      STR_INIT("une"), STR_INIT("dans"), STR_INIT("pour"), STR_INIT("est"), STR_INIT("sont"), STR_INIT("que"),
      STR_INIT("au"), STR_INIT("sur"), STR_INIT("avec")}},
    {STR_INIT("en"),
     {STR_INIT("the"), STR_INIT("of"), STR_INIT("and"), STR_INIT("to"), STR_INIT("in"), STR_INIT("is"),
      STR_INIT("that"), STR_INIT("for"), STR_INIT("was"), STR_INIT("were"), STR_INIT("with"), STR_INIT("by"),
      STR_INIT("from"), STR_INIT("are"), STR_INIT("this"), STR_INIT("have")}},
};

enum { LANG_COUNT = sizeof frequent / sizeof *frequent, LANG_WORDS = 16, LANG_LONGEST = 4 };

/* So much of a text tells its language. */
enum { LANG_BYTES = 1 << 16 };

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80); }

static void count_word(struct str word, size_t counts[LANG_COUNT])
{
    char lower[LANG_LONGEST];
    if (word.len > LANG_LONGEST)
        return;
    for (size_t i = 0; i < word.len; i++)
        lower[i] = word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' ? (char)(word.ptr[i] | 0x20) : word.ptr[i];
    for (size_t lang = 0; lang < LANG_COUNT; lang++)
        for (size_t i = 0; i < LANG_WORDS; i++)
            counts[lang] += str_equal((struct str){lower, word.len}, frequent[lang].words[i]);
}

/* The language whose frequent words are the most; the first one when they tell nothing. */
static struct str guess_lang(struct str text)
{
    size_t counts[LANG_COUNT] = {0}, best = 0;
    text = str_part(text, 0, LANG_BYTES);
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        for (end = at; end < text.len && is_letter(text.ptr[end]);)
            end++;
        count_word(str_part(text, at, end), counts);
    }
    for (size_t lang = 1; lang < LANG_COUNT; lang++)
        if (counts[lang] > counts[best])
            best = lang;
    return frequent[best].lang;
}

/* A language that a document names and that has no lexicon is as good as none; the user is told. */
static bool choose_lexicon(struct dataset_reader *reader, struct draft *draft)
{
    struct document *document = &draft->document;
    struct diag diag = {.arena = reader->arena};
    struct str lang = reader->lang.len ? reader->lang : document->lang;
    if (lang.len)
        draft->lexicon = lexicons_get(reader->lexicons, lang, &diag);
    if (!draft->lexicon && !reader->lang.len) {
        draft->lang_guessed = true;
        struct str guess = guess_lang(document->text);
        if (diag.failed)
            problems_warn(reader->problems, document->source, 0,
                          "the document's language, %.*s, has no lexicon: it is read as %.*s", STR_ARG(lang),
                          STR_ARG(guess));
        diag = (struct diag){.arena = reader->arena};
        draft->lexicon = lexicons_get(reader->lexicons, guess, &diag);
    }
    problems_take(reader->problems, &diag);
    return draft->lexicon != NULL;
}

/* ---- mentions ---- */

static void drop_opaque(struct draft *draft)
{
    struct mentions *mentions = &draft->mentions;
    size_t kept = 0;
    if (!draft->document.opaque_count)
        return;
    for (size_t i = 0; i < mentions->count; i++)
        if (!document_is_opaque(&draft->document, mentions->items[i].start, mentions->items[i].end))
            mentions->items[kept++] = mentions->items[i];
    mentions->count = kept;
}

/* Gives mention `i`, in a table, the unit of the headings of its cell. */
static void take_unit(struct draft *draft, struct headings *headings, size_t i)
{
    const struct mentions *mentions = &draft->mentions;
    struct mention *m = &mentions->items[i];
    const struct block *block = draft_block(draft, m);
    if (block->cell == DOCUMENT_NONE)
        return;
    const struct cell *cell = &draft->document.tables[block->table].cells[block->cell];
    bool year = m->what == NOT_A_FIGURE_YEAR;
    bool alone = m->start == cell->start && (i + 1 == mentions->count || m[1].start >= cell->end);
    if (!alone || cell->header || (m->what != NOT_A_FIGURE_NONE && !(year && m->end == cell->end)))
        return;
    struct str unit = headings_unit(headings, block->table, block->cell, !year), text = m->notation.text;
    struct notation notation = m->notation;
    const char *why;
    if (!unit.len || (year && !notation_read(headings->arena, draft->lexicon, text, &notation, &why)))
        return;
    if (notation_set_unit(headings->arena, draft->lexicon, &notation, unit) &&
        !(year && notation.unit.kind == UNIT_DURATION)) {
        m->notation = notation;
        m->what = NOT_A_FIGURE_NONE;
    }
}

bool draft_read(struct dataset_reader *reader, struct source *source, struct str type, struct str encoding,
                struct draft *out)
{
    struct diag diag = {.arena = reader->arena};
    *out = (struct draft){0};
    if (!document_read(reader->arena, source, type, encoding, &out->document, &diag))
        return problems_take(reader->problems, &diag);
    if (!choose_lexicon(reader, out))
        return false;
    out->mentions = mention_find(reader->arena, out->lexicon, out->document.text);
    drop_opaque(out);
    struct headings headings = {.arena = reader->arena, .document = &out->document, .lexicon = out->lexicon};
    for (size_t i = 0; out->document.table_count && i < out->mentions.count; i++)
        take_unit(out, &headings, i);
    return true;
}

/* ---- places ---- */

struct finding_place draft_place(struct draft *draft, struct locator *locator, size_t start, size_t end)
{
    return locate_document(locator, &draft->document, start, end);
}

const struct block *draft_block(const struct draft *draft, const struct mention *mention)
{
    return &draft->document.blocks[document_block(&draft->document, mention->start)];
}
