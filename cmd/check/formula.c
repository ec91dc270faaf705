#include "check/formula.h"

#include "base/buf.h"
#include "base/map.h"

struct making {
    struct arena *arena;
    const struct binding *binding;
    struct formula_problem *problem;
    enum formula_result result;
    size_t member; /* within a function that runs over dims: which of its figures */
    struct {
        struct formula_node *items;
        size_t count, room;
    } nodes;
    struct {
        struct operand *items;
        size_t count, room;
    } operands;
    struct map known; /* operands by figure, where they are many */
};

static size_t make(struct making *m, const struct expr *expr);

/* After the first problem nodes are still made, of any value: the result says that they mean nothing. */
static void unit_error(struct making *m, const struct expr *expr, struct message message)
{
    if (m->result != FORMULA_OK)
        return;
    m->result = FORMULA_UNIT_ERROR;
    m->problem->error = (struct expr_error){expr->start, message};
}

static void unchecked(struct making *m, enum unchecked_reason reason, struct str detail)
{
    if (m->result != FORMULA_OK)
        return;
    m->result = FORMULA_UNCHECKED;
    m->problem->reason = reason;
    m->problem->detail = detail;
}

static size_t add_node(struct making *m, struct formula_node node)
{
    if (!number_sign(node.scale))
        node.scale = number_int(1);
    *LIST_ADD(m->arena, &m->nodes) = node;
    return m->nodes.count - 1;
}

static size_t *args_of(struct making *m, size_t a, size_t b)
{
    size_t *args = ARENA_ARRAY(m->arena, size_t, 2);
    args[0] = a;
    args[1] = b;
    return args;
}

static size_t add_binary(struct making *m, enum formula_op op, const struct expr *expr, size_t a, size_t b,
                         struct unit unit)
{
    return add_node(
        m, (struct formula_node){.op = op, .expr = expr, .args = args_of(m, a, b), .arg_count = 2, .unit = unit});
}

static size_t add_constant(struct making *m, const struct expr *expr, struct number number, struct unit unit)
{
    return add_node(m, (struct formula_node){.op = FORMULA_CONSTANT,
                                             .expr = expr,
                                             .number = number_mul(m->arena, number, unit.factor),
                                             .unit = unit});
}

/* Where the figure stands among the operands, or their count. Few are searched, many are looked up. */
static size_t operand_at(struct making *m, const struct figure *figure)
{
    enum { FEW = 16 };
    size_t few = m->operands.count < FEW ? m->operands.count : FEW;
    for (size_t i = 0; i < few; i++)
        if (m->operands.items[i].figure == figure)
            return i;
    if (m->operands.count < FEW)
        return m->operands.count;
    const struct figure **key = arena_copy(m->arena, &figure, sizeof figure);
    size_t **known = (size_t **)map_put(&m->known, (struct str){(const char *)key, sizeof *key});
    if (!*known)
        *known = arena_copy(m->arena, &m->operands.count, sizeof m->operands.count);
    return **known;
}

/* One figure is one operand, however often a rule names it: x - x is 0. */
static size_t add_operand(struct making *m, const struct expr *expr, const struct figure *figure, struct str name)
{
    size_t at = operand_at(m, figure);
    struct unit unit = figure->notation.unit;
    if (at == m->operands.count)
        *LIST_ADD(m->arena, &m->operands) =
            (struct operand){.figure = figure,
                             .name = name,
                             .factor = unit.factor,
                             .value = number_mul(m->arena, figure->notation.value, unit.factor),
                             .interval = interval_scale(m->arena, figure->interval, unit.factor)};
    return add_node(m, (struct formula_node){.op = FORMULA_OPERAND, .expr = expr, .operand = at, .unit = unit});
}

static bool is_whole_kind(enum unit_kind kind)
{
    return kind == UNIT_COUNT || kind == UNIT_ORDINAL || kind == UNIT_LITERAL || kind == UNIT_PURE;
}

/* "in " where a unit follows, nothing before "a count". */
static const char *preposition(enum unit_kind kind)
{
    bool in = kind == UNIT_MONEY || kind == UNIT_MEASURE || kind == UNIT_RATIO || kind == UNIT_POINTS ||
              kind == UNIT_DURATION;
    return in ? "in " : "";
}

/* The units may come from far away, so the sides are named. */
static struct message clash(struct making *m, const struct formula_node *a, const struct formula_node *b)
{
    struct str left = expr_write(m->arena, a->expr), right = expr_write(m->arena, b->expr);
    return message_make(m->arena, "'%.*s' is %s%s and '%.*s' is %s%s: they cannot be added or compared", STR_ARG(left),
                        preposition(a->unit.kind), str_z(m->arena, unit_write(m->arena, a->unit)), STR_ARG(right),
                        preposition(b->unit.kind), str_z(m->arena, unit_write(m->arena, b->unit)));
}

/* `x <= 100` on a percentage means `x <= 100 %`. */
static bool propose_percent(struct making *m, const struct formula_node *a, const struct formula_node *b)
{
    const struct formula_node *literal = a->unit.kind == UNIT_LITERAL ? a : b, *other = literal == a ? b : a;
    if (literal->op != FORMULA_CONSTANT || literal->unit.kind != UNIT_LITERAL ||
        (other->unit.kind != UNIT_RATIO && other->unit.kind != UNIT_POINTS))
        return false;
    struct str number = number_write(m->arena, literal->number);
    bool is_share = number_compare(number_abs(m->arena, literal->number), number_int(1)) <= 0;
    unit_error(m, literal->expr,
               message_make(m->arena, "a percentage meets the bare number %.*s: write %.*s %%%s", STR_ARG(number),
                            STR_ARG(number), is_share ? ", or 100 % for the whole" : ""));
    return true;
}

/* Where a bare count meets months it is made months: 18 is as good as 18 months. */
static void make_duration(struct making *m, size_t at, struct unit duration)
{
    struct formula_node *node = &m->nodes.items[at];
    if (duration.kind == UNIT_DURATION && is_whole_kind(node->unit.kind))
        node->scale = number_mul(m->arena, unit_conversion(m->arena, node->unit, duration), duration.factor);
}

/* The unit of a + b, a - b or of both sides of a comparison. */
static struct unit join(struct making *m, const struct expr *expr, size_t a, char op, size_t b)
{
    const struct formula_node *left = &m->nodes.items[a], *right = &m->nodes.items[b];
    struct unit out = left->unit;
    if (!unit_join(left->unit, op, right->unit, &out)) {
        if (!propose_percent(m, left, right))
            unit_error(m, expr, clash(m, left, right));
        return left->unit;
    }
    make_duration(m, a, right->unit);
    make_duration(m, b, left->unit);
    return out;
}

/* The number that a dim's value is: 2024, or the year of 2024-05-31. */
static bool dim_number(struct making *m, struct str text, struct number *number, struct unit *unit)
{
    const char *why;
    bool iso = text.len > 4 && text.ptr[4] == '-';
    if (!number_read(m->arena, iso ? str_part(text, 0, 4) : text, number, &why))
        return false;
    bool year = number_is_whole(*number) && number_compare(*number, number_int(1000)) >= 0 &&
                number_compare(*number, number_int(2999)) <= 0;
    *unit = unit_literal();
    if (year)
        *unit = unit_year();
    return true;
}

static size_t make_dim(struct making *m, const struct expr *expr)
{
    const struct dim *dim = dims_find(m->binding->context, expr->text);
    struct number number = {0};
    struct unit unit = unit_literal();
    if (!dim)
        unchecked(m, UNCHECKED_MISSING, str_format(m->arena, "@%.*s", STR_ARG(expr->text)));
    else if (!dim_number(m, dim->value, &number, &unit))
        unchecked(m, UNCHECKED_NO_NUMBER,
                  str_format(m->arena, "@%.*s is \"%.*s\"", STR_ARG(expr->text), STR_ARG(dim->value)));
    return add_constant(m, expr, number, unit);
}

static size_t reference_at(const struct binding *binding, const struct expr *name)
{
    for (size_t i = 0; i < binding->reference_count; i++)
        if (binding->references[i].name == name)
            return i;
    return binding->reference_count;
}

static size_t make_name(struct making *m, const struct expr *expr)
{
    struct str name = expr->text;
    for (size_t i = 0; i < m->binding->group_count; i++)
        if (str_equal(m->binding->groups[i].id, name))
            return add_operand(m, expr, &m->binding->groups[i], name);
    size_t at = reference_at(m->binding, expr);
    const struct slot *slot = &m->binding->slots[at];
    if (!slot->count) {
        unchecked(m, UNCHECKED_MISSING, name);
        return add_constant(m, expr, number_int(0), unit_pure());
    }
    const struct figure *figure = slot->figures[m->binding->references[at].over ? m->member : 0];
    if (figure->missing || figure->disputed) {
        if (m->result == FORMULA_OK)
            m->problem->figure = figure;
        unchecked(m, figure->missing ? UNCHECKED_NO_VALUE : UNCHECKED_DISPUTED, name);
        return add_constant(m, expr, number_int(0), unit_pure());
    }
    return add_operand(m, expr, figure, name);
}

/* A literal of a check of literals alone is a figure of its own, which stands in the pack. */
static size_t make_notation(struct making *m, const struct expr *expr)
{
    const struct json *check = json_member(m->binding->rule->node, STR("check"));
    struct figure *figure = ARENA_NEW(m->arena, struct figure);
    *figure = (struct figure){.id = expr->notation.text,
                              .notation = expr->notation,
                              .interval = notation_interval(m->arena, &expr->notation, m->binding->rounding),
                              .unit = expr->notation.noun,
                              .place = {.source = check->source,
                                        .start = json_text_offset(m->arena, check, expr->start),
                                        .end = json_text_offset(m->arena, check, expr->end)}};
    return add_operand(m, expr, figure, expr->notation.text);
}

/* The args of a call; those of a function over dims once for each of its figures. */
static size_t *make_args(struct making *m, const struct expr *expr, size_t *count)
{
    size_t members = 1;
    for (size_t i = 0; expr->over_count && i < m->binding->reference_count; i++)
        if (m->binding->references[i].over == expr) {
            members = m->binding->slots[i].count;
            break;
        }
    size_t *args = ARENA_ARRAY(m->arena, size_t, members * expr->arg_count), outer = m->member;
    *count = 0;
    for (size_t member = 0; member < members; member++)
        for (size_t i = 0; i < expr->arg_count; i++) {
            if (expr->over_count)
                m->member = member;
            args[(*count)++] = make(m, expr->args[i]);
        }
    m->member = outer;
    if (!*count)
        unchecked(m, UNCHECKED_MISSING, expr_write(m->arena, expr));
    return args;
}

/* The unit that all args meet in: each is joined to the first one that has it. */
static struct unit join_all(struct making *m, const struct expr *expr, const size_t *args, size_t count, char op)
{
    size_t first = args[0];
    struct unit unit = m->nodes.items[first].unit;
    for (size_t i = 1; i < count; i++) {
        unit = join(m, expr, first, op, args[i]);
        if (unit.kind != m->nodes.items[first].unit.kind)
            first = args[i];
    }
    for (size_t i = 0; i < count; i++)
        make_duration(m, args[i], unit);
    return unit;
}

static size_t make_product(struct making *m, const struct expr *expr, size_t a, int power, size_t b)
{
    struct unit unit = unit_pure();
    if (!unit_times(m->arena, m->nodes.items[a].unit, m->nodes.items[b].unit, power, &unit))
        unit_error(m, expr, message_make(m->arena, "this product has too many units"));
    return add_binary(m, power > 0 ? FORMULA_MUL : FORMULA_DIV, expr, a, b, unit);
}

/* share(part; whole) = part / whole; growth(old; new) = new / old - 1: both ratios. */
static size_t make_ratio(struct making *m, const struct expr *expr, size_t above, size_t below)
{
    join(m, expr, above, '=', below);
    return add_binary(m, FORMULA_DIV, expr, above, below, unit_ratio());
}

/* How many figures have a value: the only function that can count past those that have none. */
static size_t make_count(struct making *m, const struct expr *expr)
{
    struct {
        size_t *items;
        size_t count, room;
    } args = {0};
    for (size_t i = 0; i < m->binding->reference_count; i++) {
        const struct reference *reference = &m->binding->references[i];
        for (size_t j = 0; reference->over == expr && j < m->binding->slots[i].count; j++)
            if (!m->binding->slots[i].figures[j]->missing)
                *LIST_ADD(m->arena, &args) =
                    add_operand(m, reference->name, m->binding->slots[i].figures[j], reference->name->text);
    }
    for (size_t i = 0; !expr->over_count && i < expr->arg_count; i++)
        *LIST_ADD(m->arena, &args) = make(m, expr->args[i]);
    return add_node(m, (struct formula_node){.op = FORMULA_COUNT,
                                             .expr = expr,
                                             .args = args.items,
                                             .arg_count = args.count,
                                             .number = number_int((int64_t)args.count),
                                             .unit = unit_count()});
}

/* A literal is exact where it is a setting and no claim: a tolerance, the places of round. In a check of literals alone
 * it was read as a notation. */
static struct number setting_value(const struct expr *expr)
{
    return expr->op == EXPR_NOTATION ? expr->notation.value : expr->number;
}

static int places_of(struct making *m, const struct expr *expr)
{
    enum { MOST_PLACES = 100 };
    if (expr->arg_count < 2)
        return 0;
    const struct expr *places = expr->args[1];
    bool literal = places->op == EXPR_LITERAL || places->op == EXPR_NOTATION;
    for (int i = 0; literal && i <= MOST_PLACES; i++)
        if (number_equal(setting_value(places), number_int(i)))
            return i;
    unit_error(m, places, message_make(m->arena, "the places of round are a whole number from 0 to 100"));
    return 0;
}

/* What round counts in: the unit as it is printed back, for a share or a growth percent. */
static struct number rounding_unit(struct unit unit)
{
    if (number_sign(unit.named))
        return unit.named;
    return unit.kind == UNIT_RATIO && number_equal(unit.factor, number_int(1)) ? unit_percent().factor : unit.factor;
}

static size_t make_call(struct making *m, const struct expr *expr)
{
    if (expr->function == FN_COUNT)
        return make_count(m, expr);
    size_t count, *args = make_args(m, expr, &count);
    if (m->result != FORMULA_OK)
        return add_constant(m, expr, number_int(0), unit_pure());
    struct formula_node node = {.expr = expr, .args = args, .arg_count = count};
    switch (expr->function) {
    case FN_SHARE:
        return make_ratio(m, expr, args[0], args[1]);
    case FN_GROWTH: {
        size_t quotient = make_ratio(m, expr, args[1], args[0]);
        return add_binary(m, FORMULA_SUB, expr, quotient, add_constant(m, expr, number_int(1), unit_ratio()),
                          unit_ratio());
    }
    case FN_ROUND:
        node.op = FORMULA_ROUND;
        node.arg_count = 1;
        node.places = places_of(m, expr);
        node.number = rounding_unit(m->nodes.items[args[0]].unit);
        break;
    case FN_ABS:
        node.op = FORMULA_ABS;
        break;
    case FN_MIN:
        node.op = FORMULA_MIN;
        break;
    case FN_MAX:
        node.op = FORMULA_MAX;
        break;
    case FN_SUM:
    case FN_MEAN:
    case FN_COUNT:
        node.op = FORMULA_SUM;
        break;
    }
    node.unit = join_all(m, expr, args, node.arg_count, expr->function == FN_SUM ? '+' : '=');
    size_t result = add_node(m, node);
    if (expr->function != FN_MEAN)
        return result;
    return add_binary(m, FORMULA_DIV, expr, result, add_constant(m, expr, number_int((int64_t)count), unit_literal()),
                      node.unit);
}

static size_t make_truth(struct making *m, const struct expr *expr, bool truth)
{
    return add_node(m, (struct formula_node){.op = FORMULA_TRUTH, .expr = expr, .truth = truth, .unit = unit_pure()});
}

/* @region != "Corse" is known when the formula is made. */
static size_t compare_texts(struct making *m, const struct expr *expr)
{
    struct str sides[2];
    for (int i = 0; i < 2; i++) {
        sides[i] = expr->args[i]->text;
        if (expr->args[i]->op == EXPR_DIM) {
            const struct dim *dim = dims_find(m->binding->context, sides[i]);
            if (!dim)
                unchecked(m, UNCHECKED_MISSING, str_format(m->arena, "@%.*s", STR_ARG(sides[i])));
            sides[i] = dim ? dim->value : STR("");
        }
    }
    return make_truth(m, expr, str_equal(sides[0], sides[1]) == (expr->op == EXPR_EQ));
}

static void add_test(struct making *m, struct formula_node *node, enum formula_test_kind kind, size_t a, size_t b,
                     size_t tolerance)
{
    size_t difference = add_binary(m, FORMULA_SUB, node->expr, a, b, unit_pure());
    if (tolerance)
        difference = add_binary(m, FORMULA_SUB, node->expr, difference, tolerance, unit_pure());
    node->tests[node->test_count++] = (struct formula_test){kind, difference};
}

/* `within 1 %` is a share of the right side, `within 5` an amount, of the unit that the sides meet in. Never node 0:
 * the left side stands there. */
static size_t make_tolerance(struct making *m, const struct expr *expr, size_t left, size_t right, struct unit unit)
{
    size_t tolerance =
        expr->op == EXPR_NOTATION ? add_constant(m, expr, setting_value(expr), expr->notation.unit) : make(m, expr);
    if (m->nodes.items[tolerance].unit.kind == UNIT_RATIO) {
        size_t *args = args_of(m, right, 0);
        size_t size = add_node(
            m, (struct formula_node){.op = FORMULA_ABS, .expr = expr, .args = args, .arg_count = 1, .unit = unit});
        return add_binary(m, FORMULA_MUL, expr, tolerance, size, unit);
    }
    join(m, expr, m->nodes.items[right].unit.kind == unit.kind ? right : left, '+', tolerance);
    make_duration(m, tolerance, unit);
    return tolerance;
}

/* How each comparison is a test of left - right, or of right - left. */
static const struct {
    enum formula_test_kind kind;
    bool swapped;
} comparisons[] = {
    [EXPR_EQ] = {TEST_ZERO, false},         [EXPR_NE] = {TEST_NOT_ZERO, false},  [EXPR_LT] = {TEST_BELOW_ZERO, false},
    [EXPR_LE] = {TEST_AT_MOST_ZERO, false}, [EXPR_GT] = {TEST_BELOW_ZERO, true}, [EXPR_GE] = {TEST_AT_MOST_ZERO, true},
};

static size_t make_comparison(struct making *m, const struct expr *expr)
{
    if (expr->args[0]->op == EXPR_TEXT || expr->args[1]->op == EXPR_TEXT)
        return compare_texts(m, expr);
    size_t left = make(m, expr->args[0]), right = make(m, expr->args[1]);
    struct unit unit = join(m, expr, left, '=', right);
    size_t tolerance = expr->within ? make_tolerance(m, expr->within, left, right, unit) : 0;
    struct formula_node node = {.op = FORMULA_COMPARE, .expr = expr, .unit = m->nodes.items[left].unit};
    node.args = args_of(m, left, right);
    node.arg_count = 2;
    if (tolerance && (expr->op == EXPR_EQ || expr->op == EXPR_NE)) {
        add_test(m, &node, TEST_AT_MOST_ZERO, left, right, tolerance);
        add_test(m, &node, TEST_AT_MOST_ZERO, right, left, tolerance);
        node.negated = expr->op == EXPR_NE;
    } else {
        bool swapped = comparisons[expr->op].swapped;
        add_test(m, &node, comparisons[expr->op].kind, swapped ? right : left, swapped ? left : right, tolerance);
    }
    return add_node(m, node);
}

static size_t make_logic(struct making *m, const struct expr *expr, enum formula_op op)
{
    size_t a = make(m, expr->args[0]);
    size_t b = expr->arg_count > 1 ? make(m, expr->args[1]) : a;
    size_t node = add_binary(m, op, expr, a, b, unit_pure());
    m->nodes.items[node].arg_count = expr->arg_count;
    return node;
}

static size_t make_sum(struct making *m, const struct expr *expr)
{
    size_t a = make(m, expr->args[0]), b = make(m, expr->args[1]);
    bool plus = expr->op == EXPR_ADD;
    struct unit unit = join(m, expr, a, plus ? '+' : '-', b);
    return add_binary(m, plus ? FORMULA_SUM : FORMULA_SUB, expr, a, b, unit);
}

static size_t make_neg(struct making *m, const struct expr *expr)
{
    size_t arg = make(m, expr->args[0]);
    struct unit unit = m->nodes.items[arg].unit;
    return add_node(m, (struct formula_node){
                           .op = FORMULA_NEG, .expr = expr, .args = args_of(m, arg, 0), .arg_count = 1, .unit = unit});
}

/* Recursion is as deep as the expression, which its parser has capped. */
static size_t make(struct making *m, const struct expr *expr)
{
    switch (expr->op) {
    case EXPR_LITERAL: {
        bool zero = !number_sign(expr->number) && expr->unit.kind == UNIT_LITERAL; /* 0 % is a percentage */
        return add_constant(m, expr, expr->number, zero ? unit_zero() : expr->unit);
    }
    case EXPR_NOTATION:
        return make_notation(m, expr);
    case EXPR_NAME:
        return make_name(m, expr);
    case EXPR_DIM:
        return make_dim(m, expr);
    case EXPR_NEG:
        return make_neg(m, expr);
    case EXPR_ADD:
    case EXPR_SUB:
        return make_sum(m, expr);
    case EXPR_MUL:
    case EXPR_DIV: {
        size_t a = make(m, expr->args[0]), b = make(m, expr->args[1]);
        return make_product(m, expr, a, expr->op == EXPR_MUL ? 1 : -1, b);
    }
    case EXPR_CALL:
        return make_call(m, expr);
    case EXPR_EQ:
    case EXPR_NE:
    case EXPR_LT:
    case EXPR_LE:
    case EXPR_GT:
    case EXPR_GE:
        return make_comparison(m, expr);
    case EXPR_AND:
        return make_logic(m, expr, FORMULA_AND);
    case EXPR_OR:
        return make_logic(m, expr, FORMULA_OR);
    case EXPR_NOT:
        return make_logic(m, expr, FORMULA_NOT);
    case EXPR_IF:
        return make_logic(m, expr, FORMULA_IF);
    case EXPR_TEXT:
        break;
    }
    unit_error(m, expr, message_make(m->arena, "a text can only be compared with a dim, by = or !="));
    return add_constant(m, expr, number_int(0), unit_pure());
}

enum formula_result formula_make(struct arena *arena, const struct expr *expr, const struct binding *binding,
                                 struct formula *out, struct formula_problem *problem)
{
    struct making m = {.arena = arena, .binding = binding, .problem = problem, .known = {.arena = arena}};
    size_t root = make(&m, expr);
    *out = (struct formula){.nodes = m.nodes.items,
                            .count = m.nodes.count,
                            .root = root,
                            .operands = m.operands.items,
                            .operand_count = m.operands.count};
    return m.result;
}

void formula_set_rounding(struct arena *arena, struct formula *formula, enum rounding rounding)
{
    for (size_t i = 0; i < formula->operand_count; i++) {
        struct operand *operand = &formula->operands[i];
        const struct notation *notation = &operand->figure->notation;
        if (!operand->figure->declared)
            operand->interval =
                interval_scale(arena, notation_interval(arena, notation, rounding), notation->unit.factor);
    }
}
