"""Where the data files are, whether they are as they were published, and their rows."""

import csv
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ..common import resources

DATA = resources.DATA
SUMS = "SHA256SUMS"


class DataError(Exception):
    """A data file cannot be used. The message is for the person who runs the kit."""


class Record(BaseModel):
    """
    One row of a table. A subclass names the columns, their types and their limits.

    Attributes
    ----------
    count : int
        How many rows the table has.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    count: ClassVar[int]


Row = TypeVar("Row", bound=Record)


def published(folder: Path = DATA) -> dict[str, str]:
    """Read the sum of every file that was published, by its path below the folder."""
    if not (folder / SUMS).is_file():
        raise DataError(f"data/{SUMS} is missing. Get a fresh copy of the kit.")
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: known for known, name in (line.split(None, 1) for line in lines)}


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
    sums, path = published(folder), folder / name
    if not path.is_file():
        raise DataError(
            f"The data file data/{name} is missing. Get a fresh copy of the kit."
        )
    if name not in sums:
        raise DataError(f"The data file data/{name} is not listed in data/{SUMS}.")
    if sha256(path.read_bytes()).hexdigest() != sums[name]:
        raise DataError(
            f"The data file data/{name} has been changed. Get a fresh copy of the kit, "
            f"or, if the change is yours, write its new sum into data/{SUMS}."
        )
    return path


def faults(folder: Path = DATA) -> Iterator[tuple[str, str]]:
    """Go through all published files: the name of each that fails, and why."""
    try:
        names = list(published(folder))
    except DataError as error:
        yield SUMS, str(error)
        return
    for name in names:
        try:
            data_file(name, folder)
        except DataError as error:
            yield name, str(error)


@cache
def records(name: str, kind: type[Row], folder: Path = DATA) -> tuple[Row, ...]:
    """
    Read a table: every row complete, typed and within its limits.

    Parameters
    ----------
    name : str
        A CSV file below the data folder.
    kind : type
        What a row is.
    folder : Path
        The data folder.

    Returns
    -------
    tuple of `kind`
        In the order of the file. It is read once per process.

    Raises
    ------
    DataError
        As for `data_file`; and with file, row and column where the file does not hold
        what it must. Rows count as in a spreadsheet: the names of the columns are
        row 1.
    """
    try:
        path = data_file(name, folder)
    except DataError as changed:
        fault = _fault(folder / name, name, kind)
        raise DataError(f"{changed} {fault}".rstrip()) from None
    return _read(path, name, kind)


def _fault(path: Path, name: str, kind: type[Record]) -> str:
    """Say where a file that was changed cannot be read, if that can be seen."""
    try:
        if path.is_file():
            _read(path, name, kind)
    except DataError as fault:
        return str(fault)
    return ""


def _read(path: Path, name: str, kind: type[Row]) -> tuple[Row, ...]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"data/{name} is not a table: {error}.") from error
    columns, *rows = found or [[]]
    for column in [c for c in kind.model_fields if c not in columns]:
        raise DataError(f"data/{name}, row 1: the column {column} is missing.")
    made = tuple(
        _row(columns, cells, f"data/{name}, row {at}", kind)
        for at, cells in enumerate(rows, start=2)
    )
    if len(made) != kind.count:
        raise DataError(f"data/{name} has {len(made)} rows in place of {kind.count}.")
    return made


def _row(columns: list[str], cells: list[str], where: str, kind: type[Row]) -> Row:
    if len(cells) != len(columns):
        raise DataError(f"{where}: {len(cells)} cells in place of {len(columns)}.")
    try:
        return kind.model_validate(dict(zip(columns, cells, strict=True)))
    except ValidationError as error:
        wrong = error.errors()[0]
        column, cell = wrong["loc"][0] if wrong["loc"] else "", wrong["input"]
        raise DataError(
            f"{where}, column {column}: {cell!r} does not fit. {wrong['msg']}."
        ) from error
