/* Rules for documents: a pattern or a template binds figures that are printed there, or is all that is judged. */
#include "base/buf.h"
#include "check/checking.h"
#include "check/matcher.h"

/* One rule in one document. */
struct drafting {
    struct checking *c;
    const struct rule *rule;
    struct rule_tally *tally;
    const struct binder *binder;
    struct dims context; /* in which the rule's other names meet */
    struct dossier_draft *entry;
    size_t matches;
};

static struct document *document_of(const struct drafting *d) { return &d->entry->draft.document; }

/* ---- figures ---- */

/* The mention that is the whole of a stretch; NULL when it is none. */
static const struct mention *mention_of(const struct draft *draft, size_t start, size_t end)
{
    size_t low = 0, high = draft->mentions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (draft->mentions.items[middle].start < start)
            low = middle + 1;
        else
            high = middle;
    }
    const struct mention *m = low < draft->mentions.count ? &draft->mentions.items[low] : NULL;
    return m && m->start == start && m->end == end ? m : NULL;
}

static bool is_bindable(const struct mention *m)
{
    return m->what == NOT_A_FIGURE_NONE || m->what == NOT_A_FIGURE_YEAR;
}

/* A stretch of the document as a figure: as the recogniser read it, or else read alone. */
static struct figure figure_at(const struct drafting *d, struct str name, const struct mention *m, struct span printed)
{
    struct draft *draft = &d->entry->draft;
    struct arena *arena = d->c->scratch;
    struct figure figure = {
        .id = name, .document = &draft->document, .text_start = printed.start, .text_end = printed.end};
    const char *why;
    figure.place = document_place(&draft->document, printed.start, printed.end);
    if (m && is_bindable(m)) {
        figure.notation = m->notation;
        if (m->what == NOT_A_FIGURE_YEAR)
            figure.notation.kind = NOTATION_YEAR;
    } else {
        struct str text = str_part(draft->document.text, printed.start, printed.end);
        figure.missing = !notation_read(arena, draft->lexicon, text, &figure.notation, &why);
    }
    figure.unit = figure.notation.noun;
    if (!figure.missing)
        figure.interval = notation_interval(arena, &figure.notation, d->c->dossier->options.rounding);
    return figure;
}

static void judge_figures(struct drafting *d, const struct figure *figures, size_t count)
{
    struct binding binding = binder_at(d->binder, d->c->scratch, d->context);
    binding_add_groups(&binding, figures, count);
    bool bound = binding.complete;
    for (size_t i = 0; i < count; i++)
        bound &= !figures[i].missing;
    if (bound)
        check_binding(d->c, d->rule, d->tally, &binding);
    else
        arena_reset(d->c->scratch);
}

/* ---- what is judged without a check ---- */

/* Within one block: what stands across two of them is seen where it starts. */
static struct span clip(const struct document *document, struct span span)
{
    size_t block = document_block(document, span.start);
    if (block == DOCUMENT_NONE)
        return (struct span){0, 0};
    size_t last = document->blocks[block].end;
    span.start = span.start < last ? span.start : last;
    span.end = span.end < last ? span.end : last;
    return span;
}

/* A match, or (of an empty span) that there is none; the named groups are terms for the message alone. */
static void add_expected(struct drafting *d, bool matched, struct span span, const struct pattern_match *match)
{
    struct checking *c = d->c;
    struct arena *arena = c->findings->arena;
    struct finding finding = check_finding(c, d->rule->id, d->rule->kind, d->rule->severity, (struct dims){0});
    size_t groups = match ? match->group_count : 0;
    span = clip(document_of(d), span);
    finding.verdict = matched == (d->rule->expect == EXPECT_MATCH) ? VERDICT_EXACT : VERDICT_INCONSISTENT;
    finding.terms = ARENA_ARRAY(arena, struct finding_term, groups + 1);
    finding.term_count = groups + 1;
    struct finding_term *term = &finding.terms[0];
    term->name = STR("text");
    term->matched = matched;
    term->text = term->shown = str_copy(arena, str_part(document_of(d)->text, span.start, span.end));
    if (finding.verdict == VERDICT_INCONSISTENT || c->dossier->options.all) {
        term->place = draft_place(&d->entry->draft, &c->locator, span.start, span.end);
        term->around = describe_around(arena, document_of(d), span);
    }
    for (size_t i = 0; i < groups; i++) {
        finding.terms[i + 1].name = str_copy(arena, match->names[i]);
        finding.terms[i + 1].text = finding.terms[i + 1].shown = str_copy(arena, match->groups[i]);
    }
    check_add(c, d->rule, &finding);
}

/* ---- patterns ---- */

static void add_not_evaluated(struct drafting *d, const char *why)
{
    struct checking *c = d->c;
    struct arena *arena = c->findings->arena;
    struct finding finding = check_finding(c, d->rule->id, d->rule->kind, SEVERITY_NOTE, (struct dims){0});
    struct str path = document_of(d)->source->name;
    finding.verdict = VERDICT_UNCHECKED;
    finding.reason = UNCHECKED_NOT_EVALUATED;
    finding.detail = str_copy(arena, str_from(why));
    finding.terms = ARENA_NEW(arena, struct finding_term);
    finding.terms[0].name = STR("text");
    finding.terms[0].place = draft_place(&d->entry->draft, &c->locator, 0, 0);
    finding.term_count = 1;
    check_add(c, d->rule, &finding);
    check_rule_error(
        c, d->rule, d->tally, STR("pattern"), 0,
        message_make(c->tally->arena, "the pattern could not be evaluated on '%.*s': %s", STR_ARG(path), why));
}

/* The named groups of a match. */
static void judge_groups(struct drafting *d, const struct pattern_match *match)
{
    struct figure *figures = ARENA_ARRAY(d->c->scratch, struct figure, match->group_count);
    const char *text = document_of(d)->text.ptr;
    for (size_t i = 0; i < match->group_count; i++) {
        size_t start = (size_t)(match->groups[i].ptr - text), end = start + match->groups[i].len;
        const struct mention *m = mention_of(&d->entry->draft, start, end);
        figures[i] = figure_at(d, match->names[i], m, clip(document_of(d), (struct span){start, end}));
    }
    judge_figures(d, figures, match->group_count);
}

/* House style is of what people read: not of code and addresses. */
static bool is_passed_over(const struct drafting *d, const struct pattern_match *match)
{
    return d->rule->kind == KIND_STYLE && document_is_opaque(document_of(d), match->start, match->end);
}

/* False when the pattern ran away: it would in the next document too. */
static bool search(struct drafting *d)
{
    struct str text = document_of(d)->text;
    struct pattern_match match;
    uint32_t ignored;
    for (size_t from = 0; from <= text.len;) {
        enum pattern_result result = pattern_match_figures(d->rule->pattern, d->c->scratch, text, d->entry->figures,
                                                           d->entry->figure_count, from, &match);
        if (result == PATTERN_NO_MATCH)
            break;
        if (result == PATTERN_NOT_EVALUATED) {
            add_not_evaluated(d, match.why);
            return false;
        }
        if (!is_passed_over(d, &match)) {
            d->matches++;
            if (d->rule->check)
                judge_groups(d, &match);
            else if (d->rule->expect == EXPECT_NO_MATCH)
                add_expected(d, true, (struct span){match.start, match.end}, &match);
        }
        from = match.end > match.start ? match.end
                                       : match.end + utf8_decode(str_part(text, match.end, text.len), &ignored);
        if (from == match.start)
            break;
        arena_reset(d->c->scratch);
    }
    return true;
}

/* ---- templates ---- */

static void judge_match(struct drafting *d, const struct template_match *match)
{
    const struct template *template = d->rule->template;
    struct figure *figures = ARENA_ARRAY(d->c->scratch, struct figure, template->figures);
    size_t count = 0;
    for (size_t i = 0; i < template->count; i++)
        if (template->items[i].what == TEMPLATE_FIGURE) {
            const struct mention *m = &d->entry->draft.mentions.items[match->mentions[count]];
            figures[count++] = figure_at(d, template->items[i].name, m, (struct span){m->start, m->end});
        }
    judge_figures(d, figures, count);
}

const struct prose *draft_prose(struct checking *c, struct dossier_draft *entry)
{
    struct draft *draft = &entry->draft;
    if (!entry->prose)
        entry->prose =
            prose_read(c->dossier->arena, lexicon_lang(draft->lexicon), draft->document.text, &draft->mentions);
    return entry->prose;
}

static void fit(struct drafting *d)
{
    const struct prose *prose = draft_prose(d->c, d->entry);
    struct matcher *matcher = matcher_new(d->c->per_rule, d->rule->template, prose, &d->entry->draft.mentions);
    struct template_match match;
    while (matcher_next(matcher, &match)) {
        d->matches++;
        if (d->rule->check)
            judge_match(d, &match);
        else if (d->rule->expect == EXPECT_NO_MATCH)
            add_expected(d, true, (struct span){match.start, match.end}, NULL);
    }
}

/* ---- a rule ---- */

static struct str primary(struct str lang)
{
    struct str rest = lang;
    return str_cut(&rest, STR("-"));
}

bool draft_speaks(const struct dossier_draft *entry, struct str lang)
{
    return !lang.len || str_equal(primary(lang), primary(lexicon_lang(entry->draft.lexicon)));
}

bool dossier_speaks(const struct dossier *dossier, struct str lang)
{
    for (size_t i = 0; i < dossier->drafts.count; i++)
        if (draft_speaks(dossier->drafts.items[i], lang))
            return true;
    return false;
}

static bool check_draft(struct drafting *d)
{
    d->tally->searched++;
    d->matches = 0;
    if (d->rule->template)
        fit(d);
    else if (!search(d))
        return false;
    if (!d->rule->check)
        d->tally->complete++;
    bool expected = d->rule->expect == EXPECT_MATCH;
    if (d->rule->expect != EXPECT_NOTHING && (expected ? !d->rule->check || !d->matches : !d->matches))
        add_expected(d, d->matches > 0, (struct span){0, 0}, NULL);
    return true;
}

void check_draft_rule(struct checking *c, const struct rule *rule, struct rule_tally *tally)
{
    struct binder binder = binder_make(c->per_rule, rule, c->dossier->options.rounding, dossier_concept, c->dossier);
    struct drafting d = {.c = c, .rule = rule, .tally = tally, .binder = &binder};
    struct dims *contexts;
    size_t count;
    /* A document has no dims: its figures meet those of the dossier where these meet in one context only. */
    binder_contexts(&binder, &contexts, &count);
    if (count == 1)
        d.context = contexts[0];
    for (size_t i = 0; i < c->dossier->drafts.count; i++) {
        d.entry = c->dossier->drafts.items[i];
        if (draft_speaks(d.entry, rule->lang) && !check_draft(&d))
            return;
    }
}
