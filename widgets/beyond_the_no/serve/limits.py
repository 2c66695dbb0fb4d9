"""How much this laptop can take: open files, and pages that run at once."""

import os

KERNEL_BYTES = 90 * 2**20  # a lesson's kernel, measured, and some air
OPEN_FILES = 65536  # a kernel costs the server about 24


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


def kernels() -> int:
    """Count the kernels that half of the memory holds, within reason."""
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        memory = 8 * 2**30
    return max(8, min(200, memory // 2 // KERNEL_BYTES))
