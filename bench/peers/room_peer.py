"""The least that a live room can be: asyncio and `websockets`, and the same words.

It seats, turns pages, takes answers and counts them, and does nothing else: no rules,
no checks, no pace, no pages. What ours costs beyond this is what it does beyond this.
"""

import asyncio
import json
import resource
import secrets
import sys
from typing import Any

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed

seats: set[str] = set()
lines: set[ServerConnection] = set()
answers: dict[str, dict[str, int]] = {}
room: dict[str, Any] = {"type": "state", "lesson": None, "questions": []}


def told(**changed: Any) -> str:
    room.update(changed)
    return json.dumps(room)


def act(message: dict[str, Any], token: str) -> str | None:
    """Do what a message says; return what to say to everyone."""
    activity = message.get("activity", "")
    if message["type"] == "move":
        return told(lesson=message["lesson"])
    if message["type"] == "collect":
        answers[activity] = {}
        return told(questions=[{"id": activity, "phase": "collecting", "round": 1}])
    if message["type"] == "reveal":
        rows = [{"people": len(answers[activity])}]
        shown = {"id": activity, "phase": "revealed", "snapshot": {"rows": rows}}
        return told(questions=[shown])
    if message["type"] == "answer":
        answers[activity][token] = message["value"]
    return None


async def talk(line: ServerConnection) -> None:
    token = ""
    try:
        async for frame in line:
            message = json.loads(frame)
            if message["type"] == "hello":
                token = message.get("token") or secrets.token_urlsafe()
                seats.add(token)
                lines.add(line)
                await line.send(json.dumps({"type": "welcome", "token": token}))
                await line.send(json.dumps(room))
                continue
            said = act(message, token)
            if message["type"] == "answer":
                sent = {"type": "sent", "activity": message["activity"], "round": 1}
                await line.send(json.dumps(sent))
            if said:
                broadcast(lines, said)
    except ConnectionClosed:
        pass
    finally:
        lines.discard(line)


async def main(port: int) -> None:
    async with serve(talk, "127.0.0.1", port, compression=None, backlog=4096) as server:
        await server.serve_forever()


if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(main(int(sys.argv[1])))
