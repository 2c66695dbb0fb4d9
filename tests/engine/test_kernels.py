"""A kernel that is a fork does all that Jupyter asks of one, and leaves nothing."""

import asyncio
import os
import signal
from pathlib import Path

import psutil

from beyond_the_no.engine.kernels import zygote_client
from engine.conftest import say
from support import loop
from support.served import as_long_as, until


def test_each_kernel_has_the_notebook_to_itself(cook, notebook) -> None:
    path = notebook("x = 41")

    async def test(kitchen):
        executed = await kitchen.execute(path)
        (_, one), (_, two) = [await kitchen.kernel(executed) for _ in range(2)]
        assert (await say(one, "x += 1; print(x)"))[0] == "42"
        assert (await say(two, "print(x)"))[0] == "41"

    cook(test)


def test_kernels_differ_in_what_they_draw_by_lot(cook, notebook) -> None:
    path = notebook("import random, numpy, uuid")
    draw = "print(random.random(), numpy.random.rand(), uuid.uuid4())"

    async def test(kitchen):
        executed = await kitchen.execute(path)
        kernels = [await kitchen.kernel(executed) for _ in range(2)]
        one, two = [(await say(client, draw))[0].split() for _, client in kernels]
        assert not set(one) & set(two)

    cook(test)


def test_a_kernel_gives_way_to_the_server(cook, notebook) -> None:
    path = notebook("x = 1")

    async def test(kitchen):
        manager, _ = await kitchen.kernel(await kitchen.execute(path))
        return psutil.Process(manager.provisioner.pid).nice()

    assert cook(test) > psutil.Process().nice()


def test_an_error_an_interrupt_and_a_restart(cook, notebook) -> None:
    path = notebook("x = 41")

    async def test(kitchen):
        manager, client = await kitchen.kernel(await kitchen.execute(path))
        assert "ZeroDivisionError" in (await say(client, "x = 0; 1/0"))[0]
        endless = asyncio.create_task(
            say(client, "print('begun', flush=True)\nwhile True: pass")
        )
        pid = manager.provisioner.pid
        await loop.until(lambda: psutil.Process(pid).cpu_percent(0.05) >= 20)
        await manager.interrupt_kernel()
        assert "KeyboardInterrupt" in (await endless)[0]
        await manager.restart_kernel(now=True)
        client.stop_channels()
        again = await kitchen.client(manager)
        assert (await say(again, "print(x)"))[0] == "41"

    cook(test)


def test_a_crash_tells_its_exit_code(cook, notebook) -> None:
    path = notebook("x = 1")

    async def test(kitchen):
        manager, client = await kitchen.kernel(await kitchen.execute(path))
        client.execute("import os; os._exit(7)")
        await loop.until_not(manager.is_alive)
        assert await manager.provisioner.poll() == 7

    cook(test)


def test_a_shutdown_leaves_no_process(cook, notebook) -> None:
    path = notebook("x = 1")

    async def test(kitchen):
        manager, _ = await kitchen.kernel(await kitchen.execute(path))
        pid = manager.provisioner.pid
        await manager.shutdown_kernel(now=False)
        return pid

    pid = cook(test)
    until(lambda: not running(pid), what="the kernel to end")


def test_when_the_template_is_killed_its_kernels_end(cook, notebook) -> None:
    path = notebook("x = 1")

    async def test(kitchen):
        executed = await kitchen.execute(path)
        manager, _ = await kitchen.kernel(executed)
        os.kill(executed._pid, signal.SIGKILL)
        await loop.until_not(manager.is_alive)
        assert not executed.alive

    cook(test)


def test_when_the_base_is_killed_it_is_started_again(cook, notebook) -> None:
    path = notebook("x = 1")

    async def test(kitchen):
        before = await kitchen.execute(path)
        os.kill(kitchen.zygote.pid, signal.SIGKILL)
        await loop.until_not(lambda: kitchen.zygote.pid)
        after = await kitchen.execute(path)
        assert before.alive
        assert after.forks

    cook(test)


def test_widgets_answer_in_a_forked_kernel(cook, notebook) -> None:
    path = notebook(
        "import ipywidgets as w\n"
        "s = w.IntSlider(3)\nout = w.Output()\n"
        "with out: print('inside')\n"
        "w.interact(lambda n: n * 2, n=s)\ndisplay(out)"
    )

    async def test(kitchen):
        executed = await kitchen.execute(path)
        names = [state["model_name"] for state in executed.state.values()]
        assert {"IntSliderModel", "OutputModel", "VBoxModel"} <= set(names)
        texts = str([s["state"].get("outputs") for s in executed.state.values()])
        assert "inside" in texts
        assert "'6'" in texts, "interact has run once, and shows it"
        _, client = await kitchen.kernel(executed)
        named = {s["model_name"]: i for i, s in executed.state.items()}
        slider = named["IntSliderModel"]
        heard = []
        content = {
            "comm_id": slider,
            "data": {"method": "update", "state": {"value": 5}, "buffer_paths": []},
        }
        client.shell_channel.send(client.session.msg("comm_msg", content))
        for _ in as_long_as(lambda: "'text/plain': '10'" not in str(heard)):
            heard.append(await client.get_iopub_msg(timeout=20))

    cook(test)


def running(pid: int) -> bool:
    if not psutil.pid_exists(pid):
        return False
    return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_no_kernel_writes_a_history(
    cook, notebook, monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    path = notebook("secret = 1")

    async def test(kitchen):
        kitchen.zygote = zygote_client.ZygoteClient([])  # has seen that variable
        _, client = await kitchen.kernel(await kitchen.execute(path))
        await say(client, "secret = 'canary'")
        kitchen.zygote.close()

    cook(test)
    assert (tmp_path / "ipython").is_dir()
    assert not list((tmp_path / "ipython").rglob("history.sqlite"))
