/* Any bytes: no text crashes the parser of checks, an error has a place in it, and what is written of a tree parses to
 * an equal tree. The first byte chooses the language.
 *
 * As a libFuzzer target (clang -fsanitize=fuzzer), or with -DREPLAY as a program that runs over the files given and
 * reports in TAP.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "replay.h"
#include "rule/expr.h"

static void check(const struct lexicon *lexicon, struct str text)
{
    struct arena arena = {0};
    struct expr_error error = {0};
    const struct expr *e = expr_parse(&arena, lexicon, text, &error);
    if (!e && (error.at > text.len || !error.message.text.len))
        abort();
    if (e) {
        struct str written = expr_write(&arena, e);
        const struct expr *again = expr_parse(&arena, lexicon, written, &error);
        if (!again || !expr_equal(e, again)) {
            fprintf(stderr, "%.*s\nis written\n%.*s\n", STR_ARG(text), STR_ARG(written));
            if (!again)
                fprintf(stderr, "%zu: %.*s\n", error.at, STR_ARG(error.message.text));
            abort();
        }
    }
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    static const struct lexicon *lexicons[2];
    struct diag diag = {.arena = &arena};
    if (!lexicons[0]) {
        lexicons[0] = lexicon_load(&arena, STR("fr"), &diag);
        lexicons[1] = lexicon_load(&arena, STR("en"), &diag);
    }
    if (size)
        check(lexicons[data[0] & 1], (struct str){(const char *)data + 1, size - 1});
    return 0;
}
