"""A revealed picture, put into words: its rows, how many, and what the data says."""

from typing import Any

from . import rules, words
from .activity import Activity
from .declaration import Declaration
from .export import Shown


def labels(about: Declaration, shown: rules.Snapshot) -> tuple[str, ...]:
    """Label each row of a picture with its options."""
    if about.kind == "guess":
        return tuple(_range(about, row.options) for row in shown.rows)
    options = about.options
    return tuple(words.listing([options[i] for i in r.options]) for r in shown.rows)


def _range(about: Declaration, merged: tuple[int, ...]) -> str:
    """Label merged ranges: from the beginning of the first to the end of the last."""
    if len(merged) == 1:
        return about.options[merged[0]]
    last = merged[-1] + 1
    end = about.edges[last] - (0 if last == len(about.options) else about.step)
    low, high = f"{about.edges[merged[0]]:g}", f"{end:g}{about.unit}"
    return words.say("guess", "range", low=low, high=high)


def amounts(shown: rules.Snapshot) -> tuple[str, ...]:
    """Say for each row how many, in a word or a number."""
    table = words.table()

    def amount(row: rules.Row) -> str:
        if row.word is not None:
            return str(table["word"][row.word])
        people = str(table["page"]["people"]).format(n=row.people)
        return people if row.people else str(table["page"]["nobody"])

    return tuple(amount(row) for row in shown.rows)


def truth(about: Declaration) -> str:
    """Say what the data says."""
    kind = "source" if about.source else "truth"
    said = f"{about.truth:g}{about.unit}"
    return words.say("guess", kind, truth=said, source=about.source)


def drawn(activity: Activity[Any]) -> dict[str, Any]:
    """List what pages draw of a revealed picture; nothing, where there is none."""
    about, shown = activity.declaration, activity.snapshot
    if shown is None:
        return {}
    told: dict[str, Any] = {
        "snapshot": shown,
        "rows": labels(about, shown),
        "amounts": amounts(shown),
    }
    if shown.before:
        before = labels(about, shown.before), amounts(shown.before)
        told["before"] = tuple(zip(*before, strict=True))
        told["titles"] = tuple(words.say("change", t) for t in ("before", "now"))
    if shown.form == "board":
        told |= {name: words.say("board", name) for name in ("often", "retold")}
    at = about.truth_at
    if at is not None:
        told["truth"] = truth(about)
        rows = enumerate(shown.rows)
        told["truth_row"] = next(i for i, row in rows if at in row.options)
    return told


def in_words(activity: Activity[Any], lesson: str) -> Shown:
    """Put a picture into words alone, to be taken along; texts have no rows."""
    about, told = activity.declaration, drawn(activity)
    shown: rules.Snapshot = told["snapshot"]
    rows = list(zip(told["rows"], told["amounts"], strict=True))
    if "before" in told:
        before, now = told["titles"]
        rows = [(f"{before}: {label}", said) for label, said in told["before"]] + [
            (f"{now}: {label}", said) for label, said in rows
        ]
    sentences = (told.get("truth"), shown.sentence, shown.change)
    return Shown(
        lesson=lesson,
        question=about.question,
        round=activity.round,
        sentence=" ".join(s for s in sentences if s),
        rows=tuple(rows),
    )
