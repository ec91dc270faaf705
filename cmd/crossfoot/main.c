/* crossfoot: checks that published figures agree. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "crossfoot/options.h"

/* The language of answers: the first of the variables that is set, as POSIX says. */
static enum locale locale_of_environment(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value && *value)
            return locale_from_name(str_from(value));
    }
    return LOCALE_EN;
}

static _Noreturn void out_of_memory(void)
{
    enum locale locale = locale_of_environment();
    fprintf(stderr, "crossfoot%s %s\n", word(locale, WORD_COLON), locale_text(locale, "out of memory"));
    _exit(EXIT_UNFINISHED);
}

static int run(struct arena *arena, struct settings *settings, int argc, char **argv)
{
    struct diag diag = {.arena = arena};
    if (!options_read(settings, arena, argc, argv, &diag)) {
        complain(settings, &diag);
        return EXIT_INPUT;
    }
    if (settings->version) {
        puts("crossfoot " CROSSFOOT_VERSION);
        return EXIT_CLEAN;
    }
    if (settings->help) {
        options_help(stdout, arena, settings);
        return EXIT_CLEAN;
    }
    return settings->command->run(arena, settings);
}

int main(int argc, char **argv)
{
    struct arena arena = {.out_of_memory = out_of_memory};
    struct settings settings = {.locale = locale_of_environment(), .fail_on = SEVERITY_ERROR};
    int status = run(&arena, &settings, argc, argv);
    if ((fflush(stdout) || ferror(stdout)) && status != EXIT_UNFINISHED) {
        struct diag diag = {.arena = &arena};
        diag_at(&diag, NULL, 0, "cannot write: %s", strerror(errno));
        complain(&settings, &diag);
        status = EXIT_UNFINISHED;
    }
    arena_free(&arena);
    return status;
}
