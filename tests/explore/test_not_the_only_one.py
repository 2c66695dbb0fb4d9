import re

import pytest

from beyond_the_no.explore import NotTheOnlyOne
from beyond_the_no.models.lonely import lonely
from support.figures import marks, patches, words


def test_as_many_people_are_filled_as_felt_lonely():
    fig = NotTheOnlyOne.figure("world")

    assert len(marks(fig, "cloth")) == lonely()["world"].of_100
    assert len(marks(fig, "wash")) == 100 - lonely()["world"].of_100


@pytest.mark.parametrize(
    ("view", "groups"),
    [("age", ["teens", "young", "world"]), ("income", ["low_income", "high_income"])],
)
def test_each_group_is_a_hundred_people(view, groups):
    fig = NotTheOnlyOne.figure(view)
    numbers = [lonely()[group].of_100 for group in groups]

    assert len(marks(fig, "cloth")) == sum(numbers)
    assert len(marks(fig, "wash")) == 100 * len(groups) - sum(numbers)
    assert re.findall(r"(\d+) of 100", words(fig).replace("Of 100", "")) == [
        *map(str, numbers)
    ]
    assert [int(row[1]) for row in NotTheOnlyOne.rows(view)[1:]] == numbers


def test_the_sentences_say_the_numbers_of_the_table():
    for view in ("world", "age", "income"):
        said = set(re.findall(r"\d+", NotTheOnlyOne.sentence(view)))
        table = {row[1] for row in NotTheOnlyOne.rows(view)[1:]}

        assert said - {"100"} <= table | {"24"}


def test_one_in_six_four_of_24_and_twice_are_so():
    found = {name: row.of_100 for name, row in lonely().items()}

    assert round(100 / found["world"]) == 6
    assert round(24 * found["world"] / 100) == 4
    assert found["low_income"] / found["high_income"] == pytest.approx(2, abs=0.2)


def test_of_what_we_guess_the_order_alone_is_shown():
    fig = NotTheOnlyOne.figure("guess")
    (guessed,), (had,) = patches(fig, "pale_cloth"), patches(fig, "cloth")

    assert guessed.get_width() < had.get_width()
    assert "order only" in words(fig)
    assert not re.search(r"\d", words(fig) + NotTheOnlyOne.sentence("guess"))
