/* summary_json: the numbers of a run, for programs. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/json_writer.h"
#include "report/summary.h"

struct number {
    const char *key;
    size_t value;
};

static void write_numbers(struct json_writer *w, const char *key, const struct number *numbers, size_t count)
{
    json_key(w, key);
    json_open(w, '{');
    for (size_t i = 0; i < count; i++) {
        json_key(w, numbers[i].key);
        json_count(w, numbers[i].value);
    }
    json_close(w, '}');
}

static void write_severities(struct json_writer *w, const size_t findings[SEVERITY_COUNT])
{
    const struct number numbers[] = {{"error", findings[SEVERITY_ERROR]},
                                     {"warning", findings[SEVERITY_WARNING]},
                                     {"note", findings[SEVERITY_NOTE]}};
    write_numbers(w, "findings", numbers, sizeof numbers / sizeof *numbers);
}

static struct str year_name(struct arena *arena, size_t year)
{
    return year ? str_format(arena, "%zu", year) : STR("unknown");
}

static void write_year(struct json_writer *w, struct arena *arena, const struct summary_year *year)
{
    const struct number numbers[] = {
        {"members", year->members}, {"unread", year->unread}, {"figures", year->figures}, {"judged", year->judged}};
    json_open(w, '{');
    json_key(w, "edition");
    json_text(w, year_name(arena, year->year));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_key(w, numbers[i].key);
        json_count(w, numbers[i].value);
    }
    write_severities(w, year->findings);
    json_close(w, '}');
}

static void write_rule(struct json_writer *w, struct arena *arena, const struct summary_rule *rule)
{
    json_open(w, '{');
    json_key(w, "rule");
    json_text(w, rule->id);
    json_key(w, "severity");
    json_text(w, severity_name(rule->severity));
    json_key(w, "findings");
    json_count(w, rule->total);
    json_key(w, "editions");
    json_open(w, '{');
    for (size_t i = 0; i < rule->years.count; i++) {
        json_key(w, year_name(arena, rule->years.items[i].year).ptr);
        json_count(w, rule->years.items[i].count);
    }
    json_close(w, '}');
    json_close(w, '}');
}

static void write_lists(struct json_writer *w, struct summary *summary)
{
    json_key(w, "editions");
    json_open(w, '[');
    for (size_t i = 0; i < summary->years.count; i++)
        write_year(w, summary->arena, &summary->years.items[i]);
    json_close(w, ']');
    json_key(w, "rules");
    json_open(w, '[');
    for (size_t i = 0; i < summary->rules.count; i++)
        write_rule(w, summary->arena, summary->rules.items[i]);
    json_close(w, ']');
    json_key(w, "unread");
    json_open(w, '[');
    for (size_t i = 0; i < summary->unread_members.count; i++) {
        json_open(w, '{');
        json_key(w, "member");
        json_text(w, summary->unread_members.items[i].name);
        json_key(w, "message");
        json_text(w, summary->unread_members.items[i].message);
        json_close(w, '}');
    }
    json_close(w, ']');
}

void summary_json(FILE *out, struct summary *summary)
{
    const struct number members[] = {
        {"checked", summary->checked}, {"unread", summary->unread}, {"passed_over", summary->passed_over}};
    const struct number figures[] = {
        {"valued", summary->figures}, {"missing", summary->missing}, {"in_documents", summary->mentions}};
    const struct number verdicts[] = {{"judged", summary->judged},
                                      {"inconsistent", summary_total(summary->findings)},
                                      {"unchecked", summary->unchecked}};
    struct json_writer w = {.out = out, .deep = 2};
    summary_sort(summary);
    json_open(&w, '{');
    json_key(&w, "crossfoot_summary");
    json_count(&w, 1);
    write_numbers(&w, "members", members, sizeof members / sizeof *members);
    write_numbers(&w, "figures", figures, sizeof figures / sizeof *figures);
    write_numbers(&w, "verdicts", verdicts, sizeof verdicts / sizeof *verdicts);
    write_severities(&w, summary->findings);
    write_lists(&w, summary);
    json_close(&w, '}');
}
