/* inputs: paths made into dossiers and packs. What a JSON file is, its members tell.
 *
 *     inputs_load(&inputs, STR("editions/2024"), true);   // a folder: its datasets and packs
 */
#ifndef CROSSFOOT_INPUTS_H
#define CROSSFOOT_INPUTS_H

#include "check/dossier.h"
#include "crossfoot/options.h"

struct inputs {
    struct arena *arena;
    struct problems *problems;
    struct settings *settings;
    struct pack_context packs_context;
    struct {
        const struct rule **items;
        size_t count, room;
    } rules;          /* of every pack read so far, each pack once */
    struct map packs; /* read so far, by the file's real path */
    size_t datasets;  /* read so far */
};

/* Reads a file, a folder with all below it, or "-". Datasets go to the dossier, packs to the rules. Errors go to the
 * problems. In a folder, JSON that is neither is passed over, with a warning. */
void inputs_load(struct inputs *inputs, struct dossier *dossier, struct str path);

/* Reads a pack, and those that it includes, once. */
void inputs_load_pack(struct inputs *inputs, struct str path);

#endif
