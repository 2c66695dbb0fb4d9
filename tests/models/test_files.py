from hashlib import sha256

import pytest

from beyond_the_no.models.files import DATA, DataError, data_file


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


def test_every_listed_file_is_as_published():
    names = [line.split()[1] for line in (DATA / "SHA256SUMS").read_text().splitlines()]

    assert names
    for name in names:
        assert data_file(name).is_file()
