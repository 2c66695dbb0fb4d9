"""What staying away does to an old fear, and what small safe tries do.

A model, not data, after the idea that facing a fear works by learning something new
(Craske 2014, doi:10.1016/j.brat.2014.04.006). How sure one is of a no, E from 0 to 1,
changes when one tries and nothing else does:

    E <- E + r (no - E),  no = 1 with chance p, else 0

How much one learns from a try, r, differs from run to run, evenly between 0 and FAST:
some people gain much and some hardly anything. The numbers are chosen to show the idea;
none is measured.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

START, FAST = 0.7, 0.1
WEEKS, RUNS, SEED = 12, 400, 6
NOES = {"small": 0.2, "big": 0.6, "unfair": 0.85}  # p, of each kind of try
EVERY = {"never": 0, "month": 4, "fortnight": 2, "week": 1}  # weeks from try to try


def tried(often: str) -> NDArray[np.bool_]:
    """In which of the weeks 1 to 12 there is a try."""
    every = EVERY[often]
    weeks = np.arange(1, WEEKS + 1)
    return weeks % every == 0 if every else np.zeros(WEEKS, bool)


@cache
def fear(
    often: str, step: str, runs: int = RUNS, seed: int = SEED
) -> NDArray[np.float64]:
    """
    How sure of a no one is, week by week.

    Parameters
    ----------
    often : {"never", "month", "fortnight", "week"}
    step : {"small", "big", "unfair"}
    runs, seed : int

    Returns
    -------
    array, runs x 13
        0 to 1, from before the first week to after the last; read-only.
    """
    rng = np.random.default_rng(seed)
    luck, rate = rng.random((WEEKS, runs)), FAST * rng.random(runs)
    path = np.full((WEEKS + 1, runs), START)
    for week, goes in enumerate(tried(often)):
        no = luck[week] < NOES[step]
        path[week + 1] = path[week] + goes * rate * (no - path[week])
    path.flags.writeable = False
    return path.T
