"""The drawing process, as the server sees it: started when needed, and when it died."""

import asyncio
import contextlib
import json
import logging
import os
import subprocess
import sys
from typing import Any

log = logging.getLogger("beyond_the_no")
SECONDS_A_PICTURE = 30


class Drawer:
    """One process that draws, one thing after the other."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int | None:
        """Its process, if one was started."""
        return self._process.pid if self._process else None

    async def draw(self, source: str, state: dict[str, Any] | None) -> Any:
        """Have one picture drawn; a process that dies over it is replaced, once.

        Without a state, the source's states are listed (see `draw`).

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
            if "trouble" in reply:
                raise RuntimeError(reply["trouble"])
            return reply["ok"]
        raise RuntimeError("the drawing process ends over it")

    async def _ask(self, request: dict[str, Any]) -> Any:
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", f"{__package__}.draw"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"},
                limit=2**24,
                start_new_session=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        await self._process.stdin.drain()
        return json.loads(await self._process.stdout.readline())

    async def close(self) -> None:
        """End the process."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
            self._process = None
