/* options: the command line, read by one table.
 *
 *     struct settings settings;
 *     if (!options_read(&settings, &arena, argc, argv, &diag)) ... diag.message is a usage error ...
 */
#ifndef CROSSFOOT_OPTIONS_H
#define CROSSFOOT_OPTIONS_H

#include "base/diag.h"
#include "batch/progress.h"
#include "number/interval.h"
#include "report/report.h"
#include "rule/severity.h"

struct str_list {
    struct str *items;
    size_t count, room;
};

struct output {
    const struct report_format *format;
    struct str path; /* empty: standard output */
};

/* What `extract` writes. */
enum extract_form { EXTRACT_JSON, EXTRACT_NDJSON, EXTRACT_TEXT };

/* What `batch` takes. 0 or empty: not given. */
struct batch_settings {
    struct str_list include, exclude, summaries;
    struct str files_from, journal;
    bool across;
    bool null_ends; /* names in files_from end with NUL bytes, not line ends */
    enum member_by by;
    enum progress_form progress;
    size_t jobs, memory, timeout, max_member, max_total, max_ratio, shard, shards;
};

struct settings {
    const struct command *command; /* NULL: none was named */
    struct str_list paths, rules, shapes;
    struct {
        struct output *items;
        size_t count, room;
    } outputs;
    struct str lang, type, encoding, report;
    enum extract_form form;
    enum locale locale;
    enum severity fail_on;
    enum rounding rounding;
    bool fail_on_given, rounding_given;
    bool no_default_rules, no_config, all, unchecked, test, ndjson, help, version;
    size_t max_unread;
    struct batch_settings batch;
};

struct command {
    const char *name, *arguments, *about;
    int (*run)(struct arena *arena, struct settings *settings);
    unsigned flag; /* one bit each: which options it takes */
};

/* Ends with a command without name. */
extern const struct command commands[];

/* Reads the command and its options. False, with a usage error in the diag, when they are wrong. */
bool options_read(struct settings *settings, struct arena *arena, int argc, char **argv, struct diag *diag);

/* The summary of all commands, or of the one that was named with its options. */
void options_help(FILE *out, struct arena *arena, const struct settings *settings);

/* Tells an error on stderr, after the name of the command: "crossfoot check: unknown option --al". */
void complain(const struct settings *settings, const struct diag *diag);

/* "json", "ndjson" or "text"; false for anything else. */
bool extract_form_read(struct str name, enum extract_form *form);

/* Exit statuses. */
enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_INPUT = 2, EXIT_UNFINISHED = 3 };

int command_batch(struct arena *arena, struct settings *settings);
int command_merge(struct arena *arena, struct settings *settings);
int command_check(struct arena *arena, struct settings *settings);
int command_extract(struct arena *arena, struct settings *settings);
int command_explain(struct arena *arena, struct settings *settings);
int command_rules(struct arena *arena, struct settings *settings);
int command_schema(struct arena *arena, struct settings *settings);

#endif
