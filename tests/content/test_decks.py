"""Decks: how cells become slides, who may see and turn them, and what can go wrong."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import nbformat
import pytest

import tidy_notebooks as tidy
import vendor_reveal
from architecture import imported
from beyond_the_no import together
from beyond_the_no.commands import main
from beyond_the_no.commands.deck import decks_of
from beyond_the_no.common.settings import UserError
from beyond_the_no.content import deck_writer, decks, lesson_linter, plans
from beyond_the_no.content.lessons import load_lesson
from beyond_the_no.content.waiting import waits_for
from beyond_the_no.server.views import notebook_layout
from support import small_lessons as nb
from support.room_line import KeyLine, Line, PhoneLine
from support.served import REPO, Served, serve, until

SLIDES = sorted((REPO / "slides").glob("*.ipynb"))
LESSONS = [load_lesson(path) for path in sorted((REPO / "notebooks").glob("*.ipynb"))]
PLANS = plans.names()
WRITTEN = decks_of(PLANS, LESSONS)  # title and lines of each deck

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
    for name, known in vendor_reveal.SUMS.items():
        kept = (vendor_reveal.VENDOR / Path(name).name).read_bytes()
        assert hashlib.sha256(kept).hexdigest() == known, name


def test_nothing_else_of_revealjs_is_kept_and_its_licence_is() -> None:
    kept = {path.name for path in vendor_reveal.VENDOR.iterdir() if path.is_file()}

    assert kept == {"reveal.js", "LICENSE"}
    assert (
        "Permission is hereby granted" in (vendor_reveal.VENDOR / "LICENSE").read_text()
    )


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
        notebook_layout.lay_out(told)
        marks = [cell.metadata.deck for cell in told]
        page = "".join(mark["opens"] + mark.get("closes", "") for mark in marks)

        assert page.count("<section") == page.count("</section>") == 2
        assert page.count("<div") == page.count("</div>") == 2
        assert [mark["hidden"] for mark in marks] == [False, False, False, True, False]


# -- the kit's own decks ------------------------------------------------------------


def test_there_is_a_deck_for_every_plan_and_middle() -> None:
    there = [load_lesson(path) for path in SLIDES]
    named = {
        plans.deck_of(name, there, middle)
        for name in PLANS
        for middle in plans.read(name).middle or [""]
    }

    assert named == {path.stem for path in SLIDES} == set(WRITTEN)


@every_deck
def test_a_deck_has_the_lines_of_its_plan_with_their_minutes(path: Path) -> None:
    deck = load_lesson(path, decks.Deck)
    _, plan = WRITTEN[path.stem]

    assert [(s.name, s.minutes) for s in deck.steps] == [
        (s.name, s.minutes) for s in plan.steps
    ]


@pytest.mark.parametrize("name", PLANS)
def test_every_line_of_a_plan_has_its_slide(name: str) -> None:
    for middle in plans.read(name).middle or [""]:
        deck = plans.deck_of(name, map(load_lesson, SLIDES), middle)
        slides = decks.slides_of(tidy.read(REPO / "slides" / f"{deck}.ipynb").cells)
        steps = plans.load(name, LESSONS, middle).steps

        assert {s.name for s in steps} <= {slide.step for slide in slides}
        assert all(slide.title == slide.step for slide in slides if slide.step)


@every_deck
def test_a_deck_is_what_its_plan_and_the_lessons_say(path: Path) -> None:
    title, plan = WRITTEN[path.stem]
    told = deck_writer.deck(plan, LESSONS, title)

    assert deck_writer.alike(tidy.read(path), told), "run: beyond-the-no deck … "


def test_a_deck_that_was_changed_is_replaced_only_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "taster_20.ipynb"
    write = ["deck", "taster-20", "--slides", str(tmp_path)]
    assert main.main(write) == 0
    assert "taster_20.ipynb: 13 slides." in capsys.readouterr().out
    assert deck_writer.alike(tidy.read(path), tidy.read(REPO / "slides" / path.name))
    assert main.main(write) == 0
    assert "taster_20.ipynb: unchanged." in capsys.readouterr().out

    changed = tidy.read(path)
    changed.cells[0].source += "\n\nFor us."
    path.write_text(tidy.text_of(changed), "utf-8")
    assert main.main(write) == 1
    assert "already exists" in capsys.readouterr().err
    assert tidy.read(path).cells[0].source.endswith("For us.")

    assert main.main([*write, "--replace"]) == 0
    assert not tidy.read(path).cells[0].source.endswith("For us.")


def test_plans_that_share_a_deck_have_each_line_there_once() -> None:
    _, plan = WRITTEN["adjunct"]
    names = [step.name for step in plan.steps]
    every = {
        step.name
        for name in PLANS
        if plans.read(name).deck == "adjunct"
        for step in plans.load(name, LESSONS).steps
    }

    assert len(set(names)) == len(names)
    assert set(names) == every


@every_deck
def test_a_deck_shows_explorers_alone_and_its_figures_are_compared(path: Path) -> None:
    deck = tidy.read(path)

    assert lesson_linter.is_deck(deck)
    assert lesson_linter.faults(deck) == []
    for _, source, _ in lesson_linter.code(deck):
        for name in imported(source):
            assert name.startswith("beyond_the_no.explore")


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
        shown = [cell for cell in slide.cells if not decks.hidden(cell)]
        at_once = [cell.source for cell in shown if not waits_for(cell)]
        # what opens after a guess is read by itself
        for text in (" ".join(at_once), *(c.source for c in shown if waits_for(c))):
            words = len(lesson_linter.plain(text).split())
            assert words <= 50, f"{slide.title}: {words} words"

        assert decks.HEADING.search(shown[0].source), slide.title
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
    assert "These slides are taking a rest" in page
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
    assert served.cookie("wall") in str(headers)
    assert served.key() not in str(headers)


@pytest.mark.parametrize("path", ["deck/none", "deck/none/speaker", "deck/.."])
def test_a_deck_that_is_not_there_is_said(served: Served, path: str) -> None:
    assert served.get(f"{path}?key={served.key()}")[0] in (403, 404)


@contextmanager
def line(
    served: Served, cookie: str, deck: str = "good", role: str = "wall"
) -> Iterator[Line]:
    """A page that shows or turns a deck, with the first word of where that stands."""
    with closing(Line(served, Cookie=cookie)) as page:
        page.ask({"type": "hello", "role": role}, "welcome")
        page.ask({"type": "slide", "deck": deck}, "slide")
        yield page


def turn(page: Line, slide: int, deck: str = "good") -> dict:
    return page.ask({"type": "slide", "deck": deck, "slide": slide}, "slide")


def told(page: Line, slide: int) -> dict:
    """Wait until this page is told of a slide."""
    until(lambda: page.last("slide")["slide"] == slide, what=f"slide {slide}")
    return page.last("slide")


def test_a_turn_is_told_to_the_others_and_to_who_comes_later(served: Served) -> None:
    leader = served.cookie()
    wall = served.cookie("wall")
    at_three = {"type": "slide", "deck": "good", "slide": 3, "fragment": -1}
    with line(served, leader) as remote, line(served, wall) as screen:
        assert screen.last("slide")["slide"] is None  # nobody has turned it yet
        assert turn(remote, 3) == at_three | {"blank": False}

        assert told(screen, 3) == at_three | {"blank": False}
        with line(served, wall) as later:
            assert later.last("slide") == told(screen, 3)


def test_decks_stand_by_themselves(served: Served) -> None:
    wall = served.cookie("wall")
    with line(served, wall, "broken") as one, line(served, wall, "torn") as other:
        turn(one, 5, "broken")
        other.settle()

        assert other.last("slide")["slide"] is None


@pytest.mark.parametrize(
    "said",
    [
        "{",
        "[]",
        '{"type": "slide", "deck": "one", "slide": -1}',
        '{"type": "slide", "deck": "one", "slide": 1, "x": 2}',
        '{"type": "slide", "deck": "none", "slide": 1}',
        '{"type": "slide", "slide": 1}',
    ],
)
def test_what_is_no_place_changes_nothing(served: Served, said: str) -> None:
    wall = served.cookie("wall")
    with line(served, wall, "one") as one, line(served, wall, "one") as other:
        before = len(other.all("slide"))
        one.refusal(said)
        turn(one, 7, "one")
        other.settle()

        assert [at["slide"] for at in other.all("slide")[before:]] == [7]


@pytest.mark.parametrize("page", ["wall", "assist", ""])
def test_nobody_without_a_key_may_turn(served: Served, page: str) -> None:
    wrong = {"wall": "x", "assist": ""}  # what is added to a key
    cookie = served.cookie(page) + wrong[page] if page else ""
    with closing(Line(served, Cookie=cookie)) as stranger:
        assert stranger.refusal({"type": "slide", "deck": "good", "slide": 9}) == (
            "not_joined"
        )
        assert stranger.refusal({"type": "hello", "role": "wall"}) == "wrong_key"
        until(lambda: stranger.closed, what="the line to be closed")


def test_phones_and_the_second_adult_may_not_turn(served: Served) -> None:
    wish = {"type": "slide", "deck": "good", "slide": 9}
    with (
        closing(PhoneLine(served)) as phone,
        closing(KeyLine(served, "cofacilitator")) as second,
        line(served, served.cookie("wall")) as screen,
    ):
        before = screen.last("slide")
        for page in (phone, second):
            assert page.refusal(wish) == "not_yours"
        screen.settle()

        assert screen.last("slide") == before
        assert phone.all("slide") == second.all("slide") == []


def test_a_speakers_view_is_a_leaders_page_and_turns_slides(served: Served) -> None:
    with (
        line(served, served.cookie(), role="facilitator") as speaker,
        closing(PhoneLine(served)) as phone,
    ):
        heard = phone.ask({"type": "signal", "kind": "slow"}, "heard")
        assert heard["seen"] is False, "no page has shown it yet"
        until(lambda: speaker.last()["calls"], what="the call")
        ((name, mark),) = [(c["name"], c["mark"]) for c in speaker.last()["calls"]]
        speaker.send({"type": "seen", "signals": [[name, mark]]})

        until(lambda: phone.last("heard")["seen"], what="the phone to hear of it")
        assert turn(speaker, 2)["slide"] == 2
        phone.ask({"type": "signal", "kind": "slow", "on": False}, "heard")


def test_a_plan_that_names_no_deck_of_ours_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    row = '[[row]]\nname = "A break"\nminutes = 5'
    text = f'title = "T"\nminutes = 5\ndeck = "nine"\n{row}'
    path.write_text(text, "utf-8")

    with pytest.raises(UserError, match="there is no deck “nine”"):
        plans.deck_of(path, map(load_lesson, SLIDES))
