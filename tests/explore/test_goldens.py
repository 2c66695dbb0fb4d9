"""The guard of the charts: what it notices, and what it calls a fault."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import BboxImage

import goldens
from beyond_the_no.explore import Anger, BrainOverlap, Paths, brain_figures
from beyond_the_no.models import brain

STATE = """matplotlib 3

[way=calm]
says: Anger went *down*.
table: Way | Change
table: calm | -0.63
notes: study. Pooled.
draws: line cloth solid: 0 12.34, 1 56.78
draws: text ink left px 0 267 ‹1250 of 10›
svg: 0123456789abcdef
"""


def known(kind) -> str:
    return goldens.place(kind).read_text("utf-8")


def of_one(text: str, one: goldens.Seen) -> str:
    """What a file says of one state."""
    head, states = goldens.read(text)
    return "\n\n".join([head, "\n".join([f"[{one.name}]", *states[one.name]])])


@pytest.fixture
def calm() -> goldens.Seen:
    """The state that is told above, with a picture of other bytes."""
    return goldens.Seen(
        state={"way": "calm"},
        sentence="Anger went *down*.",
        rows=[["Way", "Change"], ["calm", "-0.63"]],
        notes="study. Pooled.",
        picture="<svg/>",
        unreadable=[],
        artists=[
            "line cloth solid: 0 12.34, 1 56.78",
            "text ink left px 0 267 ‹1250 of 10›",
        ],
    )


def test_there_is_a_file_for_each_explorer_and_no_other() -> None:
    files = {path.name for path in goldens.FOLDER.iterdir()}

    assert files == {goldens.place(kind).name for kind in goldens.EXPLORERS}


def test_the_files_can_be_read_in_a_review() -> None:
    """Thirty explorers, about 60 kB each: more of them are more files to read."""
    assert sum(path.stat().st_size for path in goldens.FOLDER.iterdir()) < 1.9e6


# -- what is a fault, and what is another matplotlib --------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sentence": "Anger went *up*."}, "the sentence differs"),
        ({"rows": [["Way", "Change"], ["calm", "0.63"]]}, "the table differs"),
        ({"notes": "model. Pooled."}, "what stands below the picture differs"),
        ({"artists": []}, "what is drawn differs"),
    ],
)
def test_what_differs_is_said(calm, change, said) -> None:
    one = replace(calm, **change)
    found = "\n".join(goldens.faults(Anger, STATE, [one]))

    assert found.startswith(f"Anger [way=calm]\n  {said}\n    -")
    assert found.count("differs") == 1
    assert "make goldens" in found
    assert goldens.redrawn(Anger, STATE, [one]) == "", "one thing at a time"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1 56.78", "1 43.22"),
        ("1 56.78", "1 -56.78"),
        ("1 56.78", "1 56.78, 2 60"),
        ("cloth solid", "ribbon solid"),
        ("cloth solid", "cloth broken"),
        ("1250 of 10", "1251 of 10"),
        ("267 ‹", "276 ‹"),
    ],
)
def test_another_place_colour_or_word_is_a_fault(calm, before, after) -> None:
    artists = [text.replace(before, after) for text in calm.artists]
    assert artists != calm.artists

    assert goldens.faults(Anger, STATE, [replace(calm, artists=artists)])


def test_a_number_that_was_rounded_otherwise_is_none(calm) -> None:
    artists = [text.replace("56.78", "56.79") for text in calm.artists]

    assert not goldens.faults(Anger, STATE, [replace(calm, artists=artists)])


def test_pictures_of_other_bytes_alone_are_matplotlibs(calm) -> None:
    found = goldens.redrawn(Anger, STATE, [calm])

    assert not goldens.faults(Anger, STATE, [calm])
    assert found.startswith("Anger: matplotlib draws 1 of 1 pictures in other bytes.")
    assert "made with\nmatplotlib 3, this is matplotlib 3." in found
    assert "make goldens" in found


def test_a_state_that_came_or_went_is_a_fault(calm) -> None:
    other = replace(calm, state={"way": "vent"})
    found = "\n".join(goldens.faults(Anger, STATE, [other]))

    assert "[way=vent]\n  is not in the file" in found
    assert "[way=calm]\n  is in the file, and the explorer has no such state" in found


def test_an_artist_that_cannot_be_told_is_not_passed_over() -> None:
    fig = Figure()
    fig.add_artist(BboxImage(fig.bbox))

    with pytest.raises(TypeError, match=r"tools/goldens\.py how to tell a BboxImage"):
        goldens.figure(fig)


# -- sabotage: four faults that once passed every test ---------------------------------


def upside_down(monkeypatch) -> type:
    plot = Axes.plot
    flip = lambda ax, x, y, *a, **k: plot(ax, x, 100 - np.array(y), *a, **k)  # noqa: E731
    monkeypatch.setattr(Axes, "plot", flip)
    return Paths


def always_the_same(monkeypatch) -> type:
    same = staticmethod(lambda **_: "It is light at first, and *gets hard* later on.")
    monkeypatch.setattr(Paths, "sentence", same)
    return Paths


def swapped_maps(monkeypatch) -> type:
    swap = {"pain": "rejection", "rejection": "pain"}
    maps = {name: getattr(brain, name) for name in ("STUDIES", "outlines", "ticks")}
    swapped = lambda topic, side: brain.share_map(swap[topic], side)  # noqa: E731
    wrong = SimpleNamespace(**maps, share_map=swapped)
    monkeypatch.setattr(brain_figures, "brain", wrong)
    return BrainOverlap


def wrong_sign(monkeypatch) -> type:
    plot = Axes.plot
    turn = lambda ax, x, *a, **k: plot(ax, -x, *a, **k)  # noqa: E731
    monkeypatch.setattr(Axes, "plot", turn)
    return Anger


@pytest.mark.parametrize(
    ("sabotage", "said"),
    [
        (upside_down, "what is drawn differs"),
        (always_the_same, "the sentence differs"),
        (swapped_maps, "what is drawn differs"),
        (wrong_sign, "what is drawn differs"),
    ],
)
def test_a_sabotaged_chart_is_noticed(monkeypatch, sabotage, said) -> None:
    kind = sabotage(monkeypatch)
    one = goldens.look(kind, kind.settled())

    found = "\n".join(goldens.faults(kind, of_one(known(kind), one), [one]))

    assert said in found, found
    assert found.count("differs") == 1
