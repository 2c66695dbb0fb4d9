"""Line drawings: small, in the theme's inks, told in words; each lesson has one."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

import contact_sheet
from beyond_the_no.commands.handouts import print_pdf
from beyond_the_no.content import drawings, lesson_linter
from beyond_the_no.content.lessons import load_folder
from beyond_the_no.evidence.plain_words import faults_of_words
from beyond_the_no.server.rendering.lesson_markdown import LessonMarkdown
from support.served import REPO, Phone, Served, serve, violations

FILES = sorted(drawings.FOLDER.glob("*.svg"))
PEOPLE = ("sam", "noor", "tomasz", "kai")
INKS = {
    *("none", "currentColor", "var(--ribbon,#a34e00)", "var(--paper,#fff)"),
    *("var(--chart-pale-cloth,#c9dfe4)", "var(--chart-pale-ribbon,#f7e2c6)"),
}
PARTS = {"svg", "g", "path", "circle"}
SVG = "{http://www.w3.org/2000/svg}"
LESSONS = load_folder(REPO / "notebooks")

every_drawing = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@every_drawing
def test_a_drawing_is_small_and_has_the_inks_of_the_theme_alone(path: Path) -> None:
    parts = list(ET.fromstring(path.read_text("utf-8")).iter())
    used = {p.get(name) for p in parts for name in ("fill", "stroke")} - {None}

    assert path.stat().st_size <= 4_000
    assert {part.tag.removeprefix(SVG) for part in parts} <= PARTS
    assert used <= INKS
    assert not any({"style", "class", "id", "href"} & {*part.keys()} for part in parts)


@every_drawing
def test_all_lines_are_of_one_pen(path: Path) -> None:
    first, *others = ET.fromstring(path.read_text("utf-8")).iter()
    pen = {"stroke-width": "2.5", "stroke-linecap": "round", "stroke-linejoin": "round"}

    assert {name: first.get(name) for name in pen} == pen
    assert not any(pen.keys() & {*part.keys()} for part in others)
    width = first.get("viewBox").split()[2]
    assert width == ("100" if path.stem in PEOPLE else "360")


def test_each_drawing_is_told_in_a_kind_sentence() -> None:
    told = drawings.descriptions()

    assert [path.stem for path in FILES] == sorted(told)
    for name, sentence in told.items():
        assert sentence.endswith(".")
        assert not faults_of_words(sentence)
        assert f'role="img" aria-label="{sentence}"' in drawings.inline(name)
        assert "aria-hidden" in drawings.inline(name, decorative=True)


def test_each_lesson_has_a_drawing_of_its_own() -> None:
    found = [drawings.drawing_of(lesson.notebook) for lesson in LESSONS]

    assert {*found} == {*drawings.descriptions()} - {*PEOPLE}
    assert len(found) == len({*found}) == 12


def test_an_unknown_drawing_is_none_and_its_author_is_told() -> None:
    notebook = nbformat.v4.new_notebook(metadata={"drawing": "unicorn"})

    assert drawings.inline(drawings.drawing_of(notebook)) == ""
    assert "unicorn" in lesson_linter.drawing(notebook)[0]
    assert "bench" in lesson_linter.drawing(notebook)[0]
    notebook.metadata["drawing"] = "bench"
    assert lesson_linter.drawing(notebook) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [("#drawing-noor", 'role="img"'), ("#beside-noor", 'aria-hidden="true"')],
)
def test_a_person_stands_beside_the_paragraph(url: str, said: str) -> None:
    shown = LessonMarkdown.link(SimpleNamespace(), "Noor", url)

    figure = re.compile(rf'<span class="figure"><svg [^>]*{said}.*</span>Noor', re.S)
    assert figure.fullmatch(shown)


def test_people_are_told_of_where_they_are_introduced_and_seen_elsewhere() -> None:
    figure = re.compile(r"\(#(drawing|beside)-(\w+)\)")
    links = {one.name[:2]: figure.findall(str(one.notebook)) for one in LESSONS}
    introduced = {name for how, name in links.pop("00") if how == "drawing"}

    assert introduced == {*PEOPLE}
    assert {how for found in links.values() for how, _ in found} == {"beside"}
    assert {name for found in links.values() for _, name in found} == {*PEOPLE}


def test_sheets_name_drawings_that_there_are() -> None:
    assert {*print_pdf.table()["drawings"].values()} <= {*drawings.descriptions()}


def test_the_contact_sheet_shows_each_drawing_light_and_dark() -> None:
    page = contact_sheet.page()

    assert page.count("<svg ") == 2 * len(FILES)
    for sentence in drawings.descriptions().values():
        assert page.count(f"kB. {sentence}") == 2


@pytest.mark.browser
def test_the_contact_sheet_is_a_picture(tmp_path: Path) -> None:
    into = tmp_path / "sheet.png"
    script = REPO / "tools" / "contact_sheet.py"
    subprocess.run([sys.executable, str(script), str(into)], check=True, timeout=120)

    assert into.read_bytes().startswith(b"\x89PNG")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve(checked=False) as it:
        yield it


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lesson_opens_with_its_drawing(
    phone: Callable[..., Phone], served: Served, scheme: str
) -> None:
    page = phone(served, color_scheme=scheme).lesson("00_welcome")
    told = drawings.descriptions()
    drawn = page.get_by_role("img", name=told["welcome"])
    ink = "one => getComputedStyle(one).color"

    title = page.get_by_role("heading", level=1, name="Welcome").bounding_box()
    box = drawn.bounding_box()
    assert box["y"] + box["height"] <= title["y"]
    assert 300 <= box["width"] <= 350
    assert (
        drawn.evaluate(ink)
        == {
            "light": "rgb(15, 76, 92)",
            "dark": "rgb(140, 203, 211)",
        }[scheme]
    )
    for name in PEOPLE:
        assert page.get_by_role("img", name=told[name]).count() == 1
    assert violations(page) == []
