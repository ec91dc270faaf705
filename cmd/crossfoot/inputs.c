#include "crossfoot/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/embed.h"
#include "base/file.h"
#include "read/document.h"

enum content { CONTENT_OTHER, CONTENT_DATASET, CONTENT_PACK, CONTENT_SHAPE, CONTENT_CONFIG };

/* A value that only a shape can make figures of. */
struct other_json {
    struct dossier *dossier;
    const struct scan *scan;
    bool in_folder;
};

/* Is there a shape that says by its "for" that it is for this file? */
static bool is_claimed(struct inputs *inputs, struct str path)
{
    struct dims dims;
    for (size_t i = 0; i < inputs->shapes.count; i++)
        if (shape_has_files(inputs->shapes.items[i]) &&
            shape_is_for(inputs->shapes.items[i], inputs->arena, path, &dims))
            return true;
    return false;
}

/* The first three members are crossfoot's own; the others may stand in anyone's JSON, which a shape then claims. */
static enum content content_of(struct inputs *inputs, const struct scan *scan)
{
    static const struct {
        struct str member;
        enum content content;
        bool own;
    } marks[] = {{STR_INIT("dataset"), CONTENT_DATASET, true}, {STR_INIT("pack"), CONTENT_PACK, true},
                 {STR_INIT("shape"), CONTENT_SHAPE, true},     {STR_INIT("figures"), CONTENT_DATASET, false},
                 {STR_INIT("rules"), CONTENT_PACK, false},     {STR_INIT("dossiers"), CONTENT_CONFIG, false}};
    /* The configuration has "rules" too. */
    if (str_ends(scan->source->name, STR("crossfoot.json")))
        return CONTENT_CONFIG;
    for (size_t i = 0; scan->values[0].type == SCAN_OBJECT && i < sizeof marks / sizeof *marks; i++)
        if (scan_member(inputs->arena, scan, 0, marks[i].member))
            return marks[i].own || !is_claimed(inputs, scan->source->name) ? marks[i].content : CONTENT_OTHER;
    return CONTENT_OTHER;
}

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

void inputs_load_pack(struct inputs *inputs, struct str path)
{
    struct str built_in;
    bool named = is_built_in(inputs, path, &built_in);
    if (!is_new(inputs, &inputs->packs, named ? built_in : path))
        return;
    size_t count;
    struct pack *packs = named ? pack_built_in(&inputs->packs_context, built_in, &count, inputs->problems)
                               : pack_read(&inputs->packs_context, path, &count, inputs->problems);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < packs[i].count; j++)
            *LIST_ADD(inputs->arena, &inputs->rules) = &packs[i].rules[j];
}

void inputs_load_language_packs(struct inputs *inputs, const struct dossier *dossier)
{
    static const struct str LANGUAGES[] = {STR_INIT("fr"), STR_INIT("en")};
    struct str ignored;
    for (size_t i = 0; i < sizeof LANGUAGES / sizeof *LANGUAGES; i++)
        if (dossier_speaks(dossier, LANGUAGES[i]) && is_built_in(inputs, LANGUAGES[i], &ignored))
            inputs_load_pack(inputs, LANGUAGES[i]);
}

static void add_shape(struct inputs *inputs, struct source *source)
{
    if (!is_new(inputs, &inputs->shape_files, source->name))
        return;
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

static void load_value(struct inputs *inputs, struct dossier *dossier, const struct scan *scan, bool in_folder)
{
    switch (content_of(inputs, scan)) {
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

/* How many shapes are for the value; *matched: one of them found a figure in it. */
static size_t apply_shapes(struct inputs *inputs, const struct other_json *other, bool *matched)
{
    size_t count = 0;
    *matched = false;
    for (size_t i = 0; i < inputs->shapes.count; i++) {
        struct shape *shape = inputs->shapes.items[i];
        struct dims dims;
        if (!shape_is_for(shape, inputs->arena, other->scan->source->name, &dims))
            continue;
        count++;
        dossier_add_shaped(other->dossier, shape, other->scan, 0, dims);
        *matched |= shape_matched(shape);
    }
    return count;
}

static void settle(struct inputs *inputs, const struct other_json *other)
{
    struct source *source = other->scan->source;
    size_t start = other->scan->values[0].start;
    struct diag diag = {.arena = inputs->arena};
    bool matched;
    size_t count = apply_shapes(inputs, other, &matched);
    if (matched)
        inputs->datasets++;
    else if (count == 1 && inputs->shapes.count == 1)
        diag_at(&diag, source, start, "the shape \"%.*s\" matches nothing here",
                STR_ARG(shape_name(inputs->shapes.items[0])));
    else if (count)
        diag_at(&diag, source, start, "none of the shapes that are for this file matches anything here");
    else if (other->in_folder)
        problems_warn(inputs->problems, source, start, "passed over: neither \"figures\" nor \"rules\" stand in it");
    else
        diag_at(&diag, source, start, "this is neither a dataset (\"figures\") nor a pack (\"rules\")%s",
                inputs->shapes.count ? ", and no shape is for it" : "; a shape (--shape) finds figures in other JSON");
    problems_take(inputs->problems, &diag);
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

static int by_name(const void *a, const void *b) { return str_compare(*(const struct str *)a, *(const struct str *)b); }

/* Names in a folder, sorted, hidden ones left out. False when it cannot be read. */
static bool list_folder(struct inputs *inputs, struct str path, struct str_list *names)
{
    DIR *folder = opendir(str_z(inputs->arena, path));
    if (!folder)
        return false;
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            *LIST_ADD(inputs->arena, names) = str_copy(inputs->arena, str_from(entry->d_name));
    closedir(folder);
    if (names->count)
        qsort(names->items, names->count, sizeof *names->items, by_name);
    return true;
}

static void load_folder(struct inputs *inputs, struct dossier *dossier, struct str path)
{
    struct str_list names = {0};
    struct diag diag = {.arena = inputs->arena};
    if (!list_folder(inputs, path, &names))
        diag_about(&diag, path, "%s", strerror(errno));
    problems_take(inputs->problems, &diag);
    for (size_t i = 0; i < names.count; i++) {
        struct str child = str_format(inputs->arena, "%.*s%s%.*s", STR_ARG(path), str_ends(path, STR("/")) ? "" : "/",
                                      STR_ARG(names.items[i]));
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
