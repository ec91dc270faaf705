#include "batch/judging.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/hash.h"
#include "batch/across_figure.h"
#include "check/plan.h"

/* What a large member took is given back; a little is kept for the next one. */
enum { MOST_KEPT = 4 * 1024 * 1024 };

/* Of the first parcel so many ids are kept, for "did you mean". */
enum { MOST_IDS = 2000 };

struct judge {
    const struct judging *judging;
    struct arena run;     /* lives as long as the judge */
    struct arena parcel;  /* results as bytes, and what they say of rules */
    struct arena member;  /* inputs of a member and all that is made of them */
    struct arena results; /* what is found in a member, until it is bytes */
    struct plans *plans;
    struct line_reader lines;
    struct map names;  /* the figures that rules name */
    struct map series; /* those that they say never fall */
    struct buf out;
};

static void collect_names(struct map *names, const struct expr *expr)
{
    if (!expr)
        return;
    if (expr->op == EXPR_NAME)
        *map_put(names, expr->text) = (void *)(uintptr_t)expr->text.ptr;
    for (size_t i = 0; i < expr->arg_count; i++)
        collect_names(names, expr->args[i]);
}

struct judge *judge_new(const struct judging *judging, const struct line_table *lines, void (*out_of_memory)(void))
{
    struct arena run = {.out_of_memory = out_of_memory}, empty = run;
    struct judge *judge = ARENA_NEW(&run, struct judge);
    *judge = (struct judge){.judging = judging, .parcel = empty, .member = empty, .results = empty};
    judge->run = run;
    judge->lines = (struct line_reader){.arena = &judge->run, .table = lines};
    judge->names = (struct map){.arena = &judge->run};
    judge->series = across_series_of_rules(&judge->run, judging->rules, judging->rule_count);
    judge->plans = plans_new(&judge->run, judging->rules, judging->rule_count, &judging->options);
    for (size_t i = 0; i < judging->rule_count; i++) {
        collect_names(&judge->names, judging->rules[i]->check);
        collect_names(&judge->names, judging->rules[i]->when);
    }
    return judge;
}

static void empty_arena(struct arena *arena)
{
    if (arena->bytes > MOST_KEPT)
        arena_free(arena);
    else
        arena_reset(arena);
}

void judge_free(struct judge *judge)
{
    plans_free(judge->plans);
    lines_close(&judge->lines);
    arena_free(&judge->parcel);
    arena_free(&judge->member);
    arena_free(&judge->results);
    struct arena run = judge->run;
    arena_free(&run);
}

bool judging_wants(const struct judging *judging, struct str name)
{
    return judging->shards <= 1 || hash_name(name) % judging->shards == judging->shard - 1;
}

/* Four digits that stand alone and may be a year of our time, at the start of the text; else 0. */
static size_t year_at(struct str text)
{
    size_t year = 0, digits = 0;
    for (; digits < text.len && text.ptr[digits] >= '0' && text.ptr[digits] <= '9'; digits++)
        year = digits < 4 ? year * 10 + (size_t)(text.ptr[digits] - '0') : year;
    return (digits == 4 || digits == 6 || digits == 8) && year >= 1800 && year < 2200 ? year : 0;
}

/* The year that the bytes first give as "period", else the last in the name. */
static size_t year_of(struct str bytes, struct str name)
{
    static const char key[] = "\"period\"";
    const char *found = bytes.len ? memmem(bytes.ptr, bytes.len, key, sizeof key - 1) : NULL;
    struct str rest = found ? str_part(bytes, (size_t)(found - bytes.ptr) + sizeof key - 1, bytes.len) : STR("");
    while (rest.len && memchr(" \t\r\n:\"", rest.ptr[0], 6))
        rest = str_part(rest, 1, rest.len);
    size_t year = year_at(rest);
    bool within = false;
    for (size_t i = 0; !found && i < name.len; i++) {
        size_t here = within ? 0 : year_at(str_part(name, i, name.len));
        year = here ? here : year;
        within = name.ptr[i] >= '0' && name.ptr[i] <= '9';
    }
    return year;
}

/* A member while it is judged. */
struct judging_member {
    struct judge *judge;
    const struct parcel *parcel;
    const struct member *member;
    struct dossier *dossier; /* NULL until something is added */
    struct member_result *result;
    size_t added;
};

/* The input that a piece of the member is, or the value that it was cut from. */
static struct source *source_of(struct judging_member *m, const struct piece *piece)
{
    struct source *source = ARENA_NEW(&m->judge->member, struct source);
    const struct member *member = m->member;
    source->name = piece_name(m->parcel, piece);
    source->member_at = piece->member_at;
    source->bytes = (struct str){m->parcel->bytes + piece->start, piece->length};
    if (piece == member->piece && piece->kind != PIECE_WHOLE) {
        source->bytes = member->bytes;
        source->origin = (struct origin){.offset = member->offset, .line = member->line, .column = member->column};
        if (piece->kind == PIECE_ELEMENTS)
            source->origin.pointer = str_format(&m->judge->member, "/%zu", member->index);
    }
    return source;
}

static void add_value(struct judging_member *m, const struct scan *scan, bool asked_for)
{
    const struct judging *judging = m->judge->judging;
    switch (content_of(&m->judge->member, judging->shapes, scan)) {
    case CONTENT_DATASET:
        dossier_add(m->dossier, scan, 0);
        m->added++;
        break;
    case CONTENT_OTHER:
        /* In a folder or an archive there may be any JSON. */
        if (asked_for || judging->shapes->count)
            m->added +=
                content_shape(m->dossier, &m->judge->member, judging->shapes, scan, !asked_for, &m->result->problems);
        break;
    case CONTENT_PACK:
    case CONTENT_SHAPE:
    case CONTENT_CONFIG:
        break;
    }
}

static void add_json(struct judging_member *m, struct source *source, bool stream, bool asked_for)
{
    struct arena *arena = &m->judge->member;
    struct diag diag = {.arena = &m->judge->results};
    struct scan *scan = ARENA_NEW(arena, struct scan);
    size_t offset = 0;
    stream &= str_trim(source->bytes).len > 0;
    if (!stream && scan_read(arena, source, scan, &diag))
        add_value(m, scan, asked_for);
    while (stream && scan_next(arena, source, &offset, scan, &diag)) {
        add_value(m, scan, asked_for);
        scan = ARENA_NEW(arena, struct scan);
    }
    problems_take(&m->result->problems, &diag);
}

/* Adds an input to the dossier. */
static void add_piece(struct judging_member *m, const struct piece *piece)
{
    struct str type = piece_type(m->parcel, piece);
    if (piece->failed) {
        struct wire wire = {.in = {m->parcel->bytes + piece->start, piece->length}, .arena = &m->judge->results};
        struct diag diag;
        diag_wire(&wire, &diag);
        problems_take(&m->result->problems, &diag);
        return;
    }
    if (str_equal(type, STR("none")))
        return;
    struct source *source = source_of(m, piece);
    m->result->bytes += source->bytes.len;
    if (source->bytes.len > m->judge->judging->max_member) {
        struct diag diag = {.arena = &m->judge->results};
        diag_about(&diag, m->result->name, "larger than --max-member, %zu bytes", m->judge->judging->max_member);
        problems_take(&m->result->problems, &diag);
        return;
    }
    bool stream = str_equal(type, STR("ndjson")) && (piece->kind == PIECE_WHOLE || piece->kind == PIECE_PART);
    if (stream || str_equal(type, STR("json")) || piece->kind == PIECE_LINES)
        add_json(m, source, stream, piece->asked_for);
    else
        m->added += dossier_add_document(m->dossier, source, type, m->judge->judging->encoding);
}

/* Keeps the figures of the member, for those of other members. */
static void keep_figures(struct judging_member *m)
{
    struct judge *judge = m->judge;
    struct locator locator = {.arena = &judge->results, .scratch = &judge->member};
    const struct across_maker maker = {.arena = &judge->results,
                                       .lexicons = judge->judging->options.lexicons,
                                       .series = &judge->series,
                                       .locator = &locator};
    struct buf out = {.arena = &judge->results};
    struct wire wire = {.out = &out};
    size_t count;
    const struct dataset *const *datasets = dossier_datasets(m->dossier, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < datasets[i]->count; k++) {
            struct member_figure figure;
            if (across_figure(&maker, &datasets[i]->figures[k], &figure))
                member_figure_wire(&wire, &figure);
        }
    m->result->figures = buf_str(&out);
}

/* Is the member one JSON value that neither a shape nor its name may claim, and whose figures are not wanted? Such may
 * be judged by a plan. */
static bool may_have_plan(const struct judging_member *m)
{
    const struct piece *piece = m->member->piece;
    const struct judging *judging = m->judge->judging;
    return !judging->across && m->member->parts == 1 && !piece->failed && !judging->shapes->count &&
           m->member->bytes.len <= judging->max_member && !content_is_config(piece_name(m->parcel, piece)) &&
           (piece->kind != PIECE_WHOLE || str_equal(piece_type(m->parcel, piece), STR("json")));
}

static bool judge_by_plan(struct judging_member *m, struct tally *tally)
{
    struct plan_coverage coverage;
    struct findings *findings = &m->result->findings;
    if (!plans_judge(m->judge->plans, m->member->bytes, &coverage))
        return false;
    tally->datasets++;
    findings->figures = coverage.figures;
    findings->missing = coverage.missing;
    findings->unchecked = coverage.unchecked;
    findings->judged = coverage.judged;
    findings->untouched = coverage.untouched;
    m->result->bytes = m->member->bytes.len;
    m->result->state = MEMBER_CHECKED;
    return true;
}

static void judge_member(struct judge *judge, const struct parcel *parcel, const struct member *member,
                         struct tally *tally, struct member_result *result)
{
    const struct judging *judging = judge->judging;
    struct judging_member m = {.judge = judge, .parcel = parcel, .member = member, .result = result};
    result->year = year_of(member->bytes, result->name);
    bool plan = may_have_plan(&m);
    if (plan && judge_by_plan(&m, tally))
        return;
    m.dossier = dossier_new(&judge->member, &judging->options, &result->problems);
    for (size_t i = 0; i < member->parts; i++)
        add_piece(&m, &member->piece[i]);
    if (m.added)
        dossier_check(m.dossier, judging->rules, judging->rule_count, tally, &result->findings);
    findings_sort(&result->findings);
    if (judging->across)
        keep_figures(&m);
    if (plan && m.added && !result->findings.count && !result->findings.listed.count && !result->problems.count)
        plans_learn(judge->plans, member->bytes);
    bool failed = false;
    for (size_t i = 0; i < result->problems.count; i++)
        failed |= !result->problems.items[i].warning;
    result->state = failed ? MEMBER_UNREAD : m.added ? MEMBER_CHECKED : MEMBER_PASSED_OVER;
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* The ids that rules name, and at the start of the run all of them. */
static void keep_ids(struct judge *judge, const struct tally *tally, bool all, struct parcel_result *result)
{
    result->ids = ARENA_ARRAY(&judge->parcel, struct str, tally->ids.count);
    for (size_t i = 0; i < tally->ids.room && result->id_count < MOST_IDS; i++)
        if (tally->ids.slots[i].taken && (all || map_get(&judge->names, tally->ids.slots[i].key)))
            result->ids[result->id_count++] = tally->ids.slots[i].key;
}

static struct str encode(struct judge *judge, const struct parcel *parcel, const struct tally *tally,
                         struct parcel_result *result, struct buf *members)
{
    size_t count = judge->judging->rule_count;
    result->rules = ARENA_ARRAY(&judge->parcel, struct rule_use, count);
    result->rule_count = count;
    result->has_datasets = tally->datasets;
    for (size_t i = 0; i < count; i++)
        result->rules[i] =
            (struct rule_use){tally->rules[i].complete, tally->rules[i].searched, tally->rules[i].in_error};
    keep_ids(judge, tally, !parcel->number, result);
    struct buf out = {.arena = &judge->parcel};
    struct wire wire = {.out = &out};
    parcel_head_wire(&wire, result);
    buf_add(&out, buf_str(members));
    return buf_str(&out);
}

/* The bytes of a parcel that the parent has not read. What cannot be read has failed as a whole. */
static void load_parcel(struct judge *judge, struct parcel *parcel)
{
    struct piece *piece = &parcel->pieces[0];
    struct diag diag = {.arena = &judge->results};
    struct buf bytes = {.arena = &judge->results};
    struct wire wire = {.out = &bytes};
    if (!piece->pending || lines_load(&judge->lines, parcel, &diag))
        return;
    diag_wire(&wire, &diag);
    memcpy(parcel->bytes + piece->start, bytes.ptr, bytes.len);
    piece->length = bytes.len;
    parcel->used = piece->start + bytes.len;
    piece->kind = PIECE_WHOLE;
    piece->failed = true;
    piece->pending = false;
}

struct str judge_parcel(struct judge *judge, struct parcel *parcel, size_t from, size_t to)
{
    empty_arena(&judge->parcel);
    load_parcel(judge, parcel);
    struct parcel_result out = {.rule_problems = {.arena = &judge->parcel}};
    struct tally tally = {.arena = &judge->parcel,
                          .problems = &out.rule_problems,
                          .rules = ARENA_ARRAY(&judge->parcel, struct rule_tally, judge->judging->rule_count),
                          .ids = {.arena = &judge->parcel}};
    struct buf members = {.arena = &judge->parcel};
    struct wire wire = {.out = &members};
    struct parcel_walk walk = parcel_walk_start(parcel);
    struct member member;
    while (parcel_walk_next(&walk, &member) && member.number < to) {
        struct str name = parcel_member_name(&judge->results, parcel, &member);
        if (member.number < from || !judging_wants(judge->judging, name))
            continue;
        atomic_store_explicit(&parcel->current, member.number, memory_order_relaxed);
        atomic_store_explicit(&parcel->since, now(), memory_order_release);
        struct member_result result = {.name = name,
                                       .ordinal = member.number,
                                       .findings = {.arena = &judge->results},
                                       .problems = {.arena = &judge->results}};
        judge_member(judge, parcel, &member, &tally, &result);
        member_result_wire(&wire, &result);
        batch_counts_take(&out.counts, &result);
        out.member_count++;
        empty_arena(&judge->results);
        empty_arena(&judge->member);
    }
    return encode(judge, parcel, &tally, &out, &members);
}
