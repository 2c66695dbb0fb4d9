"""Describes a revealed picture in words."""

from typing import Any

from . import rules, words
from .activity import Activity
from .declaration import Declaration
from .export import Shown


def amounts(shown: rules.Snapshot, kind: str = "") -> tuple[str, ...]:
    """Say for each row how many, in a word or a number."""
    table = words.table()
    said = table["support"] if kind == "support" else table["word"]

    def amount(row: rules.Row) -> str:
        if row.word is not None:
            return str(said[row.word])
        return str(table["page"]["people"]).format(n=row.people)

    return tuple(amount(row) for row in shown.rows)


def truth(about: Declaration, kind: str = "") -> str:
    """Say what the data says, with its source, or as a ``mark`` on a number line."""
    kind = kind or ("source" if about.source else "truth")
    amount = f"{about.truth:g}{about.unit}"
    return words.render_text("guess", kind, truth=amount, source=about.source)


def drawn(activity: Activity[Any]) -> dict[str, Any]:
    """List what pages draw of a revealed picture; nothing, where there is none."""
    about, shown = activity.declaration, activity.snapshot
    if shown is None:
        return {}
    drawing: dict[str, Any] = {"snapshot": shown}
    if shown.rows:
        drawing |= {"rows": about.options, "amounts": amounts(shown, about.kind)}
    if shown.before:
        before = zip(about.options, amounts(shown.before), strict=True)
        drawing["before"] = tuple(before)
        drawing["titles"] = tuple(
            words.render_text("on_paper" if shown.paper else "change", title)
            for title in (("phones", "slips") if shown.paper else ("before", "now"))
        )
    if about.kind in ("questions", "support"):
        drawing["answered"] = words.render_text("board", "answered")
    if shown.form == "board":
        drawing |= {
            name: words.render_text("board", name)
            for name in ("often", "retold", "struck")
        }
    at = about.truth_at
    if at is not None:
        drawing["truth"] = truth(about)
        drawing["truth_row"] = at
        drawing["truth_value"] = about.truth
        drawing["truth_mark"] = truth(about, "mark")
    return drawing


def in_words(activity: Activity[Any], lesson: str) -> Shown:
    """Put a picture into words alone, to be taken along; texts have no rows."""
    about, drawing = activity.declaration, drawn(activity)
    shown: rules.Snapshot = drawing["snapshot"]
    rows = list(zip(drawing.get("rows", ()), drawing.get("amounts", ()), strict=True))
    if "before" in drawing:
        before, now = drawing["titles"]
        rows = [(f"{before}: {label}", text) for label, text in drawing["before"]] + [
            (f"{now}: {label}", text) for label, text in rows
        ]
    sentences = (drawing.get("truth"), shown.sentence, shown.change)
    return Shown(
        lesson=lesson,
        question=about.question,
        round=activity.round,
        sentence=" ".join(s for s in sentences if s),
        rows=tuple(rows),
    )
