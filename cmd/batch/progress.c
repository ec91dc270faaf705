#include "batch/progress.h"

#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/folder.h"

enum { BAR_MILLISECONDS = 100, LINE_MILLISECONDS = 5000, BAR_WIDTH = 24 };

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static size_t size_of(struct arena *arena, struct str path)
{
    struct stat stat;
    if (lstat(str_z(arena, path), &stat))
        return 0;
    if (!S_ISDIR(stat.st_mode))
        return S_ISREG(stat.st_mode) ? (size_t)stat.st_size : 0;
    struct arena own = {.out_of_memory = arena->out_of_memory};
    struct folder names = {0};
    size_t total = 0;
    if (folder_list(&names, &own, path))
        for (size_t i = 0; i < names.count; i++)
            total += size_of(&own, folder_join(&own, path, names.items[i]));
    arena_free(&own);
    return total;
}

size_t progress_total(struct arena *arena, const struct str *paths, size_t count)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        size_t size = str_equal(paths[i], STR("-")) ? 0 : size_of(arena, paths[i]);
        if (!size)
            return 0;
        total += size;
    }
    return total;
}

void progress_mark(struct progress *progress) { progress->told = now(); }

bool progress_is_due(struct progress *progress)
{
    int64_t time = now(), pause = progress->form == PROGRESS_BAR ? BAR_MILLISECONDS : LINE_MILLISECONDS;
    if (!progress->started)
        progress->started = progress->told = time;
    if (progress->form == PROGRESS_NONE || time - progress->told < pause)
        return false;
    progress->told = time;
    return true;
}

static void add_bar(struct buf *out, size_t read, size_t total)
{
    size_t full = read >= total ? BAR_WIDTH : (size_t)((double)read / (double)total * BAR_WIDTH);
    buf_add_char(out, '[');
    for (size_t i = 0; i < BAR_WIDTH; i++)
        buf_add(out, i < full ? STR("█") : STR("·"));
    buf_add(out, STR("] "));
}

static struct str for_programs(struct arena *arena, const struct batch_counts *counts, size_t read, size_t total,
                               int64_t elapsed)
{
    return str_format(arena,
                      "{\"members\": %zu, \"bytes\": %zu, \"findings\": %zu, \"unread\": %zu, \"read\": %zu, "
                      "\"total\": %zu, \"milliseconds\": %lld}\n",
                      counts->members, counts->bytes, counts->findings, counts->unread, read, total,
                      (long long)elapsed);
}

struct str progress_line(const struct progress *progress, struct arena *arena, enum locale locale,
                         const struct batch_counts *counts, size_t read)
{
    int64_t elapsed = progress->told - progress->started;
    double seconds = elapsed > 0 ? (double)elapsed / 1000 : 0.001;
    if (progress->form == PROGRESS_JSON)
        return for_programs(arena, counts, read, progress->total, elapsed);
    struct buf out = {.arena = arena};
    bool bar = progress->form == PROGRESS_BAR;
    buf_add(&out, bar ? STR("\r") : STR(""));
    if (bar && progress->total)
        add_bar(&out, read, progress->total);
    buf_addf(&out, "%zu %s, %.0f MB/s, %zu %s", counts->members,
             counted_word(locale, counts->members, WORD_MEMBER, WORD_MEMBERS), (double)counts->bytes / 1e6 / seconds,
             counts->findings, counted_word(locale, counts->findings, WORD_FINDING, WORD_FINDINGS));
    if (progress->total && read && read <= progress->total) {
        size_t left = (size_t)(seconds * (double)(progress->total - read) / (double)read);
        buf_addf(&out, ", %zu:%02zu %s", left / 60, left % 60, locale_text(locale, "to go"));
    }
    buf_add(&out, bar ? STR("\033[K") : STR("\n"));
    return buf_str(&out);
}
