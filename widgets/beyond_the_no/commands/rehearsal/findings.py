"""Findings of a rehearsal: what to improve, in sentences."""

from collections.abc import Iterator
from typing import Any

from ...common import words
from ...room.declaration import SILENT
from . import answers
from .session import Rehearsal
from .simulated_people import Person

SOON = 30.0  # clock seconds in which a signal wants an answer
LEFT = 10.0  # seconds at speed 1 in which the wall may show what is being put away
SLACK = (1.0, 0.1)  # a row may take so many minutes more, or so much of its own time
MINUTE = 60.0


def render_text(table: str, kind: str, **parts: Any) -> str:
    """Find a sentence and fill it in."""
    return words.render_text(__package__, table, kind, **parts)


def minutes(at: Rehearsal, row: int) -> float | None:
    """Minutes of the plan that a row took; None where nobody turned to it."""
    spent = at.wall.spent.get(row)
    return None if spent is None else spent * at.options.speed / MINUTE


def answered(at: Rehearsal, name: str) -> int:
    """Count simulated people who answered a question, passes left out."""
    latest: dict[Person, Any] = {}
    for person in at.people:
        for (asked, _), answer in person.answered.items():
            if asked == name:
                latest[person] = answer
    return sum(bool(answer) for answer in latest.values())


def list_findings(at: Rehearsal) -> list[str]:
    """List what wants mending, the gravest first."""
    found = [*_danger(at), *_signals(at), *_gone(at), *_turns(at), *_questions(at)]
    found += [*_headings(at), *_rows(at)]
    found += [
        render_text("look_at", button)
        for button, kind in (("pause", "paused"), ("breathe", "breathing"))
        if kind not in at.wall.seen
    ]
    return found or [render_text("look_at", "nothing")]


def _danger(at: Rehearsal) -> Iterator[str]:
    shown = [text for one in at.wall.asked.values() for text in one.texts]
    bad = answers.worrying()
    released = [text for text in shown if text in bad]
    sent = [
        name
        for person in at.people
        for (name, _), answer in person.answered.items()
        if answer.get("text") in bad
    ]
    read = [name for name in sent if name in at.early]  # writing was closed
    for text in released:
        yield render_text("look_at", "danger", text=text)
    if read and not released:
        yield render_text("look_at", "danger_waits")
    if not read:
        practice = answers.words()["plan"]["practice"]
        yield render_text("look_at", "no_danger", practice=practice)


def _signals(at: Rehearsal) -> Iterator[str]:
    """Say what became of signals, as the phones that sent them were told."""
    names = answers.words()["look_at"]["signals"]
    for person in at.people:
        for sent in person.signals:
            what, until = names[sent.kind], sent.seen or at.wall.stopped_at
            waited = f"{until - sent.at:.0f}"
            if not sent.heard:
                yield render_text("look_at", "signal_lost", what=what)
            elif sent.seen is None:
                yield render_text("look_at", "signal", what=what, n=waited)
            elif until - sent.at > SOON:
                yield render_text("look_at", "signal_late", what=what, n=waited)
            elif not sent.closed:
                yield render_text("look_at", "signal_open", what=what)


def _gone(at: Rehearsal) -> Iterator[str]:
    for person in at.people:
        if person.gone:
            yield render_text("look_at", "gone")


def _questions(at: Rehearsal) -> Iterator[str]:
    k = at.workshop.settings.k
    for name, about in at.wall.asked.items():
        n = answered(at, name)
        declared = at.declared(name)
        silent = declared is not None and declared.kind in SILENT
        if about.collected and not about.shown and not silent:
            kind = "few" if n < k else "unseen"
            yield render_text("look_at", kind, question=about.question, n=n, k=k)
        elif still := at.early.get(name):
            yield render_text("look_at", "early", question=about.question, n=still)


def _turns(at: Rehearsal) -> Iterator[str]:
    """Name the questions that were open when the group went on."""
    for left in at.wall.left_open:
        kind = "left_open" if left.thinking else "left_unshown"
        parts = {"name": left.name, "question": left.question, "n": left.thinking}
        yield render_text("look_at", kind, **parts)


def _headings(at: Rehearsal) -> Iterator[str]:
    """Name the rows above which the wall showed a question of another row."""
    planned = at.planned_questions()
    for name, about in at.wall.asked.items():
        home = [row for row, names in sorted(planned.items()) if name in names]
        for row, seconds in about.headed.items() if home else ():
            if row is None or row in home or seconds * at.options.speed <= LEFT:
                continue
            rows = {
                "name": at.plan.steps[row].name,
                "home": at.plan.steps[home[0]].name,
            }
            yield render_text("look_at", "heading", question=about.question, **rows)


def _rows(at: Rehearsal) -> Iterator[str]:
    left = []
    for row, step in enumerate(at.plan.steps):
        took = minutes(at, row)
        if took is None:
            left.append(step.name)
        elif took > step.minutes + max(SLACK[0], SLACK[1] * step.minutes):
            parts = {"name": step.name, "planned": step.minutes}
            yield render_text("look_at", "over", took=f"{took:.0f}", **parts)
    if len(left) == 1:
        yield render_text("look_at", "left_out", name=left[0])
    elif left:
        names = ", ".join(f"“{name}”" for name in left)
        yield render_text("look_at", "left_out_many", n=len(left), names=names)


def people(at: Rehearsal) -> list[tuple[str, str, str]]:
    """Tell of each simulated person: who, what she does, how it went."""
    table = {one["name"]: one for one in answers.words()["personas"]}
    special = [person for person in at.people if person.persona]
    rows = [
        (table[p.persona]["title"], table[p.persona]["does"], " ".join(_went(p)))
        for p in special
    ]
    rest = [person for person in at.people if not person.persona]
    if rest:
        given = sum(map(bool, (s for p in rest for s in p.answered.values())))
        passed = sum(not s for p in rest for s in p.answered.values())
        title = f"{table['']['title']} ({len(rest)})"
        went = render_text("people", "answered", answers=given, passes=passed)
        rows.append((title, table[""]["does"], went))
    return rows


def _went(person: Person) -> Iterator[str]:
    if not person.first_told:
        yield render_text("people", "never")
        return
    given = sum(map(bool, person.answered.values()))
    passed = len(person.answered) - given
    yield render_text("people", "answered", answers=given, passes=passed)
    if person.missed:
        yield render_text(
            "people", "missed", n=", ".join(f"“{q}”" for q in person.missed)
        )
    seats = person.phone.seats | (person.first_tab.seats if person.first_tab else set())
    if len(seats) > 1:
        yield render_text("people", "other_seat")
    elif person.drops:
        yield render_text("people", "back", n=person.drops)
    elif person.first_tab:
        yield render_text("people", "once")
    if person.persona == "late" and person.first_told["title"]:
        yield render_text("people", "told", title=person.first_told["title"])
        if so_far := person.first_told["so_far"]:
            yield render_text("people", "so_far", titles=", ".join(so_far))
    if person.signals:
        seen = sum(sent.seen is not None for sent in person.signals)
        yield render_text("people", "asked", n=len(person.signals), seen=seen)
    if person.gone:
        yield render_text("people", "gone")
