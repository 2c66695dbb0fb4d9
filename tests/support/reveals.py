"""Questions that groups of several sizes answer, and how the wall shows it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page

from support import small_lessons as nb
from support.room_line import KeyLine, PhoneLine

SIZES = (6, 12, 60, 200)
IMPORTED = "from beyond_the_no.together import *"
ASKED = {
    "poll": """Poll("poll{n}", "Where have people you know been turned down?",
    ["Work", "School or training", "Love", "Family", "Other places"])""",
    "guess": """Guess("guess{n}", "How many of a hundred posts get no answer?", 62,
    unit="%", source="a study made up for a test")""",
    "scale": 'Scale("scale{n}", "What is your weather right now?")',
    "rounds": """TwoRounds("rounds{n}", "A friend did not answer. What is most likely?",
    ["Busy", "Upset", "Did not see it", "Wrong words", "Not sure"])""",
}
WRITTEN = 'Texts("written", "When I was turned down, it helped that someone …")'
TWICE = {"scale", "rounds"}
# how the group is spread over five answers: tenths, the first time and the second
FIRST, NOW = (1, 5, 2, 1, 1), (0, 1, 3, 5, 1)
# the page's own animations stand where they are told to, on whatever machine
SEEK = """(at) => document.getAnimations().forEach((one) => {
  one.pause();
  one.currentTime = at;
})"""
LAST = """() => Math.max(0, ...document.getAnimations()
  .map((one) => one.effect.getComputedTiming().endTime))"""


def lessons(folder: Path, sizes: Sequence[int] = SIZES) -> Path:
    """Write a lesson that asks each question of each group, and one to write to."""
    cells = [asks.format(n=n) for n in sizes for asks in ASKED.values()]
    cells.append(WRITTEN)
    return nb.write(folder, all=nb.notebook("# All", IMPORTED, *cells, title="All"))


def spread(n: int, tenths: Sequence[int]) -> Iterator[int]:
    """Say for each person of a group which answer she gives.

    >>> list(spread(6, FIRST))
    [0, 1, 1, 1, 2, 4]
    """
    ends = [sum(tenths[: i + 1]) / 10 for i in range(len(tenths))]
    for who in range(n):
        yield next(i for i, end in enumerate(ends) if (who + 0.5) / n <= end)


def collect(leader: KeyLine, group: Sequence[PhoneLine], kind: str) -> str:
    """Ask a group, and leave the answers where they wait for the reveal."""
    name = f"{kind}{len(group)}"
    for at, tenths in enumerate((FIRST, NOW) if kind in TWICE else (FIRST,)):
        if at:
            leader.lead("hold", activity=name)
        leader.lead("collect", activity=name)
        for line, value in zip(group, spread(len(group), tenths), strict=True):
            line.answer(name, value, round=at + 1)
    return name


def frames(wall: Page, many: int = 6) -> Iterator[bytes]:
    """Take pictures of a reveal that has begun, from its first moment to its last."""
    wall.locator("#picture.plays").wait_for()
    last = wall.evaluate(LAST)
    for at in range(many):
        wall.evaluate(SEEK, min(last * at / (many - 1), last - 1))
        yield wall.screenshot()
