"""The handbook as one printed document: contents, pages, and at the end evidence."""

import re
from collections.abc import Mapping
from typing import Any

import mistune

from ...common import words
from ...content import handbook
from ...evidence.claims import Claim, claim
from ...server.rendering.handbook_markdown import CLAIM, HandbookMarkdown
from ...server.rendering.templating import UrlPrefix

EVIDENCE = "evidence"  # anchor of the list of claims


class OnPaper(HandbookMarkdown):
    """One page of the handbook on paper: a link says on which page it lies.

    Parameters
    ----------
    page : what to render.
    anchors : what the document holds.
    numbers : on which page each anchor lies, as far as it is known.
    """

    def __init__(
        self, page: handbook.Page, anchors: set[str], numbers: Mapping[str, int]
    ) -> None:
        super().__init__(page.name, anchors, UrlPrefix("/"))
        self.numbers = numbers

    def heading(self, text: str, level: int, **_: Any) -> str:
        """Set a page's headings one level lower: its title stands above them."""
        level += self.name != handbook.CONTENTS
        anchor = handbook.anchor(self.name, handbook.slug(text))
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def claim(self, id: str) -> str:
        """Say how good the evidence is, and where it stands in this document."""
        grade = claim(id).evidence
        said = words.render_text(
            __package__, "handbook", "claim", id=id, evidence=grade
        )
        return f"<small>{self.place(said, id)}</small>"

    def care(self, text: str, what: str, need: str) -> str:
        """Name the page of the phones: paper opens nothing."""
        return f"<i>{text}</i>"

    def place(self, text: str, anchor: str) -> str:
        """Show a link, and the page that it leads to."""
        number = self.numbers.get(anchor, "")
        if self.name != handbook.CONTENTS:
            number = words.render_text(__package__, "handbook", "page", number=number)
        return f"{super().place(text, anchor)} <span>{number}</span>"


def printed(numbers: Mapping[str, int]) -> dict[str, Any]:
    """Render all pages, and collect the claims that they name.

    Parameters
    ----------
    numbers : the page of each anchor; empty before the document was printed once.
    """
    pages = handbook.pages()
    anchors = {handbook.anchor(page.name) for page in pages}
    anchors |= {part.anchor for page in pages for part in page.parts}
    shown = []
    for page in pages:
        renderer = OnPaper(page, anchors, numbers)
        html = mistune.create_markdown(renderer=renderer, plugins=["table"])
        shown.append({"name": page.name, "title": page.title, "html": html(page.text)})
    return {
        "contents": shown[0],
        "pages": shown[1:],
        "claims": named(pages),
        "evidence_from": numbers.get(EVIDENCE, ""),
    }


def named(pages: tuple[handbook.Page, ...]) -> list[Claim]:
    """List the claims that the pages name, once each, by their numbers."""
    link = re.compile(rf"\({CLAIM.pattern}\)")
    found = {id for page in pages for id in link.findall(page.text)}
    return [claim(id) for id in sorted(found)]
