"""A person moves a control; a sentence answers, and a picture shows it.

An explorer measures nobody. Its picture is a pure function of its controls, and these
are finite: each picture can be drawn once and then belongs to everybody.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, ClassVar

import anywidget
from matplotlib.figure import Figure
from traitlets import Dict, List, Unicode, default, observe

from beyond_the_no.common.words import table
from beyond_the_no.explore.controls import Control, Value
from beyond_the_no.explore.house import svg

HERE = Path(__file__).parent
log = logging.getLogger(__name__)
# one module, in this order
SCRIPTS = ("shelf.js", "placed.js", "press.js", "flat.js", "explore.js")
BINS = 5  # ranges of a guess: few enough to be read on a wall


@cache
def wording(name: str) -> dict[str, Any]:
    """Read the words of one explorer, or those of all (``"explore"``).

    They stand in ``words.toml``, or in a file of the explorer's own, ``NAME.toml``.
    """
    shared = table(__package__)
    found: dict[str, Any] = (
        shared[name] if name in shared else table(__package__, f"{name}.toml")
    )
    return found


def listed(words: list[str], mark: str = "*") -> str:
    """Join words as “a, b and c”, each marked as what a control changed."""
    *most, last = (f"{mark}{word}{mark}" for word in words)
    joined: str = wording("explore")["and"]
    return joined.join([", ".join(most), last] if most else [last])


def laid_out(rows: list[list[str]]) -> str:
    """Set rows as plain text, in columns."""
    wide = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
    lines = (map(str.ljust, row, wide) for row in rows)
    return "\n".join("".join(line).rstrip() for line in lines)


class Explore(anywidget.AnyWidget):
    """
    A picture and a sentence that follow their controls.

    A subclass sets `name` (its table in ``words.toml``), `claims` (the evidence) and
    `reads`, declares controls as class attributes, and writes `figure`, `sentence` and
    `rows`. One that shows studies in some states and a model in others writes `kind`.

    Attributes
    ----------
    state : dict of str to value
        Where the controls stand. The page writes it; anything else it sends is ignored.
    picture, answer : str
        The SVG and its sentence. These and the following are written by the model.
    controls, words, evidence
        What the page shows around them.
    """

    _esm = "".join((HERE / name).read_text("utf-8") for name in SCRIPTS)
    _css = HERE / "explore.css"

    name: ClassVar[str]
    claims: ClassVar[tuple[str, ...]] = ()
    # what reads the data of every state: a file that is not as it was closes the
    # lesson when it opens, and not a picture when somebody moves a control
    reads: ClassVar[tuple[Callable[[], object], ...]] = ()
    _declared: ClassVar[dict[str, Control]] = {}

    state: "Dict[str, Value]" = Dict().tag(sync=True)
    controls: "List[dict[str, Any]]" = List(read_only=True).tag(sync=True)
    picture = Unicode(read_only=True).tag(sync=True)
    answer = Unicode(read_only=True).tag(sync=True)
    words: "Dict[str, Any]" = Dict(read_only=True).tag(sync=True)
    drawn_by = Unicode(read_only=True).tag(sync=True)  # whom a server can ask to draw
    evidence: "List[dict[str, Any]]" = List(read_only=True).tag(sync=True)

    def __init__(self, *, title: str = "", **traits: Any) -> None:
        """Read the data; an explorer that a page shows twice needs a second title."""
        for read in self.reads:
            read()
        self._title = title
        super().__init__(**traits)

    # what a subclass writes: no self, for a server draws without a widget

    @staticmethod
    def figure(*_: Any, **controls: Any) -> Figure:
        """Draw the picture of a state. Pure: same controls, same picture."""
        raise NotImplementedError

    @staticmethod
    def sentence(*_: Any, **controls: Any) -> str:
        """Say the same in words, with what a control changed between asterisks."""
        raise NotImplementedError

    @staticmethod
    def rows(*_: Any, **controls: Any) -> list[list[str]]:
        """Give the same as a table: headings, then rows that begin with a heading."""
        return []

    @classmethod
    def kind(cls, **controls: Any) -> str:
        """Say whether this is ``"study"`` data or a ``"model"``."""
        kind: str = wording(cls.name)["kind"]
        return kind

    @staticmethod
    def truth(*_: Any, **controls: Any) -> float:
        """Return a number that a group may guess before it looks."""
        raise NotImplementedError

    # what everybody can ask the class

    def __init_subclass__(cls, **more: Any) -> None:
        """Find its controls: once, as every state is settled with them."""
        super().__init_subclass__(**more)
        found = (vars(kind).items() for kind in reversed(cls.__mro__))
        cls._declared = {
            name: c for items in found for name, c in items if isinstance(c, Control)
        }

    @classmethod
    def to_guess(cls) -> dict[str, Any]:
        """Return what a `Guess` takes: the data's number, its unit, its source."""
        return {"truth": cls.truth(), "bins": BINS, **wording(cls.name)["to_guess"]}

    @classmethod
    def declared(cls) -> dict[str, Control]:
        """List the controls by name, in the order in which they are declared."""
        return dict(cls._declared)

    @classmethod
    def settled(cls, *states: Mapping[str, object]) -> dict[str, Value]:
        """Take what holds of each state, the later ones first; the rest is default."""
        settled: dict[str, Any] = {n: c.default for n, c in cls.declared().items()}
        for state in states:
            for name, control in cls.declared().items():
                if name in state and control.takes(state[name]):
                    settled[name] = state[name]
        return settled

    @classmethod
    def seen(cls, state: Mapping[str, object]) -> dict[str, Value]:
        """Settle a state and put controls that do not matter in it at their default."""
        full = cls.settled(state)
        every = cls.declared().items()
        return {n: full[n] if c.matters(full) else c.default for n, c in every}

    @classmethod
    def states(cls) -> Iterator[dict[str, Value]]:
        """Every state with a picture of its own; likely ones first."""
        controls = cls.declared()
        every = [
            dict(zip(controls, values, strict=True))
            for values in product(*(c.values() for c in controls.values()))
        ]

        def far(state: dict[str, Value]) -> tuple[int, int]:
            steps = [
                abs(c.values().index(state[n]) - c.values().index(c.default))
                for n, c in controls.items()
            ]
            return sum(map(bool, steps)), sum(steps)

        yield from sorted((s for s in every if cls.seen(s) == s), key=far)

    @classmethod
    def draw(cls, **controls: Value) -> tuple[str, str]:
        """
        Draw a state: its SVG and its sentence.

        A picture that fails is logged and comes back empty; the sentence still holds.
        """
        state = cls.seen(controls)
        try:
            picture = svg(cls.figure(**state))
        except Exception:
            log.exception("%s could not draw %s", cls.__name__, state)
            picture = ""
        return picture, cls.sentence(**state)

    @classmethod
    def shown(cls, state: Mapping[str, object]) -> dict[str, Any]:
        """Make all that a page shows of a state."""
        settled = cls.seen(state)
        picture, sentence = cls.draw(**settled)
        notes = cls._notes(settled, picture)
        return {"picture": picture, "answer": sentence, **notes}

    @classmethod
    def table(cls, **controls: Value) -> str:
        """
        Return the rows of a state as plain text: the figures that a lesson quotes.

        Parameters
        ----------
        **controls
            As for `figure`; those left out are at their default.
        """
        return laid_out(cls.rows(**cls.seen(controls)))

    @classmethod
    def caption(cls, **controls: Any) -> str:
        """Say what the picture shows and where its numbers are from."""
        text: str = wording(cls.name)["caption"]
        return text

    @classmethod
    def _notes(cls, state: Mapping[str, Value], picture: str) -> dict[str, Any]:
        """Make what stands around a picture."""
        shared, kind = wording("explore"), cls.kind(**state)
        return {
            "caption": cls.caption(**state),
            "fault": "" if picture else shared["fault"],
            "kind": kind,
            "kind_word": shared["kinds"][kind],
            "rows": cls.rows(**state),
        }

    # what a notebook keeps, and nbval compares

    def __repr__(self) -> str:
        """Name the explorer and its state; an address would never be the same."""
        state = ", ".join(f"{n}={value!r}" for n, value in self.state.items())
        return f"{type(self).__name__}({state})"

    def plain(self) -> str:
        """Say in plain text what is shown: title, sentence and table."""
        rows = self.rows(**self.seen(self.state))
        table = laid_out(rows) if rows else ""
        parts = (self.words["title"], self.answer.replace("*", ""), table)
        return "\n\n".join(filter(None, parts))

    def _repr_mimebundle_(
        self, **kwargs: Any
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        found = super()._repr_mimebundle_(**kwargs)
        return found and (found[0] | {"text/plain": self.plain()}, found[1])

    # what the page sees

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take from the page only what a page may write."""
        kept = {
            name: value
            for name, value in sync_data.items()
            if not (self.has_trait(name) and self.traits()[name].read_only)
            and (name != "state" or isinstance(value, dict))
        }
        super().set_state(kept)

    @observe("state")
    def _follow_state(self, change: dict[str, Any]) -> None:
        good = self.settled(change["old"] or {}, change["new"])
        if good != change["new"]:
            self.state = good  # and so comes here again
            return
        picture, answer = self.draw(**good)
        with self.hold_sync():
            self.set_trait("picture", picture)
            self.set_trait("answer", answer)
            self.set_trait("words", self._words())

    @default("state")
    def _state(self) -> dict[str, Value]:
        return self.settled()

    @default("drawn_by")
    def _drawn_by(self) -> str:
        return f"{type(self).__module__}:{type(self).__qualname__}"

    @default("controls")
    def _controls(self) -> list[dict[str, Any]]:
        return [{"name": n, **c.spec()} for n, c in self.declared().items()]

    @default("picture")
    def _picture(self) -> str:
        return self.draw(**self.state)[0]

    @default("answer")
    def _answer(self) -> str:
        return self.sentence(**self.seen(self.state))

    @default("words")
    def _words(self) -> dict[str, Any]:
        shared, own = wording("explore"), wording(self.name)
        words = list(dict.fromkeys(claim["evidence"] for claim in self.evidence))
        return {
            **shared,
            "of": self.state,  # by which the page knows whether this is its last choice
            **self._notes(self.seen(self.state), self.picture),
            "name": self.name,  # by which a page knows what waits for the guess
            "title": self._title or own["title"],
            "guess": own.get("guess"),
            "sure": shared["how_good"] + ", ".join(words),
        }

    @default("evidence")
    def _evidence(self) -> list[dict[str, Any]]:
        from beyond_the_no.evidence.claims import claim

        parts = ("id", "plain", "evidence", "supports", "limits", "caution")
        return [
            {part: getattr(found, part) for part in parts}
            | {"references": [reference.shown for reference in found.references]}
            for found in map(claim, self.claims)
        ]
