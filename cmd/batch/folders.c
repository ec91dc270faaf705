/* Folders: all that is below one, but what is ignored.
 *
 * A folder's .crossfootignore says what is passed over in it and below, a glob a line, as .gitignore does: "#" starts a
 * comment, "!" takes back, a glob with a "/" inside is held against the path from that folder, any other against names;
 * "/" at the end is for folders only. The last line that fits counts.
 */
#include <errno.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/folder.h"
#include "batch/input.h"

struct folder_level {
    const struct folder_level *above;
    struct str path;   /* of the folder */
    struct str ignore; /* the text of its .crossfootignore */
};

/* Does one line of an ignore file fit? `path` is that from the file's folder on. */
static bool line_fits(struct arena *scratch, struct str line, struct str path, bool is_folder)
{
    if (str_ends(line, STR("/"))) {
        if (!is_folder)
            return false;
        line.len--;
    }
    bool rooted = str_find(line, STR("/")) < line.len;
    line = str_part(line, str_starts(line, STR("/")) ? 1 : 0, line.len);
    struct str name = path;
    while (!rooted && str_find(name, STR("/")) < name.len)
        str_cut(&name, STR("/"));
    return !fnmatch(str_z(scratch, line), str_z(scratch, name), rooted ? FNM_PATHNAME : 0);
}

static bool is_ignored(const struct folder_level *level, struct arena *scratch, struct str path, bool is_folder)
{
    for (; level; level = level->above) {
        bool decided = false, ignored = false;
        size_t inside = level->path.len + !str_ends(level->path, STR("/"));
        for (struct str rest = level->ignore; rest.len;) {
            struct str line = str_trim(str_cut(&rest, STR("\n")));
            bool back = str_starts(line, STR("!"));
            if (!line.len || str_starts(line, STR("#")))
                continue;
            if (line_fits(scratch, str_part(line, back, line.len), str_part(path, inside, path.len), is_folder)) {
                decided = true;
                ignored = !back;
            }
        }
        if (decided)
            return ignored;
    }
    return false;
}

static void read_ignore_file(struct folder_level *level, struct arena *arena)
{
    struct source source;
    struct diag ignored = {.arena = arena};
    if (file_read(arena, folder_join(arena, level->path, STR(".crossfootignore")), &source, &ignored))
        level->ignore = source.bytes;
}

enum entry { ENTRY_NOTHING, ENTRY_FILE, ENTRY_FOLDER };

/* A link to a folder is not followed: it may lead back. */
static enum entry kind_of(const char *path)
{
    struct stat link, target;
    if (lstat(path, &link) || stat(path, &target))
        return ENTRY_NOTHING;
    return S_ISREG(target.st_mode) ? ENTRY_FILE : S_ISDIR(link.st_mode) ? ENTRY_FOLDER : ENTRY_NOTHING;
}

static void walk(struct members *m, struct str path, const struct folder_level *above);

/* `begun`: the folder's dossier has begun. An archive in it has dossiers of its own. */
static void read_entry(struct members *m, struct arena *arena, const struct folder_level *level, struct str child,
                       enum entry entry, bool *begun)
{
    bool apart = false;
    struct input in = {.arena = arena, .name = child, .folder_length = level->path.len};
    if (entry == ENTRY_FOLDER)
        walk(m, child, level);
    else
        input_of_folder(m, &in, is_packed(child, STR("")) ? &apart : begun, input_file);
}

static void walk(struct members *m, struct str path, const struct folder_level *above)
{
    struct arena arena = {.out_of_memory = m->arena->out_of_memory}, each = arena;
    struct folder_level level = {.above = above, .path = path};
    struct folder names = {0};
    bool together = m->options->by == BY_FOLDER, begun = false;
    read_ignore_file(&level, &arena);
    if (!folder_list(&names, &arena, path)) {
        struct input in = {.arena = &arena, .name = path, .diag = {.arena = &arena}};
        diag_about(&in.diag, path, "%s", strerror(errno));
        input_failed(m, &in, STR(""));
    }
    /* The files of a dossier stand together, before the archives and the folders inside. */
    for (size_t pass = 0; pass <= together; pass++)
        for (size_t i = 0; i < names.count && m->parcel; i++) {
            arena_reset(&each);
            struct str child = folder_join(&each, path, names.items[i]);
            enum entry entry = kind_of(child.ptr);
            bool late = together && (entry == ENTRY_FOLDER || is_packed(child, STR("")));
            if (entry != ENTRY_NOTHING && late == pass && !is_ignored(&level, &each, child, entry == ENTRY_FOLDER))
                read_entry(m, &each, &level, child, entry, &begun);
        }
    arena_free(&each);
    arena_free(&arena);
}

void input_folder(struct members *m, struct str path) { walk(m, path, NULL); }
