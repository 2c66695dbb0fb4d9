"""Detects formulas: only then does a page load the typesetter."""

import json
import re

from ...engine.kernels.executed_notebook import ExecutedNotebook

# a pair of dollar signs as Pandoc reads it: “$5 or $6” is money
FORMULA = re.compile(
    r"\$\$.+?\$\$|\$(?=\S)[^$\n]*?(?<=\S)\$(?!\d)|\\+\(|\\+\[|\\begin\{", re.DOTALL
)
LATER = re.compile(r"\bLatex\b|\bMath\b|\bsympy\b|HTMLMath")  # when something is moved


def money(body: str) -> bool:
    """Whether what stands between two dollar signs is no formula."""
    return body != body.strip()


def has(executed: ExecutedNotebook) -> bool:
    """Look at the prose, at what cells show, and at the texts of widgets."""
    for cell in executed.cells:
        if cell.cell_type == "markdown" and FORMULA.search(cell.source):
            return True
        if cell.cell_type == "code" and LATER.search(cell.source):
            return True
        if any("text/latex" in o.get("data", {}) for o in cell.get("outputs", [])):
            return True
    return any(_in(widget["state"]) for widget in executed.state.values())


def _in(state: dict[str, object]) -> bool:
    """Look at a widget's own texts; not at scripts that it brings."""
    if "_esm" in state:
        return False
    texts = (state.get(name) for name in ("value", "description", "outputs"))
    return any(FORMULA.search(json.dumps(text)) for text in texts if text)
