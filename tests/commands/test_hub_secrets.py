"""The hub's keys last over a restart, and a damaged file of them stops no hub."""

import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beyond_the_no.commands.hub import supervisor


def test_keys_last_and_are_for_nobody_else(tmp_path: Path) -> None:
    made = supervisor.lasting(tmp_path / "hub")
    kept = tmp_path / "hub" / supervisor.SECRETS

    assert supervisor.lasting(tmp_path / "hub") == made
    assert len(set(made.values())) == len(supervisor.SECRET_NAMES)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == [supervisor.SECRETS]


@given(cut=st.integers(0, 400), put=st.binary(max_size=8))
def test_a_file_that_was_cut_or_garbled_gives_whole_keys(cut: int, put: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        first = supervisor.lasting(Path(name))
        kept = Path(name) / supervisor.SECRETS
        whole = kept.read_bytes()
        kept.write_bytes(whole[:cut] + put)

        found = supervisor.lasting(Path(name))

        assert all(
            len(bytes.fromhex(found[key])) == supervisor.SECRET_BYTES
            for key in supervisor.SECRET_NAMES
        )
        assert supervisor.lasting(Path(name)) == found
        assert kept.read_bytes() != whole or found == first


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"hub": 5}', "\0" * 300])
def test_what_is_no_set_of_keys_is_made_again_and_said(
    text: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / supervisor.SECRETS).write_text(text, "utf-8")

    found = supervisor.lasting(tmp_path)

    assert sorted(found) == sorted(supervisor.SECRET_NAMES)
    assert "was damaged" in caplog.text
