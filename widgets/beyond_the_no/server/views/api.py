"""Handlers that answer programs and scripts: health, and pictures of charts."""

import gzip
import json
from typing import Any

from tornado.web import HTTPError

from ...engine.rendered_page import accepts_gzip
from ..http.response_cache import PACKED
from .base import PageHandler


class Health(PageHandler):
    """``/healthz``: is all well? For programs on this machine only."""

    def get(self) -> None:
        """Say it in JSON; seats as words, for two counts in a row tell who came."""
        if not self.is_local():
            raise HTTPError(404)
        self.set_header("Content-Type", "application/json")
        room, lessons = self.workshop.room, list(self.workshop.lessons)
        body = {
            "status": "ok",
            "room": room.phase.value,
            "lessons": [lesson.name for lesson in lessons],
            "ready": [
                ls.name for ls in lessons if ls.checked.is_set() and not ls.error
            ],
            "trouble": {ls.name: ls.error for ls in lessons if ls.error},
            "kernels": self.workshop.service.running(),
            "kernel_mode": self.workshop.service.kernel_mode,
            "seats": room.crowd,
        }
        self.finish(json.dumps(body))


class Picture(PageHandler):
    """``pictures/FINGERPRINT/SOURCE?state=…``: a picture and its words; else, all."""

    async def get(self, fingerprint: str, source: str) -> None:
        """Send it, to be kept for ever: another version has another address."""
        pictures = self.workshop.service.pictures_of(fingerprint)
        if pictures is None:
            raise HTTPError(404)
        try:
            if (state := self.get_query_argument("state", None)) is None:
                body = await pictures.all(source)
            else:
                body = await pictures.get(source, state)
        except (KeyError, RuntimeError):
            raise HTTPError(404) from None
        json_ = {"Content-Type": "application/json"}
        if accepts_gzip(self.request):
            self.give(json_ | PACKED, body)
        else:
            self.give(json_, gzip.decompress(body))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer a script in its own way."""
        self.finish({"trouble": status_code})
