"""The house style: one canvas, nine colours, one way to save.

    with style() as colour:
        fig = canvas(260, "What is counted")
        ax = axes(fig, left=20, top=60, width=320, height=160)

All places are px on a phone, counted from the top left of a figure 358 px wide. One
colour has one meaning on every page: cloth is being left out, a no, or the only series;
ribbon is the other side; grey is everything else. Colour never says it alone.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

WIDTH = 358
COLOURS = {
    "paper": "#FAF8F4",
    "ink": "#1F2321",
    "soft": "#50524C",
    "line": "#C6C3BA",
    "wash": "#E6E2D9",
    "cloth": "#0F4C5C",
    "pale_cloth": "#C9DFE4",
    "ribbon": "#A34E00",
    "pale_ribbon": "#F7E2C6",
}
FACES = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
PLAIN = dict.fromkeys(("Date", "Creator", "Format", "Type"))  # no metadata in the file
STYLE = matplotlib.rc_params_from_file(
    Path(__file__).with_name("beyond.mplstyle"), use_default_template=False
)


@contextmanager
def style() -> Iterator[SimpleNamespace]:
    """Switch the house style on, and give its colours by name."""
    with matplotlib.rc_context(STYLE):
        yield SimpleNamespace(**COLOURS)


def canvas(height: float, *title: str) -> Figure:
    """Make an empty figure with a title of one or two short lines."""
    fig = Figure(figsize=(WIDTH / 72, height / 72))
    for i, line in enumerate(title):
        say(fig, 0, 9 + 17 * i, line, size=13, weight="bold")
    return fig


def say(fig: Figure, x: float, y: float, text: str, **kw: Any) -> Text:
    """Write one line, its middle `y` px below the top."""
    # one line only: of several, SVG forgets how they were aligned
    down = 1 - y / fig.get_figheight() / 72
    return fig.text(x / WIDTH, down, text, **{"va": "center_baseline", **kw})


def axes(fig: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add axes, placed in px from the top left."""
    tall = fig.get_figheight() * 72
    place = (left / WIDTH, 1 - (top + height) / tall, width / WIDTH, height / tall)
    return fig.add_axes(place)


def px(fig: Figure) -> Transform:
    """Transform for shapes placed in px from the bottom left."""
    return Affine2D().scale(1 / 72) + fig.dpi_scale_trans


def svg(fig: Figure) -> str:
    """
    Save a figure as SVG to be put inside a page.

    The same figure gives the same bytes. Each colour is a variable of the page
    (``--chart-ink`` and so on), with the light colour where the page has none.
    """
    out = io.StringIO()
    with style():
        fig.savefig(out, format="svg", metadata=PLAIN)
    text = out.getvalue()
    text = text[text.index("<svg") :]
    # matplotlib's own style element would restyle the whole page
    text = re.sub(r"<style.*?</style>", "", text, flags=re.S)
    text = re.sub(r'<metadata>.*?</metadata>| id="\w+_\d+"', "", text, flags=re.S)
    text = re.sub(r"font-family: [^;]*; ", "", text)
    # a tenth of a px will do
    text = re.sub(
        r"\d+\.\d\d+", lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), text
    )
    head, body = text.split(">", 1)
    head = re.sub(r' (width|height)="[^"]*"', "", head)
    shared = f"font-family: {FACES}; stroke-linejoin: round; stroke-linecap: butt"
    text = f'{head} style="{shared}">{body}'
    for name, colour in COLOURS.items():
        variable = f"var(--chart-{name.replace('_', '-')}, {colour})"
        text = re.sub(colour, variable, text, flags=re.I)
    return text


def check(fig: Figure) -> list[str]:
    """
    Find text under 13 px, cut off, or on other text.

    Measured in the widest face a phone may have; a lesson shrinks a picture by a
    twelfth at most. Does not see lines behind text.
    """
    pen = FigureCanvasAgg(fig).get_renderer()  # type: ignore[no-untyped-call]
    found = fig.findobj(lambda a: isinstance(a, Text) and a.get_visible())
    texts = [t for t in found if isinstance(t, Text) and t.get_text().strip()]
    fig.draw_without_rendering()  # tick labels have no place before
    boxes = [(t.get_text(), t.get_window_extent(pen)) for t in texts]
    wide, tall = fig.bbox.x1 + 1, fig.bbox.y1 + 1
    wrong = [
        f"under 13 px: {t.get_text()}" for t in texts if float(t.get_fontsize()) < 13
    ]
    wrong += [
        f"cut off: {text}"
        for text, b in boxes
        if b.x0 < -1 or b.x1 > wide or b.y0 < -1 or b.y1 > tall
    ]
    wrong += [
        f"on each other: {text} / {other}"
        for i, (text, b) in enumerate(boxes)
        for other, a in boxes[:i]
        if b.padded(-1.5).overlaps(a.padded(-1.5))
    ]
    return wrong
