"""The serif: small, ours, kept for ever, and nothing jumps when it comes."""

import json
import re
from collections.abc import Callable, Iterator

import pytest

import subset_font
from beyond_the_no.commands.static_site import relative_urls
from beyond_the_no.server.http.security import POLICY
from beyond_the_no.server.rendering import templating
from support.served import REPO, Phone, Served, serve

FACES = sorted(templating.FONTS.glob("*.woff2"))
LOADED = "document.fonts.ready.then((all) => [...all].filter(({ family, status }) =>"
LOADED += " family === 'Gelasio' && status === 'loaded').length)"
TEXT = "getComputedStyle(document.body).fontFamily"
# how tall the page is without it: in what the device has, set as wide
HEIGHTS = """() => {
  const tall = () => document.getElementById("main").getBoundingClientRect().height;
  const set = document.documentElement.style;
  const faces = getComputedStyle(document.documentElement).getPropertyValue("--serif");
  const ours = tall();
  set.setProperty("--serif", faces.replace(/^\\s*Gelasio,/, ""));
  return [ours, tall()];
}"""


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve(checked=False) as it:
        yield it


def test_all_faces_of_a_page_take_forty_thousand_bytes_at_most() -> None:
    assert {path.name for path in FACES} == {*templating.FACES}
    assert (
        sum(path.stat().st_size for path in FACES) <= subset_font.MOST_BYTES == 40_000
    )
    assert all(path.read_bytes().startswith(b"wOF2") for path in FACES)


def test_its_licence_lies_beside_it_and_with_the_others() -> None:
    licence = (templating.FONTS / "OFL.txt").read_text("utf-8")

    assert "SIL OPEN FONT LICENSE" in licence
    assert "Reserved Font Name" not in licence.splitlines()[0]  # or it needs another
    assert licence.strip() in (templating.BUNDLES / "LICENSES.txt").read_text("utf-8")


def test_it_has_every_letter_that_lessons_are_written_with() -> None:
    cells = (
        cell
        for path in (REPO / "notebooks").glob("*.ipynb")
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        if cell["cell_type"] == "markdown"
    )
    letters = {letter for cell in cells for letter in "".join(cell["source"])}
    arabic = {letter for letter in letters if "\u0600" <= letter <= "\u06ff"}

    assert letters - arabic - {"\n"} <= {*subset_font.CHARACTERS}


@pytest.mark.parametrize("policy", [POLICY, relative_urls.POLICY])
def test_a_page_may_load_it_from_where_it_comes_from_alone(policy: str) -> None:
    allowed = re.search(r"font-src ([^;]+)", policy)[1].split()

    assert "'self'" in allowed
    assert not any("//" in source or source == "*" for source in allowed)


@pytest.mark.parametrize("name", templating.FACES)
def test_it_is_sent_as_a_font_and_kept_for_ever(served: Served, name: str) -> None:
    answer = served.ask("GET", templating.asset_path(name))

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "font/woff2"
    assert answer.headers["Cache-Control"] == templating.IMMUTABLE
    assert answer.body == templating.file(name).read_bytes()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["", "lesson/00_welcome", "ground", "help"])
def test_a_page_is_set_in_it_and_hardly_moves_when_it_comes(
    phone: Callable[..., Phone], served: Served, path: str
) -> None:
    page = phone(served).goto(path)

    assert page.evaluate(LOADED) >= 1
    assert page.evaluate(TEXT).startswith("Gelasio")
    ours, without = page.evaluate(HEIGHTS)
    assert without == pytest.approx(ours, rel=0.05)


@pytest.mark.browser
@pytest.mark.parametrize("path", ["ground", "help"])
def test_a_page_is_whole_where_it_does_not_come(
    phone: Callable[..., Phone], served: Served, path: str
) -> None:
    one = phone(served)
    one.page.route("**/*.woff2", lambda route: route.abort())
    page = one.goto(path)

    assert page.evaluate(LOADED) == 0
    page.get_by_role("heading", level=1).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
