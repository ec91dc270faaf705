/* encoding: bytes of any of the usual encodings as UTF-8, with the way back.
 *
 *     struct decoded decoded;
 *     if (encoding_decode(&arena, &source, STR(""), true, &decoded, &diag))
 *         ... decoded.text; decoded_offset(&decoded, 10) is where its byte 10 stands in the source ...
 *
 * What an input is encoded in is told, in this order, by its byte order mark, by the user, by the document itself
 * (HTML's meta, XML's declaration), as in https://encoding.spec.whatwg.org and the HTML standard; else it is guessed:
 * UTF-16 when every other byte is zero, UTF-8 when most of what is not ASCII is UTF-8, else Windows-1252. A document
 * that calls itself UTF-8 but is not is guessed too.
 */
#ifndef READ_ENCODING_H
#define READ_ENCODING_H

#include "base/diag.h"

enum encoding { ENCODING_UTF_8, ENCODING_UTF_16LE, ENCODING_UTF_16BE, ENCODING_WINDOWS_1252, ENCODING_ISO_8859_15 };

struct decoded {
    struct str text;   /* UTF-8 without byte order mark; borrows the source's bytes when they are that already */
    struct str source; /* the bytes that were decoded */
    enum encoding encoding;
    bool guessed;                /* nothing and nobody told the encoding, and the input is not plain UTF-8 */
    size_t malformed;            /* characters that are not of that encoding, and are U+FFFD in the text */
    struct encoding_mark *marks; /* where some bytes of the text stand in the source, in order */
    size_t mark_count;           /* 0: text and source are the same bytes, but for a byte order mark */
};

struct encoding_mark {
    size_t text, source;
};

/* Decodes the source. `name`: what the user says it is ("latin1", "utf-8", any label of those that HTML knows for
 * the encodings above), or empty. `markup`: look for what HTML or XML declares. The text lives in the arena. Fails
 * when the name is unknown: the message lists those that are known. */
bool encoding_decode(struct arena *arena, const struct source *source, struct str name, bool markup,
                     struct decoded *out, struct diag *diag);

/* Where byte `offset` of the text stands in the source: the start of its character, or the source's end. */
size_t decoded_offset(const struct decoded *decoded, size_t offset);

/* "UTF-8", "Windows-1252" …: for messages. */
const char *encoding_name(enum encoding encoding);

/* The code point of a byte in Windows-1252, as in https://encoding.spec.whatwg.org/index-windows-1252.txt. */
uint32_t encoding_windows_1252(unsigned char byte);

#endif
