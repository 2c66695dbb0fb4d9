"""Questions that are kept unseen, and then shown together.

Each has its own frozen picture under the rules, as if it were shown alone (R6): its
answers are held under a key of its own, and whether one can be shown says nothing of
another. One that cannot be shown stays kept; the others are shown.
"""

from collections.abc import Collection, Iterable
from typing import Any

from .activity import Activity, Phase
from .choosing import Choosing
from .messages import Refusal
from .writing import Writing

MOST = 3  # so many can be read beside each other from ten metres
Activities = Collection[Activity[Any]]


def kept(activities: Iterable[Activity[Any]]) -> list[Choosing]:
    """Return those that wait to be shown together."""
    return [a for a in activities if isinstance(a, Choosing) and a.kept]


def may_keep(activity: Activity[Any], activities: Iterable[Activity[Any]]) -> bool:
    """Whether this one may wait, too."""
    return activity.may_keep and len(kept(activities)) < MOST


def keep(activity: Activity[Any], activities: Iterable[Activity[Any]]) -> None:
    """Let this one wait, too."""
    if not isinstance(activity, Choosing):
        raise Refusal("no_keeping")
    if activity.may_keep and not may_keep(activity, activities):
        raise Refusal("kept_enough")
    activity.keep()


def reveal(activities: Activities, k: int, present: Collection[str]) -> list[Choosing]:
    """Show each that is kept, by itself, and return those that are shown.

    Nothing is lost by it: while another question is open, or texts wait for the leader,
    it is refused. What was shown before leaves the screens.
    """
    waiting = kept(activities)
    if not waiting:
        raise Refusal("none_kept")
    if any(_is_open(activity) for activity in activities):
        raise Refusal("still_open")
    shown = []
    for activity in waiting:
        try:
            activity.reveal(k, present)
        except Refusal as refusal:
            activity.not_shown = refusal.reason
        else:
            shown.append(activity)
    for other in activities:
        if shown and other not in shown and other.phase is Phase.REVEALED:
            other.give_way()
    return shown


def _is_open(activity: Activity[Any]) -> bool:
    texts_wait = isinstance(activity, Writing) and bool(activity.queue)
    return activity.phase is Phase.COLLECTING or texts_wait


def beside(activity: Activity[Any], activities: Activities) -> list[Activity[Any]]:
    """Return what is shown beside it, with itself: they leave the screens together."""
    if not _is_shown(activity):
        return [activity]
    return [one for one in activities if _is_shown(one)]


def _is_shown(activity: Activity[Any]) -> bool:
    return isinstance(activity, Choosing) and activity.phase is Phase.REVEALED
