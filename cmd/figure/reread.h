/* reread: another value in the place of a figure's.
 *
 *     struct reread *reread = reread_new(&arena, &reader, figure);
 *     if (reread && reread_value(reread, &scratch, STR("\"près de 43 M€\""), &other)) ...
 *
 * What else decides how the value is read (the dataset's language and rounding, the figure's unit and precision) is
 * that of the figure: `other` is what the dataset would have in its place.
 */
#ifndef FIGURE_REREAD_H
#define FIGURE_REREAD_H

#include "figure/dataset.h"

struct reread;

/* Gathers what decides. Borrows the figure, and with it its dataset; lives in the arena. NULL when that cannot be read:
 * the figure has an error. */
struct reread *reread_new(struct arena *arena, const struct dataset_reader *reader, const struct figure *figure);

/* Reads `json`, a JSON value with nothing around it. The figure lives in the arena and borrows the text; its place
 * means nothing. False when the value has an error. */
bool reread_value(const struct reread *reread, struct arena *arena, struct str json, struct figure *out);

#endif
