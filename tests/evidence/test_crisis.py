"""The numbers on the help page: printed as published, dialled as printed, dated."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from beyond_the_no.evidence import crisis
from beyond_the_no.evidence.crisis import CrisisFileError, Help, Line, Local, Way

LINES = [line for country in crisis.countries() for line in country.lines]
WAYS = [way for line in LINES for way in line.ways]
NUMBERS = [n for country in crisis.countries() for n in country.emergency]


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize("item", [w for w in WAYS if w.dial] + NUMBERS, ids=str)
def test_a_link_dials_the_digits_that_are_printed(item: Way) -> None:
    assert re.fullmatch(r"(tel|sms):\+?\d+(\?&body=[A-Za-z0-9%]+)?", item.href)
    assert digits(item.href.split("?")[0]) == digits(item.number)


def test_a_text_with_a_word_opens_a_message_with_that_word() -> None:
    way = Way(kind="text", number="741741", dial="741741", body="HOME")
    assert way.href == "sms:741741?&body=HOME"


def test_an_address_is_shown_and_never_linked() -> None:
    assert {way.href for way in WAYS if way.kind == "web"} == {""}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "call", "number": "988"},
        {"kind": "call", "number": "988", "dial": "989"},
        {"kind": "call", "number": "988", "dial": "988;alert(1)"},
        {"kind": "call", "number": "988", "dial": "988", "body": "HOME"},
        {"kind": "web", "number": "example.org", "dial": "988"},
        {"kind": "shout", "number": "988", "dial": "988"},
    ],
)
def test_a_way_that_would_mislead_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Way.model_validate(wrong)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_each_line_says_where_it_is_from_and_that_nobody_called_it(line: Line) -> None:
    assert line.source_url.startswith("https://")
    assert line.source in line.source_url
    assert "not called by us" in line.checked_by


@given(days=st.integers(0, 400))
def test_a_line_asks_to_be_checked_after_ninety_days(days: int) -> None:
    line = LINES[0]
    assert line.checked_on is not None
    today = line.checked_on + timedelta(days=days)
    assert line.stale(today) == (days > 90)


def test_a_line_without_a_date_always_asks_to_be_checked() -> None:
    line = LINES[0].model_copy(update={"checked_on": None})
    assert line.stale(date(2000, 1, 1))
    assert line.checked == ""


def test_the_list_before_a_workshop_names_country_and_line() -> None:
    names = crisis.stale(date(2026, 11, 23))
    assert "United States: 988 Suicide & Crisis Lifeline" in names
    assert len(names) == len(LINES)


def test_a_day_is_written_in_words() -> None:
    assert LINES[0].checked == "2 June 2026"


@pytest.mark.parametrize(
    ("number", "href"),
    [
        ("+1 206 555 0100", "tel:+12065550100"),
        ("0471 22 33 44 (Ann)", "tel:0471223344"),
        ("javascript:alert(1)", ""),
        ("ask at the desk", ""),
    ],
)
def test_a_typed_number_becomes_a_link_of_digits_or_none(
    number: str, href: str
) -> None:
    assert Local(label="Office", number=number).href == href


def test_help_for_an_unknown_country_names_the_known_ones() -> None:
    with pytest.raises(ValidationError, match=r"no crisis lines for 'XX'; known: US,"):
        Help(countries=crisis.countries(), country="XX", today=date(2026, 11, 23))


def test_a_missing_file_is_one_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(CrisisFileError, match=r"cannot be read from .*: No such file"):
        crisis.load(tmp_path / "none.json")


def test_a_bad_file_says_which_number_to_mend(tmp_path: Path) -> None:
    raw = json.loads(crisis.FILE.read_text(encoding="utf-8"))
    raw["countries"][0]["lines"][0]["ways"][0]["dial"] = "98 8"
    bad = tmp_path / "crisis.json"
    bad.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(CrisisFileError, match=r"countries\.0\.lines\.0\.ways\.0\.dial"):
        crisis.load(bad)


def test_a_country_stands_in_the_file_once(tmp_path: Path) -> None:
    raw = json.loads(crisis.FILE.read_text(encoding="utf-8"))
    raw["countries"].append(raw["countries"][0])
    bad = tmp_path / "crisis.json"
    bad.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(CrisisFileError, match="twice"):
        crisis.load(bad)
