#include "crossfoot/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "figure/lexicon.h"

enum {
    CHECK = 1,
    RULES = 2,
    SCHEMA = 4,
    EXTRACT = 8,
    BATCH = 16,
    MERGE = 32,
    EXPLAIN = 64,
    ALL = CHECK | RULES | SCHEMA | EXTRACT | BATCH | MERGE | EXPLAIN
};

const struct command commands[] = {
    {"check", "[path ...]", "judge datasets and documents by rules", command_check, CHECK},
    {"batch", "archive ...", "judge each member of archives, folders and streams by itself", command_batch, BATCH},
    {"merge", "report ...", "make one report of those of all shards", command_merge, MERGE},
    {"extract", "document ...", "write down the figures that documents print", command_extract, EXTRACT},
    {"rules", "[pack ...]", "list packs, or test them by their examples", command_rules, RULES},
    {"explain", "[rule ...]", "say what a rule means, with its examples", command_explain, EXPLAIN},
    {"schema", "[name]", "print a JSON Schema of crossfoot's files", command_schema, SCHEMA},
    {0},
};

/* How an option changes the settings; false with the diag filled when its value is wrong. */
typedef bool option_apply(struct settings *settings, struct arena *arena, struct str value, struct diag *diag);

/* More processes than that help no machine. */
enum { MOST_JOBS = 1024 };

struct option {
    const char *name, *argument, *about; /* argument NULL: it takes none */
    char letter;
    unsigned commands;
    option_apply *apply; /* NULL: it sets the bool at `flag` */
    size_t flag;
};
#define FLAG(member) NULL, offsetof(struct settings, member)

static bool bad_value(struct diag *diag, const char *option, struct str value, const char *expected)
{
    return diag_at(diag, NULL, 0, "--%s %.*s: it should be %s", option, STR_ARG(value), expected);
}

static bool set_rules(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)diag;
    *LIST_ADD(arena, &s->rules) = value;
    return true;
}

static bool set_report(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena, (void)diag;
    s->report = value;
    return true;
}

static bool set_shape(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)diag;
    *LIST_ADD(arena, &s->shapes) = value;
    return true;
}

static bool set_fail_on(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    s->fail_on_given = true;
    return severity_from_name(value, &s->fail_on) || bad_value(diag, "fail-on", value, "error, warning or note");
}

static bool set_lang(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    s->lang = value;
    return lexicon_exists(arena, value, diag);
}

static bool choose_locale(struct settings *s, struct str name)
{
    enum locale locale = locale_from_name(name);
    if (locale == LOCALE_EN && !str_starts(name, STR("en")))
        return false;
    s->locale = locale;
    return true;
}

static bool set_locale(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    return choose_locale(s, value) || bad_value(diag, "locale", value, "fr or en");
}

static bool set_rounding(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    s->rounding_given = true;
    return rounding_from_name(value, &s->rounding) ||
           bad_value(diag, "rounding", value, "nearest, half-even, truncation, floor or ceiling");
}

static struct str format_names(struct arena *arena)
{
    struct buf names = {.arena = arena};
    for (const struct report_format *format = report_formats; format->name; format++)
        buf_addf(&names, "%s%s", format == report_formats ? "" : ", ", format->name);
    return buf_str(&names);
}

/* FORMAT or FORMAT:FILE. */
static bool set_format(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    struct str path = value, name = str_cut(&path, STR(":"));
    const struct report_format *format = report_format_find(name);
    if (!format)
        return diag_at(diag, NULL, 0, "--format %.*s: it should be one of %.*s", STR_ARG(value),
                       STR_ARG(format_names(arena)));
    *LIST_ADD(arena, &s->outputs) = (struct output){format, path};
    return true;
}

static bool set_type(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    s->type = value;
    static const struct str TYPES[] = {STR_INIT("json"), STR_INIT("ndjson"), STR_INIT("text"), STR_INIT("markdown"),
                                       STR_INIT("html")};
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (str_equal(value, TYPES[i]))
            return true;
    return bad_value(diag, "type", value, "json, ndjson, text, markdown or html");
}

static bool set_document_type(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    (void)diag;
    s->type = value;
    return true; /* document_read knows which there are */
}

static bool set_encoding(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    (void)diag;
    s->encoding = value;
    return true; /* encoding_decode knows which there are */
}

static bool set_form(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    return extract_form_read(value, &s->form) || bad_value(diag, "format", value, "json, ndjson or text");
}

static bool set_max_unread(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    char *end;
    const char *text = str_z(arena, value);
    s->max_unread = strtoul(text, &end, 10);
    return (value.len && value.ptr[0] >= '0' && value.ptr[0] <= '9' && !*end) ||
           bad_value(diag, "max-unread", value, "a number");
}

/* A whole number, at least `least`. */
static bool read_count(struct str value, size_t least, size_t *out)
{
    *out = 0;
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] < '0' || value.ptr[i] > '9' || __builtin_mul_overflow(*out, (size_t)10, out) ||
            __builtin_add_overflow(*out, (size_t)(value.ptr[i] - '0'), out))
            return false;
    return value.len && *out >= least;
}

/* A number of bytes: 4096, 64K, 512M, 2G. */
static bool read_bytes(struct str value, size_t *out)
{
    static const char units[] = "KMGT";
    const char *unit = value.len ? strchr(units, value.ptr[value.len - 1]) : NULL;
    size_t factor = 1;
    for (const char *p = units; unit && p <= unit; p++)
        factor *= 1024;
    value.len -= unit != NULL;
    return read_count(value, 1, out) && !__builtin_mul_overflow(*out, factor, out);
}

static bool bad_bytes(struct diag *diag, const char *option, struct str value)
{
    return bad_value(diag, option, value, "a number of bytes: 4096, 64K, 512M, 2G");
}

static bool set_jobs(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    return (read_count(value, 1, &s->batch.jobs) && s->batch.jobs <= MOST_JOBS) ||
           bad_value(diag, "jobs", value, "a number from 1 to 1024");
}

static bool set_memory(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    return read_bytes(value, &s->batch.memory) || bad_bytes(diag, "memory", value);
}

static bool set_timeout(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    return (read_count(value, 1, &s->batch.timeout) && s->batch.timeout < SIZE_MAX / 1000) ||
           bad_value(diag, "timeout", value, "a number of seconds");
}

static bool set_journal(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    s->batch.journal = value;
    return value.len || bad_value(diag, "journal", value, "a file");
}

static bool set_include(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)diag;
    *LIST_ADD(arena, &s->batch.include) = value;
    return true;
}

static bool set_exclude(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)diag;
    *LIST_ADD(arena, &s->batch.exclude) = value;
    return true;
}

static bool set_files_from(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    s->batch.files_from = value;
    return value.len || bad_value(diag, "files-from", value, "a file");
}

/* The index of a word in a list, which ends with NULL; the length of the list where it is not in it. */
static size_t find_word(const char *const *words, struct str value)
{
    size_t i = 0;
    while (words[i] && !str_equal(str_from(words[i]), value))
        i++;
    return i;
}

static bool set_by(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    static const char *const names[] = {"file", "folder", "element", NULL};
    (void)arena;
    s->batch.by = (enum member_by)find_word(names, value);
    return s->batch.by < MEMBER_BY_COUNT || bad_value(diag, "by", value, "file, folder or element");
}

static bool set_progress(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    static const char *const names[] = {"bar", "lines", "json", "none", NULL};
    (void)arena;
    s->batch.progress = (enum progress_form)(find_word(names, value) + PROGRESS_BAR);
    return s->batch.progress <= PROGRESS_NONE || bad_value(diag, "progress", value, "bar, lines, json or none");
}

/* i/n */
static bool set_shard(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    struct str count = value, part = str_cut(&count, STR("/"));
    (void)arena;
    return (read_count(part, 1, &s->batch.shard) && read_count(count, s->batch.shard, &s->batch.shards)) ||
           bad_value(diag, "shard", value, "a part of all, such as 1/4");
}

static bool set_summary(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    *LIST_ADD(arena, &s->batch.summaries) = value;
    return str_ends(value, STR(".html")) || str_ends(value, STR(".json")) ||
           bad_value(diag, "summary", value, "a file that ends with .html or .json");
}

static bool set_max_member(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    return read_bytes(value, &s->batch.max_member) || bad_bytes(diag, "max-member", value);
}

static bool set_max_total(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    return read_bytes(value, &s->batch.max_total) || bad_bytes(diag, "max-total", value);
}

static bool set_max_ratio(struct settings *s, struct arena *arena, struct str value, struct diag *diag)
{
    (void)arena;
    return read_count(value, 1, &s->batch.max_ratio) || bad_value(diag, "max-ratio", value, "a number");
}

static const struct option options[] = {
    {"rules", "PACK", "judge by the rules of this pack too; may be given several times", 0, CHECK | BATCH, set_rules,
     0},
    {"rules", "PACK", "know the rules of this pack too; may be given several times", 0, EXPLAIN, set_rules, 0},
    {"report", "FILE", "show what this report (of -f json) says of the rule", 0, EXPLAIN, set_report, 0},
    {"shape", "FILE", "find figures in other JSON as this shape says; may be given several times", 0, CHECK | BATCH,
     set_shape, 0},
    {"no-default-rules", NULL, "leave out the packs that are on without being asked for", 0, CHECK | BATCH,
     FLAG(no_default_rules)},
    {"test", NULL, "run the examples of the rules", 0, RULES, FLAG(test)},
    {"all", NULL, "report every verdict, not findings alone", 0, CHECK | BATCH, FLAG(all)},
    {"unchecked", NULL, "list what could not be judged, and why", 0, CHECK | BATCH, FLAG(unchecked)},
    {"fail-on", "SEVERITY", "exit 1 on findings of this severity or above: error (the default), warning, note", 0,
     CHECK | BATCH | MERGE, set_fail_on, 0},
    {"lang", "LANGUAGE", "the language of inputs that name none: fr (the default), en", 0,
     CHECK | BATCH | RULES | EXPLAIN, set_lang, 0},
    {"lang", "LANGUAGE", "the language of the documents: fr, en; else what they say, else a guess", 0, EXTRACT,
     set_lang, 0},
    {"locale", "LOCALE", "the language of the answers for people: fr, en", 0, ALL, set_locale, 0},
    {"rounding", "CONVENTION", "how figures were rounded: nearest (the default), half-even, truncation, floor, ceiling",
     0, CHECK | BATCH, set_rounding, 0},
    {"format", "FORMAT[:FILE]", "the form of the report: text (the default), json; may be given several times", 'f',
     CHECK | BATCH | MERGE, set_format, 0},
    {"format", "FORMAT", "json (the default: a dataset to start from), ndjson, text (for people)", 'f', EXTRACT,
     set_form, 0},
    {"ndjson", NULL, "the same as --format ndjson: a line for each mention", 0, EXTRACT, FLAG(ndjson)},
    {"all", NULL, "tell also the numbers that are no figures: dates, telephone numbers", 0, EXTRACT, FLAG(all)},
    {"type", "TYPE", "what standard input is: json, ndjson (a stream of datasets), text, markdown, html", 0,
     CHECK | BATCH, set_type, 0},
    {"type", "TYPE", "what the documents are: text, markdown, html; else their names tell", 0, EXTRACT,
     set_document_type, 0},
    {"encoding", "ENCODING", "how documents are encoded; else what they say, else a guess", 0, CHECK | BATCH | EXTRACT,
     set_encoding, 0},
    {"max-unread", "NUMBER", "allow this many errors of input before the exit status is 2", 0, CHECK | BATCH | MERGE,
     set_max_unread, 0},
    {"jobs", "NUMBER", "processes that judge at once; the default is one for each core", 'j', BATCH, set_jobs, 0},
    {"by", "WHAT", "what a dossier is: a file (the default), a folder, an element of any list", 0, BATCH, set_by, 0},
    {"include", "GLOB", "only members of such names; may be given several times", 0, BATCH, set_include, 0},
    {"exclude", "GLOB", "no members of such names; may be given several times", 0, BATCH, set_exclude, 0},
    {"files-from", "FILE", "read the paths of archives from a file, a line each; - is standard input", 0, BATCH,
     set_files_from, 0},
    {"null", NULL, "the paths of --files-from end with NUL bytes, not line ends", '0', BATCH, FLAG(batch.null_ends)},
    {"journal", "FILE", "write results down as they come: the same command goes on where it was stopped", 0, BATCH,
     set_journal, 0},
    {"across", NULL, "hold members against each other: one figure, one value in all editions", 0, BATCH,
     FLAG(batch.across)},
    {"summary", "FILE", "sum the run up, as a page with plots (.html) or as JSON (.json)", 0, BATCH | MERGE,
     set_summary, 0},
    {"shard", "I/N", "judge only the I-th of N parts, by a hash of each member's name", 0, BATCH, set_shard, 0},
    {"progress", "FORM", "tell how far it is: bar (the default on a terminal), lines, json, none", 0, BATCH,
     set_progress, 0},
    {"timeout", "SECONDS", "the time that one member may take: 60 (the default)", 0, BATCH, set_timeout, 0},
    {"memory", "BYTES", "the memory that one process may take: 1G (the default)", 0, BATCH | MERGE, set_memory, 0},
    {"max-member", "BYTES", "the size of a member, unpacked: 256M (the default)", 0, BATCH, set_max_member, 0},
    {"max-total", "BYTES", "what may come out of one archive: 4T (the default)", 0, BATCH, set_max_total, 0},
    {"max-ratio", "NUMBER", "how many times its packed size a member may have: 200 (the default)", 0, BATCH,
     set_max_ratio, 0},
    {"no-config", NULL, "do without crossfoot.json", 0, CHECK | BATCH | RULES | EXPLAIN, FLAG(no_config)},
    {"help", NULL, "print this", 'h', ALL, FLAG(help)},
    {"version", NULL, "print the version", 0, ALL, FLAG(version)},
};
enum { OPTION_COUNT = sizeof options / sizeof *options };

static const struct option *find_long(struct str name, unsigned command)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (str_equal(name, str_from(options[i].name)) && (options[i].commands & command))
            return &options[i];
    return NULL;
}

static bool unknown_option(struct diag *diag, struct str name, unsigned command)
{
    struct nearest near = {.word = name, .limit = 2};
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (options[i].commands & command)
            nearest_try(&near, str_from(options[i].name));
    if (near.name.len)
        return diag_at(diag, NULL, 0, "unknown option --%.*s: did you mean --%.*s?", STR_ARG(name), STR_ARG(near.name));
    return diag_at(diag, NULL, 0, "unknown option --%.*s", STR_ARG(name));
}

static bool apply(const struct option *option, struct settings *s, struct arena *arena, struct str value,
                  struct diag *diag)
{
    if (option->apply)
        return option->apply(s, arena, value, diag);
    return *(bool *)((char *)s + option->flag) = true;
}

/* The arguments that are left to read. */
struct words {
    char **items;
    int count;
};

/* --name, --name=value, --name value */
static bool read_long(struct settings *s, struct arena *arena, struct str text, struct words *rest, unsigned command,
                      struct diag *diag)
{
    struct str value = text, name = str_cut(&value, STR("="));
    bool has_value = name.len < text.len;
    const struct option *option = find_long(name, command);
    if (!option)
        return unknown_option(diag, name, command);
    if (!option->argument && has_value)
        return diag_at(diag, NULL, 0, "--%s takes no value", option->name);
    if (option->argument && !has_value) {
        if (!rest->count)
            return diag_at(diag, NULL, 0, "--%s needs a value: %s", option->name, option->argument);
        value = str_from(*rest->items++);
        rest->count--;
    }
    return apply(option, s, arena, value, diag);
}

/* -f value, -fvalue, -h */
static bool read_short(struct settings *s, struct arena *arena, struct str text, struct words *rest, unsigned command,
                       struct diag *diag)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option *option = &options[i];
        if (!option->letter || option->letter != text.ptr[0] || !(option->commands & command))
            continue;
        struct str value = str_part(text, 1, text.len);
        if (option->argument && !value.len) {
            if (!rest->count)
                return diag_at(diag, NULL, 0, "-%c needs a value: %s", option->letter, option->argument);
            value = str_from(*rest->items++);
            rest->count--;
        }
        return apply(option, s, arena, value, diag);
    }
    return diag_at(diag, NULL, 0, "unknown option -%.*s", STR_ARG(text));
}

static bool read_command(struct settings *s, struct str name, struct diag *diag)
{
    for (const struct command *command = commands; command->name; command++)
        if (str_equal(name, str_from(command->name))) {
            s->command = command;
            return true;
        }
    struct nearest near = {.word = name, .limit = 2};
    for (const struct command *command = commands; command->name; command++)
        nearest_try(&near, str_from(command->name));
    if (near.name.len)
        return diag_at(diag, NULL, 0, "unknown command '%.*s': did you mean '%.*s'?", STR_ARG(name),
                       STR_ARG(near.name));
    return diag_at(diag, NULL, 0, "unknown command '%.*s'", STR_ARG(name));
}

/* An error may stand before the option that says in which language it is told, so that option is looked for first. */
static void find_locale(struct settings *s, const struct words *words)
{
    for (int i = 0; i < words->count; i++) {
        struct str value = str_from(words->items[i]), name = str_cut(&value, STR("="));
        if (str_equal(name, STR("--locale")))
            choose_locale(s, i + 1 < words->count && !value.len ? str_from(words->items[i + 1]) : value);
    }
}

bool options_read(struct settings *s, struct arena *arena, int argc, char **argv, struct diag *diag)
{
    struct words rest = {argv + 1, argc - 1};
    bool only_paths = false;
    find_locale(s, &rest);
    while (rest.count) {
        struct str word = str_from(*rest.items++);
        unsigned command = s->command ? s->command->flag : SCHEMA;
        rest.count--;
        bool option = !only_paths && word.len > 1 && word.ptr[0] == '-';
        if (option && str_equal(word, STR("--"))) {
            only_paths = true;
        } else if (option && str_starts(word, STR("--"))) {
            if (!read_long(s, arena, str_part(word, 2, word.len), &rest, command, diag))
                return false;
        } else if (option) {
            if (!read_short(s, arena, str_part(word, 1, word.len), &rest, command, diag))
                return false;
        } else if (s->command) {
            *LIST_ADD(arena, &s->paths) = word;
        } else if (!read_command(s, word, diag)) {
            return false;
        }
    }
    return s->command || s->help || s->version || diag_at(diag, NULL, 0, "no command is given: see crossfoot --help");
}

static void help_of_all(FILE *out, enum locale locale)
{
    fprintf(out, "%s\n\n%s\n\n%s\n", locale_text(locale, "usage: crossfoot COMMAND [options] [argument ...]"),
            locale_text(locale, "crossfoot checks that published figures agree: with arithmetic, with each other."),
            locale_text(locale, "commands:"));
    for (const struct command *command = commands; command->name; command++)
        fprintf(out, "  %-8s %-12s %s\n", command->name, locale_text(locale, command->arguments),
                locale_text(locale, command->about));
    fprintf(out, "\n%s\n%s\n",
            locale_text(locale, "exit status: 0 clean, 1 findings, 2 input or rules in error, 3 could not finish"),
            locale_text(locale, "`crossfoot COMMAND --help` lists the options of a command."));
}

/* "  -f, --format FORMAT[:FILE]" */
static struct str option_usage(struct arena *arena, enum locale locale, const struct option *option)
{
    char letter[] = {'-', option->letter, ',', ' ', '\0'};
    return str_format(arena, "  %s--%s%s%s", option->letter ? letter : "    ", option->name,
                      option->argument ? " " : "", option->argument ? locale_text(locale, option->argument) : "");
}

void options_help(FILE *out, struct arena *arena, const struct settings *settings)
{
    enum locale locale = settings->locale;
    const struct command *command = settings->command;
    if (!command) {
        help_of_all(out, locale);
        return;
    }
    struct message usage = message_make(arena, "usage: crossfoot %s [options] %s", command->name, command->arguments);
    fprintf(out, "%.*s\n\n%s\n\n%s\n", STR_ARG(locale_message(arena, locale, &usage)),
            locale_text(locale, command->about), locale_text(locale, "options:"));
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (!(options[i].commands & command->flag))
            continue;
        struct str option = option_usage(arena, locale, &options[i]);
        size_t width = utf8_count(option);
        fprintf(out, "%.*s%*s%s\n", STR_ARG(option), width < 32 ? (int)(32 - width) : 1, "",
                locale_text(locale, options[i].about));
    }
}

void complain(const struct settings *settings, const struct diag *diag)
{
    const char *colon = word(settings->locale, WORD_COLON);
    struct str text = locale_message(diag->arena, settings->locale, &diag->message);
    fprintf(stderr, "crossfoot%s%s", settings->command ? " " : "", settings->command ? settings->command->name : "");
    if (diag->source.len)
        fprintf(stderr, "%s %.*s", colon, STR_ARG(diag->source));
    fprintf(stderr, "%s %.*s\n", colon, STR_ARG(text));
}
