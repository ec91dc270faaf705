#include "figure/members.h"

#include "base/nearest.h"

#define TYPE(type) (1u << (type))

static bool wrong(const struct scan *scan, const struct member *member, size_t at, struct diag *diag)
{
    return diag_at(diag, scan->source, scan->values[at].start, "\"%.*s\" is %s; it should be %s", STR_ARG(member->name),
                   scan_type_name((enum scan_type)scan->values[at].type), member->expected);
}

static bool check_items(struct arena *arena, const struct scan *scan, const struct member *member, size_t list,
                        struct diag *diag)
{
    SCAN_ELEMENTS (scan, list, at) {
        if (!(TYPE(scan->values[at].type) & member->items))
            return wrong(scan, member, at, diag);
        if (member->required.len && !scan_member(arena, scan, at, member->required))
            return diag_at(diag, scan->source, scan->values[at].start, "\"%.*s\" should be %s", STR_ARG(member->name),
                           member->expected);
    }
    return true;
}

/* A name one or two letters off a reserved one is likely a slip; a short one must be closer. */
static void warn_misspelt(const struct member_walk *walk, const struct member *table, size_t count, struct str name,
                          size_t key)
{
    struct nearest near = {.word = name, .limit = name.len > 5 ? 2 : name.len > 3 ? 1 : 0};
    for (size_t i = 0; i < count; i++)
        nearest_try(&near, table[i].name);
    if (near.name.len)
        problems_warn(walk->problems, walk->scan->source, walk->scan->values[key].start,
                      "unknown member \"%.*s\": did you mean \"%.*s\"?", STR_ARG(name), STR_ARG(near.name));
}

static bool check_member(const struct member_walk *walk, const struct member *member, size_t at, struct diag *diag)
{
    if (!(TYPE(walk->scan->values[at].type) & member->types))
        return wrong(walk->scan, member, at, diag);
    return !member->items || check_items(walk->arena, walk->scan, member, at, diag);
}

bool members_find(const struct member_walk *walk, size_t record, const struct member *table, size_t count, void *out,
                  struct diag *diag)
{
    bool ok = true;
    SCAN_MEMBERS (walk->scan, record, key) {
        struct str name = scan_text(walk->arena, walk->scan, key);
        size_t i = 0;
        while (i < count && !str_equal(table[i].name, name))
            i++;
        if (i == count)
            warn_misspelt(walk, table, count, name, key);
        else if (check_member(walk, &table[i], key + 1, diag))
            *(size_t *)((char *)out + table[i].offset) = key + 1;
        else
            ok = false;
    }
    return ok;
}
