#include "crossfoot/inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/hash.h"
#include "read/document.h"

/* A value that only a shape can make figures of. */
struct other_json {
    struct dossier *dossier;
    const struct scan *scan;
    bool in_folder;
};

/* Is it the name of a pack that is compiled into the program, and of no file? Its path there. */
static bool is_built_in(struct inputs *inputs, struct str name, struct str *path)
{
    struct str ignored;
    *path = str_format(inputs->arena, "rules/%.*s.json", STR_ARG(name));
    return str_find(name, STR("/")) == name.len && access(str_z(inputs->arena, name), F_OK) &&
           embed_find(*path, &ignored);
}

/* The real path of a file, when it is in the map for the first time. */
static bool is_new(struct inputs *inputs, struct map *files, struct str path)
{
    char *real = realpath(str_z(inputs->arena, path), NULL);
    struct str key = real ? str_copy(inputs->arena, str_from(real)) : path;
    free(real);
    void **known = map_put(files, key);
    bool first = !*known;
    *known = (void *)key.ptr;
    return first;
}

struct inputs inputs_make(struct arena *arena, struct settings *settings, struct problems *problems,
                          struct patterns *patterns, struct lexicons *lexicons)
{
    return (struct inputs){.arena = arena,
                           .problems = problems,
                           .settings = settings,
                           .packs_context = {.arena = arena, .patterns = patterns, .lexicons = lexicons},
                           .packs = {.arena = arena},
                           .shape_files = {.arena = arena}};
}

void inputs_load_pack(struct inputs *inputs, struct str path)
{
    struct str built_in;
    bool named = is_built_in(inputs, path, &built_in);
    if (!is_new(inputs, &inputs->packs, named ? built_in : path))
        return;
    size_t count;
    struct pack *packs = named ? pack_built_in(&inputs->packs_context, built_in, &count, inputs->problems)
                               : pack_read(&inputs->packs_context, path, &count, inputs->problems);
    for (size_t i = 0; i < count; i++) {
        inputs->hash = hash_bytes(inputs->hash, packs[i].source->bytes);
        for (size_t j = 0; j < packs[i].count; j++)
            *LIST_ADD(inputs->arena, &inputs->rules) = &packs[i].rules[j];
    }
}

void inputs_load_language_packs(struct inputs *inputs, const struct dossier *dossier)
{
    static const struct str LANGUAGES[] = {STR_INIT("fr"), STR_INIT("en")};
    struct str ignored;
    for (size_t i = 0; i < sizeof LANGUAGES / sizeof *LANGUAGES; i++)
        if ((!dossier || dossier_speaks(dossier, LANGUAGES[i])) && is_built_in(inputs, LANGUAGES[i], &ignored))
            inputs_load_pack(inputs, LANGUAGES[i]);
}

static void add_shape(struct inputs *inputs, struct source *source)
{
    if (!is_new(inputs, &inputs->shape_files, source->name))
        return;
    inputs->hash = hash_bytes(inputs->hash, source->bytes);
    struct shape *shape = shape_read(inputs->arena, source, inputs->packs_context.lexicons, inputs->problems);
    if (shape)
        *LIST_ADD(inputs->arena, &inputs->shapes) = shape;
}

void inputs_load_shape(struct inputs *inputs, struct str path)
{
    struct source *source = ARENA_NEW(inputs->arena, struct source);
    struct diag diag = {.arena = inputs->arena};
    if (file_read(inputs->arena, path, source, &diag))
        add_shape(inputs, source);
    problems_take(inputs->problems, &diag);
}

void inputs_load_rules(struct inputs *inputs, const struct config *config)
{
    const struct settings *settings = inputs->settings;
    inputs->packs_context.lang = settings->lang;
    for (size_t i = 0; i < settings->rules.count; i++)
        inputs_load_pack(inputs, settings->rules.items[i]);
    for (size_t i = 0; i < config->rules.count; i++)
        inputs_load_pack(inputs, config->rules.items[i]);
    for (size_t i = 0; i < settings->shapes.count; i++)
        inputs_load_shape(inputs, settings->shapes.items[i]);
    for (size_t i = 0; i < config->shapes.count; i++)
        inputs_load_shape(inputs, config->shapes.items[i]);
}

static void load_value(struct inputs *inputs, struct dossier *dossier, const struct scan *scan, bool in_folder)
{
    switch (content_of(inputs->arena, &inputs->shapes, scan)) {
    case CONTENT_DATASET:
        dossier_add(dossier, scan, 0);
        inputs->datasets++;
        break;
    case CONTENT_PACK:
        inputs_load_pack(inputs, scan->source->name);
        break;
    case CONTENT_SHAPE:
        add_shape(inputs, scan->source);
        break;
    case CONTENT_CONFIG:
        break;
    case CONTENT_OTHER:
        *LIST_ADD(inputs->arena, &inputs->others) = (struct other_json){dossier, scan, in_folder};
        break;
    }
}

static void settle(struct inputs *inputs, const struct other_json *other)
{
    inputs->datasets +=
        content_shape(other->dossier, inputs->arena, &inputs->shapes, other->scan, other->in_folder, inputs->problems);
}

void inputs_settle(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->others.count; i++)
        settle(inputs, &inputs->others.items[i]);
    for (size_t i = 0; i < inputs->shapes.count; i++)
        shape_report(inputs->shapes.items[i], inputs->problems);
}

/* NDJSON and concatenated JSON: many datasets. */
static void load_stream(struct inputs *inputs, struct dossier *dossier, struct source *source, struct diag *diag)
{
    size_t offset = 0;
    while (offset < source->bytes.len) {
        struct scan *scan = ARENA_NEW(inputs->arena, struct scan);
        if (!scan_next(inputs->arena, source, &offset, scan, diag))
            return;
        load_value(inputs, dossier, scan, false);
    }
}

/* What a file is, as a type of --type: what its name says, else what the user says, else JSON, which may be a stream
 * where the user says so or on standard input. */
static struct str type_of(const struct inputs *inputs, struct str path)
{
    struct str type = document_type(path), told = inputs->settings->type;
    if (type.len)
        return type;
    if (str_ends(path, STR(".ndjson")) || str_equal(told, STR("ndjson")))
        return STR("ndjson");
    if (told.len && !str_ends(path, STR(".json")))
        return told;
    return str_equal(path, STR("-")) ? STR("ndjson") : STR("json");
}

static void load_file(struct inputs *inputs, struct dossier *dossier, struct str path, bool in_folder)
{
    struct source *source = ARENA_NEW(inputs->arena, struct source);
    struct scan *scan = ARENA_NEW(inputs->arena, struct scan);
    struct diag diag = {.arena = inputs->arena};
    struct str type = type_of(inputs, path);
    bool stream = str_equal(type, STR("ndjson"));
    if (file_read(inputs->arena, path, source, &diag)) {
        if (!stream && !str_equal(type, STR("json")))
            inputs->documents += dossier_add_document(dossier, source, type, inputs->settings->encoding);
        else if (stream && str_trim(source->bytes).len)
            load_stream(inputs, dossier, source, &diag);
        else if (scan_read(inputs->arena, source, scan, &diag))
            load_value(inputs, dossier, scan, in_folder);
    }
    problems_take(inputs->problems, &diag);
}

static void load_folder(struct inputs *inputs, struct dossier *dossier, struct str path)
{
    struct folder names = {0};
    struct diag diag = {.arena = inputs->arena};
    if (!folder_list(&names, inputs->arena, path))
        diag_about(&diag, path, "%s", strerror(errno));
    problems_take(inputs->problems, &diag);
    for (size_t i = 0; i < names.count; i++) {
        struct str child = folder_join(inputs->arena, path, names.items[i]);
        struct stat stat_child;
        if (stat(child.ptr, &stat_child))
            continue;
        if (S_ISDIR(stat_child.st_mode))
            load_folder(inputs, dossier, child);
        else if (str_ends(child, STR(".json")) || str_ends(child, STR(".ndjson")) || document_type(child).len)
            load_file(inputs, dossier, child, true);
    }
}

/* What was read, and what could not be. */
static size_t count_loaded(const struct inputs *inputs)
{
    return inputs->datasets + inputs->documents + inputs->packs.count + inputs->shape_files.count +
           inputs->others.count + inputs->problems->count;
}

void inputs_load(struct inputs *inputs, struct dossier *dossier, struct str path)
{
    struct stat stat_path;
    bool folder =
        !str_equal(path, STR("-")) && !stat(str_z(inputs->arena, path), &stat_path) && S_ISDIR(stat_path.st_mode);
    size_t before = count_loaded(inputs);
    if (!folder) {
        load_file(inputs, dossier, path, false);
        return;
    }
    load_folder(inputs, dossier, path);
    struct diag diag = {.arena = inputs->arena};
    if (count_loaded(inputs) == before)
        diag_about(&diag, path, "neither dataset nor document in this folder");
    problems_take(inputs->problems, &diag);
}
