#include "read/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* A member may always be this much larger than its limit: what is small is no bomb, and libarchive reads ahead. */
enum { RATIO_SLACK = 64 * 1024, BLOCK = 128 * 1024 };

/* The functions of libarchive that are used here. */
#define FUNCTIONS(X)                                                                                                   \
    X(archive_read_new)                                                                                                \
    X(archive_read_free)                                                                                               \
    X(archive_read_support_filter_all)                                                                                 \
    X(archive_read_support_format_7zip)                                                                                \
    X(archive_read_support_format_ar)                                                                                  \
    X(archive_read_support_format_cab)                                                                                 \
    X(archive_read_support_format_cpio)                                                                                \
    X(archive_read_support_format_empty)                                                                               \
    X(archive_read_support_format_iso9660)                                                                             \
    X(archive_read_support_format_rar)                                                                                 \
    X(archive_read_support_format_rar5)                                                                                \
    X(archive_read_support_format_raw)                                                                                 \
    X(archive_read_support_format_tar)                                                                                 \
    X(archive_read_support_format_xar)                                                                                 \
    X(archive_read_support_format_zip)                                                                                 \
    X(archive_read_set_callback_data)                                                                                  \
    X(archive_read_set_read_callback)                                                                                  \
    X(archive_read_set_seek_callback)                                                                                  \
    X(archive_read_open1)                                                                                              \
    X(archive_read_next_header)                                                                                        \
    X(archive_read_data)                                                                                               \
    X(archive_filter_bytes)                                                                                            \
    X(archive_format)                                                                                                  \
    X(archive_error_string)                                                                                            \
    X(archive_clear_error)                                                                                             \
    X(archive_entry_pathname_utf8)                                                                                     \
    X(archive_entry_pathname)                                                                                          \
    X(archive_entry_filetype)                                                                                          \
    X(archive_entry_hardlink)                                                                                          \
    X(archive_entry_size)                                                                                              \
    X(archive_entry_size_is_set)

/* As a struct of pointers, so that calls read as they would were the library linked. */
struct library {
#define AS_POINTER(function) __typeof__(&function) function;
    FUNCTIONS(AS_POINTER)
#undef AS_POINTER
};

struct unpacker {
    struct library lib;
    struct arena scratch; /* the name of the member; emptied at the next one */
    struct archive *archive;
    struct feed feed;
    struct diag feed_diag; /* why the feed failed: libarchive only knows that it did */
    struct str name;
    struct unpack_limits limits;
    size_t total;           /* bytes that came out of all members */
    size_t member;          /* … out of this one */
    bool raw;               /* a compressed file, not an archive */
    bool over;              /* nothing more can be read: that has been told */
    size_t packed_at_start; /* bytes of the archive that had been read when it began */
    char block[BLOCK];
};

static bool load_library(struct library *lib, struct str name, struct diag *diag)
{
    void *handle = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return diag_about(diag, name, "archives cannot be read: libarchive is not installed");
    bool complete = true;
#define FIND(function)                                                                                                 \
    {                                                                                                                  \
        void *symbol = dlsym(handle, #function);                                                                       \
        memcpy(&lib->function, &symbol, sizeof symbol);                                                                \
        complete &= symbol != NULL;                                                                                    \
    }
    FUNCTIONS(FIND)
#undef FIND
    return complete || diag_about(diag, name, "archives cannot be read: this libarchive is too old");
}

static la_ssize_t read_block(struct archive *archive, void *data, const void **block)
{
    struct unpacker *unpacker = data;
    size_t got = 0;
    (void)archive;
    *block = unpacker->block;
    if (!unpacker->feed.read(unpacker->feed.from, unpacker->block, BLOCK, &got, &unpacker->feed_diag))
        return ARCHIVE_FATAL;
    return (la_ssize_t)got;
}

static la_int64_t seek_block(struct archive *archive, void *data, la_int64_t offset, int whence)
{
    struct unpacker *unpacker = data;
    (void)archive;
    int64_t reached = unpacker->feed.seek(unpacker->feed.from, (int64_t)offset, whence);
    return reached < 0 ? ARCHIVE_FATAL : reached;
}

/* What went wrong, in libarchive's words where the feed is not to blame. */
static bool fail(struct unpacker *unpacker, struct diag *diag)
{
    const char *why = unpacker->lib.archive_error_string(unpacker->archive);
    struct str reason = str_copy(diag->arena, str_from(why ? why : "it is damaged"));
    if (unpacker->feed_diag.failed)
        reason = str_copy(diag->arena, unpacker->feed_diag.message.text);
    return diag_about(diag, unpacker->name, "the archive cannot be read: %.*s", STR_ARG(reason));
}

bool unpacker_open(struct unpacker **out, struct arena *arena, struct feed feed, struct str name, bool alone,
                   const struct unpack_limits *limits, struct diag *diag)
{
    struct unpacker *u = *out = ARENA_NEW(arena, struct unpacker);
    u->scratch.out_of_memory = arena->out_of_memory;
    u->feed = feed;
    u->feed_diag.arena = arena;
    u->name = name;
    u->limits = *limits;
    if (!load_library(&u->lib, name, diag))
        return false;
    const struct library *lib = &u->lib;
    struct archive *archive = u->archive = lib->archive_read_new();
    if (!archive)
        return diag_about(diag, name, "out of memory");
    /* Those that one compressed file needs come first. */
    enum { ALONE = 3 };
    int (*const supports[])(struct archive *) = {
        lib->archive_read_support_filter_all,   lib->archive_read_support_format_raw,
        lib->archive_read_support_format_empty, lib->archive_read_support_format_7zip,
        lib->archive_read_support_format_ar,    lib->archive_read_support_format_cab,
        lib->archive_read_support_format_cpio,  lib->archive_read_support_format_rar,
        lib->archive_read_support_format_rar5,  lib->archive_read_support_format_iso9660,
        lib->archive_read_support_format_tar,   lib->archive_read_support_format_xar,
        lib->archive_read_support_format_zip,
    };
    for (size_t i = 0; i < (alone ? ALONE : sizeof supports / sizeof *supports); i++)
        supports[i](archive);
    lib->archive_read_set_callback_data(archive, u);
    lib->archive_read_set_read_callback(archive, read_block);
    if (feed.seek)
        lib->archive_read_set_seek_callback(archive, seek_block);
    return lib->archive_read_open1(archive) == ARCHIVE_OK || fail(u, diag);
}

/* Does the name lead elsewhere: "/etc/x", "../x", "a/../../x"? */
static bool is_unsafe(struct str name)
{
    bool up = !name.len || name.ptr[0] == '/' || name.ptr[0] == '\\';
    while (name.len)
        up |= str_equal(str_cut(&name, STR("/")), STR(".."));
    return up;
}

/* A name that is safe to show. "./" at its start says nothing. */
static struct str shown_name(struct arena *arena, const char *text)
{
    struct str name = str_from(text ? text : "?");
    while (str_starts(name, STR("./")) && name.len > 2)
        name = str_part(name, 2, name.len);
    char *copy = (char *)arena_copy(arena, name.ptr, name.len);
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)copy[i] < 0x20 || copy[i] == 0x7f)
            copy[i] = '?';
    return (struct str){copy, name.len};
}

/* The C locale has no other letters than ASCII's: other names are asked for as UTF-8, which costs more than to unpack a
 * small member, and else taken as the bytes that they are. */
static const char *name_of(const struct library *lib, struct archive_entry *entry)
{
    const char *name = lib->archive_entry_pathname(entry);
    const char *p = name;
    while (p && *p && !(*p & 0x80))
        p++;
    const char *utf8 = p && !*p ? NULL : lib->archive_entry_pathname_utf8(entry);
    return utf8 ? utf8 : name;
}

bool unpacker_next(struct unpacker *u, struct packed_member *member, struct diag *diag)
{
    const struct library *lib = &u->lib;
    struct archive_entry *entry;
    int result;
    arena_reset(&u->scratch);
    if (u->over)
        return false;
    while ((result = lib->archive_read_next_header(u->archive, &entry)) == ARCHIVE_RETRY)
        continue;
    if (result == ARCHIVE_EOF)
        return false;
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
        return fail(u, diag);
    const char *name = name_of(lib, entry);
    bool raw = u->raw = (lib->archive_format(u->archive) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_RAW;
    *member = (struct packed_member){
        .regular = raw || (lib->archive_entry_filetype(entry) == AE_IFREG && !lib->archive_entry_hardlink(entry)),
        .unsafe = !raw && is_unsafe(str_from(name ? name : "?")),
        .name = raw ? STR("") : shown_name(&u->scratch, name)};
    if (lib->archive_entry_size_is_set(entry))
        member->size = (size_t)lib->archive_entry_size(entry);
    lib->archive_clear_error(u->archive);
    u->member = 0;
    u->packed_at_start = (size_t)lib->archive_filter_bytes(u->archive, -1);
    return true;
}

bool unpacker_read(struct unpacker *u, char *to, size_t room, size_t *got, struct diag *diag)
{
    la_ssize_t bytes;
    while ((bytes = u->lib.archive_read_data(u->archive, to, room)) == ARCHIVE_RETRY)
        continue;
    *got = bytes > 0 ? (size_t)bytes : 0;
    u->over = bytes == ARCHIVE_FATAL;
    if (bytes < 0)
        return fail(u, diag);
    u->total += *got;
    u->member += *got;
    size_t packed = (size_t)u->lib.archive_filter_bytes(u->archive, -1) - u->packed_at_start;
    bool much = u->limits.total && u->total > u->limits.total;
    bool bomb = u->limits.ratio && u->member / u->limits.ratio > packed + RATIO_SLACK;
    /* What is left of one compressed file is more of the same. */
    u->over = much || (bomb && u->raw);
    if (much)
        return diag_about(diag, u->name, "more than %zu bytes come out of this archive (--max-total)", u->limits.total);
    return !bomb ||
           diag_about(diag, u->name, "it grows to more than %zu times its size (--max-ratio)", u->limits.ratio);
}

void unpacker_close(struct unpacker *u)
{
    if (!u)
        return;
    if (u->archive)
        u->lib.archive_read_free(u->archive);
    arena_free(&u->scratch);
}

/* The endings of names, and which of them are a compression alone. */
static const struct {
    struct str ending;
    bool alone;
} endings[] = {
    {STR_INIT(".tar"), false},  {STR_INIT(".tgz"), false}, {STR_INIT(".tbz2"), false}, {STR_INIT(".txz"), false},
    {STR_INIT(".tzst"), false}, {STR_INIT(".zip"), false}, {STR_INIT(".7z"), false},   {STR_INIT(".ar"), false},
    {STR_INIT(".cpio"), false}, {STR_INIT(".rar"), false}, {STR_INIT(".cab"), false},  {STR_INIT(".xar"), false},
    {STR_INIT(".iso"), false},  {STR_INIT(".gz"), true},   {STR_INIT(".zst"), true},   {STR_INIT(".xz"), true},
    {STR_INIT(".bz2"), true},   {STR_INIT(".lz4"), true},  {STR_INIT(".lz"), true},    {STR_INIT(".lzma"), true},
    {STR_INIT(".Z"), true},
};

bool is_packed(struct str name, struct str head)
{
    static const struct str magics[] = {
        STR_INIT("\x1f\x8b"),
        STR_INIT("\x28\xb5\x2f\xfd"),
        STR_INIT("\xfd"
                 "7zXZ"),
        STR_INIT("BZh"),
        STR_INIT("PK\x03\x04"),
        STR_INIT("PK\x05\x06"),
        STR_INIT("7z\xbc\xaf"),
        STR_INIT("!<arch>\n"),
        STR_INIT("Rar!"),
        STR_INIT("\x04\x22\x4d\x18"),
        STR_INIT("LZIP"),
        STR_INIT("070701"),
    };
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (str_starts(head, magics[i]))
            return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_ends(name, endings[i].ending))
            return true;
    enum { TAR_MAGIC = 257 };
    return str_starts(str_part(head, TAR_MAGIC, head.len), STR("ustar"));
}

bool is_read_from_end(struct str head)
{
    return str_starts(head, STR("PK\x03\x04")) || str_starts(head, STR("7z\xbc\xaf"));
}

struct str unpacked_name(struct str name)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (endings[i].alone && str_ends(name, endings[i].ending))
            return str_part(name, 0, name.len - endings[i].ending.len);
    return name;
}
