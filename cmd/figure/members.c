#include "figure/members.h"

/* A set of enum scan_type. */
#define TYPE(type) (1u << (type))
enum {
    ANY = 0x7f,
    TEXT = TYPE(SCAN_STRING),
    OBJECT = TYPE(SCAN_OBJECT),
    LIST = TYPE(SCAN_ARRAY),
    TRUTH = TYPE(SCAN_TRUE) | TYPE(SCAN_FALSE),
    NUMBER = TYPE(SCAN_NUMBER)
};

struct member {
    struct str name;
    unsigned types;
    const char *expected;
    unsigned items;      /* of a list: the types of its elements; 0: any */
    struct str required; /* of a list of objects: a member that each must have */
};

static const struct member dataset_members[] = {
    {STR_INIT("$schema"), TEXT, "a text", 0, {0}},
    {STR_INIT("dataset"), TEXT, "a text", 0, {0}},
    {STR_INIT("title"), TEXT, "a text", 0, {0}},
    {STR_INIT("lang"), TEXT, "a language: \"fr\", \"en\"", 0, {0}},
    {STR_INIT("dims"), OBJECT, "an object of texts", 0, {0}},
    {STR_INIT("figures"), LIST | OBJECT, "a list or an object", 0, {0}},
    {STR_INIT("rounding"), TEXT, "nearest, half-even, truncation, floor or ceiling", 0, {0}},
    {STR_INIT("totals"), OBJECT, "an object of lists of texts", 0, {0}},
    {STR_INIT("source"), TEXT | OBJECT, "a text or an object", 0, {0}},
    {STR_INIT("note"), TEXT, "a text", 0, {0}},
    {STR_INIT("status"), TEXT, "final, provisional, estimated or revised", 0, {0}},
    {STR_INIT("meta"), ANY, "", 0, {0}},
    {.name = {0}},
};

static const struct member figure_members[] = {
    {STR_INIT("id"), TEXT, "a text", 0, {0}},
    {STR_INIT("value"), TEXT | NUMBER | TYPE(SCAN_NULL), "a number, a text or null", 0, {0}},
    {STR_INIT("label"), TEXT, "a text", 0, {0}},
    {STR_INIT("unit"), TEXT, "a text", 0, {0}},
    {STR_INIT("dims"), OBJECT, "an object of texts", 0, {0}},
    {STR_INIT("names"), LIST, "a list of texts", TEXT, {0}},
    {STR_INIT("source"), TEXT | OBJECT, "a text or an object", 0, {0}},
    {STR_INIT("note"), TEXT, "a text", 0, {0}},
    {STR_INIT("status"), TEXT, "final, provisional, estimated or revised", 0, {0}},
    {STR_INIT("was"), LIST, "a list of objects with a \"value\"", OBJECT, STR_INIT("value")},
    {STR_INIT("role"), TEXT, "a text", 0, {0}},
    {STR_INIT("quote"), TEXT, "a text", 0, {0}},
    {STR_INIT("decimals"), NUMBER, "a whole number from -100 to 100", 0, {0}},
    {STR_INIT("exact"), TRUTH, "true or false", 0, {0}},
    {STR_INIT("interval"), OBJECT, "an object with low and high", 0, {0}},
    {STR_INIT("anchor"), ANY, "", 0, {0}},
    {STR_INIT("ignore"), ANY, "", 0, {0}},
    {STR_INIT("meta"), ANY, "", 0, {0}},
    {.name = {0}},
};

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
static void warn_misspelt(const struct scan *scan, const struct member *members, struct str name, size_t key,
                          struct problems *problems)
{
    struct str nearest = {0};
    size_t best = name.len > 5 ? 3 : 2;
    for (const struct member *member = members; name.len > 3 && member->name.len; member++) {
        size_t distance = str_distance(name, member->name, 2);
        if (distance < best) {
            best = distance;
            nearest = member->name;
        }
    }
    if (nearest.len)
        problems_warn(problems, scan->source, scan->values[key].start,
                      "unknown member \"%.*s\": did you mean \"%.*s\"?", STR_ARG(name), STR_ARG(nearest));
}

bool member_check(struct arena *arena, const struct scan *scan, enum member_owner owner, size_t key,
                  struct problems *problems, struct diag *diag)
{
    static const struct member *const tables[] = {
        [MEMBERS_OF_DATASET] = dataset_members, [MEMBERS_OF_FIGURE] = figure_members};
    struct str name = scan_text(arena, scan, key);
    const struct member *member = tables[owner];
    while (member->name.len && !str_equal(member->name, name))
        member++;
    if (!member->name.len) {
        warn_misspelt(scan, tables[owner], name, key, problems);
        return true;
    }
    if (!(TYPE(scan->values[key + 1].type) & member->types))
        return wrong(scan, member, key + 1, diag);
    return !member->items || check_items(arena, scan, member, key + 1, diag);
}
