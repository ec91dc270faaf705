/* Any lines: what a plan proves clean, the general way finds clean, with the same counts. The first line's first byte
 * chooses the rules and the convention of rounding; each further line is a member, from which plans are learnt.
 *
 * As a libFuzzer target (clang -fsanitize=fuzzer), or with -DREPLAY as a program that runs over the files given and
 * reports in TAP.
 */
#include <stdio.h>
#include <stdlib.h>

#include "replay.h"

#define DEMAND(holds, what, member)                                                                                    \
    do {                                                                                                               \
        if (!(holds)) {                                                                                                \
            fprintf(stderr, "does not hold: %s: %.*s\n", what, STR_ARG(member));                                       \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)
#include "../unit/beside.h"

/* Reading the lexicons takes longer than judging members: they are kept, with the packs. */
static struct beside *beside_of(unsigned char chosen)
{
    enum { PACKS = sizeof beside_packs / sizeof *beside_packs };
    static struct arena arena;
    static struct beside *known[PACKS];
    struct beside **beside = &known[chosen % PACKS];
    if (!*beside) {
        *beside = ARENA_NEW(&arena, struct beside);
        beside_new(*beside, &arena, beside_packs[chosen % PACKS], ROUNDING_NEAREST);
    }
    return *beside;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { PACKS = sizeof beside_packs / sizeof *beside_packs };
    struct arena arena = {0};
    struct str lines = {(const char *)data, size};
    struct str choice = str_cut(&lines, STR("\n"));
    unsigned char chosen = choice.len ? (unsigned char)choice.ptr[0] : 0;
    struct beside *beside = beside_of(chosen);
    beside_restart(beside, &arena, (enum rounding)(chosen / PACKS % ROUNDING_COUNT));
    while (lines.len) {
        struct str line = str_cut(&lines, STR("\n"));
        /* A copy of just that size, so that the sanitizer sees a read behind the end. */
        char *copy = malloc(line.len ? line.len : 1);
        if (!copy)
            abort();
        memcpy(copy, line.ptr, line.len);
        beside_judge(beside, (struct str){copy, line.len});
        free(copy);
    }
    plans_free(beside->plans);
    arena_free(&arena);
    return 0;
}
