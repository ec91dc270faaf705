#include "check/describe.h"

#include "base/buf.h"

/* A computed number is shown with this many decimals where its exact form is longer. */
enum { SHOWN_PLACES = 4, LONGEST_EXACT = 8 };
/* A sum of more terms than this is shown by its first ones and its last. */
enum { MOST_SHOWN = 12, FIRST_SHOWN = 3 };

struct describing {
    struct arena *arena;
    const struct formula *formula;
    int places; /* that computed numbers are shown with */
    struct {
        struct sum_part *items;
        size_t count, room;
    } parts;
};

/* In what unit base values are shown: divide by .factor, write .symbol behind. */
struct scale {
    struct number factor;
    struct str symbol;
    bool plain; /* years: digits are not grouped */
};

static int operand_sign(const struct formula *formula, const struct formula_node *node)
{
    return number_sign(formula->operands[node->operand].figure->notation.value);
}

/* Shown as it was written: nothing is computed. */
static bool is_leaf(const struct formula *formula, const struct formula_node *node)
{
    while (node->op == FORMULA_SUM && node->arg_count == 1)
        node = &formula->nodes[node->args[0]];
    if (node->op == FORMULA_NEG) {
        const struct formula_node *arg = &formula->nodes[node->args[0]];
        return arg->op == FORMULA_CONSTANT || (arg->op == FORMULA_OPERAND && operand_sign(formula, arg) >= 0);
    }
    return node->op == FORMULA_OPERAND || node->op == FORMULA_CONSTANT;
}

static struct scale scale_of(struct unit unit)
{
    switch (unit.kind) {
    case UNIT_RATIO:
        return (struct scale){unit_percent().factor, STR("%"), false};
    case UNIT_POINTS:
        return (struct scale){unit_points().factor, STR("pp"), false};
    case UNIT_COUNT:
    case UNIT_ZERO:
    case UNIT_PURE:
    case UNIT_LITERAL:
    case UNIT_ORDINAL:
        return (struct scale){number_int(1), STR(""), false};
    case UNIT_YEAR:
        return (struct scale){number_int(1), STR(""), true};
    case UNIT_DURATION:
    case UNIT_MONEY:
    case UNIT_MEASURE:
        return (struct scale){number_sign(unit.named) ? unit.named : unit.factor, unit.symbol, false};
    }
    return (struct scale){number_int(1), STR(""), false};
}

/* A comparison is shown in the unit of the side that was printed, the right one first: that is what is claimed. */
static struct scale scale_of_comparison(const struct formula *formula, const struct formula_node *node)
{
    const struct formula_node *left = &formula->nodes[node->args[0]], *right = &formula->nodes[node->args[1]];
    const struct formula_node *shown = right->op == FORMULA_OPERAND  ? right
                                       : left->op == FORMULA_OPERAND ? left
                                                                     : right;
    if (left->unit.kind == UNIT_RATIO || right->unit.kind == UNIT_RATIO)
        return scale_of(unit_percent());
    if (shown->unit.kind == UNIT_ZERO || shown->unit.kind == UNIT_LITERAL || shown->unit.kind == UNIT_PURE)
        shown = shown == left ? right : left;
    return scale_of(shown->unit);
}

static struct finding_number write_number(struct arena *arena, struct number base, struct scale scale, int places)
{
    struct number value = number_div(arena, base, scale.factor);
    struct str exact = number_write(arena, value);
    size_t dot = str_find(exact, STR("."));
    bool decimal = str_find(exact, STR("/")) == exact.len, all;
    struct str shown = decimal && exact.len - dot <= (size_t)places + LONGEST_EXACT - SHOWN_PLACES
                           ? exact
                           : number_write_rounded(arena, value, places, &all);
    return (struct finding_number){exact, shown};
}

static struct finding_interval write_interval(struct arena *arena, struct interval interval, struct scale scale,
                                              int places)
{
    struct finding_interval out = {.low_open = interval.low.open, .high_open = interval.high.open};
    if (!interval.low.infinite)
        out.low = write_number(arena, interval.low.at, scale, places);
    if (!interval.high.infinite)
        out.high = write_number(arena, interval.high.at, scale, places);
    return out;
}

static void add_symbol(struct describing *d, struct str text)
{
    *LIST_ADD(d->arena, &d->parts) = (struct sum_part){.kind = SUM_SYMBOL, .text = text};
}

/* "(", "abs(", "−": nothing between it and what follows. */
static void add_opening(struct describing *d, struct str text)
{
    *LIST_ADD(d->arena, &d->parts) = (struct sum_part){.kind = SUM_SYMBOL, .text = text, .gluing = true};
}

/* ")", ";": nothing between it and what stands before. */
static void add_closing(struct describing *d, struct str text)
{
    *LIST_ADD(d->arena, &d->parts) = (struct sum_part){.kind = SUM_SYMBOL, .text = text, .glued = true};
}

static void add_value(struct describing *d, struct number base, struct scale scale)
{
    *LIST_ADD(d->arena, &d->parts) = (struct sum_part){.kind = SUM_VALUE,
                                                       .text = write_number(d->arena, base, scale, d->places).shown,
                                                       .unit = str_copy(d->arena, scale.symbol),
                                                       .plain = scale.plain};
}

/* How strongly an operation binds: what binds less is put in parentheses. */
static int strength(const struct formula_node *node)
{
    switch (node->op) {
    case FORMULA_SUM:
        return node->arg_count > 1 ? 1 : 4;
    case FORMULA_SUB:
        return 1;
    case FORMULA_MUL:
    case FORMULA_DIV:
        return 2;
    case FORMULA_NEG:
        return 3;
    case FORMULA_CONSTANT:
    case FORMULA_COUNT:
    case FORMULA_OPERAND:
    case FORMULA_ABS:
    case FORMULA_ROUND:
    case FORMULA_MIN:
    case FORMULA_MAX:
    case FORMULA_COMPARE:
    case FORMULA_AND:
    case FORMULA_OR:
    case FORMULA_NOT:
    case FORMULA_IF:
    case FORMULA_TRUTH:
        break;
    }
    return 4;
}

static void add_node(struct describing *d, size_t at, int least);

/* The args with a symbol between; of very many, the first ones and the last. */
static void add_sequence(struct describing *d, const struct formula_node *node, struct str symbol, int least)
{
    bool long_one = node->arg_count > MOST_SHOWN;
    bool from_left = node->op == FORMULA_SUB || node->op == FORMULA_DIV;
    for (size_t i = 0; i < node->arg_count; i++) {
        if (i)
            add_symbol(d, symbol);
        if (long_one && i == FIRST_SHOWN) {
            add_symbol(d, STR("…"));
            add_symbol(d, symbol);
            i = node->arg_count - 1;
        }
        add_node(d, node->args[i], i && from_left ? least + 1 : least);
    }
}

static void add_call(struct describing *d, const struct formula_node *node, struct str name)
{
    add_opening(d, name);
    for (size_t i = 0; i < node->arg_count; i++) {
        if (i)
            add_closing(d, STR(";"));
        if (node->arg_count > MOST_SHOWN && i == FIRST_SHOWN) {
            add_symbol(d, STR("…"));
            add_closing(d, STR(";"));
            i = node->arg_count - 1;
        }
        add_node(d, node->args[i], 0);
    }
    if (node->op == FORMULA_ROUND)
        add_closing(d, str_format(d->arena, "; %d", node->places));
    add_closing(d, STR(")"));
}

static void add_node(struct describing *d, size_t at, int least)
{
    const struct formula_node *node = &d->formula->nodes[at];
    bool parentheses = strength(node) < least;
    if (parentheses)
        add_opening(d, STR("("));
    switch (node->op) {
    case FORMULA_CONSTANT: {
        struct scale scale = {node->unit.factor, node->unit.symbol, node->unit.kind == UNIT_YEAR};
        add_value(d, node->number, scale);
        break;
    }
    case FORMULA_OPERAND:
        *LIST_ADD(d->arena, &d->parts) = (struct sum_part){.kind = SUM_TERM, .term = node->operand};
        break;
    case FORMULA_NEG:
        add_opening(d, STR("−"));
        add_node(d, node->args[0], 3);
        break;
    case FORMULA_SUM:
        add_sequence(d, node, STR("+"), 1);
        break;
    case FORMULA_SUB:
        add_sequence(d, node, STR("−"), 1);
        break;
    case FORMULA_MUL:
        add_sequence(d, node, STR("×"), 2);
        break;
    case FORMULA_DIV:
        add_sequence(d, node, STR("/"), 2);
        break;
    case FORMULA_COUNT:
        add_call(d, node, STR("count("));
        break;
    case FORMULA_ABS:
        add_call(d, node, STR("abs("));
        break;
    case FORMULA_ROUND:
        add_call(d, node, STR("round("));
        break;
    case FORMULA_MIN:
        add_call(d, node, STR("min("));
        break;
    case FORMULA_MAX:
        add_call(d, node, STR("max("));
        break;
    case FORMULA_COMPARE:
    case FORMULA_AND:
    case FORMULA_OR:
    case FORMULA_NOT:
    case FORMULA_IF:
    case FORMULA_TRUTH:
        break;
    }
    if (parentheses)
        add_closing(d, STR(")"));
}

/* The sign between the sides: what is true of the printed values, or "≈" where only rounding or a tolerance makes an
 * equality hold. */
static struct str relation(const struct expr *expr, const struct judgement *judgement)
{
    static const struct {
        struct str holds, fails;
    } signs[] = {
        [EXPR_EQ] = {STR_INIT("="), STR_INIT("≠")}, [EXPR_NE] = {STR_INIT("≠"), STR_INIT("=")},
        [EXPR_LT] = {STR_INIT("<"), STR_INIT("≥")}, [EXPR_LE] = {STR_INIT("≤"), STR_INIT(">")},
        [EXPR_GT] = {STR_INIT(">"), STR_INIT("≤")}, [EXPR_GE] = {STR_INIT("≥"), STR_INIT("<")},
    };
    if (judgement->over_all == TRUTH_FALSE)
        return signs[expr->op].fails;
    if (expr->op == EXPR_EQ && judgement->valued && !number_equal(judgement->left, judgement->right))
        return STR("≈");
    return signs[expr->op].holds;
}

/* What a computed side comes to: "= 946", or "> 30" where it is open-ended. */
static void add_result(struct describing *d, const struct judgement *j, struct number value, struct interval bounds,
                       struct scale scale)
{
    const struct end *end = bounds.high.infinite ? &bounds.low : &bounds.high;
    bool endless = j->compared && bounds.low.infinite != bounds.high.infinite;
    if (endless)
        add_symbol(d, bounds.high.infinite ? (end->open ? STR(">") : STR("≥")) : end->open ? STR("<") : STR("≤"));
    else
        add_symbol(d, STR("="));
    add_value(d, endless ? end->at : value, scale);
}

/* "592 + 354 = 946 ≠ 964", the left side left out where a chain has shown it. Where both sides are equal, one of them
 * computed, its result need not be said twice. */
static void add_sides(struct describing *d, const struct formula_node *node, const struct judgement *j,
                      struct scale scale, bool chained)
{
    struct str sign = relation(node->expr, j);
    bool left_leaf = is_leaf(d->formula, &d->formula->nodes[node->args[0]]);
    bool right_leaf = is_leaf(d->formula, &d->formula->nodes[node->args[1]]);
    bool same = j->valued && str_equal(sign, STR("=")) && left_leaf != right_leaf;
    if (!chained)
        add_node(d, node->args[0], 0);
    if (!chained && !left_leaf && j->valued && !same)
        add_result(d, j, j->left, j->left_bounds, scale);
    add_symbol(d, sign);
    add_node(d, node->args[1], 0);
    if (!right_leaf && j->valued && !same)
        add_result(d, j, j->right, j->right_bounds, scale);
    if (node->expr->within)
        add_symbol(d, str_format(d->arena, "(± %.*s)", STR_ARG(expr_write(d->arena, node->expr->within))));
}

/* Numbers that differ are shown with places enough to tell them apart. */
static void choose_places(struct describing *d, const struct judgement *j, struct scale scale)
{
    enum { MOST_PLACES = 60 };
    d->places = SHOWN_PLACES;
    while (j->valued && d->places < MOST_PLACES && !number_equal(j->left, j->right) &&
           str_equal(write_number(d->arena, j->left, scale, d->places).shown,
                     write_number(d->arena, j->right, scale, d->places).shown))
        d->places *= 2;
}

/* All comparisons of a chain or an "and" that holds: "0 ≤ 143 ≤ 2 800". False when the formula has other parts. */
static bool add_conjunction(struct describing *d, struct arena *scratch, size_t at, const struct expr **last)
{
    const struct formula_node *node = &d->formula->nodes[at];
    if (node->op == FORMULA_AND)
        return add_conjunction(d, scratch, node->args[0], last) && add_conjunction(d, scratch, node->args[1], last);
    if (node->op != FORMULA_COMPARE)
        return false;
    struct judgement own = {.decisive = at};
    judge_comparison(scratch, d->formula, &own);
    struct scale scale = scale_of_comparison(d->formula, node);
    bool chained = *last && *last == node->expr->args[0];
    if (*last && !chained)
        add_symbol(d, STR("and"));
    choose_places(d, &own, scale);
    add_sides(d, node, &own, scale, chained);
    *last = node->expr->args[1];
    return true;
}

static void describe_comparison(struct describing *d, struct arena *scratch, const struct judgement *j,
                                struct finding *finding)
{
    const struct formula_node *node = &d->formula->nodes[j->decisive];
    const struct expr *last = NULL;
    struct scale scale = scale_of_comparison(d->formula, node);
    if (j->verdict == VERDICT_INCONSISTENT || !add_conjunction(d, scratch, d->formula->root, &last)) {
        d->parts.count = 0;
        choose_places(d, j, scale);
        add_sides(d, node, j, scale, false);
    }
    finding->sum = d->parts.items;
    finding->sum_count = d->parts.count;
    finding->compared = j->compared && j->valued;
    if (!finding->compared)
        return;
    finding->left_value = write_number(d->arena, j->left, scale, d->places);
    finding->right_value = write_number(d->arena, j->right, scale, d->places);
    finding->gap = write_number(d->arena, number_sub(d->arena, j->left, j->right), scale, d->places);
    finding->gap_unit = str_copy(d->arena, str_equal(scale.symbol, STR("%")) ? STR("pp") : scale.symbol);
    finding->bounds_unit = str_copy(d->arena, scale.symbol);
    finding->left = write_interval(d->arena, j->left_bounds, scale, d->places);
    finding->right = write_interval(d->arena, j->right_bounds, scale, d->places);
    finding->plain = scale.plain;
    finding->loose = j->loose;
}

struct str describe_around(struct arena *arena, const struct document *document, struct span span)
{
    enum { AROUND = 24 };
    struct str text = document->text;
    size_t at = document_block(document, span.start);
    if (at == DOCUMENT_NONE)
        return (struct str){0};
    const struct block *block = &document->blocks[at];
    size_t start = span.start > block->start + AROUND ? span.start - AROUND : block->start;
    size_t end = span.end + AROUND < block->end ? span.end + AROUND : block->end;
    while (start > block->start && start < span.start && text.ptr[start - 1] != ' ')
        start++;
    while (end < block->end && end > span.end && text.ptr[end] != ' ')
        end--;
    return str_copy(arena, str_part(text, start, end));
}

struct finding_term describe_figure(struct locator *locator, const struct figure *figure, struct str name)
{
    struct arena *arena = locator->arena;
    struct str text = figure->document ? str_part(figure->document->text, figure->text_start, figure->text_end)
                                       : str_part(figure->place.source->bytes, figure->place.start, figure->place.end);
    struct scale own = {number_int(1), STR(""), false};
    struct finding_term term = {.name = str_copy(arena, name),
                                .text = str_copy(arena, text),
                                .unit = str_copy(arena, figure->unit),
                                .place = locate_figure(locator, figure)};
    term.shown = term.text;
    if (figure->document)
        term.around = describe_around(arena, figure->document, (struct span){figure->text_start, figure->text_end});
    if (figure->missing)
        return term;
    const struct scan *scan = figure->dataset ? &figure->dataset->scan : NULL;
    /* A JSON number has its unit elsewhere; a counted noun says nothing that the sum needs. */
    if (scan && scan->values[figure->value_at].type == SCAN_NUMBER && figure->notation.unit.symbol.len &&
        figure->unit.len)
        term.shown = str_format(arena, "%.*s %.*s", STR_ARG(text), STR_ARG(figure->unit));
    else
        term.shown = str_copy(arena, figure->notation.text);
    term.value = write_number(arena, figure->notation.value, own, SHOWN_PLACES).exact;
    if (figure->notation.unit.symbol.len)
        term.unit = str_copy(arena, figure->notation.unit.symbol);
    term.interval = write_interval(arena, figure->interval, own, SHOWN_PLACES);
    return term;
}

struct finding_mention describe_mention(struct locator *locator, struct draft *draft, const struct mention *mention)
{
    struct arena *arena = locator->arena;
    const struct notation *notation = &mention->notation;
    struct scale own = {number_int(1), STR(""), false};
    return (struct finding_mention){.text = str_copy(arena, notation->text),
                                    .value = write_number(arena, notation->value, own, SHOWN_PLACES).exact,
                                    .unit = str_copy(arena, notation->unit.symbol),
                                    .place = draft_place(draft, locator, mention->start, mention->end)};
}

/* The name that the rule uses, with the dims in which its figure is not of the context: `cases[period=2020-02-24]`. */
static struct str full_name(struct arena *arena, const struct operand *operand, const struct finding *finding)
{
    struct buf name = {.arena = arena};
    bool open = false;
    buf_add(&name, operand->name);
    for (size_t i = 0; i < operand->figure->dims.count; i++) {
        const struct dim *dim = &operand->figure->dims.items[i];
        bool known = dim->total || str_equal(dim->value, STR("*"));
        for (size_t j = 0; !known && j < finding->context_count; j++)
            known = str_equal(dim->name, finding->context[j].name) && str_equal(dim->value, finding->context[j].value);
        if (known)
            continue;
        buf_addf(&name, "%s%.*s=%.*s", open ? ", " : "[", STR_ARG(dim->name), STR_ARG(dim->value));
        open = true;
    }
    buf_add(&name, open ? STR("]") : STR(""));
    return buf_str(&name);
}

void describe_judgement(struct locator *locator, struct arena *scratch, const struct formula *formula,
                        const struct judgement *judgement, struct finding *finding)
{
    struct describing d = {.arena = locator->arena, .formula = formula, .places = SHOWN_PLACES};
    finding->verdict = judgement->verdict;
    finding->reason = judgement->reason;
    finding->terms = ARENA_ARRAY(locator->arena, struct finding_term, formula->operand_count);
    finding->term_count = formula->operand_count;
    for (size_t i = 0; i < formula->operand_count; i++)
        finding->terms[i] = describe_figure(locator, formula->operands[i].figure,
                                            full_name(locator->arena, &formula->operands[i], finding));
    if (judgement->decisive < formula->count)
        describe_comparison(&d, scratch, judgement, finding);
}

struct str describe_fingerprint(struct arena *arena, const struct finding *finding)
{
    struct buf text = {.arena = arena};
    buf_addf(&text, "%.*s\x1f", STR_ARG(finding->rule));
    for (size_t i = 0; i < finding->context_count; i++)
        buf_addf(&text, "%.*s=%.*s\x1f", STR_ARG(finding->context[i].name), STR_ARG(finding->context[i].value));
    for (size_t i = 0; i < finding->term_count; i++) {
        struct str value = finding->terms[i].value.len ? finding->terms[i].value : finding->terms[i].text;
        buf_addf(&text, "%.*s=%.*s\x1f", STR_ARG(finding->terms[i].name), STR_ARG(value));
        if (finding->terms[i].around.len)
            buf_addf(&text, "%.*s\x1f", STR_ARG(finding->terms[i].around));
    }
    return str_format(arena, "%016llx", (unsigned long long)str_hash(buf_str(&text)));
}
