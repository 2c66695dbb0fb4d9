from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beyond_the_no.models import survival
from beyond_the_no.models.survival import World, alone, together

worlds = st.builds(
    World,
    luck=st.sampled_from([0.3, 0.5, 0.9]),
    size=st.integers(2, 20),
    illness=st.booleans(),
    unfair=st.booleans(),
    harmful=st.booleans(),
)
LIVES = [alone, together]


@pytest.mark.parametrize("lives", LIVES)
@settings(max_examples=6, deadline=None)
@given(world=worlds, seed=st.integers(0, 99))
def test_a_share_stays_a_share_and_nobody_gets_well_again(lives, world, seed):
    days = lives(world, seed)

    for line in days:
        assert line.shape == (survival.DAYS,)
        assert ((line >= 0) & (line <= 1)).all()
        assert (np.diff(line) <= 1e-12).all()
    assert (days.low <= days.high).all()


@pytest.mark.parametrize("lives", LIVES)
def test_the_same_seed_is_the_same_story(lives):
    world = World(0.5, 8)

    assert np.array_equal(lives(world, 1), lives(world, 1))
    assert not np.array_equal(lives(world, 1), lives(world, 2))


@settings(max_examples=6, deadline=None)
@given(world=worlds, seed=st.integers(0, 99))
@pytest.mark.parametrize("cost", ["illness", "unfair", "harmful"])
def test_a_cost_never_helps_a_group(cost, world, seed):
    with_it = together(replace(world, **{cost: True}), seed)
    without = together(replace(world, **{cost: False}), seed)

    assert with_it.mean[-1] <= without.mean[-1] + 0.05  # chance, of 100 runs


def test_what_a_group_does_is_nothing_to_those_who_live_alone():
    plain = World(0.5, 8)

    for cost in ("illness", "unfair", "harmful"):
        assert np.array_equal(alone(plain, 1), alone(replace(plain, **{cost: True}), 1))


def test_sharing_helps_most_when_luck_is_wild():
    gains = [
        together(World(luck, 8), 1).mean[-1] - alone(World(luck, 8), 1).mean[-1]
        for luck in (0.9, 0.5, 0.3)
    ]

    assert gains == sorted(gains)
    assert gains[0] > 0


def test_leaving_a_group_that_does_harm_can_be_the_safer_choice():
    world = World(0.5, 8, harmful=True)

    assert alone(world, 1).mean[-1] > together(world, 1).mean[-1] + 0.1


def test_illness_costs_a_large_group_more():
    lost = [
        together(World(0.9, size), 1).mean[-1]
        - together(World(0.9, size, illness=True), 1).mean[-1]
        for size in (3, 8, 20)
    ]

    assert lost == sorted(lost)


def test_with_steady_luck_a_person_alone_is_harmed_by_danger_alone():
    world = World(1.0, 20)

    assert alone(world, 1).mean[-1] == pytest.approx(
        (1 - survival.DANGER) ** survival.DAYS, abs=0.03
    )
