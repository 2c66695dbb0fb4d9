"""What is promised, and by which measurement it is kept: the one table."""

from dataclasses import dataclass

from beyond_the_no.commands.rehearsal.crowd import LIMITS


@dataclass(frozen=True)
class Promise:
    """A measurement must stay at or below its limit (or reach it, if ``least``)."""

    name: str
    limit: float
    unit: str
    how: str
    least: bool = False

    def kept(self, measured: float) -> bool:
        return measured >= self.limit if self.least else measured <= self.limit


EVERY = "a kernel for every phone, cold phones within 3 s, open files limited to 1024"
_TABLE = [
    Promise("arrivals: served 60", 1, "of all", f"arrivals of 60: {EVERY}", least=True),
    Promise("arrivals: ready 60", 5, "s", "p95 from arrival to all widget states"),
    Promise(
        "arrivals: times sooner",
        15,
        "x",
        "stock Voila's p95 ready / ours, at 60",
        least=True,
    ),
    Promise(
        "arrivals: CPU a phone",
        0.25,
        "s",
        "all processes, from the first arrival, at 60",
    ),
    Promise(
        "arrivals: slim, ready 60",
        1,
        "s",
        "p95, no kernel before it is needed, 60 in 3 s",
    ),
    Promise(
        "arrivals: slim, times sooner",
        40,
        "x",
        "stock Voila's p95 ready / ours",
        least=True,
    ),
    Promise(
        "arrivals: slim, CPU a phone", 0.02, "s", "all processes of the server, at 60"
    ),
    Promise("arrivals: slim, memory a phone", 1, "MB", "growth of PSS, at 60"),
    Promise("arrivals: slim, served 200", 1, "of all", "200 within 3 s", least=True),
    Promise("arrivals: slim, ready 200", LIMITS["ready"], "s", "p95, 200 within 3 s"),
    Promise("phone: size cold", 300, "kB", "the heavier lesson, to its first control"),
    Promise("phone: requests cold", 8, "", "the same"),
    Promise("phone: size cached", 2, "kB", "the same, a second visit"),
    Promise("phone: first paint", 0.8, "s", "cold, CPU slowed four times, loopback"),
    Promise("phone: works cold", 2.5, "s", "until the first control has answered"),
    Promise("phone: works cached", 1.5, "s", "the same, a second visit"),
    Promise("phone: layout shift", 0.05, "", "sum of all that moved by itself"),
    Promise("phone: hall of 60", 6, "s", "60 cold phones at once, 50 Mbit/s for all"),
    Promise(
        "arrivals: memory a phone",
        25,
        "MB",
        "growth of PSS of all processes / phones, at 60",
    ),
    Promise("arrivals: page 60", 0.3, "s", "p95 of the HTML while 60 arrive"),
    Promise("arrivals: page 200", 1, "s", "p95 of the HTML while 200 arrive"),
    Promise(
        "arrivals: nobody thrown out",
        1,
        "of all",
        "200 in, all answer after",
        least=True,
    ),
    Promise("pictures: first 60", 0.3, "s", "p95 HTML + first picture, 60 within 3 s"),
    Promise("pictures: first 200", 1, "s", "p95 HTML + first picture, 200 within 3 s"),
    Promise(
        "pictures: moved", 0.15, "s", "p95 of new pictures asked of the server, 60/s"
    ),
    Promise(
        "arrivals: open, warm",
        5,
        "s",
        "`open` to the first lesson's HTML, pictures cached",
    ),
    Promise("arrivals: open, cold", 15, "s", "the same, no cache of any library"),
    Promise("soak: memory", 1.15, "x", "PSS of all processes, nobody in, end / start"),
    Promise("soak: kernels left", 0, "", "when everyone has gone"),
    Promise("soak: open files", 8, "", "more than at the start, all processes"),
    Promise(
        "soak: served", 1, "of all", "visits and moves that were answered", least=True
    ),
    Promise("room: joined", 5, "s", "a burst of 200, until the last is in"),
    Promise("room: page turn", LIMITS["turn"], "s", "p95 of 200 phones, ten turns"),
    Promise(
        "room: answer", LIMITS["answer"], "s", "p95, all 200 send within one second"
    ),
    Promise("room: all back", 3, "s", "all 200 cut off, then at once back in"),
    Promise("room: without WebSockets, joined", 5, "s", "plain requests, the same"),
    Promise("room: without WebSockets, answer", 0.5, "s", "p95, the same"),
    Promise("room: seats lost", 0, "", "in all faults together"),
    Promise("room: answers lost", 0, "", "in all faults together"),
    Promise("room: memory", 20, "MB", "growth in 90 minutes, a tenth asleep each"),
    Promise("room: back after a fault", 15, "s", "Wi-Fi cut, kill -9, laptop asleep"),
    Promise("hub: served", 1, "of all", "three rooms, 60 phones each", least=True),
    Promise("hub: ready, three rooms", 1.5, "s", "p95; a laptop's promise times 1.5"),
    Promise("hub: picture, three rooms", 0.225, "s", "p95; the same"),
    Promise("hub: ready", 1.5, "x", "p95, three rooms of 60 at once / one of 60"),
    Promise("hub: picture", 1.5, "x", "p95 of new pictures, 60/s a room, the same"),
    Promise("hub: memory", 150, "MB", "PSS that a room adds before its first phone"),
    Promise(
        "hub: start", 10, "s", "from the form to the first lesson, pictures cached"
    ),
    Promise("site: works cold", 2, "s", "a lesson's first control, CPU slowed 4 times"),
    Promise("site: requests", 10_000, "/s", "nginx, all files of a lesson", least=True),
    Promise("site: errors", 0, "", "of these requests"),
    Promise("room: answer beside rude phones", 0.5, "s", "p95 in a flood, in garbage"),
]
for seats, joined, waited, back, megabytes in (
    (1000, 5, 0.4, 3, 150),
    (2000, 10, 0.5, 5, 250),
):
    house = f"room of {seats}"
    _TABLE += [
        Promise(f"{house}: joined", joined, "s", f"a burst of {seats}, the last is in"),
        Promise(f"{house}: page turn", waited, "s", "p95 of all phones, ten turns"),
        Promise(f"{house}: answer", waited, "s", "p95, all send within one second"),
        Promise(f"{house}: all back", back, "s", "all cut off, then at once back in"),
        Promise(f"{house}: lost", 0, "", "seats, answers, lines; plain requests, too"),
        Promise(f"{house}: memory", megabytes, "MB", "PSS of the server, all in"),
    ]
PROMISES = {promise.name: promise for promise in _TABLE}


def of(bench: str) -> list[Promise]:
    """List the promises of one benchmark: its name begins theirs."""
    return [p for p in PROMISES.values() if p.name.startswith(f"{bench}: ")]
