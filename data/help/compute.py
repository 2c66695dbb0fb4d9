"""Make ``data/help.json`` from lines that were gathered with their sources.

    python data/help/compute.py GATHERED

GATHERED is a JSON file of countries, emergency numbers and lines, each with ``sources``
(what was read where, and the day on it) and ``two_agree``. README.md, one folder up,
says what of it is kept and who decides what is shown. Takes a moment.
"""

import json
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "help.json"
ABOUT = (
    "Help lines as published pages print them, read on 30 November 2026. Nobody has "
    "called them. need: suicide, abuse, lgbtq, youth or older. number_of: state, where "
    "a law or regulator gives the number, or service. source_url: the page to look at. "
    "After a check, write the day into checked_on and your name or office into "
    "checked_by. How old that day may be: data/README.md. On a line without a day, "
    "people see its web address at most."
)
# given by law or by a regulator, so that they outlive the page that prints them
STATE = {
    *("911", "988", "1737", "116123", "116016", "116111", "3114", "3919", "119"),
    *("024", "016", "028", "188", "180", "100", "14416", "181", "1098", "14567"),
    *("079", "1553", "1383"),
}
KEPT = ("need", "name", "ways", "hours", "languages", "cost", "source_url")
CHECK = ("checked_on", "checked_by")


def line(raw):
    """Keep what people need, and what a check needs."""
    dialled = {way.get("dial") for way in raw["ways"]}
    number_of = "state" if dialled & STATE else "service"
    kept = {name: raw[name] for name in KEPT}
    return kept | {"number_of": number_of} | {name: raw[name] for name in CHECK}


def country(raw):
    """Keep a place's emergency numbers and lines, in their order."""
    numbers = [
        {
            name: one[name]
            for name in ("number", "dial", "what", "source")
            if name in one
        }
        for one in raw["emergency"]
    ]
    lines = [line(one) for one in raw["lines"]]
    return {
        "code": raw["code"],
        "name": raw["name"],
        "emergency": numbers,
        "lines": lines,
    }


if __name__ == "__main__":
    gathered = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    made = {
        "about": ABOUT,
        "countries": [country(one) for one in gathered["countries"]],
    }
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    TARGET.write_text(text, "utf-8")
