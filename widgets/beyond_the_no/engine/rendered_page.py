"""An executed notebook as HTML: rendered and compressed once, the same for everyone."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from tornado.httputil import HTTPServerRequest
from tornado.web import RequestHandler
from voila.app import Voila
from voila.notebook_renderer import NotebookRenderer
from voila.utils import get_page_config

from .kernels.executed_notebook import ExecutedNotebook


class _Compiled(BytecodeCache):
    """Templates, compiled once: Voila makes a new environment of them for each page."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


_compiled = _Compiled()
REFUSED = re.compile(r"q=0(\.0*)?")


def accepts_gzip(request: HTTPServerRequest) -> bool:
    """Whether the client accepts gzip (RFC 9110, 12.5.3)."""
    for wish in request.headers.get("Accept-Encoding", "").lower().split(","):
        coding, _, quality = wish.replace(" ", "").partition(";")
        if coding == "gzip":
            return not REFUSED.fullmatch(quality)
    return False


@dataclass(frozen=True)
class RenderedPage:
    """The bytes of a page, plain and gzipped, and its ETag."""

    plain: bytes
    packed: bytes
    etag: str

    @classmethod
    def of(cls, html: str) -> "RenderedPage":
        """Pack a page."""
        plain = html.encode()
        etag = f'"{hashlib.sha256(plain).hexdigest()[:20]}"'
        return cls(plain, gzip.compress(plain, 9, mtime=0), etag)

    def send(self, handler: RequestHandler) -> None:
        """Answer with the page, or with 304 if the browser has it."""
        handler.set_header("Content-Type", "text/html; charset=UTF-8")
        handler.set_header("Etag", self.etag)
        handler.set_header("Cache-Control", "no-cache")
        if self.etag in handler.request.headers.get("If-None-Match", ""):
            handler.set_status(304)
            handler.finish()
        elif accepts_gzip(handler.request):
            handler.set_header("Content-Encoding", "gzip")
            handler.finish(self.packed)
        else:
            handler.finish(self.plain)


async def render(
    app: Voila, executed: ExecutedNotebook, kernel_id: str
) -> RenderedPage:
    """Render with Voila's own machinery, from cells that were executed before.

    Parameters
    ----------
    app : the running application; its template and settings are used.
    executed : the notebook.
    kernel_id : what the page calls its kernel; a browser makes it its own.
    """
    name = executed.notebook.name
    # of its own folder: lessons and slides lie in different ones
    folder = str(executed.notebook.parent)
    contents = type(app.contents_manager)(parent=app, root_dir=folder)
    shared = {
        "base_url": app.base_url,
        "settings": app.app.settings,
        "log": app.log,
        "voila_configuration": app.voila_configuration,
    }
    config = get_page_config(**shared)
    hook = app.voila_configuration.page_config_hook
    if hook:
        config = hook(config, **shared, notebook_path=name, executed=executed)
    renderer = NotebookRenderer(
        voila_configuration=app.voila_configuration,
        traitlet_config=app.config,
        notebook_path=name,
        template_paths=app.template_paths,
        config_manager=app.config_manager,
        contents_manager=contents,
        base_url=app.base_url,
        kernel_spec_manager=app.kernel_spec_manager,
        page_config=config,
        mathjax_config=None,
        mathjax_url=None,
    )
    await renderer.initialize()
    renderer.exporter.environment.bytecode_cache = _compiled
    renderer.notebook.cells = executed.cells

    async def kernel_start(_: Any) -> str:
        return kernel_id

    async def cell_generator(notebook: Any, _: str) -> Any:
        for cell in notebook.cells:
            yield cell

    parts = renderer.exporter.generate_from_notebook_node(
        renderer.notebook,
        resources=renderer.resources,
        extra_context={
            "frontend": "voila",
            "main_js": "voila.js",
            "kernel_start": kernel_start,
            "cell_generator": cell_generator,
            "notebook_execute": None,
            "progressive_rendering": False,
        },
        page_config=config,
    )
    return RenderedPage.of("".join([html async for html, _ in parts]))
