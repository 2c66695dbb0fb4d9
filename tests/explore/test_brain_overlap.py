import re

import pytest

from beyond_the_no.explore import BrainOverlap
from beyond_the_no.explore.house import check, svg

STATES = list(BrainOverlap.states())
AVOID = re.compile(
    r"light(s)? up|literally|hard-?wired|pain cent|\breject(ed|ion)?\b|\bmust\b|should"
    r"|\bjust\b|simply|\beasy\b|\bonly you\b|normal|prove",
    re.I,
)


def name(state):
    return "-".join(map(str, state.values()))


def syllables(word):
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - (word.endswith("e") and not word.endswith("le")))


def grade(text):
    """Flesch-Kincaid, with a rough count of syllables."""
    text = text.replace("ACC", "area").replace("*", "")
    words = re.findall(r"[A-Za-z]+|\d+", text)
    sentences = len(re.findall(r"[.!?](?:\s|$)", text))
    return (
        0.39 * len(words) / sentences
        + 11.8 * sum(map(syllables, words)) / len(words)
        - 15.59
    )


@pytest.mark.parametrize("state", STATES, ids=name)
def test_every_picture_can_be_read(state):
    assert check(BrainOverlap.figure(**state)) == []


@pytest.mark.parametrize("state", STATES[::3], ids=name)
def test_the_same_controls_give_the_same_bytes(state):
    assert svg(BrainOverlap.figure(**state)) == svg(BrainOverlap.figure(**state))


@pytest.mark.parametrize("state", STATES, ids=name)
def test_every_sentence_is_short_plain_and_kind(state):
    sentence = BrainOverlap.sentence(**state)

    assert 10 <= len(sentence.split()) <= 60
    assert grade(sentence) <= 8
    assert not AVOID.search(sentence)
    assert sentence.count("*") % 2 == 0
    assert "{" not in sentence


def test_every_move_is_answered():
    seen = {BrainOverlap.draw(**state) for state in STATES}

    assert len(seen) == len(STATES) == 2 * 6 * 6 + 6


def test_the_bar_does_not_matter_when_studies_are_counted():
    assert BrainOverlap.draw(view="count", bar=5) == BrainOverlap.draw(view="count")


def test_at_a_low_bar_a_match_tells_little():
    sentence = BrainOverlap.sentence("overlap", 5, "all")

    assert "*most*" in sentence
    assert "a match tells us little" in sentence


def test_at_a_higher_bar_little_is_shared():
    assert "*a small part*" in BrainOverlap.sentence("overlap", 20, "all")
    assert "*none*" in BrainOverlap.sentence("zoom", 20, "all")


def test_front_and_back_are_said_where_the_maps_differ():
    assert "further to the *front*" in BrainOverlap.sentence("overlap", 20, "all")
    assert "spread wide" in BrainOverlap.sentence("overlap", 15, "all")


def test_a_count_comes_with_interval_and_chance():
    assert BrainOverlap.sentence("count", 20, "upper_acc") == (
        "*67 of 250* pain studies name *the upper ACC* (22 to 33 in 100), and "
        "*5 of 30* on being left out (7 to 34). On any other topic, *10 in 100* "
        "do. Only pain stands out; 30 studies are few."
    )


def test_counted_together_each_set_stands_out_elsewhere():
    assert BrainOverlap.sentence("count", 20, "all") == (
        "Pain studies name *the upper ACC*, *the front insula* and *the back insula* "
        "more often than other studies do. Studies of being left out stand out in "
        "*the area behind the forehead*. With 30 studies, we are *less sure*."
    )


def test_the_insula_is_not_shown_where_it_is_not():
    assert "does not reach *the front insula*" in BrainOverlap.sentence(
        "zoom", 20, "front_insula"
    )


def test_the_caption_names_the_source():
    for view in ("overlap", "zoom", "count"):
        assert "Neurosynth" in BrainOverlap.caption(view=view)
        assert "Open Database License" in BrainOverlap.caption(view=view)
