#include "rule/cue.h"

#include "base/arena.h"
#include "rule/pack_rule.h"

#define AS_NAME(id, name) [id] = STR_INIT(name),
static const struct str names[] = {CUES(AS_NAME)};
#undef AS_NAME

/* Alternatives multiply: no cue needs more than this. */
enum { MAX_PHRASES = 400 };

struct cue_reader {
    struct arena *arena;
    struct cues *out;
    const struct json *node; /* of the cue */
    struct diag *diag;
};

static bool find_cue(struct str name, enum cue *out)
{
    for (unsigned i = 0; i < CUE_COUNT; i++)
        if (str_equal(names[i], name)) {
            *out = (enum cue)i;
            return true;
        }
    return false;
}

/* Adds every way through the items from `at` up to `end` behind the words so far. */
static bool add_ways(struct cue_reader *r, const struct template *template, size_t at, size_t end,
                     const struct cue_phrase *so_far)
{
    if (at == end) {
        if (!so_far->words.count)
            return true;
        if (r->out->count == MAX_PHRASES * CUE_COUNT)
            return json_fail(r->diag, r->node, "cues: too many alternatives");
        *LIST_ADD(r->arena, r->out) = *so_far;
        return true;
    }
    const struct template_item *item = &template->items[at];
    if (item->what != TEMPLATE_WORDS)
        return json_fail(r->diag, r->node, "cues: a gap stands next to the figure");
    for (size_t i = 0; i < item->count; i++) {
        struct cue_phrase longer = *so_far;
        longer.words = (struct template_phrase){0};
        for (size_t j = 0; j < so_far->words.count; j++)
            *LIST_ADD(r->arena, &longer.words) = so_far->words.items[j];
        for (size_t j = 0; j < item->items[i].count; j++)
            *LIST_ADD(r->arena, &longer.words) = item->items[i].items[j];
        if (!add_ways(r, template, at + 1, end, &longer))
            return false;
    }
    return true;
}

/* cue := words [ "…" ] "{" name "}" | "{" name "}" [ "…" ] words */
static bool read_cue(struct cue_reader *r, enum cue cue)
{
    struct expr_error error;
    if (r->node->type != JSON_TEXT)
        return json_fail(r->diag, r->node, "cues: %s where a text is expected", json_type_name(r->node->type));
    const struct template *t = template_parse(r->arena, r->node->text, &error);
    if (!t)
        return diag_message(r->diag, r->node->source, json_text_offset(r->diag->arena, r->node, error.at),
                            message_because(r->diag->arena, &error.message, "cues"));
    size_t last = t->count - 1, first_word = 0, end = t->count;
    bool figure_last = t->items[last].what == TEMPLATE_FIGURE;
    if (t->figures != 1 || t->count < 2 || (!figure_last && t->items[0].what != TEMPLATE_FIGURE))
        return json_fail(r->diag, r->node, "cues: words and one figure, first or last, are expected");
    if (!t->items[figure_last ? last : 0].any)
        return json_fail(r->diag, r->node, "cues: the figure is of any kind");
    struct cue_phrase phrase = {.cue = cue, .figure_last = figure_last};
    phrase.loose = t->items[figure_last ? last - 1 : 1].what == TEMPLATE_GAP;
    if (figure_last)
        end = last - phrase.loose;
    else
        first_word = 1 + phrase.loose;
    return add_ways(r, t, first_word, end, &phrase);
}

/* cues := { name: [ cue ] } */
bool cues_read(struct arena *arena, const struct json *node, struct cues *out, struct diag *diag)
{
    if (node->type != JSON_RECORD)
        return json_fail(diag, node, "cues: %s where an object of lists is expected", json_type_name(node->type));
    for (size_t i = 0; i < node->count; i++) {
        const struct json *list = &node->items[i];
        enum cue cue;
        if (!find_cue(list->key, &cue))
            return choice_fail(diag, list, STR("cues"), list->key, names, CUE_COUNT);
        if (list->type != JSON_LIST)
            return json_fail(diag, list, "cues: %s where a list is expected", json_type_name(list->type));
        for (size_t j = 0; j < list->count; j++) {
            struct cue_reader reader = {arena, out, &list->items[j], diag};
            if (!read_cue(&reader, cue))
                return false;
        }
    }
    return true;
}
