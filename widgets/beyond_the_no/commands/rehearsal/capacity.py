"""How many phones this laptop can take, measured by a crowd in another process."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...common import lifeline
from ...server.host import resource_limits
from . import findings

PATIENCE = 600  # seconds for all of it


class Broken(Exception):
    """She pressed Ctrl-C meanwhile."""


@dataclass(frozen=True)
class Laptop:
    """What was measured; rows and limits are those of `crowd`."""

    summary: str
    rows: tuple[dict[str, Any], ...] = ()
    limits: dict[str, float] | None = None
    kernels: int = 0


def not_measured(why: str) -> Laptop:
    """Say why there is no measurement."""
    reason = findings.render_text("laptop", why)
    return Laptop(findings.render_text("laptop", "not_measured", why=reason))


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
    summary = findings.render_text("laptop", kind, n=last["phones"])
    return Laptop(
        summary, tuple(found["rows"]), found["limits"], resource_limits.kernels()
    )


def _run(sizes: Sequence[int]) -> str:
    """Run the measurement in a session of its own: it ends what it began, once told."""
    measuring = subprocess.Popen(
        lifeline.command(
            *(sys.executable, "-m", f"{__package__}.crowd", *map(str, sizes)),
            how=signal.SIGINT,
        ),
        env=os.environ | lifeline.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    interrupted: list[int] = []

    def end(*_: object) -> None:
        if not interrupted:  # a second one would disturb its tidying up
            interrupted.append(signal.SIGINT)
            measuring.send_signal(signal.SIGINT)

    before = [(one, signal.signal(one, end)) for one in (signal.SIGINT, signal.SIGTERM)]
    try:
        output, _ = measuring.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        end()
        output, _ = measuring.communicate()
    finally:
        for one, handler in before:
            signal.signal(one, handler)
    if interrupted:
        raise Broken
    return output
