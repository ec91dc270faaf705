#include "base/buf.h"
#include "rule/expr_scan.h"

/* How strongly an operator binds; a part that binds less than its place asks for stands in parentheses. */
enum strength {
    STRENGTH_CHECK,
    STRENGTH_OR,
    STRENGTH_AND,
    STRENGTH_NOT,
    STRENGTH_COMPARISON,
    STRENGTH_SUM,
    STRENGTH_PRODUCT,
    STRENGTH_FACTOR
};

static void write_part(struct buf *out, const struct expr *e, enum strength least);

/* a <= b <= c: the comparison on the right goes on with the very node where the left one ended. */
static bool is_chain(const struct expr *e)
{
    if (e->op != EXPR_AND || !expr_is_comparison(e->args[1]))
        return false;
    const struct expr *left = e->args[0];
    if (is_chain(left))
        left = left->args[1];
    return expr_is_comparison(left) && left->args[1] == e->args[1]->args[0] && left->within == e->args[1]->within;
}

static enum strength strength_of(const struct expr *e)
{
    switch (e->op) {
    case EXPR_IF:
        return STRENGTH_CHECK;
    case EXPR_OR:
        return STRENGTH_OR;
    case EXPR_AND:
        return is_chain(e) ? STRENGTH_COMPARISON : STRENGTH_AND;
    case EXPR_NOT:
        return STRENGTH_NOT;
    case EXPR_EQ:
    case EXPR_NE:
    case EXPR_LT:
    case EXPR_LE:
    case EXPR_GT:
    case EXPR_GE:
        return STRENGTH_COMPARISON;
    case EXPR_ADD:
    case EXPR_SUB:
        return STRENGTH_SUM;
    case EXPR_MUL:
    case EXPR_DIV:
        return STRENGTH_PRODUCT;
    case EXPR_NEG:
    case EXPR_LITERAL:
    case EXPR_NOTATION:
    case EXPR_TEXT:
    case EXPR_NAME:
    case EXPR_DIM:
    case EXPR_CALL:
        break;
    }
    return STRENGTH_FACTOR;
}

/* A text of a check never holds the quote it stands in, so one of the two always fits. */
static void write_quoted(struct buf *out, struct str text)
{
    char quote = str_find(text, STR("\"")) == text.len ? '"' : '\'';
    buf_add_char(out, quote);
    buf_add(out, text);
    buf_add_char(out, quote);
}

static void write_backquoted(struct buf *out, struct str name, bool bare)
{
    struct str mark = bare ? STR("") : STR("`");
    buf_add(out, mark);
    buf_add(out, name);
    buf_add(out, mark);
}

static void write_dim(struct buf *out, struct str dim)
{
    write_backquoted(out, dim, dim.len && scan_word(dim) == dim.len);
}

static void write_at_dim(struct buf *out, struct str dim)
{
    buf_add_char(out, '@');
    write_dim(out, dim);
}

static void write_name(struct buf *out, const struct expr *e)
{
    bool bare = !e->quoted && e->text.len && scan_name(e->text) == e->text.len && !scan_is_reserved(e->text);
    write_backquoted(out, e->text, bare);
    for (size_t i = 0; i < e->selector_count; i++) {
        struct str value = e->selectors[i].value;
        buf_add(out, i ? STR(", ") : STR("["));
        write_dim(out, e->selectors[i].dim);
        buf_add_char(out, '=');
        if (value.len && scan_word(value) == value.len)
            buf_add(out, value);
        else
            write_quoted(out, value);
    }
    if (e->selector_count)
        buf_add_char(out, ']');
}

static void write_call(struct buf *out, const struct expr *e)
{
    buf_add(out, expr_function_name(e->function));
    buf_add_char(out, '(');
    for (size_t i = 0; i < e->arg_count; i++) {
        buf_add(out, i ? STR("; ") : STR(""));
        write_part(out, e->args[i], STRENGTH_SUM);
    }
    for (size_t i = 0; i < e->over_count; i++) {
        buf_add(out, i ? STR(", ") : STR(" over "));
        write_dim(out, e->over[i]);
    }
    buf_add_char(out, ')');
}

/* As it was written, if it was: a unit's symbol need not be a word of the lexicon's language. */
static void write_literal(struct buf *out, const struct expr *e)
{
    if (e->text.len) {
        buf_add(out, e->text);
        return;
    }
    buf_add(out, number_write(out->arena, e->number));
    if (e->unit.symbol.len)
        buf_addf(out, " %.*s", STR_ARG(e->unit.symbol));
}

/* The operands of operators of one level stand from left to right: the right one binds more. */
static void write_infix(struct buf *out, const struct expr *e, enum strength strength)
{
    write_part(out, e->args[0], strength);
    buf_addf(out, " %.*s ", STR_ARG(expr_op_symbol(e->op)));
    write_part(out, e->args[1], strength + 1);
}

static void write_chain(struct buf *out, const struct expr *e)
{
    const struct expr *last = e;
    if (e->op == EXPR_AND) {
        last = e->args[1];
        write_chain(out, e->args[0]);
    } else {
        write_part(out, e->args[0], STRENGTH_SUM);
    }
    buf_addf(out, " %.*s ", STR_ARG(expr_op_symbol(last->op)));
    write_part(out, last->args[1], STRENGTH_SUM);
}

static void write_comparison(struct buf *out, const struct expr *e)
{
    const struct expr *within = (e->op == EXPR_AND ? e->args[1] : e)->within;
    write_chain(out, e);
    if (within) {
        buf_add(out, STR(" within "));
        write_part(out, within, STRENGTH_SUM);
    }
}

static void write_prefix(struct buf *out, struct str word, const struct expr *e, enum strength strength)
{
    buf_add(out, word);
    write_part(out, e->args[0], strength);
}

static void write_if(struct buf *out, const struct expr *e)
{
    write_prefix(out, STR("if "), e, STRENGTH_OR);
    buf_add(out, STR(" then "));
    write_part(out, e->args[1], STRENGTH_OR);
}

static void write_node(struct buf *out, const struct expr *e)
{
    if (e->op == EXPR_LITERAL)
        write_literal(out, e);
    else if (e->op == EXPR_NOTATION)
        buf_add(out, e->text);
    else if (e->op == EXPR_TEXT)
        write_quoted(out, e->text);
    else if (e->op == EXPR_NAME)
        write_name(out, e);
    else if (e->op == EXPR_DIM)
        write_at_dim(out, e->text);
    else if (e->op == EXPR_CALL)
        write_call(out, e);
    else if (e->op == EXPR_NEG) /* "-5" would be the sign of a notation */
        write_prefix(out, e->args[0]->op == EXPR_NOTATION ? STR("- ") : STR("-"), e, STRENGTH_FACTOR);
    else if (e->op == EXPR_NOT)
        write_prefix(out, STR("not "), e, STRENGTH_NOT);
    else if (e->op == EXPR_IF)
        write_if(out, e);
    else if (expr_is_comparison(e) || is_chain(e))
        write_comparison(out, e);
    else
        write_infix(out, e, strength_of(e));
}

static void write_part(struct buf *out, const struct expr *e, enum strength least)
{
    bool parentheses = strength_of(e) < least;
    buf_add(out, parentheses ? STR("(") : STR(""));
    write_node(out, e);
    buf_add(out, parentheses ? STR(")") : STR(""));
}

struct str expr_write(struct arena *arena, const struct expr *expr)
{
    struct buf out = {.arena = arena};
    write_part(&out, expr, STRENGTH_CHECK);
    return buf_str(&out);
}
