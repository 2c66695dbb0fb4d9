"""A picture is drawn once, kept, and asked for by its state."""

import asyncio
import gzip
import json
import os
import resource
import signal
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from beyond_the_no.engine.pictures import bundle
from beyond_the_no.engine.pictures.store import PictureStore, canonical
from beyond_the_no.engine.storage.disk_cache import DiskCache
from beyond_the_no.engine.storage.fingerprint import fingerprint_of
from support import loop

SOURCE = "toy_charts:Toy"


@pytest.fixture(autouse=True)
def toy(tmp_path: Path, monkeypatch) -> Path:
    """A source of three pictures that counts how often it draws."""
    code = """
    import os, pathlib
    HERE = pathlib.Path(__file__).parent
    class Toy:
        @staticmethod
        def states():
            return [{"n": n} for n in (1, 2, 3)]
        @staticmethod
        def shown(state):
            with open(HERE / "drawn", "a") as f: print(state["n"], file=f)
            if state["n"] == 3: raise ValueError("three is not drawn")
            return {"picture": f"<svg>{state['n']}</svg>"}
    """
    (tmp_path / "toy_charts.py").write_text(textwrap.dedent(code))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    return tmp_path


def drawn(folder: Path) -> list[str]:
    file = folder / "drawn"
    return file.read_text().split() if file.exists() else []


def with_pictures(test, folder: Path | None = None, **options: int):
    async def whole():
        pictures = PictureStore("print", folder, **options)
        try:
            await pictures.register(SOURCE)
            return await test(pictures)
        finally:
            await pictures.close()

    return loop.run(whole())


def read(packed: bytes) -> object:
    return json.loads(gzip.decompress(packed))


def test_many_who_ask_share_one_drawing(toy: Path) -> None:
    async def test(pictures):
        asked = [pictures.get(SOURCE, '{"n":2}') for _ in range(50)]
        return await asyncio.gather(*asked)

    answers = with_pictures(test)

    assert {gzip.decompress(a) for a in answers} == {b'{"picture": "<svg>2</svg>"}'}
    assert drawn(toy).count("2") == 1


def test_all_come_in_one_file_as_soon_as_all_are_drawn(toy: Path) -> None:
    (toy / "toy_charts.py").write_text(
        (toy / "toy_charts.py").read_text().replace("== 3", "== 4")
    )

    async def test(pictures):
        with pytest.raises(KeyError):
            await pictures.all(SOURCE)
        alone = {
            n: read(await pictures.get(SOURCE, n)) for n in pictures.states(SOURCE)
        }
        files = await asyncio.gather(*(pictures.all(SOURCE) for _ in range(9)))
        return alone, files

    alone, files = with_pictures(test)

    (whole,) = {gzip.decompress(file) for file in files}
    file = json.loads(whole)
    for name, shown in alone.items():
        held = file["states"][name]
        parts = [file["parts"][at] for at in held["picture"]]
        assert held | {"picture": "\n".join(parts)} == shown
    assert len(alone) == 3


def test_a_picture_that_fails_is_missed_by_no_file(toy: Path) -> None:
    async def test(pictures):
        for name in pictures.states(SOURCE):
            with suppress(RuntimeError):
                await pictures.get(SOURCE, name)
        with pytest.raises(KeyError):
            await pictures.all(SOURCE)

    with_pictures(test)


def test_a_file_that_is_too_large_is_none() -> None:
    noise = {"picture": os.urandom(bundle.MOST_BYTES).hex()}
    packed = gzip.compress(json.dumps(noise).encode())

    assert bundle.bundle([("{}", packed)]) == b""


def test_all_pictures_are_drawn_when_nobody_waits(toy: Path) -> None:
    async def test(pictures):
        await loop.until(lambda: sorted(drawn(toy)) == ["1", "2", "3"])

    with_pictures(test)


def test_what_rests_draws_only_what_is_asked_for(toy: Path) -> None:
    async def test(pictures):
        pictures.stop_prefetching()
        before = drawn(toy)
        await pictures.get(SOURCE, '{"n":2}')
        await pictures.get(SOURCE, '{"n":1}')
        assert pictures._waiting.empty()
        return before

    before = with_pictures(test)
    assert "3" not in drawn(toy) or "3" in before


def test_pictures_outlive_a_start_in_the_cache_folder(toy: Path, tmp_path) -> None:
    cache = tmp_path / "cache"

    async def ask(pictures):
        return read(await pictures.get(SOURCE, '{"n":1}'))

    assert with_pictures(ask, cache) == with_pictures(ask, cache)
    assert drawn(toy).count("1") == 1


def test_a_cached_file_that_was_cut_short_is_drawn_anew(toy: Path, tmp_path) -> None:
    cache = tmp_path / "cache"

    async def ask(pictures):
        return read(await pictures.get(SOURCE, '{"n":1}'))

    with_pictures(ask, cache)
    for file in (cache / "print").glob("*.gz"):
        file.write_bytes(file.read_bytes()[:9])
    assert with_pictures(ask, cache) == {"picture": "<svg>1</svg>"}


def test_a_cache_folder_that_cannot_be_written_is_done_without(
    toy: Path, tmp_path, caplog
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")

    async def ask(pictures):
        return read(await pictures.get(SOURCE, '{"n":1}'))

    assert with_pictures(ask, blocked) == {"picture": "<svg>1</svg>"}
    assert "kept for the next start" in caplog.text


def test_a_full_disk_is_said_once_and_what_was_kept_is_still_read(
    toy: Path, tmp_path, caplog
) -> None:
    cache = tmp_path / "cache"

    async def test(pictures):
        await pictures.get(SOURCE, '{"n":1}')
        kept = DiskCache(cache / "print")
        for file in (cache / "print").glob("*"):  # only the first one was kept
            if read(kept.get(file.stem)) != {"picture": "<svg>1</svg>"}:
                file.unlink()
        with no_room_on_disk():
            await pictures.get(SOURCE, '{"n":2}')
            with pytest.raises(RuntimeError):
                await pictures.get(SOURCE, '{"n":3}')
        pictures.cache._held.clear()
        await pictures.get(SOURCE, '{"n":1}')

    with_pictures(test, cache)

    assert caplog.text.count("kept for the next start") == 1
    assert drawn(toy).count("1") == 1
    assert [file.suffix for file in (cache / "print").iterdir()] == [".gz"]


@contextmanager
def no_room_on_disk() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_picture_that_fails_is_said_and_the_others_are_drawn(toy: Path) -> None:
    async def test(pictures):
        with pytest.raises(RuntimeError, match="three is not drawn"):
            await pictures.get(SOURCE, '{"n":3}')
        return read(await pictures.get(SOURCE, '{"n":2}'))

    assert with_pictures(test) == {"picture": "<svg>2</svg>"}


@pytest.mark.parametrize("state", ['{"n":4}', "{}", "nonsense", '{"n":1,"m":2}'])
def test_only_known_states_are_drawn(toy: Path, state: str) -> None:
    async def test(pictures):
        with pytest.raises(KeyError):
            await pictures.get(SOURCE, state)
        with pytest.raises(KeyError):
            await pictures.get("os:system", '{"n":1}')

    with_pictures(test)


def test_a_drawing_process_that_is_killed_is_replaced(toy: Path) -> None:
    async def test(pictures):
        await pictures.get(SOURCE, '{"n":1}')
        os.kill(pictures.render_worker.pid, signal.SIGKILL)
        pictures.cache._held.clear()
        return read(await pictures.get(SOURCE, '{"n":2}'))

    assert with_pictures(test) == {"picture": "<svg>2</svg>"}


def test_memory_has_a_limit(toy: Path) -> None:
    async def test(pictures):
        for n in (1, 2, 1, 2):
            await pictures.get(SOURCE, canonical({"n": n}))
        return pictures.cache._size, len(pictures.cache._held)

    size, held = with_pictures(test, limit=60)
    assert held == 1
    assert size <= 60


def test_what_nobody_used_for_a_week_is_swept_from_the_cache(tmp_path: Path) -> None:
    tmp_path = tmp_path / "cache"
    cache = DiskCache(tmp_path / "print")
    for name in ("fresh", "stale"):
        cache.put(name, gzip.compress(b"1"))
        (tmp_path / f"other_{name}").mkdir()
    for stale in (tmp_path / "print" / "stale.gz", tmp_path / "other_stale"):
        os.utime(stale, (0, 0))

    DiskCache(tmp_path / "print").prune()

    assert {folder.name for folder in tmp_path.iterdir()} == {"print", "other_fresh"}
    assert [file.name for file in tmp_path.rglob("*.gz")] == ["fresh.gz"]


def test_what_is_used_is_not_swept(tmp_path: Path) -> None:
    DiskCache(tmp_path / "print").put("old", gzip.compress(b"1"))
    os.utime(tmp_path / "print" / "old.gz", (0, 0))
    cache = DiskCache(tmp_path / "print")

    assert cache.get("old")
    cache.prune()

    assert DiskCache(tmp_path / "print").get("old")


def test_the_fingerprint_follows_the_code(tmp_path: Path) -> None:
    (tmp_path / "chart.py").write_text("1")
    before = fingerprint_of([tmp_path])
    (tmp_path / "chart.py").write_text("2")

    assert fingerprint_of([tmp_path]) != before


def test_a_state_is_written_as_a_script_writes_it() -> None:
    assert canonical({"b": 1.0, "a": "é", "c": True}) == '{"a":"é","b":1,"c":true}'
