#include "base/message.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

struct args {
    struct message_arg *items;
    size_t count, room;
};

/* Arguments behind a pointer: a va_list that is a parameter has none to be read on from. */
struct pending {
    va_list list;
};

/* What a conversion, from its % to its letter, makes of the next argument. */
static void add_arg(struct buf *out, struct str conversion, struct pending *pending)
{
    const char *spec = str_z(out->arena, conversion);
    switch (conversion.ptr[conversion.len - 1]) {
    case 's':
        if (str_find(conversion, STR("*")) < conversion.len) {
            int length = va_arg(pending->list, int);
            buf_addf(out, spec, length, va_arg(pending->list, const char *));
        } else {
            buf_addf(out, spec, va_arg(pending->list, const char *));
        }
        break;
    case 'c':
    case 'd':
        buf_addf(out, spec, va_arg(pending->list, int));
        break;
    default:
        if (str_find(conversion, STR("z")) < conversion.len)
            buf_addf(out, spec, va_arg(pending->list, size_t));
        else
            buf_addf(out, spec, va_arg(pending->list, unsigned));
        break;
    }
}

/* The bytes of the conversion that the text starts with: from its % to its letter. */
static size_t conversion_length(const char *text) { return 1 + strcspn(text + 1, "%scduxX") + 1; }

struct message message_list(struct arena *arena, const char *format, va_list list)
{
    struct buf out = {.arena = arena};
    struct args args = {0};
    struct pending pending;
    va_copy(pending.list, list);
    for (struct str rest = str_from(format); rest.len;) {
        size_t literal = str_find(rest, STR("%"));
        buf_add(&out, str_part(rest, 0, literal));
        rest = str_part(rest, literal, rest.len);
        if (!rest.len)
            break;
        struct str conversion = str_part(rest, 0, conversion_length(rest.ptr));
        rest = str_part(rest, conversion.len, rest.len);
        size_t start = out.len;
        if (str_equal(conversion, STR("%%"))) {
            buf_add_char(&out, '%');
            continue;
        }
        add_arg(&out, conversion, &pending);
        struct str text = str_copy(arena, str_part(buf_str(&out), start, out.len));
        *LIST_ADD(arena, &args) = (struct message_arg){text, str_equal(conversion, STR("%s"))};
    }
    va_end(pending.list);
    return (struct message){.text = buf_str(&out), .format = format, .args = args.items, .arg_count = args.count};
}

struct message message_make(struct arena *arena, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    struct message message = message_list(arena, format, list);
    va_end(list);
    return message;
}

struct message message_copy(struct arena *arena, const struct message *message)
{
    struct message copy = {.text = str_copy(arena, message->text), .format = message->format};
    struct message_arg *args = ARENA_ARRAY(arena, struct message_arg, message->arg_count);
    for (; copy.arg_count < message->arg_count; copy.arg_count++)
        args[copy.arg_count] = (struct message_arg){str_copy(arena, message->args[copy.arg_count].text),
                                                    message->args[copy.arg_count].is_word};
    copy.args = args;
    if (message->cause) {
        struct message cause = message_copy(arena, message->cause);
        copy.cause = arena_copy(arena, &cause, sizeof cause);
    }
    return copy;
}

struct message message_because(struct arena *arena, const struct message *cause, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    struct message message = message_list(arena, format, list);
    va_end(list);
    struct message copy = message_copy(arena, cause);
    message.cause = arena_copy(arena, &copy, sizeof copy);
    message.text = str_format(arena, "%.*s: %.*s", STR_ARG(message.text), STR_ARG(cause->text));
    return message;
}
