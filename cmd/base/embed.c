#include "base/embed.h"

bool embed_find(struct str path, struct str *bytes)
{
    for (const struct embedded_part *part = embedded_parts; part->path; part++)
        if (str_equal(str_from(part->path), path)) {
            *bytes = (struct str){part->start, (size_t)(part->end - part->start)};
            return true;
        }
    return false;
}
