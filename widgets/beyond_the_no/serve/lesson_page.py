"""A lesson as Voila serves it, inside our own page."""

from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError
from traitlets.config import Config
from voila.exporter import VoilaMarkdownRenderer
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from ..evidence.claims import claim
from ..room import words
from ..room.room import Phase
from . import notices, pages
from .assets import RELEASE
from .handlers import shared
from .lessons import SECONDS_A_CELL, TRANSPORT
from .workshop import Workshop

# everything else in a person's own JupyterLab stays out of the phones' pages
EXTENSIONS = [
    "anywidget",
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
]
CELLS = "<!-- cells -->"


class LessonMarkdown(VoilaMarkdownRenderer):
    """Markdown in which a link to a claim opens "How do we know?"."""

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Turn ``[How sure: mixed](#C09)`` into the claim with its evidence."""
        if not (url.startswith("#C") and url[2:].isdigit()):
            return str(super().link(text, url, title))
        return pages.render("claim", claim=claim(url[1:]))


def configure(config: Config, workshop: Workshop) -> None:
    """Set what Voila needs to serve lessons our way."""

    def page_config(found: dict[str, Any], *, base_url: str, **about: Any) -> Any:
        """Give the template our page, and Voila addresses that can be kept for ever."""
        found["fullStaticUrl"] = f"{base_url}assets/{RELEASE}/voila"
        found["fullLabextensionsUrl"] = f"{base_url}assets/{RELEASE}/labextensions"
        found["chrome"] = chrome(workshop, Path(about["notebook_path"]).stem)
        return found

    config.VoilaConfiguration.template = "lab"
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.extension_allowlist = EXTENSIONS
    config.VoilaConfiguration.page_config_hook = page_config
    config.VoilaExporter.markdown_renderer_class = LessonMarkdown
    config.VoilaExecutor.timeout = SECONDS_A_CELL
    config.VoilaExecutor.iopub_timeout = 30
    # its heartbeat is a script in the page, which ours do not allow
    config.VoilaConfiguration.http_keep_alive_timeout = 3600
    config.NotebookNotary.db_file = ":memory:"
    config.KernelManager.transport = TRANSPORT
    # a phone that sleeps loses its kernel, not its writing: its page offers to wake
    config.MappingKernelManager.cull_idle_timeout = 15 * 60
    config.MappingKernelManager.cull_interval = 60


def chrome(workshop: Workshop, name: str) -> tuple[str, str, str, str]:
    """Render what stands around cells: before all, after all, for trouble, to skip.

    They stand in a page's configuration, where the lesson template finds them.
    """
    lesson = workshop.lessons.get(name)
    about = shared(workshop) | {
        "title": lesson.title if lesson else name,
        "lesson": name,
        "numeral": lesson.notebook.metadata.get("numeral", "") if lesson else "",
        "front_end": f"assets/{RELEASE}/voila",
    }
    before, after = pages.render("lesson", **about).split(CELLS)
    return before, after, words.say("page", "cell_trouble"), pages.render("skip")


class LessonPage(TornadoVoilaHandler):
    """``/lesson/NAME``: a kernel runs the notebook for one phone."""

    starting = 0

    def initialize(self, workshop: Workshop, **voila: Any) -> None:
        """Remember the workshop, and what Voila needs."""
        super().initialize(**voila)
        self.workshop = workshop

    async def get(self, name: str) -> None:
        """Show the lesson, or say why not."""
        lesson = self.workshop.lessons.get(name)
        if self.workshop.room.phase is Phase.ENDED:
            return self.notice(200, "ended")
        if lesson is None:
            return self.notice(404, "no_lesson")
        if lesson.trouble:
            return self.notice(503, "lesson_trouble", title=lesson.title)
        busy = self.workshop.kernels() + LessonPage.starting
        if busy >= self.workshop.settings.max_kernels:
            return self.notice(503, "full")
        self.xsrf_token  # noqa: B018  sets the cookie that the closing page needs
        LessonPage.starting += 1
        try:
            await super().get(path=lesson.path.name)
        finally:
            LessonPage.starting -= 1

    def head(self, name: str) -> None:
        """Answer a link scanner without starting anything."""
        self.set_status(200 if self.workshop.lessons.get(name) else 404)

    def notice(self, status: int, name: str, **parts: object) -> None:
        """Answer with a calm page."""
        self.set_status(status)
        about = shared(self.workshop) | notices.notice(
            name, self.workshop.base, **parts
        )
        self.finish(pages.render("notice", **about))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Never show a traceback on a phone."""
        if not self._finished:
            self.notice(status_code, "trouble")


class LessonKernel(KernelHandler):
    """Whether this page's kernel still lives; nothing else of Jupyter's kernel API."""

    def delete(self, kernel_id: str) -> None:
        """Refuse: closing the page ends its kernel."""
        raise HTTPError(405)


class LessonChannels(VoilaKernelWebsocketHandler):
    """The page's line to its kernel: widgets only, no code from a browser."""

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say no more than that: Jupyter's page would need files we do not serve."""
        self.finish()
