"""The controls of an explorer: finite, so that every picture can be drawn once."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = str | int | float | bool


@dataclass(frozen=True)
class Control(ABC):
    """
    Something a person can set.

    Attributes
    ----------
    label : str
        What the person reads.
    default : str, int, float or bool
        Where it stands at first.
    when : mapping of str to list
        It matters only while these controls hold one of these values; elsewhere the
        page puts it aside, and the picture does not depend on it.
    at : tuple of four float, optional
        Left, top, width and height in px of the picture, if it belongs on it. The
        picture writes its label there, and leaves 44 px on the left for the box.
    on : mapping of str to list
        It lies there only while these controls hold one of these values; elsewhere it
        is found among the other controls.
    """

    label: str
    default: Any = field(default=None, kw_only=True)
    when: Mapping[str, list[Value]] = field(default_factory=dict, kw_only=True)
    at: tuple[float, float, float, float] | None = field(default=None, kw_only=True)
    on: Mapping[str, list[Value]] = field(default_factory=dict, kw_only=True)

    def __post_init__(self) -> None:
        if self.default is None:
            object.__setattr__(self, "default", self.values()[0])
        if not self.takes(self.default):
            raise ValueError(f"“{self.label}” cannot start at {self.default!r}.")

    @abstractmethod
    def values(self) -> tuple[Value, ...]:
        """Every value it can have, in order."""

    @abstractmethod
    def spec(self) -> dict[str, Any]:
        """Say what the script needs to show it, ready for JSON."""

    def takes(self, value: object) -> bool:
        """Whether this is one of its values."""
        # 1 is not True here, and 20.0 would be written into a picture as it is
        return any(type(v) is type(value) and v == value for v in self.values())

    def matters(self, state: Mapping[str, Value]) -> bool:
        """Whether the picture depends on it in this state."""
        return all(state[name] in values for name, values in self.when.items())

    def _spec(self, kind: str, **more: Any) -> dict[str, Any]:
        shared = {"label": self.label, "default": self.default, "when": dict(self.when)}
        place = {"at": list(self.at), "on": dict(self.on)} if self.at else {}
        return {"kind": kind, **shared, **place, **more}


@dataclass(frozen=True)
class Toggle(Control):
    """On or off: a checkbox."""

    def values(self) -> tuple[bool, ...]:
        """Off, on."""
        return (False, True)

    def spec(self) -> dict[str, Any]:
        """Say what the script needs to show it, ready for JSON."""
        return self._spec("toggle")


@dataclass(frozen=True)
class Steps(Control):
    """
    Whole steps on a line: a range.

    Attributes
    ----------
    start, stop, step : int
        First and last value, both included, and the distance between two.
    unit : str
        Stands behind the number, such as ``"min"`` or ``"of 100 studies"``.
    """

    start: int
    stop: int
    step: int = 1
    unit: str = ""

    def values(self) -> tuple[int, ...]:
        """From the first to the last."""
        return tuple(range(self.start, self.stop + 1, self.step))

    def spec(self) -> dict[str, Any]:
        """Say what the script needs to show it, ready for JSON."""
        ends = {"start": self.start, "stop": self.stop, "step": self.step}
        return self._spec("steps", **ends, unit=self.unit)


@dataclass(frozen=True)
class Presses(Control):
    """
    A button: each press goes one on, and after the last it begins again.

    Attributes
    ----------
    last : int
        How many presses there are until then; the first is 1.
    """

    last: int

    def values(self) -> tuple[int, ...]:
        """From 1 to the last."""
        return tuple(range(1, self.last + 1))

    def spec(self) -> dict[str, Any]:
        """Say what the script needs to show it, ready for JSON."""
        return self._spec("press", start=1, stop=self.last)


@dataclass(frozen=True)
class Choice(Control):
    """
    One of a few: radio buttons up to three, a select beyond.

    Attributes
    ----------
    options : mapping of str to str
        From value to what the person reads.
    """

    options: Mapping[str, str]

    def values(self) -> tuple[str, ...]:
        """As listed."""
        return tuple(self.options)

    def spec(self) -> dict[str, Any]:
        """Say what the script needs to show it, ready for JSON."""
        return self._spec("choice", options=[list(o) for o in self.options.items()])
