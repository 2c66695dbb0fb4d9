"""Words that sound like danger: how many lines bring up the card, and how many do not.

What these numbers do not prove. The lines were made up by the people who wrote the
phrases, before the phrases, in one language; people in pain write in ways that nobody
made up, and another set would give lower numbers. Nobody who works in care has read the
list yet. A line without a card is no sign that someone is safe, and a card is no sign
that someone is not. That is why Help is on every screen, card or no card.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from beyond_the_no.evidence import phrase_matcher, phrases
from beyond_the_no.own.exercise import exercises
from support.served import REPO

HERE = Path(__file__).parent
SCRIPT = REPO / "widgets/beyond_the_no/frontend/pages/safety_prompt.js"
KINDS = ("self", "hurt", "anger")
RECALL, PRECISION = 0.95, 0.8
Matcher = Callable[[list[str]], list[str]]


def lines(name: str) -> list[tuple[str, str]]:
    """Pairs of a kind and a line."""
    text = (HERE / f"{name}.txt").read_text("utf-8")
    found = [row for row in text.splitlines() if row and not row.startswith("#")]
    pairs = [row.partition(": ") for row in found]
    return [(kind, line.replace(r"\n", "\n")) for kind, _, line in pairs]


def bare(line: str) -> str:
    """A line without what makes no difference to the phrases, if it has letters."""
    return re.sub(r"[^a-z0-9 ]", "", re.sub("['’]", "", line.lower())) or line


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """The script as phones run it, on a page that has nothing else."""
    page = browser.new_page()
    data = json.dumps([kind.model_dump() for kind in phrases.load().kinds])
    page.set_content(
        '<div id="kindly"></div>'
        f'<script type="application/json" id="care-phrases">{data}</script>'
    )
    page.evaluate(SCRIPT.read_text("utf-8"))
    yield page
    page.close()


@pytest.fixture(scope="module")
def matched(page: Page) -> Matcher:
    return lambda texts: page.evaluate("t => t.map(beyondPhrases.kind)", texts)


def test_the_lines_are_many_and_none_stands_in_both_files() -> None:
    held, tuned = lines("held_out"), lines("tuning")

    assert sum(kind in KINDS for kind, _ in held) >= 150
    assert sum(kind == "none" for kind, _ in held) >= 300
    assert {kind for kind, _ in held + tuned} == {*KINDS, "none"}
    assert len(set(held)) == len(held)
    assert not {bare(line) for _, line in held} & {bare(line) for _, line in tuned}


@pytest.mark.browser
def test_recall_and_precision_on_lines_that_were_not_used_for_tuning(
    matched: Matcher, capsys: pytest.CaptureFixture
) -> None:
    held = lines("held_out")
    got = matched([line for _, line in held])
    pairs = [(kind, answer) for (kind, _), answer in zip(held, got, strict=True)]
    recall = {
        kind: sum(a != "" for k, a in pairs if k == kind)
        / sum(k == kind for k, _ in pairs)
        for kind in KINDS
    }
    right = sum(k != "none" and a != "" for k, a in pairs)
    wrong = sum(k == "none" and a != "" for k, a in pairs)
    own_card = sum(k == a for k, a in pairs if k != "none") / right
    precision = right / (right + wrong)

    with capsys.disabled():
        said = ", ".join(f"{kind} {share:.3f}" for kind, share in recall.items())
        print(
            f"\n  recall: {said}; precision {precision:.3f} "
            f"({wrong} of {sum(k == 'none' for k, _ in pairs)} other lines); "
            f"the card of its own kind: {own_card:.3f}"
        )
    assert min(recall.values()) >= RECALL
    assert precision >= PRECISION
    assert own_card >= 0.9


@pytest.mark.browser
def test_long_texts_are_read_to_their_end(matched: Matcher) -> None:
    hard = ["i want to " * 1000, "my self " * 1200, "a " * 5000, "feelings " * 1100]

    assert matched([*hard, "they did not ask " * 580 + "I want to die"]) == [
        "",
        "",
        "",
        "",
        "self",
    ]


@pytest.mark.browser
@pytest.mark.parametrize(
    "written",
    [
        "I want to\nkill\n\nmyself",
        "i  WANT  to   DIE",
        "I can’t go on",
        "I can't go on",
        "su1c1de",
        "k m s",
        "k.m.s",
        "kill\u200bing my\u00adself",
        "i want to dïe",
        "ｋｉｌｌ ｍｙｓｅｌｆ",
        "I don't want to die",
        "x" * 9_000 + " I want to die " + "y" * 900,
        "🙂 I want to die 🙂",
    ],
)
def test_spelling_breaks_and_denial_do_not_hide_it(
    matched: Matcher, written: str
) -> None:
    assert matched([written]) == ["self"]


@pytest.mark.browser
@pytest.mark.parametrize(
    "written", ["", " ", "\n", "شكرا", "🙂", "<b>no</b>", "0" * 9999, "None"]
)
def test_what_says_nothing_of_danger_brings_up_nothing(
    matched: Matcher, written: str
) -> None:
    assert matched([written]) == [""]


@pytest.mark.browser
def test_what_sam_writes_brings_up_no_card(matched: Matcher) -> None:
    """Everyone reads the answers of people who are made up: they are mild."""
    said = [
        text
        for table in exercises().values()
        for person in table.get("people", ())
        for text in (person["story"], *person["answers"].values())
        if isinstance(text, str)
    ]
    assert len(said) > 200
    assert set(matched(said)) == {""}


def test_the_list_says_that_nobody_has_reviewed_it_yet() -> None:
    """Whoever fills this in has a clinician's word for it."""
    found = phrases.load()
    assert found.language == "English"
    assert found.reviewed_by == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("language = 'x'", "need mending"),
        ("language = ", "need mending"),
        ('language="x"\nreviewed_by=""\nkinds=[]', "need mending"),
        (
            'language="x"\nreviewed_by=""\n[[kinds]]\nname="self"\nphrases=["(a+)+$"]',
            "need mending",
        ),
    ],
)
def test_a_bad_file_is_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "en.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(phrases.PhrasesFileError, match=says):
        phrases.load(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(phrases.PhrasesFileError, match="cannot be read"):
        phrases.load(tmp_path / "none.toml")


def test_nothing_of_what_matched_can_be_kept_or_sent() -> None:
    source = SCRIPT.read_text("utf-8")
    code = re.sub(r"(?m)//.*$", "", source)

    ways = (
        r"Storage|fetch|WebSocket|XMLHttp|sendBeacon|cookie|console|beyond\.|import\b"
    )
    assert not re.findall(ways, code)


@pytest.mark.browser
def test_the_room_reads_as_the_phones_do(matched: Matcher) -> None:
    every = [line for name in ("held_out", "tuning") for _, line in lines(name)]
    odd = [
        "ｋｉｌｌ ｍｙｓｅｌｆ",
        "k m s",
        "su1c1de",
        "kill\u200bing my\u00adself",
        "شكرا",
        "2",
    ]

    assert [phrase_matcher.kind_of(line) for line in every + odd] == matched(
        every + odd
    )
