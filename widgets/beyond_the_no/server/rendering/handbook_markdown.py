"""Markdown renderer for the handbook, where several of its pages are one document."""

import re
from collections.abc import Collection
from html import escape

import mistune

from ...content import handbook
from ...evidence.claims import claim
from . import templating
from .lesson_markdown import CARE

PLACE = re.compile(r"(?:(?P<page>[\w-]+)\.md)?(?:#(?P<heading>[\w-]+))?")
CLAIM = re.compile(r"#(C\d\d)")


class HandbookMarkdown(mistune.HTMLRenderer):
    """Markdown of one page; links lead to what the document holds, others are text.

    Parameters
    ----------
    name : the page.
    anchors : what the document holds, as `handbook.anchor` names it.
    url_prefix : what addresses begin with.
    """

    def __init__(
        self, name: str, anchors: Collection[str], url_prefix: templating.UrlPrefix
    ) -> None:
        super().__init__(escape=True)
        self.name = name
        self.anchors = anchors
        self.url_prefix = url_prefix

    def paragraph(self, text: str) -> str:
        """Show a paragraph; what opens the evidence is none."""
        return text if text.startswith("<details") else super().paragraph(text)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Lead to a claim's evidence, to Help or Ground me, or to another part."""
        if found := CLAIM.fullmatch(url):
            return self.claim(found[1])
        if care := CARE.fullmatch(url):
            return self.care(text, care["what"], care["need"] or "")
        if place := PLACE.fullmatch(url):
            name = place["page"] or self.name
            anchor = handbook.anchor(name, place["heading"] or "")
            if anchor in self.anchors:
                return self.place(text, anchor)
        return text

    def claim(self, id: str) -> str:
        """Show what opens the evidence of a claim."""
        return templating.render("claim", claim=claim(id))

    def care(self, text: str, what: str, need: str) -> str:
        """Show what opens Help or Ground me."""
        about = {"what": what, "need": need, "text": text}
        return templating.render("care_link", url_prefix=self.url_prefix, **about)

    def place(self, text: str, anchor: str) -> str:
        """Show a link to another part of the document."""
        return f'<a href="#{escape(anchor)}">{text}</a>'


def scripts(url_prefix: templating.UrlPrefix) -> list[dict[str, object]]:
    """Render what to say when something hard happens: pages, and parts that open."""
    pages = [handbook.page(name) for name in handbook.SCRIPTS]
    anchors = {part.anchor for page in pages for part in page.parts}
    shown: list[dict[str, object]] = []
    for page in pages:
        renderer = HandbookMarkdown(page.name, anchors, url_prefix)
        html = mistune.create_markdown(renderer=renderer)
        parts = [(each.title, each.anchor, html(each.text)) for each in page.parts]
        shown.append({"title": page.title, "intro": html(page.intro), "parts": parts})
    return shown
