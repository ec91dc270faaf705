/* config: crossfoot.json, found in the current folder or above it.
 *
 *     {"dossiers": "editions/202?", "shared": ["insee.json"], "rules": "rules/anct.json", "lang": "fr",
 *      "fail_on": "error", "rounding": "nearest"}
 */
#ifndef CROSSFOOT_CONFIG_H
#define CROSSFOOT_CONFIG_H

#include "crossfoot/options.h"

struct config {
    bool found;
    struct str folder;        /* its folder, as seen from the current one: "" or "../" … */
    struct str_list dossiers; /* matched files and folders; each one a dossier */
    struct str_list shared, rules, shapes;
    bool has_dossiers;
};

/* Finds and reads it, and fills settings that the command line leaves open. An error in it goes to the problems. */
void config_read(struct config *config, struct settings *settings, struct arena *arena, struct problems *problems);

#endif
