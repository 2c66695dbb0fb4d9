"""A phone: loads a page as a browser does, opens its kernel's line, moves controls."""

import asyncio
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from kernel_line import KernelLine
from servers import Server
from web import Web

KERNEL = re.compile(r'"kernelId": ?"([\w-]+)"')
PRINT = re.compile(r'data-pictures="(\w+)"')
PATIENCE = 150.0


@dataclass
class Phone:
    """One visitor. Times are seconds from her arrival."""

    server: Server
    files: list[str]
    web: Web = field(init=False)
    line: KernelLine | None = None
    kernel: str = ""
    page: float | None = None
    ready: float | None = None
    widgets: dict[str, dict[str, Any]] = field(default_factory=dict)
    print: str = ""
    slim: bool = False  # its page has its widgets, and no kernel before it is needed

    def __post_init__(self) -> None:
        self.web = Web(self.server.port)

    async def html(self) -> str:
        """Get the page; make up the rest of a shared kernel id, as the page does."""
        answer = await self.web.ask(self.server.page)
        if answer.status != 200:
            raise ConnectionError(f"page: {answer.status}")
        text = answer.text
        found = KERNEL.search(text)
        self.kernel = str(uuid4())  # Solara's page makes it up, ours all but its name
        if found and self.server.kind.v1:
            ours = self.server.kind.page.startswith("lesson")
            self.kernel = found[1][:8] + self.kernel[8:] if ours else found[1]
        self.slim = 'data-front-end="slim"' in text
        if self.slim:
            carried = text.partition('<script id="widgets"')[2].partition(">")[2]
            self.widgets = json.loads(carried.partition("</script>")[0])["state"]
        prints = PRINT.search(text)
        self.print = prints[1] if prints else ""
        return text

    async def arrive(self) -> None:
        """Load the page and its files, then ask the kernel for all widgets."""
        began = time.monotonic()
        await self.html()
        self.page = time.monotonic() - began
        await asyncio.gather(*(self.web.ask(path) for path in self.files))
        if not self.slim:
            await self.connect()
        self.ready = time.monotonic() - began

    async def connect(self) -> None:
        """Open the line to the kernel and hear of all widgets."""
        v1 = self.server.kind.v1
        api = f"{'' if v1 else 'jupyter/'}api/kernels/{self.kernel}"
        if v1:
            await self.web.ask(api)
        host = f"{self.web.host}:{self.web.port}"
        self.line = await KernelLine.open(
            f"{host}/{api}/channels", self.web.cookie, v1=v1, patience=PATIENCE
        )
        await self.line.info()
        asked = self.line.states() if v1 else self.line.solara()
        self.widgets = await asked
        if len(self.widgets) < 3:
            raise ConnectionError("no widgets came")

    def widget(self, model: str, which: int = 0) -> tuple[str, dict[str, Any]]:
        """Find a widget by the name of its model."""
        every = self.widgets.items()
        found = [(name, w["state"]) for name, w in every if w["model_name"] == model]
        return found[which]

    async def move(self, value: int) -> None:
        """Move the one slider; wait for the picture that the kernel draws."""
        assert self.line is not None
        charts = self.widgets.items()
        chart = next(n for n, w in charts if "<svg" in str(w["state"].get("value")))
        await self.line.move(self.widget("IntSliderModel")[0], value, chart)

    async def alive(self, patience: float = 30) -> bool:
        """Whether the kernel still answers on the line."""
        if self.slim:
            return (await self.web.ask(self.server.page)).status == 200
        try:
            assert self.line is not None
            await asyncio.wait_for(self.line.info(), patience)
        except (OSError, AssertionError, TimeoutError):
            return False
        return True

    async def close_page(self) -> None:
        """Leave as a browser does: with a beacon that ends the kernel."""
        token = self.web.cookies.get("_xsrf", "")
        body = f"_xsrf={token}".encode()
        await self.web.ask(f"voila/api/shutdown/{self.kernel}", "POST", body)
        self.drop()

    def drop(self) -> None:
        """Vanish, as a phone does that sleeps."""
        if self.line is not None:
            self.line.close()
            self.line = None
        self.web.close()
