#include "batch/merge.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/base64.h"
#include "batch/record.h"
#include "report/report.h"

/* ---- the results in a JSON report ---- */

/* A report as it is read, byte by byte: it may be too large for memory. */
struct reading {
    FILE *in;
    struct str path;
    struct diag *diag;
};

static int next_byte(struct reading *r) { return getc_unlocked(r->in); }

static int next_but_space(struct reading *r)
{
    int c = next_byte(r);
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t')
        c = next_byte(r);
    return c;
}

/* Moves behind the key "crossfoot_results" and its colon. Within a text of JSON its quotes would have a backslash
 * before them, so wherever these bytes stand they are a key. */
static bool find_results(struct reading *r)
{
    static const char key[] = "\"crossfoot_results\"";
    size_t matched = 0;
    for (int c = next_byte(r), before = 0; c != EOF; before = c, c = next_byte(r)) {
        matched = c == key[matched] ? matched + 1 : c == key[0];
        if (matched == 1 && before == '\\')
            matched = 0;
        if (matched == sizeof key - 1)
            return next_but_space(r) == ':' && next_but_space(r) == '[';
    }
    return false;
}

static bool damaged(struct reading *r)
{
    return diag_about(r->diag, r->path, "the results in this report are damaged");
}

/* The digits of a text of base64 behind its quote; false where it is none. */
static bool read_text(struct reading *r, char *text, size_t room, size_t *length)
{
    int c;
    for (*length = 0; (c = next_byte(r)) != '"'; text[(*length)++] = (char)c)
        if (c == EOF || *length == room)
            return false;
    return true;
}

static bool write_whole(int file, const char *bytes, size_t count)
{
    while (count) {
        ssize_t written = write(file, bytes, count);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        count -= (size_t)written;
    }
    return true;
}

/* list := [ text { "," text } ] "]" */
static bool copy_results(struct reading *r, int file)
{
    char text[BASE64_LENGTH(REPORT_PIECE)], bytes[REPORT_PIECE];
    size_t length, count;
    int c = next_but_space(r);
    while (c == '"') {
        if (!read_text(r, text, sizeof text, &length) || !base64_read((struct str){text, length}, bytes, &count))
            return damaged(r);
        if (!write_whole(file, bytes, count))
            return diag_about(r->diag, r->path, "cannot unpack the results in this report: %s", strerror(errno));
        c = next_but_space(r);
        if (c == ',')
            c = next_but_space(r);
    }
    return c == ']' || damaged(r);
}

/* A file without name that holds the results of a report. */
static int unpack_results(struct arena *arena, struct str path, struct diag *diag)
{
    const char *folder = getenv("TMPDIR");
    struct str name = str_format(arena, "%s/crossfoot.XXXXXX", folder && *folder ? folder : "/tmp");
    char *made = arena_copy(arena, name.ptr, name.len + 1);
    struct reading r = {.in = fopen(str_z(arena, path), "re"), .path = path, .diag = diag};
    int file = r.in ? mkostemp(made, O_CLOEXEC) : -1;
    bool ok = file >= 0 || diag_about(diag, path, "%s", strerror(errno));
    if (file >= 0)
        unlink(made);
    if (ok && !find_results(&r))
        ok =
            diag_about(diag, path, "this is no report of a shard: those come from crossfoot batch --shard I/N -f json");
    ok = ok && copy_results(&r, file);
    if (r.in)
        fclose(r.in);
    if (!ok && file >= 0)
        close(file);
    return ok ? file : -1;
}

/* ---- shards ---- */

/* Is the file one of results, not a report that holds them? */
static bool is_results(int file)
{
    char magic[sizeof RECORD_MAGIC - 1];
    return pread(file, magic, sizeof magic, 0) == (ssize_t)sizeof magic && !memcmp(magic, RECORD_MAGIC, sizeof magic);
}

static struct results *open_report(struct arena *arena, struct str path, struct diag *diag)
{
    int file = open(str_z(arena, path), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        diag_about(diag, path, "%s", strerror(errno));
        return NULL;
    }
    if (!is_results(file)) {
        close(file);
        file = unpack_results(arena, path, diag);
    }
    struct results *results;
    return file >= 0 && results_open_file(arena, path, file, &results, diag) ? results : NULL;
}

/* Was the report made as the first one was? */
static bool fits(const struct results *first, const struct results *r, struct str version, struct diag *diag)
{
    const struct results_head *a = &first->head, *b = &r->head;
    if (!str_equal(b->version, version))
        return diag_about(diag, r->path, "made by crossfoot %.*s, and this is %.*s", STR_ARG(b->version),
                          STR_ARG(version));
    if (!b->shard || b->shard > b->shards)
        return diag_about(diag, r->path, "the results in this report are damaged");
    if (!str_equal(a->options, b->options) || !str_equal(a->setup, b->setup) || a->across != b->across)
        return diag_about(diag, r->path, "made by other rules or options than %.*s", STR_ARG(first->path));
    if (a->shards != b->shards)
        return diag_about(diag, r->path, "a part of %zu, and %.*s is one of %zu", b->shards, STR_ARG(first->path),
                          a->shards);
    bool same = first->count == r->count;
    for (size_t i = 0; same && i < r->count; i++)
        same = first->places[i].hash == r->places[i].hash || !first->places[i].hash || !r->places[i].hash;
    return same || diag_about(diag, r->path, "made of other inputs than %.*s", STR_ARG(first->path));
}

/* Puts the reports in the order of their shards, one for each. */
static bool order_shards(struct results *merged, struct results **reports, size_t count, struct diag *diag)
{
    for (size_t i = 0; i < count; i++) {
        struct results **place = &merged->shards[reports[i]->head.shard - 1];
        if (*place)
            return diag_about(diag, reports[i]->path, "shard %zu/%zu is there twice: %.*s is it too",
                              reports[i]->head.shard, merged->shard_count, STR_ARG((*place)->path));
        *place = reports[i];
    }
    for (size_t i = 0; i < merged->shard_count; i++)
        if (!merged->shards[i])
            return diag_at(diag, NULL, 0, "shard %zu/%zu is missing", i + 1, merged->shard_count);
    return true;
}

bool merge_open(struct arena *arena, const struct str *paths, size_t count, struct str version,
                struct results **results, struct diag *diag)
{
    struct results *merged = *results = ARENA_NEW(arena, struct results);
    struct results **reports = ARENA_ARRAY(arena, struct results *, count);
    size_t opened = 0;
    while (opened < count && (reports[opened] = open_report(arena, paths[opened], diag)) &&
           fits(reports[0], reports[opened], version, diag))
        opened++;
    bool ok = count && opened == count;
    if (ok) {
        *merged = (struct results){.arena = arena,
                                   .path = reports[0]->path,
                                   .file = -1,
                                   .head = reports[0]->head,
                                   .count = reports[0]->count,
                                   .shard_count = reports[0]->head.shards};
        merged->shards = ARENA_ARRAY(arena, struct results *, merged->shard_count);
        merged->head.shard = merged->head.shards = 1;
        ok = order_shards(merged, reports, count, diag);
    }
    for (size_t i = 0; !ok && i <= opened && i < count; i++)
        if (reports[i])
            results_close(reports[i]);
    return ok;
}

static int by_ordinal(const void *a, const void *b)
{
    size_t x = ((const struct member_result *)a)->ordinal, y = ((const struct member_result *)b)->ordinal;
    return (x > y) - (x < y);
}

bool merge_read(struct results *results, struct arena *arena, size_t i, bool told, struct parcel_result *parcel,
                struct diag *diag)
{
    struct rule_union sum = rule_union_start(arena);
    struct parcel_result *parts = ARENA_ARRAY(arena, struct parcel_result, results->shard_count);
    size_t count = 0;
    for (size_t k = 0; k < results->shard_count; k++) {
        struct results *shard = results->shards[k];
        if (!(told ? results_read_told : results_read)(shard, arena, i, &parts[k], diag))
            return false;
        rule_union_add(&sum, &parts[k]);
        count += parts[k].member_count;
    }
    *parcel = sum.whole;
    parcel->members = ARENA_ARRAY(arena, struct member_result, count);
    for (size_t k = 0; k < results->shard_count; k++)
        for (size_t m = 0; m < parts[k].member_count; m++)
            parcel->members[parcel->member_count++] = parts[k].members[m];
    if (count)
        qsort(parcel->members, count, sizeof *parcel->members, by_ordinal);
    return true;
}
