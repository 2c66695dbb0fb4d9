"""How many phones this laptop can take: the benchmarks' own measurement, in short."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .. import limits
from ..settings import CHECKOUT
from . import look_at

PATIENCE = 600  # seconds for all of it


class Broken(Exception):
    """She pressed Ctrl-C meanwhile."""


@dataclass(frozen=True)
class Laptop:
    """What was measured; rows and limits are those of ``bench/laptop.py``."""

    say: str
    rows: tuple[dict[str, Any], ...] = ()
    limits: dict[str, float] | None = None
    kernels: int = 0


def not_measured(why: str) -> Laptop:
    """Say why there is no measurement."""
    reason = look_at.say("laptop", why)
    return Laptop(look_at.say("laptop", "not_measured", why=reason))


def measure(sizes: Sequence[int] = ()) -> Laptop:
    """Fill a server of its own with phones, fewer and fewer, until it goes well."""
    try:
        found = json.loads(_run(sizes).splitlines()[-1])
    except Broken:
        return not_measured("broken")
    except (OSError, ValueError, IndexError):
        return not_measured("failed")
    last = found["rows"][-1]
    kind = "well" if last["well"] else "poor"
    say = look_at.say("laptop", kind, n=last["phones"])
    return Laptop(say, tuple(found["rows"]), found["limits"], limits.kernels())


def _run(sizes: Sequence[int]) -> str:
    """Run the measurement in a session of its own: it ends what it began, once told."""
    script = CHECKOUT / "bench" / "laptop.py"
    measuring = subprocess.Popen(
        [sys.executable, str(script), *map(str, sizes)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    told: list[int] = []

    def end(*_: object) -> None:
        if not told:  # a second one would disturb its tidying up
            told.append(signal.SIGINT)
            measuring.send_signal(signal.SIGINT)

    before = [(one, signal.signal(one, end)) for one in (signal.SIGINT, signal.SIGTERM)]
    try:
        said, _ = measuring.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        end()
        said, _ = measuring.communicate()
    finally:
        for one, handler in before:
            signal.signal(one, handler)
    if told:
        raise Broken
    return said
