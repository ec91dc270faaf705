/* The grammar of checks above their leaves: one function for each line of it. */
#include "base/buf.h"
#include "base/nearest.h"
#include "rule/expr_factor.h"

static struct expr *read_disjunct(struct parser *p);
static struct expr *read_sum(struct parser *p);
static struct expr *read_factor(struct parser *p);

/* A node of two arguments, from `start` to the last token taken. */
static struct expr *pair(struct parser *p, enum expr_op op, size_t start, struct expr *a, struct expr *b)
{
    struct expr *e = factor_node(p, op, start);
    if (!e)
        return NULL;
    e->arg_count = b ? 2 : 1;
    e->args = ARENA_ARRAY(p->arena, struct expr *, e->arg_count);
    e->args[0] = a;
    if (b)
        e->args[1] = b;
    return e;
}

/* Where the next token starts. */
static size_t token_start(struct parser *p)
{
    scan_blanks(p);
    return p->at;
}

/* Opens a level of nesting; read_… functions that call themselves do, so that the stack is bounded. */
static bool open_level(struct parser *p)
{
    return p->levels++ < EXPR_MAX_LEVELS || scan_fail(p, p->at, "nested deeper than %d levels", EXPR_MAX_LEVELS);
}

/* Is it a number? `verb` says what is done to it. */
static bool is_number(struct parser *p, const struct expr *e, const char *verb)
{
    if (expr_is_logical(e))
        return scan_fail(p, e->start, "a comparison cannot be %s", verb);
    return e->op != EXPR_TEXT || scan_fail(p, e->start, "a text cannot be %s", verb);
}

static bool is_condition(struct parser *p, const struct expr *e, const char *word)
{
    return expr_is_logical(e) || scan_fail(p, e->start, "'%s' needs a comparison, and this is none", word);
}

/* An operator between two operands. */
struct infix {
    struct str symbol;
    enum expr_op op;
    const char *verb; /* what it does to numbers; NULL for and, or */
};

static const struct infix *accept_infix(struct parser *p, const struct infix *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (scan_word(table[i].symbol) ? scan_accept_word(p, table[i].symbol) : scan_accept(p, table[i].symbol))
            return &table[i];
    return NULL;
}

static bool is_operand(struct parser *p, const struct infix *infix, const struct expr *e)
{
    return infix->verb ? is_number(p, e, infix->verb) : is_condition(p, e, infix->symbol.ptr);
}

/* A level of the grammar: operand { infix operand }, from left to right. */
static struct expr *read_level(struct parser *p, const struct infix *table, size_t count,
                               struct expr *(*read_operand)(struct parser *))
{
    size_t start = token_start(p);
    struct expr *left = read_operand(p);
    const struct infix *found;
    while (left && (found = accept_infix(p, table, count))) {
        struct expr *right = read_operand(p);
        if (!right || !is_operand(p, found, left) || !is_operand(p, found, right))
            return NULL;
        left = pair(p, found->op, start, left, right);
    }
    return left;
}

/* Functions and how many arguments they take. */
static const struct {
    size_t least, most;
    bool runs_over; /* may run over a dim */
    const char *usage;
} functions[] = {
    [FN_SUM] = {1, SIZE_MAX, true, "sum(a; b; …)"},
    [FN_COUNT] = {1, SIZE_MAX, true, "count(a; b; …)"},
    [FN_MEAN] = {1, SIZE_MAX, true, "mean(a; b; …)"},
    [FN_MIN] = {1, SIZE_MAX, true, "min(a; b; …)"},
    [FN_MAX] = {1, SIZE_MAX, true, "max(a; b; …)"},
    [FN_ABS] = {1, 1, false, "abs(a)"},
    [FN_ROUND] = {1, 2, false, "round(a) or round(a; decimals)"},
    [FN_SHARE] = {2, 2, false, "share(part; whole)"},
    [FN_GROWTH] = {2, 2, false, "growth(old; new)"},
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

static bool find_function(struct parser *p, struct str name, enum expr_function *out)
{
    struct str names[FUNCTIONS];
    for (size_t i = 0; i < FUNCTIONS; i++) {
        names[i] = expr_function_name((enum expr_function)i);
        if (str_equal(names[i], name)) {
            *out = (enum expr_function)i;
            return true;
        }
    }
    struct str meant = nearest(name, names, FUNCTIONS);
    if (meant.len)
        return scan_fail(p, p->at, "unknown function '%.*s': did you mean '%.*s'?", STR_ARG(name), STR_ARG(meant));
    struct buf all = {.arena = p->arena};
    for (size_t i = 0; i < FUNCTIONS; i++)
        buf_addf(&all, "%s%.*s", i ? ", " : "", STR_ARG(names[i]));
    return scan_fail(p, p->at, "unknown function '%.*s'; there are %.*s", STR_ARG(name), STR_ARG(buf_str(&all)));
}

/* [ "over" dim { "," dim } ] */
static bool read_over(struct parser *p, struct expr *call)
{
    struct {
        struct str *items;
        size_t count, room;
    } dims = {0};
    size_t start = token_start(p);
    if (!scan_accept_word(p, STR("over")))
        return true;
    if (!functions[call->function].runs_over)
        return scan_fail(p, start, "'%.*s' runs over no dim; sum, count, mean, min and max do",
                         STR_ARG(expr_function_name(call->function)));
    do {
        struct str dim;
        size_t at = token_start(p);
        if (!factor_dim_name(p, &dim))
            return false;
        for (size_t i = 0; i < dims.count; i++)
            if (str_equal(dims.items[i], dim))
                return scan_fail(p, at, "the dim '%.*s' stands here twice", STR_ARG(dim));
        *LIST_ADD(p->arena, &dims) = dim;
    } while (scan_accept(p, STR(",")) || scan_accept(p, STR(";")));
    call->over = dims.items;
    call->over_count = dims.count;
    return true;
}

/* The decimals of round() are part of the rule, not of the figures. */
static bool decimals_are_whole(struct parser *p, const struct expr *decimals)
{
    const struct expr *e = decimals->op == EXPR_NEG ? decimals->args[0] : decimals;
    struct number n = e->op == EXPR_NOTATION ? e->notation.value : e->number;
    bool bare = e->op == EXPR_NOTATION ? e->notation.kind == NOTATION_COUNT : !e->unit.symbol.len;
    if (p->failed || ((e->op == EXPR_LITERAL || e->op == EXPR_NOTATION) && bare && number_is_whole(n) &&
                      number_compare(number_abs(p->arena, n), number_int(NUMBER_MAX_EXPONENT)) <= 0))
        return true;
    return scan_fail(p, decimals->start, "the decimals of round() are a whole number, at most %d", NUMBER_MAX_EXPONENT);
}

/* sum { ";" sum } */
static bool read_arguments(struct parser *p, struct expr *call)
{
    struct {
        struct expr **items;
        size_t count, room;
    } args = {0};
    if (scan_accept(p, STR(")")))
        return scan_fail(p, call->start, "no arguments: %s", functions[call->function].usage);
    do {
        struct expr *arg = read_sum(p);
        if (!arg || !is_number(p, arg, "an argument"))
            return false;
        *LIST_ADD(p->arena, &args) = arg;
    } while (scan_accept(p, STR(";")) || scan_accept(p, STR(",")));
    call->args = args.items;
    call->arg_count = args.count;
    return true;
}

/* call := function "(" sum { ";" sum } [ "over" dim { "," dim } ] ")" */
static struct expr *read_call(struct parser *p)
{
    size_t start = p->at;
    struct str name = str_part(scan_rest(p), 0, scan_name(scan_rest(p)));
    enum expr_function function = FN_SUM;
    if (!find_function(p, name, &function))
        return NULL;
    scan_accept(p, name);
    scan_accept(p, STR("("));
    struct expr *e = factor_node(p, EXPR_CALL, start);
    if (!e)
        return NULL;
    e->function = function;
    p->calls++;
    bool ok = read_arguments(p, e) && read_over(p, e);
    p->calls--;
    if (!ok)
        return NULL;
    if (!scan_accept(p, STR(")"))) {
        scan_expected(p, "an operator, ';' or ')'");
        return NULL;
    }
    e->end = p->end;
    if (e->arg_count < functions[function].least || e->arg_count > functions[function].most) {
        scan_fail(p, start, "%zu argument%s: %s", e->arg_count, e->arg_count > 1 ? "s" : "", functions[function].usage);
        return NULL;
    }
    return function != FN_ROUND || e->arg_count < 2 || decimals_are_whole(p, e->args[1]) ? e : NULL;
}

/* A word with "(" behind it. */
static bool at_call(const struct parser *p)
{
    struct str rest = scan_rest(p);
    size_t at = scan_name(rest), blank;
    if (!at || scan_is_reserved(str_part(rest, 0, at)))
        return false;
    while ((blank = scan_blank(str_part(rest, at, rest.len))))
        at += blank;
    return at < rest.len && rest.ptr[at] == '(';
}

/* "(" disjunct ")" */
static struct expr *read_parentheses(struct parser *p)
{
    struct expr *e = read_disjunct(p);
    if (e && !scan_accept(p, STR(")"))) {
        scan_expected(p, "an operator or ')'");
        return NULL;
    }
    return e;
}

/* "-" factor */
static struct expr *read_negative(struct parser *p, size_t start)
{
    struct expr *e = read_factor(p);
    return e && is_number(p, e, "negated") ? pair(p, EXPR_NEG, start, e, NULL) : NULL;
}

/* factor := "-" factor | "(" disjunct ")" | call | literal | name | "@" dim | quoted */
static struct expr *read_factor(struct parser *p)
{
    size_t start = token_start(p);
    if (!open_level(p))
        return NULL;
    struct expr *e;
    bool sign = p->notations && factor_sign(scan_rest(p));
    if (!sign && (scan_accept(p, STR("-")) || scan_accept(p, STR("−"))))
        e = read_negative(p, start);
    else if (scan_accept(p, STR("(")))
        e = read_parentheses(p);
    else if (at_call(p))
        e = read_call(p);
    else
        e = p->notations ? factor_notation(p) : factor_leaf(p);
    p->levels--;
    return e;
}

/* product := factor { ("*" | "×" | "/" | "÷") factor } */
static struct expr *read_product(struct parser *p)
{
    static const struct infix table[] = {{STR_INIT("*"), EXPR_MUL, "multiplied"},
                                         {STR_INIT("×"), EXPR_MUL, "multiplied"},
                                         {STR_INIT("/"), EXPR_DIV, "divided"},
                                         {STR_INIT("÷"), EXPR_DIV, "divided"}};
    return read_level(p, table, sizeof table / sizeof *table, read_factor);
}

/* sum := product { ("+" | "-" | "−") product } */
static struct expr *read_sum(struct parser *p)
{
    static const struct infix table[] = {{STR_INIT("+"), EXPR_ADD, "added"},
                                         {STR_INIT("-"), EXPR_SUB, "subtracted"},
                                         {STR_INIT("−"), EXPR_SUB, "subtracted"}};
    return read_level(p, table, sizeof table / sizeof *table, read_product);
}

/* A text compares with a dim, by = or !=; all else are numbers. */
static bool is_comparable(struct parser *p, enum expr_op op, const struct expr *a, const struct expr *b)
{
    const struct expr *text = a->op == EXPR_TEXT ? a : b;
    const struct expr *other = text == a ? b : a;
    if (text->op == EXPR_TEXT && (other->op != EXPR_DIM || (op != EXPR_EQ && op != EXPR_NE)))
        return scan_fail(p, text->start, "a text is compared with a dim (@region), by = or !=");
    return text->op == EXPR_TEXT || (is_number(p, a, "compared") && is_number(p, b, "compared"));
}

/* The operators of other languages, told from ours. */
static bool is_misspelt(struct parser *p)
{
    static const struct {
        struct str wrong;
        const char *right;
    } slips[] = {{STR_INIT("=="), "="},  {STR_INIT("<>"), "!="},  {STR_INIT("=<"), "<="},
                 {STR_INIT("=>"), ">="}, {STR_INIT("&&"), "and"}, {STR_INIT("||"), "or"}};
    scan_blanks(p);
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
        if (str_starts(scan_rest(p), slips[i].wrong))
            return !scan_fail(p, p->at, "'%.*s' is written '%s'", STR_ARG(slips[i].wrong), slips[i].right);
    return false;
}

/* [ "within" sum ]: of every comparison of a chain. */
static bool read_within(struct parser *p, struct expr *chain)
{
    size_t start = token_start(p);
    if (!scan_accept_word(p, STR("within")))
        return true;
    if (!chain)
        return scan_fail(p, start, "'within' follows a comparison");
    struct expr *within = read_sum(p);
    if (!within || !is_number(p, within, "a tolerance"))
        return false;
    for (; chain->op == EXPR_AND; chain = chain->args[0])
        chain->args[1]->within = within;
    chain->within = within;
    return true;
}

/* comparison := sum { ("=" | "!=" | "<" | "<=" | ">" | ">=" | "≠" | "≤" | "≥") sum } [ "within" sum ] */
static struct expr *read_comparison(struct parser *p)
{
    static const struct infix table[] = {
        {STR_INIT("<="), EXPR_LE, NULL}, {STR_INIT("≤"), EXPR_LE, NULL},  {STR_INIT(">="), EXPR_GE, NULL},
        {STR_INIT("≥"), EXPR_GE, NULL},  {STR_INIT("!="), EXPR_NE, NULL}, {STR_INIT("≠"), EXPR_NE, NULL},
        {STR_INIT("="), EXPR_EQ, NULL},  {STR_INIT("<"), EXPR_LT, NULL},  {STR_INIT(">"), EXPR_GT, NULL}};
    size_t start = token_start(p), left_start = start;
    struct expr *left = read_sum(p), *chain = NULL;
    const struct infix *found;
    while (left && !is_misspelt(p) && (found = accept_infix(p, table, sizeof table / sizeof *table))) {
        size_t right_start = token_start(p);
        struct expr *right = read_sum(p);
        if (!right || !is_comparable(p, found->op, left, right))
            return NULL;
        struct expr *one = pair(p, found->op, left_start, left, right);
        chain = one && chain ? pair(p, EXPR_AND, start, chain, one) : one;
        if (!chain)
            return NULL;
        left = right;
        left_start = right_start;
    }
    if (!left || !read_within(p, chain))
        return NULL;
    return chain ? chain : left;
}

/* negation := "not" negation | comparison */
static struct expr *read_negation(struct parser *p)
{
    size_t start = token_start(p);
    if (!scan_accept_word(p, STR("not")))
        return read_comparison(p);
    struct expr *e = open_level(p) ? read_negation(p) : NULL;
    p->levels--;
    return e && is_condition(p, e, "not") ? pair(p, EXPR_NOT, start, e, NULL) : NULL;
}

/* conjunct := negation { "and" negation } */
static struct expr *read_conjunct(struct parser *p)
{
    static const struct infix table[] = {{STR_INIT("and"), EXPR_AND, NULL}};
    return read_level(p, table, 1, read_negation);
}

/* disjunct := conjunct { "or" conjunct } */
static struct expr *read_disjunct(struct parser *p)
{
    static const struct infix table[] = {{STR_INIT("or"), EXPR_OR, NULL}};
    return read_level(p, table, 1, read_conjunct);
}

/* check := "if" disjunct "then" disjunct | disjunct */
static struct expr *read_check(struct parser *p)
{
    size_t start = token_start(p);
    if (!scan_accept_word(p, STR("if")))
        return read_disjunct(p);
    struct expr *when = read_disjunct(p);
    if (!when || !is_condition(p, when, "if"))
        return NULL;
    if (!scan_accept_word(p, STR("then"))) {
        scan_expected(p, "an operator or 'then'");
        return NULL;
    }
    struct expr *then = read_disjunct(p);
    return then && is_condition(p, then, "then") ? pair(p, EXPR_IF, start, when, then) : NULL;
}

/* The whole text as one check. */
static struct expr *read_all(struct parser *p)
{
    struct expr *e = read_check(p);
    scan_blanks(p);
    if (e && p->at < p->text.len)
        scan_expected(p, "an operator");
    else if (e && !expr_is_logical(e))
        scan_fail(p, p->end, "a check compares: expected =, !=, <, <=, > or >=");
    return p->failed ? NULL : e;
}

struct expr *expr_parse(struct arena *arena, const struct lexicon *lexicon, struct str text, struct expr_error *error)
{
    struct parser literals = {.arena = arena, .lexicon = lexicon, .text = text, .error = error, .notations = true};
    struct parser names = {.arena = arena, .lexicon = lexicon, .text = text, .error = error};
    uint32_t ignored;
    for (size_t at = 0, length; at < text.len; at += length)
        if (!(length = utf8_decode(str_part(text, at, text.len), &ignored))) {
            scan_fail(&names, at, "not UTF-8");
            return NULL;
        }
    struct expr *e = read_all(&literals);
    return literals.named ? read_all(&names) : e;
}
