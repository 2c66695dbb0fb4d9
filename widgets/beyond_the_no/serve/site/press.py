"""Makes the pages: the same server, up to the point where it would listen.

So lessons run, and pages are rendered, as in a workshop; only what pages know of the
place where they stand is another (`base`).
"""

from collections.abc import Callable
from typing import Any

import tornado.web
from tornado.ioloop import IOLoop

from ...evidence.claims import claims
from .. import handlers, lesson_page, lessons, pages, slim
from ..lessons import Lesson
from ..server import Server
from ..settings import Trouble
from ..snapshot.page import render
from ..workshop import Workshop
from .base import Alone
from .pictures import Source, draw, fit, packed
from .words import say

GALLERY = "gallery"
SHARED = ("look.css", "alone_page.js", "keep.js")  # files of every lesson's page


class AloneMarkdown(lesson_page.LessonMarkdown):
    """A lesson's prose, whose links lead to files."""

    base = Alone("../")


class Press(Server):
    """Runs all lessons, draws all pictures, and renders all pages.

    Attributes
    ----------
    html : dict of str to str
        What came of it: each page by its address.
    sources : dict of str to Source
        And the pictures.
    """

    def set_up(
        self, workshop: Workshop, told: Callable[[str, bool], None], budget: int
    ) -> None:
        """Take a workshop that nobody will join.

        Parameters
        ----------
        told : hears how far it is, and whether that is worth a line of its own.
        budget : bytes that a lesson may take with its pictures, packed.
        """
        self.workshop, self.told, self.budget = workshop, told, budget
        self.html: dict[str, str] = {}
        self.sources: dict[str, Source] = {}
        self.ran: list[Lesson] = []

    def start(self) -> None:
        """Make everything, and end.

        Raises
        ------
        Trouble
            When a lesson cannot be shown; it says which, and why.
        """
        self.app = tornado.web.Application(**self.init_settings())
        self.config.VoilaExporter.markdown_renderer_class = AloneMarkdown
        self.workshop.render = self._run
        self.voila_configuration.page_config_hook = self._around
        try:
            IOLoop.current().run_sync(self._make)
        finally:
            IOLoop.current().run_sync(self.sharing.close)

    async def _make(self) -> None:
        await self.workshop.lessons.check_all()
        every = [*self.workshop.lessons, *await self._gallery()]
        troubles = [f"{one.path.name}: {one.trouble}" for one in every if one.trouble]
        if troubles:
            raise Trouble(say("trouble", "lessons", list="\n".join(troubles)))
        names = dict.fromkeys(name for lesson in every for name in lesson.pictures)
        assert self.workshop.pictures is not None
        try:
            self.sources = await draw(self.workshop.pictures, names, self._drawn)
        except RuntimeError as error:
            raise Trouble(say("trouble", "lessons", list=error)) from None
        for lesson in every:
            await self._fit(lesson, spare=lesson.name == GALLERY)
        for lesson in every:  # files have their names now
            self.html[f"lesson/{lesson.name}.html"] = await self._page(lesson)
        self._others()

    # -- lessons ----------------------------------------------------------------------

    async def _run(self, lesson: Lesson) -> None:
        """Look at a lesson that has run: nobody will ask it for a kernel."""
        assert lesson.executed is not None
        lesson.executed.close()
        why = slim.why_not(lesson.executed)
        if not why and slim.Widgets(lesson.executed, True).stock:
            why = "it shows controls of Jupyter’s own"
        if why:
            why = why[0].upper() + why[1:]
            lesson.trouble = say("trouble", "needs_python", why=why)
        self.ran.append(lesson)
        of = len(list(self.workshop.lessons))
        line = say("say", "runs", n=len(self.ran), of=of, title=lesson.title)
        self.told(line, True)

    async def _gallery(self) -> list[Lesson]:
        """Run the page of all widgets, where the folder of lessons has one."""
        path = self.workshop.settings.notebooks / "author" / f"{GALLERY}.ipynb"
        if not path.is_file() or self.workshop.lessons.get(GALLERY):
            return []
        lesson = lessons.read(path)
        if not lesson.trouble:
            lesson.take(await self.sharing.execute(path), {})
            if lesson.executed is not None:
                lesson.executed.close()
        return [lesson]

    async def _page(self, lesson: Lesson) -> str:
        self.at = lesson
        assert lesson.executed is not None
        held = {name: self.sources[name].address for name in lesson.pictures}
        self.workshop.base = Alone("../", held)
        return (await render(self, lesson.executed, "")).plain.decode()

    def _around(self, found: dict[str, Any], **about: Any) -> dict[str, Any]:
        """Give the template our page."""
        executed = about["executed"]
        chrome = lesson_page.chrome(self.workshop, self.at, executed)
        return found | {"chrome": chrome}

    async def _fit(self, lesson: Lesson, *, spare: bool) -> None:
        """Leave out less likely pictures of a lesson that would be too large."""
        around = (await self._page(lesson)).encode()
        files = (pages.read(pages.parts(name)) for name in SHARED)
        taken = packed(around) + sum(map(packed, files))
        if spare or not fit(self.sources, lesson.pictures, self.budget - taken):
            return
        mine = [self.sources[name] for name in lesson.pictures]
        counted = {
            "held": sum(one.held for one in mine),
            "of": sum(len(one.states) for one in mine),
            "budget": f"{self.budget / 1e6:g}",
        }
        self.told(say("say", "fewer", title=lesson.title, **counted), True)

    def _drawn(self, n: int, of: int) -> None:
        self.told(say("say", "drawn", n=n, of=of), n == of)

    # -- what stands around them ------------------------------------------------------

    def _others(self) -> None:
        """Render the first page, Help, Ground me, My page, and the evidence."""
        self.workshop.base = Alone()
        shared = handlers.shared(self.workshop)
        listed = [one.run_sheet() for one in self.workshop.lessons]
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
        templates = {"index": "start", "my-page": "my_page"}
        for name, about in more.items():
            made = pages.render(templates.get(name, name), **shared | about)
            self.html[f"{name}.html"] = made
