from hashlib import sha256
from typing import ClassVar

import pytest
from pydantic import Field, ValidationError

from beyond_the_no.models.files import (
    DATA,
    DataError,
    Record,
    data_file,
    faults,
    published,
    records,
)

TABLE = "minute,mean,n\n-5,10.26,200\n11,15.51,200\n"


class Wave(Record):
    count: ClassVar[int] = 2
    minute: float
    mean: float = Field(ge=0)
    n: int


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "counts.csv").write_text("a,b\n")
    known = sha256(b"a,b\n").hexdigest()
    (tmp_path / "SHA256SUMS").write_text(f"{known}  counts.csv\n{known}  gone.csv\n")
    return tmp_path


def test_a_file_as_published_is_found(folder):
    assert data_file("counts.csv", folder).read_text() == "a,b\n"


def test_a_missing_file_says_what_to_do(folder):
    with pytest.raises(DataError, match=r"data/gone.csv is missing. Get a fresh copy"):
        data_file("gone.csv", folder)


def test_a_changed_file_is_not_used(folder):
    (folder / "counts.csv").write_text("a,b\n1,2\n")

    with pytest.raises(DataError, match=r"data/counts.csv has been changed"):
        data_file("counts.csv", folder)


def test_a_file_that_nobody_listed_is_not_used(folder):
    (folder / "new.csv").write_text("a\n")

    with pytest.raises(DataError, match="not listed"):
        data_file("new.csv", folder)


def test_missing_sums_are_named(tmp_path):
    with pytest.raises(DataError, match="SHA256SUMS is missing"):
        data_file("counts.csv", tmp_path)


def write(folder, text, known=None):
    """A table, and its sum: of this text, or of another one."""
    (folder / "wave.csv").write_text(text)
    known = sha256((known or text).encode()).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{known}  wave.csv\n")
    return folder


def test_a_table_is_read_into_typed_rows(tmp_path):
    first, second = records("wave.csv", Wave, write(tmp_path, TABLE))

    assert (first.minute, first.mean, first.n) == (-5.0, 10.26, 200)
    assert second.mean == 15.51
    with pytest.raises(ValidationError, match="frozen"):
        first.mean = 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TABLE.replace("mean", "men"), "row 1: the column mean is missing"),
        (TABLE.replace("15.51", "NaN"), "row 3, column mean: 'NaN' does not fit"),
        (TABLE.replace("15.51", "-1"), "row 3, column mean: '-1' does not fit"),
        (TABLE.replace("15.51", ""), "row 3, column mean: '' does not fit"),
        (TABLE.replace("200", "many", 1), "row 2, column n: 'many' does not fit"),
        (TABLE.replace("11,15.51,200\n", ""), "has 1 rows in place of 2"),
        (TABLE.replace(",15.51", ""), "row 3: 2 cells in place of 3"),
        (TABLE.replace("\n", ",x\n"), "column x: 'x' does not fit"),
        ("", "row 1: the column minute is missing"),
    ],
)
@pytest.mark.parametrize("known", [None, TABLE], ids=["summed", "not summed"])
def test_what_is_wrong_with_a_table_is_said_where_it_is(tmp_path, text, says, known):
    """Whether or not somebody wrote a new sum for what she had changed."""
    with pytest.raises(DataError) as error:
        records("wave.csv", Wave, write(tmp_path, text, known))

    assert f"data/wave.csv{'' if says.startswith('has') else ', '}" in str(error.value)
    assert says in str(error.value)
    assert ("has been changed" in str(error.value)) == (known is not None)


def test_a_changed_table_that_can_be_read_is_not_used_either(tmp_path):
    folder = write(tmp_path, TABLE.replace("15.51", "15.52"), TABLE)

    with pytest.raises(DataError, match=r"changed.*new sum into data/SHA256SUMS\.$"):
        records("wave.csv", Wave, folder)


def test_a_file_that_is_no_text_is_said_in_a_sentence(tmp_path):
    write(tmp_path, TABLE)
    (tmp_path / "wave.csv").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(DataError, match=r"data/wave.csv is not a table"):
        records("wave.csv", Wave, tmp_path)


def test_every_fault_is_listed(folder):
    assert [name for name, _ in faults(folder)] == ["gone.csv"]
    (folder / "SHA256SUMS").unlink()
    assert [name for name, _ in faults(folder)] == ["SHA256SUMS"]


def test_every_listed_file_is_as_published():
    assert published()
    assert list(faults()) == []


def test_every_file_that_is_read_is_listed():
    beside = {".py", ".md", ".txt", ".pyc", ""}  # scripts, licences, notes
    by_hand = {
        "claims.json",
        "help.json",
        "centre.toml",
        "safety/en.toml",
    }  # written and checked in another way
    found = {
        str(path.relative_to(DATA).as_posix())
        for path in DATA.rglob("*")
        if path.is_file() and path.suffix not in beside
    }

    assert found - by_hand == published().keys()
