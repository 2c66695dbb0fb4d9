"""Limits of this machine: open files, and kernels at once."""

import os

KERNEL_BYTES = 90 * 2**20  # a lesson's kernel, measured, and some air
KERNEL_FILES = 24  # open in the server for each kernel
OPEN_FILES = 65536
OWN_FILES = 100  # of the server before anyone comes, with some to spare
PHONE_FILES = 2  # of a phone: its line, and a page that it loads


def raise_open_files() -> None:
    """Allow as many open files as the system lets us: at 1024 Voila would abort."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return
    for limit in (wanted, 10240):  # macOS takes no more than this
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
        except (ValueError, OSError):
            continue
        return


def _most_files() -> int:
    """Tell how many files this process may open; 0 where there is no such limit."""
    try:
        import resource
    except ImportError:
        return 0
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 0 if soft == resource.RLIM_INFINITY else soft


def _files_of_phones(most: int) -> int:
    """Count the files that may be open before nobody new is let in."""
    return max(most // 2, most - KERNEL_FILES * 200)


def files_are_short() -> bool:
    """Whether so many are open that kernels and pages may need the rest.

    A system gives the lowest number that is free; half of them at least are for others.
    """
    most = _most_files()
    if not most:
        return False
    try:
        free = os.dup(1)
    except OSError:
        return True
    os.close(free)
    return free >= _files_of_phones(most)


def short_of_files(seats: int) -> tuple[int, int] | None:
    """Return the limit and the phones it is enough for; None if all seats fit."""
    most = _most_files()
    phones = max(1, (_files_of_phones(most) - OWN_FILES) // PHONE_FILES)
    return (most, phones) if most and phones < seats else None


def kernels_by_files() -> int:
    """Count the kernels that a third of the open files are enough for."""
    most = _most_files()
    return max(1, most // 3 // KERNEL_FILES) if most else 200


def kernels() -> int:
    """Count the kernels that half of the memory holds, within reason."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        memory = 8 * 2**30
    return max(8, min(200, memory // 2 // KERNEL_BYTES))
