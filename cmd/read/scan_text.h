/* scan_text: the text of a string of a scan, for who brings the memory. Private to cmd/read/scan*.c.
 *
 *     struct str body = scan_body(&scan, at);
 *     char text[…];                                   // body.len bytes are always enough
 *     size_t length = scan_undo_escapes(body, text);
 */
#ifndef READ_SCAN_TEXT_H
#define READ_SCAN_TEXT_H

#include "read/scan.h"

/* What stands between the quotes of a string or key, as written. */
struct str scan_body(const struct scan *scan, size_t at);

/* Writes the text of such a body, its escapes undone, and says how many bytes that makes: never more than it has. */
size_t scan_undo_escapes(struct str body, char *out);

#endif
