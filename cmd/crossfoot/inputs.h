/* inputs: paths made into dossiers, packs and shapes. What a JSON file is, its members tell; what a document is, its
 * name.
 *
 *     inputs_load_shape(&inputs, STR("bulletins.json"));
 *     inputs_load(&inputs, dossier, STR("editions/2024"));   // a folder: its datasets, packs, shapes and other JSON
 *     inputs_settle(&inputs);                                // all shapes are known: what is other JSON is shaped
 */
#ifndef CROSSFOOT_INPUTS_H
#define CROSSFOOT_INPUTS_H

#include "check/content.h"
#include "crossfoot/config.h"

struct inputs {
    struct arena *arena;
    struct problems *problems;
    struct settings *settings;
    struct pack_context packs_context;
    struct {
        const struct rule **items;
        size_t count, room;
    } rules; /* of every pack read so far, each pack once */
    struct shapes shapes;
    struct map packs, shape_files; /* read so far, by the file's real path */
    struct {
        struct other_json *items;
        size_t count, room;
    } others;                   /* JSON that is neither dataset nor pack nor shape */
    size_t datasets, documents; /* read so far */
    uint64_t hash;              /* of the text of packs and shapes, so far */
};

/* Nothing read yet. It borrows all that is given; `lang` of the packs is set once the configuration is read. */
struct inputs inputs_make(struct arena *arena, struct settings *settings, struct problems *problems,
                          struct patterns *patterns, struct lexicons *lexicons);

/* Reads a file, a folder with all below it, or "-". Datasets and documents go to the dossier, packs to the rules,
 * shapes to the shapes; other JSON waits for inputs_settle. Errors go to the problems. */
void inputs_load(struct inputs *inputs, struct dossier *dossier, struct str path);

/* Reads the packs and shapes of the command line and the configuration. */
void inputs_load_rules(struct inputs *inputs, const struct config *config);

/* Reads a pack, and those that it includes, once. A name ("style") that is no file is a pack that is built in. */
void inputs_load_pack(struct inputs *inputs, struct str path);

/* Reads the built-in packs of the languages of the dossier's documents; without a dossier, of all languages. */
void inputs_load_language_packs(struct inputs *inputs, const struct dossier *dossier);

/* Reads a shape, once. */
void inputs_load_shape(struct inputs *inputs, struct str path);

/* Shapes what is other JSON, by every shape that is for it. What none is for is an error; in a folder it is passed over
 * with a warning. Tells what shapes have not matched. */
void inputs_settle(struct inputs *inputs);

#endif
