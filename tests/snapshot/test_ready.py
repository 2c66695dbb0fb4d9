"""A few kernels wait ready; whoever gets one cannot tell it from a fresh one."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterator

import psutil
import pytest

from beyond_the_no.serve.snapshot import ready, templates
from beyond_the_no.serve.snapshot.provisioner import ProcessProvisioner
from served import until
from snapshot.conftest import Kitchen, say


@pytest.fixture(autouse=True)
def at_once(monkeypatch) -> Iterator[None]:
    """Nobody has to wait for quiet here; afterwards nothing waits ready."""
    monkeypatch.setattr(ready, "QUIET", 0)
    yield
    ProcessProvisioner.ready = None


def keeping(kitchen: Kitchen, **options) -> ready.Ready:
    made = ready.Ready(
        ProcessProvisioner.templates, lambda: str(kitchen.folder), "ipc", **options
    )
    ProcessProvisioner.ready = made
    return made


async def full(one: ready.Ready, n: int) -> None:
    while len(one) < n:
        await asyncio.sleep(0.01)


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
        ProcessProvisioner.templates["one"] = await kitchen.execute(path)
        one.wanted("one")
        await full(one, ready.FORKS)
        waits = [spare.pid for spare in one._waiting]
        manager, client = await kitchen.kernel(
            ProcessProvisioner.templates["one"], "one"
        )
        assert manager.provisioner.pid == waits[0]
        assert (await say(client, "x += 1; print(x)"))[0] == "42"
        one.wanted("one")
        await full(one, ready.FORKS)
        _, other = await kitchen.kernel(ProcessProvisioner.templates["one"], "one")
        assert (await say(other, "print(x)"))[0] == "41", "nothing of the first one"

    with_ready(cook, test)


def test_it_restarts_crashes_and_ends_as_any_kernel(cook, notebook) -> None:
    path = notebook("x = 41")

    async def test(kitchen, one):
        executed = await kitchen.execute(path)
        ProcessProvisioner.templates["one"] = executed
        one.wanted("one")
        await full(one, 1)
        manager, client = await kitchen.kernel(executed, "one")
        ready_ = {spare.pid for spare in one._waiting}
        await manager.restart_kernel(now=True)
        client.stop_channels()
        client = await kitchen.client(manager)
        assert (await say(client, "print(x)"))[0] == "41"
        assert manager.provisioner.pid not in ready_, "a restart is a fresh fork"
        client.execute("import os; os._exit(7)")
        while await manager.is_alive():
            await asyncio.sleep(0.02)
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
            ProcessProvisioner.templates[path.stem] = await kitchen.execute(path)
        one.wanted("one")
        await full(one, ready.FORKS)
        before = [spare.pid for spare in one._waiting]
        one.wanted("two")
        await full(one, ready.FORKS)
        await asyncio.wait_for(one._filling, 10)
        assert len(one) == ready.FORKS
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
        ProcessProvisioner.templates["one"] = await kitchen.execute(path)
        one.wanted("one")
        await one._filling
        return len(one)

    assert with_ready(cook, test, fits=lambda: False) == 0


def test_one_that_died_is_not_handed_out(cook, notebook) -> None:
    path = notebook("x = 1")

    async def test(kitchen, one):
        ProcessProvisioner.templates["one"] = await kitchen.execute(path)
        one.wanted("one")
        await full(one, 2)
        first, second = one._waiting[:2]
        os.kill(first.pid, signal.SIGKILL)
        while first.alive:
            await asyncio.sleep(0.01)
        taken = one.take("one")
        assert taken is second
        taken.end()

    with_ready(cook, test)


def test_when_the_template_dies_what_waits_dies_with_it(cook, notebook) -> None:
    path = notebook("x = 1")

    async def test(kitchen, one):
        executed = await kitchen.execute(path)
        ProcessProvisioner.templates["one"] = executed
        one.wanted("one")
        await full(one, ready.FORKS)
        executed.close()
        while any(spare.alive for spare in one._waiting):
            await asyncio.sleep(0.01)
        assert one.take("one") is None

    with_ready(cook, test)


def test_where_nothing_forks_processes_wait(cook, notebook) -> None:
    path = notebook("x = 41")

    async def test(kitchen, one):
        executed = await templates.Executed.alone(path)
        ProcessProvisioner.templates["one"] = executed
        one.wanted("one")
        await full(one, ready.PROCESSES)
        pid = one._waiting[0].pid
        manager, client = await kitchen.kernel(executed, "one")
        assert manager.provisioner.pid == pid
        assert (await say(client, "print(x + 1)"))[0] == "42"

    with_ready(cook, test)
