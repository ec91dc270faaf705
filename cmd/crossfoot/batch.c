/* crossfoot batch: archives, folders and streams, each member judged as a dossier of its own. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "batch/progress.h"
#include "crossfoot/inputs.h"
#include "crossfoot/outcome.h"

enum { DEFAULT_TIMEOUT = 60, DEFAULT_RATIO = 200 };
#define DEFAULT_MEMORY ((size_t)1 << 30)
#define DEFAULT_MEMBER ((size_t)256 << 20)
#define DEFAULT_TOTAL ((size_t)4 << 40)

struct run {
    struct arena *arena;
    struct settings *settings;
    struct config config;
    struct problems problems; /* of packs and shapes */
    struct inputs inputs;
    struct patterns patterns;
    struct lexicons lexicons;
    struct judging judging;
    struct str_list paths;
    struct progress progress;
    struct batch_counts counts; /* as told last */
    size_t read;
    struct arena scratch; /* what is being told */
    bool told;            /* a bar stands on the terminal */
    struct diag diag;     /* why the run could not be finished */
};

static _Noreturn void leave(int status) { _exit(status); }

static _Noreturn void leave_out_of_memory(void) { _exit(STATUS_NO_MEMORY); }

static void tell(struct run *run)
{
    arena_reset(&run->scratch);
    progress_mark(&run->progress);
    struct str line = progress_line(&run->progress, &run->scratch, run->settings->locale, &run->counts, run->read);
    run->told = run->progress.form == PROGRESS_BAR;
    fprintf(stderr, "%.*s", STR_ARG(line));
}

static void tell_progress(void *context, const struct batch_counts *counts, size_t read)
{
    struct run *run = context;
    run->counts = *counts;
    run->read = read;
    if (progress_is_due(&run->progress))
        tell(run);
}

/* The paths of --files-from stand behind those of the command line. */
static bool read_paths(struct run *run, struct diag *diag)
{
    const struct batch_settings *batch = &run->settings->batch;
    struct source source;
    run->paths = run->settings->paths;
    if (!batch->files_from.len)
        return true;
    if (!file_read(run->arena, batch->files_from, &source, diag))
        return false;
    struct str end = batch->null_ends ? (struct str){"", 1} : STR("\n");
    while (source.bytes.len) {
        struct str path = str_cut(&source.bytes, end);
        if (!batch->null_ends && str_ends(path, STR("\r")))
            path.len--;
        if (path.len)
            *LIST_ADD(run->arena, &run->paths) = path;
    }
    return true;
}

static void load_rules(struct run *run)
{
    struct settings *settings = run->settings;
    struct diag diag = {.arena = run->arena};
    config_read(&run->config, settings, run->arena, &run->problems);
    inputs_load_rules(&run->inputs, &run->config);
    if (!settings->no_default_rules)
        inputs_load_language_packs(&run->inputs, NULL);
    /* Loaded before there are workers, it is loaded once. */
    lexicons_get(&run->lexicons, settings->lang.len ? settings->lang : STR("fr"), &diag);
    run->judging = (struct judging){.rules = run->inputs.rules.items,
                                    .rule_count = run->inputs.rules.count,
                                    .shapes = &run->inputs.shapes,
                                    .encoding = settings->encoding,
                                    .shard = settings->batch.shard,
                                    .shards = settings->batch.shards,
                                    .across = settings->batch.across,
                                    .options = {.lexicons = &run->lexicons,
                                                .lang = settings->lang,
                                                .rounding = settings->rounding,
                                                .force_rounding = settings->rounding_given,
                                                .all = settings->all,
                                                .unchecked = settings->unchecked}};
}

static size_t given_or(size_t given, size_t otherwise) { return given ? given : otherwise; }

/* Everything of the command line that a result depends on, in one number. */
static struct str hash_options(const struct run *run, const struct batch_options *options)
{
    const struct settings *s = run->settings;
    const struct member_options *m = &options->members;
    struct buf text = {.arena = run->arena};
    buf_addf(&text, "%u %d %d %d %d %u %zu %zu %zu %zu %zu\n%.*s\n%.*s\n%.*s\n", s->rounding, s->rounding_given, s->all,
             s->unchecked, s->batch.across, m->by, m->max_member, m->limits.total, m->limits.ratio, options->memory,
             options->timeout, STR_ARG(s->lang), STR_ARG(s->type), STR_ARG(s->encoding));
    const struct globs *const globs[] = {&m->include, &m->exclude};
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < globs[i]->count; k++)
            buf_addf(&text, "%zu %.*s\n", i, STR_ARG(globs[i]->items[k]));
    return str_format(run->arena, "%016llx", (unsigned long long)hash_bytes(run->inputs.hash, buf_str(&text)));
}

static struct batch_options batch_options(struct run *run)
{
    const struct batch_settings *s = &run->settings->batch;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    struct batch_options options = {
        .members = {.include = {s->include.items, s->include.count},
                    .exclude = {s->exclude.items, s->exclude.count},
                    .by = s->by,
                    .type = run->settings->type,
                    .max_member = given_or(s->max_member, DEFAULT_MEMBER),
                    .limits = {.total = given_or(s->max_total, DEFAULT_TOTAL),
                               .ratio = given_or(s->max_ratio, DEFAULT_RATIO)}},
        .judging = &run->judging,
        .jobs = given_or(s->jobs, cores > 0 ? (size_t)cores : 1),
        .memory = given_or(s->memory, DEFAULT_MEMORY),
        .timeout = given_or(s->timeout, DEFAULT_TIMEOUT),
        .journal = s->journal,
        .leave = leave,
        .out_of_memory = leave_out_of_memory,
        .progress = tell_progress,
        .context = run,
    };
    run->judging.max_member = options.members.max_member;
    options.head = (struct results_head){
        .version = STR(CROSSFOOT_VERSION),
        .options = hash_options(run, &options),
        .setup = outcome_setup(run->arena, run->settings, run->judging.rules, run->judging.rule_count, &run->problems),
        .shard = given_or(s->shard, 1),
        .shards = given_or(s->shards, 1),
        .across = s->across};
    return options;
}

/* What the journal of an earlier run was good for. */
static void tell_journal(const struct run *run, const struct journal *journal)
{
    struct diag diag = {.arena = run->arena, .source = run->settings->batch.journal};
    struct str first;
    size_t changed = journal_changed(journal, &first);
    if (journal_is_outdated(journal))
        diag_about(&diag, diag.source,
                   "the journal is of another version, other rules or other options: all is checked again");
    else if (changed)
        diag_about(&diag, diag.source, "what has changed since is checked again, from %.*s on", STR_ARG(first));
    if (diag.failed)
        complain(run->settings, &diag);
}

static void choose_progress(struct run *run)
{
    run->progress.form = run->settings->batch.progress;
    if (run->progress.form == PROGRESS_DEFAULT)
        run->progress.form = isatty(STDERR_FILENO) ? PROGRESS_BAR : PROGRESS_NONE;
    if (run->progress.form != PROGRESS_NONE)
        run->progress.total = progress_total(run->arena, run->paths.items, run->paths.count);
}

static int run_batch(struct run *run)
{
    struct batch_options options = batch_options(run);
    struct batch *batch = batch_start(run->arena, &options, &run->diag);
    int status = EXIT_UNFINISHED;
    choose_progress(run);
    bool done = batch && batch_run(batch, run->paths.items, run->paths.count, &run->diag);
    if (run->told)
        fputs("\r\033[K", stderr);
    else if (done && (run->progress.form == PROGRESS_LINES || run->progress.form == PROGRESS_JSON))
        tell(run);
    if (done) {
        tell_journal(run, batch_journal(batch));
        struct outcome *outcome = outcome_new(run->arena, run->settings, batch_results(batch));
        if (outcome_write(outcome, &run->diag))
            status = outcome_status(outcome);
    }
    if (batch)
        batch_close(batch);
    if (run->diag.failed)
        complain(run->settings, &run->diag);
    return status;
}

int command_batch(struct arena *arena, struct settings *settings)
{
    struct run run = {.arena = arena,
                      .settings = settings,
                      .problems = {.arena = arena},
                      .patterns = {.arena = arena},
                      .lexicons = {.arena = arena},
                      .scratch = {.out_of_memory = arena->out_of_memory},
                      .diag = {.arena = arena}};
    run.inputs = inputs_make(arena, settings, &run.problems, &run.patterns, &run.lexicons);
    /* A worker that is gone, and a file that may not grow, are errors of a write. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    int result = EXIT_INPUT;
    if (read_paths(&run, &run.diag) && !run.paths.count)
        diag_at(&run.diag, NULL, 0, "nothing to check: name an archive, a folder or a file, or - for a stream");
    if (run.diag.failed) {
        complain(settings, &run.diag);
    } else {
        load_rules(&run);
        result = run_batch(&run);
    }
    patterns_free(&run.patterns);
    arena_free(&run.scratch);
    return result;
}
