"""What lessons from elsewhere show, on a phone: sounds, formulas, errors, controls."""

import base64
import io
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from beyond_the_no.server.rendering.formulas import FORMULA
from support import small_lessons as nb
from support.served import Phone, Served, serve, until, violations

pytestmark = pytest.mark.browser
GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
SOUNDS = [
    '# S\n\n<audio controls src="a%20sound.wav"></audio> <img src="dot.gif" alt="dot">',
    "from IPython.display import Audio, display\ndisplay(Audio('a sound.wav'))",
    "import ipywidgets as w\nplayer = w.Audio.from_file('a sound.wav', autoplay=False)",
    "w.VBox([player])",
    "player",
    "from IPython.display import HTML\n"
    "HTML('<video controls src=\"a sound.wav\"></video>')",
]
PROSE = r"""# F

Chance $1-(1-p)^n$, money $5 or $6, \$7, and what nobody can read: $\notamacro{x}$.

$$P = 1$$

\begin{align}a&=b\end{align}"""
FORMULAS = [
    PROSE,
    "import ipywidgets as w\nfrom IPython.display import Math",
    r"w.VBox([w.Label('$\\alpha$'), w.HTMLMath('<b>$\\beta$</b>'), w.Text()])",
    r"w.IntSlider(description='$\\gamma$')",
    r"Math(r'\int x')",
    "out = w.Output()\nwith out:\n    display(Math('z'))\nout",
    "more, made = w.Button(description='More'), w.HTMLMath('none')\n"
    "more.on_click(lambda _: setattr(made, 'value', r'$\\omega$'))",
    "w.VBox([more, made])",
]
IN_PROSE, IN_ALL = 3, 8
ERRORS = [
    "# E",
    """import ipywidgets as w
out, go = w.Output(), w.Button(description='Go')
@go.on_click
def raises(_):
    with out:
        raise ValueError('this can be read')
with out:
    raise KeyError('at first')
w.VBox([go, out])""",
]
CHOICES = "RadioButtons ToggleButtons Select SelectMultiple Dropdown SelectionSlider"
FIELDS = (
    "IntSlider FloatSlider IntRangeSlider IntProgress IntText FloatText ToggleButton "
    "Checkbox Text Textarea Combobox Password DatePicker TimePicker ColorPicker"
)
BARE = [
    "# B",
    "import ipywidgets as w",
    *(f"w.{n}(options=['a', 'b'], description='{n} 1')" for n in CHOICES.split()),
    *(f"w.{n}(description='{n} 1')" for n in FIELDS.split()),
    "w.VBox([w.Button(icon='play'), w.IntProgress(value=3, description='Done')])",
    "w.Image(value=b'" + GIF + "', format='gif')",
]


def sound() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(bytes(8000))
    return made.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = nb.write(
        tmp_path_factory.mktemp("brought"),
        sounds=nb.notebook(*SOUNDS),
        formulas=nb.notebook(*FORMULAS),
        money=nb.notebook("# M\n\nFrom $5 to $6.", nb.NOTE),
        errors=nb.notebook(*ERRORS),
        bare=nb.notebook(*BARE),
    )
    (made / "a sound.wav").write_bytes(sound())
    (made / "dot.gif").write_bytes(base64.b64decode(GIF))
    return made


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve("--lessons", str(folder)) as it:
        assert it.health()["trouble"] == {}
        yield it


@pytest.fixture(scope="module")
def voilas(folder: Path) -> Iterator[Served]:
    with serve("--lessons", str(folder), "--front-end", "voila") as it:
        yield it


@pytest.fixture(params=["served", "voilas"])
def either(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Phone]:
    """A phone on each front end; nothing on its pages may fail."""
    one = Phone(browser, request.getfixturevalue(request.param))
    yield one
    one.close()
    assert one.errors == []
    assert one.asked_elsewhere() == []


def holds(page: Page, so: str) -> None:
    """Wait until it is so; Playwright's own wait would need eval on the page."""
    until(lambda: page.evaluate(so), what=so)


def test_sounds_and_pictures_of_the_lessons_own_play(either: Phone) -> None:
    page = either.lesson("sounds")

    expect(page.locator("audio, video")).to_have_count(5)
    holds(
        page,
        "[...document.querySelectorAll('audio, video')].every((s) => s.duration === 1)",
    )
    holds(page, "[...document.images].every((i) => i.naturalWidth)")


def test_formulas_are_typeset_wherever_they_stand(either: Phone) -> None:
    page = either.lesson("formulas")

    expect(page.locator(".prose math")).to_have_count(IN_PROSE)
    expect(page.locator("#lesson")).to_contain_text("money $5 or $6, $7")
    expect(page.locator("#lesson")).to_contain_text(r"$\notamacro{x}$")
    holds(page, f"document.querySelectorAll('math').length === {IN_ALL}")
    page.get_by_role("button", name="More").click()
    holds(page, f"document.querySelectorAll('math').length === {IN_ALL + 1}")


def test_who_writes_of_money_loads_nothing_for_formulas(served: Served) -> None:
    assert "math.js" not in served.ask("GET", "lesson/money").text
    assert "math.js" in served.ask("GET", "lesson/formulas").text


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("$x$", True),
        ("a $1-p$ b", True),
        ("$$x$$", True),
        (r"\\(x\\)", True),
        (r"\begin{align}x\end{align}", True),
        ("$5 and $10", False),
        ("from $5", False),
        ("$ 5 $", False),
        ("a $5, b $6.", False),
    ],
)
def test_a_formula_is_told_from_money(text: str, is_one: bool) -> None:
    assert bool(FORMULA.search(text)) == is_one


def test_an_error_in_an_output_is_its_last_line_also_later(either: Phone) -> None:
    page = either.lesson("errors")

    expect(page.get_by_text("KeyError: 'at first'")).to_be_visible()
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("ValueError: this can be read")).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_controls_outside_of_a_box_are_for_everyone_too(either: Phone) -> None:
    page = either.lesson("bare")

    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Done")).to_be_visible()
    expect(page.get_by_role("radiogroup", name="RadioButtons 1")).to_be_visible()
    expect(page.get_by_role("group", name="ToggleButtons 1")).to_be_visible()
    assert page.locator(".wide").count() == 0
    assert violations(page) == []


def test_one_repair_that_fails_costs_no_other(browser: Browser, served: Served) -> None:
    one = Phone(browser, served)
    one.context.add_init_script(
        """const closest = Element.prototype.closest;
        Element.prototype.closest = function (selector) {
          if (this.matches(".widget-radio-box")) throw new Error("on purpose");
          return closest.call(this, selector);
        };"""
    )
    page = one.lesson("bare")

    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Done")).to_be_visible()
    assert all("on purpose" in error for error in one.errors)
    assert one.errors
    one.close()
