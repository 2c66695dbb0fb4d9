"""A picture in a question: what a lesson may bring, and what it has to say of it."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from beyond_the_no.common.images import LARGEST
from beyond_the_no.room import messages as m
from beyond_the_no.room import views
from beyond_the_no.room.declaration import Declaration
from beyond_the_no.room.room import Room
from beyond_the_no.together import Dots, Pairs, Poll, Texts

SHOWS = "A bench under a tree"


@pytest.mark.parametrize(
    "made",
    [
        Poll("q", "?", ["a", "b"], picture="bench", alt=SHOWS),
        Dots("q", "?", ["a", "b"], picture="bench", alt=SHOWS),
        Texts("q", "?", picture="bench", alt=SHOWS),
        Pairs("q", "?", picture="bench", alt=SHOWS),
    ],
    ids=lambda made: made.kind,
)
def test_every_kind_may_have_one_and_screens_are_told_what_it_shows(made: Poll) -> None:
    room = Room()
    room.declare([Declaration.model_validate(made.activity)])
    [question] = views.state(room, m.Role.FACILITATOR).questions

    assert question.alt == SHOWS
    assert "base64" not in question.model_dump_json()  # not with each word of the room
    assert SHOWS in made.plain()


def test_a_file_beside_the_notebook_is_brought_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("two.png").write_bytes(b"picture")

    made = Poll("q", "?", ["a", "b"], picture="two.png", alt=SHOWS)
    assert made.activity["picture"] == "data:image/png;base64,cGljdHVyZQ=="


@pytest.mark.parametrize(
    ("picture", "alt", "said"),
    [
        ("bench", "", "alt="),
        ("", SHOWS, "picture="),
        ("nowhere", SHOWS, "no picture nowhere"),
        ("gone.png", SHOWS, "no picture gone.png"),
        ("notes.pdf", SHOWS, "one of .svg"),
        ("large.png", SHOWS, "up to 60 kB"),
    ],
)
def test_what_could_not_be_shown_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, picture: str, alt: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("large.png").write_bytes(bytes(LARGEST + 1))
    Path("notes.pdf").write_bytes(b"text")

    with pytest.raises(ValueError, match=said):
        Poll("q", "?", ["a", "b"], picture=picture, alt=alt)


@pytest.mark.parametrize(
    "picture", ["https://example.org/a.png", "data:text/html;base64,PGI+", "bench"]
)
def test_the_room_takes_nothing_but_a_picture(picture: str) -> None:
    with pytest.raises(ValidationError):
        Declaration(id="q", question="?", options=("a", "b"), picture=picture, alt="a")
