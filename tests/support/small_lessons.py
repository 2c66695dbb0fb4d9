"""Small notebooks for the tests: a folder of lessons in a line or two."""

import json
from pathlib import Path


def notebook(*cells: str, title: str = "", **metadata: object) -> str:
    """A notebook of code cells; those that begin with ``#`` are prose."""
    about = {"title": title} if title else {}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = []
    for at, source in enumerate(cells):
        cell = {"id": f"cell-{at}", "metadata": {}, "source": source}
        if source.startswith("#"):
            cell["cell_type"] = "markdown"
        else:
            cell |= {"cell_type": "code", "outputs": [], "execution_count": None}
        made.append(cell)
    whole = {
        "cells": made,
        "metadata": {"kernelspec": kernel} | about | metadata,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole)


def poll(name: str, question: str = "Which?") -> str:
    return (
        "from beyond_the_no.together import Poll\n"
        f'Poll("{name}", "{question}", ["One", "Two", "Three"])'
    )


ASKS = "import ipywidgets as w\nw.IntSlider(3)"  # needs Python, so a page has a kernel
NOTE = 'from beyond_the_no.own import NoteToSelf\nNoteToSelf("a-line")'


def write(folder: Path, **lessons: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in lessons.items():
        (folder / f"{name}.ipynb").write_text(text, "utf-8")
    return folder
