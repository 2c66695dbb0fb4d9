"""A few kernels wait ready; whoever gets one cannot tell it from a fresh one."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable

import psutil
import pytest

from beyond_the_no.engine.kernels import executed_notebook, pool
from engine.conftest import Kitchen, say
from support import loop
from support.served import until


@pytest.fixture(autouse=True)
def at_once(monkeypatch) -> None:
    """Nobody has to wait for quiet here."""
    monkeypatch.setattr(pool, "IDLE_SECONDS", 0)


def keeping(kitchen: Kitchen, **options) -> pool.KernelPool:
    registry = kitchen.registry
    registry.pool = pool.KernelPool(
        registry.templates, lambda: str(kitchen.folder), "ipc", **options
    )
    return registry.pool


async def full(one: pool.KernelPool, n: int) -> None:
    await loop.until(lambda: len(one) >= n, what="kernels that wait")


def with_ready(cook, test: Callable[..., Awaitable[object]], **options) -> object:
    async def whole(kitchen):
        one = keeping(kitchen, **options)
        try:
            return await test(kitchen, one)
        finally:
            await one.close()

    return cook(whole)


def test_a_page_gets_what_waits_and_another_is_made(cook, notebook) -> None:
    path = notebook("x = 41")

    async def test(kitchen, one):
        kitchen.registry.templates["one"] = await kitchen.execute(path)
        one.note_request("one")
        await full(one, pool.FORKS)
        waits = [kernel.pid for kernel in one._waiting]
        manager, client = await kitchen.kernel(kitchen.registry.templates["one"], "one")
        assert manager.provisioner.pid == waits[0]
        assert (await say(client, "x += 1; print(x)"))[0] == "42"
        one.note_request("one")
        await full(one, pool.FORKS)
        _, other = await kitchen.kernel(kitchen.registry.templates["one"], "one")
        assert (await say(other, "print(x)"))[0] == "41", "nothing of the first one"

    with_ready(cook, test)


def test_it_restarts_crashes_and_ends_as_any_kernel(cook, notebook) -> None:
    path = notebook("x = 41")

    async def test(kitchen, one):
        executed = await kitchen.execute(path)
        kitchen.registry.templates["one"] = executed
        one.note_request("one")
        await full(one, 1)
        manager, client = await kitchen.kernel(executed, "one")
        ready_ = {kernel.pid for kernel in one._waiting}
        await manager.restart_kernel(now=True)
        client.stop_channels()
        client = await kitchen.client(manager)
        assert (await say(client, "print(x)"))[0] == "41"
        assert manager.provisioner.pid not in ready_, "a restart is a fresh fork"
        client.execute("import os; os._exit(7)")
        await loop.until_not(manager.is_alive)
        assert await manager.provisioner.poll() == 7
        await manager.shutdown_kernel(now=True)
        await one.close()

    with_ready(cook, lambda kitchen, one: _then_no_file(kitchen, one, test))


async def _then_no_file(kitchen, one, test) -> None:
    await test(kitchen, one)
    assert list(kitchen.folder.iterdir()) == []


def test_there_are_never_more_than_a_few(cook, notebook) -> None:
    paths = [notebook("x = 1", name=name) for name in ("one", "two")]

    async def test(kitchen, one):
        for path in paths:
            kitchen.registry.templates[path.stem] = await kitchen.execute(path)
        one.note_request("one")
        await full(one, pool.FORKS)
        before = [kernel.pid for kernel in one._waiting]
        one.note_request("two")
        await full(one, pool.FORKS)
        await asyncio.wait_for(one._filling, 10)
        assert len(one) == pool.FORKS
        return before

    ended = with_ready(cook, test)
    for pid in ended:
        until(lambda pid=pid: not alive(pid), what="the first lesson's to end")


def alive(pid: int) -> bool:
    if not psutil.pid_exists(pid):
        return False
    return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_none_is_made_where_no_more_fit(cook, notebook) -> None:
    path = notebook("x = 1")

    async def test(kitchen, one):
        kitchen.registry.templates["one"] = await kitchen.execute(path)
        one.note_request("one")
        await one._filling
        return len(one)

    assert with_ready(cook, test, fits=lambda: False) == 0


def test_one_that_died_is_not_handed_out(cook, notebook) -> None:
    path = notebook("x = 1")

    async def test(kitchen, one):
        kitchen.registry.templates["one"] = await kitchen.execute(path)
        one.note_request("one")
        await full(one, 2)
        first, second = one._waiting[:2]
        os.kill(first.pid, signal.SIGKILL)
        await loop.until_not(lambda: first.alive)
        taken = one.take("one")
        assert taken is second
        taken.end()

    with_ready(cook, test)


def test_when_the_template_dies_what_waits_dies_with_it(cook, notebook) -> None:
    path = notebook("x = 1")

    async def test(kitchen, one):
        executed = await kitchen.execute(path)
        kitchen.registry.templates["one"] = executed
        one.note_request("one")
        await full(one, pool.FORKS)
        executed.close()
        await loop.until_not(lambda: any(kernel.alive for kernel in one._waiting))
        assert one.take("one") is None

    with_ready(cook, test)


def test_where_nothing_forks_processes_wait(cook, notebook) -> None:
    path = notebook("x = 41")

    async def test(kitchen, one):
        executed = await executed_notebook.ExecutedNotebook.alone(path)
        kitchen.registry.templates["one"] = executed
        one.note_request("one")
        await full(one, pool.PROCESSES)
        pid = one._waiting[0].pid
        manager, client = await kitchen.kernel(executed, "one")
        assert manager.provisioner.pid == pid
        assert (await say(client, "print(x + 1)"))[0] == "42"

    with_ready(cook, test)
