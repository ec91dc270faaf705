/* crossfoot schema: the JSON Schemas that are compiled into the program. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/embed.h"
#include "crossfoot/options.h"

static const struct str folder = STR_INIT("schemas/"), ending = STR_INIT(".schema.json");

static int list(void)
{
    for (const struct embedded_part *part = embedded_parts; part->path; part++) {
        struct str path = str_from(part->path);
        if (str_starts(path, folder) && str_ends(path, ending))
            printf("%.*s\n", STR_ARG(str_part(path, folder.len, path.len - ending.len)));
    }
    return EXIT_CLEAN;
}

int command_schema(struct arena *arena, struct settings *settings)
{
    struct str bytes;
    if (!settings->paths.count)
        return list();
    for (size_t i = 0; i < settings->paths.count; i++) {
        struct str name = settings->paths.items[i];
        if (!embed_find(str_format(arena, "%.*s%.*s%.*s", STR_ARG(folder), STR_ARG(name), STR_ARG(ending)), &bytes)) {
            struct diag diag = {.arena = arena};
            diag_at(&diag, NULL, 0, "there is no schema '%.*s'; `crossfoot schema` lists them", STR_ARG(name));
            complain(settings, &diag);
            return EXIT_INPUT;
        }
        fwrite(bytes.ptr, 1, bytes.len, stdout);
    }
    return EXIT_CLEAN;
}
