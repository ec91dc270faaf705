/* crossfoot merge: the reports of all shards of a run made one. */
#include "batch/merge.h"

#include "crossfoot/outcome.h"

int command_merge(struct arena *arena, struct settings *settings)
{
    struct diag diag = {.arena = arena};
    struct results *results;
    int status = EXIT_INPUT;
    if (!settings->paths.count)
        diag_at(&diag, NULL, 0, "nothing to merge: name the reports of all shards");
    else if (merge_open(arena, settings->paths.items, settings->paths.count, STR(CROSSFOOT_VERSION), &results, &diag)) {
        struct outcome *outcome = outcome_new(arena, settings, results);
        status = outcome_write(outcome, &diag) ? outcome_status(outcome) : EXIT_UNFINISHED;
        results_close(results);
    }
    if (diag.failed)
        complain(settings, &diag);
    return status;
}
