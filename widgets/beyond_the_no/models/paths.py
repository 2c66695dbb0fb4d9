"""How hard it can feel in the months after a no: four smooth paths, drawn to be told.

Time t in months since the no, hardness in 0 to 100 without a unit. A story in curves,
not a fit: studies find paths of these four kinds (Galatzer-Levy et al. 2018,
doi:10.1016/j.cpr.2018.05.008) and disagree about how many people walk each (Infurna &
Luthar 2016, doi:10.1177/1745691615621271), so there are no shares here.

    steady   R + (30 - R) exp(-t/2)         low from the start
    recover  R + (80 - R) exp(-t/2.5)       high, then down
    slow     R + (80 - R) exp(-t/12)        high, and down over a long time
    late     R + 4 + 52 (t/5) exp(1 - t/5)  low, up later, then down

with R = 10, what an ordinary month holds.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

PATHS = ("steady", "recover", "slow", "late")
MONTHS = 18
REST = 10.0  # what an ordinary month holds
AGAIN, LIFT, FADE = 7.0, 22.0, 0.9  # a reminder: when, how much, how fast it fades
SPREAD, MEMORY = 7.0, 0.75  # single days: how far from the path, how much they linger


def path(kind: str, months: ArrayLike, again: bool = False) -> NDArray[np.float64]:
    """
    How hard it feels along one path.

    Parameters
    ----------
    kind : {"steady", "recover", "slow", "late"}
    months : array
        Since the no, 0 or more.
    again : bool
        Whether something brings it back in month 7. The lift fades in about a month.

    Returns
    -------
    array
        0 to 100, in the shape of `months`.

    Raises
    ------
    ValueError
        There is no such path.
    """
    t = np.asarray(months, float)
    match kind:
        case "steady":
            hard = REST + (30 - REST) * np.exp(-t / 2)
        case "recover":
            hard = REST + (80 - REST) * np.exp(-t / 2.5)
        case "slow":
            hard = REST + (80 - REST) * np.exp(-t / 12)
        case "late":
            hard = REST + 4 + 52 * (t / 5) * np.exp(1 - t / 5)
        case _:
            raise ValueError(f"There is no path {kind!r}; there are {PATHS}.")
    if again:
        since = np.maximum(t - AGAIN, 0)
        hard = hard + np.where(t >= AGAIN, LIFT * np.exp(-since / FADE), 0)
    return np.clip(hard, 0, 100)


def days(kind: str, months: ArrayLike, again: bool = False) -> NDArray[np.float64]:
    """
    Single days along a path: each goes its own way, and a little with the day before.

    An autoregressive series around `path`: e(n) = 0.75 e(n - 1) + noise, standard
    deviation 7. Seeded by the kind of path, so the same path has the same days.

    Parameters
    ----------
    kind, months, again
        As in `path`; `months` in even steps.

    Returns
    -------
    array
        0 to 100.
    """
    smooth = path(kind, months, again)
    noise = np.random.default_rng(PATHS.index(kind)).normal(size=smooth.shape)
    off = np.empty_like(smooth)
    last = 0.0
    for n, push in enumerate(noise * SPREAD * np.sqrt(1 - MEMORY**2)):
        last = off[n] = MEMORY * last + push
    return np.clip(smooth + off, 0, 100)


def foretold(months: ArrayLike) -> NDArray[np.float64]:
    """
    How hard people thought that a break-up would be: higher, with the same pace down.

    In 26 break-ups the forecast was wrong about the first hurt, and right about its
    pace (Eastwick et al. 2008, doi:10.1016/j.jesp.2007.07.001). The direction is
    theirs, the size of the gap is drawn to be seen.
    """
    t = np.asarray(months, float)
    return REST + 75 * np.exp(-t / FELT_PACE)


def felt(months: ArrayLike) -> NDArray[np.float64]:
    """How hard it then was, beside `foretold`: lower from the start, the same pace."""
    t = np.asarray(months, float)
    return REST + 45 * np.exp(-t / FELT_PACE)


FELT_PACE = 2.5  # months; the same in both, for that is what was found
