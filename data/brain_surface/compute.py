"""Compute the files for the brain that can be turned, from public tables and a mesh.

    python data/brain_surface/compute.py COORDINATES METADATA

COORDINATES and METADATA are those of ``neurosynth/compute.py``, whose maps these are.
The mesh is fsaverage, from the PyPI package nilearn (0.14.1, which brings it along).
Run by hand by a maintainer, outside of the kit's environment: needs nilearn, and with
it nibabel, numpy and scipy; contourpy. Takes about a minute. Writes

- ``brain_surface/fsaverage4.npz``: places of 2,562 points a side, FreeSurfer's licence
- ``neurosynth/pain_rejection_fsaverage4.npz``: percent at each point, ODbL
- ``neurosynth/regions_fsaverage4.npz``: how much a point lies in a region, BSD
"""

import sys
from importlib.resources import files
from pathlib import Path

import nibabel
import numpy as np
from nilearn.surface import vol_to_surf
from scipy.ndimage import gaussian_filter

HERE = Path(__file__).parent
NEUROSYNTH = HERE.parent / "neurosynth"
SIDES = ("left", "right")
LEVELS = (12, 42, 162, 642, 2562)  # points of an icosahedron that is divided
KEPT = LEVELS[-1]
TO_MNI152 = np.array(  # from MNI305, which fsaverage is in: FreeSurfer's own matrix
    [
        [0.9975, -0.0073, 0.0176, -0.0429],
        [0.0146, 1.0009, -0.0024, 1.5496],
        [-0.0130, -0.0093, 0.9971, 1.1840],
    ]
)
SMOOTH = 1.2  # voxels: as `models/brain.py` smooths the flat maps
DEPTHS = np.linspace(0, 1, 6)  # from the outer to the inner side of the grey matter
OUTLINED = ("upper_acc", "lower_acc", "front_insula", "back_insula", "forehead")


def mesh(name, side):
    """Read arrays of a file of fsaverage5: points and triangles, or one number each."""
    folder = files("nilearn.datasets.data.fsaverage5")
    return [a.data for a in nibabel.load(folder / f"{name}_{side}.gii.gz").darrays]


def coarser(faces, kept):
    """Undo one division: the triangles before, and the point between each two."""
    ends = {}
    for face in faces.tolist():
        for point in face:
            if point >= kept:
                ends.setdefault(point, set()).update(p for p in face if p < kept)
    middles = {frozenset(pair): point for point, pair in ends.items()}
    before = []
    for face in faces[(faces >= kept).all(1)].tolist():
        (a, b, c) = (ends[point] for point in face)
        before.append([*(c & a), *(a & b), *(b & c)])
    return np.array(before), middles


def numbering(faces):
    """Renumber the points so that triangles follow from dividing twenty of them.

    Returns
    -------
    faces : list of list of int
        The twenty.
    order : list of int
        The number in fsaverage of each point. A new one lies in the middle of a side,
        and is numbered when a triangle comes to it first.
    """
    found = {}
    for kept in reversed(LEVELS):
        faces, middles = coarser(faces, kept)
        found |= middles if kept < KEPT else {}
    order, faces, twenty = list(range(LEVELS[0])), faces.tolist(), faces.tolist()
    for _ in LEVELS[1:]:
        numbers, finer = {}, []
        for a, b, c in faces:
            ab, bc, ca = sides = [frozenset(s) for s in ((a, b), (b, c), (c, a))]
            for side in sides:
                if side not in numbers:
                    numbers[side] = len(order)
                    order.append(found[frozenset(order[p] for p in side)])
            x, y, z = numbers[ab], numbers[bc], numbers[ca]
            finer += [(a, x, z), (b, y, x), (c, z, y), (x, y, z)]
        faces = finer
    return twenty, order


def steps(mm):
    """Places in sixteenths of a mm from -128 mm: 12 bits."""
    whole = np.rint((mm + 128) * 16).astype("<u2")
    assert whole.max() < 2**12
    return whole


def shape(order):
    """Make the points of both sides, as they are and inflated, and their folds."""
    kept = {}
    for side in SIDES:
        for name in ("pial", "infl"):
            kept[f"{name}_{side}"] = steps(mesh(name, side)[0][order])
        depth = mesh("sulc", side)[0][order]  # about -1.5 on a ridge to 1.8 in a fold
        kept[f"fold_{side}"] = np.clip(np.rint(7.5 + 5 * depth), 0, 15).astype("u1")
        # the cut between the halves has no thickness: no cortex, nothing to show
        kept[f"cortex_{side}"] = (mesh("thick", side)[0][order] > 0).astype("u1")
    return kept


def sampled(volume, order, compute):
    """Average a volume over the depth of the grey matter, at each kept point."""
    affine = np.diag([compute.STEP] * 3 + [1.0])
    affine[:3, 3] = compute.START
    image = nibabel.Nifti1Image(volume.astype("f4"), affine)
    for side in SIDES:
        outer, inner = (
            (points @ TO_MNI152[:, :3].T + TO_MNI152[:, 3], faces)
            for points, faces in (mesh("pial", side), mesh("white", side))
        )
        found = vol_to_surf(image, outer, inner_mesh=inner, kind="depth", depth=DEPTHS)
        yield side, np.where(mesh("thick", side)[0] > 0, found, 0)[order]


def main(coordinates, metadata):
    """Write the three files."""
    sys.path.insert(0, str(NEUROSYNTH))
    import compute

    peaks, studies = compute.table(coordinates), compute.table(metadata)
    space = {row["id"]: row["space"] for row in studies}
    xyz = np.array([[float(row[axis]) for axis in "xyz"] for row in peaks])
    ids = np.array([int(row["id"]) for row in peaks])
    old = np.array([space[row["id"]] == "TAL" for row in peaks])
    xyz[old] = compute.to_mni(xyz[old])
    sets = compute.chosen(studies)

    twenty, order = numbering(mesh("pial", "left")[1].astype(int))
    np.savez_compressed(
        HERE / "fsaverage4.npz", **shape(order), faces=np.array(twenty, "u1")
    )
    everywhere = np.ones(compute.SHAPE)  # a point may lie a little outside the mask
    percent = {
        f"{name}_{side}": np.rint(2 * values).astype("u1")
        for name in compute.TITLES
        for side, values in sampled(
            gaussian_filter(compute.share(sets[name], ids, xyz, everywhere), SMOOTH),
            order,
            compute,
        )
    }
    np.savez_compressed(NEUROSYNTH / "pain_rejection_fsaverage4.npz", **percent)
    with np.load(NEUROSYNTH / "regions_2mm.npz") as packed:
        inside = {
            f"{name}_{side}": np.rint(15 * values).astype("u1")
            for name in OUTLINED
            for side, values in sampled(
                np.unpackbits(packed[name], count=everywhere.size)
                .reshape(compute.SHAPE)
                .astype(float),
                order,
                compute,
            )
        }
    np.savez_compressed(NEUROSYNTH / "regions_fsaverage4.npz", **inside)


if __name__ == "__main__":
    main(*sys.argv[1:])
