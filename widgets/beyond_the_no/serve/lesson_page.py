"""A lesson as a page: Voila renders an executed notebook inside our own page."""

import re
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from traitlets.config import Config
from voila.exporter import VoilaMarkdownRenderer
from voila.utils import get_page_config

from ..evidence.claims import claim
from ..room import words
from ..room.room import Phase
from . import pages, slim
from .assets import RELEASE
from .handlers import Page, shared
from .lessons import Lesson, Lessons
from .snapshot.templates import Executed
from .workshop import Workshop

# everything else in a person's own JupyterLab stays out of the phones' pages
EXTENSIONS = [
    "anywidget",
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
]
CELLS = "<!-- cells -->"
SLOT = re.compile(r"#(group|join)(?:-([A-Za-z0-9_-]{1,64}))?")


class LessonMarkdown(VoilaMarkdownRenderer):
    """Markdown in which a link to a claim opens "How do we know?", or opens Help."""

    base: pages.Base = pages.Base("../")  # a lesson's address is one folder down

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Turn ``[How sure: mixed](#C09)`` into the claim with its evidence.

        On a slide ``[…](#group-NAME)`` is where a question of that name is shown.
        """
        if url in ("#help", "#ground"):
            return pages.render("care_link", base=self.base, what=url[1:], text=text)
        if slot := SLOT.fullmatch(url):
            return pages.render("slot", shows=slot[1], group=slot[2], text=text)
        if not (url.startswith("#C") and url[2:].isdigit()):
            return str(super().link(text, url, title))
        return pages.render("claim", claim=claim(url[1:]))


def configure(config: Config, workshop: Workshop) -> None:
    """Set what Voila needs to render lessons our way."""

    def page_config(found: dict[str, Any], *, base_url: str, **about: Any) -> Any:
        """Give the template our page, and Voila addresses that can be kept for ever."""
        others = slim.others(about["executed"])
        if others:  # what a lesson shows may be loaded, whoever made it
            set_up = about["voila_configuration"]
            set_up.extension_allowlist = [*EXTENSIONS, *others]
            known = {k: about[k] for k in ("settings", "log", "voila_configuration")}
            found = get_page_config(base_url=base_url, **known)
            set_up.extension_allowlist = EXTENSIONS
        found["fullStaticUrl"] = f"{base_url}assets/{RELEASE}/voila"
        found["fullLabextensionsUrl"] = f"{base_url}assets/{RELEASE}/labextensions"
        found["chrome"] = around(workshop, about["executed"])
        return found

    config.VoilaConfiguration.template = "lab"
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.extension_allowlist = EXTENSIONS
    config.VoilaConfiguration.page_config_hook = page_config
    config.VoilaExporter.markdown_renderer_class = LessonMarkdown
    config.NotebookNotary.db_file = ":memory:"


def around(workshop: Workshop, executed: Executed) -> tuple[Any, ...]:
    """Render what stands around a notebook's cells: a deck's, or a lesson's."""
    from . import deck_pages  # which are lesson pages, too

    name, folder = executed.notebook.stem, executed.notebook.parent
    deck = workshop.decks.find(name)
    if deck is not None and folder == workshop.settings.slides:
        return deck_pages.chrome(workshop, deck, executed)
    lesson = workshop.lessons.find(name)
    assert lesson is not None, "only lessons and decks are rendered"
    return chrome(workshop, lesson, executed)


def widgets_of(workshop: Workshop, executed: Executed) -> dict[str, Any]:
    """Tell a template what the widgets of its page need, whatever is around them."""
    slim_one = slim.serves(workshop.settings.front_end, executed)
    widgets = slim.Widgets(executed, slim_one)
    return {
        "front_end": f"assets/{RELEASE}/voila",
        "pictures": workshop.pictures.print if workshop.pictures else "",
        "slim": slim_one,
        "carried": widgets.carried() if widgets.known else "",
        "widgets": widgets,
    }


def chrome(workshop: Workshop, lesson: Lesson, executed: Executed) -> tuple[Any, ...]:
    """Render what stands around cells: before all, after all, for trouble, to skip.

    They stand in a page's configuration, where the lesson template finds them. The last
    one shows widgets.
    """
    about = shared(workshop) | widgets_of(workshop, executed)
    about |= {
        "title": lesson.title,
        "lesson": lesson.name,
        "numeral": lesson.notebook.metadata.get("numeral", ""),
        "onward": next((o for o in workshop.lessons if o.name > lesson.name), None),
        "icon": quote(pages.file("favicon.svg").read_text("utf-8")),
        "style": Markup(pages.file("lesson.css").read_text("utf-8")),
    }
    before, after = pages.render("lesson", **about).split(CELLS)
    trouble = words.say("page", "cell_trouble")
    return before, after, trouble, pages.render("skip"), about["widgets"]


class LessonPage(Page):
    """``/lesson/NAME``: the same page for everyone; a kernel begins with its socket."""

    missing, resting = "no_lesson", "lesson_trouble"  # what is said then

    @property
    def there(self) -> Lessons:
        """Where to look for it."""
        return self.workshop.lessons

    async def get(self, name: str) -> None:
        """Show the lesson, or say why not."""
        lesson = self.there.get(name)
        if self.workshop.room.phase is Phase.ENDED:
            return self.notice(200, "ended")
        if lesson is None:
            return self.notice(404, self.missing)
        await lesson.checked.wait()
        if lesson.page is None:
            return self.notice(503, self.resting, title=lesson.title)
        full = self.workshop.kernels() >= self.workshop.settings.max_kernels
        if lesson.needs_kernel and full:
            return self.notice(503, "full")
        self.xsrf_token  # noqa: B018  sets the cookie that the closing page needs
        lesson.page.send(self)
        return None

    async def head(self, name: str) -> None:  # type: ignore[override]
        """Tell a link scanner, or a page that asks for a newer version."""
        await self.get(name)

    def compute_etag(self) -> None:
        """Leave the page its own name."""
