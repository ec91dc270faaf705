#include "batch/across_repeat.h"

#include "base/arena.h"

/* So many figures that are not 0 are not the same by accident. */
enum { LEAST_GROUP = 5 };

/* Groups lie in each other: all figures of the member, those of one prefix ("shops" of "shops.total"), those of one id.
 */
enum { LEVEL_MEMBER, LEVEL_PREFIX, LEVEL_ID, LEVEL_COUNT };

/* A figure of two editions. */
struct pair {
    struct str groups[LEVEL_COUNT];
    bool repeats, zero;
    struct printing older, newer;
};

struct group {
    bool differs;
    size_t count; /* that are not 0 */
    size_t found; /* how many groups had been found when it began */
    struct pair *first;
};

struct repeated {
    const struct pair *first;
    size_t count;
};

struct repeating {
    struct arena *arena; /* emptied after each member */
    struct findings *findings;
    struct group groups[LEVEL_COUNT]; /* those that are open */
    struct {
        struct repeated *items;
        size_t count, room;
    } found;
};

static struct str prefix_of(struct str id)
{
    size_t end = id.len;
    while (end && id.ptr[end - 1] != '.')
        end--;
    return str_part(id, 0, end);
}

static void pair_wire(struct wire *wire, struct pair *pair)
{
    for (size_t level = 0; level < LEVEL_COUNT; level++)
        wire_text(wire, &pair->groups[level]);
    wire_flag(wire, &pair->repeats);
    wire_flag(wire, &pair->zero);
    /* Where one is not the same, of its group nothing will be told. */
    if (pair->repeats) {
        member_figure_wire(wire, &pair->older.figure);
        member_figure_wire(wire, &pair->newer.figure);
    }
}

bool repeat_add(struct runs *runs, struct arena *scratch, const struct printing *older, const struct printing *newer,
                struct diag *diag)
{
    const struct finding_term *a = &older->figure.term, *b = &newer->figure.term;
    struct str id = newer->figure.id, member = natural_key(scratch, newer->member), edition = newer->figure.edition;
    struct pair pair = {
        .groups = {str_format(scratch, "%.*s%c%.*s", STR_ARG(member), 0, STR_ARG(edition)), prefix_of(id), id},
        .repeats = str_equal(a->value, b->value) && str_equal(a->unit, b->unit),
        .zero = !number_sign(newer->value),
        .older = *older,
        .newer = *newer};
    struct buf key = {.arena = scratch}, body = {.arena = scratch};
    struct wire wire = {.out = &body};
    for (size_t level = 0; level < LEVEL_COUNT; level++)
        key_add_text(&key, pair.groups[level]);
    /* The first figure of a group is the first in the member. */
    key_add_text(&key, b->place.member);
    key_add_number(&key, b->place.start);
    pair_wire(&wire, &pair);
    return runs_add(runs, (struct record){buf_str(&key), buf_str(&body)}, diag);
}

/* Ends the group: where it is all the same, it stands for those in it. */
static void end_group(struct repeating *r, size_t level)
{
    struct group *group = &r->groups[level];
    if (!group->first || group->differs || group->count < LEAST_GROUP)
        return;
    r->found.count = group->found;
    *LIST_ADD(r->arena, &r->found) = (struct repeated){group->first, group->count};
}

static void tell_repeats(struct repeating *r)
{
    for (size_t i = 0; i < r->found.count; i++) {
        const struct repeated *found = &r->found.items[i];
        const struct telling telling = {.rule = STR("crossfoot/across-repeat"),
                                        .sign = ACROSS_REPEATS,
                                        .older = &found->first->older,
                                        .newer = &found->first->newer,
                                        .detail = str_format(r->arena, "%zu", found->count)};
        across_tell(r->arena, r->findings, &telling);
    }
    r->found.items = NULL;
    r->found.count = r->found.room = 0;
}

/* Ends the groups that the pair is not of; from which level on is the answer. */
static size_t end_groups(struct repeating *r, const struct pair *pair)
{
    size_t common = 0;
    const struct pair *last = r->groups[LEVEL_MEMBER].first ? r->groups[LEVEL_ID].first : NULL;
    while (last && pair && common < LEVEL_COUNT && str_equal(last->groups[common], pair->groups[common]))
        common++;
    for (size_t level = LEVEL_COUNT; level-- > common;)
        end_group(r, level);
    if (!common) {
        tell_repeats(r);
        arena_reset(r->arena);
    }
    return common;
}

static void take_pair(struct repeating *r, struct record record, struct arena *scratch)
{
    struct pair peek = {0};
    struct wire wire = {.in = record.body, .arena = scratch};
    pair_wire(&wire, &peek);
    size_t fresh = end_groups(r, &peek);
    struct pair *first = NULL;
    if (fresh < LEVEL_COUNT) {
        struct wire kept = {.in = str_copy(r->arena, record.body), .arena = r->arena};
        first = ARENA_NEW(r->arena, struct pair);
        pair_wire(&kept, first);
    }
    for (size_t level = 0; level < LEVEL_COUNT; level++) {
        struct group *group = &r->groups[level];
        if (level >= fresh)
            *group = (struct group){.first = first, .found = r->found.count};
        group->differs |= !peek.repeats;
        group->differs |= !str_equal(peek.older.figure.edition, group->first->older.figure.edition);
        group->count += !peek.zero;
    }
    arena_reset(scratch);
}

bool repeat_judge(struct runs *runs, struct findings *findings, struct diag *diag)
{
    struct record record;
    struct arena kept = {.out_of_memory = findings->arena->out_of_memory}, scratch = kept;
    struct repeating r = {.arena = &kept, .findings = findings};
    while (runs_next(runs, &record, diag))
        take_pair(&r, record, &scratch);
    end_groups(&r, NULL);
    arena_free(&kept);
    arena_free(&scratch);
    return !diag->failed;
}
