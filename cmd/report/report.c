#include "report/report.h"

#include "base/arena.h"
#include "base/buf.h"

const struct report_format report_formats[] = {
    {"text", "for people: a caret under every term (the default)", report_text},
    {"json", "the whole report, which all else builds on", report_json},
    {0},
};

const struct report_format *report_format_find(struct str name)
{
    for (const struct report_format *format = report_formats; format->name; format++)
        if (str_equal(name, str_from(format->name)))
            return format;
    return NULL;
}

/* The pages come first, then what is in memory. */
bool report_next(const struct report *report, struct report_page *page)
{
    size_t count = report->pages ? report->pages->count : 0, i = page->next++;
    page->findings = report->findings;
    page->problems = report->problems;
    return i < count ? report->pages->read(report->pages->from, i, &page->findings, &page->problems) : i == count;
}

bool report_shows(const struct report *report, const struct finding *finding)
{
    return finding->verdict == VERDICT_INCONSISTENT || report->all ||
           (report->unchecked && finding->verdict == VERDICT_UNCHECKED);
}

static struct str write_en(struct arena *arena, const struct sum_part *part)
{
    return locale_quantity(arena, LOCALE_EN, part->text, part->unit, part->plain);
}

static struct str write_fr(struct arena *arena, const struct sum_part *part)
{
    return locale_quantity(arena, LOCALE_FR, part->text, part->unit, part->plain);
}
/* What a pattern found, and whether that is right. */
static enum word form_word(const struct finding *finding)
{
    bool matched = finding->terms[0].matched, wrong = finding->verdict == VERDICT_INCONSISTENT;
    if (str_equal(finding->rule, STR("crossfoot/table-repeat")))
        return WORD_REPEATED;
    if (wrong)
        return matched ? WORD_HAS_FORBIDDEN : WORD_LACKS_FORM;
    return matched ? WORD_HAS_FORM : WORD_LACKS_FORBIDDEN;
}

static sum_writer *writer_of(const struct report *report) { return report->locale == LOCALE_FR ? write_fr : write_en; }

static struct str side(struct arena *arena, const struct report *report, const struct finding *finding,
                       const struct finding_number *number)
{
    return locale_quantity(arena, report->locale, number->shown, finding->bounds_unit, finding->plain);
}

/* What stands for {name} in a message: {sum}, {gap}, {left}, {right}, {@dim}, or the name of a term. */
static struct str placeholder(struct arena *arena, const struct report *report, const struct finding *finding,
                              struct str name)
{
    if (str_equal(name, STR("sum")))
        return finding_sum(arena, finding, writer_of(report));
    if (str_equal(name, STR("gap")) && finding->compared)
        return locale_quantity(arena, report->locale, finding->gap.shown, finding->gap_unit, finding->plain);
    if (str_equal(name, STR("left")) && finding->compared)
        return side(arena, report, finding, &finding->left_value);
    if (str_equal(name, STR("right")) && finding->compared)
        return side(arena, report, finding, &finding->right_value);
    for (size_t i = 0; str_starts(name, STR("@")) && i < finding->context_count; i++)
        if (str_equal(str_part(name, 1, name.len), finding->context[i].name))
            return finding->context[i].value;
    for (size_t i = 0; i < finding->term_count; i++)
        if (str_equal(finding->terms[i].name, name))
            return finding->terms[i].shown;
    return str_format(arena, "{%.*s}", STR_ARG(name));
}

static struct str fill_message(struct arena *arena, const struct report *report, const struct finding *finding)
{
    struct buf out = {.arena = arena};
    for (struct str rest = finding->message; rest.len;) {
        buf_add(&out, str_cut(&rest, STR("{")));
        if (rest.len)
            buf_add(&out, placeholder(arena, report, finding, str_cut(&rest, STR("}"))));
    }
    return buf_str(&out);
}

/* "archive.tar/2019/figures.json"; with its line where both places are in one file: "all.ndjson:12". */
static struct str place_name(struct arena *arena, const struct finding_place *place, const struct finding_place *other)
{
    bool same = str_equal(place->path, other->path) && str_equal(place->member, other->member);
    struct str name = place->path;
    if (place->member.len)
        name = str_format(arena, "%.*s/%.*s", STR_ARG(name), STR_ARG(place->member));
    return same ? str_format(arena, "%.*s:%zu", STR_ARG(name), place->line) : name;
}

/* What two members of an archive say of one figure; empty when the rule is none of those. */
static struct str across_headline(struct arena *arena, const struct report *report, const struct finding *finding)
{
    struct message message = {0};
    if (!str_starts(finding->rule, STR("crossfoot/across-")) || finding->term_count != 2)
        return (struct str){0};
    const struct finding_term *a = &finding->terms[0], *b = &finding->terms[1];
    struct str older = place_name(arena, &a->place, &b->place), newer = place_name(arena, &b->place, &a->place);
    if (str_ends(finding->rule, STR("-repeat")))
        message = message_make(arena, "the %.*s figures here in %.*s are those of %.*s", STR_ARG(finding->detail),
                               STR_ARG(newer), STR_ARG(older));
    else if (str_ends(finding->rule, STR("-cumulative")))
        message = message_make(arena, "a cumulative figure falls: %.*s in %.*s, then %.*s in %.*s", STR_ARG(a->shown),
                               STR_ARG(older), STR_ARG(b->shown), STR_ARG(newer));
    else if (str_ends(finding->rule, STR("-last-year")))
        message = message_make(arena, "last year's figure was another one: %.*s in %.*s, now %.*s in %.*s",
                               STR_ARG(a->shown), STR_ARG(older), STR_ARG(b->shown), STR_ARG(newer));
    else
        message = message_make(arena, "one figure, two values: %.*s in %.*s, %.*s in %.*s", STR_ARG(a->shown),
                               STR_ARG(older), STR_ARG(b->shown), STR_ARG(newer));
    return locale_message(arena, report->locale, &message);
}

struct str report_headline(struct arena *arena, const struct report *report, const struct finding *finding)
{
    if (finding->verdict == VERDICT_UNCHECKED) {
        const char *reason = reason_word(report->locale, finding->reason);
        return finding->detail.len
                   ? str_format(arena, "%s%s %.*s", reason, word(report->locale, WORD_COLON), STR_ARG(finding->detail))
                   : str_from(reason);
    }
    if (finding->message.len)
        return fill_message(arena, report, finding);
    if (!finding->sum_count && finding->term_count)
        return str_from(word(report->locale, form_word(finding)));
    struct str across = across_headline(arena, report, finding);
    if (across.len)
        return across;
    struct str sum = finding_sum(arena, finding, writer_of(report));
    if (finding->kind == KIND_RESTATE && str_starts(finding->rule, STR("crossfoot/")))
        return str_format(arena, "%s%s %.*s", word(report->locale, WORD_SAME_FIGURE), word(report->locale, WORD_COLON),
                          STR_ARG(sum));
    return sum;
}

void report_problems(FILE *out, const struct problems *problems, enum locale locale)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct diag *diag = &problems->items[i];
        if (diag->source.len)
            fprintf(out, "%.*s:", STR_ARG(diag->source));
        if (diag->position.line)
            fprintf(out, "%zu:%zu:", diag->position.line, diag->position.column);
        struct str text = locale_message(problems->arena, locale, &diag->message);
        fprintf(out, "%s%s%s %.*s\n", diag->source.len ? " " : "",
                word(locale, diag->warning ? WORD_WARNING : WORD_ERROR), word(locale, WORD_COLON), STR_ARG(text));
    }
}

void report_all_problems(FILE *out, const struct report *report)
{
    struct report_page page = {0};
    while (report_next(report, &page))
        report_problems(out, page.problems, report->locale);
}

void report_coverage(FILE *out, const struct report *report)
{
    const struct findings *findings = report->findings;
    size_t found = 0;
    for (size_t i = 0; i < findings->count; i++)
        found += findings->items[i].verdict == VERDICT_INCONSISTENT;
    const struct {
        size_t count;
        enum word one, many;
        bool always;
    } parts[] = {
        {findings->figures, WORD_FIGURE, WORD_FIGURES, true},
        {findings->mentions, WORD_MENTION, WORD_MENTION, false},
        {findings->judged, WORD_JUDGED, WORD_JUDGED_MANY, true},
        {found, WORD_FINDING, WORD_FINDINGS, true},
        {findings->unchecked, WORD_UNCHECKED, WORD_UNCHECKED_MANY, false},
        {findings->untouched, WORD_UNTOUCHED, WORD_UNTOUCHED_MANY, false},
        {findings->missing, WORD_MISSING, WORD_MISSING, false},
    };
    fprintf(out, "crossfoot%s", word(report->locale, WORD_COLON));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count || parts[i].always)
            fprintf(out, "%s %zu %s", i ? "," : "", parts[i].count,
                    counted_word(report->locale, parts[i].count, parts[i].one, parts[i].many));
    fputc('\n', out);
}
