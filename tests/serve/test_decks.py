"""Decks: how cells become slides, who may see and turn them, and what can go wrong."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

import small_lessons as nb
import tidy_notebooks as tidy
from beyond_the_no import together
from beyond_the_no.serve import decks, lesson_form, plans
from beyond_the_no.serve.lessons import read
from beyond_the_no.serve.reveal import fetch
from beyond_the_no.serve.settings import Trouble
from served import REPO, Served, serve

SLIDES = sorted((REPO / "slides").glob("*.ipynb"))
LESSONS = [read(path) for path in sorted((REPO / "notebooks").glob("*.ipynb"))]
PLANS = plans.names()

every_deck = pytest.mark.parametrize("path", SLIDES, ids=lambda path: path.stem)


def cells(*told: tuple[str, str, str]) -> list[nbformat.NotebookNode]:
    """Cells of a deck: (kind of slide, kind of cell, text)."""
    made = []
    for slide, kind, text in told:
        new = (
            nbformat.v4.new_markdown_cell if kind == "md" else nbformat.v4.new_code_cell
        )
        made.append(new(text, metadata={"slideshow": {"slide_type": slide}}))
    return made


# -- what is vendored ---------------------------------------------------------------


def test_revealjs_is_the_one_that_was_published() -> None:
    for name, known in fetch.SUMS.items():
        kept = (fetch.HERE / Path(name).name).read_bytes()
        assert hashlib.sha256(kept).hexdigest() == known, name


def test_nothing_else_of_revealjs_is_kept_and_its_licence_is() -> None:
    kept = {path.name for path in fetch.HERE.iterdir() if path.is_file()}

    assert kept == {"__init__.py", "fetch.py", "reveal.js", "LICENSE"}
    assert "Permission is hereby granted" in (fetch.HERE / "LICENSE").read_text()


# -- cells on slides ----------------------------------------------------------------


def test_cells_are_sorted_onto_slides() -> None:
    slides = decks.slides_of(
        cells(
            ("-", "md", "## First"),
            ("notes", "md", "- Wait."),
            ("subslide", "md", "No heading"),
            ("fragment", "md", "Later"),
            ("-", "md", "and this with it"),
            ("slide", "md", "## Third"),
            ("-", "code", "1"),
            ("skip", "code", "2"),
        )
    )

    assert [slide.title for slide in slides] == ["First", "2", "Third"]
    assert [slide.fragments for slide in slides] == [0, 1, 0]
    assert [slide.shows for slide in slides] == [False, False, True]
    assert "<li>Wait.</li>" in slides[0].notes_html


def test_each_slide_and_fragment_that_is_opened_is_closed() -> None:
    told = cells(
        ("slide", "md", "## One"),
        ("fragment", "md", "a"),
        ("fragment", "md", "b"),
        ("notes", "md", "n"),
        ("slide", "md", "## Two"),
    )
    for _ in range(2):  # rendered anew, it is the same
        decks.lay_out(told)
        marks = [cell.metadata.deck for cell in told]
        page = "".join(mark["opens"] + mark.get("closes", "") for mark in marks)

        assert page.count("<section") == page.count("</section>") == 2
        assert page.count("<div") == page.count("</div>") == 2
        assert [mark["hidden"] for mark in marks] == [False, False, False, True, False]


# -- the kit's own decks ------------------------------------------------------------


def test_there_is_a_deck_for_every_plan() -> None:
    named = {plans.deck_of(name, map(read, SLIDES)) for name in PLANS}

    assert named == {path.stem for path in SLIDES}


@pytest.mark.parametrize("name", PLANS)
def test_a_deck_has_the_lines_of_its_plan_with_their_minutes(name: str) -> None:
    plan = plans.load(name, LESSONS)
    deck = read(REPO / "slides" / f"{plans.read(name).deck}.ipynb", decks.Deck)

    assert [(s.name, s.minutes) for s in deck.steps] == [
        (s.name, s.minutes) for s in plan.steps
    ]


@every_deck
def test_a_deck_shows_explorers_alone_and_its_figures_are_compared(path: Path) -> None:
    deck = tidy.read(path)

    assert lesson_form.is_deck(deck)
    assert lesson_form.faults(deck) == []
    for _, _, tree in lesson_form.code(deck):
        assert lesson_form.imported(tree) <= {"beyond_the_no.explore"}


@every_deck
def test_a_deck_asks_only_what_a_lesson_asks(path: Path) -> None:
    asked = set(re.findall(r"\]\(#group-([\w-]+)\)", path.read_text("utf-8")))
    kinds = "|".join(together.__all__)
    lessons = " ".join(c.source for ls in LESSONS for c in ls.notebook.cells)

    assert asked
    for name in asked:
        assert re.search(rf'\b({kinds})\(\s*"{name}"', lessons), name


@every_deck
def test_every_slide_has_a_heading_few_words_and_notes(path: Path) -> None:
    for slide in decks.slides_of(tidy.read(path).cells):
        shown = [c.source for c in slide.cells if not decks.hidden(c)]
        prose = lesson_form.plain(" ".join(shown))

        assert decks.HEADING.search(shown[0]), slide.title
        assert len(prose.split()) <= 45, f"{slide.title}: {len(prose.split())} words"
        assert slide.notes, f"{slide.title}: what does the leader do?"


# -- served -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("all")
    nb.write(folder / "lessons", one=nb.notebook("# One", title="One"))
    nb.write(
        folder / "slides",
        good=nb.notebook("## A slide", "print('a line')", title="Good"),
        one=nb.notebook("## Not the lesson", title="Of the same name"),
        broken=nb.notebook("## A slide", "1 / 0", title="Broken"),
        torn="{",
    )
    with serve(
        *("--lessons", str(folder / "lessons")), *("--slides", str(folder / "slides"))
    ) as it:
        yield it


def test_a_deck_and_a_lesson_of_one_name_are_two_pages(served: Served) -> None:
    deck = served.get(f"deck/one?key={served.key('wall')}")
    lesson = served.get("lesson/one")

    assert (deck[0], lesson[0]) == (200, 200)
    assert "Not the lesson" in deck[1]
    assert "Not the lesson" not in lesson[1]


@pytest.mark.parametrize("name", ["broken", "torn"])
def test_a_deck_that_fails_is_a_calm_page_and_the_log_says_why(
    served: Served, name: str
) -> None:
    status, page, _ = served.get(f"deck/{name}?key={served.key('wall')}")

    assert status == 503
    assert "These slides rest" in page
    assert "Traceback" not in page
    assert served.get(f"deck/good?key={served.key('wall')}")[0] == 200
    if name == "broken":
        said = "".join(served.log)
        assert "Deck broken cannot be shown." in said
        assert "Cell 2 (1 / 0) stopped: ZeroDivisionError" in said


def test_the_speaker_is_told_what_is_wrong(served: Served) -> None:
    page = served.get(f"deck/broken/speaker?key={served.key()}")[1]

    assert "ZeroDivisionError" in page


@pytest.mark.parametrize("path", ["deck/good", "deck/good/speaker", "deck/good/remote"])
def test_no_page_of_a_deck_opens_without_a_key(served: Served, path: str) -> None:
    assert served.get(path)[0] == 403
    assert served.get(f"{path}?key=wrong")[0] == 403


@pytest.mark.parametrize("path", ["speaker", "remote", "remote.svg"])
def test_the_walls_key_leads_to_no_notes(served: Served, path: str) -> None:
    assert served.get(f"deck/good/{path}?key={served.key('wall')}")[0] == 403
    assert served.get(f"deck/good/{path}?key={served.key()}")[0] == 200


def test_the_leaders_key_opens_the_slides_and_is_not_kept_there(served: Served) -> None:
    status, _, headers = served.get(f"deck/good?key={served.key()}")

    assert status == 200
    assert "wall=" in str(headers)
    assert served.key() not in str(headers)


@pytest.mark.parametrize("path", ["deck/none", "deck/none/speaker", "deck/.."])
def test_a_deck_that_is_not_there_is_said(served: Served, path: str) -> None:
    assert served.get(f"{path}?key={served.key()}")[0] in (403, 404)


def line(served: Served, key: str, deck: str = "good"):
    address = f"{served.join.replace('http', 'ws')}deck/{deck}/line"
    return connect(address, additional_headers={"Cookie": key})


def test_a_turn_is_told_to_the_others_and_to_who_comes_later(served: Served) -> None:
    leader = f"facilitator={served.key()}"
    wall = f"wall={served.key('wall')}"
    with line(served, leader) as remote, line(served, wall) as screen:
        assert screen.recv(10) == "null"  # nobody has turned it yet
        remote.send(json.dumps({"slide": 3}))

        told = json.loads(screen.recv(10))
        assert told == {"slide": 3, "fragment": -1, "blank": False}
        with line(served, wall) as later:
            assert json.loads(later.recv(10)) == told


@pytest.mark.parametrize("said", ["{", "[]", '{"slide": -1}', '{"slide": 1, "x": 2}'])
def test_what_is_no_place_changes_nothing(served: Served, said: str) -> None:
    wall = f"wall={served.key('wall')}"
    with line(served, wall, "one") as one, line(served, wall, "one") as other:
        other.recv(10)
        one.send(said)
        one.send(json.dumps({"slide": 7}))

        assert json.loads(other.recv(10))["slide"] == 7


@pytest.mark.parametrize("cookie", ["wall=wrong", "cofacilitator=x", ""])
def test_nobody_else_may_turn(served: Served, cookie: str) -> None:
    with line(served, cookie) as socket, pytest.raises(ConnectionClosed):
        socket.recv(10)


def test_a_plan_that_names_no_deck_of_ours_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    row = '[[row]]\nname = "A break"\nminutes = 5'
    text = f'title = "T"\nminutes = 5\ndeck = "nine"\n{row}'
    path.write_text(text, "utf-8")

    with pytest.raises(Trouble, match="there is no deck “nine”"):
        plans.deck_of(path, map(read, SLIDES))
