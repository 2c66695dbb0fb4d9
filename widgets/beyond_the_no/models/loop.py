"""Rejection sensitivity as a loop: expect, read, react, see what comes back.

A model, not data. The shape follows Downey & Feldman 1996
(doi:10.1037/0022-3514.70.6.1327) and Downey 1998 (doi:10.1037/0022-3514.75.2.545);
every number is chosen to show how such a loop works, and none is measured. With E, R, X
and N from 0 to 1, for each unanswered message:

    R = 1 / (1 + exp(-GAIN ((1 - f) (E - 1/2) + f (a - 1/2))))    reads it as a no
    X = R (1 - c)                                                 pulls away or snaps
    N = min(1, a + h X)                                           chance that a no comes
    E <- E + RATE (no - E),  no = 1 with chance N, else 0         expects a no

What one does about it works on one arrow each: looking at facts (f, from what one
expects to what there is to see), a pause (c), kind words (h), and small safe steps: one
more answer each time, in which the loop has no part (a no with chance a). Unfair
treatment does not follow what one does: there h is 0.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

GAIN = 8.0  # how sharply a reading turns
START = 0.7  # how sure Sam is of a no at first
MESSAGES, RUNS, SEED = 20, 400, 4
PLACES = {"kind": 0.1, "mixed": 0.3, "unfair": 0.75}  # a: noes without the loop
FACTS, PAUSE = 0.75, 0.5  # f and c when they are used, else 0
HARSH, KIND = 0.5, 0.2  # h without and with kind words
RATE = 0.15  # how much one more answer counts
STEPS = ("expects", "reads", "pulls", "noes")


class Loop(NamedTuple):
    """Every run of a story, message by message: four arrays, runs x (messages + 1)."""

    expects: NDArray[np.float64]
    reads: NDArray[np.float64]
    pulls: NDArray[np.float64]
    noes: NDArray[np.float64]


def reads(
    expects: NDArray[np.float64], bare: float, facts: bool
) -> NDArray[np.float64]:
    """
    How readily an unanswered message is read as a no.

    Parameters
    ----------
    expects : array
        How sure of a no one is, 0 to 1.
    bare : float
        How many noes there are to see without the loop, 0 to 1.
    facts : bool
        Whether the reading leans on what there is to see.

    Returns
    -------
    array
        0 to 1. Facts bring it down wherever one expects more than there is to see, and
        up wherever one expects less.
    """
    weight = FACTS if facts else 0.0
    felt = (1 - weight) * (expects - 0.5) + weight * (bare - 0.5)
    read: NDArray[np.float64] = expit(GAIN * felt)
    return read


@cache
def loop(
    place: str,
    *,
    facts: bool = False,
    pause: bool = False,
    kindly: bool = False,
    steps: bool = False,
    runs: int = RUNS,
    seed: int = SEED,
) -> Loop:
    """
    Run the story many times.

    Parameters
    ----------
    place : {"kind", "mixed", "unfair"}
    facts, pause, kindly, steps : bool
        What is done on each of the four arrows.
    runs, seed : int

    Returns
    -------
    Loop
        Its arrays are read-only: every caller shares them.
    """
    bare = PLACES[place]
    push = 0.0 if place == "unfair" else KIND if kindly else HARSH
    calm = PAUSE if pause else 0.0
    # the same luck in every state: what differs is what was done
    luck, more = np.random.default_rng(seed).random((2, MESSAGES, runs))
    states = np.empty((4, MESSAGES + 1, runs))
    expects = np.full(runs, START)
    for at in range(MESSAGES + 1):
        read = reads(expects, bare, facts)
        pull = read * (1 - calm)
        chance = np.minimum(1, bare + push * pull)
        states[:, at] = expects, read, pull, chance
        if at < MESSAGES:
            expects = expects + RATE * ((luck[at] < chance) - expects)
            if steps:
                expects = expects + RATE * ((more[at] < bare) - expects)
    states = states.transpose(0, 2, 1)
    states.flags.writeable = False
    return Loop(*states)


def half(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lower end, middle and upper end of the middle half of runs (3 x what is left)."""
    ends: NDArray[np.float64] = np.percentile(values, (25, 50, 75), axis=0)
    return ends
