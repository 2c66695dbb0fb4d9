"""``/rehearsal``: links to everything that a rehearsal needs."""

from ...room import messages as m
from ...server.views.base import KeyedHandler
from . import answers
from .simulated_people import personas

PHONES = 3  # that she may open on her own screen


class RehearsalPage(KeyedHandler):
    """The leader's own: three phones, who the simulated people are, what to try.

    Phones open as windows, not as frames. Frames of one address share the tab's
    storage, so three would be one phone; frames of other addresses would need a policy
    that lets other hosts frame our pages. A window has a storage of its own.
    """

    role = m.Role.FACILITATOR

    def get(self) -> None:
        """Show the page."""
        named = personas(self.workshop_settings.simulated)
        table = answers.words()["personas"]
        who = [one for one in table if one["name"] and one["name"] in named]
        self.show(
            "rehearsal",
            phones=PHONES,
            who=who,
            others=named.count(""),
            speed=self.workshop_settings.rehearsal,
            facilitate=self.workshop_settings.facilitate,
            wall=self.workshop_settings.wall,
        )
