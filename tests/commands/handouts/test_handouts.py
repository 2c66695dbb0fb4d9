"""Paper: what people get who have no phone, and what a leader prints beforehand."""

import re
import subprocess
import sys
import tomllib
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from beyond_the_no.commands.handouts import content, print_pdf, slips
from beyond_the_no.common.settings import UserError
from beyond_the_no.content.lessons import load_folder
from beyond_the_no.evidence.plain_words import faults_of_words, grade
from beyond_the_no.own.exercise import exercises
from beyond_the_no.room.kinds import KINDS
from beyond_the_no.room.plan import Plan, Step
from beyond_the_no.server.host import chromium as browsers
from support.served import REPO, violations

FOUND = load_folder(REPO / "notebooks")
FOR_PEOPLE = (
    *("invitation", "agreements", "privacy", "how_was_it", "slips"),
    *print_pdf.EXERCISES,
)
WORDS = tomllib.loads((print_pdf.HERE / "words.toml").read_text("utf-8"))

every_kind = pytest.mark.parametrize("kind", print_pdf.KINDS)


@cache
def about() -> dict:
    return print_pdf.about(FOUND, content.plan(FOUND), "GB")


def seen(page: str) -> str:
    page = re.sub(r"<style>.*?</style>|<title>.*?</title>", " ", page, flags=re.DOTALL)
    page = re.sub(r"<(?=/?(p|h\d|li|td|th)\b)", ".<", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def squeezed(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip()


@pytest.mark.parametrize("name", print_pdf.EXERCISES)
def test_a_sheet_asks_all_that_the_exercise_asks_and_nothing_of_a_screen(
    name: str,
) -> None:
    text = seen(print_pdf.html(name, about()))

    for step in exercises()[name]["steps"]:
        assert step["title"] in text
        for field in step.get("fields", []):
            assert field["label"] in text
            for option in field.get("options", []):
                assert (option if isinstance(option, str) else option["say"]) in text
    for sentence in (*WORDS["screen"], *WORDS["instead"]):
        assert sentence not in text


def test_a_sentence_that_is_left_out_is_still_said_on_screens() -> None:
    said = str(exercises())
    assert all(sentence in said for sentence in (*WORDS["screen"], *WORDS["instead"]))


@pytest.mark.parametrize("kind", [*FOR_PEOPLE, "my_page"])
def test_a_sheet_for_people_has_plain_and_kind_words(kind: str) -> None:
    text = seen(print_pdf.html(kind, about()))

    assert not faults_of_words(text)
    if kind != "my_page":  # a few headings, no sentences
        assert grade(text) <= 6


@pytest.mark.parametrize("kind", ["my_page", "how_was_it", *print_pdf.EXERCISES])
def test_a_sheet_that_may_stir_holds_the_help_lines_of_the_place(kind: str) -> None:
    assert "116 123" in seen(print_pdf.html(kind, about()))


def test_a_sheet_asks_what_a_person_needs_and_says_what_if_nobody_answers():
    text = seen(print_pdf.html("help", about()))
    order = ["999", "What do you need?", "116 123", "0808 2000 247", "0800 1111"]
    places = [text.index(part) for part in [*order, "it isn’t because of you"]]

    assert places == sorted(places)
    assert "browser" not in text, "paper leaves other traces"
    assert not re.search(r"\b20[12]\d\b|checked|source", text)


@pytest.mark.parametrize("kind", ["how_was_it", "my_page", "invitation"])
def test_other_sheets_tell_nobody_what_a_person_needs(kind: str) -> None:
    assert "Abuse" not in seen(print_pdf.html(kind, about()))


def test_the_agreements_are_those_of_the_first_lesson() -> None:
    assert set(content.welcome()) == set(content.CELLS)
    text = squeezed(seen(print_pdf.html("agreements", about())))

    for line in content.welcome()["agreements"].splitlines():
        if line.startswith("- "):
            assert squeezed(line) in text


def test_who_takes_part_is_told_what_can_stir_what_is_kept_and_the_leaders_duty() -> (
    None
):
    text = seen(print_pdf.html("privacy", about()))

    for said in (
        "may bring up painful feelings",
        "nobody can guarantee that what’s said here stays here",
        "has to get help if someone is in danger",
        "can pass, leave and come back",
        "the room forgets",
    ):
        assert said in text, said


def test_the_invitation_says_for_whom_how_long_and_what_comes_up() -> None:
    plan = Plan(title="An evening", steps=(Step(name="A", minutes=35, lesson="x"),))
    text = seen(print_pdf.html("invitation", print_pdf.about(FOUND, plan, "GB")))

    assert "for adults" in text
    assert "It takes 35 minutes." in text
    whole = seen(print_pdf.html("invitation", about()))
    for lesson in about()["lessons"]:
        assert squeezed(lesson["content_note"].split(". ")[0]) in squeezed(whole)


def test_the_run_sheet_tells_when_each_line_begins_what_may_go_and_what_to_say() -> (
    None
):
    plan = Plan(
        title="An evening",
        steps=(
            Step(name="Arrive", minutes=8, lesson="00_welcome"),
            Step(
                name="Rest & tea",
                minutes=5,
                cut=1,
                late="drink it on the way.",
                upset="the room next door.",
            ),
        ),
    )
    text = seen(print_pdf.html("run_sheet", print_pdf.about(FOUND, plan, "GB")))

    assert "13 minutes in all" in text
    assert "0–8" in text
    assert "8–13" in text
    assert "Rest tea a break can be left out" in squeezed(text)
    assert "If you’re running late: drink it on the way." in text
    assert "If someone is upset: the room next door." in text
    assert about()["lessons"][0]["notes"][0] in text
    assert "Why it hurts" not in text, "a lesson that is not in the plan"


def test_the_dpia_has_a_row_for_each_threat_and_room_for_an_answer() -> None:
    rows = content.threats()
    lines = content.THREATS.read_text("utf-8").splitlines()

    assert len(rows) == sum(line.startswith("| ") for line in lines) - 1
    assert all(len(row) == 4 and row[0] and row[2] for row in rows)
    assert not any("tests/" in cell for row in rows for cell in row)


@every_kind
def test_nothing_is_printed_in_a_colour_or_on_a_ground(kind: str) -> None:
    page = print_pdf.html(kind, about())
    told = re.findall(r"(?:color|background|border[-a-z]*):([^;}]*)", page)
    words = re.findall(r"#[0-9a-fA-F]{3,8}\b|\b[a-z]{3,}\b", " ".join(told))
    colours = set(words) - {"solid", "dashed", "collapse"}  # red and rgb(…) are left

    assert colours == {"#000", "#fff"}


@pytest.mark.browser
@every_kind
def test_a_sheet_is_in_order_for_a_screen_reader(kind: str, browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.set_content(print_pdf.html(kind, about(), large=True))

    assert violations(page) == []
    sizes = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert page.evaluate(sizes) == 24  # pixels: 18 points
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("kind", print_pdf.EXERCISES)
def test_help_never_lies_alone_on_a_last_sheet(
    kind: str, large: bool, browser: Browser
) -> None:
    """On paper a step that is written on goes with it, whole."""
    page = browser.new_context().new_page()
    page.set_content(print_pdf.html(kind, about(), large=large))
    page.emulate_media(media="print")
    last = page.locator("footer").locator("xpath=..")

    assert last.locator(".line, .box").count() > 0
    assert last.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
    height = last.evaluate("one => one.offsetHeight")
    assert height < (297 - 30) / 25.4 * 96  # it fits a sheet
    page.context.close()


@pytest.mark.browser
def test_the_command_prints_a_tagged_pdf_for_each_kind(tmp_path: Path) -> None:
    kit = [sys.executable, "-m", "beyond_the_no.commands.main", "paper"]
    folder = tmp_path / "sheets"
    done = subprocess.run(
        [*kit, "--folder", str(folder), "--country", "GB"],
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr
    made = sorted(folder.iterdir())
    assert [p.stem for p in made] == sorted(
        k.replace("_", "-") for k in print_pdf.KINDS
    )
    for path in made:
        raw = path.read_bytes()
        assert raw.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in raw
        assert re.search(rb"/Lang ?\(en", raw)
        assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", raw)


def test_without_a_browser_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    from beyond_the_no.commands.main import main

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browsers, "PLACES", ())

    assert main(["paper", "--folder", str(tmp_path / "sheets")]) == 1
    assert capsys.readouterr().err.strip() == print_pdf.NO_BROWSER
    assert not (tmp_path / "sheets").exists()


def test_a_place_that_is_not_known_is_one_sentence() -> None:
    with pytest.raises(UserError, match="--country is one of US,"):
        print_pdf.about(FOUND, content.plan(FOUND), "XX")


def test_there_are_slips_for_all_that_a_plan_asks_and_people_answer() -> None:
    found = about()["slips"]
    kinds = {one["about"].kind for one in found}
    text = seen(print_pdf.html("slips", about()))

    assert kinds == {*KINDS} - {"breathe", "includer", "pairs", "guess", "support"}
    for one in found:
        for option in one["about"].options:
            assert option in text
    assert "You have 3 dots." in text


def test_slips_say_which_of_them_the_leaders_page_takes() -> None:
    entered = {one["about"].kind: one["entered"] for one in about()["slips"]}

    assert {kind for kind, takes in entered.items() if takes} == {"poll", "place"}
    assert [one["entered"] for one in about()["slips"]] == sorted(
        (one["entered"] for one in about()["slips"]), reverse=True
    )


def test_a_question_that_other_code_works_out_has_no_slip() -> None:
    assert slips.declared('Poll("a", "Which?", ["One", "Two"])').id == "a"
    assert slips.declared('Poll("a", "Which?", options())') is None
    assert slips.declared('Poll("a", "Which?", ["One"])') is None
    assert slips.declared('print("Poll")') is None
