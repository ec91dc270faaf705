/* crossfoot check: dossiers judged by rules, and reported. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "crossfoot/config.h"
#include "crossfoot/inputs.h"

struct run {
    struct arena *arena;
    struct settings *settings;
    struct config config;
    struct problems input_problems, rule_problems;
    struct inputs inputs;
    struct {
        struct str_list *items;
        size_t count, room;
    } dossiers; /* the paths of each */
    struct patterns patterns;
    struct lexicons lexicons;
    struct findings findings;
};

/* Is the path the folder or file of this dossier, or in it? */
static bool is_within(struct str path, struct str dossier)
{
    while (dossier.len && dossier.ptr[dossier.len - 1] == '/')
        dossier.len--;
    return str_starts(path, dossier) && (path.len == dossier.len || path.ptr[dossier.len] == '/');
}

/* Without paths, every dossier of the configuration; paths choose among them, and are a dossier themselves where they
 * are in none of them. */
static void choose_dossiers(struct run *run)
{
    struct str_list own = {0};
    const struct str_list *paths = &run->settings->paths, *known = &run->config.dossiers;
    bool *chosen = ARENA_ARRAY(run->arena, bool, known->count);
    for (size_t i = 0; i < paths->count; i++) {
        bool found = false;
        for (size_t j = 0; j < known->count; j++) {
            bool within = is_within(paths->items[i], known->items[j]);
            chosen[j] |= within;
            found |= within;
        }
        if (!found)
            *LIST_ADD(run->arena, &own) = paths->items[i];
    }
    for (size_t j = 0; j < known->count; j++)
        if (chosen[j] || !paths->count) {
            struct str_list *dossier = LIST_ADD(run->arena, &run->dossiers);
            *LIST_ADD(run->arena, dossier) = known->items[j];
        }
    if (!paths->count && run->config.found && !run->config.has_dossiers)
        *LIST_ADD(run->arena, &own) = run->config.folder.len ? run->config.folder : STR(".");
    if (own.count || (run->settings->rules.count && !run->dossiers.count))
        *LIST_ADD(run->arena, &run->dossiers) = own;
}

static struct dossier *load_dossier(struct run *run, const struct str_list *paths)
{
    const struct dossier_options options = {.lexicons = &run->lexicons,
                                            .lang = run->settings->lang,
                                            .rounding = run->settings->rounding,
                                            .force_rounding = run->settings->rounding_given,
                                            .all = run->settings->all,
                                            .unchecked = run->settings->unchecked};
    struct dossier *dossier = dossier_new(run->arena, &options, &run->input_problems);
    for (size_t i = 0; i < paths->count; i++)
        inputs_load(&run->inputs, dossier, paths->items[i]);
    for (size_t i = 0; i < run->config.shared.count; i++)
        inputs_load(&run->inputs, dossier, run->config.shared.items[i]);
    return dossier;
}

/* Packs may stand among the datasets, so all is read before anything is judged. */
static void check_all(struct run *run)
{
    struct dossier **dossiers = ARENA_ARRAY(run->arena, struct dossier *, run->dossiers.count);
    for (size_t i = 0; i < run->dossiers.count; i++)
        dossiers[i] = load_dossier(run, &run->dossiers.items[i]);
    inputs_settle(&run->inputs);
    for (size_t i = 0; i < run->dossiers.count && !run->settings->no_default_rules; i++)
        inputs_load_language_packs(&run->inputs, dossiers[i]);
    const struct rule *const *rules = run->inputs.rules.items;
    size_t count = run->inputs.rules.count;
    struct tally tally = {.arena = run->arena,
                          .problems = &run->rule_problems,
                          .rules = ARENA_ARRAY(run->arena, struct rule_tally, count),
                          .ids = {.arena = run->arena}};
    for (size_t i = 0; i < run->dossiers.count; i++)
        dossier_check(dossiers[i], rules, count, &tally, &run->findings);
    tally_report(&tally, rules, count, &run->rule_problems);
    findings_sort(&run->findings);
}

/* Errors of input and of rules, in one list. */
static struct problems join_problems(struct run *run)
{
    struct problems all = {.arena = run->arena};
    const struct problems *parts[] = {&run->input_problems, &run->rule_problems};
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < parts[i]->count; j++)
            *LIST_ADD(run->arena, &all) = parts[i]->items[j];
    return all;
}

static bool write_report(struct run *run, const struct output *output, struct report *report)
{
    struct outfile file;
    struct diag diag = {.arena = run->arena};
    const char *no_color = getenv("NO_COLOR");
    report->color = !output->path.len && isatty(STDOUT_FILENO) && !(no_color && *no_color);
    if (outfile_open(&file, run->arena, output->path, &diag)) {
        output->format->write(file.stream, run->arena, report);
        outfile_close(&file, &diag);
    }
    if (diag.failed)
        complain(run->settings, &diag);
    return !diag.failed;
}

static bool write_reports(struct run *run, struct report *report)
{
    const struct output text = {.format = report_format_find(STR("text"))};
    bool written = true;
    report_problems(stderr, report->problems, report->locale);
    for (size_t i = 0; i < run->settings->outputs.count; i++)
        written &= write_report(run, &run->settings->outputs.items[i], report);
    if (!run->settings->outputs.count)
        written = write_report(run, &text, report);
    report_coverage(stderr, report);
    return written;
}

static size_t count_errors(const struct problems *problems)
{
    size_t errors = 0;
    for (size_t i = 0; i < problems->count; i++)
        errors += !problems->items[i].warning;
    return errors;
}

static int status(const struct run *run)
{
    if (count_errors(&run->input_problems) > run->settings->max_unread || count_errors(&run->rule_problems))
        return EXIT_INPUT;
    for (size_t i = 0; i < run->findings.count; i++)
        if (run->findings.items[i].verdict == VERDICT_INCONSISTENT &&
            run->findings.items[i].severity >= run->settings->fail_on)
            return EXIT_FINDINGS;
    return EXIT_CLEAN;
}

static int check(struct run *run)
{
    config_read(&run->config, run->settings, run->arena, &run->input_problems);
    inputs_load_rules(&run->inputs, &run->config);
    choose_dossiers(run);
    if (!run->dossiers.count && !run->input_problems.count) {
        struct diag diag = {.arena = run->arena};
        diag_at(&diag, NULL, 0, "nothing to check: name a dataset, a document or a folder, or write a crossfoot.json");
        complain(run->settings, &diag);
        return EXIT_INPUT;
    }
    check_all(run);
    struct problems problems = join_problems(run);
    struct report report = {.findings = &run->findings,
                            .problems = &problems,
                            .locale = run->settings->locale,
                            .all = run->settings->all,
                            .unchecked = run->settings->unchecked};
    return write_reports(run, &report) ? status(run) : EXIT_UNFINISHED;
}

int command_check(struct arena *arena, struct settings *settings)
{
    struct run run = {.arena = arena,
                      .settings = settings,
                      .input_problems = {.arena = arena},
                      .rule_problems = {.arena = arena},
                      .patterns = {.arena = arena},
                      .lexicons = {.arena = arena},
                      .findings = {.arena = arena}};
    run.inputs = inputs_make(arena, settings, &run.input_problems, &run.patterns, &run.lexicons);
    int result = check(&run);
    patterns_free(&run.patterns);
    return result;
}
