"""The brain in a browser: drawn, turned, and flat wherever it cannot be drawn."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from beyond_the_no.explore import BrainTurn
from beyond_the_no.explore.brain_surface import BrainSurface
from beyond_the_no.explore.explore import HERE
from beyond_the_no.models import brain_surface as surface

pytestmark = pytest.mark.browser
TRAITS = (
    *("state", "controls", "picture", "answer", "words"),
    *("drawn_by", "evidence", "lends"),
)
PAGE = """<!doctype html><html lang="en"><title>Brain</title>
<style>body {{ margin: 16px; background: #faf8f4 }} {css}</style><main></main>
<script type="module">{before}
{script}
const traits = {traits};
const surface = {surface};
globalThis.sent = []; globalThis.asked = 0; globalThis.inside = {{ unpacked }};
const heard = {{}};
const lent = async (source, state) => {{
  if (source !== traits.lends) return {{ ...traits.words, ...await shown(state) }};
  asked += 1;
  return surface;
}};
const shown = async (state) => ({{ picture: traits.picture, answer: state }});
if ({lends}) globalThis.beyondShelf = lent;
globalThis.end = render({{
  model: {{
    get: (name) => traits[name],
    set: (name, value) => (traits[name] = value),
    on: (name, listener) => (heard[name] = listener),
    send: (content) => {{
      sent.push(content);
      heard["msg:custom"]({{ lent: surface }});
    }},
    save_changes() {{}},
  }},
  el: document.querySelector("main"),
}});
globalThis.surface = surface;
</script>"""
TURNED = ".beyond-explore-turned"
# how much of the canvas is drawn, and one number for what is
LOOK = """() => new Promise((done) => {
const look = () => {
  const canvas = document.querySelector("canvas");
  const flat = document.createElement("canvas");
  Object.assign(flat, { width: 90, height: 90 });
  const pen = flat.getContext("2d");
  pen.drawImage(canvas, 0, 0, 90, 90);
  const pixels = pen.getImageData(0, 0, 90, 90).data;
  let filled = 0, sum = 0;
  for (let i = 0; i < pixels.length; i += 4) {
    filled += pixels[i + 3] > 0;
    sum = (sum * 31 + pixels[i] + 7 * pixels[i + 1] + 13 * pixels[i + 3]) % 1000003;
  }
  done({ filled: filled / 8100, sum });
};
requestAnimationFrame(() => requestAnimationFrame(look)); })"""
# a canvas keeps what was drawn, so that a test can look at it later
KEEP = """const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, more) {
  return get.call(this, kind, { ...more, preserveDrawingBuffer: true });
};"""
NOTHING_DRAWN = KEEP + "WebGL2RenderingContext.prototype.drawElements = () => {};"
NO_WEBGL = """HTMLCanvasElement.prototype.getContext = () => null;"""
NO_SHADER = KEEP + "WebGL2RenderingContext.prototype.linkProgram = () => {};"


# each frame comes a tenth of a second later, and half blown up is between two views
FRAMES = """let clock = 0;
const raf = globalThis.requestAnimationFrame;
performance.now = () => clock;
globalThis.requestAnimationFrame = (frame) => raf(() => frame((clock += 100)));
globalThis.halfway = 0;
const set = WebGL2RenderingContext.prototype.uniform1f;
WebGL2RenderingContext.prototype.uniform1f = function (place, value) {
  if (value > 0 && value < 1) halfway += 1;
  set.call(this, place, value);
};"""


@pytest.fixture
def show(browser):
    """Show the explorer on a page of its own; further words are options of the page."""
    pages = []

    def opened(before=KEEP, lends=True, state=None, **options):
        explorer = BrainTurn(state=state or {})
        traits = {name: getattr(explorer, name) for name in TRAITS}
        script = BrainTurn._esm.replace("export default { render };", "")
        filled = PAGE.format(
            css=(HERE / "explore.css").read_text("utf-8"),
            before=before,
            script=script,
            traits=json.dumps(traits),
            surface=json.dumps(BrainSurface.shown({})),
            lends=json.dumps(lends),
        )
        size = {"width": 390, "height": 844}
        page = browser.new_page(
            **({"viewport": size, "reduced_motion": "reduce"} | options)
        )
        page.set_default_timeout(10_000)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.set_content(filled)
        page.wait_for_function("typeof end === 'function'")
        pages.append(page)
        return page

    yield opened
    for page in pages:
        assert page.faults == []
        page.close()


def flat(page):
    """Whether the flat picture is what is seen."""
    seen = "element => getComputedStyle(element).visibility"
    picture = page.locator(".beyond-explore-picture").evaluate(seen)
    solid = page.locator(".beyond-explore-solid").evaluate(seen)
    assert {picture, solid} == {"visible", "hidden"}
    return picture == "visible"


def turned(page):
    page.wait_for_selector(TURNED)
    return page


def test_it_is_drawn_and_covers_the_flat_picture(show):
    page = turned(show())

    assert not flat(page)
    assert 0.2 < page.evaluate(LOOK)["filled"] < 0.8
    assert "out of sight" in page.locator("canvas").get_attribute("aria-label")
    stage = page.locator(".beyond-explore-stage").bounding_box()
    assert stage["height"] == pytest.approx(460 / 358 * stage["width"], abs=1)


def test_what_was_packed_is_what_is_unpacked(show):
    page = turned(show())
    found = page.evaluate("""() => {
      const bytes = Uint8Array.from(atob(surface.surface), (one) => one.charCodeAt(0));
      const { triangles, halves } = inside.unpacked(bytes);
      return { triangles: [...triangles], last: halves.map(({ pial, inflated, data }) =>
        [[...pial.slice(-3)], [...inflated.slice(-3)], [...data.slice(-6)]]) };
    }""")
    triangles, _ = surface.divided()

    assert found["triangles"] == triangles.ravel().tolist()
    for half, side in enumerate(surface.SIDES):
        pial, inflated, data = found["last"][half]
        assert pial == surface.points("pial", side)[-1].tolist()
        assert inflated == surface.points("infl", side)[-1].tolist()
        shares = [
            surface.share(t)[(half + 1) * surface.POINTS - 1]
            for t in ("pain", "rejection")
        ]
        assert data[1:3] == [2 * share for share in shares]


@pytest.mark.parametrize("key", ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"])
def test_a_key_turns_it_and_home_turns_it_back(show, key):
    page = turned(show())
    before = page.evaluate(LOOK)
    page.get_by_role("group", name=re.compile("Arrow keys")).focus()
    page.keyboard.press(key)
    after = page.evaluate(LOOK)
    page.keyboard.press("Home")

    assert after["sum"] != before["sum"]
    assert page.evaluate(LOOK) == before


def test_a_button_does_what_a_key_does(show):
    page = turned(show())
    page.get_by_role("button", name="Turn left").click()
    button = page.evaluate(LOOK)
    page.get_by_role("group", name=re.compile("Arrow keys")).focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")

    assert page.evaluate(LOOK) == button


def test_it_can_be_dragged_and_other_keys_are_the_pages(show):
    page = turned(show())
    before = page.evaluate(LOOK)
    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 100)
    page.mouse.up()
    after = page.evaluate(LOOK)
    page.mouse.move(box["x"] + 20, box["y"] + 100)

    assert after["sum"] != before["sum"]
    assert page.evaluate(LOOK) == after, "it is let go"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_each_view_names_what_it_is_there_to_show(show):
    page = turned(show())
    seen = {}
    for view in ("Outside", "Inside", "Unfolded"):
        page.get_by_role("radio", name=view).check(force=True)
        page.evaluate(LOOK)
        seen[view] = set(
            page.locator(".beyond-explore-label:visible").all_inner_texts()
        )

    assert seen == {
        "Outside": {"front"},
        "Inside": {"front", "ACC", "forehead"},
        "Unfolded": {"front", "insula"},
    }


def test_bar_and_map_change_what_is_coloured(show):
    page = turned(show(state={"view": "unfolded"}))
    looks = [page.evaluate(LOOK)]
    page.get_by_role("slider").press("ArrowLeft")
    looks.append(page.evaluate(LOOK))
    page.get_by_role("radio", name="Body pain").check(force=True)
    looks.append(page.evaluate(LOOK))

    assert len({look["sum"] for look in looks}) == 3
    assert len({look["filled"] for look in looks}) == 1, "the brain stays where it is"
    assert page.get_by_text("10 of 100 studies report").is_visible()


@pytest.mark.parametrize(
    "before", [NO_WEBGL, NOTHING_DRAWN, NO_SHADER], ids=["none", "empty", "shader"]
)
def test_without_webgl_the_flat_picture_stays_and_the_controls_answer(show, before):
    page = show(
        before=f"console.info = (...said) => (globalThis.said = said); {before}"
    )
    page.wait_for_function("globalThis.said")
    page.get_by_role("radio", name="Inside").check(force=True)
    page.locator("output", has_text='"view":"inside"').wait_for()

    assert flat(page)
    assert page.evaluate("asked") == 1, "what cannot be drawn is not asked for again"


def test_a_context_that_is_lost_leaves_the_flat_picture_and_may_come_back(show):
    page = turned(show())
    before = page.evaluate(LOOK)
    page.evaluate("""() => {
      const gl = document.querySelector("canvas").getContext("webgl2");
      globalThis.loss = gl.getExtension("WEBGL_lose_context");
      loss.loseContext();
    }""")
    page.wait_for_selector(TURNED, state="detached")
    assert flat(page)
    page.get_by_role("radio", name="Inside").check(force=True)
    page.get_by_role("radio", name="Outside").check(force=True)
    page.evaluate("loss.restoreContext()")
    turned(page)

    assert page.evaluate(LOOK) == before


def test_paper_and_forced_colours_get_the_flat_picture(show):
    page = turned(show())
    page.emulate_media(media="print")
    assert flat(page)
    page.emulate_media(media="screen", forced_colors="active")
    assert flat(page)
    page.emulate_media(forced_colors="none")
    assert not flat(page)


@pytest.mark.parametrize(
    ("wish", "moves"), [("reduce", False), ("no-preference", True)]
)
def test_who_wants_no_motion_sees_the_next_view_at_once(show, wish, moves):
    page = turned(show(before=KEEP + FRAMES, reduced_motion=wish))
    page.get_by_role("radio", name="Unfolded").check(force=True)
    insula = page.locator(".beyond-explore-label", has_text="insula").first
    expect(insula).to_be_visible()

    assert bool(page.evaluate("halfway")) == moves


def test_it_is_asked_for_when_it_comes_near_and_not_before(show):
    page = show(
        before=KEEP + "document.querySelector('main').style.marginTop = '4000px';"
    )
    page.evaluate(LOOK)
    assert page.evaluate("asked") == 0
    page.evaluate("scrollTo(0, 3000)")
    turned(page)

    assert page.evaluate("asked") == 1


def test_in_jupyterlab_the_kernel_hands_it_over(show):
    page = turned(show(lends=False))

    assert page.evaluate("sent") == [{"lend": True}]
    assert page.evaluate(LOOK)["filled"] > 0.2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show, scheme):
    page = turned(show(color_scheme=scheme))
    page.evaluate(LOOK)
    found = Axe().run(page).response["violations"]
    # a piece of a page has neither a heading of its own nor landmarks around it
    apart = {"page-has-heading-one", "heading-order", "region", "landmark-one-main"}

    assert [one["id"] for one in found if one["id"] not in apart] == []


def test_it_lets_go_of_everything_when_it_ends(show):
    page = turned(show())
    page.evaluate("end()")
    before = page.evaluate(LOOK)
    page.set_viewport_size({"width": 700, "height": 700})

    assert page.evaluate(LOOK)["filled"] == pytest.approx(before["filled"], abs=0.05)
