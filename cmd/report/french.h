/* french: what the program says in English, in French: the catalogue of its messages.
 *
 *     french("\"%.*s\" should be %s")      // "« %1 » devrait être %2"
 */
#ifndef REPORT_FRENCH_H
#define REPORT_FRENCH_H

/* The French of a message's format, where %1 … %9 stand for its arguments, or of a word; NULL when there is none. */
const char *french(const char *english);

#endif
