/* severity: the grades of findings and the kinds of checks: one X-macro each, for names, ids and tables. */
#ifndef RULE_SEVERITY_H
#define RULE_SEVERITY_H

#include "base/str.h"

#define SEVERITIES(X)                                                                                                  \
    X(SEVERITY_NOTE, "note")                                                                                           \
    X(SEVERITY_WARNING, "warning")                                                                                     \
    X(SEVERITY_ERROR, "error")

#define FINDING_KINDS(X)                                                                                               \
    X(KIND_SUM, "sum")                                                                                                 \
    X(KIND_PART_OF, "part-of")                                                                                         \
    X(KIND_SHARE, "share")                                                                                             \
    X(KIND_GROWTH, "growth")                                                                                           \
    X(KIND_MULTIPLE, "multiple")                                                                                       \
    X(KIND_RATIO, "ratio")                                                                                             \
    X(KIND_AVERAGE, "average")                                                                                         \
    X(KIND_RANGE, "range")                                                                                             \
    X(KIND_RESTATE, "restate")                                                                                         \
    X(KIND_PATTERN, "pattern")                                                                                         \
    X(KIND_TIE, "tie")                                                                                                 \
    X(KIND_STYLE, "style")                                                                                             \
    X(KIND_RULE, "rule")

#define AS_ENUM(id, name) id,
enum severity { SEVERITIES(AS_ENUM) SEVERITY_COUNT };
enum finding_kind { FINDING_KINDS(AS_ENUM) KIND_COUNT };
#undef AS_ENUM

struct str severity_name(enum severity severity);
bool severity_from_name(struct str name, enum severity *out);
struct str finding_kind_name(enum finding_kind kind);
bool finding_kind_from_name(struct str name, enum finding_kind *out);

#endif
