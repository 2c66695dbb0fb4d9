"""Run a coroutine to its end, in a thread: a browser under test has a loop here."""

import asyncio
import inspect
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


async def until(true: Callable[[], Any], seconds: float = 60, what: str = "it") -> None:
    """Wait for a condition, which may be a coroutine's."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = true()
        if await found if inspect.isawaitable(found) else found:
            return
        await asyncio.sleep(0.01)
    raise TimeoutError(f"waited {seconds} seconds for {what}")


async def until_not(true: Callable[[], Any], what: str = "its end") -> None:
    """Wait until a condition, which may be a coroutine's, holds no more."""

    async def holds_no_more() -> bool:
        found = true()
        return not (await found if inspect.isawaitable(found) else found)

    await until(holds_no_more, what=what)
