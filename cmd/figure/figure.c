#include "figure/figure.h"

#include <stdlib.h>

const struct dim *dims_find(struct dims dims, struct str name)
{
    for (size_t i = 0; i < dims.count; i++)
        if (str_equal(dims.items[i].name, name))
            return &dims.items[i];
    return NULL;
}

struct dims dims_merge(struct arena *arena, struct dims under, struct dims over)
{
    if (!over.count)
        return under;
    struct dim *merged = ARENA_ARRAY(arena, struct dim, under.count + over.count);
    size_t count = 0;
    for (size_t i = 0, j = 0; i < under.count || j < over.count;) {
        int order = i == under.count ? 1 : j == over.count ? -1 : str_compare(under.items[i].name, over.items[j].name);
        merged[count++] = order < 0 ? under.items[i] : over.items[j];
        i += order <= 0;
        j += order >= 0;
    }
    return (struct dims){merged, count};
}

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct dim *)a)->name, ((const struct dim *)b)->name);
}

bool dims_sort(struct dim *items, size_t count, struct str *twice)
{
    if (count)
        qsort(items, count, sizeof *items, by_name);
    for (size_t i = 1; i < count; i++)
        if (str_equal(items[i - 1].name, items[i].name)) {
            *twice = items[i].name;
            return false;
        }
    return true;
}

int dim_value_compare(struct arena *arena, struct str a, struct str b)
{
    struct number x, y;
    const char *why;
    if (number_read(arena, a, &x, &why) && number_read(arena, b, &y, &why) && !number_equal(x, y))
        return number_compare(x, y);
    return str_compare(a, b);
}
