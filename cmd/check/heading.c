#include "check/heading.h"

#include "base/arena.h"

/* Headings are short; and headings of headings are few. Malice must not make either costly. */
enum { LONGEST = 200, DEEPEST = 8 };

static bool is_unit(const struct lexicon *lexicon, struct str text)
{
    struct unit unit;
    struct number scale;
    return text.len && lexicon_unit(lexicon, text, &unit, &scale) && unit.kind != UNIT_YEAR;
}

/* The longest unit that the text starts with and that ends at a space or with the text: "% du PIB", "euros constants".
 */
static struct str unit_at_start(const struct lexicon *lexicon, struct str text)
{
    for (size_t end = text.len; end > 0; end--) {
        struct str head = str_part(text, 0, end);
        if ((end == text.len || text.ptr[end] == ' ') && is_unit(lexicon, head))
            return head;
    }
    return STR("");
}

/* Words go on to other meanings ("Points de vente"), signs do not ("% du PIB", "M€ courants"). */
static bool has_sign(struct str text)
{
    static const struct str signs[] = {STR_INIT("%"), STR_INIT("‰"), STR_INIT("€"), STR_INIT("$"), STR_INIT("£")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_find(text, signs[i]) < text.len)
            return true;
    return false;
}

/* piece = [ words ] ( "en" | "in" ) unit [ words ] | unit-with-a-sign [ words ] | unit */
static struct str unit_of_piece(const struct lexicon *lexicon, struct str piece)
{
    static const struct str in[] = {STR_INIT("en "), STR_INIT("in ")};
    for (size_t at = 0; at < piece.len; at++)
        for (size_t i = 0; i < sizeof in / sizeof *in; i++) {
            struct str rest = str_part(piece, at, piece.len);
            if ((at && piece.ptr[at - 1] != ' ') || !str_starts(rest, in[i]))
                continue;
            struct str unit = unit_at_start(lexicon, str_trim(str_part(rest, in[i].len, rest.len)));
            if (unit.len)
                return unit;
        }
    struct str unit = unit_at_start(lexicon, piece);
    return unit.len == piece.len || has_sign(unit) ? unit : STR("");
}

/* The bytes of a mark that parts the pieces of a heading, at the start of the text; 0: there is none. */
static size_t mark_at(struct str text)
{
    static const struct str marks[] = {STR_INIT("("), STR_INIT(")"), STR_INIT("["),  STR_INIT("]"), STR_INIT(":"),
                                       STR_INIT(";"), STR_INIT(","), STR_INIT("\n"), STR_INIT("–"), STR_INIT("—")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(text, marks[i]))
            return marks[i].len;
    return 0;
}

/* heading = piece { mark piece }; the first piece with a unit counts. A letter on its own is the name of a column ("H",
 * "F"), no unit. */
struct str heading_unit(const struct lexicon *lexicon, struct str text)
{
    bool letter = text.len == 1 && (text.ptr[0] & 0x40);
    if (text.len > LONGEST || letter)
        return STR("");
    for (size_t at = 0, end = 0; at < text.len; at = end + mark_at(str_part(text, end, text.len))) {
        for (end = at; end < text.len && !mark_at(str_part(text, end, text.len));)
            end++;
        struct str unit = unit_of_piece(lexicon, str_trim(str_part(text, at, end)));
        if (unit.len)
            return unit;
    }
    return STR("");
}

/* The unit in the text of cell `at` of the table, or, behind the last cell, of its caption. */
static struct str unit_of(struct headings *h, size_t table, size_t at)
{
    const struct document *document = h->document;
    const struct table *t = &document->tables[table];
    if (!h->units)
        h->units = ARENA_ARRAY(h->arena, struct str *, document->table_count);
    if (!h->units[table])
        h->units[table] = ARENA_ARRAY(h->arena, struct str, t->cell_count + 1);
    struct str *unit = &h->units[table][at];
    if (!unit->ptr) {
        struct span span = {0, 0};
        if (at < t->cell_count)
            span = (struct span){t->cells[at].start, t->cells[at].end};
        else if (t->caption != DOCUMENT_NONE)
            span = (struct span){document->blocks[t->caption].start, document->blocks[t->caption].end};
        *unit = heading_unit(h->lexicon, str_part(document->text, span.start, span.end));
    }
    return *unit;
}

struct str headings_unit(struct headings *h, size_t table, size_t cell, bool caption)
{
    const struct table *t = &h->document->tables[table];
    size_t above = t->cells[cell].column_header, left = t->cells[cell].row_header;
    struct str unit = STR("");
    for (size_t i = 0; i < DEEPEST && !unit.len && above != DOCUMENT_NONE; i++, above = t->cells[above].column_header)
        unit = unit_of(h, table, above);
    for (size_t i = 0; i < DEEPEST && !unit.len && left != DOCUMENT_NONE; i++, left = t->cells[left].row_header)
        unit = unit_of(h, table, left);
    return unit.len || !caption ? unit : unit_of(h, table, t->cell_count);
}
