"""Where the data files are, and whether they are as they were published."""

from functools import cache
from hashlib import sha256
from pathlib import Path

DATA = Path(__file__).parents[3] / "data"  # the kit runs from its checkout


class DataError(Exception):
    """A data file cannot be used. The message is for the person who runs the kit."""


@cache
def data_file(name: str, folder: Path = DATA) -> Path:
    """
    Find a data file and check that nobody has changed it.

    Parameters
    ----------
    name : str
        Path below the data folder, such as ``"neurosynth/region_percentages.csv"``.
    folder : Path
        The data folder, with its ``SHA256SUMS``.

    Returns
    -------
    Path
        The file. It is read and checked once per process.

    Raises
    ------
    DataError
        The file is missing, unknown, or not the one that was published.
    """
    path, sums = folder / name, folder / "SHA256SUMS"
    for needed in (sums, path):
        if not needed.is_file():
            shown = needed.relative_to(folder)
            raise DataError(
                f"The data file data/{shown} is missing. Get a fresh copy of the kit."
            )
    lines = sums.read_text(encoding="utf-8").splitlines()
    published = {
        shown: known for known, shown in (line.split(None, 1) for line in lines)
    }
    if name not in published:
        raise DataError(f"The data file data/{name} is not listed in data/SHA256SUMS.")
    if sha256(path.read_bytes()).hexdigest() != published[name]:
        raise DataError(
            f"The data file data/{name} has been changed. Get a fresh copy of the kit, "
            "or, if the change is yours, write its new sum into data/SHA256SUMS."
        )
    return path
