"""The handbook for those who lead: its pages in reading order, and their parts.

Markdown, in ``docs/handbook``. Its README lists the pages, and so says their order.
"""

import re
from dataclasses import dataclass

from ..common import resources

FOLDER = resources.KIT / "docs" / "handbook"
CONTENTS = "README"
SCRIPTS = ("scripts", "group")  # what to say when something hard happens
TITLE = re.compile(r"# (.+)\n+")
HEADING = re.compile(r"(?m)^## (.+)\n+")
LISTED = re.compile(r"(?m)^- \[[^\]]+\]\(([\w-]+)\.md\)$")


@dataclass(frozen=True)
class Part:
    """What stands under one heading of a page: its title, its anchor, its Markdown."""

    title: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Page:
    """One page: the name of its file, its title, the Markdown below the title."""

    name: str
    title: str
    text: str

    @property
    def intro(self) -> str:
        """What stands before the first part."""
        return HEADING.split(self.text)[0]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Split the page at its headings."""
        _, *rest = HEADING.split(self.text)
        return tuple(
            Part(title, anchor(self.name, slug(title)), text)
            for title, text in zip(rest[::2], rest[1::2], strict=True)
        )


def page(name: str) -> Page:
    """Read one page."""
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    title = TITLE.match(text)
    assert title, f"{name}.md begins with its title"
    return Page(name, title[1], text[title.end() :])


def pages() -> tuple[Page, ...]:
    """Read all pages: the one with the contents, then the others as it lists them."""
    first = page(CONTENTS)
    return first, *(page(name) for name in LISTED.findall(first.text))


def slug(heading: str) -> str:
    """Return a heading's anchor in its file, as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchor(name: str, heading: str = "") -> str:
    """Return the anchor of a page, or of a heading, in a document of several pages."""
    return f"{name}--{heading}" if heading else name
