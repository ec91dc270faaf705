/* A peer for the bench of `crossfoot batch`: jansson's tree of each line of an NDJSON file, and nothing done with it.
 *
 *     usage: load_jansson FILE
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <jansson.h>

int main(int argc, char **argv)
{
    struct stat file;
    int descriptor = argc == 2 ? open(argv[1], O_RDONLY) : -1;
    if (descriptor < 0 || fstat(descriptor, &file))
        return 2;
    const char *bytes = mmap(NULL, (size_t)file.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED)
        return 2;
    for (const char *at = bytes, *end = bytes + file.st_size; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        json_t *tree = json_loadb(at, (size_t)((stop ? stop : end) - at), 0, NULL);
        if (!tree)
            return 1;
        json_decref(tree);
        at = stop ? stop + 1 : end;
    }
    return 0;
}
