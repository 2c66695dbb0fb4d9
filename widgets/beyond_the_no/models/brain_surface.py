"""The two maps of `brain`, on the surface of both halves of the brain.

Shares of studies with a peak within 10 mm, averaged over the depth of the grey matter
at 2,562 points a side of FreeSurfer's fsaverage4. Nothing is flattened, so fewer places
reach a bar than on the maps of `brain`.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from beyond_the_no.models.brain import STUDIES
from beyond_the_no.models.files import data_file

SIDES = ("left", "right")
SHAPES = ("pial", "infl")  # as it is, and blown up until the folds lie open
POINTS = 2562  # of each side
DIVIDED = 4  # times, from the twenty triangles of an icosahedron
AREAS = ("upper_acc", "lower_acc", "front_insula", "back_insula", "forehead")
Floats = NDArray[np.float64]


class Coloured(NamedTuple):
    """Parts of an area that reach a bar, 0 to 1: of each map, and of both at once."""

    pain: float
    rejection: float
    both: float


@cache
def stored(name: str) -> dict[str, NDArray[np.integer]]:
    """Read a file of whole numbers; ``data/README.md`` says what they count."""
    with np.load(data_file(name)) as packed:
        return dict(packed)


@cache
def mesh() -> dict[str, NDArray[np.integer]]:
    """Read the points, folds and twenty triangles of ``fsaverage4.npz``."""
    return stored("brain_surface/fsaverage4.npz")


@cache
def divided() -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """
    Divide the twenty triangles until they have all the points.

    Returns
    -------
    triangles : array, 5120 x 3
    parents : array, 2550 x 2
        Between which two points each of those lies that come after the first twelve.
    """
    faces = [tuple(face) for face in mesh()["faces"].tolist()]
    parents: list[tuple[int, int]] = []
    for _ in range(DIVIDED):
        middles: dict[frozenset[int], int] = {}
        finer: list[tuple[int, ...]] = []
        for a, b, c in faces:
            for one, other in ((a, b), (b, c), (c, a)):
                if frozenset((one, other)) not in middles:
                    middles[frozenset((one, other))] = 12 + len(parents)
                    parents.append((one, other))
            x, y, z = (middles[frozenset(s)] for s in ((a, b), (b, c), (c, a)))
            finer += [(a, x, z), (b, y, x), (c, z, y), (x, y, z)]
        faces = finer
    return np.array(faces), np.array(parents)


@cache
def points(shape: str, side: str) -> Floats:
    """Return where the points are, in mm: right, front, up."""
    return mesh()[f"{shape}_{side}"] / 16 - 128.0


@cache
def share(topic: str) -> Floats:
    """Return the percent of studies at each point, left half first."""
    found = stored("neurosynth/pain_rejection_fsaverage4.npz")
    return np.concatenate([found[f"{topic}_{side}"] for side in SIDES]) / 2


@cache
def inside(area: str) -> Floats:
    """Return how much of each point lies in an area, 0 to 1, left half first."""
    found = stored("neurosynth/regions_fsaverage4.npz")
    return np.concatenate([found[f"{area}_{side}"] for side in SIDES]) / 15


@cache
def extent() -> Floats:
    """Return the mm² of cortex that each point stands for; on the cut there is none."""
    triangles, _ = divided()
    found = []
    for side in SIDES:
        corners = points("pial", side)[triangles]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        each = np.repeat(np.linalg.norm(across, axis=1) / 6, 3)  # a third of the half
        sums = np.bincount(triangles.ravel(), each, POINTS)
        found.append(sums * mesh()[f"cortex_{side}"])
    return np.concatenate(found)


@cache
def coloured(bar: float, area: str = "all") -> Coloured:
    """
    How much of an area a bar leaves coloured.

    Parameters
    ----------
    bar : float
        Of 100 studies.
    area : {"all", "upper_acc", "lower_acc", "front_insula", "back_insula", "forehead"}

    Returns
    -------
    Coloured
        Shares of its surface, weighted by how much of each point lies in it.
    """
    weights = extent() if area == "all" else extent() * inside(area)
    pain, no = (share(topic) >= bar for topic in STUDIES)
    reached = (pain, no, pain & no)
    return Coloured(*(float(np.average(one, weights=weights)) for one in reached))
