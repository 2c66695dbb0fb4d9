import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beyond_the_no.models import loop as module
from beyond_the_no.models.loop import GAIN, MESSAGES, PLACES, START, half, loop, reads

HELPS = ("facts", "pause", "kindly", "steps")
share = st.floats(0, 1)
done = st.fixed_dictionaries({help: st.booleans() for help in HELPS})
places = st.sampled_from(sorted(PLACES))


@given(share, share)
def test_facts_soften_a_reading_wherever_one_expects_more_than_there_is(expects, bare):
    felt, seen = (reads(np.array([expects]), bare, facts)[0] for facts in (False, True))

    assert 0 < felt < 1
    if expects > bare:
        assert seen <= felt
    else:
        assert seen >= felt


@given(share, share, share)
def test_who_expects_more_reads_more(bare, one, other):
    low, high = sorted((one, other))
    for facts in (False, True):
        read = reads(np.array([low, high]), bare, facts)
        assert read[0] <= read[1]


def test_who_is_unsure_reads_nothing_into_silence():
    assert reads(np.array([0.5]), 0.5, False)[0] == pytest.approx(0.5)
    assert reads(np.array([0.75]), 0.5, False)[0] == pytest.approx(
        1 / (1 + np.exp(-GAIN / 4))
    )


@settings(max_examples=30, deadline=None)
@given(places, done, st.integers(0, 2**31), st.integers(1, 40))
def test_every_state_is_a_share(place, helps, seed, runs):
    story = loop(place, **helps, runs=runs, seed=seed)

    for values in story:
        assert values.shape == (runs, MESSAGES + 1)
        assert values.min() >= 0
        assert values.max() <= 1
    assert (story.expects[:, 0] == START).all()
    assert (story.noes >= PLACES[place]).all()


@settings(max_examples=30, deadline=None)
@given(done)
def test_unfair_treatment_does_not_follow_what_one_does(helps):
    assert (loop("unfair", **helps).noes == PLACES["unfair"]).all()


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["kind", "mixed"]), done, st.sampled_from(HELPS))
def test_doing_one_thing_more_never_brings_more_noes(place, helps, help):
    with_it, without = (
        loop(place, **helps | {help: on}).noes[:, -1].mean() for on in (True, False)
    )

    assert with_it <= without + 0.01  # of the luck of 400 runs


@pytest.mark.parametrize("place", ["kind", "mixed"])
def test_the_loop_adds_to_the_noes_there_would_be(place):
    assert loop(place).noes[:, -1].mean() > PLACES[place] + 0.05


def test_warmer_people_loosen_the_loop():
    ends = [loop(place).expects[:, -1].mean() for place in ("kind", "mixed", "unfair")]

    assert ends == sorted(ends)


def test_the_same_seed_gives_the_same_story():
    again = module.loop.__wrapped__("mixed")

    assert all(map(np.array_equal, loop("mixed"), again))


def test_nobody_can_change_a_story_that_all_share():
    with pytest.raises(ValueError, match="read-only"):
        loop("mixed").expects[0, 0] = 1


@given(st.lists(share, min_size=1, max_size=30))
def test_half_is_in_order(values):
    low, middle, high = half(np.array(values))

    assert min(values) <= low <= middle <= high <= max(values)
