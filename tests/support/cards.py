"""What a lesson's cells say of how long things take: on the cards that phones show."""

import ast
import inspect
from typing import Any, NamedTuple

from beyond_the_no import own, together
from beyond_the_no.own.exercise import Exercise, exercises


class Card(NamedTuple):
    """A question for the group, or an exercise with its steps."""

    name: str
    minutes: int
    steps: tuple[str, ...] = ()


def cards(cell: Any) -> list[Card]:
    """Return what a cell shows that says how long it takes."""
    if cell.cell_type != "code":
        return []
    calls = [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Call)]
    return [card for call in calls if (card := card_of(call))]


def card_of(call: ast.Call) -> Card | None:
    name = getattr(call.func, "id", "")
    if (kind := getattr(together, name, None)) is not None:
        said = {k.arg: k.value for k in call.keywords}
        default = inspect.signature(kind).parameters["minutes"].default
        asked = ast.literal_eval(call.args[0])
        takes = ast.literal_eval(said["minutes"]) if "minutes" in said else default
        return Card(asked, takes)
    kind = getattr(own, name, None)
    if inspect.isclass(kind) and issubclass(kind, Exercise):
        table = exercises()[kind.table]
        steps = tuple(step["id"] for step in table["steps"])
        return Card(kind.table, table["minutes"], steps)
    return None
