/* pack_rule: one rule of a pack, for pack.c. */
#ifndef RULE_PACK_RULE_H
#define RULE_PACK_RULE_H

#include "base/map.h"
#include "rule/pack.h"

/* The reading of a pack with all that it includes. */
struct reader {
    struct pack_context *context;
    struct problems *problems;
    bool built_in;
    struct map files; /* the sources read, by path */
    struct map rules; /* by id */
    struct {
        struct pack *items;
        size_t count, room;
    } packs;
};

/* Reads a rule of the pack. False, with the diag filled, when it is in error. */
bool rule_read(struct reader *reader, const struct pack *pack, const struct json *node, struct rule *out,
               struct diag *diag);

/* Fails at the first member of `record` that `names` does not have, with the name that was meant. */
bool members_are_known(struct diag *diag, const struct json *record, const char *what, const struct str *names,
                       size_t count);

/* Fails at `node`: `word` is none of the names that `what` has, but the nearest one was meant; else all are told. */
bool choice_fail(struct diag *diag, const struct json *node, struct str what, struct str word, const struct str *names,
                 size_t count);

/* The text of a member; empty when there is none. Fails on another type. */
bool member_text(struct diag *diag, const struct json *record, struct str name, struct str *out);

/* The same for a member that must be there and be a name: letters, digits, "-", "_" and ".". */
bool member_name(struct diag *diag, const struct json *record, struct str name, struct str *out);

/* The lexicon of a language. Fails, at the place of `node`, when there is none. */
bool reader_lexicon(struct reader *reader, struct diag *diag, const struct json *node, struct str lang,
                    const struct lexicon **out);

/* The kind of finding that a failed check makes, told from its form. */
enum finding_kind rule_kind_of(const struct expr *check);

#endif
