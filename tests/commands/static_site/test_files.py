"""A site as files: whole, small, and without an address of a stranger."""

import ast
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from beyond_the_no import explore
from beyond_the_no.commands.static_site import link_checker
from beyond_the_no.commands.static_site.picture_scripts import Source, fit
from beyond_the_no.engine.pictures.store import canonical
from beyond_the_no.explore.explore import Explore
from support.served import REPO

from .made import LESSONS, pictures_of

BUDGET = 1_500_000  # bytes, compressed, with all states
GALLERY = REPO / "notebooks" / "author" / "gallery.ipynb"
ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')
EXPLORERS = [
    one
    for one in (getattr(explore, name) for name in explore.__all__)
    if issubclass(one, Explore) and one is not Explore
]


def pages(made: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(made.rglob("*.html")):
        yield path.relative_to(made).as_posix(), path.read_text("utf-8")


def test_each_page_of_a_notebook_has_its_title(made: Path) -> None:
    sources = [*(REPO / "notebooks").glob("*.ipynb"), GALLERY]
    for source in sources:
        title = json.loads(source.read_text("utf-8"))["metadata"]["title"]
        page = (made / "lesson" / f"{source.stem}.html").read_text("utf-8")
        assert f"<title>{title} · Beyond the No</title>" in page


def size(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_small_with_all_its_pictures(made: Path, lesson: str) -> None:
    page = made / "lesson" / f"{lesson}.html"
    text = page.read_text("utf-8")
    parts = [a for a in ADDRESS.findall(text) if a.startswith("../assets/")]
    files = {page, *(page.parent / a for a in parts)}
    files |= {page.parent / address for address in pictures_of(text).values()}

    assert len(files) > 3
    assert sum(map(size, files)) <= BUDGET


@pytest.mark.parametrize("explorer", EXPLORERS, ids=lambda e: e.__name__)
def test_every_state_of_every_explorer_is_there(
    made: Path, explorer: type[Explore]
) -> None:
    (file,) = made.glob(f"pictures/*/{explorer.__name__}.js")
    found = re.fullmatch(
        r'beyondPictures\(("[^"]+"), JSON\.parse\((.+)\), JSON\.parse\((.+)\)\);\n',
        file.read_text("utf-8"),
    )
    assert found
    parts, states = (json.loads(json.loads(part)) for part in found.groups()[1:])

    assert list(states) == [canonical(s) for s in explorer.states()]
    name, held = list(states.items())[-1]
    drawn = held | {"picture": "\n".join(parts[at] for at in held["picture"])}
    assert drawn == json.loads(json.dumps(explorer.shown(json.loads(name))))


def test_every_address_leads_somewhere_inside(made: Path) -> None:
    assert link_checker.broken(made) == []


@pytest.mark.parametrize(
    "address",
    [
        "gone.html",
        "/index.html",
        "https://example.org/x.js",
        "//example.org/x.js",
        "../../outside",
        "index.html#nobody",
        "lesson",
        "javascript:alert(1)",
    ],
)
def test_an_address_that_leads_nowhere_is_found(tmp_path: Path, address: str) -> None:
    (tmp_path / "lesson").mkdir()
    (tmp_path / "index.html").write_text("<p id='here'>")
    page = tmp_path / "lesson" / "one.html"
    good = (
        "<a href='../index.html#here'></a><a href='tel:988'></a><i data-base='../'></i>"
        "<a href='https://doi.org/10.1000/x'></a>"
    )
    page.write_text(good)
    assert link_checker.broken(tmp_path) == []

    page.write_text(good + f"<img src='{address}'>")
    assert link_checker.broken(tmp_path) == [f"lesson/one.html: {address}"]


def test_a_missing_file_of_pictures_is_found(tmp_path: Path) -> None:
    table = json.dumps({"a:B": "pictures/1/B.js"})
    (tmp_path / "one.html").write_text(
        f'<script type="application/json" id="alone-pictures">{table}</script>'
    )

    assert link_checker.broken(tmp_path) == ["one.html: pictures/1/B.js"]


def test_nothing_comes_from_another_host(made: Path) -> None:
    # names of XML, where makers of libraries explain errors, and a licence; no page
    # loads them
    hosts = r"www\.w3\.org|github\.com|doi\.org|surfer\.nmr\.mgh\.harvard\.edu"
    known = re.compile(rf"https?://({hosts}|(?=\W))")
    for path in made.rglob("*"):
        if path.suffix in {".html", ".js", ".css", ".webmanifest"}:
            text = known.sub("", path.read_text("utf-8"))
            assert not re.search(r"https?://", text), path


def test_a_browser_may_ask_nobody_and_run_no_script_of_a_page(made: Path) -> None:
    for name, text in pages(made):
        policy = re.search(
            r'http-equiv="Content-Security-Policy" content="([^"]+)"', text
        )
        assert policy, name
        assert "connect-src &#39;none&#39;" in policy[1]
        assert text.index("http-equiv") < text.index("<script")
        for tag in re.findall(r"<script[^>]*>", text):
            assert " src=" in tag or "json" in tag, (name, tag)
        assert not re.search(r"<[^>]+\son\w+=", text), name


def test_what_needs_a_room_stands_on_no_page(made: Path) -> None:
    for name, text in pages(made):
        for part in ("data-signal", "room-words", 'id="join', "facilitate", "kernel"):
            assert part not in re.sub(r"<script id=.widgets.*", "", text), (name, part)


def test_help_and_ground_me_are_on_every_page(made: Path) -> None:
    for name, text in pages(made):
        up = "../" if "/" in name else ""
        for door in ("help", "ground"):
            assert f'href="{up}{door}.html" data-open="{door}"' in text, name


def test_every_shown_claim_has_its_evidence(made: Path) -> None:
    text = (made / "evidence.html").read_text("utf-8")
    claims = json.loads((REPO / "data" / "claims.json").read_text("utf-8"))["claims"]

    for claim in claims:
        assert (f'id="{claim["id"]}"' in text) == (claim["status"] == "shown")


def test_how_well_a_reference_was_read_stands_on_no_page(made: Path) -> None:
    stored = json.loads((REPO / "data" / "claims.json").read_text("utf-8"))
    notes = [each["note"] for each in stored["references"] if len(each["note"]) > 20]
    assert len(notes) > 100

    for name, text in pages(made):
        assert not re.search(r"cited from memory|second-hand|abstract read", text), name
        assert not [note for note in notes if note in text], name


def test_the_app_can_be_installed_from_where_it_is(made: Path) -> None:
    about = json.loads((made / "manifest.webmanifest").read_text("utf-8"))

    assert (made / about["start_url"]).is_file()
    assert about["scope"] == "./"
    assert all((made / icon["src"]).is_file() for icon in about["icons"])


def test_the_worker_keeps_every_file_that_a_page_needs(made: Path) -> None:
    script = (made / "worker.js").read_text("utf-8")
    kept = ast.literal_eval(script.partition("FILES = ")[2].partition(";\n")[0])
    every = {p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()}

    assert every - set(kept) == {"worker.js", "site.json", "LICENSES.txt"}


def test_licences_come_along(made: Path) -> None:
    text = (made / "LICENSES.txt").read_text("utf-8")

    for name in ("BSD 3-Clause", "Open Database License", "anywidget"):
        assert name in text


def source(states: int, length: int) -> Source:
    """Pictures that have nothing in common, so that each takes its own bytes."""
    import random

    made = random.Random(states)
    text = {n: made.randbytes(length).hex() for n in range(states)}
    return Source("a:B", {f'{{"n":{n}}}': {"picture": t} for n, t in text.items()})


def test_above_the_budget_the_likely_pictures_stay() -> None:
    many = {"one": source(60, 2000), "two": source(5, 2000)}

    assert fit(many, many, 80_000)
    assert sum(one.packed for one in many.values()) <= 80_000
    assert 1 <= many["one"].held < 60
    first = next(iter(many["one"].states))
    assert first in many["one"].script.decode().replace("\\", "")
    assert not fit(many, many, 80_000)


def test_the_first_picture_stays_whatever_it_takes() -> None:
    one = {"one": source(3, 5000)}
    fit(one, one, 10)

    assert one["one"].held == 1
