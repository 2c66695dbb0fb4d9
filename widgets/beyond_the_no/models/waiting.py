"""Tries that do not know of each other: how long the noes can last.

A try brings a yes with a chance p that no earlier no has changed, so the number of
tries until the first yes is geometric: P(still waiting after n) = (1 - p)^n. Where the
chance of a try is its own, the product over tries takes the place of the power.
Arithmetic, and no claim about a person.
"""

from math import asin, pi

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
