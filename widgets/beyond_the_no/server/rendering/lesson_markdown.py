"""Markdown renderer for lessons and decks: claims, care links, formulas, files."""

import re
from pathlib import Path

from nbconvert.filters.markdown_mistune import InvalidNotebook
from voila.exporter import VoilaMarkdownRenderer

from ...content import drawings, lesson_files
from ...evidence.claims import claim
from ...evidence.help_lines import NEEDS
from . import templating
from .formulas import money
from .inline_files import embedded

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
# another lesson by its file, as Jupyter has it, and a part of it by its cell
PLACE = re.compile(
    r"(?:(?P<lesson>[\w.-]+)\.ipynb)?(?:#(?P<cell>\d\d-[A-Za-z0-9_-]+))?"
)
# a way to care that ends a paragraph as a sentence of its own; others are mere links
LAST_WORDS = re.compile(r'((?:^|[.:] )<a class=")care-link("[^>]*>[^<]*</a>)\.?\s*$')
CARE = re.compile(rf"#(?P<what>help|ground)(?:-(?P<need>{'|'.join(NEEDS)}))?")
# a person’s figure: told of where they are introduced, or only seen beside a scene
FIGURE = re.compile(
    rf"#(?P<how>drawing|beside)-(?P<name>{'|'.join(drawings.descriptions())})"
)
SLOT = re.compile(r"#(group|join)(?:-([A-Za-z0-9_-]{1,64}))?")


class LessonMarkdown(VoilaMarkdownRenderer):
    """Markdown in which a link to a claim opens "How do we know?", or opens Help."""

    url_prefix = templating.UrlPrefix("../")  # a lesson's address is one folder down

    def inline_math(self, body: str) -> str:
        """Mark a formula; money is written with the same sign."""
        shown = str(super().inline_math(body))
        return shown if money(body) else f'<span class="formula">{shown}</span>'

    def block_math(self, body: str) -> str:
        """Mark a formula that has a line of its own."""
        return f'<span class="formula">{super().block_math(body)}</span>'

    def latex_environment(self, name: str, body: str) -> str:
        """Mark formulas that have lines of their own."""
        shown = super().latex_environment(name, body)
        return f'<span class="formula">{shown}</span>'

    def table(self, text: str) -> str:
        """Let a wide table scroll in itself."""
        return f'<div class="scrolls"><table>\n{text}</table></div>\n'

    def block_html(self, html: str) -> str:
        """Show markup of the lesson's author, with files that lie beside the lesson."""
        shown = self._embedded(html)
        if len(re.findall(r"<table\b", shown)) == shown.count("</table>"):
            shown = TABLE.sub(r'<div class="scrolls">\g<0></div>', shown)
        return str(super().block_html(shown))

    def inline_html(self, html: str) -> str:
        """Show markup of the lesson's author, with files that lie beside the lesson."""
        return str(super().inline_html(self._embedded(html)))

    def paragraph(self, text: str) -> str:
        """Show a paragraph; a link to Ground me or Help that ends it is a button."""
        return str(super().paragraph(LAST_WORDS.sub(r"\1button\2", text)))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Show a picture; of one that a notebook lost, its words."""
        try:
            return str(super().image(text, url, title))
        except InvalidNotebook:
            return text

    def _place(self, lesson: str | None, cell: str | None) -> str:
        """Return the address of a part of a lesson, or of a lesson."""
        page = f"lesson/{lesson_files.address(lesson)}" if lesson else ""
        page = self.url_prefix.to(page) if page else ""
        return f"{page}#cell-{cell}" if cell else page

    def _embedded(self, html: str) -> str:
        return embedded(html, Path(self.contents_manager.root_dir))

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Turn ``[… Evidence: mixed](#C09)`` into the claim with its evidence.

        ``[…](#help)`` opens Help, and ``[…](#help-abuse)`` opens it for that need. On a
        slide ``[…](#group-NAME)`` is where a question of that name is shown.
        ``[Noor](#drawing-noor)`` puts her figure beside the paragraph, with what it
        shows; ``[Noor](#beside-noor)`` puts it there for the eye alone.
        """
        if found := FIGURE.fullmatch(url):
            decorative = found["how"] == "beside"
            figure = drawings.inline(found["name"], decorative=decorative)
            return f'<span class="figure">{figure}</span>{text}'
        if found := CARE.fullmatch(url):
            what, need = found["what"], found["need"] or ""
            return templating.render(
                "care_link",
                url_prefix=self.url_prefix,
                what=what,
                need=need,
                text=text,
            )
        if slot := SLOT.fullmatch(url):
            return templating.render(
                "group_slot", shows=slot[1], group=slot[2], text=text
            )
        if url and (place := PLACE.fullmatch(url)):
            url = self._place(place["lesson"], place["cell"])
        if not (url.startswith("#C") and url[2:].isdigit()):
            return str(super().link(text, url, title))
        return templating.render("claim", claim=claim(url[1:]))
