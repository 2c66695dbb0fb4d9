"""The gallery: ``notebooks/author/gallery.ipynb``, and ``widgets/README.md`` from it.

Words and examples stand in the notebook alone. ``make screenshots`` takes the pictures
and writes the page.
"""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import anywidget

import tidy_notebooks as tidy

NOTEBOOK = tidy.ROOT / "notebooks" / "author" / "gallery.ipynb"
PAGE = tidy.ROOT / "widgets" / "README.md"
PICTURES = tidy.ROOT / "widgets" / "pictures"
FOLDERS = ("explore", "own", "together")
MOST_BYTES = 60_000
HEAD = """# Gallery

Every widget, with a picture and a sentence. `make author` opens them ready to try, and to copy into a lesson of your own. The line in a widget's margin is its promise: solid is for exploring, dotted is just for you, double is shared without your name. What people are promised in a group: [PROMISES.md](beyond_the_no/room/PROMISES.md).

`make screenshots` takes the pictures, and writes this page from [gallery.ipynb](../notebooks/author/gallery.ipynb).
"""  # noqa: E501


@dataclass(frozen=True)
class Entry:
    """One widget: where it lives, what it does, and the line that puts it down."""

    folder: str
    name: str
    sentence: str
    code: str

    @property
    def picture(self) -> Path:
        """Where its picture lies."""
        return PICTURES / self.folder / f"{self.name}.png"


def widgets() -> set[tuple[str, str]]:
    """Every widget that a lesson can import, by folder and name."""
    found = set()
    for folder in FOLDERS:
        module = importlib.import_module(f"beyond_the_no.{folder}")
        for name in module.__all__:
            one = getattr(module, name)
            if issubclass(one, anywidget.AnyWidget) and name != "Explore":
                found.add((folder, name))
    return found


def entries() -> Iterator[Entry]:
    """Each widget of the notebook, in its order."""
    folder, said = "", ""
    for cell in tidy.read(NOTEBOOK).cells:
        if cell.source.startswith("## "):
            folder = cell.source.split()[1]
        elif cell.source.startswith("### "):
            said = cell.source
        elif cell.cell_type == "code":
            title, sentence = said.removeprefix("### ").split("\n\n")
            yield Entry(folder, title, sentence, cell.source.split("\n\n")[1])


def page() -> str:
    """Return the gallery as a page of Markdown."""
    lines, folder = [HEAD], ""
    promises = dict(
        cell.source.removeprefix("## ").split("\n\n")
        for cell in tidy.read(NOTEBOOK).cells
        if cell.source.startswith("## ")
    )
    for one in entries():
        if one.folder != folder:
            folder = one.folder
            lines.append(f"## {folder}\n\n{promises[folder]}\n\n|  |  |\n|---|---|")
            lines[-2] = lines[-2].rstrip("\n") + "\n"
        where = one.picture.relative_to(PAGE.parent).as_posix()
        code = " ".join(one.code.split())
        lines.append(
            f'| <img src="{where}" alt="{one.name}" width="240"> '
            f"| **{one.name}**. {one.sentence}<br>`{code}` |"
        )
    return "\n".join(lines) + "\n"
