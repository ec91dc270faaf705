#include "rule/claim.h"

#include "base/buf.h"

#define AS_NAME(id, name, parts) [id] = STR_INIT(name),
static const struct str names[CLAIM_COUNT] = {CLAIMS(AS_NAME)};
#undef AS_NAME

#define AS_PARTS(id, name, parts) [id] = STR_INIT(parts),
static const struct str parts_of[CLAIM_COUNT] = {CLAIMS(AS_PARTS)};
#undef AS_PARTS

struct str claim_name(enum claim claim) { return names[claim]; }

struct str claim_parts(enum claim claim) { return parts_of[claim]; }

struct str claim_parts_text(struct arena *arena, enum claim claim)
{
    struct buf out = {.arena = arena};
    for (struct str rest = parts_of[claim]; rest.len;) {
        struct str part = str_cut(&rest, STR(" "));
        buf_addf(&out, "%s%.*s", out.len ? ", " : "", STR_ARG(part));
    }
    return buf_str(&out);
}

bool claim_from_name(struct str name, enum claim *out)
{
    for (unsigned i = CLAIM_NONE + 1; i < CLAIM_COUNT; i++)
        if (str_equal(names[i], name)) {
            *out = (enum claim)i;
            return true;
        }
    return false;
}

bool claim_has_part(enum claim claim, struct str part)
{
    struct str rest = parts_of[claim];
    while (rest.len)
        if (str_equal(str_cut(&rest, STR(" ")), part))
            return true;
    return false;
}
