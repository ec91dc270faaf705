/* across_series: is a figure one of a series that only grows? What across_figure.c asks. Inside cmd/batch only.
 *
 *     across_is_cumulative(&arena, &series, figure)         // "projets soutenus depuis 2019": true
 */
#ifndef BATCH_ACROSS_SERIES_H
#define BATCH_ACROSS_SERIES_H

#include "batch/across_figure.h"

/* See across_figure.h for what makes a figure cumulative. */
bool across_is_cumulative(struct arena *arena, const struct map *series, const struct figure *figure);

#endif
