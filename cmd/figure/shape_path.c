/* Path templates: JSON pointers (RFC 6901) with dims in braces. */
#include "base/buf.h"
#include "figure/shape_tree.h"

struct path {
    struct shape *shape;
    const struct json *node;
    struct diag *diag;
    struct str text;
    size_t at;
    struct shape_names *taken;
};

static bool fail(struct path *p, size_t at, const char *text) { return json_fail_in(p->diag, p->node, at, "%s", text); }

static bool at_any(const struct path *p, const char *stops)
{
    for (; p->at < p->text.len && *stops; stops++)
        if (p->text.ptr[p->at] == *stops)
            return true;
    return p->at == p->text.len;
}

static char here(const struct path *p) { return p->at < p->text.len ? p->text.ptr[p->at] : '\0'; }

static void skip_spaces(struct path *p)
{
    while (here(p) == ' ')
        p->at++;
}

/* token = *( unescaped / "~0" / "~1" )                     RFC 6901, section 3; up to one of `stops` */
static bool read_token(struct path *p, const char *stops, struct str *out)
{
    struct buf token = {.arena = p->shape->arena};
    for (; !at_any(p, stops); p->at++) {
        char c = p->text.ptr[p->at];
        if (c == '~') {
            char code = p->at + 1 < p->text.len ? p->text.ptr[p->at + 1] : '\0';
            if (code != '0' && code != '1')
                return fail(p, p->at, "in a path ~0 stands for ~, and ~1 for /: nothing else follows a ~");
            c = code == '0' ? '~' : '/';
            p->at++;
        }
        buf_add_char(&token, c);
    }
    *out = str_copy(p->shape->arena, buf_str(&token));
    return true;
}

/* member = "@" token *( "/" token )                        up to one of `stops`, which has a "/" */
static bool read_member(struct path *p, const char *stops, struct shape_member *out)
{
    struct shape_names keys = {0};
    do {
        struct str *key = LIST_ADD(p->shape->arena, &keys);
        p->at++;
        if (!read_token(p, stops, key))
            return false;
        if (!key->len)
            return fail(p, p->at, "the name of a member is missing");
    } while (here(p) == '/');
    *out = (struct shape_member){keys.items, keys.count};
    return true;
}

static bool take_dim(struct path *p, size_t at, struct str dim)
{
    if (!dim.len)
        return fail(p, at, "the name of a dim is missing");
    for (size_t i = 0; i < p->taken->count; i++)
        if (str_equal(p->taken->items[i], dim))
            return json_fail_in(p->diag, p->node, at, "the dim \"%.*s\" is taken twice", STR_ARG(dim));
    *LIST_ADD(p->shape->arena, p->taken) = dim;
    return true;
}

/* take = name | [ name "=" ] member                        spaces before each part */
static bool read_take(struct path *p, struct shape_capture *out)
{
    struct str name = {0};
    *out = (struct shape_capture){0};
    skip_spaces(p);
    size_t start = p->at;
    if (!read_token(p, "=@,}/{", &name))
        return false;
    bool renamed = here(p) == '=';
    p->at += renamed;
    skip_spaces(p);
    bool member = here(p) == '@';
    if (name.len && member && !renamed)
        return fail(p, p->at, "a dim is {name}, {@member} or {name=@member}");
    if (renamed && !member)
        return fail(p, p->at, "a @ and the name of a member stand behind the =");
    if (member && !read_member(p, "/,}{", &out->from))
        return false;
    if (here(p) != ',' && here(p) != '}')
        return fail(p, p->at, "a } is missing");
    out->dim = str_trim(member && !renamed ? out->from.keys[out->from.count - 1] : name);
    return take_dim(p, start, out->dim);
}

/* Dims are kept in order of their names: then those of a place need no sorting. */
static void insert(struct shape_capture *captures, size_t count, struct shape_capture capture)
{
    for (; count && str_compare(captures[count - 1].dim, capture.dim) > 0; count--)
        captures[count] = captures[count - 1];
    captures[count] = capture;
}

/* braces = "{" take *( "," take ) "}" */
static bool read_braces(struct path *p, struct shape_edge *edge)
{
    struct {
        struct shape_capture *items;
        size_t count, room;
    } captures = {0};
    size_t names = 0;
    do {
        struct shape_capture capture;
        size_t start = ++p->at;
        if (!read_take(p, &capture))
            return false;
        if (!capture.from.count && names++)
            return fail(p, start, "a key can be the value of one dim only");
        (void)LIST_ADD(p->shape->arena, &captures);
        insert(captures.items, captures.count - 1, capture);
    } while (here(p) == ',');
    p->at++;
    edge->captures = captures.items;
    edge->count = captures.count;
    return true;
}

static struct shape_tree *new_tree(struct shape *shape)
{
    struct shape_tree *tree = ARENA_NEW(shape->arena, struct shape_tree);
    tree->keys.arena = shape->arena;
    return tree;
}

static struct shape_tree *through_key(struct shape *shape, struct shape_tree *tree, struct str key)
{
    struct shape_tree **child = (struct shape_tree **)map_put(&tree->keys, key);
    if (!*child)
        *child = new_tree(shape);
    tree->by_name = true;
    return *child;
}

static struct shape_tree *through_edge(struct shape *shape, struct shape_tree *tree, const struct shape_edge *edge)
{
    for (size_t i = 0; i < tree->edges.count; i++)
        if (str_equal(tree->edges.items[i].text, edge->text))
            return tree->edges.items[i].to;
    struct shape_edge *added = LIST_ADD(shape->arena, &tree->edges);
    *added = *edge;
    added->to = new_tree(shape);
    tree->by_name |= edge->prefix.len || edge->suffix.len;
    for (size_t i = 0; i < edge->count; i++)
        tree->by_name |= !edge->captures[i].from.count;
    return added->to;
}

/* segment = token [ braces token ] */
static bool read_segment(struct path *p, struct shape_tree **tree)
{
    size_t start = p->at;
    struct shape_edge edge = {0};
    if (!read_token(p, "/{}", &edge.prefix))
        return false;
    if (at_any(p, "/")) {
        *tree = through_key(p->shape, *tree, edge.prefix);
        return true;
    }
    if (here(p) == '}')
        return fail(p, p->at, "a { is missing");
    if (!read_braces(p, &edge) || !read_token(p, "/{}", &edge.suffix))
        return false;
    if (!at_any(p, "/"))
        return fail(p, p->at, "a part of a path has one pair of braces at most");
    edge.text = str_part(p->text, start, p->at);
    *tree = through_edge(p->shape, *tree, &edge);
    return true;
}

/* path = *( "/" segment ) */
bool shape_add_path(struct shape *shape, const struct json *path, struct shape_names *taken, struct shape_tree **end,
                    struct diag *diag)
{
    struct path p = {.shape = shape, .node = path, .diag = diag, .text = path->text, .taken = taken};
    *end = &shape->tree;
    if (path->type != JSON_TEXT)
        return json_fail(diag, path, "%s where a path is expected", json_type_name(path->type));
    if (p.text.len && p.text.ptr[0] != '/')
        return fail(&p, 0, "a path starts with a /");
    while (p.at < p.text.len) {
        p.at++;
        if (!read_segment(&p, end))
            return false;
    }
    return true;
}

bool shape_read_member(struct shape *shape, const struct json *column, struct shape_member *out, struct diag *diag)
{
    struct path p = {.shape = shape, .node = column, .diag = diag, .text = column->text};
    return read_member(&p, "/", out);
}
