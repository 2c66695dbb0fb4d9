"""Builds pages with the same application, which never listens.

So lessons run, and pages are rendered, as in a workshop; only what pages know of the
place where they stand is another (`relative_urls`).
"""

from collections.abc import Callable
from typing import Any

import tornado.web
from tornado.ioloop import IOLoop

from ...common.settings import UserError
from ...content import lessons
from ...content.drawings import drawing_of
from ...content.lessons import Lesson
from ...engine.rendered_page import render
from ...evidence.claims import claims
from ...server.app import WorkshopApp
from ...server.rendering import templating, widget_embedding
from ...server.rendering.lesson_markdown import LessonMarkdown
from ...server.views import notebook_layout, page_context
from ...server.workshop.notebook_service import SharedNotebooks
from ...server.workshop.workshop import Workshop
from .picture_scripts import Source, draw, fit, packed
from .relative_urls import RelativeUrlPrefix
from .words import render_text

GALLERY = "gallery"
SHARED = (
    "theme.css",
    "static_lesson.js",
    *templating.FACES,
)  # files of every lesson's page


class SiteMarkdown(LessonMarkdown):
    """A lesson's prose, whose links lead to files."""

    url_prefix = RelativeUrlPrefix("../")


class SiteNotebooks(SharedNotebooks):
    """Runs lessons; their pages are made in the end, when files have their names."""

    async def render(self, lesson: Lesson) -> None:
        """Tell the builder that a lesson has run."""
        await self.app.ran_once(lesson)


class SiteBuilder(WorkshopApp):
    """Runs all lessons, draws all pictures, and renders all pages.

    Attributes
    ----------
    html : dict of str to str
        What came of it: each page by its address.
    sources : dict of str to Source
        And the pictures.
    """

    service_class = SiteNotebooks

    def configure(
        self, workshop: Workshop, on_progress: Callable[[str, bool], None], budget: int
    ) -> None:
        """Take a workshop that nobody will join.

        Parameters
        ----------
        on_progress : hears how far it is, and whether that is worth a line of its own.
        budget : bytes that a lesson may take with its pictures, packed.
        """
        self.workshop, self.on_progress, self.budget = workshop, on_progress, budget
        self.html: dict[str, str] = {}
        self.sources: dict[str, Source] = {}
        self.ran: list[Lesson] = []

    def start(self) -> None:
        """Make everything, and end.

        Raises
        ------
        UserError
            When a lesson cannot be shown; it says which, and why.
        """
        self.app = tornado.web.Application(**self.init_settings())
        self.config.VoilaExporter.markdown_renderer_class = SiteMarkdown
        self.voila_configuration.page_config_hook = self._around
        try:
            IOLoop.current().run_sync(self._make)
        finally:
            IOLoop.current().run_sync(self.service.close)

    async def _make(self) -> None:
        await self.workshop.lessons.check_all()
        every = [*self.workshop.lessons, *await self._gallery()]
        errors = [f"{one.path.name}: {one.error}" for one in every if one.error]
        if errors:
            raise UserError(render_text("error", "lessons", list="\n".join(errors)))
        names = dict.fromkeys(name for lesson in every for name in lesson.pictures)
        assert self.service.pictures is not None
        try:
            self.sources = await draw(self.service.pictures, names, self._drawn)
        except RuntimeError as error:
            raise UserError(render_text("error", "lessons", list=error)) from None
        for lesson in every:
            await self._fit(lesson, spare=lesson.name == GALLERY)
        for lesson in every:  # files have their names now
            self.html[f"lesson/{lesson.name}.html"] = await self._page(lesson)
        self._others()

    # -- lessons ----------------------------------------------------------------------

    async def ran_once(self, lesson: Lesson) -> None:
        """Look at a lesson that has run: nobody will ask it for a kernel."""
        assert lesson.executed is not None
        lesson.executed.close()
        why = widget_embedding.unsupported_reason(lesson.executed)
        if not why and widget_embedding.EmbeddedWidgets(lesson.executed, True).stock:
            why = "it shows controls of Jupyter’s own"
        if why:
            why = why[0].upper() + why[1:]
            lesson.error = render_text("error", "needs_python", why=why)
        self.ran.append(lesson)
        of = len(list(self.workshop.lessons))
        line = render_text("say", "runs", n=len(self.ran), of=of, title=lesson.title)
        self.on_progress(line, True)

    async def _gallery(self) -> list[Lesson]:
        """Run the page of all widgets, where the folder of lessons has one."""
        path = self.workshop.settings.notebooks / "author" / f"{GALLERY}.ipynb"
        if not path.is_file() or self.workshop.lessons.get(GALLERY):
            return []
        lesson = lessons.load_lesson(path)
        if not lesson.error:
            lesson.apply_execution(await self.service.execute(path), {})
            if lesson.executed is not None:
                lesson.executed.close()
        return [lesson]

    async def _page(self, lesson: Lesson) -> str:
        self.at = lesson
        assert lesson.executed is not None
        held = {name: self.sources[name].address for name in lesson.pictures}
        self.workshop.url_prefix = RelativeUrlPrefix("../", held)
        return (await render(self, lesson.executed, "")).plain.decode()

    def _around(self, found: dict[str, Any], **about: Any) -> dict[str, Any]:
        """Give the template our page."""
        executed = about["executed"]
        layout = notebook_layout.lesson_layout(self.workshop, self.at, executed)
        return found | {"layout": layout}

    async def _fit(self, lesson: Lesson, *, spare: bool) -> None:
        """Leave out less likely pictures of a lesson that would be too large."""
        around = (await self._page(lesson)).encode()
        files = (templating.file(name).read_bytes() for name in SHARED)
        taken = packed(around) + sum(map(packed, files))
        if spare or not fit(self.sources, lesson.pictures, self.budget - taken):
            return
        mine = [self.sources[name] for name in lesson.pictures]
        counted = {
            "held": sum(one.held for one in mine),
            "of": sum(len(one.states) for one in mine),
            "budget": f"{self.budget / 1e6:g}",
        }
        self.on_progress(
            render_text("say", "fewer", title=lesson.title, **counted), True
        )

    def _drawn(self, n: int, of: int) -> None:
        self.on_progress(render_text("say", "drawn", n=n, of=of), n == of)

    # -- what stands around them ------------------------------------------------------

    def _others(self) -> None:
        """Render the first page, Help, Ground me, My page, and the evidence."""
        self.workshop.url_prefix = RelativeUrlPrefix()
        shared = page_context.page_context(self.workshop)
        listed = [
            one.run_sheet() | {"at_head": drawing_of(one.notebook)}
            for one in self.workshop.lessons
        ]
        shown = [claim for claim in claims() if claim.status == "shown"]
        more: dict[str, dict[str, object]] = {
            "index": {
                "lessons": listed,
                "gallery": f"lesson/{GALLERY}.html" in self.html,
            },
            "evidence": {"claims": shown},
            "help": {},
            "ground": {},
            "my-page": {},
        }
        templates = {"index": "site_index", "my-page": "my_page"}
        for name, about in more.items():
            made = templating.render(templates.get(name, name), **shared | about)
            self.html[f"{name}.html"] = made
