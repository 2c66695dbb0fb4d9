"""Controls that lie on a picture, in a browser: where they are, and that they work."""

import json

import pytest

from beyond_the_no.explore import Bridge, Feed, SensitivityLoop
from beyond_the_no.explore.explore import HERE
from beyond_the_no.models.planks import PLANKS

TRAITS = ("state", "controls", "picture", "answer", "words", "drawn_by", "evidence")
PAGE = """<!doctype html><style>body {{ margin: 16px }} {css}</style><main></main>
<script type="module">{script}
const traits = {traits};
window.sent = [];
render({{
  model: {{
    get: (name) => traits[name],
    set: (name, value) => sent.push(value),
    on() {{}},
    save_changes() {{}},
  }},
  el: document.querySelector("main"),
}});
</script>"""


def opened(browser, explorer, width):
    """Open a page with nothing but an explorer's picture and controls."""
    traits = {name: getattr(explorer, name) for name in TRAITS}
    traits["words"] = traits["words"] | {"guess": None}
    script = explorer._esm.replace("export default { render };", "")
    css = (HERE / "explore.css").read_text("utf-8")
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.set_content(PAGE.format(css=css, script=script, traits=json.dumps(traits)))
    page.wait_for_selector(".beyond-explore-stage svg")
    return page


@pytest.fixture(params=[320, 390])
def page(request, browser):
    """The bridge on a narrow page."""
    page = opened(browser, Bridge(), request.param)
    yield page
    page.close()


@pytest.mark.parametrize("name", PLANKS)
def test_a_control_lies_on_its_board_and_is_large_enough(page, name):
    control = Bridge.declared()[name]
    picture = page.locator("svg").bounding_box()
    scale = picture["width"] / 358
    left, top, wide, tall = (scale * px for px in control.at)
    found = page.locator(
        ".beyond-explore-placed", has_text=control.label
    ).bounding_box()

    assert found["x"] == pytest.approx(picture["x"] + left, abs=1)
    assert found["y"] == pytest.approx(picture["y"] + top, abs=1)
    assert found["width"] == pytest.approx(wide, abs=1)
    assert found["height"] == pytest.approx(tall, abs=1)
    assert min(found["width"], found["height"]) >= 24


def test_it_is_a_checkbox_with_a_name_and_moves_the_state(page):
    people = Bridge.declared()["people"].label
    page.get_by_role("checkbox", name=people).check()
    page.wait_for_function("sent.length > 0")

    assert page.evaluate("sent.at(-1).people") is True
    assert page.get_by_role("checkbox").count() == len(PLANKS)


def test_it_is_put_aside_where_it_does_not_matter(page):
    page.get_by_role("radio", name="What studies say").check(force=True)

    assert page.get_by_role("checkbox").count() == 0


@pytest.mark.parametrize(("view", "placed"), [("ring", 4), ("time", 0)])
def test_the_loops_controls_are_its_arrows_and_elsewhere_among_the_others(
    browser, view, placed
):
    page = opened(browser, SensitivityLoop(state={"view": view}), 390)

    assert page.get_by_role("checkbox").count() == 4
    assert page.locator(".beyond-explore-stage input").count() == placed
    page.get_by_role("checkbox", name="Pause first").focus()
    page.keyboard.press("Space")
    page.wait_for_function("sent.length > 0")
    assert page.evaluate("sent.at(-1).pause") is True
    page.close()


def test_a_press_goes_one_round_on_and_after_the_last_begins_again(browser):
    page = opened(browser, Feed(state={"again": 9}), 390)
    post = page.get_by_role("button", name="Post all three again")
    for _ in range(2):
        post.press("Enter")
        page.wait_for_function("sent.length > 0")

    assert [each["again"] for each in page.evaluate("sent")] == [10, 1]
    page.close()
