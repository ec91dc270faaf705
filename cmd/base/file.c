#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

static bool read_all(struct arena *arena, int fd, size_t expected, struct source *source)
{
    /* One byte more than expected, so that the read that finds the end needs no growing. */
    size_t room = expected + 1 > 4096 ? expected + 1 : 4096, length = 0;
    char *bytes = arena_alloc(arena, room, 1);
    for (;;) {
        ssize_t got = read(fd, bytes + length, room - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (!got)
            break;
        length += (size_t)got;
        if (length == room) {
            bytes = arena_grow(arena, bytes, length, room * 2, 1);
            room *= 2;
        }
    }
    source->bytes = (struct str){bytes, length};
    return true;
}

bool file_read(struct arena *arena, struct str path, struct source *source, struct diag *diag)
{
    *source = (struct source){.name = path};
    bool standard_input = str_equal(path, STR("-"));
    int fd = standard_input ? STDIN_FILENO : open(str_z(arena, path), O_RDONLY | O_CLOEXEC);
    struct stat stat;
    if (fd < 0 || fstat(fd, &stat))
        return diag_about(diag, path, "%s", strerror(errno));
    bool ok = read_all(arena, fd, S_ISREG(stat.st_mode) ? (size_t)stat.st_size : 0, source);
    if (!ok)
        diag_about(diag, path, "%s", strerror(errno));
    if (!standard_input)
        close(fd);
    return ok;
}

bool outfile_open(struct outfile *out, struct arena *arena, struct str path, struct diag *diag)
{
    *out = (struct outfile){.stream = stdout};
    if (!path.len || str_equal(path, STR("-")))
        return true;
    out->path = str_z(arena, path);
    char *temporary = (char *)arena_copy(arena, str_format(arena, "%s.XXXXXX", out->path).ptr, path.len + 8);
    int fd = mkstemp(temporary);
    out->stream = fd < 0 ? NULL : fdopen(fd, "w");
    out->temporary = temporary;
    if (!out->stream)
        return diag_about(diag, path, "%s", strerror(errno));
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, 0666 & ~mask); /* mkstemp gives 0600; a report is as readable as any other file */
    return true;
}

bool outfile_close(struct outfile *out, struct diag *diag)
{
    bool failed = fflush(out->stream) || ferror(out->stream);
    if (!out->temporary)
        return failed ? diag_about(diag, STR("<stdout>"), "cannot write: %s", strerror(errno)) : true;
    failed |= fsync(fileno(out->stream)) != 0 && errno != EINVAL;
    int error = errno;
    failed |= fclose(out->stream) != 0;
    if (!failed && rename(out->temporary, out->path)) {
        failed = true;
        error = errno;
    }
    if (failed) {
        unlink(out->temporary);
        return diag_about(diag, str_from(out->path), "cannot write: %s", strerror(error));
    }
    return true;
}

void outfile_abandon(struct outfile *out)
{
    if (!out->temporary)
        return;
    fclose(out->stream);
    unlink(out->temporary);
}
