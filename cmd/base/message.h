/* message: a sentence for people, kept in English and in the pieces that it was made of.
 *
 *     struct message m = message_make(&arena, "\"%.*s\" is %s; it should be %s", STR_ARG(name), "null", "a text");
 *     // m.text is "\"value\" is null; it should be a text"; m.format and m.args say it in another language
 *
 * The format is a literal of the program: a catalogue (report/french.c) finds its translation by it. What `%s` stands
 * for is a word of the program ("a text"), which has a translation too; what "%.*s" stands for is the user's own.
 */
#ifndef BASE_MESSAGE_H
#define BASE_MESSAGE_H

#include <stdarg.h>

#include "base/str.h"

struct message_arg {
    struct str text; /* as it stands in the English sentence */
    bool is_word;    /* of the program, not the user's */
};

struct message {
    struct str text; /* in English: one line, no full stop; a NUL stands behind it */
    const char *format;
    const struct message_arg *args; /* one for each conversion of the format, in its order */
    size_t arg_count;
    const struct message *cause; /* what the text ends with, behind ": "; NULL: nothing */
};

/* As printf, with the conversions %s %.*s %c %d %zu %u %X %x. All of it lives in the arena but the format. */
__attribute__((format(printf, 2, 3))) struct message message_make(struct arena *arena, const char *format, ...);
__attribute__((format(printf, 2, 0))) struct message message_list(struct arena *arena, const char *format,
                                                                  va_list list);

/* The same with a reason behind it: "check: expected a number, found ')'". */
__attribute__((format(printf, 3, 4))) struct message message_because(struct arena *arena, const struct message *cause,
                                                                     const char *format, ...);

/* A copy in the arena. */
struct message message_copy(struct arena *arena, const struct message *message);

#endif
