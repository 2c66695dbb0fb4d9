"""Explorers on a page: each keeps its own choices, and its controls fit a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from support import small_lessons as nb
from support.served import Phone, as_long_as, serve

CELLS = [
    f"from beyond_the_no.explore import {name}\n{name}()"
    for name in ("LeftOut", "OxytocinTrials")
]


@pytest.mark.browser
def test_a_choice_in_one_leaves_the_other_alone(
    tmp_path: Path, phone: Callable[..., Phone]
) -> None:
    nb.write(tmp_path, two=nb.notebook(*CELLS, title="Two"))
    with serve("--lessons", str(tmp_path)) as served:
        page = phone(served).lesson("two")
        first, second = (page.locator(".beyond-explore").nth(n) for n in (0, 1))
        for explorer in (first, second):
            explorer.get_by_role("button", name="Show me").click()
        first.get_by_role("radio", name="Feelings").check()
        second.get_by_role("radio", name="On cortisol").check()

        assert first.get_by_role("radio", name="Feelings").is_checked()
        assert second.get_by_role("radio", name="On cortisol").is_checked()
        first.locator("output").get_by_text("more hurt").wait_for()
        second.locator("output").get_by_text("somewhat lower").wait_for()


CUT_OFF = """() => { const pen = document.createElement("canvas").getContext("2d");
return [...document.querySelectorAll(".beyond-explore select")].flatMap((one) => {
  const look = getComputedStyle(one);
  pen.font = `${look.fontSize} ${look.fontFamily}`;
  const edge = parseFloat(look.paddingLeft) + parseFloat(look.paddingRight);
  const room = one.clientWidth - edge;
  const options = [...one.options].map((option) => option.text);
  return options.filter((text) => pen.measureText(text).width > room); }); }"""
SHORT = """() => [...document.querySelectorAll(".beyond-explore-tabs")].filter((tabs) =>
  Math.abs(tabs.lastElementChild.getBoundingClientRect().right
    - tabs.getBoundingClientRect().right) > 2).length"""


@pytest.mark.browser
def test_no_option_is_cut_off_and_two_choices_fill_the_line(
    tmp_path: Path, phone: Callable[..., Phone]
) -> None:
    names = ("Therapies", "CultureOverlap", "HowManyNoes")
    cells = [f"from beyond_the_no.explore import {n}\n{n}()" for n in names]
    nb.write(tmp_path, three=nb.notebook(*cells, title="Three"))
    with serve("--lessons", str(tmp_path)) as served:
        page = phone(served).lesson("three")
        show = page.get_by_role("button", name="Show me")
        for _ in as_long_as(show.count):
            show.first.click()
        selects = page.locator(".beyond-explore select")
        selects.first.wait_for()

        assert selects.count() >= 3
        assert page.locator(".beyond-explore-tabs").count() >= 1
        assert page.evaluate(CUT_OFF) == []
        assert page.evaluate(SHORT) == 0
