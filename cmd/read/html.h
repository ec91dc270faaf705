/* html: what the files of the HTML reader share. Only for cmd/read/html*.c.
 *
 *     struct str tame = html_tame(&arena, page);       // as long as the page, and no trap for gumbo
 */
#ifndef READ_HTML_H
#define READ_HTML_H

#include "base/str.h"

/* A copy of the page that gumbo reads in linear time: see html_tame.c. Text stands where it stood. */
struct str html_tame(struct arena *arena, struct str html);

#endif
