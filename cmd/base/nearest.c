#include "base/nearest.h"

void nearest_try(struct nearest *nearest, struct str name)
{
    if (!nearest->limit)
        return;
    size_t distance = str_distance(nearest->word, name, nearest->limit);
    if (distance <= nearest->limit) {
        nearest->name = name;
        nearest->limit = distance ? distance - 1 : 0;
    }
}

struct str nearest(struct str word, const struct str *names, size_t count)
{
    struct nearest near = {.word = word, .limit = word.len < 3 ? 0 : word.len < 6 ? 1 : 2};
    for (size_t i = 0; i < count; i++)
        nearest_try(&near, names[i]);
    return near.name;
}
