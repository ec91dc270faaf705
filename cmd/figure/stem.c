#include "figure/stem.h"

#include <libstemmer.h>

#include "base/arena.h"
#include "base/buf.h"

struct stemmer {
    struct sb_stemmer *snowball; /* NULL: none for this language, or no memory */
};

struct stemmer *stemmer_open(struct arena *arena, struct str lang)
{
    struct stemmer *stemmer = ARENA_NEW(arena, struct stemmer);
    struct str rest = lang;
    stemmer->snowball = sb_stemmer_new(str_z(arena, str_cut(&rest, STR("-"))), "UTF_8");
    return stemmer;
}

/* The letter without its accent: of the Latin letters that French and English write, lower case. */
static struct str plain_letter(uint32_t code)
{
    static const struct {
        uint32_t first, last;
        struct str plain;
    } LETTERS[] = {{0xE0, 0xE5, STR_INIT("a")},   {0xE6, 0xE6, STR_INIT("ae")}, {0xE7, 0xE7, STR_INIT("c")},
                   {0xE8, 0xEB, STR_INIT("e")},   {0xEC, 0xEF, STR_INIT("i")},  {0xF1, 0xF1, STR_INIT("n")},
                   {0xF2, 0xF6, STR_INIT("o")},   {0xF9, 0xFC, STR_INIT("u")},  {0xFD, 0xFD, STR_INIT("y")},
                   {0x153, 0x153, STR_INIT("oe")}};
    for (size_t i = 0; i < sizeof LETTERS / sizeof *LETTERS; i++)
        if (code >= LETTERS[i].first && code <= LETTERS[i].last)
            return LETTERS[i].plain;
    return (struct str){0};
}

static struct str without_accents(struct arena *arena, struct str word)
{
    struct buf out = {.arena = arena};
    uint32_t code;
    for (size_t at = 0, bytes; at < word.len; at += bytes) {
        bytes = utf8_decode(str_part(word, at, word.len), &code);
        bytes += !bytes;
        struct str plain = plain_letter(code);
        buf_add(&out, plain.len ? plain : str_part(word, at, at + bytes));
    }
    return buf_str(&out);
}

struct str stemmer_stem(struct stemmer *stemmer, struct arena *arena, struct str word)
{
    const sb_symbol *stem = stemmer->snowball && word.len
                                ? sb_stemmer_stem(stemmer->snowball, (const sb_symbol *)word.ptr, (int)word.len)
                                : NULL;
    if (stem)
        word = (struct str){(const char *)stem, (size_t)sb_stemmer_length(stemmer->snowball)};
    return without_accents(arena, word);
}

void stemmer_close(struct stemmer *stemmer) { sb_stemmer_delete(stemmer->snowball); }
