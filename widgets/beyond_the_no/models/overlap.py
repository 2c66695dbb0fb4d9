"""Two groups that differ on average: how much they share, how little one person tells.

A model, not data: two bell curves of the same width, their middles d widths apart.

    shared = 2 Phi(-d / 2)      overlap coefficient, doi:10.1080/03610928908830127
    right  = Phi(d / 2)         best guess of a group from one person's reaction

Phi is the area of a bell curve below a point. Real reactions need not be bell-shaped.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr


class Overlap(NamedTuple):
    """Of 100 people: in the overlap; of 100 guesses: right."""

    shared: float
    right: float


def overlap(d: float) -> Overlap:
    """
    How much two groups share when their averages lie `d` spreads apart.

    Parameters
    ----------
    d : float
        Standardised difference of the averages; its sign does not matter.

    Returns
    -------
    Overlap
        `shared` from 100 down to 0, `right` from 50 (a coin) up to 100.
    """
    apart = abs(d)
    return Overlap(200 * float(ndtr(-apart / 2)), 100 * float(ndtr(apart / 2)))


def hill(x: NDArray[np.float64], middle: float) -> NDArray[np.float64]:
    """Height of a bell curve of width 1 around `middle`, 1 at its top."""
    height: NDArray[np.float64] = np.exp(-((x - middle) ** 2) / 2)
    return height
