/* html: what the files of the HTML reader share. Only for cmd/read/html*.c.
 *
 *     struct str tame = html_tame(&arena, page);       // the page without traps for gumbo
 */
#ifndef READ_HTML_H
#define READ_HTML_H

#include "base/str.h"

/* A copy of the page that gumbo reads in linear time: see html_tame.c. Text stands where it stood; a tag that never
 * ends is cut off. */
struct str html_tame(struct arena *arena, struct str html);

#endif
