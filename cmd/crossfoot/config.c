#include "crossfoot/config.h"

#include <glob.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "read/json.h"

static const char *const members[] = {"$schema", "dossiers", "shared",  "rules",
                                      "shapes",  "lang",     "fail_on", "rounding"};

struct loading {
    struct config *config;
    struct settings *settings;
    struct arena *arena;
    struct diag *diag;
};

/* Files and folders that match a pattern, seen from the configuration's folder, sorted. */
static bool add_matches(struct loading *l, const struct json *pattern, struct str_list *out)
{
    if (pattern->type != JSON_TEXT)
        return json_fail(l->diag, pattern, "%s where a path is expected", json_type_name(pattern->type));
    glob_t found;
    struct str path = str_format(l->arena, "%.*s%.*s", STR_ARG(l->config->folder), STR_ARG(pattern->text));
    int result = glob(path.ptr, GLOB_BRACE, NULL, &found);
    for (size_t i = 0; !result && i < found.gl_pathc; i++)
        *LIST_ADD(l->arena, out) = str_copy(l->arena, str_from(found.gl_pathv[i]));
    globfree(&found);
    return !result || json_fail(l->diag, pattern, "nothing matches \"%.*s\"", STR_ARG(pattern->text));
}

/* A path, or a list of paths. */
static bool read_paths(struct loading *l, const struct json *root, const char *member, struct str_list *out)
{
    const struct json *node = json_member(root, str_from(member));
    bool ok = true;
    if (node->type == JSON_NONE)
        return true;
    if (node->type != JSON_LIST)
        return add_matches(l, node, out);
    for (size_t i = 0; ok && i < node->count; i++)
        ok = add_matches(l, &node->items[i], out);
    return ok;
}

static bool read_words(struct loading *l, const struct json *root)
{
    const struct json *lang = json_member(root, STR("lang")), *fail_on = json_member(root, STR("fail_on"));
    const struct json *rounding = json_member(root, STR("rounding"));
    enum severity severity;
    enum rounding convention;
    if (lang->type != JSON_NONE && lang->type != JSON_TEXT)
        return json_fail(l->diag, lang, "\"lang\" should be a language: fr, en");
    if (lang->type == JSON_TEXT && !l->settings->lang.len)
        l->settings->lang = lang->text;
    if (fail_on->type != JSON_NONE && (fail_on->type != JSON_TEXT || !severity_from_name(fail_on->text, &severity)))
        return json_fail(l->diag, fail_on, "\"fail_on\" should be error, warning or note");
    if (fail_on->type == JSON_TEXT && !l->settings->fail_on_given)
        l->settings->fail_on = severity;
    if (rounding->type != JSON_NONE &&
        (rounding->type != JSON_TEXT || !rounding_from_name(rounding->text, &convention)))
        return json_fail(l->diag, rounding, "\"rounding\" should be nearest, half-even, truncation, floor or ceiling");
    if (rounding->type == JSON_TEXT && !l->settings->rounding_given)
        l->settings->rounding = convention;
    return true;
}

static bool members_are_known(struct loading *l, const struct json *root)
{
    if (root->type != JSON_RECORD)
        return json_fail(l->diag, root, "the configuration is %s; it should be an object", json_type_name(root->type));
    return json_members_known(l->diag, root, members, sizeof members / sizeof *members);
}

/* The way up to the nearest folder with a crossfoot.json: "", "../", "../../" …; false at the root. */
static bool find_folder(struct arena *arena, struct str *folder)
{
    char here[4096];
    if (!getcwd(here, sizeof here))
        return false;
    *folder = STR("");
    for (struct str rest = str_from(here); rest.len;) {
        if (!access(str_format(arena, "%.*scrossfoot.json", STR_ARG(*folder)).ptr, F_OK))
            return true;
        while (rest.len && rest.ptr[rest.len - 1] != '/')
            rest.len--;
        if (rest.len)
            rest.len--;
        *folder = str_format(arena, "%.*s../", STR_ARG(*folder));
    }
    return false;
}

void config_read(struct config *config, struct settings *settings, struct arena *arena, struct problems *problems)
{
    struct diag diag = {.arena = arena};
    struct loading l = {config, settings, arena, &diag};
    *config = (struct config){0};
    if (settings->no_config || !find_folder(arena, &config->folder))
        return;
    struct source *source = ARENA_NEW(arena, struct source);
    if (file_read(arena, str_format(arena, "%.*scrossfoot.json", STR_ARG(config->folder)), source, &diag)) {
        const struct json *root = json_read(arena, source, &diag);
        if (root && members_are_known(&l, root) && read_words(&l, root) &&
            read_paths(&l, root, "dossiers", &config->dossiers) && read_paths(&l, root, "shared", &config->shared) &&
            read_paths(&l, root, "rules", &config->rules) && read_paths(&l, root, "shapes", &config->shapes)) {
            config->found = true;
            config->has_dossiers = json_member(root, STR("dossiers"))->type != JSON_NONE;
        }
    }
    problems_take(problems, &diag);
}
