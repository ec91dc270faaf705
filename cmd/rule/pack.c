#include "base/arena.h"
#include "base/buf.h"
#include "base/embed.h"
#include "base/file.h"
#include "rule/pack_rule.h"

/* The way from the first pack to one that it includes. */
struct inclusion {
    struct str path;
    const struct json *node; /* the path in the file that includes it; NULL for the first */
    const struct inclusion *from;
};

static void read_file(struct reader *reader, const struct inclusion *inclusion);

/* Reads the bytes. An error is told where the file is included, if it is. */
static struct source *open_file(struct reader *reader, const struct inclusion *inclusion, struct diag *diag)
{
    struct arena *arena = reader->context->arena;
    struct source *source = ARENA_NEW(arena, struct source);
    struct diag reason = {.arena = arena};
    bool ok;
    if (reader->built_in) {
        source->name = inclusion->path;
        ok = embed_find(inclusion->path, &source->bytes) ||
             diag_about(&reason, inclusion->path, "no pack of this name is built in");
    } else {
        ok = file_read(arena, inclusion->path, source, &reason);
    }
    if (ok)
        return source;
    if (inclusion->node)
        diag_message(diag, inclusion->node->source, json_offset(diag->arena, inclusion->node),
                     message_because(diag->arena, &reason.message, "cannot include '%.*s'", STR_ARG(inclusion->path)));
    else
        *diag = reason;
    return NULL;
}

/* The path of an included file: beside the including one. No way leads up or to the root. */
static bool resolve(struct reader *reader, struct str from, const struct json *node, struct str *out, struct diag *diag)
{
    size_t folder = from.len;
    while (folder && from.ptr[folder - 1] != '/')
        folder--;
    struct buf path = {.arena = reader->context->arena};
    buf_add(&path, str_part(from, 0, folder));
    struct str rest = node->text, part = {0};
    bool escapes = str_starts(rest, STR("/"));
    while (rest.len) {
        part = str_cut(&rest, STR("/"));
        escapes |= str_equal(part, STR(".."));
        if (!part.len || str_equal(part, STR(".")))
            continue;
        buf_add(&path, part);
        buf_add(&path, rest.len ? STR("/") : STR(""));
    }
    if (escapes || !part.len || str_equal(part, STR(".")))
        return json_fail(diag, node, "include: '%.*s' is not the name of a file beside this one", STR_ARG(node->text));
    if (str_find(part, STR(".")) == part.len)
        buf_add(&path, STR(".json"));
    *out = buf_str(&path);
    return true;
}

/* Is the file one of those that led to it? The error names the way round. */
static bool is_cycle(const struct inclusion *inclusion, struct str path, const struct json *node, struct diag *diag)
{
    struct buf way = {.arena = diag->arena};
    buf_add(&way, path);
    for (; inclusion; inclusion = inclusion->from) {
        struct buf longer = {.arena = diag->arena};
        buf_addf(&longer, "%.*s, %.*s", STR_ARG(inclusion->path), STR_ARG(buf_str(&way)));
        way = longer;
        if (str_equal(inclusion->path, path))
            return !json_fail(diag, node, "include goes in a circle: %.*s", STR_ARG(buf_str(&way)));
    }
    return false;
}

static void read_inclusion(struct reader *reader, const struct inclusion *from, const struct json *node)
{
    struct inclusion next = {.node = node, .from = from};
    struct diag diag = {.arena = reader->problems->arena};
    bool ok = node->type == JSON_TEXT ||
              json_fail(&diag, node, "include: %s where the name of a pack is expected", json_type_name(node->type));
    ok = ok && resolve(reader, from->path, node, &next.path, &diag) && !is_cycle(from, next.path, node, &diag);
    problems_take(reader->problems, &diag);
    if (ok && !map_get(&reader->files, next.path))
        read_file(reader, &next);
}

static void read_inclusions(struct reader *reader, const struct inclusion *from, const struct json *node)
{
    if (node->type == JSON_LIST)
        for (size_t i = 0; i < node->count; i++)
            read_inclusion(reader, from, &node->items[i]);
    else if (node->type != JSON_NONE)
        read_inclusion(reader, from, node);
}

/* The rules borrow the cues, so these need a place of their own. */
static const struct cues *read_cues(struct reader *reader, const struct json *node)
{
    struct cues *cues = ARENA_NEW(reader->context->arena, struct cues);
    struct diag diag = {.arena = reader->problems->arena};
    if (node->type != JSON_NONE)
        cues_read(reader->context->arena, node, cues, &diag);
    problems_take(reader->problems, &diag);
    return cues;
}

static void read_rules(struct reader *reader, struct pack *pack, const struct json *rules)
{
    struct diag diag = {.arena = reader->problems->arena};
    pack->rules = ARENA_ARRAY(reader->context->arena, struct rule, rules->count);
    for (size_t i = 0; i < rules->count; i++) {
        bool ok = rule_read(reader, pack, &rules->items[i], &pack->rules[pack->count], &diag);
        problems_take(reader->problems, &diag);
        pack->count += ok;
    }
}

/* All of the pack but its rules and inclusions. */
static bool read_head(struct reader *reader, const struct json *root, struct pack *pack, struct diag *diag)
{
    const struct json *rules = json_member(root, STR("rules"));
    if (root->type != JSON_RECORD || json_member(root, STR("pack"))->type == JSON_NONE)
        return json_fail(diag, root, "this is no pack: { \"pack\": name, \"rules\": [] } is expected");
    if (!member_name(diag, root, STR("pack"), &pack->name) || !member_text(diag, root, STR("title"), &pack->title) ||
        !member_text(diag, root, STR("lang"), &pack->lang) || !member_text(diag, root, STR("note"), &pack->note))
        return false;
    if (rules->type != JSON_LIST && rules->type != JSON_NONE)
        return json_fail(diag, rules, "rules: %s where a list is expected", json_type_name(rules->type));
    if (rules->type == JSON_NONE && json_member(root, STR("include"))->type == JSON_NONE)
        return json_fail(diag, root, "the member 'rules' is missing");
    struct str lang = pack->lang.len ? pack->lang : reader->context->lang.len ? reader->context->lang : STR("fr");
    const struct json *node = json_member(root, STR("lang"));
    return reader_lexicon(reader, diag, node->type == JSON_NONE ? root : node, lang, &pack->lexicon);
}

static void read_file(struct reader *reader, const struct inclusion *inclusion)
{
    static const struct str names[] = {STR_INIT("$schema"), STR_INIT("pack"),    STR_INIT("title"), STR_INIT("lang"),
                                       STR_INIT("note"),    STR_INIT("include"), STR_INIT("cues"),  STR_INIT("rules")};
    struct diag diag = {.arena = reader->problems->arena};
    struct source *source = open_file(reader, inclusion, &diag);
    const struct json *root = NULL;
    if (source)
        root = reader->built_in ? json_read_embedded(reader->context->arena, source, &diag)
                                : json_read(reader->context->arena, source, &diag);
    struct pack pack = {.source = source, .built_in = reader->built_in};
    bool ok = root && read_head(reader, root, &pack, &diag);
    if (source)
        *map_put(&reader->files, inclusion->path) = source;
    problems_take(reader->problems, &diag);
    if (!ok)
        return;
    members_are_known(&diag, root, "a pack", names, sizeof names / sizeof *names);
    problems_take(reader->problems, &diag);
    pack.cues = read_cues(reader, json_member(root, STR("cues")));
    read_rules(reader, &pack, json_member(root, STR("rules")));
    *LIST_ADD(reader->context->arena, &reader->packs) = pack;
    read_inclusions(reader, inclusion, json_member(root, STR("include")));
}

static struct pack *read_packs(struct pack_context *context, struct str path, bool built_in, size_t *count,
                               struct problems *problems)
{
    struct reader reader = {.context = context,
                            .problems = problems,
                            .built_in = built_in,
                            .files = {.arena = context->arena},
                            .rules = {.arena = context->arena}};
    read_file(&reader, &(struct inclusion){.path = path});
    *count = reader.packs.count;
    return reader.packs.items;
}

struct pack *pack_read(struct pack_context *context, struct str path, size_t *count, struct problems *problems)
{
    return read_packs(context, path, false, count, problems);
}

struct pack *pack_built_in(struct pack_context *context, struct str name, size_t *count, struct problems *problems)
{
    return read_packs(context, name, true, count, problems);
}
