"""Likes by chance: the same photo, posted again and again.

A model, not data. How many people happen to look differs from post to post (gamma), and
each who looks may like it (Poisson); together this is a negative binomial:

    P(k) = C(k + SHAPE - 1, k) q^SHAPE (1 - q)^k,   q = SHAPE / (SHAPE + MEAN)

with variance MEAN + MEAN^2 / SHAPE. Counts of likes are known to be this uneven (see
`likes`), but MEAN and SHAPE are chosen for the story of Sam, who is made up.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammaln

MEAN, SHAPE = 7.0, 0.7  # likes; how even they are
POSTS, ROUNDS, SEED = 3, 10, 24
Q = SHAPE / (SHAPE + MEAN)  # in the formula above
RARE = 15  # more likes than this are few posts' luck


@cache
def likes(rounds: int = ROUNDS, seed: int = SEED) -> NDArray[np.int64]:
    """
    Draw the likes of three posts, round after round.

    Parameters
    ----------
    rounds, seed : int

    Returns
    -------
    array, rounds x 3
        Likes; a longer draw begins like a shorter one. Read-only.
    """
    rng = np.random.default_rng(seed)
    drawn = rng.negative_binomial(SHAPE, Q, (rounds, POSTS))
    drawn.flags.writeable = False
    return drawn


def chance(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """How likely each number of likes is, 0 to 1."""
    ways = gammaln(counts + SHAPE) - gammaln(counts + 1) - gammaln(SHAPE)
    likely: NDArray[np.float64] = np.exp(
        ways + SHAPE * np.log(Q) + counts * np.log1p(-Q)
    )
    return likely


def more_than(count: int) -> float:
    """How likely more than `count` likes are, 0 to 1."""
    return float(betainc(count + 1, SHAPE, 1 - Q))
