"""Our pages, rendered and served on this machine, and a Chromium to look at them."""

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
)

from beyond_the_no.evidence import help_file, help_page
from beyond_the_no.room import words
from beyond_the_no.server.rendering.handbook_markdown import scripts
from beyond_the_no.server.rendering.templating import (
    UrlPrefix,
    asset_path,
    file,
    render,
    static_files,
)

# What the server will send with every page: a page that breaks it breaks in the room.
POLICY = (
    "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; frame-ancestors 'none'"
)
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
TODAY = date(2026, 11, 23)
HELP = help_page.Help(
    countries=help_file.countries(),
    country="US",
    today=TODAY,
    person="Jonas sits near the door",
    local=help_page.Local(label="Campus office, until 22:00", number="+1 206 555 0100"),
)
ROOM = words.table()["page"] | {"word": words.table()["word"]}
BARE = help_page.Help(countries=help_file.countries(), country="PH", today=TODAY)
CONTEXTS: dict[str, tuple[str, dict[str, object]]] = {
    "join": ("join", {"title": "Thursday group, room 2", "k_words": "five"}),
    "join-bare": ("join", {"help": BARE, "k_words": "three"}),
    "help": ("help", {}),
    "help-bare": ("help", {"help": BARE}),
    "ground": ("ground", {}),
    "rules": ("room_rules", {}),
    "my-page": ("my_page", {}),
    "what-do-i-say": (
        "what_do_i_say",
        {"pages": scripts(UrlPrefix("/")), "back": "facilitate"},
    ),
    "full": (
        "notice",
        {
            "title": "The room is full.",
            "sentences": ["Every seat is taken. You could ask the leader for one."],
            "actions": [("To the first page", "/")],
            "retry_seconds": 20,
        },
    ),
    "unknown": (
        "notice",
        {"title": "No page here.", "sentences": ["It may have moved."], "actions": []},
    ),
}


def html(name: str) -> str:
    template, context = CONTEXTS[name]
    return rendered(template, **context)


def rendered(template: str, **context: object) -> str:
    common = {"help": HELP, "room_words": ROOM, "k_words": "five"}
    return render(template, **common | context)


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = unquote(self.path.split("?")[0]).strip("/")
        assets = {asset_path(name): file(name) for name in static_files()}
        if path in assets:
            self._send(assets[path].read_bytes(), TYPES[assets[path].suffix])
        else:
            name = path or "join"
            self._send(html(name if name in CONTEXTS else "unknown").encode())

    def _send(self, body: bytes, kind: str = "text/html; charset=utf-8") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: test output is for tests."""


@contextmanager
def serving() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a fresh context; afterwards nothing may have gone wrong."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # The icon is fetched late, perhaps after a test has taken the network away.
        if message.type == "error" and "favicon" not in message.location["url"]:
            wrong.append(f"said: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((site, "blob:", "about:")):
            wrong.append(f"asked: {request.url}")

    def open_page(
        name: str, width: int = 390, height: int = 844, **options: Any
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", said)
        page.on("request", asked)
        page.goto(site + name)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong, wrong
