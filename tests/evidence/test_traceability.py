"""The table of requirements and the log of hazards: complete, and true to the tests."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
import textstat

from beyond_the_no.commands.handouts import print_pdf
from beyond_the_no.evidence import grounding
from support.served import REPO

PACKAGE = REPO / "widgets" / "beyond_the_no"
FOLDER = PACKAGE / "evidence"
TEMPLATES = PACKAGE / "server" / "rendering" / "templates"
REQUIREMENTS = (FOLDER / "REQUIREMENTS.md").read_text("utf-8")
HAZARDS = (FOLDER / "HAZARDS.md").read_text("utf-8")
OWN_WORDS = [PACKAGE / "own" / name for name in ("words.toml", "exercises.toml")]
# what may stand in the place of a test, for a row that can have none
WITHOUT = re.compile(r"^By people: .{30,}\.$")
# how a test says what has to be so; any other one only runs
ASKS = ("expect", "raises", "fail")


def rows(text: str) -> list[list[str]]:
    """The cells of each row of a table, without its head."""
    lines = [line for line in text.splitlines() if re.match(r"\| [SH]-\d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def named_tests(row: list[str]) -> list[tuple[str, str]]:
    return re.findall(r"`([\w/]+\.py)::(\w+)`", row[-1])


def table(path: Path) -> dict:
    return tomllib.loads(path.read_text("utf-8"))


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


def test_every_requirement_has_one_row():
    assert [row[0] for row in rows(REQUIREMENTS)] == [f"S-{n:02}" for n in range(1, 51)]


@pytest.mark.parametrize("row", rows(REQUIREMENTS), ids=lambda row: row[0])
def test_every_test_that_is_named_exists(row):
    found = named_tests(row)

    assert found or WITHOUT.match(row[-1]), (
        "neither a test nor a sentence that says why"
    )
    for file, name in found:
        path = REPO / "tests" / file
        assert path.is_file(), file
        assert re.search(rf"^ *def {name}\(", path.read_text("utf-8"), re.M), name


def asks(test: ast.FunctionDef) -> bool:
    """Whether a test can fail for another reason than that something broke."""
    called = [n.func for n in ast.walk(test) if isinstance(n, ast.Call)]
    names = [getattr(f, "id", getattr(f, "attr", "")) for f in called]
    return any(isinstance(n, ast.Assert) for n in ast.walk(test)) or any(
        name in ASKS for name in names
    )


@pytest.mark.parametrize("row", rows(REQUIREMENTS), ids=lambda row: row[0])
def test_every_test_that_is_named_asks_something(row):
    for file, name in named_tests(row):
        tree = ast.parse((REPO / "tests" / file).read_text("utf-8"))
        found = [
            n
            for n in ast.walk(tree)
            if isinstance(n, ast.FunctionDef) and n.name == name
        ]
        assert all(asks(test) for test in found), name
        assert not any("skip(" in ast.unparse(test) for test in found), name


@pytest.mark.parametrize("row", rows(REQUIREMENTS), ids=lambda row: row[0])
def test_every_file_that_is_named_exists(row):
    for name in re.findall(r"`([\w./]+\.\w+)`", row[2]):
        if not WITHOUT.match(row[-1]):
            assert list(REPO.glob(name)) or list(PACKAGE.rglob(name)), name


def test_every_hazard_names_its_controls():
    found = rows(HAZARDS)

    assert [row[0] for row in found] == [f"H-{n + 1:02}" for n in range(len(found))]
    for row in found:
        assert len(row) == 7
        assert all(len(cell) > 3 for cell in row)
        assert re.fullmatch(r"S-\d\d(, S-\d\d)*", row[-1]), row[0]


def test_both_are_linked_for_who_contributes():
    text = (REPO / "CONTRIBUTING.md").read_text("utf-8")

    for name in ("REQUIREMENTS.md", "HAZARDS.md"):
        assert f"widgets/beyond_the_no/evidence/{name}" in text


# Requirements that are a matter of what is, and is not, written in the kit.


def test_there_are_four_ways_to_ground_and_breath_is_one_of_them():
    ways = [way["id"] for way in grounding.table()["ways"]]

    assert len(ways) >= 4
    assert {"feet", "breath", "senses", "words"} <= set(ways)


def test_nothing_in_the_workbook_adds_up_or_ranks():
    said = " ".join(text for path in OWN_WORDS for text in strings(table(path)))

    assert not re.search(
        r"\b(score|total|points?|rank|badge|streak|percent|severe|mild to)\b"
        r"|\b\d+ of \d+\b|out of \d+",
        said,
        re.I,
    )


def test_a_lower_mood_is_thanked_for_and_a_higher_one_is_not_praised():
    mood = table(PACKAGE / "own" / "words.toml")["mood"]

    assert "Thank you for noticing" in mood["less"]
    assert mood["ground"] == "Ground me"
    assert not re.search(r"great|good|well done|!", mood["more"], re.I)


def test_a_no_is_final_wherever_trying_again_is_spoken_of():
    claims = json.loads((REPO / "data" / "claims.json").read_text("utf-8"))["claims"]
    plain = {each["id"]: each["plain"] for each in claims}
    ladder = " ".join(
        strings(table(PACKAGE / "own" / "exercises.toml")["small_steps_ladder"])
    )

    assert "do not keep asking that person" in plain["C29"]
    assert re.search(r"\bno\b.*\bfinal\b|said no", ladder)
    for name in ("07_love_friends_family", "09_ways_to_cope"):
        text = (REPO / "notebooks" / f"{name}.ipynb").read_text("utf-8")
        final = r"\bno\b[^.]{0,20}(is|’s) final|said no to you, no step leads back"
        assert re.search(final, text), name


def test_fields_ask_for_a_role_and_not_for_a_name():
    assert "not a name" in table(PACKAGE / "own" / "words.toml")["keeping"]["role"]
    for script in ("exercise.js", "note_to_self.js"):
        assert "words.role" in (PACKAGE / "own" / script).read_text("utf-8")


def test_no_code_leaves_a_participant_out():
    kinds = {".py", ".js", ".j2", ".toml"}
    for path in (p for p in PACKAGE.rglob("*") if p.suffix in kinds):
        if "node_modules" in path.parts:  # what the front end is built from
            continue
        assert not re.search(r"cyber_?ball", path.read_text("utf-8"), re.I), path


def test_no_page_asks_who_somebody_is():
    for path in TEMPLATES.rglob("*.j2"):
        fields = re.findall(r"<(?:input|textarea)[^>]*>", path.read_text("utf-8"))
        for field in fields:
            assert not re.search(r'type="(email|tel|date)"|\bname="(age|mail)', field)


def test_the_readme_says_what_the_kit_is_for_and_what_not():
    text = (REPO / "README.md").read_text("utf-8")

    assert "isn't made to diagnose, treat, monitor or prevent any condition" in text


def join_page() -> str:
    """What stands on the first page before anyone is in the room."""
    page = (TEMPLATES / "join.html.j2").read_text("utf-8")
    before, door, _ = page.partition('id="join-in"')
    assert door
    return " ".join(re.sub(r"<[^>]+>|{[{%].*?[}%]}", " ", before).split())


def test_it_is_said_to_be_for_adults_before_one_joins():
    assert "It’s for adults." in join_page()
    assert "It's for adults." in (REPO / "README.md").read_text("utf-8")


def test_what_may_stir_and_what_is_kept_is_said_before_one_joins():
    said = join_page()

    assert "A workshop about being turned down" in said
    assert "may bring up painful feelings, and they can stay" in said
    assert "skip, pause or leave whenever you like" in said
    assert "forgets it when you close the tab" in said
    assert "If other people use this phone, a private tab is safer" in said
    assert "without your name" in said
    assert "stays here. We ask that of everyone, but nobody can promise it" in said
    assert "If someone is in danger, the leader may have to get help" in said
    assert textstat.flesch_kincaid_grade(said) <= 8


def test_there_are_templates_for_what_a_centre_has_to_say_about_data():
    said = table(PACKAGE / "commands" / "handouts" / "words.toml")

    assert {"privacy", "dpia"} <= set(print_pdf.KINDS)
    assert "isn’t legal advice" in said["dpia"]["about"]
    assert any("who advises" in line for line in said["dpia"]["open"])
    assert said["privacy"]["boxes"]
