/* crossfoot: checks that published figures agree. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "crossfoot/options.h"

static _Noreturn void out_of_memory(void)
{
    fputs("crossfoot: out of memory\n", stderr);
    _exit(EXIT_UNFINISHED);
}

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

static int run(struct arena *arena, int argc, char **argv)
{
    struct settings settings = {.locale = locale_of_environment(), .fail_on = SEVERITY_ERROR};
    struct diag diag = {.arena = arena};
    if (!options_read(&settings, arena, argc, argv, &diag)) {
        const char *command = settings.command ? settings.command->name : "";
        fprintf(stderr, "crossfoot%s%s: %.*s\n", *command ? " " : "", command, STR_ARG(diag.text));
        return EXIT_INPUT;
    }
    if (settings.version) {
        puts("crossfoot " CROSSFOOT_VERSION);
        return EXIT_CLEAN;
    }
    if (settings.help) {
        options_help(stdout, settings.command);
        return EXIT_CLEAN;
    }
    return settings.command->run(arena, &settings);
}

int main(int argc, char **argv)
{
    struct arena arena = {.out_of_memory = out_of_memory};
    int status = run(&arena, argc, argv);
    if ((fflush(stdout) || ferror(stdout)) && status != EXIT_UNFINISHED) {
        fprintf(stderr, "crossfoot: cannot write: %s\n", strerror(errno));
        status = EXIT_UNFINISHED;
    }
    arena_free(&arena);
    return status;
}
