/*
 * Preloaded into a process by tests: makes the k-th write to some files, or the k-th sync of them, go wrong, below
 * everything that the program knows. From the environment:
 *
 *   FAULT_FILES the files, by their paths, each but the first behind a colon
 *   FAULT_ON    "write" or "sync"
 *   FAULT_AT    k, from 1
 *   FAULT_KIND  an error number; "short"; or, for a process killed inside the write, "first", "half" or "all-but-one"
 *               byte(s) written before
 *
 * Says "fault" on standard error when it has happened. Only the calls are here that Node makes; any other that reaches
 * one of the files ends the process loudly, so that no test passes because it looked past a write.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_int seen;

static int is_one_of_them(int fd) {
  const char *paths = getenv("FAULT_FILES");
  struct stat opened, named;
  if (!paths || fstat(fd, &opened) != 0) return 0;
  char list[strlen(paths) + 1], *rest;
  for (char *path = strtok_r(strcpy(list, paths), ":", &rest); path; path = strtok_r(NULL, ":", &rest)) {
    if (stat(path, &named) == 0 && opened.st_ino == named.st_ino && opened.st_dev == named.st_dev) return 1;
  }
  return 0;
}

static const char *fault_in(const char *operation, int fd) {
  const char *on = getenv("FAULT_ON");
  if (!on || strcmp(on, operation) != 0 || !is_one_of_them(fd)) return NULL;
  if (atomic_fetch_add(&seen, 1) + 1 != atoi(getenv("FAULT_AT"))) return NULL;
  ssize_t (*say)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  say(STDERR_FILENO, "fault\n", 6);
  return getenv("FAULT_KIND");
}

typedef ssize_t (*positioned)(int, const void *, size_t, off_t);

static ssize_t write_at(int fd, const void *bytes, size_t count, off_t offset) {
  positioned real = (positioned)dlsym(RTLD_NEXT, "pwrite64");
  const char *kind = fault_in("write", fd);
  if (!kind) return real(fd, bytes, count, offset);
  if (strcmp(kind, "short") == 0) return real(fd, bytes, count / 2, offset);
  if (atoi(kind) > 0) {
    errno = atoi(kind);
    return -1;
  }
  size_t part = strcmp(kind, "first") == 0 ? 1 : strcmp(kind, "half") == 0 ? count / 2 : count - 1;
  real(fd, bytes, part, offset);
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return write_at(fd, bytes, count, offset); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) { return write_at(fd, bytes, count, offset); }

static int sync_file(const char *name, int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, name);
  const char *kind = fault_in("sync", fd);
  if (!kind) return real(fd);
  errno = atoi(kind);
  return -1;
}

int fdatasync(int fd) { return sync_file("fdatasync", fd); }
int fsync(int fd) { return sync_file("fsync", fd); }

static void refuse(const char *name, int fd) {
  if (!is_one_of_them(fd)) return;
  ssize_t (*say)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  say(STDERR_FILENO, "unforeseen ", 11);
  say(STDERR_FILENO, name, strlen(name));
  abort();
}

ssize_t write(int fd, const void *bytes, size_t count) {
  refuse("write", fd);
  ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
  return real(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *pieces, int count) {
  refuse("writev", fd);
  ssize_t (*real)(int, const struct iovec *, int) = dlsym(RTLD_NEXT, "writev");
  return real(fd, pieces, count);
}

ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t offset) {
  refuse("pwritev", fd);
  ssize_t (*real)(int, const struct iovec *, int, off_t) = dlsym(RTLD_NEXT, "pwritev");
  return real(fd, pieces, count, offset);
}

ssize_t pwritev64(int fd, const struct iovec *pieces, int count, off_t offset) {
  refuse("pwritev64", fd);
  ssize_t (*real)(int, const struct iovec *, int, off_t) = dlsym(RTLD_NEXT, "pwritev64");
  return real(fd, pieces, count, offset);
}
