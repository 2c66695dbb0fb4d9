"""Which files a page loads: asked of a real browser, once for each kind of server."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from beyond_the_no.commands.rehearsal.http_client import Web
from beyond_the_no.server.host.chromium import OPTIONS, find
from peers.servers import LOCAL, Server

ROOM = r"^/(user/\w+/\w+/)?"  # alone, or one of a hub's
NOT_FILES = re.compile(rf"{ROOM}(lesson/|api/|pictures/|room|jupyter/api|voila/api|$)")
LINK = re.compile(r'(?:src|href)="/?([^"#?]+\.(?:js|css|svg|woff2)[^"]*)"')
_known: dict[str, list[str]] = {}


async def loaded(server: Server, *, browser: bool = True) -> list[str]:
    """List the addresses below the server's root, as a phone with no cache has them."""
    name = f"{server.kind.name} {server.notebook.stem}"
    if name not in _known:
        found = await (_watched(server) if browser else _linked(server))
        web = Web(server.port)
        # what a server has to fetch from the internet itself is in its favour left out
        _known[name] = [path for path in found if (await web.ask(path)).status == 200]
        web.close()
    return _known[name]


async def _watched(server: Server) -> list[str]:
    program = find()
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        program = None
    if program is None:
        print("No browser: the files that a page names itself stand for all.")
        return await _linked(server)
    seen: dict[str, None] = {}

    def note(request: Any) -> None:
        address = urlsplit(request.url)
        here = address.netloc == f"{LOCAL}:{server.port}"
        if here and not NOT_FILES.match(address.path):
            rest = f"?{address.query}" if address.query else ""
            seen[f"{address.path[1:]}{rest}"] = None

    async with async_playwright() as play:
        chrome = await play.chromium.launch(executable_path=program, args=OPTIONS)
        page = await chrome.new_page(viewport={"width": 390, "height": 844})
        page.on("request", note)
        await page.goto(f"http://{LOCAL}:{server.port}/{server.page}", timeout=60_000)
        for _ in range(60):  # until nothing new has come for a while
            count = len(seen)
            await asyncio.sleep(3)
            if len(seen) == count:
                break
        await chrome.close()
    return list(seen)


async def _linked(server: Server) -> list[str]:
    web = Web(server.port)
    found = LINK.findall((await web.ask(server.page)).text)
    web.close()
    return list(dict.fromkeys(found))
