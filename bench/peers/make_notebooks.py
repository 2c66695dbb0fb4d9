"""Write the notebooks that servers show: ``python bench/peers/make_notebooks.py``."""

from inspect import getsource
from pathlib import Path

import nbformat
from lesson_chart import chart
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

HERE = Path(__file__).parent
LESSON = [
    "# Why a no hurts\n\nMove the slider and see what support does.",
    """
import io

import ipywidgets as w
import numpy as np
from matplotlib.figure import Figure
""",
    f"\n{getsource(chart)}",
    """
slider = w.IntSlider(5, 0, 10, description="support")
setting = w.Dropdown(options=[("family", 0), ("friends", 1), ("work", 2)])
word = w.Text(description="my word")
picture = w.HTML(chart(5, 0))


def draw(change):
    picture.value = chart(slider.value, setting.value)


slider.observe(draw, "value")
setting.observe(draw, "value")
w.VBox([slider, setting, word, picture])
""",
    "## Which of these do you know?\n\nTick what fits. Nothing is kept.",
    """
names = ["doubt", "worry", "hiding", "sadness", "anger", "loneliness", "brooding"]
boxes = [w.Checkbox(description=name, indent=False) for name in names]
notes = [w.Label("not today") for _ in names]
rows = [w.HBox([boxes[i], notes[i]]) for i in range(3)]
total = w.HTML("<b>0 ticked</b>")


def count(change):
    total.value = f"<b>{sum(box.value for box in boxes)} ticked</b>"


for box in boxes:
    box.observe(count, "value")
w.VBox([*rows, *boxes[3:], *notes[3:], total])
""",
    """
button, out = w.Button(description="say it anew"), w.Output()


def say(button):
    out.clear_output()
    with out:
        print("A no to this, not to you:", word.value)


button.on_click(say)
w.HBox([button, out])
""",
    "Take the word with you.",
]
DRAWN = [
    "# What brain scans show",
    """
import ipywidgets as w

from beyond_the_no.explore import BrainOverlap
""",
    """
slider = w.IntSlider(20, 5, 30, 5, description="studies")
picture = w.HTML(BrainOverlap.draw(bar=20)[0])


def draw(change):
    picture.value = BrainOverlap.draw(bar=slider.value)[0]


slider.observe(draw, "value")
w.VBox([slider, picture])
""",
]


def write(name: str, cells: list[str]) -> None:
    """Write a notebook without outputs; prose begins without a new line."""
    notebook = new_notebook()
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    notebook.metadata.title = cells[0].lstrip("# ").split("\n")[0]
    for at, text in enumerate(cells):
        new = new_code_cell if text.startswith("\n") else new_markdown_cell
        notebook.cells.append(new(text.strip(), id=f"cell-{at}"))
    nbformat.write(notebook, HERE / f"{name}.ipynb")


if __name__ == "__main__":
    write("lesson", LESSON)
    write("drawn", DRAWN)
