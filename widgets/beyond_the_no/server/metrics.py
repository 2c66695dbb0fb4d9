"""Prometheus metrics of the machine; none is about a person.

They have a port of their own, on loopback unless told otherwise, so that no proxy and
no phone gets there. Nothing that grows with each person is among them, for two numbers
in a row would tell who came: neither seats nor kernels, nor what prometheus_client says
of a process (its open files count the phones, its seconds tick as they come).
"""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge
from prometheus_client import generate_latest as latest
from prometheus_client.platform_collector import PlatformCollector
from tornado.web import Application, RequestHandler

from ..room.room import Phase
from .workshop.workshop import Workshop


def registry(workshop: Workshop) -> CollectorRegistry:
    """Collect what can be asked of a workshop."""
    made = CollectorRegistry()
    PlatformCollector(registry=made)

    def shown() -> int:
        return sum(one.checked.is_set() and not one.error for one in workshop.lessons)

    def full() -> bool:
        return workshop.service.running() >= workshop.settings.max_kernels

    def begun() -> bool:
        return workshop.room.phase not in (Phase.LOBBY, Phase.ENDED)

    for name, says, number in (
        ("lessons", "Lessons in the folder", lambda: len(list(workshop.lessons))),
        ("lessons_ready", "Lessons that can be shown", shown),
        ("kernels_full", "Whether no page gets a kernel any more", full),
        ("room_open", "Whether the room has begun and has not ended", begun),
    ):
        Gauge(f"beyond_{name}", says, registry=made).set_function(number)
    return made


class Metrics(RequestHandler):
    """``/metrics``, in the form that Prometheus reads."""

    def initialize(self, found: CollectorRegistry) -> None:
        """Remember what to tell."""
        self.found = found

    def get(self) -> None:
        """Tell it."""
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.finish(latest(self.found))


def application(workshop: Workshop) -> Application:
    """Serve the numbers and nothing else."""
    return Application([("/metrics", Metrics, {"found": registry(workshop)})])
