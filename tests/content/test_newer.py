"""A lesson changes while people are in it: nobody's page is pulled from under her."""

import shutil
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

from support import small_lessons as nb
from support.kernel_line import line_to, made_up
from support.served import REPO, Phone, children, serve, until

COUNTER = (
    "import ipywidgets as w\n"
    "button, said = w.Button(description='Count'), w.Label('0')\n"
    "def count(_): said.value = str(int(said.value) + 1)\n"
    "button.on_click(count)\n"
    "w.VBox([button, said])"
)


@pytest.mark.browser
def test_a_page_in_use_is_told_of_a_newer_version_and_goes_on(
    tmp_path: Path, phone: Callable[..., Phone]
) -> None:
    folder = nb.write(tmp_path / "lessons", one=nb.notebook("# Old words", COUNTER))
    with serve("--lessons", str(folder)) as served:
        page = phone(served).lesson("one")
        look(page)
        page.get_by_role("button", name="Count").click()
        expect(page.get_by_text("1", exact=True)).to_be_visible()

        nb.write(folder, one=nb.notebook("# New words", COUNTER))
        until(lambda: "New words" in served.ask("GET", "lesson/one").text)
        look(page)

        newer = page.get_by_text("There’s a newer version of this page.")
        expect(newer).to_be_visible()
        page.get_by_role("button", name="Count").click()
        expect(page.get_by_text("2", exact=True)).to_be_visible()
        expect(page.get_by_role("heading", name="Old words")).to_be_visible()


def look(page) -> None:
    """Have the page ask for news, as it does when someone comes back to it."""
    with page.expect_response(lambda r: r.request.method == "HEAD"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout of one's own, whose code may be changed."""
    for name in ("widgets", "data", "notebooks"):
        shutil.copytree(
            REPO / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns(
                "__pycache__", "node_modules", ".ipynb_checkpoints"
            ),
        )
    return tmp_path


def test_in_authoring_mode_lessons_follow_the_code_of_widgets(copy: Path) -> None:
    code = copy / "widgets/beyond_the_no/models/said.py"
    code.write_text("WORD = 'old words'\n")
    cell = "from beyond_the_no.models import said\nprint(said.WORD)"
    folder = nb.write(copy / "lessons", one=nb.notebook(cell, nb.ASKS, title="One"))
    with serve("--lessons", str(folder), "--author", checkout=copy) as served:
        assert "old words" in served.ask("GET", "lesson/one").text
        server = psutil.Process(served.process.pid)
        before = made_up(served)
        with line_to(served, before):
            until(lambda: served.health()["kernels"] == 1)

            code.write_text("WORD = 'newer words'\n")
            until(lambda: "newer words" in served.ask("GET", "lesson/one").text)

            assert made_up(served)[:8] != before[:8]
            answer = served.ask("GET", f"api/kernels/{before}")
            assert answer.status == 200, "the page that is open keeps its kernel"

        for word in ("third", "fourth"):  # older versions go when nobody uses them
            code.write_text(f"WORD = 'the {word} words'\n")
            until(lambda word=word: word in served.ask("GET", "lesson/one").text)
        commands = [p.cmdline() for p in children(server)]
        bases = [c for c in commands if any(w.endswith(".zygote") for w in c)]
        assert len(bases) <= 3, "a zygote ends with the last lesson made with it"
