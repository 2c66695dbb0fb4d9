"""The numbers on Help: dialled as printed, and shown for as long as they are known."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from beyond_the_no.evidence import help_checks, help_file, help_page
from beyond_the_no.evidence.help_file import HelpFileError
from beyond_the_no.evidence.help_lines import NEEDS, Emergency, Line, Way
from beyond_the_no.evidence.help_page import Help, Local

PLACES = help_file.countries()
LINES = [line for country in PLACES for line in country.lines]
WAYS = [way for line in LINES for way in line.ways]
NUMBERS = [n for country in PLACES for n in country.emergency]
READ = date(2026, 11, 30)  # the day on which the lines were gathered
DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize("item", [w for w in WAYS if w.dial] + NUMBERS, ids=str)
def test_a_link_dials_the_digits_that_are_printed(item: Way | Emergency) -> None:
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
    assert "not called by us" in line.checked_by


def test_every_place_has_an_emergency_number_and_lines_for_everyone() -> None:
    for country in PLACES:
        assert country.emergency
        assert {"suicide", "abuse"} <= {line.need for line in country.lines}


class TestShown:
    """What people see of a line, by the age of its check."""

    @given(line=st.sampled_from(LINES), today=DAYS)
    def test_hours_for_a_year_and_a_services_number_for_two(
        self, line: Line, today: date
    ) -> None:
        seen = line.shown(today)
        age = today - line.checked_on if line.checked_on else timedelta.max
        state = line.number_of == "state"
        web = [way for way in line.ways if way.kind == "web"]

        if age <= timedelta(days=730) or state:
            assert seen is not None
            assert seen.ways == line.ways
        elif web:
            assert seen is not None
            assert list(seen.ways) == web
        else:
            assert seen is None
        if seen:
            assert seen.hours == (line.hours if age <= timedelta(days=365) else "")

    @given(line=st.sampled_from(LINES), today=DAYS)
    def test_of_an_older_line_never_more_is_shown(
        self, line: Line, today: date
    ) -> None:
        now, later = line.shown(today), line.shown(today + timedelta(days=400))

        if later:
            assert now is not None
            assert set(later.ways) <= set(now.ways)
            assert now.hours or not later.hours

    def test_on_the_day_they_were_gathered_22_of_75_lines_show_no_number(self) -> None:
        gone = [line for line in LINES if line.shown(READ) is None]
        address = [
            line
            for line in LINES
            if line not in gone
            and help_checks.no_number(line, READ)
            and any(way.dial for way in line.ways)
        ]

        assert (len(LINES), len(address), len(gone)) == (75, 11, 11)

    @given(today=DAYS)
    def test_something_is_always_left_beside_the_emergency_number(
        self, today: date
    ) -> None:
        for country in PLACES:
            assert country.shown(today), country.name

    @given(country=st.sampled_from(PLACES), today=DAYS)
    def test_the_directory_moves_up_once_a_line_is_over_a_year_old(
        self, country, today: date
    ) -> None:
        old = any(help_checks.no_hours(line, today) for line in country.lines)

        assert (today >= country.older_from()) == old


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
    with pytest.raises(ValidationError, match=r"no help lines for 'XX'; known: US,"):
        Help(countries=PLACES, country="XX", today=READ)


def test_help_has_a_word_for_every_need() -> None:
    assert tuple(help_page.words()["needs"]) == NEEDS


class TestFile:
    """One sentence for each slip in the file, with its line."""

    @pytest.fixture
    def slipped(self, tmp_path: Path):
        def slip(change) -> str:
            raw = json.loads(help_file.FILE.read_text(encoding="utf-8"))
            change(raw["countries"])
            bad = tmp_path / "help.json"
            bad.write_text(json.dumps(raw, indent=1), encoding="utf-8")
            with pytest.raises(HelpFileError) as error:
                help_file.load(bad)
            assert "\n" not in str(error.value)
            return str(error.value)

        return slip

    def line(self, tmp_path: Path, said: str) -> str:
        number = re.match(r"help\.json, line (\d+): ", said)
        assert number
        return (
            (tmp_path / "help.json").read_text("utf-8").splitlines()[int(number[1]) - 1]
        )

    def test_that_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(HelpFileError, match=r"cannot be read from .*: No such"):
            help_file.load(tmp_path / "none.json")

    def test_that_is_no_json(self, tmp_path: Path) -> None:
        (tmp_path / "help.json").write_text('{\n "about": x\n}', "utf-8")
        with pytest.raises(HelpFileError, match=r"help\.json is not JSON: .*line 2"):
            help_file.load(tmp_path / "help.json")

    def test_a_link_that_would_dial_something_else(self, slipped, tmp_path) -> None:
        said = slipped(lambda it: it[0]["lines"][0]["ways"][0].update(dial="989"))

        assert said.endswith(": it prints 988 and would dial 989.")
        assert '"number": "988"' not in self.line(tmp_path, said)
        assert "{" in self.line(tmp_path, said), "where the way begins"

    def test_what_no_phone_can_dial(self, slipped, tmp_path) -> None:
        said = slipped(lambda it: it[0]["lines"][0]["ways"][0].update(dial="98 8"))

        assert '"dial": "98 8"' in self.line(tmp_path, said)

    def test_a_line_without_its_source(self, slipped) -> None:
        said = slipped(lambda it: it[0]["lines"][1].pop("source_url"))

        assert re.fullmatch(
            r"help\.json, line \d+: a line without source_url, .*", said
        )

    def test_a_country_without_an_emergency_number(self, slipped) -> None:
        said = slipped(lambda it: it[2]["emergency"].clear())

        assert said.endswith(": United Kingdom has no emergency number.")

    def test_a_country_that_stands_in_it_twice(self, slipped) -> None:
        assert "twice" in slipped(lambda it: it.append(it[0]))

    def test_two_slips_are_two_sentences(self, slipped) -> None:
        def both(it):
            it[0]["lines"][0]["ways"][0]["dial"] = "989"
            it[1]["emergency"].clear()

        assert slipped(both).count("help.json, line ") == 2

    def test_an_older_file_of_ones_own_is_not_passed_over(self, tmp_path) -> None:
        (tmp_path / "crisis.json").write_text("{}", "utf-8")
        (tmp_path / "help.json").write_bytes(help_file.FILE.read_bytes())
        with pytest.raises(HelpFileError, match=r"crisis\.json is read no more: move"):
            help_file.load(tmp_path / "help.json")


class TestTold:
    """What the leader's page and ``check`` say."""

    def test_that_nobody_called_them(self) -> None:
        first = help_checks.told(PLACES[0], READ)[0]

        assert first.startswith("Help lines of United States: last read on 7 October")
        assert "Nobody has called them" in first

    def test_what_phones_do_not_show_any_more(self) -> None:
        _, quiet, hidden = help_checks.told(PLACES[0], READ)

        assert "The Trevor Project" in quiet
        assert "Friendship Line" in hidden
        assert "988" not in quiet + hidden

    def test_nothing_more_of_a_place_whose_lines_are_fresh(self) -> None:
        fresh = PLACES[0].model_copy(update={"lines": PLACES[0].lines[:1]})

        assert len(help_checks.told(fresh, READ)) == 1

    def test_a_release_looks_up_each_line_that_is_over_a_year_old(self) -> None:
        due = help_checks.due(PLACES, READ)

        assert any("(never), https://" in line for line in due)
        assert not any("988 Suicide" in line for line in due)
        assert len(help_checks.due(PLACES, date(2040, 1, 1))) == len(LINES)
