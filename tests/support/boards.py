"""A room without a server, in which people have written and the leader has read."""

import json

from beyond_the_no.room import messages as m
from beyond_the_no.room.declaration import Declaration
from beyond_the_no.room.room import Room


def say(
    room: Room,
    name: str,
    role: m.Role = m.Role.FACILITATOR,
    who: str = "",
    **more: object,
) -> None:
    room.apply(role, m.read(json.dumps({"type": name} | more)), who)


def board(about: Declaration, *said: str) -> tuple[Room, list[str]]:
    """A room in which these were written and read, and all without a hint are shown."""
    room = Room(k=3)
    room.lessons = {"one": "One"}
    room.declare([about.model_copy(update={"lesson": "one"})], "one")
    say(room, "open")
    say(room, "move", lesson="one")
    say(room, "collect", activity=about.id)
    phones = [room.join() for _ in said]
    for who, text in zip(phones, said, strict=True):
        answer = {"activity": about.id, "round": 1, "value": None, "text": text}
        say(room, "answer", m.Role.PHONE, who, **answer)
    say(room, "reveal", activity=about.id)
    texts = [{"id": one.id} for one in room.activities[about.id].queue]
    say(room, "release", activity=about.id, texts=texts)
    return room, phones
