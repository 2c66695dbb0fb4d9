"""Small notebooks, a zygote, and kernels that are forks."""

import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from uuid import uuid4

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager

from beyond_the_no.engine.kernels import zygote_client
from beyond_the_no.engine.kernels.executed_notebook import ExecutedNotebook
from beyond_the_no.engine.kernels.kernel_specs import Specs
from beyond_the_no.engine.kernels.registry import KernelRegistry
from support import loop

pytestmark = pytest.mark.skipif(
    bool(zygote_client.can_fork()), reason="no safe fork here"
)


@pytest.fixture
def notebook(tmp_path: Path) -> Callable[..., Path]:
    def write(*cells: str, name: str = "small") -> Path:
        made = [nbformat.v4.new_code_cell(cell) for cell in cells]
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=made), path)
        return path

    return write


class Kitchen:
    """A zygote, and all that was made with it."""

    def __init__(self, folder: Path, zygote: zygote_client.ZygoteClient) -> None:
        self.zygote = zygote
        self.folder = folder
        self.registry = KernelRegistry()
        self.made: list[ExecutedNotebook] = []
        self.kernels: list[tuple[AsyncKernelManager, object]] = []

    async def execute(self, path: Path) -> ExecutedNotebook:
        self.made.append(await ExecutedNotebook.by_fork(path, self.zygote))
        return self.made[-1]

    async def kernel(self, executed: ExecutedNotebook, name: str = "") -> tuple:
        name = name or uuid4().hex[:8]
        self.registry.templates[name] = executed
        manager = AsyncKernelManager(
            kernel_name=name,
            kernel_spec_manager=Specs(registry=self.registry),
            transport="ipc",
            connection_file=str(self.folder / f"{uuid4().hex[:8]}.json"),
        )
        await manager.start_kernel()
        return manager, await self.client(manager)

    async def client(self, manager: AsyncKernelManager) -> object:
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=30)
        self.kernels.append((manager, client))
        return client

    async def close(self) -> None:
        for manager, client in self.kernels:
            client.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)
        for executed in self.made:
            executed.close()


@pytest.fixture(scope="session")
def zygote() -> Iterator[zygote_client.ZygoteClient]:
    """One zygote for all; a test that kills it gets a new one."""
    one = zygote_client.ZygoteClient(["ipywidgets", "matplotlib.pyplot", "numpy"])
    yield one
    one.close()


@pytest.fixture
def cook(zygote: zygote_client.ZygoteClient) -> Callable[..., object]:
    """Run an async test with a kitchen; afterwards no process of it is left."""

    def run(test: Callable[[Kitchen], Awaitable[object]]) -> object:
        async def whole() -> object:
            kitchen = Kitchen(Path(tempfile.mkdtemp()), zygote)
            try:
                return await test(kitchen)
            finally:
                await kitchen.close()

        return loop.run(whole())

    return run


async def say(client: object, code: str, timeout: float = 30) -> tuple[str, list[str]]:
    """Run code in a kernel: what it prints, and the names of its errors."""
    heard: list[dict] = []
    await client.execute_interactive(
        code, timeout=timeout, output_hook=heard.append, allow_stdin=False
    )
    streams = [m for m in heard if m["msg_type"] == "stream"]
    errors = [m["content"]["ename"] for m in heard if m["msg_type"] == "error"]
    return "".join(m["content"]["text"] for m in streams).strip(), errors
