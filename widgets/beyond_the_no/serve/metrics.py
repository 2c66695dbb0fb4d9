"""Numbers for programs that watch over machines: about the machine, about nobody.

They have a port of their own, so that no proxy leads anyone there. How many people are
in a room is not among them: two numbers in a row would tell who came.
"""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge
from prometheus_client import generate_latest as latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from tornado.web import Application, RequestHandler

from ..room.room import Phase
from .workshop import Workshop


def registry(workshop: Workshop) -> CollectorRegistry:
    """Collect what can be asked of a workshop."""
    made = CollectorRegistry()
    ProcessCollector(registry=made)
    PlatformCollector(registry=made)

    def ready() -> int:
        return sum(one.checked.is_set() and not one.trouble for one in workshop.lessons)

    def begun() -> bool:
        return workshop.room.phase not in (Phase.LOBBY, Phase.ENDED)

    for name, says, number in (
        ("lessons", "Lessons in the folder", lambda: len(list(workshop.lessons))),
        ("lessons_ready", "Lessons that can be shown", ready),
        ("kernels", "Kernels that run", lambda: workshop.kernels()),
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
