"""Where brain studies report activity: body pain, being left out, any other topic.

Counts of studies from Neurosynth 7, doi:10.1038/nmeth.1635. A study counts for a place
if its tables print a peak there. That says nothing about what a person felt.
"""

import json
from functools import cache
from math import sqrt
from typing import ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy.ndimage import gaussian_filter

from beyond_the_no.models.files import Record, data_file, records

STUDIES = {"pain": 250, "rejection": 30}
START, STEP = {"x": -90.0, "y": -126.0, "z": -72.0}, 2.0  # of the grid, mm
ACROSS = {
    "sagittal": ("y", "z"),
    "midline": ("y", "z"),
    "axial": ("x", "y"),
}  # what runs right, and up
# mm; outlines of the other regions stand in a file
BOXES = {"wide_upper_acc": {"x": (-10, 10), "y": (0, 30), "z": (20, 48)}}


class Counted(Record):
    """A row of ``region_percentages.csv``."""

    count: ClassVar[int] = 18
    region: str
    study_set: Literal["pain", "rejection", "other"]
    studies_with: int = Field(ge=0)
    studies: int = Field(ge=1)
    percent: float = Field(ge=0, le=100)


class Share(NamedTuple):
    """Studies that report a region: how many, of how many, in percent."""

    studies_with: int
    studies: int
    percent: float
    low: float
    high: float


def wilson(k: int, n: int) -> tuple[float, float]:
    """
    Wilson's 95 % interval for a share (doi:10.1080/01621459.1927.10502953).

    Parameters
    ----------
    k : int
        How many of them, 0 to `n`.
    n : int
        How many there are, at least 1.

    Returns
    -------
    tuple of float
        Lower and upper end, as shares from 0 to 1.

    Raises
    ------
    ValueError
        `k` of `n` is not a share.
    """
    if not 0 <= k <= n or n < 1:
        raise ValueError(f"{k} of {n} is not a share.")
    z = 1.959964  # 95 %
    middle = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * sqrt(k * (n - k) / n + z * z / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


@cache
def regions() -> dict[str, dict[str, Share]]:
    """
    Of the studies in each set, how many have a peak inside each region.

    Returns
    -------
    dict
        ``regions()["upper_acc"]["pain"]`` is a `Share`. Sets: pain, rejection, other.
    """
    found: dict[str, dict[str, Share]] = {}
    for row in records("neurosynth/region_percentages.csv", Counted):
        k, n = row.studies_with, row.studies
        low, high = (100 * end for end in wilson(k, n))
        share = Share(k, n, 100 * k / n, low, high)
        found.setdefault(row.region, {})[row.study_set] = share
    return found


@cache
def share_map(topic: str, view: str) -> NDArray[np.float64]:
    """
    Percent of studies with a peak within 10 mm, flattened to one view.

    Parameters
    ----------
    topic : {"pain", "rejection"}
    view : {"sagittal", "midline", "axial"}
        From the side; from the side, the middle 24 mm alone; from above.

    Returns
    -------
    array, up x right
        0 to 100, on the 2 mm grid of `ticks`; smoothed by 2.4 mm so that edges of
        spheres are not stairs.
    """
    with np.load(data_file("neurosynth/pain_rejection_projections_2mm.npz")) as packed:
        percent = packed[f"{topic}_{view}"].T / 2
    smooth: NDArray[np.float64] = gaussian_filter(percent, 1.2)
    smooth.flags.writeable = False  # shared by every caller
    return smooth


def ticks(view: str) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Where the columns and rows of a view's map are, in mm (MNI)."""
    up, right = share_map("pain", view).shape
    first, second = ACROSS[view]
    return START[first] + STEP * np.arange(right), START[second] + STEP * np.arange(up)


@cache
def outlines(view: str) -> dict[str, list[NDArray[np.float64]]]:
    """
    Read the closed lines around the brain and its regions.

    Returns
    -------
    dict of str to list of array, 2 x n
        mm to the right and up; keys are ``brain`` and the regions.
    """
    text = data_file("neurosynth/brain_outlines_mni152.json").read_text(
        encoding="utf-8"
    )
    shapes = json.loads(text)["views"]["sagittal" if view == "midline" else view]
    first, second = ACROSS[view]
    for name, box in BOXES.items():
        (left, right), (low, high) = box[first], box[second]
        corners = [(left, low), (right, low), (right, high), (left, high), (left, low)]
        shapes[name] = [corners]
    return {
        name: [np.array(line).T for line in found] for name, found in shapes.items()
    }


def coloured(bar: float, view: str) -> tuple[float, float, float]:
    """
    How the coloured area divides when a place needs `bar` of 100 studies.

    Parameters
    ----------
    bar : float
        Of 100 studies.
    view : {"sagittal", "midline", "axial"}

    Returns
    -------
    tuple of float
        Shares of the coloured area, 0 to 1: pain alone, both, rejection alone. They add
        up to 1, or are all 0 where nothing reaches the bar. Overlap of flattened maps
        is more than overlap in the brain.
    """
    pain, no = (share_map(topic, view) >= bar for topic in STUDIES)
    every = max(int((pain | no).sum()), 1)
    alone, both, other = (int(a.sum()) for a in (pain & ~no, pain & no, no & ~pain))
    return alone / every, both / every, other / every


def further_front(bar: float, view: str) -> float:
    """
    How much further to the front being left out is reported than body pain.

    Parameters
    ----------
    bar : float
        Of 100 studies.
    view : {"sagittal", "midline"}

    Returns
    -------
    float
        mm between the middles of the two coloured areas; 0 where one of them is empty.
    """
    across, _ = ticks(view)
    pain, no = ((share_map(t, view) >= bar).sum(0) for t in ("pain", "rejection"))
    if not pain.sum() or not no.sum():
        return 0.0
    return float(np.average(across, weights=no) - np.average(across, weights=pain))
