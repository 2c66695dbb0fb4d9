"""Layout around a notebook's cells, for Voila's template."""

import re
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from traitlets.config import Config
from voila.utils import get_page_config

from ...content import decks, drawings
from ...content.lessons import Lesson
from ...engine.kernels.executed_notebook import ExecutedNotebook
from ...room import words
from ..rendering import folds, templating, widget_embedding
from ..rendering.formulas import has as has_formulas
from ..rendering.lesson_markdown import LessonMarkdown
from ..workshop.workshop import Workshop
from .page_context import page_context
from .static_assets import RELEASE

# everything else in a person's own JupyterLab stays out of the phones' pages
EXTENSIONS = [
    "anywidget",
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
]
GROUP = re.compile(r"\]\(#group-([\w-]+)\)")  # a slide's place for a question
CELLS = "<!-- cells -->"  # where our templates are cut in two


@dataclass(frozen=True)
class Layout:
    """What the template of notebooks puts around and between cells; all are HTML."""

    header: str
    footer: str
    cell_error: str  # in the place of a cell that failed
    skip: str  # after the first cell: that one may skip the lesson
    widgets: widget_embedding.EmbeddedWidgets  # which shows outputs


def configure(config: Config, workshop: Workshop) -> None:
    """Set what Voila needs to render lessons our way."""

    def page_config(found: dict[str, Any], *, base_url: str, **about: Any) -> Any:
        """Give the template our page, and Voila addresses that can be kept for ever."""
        others = widget_embedding.others(about["executed"])
        if others:  # what a lesson shows may be loaded, whoever made it
            set_up = about["voila_configuration"]
            set_up.extension_allowlist = [*EXTENSIONS, *others]
            known = {k: about[k] for k in ("settings", "log", "voila_configuration")}
            found = get_page_config(base_url=base_url, **known)
            set_up.extension_allowlist = EXTENSIONS
        found["fullStaticUrl"] = f"{base_url}assets/{RELEASE}/voila"
        found["fullLabextensionsUrl"] = f"{base_url}assets/{RELEASE}/labextensions"
        found["xsrfCookie"] = workshop.settings.xsrf_cookie
        found["layout"] = layout_of(workshop, about["executed"])
        return found

    config.VoilaConfiguration.template = "lab"
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.extension_allowlist = EXTENSIONS
    config.VoilaConfiguration.page_config_hook = page_config
    config.VoilaExporter.markdown_renderer_class = LessonMarkdown
    config.NotebookNotary.db_file = ":memory:"


def layout_of(workshop: Workshop, executed: ExecutedNotebook) -> Layout:
    """Lay out an executed notebook, as a deck or as a lesson."""
    if (deck := workshop.decks.of(executed)) is not None:
        return deck_layout(workshop, deck, executed)
    lesson = workshop.lessons.of(executed)
    assert lesson is not None, "only lessons and decks are rendered"
    return lesson_layout(workshop, lesson, executed)


def widgets_of(workshop: Workshop, executed: ExecutedNotebook) -> dict[str, Any]:
    """Tell a template what the widgets of its page need, whatever is around them."""
    pictures = workshop.service.pictures
    slim_one = widget_embedding.serves(workshop.settings.front_end, executed)
    widgets = widget_embedding.EmbeddedWidgets(executed, slim_one)
    return {
        "front_end": f"assets/{RELEASE}/voila",
        "pictures": pictures.fingerprint if pictures else "",
        "slim": slim_one,
        "embedded_state": widgets.embedded_state() if widgets.known else "",
        "widgets": widgets,
        "formulas": has_formulas(executed),
    }


def _layout(template: str, about: dict[str, Any], skip: str = "") -> Layout:
    """Render our template, and cut it in two where the cells go."""
    before, after = templating.render(template, **about).split(CELLS)
    return Layout(
        header=before,
        footer=after,
        cell_error=words.render_text("page", "cell_error"),
        skip=skip,
        widgets=about["widgets"],
    )


def lesson_layout(
    workshop: Workshop, lesson: Lesson, executed: ExecutedNotebook
) -> Layout:
    """Render the page around a lesson's cells, with those that wait in folds."""
    folds.lay_out(executed.cells, _asked(executed))
    about: dict[str, Any] = page_context(workshop) | widgets_of(workshop, executed)
    about |= {
        "title": lesson.title,
        "lesson": lesson.name,
        "numeral": lesson.notebook.metadata.get("numeral", ""),
        "at_head": drawings.drawing_of(lesson.notebook),
        "onward": next((o for o in workshop.lessons if o.name > lesson.name), None),
        "icon": quote(templating.file("favicon.svg").read_text("utf-8")),
        "style": Markup(templating.file("lesson.css").read_text("utf-8")),
    }
    return _layout("lesson", about, skip=templating.render("skip_lesson"))


def deck_layout(workshop: Workshop, deck: Lesson, executed: ExecutedNotebook) -> Layout:
    """Render the page around a deck's cells, and lay them out on slides."""
    lay_out(executed.cells)
    folds.lay_out(executed.cells, _asked(executed))
    about: dict[str, Any] = page_context(workshop) | widgets_of(workshop, executed)
    about |= {
        "title": deck.title,
        "deck": deck.name,
        "on_deck": True,
        "join_address": workshop.join,
        "workshop_title": workshop.settings.title,
    }
    return _layout("deck", about)


def _asked(executed: ExecutedNotebook) -> list[str]:
    """Return the questions that a notebook declares, or a deck has a place for."""
    declared = (one["state"].get("activity") for one in executed.state.values())
    named = [str(one.get("id")) for one in declared if isinstance(one, dict)]
    prose = (cell.source for cell in executed.cells if cell.cell_type == "markdown")
    return [*named, *chain.from_iterable(map(GROUP.findall, prose))]


def lay_out(cells: list[Any]) -> None:
    """Tell each cell what stands before and after it on the page."""
    for at, slide in enumerate(decks.slides_of(cells)):
        opens = templating.render("slide", slide=slide, first=at == 0)
        fragment = ""
        for cell in slide.cells:
            before, opens = opens, ""
            if decks.kind_of(cell) == "fragment":
                before += fragment + '<div class="fragment">'
                fragment = "</div>"
            cell.metadata["deck"] = {"opens": before, "hidden": decks.hidden(cell)}
        slide.cells[-1].metadata["deck"]["closes"] = fragment + "</section>"
