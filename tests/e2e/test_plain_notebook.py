"""An ordinary notebook with ipywidgets and matplotlib, as a lesson on a phone."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.commands import author
from support.served import Phone, Served, serve, violations

pytestmark = pytest.mark.browser
LESSON = "plain_ipywidgets"


@pytest.fixture(scope="module", params=["auto", "voila"])
def served(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("lessons")
    shutil.copy(author.OWN / f"{LESSON}.ipynb", folder)
    with serve("--lessons", str(folder), "--front-end", request.param) as it:
        assert it.health()["trouble"] == {}
        yield it


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    phone = Phone(browser, served)
    yield phone.lesson(LESSON)
    phone.close()
    assert phone.errors == []
    assert phone.asked_elsewhere() == []


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for name in ("Ground me", "Help"):
        expect(page.locator("body > .care").get_by_text(name).first).to_be_in_viewport()


def test_its_controls_redraw_its_chart(page: Page) -> None:
    chart = page.locator("#lesson img")
    expect(chart).to_have_count(1)
    first = chart.get_attribute("src")
    expect(page.get_by_text("At least one no: 97 of 100 evenings.")).to_be_visible()
    fits(page)

    page.get_by_role("slider", name="Asked").press("ArrowRight")
    expect(page.get_by_text("At least one no: 98 of 100 evenings.")).to_be_visible()
    expect(chart).to_have_count(1)
    second = chart.get_attribute("src")
    page.get_by_role("combobox", name="Busy").select_option("Few")
    expect(page.get_by_text("At least one no: 74 of 100 evenings.")).to_be_visible()
    expect(chart).to_have_count(1)

    assert len({first, second, chart.get_attribute("src")}) == 3
    fits(page)


def test_its_button_writes_into_its_output(page: Page) -> None:
    written = re.compile(r"(\d said no, \d said yes\.\s*){2}")
    for _ in range(2):
        page.get_by_role("button", name="Ask five friends").click()

    expect(page.locator("#lesson")).to_contain_text(written, use_inner_text=True)
    fits(page)


def test_everyone_can_use_it(page: Page) -> None:
    assert violations(page) == []
