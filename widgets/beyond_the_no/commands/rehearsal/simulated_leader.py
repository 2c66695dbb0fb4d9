"""Simulated leader: walks through the plan over a leader's connection."""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from ...room.declaration import SILENT, WRITING, Declaration
from ...room.plan import Plan
from .room_client import Message, RoomClient

# seconds at speed 1
ARRIVALS = 30.0
PAUSE = 20.0
ON_IT = 8.0  # until a signal is taken …
GONE_FOR = 30.0  # … and from then on until it is done
READING = 4.0  # for each line that waits
MINUTE = 60.0
TOO_LONG = 1.5  # times what the plan gives
PATIENCE = 10.0  # clock seconds for the server to do what it was told


class Leader:
    """Leads as a calm person would who does everything once.

    Parameters
    ----------
    habits : what she does worse than that, by the names in the table of leaders.
    questions : what is asked in which row of the plan.
    thinking : counts who is there and still thinks about a question.
    """

    def __init__(
        self,
        client: RoomClient,
        plan: Plan,
        questions: Mapping[int, Sequence[Declaration]],
        speed: float,
        thinking: Callable[[str], int],
        habits: Collection[str] = (),
    ) -> None:
        self.client, self.plan, self.questions = client, plan, questions
        self.speed, self.thinking = speed, thinking
        self.habits = set(habits)
        self._late: Declaration | None = None  # asked once more, a row too late
        self._answering: dict[str, asyncio.Task[None]] = {}
        client.on_message = self._on_message

    async def lead(self) -> None:
        """Open the room, take every row in its time, and end."""
        self.client.wake()
        await self._until(lambda: self.client.state)
        await self._send("open")
        await asyncio.sleep(ARRIVALS / self.speed)
        for row in range(len(self.plan.steps)):
            await self._row(row)
        await self._send("end")

    async def close(self) -> None:
        """Stop leading."""
        tasks = list(self._answering.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.client.close()

    async def _send(self, kind: str, **fields: object) -> None:
        await self.client.send({"type": kind, **fields})

    async def _until(self, true: Callable[[], Any]) -> None:
        await self.client.until(true, PATIENCE)

    async def _row(self, row: int) -> None:
        seconds = self.plan.steps[row].minutes * MINUTE / self.speed
        end = asyncio.get_running_loop().time() + seconds
        await self._send("turn", row=row)
        if row == len(self.plan.steps) // 2:
            await self._pause_and_breathe()
            if "stays too long" in self.habits:
                end += (TOO_LONG - 1) * seconds + 2 * MINUTE / self.speed
        late, self._late = self._late, None
        if late is not None:
            await self._ask(late, seconds / 2, once_more=False)
        for about in self.questions.get(row, ()):
            if "turns too early" in self.habits and about.kind not in SILENT:
                self.habits.discard("turns too early")  # once
                if "asks in the wrong line" in self.habits:
                    self._late = about
                return await self._collect(about, 0)
            left = end - asyncio.get_running_loop().time()
            await self._ask(about, max(0.0, left), once_more=self._comes(about, row))
        await asyncio.sleep(max(0.0, end - asyncio.get_running_loop().time()))
        return None

    async def _pause_and_breathe(self) -> None:
        await self._send("pause")
        await asyncio.sleep(PAUSE / self.speed)
        await self._send("resume")
        await self._send("breathe", on=True)
        await asyncio.sleep(PAUSE / self.speed)
        await self._send("breathe", on=False)

    # -- questions ----------------------------------------------------------------

    def _comes(self, about: Declaration, row: int) -> bool:
        """Whether it is asked once more in a later row."""
        return any(about in asked for at, asked in self.questions.items() if at > row)

    async def _ask(self, about: Declaration, seconds: float, once_more: bool) -> None:
        """Ask, wait until all have answered or time is up, and show it."""
        await self._collect(about, seconds)
        if about.kind in SILENT:
            return await self._send("put_away", activity=about.id)
        if self.client.question(about.id).get("may_hold"):
            await self._send("hold", activity=about.id)
            await self._until(lambda: self._phase(about) == "held")
            if once_more:
                return None
            await self._collect(about, seconds)
        refused = len(self.client.refused)
        await self._send("reveal", activity=about.id)
        await self._until(
            lambda: (
                self._phase(about) == "revealed" or len(self.client.refused) > refused
            )
        )
        if self._phase(about) != "revealed":
            await self._send("put_away", activity=about.id)
        elif about.kind in WRITING:
            await self._read(about)
        elif about.roles:
            await self._swap(about, seconds)
        return None

    async def _collect(self, about: Declaration, seconds: float) -> None:
        await self._send("collect", activity=about.id)
        await self._until(lambda: self._phase(about) == "collecting")
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds * (0.5 if about.kind in SILENT else 0.8)
        await asyncio.sleep(min(seconds, 1 / self.speed + 0.1))  # they begin to think
        while loop.time() < end:
            if about.kind not in SILENT and not self.thinking(about.id):
                return
            await asyncio.sleep(min(0.1, max(0.0, end - loop.time())))

    def _phase(self, about: Declaration) -> str:
        return str(self.client.question(about.id).get("phase", ""))

    async def _swap(self, about: Declaration, seconds: float) -> None:
        """Let the roles go round once, so that everyone has had each of them."""
        for turn in range(1, len(about.roles)):
            await asyncio.sleep(min(seconds, MINUTE / self.speed) / len(about.roles))
            await self._send("swap", activity=about.id, turn=turn)

    async def _read(self, about: Declaration) -> None:
        """Read what waits; leave what sounds like danger, and show the rest at once."""
        queue = self.client.question(about.id)["queue"]
        await asyncio.sleep(len(queue) * READING / self.speed)
        shown = []
        for text in queue:
            if text["danger"]:
                await self._send("set_aside", activity=about.id, id=text["id"])
            else:  # she has read each of them
                shown.append({"id": text["id"], "looked": True})
        if shown:
            await self._send("release", activity=about.id, texts=shown)

    # -- signals ------------------------------------------------------------------

    def _on_message(self, message: Message) -> None:
        if "answers no signal" in self.habits:
            return
        for call in message.get("calls") or ():
            name, taken = call["name"], call["taken"]
            if name not in self._answering and not taken:
                answer = self._answer(name, call["mark"])
                self._answering[name] = asyncio.ensure_future(answer)

    async def _answer(self, name: str, mark: str) -> None:
        await self._send("seen", signals=[[name, mark]])
        await asyncio.sleep(ON_IT / self.speed)
        await self._send("acknowledge", signal=name)
        await asyncio.sleep(GONE_FOR / self.speed)
        calls = self.client.state.get("calls") or ()
        if any((c["name"], c["taken"]) == (name, "facilitator") for c in calls):
            await self._send("done", signal=name)  # not what the second adult took
        del self._answering[name]


def asked_in(
    plan: Plan, placed: Sequence[tuple[str, int, Declaration]]
) -> dict[int, list[Declaration]]:
    """Say in which row each question is asked: at its step, or at the lesson's last.

    What a later lesson asks once more comes there in the last row that has its step.

    Parameters
    ----------
    placed : lesson, step and declaration of each question.
    """
    found: dict[int, list[Declaration]] = {}
    seen: set[str] = set()
    for lesson, step, about in placed:
        rows = [at for at, one in enumerate(plan.steps) if one.lesson == lesson]
        at_step = [row for row in rows if plan.steps[row].step == step]
        if rows:
            which = -1 if about.id in seen else 0
            found.setdefault((at_step or rows[-1:])[which], []).append(about)
            seen.add(about.id)
    return found
