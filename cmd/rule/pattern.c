#define PCRE2_CODE_UNIT_WIDTH 8
#include "rule/pattern.h"

#include <pcre2.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "read/document.h"

enum {
    LONGEST_PATTERN = 65536,
    MATCH_LIMIT = 200000,   /* backtracks from one start offset: less than a millisecond */
    HEAP_LIMIT = 64 * 1024, /* KiB */
    JIT_STACK_START = 65536,
    JIT_STACK_LIMIT = 8 * 1024 * 1024,
    STRETCH = 1024 /* start offsets searched between two looks at the clock */
};

/* What the searches of one subject may take, in nanoseconds of the thread: at least, and for each of its bytes. The
 * slowest sound patterns run at some 27 MB/s. */
enum { BUDGET = 200000000, BUDGET_PER_BYTE = 100 };

/* Stands before every pattern and says nothing, but keeps out the settings, such as (*NO_JIT) or (*LIMIT_MATCH=9),
 * that PCRE2 knows at the very start of a pattern only. */
#define PROLOGUE "(?-x)"

/* What stands for a figure in a pattern for documents. PCRE2 calls back at (?C…), and goes on only where the answer is
 * that a figure starts there, ends there, or is around. So a figure is found in the very text, at any place of a
 * pattern, and a pattern that has none costs nothing more. */
enum { CALL_FIGURE_START = 253, CALL_FIGURE_END = 254, CALL_INSIDE = 255 };
static const struct {
    struct str written, meant;
} figure_forms[] = {
    {STR_INIT("(?&figure)"), STR_INIT("(?>(?C253)(?s:.)+?(?C254))")},
    {STR_INIT("(?&inside)"), STR_INIT("(?C255)")},
};

/* Beside PCRE2's own error codes, which are negative too. */
enum { OUT_OF_TIME = -100000 };

struct pattern {
    struct patterns *owner;
    struct pattern *next;
    pcre2_code *code;
    pcre2_match_data *data;
    bool compiled; /* by the JIT, at the first match */
    struct str *names;
    uint32_t *numbers; /* of the groups that the names name, in rising order */
    uint32_t name_count;
    int64_t spent, budget; /* nanoseconds on this subject */
};

/* What all patterns share when they match. */
struct pattern_engine {
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

/* The figures of the subject that is searched. */
struct figures {
    const struct span *items;
    size_t count;
};

static int64_t thread_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static const char *error_message(struct arena *arena, int code)
{
    PCRE2_UCHAR text[256];
    pcre2_get_error_message(code, text, sizeof text);
    return str_z(arena, str_from((const char *)text));
}

/* PCRE2 lists names by the alphabet, and a name as often as it has groups; here they go by number. */
static void read_names(struct pattern *p)
{
    uint32_t size;
    PCRE2_SPTR table;
    pcre2_pattern_info(p->code, PCRE2_INFO_NAMECOUNT, &p->name_count);
    pcre2_pattern_info(p->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(p->code, PCRE2_INFO_NAMETABLE, &table);
    p->names = ARENA_ARRAY(p->owner->arena, struct str, p->name_count);
    p->numbers = ARENA_ARRAY(p->owner->arena, uint32_t, p->name_count);
    for (uint32_t i = 0; i < p->name_count; i++, table += size) {
        uint32_t number = (uint32_t)table[0] << 8 | table[1], j = i;
        for (; j && p->numbers[j - 1] > number; j--) {
            p->numbers[j] = p->numbers[j - 1];
            p->names[j] = p->names[j - 1];
        }
        p->numbers[j] = number;
        p->names[j] = str_from((const char *)table + 2);
    }
}

/* What would tell that a long subject is searched in stretches. */
static bool is_allowed(struct str text, size_t *at, const char **why)
{
    static const struct {
        struct str text;
        const char *why;
    } refused[] = {{STR_INIT("\\G"), "\\G is not allowed"}, {STR_INIT("(*COMMIT"), "(*COMMIT) is not allowed"}};
    for (*at = 0; *at < text.len; ++*at) {
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
            if (str_starts(str_part(text, *at, text.len), refused[i].text)) {
                *why = refused[i].why;
                return false;
            }
        *at += text.ptr[*at] == '\\';
    }
    return true;
}

/* Adds the pattern as PCRE2 knows it, up to byte `limit` of the whole; the byte of the text that was reached. */
static size_t write_pattern(struct buf *whole, struct str text, bool document, size_t limit)
{
    size_t at = 0;
    while (at < text.len && whole->len < limit) {
        struct str rest = str_part(text, at, text.len), meant = str_part(rest, 0, 1);
        size_t written = 1;
        for (size_t i = 0; document && i < sizeof figure_forms / sizeof *figure_forms; i++)
            if (str_starts(rest, figure_forms[i].written)) {
                written = figure_forms[i].written.len;
                meant = figure_forms[i].meant;
            }
        buf_add(whole, meant);
        at += written;
    }
    return at;
}

static struct pattern *compile(struct patterns *patterns, struct str text, bool document, size_t *at, const char **why)
{
    if (text.len > LONGEST_PATTERN) {
        *at = 0;
        *why = "longer than 65536 bytes";
        return NULL;
    }
    if (!is_allowed(text, at, why))
        return NULL;
    struct buf whole = {.arena = patterns->arena};
    int error;
    PCRE2_SIZE offset;
    buf_add(&whole, STR(PROLOGUE));
    write_pattern(&whole, text, document, SIZE_MAX);
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)whole.ptr, whole.len,
                      PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT, &error, &offset, NULL);
    if (!code) {
        whole.len = sizeof PROLOGUE - 1;
        *at = write_pattern(&whole, text, document, offset);
        *why = error_message(patterns->arena, error);
        return NULL;
    }
    struct pattern *p = ARENA_NEW(patterns->arena, struct pattern);
    *p = (struct pattern){.owner = patterns, .next = patterns->first, .code = code};
    patterns->first = p;
    read_names(p);
    return p;
}

struct pattern *pattern_new(struct patterns *patterns, struct str text, size_t *at, const char **why)
{
    return compile(patterns, text, false, at, why);
}

struct pattern *pattern_new_for_documents(struct patterns *patterns, struct str text, size_t *at, const char **why)
{
    return compile(patterns, text, true, at, why);
}

/* Makes what a first match needs. */
static bool prepare(struct pattern *p)
{
    struct patterns *owner = p->owner;
    if (!owner->engine) {
        struct pattern_engine *engine = ARENA_NEW(owner->arena, struct pattern_engine);
        owner->engine = engine;
        engine->context = pcre2_match_context_create(NULL);
        engine->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_LIMIT, NULL);
        if (engine->context) {
            pcre2_set_match_limit(engine->context, MATCH_LIMIT);
            pcre2_set_heap_limit(engine->context, HEAP_LIMIT);
            pcre2_jit_stack_assign(engine->context, NULL, engine->stack);
        }
    }
    if (!p->compiled) {
        p->compiled = true;
        pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE); /* where there is no JIT, the interpreter does it */
        p->data = pcre2_match_data_create_from_pattern(p->code, NULL);
    }
    return owner->engine->context && p->data;
}

static const char *why_not(struct arena *arena, int code)
{
    switch (code) {
    case PCRE2_ERROR_JIT_STACKLIMIT:
        return "stack limit";
    case PCRE2_ERROR_MATCHLIMIT:
        return "match limit";
    case PCRE2_ERROR_DEPTHLIMIT:
        return "depth limit";
    case PCRE2_ERROR_HEAPLIMIT:
        return "heap limit";
    case OUT_OF_TIME:
        return "time limit";
    }
    /* PCRE2's numbers of the errors of UTF-8 */
    if (code <= PCRE2_ERROR_UTF8_ERR1 && code >= PCRE2_ERROR_UTF8_ERR21)
        return "not UTF-8";
    return error_message(arena, code);
}

static void read_groups(struct pattern *p, struct arena *arena, struct str subject, struct pattern_match *match)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(p->data);
    match->start = ends[0];
    match->end = ends[1];
    match->names = ARENA_ARRAY(arena, struct str, p->name_count);
    match->groups = ARENA_ARRAY(arena, struct str, p->name_count);
    for (uint32_t i = 0; i < p->name_count; i++) {
        const PCRE2_SIZE *group = ends + 2 * p->numbers[i];
        if (group[0] == PCRE2_UNSET)
            continue;
        match->names[match->group_count] = p->names[i];
        match->groups[match->group_count++] = str_part(subject, group[0], group[1]);
    }
}

/* pcre2_match, a stretch of start offsets at a time: the match limit holds for one start offset only, so the time must
 * be looked at too. A subject of one stretch never is that slow. */
static int search(struct pattern *p, struct str subject, size_t from)
{
    pcre2_match_context *context = p->owner->engine->context;
    uint32_t options = from ? PCRE2_NO_UTF_CHECK : 0;
    int64_t clock = subject.len - from > STRETCH ? thread_time() : 0;
    for (;; from += STRETCH, options = PCRE2_NO_UTF_CHECK) {
        while (from < subject.len && ((unsigned char)subject.ptr[from] & 0xc0) == 0x80)
            from++;
        bool last = subject.len - from <= STRETCH;
        pcre2_set_offset_limit(context, last ? PCRE2_UNSET : from + STRETCH - 1);
        int result = pcre2_match(p->code, (PCRE2_SPTR)subject.ptr, subject.len, from, options, p->data, context);
        if (clock) {
            int64_t now = thread_time();
            p->spent += now - clock;
            clock = now;
        }
        if (result != PCRE2_ERROR_NOMATCH || last)
            return result;
        if (p->spent > p->budget)
            return OUT_OF_TIME;
    }
}

/* The last figure that starts before byte `at` or there; NULL when there is none. */
static const struct span *figure_around(const struct figures *figures, size_t at)
{
    size_t low = 0, high = figures->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (figures->items[middle].start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &figures->items[low - 1] : NULL;
}

/* What PCRE2 calls at a (?C…): 0 to go on, 1 to try another way. */
static int call_back(pcre2_callout_block *block, void *data)
{
    const struct figures *figures = data;
    size_t at = block->current_position;
    const struct span *figure;
    switch (block->callout_number) {
    case CALL_FIGURE_START:
        figure = figure_around(figures, at);
        return !(figure && figure->start == at);
    case CALL_FIGURE_END:
        figure = at ? figure_around(figures, at - 1) : NULL;
        return !(figure && figure->end == at);
    case CALL_INSIDE:
        figure = at ? figure_around(figures, at - 1) : NULL;
        return !(figure && at < figure->end);
    }
    return 0;
}

enum pattern_result pattern_match(struct pattern *pattern, struct arena *arena, struct str subject, size_t from,
                                  struct pattern_match *match)
{
    return pattern_match_figures(pattern, arena, subject, NULL, 0, from, match);
}

enum pattern_result pattern_match_figures(struct pattern *pattern, struct arena *arena, struct str subject,
                                          const struct span *figures, size_t figure_count, size_t from,
                                          struct pattern_match *match)
{
    struct figures known = {figures, figure_count};
    *match = (struct pattern_match){.why = "no memory"};
    if (!prepare(pattern))
        return PATTERN_NOT_EVALUATED;
    if (from > subject.len)
        return PATTERN_NO_MATCH;
    if (!from) {
        pattern->spent = 0;
        pattern->budget = BUDGET + BUDGET_PER_BYTE * (int64_t)subject.len;
    }
    if (!subject.ptr)
        subject.ptr = "";
    pcre2_set_callout(pattern->owner->engine->context, call_back, &known);
    int result = search(pattern, subject, from);
    pcre2_set_callout(pattern->owner->engine->context, NULL, NULL);
    match->why = NULL;
    if (result == PCRE2_ERROR_NOMATCH)
        return PATTERN_NO_MATCH;
    if (result < 0) {
        match->why = why_not(arena, result);
        return PATTERN_NOT_EVALUATED;
    }
    read_groups(pattern, arena, subject, match);
    return PATTERN_MATCH;
}

void patterns_free(struct patterns *patterns)
{
    for (struct pattern *p = patterns->first; p; p = p->next) {
        pcre2_match_data_free(p->data);
        pcre2_code_free(p->code);
    }
    if (patterns->engine) {
        pcre2_match_context_free(patterns->engine->context);
        pcre2_jit_stack_free(patterns->engine->stack);
    }
    *patterns = (struct patterns){.arena = patterns->arena};
}
