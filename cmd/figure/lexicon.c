#include "figure/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/embed.h"
#include "base/map.h"
#include "figure/notation.h"
#include "figure/terms.h"
#include "read/json.h"

struct word_entry {
    uint16_t number;
    struct phrase phrase; /* of this word alone; the root of those that start with it */
};

struct named_unit {
    struct unit unit;
    int exponent; /* of money: of the coin to the currency */
    uint8_t minor;
};

struct lexicon {
    struct arena *arena;
    struct str lang;
    bool decimal_comma, and_behind_hundreds, month_first;
    struct map vocabulary; /* spelling -> struct word_entry */
    struct {
        struct word_entry **items; /* by number; the first is of no word */
        size_t count, room;
    } words;
    struct map units;        /* symbol -> struct named_unit */
    const struct json *sets; /* the words that <name> stands for */
};

static const struct str FOLDER = STR_INIT("rules/lexicon/");

uint16_t lexicon_word(const struct lexicon *lexicon, struct str spelling)
{
    const struct word_entry *entry = spelling.len ? map_get(&lexicon->vocabulary, spelling) : NULL;
    return entry ? entry->number : 0;
}

const struct phrase *lexicon_phrase(const struct lexicon *lexicon, uint16_t word)
{
    return &lexicon->words.items[word]->phrase;
}

bool lexicon_decimal_comma(const struct lexicon *lexicon) { return lexicon->decimal_comma; }

bool lexicon_and_behind_hundreds(const struct lexicon *lexicon) { return lexicon->and_behind_hundreds; }

bool lexicon_month_first(const struct lexicon *lexicon) { return lexicon->month_first; }

int lexicon_minor(const struct lexicon *lexicon, struct unit unit)
{
    const struct named_unit *named = unit.kind == UNIT_MONEY ? map_get(&lexicon->units, unit.symbol) : NULL;
    return named ? named->minor : 0;
}

struct unit lexicon_named(const struct lexicon *lexicon, struct str name)
{
    const struct named_unit *named = map_get(&lexicon->units, name);
    return named ? named->unit : unit_count();
}

const struct term *lexicon_symbol(const struct lexicon *lexicon, struct str symbol)
{
    const struct term *term = lexicon_phrase(lexicon, lexicon_word(lexicon, symbol))->terms;
    while (term && term->role != TERM_UNIT)
        term = term->other;
    return term;
}

struct str lexicon_lang(const struct lexicon *lexicon) { return lexicon->lang; }

/* ---- building ---- */

static struct word_entry *word_put(struct lexicon *lexicon, struct str spelling)
{
    struct word_entry *entry = map_get(&lexicon->vocabulary, spelling);
    if (!entry) {
        entry = ARENA_NEW(lexicon->arena, struct word_entry);
        entry->number = entry->phrase.word = (uint16_t)lexicon->words.count;
        *LIST_ADD(lexicon->arena, &lexicon->words) = entry;
        if (spelling.len)
            *map_put(&lexicon->vocabulary, str_copy(lexicon->arena, spelling)) = entry;
    }
    return entry;
}

static struct phrase *child_of(const struct phrase *phrase, uint16_t word, bool glued)
{
    struct phrase *child = phrase->child;
    while (child && (child->word != word || child->glued != glued))
        child = child->sibling;
    return child;
}

static struct phrase *child_put(struct arena *arena, struct phrase *phrase, uint16_t word, bool glued)
{
    struct phrase *child = child_of(phrase, word, glued);
    if (!child) {
        child = ARENA_NEW(arena, struct phrase);
        *child = (struct phrase){.word = word, .glued = glued, .sibling = phrase->child};
        phrase->child = child;
    }
    return child;
}

/* Adds a phrase without "(" and "<". */
static void phrase_add(struct lexicon *lexicon, struct str text, struct term term)
{
    /* An apostrophe belongs to its word only when a letter follows. */
    bool elided = str_ends(text, STR("'"));
    struct str cut = elided ? str_format(lexicon->arena, "%.*sa", STR_ARG(text)) : text;
    struct phrase *phrase = NULL;
    struct spelling spelling;
    uint64_t role = UINT64_C(1) << term.role;
    for (size_t at = 0; at < text.len;) {
        struct token token = token_next(cut, &at, &spelling);
        struct word_entry *word = word_put(lexicon, (struct str){spelling.bytes, spelling.len});
        phrase = phrase ? child_put(lexicon->arena, phrase, word->number, token.gap == GAP_NONE) : &word->phrase;
        phrase->below |= role;
    }
    for (const struct term *old = phrase->terms; old; old = old->other)
        if (old->role == term.role && str_equal(old->exact, term.exact))
            return; /* "point" and "point(s)": the first one stands */
    struct term *added = ARENA_NEW(lexicon->arena, struct term);
    *added = term;
    added->other = phrase->terms;
    phrase->terms = added;
    phrase->roles |= role;
}

static bool has_upper(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= 'A' && text.ptr[i] <= 'Z')
            return true;
    return false;
}

/* Writes out "(…)" and "<…>", the first of them first, then adds the phrase.
 *
 * phrase = { text | "(" text ")" | "<" name of a set ">" }
 */
static bool phrase_expand(struct lexicon *lexicon, const struct json *node, struct str text, struct term term,
                          struct diag *diag)
{
    size_t open = 0;
    while (open < text.len && text.ptr[open] != '(' && (text.ptr[open] != '<' || text.len == 1))
        open++;
    if (open == text.len) {
        bool exact = term.exact.ptr || has_upper(text);
        term.exact = exact ? str_copy(lexicon->arena, text) : (struct str){0};
        phrase_add(lexicon, text, term);
        return true;
    }
    bool optional = text.ptr[open] == '(';
    size_t close = open + str_find(str_part(text, open, text.len), optional ? STR(")") : STR(">"));
    struct str before = str_part(text, 0, open), inside = str_part(text, open + 1, close),
               behind = str_part(text, close + 1, text.len);
    const struct json *set = json_member(lexicon->sets, inside);
    size_t choices = optional ? 2 : set->count;
    if (!choices || close == text.len)
        return json_fail(diag, node, "%.*s: no such set of words", STR_ARG(text));
    for (size_t i = 0; i < choices; i++) {
        struct str choice = !optional ? set->items[i].text : i ? inside : (struct str){0};
        struct buf whole = {.arena = lexicon->arena};
        buf_add(&whole, before);
        buf_add(&whole, choice);
        buf_add(&whole, behind);
        if (!phrase_expand(lexicon, node, buf_str(&whole), term, diag))
            return false;
    }
    return true;
}

/* ---- units.json ---- */

/* "1000", "1/12", "0.01". */
static bool factor_read(struct lexicon *lexicon, const struct json *node, struct number *out, struct diag *diag)
{
    const char *why = "";
    struct str rest = node->text, first = str_cut(&rest, STR("/"));
    struct number divisor = number_int(1);
    if (!number_read(lexicon->arena, first, out, &why) ||
        (rest.len && (!number_read(lexicon->arena, rest, &divisor, &why) || !number_sign(divisor))))
        return json_fail(diag, node, "%.*s: no factor (\"1000\", \"1/12\")", STR_ARG(node->text));
    *out = number_div(lexicon->arena, *out, divisor);
    return true;
}

static const struct {
    const char *name;
    enum unit_kind kind;
} UNIT_KINDS[] = {{"money", UNIT_MONEY},
                  {"ratio", UNIT_RATIO},
                  {"points", UNIT_POINTS},
                  {"duration", UNIT_DURATION},
                  {"measure", UNIT_MEASURE}};

static bool unit_kind_read(const struct json *node, enum unit_kind *out, struct diag *diag)
{
    for (size_t i = 0; i < sizeof UNIT_KINDS / sizeof *UNIT_KINDS; i++)
        if (str_equal(str_from(UNIT_KINDS[i].name), node->text)) {
            *out = UNIT_KINDS[i].kind;
            return true;
        }
    return json_fail(diag, node, "%.*s: no kind of unit", STR_ARG(node->text));
}

/* {"day": -1, "m": 1}, in order of name. In a speed, the base of time is still a duration. */
static bool bases_read(const struct json *node, struct unit *unit, struct diag *diag)
{
    if (node->count > UNIT_MAX_BASES)
        return json_fail(diag, node, "more than %d base units", UNIT_MAX_BASES);
    for (size_t i = 0; i < node->count; i++) {
        struct unit_base *base = &unit->bases[unit->base_count++];
        if (node->items[i].key.len > sizeof base->name)
            return json_fail(diag, &node->items[i], "the name of a base unit is longer than 8 letters");
        memcpy(base->name, node->items[i].key.ptr, node->items[i].key.len);
        base->power = (int8_t)node->items[i].number;
        bool time = str_equal(node->items[i].key, STR("day")) || str_equal(node->items[i].key, STR("year"));
        base->kind = time ? UNIT_DURATION : unit->kind;
    }
    return true;
}

static struct term unit_term(const struct named_unit *named, int exponent)
{
    return (struct term){
        .role = TERM_UNIT, .unit = &named->unit, .value = named->exponent + exponent, .minor = named->minor};
}

/* One unit of a group: {"kind", "bases", "minor", "names": {name: factor}, "symbols": {symbol: factor}}. Symbols stand
 * for themselves in every language, names only for what the languages' lexicons say. */
static bool unit_add(struct lexicon *lexicon, const struct json *group, const struct json *node, bool symbol,
                     struct diag *diag)
{
    const struct json *bases = json_member(group, STR("bases"));
    struct named_unit *named = ARENA_NEW(lexicon->arena, struct named_unit);
    struct unit *unit = &named->unit;
    named->minor = (uint8_t)json_member(group, STR("minor"))->number;
    unit->symbol = node->key;
    if (!unit_kind_read(json_member(group, STR("kind")), &unit->kind, diag) || !bases_read(bases, unit, diag) ||
        !factor_read(lexicon, node, &unit->factor, diag))
        return false;
    if (unit->kind == UNIT_MONEY && bases->count) { /* coins are told as parts of their currency */
        named->exponent = number_last_place(unit->factor);
        unit->factor = number_int(1);
        unit->symbol = bases->items[0].key;
    }
    *map_put(&lexicon->units, node->key) = named;
    struct term term = unit_term(named, 0);
    term.exact = node->key;
    return !symbol || phrase_expand(lexicon, node, node->key, term, diag);
}

/* MEUR, kUSD: the prefixes of money before currency codes, which are written as one word with them. */
static bool prefixes_add(struct lexicon *lexicon, const struct json *prefixes, const struct json *node,
                         struct diag *diag)
{
    const struct named_unit *named = map_get(&lexicon->units, node->key);
    if (named->unit.kind != UNIT_MONEY || node->key.len != 3 || !has_upper(node->key))
        return true;
    for (size_t i = 0; i < prefixes->count; i++) {
        struct term term = unit_term(named, (int)prefixes->items[i].number);
        struct str text = str_format(lexicon->arena, "%.*s%.*s", STR_ARG(prefixes->items[i].key), STR_ARG(node->key));
        if (!phrase_expand(lexicon, node, text, term, diag))
            return false;
    }
    return true;
}

static bool units_read(struct lexicon *lexicon, const struct json *root, struct diag *diag)
{
    const struct json *groups = json_member(root, STR("groups")), *prefixes = json_member(root, STR("prefixes"));
    for (size_t i = 0; i < groups->count; i++) {
        const struct json *group = &groups->items[i];
        const struct json *names = json_member(group, STR("names")), *symbols = json_member(group, STR("symbols"));
        for (size_t j = 0; j < names->count; j++)
            if (!unit_add(lexicon, group, &names->items[j], false, diag))
                return false;
        for (size_t j = 0; j < symbols->count; j++)
            if (!unit_add(lexicon, group, &symbols->items[j], true, diag) ||
                !prefixes_add(lexicon, prefixes, &symbols->items[j], diag))
                return false;
    }
    return true;
}

/* ---- LANG.json: one function a form of section ---- */

static bool list_read(struct lexicon *lexicon, const struct json *list, struct term term, struct diag *diag)
{
    if (list->type != JSON_LIST)
        return json_fail(diag, list, "%s where a list of phrases is expected", json_type_name(list->type));
    for (size_t i = 0; i < list->count; i++)
        if (!phrase_expand(lexicon, &list->items[i], list->items[i].text, term, diag))
            return false;
    return true;
}

/* ["janvier", "février"]; the value is the index, from 1. */
static bool section_list(struct lexicon *lexicon, const struct json *section, enum term_role role, struct diag *diag)
{
    for (size_t i = 0; i < section->count; i++)
        if (!phrase_expand(lexicon, &section->items[i], section->items[i].text,
                           (struct term){.role = role, .value = (int64_t)i + 1}, diag))
            return false;
    return true;
}

/* {"deux": 2} */
static bool section_values(struct lexicon *lexicon, const struct json *section, enum term_role role, struct diag *diag)
{
    for (size_t i = 0; i < section->count; i++)
        if (!phrase_expand(lexicon, &section->items[i], section->items[i].key,
                           (struct term){.role = role, .value = (int64_t)section->items[i].number}, diag))
            return false;
    return true;
}

/* {"about": ["environ", …]} */
static bool section_hedges(struct lexicon *lexicon, const struct json *section, enum term_role role, struct diag *diag)
{
    for (size_t i = 0; i < section->count; i++) {
        int hedge = HEDGE_NONE;
        while (hedge <= HEDGE_ROUND_NUMBER && !str_equal(hedge_name((enum hedge)hedge), section->items[i].key))
            hedge++;
        if (hedge > HEDGE_ROUND_NUMBER)
            return json_fail(diag, &section->items[i], "%.*s: no such hedge", STR_ARG(section->items[i].key));
        if (!list_read(lexicon, &section->items[i], (struct term){.role = role, .value = hedge}, diag))
            return false;
    }
    return true;
}

/* {"total": ["total", …]} */
static bool section_table_words(struct lexicon *lexicon, const struct json *section, enum term_role role,
                                struct diag *diag)
{
    static const char *const names[TABLE_WORD_COUNT] = {
        [TABLE_WORD_TOTAL] = "total", [TABLE_WORD_SUBTOTAL] = "subtotal", [TABLE_WORD_PART] = "part",
        [TABLE_WORD_RATE] = "rate",   [TABLE_WORD_SHARE] = "share",       [TABLE_WORD_CHANGE] = "change",
    };
    for (size_t i = 0; i < section->count; i++) {
        size_t word = 0;
        while (word < TABLE_WORD_COUNT && !str_equal(str_from(names[word]), section->items[i].key))
            word++;
        if (word == TABLE_WORD_COUNT)
            return json_fail(diag, &section->items[i], "%.*s: no such word of tables", STR_ARG(section->items[i].key));
        if (!list_read(lexicon, &section->items[i], (struct term){.role = role, .value = (int64_t)word}, diag))
            return false;
    }
    return true;
}

/* {"1/2": ["la moitié", …]} */
static bool section_fractions(struct lexicon *lexicon, const struct json *section, enum term_role role,
                              struct diag *diag)
{
    for (size_t i = 0; i < section->count; i++) {
        struct str rest = section->items[i].key, first = str_cut(&rest, STR("/"));
        struct term term = {.role = role,
                            .value = strtol(str_z(lexicon->arena, first), NULL, 10),
                            .divisor = rest.len ? strtol(str_z(lexicon->arena, rest), NULL, 10) : 1};
        if (term.divisor <= 0)
            return json_fail(diag, &section->items[i], "a fraction is written \"1/2\"");
        if (!list_read(lexicon, &section->items[i], term, diag))
            return false;
    }
    return true;
}

/* {"km": ["kilomètre(s)", …]} */
static bool section_units(struct lexicon *lexicon, const struct json *section, enum term_role role, struct diag *diag)
{
    for (size_t i = 0; i < section->count; i++) {
        const struct named_unit *named = map_get(&lexicon->units, section->items[i].key);
        if (!named)
            return json_fail(diag, &section->items[i], "%.*s: no such unit in units.json",
                             STR_ARG(section->items[i].key));
        struct term term = unit_term(named, 0);
        term.role = role;
        if (!list_read(lexicon, &section->items[i], term, diag))
            return false;
    }
    return true;
}

static const struct {
    const char *name;
    bool (*read)(struct lexicon *lexicon, const struct json *section, enum term_role role, struct diag *diag);
} SECTIONS[TERM_ROLE_COUNT] = {
#define LIST section_list
#define VALUES section_values
#define HEDGES section_hedges
#define FRACTIONS section_fractions
#define UNITS section_units
#define TABLE_WORDS section_table_words
#define X(role, section, form) [TERM_##role] = {section, form},
    TERM_ROLES(X)
#undef X
#undef LIST
#undef VALUES
#undef HEDGES
#undef FRACTIONS
#undef UNITS
#undef TABLE_WORDS
};

static bool sections_read(struct lexicon *lexicon, const struct json *root, struct diag *diag)
{
    for (size_t role = 0; role < TERM_ROLE_COUNT; role++)
        if (!SECTIONS[role].read(lexicon, json_member(root, str_from(SECTIONS[role].name)), (enum term_role)role, diag))
            return false;
    return true;
}

static bool language_read(struct lexicon *lexicon, const struct json *root, struct diag *diag)
{
    lexicon->decimal_comma = str_equal(json_member(root, STR("decimal"))->text, STR(","));
    lexicon->and_behind_hundreds = str_equal(json_member(root, STR("and_behind"))->text, STR("hundreds"));
    lexicon->month_first = json_member(root, STR("month_first"))->truth;
    lexicon->sets = json_member(root, STR("sets"));
    return sections_read(lexicon, root, diag);
}

/* ---- loading ---- */

static struct str lexicon_path(struct arena *arena, struct str name)
{
    return str_format(arena, "%.*s%.*s.json", STR_ARG(FOLDER), STR_ARG(name));
}

static const struct json *embedded_json(struct arena *arena, struct str name, struct diag *diag)
{
    struct source *source = ARENA_NEW(arena, struct source);
    source->name = lexicon_path(arena, name);
    if (embed_find(source->name, &source->bytes))
        return json_read_embedded(arena, source, diag);
    diag_about(diag, source->name, "not compiled in");
    return NULL;
}

/* The languages that have a lexicon, for a message: "en, fr". */
static struct str languages(struct arena *arena)
{
    struct buf list = {.arena = arena};
    for (const struct embedded_part *part = embedded_parts; part->path; part++) {
        struct str name = str_from(part->path);
        if (str_starts(name, FOLDER) && name.len == FOLDER.len + 2 + strlen(".json"))
            buf_addf(&list, "%s%.*s", list.len ? ", " : "", STR_ARG(str_part(name, FOLDER.len, FOLDER.len + 2)));
    }
    return buf_str(&list);
}

bool lexicon_exists(struct arena *arena, struct str lang, struct diag *diag)
{
    struct str bytes;
    if ((lang.len == 2 || (lang.len > 2 && lang.ptr[2] == '-')) &&
        embed_find(lexicon_path(arena, str_part(lang, 0, 2)), &bytes))
        return true;
    return diag_about(diag, lang, "no lexicon of this language; there are %.*s", STR_ARG(languages(arena)));
}

const struct lexicon *lexicon_load(struct arena *arena, struct str lang, struct diag *diag)
{
    struct str name = str_part(lang, 0, 2);
    if (!lexicon_exists(arena, lang, diag))
        return NULL;
    struct lexicon *lexicon = ARENA_NEW(arena, struct lexicon);
    lexicon->arena = lexicon->vocabulary.arena = lexicon->units.arena = arena;
    lexicon->lang = str_copy(arena, name);
    word_put(lexicon, (struct str){0}); /* number 0 */
    const struct json *units = embedded_json(arena, STR("units"), diag);
    const struct json *language = units ? embedded_json(arena, name, diag) : NULL;
    if (!language || !units_read(lexicon, units, diag) ||
        !sections_read(lexicon, json_member(units, STR("common")), diag) || !language_read(lexicon, language, diag))
        return NULL;
    return lexicon;
}

const struct lexicon *lexicons_get(struct lexicons *lexicons, struct str lang, struct diag *diag)
{
    lexicons->by_lang.arena = lexicons->arena;
    const struct lexicon *lexicon = map_get(&lexicons->by_lang, lang);
    if (!lexicon && (lexicon = lexicon_load(lexicons->arena, lang, diag)))
        *map_put(&lexicons->by_lang, str_copy(lexicons->arena, lang)) = (void *)lexicon;
    return lexicon;
}

/* ---- looking up ---- */

static const struct term *term_of(const struct reading *r, const struct phrase *phrase, enum term_role role,
                                  size_t from, size_t to)
{
    const struct term *term = phrase->terms;
    while (term && (term->role != role || (term->exact.len && !str_equal(term->exact, reading_text(r, from, to)))))
        term = term->other;
    return term;
}

const struct term *term_longest(const struct reading *r, size_t at, enum term_role role, size_t *next)
{
    uint64_t bit = UINT64_C(1) << role;
    const struct term *longest = NULL;
    const struct phrase *phrase = lexicon_phrase(r->lexicon, r->tokens[at].word);
    for (size_t i = at; phrase && phrase->below & bit;) {
        const struct term *term = phrase->roles & bit ? term_of(r, phrase, role, at, i + 1) : NULL;
        i++;
        if (term) {
            longest = term;
            *next = i;
        }
        const struct token *follower = &r->tokens[i];
        phrase = follower->word && follower->gap <= GAP_LINE
                     ? child_of(phrase, follower->word, follower->gap == GAP_NONE)
                     : NULL;
    }
    return longest;
}

/* A word that says what kind of whole number it is: "année", "rang". */
static bool whole_unit(const struct reading *r, struct unit *unit)
{
    size_t behind = 0;
    bool year = term_at(r, 0, TERM_YEAR_UNIT, &behind) && behind == r->count;
    bool rank = !year && term_at(r, 0, TERM_RANK_UNIT, &behind) && behind == r->count;
    if (year || rank)
        *unit = year ? unit_year() : unit_ordinal();
    return year || rank;
}

/* A scale without a unit of its own: "M", "millions", "millions d'habitants". */
static bool is_scale_alone(const struct reading *r, size_t at)
{
    return at == r->count || token_len(&r->tokens[0]) > 3;
}

/* unit = whole-unit | [ scale [ of ] ] unit | money scale | scale [ of noun ] */
bool lexicon_unit(const struct lexicon *lexicon, struct str text, struct unit *unit, struct number *scale)
{
    struct arena scratch = {.out_of_memory = lexicon->arena->out_of_memory};
    struct reading r = {0};
    reading_open(&r, &scratch, lexicon, str_trim(text));
    size_t at = 0, behind = 0;
    int exponent = 0;
    bool found = whole_unit(&r, unit);
    const struct term *term = found ? NULL : term_at(&r, 0, TERM_UNIT, &behind);
    const struct term *power = !found && behind < r.count ? term_at(&r, term ? behind : 0, TERM_SCALE, &at) : NULL;
    if (power && term) { /* "$bn" */
        behind = term->unit->kind == UNIT_MONEY ? at : 0;
        exponent = (int)power->value;
    } else if (power) {
        size_t alone = at;
        term_at(&r, at, TERM_OF, &at);
        term = term_at(&r, at, TERM_UNIT, &behind);
        exponent = (int)power->value;
        found = is_scale_alone(&r, alone);
        *unit = unit_count();
    }
    if (term && behind == r.count) {
        *unit = *term->unit;
        exponent += (int)term->value;
        found = true;
    }
    if (found)
        *scale = number_decimal(&scratch, 1, exponent);
    arena_free(&scratch);
    return found;
}

/* Is the word at its place, between tokens `from` and `to`? A heading ends before "(en M€)". */
static bool is_in_place(const struct reading *r, enum table_word word, size_t from, size_t to)
{
    bool first = !from, last = to == r->count || token_is_mark(&r->tokens[to], '(');
    switch (word) {
    case TABLE_WORD_TOTAL:
    case TABLE_WORD_SUBTOTAL:
        return first || last;
    case TABLE_WORD_PART:
        return first;
    case TABLE_WORD_SHARE: /* "% des inscrits", but not "Taux (%)" */
        return first || !token_is_mark(&r->tokens[to - 1], '%');
    case TABLE_WORD_RATE:
    case TABLE_WORD_CHANGE:
    case TABLE_WORD_COUNT:
        break;
    }
    return true;
}

unsigned lexicon_table_words(const struct lexicon *lexicon, struct str heading)
{
    struct arena scratch = {.out_of_memory = lexicon->arena->out_of_memory};
    struct reading r = {0};
    unsigned words = 0;
    reading_open(&r, &scratch, lexicon, str_trim(heading));
    for (size_t at = 0, next; at < r.count; at = next) {
        next = at + 1;
        const struct term *term = term_at(&r, at, TERM_TABLE, &next);
        if (term && is_in_place(&r, (enum table_word)term->value, at, next))
            words |= 1u << term->value;
    }
    arena_free(&scratch);
    return words;
}
