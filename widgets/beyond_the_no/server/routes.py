"""Routes: every address that answers, and its handler."""

from typing import Any

from tornado.routing import Rule
from tornado.web import RedirectHandler
from voila.app import Voila

from ..engine.kernels.handlers import EndKernel, PageKernel
from ..engine.kernels.websocket import PageChannels
from .live.room_long_poll import RoomLeave, RoomPoll
from .live.room_websocket import RoomSocket
from .rendering import templating
from .views import api, deck_pages, facilitator, lesson_pages, pages, static_assets
from .views.together_scripts import QuestionPicture, TogetherScript

KERNEL = r"(?P<kernel_id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
DECK = r"deck/([A-Za-z0-9_-]+)"


def all_routes(app: Voila) -> list[Any]:
    """Map every address that answers to its handler; Voila's own list is left out.

    ``app`` is an `app.WorkshopApp`, which imports this module.
    """
    mine = {"workshop": app.workshop}
    kernels = {"kernels": app.service.kernels}
    kernel = f"api/kernels/{KERNEL}"
    routes: list[tuple[Any, ...]] = [
        ("", pages.Join, mine),
        (f"({'|'.join(templating.CACHED_PAGES)})", pages.Static, mine),
        ("facilitate", facilitator.Console, mine),
        ("facilitate/run-sheet.json", facilitator.RunSheet, mine),
        ("facilitate/preflight.json", facilitator.Preflight, mine),
        (r"facilitate/export(?:\.(html|csv))?", facilitator.Export, mine),
        ("facilitate/what-do-i-say", facilitator.Scripts, mine),
        ("assist", facilitator.Assist, mine),
        ("assist/what-do-i-say", facilitator.AssistScripts, mine),
        ("wall", pages.Wall, mine),
        ("join.svg", pages.Code, mine),
        ("wifi.svg", pages.WifiCode, mine),
        ("healthz", api.Health, mine),
        ("room", RoomSocket, {"broadcaster": app.workshop.broadcaster}),
        ("room/leave", RoomLeave, {"broadcaster": app.workshop.broadcaster}),
        (
            "room/line",
            RoomPoll,
            {"broadcaster": app.workshop.broadcaster, "known": {}},
        ),
        (r"lesson/([A-Za-z0-9_-]+)", lesson_pages.LessonPage, mine),
        (DECK, deck_pages.DeckPage, mine),
        (f"{DECK}/(speaker|remote)", deck_pages.DeckLead, mine),
        (f"{DECK}/remote[.]svg", deck_pages.RemoteCode, mine),
        (r"assets/(\w+)/([\w.-]+)", static_assets.AppAssetHandler, mine),
        (
            r"assets/(\w+)/voila/([\w./@-]+)",
            static_assets.PackageAssetHandler,
            mine | {"roots": app.static_paths},
        ),
        (
            r"assets/(\w+)/labextensions/([\w./@-]+)",
            static_assets.PackageAssetHandler,
            mine | {"roots": app.labextensions_path},
        ),
        (r"question/([A-Za-z0-9_-]+)/picture", QuestionPicture, mine),
        (r"together/(\w+)[.]js", TogetherScript, mine),
        (r"pictures/(\w+)/([\w.:]+)", api.Picture, mine),
        (kernel, PageKernel, kernels),
        (f"{kernel}/channels", PageChannels, kernels),
        (f"voila/api/shutdown/{KERNEL}", EndKernel, kernels),
    ]
    routes += app.extra_routes(app.workshop)
    prefix = app.server_url
    found = [(prefix + path, *rest) for path, *rest in routes]
    if prefix != "/":  # typed without its last slash
        found.append((prefix[:-1], RedirectHandler, {"url": app.base_url}))
    response_cache = app.workshop.response_cache
    return [Rule(response_cache, response_cache.answer), *found]
