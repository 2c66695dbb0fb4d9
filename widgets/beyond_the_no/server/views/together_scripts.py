"""Handler of scripts that ask a question which no lesson's page has a widget of."""

import gzip
import json
from functools import cache

from tornado.web import HTTPError

from ...engine.rendered_page import accepts_gzip
from ...together.together import HERE, script, words_of
from ..http.response_cache import PACKED
from .base import PageHandler

PARTS = {"poll": "choose", "scale": "choose", "words": "write", "dots": "dots"}


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
