"""What a browser draws the brain from: a file of its own, lent like a picture.

Not a part of the lesson's page, since it has a hundred times the bytes of a sentence:
the script asks for it when the brain comes near the screen. A server and a folder of
files lend it as they lend pictures; in JupyterLab the kernel hands it over.
"""

import base64
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beyond_the_no.models import brain_surface as surface
from beyond_the_no.models.brain import STUDIES
from beyond_the_no.models.files import DATA

# what is outlined and named, and the areas that it is made of
OUTLINES = {
    "acc": ("upper_acc", "lower_acc"),
    "insula": ("front_insula", "back_insula"),
    "forehead": ("forehead",),
}
NOTICES = ("neurosynth/NOTICE", "brain_surface/LICENSE-FreeSurfer.txt")


def _folded(whole: NDArray[np.integer]) -> NDArray[np.integer]:
    """Make whole numbers without a sign: small ones stay small, whatever their sign."""
    return np.where(whole < 0, -2 * whole - 1, 2 * whole)


def _steps(side: str, shape: str) -> NDArray[np.integer]:
    """Places of points, each as what lies between it and the middle of its parents.

    In sixteenths of a mm. Most are small, and so the file is: half of what twelve bits
    a number would take.
    """
    whole = surface.mesh()[f"{shape}_{side}"].astype(np.int64)
    _, parents = surface.divided()
    steps = whole.copy()
    steps[len(whole) - len(parents) :] -= whole[parents].sum(1) >> 1
    return _folded(steps).T  # right, front, up: one after the other


def _outline(areas: tuple[str, ...]) -> NDArray[np.floating]:
    """Return how much of each point lies in some areas, without their stairs."""
    triangles, _ = surface.divided()
    ends = np.concatenate([triangles[:, pair] for pair in ([0, 1], [1, 2], [2, 0])])
    found = []
    for half in np.split(np.minimum(sum(map(surface.inside, areas)), 1), 2):
        for _ in range(2):
            sums = np.bincount(ends[:, 0], half[ends[:, 1]], len(half))
            half = (half + sums / np.bincount(ends[:, 0])) / 2
        found.append(half)
    return np.concatenate(found)


def packed() -> bytes:
    """
    Pack everything that is drawn. `explore/brain_mesh.js` reads it.

    Returns
    -------
    bytes
        Twenty triangles; places of points, their lower bytes and then their upper ones,
        for left and right half as they are and inflated; then, a byte for each point of
        both halves: folds (0 to 15), percent of studies of each map (times 2), and how
        much it lies in each of `OUTLINES` (0 to 15).
    """
    mesh = surface.mesh()
    places = np.concatenate(
        [_steps(side, shape) for side in surface.SIDES for shape in surface.SHAPES]
    )
    folds = np.concatenate([mesh[f"fold_{side}"] for side in surface.SIDES])
    shares = [2 * surface.share(topic) for topic in STUDIES]
    areas = [15 * _outline(parts) for parts in OUTLINES.values()]
    parts = (mesh["faces"], places & 255, places >> 8, folds, *shares, *areas)
    return b"".join(np.rint(part).astype("u1").tobytes() for part in parts)


class BrainSurface:
    """A source of one state, as `engine/pictures` asks for it."""

    @staticmethod
    def states() -> Iterator[dict[str, Any]]:
        """Return its one state."""
        yield {}

    @staticmethod
    def shown(_state: Mapping[str, object]) -> dict[str, Any]:
        """Make the file as text, with the licences that go wherever it goes."""
        notices = ((DATA / name).read_text("utf-8") for name in NOTICES)
        return {
            "picture": "",
            "surface": base64.b64encode(packed()).decode(),
            "licences": "\n\n".join(notices),
        }
