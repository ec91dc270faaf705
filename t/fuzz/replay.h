/* replay: what every fuzz target shares. With -DREPLAY a target is a program that reads the files it is given, for
 * those who have no libFuzzer, and for the seeds in `make check`. It reports in TAP and fails when a file cannot be
 * read. */
#ifndef FUZZ_REPLAY_H
#define FUZZ_REPLAY_H

#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#ifdef REPLAY
int main(int argc, char **argv)
{
    int status = 0;
    printf("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        struct arena arena = {0};
        struct diag diag = {.arena = &arena};
        struct source source;
        bool read = file_read(&arena, str_from(argv[i]), &source, &diag);
        if (read)
            LLVMFuzzerTestOneInput((const uint8_t *)source.bytes.ptr, source.bytes.len);
        printf("%s %d - %s\n", read ? "ok" : "not ok", i, argv[i]);
        fflush(stdout);
        status |= !read;
        arena_free(&arena);
    }
    return status;
}
#endif

#endif
