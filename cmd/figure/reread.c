#include "figure/reread.h"

#include "base/arena.h"
#include "figure/intake.h"

struct reread {
    struct dataset_reader reader;
    const struct figure *figure;
    const struct lexicon *lexicon;
    struct str unit;
    struct precision precision;
};

struct reread *reread_new(struct arena *arena, const struct dataset_reader *reader, const struct figure *figure)
{
    const struct scan *scan = &figure->dataset->scan;
    size_t record = figure->record_at;
    struct diag diag = {.arena = arena};
    struct reread *out = ARENA_NEW(arena, struct reread);
    *out = (struct reread){.reader = *reader, .figure = figure};
    out->lexicon = lexicons_get(reader->lexicons, figure->dataset->lang, &diag);
    if (record == FIGURE_NO_RECORD)
        return out->lexicon ? out : NULL;
    struct intake in = intake_start(&out->reader, scan);
    out->unit = intake_text(&in, scan_member(arena, scan, record, STR("unit")));
    bool ok = intake_precision(&in, &diag, scan_member(arena, scan, record, STR("decimals")),
                               scan_member(arena, scan, record, STR("exact")),
                               scan_member(arena, scan, record, STR("interval")), &out->precision);
    return ok && out->lexicon ? out : NULL;
}

bool reread_value(const struct reread *reread, struct arena *arena, struct str json, struct figure *out)
{
    enum { AT = 1 }; /* where the value stands in a scan of its own: 0 is for members that are not there */
    struct source source = {.bytes = json};
    struct diag diag = {.arena = arena};
    struct problems problems = {.arena = arena};
    struct dataset_reader reader = reread->reader;
    struct scan scan, moved;
    struct scan_value values[AT + 1] = {0};
    if (!scan_read(arena, &source, &scan, &diag))
        return false;
    values[AT] = scan.values[0];
    moved = (struct scan){.source = &source, .values = values, .count = AT + 1};
    reader.arena = arena;
    reader.problems = &problems;
    struct intake in = intake_start(&reader, &moved);
    in.lexicon = reread->lexicon;
    in.dataset->rounding = reread->figure->dataset->rounding;
    *out = (struct figure){.id = reread->figure->id, .dims = reread->figure->dims, .dataset = reread->figure->dataset};
    return intake_value(&in, &diag, AT, reread->unit, &reread->precision, out);
}
