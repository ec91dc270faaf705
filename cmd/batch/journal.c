#include "batch/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "batch/record.h"

/* What an earlier run knows, by the hash of the input. */
struct known {
    struct record_place place; /* offset 0: nothing is known */
    size_t number;
};

struct journal {
    struct results results;
    struct known *known;
    size_t known_room, known_parcels; /* a power of two; how many parcels the earlier run had */
    bool outdated, named;
    size_t changed;
    struct str first_changed;
    time_t synced;
};

static bool fail(const struct journal *j, struct diag *diag)
{
    return diag_about(diag, j->results.path, "cannot write: %s", strerror(errno));
}

static bool write_all(int file, const void *from, size_t length, size_t offset)
{
    for (size_t done = 0; done < length;) {
        ssize_t put = pwrite(file, (const char *)from + done, length - done, (off_t)(offset + done));
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        done += (size_t)put;
    }
    return true;
}

/* What is half written, the next run overwrites. */
static bool append(struct journal *j, struct frame frame, struct str body, struct diag *diag)
{
    struct results *r = &j->results;
    frame.length = body.len;
    frame.check = frame_check(&frame, body);
    if (!write_all(r->file, &frame, sizeof frame, r->size) ||
        !write_all(r->file, body.ptr, body.len, r->size + sizeof frame))
        return fail(j, diag);
    r->size += sizeof frame + body.len;
    time_t now = time(NULL);
    if (j->named && now != j->synced && fdatasync(r->file))
        return fail(j, diag);
    j->synced = now;
    return true;
}

static bool begin(struct journal *j, const struct results_head *head, struct diag *diag)
{
    struct results *r = &j->results;
    struct arena scratch = {.out_of_memory = r->arena->out_of_memory};
    struct buf body = {.arena = &scratch};
    struct wire wire = {.out = &body};
    r->head = *head;
    results_head_wire(&wire, &r->head);
    bool ok = !ftruncate(r->file, 0) && write_all(r->file, RECORD_MAGIC, sizeof RECORD_MAGIC - 1, 0);
    r->size = sizeof RECORD_MAGIC - 1;
    r->count = 0;
    ok = ok ? append(j, (struct frame){.kind = RECORD_HEAD}, buf_str(&body), diag) : fail(j, diag);
    arena_free(&scratch);
    return ok;
}

static bool same_head(const struct results_head *a, const struct results_head *b)
{
    return str_equal(a->version, b->version) && str_equal(a->options, b->options) && str_equal(a->setup, b->setup) &&
           a->shard == b->shard && a->shards == b->shards && a->across == b->across;
}

static struct known *find_known(const struct journal *j, uint64_t hash)
{
    size_t i = hash & (j->known_room - 1);
    while (j->known[i].place.offset && j->known[i].place.hash != hash)
        i = (i + 1) & (j->known_room - 1);
    return &j->known[i];
}

/* Indexes what the earlier run has left. */
static void learn(struct journal *j)
{
    struct results *r = &j->results;
    j->known_parcels = r->count;
    for (j->known_room = 16; j->known_room < 2 * r->count;)
        j->known_room *= 2;
    j->known = calloc(j->known_room, sizeof *j->known);
    if (!j->known)
        r->arena->out_of_memory();
    for (size_t i = 0; i < r->count; i++)
        if (r->places[i].offset)
            *find_known(j, r->places[i].hash) = (struct known){r->places[i], i};
}

static bool open_file(struct journal *j, struct str path, struct diag *diag)
{
    struct results *r = &j->results;
    const char *folder = getenv("TMPDIR");
    folder = folder && *folder ? folder : "/tmp";
    j->named = path.len;
    r->path = path.len ? path : str_from(folder);
    if (path.len) {
        r->file = open(str_z(r->arena, path), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    } else {
        char *name = (char *)str_format(r->arena, "%s/crossfoot.XXXXXX", folder).ptr;
        r->file = mkostemp(name, O_CLOEXEC);
        if (r->file >= 0)
            unlink(name);
    }
    if (r->file < 0)
        return diag_about(diag, r->path, "%s", strerror(errno));
    /* The lock is of this process, not of its workers, which may outlive it a little. */
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(r->file, F_SETLK, &lock))
        return diag_about(diag, r->path, "another run is writing this journal");
    return true;
}

bool journal_open(struct journal **journal, struct arena *arena, struct str path, const struct results_head *head,
                  struct diag *diag)
{
    struct journal *j = *journal = ARENA_NEW(arena, struct journal);
    j->results = (struct results){.arena = arena, .file = -1};
    if (!open_file(j, path, diag))
        return false;
    bool empty = lseek(j->results.file, 0, SEEK_END) <= (off_t)sizeof RECORD_MAGIC;
    if (!empty && !results_index(&j->results, diag))
        return false;
    j->outdated = !empty && !same_head(&j->results.head, head);
    if ((empty || j->outdated) && !begin(j, head, diag))
        return false;
    learn(j);
    return true;
}

bool journal_is_outdated(const struct journal *j) { return j->outdated; }

size_t journal_changed(const struct journal *j, struct str *first)
{
    *first = j->first_changed;
    return j->changed;
}

bool journal_has(struct journal *j, struct parcel *parcel, bool *found, struct diag *diag)
{
    struct results *r = &j->results;
    /* A shard's results are held against those of the others: were they made of the same? */
    parcel->hash = j->named || j->results.head.shards > 1 ? parcel_hash(parcel) : 0;
    const struct known *known = j->named ? find_known(j, parcel->hash) : NULL;
    *found = known && known->place.offset;
    if (!*found) {
        if (parcel->number < j->known_parcels && !j->changed++)
            j->first_changed = str_copy(r->arena, piece_name(parcel, &parcel->pieces[0]));
        return true;
    }
    if (known->number == parcel->number)
        return true;
    /* It stands elsewhere in the run now: it is written down again. */
    struct arena scratch = {.out_of_memory = r->arena->out_of_memory};
    struct str bytes;
    bool ok = results_bytes(r, &scratch, known->place, &bytes, diag) && journal_add(j, parcel, bytes, diag);
    arena_free(&scratch);
    return ok;
}

bool journal_add(struct journal *j, const struct parcel *parcel, struct str result, struct diag *diag)
{
    struct results *r = &j->results;
    const struct frame frame = {.kind = RECORD_PARCEL, .number = parcel->number, .hash = parcel->hash};
    size_t offset = r->size + sizeof frame;
    if (!append(j, frame, result, diag))
        return false;
    results_note(r, parcel->number, (struct record_place){offset, result.len, frame.hash});
    return true;
}

bool journal_finish(struct journal *j, size_t parcels, struct diag *diag)
{
    struct results *r = &j->results;
    if (r->count > parcels)
        r->count = parcels;
    if (!append(j, (struct frame){.kind = RECORD_END, .number = parcels}, STR(""), diag))
        return false;
    return !j->named || !fsync(r->file) || fail(j, diag);
}

struct results *journal_results(struct journal *j) { return &j->results; }

void journal_close(struct journal *j)
{
    free(j->known);
    results_close(&j->results);
}
