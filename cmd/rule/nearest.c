#include "rule/nearest.h"

struct str nearest(struct str word, const struct str *names, size_t count)
{
    struct str best = {0};
    size_t limit = word.len < 3 ? 0 : word.len < 6 ? 1 : 2;
    for (size_t i = 0; limit && i < count; i++) {
        size_t distance = str_distance(word, names[i], limit);
        if (distance <= limit) {
            best = names[i];
            limit = distance ? distance - 1 : 0;
        }
    }
    return best;
}
