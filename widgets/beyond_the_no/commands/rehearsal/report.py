"""HTML report of a rehearsal."""

import jinja2

from ...server.workshop.workshop import Workshop
from . import answers, findings
from .capacity import Laptop
from .findings import render_text
from .session import Rehearsal

_environment = jinja2.Environment(
    loader=jinja2.PackageLoader(__package__, "."),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def clock(seconds: float) -> str:
    """Write seconds as minutes and seconds.

    >>> clock(125.4)
    '2:05'
    """
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def report(at: Rehearsal, laptop: Laptop) -> str:
    """Write the page; everything in it is simulated."""
    practice = practice_rows(at.workshop)
    rows = [
        {
            "name": step.name,
            "planned": step.minutes,
            "took": findings.minutes(at, row),
            "clock": clock(at.wall.spent.get(row, 0)),
            "extra": row in practice,
        }
        for row, step in enumerate(at.plan.steps)
    ]
    planned = [row for row in rows if not row["extra"]]
    taken = [row["took"] for row in planned if row["took"] is not None]
    leader = answers.leader(at.options.leader)
    simulated = at.options.by_itself
    return _environment.get_template("report.html.j2").render(
        plan=at.plan,
        options=at.options,
        ended=at.ended,
        led=leader["led"] if simulated else render_text("plan", "led"),
        # of a leader who keeps to the plan it would say nothing
        compared=not simulated or bool(leader["habits"]),
        rows=rows,
        planned=sum(row["planned"] for row in planned),
        took=sum(taken),
        spent=clock(sum(s for r, s in at.wall.spent.items() if r not in practice)),
        whole=clock(at.wall.whole),
        look_at=findings.list_findings(at),
        people=findings.people(at),
        laptop=laptop,
        events=[
            (clock(one.at), one.at * at.options.speed / 60, one.text)
            for one in at.wall.events
        ],
    )


def practice_rows(workshop: Workshop) -> set[int]:
    """Find the rows that a rehearsal adds to the plan."""
    more = {path.stem for path in workshop.settings.more}
    steps = workshop.room.place.plan.steps
    return {row for row, step in enumerate(steps) if step.lesson in more}
