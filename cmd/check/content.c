#include "check/content.h"

/* Is there a shape that says by its "for" that it is for this file? */
static bool is_claimed(struct arena *arena, const struct shapes *shapes, struct str path)
{
    struct dims dims;
    for (size_t i = 0; i < shapes->count; i++)
        if (shape_has_files(shapes->items[i]) && shape_is_for(shapes->items[i], arena, path, &dims))
            return true;
    return false;
}

/* The first three members are crossfoot's own; the others may stand in anyone's JSON, which a shape then claims. */
bool content_is_config(struct str name)
{
    return str_equal(name, STR("crossfoot.json")) || str_ends(name, STR("/crossfoot.json"));
}

enum content content_of(struct arena *arena, const struct shapes *shapes, const struct scan *scan)
{
    static const struct {
        struct str member;
        enum content content;
        bool own;
    } marks[] = {{STR_INIT("dataset"), CONTENT_DATASET, true}, {STR_INIT("pack"), CONTENT_PACK, true},
                 {STR_INIT("shape"), CONTENT_SHAPE, true},     {STR_INIT("figures"), CONTENT_DATASET, false},
                 {STR_INIT("rules"), CONTENT_PACK, false},     {STR_INIT("dossiers"), CONTENT_CONFIG, false}};
    /* The configuration has "rules" too. */
    if (content_is_config(scan->source->name))
        return CONTENT_CONFIG;
    for (size_t i = 0; scan->values[0].type == SCAN_OBJECT && i < sizeof marks / sizeof *marks; i++)
        if (scan_member(arena, scan, 0, marks[i].member))
            return marks[i].own || !is_claimed(arena, shapes, scan->source->name) ? marks[i].content : CONTENT_OTHER;
    return CONTENT_OTHER;
}

/* How many shapes are for the value; *matched: one of them found a figure in it. */
static size_t apply_shapes(struct dossier *dossier, struct arena *arena, const struct shapes *shapes,
                           const struct scan *scan, bool *matched)
{
    size_t count = 0;
    *matched = false;
    for (size_t i = 0; i < shapes->count; i++) {
        struct dims dims;
        if (!shape_is_for(shapes->items[i], arena, scan->source->name, &dims))
            continue;
        count++;
        dossier_add_shaped(dossier, shapes->items[i], scan, 0, dims);
        *matched |= shape_matched(shapes->items[i]);
    }
    return count;
}

bool content_shape(struct dossier *dossier, struct arena *arena, const struct shapes *shapes, const struct scan *scan,
                   bool in_folder, struct problems *problems)
{
    struct source *source = scan->source;
    size_t start = scan->values[0].start;
    struct diag diag = {.arena = problems->arena};
    bool matched;
    size_t count = apply_shapes(dossier, arena, shapes, scan, &matched);
    if (matched)
        return true;
    if (count == 1 && shapes->count == 1)
        diag_at(&diag, source, start, "the shape \"%.*s\" matches nothing here", STR_ARG(shape_name(shapes->items[0])));
    else if (count)
        diag_at(&diag, source, start, "none of the shapes that are for this file matches anything here");
    else if (in_folder)
        problems_warn(problems, source, start, "passed over: neither \"figures\" nor \"rules\" stand in it");
    else
        diag_at(&diag, source, start, "this is neither a dataset (\"figures\") nor a pack (\"rules\")%s",
                shapes->count ? ", and no shape is for it" : "; a shape (--shape) finds figures in other JSON");
    problems_take(problems, &diag);
    return false;
}
