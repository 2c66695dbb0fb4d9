"""Client of the drawing process: starts it when it is needed, and after a crash."""

import asyncio
import contextlib
import json
import logging
import os
import subprocess
import sys
from typing import Any

from ...common import lifeline

log = logging.getLogger("beyond_the_no")
SECONDS_A_PICTURE = 30
MOST_BYTES = 2**24  # of an answer


class RenderWorker:
    """One process that draws, one picture after the other."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Its process, if one was started."""
        return self._process.pid if self._process else None

    async def draw(self, source: str, state: dict[str, Any] | None) -> Any:
        """Have one picture drawn; a process that dies over it is replaced, once.

        Without a state, the source's states are listed (see `worker`).

        Raises
        ------
        RuntimeError
            When it cannot be drawn.
        """
        request = {"source": source} | ({} if state is None else {"state": state})
        for _ in range(2):
            try:
                # not wait_for(): until 3.12 it may swallow a cancellation
                async with asyncio.timeout(SECONDS_A_PICTURE):
                    reply = await self._ask(request)
            except (TimeoutError, OSError, ValueError):
                log.warning("The drawing process ended or hung; it is started again.")
                await self.close()
                continue
            if "error" in reply:
                raise RuntimeError(reply["error"])
            return reply["ok"]
        raise RuntimeError("the drawing process ends over it")

    async def _ask(self, request: dict[str, Any]) -> Any:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ
                | {"OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
                | lifeline.environment(),
                start_new_session=True,
            )
        # a thread: on Windows, the event loop that Voila chooses starts no process
        return await asyncio.to_thread(_exchange, self._process, request)

    async def close(self) -> None:
        """End the process."""
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            await asyncio.to_thread(_end, process)


def _exchange(process: "subprocess.Popen[bytes]", request: dict[str, Any]) -> Any:
    """Ask, and wait for the answer."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(request).encode() + b"\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline(MOST_BYTES))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Wait for the end of a process that was killed, and close its pipes."""
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):  # what it did not read is lost
            if pipe is not None:
                pipe.close()
