"""Memory of processes: measure private bytes, and limit them."""

import contextlib
from pathlib import Path

OF_A_KERNEL = 512 * 2**20  # bytes that a page's kernel may add to what its notebook has


def held(pids: dict[str, int]) -> dict[str, int]:
    """Measure what each process shares with no other; 0 where that is not told."""
    return {name: _own(pid) for name, pid in pids.items()}


def _own(pid: int) -> int:
    with contextlib.suppress(OSError, ValueError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        mine = (line.split() for line in lines if line.startswith("Private_"))
        return sum(int(kilobytes) * 1024 for _, kilobytes, *_ in mine)
    return 0


def limit(more: int) -> None:
    """Let this process have so many bytes more than it has, where that can be."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError):
        return
    most = pages * resource.getpagesize() + more
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def end_first() -> None:
    """Let the system end this process first, should its memory run out."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")
