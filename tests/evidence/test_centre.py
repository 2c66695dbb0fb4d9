"""The centre's own card: empty as it comes, first on Help, and clear about a slip."""

from datetime import date

import pytest

from beyond_the_no.evidence import centre, help_file, help_page
from beyond_the_no.room.words import table
from beyond_the_no.server.rendering import templating

CARD = 'name = "Our centre"\nnumber = "555 0100"\nlines = ["The first talk is free."]\n'


@pytest.fixture
def card(tmp_path):
    path = tmp_path / "centre.toml"

    def write(text):
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_kit_comes_with_an_empty_card():
    assert centre.load() is None


def test_no_file_is_no_card(tmp_path):
    assert centre.load(tmp_path / "centre.toml") is None


def test_a_card_is_read(card):
    found = centre.load(card(CARD))

    assert (found.label, found.number) == ("Our centre", "555 0100")
    assert found.lines == ("The first talk is free.",)
    assert found.href == "tel:5550100"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('name = "Our centre"', "needs a name and a number, or neither"),
        ('number = "555 0100"', "needs a name and a number, or neither"),
        ('lines = ["Free."]', "needs a name and a number, or neither"),
        ("number = 5550100", "look at number"),
        ('phone = "555 0100"', "look at phone"),
        ("lines = [1]", "look at lines.0"),
        ("name = Our centre", "cannot be read"),
    ],
)
def test_a_slip_is_one_sentence(card, text, says):
    with pytest.raises(help_file.HelpFileError) as error:
        centre.load(card(text))

    assert says in str(error.value)
    assert "centre.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_the_card_stands_on_help_right_after_the_emergency_number(card):
    help_ = help_page.Help(
        countries=help_file.countries(),
        country="US",
        today=date(2026, 1, 1),
        local=centre.load(card(CARD.replace("free", "free <b>"))),
    )
    said = table()["page"]
    page = templating.render(
        "help", help=help_, k_words="five", room_words=said, url_prefix="/"
    )

    assert 'href="tel:5550100"' in page
    assert "The first talk is free &lt;b&gt;." in page
    assert page.index("In danger right now") < page.index("Call 911")
    assert page.index("Call 911") < page.index("Our centre") < page.index("Call 988")
