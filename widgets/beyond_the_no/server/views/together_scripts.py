"""Handlers of what pages need of a question that they have no widget of."""

import gzip
import json
from binascii import a2b_base64
from functools import cache

from tornado.web import HTTPError

from ...engine.rendered_page import accepts_gzip
from ...together.together import HERE, script, words_of
from ..http.response_cache import PACKED
from .base import PageHandler

PARTS = {
    "poll": "choose",
    "scale": "choose",
    "words": "write",
    "dots": "dots",
    "support": "choose",
}


@cache
def module(kind: str) -> bytes:
    """Return the module of this kind, with its words and its style, compressed."""
    more = {
        "words": words_of(kind),
        "style": (HERE / "together.css").read_text("utf-8"),
    }
    lines = [script(PARTS[kind])] + [
        f"export const {name} = {json.dumps(value, ensure_ascii=False)};"
        for name, value in more.items()
    ]
    return gzip.compress("\n".join(lines).encode(), 9, mtime=0)


class TogetherScript(PageHandler):
    """``together/KIND.js``: what a widget of this kind is in a lesson, as a module."""

    def get(self, kind: str) -> None:
        """Send it; a browser asks each time whether it is still so."""
        if kind not in PARTS:
            raise HTTPError(404)
        about = {"Content-Type": "text/javascript; charset=utf-8"}
        if accepts_gzip(self.request):
            self.give(about | PACKED, module(kind), cache=False)
        else:
            self.give(about, gzip.decompress(module(kind)), cache=False)


class QuestionPicture(PageHandler):
    """``question/ID/picture``: the picture of a question that everyone may see."""

    def get(self, name: str) -> None:
        """Send it; a browser asks each time whether it is still so."""
        activity = self.workshop.room.activities.get(name)
        if activity is None or not activity.declaration.picture:
            raise HTTPError(404)
        about, _, data = activity.declaration.picture.partition(";base64,")
        kind = {"Content-Type": about.removeprefix("data:")}
        self.give(kind, a2b_base64(data), cache=False)
