"""Tries that do not know of each other: how long the noes can last.

A try brings a yes with a chance p that no earlier no has changed, so the number of
tries until the first yes is geometric: P(still waiting after n) = (1 - p)^n. Where the
chance of a try is its own, the product over tries takes the place of the power.
Arithmetic, and no claim about a person.
"""

from math import asin, ceil, log, pi

import numpy as np
from numpy.typing import ArrayLike, NDArray


def waiting(chances: ArrayLike) -> NDArray[np.float64]:
    """
    Who is still without a yes, after each try.

    Parameters
    ----------
    chances : array of n
        The chance of a yes at each try, 0 to 1.

    Returns
    -------
    array of n + 1
        Share of people, 0 to 1, after 0, 1, … n tries. It never rises.

    Raises
    ------
    ValueError
        A chance is not between 0 and 1.
    """
    each = np.atleast_1d(np.asarray(chances, float))
    if ((each < 0) | (each > 1)).any():
        raise ValueError("A chance is a number from 0 to 1.")
    return np.concatenate([[1.0], np.cumprod(1 - each)])


def same(chance: float, tries: int) -> NDArray[np.float64]:
    """Give every try the same chance."""
    return np.full(tries, float(chance))


def learning(chance: float, tries: int, step: float) -> NDArray[np.float64]:
    """
    Let each try add a little to the chance of the next.

    Parameters
    ----------
    chance : float
        Of the first try, 0 to 1.
    tries : int
    step : float
        Added with each try. Nothing grows beyond 1.

    Returns
    -------
    array of n
        The chance of each try.
    """
    each: NDArray[np.float64] = np.minimum(chance + step * np.arange(tries), 1.0)
    return each


def next_yes(chance: float, noes: int) -> float:
    """
    Find the chance that the next try brings a yes, after so many noes in a row.

    Computed as what it is, P(first yes at noes + 1) / P(no yes in noes), so that it can
    be seen that the noes drop out.

    Parameters
    ----------
    chance : float
        Of each try; above 0 and below 1.
    noes : int
    """
    left = waiting(same(chance, noes + 1))
    return float((left[noes] - left[noes + 1]) / left[noes])


def tries_until(chance: float, share: float = 0.5) -> int:
    """
    Count the tries after which at least this share of people has had a yes.

    Parameters
    ----------
    chance : float
        Of each try; above 0 and below 1.
    share : float
        Above 0 and below 1; a half gives the middle person.
    """
    # the tiny step back keeps whole results whole: log(0.25) / log(0.5) is 2
    return max(1, ceil(log(1 - share) / log(1 - chance) - 1e-9))


def better_of_two(r: float) -> float:
    """
    How often the one of two who did better here does better there, too.

    For two measures that are normal together with correlation r it is
    1/2 + arcsin(r)/π (Sheppard 1899, doi:10.1098/rsta.1899.0003).

    Parameters
    ----------
    r : float
        Correlation, -1 to 1.

    Returns
    -------
    float
        0 to 1; a coin gives 0.5.
    """
    return 0.5 + asin(r) / pi
