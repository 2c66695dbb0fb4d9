"""What scripts are told of the room's messages is what the room says."""

import re
from typing import Literal, get_args, get_origin

from beyond_the_no.room import views
from support.served import REPO

KIT = REPO / "widgets" / "beyond_the_no"
DECLARED = (KIT / "frontend" / "globals.d.ts").read_text("utf-8")


def fields(name: str) -> set[str]:
    """Names that an interface of globals.d.ts has by itself."""
    body = re.search(
        rf"(?ms)^  interface {name}\b[^{{]*{{$(.*?)^  }}$", DECLARED
    ).group(1)
    return set(re.findall(r"(?m)^    (\w+)\??:", body))


def said() -> dict[str, type[views.ServerMessage]]:
    """Every message of the room, by its type."""
    kinds = {}
    for kind in views.ServerMessage.__subclasses__():
        about = kind.model_fields.get("type")
        if about and get_origin(about.annotation) is Literal:
            kinds[get_args(about.annotation)[0]] = kind
    return kinds


def test_a_question_has_the_fields_that_scripts_are_told_of() -> None:
    assert fields("Question") | fields("Picture") == set(views.Question.model_fields)


def test_the_room_has_the_fields_that_scripts_are_told_of() -> None:
    declared = fields("State") | fields("LeadersState")

    assert declared == set(views.State.model_fields)


def test_every_message_of_the_room_is_declared_with_its_fields() -> None:
    news = DECLARED[DECLARED.index("type News =") :].partition(";\n  /**")[0]
    declared = {
        re.search(r'type: "(\w+)"', line).group(1): set(re.findall(r"(\w+)\??:", line))
        for line in re.findall(r"\| ({.*})", news)
    }
    rooms = said()
    assert set(rooms) == {*declared, "state"}
    for name, names in declared.items():
        # padding says nothing
        assert names == set(rooms[name].model_fields) - {"pad"}, name
