#include "batch/across_series.h"

#include "base/arena.h"
#include "base/buf.h"

/* ---- what rules say ---- */

static bool is_previous(const struct expr *name)
{
    return name->selector_count == 1 && str_equal(name->selectors[0].value, STR("previous"));
}

/* Each `x >= x[period=previous]` of a check, either way round; parts of an "and" too. */
static void find_series(struct map *series, const struct expr *expr)
{
    if (!expr)
        return;
    if (expr->op == EXPR_AND) {
        find_series(series, expr->args[0]);
        find_series(series, expr->args[1]);
    }
    bool rises = expr->op == EXPR_LE || expr->op == EXPR_LT, falls = expr->op == EXPR_GE || expr->op == EXPR_GT;
    if (!rises && !falls)
        return;
    const struct expr *before = expr->args[falls], *now = expr->args[rises];
    if (before->op == EXPR_NAME && now->op == EXPR_NAME && str_equal(before->text, now->text) && is_previous(before) &&
        !now->selector_count)
        *map_put(series, now->text) = (void *)(uintptr_t)expr;
}

struct map across_series_of_rules(struct arena *arena, const struct rule *const *rules, size_t count)
{
    struct map series = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        find_series(&series, rules[i]->check);
    return series;
}

/* ---- what words say ---- */

/* Words that say since when, from the start of one on. */
static const char *const SINCE[] = {" depuis ", " since ", " à ce jour ", " to date "};

/* Of a change, or of what starts anew each year, these words say nothing. */
static const char *const NOT_SINCE[] = {
    " évol",
    " variation",
    " hausse",
    " baisse",
    " croissance",
    " progression",
    " diminution",
    " augment",
    " écart",
    " growth",
    " change",
    " increase",
    " decrease",
    " rise",
    " decline",
    " gain",
    " recul",
    " year to date ",
    " début de l'a",
    " début de l’a",
    " start of the year",
    " beginning of the year",
};

/* In lower case as far as it is ASCII, with a blank before, behind, and for all that separates words. */
static struct str plain_words(struct arena *arena, struct str text)
{
    struct buf out = {.arena = arena};
    buf_add_char(&out, ' ');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool upper = c >= 'A' && c <= 'Z', word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        bool inside = word || c == '\'' || (unsigned char)c >= 0x80;
        buf_add_char(&out, upper ? (char)(c - 'A' + 'a') : inside ? c : ' ');
    }
    buf_add_char(&out, ' ');
    return buf_str(&out);
}

static bool has_any(struct str words, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_find(words, str_from(list[i])) < words.len)
            return true;
    return false;
}

static bool says_cumul(struct arena *arena, struct str text)
{
    struct str plain = plain_words(arena, text);
    return str_find(plain, STR(" cumul")) < plain.len && str_find(plain, STR(" non cumul")) == plain.len;
}

static bool says_since(struct arena *arena, struct str label)
{
    struct str plain = plain_words(arena, label);
    return has_any(plain, SINCE, sizeof SINCE / sizeof *SINCE) &&
           !has_any(plain, NOT_SINCE, sizeof NOT_SINCE / sizeof *NOT_SINCE);
}

/* A share, a rank or a date can be lower next year, whatever it is counted from. */
static bool can_add_up(const struct figure *figure)
{
    switch (figure->notation.unit.kind) {
    case UNIT_COUNT:
    case UNIT_ZERO:
    case UNIT_LITERAL:
    case UNIT_PURE:
    case UNIT_DURATION:
    case UNIT_MONEY:
    case UNIT_MEASURE:
        return true;
    case UNIT_RATIO:
    case UNIT_POINTS:
    case UNIT_ORDINAL:
    case UNIT_YEAR:
        return false;
    }
    return false;
}

/* What the figure says outright; TRUTH_MAYBE: nothing. */
static enum truth declared(struct arena *arena, const struct figure *figure)
{
    static const struct str truths[] = {STR_INIT("cumulative"), STR_INIT("meta.cumulative"), STR_INIT("cumul"),
                                        STR_INIT("meta.cumul")};
    static const struct str texts[] = {STR_INIT("role"), STR_INIT("meta"), STR_INIT("meta.role"), STR_INIT("meta.kind"),
                                       STR_INIT("meta.type")};
    struct str text;
    size_t at;
    for (size_t i = 0; i < sizeof truths / sizeof *truths; i++) {
        figure_member(arena, figure, truths[i], &text, &at);
        enum scan_type type = at ? (enum scan_type)figure->dataset->scan.values[at].type : SCAN_NULL;
        if (type == SCAN_TRUE || type == SCAN_FALSE)
            return type == SCAN_TRUE ? TRUTH_TRUE : TRUTH_FALSE;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (figure_member(arena, figure, texts[i], &text, &at) && says_cumul(arena, text))
            return TRUTH_TRUE;
    return TRUTH_MAYBE;
}

bool across_is_cumulative(struct arena *arena, const struct map *series, const struct figure *figure)
{
    enum truth truth = declared(arena, figure);
    if (truth != TRUTH_MAYBE)
        return truth == TRUTH_TRUE;
    if (map_get(series, figure->id))
        return true;
    return can_add_up(figure) &&
           (says_cumul(arena, figure->id) || says_cumul(arena, figure->label) || says_since(arena, figure->label));
}
