#include "crossfoot/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

enum content { CONTENT_UNKNOWN, CONTENT_DATASET, CONTENT_PACK, CONTENT_CONFIG };

static enum content content_of(struct inputs *inputs, const struct scan *scan)
{
    static const struct {
        struct str member;
        enum content content;
    } marks[] = {{STR_INIT("figures"), CONTENT_DATASET},
                 {STR_INIT("dataset"), CONTENT_DATASET},
                 {STR_INIT("rules"), CONTENT_PACK},
                 {STR_INIT("pack"), CONTENT_PACK},
                 {STR_INIT("dossiers"), CONTENT_CONFIG}};
    /* The configuration has "rules" too. */
    if (str_ends(scan->source->name, STR("crossfoot.json")))
        return CONTENT_CONFIG;
    for (size_t i = 0; scan->values[0].type == SCAN_OBJECT && i < sizeof marks / sizeof *marks; i++)
        if (scan_member(inputs->arena, scan, 0, marks[i].member))
            return marks[i].content;
    return CONTENT_UNKNOWN;
}

void inputs_load_pack(struct inputs *inputs, struct str path)
{
    char *real = realpath(str_z(inputs->arena, path), NULL);
    struct str key = real ? str_copy(inputs->arena, str_from(real)) : path;
    free(real);
    if (map_get(&inputs->packs, key))
        return;
    size_t count;
    struct pack *packs = pack_read(&inputs->packs_context, path, &count, inputs->problems);
    *map_put(&inputs->packs, key) = (void *)key.ptr;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < packs[i].count; j++)
            *LIST_ADD(inputs->arena, &inputs->rules) = &packs[i].rules[j];
}

static void load_value(struct inputs *inputs, struct dossier *dossier, const struct scan *scan, bool in_folder)
{
    size_t start = scan->values[0].start;
    struct diag diag = {.arena = inputs->arena};
    switch (content_of(inputs, scan)) {
    case CONTENT_DATASET:
        dossier_add(dossier, scan, 0);
        inputs->datasets++;
        break;
    case CONTENT_PACK:
        inputs_load_pack(inputs, scan->source->name);
        break;
    case CONTENT_CONFIG:
        break;
    case CONTENT_UNKNOWN:
        if (in_folder)
            problems_warn(inputs->problems, scan->source, start,
                          "passed over: neither \"figures\" nor \"rules\" stand in it");
        else
            diag_at(&diag, scan->source, start, "this is neither a dataset (\"figures\") nor a pack (\"rules\")");
        break;
    }
    problems_take(inputs->problems, &diag);
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

static void load_file(struct inputs *inputs, struct dossier *dossier, struct str path, bool in_folder)
{
    struct source *source = ARENA_NEW(inputs->arena, struct source);
    struct scan *scan = ARENA_NEW(inputs->arena, struct scan);
    struct diag diag = {.arena = inputs->arena};
    bool standard_input = str_equal(path, STR("-"));
    bool stream = standard_input ? !str_equal(inputs->settings->type, STR("json"))
                                 : str_ends(path, STR(".ndjson")) || str_equal(inputs->settings->type, STR("ndjson"));
    if (file_read(inputs->arena, path, source, &diag)) {
        if (stream && str_trim(source->bytes).len)
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
        else if (str_ends(child, STR(".json")) || str_ends(child, STR(".ndjson")))
            load_file(inputs, dossier, child, true);
    }
}

void inputs_load(struct inputs *inputs, struct dossier *dossier, struct str path)
{
    struct stat stat_path;
    bool folder =
        !str_equal(path, STR("-")) && !stat(str_z(inputs->arena, path), &stat_path) && S_ISDIR(stat_path.st_mode);
    size_t datasets = inputs->datasets, problems = inputs->problems->count, packs = inputs->packs.count;
    if (!folder) {
        load_file(inputs, dossier, path, false);
        return;
    }
    load_folder(inputs, dossier, path);
    struct diag diag = {.arena = inputs->arena};
    if (inputs->datasets == datasets && inputs->problems->count == problems && inputs->packs.count == packs)
        diag_about(&diag, path, "no dataset in this folder");
    problems_take(inputs->problems, &diag);
}
