"""What lowers anger: 154 studies of things to do that calm the body or stir it up.

Kjærvik & Bushman 2024, doi:10.1016/j.cpr.2024.102414: 10,189 people, 184 samples. The
pooled differences (Hedges' g, in spreads) and their 95 % intervals are theirs, with the
sign turned: a plus means less anger than people who did nothing of the kind.
"""

from typing import NamedTuple

from beyond_the_no.models.tries import above_the_other

STUDIES, PEOPLE = 154, 10_189


class Calmer(NamedTuple):
    """Of 100 pairs, in how many is the one who did it the less angry; with interval."""

    of_100: float
    low: float
    high: float


FOUND = {"cool": (0.63, 0.43, 0.82), "steam": (0.02, -0.09, 0.13)}


def calmer(act: str) -> Calmer:
    """
    Say how often a person who did it is less angry than a person who did not.

    Parameters
    ----------
    act : {"cool", "steam"}
        Slow breath, quiet, rest and the like; or hitting, running, shouting.

    Returns
    -------
    Calmer
        Of 100 pairs; 50 is a coin. Taken from g under the normal model of
        `tries.above_the_other`.
    """
    return Calmer(*(100 * above_the_other(g) for g in FOUND[act]))
