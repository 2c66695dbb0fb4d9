"""Whatever became of the files of a cache, the next start shows everything."""

import asyncio
import gzip
import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beyond_the_no.engine.kernels.execution_cache import ExecutionCache
from beyond_the_no.engine.kernels.zygote_client import can_fork
from beyond_the_no.engine.pictures.store import PictureStore
from beyond_the_no.engine.storage.disk_cache import DiskCache
from support import loop
from support import small_lessons as nb
from support.served import Served, serve, until

SOURCE = "charts_of_three:Three"
OTHER = ["[]", "{}", "null", "7", '"a"', '[{"n":9}]', '{"picture":7}', "not json"]

# one thing that can happen to a file: what, where in the file (of its length), a value
happenings = st.tuples(
    st.sampled_from(["flip", "cut", "empty", "swap", "zeros", "grow", "other", "gone"]),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, 255),
)


def happen(file: Path, others: list[Path], what: str, at: float, value: int) -> None:
    before = file.read_bytes() if file.exists() else b""
    place = int(at * len(before))
    other = others[int(at * len(others))]
    if what == "flip" and before:
        changed = bytearray(before)
        changed[place] ^= value
        file.write_bytes(changed)
    elif what == "cut":
        file.write_bytes(before[:place])
    elif what == "empty":
        file.write_bytes(b"")
    elif what == "zeros":  # as a file system leaves a file that was never flushed
        file.write_bytes(bytes(len(before)))
    elif what == "grow":
        file.write_bytes(before + bytes([value]) * value)
    elif what == "other":
        file.write_bytes(gzip.compress(OTHER[value % len(OTHER)].encode()))
    elif what == "gone":
        file.unlink(missing_ok=True)
    elif what == "swap" and other.exists():
        file.write_bytes(other.read_bytes())
        other.write_bytes(before)


def damage(folder: Path, done: list[tuple[int, tuple[str, float, int]]]) -> None:
    files = sorted(folder.rglob("*.gz"))
    for which, happening in done:
        happen(files[which % len(files)], files, *happening)


damages = st.lists(st.tuples(st.integers(0, 9), happenings), min_size=1, max_size=6)


@given(damages)
def test_a_cache_gives_what_was_put_or_nothing_and_then_the_file_is_gone(
    done: list[tuple[int, tuple[str, float, int]]],
) -> None:
    contents = {f"name{n}": gzip.compress(f'{{"n": {n}}}'.encode()) for n in range(4)}
    with TemporaryDirectory() as folder:
        for name, packed in contents.items():
            DiskCache(Path(folder)).put(name, packed)
        damage(Path(folder), done)

        later = DiskCache(Path(folder))
        for name, packed in contents.items():
            found = later.get(name)
            assert found in (packed, None)
            assert (Path(folder) / f"{name}.gz").exists() == (found is not None)
            later.put(name, packed)
        again = DiskCache(Path(folder))
        assert {name: again.get(name) for name in contents} == contents


@pytest.mark.parametrize("content", OTHER)
def test_a_file_of_another_shape_is_not_there(content: str, tmp_path: Path) -> None:
    """Though its sum is right: another version of the kit may have stored it."""
    packed = gzip.compress(content.encode())
    pictures = PictureStore("print", tmp_path)
    for state in (None, {"n": 1}):
        name = pictures._name(SOURCE, state)
        pictures.cache.put_on_disk(name, packed)
        listed = state is None and content in ("[]", '[{"n":9}]')
        assert (pictures._find(name, state) is None) is not listed
    runs = ExecutionCache("print", tmp_path, forks=False)
    runs.cache.put_on_disk("run", packed)
    assert runs.get("run", Path("lesson.ipynb")) is None


@pytest.mark.parametrize(
    "held",
    [
        {"cells": [7], "state": {}},
        {"cells": [{"cell_type": "code"}], "state": {}},
        {"cells": [], "state": {"w": 7}},
        {"cells": [], "state": []},
    ],
)
def test_a_run_of_another_shape_is_not_there(held: dict, tmp_path: Path) -> None:
    runs = ExecutionCache("print", tmp_path, forks=False)
    runs.cache.put_on_disk("run", gzip.compress(json.dumps(held).encode()))

    assert runs.get("run", Path("lesson.ipynb")) is None


def test_a_file_that_was_never_flushed_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []
    monkeypatch.setattr(os, "fsync", lambda fd: done.append("flush"))
    replace = Path.replace
    monkeypatch.setattr(
        Path, "replace", lambda *of: done.append("place") or replace(*of)
    )

    DiskCache(tmp_path).put("name", gzip.compress(b"1"))

    assert done == ["flush", "place"]


# -- pictures -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder that holds three pictures, made by a source of three."""
    folder = tmp_path_factory.mktemp("three")
    code = """
    class Three:
        @staticmethod
        def states():
            return [{"n": n} for n in (1, 2, 3)]
        @staticmethod
        def shown(state):
            return {"picture": f"<svg>{state['n']}</svg>"}
    """
    (folder / "charts_of_three.py").write_text(textwrap.dedent(code))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(folder), *sys.path]))
        assert loop.run(shown(folder / "cache")) == WHOLE
        yield folder / "cache"


WHOLE = {f'{{"n":{n}}}': {"picture": f"<svg>{n}</svg>"} for n in (1, 2, 3)}


async def shown(cache: Path) -> dict[str, object]:
    """Start with this cache, and ask for every picture, one by one and in one file."""
    pictures = PictureStore("print", cache)
    try:
        async with asyncio.timeout(60):
            await pictures.register(SOURCE)
            found = {
                state: json.loads(gzip.decompress(await pictures.get(SOURCE, state)))
                for state in pictures.states(SOURCE)
            }
            await loop.until_not(lambda: pictures._asked)
            whole = json.loads(gzip.decompress(await pictures.all(SOURCE)))
    finally:
        await pictures.close()
    assert set(whole["states"]) == set(found)
    return found


@settings(max_examples=12)
@given(damages)
def test_a_start_shows_every_picture(
    three: Path, done: list[tuple[int, tuple[str, float, int]]]
) -> None:
    with TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        shutil.copytree(three, cache)
        damage(cache, done)

        assert loop.run(shown(cache)) == WHOLE


def test_whatever_goes_wrong_over_one_picture_the_others_are_drawn(
    three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> object:
        pictures = PictureStore("print", None)
        await pictures.register(SOURCE)
        hold = pictures.cache.put_in_memory

        def fails(name: str, packed: bytes) -> None:
            if b"<svg>2" in gzip.decompress(packed):
                raise MemoryError
            hold(name, packed)

        monkeypatch.setattr(pictures.cache, "put_in_memory", fails)
        try:
            async with asyncio.timeout(60):
                with pytest.raises(RuntimeError):
                    await pictures.get(SOURCE, '{"n":2}')
                return await pictures.get(SOURCE, '{"n":3}')
        finally:
            await pictures.close()

    assert b"<svg>3" in gzip.decompress(loop.run(test()))


def test_who_waits_is_answered_when_drawing_stops_and_can_ask_again(
    three: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def test() -> object:
        pictures = PictureStore("print", None)
        await pictures.register(SOURCE)
        with monkeypatch.context() as broken:
            broken.setattr(pictures, "_settle", None)  # the worker itself breaks
            worker = pictures._worker
            async with asyncio.timeout(60):
                await asyncio.wait([worker])
        try:
            async with asyncio.timeout(60):
                return await pictures.get(SOURCE, '{"n":3}')
        finally:
            await pictures.close()

    assert b"<svg>3" in gzip.decompress(loop.run(test()))


def test_who_waits_is_answered_when_the_server_ends(three: Path) -> None:
    async def test() -> None:
        pictures = PictureStore("print", None)
        await pictures.register(SOURCE)
        asked = asyncio.ensure_future(pictures.get(SOURCE, '{"n":3}'))
        await asyncio.sleep(0)
        await pictures.close()
        with pytest.raises(RuntimeError):
            await asyncio.wait_for(asked, 60)
        with pytest.raises(RuntimeError):
            await pictures.get(SOURCE, '{"n":3}')

    loop.run(test())


def test_a_picture_that_was_lost_since_is_drawn_for_the_file_of_all(
    three: Path, tmp_path: Path
) -> None:
    shutil.copytree(three, tmp_path / "cache")

    async def test() -> None:
        pictures = PictureStore("print", tmp_path / "cache", 1)
        try:
            await pictures.register(SOURCE)
            async with asyncio.timeout(60):
                await loop.until_not(lambda: pictures._asked)
                pictures.cache.put_in_memory("nothing", b"")
                lost = pictures._name(SOURCE, {"n": 2})
                (tmp_path / "cache" / "print" / f"{lost}.gz").unlink()
                with pytest.raises(KeyError):
                    await pictures.all(SOURCE)
                await loop.until_not(lambda: pictures._asked)
                await pictures.all(SOURCE)
        finally:
            await pictures.close()

    loop.run(test())


# -- a server -----------------------------------------------------------------------

LESSONS = {
    "one": nb.notebook(
        "# One", "from beyond_the_no.explore import Anger\nAnger()", title="One"
    ),
    "two": nb.notebook("# Two", nb.NOTE, title="Two"),
    "three": nb.notebook("# Three", nb.poll("q"), title="Three"),
}
ANGER = "beyond_the_no.explore.anger:Anger"


def seen(served: Served) -> dict[str, object]:
    """What phones get: every page, and all pictures of the one that has some."""
    pages = {n: served.ask("GET", f"lesson/{n}") for n in LESSONS}
    assert {n: page.status for n, page in pages.items()} == dict.fromkeys(LESSONS, 200)
    fingerprint = re.search(r'data-pictures="(\w+)"', pages["one"].text).group(1)
    address = f"pictures/{fingerprint}/{ANGER}"
    all_ = until(lambda: (a := served.ask("GET", address)).status == 200 and a)
    states = json.loads(all_.body)["states"]
    one_by_one = {
        state: served.ask("GET", f"{address}?state={quote(state)}").body
        for state in states
    }
    return {"all": all_.body, **one_by_one}


@pytest.mark.skipif(bool(can_fork()), reason="no safe fork here")
def test_a_server_shows_every_lesson_whatever_became_of_its_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    folder = nb.write(tmp_path / "lessons", **LESSONS)
    with serve("--lessons", str(folder)) as served:
        before = seen(served)
    kinds = ["flip", "empty", "other", "cut", "zeros", "grow"]
    pictures, runs = (sorted(cache.rglob(f"{n}/*/*.gz")) for n in ("pictures", "runs"))
    assert (len(pictures), len(runs)) == (4, 3)
    for place, file in enumerate([*pictures, *runs]):
        happen(file, [file], kinds[place % len(kinds)], 0.5, 255)

    with serve("--lessons", str(folder)) as served:
        assert served.health()["trouble"] == {}
        assert seen(served) == before
        said = "".join(served.log)
        assert "A damaged file of the cache is made again" in said
        assert "Traceback" not in said
