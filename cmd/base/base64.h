/* base64: bytes as text that JSON can hold (RFC 4648, with padding).
 *
 *     char text[BASE64_LENGTH(3)];
 *     base64_write(STR("abc"), text);                  // "YWJj", no NUL behind it
 *     base64_read((struct str){text, 4}, bytes, &n)    // n is 3
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/str.h"

#define BASE64_LENGTH(bytes) (((bytes) + 2) / 3 * 4)

void base64_write(struct str bytes, char *text);

/* `bytes` has room for 3 bytes for each 4 of the text. False when the text is no base64. */
bool base64_read(struct str text, char *bytes, size_t *count);

#endif
