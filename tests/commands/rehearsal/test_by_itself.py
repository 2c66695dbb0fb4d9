"""A rehearsal that leads itself: what everyone saw, and what the report says of it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from beyond_the_no.commands.rehearsal import answers
from beyond_the_no.commands.rehearsal.simulated_people import personas
from beyond_the_no.room import rules
from support.served import violations

from .conftest import (
    DECLARED,
    OPTIONS,
    PEOPLE,
    SEED,
    SIDEWAYS,
    Alone,
    alone,
    declared,
)

K = 5
WORRYING = answers.worrying()


def expected(name: str, without: set[str]) -> list[int]:
    """How many chose each option, of those who were there, each counted once."""
    counts = [0] * len(OPTIONS)
    for at, who in enumerate(personas(PEOPLE)):
        if who in without:
            continue
        about = declared(name)
        said = answers.answer(about, seed=SEED, person=at, round=1, persona=who)
        chosen = {said["value"]} if "value" in said else set(said.get("values", ()))
        for option in chosen:
            counts[option] += 1
    return counts


def rows_of(name: str) -> list[dict]:
    """What the rules make of the answers that are counted."""
    about, counts = declared(name), expected(name, {"late"})
    assert sum(counts) >= K
    shown = rules.snapshot(counts, about.options, K, sensitive=about.sensitive)
    return [row.model_dump() for row in shown.rows]


def test_everyone_is_counted_once(by_itself: Alone) -> None:
    """Who passes, not at all; who drops, or joins twice, once; who is late, not yet."""
    assert by_itself.snapshots("first")[-1]["rows"] == rows_of("first")


def test_a_second_answer_after_a_lost_line_is_counted_once_too(
    by_itself: Alone,
) -> None:
    assert by_itself.snapshots("second")[-1]["rows"] == rows_of("second")


def test_nothing_is_shown_of_fewer_than_k(by_itself: Alone) -> None:
    asked = {q["id"] for state in by_itself.wall for q in state["questions"]}
    assert asked >= set(DECLARED)
    for state in by_itself.wall:
        for question in state["questions"]:
            snapshot = question["snapshot"]
            writes = question["kind"] in ("words", "texts")
            if question["phase"] in ("collecting", "held") and not writes:
                assert not snapshot
            if not snapshot:
                continue
            people = [row["people"] for row in snapshot["rows"]]
            assert not {0, 1, 2} & set(people)
            if snapshot["form"] == "dots" and None not in people:
                assert sum(people) >= K


def test_no_state_counts_who_is_ready_or_passed(by_itself: Alone) -> None:
    ready = {q["ready"] for state in by_itself.leader for q in state["questions"]}

    assert all(not re.search(r"\d", said) for said in ready)
    assert not any(q["queue"] for s in by_itself.wall for q in s["questions"])


def test_a_small_group_is_shown_nothing_and_the_report_says_so(tmp_path: Path) -> None:
    small = alone(tmp_path, "--people", "4", "--speed", "300")

    rows = [
        q["snapshot"]["rows"]
        for state in small.wall
        for q in state["questions"]
        if q["snapshot"]
    ]
    assert not any(rows)
    assert not any(q["queue"] for s in small.leader for q in s["questions"])
    assert re.search(
        r"“Which first\?” was asked but never shown\. Only \d", small.report
    )


def test_what_sounds_like_danger_waits_for_the_leader_and_is_on_no_wall(
    by_itself: Alone,
) -> None:
    waited = {
        text["text"]
        for state in by_itself.leader
        for q in state["questions"]
        for text in q["queue"]
    }
    shown = {
        text["text"]
        for name in ("named", "helped", "practice-lines")
        for snapshot in by_itself.snapshots(name)
        for text in snapshot["texts"]
    }

    assert waited & set(WORRYING)
    assert shown
    assert shown < waited
    assert not shown & set(WORRYING)
    assert "texts sounds like danger. You didn’t show it" in by_itself.report


def test_who_writes_from_right_to_left_is_on_the_board(by_itself: Alone) -> None:
    texts = [t["text"] for s in by_itself.snapshots("named") for t in s["texts"]]

    assert set(texts) & set(answers.words()["writes"]["script"]["words"])


def test_each_persona_was_met_and_fared_as_it_should(by_itself: Alone) -> None:
    def went(title: str) -> str:
        row = by_itself.report.split(f'<th scope="row">{title}</th>')[1]
        return row.split("</tr>")[0]

    assert "Answers: 0. " in went("Passes everything")
    assert "Back in the same seat 2 times." in went("Loses the Wi-Fi twice")
    assert "Both tabs share one seat." in went("Joins twice")
    assert "we’re at “All” now. So far: The door." in went("Comes late")
    assert "Sent 2 signals, 2 of them answered." in went("Sends signals")
    assert "Didn’t come back." in went("Leaves without a word")


def test_the_report_tells_each_row_and_what_was_on_screen(by_itself: Alone) -> None:
    for name in DECLARED:
        assert f"Turned to “{name}”." in by_itself.report
    for said in ("The room was paused.", "Everyone was breathing together."):
        assert said in by_itself.report
    assert "“Which first?” was asked" not in by_itself.report
    assert "Everyone in this report is made up" in by_itself.report
    assert "<script" not in by_itself.report
    assert not re.search(r"(src|href)=", by_itself.report)


def test_the_command_says_where_the_report_is_and_nothing_went_wrong(
    by_itself: Alone,
) -> None:
    assert "rehearsal.html" in by_itself.said
    assert by_itself.log == ""


@pytest.mark.browser
def test_the_report_has_no_barrier_and_fits_a_sheet(
    browser: Browser, by_itself: Alone, tmp_path: Path
) -> None:
    where = tmp_path / "report.html"
    where.write_text(by_itself.report, "utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(where.as_uri())

    assert violations(page) == []
    assert not page.evaluate(SIDEWAYS)
    assert asked == [where.as_uri()]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 990})
    assert not page.evaluate(SIDEWAYS)
    page.close()
