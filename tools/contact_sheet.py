"""All line drawings on one sheet, light and dark: ``python tools/contact_sheet.py``.

Each stands there as wide as on a phone, and small, with its size and what it shows.
"""

import argparse
import html
from pathlib import Path

from playwright.sync_api import sync_playwright

from beyond_the_no.content import drawings
from beyond_the_no.server.host import chromium
from beyond_the_no.server.rendering import templating

COLUMN = 350  # px: what a phone of 390 leaves for it
STYLE = f"""
body {{ display: flex; align-items: start; }}
section {{ flex: 1; padding: 20px; background: var(--paper); color: var(--ink); }}
section .sheet {{ display: flex; flex-wrap: wrap; gap: 20px; }}
figure {{ width: {COLUMN}px; font: 14px/1.4 var(--sans); }}
figure.one {{ width: 110px; }}
figure .drawing {{ margin: 0 0 8px; }}
"""


def page() -> str:
    """Return the sheet as a page that needs nothing else."""
    theme = templating.file("theme.css").read_text("utf-8")
    # the theme's dark tokens belong to the root; here they belong to one half
    theme = theme.replace(":root[data-theme", "[data-theme")
    halves = "".join(half(mode) for mode in ("light", "dark"))
    head = f'<meta charset="utf-8"><title>Drawings</title><style>{theme}{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{halves}</body>'


def half(mode: str) -> str:
    """Return all drawings in one theme."""
    every = "".join(figure(*one) for one in drawings.descriptions().items())
    return f'<section data-theme="{mode}"><div class="sheet">{every}</div></section>'


def figure(name: str, shows: str) -> str:
    """Return one drawing with its name, its size, and what it shows."""
    size = (drawings.FOLDER / f"{name}.svg").stat().st_size
    said = html.escape(f"{name}, {size / 1000:.1f} kB. {shows}")
    drawn = drawings.inline(name)
    kind = "one" if 'viewBox="0 0 100 ' in drawn else "place"
    caption = f"<figcaption>{said}</figcaption>"
    return f'<figure class="{kind}">{drawn}{caption}</figure>'


def main() -> None:
    """Write the sheet as a picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    there = Path("drawings.png")
    parser.add_argument("file", nargs="?", type=Path, default=there, help="a PNG file")
    into = parser.parse_args().file
    with sync_playwright() as playwright:
        options = {"executable_path": chromium.find(), "args": chromium.OPTIONS}
        browser = playwright.chromium.launch(**options)
        sheet = browser.new_page(viewport={"width": 1600, "height": 900})
        sheet.set_content(page())
        sheet.screenshot(path=into, full_page=True)
        browser.close()
    print(into)


if __name__ == "__main__":
    main()
