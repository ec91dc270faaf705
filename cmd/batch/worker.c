#include "batch/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

static bool read_all(int file, void *to, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t got = read(file, (char *)to + done, length - done);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

static bool write_all(int file, const void *from, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t put = write(file, (const char *)from + done, length - done);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        done += (size_t)put;
    }
    return true;
}

/* A worker lives until its parent closes the pipe, or is gone. */
static void work(int orders, int answers, const struct pool_options *options, const struct slots *slots)
{
    struct order order;
    struct judge *judge = judge_new(options->judging, options->lines, options->out_of_memory);
    while (read_all(orders, &order, sizeof order)) {
        struct str bytes = judge_parcel(judge, slot_at(slots, order.slot), order.from, order.to);
        struct answer head = {order.slot, bytes.len};
        if (!write_all(answers, &head, sizeof head) || !write_all(answers, bytes.ptr, bytes.len))
            break;
    }
    judge_free(judge);
}

/* Bytes that the process has mapped for itself already, as RLIMIT_DATA counts them; 0 where the system does not say. */
static size_t data_now(void)
{
    char text[256];
    size_t pages[6] = {0};
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? 0 : read(file, text, sizeof text - 1);
    if (file >= 0)
        close(file);
    text[got > 0 ? got : 0] = '\0';
    char *at = text;
    for (size_t i = 0; i < 6; i++)
        pages[i] = strtoul(at, &at, 10);
    return pages[5] * (size_t)sysconf(_SC_PAGESIZE);
}

static void become_worker(const struct pool_options *options)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (options->memory) {
        size_t most = data_now() + options->memory;
        const struct rlimit limit = {most, most};
        setrlimit(RLIMIT_DATA, &limit);
    }
    /* What is loaded late, such as a lexicon, lies in the arena of the run. */
    options->judging->options.lexicons->arena->out_of_memory = options->out_of_memory;
}

bool worker_fork(struct worker *worker, const struct pool_options *options, const struct slots *slots,
                 const struct worker *others, size_t other_count, struct diag *diag)
{
    int orders[2], answers[2];
    if (pipe2(orders, O_CLOEXEC))
        return diag_about(diag, STR(""), "no pipe can be made: %s", strerror(errno));
    if (pipe2(answers, O_CLOEXEC)) {
        diag_about(diag, STR(""), "no pipe can be made: %s", strerror(errno));
        close(orders[0]);
        close(orders[1]);
        return false;
    }
    pid_t process = fork();
    if (!process) {
        become_worker(options);
        close(orders[1]);
        close(answers[0]);
        for (size_t i = 0; i < other_count; i++)
            if (others[i].process) {
                close(others[i].orders);
                close(others[i].answers);
            }
        work(orders[0], answers[1], options, slots);
        options->leave(0);
    }
    int error = errno;
    close(orders[0]);
    close(answers[1]);
    *worker = (struct worker){
        .process = process, .orders = orders[1], .answers = answers[0], .bytes = worker->bytes, .room = worker->room};
    fcntl(worker->answers, F_SETFL, O_NONBLOCK);
    if (process > 0)
        return true;
    close(worker->orders);
    close(worker->answers);
    worker->process = 0;
    return diag_about(diag, STR(""), "no process can be started: %s", strerror(error));
}

bool worker_send(struct worker *worker, const struct order *order)
{
    return write_all(worker->orders, order, sizeof *order);
}

/* Room for the answer that the head announces. */
static bool make_room(struct worker *worker)
{
    if (worker->head.length <= worker->room)
        return true;
    free(worker->bytes);
    worker->room = worker->head.length + worker->head.length / 2;
    worker->bytes = malloc(worker->room);
    return worker->bytes;
}

enum worker_event worker_read(struct worker *worker)
{
    for (;;) {
        bool in_head = worker->got < sizeof worker->head;
        if (!in_head && worker->got == sizeof worker->head + worker->head.length) {
            worker->got = 0;
            return WORKER_ANSWERED;
        }
        if (!in_head && !make_room(worker))
            return WORKER_GONE;
        char *to = in_head ? (char *)&worker->head + worker->got : worker->bytes + (worker->got - sizeof worker->head);
        size_t most = sizeof worker->head + (in_head ? 0 : worker->head.length) - worker->got;
        ssize_t got = read(worker->answers, to, most);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return WORKER_QUIET;
        if (got <= 0)
            return WORKER_GONE;
        worker->got += (size_t)got;
    }
}

int worker_bury(struct worker *worker)
{
    int status = 0;
    /* It may have closed its pipes and still be there. */
    kill(worker->process, SIGKILL);
    while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR)
        continue;
    close(worker->orders);
    close(worker->answers);
    worker->process = 0;
    worker->got = 0;
    return status;
}
