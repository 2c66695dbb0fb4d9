"""Modules that notebooks import."""

import ast
from collections.abc import Iterable
from typing import Any


def imported_by(notebooks: Iterable[Any]) -> list[str]:
    """List the modules that notebooks import, so that the zygote has them."""
    names: set[str] = set()
    for notebook in notebooks:
        for cell in notebook.cells:
            if cell.cell_type == "code":
                names |= _imports(cell.source)
    return sorted(names)


def _imports(source: str) -> set[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic, for one
        return set()
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names
