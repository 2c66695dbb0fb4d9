"""A phone: loads a page as a browser does, opens its kernel's line, moves controls."""

import asyncio
import gzip
import json
import re
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import uuid4

from beyond_the_no.commands.rehearsal.http_client import Web
from clients.kernel_client import KernelLine
from peers.servers import Server

KERNEL = re.compile(r'"kernelId": ?"([\w-]+)"')
PRINT = re.compile(r'data-pictures="(\w+)"')
PATIENCE = 150.0


@dataclass(frozen=True)
class Told:
    """What a page says of itself."""

    kernel: str
    print: str
    slim: bool
    widgets: dict[str, dict[str, Any]]


@lru_cache
def _told(body: bytes, encoding: str) -> Told:
    """Read a page once for all who get the same: they share the server's cores."""
    text = (gzip.decompress(body) if encoding == "gzip" else body).decode()
    kernel, fingerprint = KERNEL.search(text), PRINT.search(text)
    slim = 'data-front-end="slim"' in text
    widgets = {}
    if slim:
        carried = text.partition('<script id="widgets"')[2].partition(">")[2]
        widgets = json.loads(carried.partition("</script>")[0])["state"]
    names = (found[1] if found else "" for found in (kernel, fingerprint))
    return Told(*names, slim, widgets)


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

    async def html(self) -> None:
        """Get the page; make up the rest of a shared kernel id, as the page does."""
        answer = await self.web.ask(self.server.page)
        if answer.status != 200:
            raise ConnectionError(f"page: {answer.status}")
        told = _told(answer.body, answer.headers.get("content-encoding", ""))
        self.kernel = str(uuid4())  # Solara's page makes it up, ours all but its name
        if told.kernel and self.server.kind.v1:
            ours = self.server.kind.page.startswith("lesson")
            self.kernel = told.kernel[:8] + self.kernel[8:] if ours else told.kernel
        self.slim, self.print, self.widgets = told.slim, told.print, dict(told.widgets)

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
        known = self.web.cookies.items()
        token = next((text for name, text in known if name.startswith("_xsrf")), "")
        body = f"_xsrf={token}".encode()
        await self.web.ask(f"voila/api/shutdown/{self.kernel}", "POST", body)
        self.drop()

    def drop(self) -> None:
        """Vanish, as a phone does that sleeps."""
        if self.line is not None:
            self.line.close()
            self.line = None
        self.web.close()
