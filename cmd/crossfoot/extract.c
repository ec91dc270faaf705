/* crossfoot extract: the mentions of documents. */
#include "crossfoot/extract.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json_writer.h"

/* ---- NDJSON ---- */

static void write_number(struct json_writer *w, struct arena *arena, const char *key, struct number number)
{
    json_key(w, key);
    json_text(w, number_write(arena, number));
}

static void write_end(struct json_writer *w, struct arena *arena, const char *key, struct end end)
{
    json_key(w, key);
    if (end.infinite)
        json_null(w);
    else
        json_text(w, number_write(arena, end.at));
}

static void write_flag(struct json_writer *w, const char *key, bool flag)
{
    json_key(w, key);
    json_bool(w, flag);
}

static void write_text(struct json_writer *w, const char *key, struct str text)
{
    json_key(w, key);
    json_text(w, text);
}

/* A range has its ends alone; a number that may be read in two ways has both readings. */
static void write_figure(struct json_writer *w, struct arena *arena, const struct notation *n)
{
    struct interval in = notation_interval(arena, n, ROUNDING_NEAREST);
    if (!n->range)
        write_number(w, arena, "value", n->value);
    write_end(w, arena, "low", in.low);
    write_end(w, arena, "high", in.high);
    write_flag(w, "low_open", in.low.open);
    write_flag(w, "high_open", in.high.open);
    write_text(w, "unit", n->unit.symbol);
    write_text(w, "kind", notation_kind_name(n->kind));
    write_text(w, "hedge", hedge_name(n->hedge));
    if (!n->doubtful)
        return;
    json_key(w, "readings");
    json_open(w, '[');
    json_text(w, number_write(arena, n->value));
    json_text(w, number_write(arena, n->other));
    json_close(w, ']');
}

void extract_ndjson(FILE *out, struct extraction *e)
{
    struct arena scratch = {.out_of_memory = e->arena->out_of_memory};
    const struct document *document = &e->draft->document;
    for (size_t i = 0; i < e->draft->mentions.count; i++) {
        const struct mention *m = &e->draft->mentions.items[i];
        if (m->what != NOT_A_FIGURE_NONE && !e->all)
            continue;
        struct json_writer w = {.out = out};
        struct place place = document_place(document, m->start, m->end);
        json_open(&w, '{');
        if (e->one_of_many)
            write_text(&w, "path", place.source->name);
        json_key(&w, "start");
        json_count(&w, place.start);
        json_key(&w, "end");
        json_count(&w, place.end);
        write_text(&w, "text", str_part(document->text, m->start, m->end));
        if (m->what == NOT_A_FIGURE_NONE) {
            write_figure(&w, &scratch, &m->notation);
        } else {
            write_text(&w, "kind", notation_kind_name(NOTATION_NOT_A_FIGURE));
            write_text(&w, "what", not_a_figure_name(m->what));
        }
        json_close(&w, '}');
        arena_reset(&scratch);
    }
    arena_free(&scratch);
}

/* ---- the command ---- */

static const struct form {
    const char *name;
    void (*write)(FILE *out, struct extraction *e);
} forms[] = {
    [EXTRACT_JSON] = {"json", extract_dataset},
    [EXTRACT_NDJSON] = {"ndjson", extract_ndjson},
    [EXTRACT_TEXT] = {"text", extract_text},
};

bool extract_form_read(struct str name, enum extract_form *form)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (str_equal(name, str_from(forms[i].name))) {
            *form = (enum extract_form)i;
            return true;
        }
    return false;
}

struct job {
    struct arena *arena;
    const struct settings *settings;
    struct problems problems;
    struct lexicons lexicons;
    struct dataset_reader reader;
    struct map ids;
};

static void say(const struct job *job, struct message message)
{
    struct str text = locale_message(job->arena, job->settings->locale, &message);
    fprintf(stderr, "%.*s", STR_ARG(text));
}

/* What was found, and what was guessed in finding it: one line, for people. */
static void tell(const struct job *job, const struct draft *draft)
{
    const struct document *document = &draft->document;
    enum locale locale = job->settings->locale;
    size_t figures = 0;
    for (size_t i = 0; i < draft->mentions.count; i++)
        figures += draft->mentions.items[i].what == NOT_A_FIGURE_NONE;
    fprintf(stderr, "%.*s%s %zu %s", STR_ARG(document->source->name), word(locale, WORD_COLON), figures,
            counted_word(locale, figures, WORD_FIGURE, WORD_FIGURES));
    if (draft->lang_guessed)
        say(job, message_make(job->arena, "; language guessed: %.*s (--lang says it)",
                              STR_ARG(lexicon_lang(draft->lexicon))));
    if (document->input.guessed)
        say(job, message_make(job->arena, "; encoding guessed: %s (--encoding says it)",
                              encoding_name(document->input.encoding)));
    fputc('\n', stderr);
}

/* What comes from standard input is plain text when nothing else is said. */
static bool read_draft(struct job *job, struct str path, struct draft *draft)
{
    struct source *source = ARENA_NEW(job->arena, struct source);
    struct diag diag = {.arena = job->arena};
    struct str type = job->settings->type;
    if (!type.len && str_equal(path, STR("-")))
        type = STR("text");
    if (!file_read(job->arena, path, source, &diag))
        return problems_take(&job->problems, &diag);
    return draft_read(&job->reader, source, type, job->settings->encoding, draft);
}

static int extract(struct job *job)
{
    const struct settings *s = job->settings;
    for (size_t i = 0; i < s->paths.count; i++) {
        struct draft *draft = ARENA_NEW(job->arena, struct draft);
        if (!read_draft(job, s->paths.items[i], draft))
            continue;
        struct extraction e = {.arena = job->arena,
                               .draft = draft,
                               .ids = &job->ids,
                               .locale = s->locale,
                               .all = s->all,
                               .one_of_many = s->paths.count > 1};
        forms[s->ndjson ? EXTRACT_NDJSON : s->form].write(stdout, &e);
        tell(job, draft);
    }
    report_problems(stderr, &job->problems, s->locale);
    size_t errors = 0;
    for (size_t i = 0; i < job->problems.count; i++)
        errors += !job->problems.items[i].warning;
    return errors ? EXIT_INPUT : EXIT_CLEAN;
}

int command_extract(struct arena *arena, struct settings *settings)
{
    struct job job = {.arena = arena,
                      .settings = settings,
                      .problems = {.arena = arena},
                      .lexicons = {.arena = arena},
                      .ids = {.arena = arena}};
    if (!settings->paths.count) {
        struct diag diag = {.arena = arena};
        diag_at(&diag, NULL, 0, "which document? - is standard input");
        complain(settings, &diag);
        return EXIT_INPUT;
    }
    job.reader = (struct dataset_reader){
        .arena = arena, .lang = settings->lang, .problems = &job.problems, .lexicons = &job.lexicons};
    return extract(&job);
}
