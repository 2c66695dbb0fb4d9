"""The explorers of lessons 04 to 06: what each must say, and must not."""

import re

import pytest

from beyond_the_no.explore import (
    CultureOverlap,
    Feed,
    FourTenths,
    MostPostsGetNothing,
    SafeTries,
    SensitivityLoop,
)

SIZES = {
    SensitivityLoop: 2 * 3 * 2**4,
    SafeTries: 1 + 3 * 3,
    CultureOverlap: 2 * 4,
    Feed: 2 * 10,
    MostPostsGetNothing: 3,
    FourTenths: 6,
}
HELPS = dict.fromkeys(("facts", "pause", "kindly", "steps"), False)


every_kind = pytest.mark.parametrize("kind", SIZES)


@pytest.mark.parametrize(("kind", "number"), SIZES.items())
def test_there_are_as_many_pictures_as_controls_can_make(kind, number):
    assert len(list(kind.states())) == number


@every_kind
def test_it_says_whether_it_is_a_model(kind):
    made_up = {SensitivityLoop, SafeTries, CultureOverlap, Feed}

    for state in kind.states():
        assert kind.kind(**state) == ("model" if kind in made_up else "study")


@every_kind
def test_the_caption_holds_the_doubt_or_says_what_is_made_up(kind):
    for state in kind.states():
        caption = kind.caption(**state)
        assert re.search(r"made.up|n’t drawn|interval|causes what", caption)
        assert "{" not in caption


@pytest.mark.parametrize("kind", [SensitivityLoop, SafeTries, Feed])
def test_sam_is_said_to_be_made_up(kind):
    assert "Sam is made up" in kind.caption(**kind.settled())


def test_where_the_treatment_is_unfair_expecting_it_is_realistic():
    said = SensitivityLoop.sentence("ring", "unfair", **HELPS)

    assert "*75 times in 100*, whatever Sam does" in said
    assert "*realistic*" in said
    assert "isn’t in Sam’s head" in said


def test_help_in_an_unfair_place_does_not_make_it_fair():
    said = SensitivityLoop.sentence("time", "unfair", **HELPS | {"pause": True})

    assert "That doesn’t make the treatment fair." in said


def test_the_loop_is_nobodys_fault_in_every_state():
    for state in SensitivityLoop.states():
        assert "never causes abuse" in SensitivityLoop.caption(**state)


@pytest.mark.parametrize("help", HELPS)
def test_each_arrow_has_a_control_that_loosens_the_loop(help):
    said = SensitivityLoop.sentence("ring", "mixed", **HELPS | {help: True})

    assert "*looser*" in said
    noes = int(re.search(r"really comes \*(\d+) times in 100\*", said)[1])
    assert noes < 50 < 72  # without any help, it is 72
    assert "*72 times in 100*" in SensitivityLoop.sentence("ring", "mixed", **HELPS)


def test_a_try_is_never_asking_someone_again_who_said_no():
    for state in SafeTries.states():
        assert "never means asking the same person" in SafeTries.caption(**state)


def test_what_tries_do_is_said_without_numbers():
    for state in SafeTries.states():
        said = SafeTries.sentence(**state)
        assert not re.search(r"\d", said.replace("12 weeks", ""))
    assert "*shrinks slowly but clearly*" in SafeTries.sentence("week", "small")
    assert "*shrinks a little*" in SafeTries.sentence("month", "small")


def test_what_sam_tries_does_not_matter_while_sam_stays_away():
    assert SafeTries.draw(often="never", step="big") == SafeTries.draw(often="never")


def test_a_gap_in_the_averages_tells_little_about_one_person():
    assert CultureOverlap.sentence("curves", "50") == (
        "The averages differ, and still *80 of 100* people are where the groups "
        "overlap. A guess from one reaction is right *60 times in 100*. Tossing a coin "
        "gets you 50."
    )


def test_no_group_and_no_place_has_a_name_in_a_picture():
    names = re.compile(r"German|China|Chinese|India|Turk|Korea|Iceland|Asia|Western")
    for state in CultureOverlap.states():
        picture, sentence = CultureOverlap.draw(**state)
        assert not names.search(picture + sentence)


def test_the_three_posts_come_from_one_draw():
    assert Feed.sentence("posts", 1).startswith(
        "On three days, Sam’s *same photo* got *7, 11 and 5 likes*."
    )
    assert "*one random draw*" in Feed.sentence("behind", 1)


def test_most_posts_of_two_people_get_nothing():
    assert MostPostsGetNothing.sentence("0") == (
        "For *two of these three* people, most posts got *no likes at all*. For the "
        "three of them it was 36, 55 and 76 of 100 posts. Hearing nothing back is "
        "common."
    )


def test_four_tenths_of_a_percent_are_four_dots():
    assert "*at most 4 in 1,000*" in FourTenths.sentence(0)
    assert "355,358 teenagers" in FourTenths.sentence(0)
    assert "*125 times* as many dots" in FourTenths.sentence(500)
