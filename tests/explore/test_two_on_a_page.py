"""Two explorers on one page: each keeps its own choices."""

from collections.abc import Callable
from pathlib import Path

import pytest

import small_lessons as nb
from served import Phone, serve

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
