/* The files that a shape is for: a pattern of paths with dims in braces. */
#include "base/arena.h"
#include "figure/shape_tree.h"

/* pattern = *( "**" "/" / "**" / "*" / "{" dim "}" / char ) */
struct matching {
    struct str pattern, path;
    bool *failed; /* known not to match: from this byte of the pattern at this byte of the path */
    struct dim *dims;
    size_t count;
};

static bool match(struct matching *m, size_t at, size_t from);

/* The rest of the pattern behind `length` bytes of the path, or more, up to the end of the name; of the path, when
 * folders may be passed. The fewer the better. */
static bool match_some(struct matching *m, size_t next, size_t from, size_t length, bool folders, size_t *end)
{
    for (size_t to = from; to <= m->path.len; to++) {
        if (to >= from + length && match(m, next, to)) {
            *end = to;
            return true;
        }
        if (to < m->path.len && m->path.ptr[to] == '/' && !folders)
            return false;
    }
    return false;
}

/* No folder, or some. */
static bool match_folders(struct matching *m, size_t next, size_t from)
{
    for (size_t to = from; to <= m->path.len; to++)
        if ((to == from || m->path.ptr[to - 1] == '/') && match(m, next, to))
            return true;
    return false;
}

static bool match_dim(struct matching *m, size_t at, size_t from)
{
    struct str rest = str_part(m->pattern, at + 1, m->pattern.len), name = str_cut(&rest, STR("}"));
    size_t end;
    if (!match_some(m, at + name.len + 2, from, 1, false, &end))
        return false;
    m->dims[m->count++] = (struct dim){.name = name, .value = str_part(m->path, from, end)};
    return true;
}

static bool match_part(struct matching *m, size_t at, size_t from)
{
    struct str rest = str_part(m->pattern, at, m->pattern.len);
    size_t end;
    if (!rest.len)
        return from == m->path.len;
    if (str_starts(rest, STR("**/")))
        return match_folders(m, at + 3, from);
    if (str_starts(rest, STR("**")))
        return match_some(m, at + 2, from, 0, true, &end);
    if (rest.ptr[0] == '*')
        return match_some(m, at + 1, from, 0, false, &end);
    if (rest.ptr[0] == '{')
        return match_dim(m, at, from);
    return from < m->path.len && m->path.ptr[from] == rest.ptr[0] && match(m, at + 1, from + 1);
}

/* What has failed once is not tried again: stars behind stars do not multiply the cost. */
static bool match(struct matching *m, size_t at, size_t from)
{
    bool *failed = &m->failed[at * (m->path.len + 1) + from];
    if (!*failed && match_part(m, at, from))
        return true;
    *failed = true;
    return false;
}

bool shape_is_for(const struct shape *shape, struct arena *arena, struct str path, struct dims *dims)
{
    struct str pattern = shape->files ? shape->files->text : STR("**"), twice;
    while (str_starts(path, STR("./")))
        path = str_part(path, 2, path.len);
    struct arena scratch = {.out_of_memory = arena->out_of_memory};
    struct matching m = {.pattern = pattern,
                         .path = path,
                         .failed = ARENA_ARRAY(&scratch, bool, (pattern.len + 1) * (path.len + 1)),
                         .dims = ARENA_ARRAY(&scratch, struct dim, pattern.len)};
    bool found = match(&m, 0, 0);
    for (size_t from = 1; !found && !str_starts(pattern, STR("/")) && from <= path.len; from++)
        found = path.ptr[from - 1] == '/' && match(&m, 0, from);
    dims_sort(m.dims, m.count, &twice); /* shape_check_files has refused a dim that is taken twice */
    *dims = (struct dims){arena_copy(arena, m.dims, m.count * sizeof *m.dims), m.count};
    arena_free(&scratch);
    return found;
}

bool shape_check_files(struct shape *shape, struct diag *diag)
{
    struct shape_names taken = {0};
    struct str pattern = shape->files->text;
    for (size_t at = 0; at < pattern.len; at++) {
        if (pattern.ptr[at] == '}')
            return json_fail_in(diag, shape->files, at, "a { is missing");
        if (pattern.ptr[at] != '{')
            continue;
        struct str rest = str_part(pattern, at + 1, pattern.len), name = str_cut(&rest, STR("}"));
        if (at + 1 + name.len == pattern.len)
            return json_fail_in(diag, shape->files, at, "a } is missing");
        if (!name.len || str_find(name, STR("{")) < name.len)
            return json_fail_in(diag, shape->files, at, "the name of a dim stands between braces");
        for (size_t i = 0; i < taken.count; i++)
            if (str_equal(taken.items[i], name))
                return json_fail_in(diag, shape->files, at, "the dim \"%.*s\" is taken twice", STR_ARG(name));
        *LIST_ADD(shape->arena, &taken) = name;
        at += name.len + 1;
    }
    return true;
}
