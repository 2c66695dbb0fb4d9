"""Alone or in a group: a story in numbers, and no proof about our ancestors.

Each day a person may find food, may be caught unwatched, may fall ill. A group shares
food and watch, and illness too. People "stay well" until one of these ends it. The
numbers are ours, chosen to be seen on a phone; the ideas that they play with:
Snyder-Mackler 2020, doi:10.1126/science.aax9553.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DAYS, RUNS = 60, 100
MEAN = 1.5  # portions that a person finds in a day, on average, whatever the luck
STORE, START = 6.0, 3.0  # portions that a person can keep, and has at first
DANGER = 0.008  # chance of harm in a day, for one who watches alone
WATCH = 0.7  # danger in a group of g is DANGER / g ** WATCH
ILLNESS = 0.0012  # chance in a day that an illness spreads, for each other person
HARM = 0.025  # chance of harm in a day, done by a group that does harm
TAKEN = 1 / 3  # of what an unfair group finds, the share that some keep from the others


@dataclass(frozen=True)
class World:
    """
    What a life is like.

    Attributes
    ----------
    luck : float
        Chance to find food on a day, above 0 and up to 1. What is found is
        ``MEAN / luck``, so the average is the same: a low chance is a wild luck.
    size : int
        People in the group.
    illness, unfair, harmful : bool
        Whether illness spreads in the group, some keep food from the others, or the
        group itself does harm.
    """

    luck: float
    size: int
    illness: bool = False
    unfair: bool = False
    harmful: bool = False


class Days(NamedTuple):
    """The share of people who stayed well, day by day: average, and 8 of 10 runs."""

    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def alone(world: World, seed: int) -> Days:
    """Let as many people as the group has live each on their own."""
    chance = np.random.default_rng(seed)
    store = np.full((RUNS, world.size), START)
    well, days = np.ones_like(store, dtype=bool), []
    for _ in range(DAYS):
        store += _found(chance, store.shape, world.luck)
        well &= (store >= 1) & (chance.random(store.shape) >= DANGER)
        store = np.minimum(store - 1, STORE)
        days.append(well.mean(1))
    return _summed(days)


def together(world: World, seed: int) -> Days:
    """
    Let them live as a group that keeps one store.

    If the store does not feed all of them, as many as it lacks portions go without, and
    chance says who. Nobody joins.
    """
    chance = np.random.default_rng(seed)
    shape = (RUNS, world.size)
    store = np.full(RUNS, START * world.size)
    well, days = np.ones(shape, dtype=bool), []
    for _ in range(DAYS):
        found = np.where(well, _found(chance, shape, world.luck), 0).sum(1)
        store = store + found * (1 - TAKEN * world.unfair)
        people = well.sum(1)
        fed = np.minimum(people, np.floor(store))
        turn = np.where(well, chance.random(shape), 2).argsort(1).argsort(1)
        safe = chance.random(shape) >= _danger(world, people)[:, None]
        well = well & (turn < fed[:, None]) & safe
        store = np.minimum(store - fed, STORE * world.size)
        days.append(well.mean(1))
    return _summed(days)


def _found(
    chance: np.random.Generator, shape: tuple[int, int], luck: float
) -> NDArray[np.float64]:
    """Portions that each person finds on one day."""
    return np.where(chance.random(shape) < luck, MEAN / luck, 0.0)


def _danger(world: World, people: NDArray[np.int_]) -> NDArray[np.float64]:
    """Chance of harm in a day for each person of a group with so many still well."""
    watch = DANGER / np.maximum(people, 1) ** WATCH
    spread = ILLNESS * np.maximum(people - 1, 0) * world.illness
    return np.asarray(watch + spread + HARM * world.harmful)


def _summed(days: list[NDArray[np.float64]]) -> Days:
    share = np.array(days)
    low, high = np.percentile(share, (10, 90), axis=1)
    return Days(share.mean(1), low, high)
