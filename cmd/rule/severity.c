#include "rule/severity.h"

#define AS_NAME(id, name) [id] = STR_INIT(name),

static const struct str severities[SEVERITY_COUNT] = {SEVERITIES(AS_NAME)};
static const struct str kinds[KIND_COUNT] = {FINDING_KINDS(AS_NAME)};

struct str severity_name(enum severity severity) { return severities[severity]; }

bool severity_from_name(struct str name, enum severity *out)
{
    for (unsigned i = 0; i < SEVERITY_COUNT; i++)
        if (str_equal(severities[i], name)) {
            *out = (enum severity)i;
            return true;
        }
    return false;
}

struct str finding_kind_name(enum finding_kind kind) { return kinds[kind]; }

bool finding_kind_from_name(struct str name, enum finding_kind *out)
{
    for (unsigned i = 0; i < KIND_COUNT; i++)
        if (str_equal(kinds[i], name)) {
            *out = (enum finding_kind)i;
            return true;
        }
    return false;
}
