"""Scripts that hold the pictures of a site, one for each explorer."""

import gzip
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ...engine.pictures.bundle import Shown, parts_of
from ...engine.pictures.store import PictureStore
from .output_folder import digest


@dataclass
class Source:
    """All that one explorer can show, by the names of its states, likely ones first."""

    name: str
    states: dict[str, Shown]
    held: int = field(init=False)  # so many of them go into the file

    def __post_init__(self) -> None:
        self.held = len(self.states)

    @property
    def script(self) -> bytes:
        """The file: a call that hands over parts, and which of them a picture has."""
        held = dict(list(self.states.items())[: self.held])
        parts = (json.dumps(self.name), *map(_parsed, parts_of(held)))
        return f"beyondPictures({', '.join(parts)});\n".encode()

    @property
    def address(self) -> str:
        """Where the file lies: its content is part of its name."""
        plain = self.name.rpartition(":")[2]
        return f"pictures/{digest(self.script)}/{plain}.js"

    @property
    def packed(self) -> int:
        """Bytes of the file as a host sends it."""
        return packed(self.script)


def packed(content: bytes) -> int:
    """Tell how many bytes a host sends, where it compresses."""
    return len(gzip.compress(content, 9, mtime=0))


def _parsed(content: object) -> str:
    """Write a value as a text to be parsed: browsers read that sooner than a script."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"JSON.parse({json.dumps(text, ensure_ascii=False)})"


async def draw(
    pictures: PictureStore,
    names: Iterable[str],
    on_progress: Callable[[int, int], None],
) -> dict[str, Source]:
    """Have every state of every source drawn, and tell how far it is.

    Raises
    ------
    RuntimeError
        When a picture cannot be drawn.
    """
    names = list(names)
    for name in names:
        await pictures.register(name)
    every = {name: pictures.states(name) for name in names}
    done, of = 0, sum(map(len, every.values()))
    found: dict[str, Source] = {}
    for name, states in every.items():
        shown: dict[str, Shown] = {}
        for state in states:
            shown[state] = json.loads(gzip.decompress(await pictures.get(name, state)))
            done += 1
            on_progress(done, of)
        found[name] = Source(name, shown)
    return found


def fit(sources: Mapping[str, Source], names: Iterable[str], budget: int) -> bool:
    """Leave out the less likely states until the sources fit; True if any were.

    Each keeps its first state, whatever that takes: it is what its page shows.
    """
    mine = [sources[name] for name in dict.fromkeys(names)]
    left_out = False
    while (size := sum(one.packed for one in mine)) > budget:
        largest = max(mine, key=lambda one: (one.held > 1, one.packed))
        if largest.held == 1:
            break
        share = max(0.0, 1 - (size - budget) / largest.packed)
        largest.held = max(1, min(largest.held - 1, int(largest.held * share)))
        left_out = True
    return left_out
