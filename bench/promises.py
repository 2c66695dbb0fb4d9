"""What is promised, and by which measurement it is kept: the one table."""

from dataclasses import dataclass


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
    Promise("served 60", 1, "of all", f"arrivals of 60: {EVERY}", least=True),
    Promise("ready 60", 5, "s", "p95 from arrival to all widget states"),
    Promise(
        "times sooner", 15, "x", "stock Voila's p95 ready / ours, at 60", least=True
    ),
    Promise("CPU a phone", 0.25, "s", "all processes, from the first arrival, at 60"),
    Promise(
        "memory a phone", 25, "MB", "growth of PSS of all processes / phones, at 60"
    ),
    Promise("page 60", 0.3, "s", "p95 of the HTML while 60 arrive"),
    Promise("page 200", 1, "s", "p95 of the HTML while 200 arrive"),
    Promise("nobody thrown out", 1, "of all", "200 in, all answer after", least=True),
    Promise("slim: ready 60", 1, "s", "p95, no kernel before it is needed, 60 in 3 s"),
    Promise(
        "slim: times sooner", 40, "x", "stock Voila's p95 ready / ours", least=True
    ),
    Promise("slim: CPU a phone", 0.02, "s", "all processes of the server, at 60"),
    Promise("slim: memory a phone", 1, "MB", "growth of PSS / phones, at 60"),
    Promise("slim: served 200", 1, "of all", "200 within 3 s", least=True),
    Promise("slim: ready 200", 3, "s", "p95, 200 within 3 s"),
    Promise("phone: size cold", 300, "kB", "the heavier lesson, to its first control"),
    Promise("phone: requests cold", 8, "", "the same"),
    Promise("phone: size cached", 2, "kB", "the same, a second visit"),
    Promise("phone: first paint", 0.8, "s", "cold, CPU slowed four times, loopback"),
    Promise("phone: works cold", 2.5, "s", "until the first control has answered"),
    Promise("phone: works cached", 1.5, "s", "the same, a second visit"),
    Promise("phone: layout shift", 0.05, "", "sum of all that moved by itself"),
    Promise("hall: 60 phones", 6, "s", "60 cold phones at once, 50 Mbit/s for all"),
    Promise("picture first 60", 0.3, "s", "p95 HTML + first picture, 60 within 3 s"),
    Promise("picture first 200", 1, "s", "p95 HTML + first picture, 200 within 3 s"),
    Promise(
        "picture moved", 0.15, "s", "p95 of new pictures asked of the server, 60/s"
    ),
    Promise("open, warm", 5, "s", "`open` to the first lesson's HTML, pictures cached"),
    Promise("open, cold", 15, "s", "the same, no cache of any library"),
    Promise("soak: memory", 1.15, "x", "PSS of all processes, nobody in, end / start"),
    Promise("soak: kernels left", 0, "", "when everyone has gone"),
    Promise("soak: open files", 8, "", "more than at the start, all processes"),
    Promise(
        "soak: served", 1, "of all", "visits and moves that were answered", least=True
    ),
]
PROMISES = {promise.name: promise for promise in _TABLE}
