"""Finds lines of a notebook that install software; they are never run.

A notebook from elsewhere often begins with ``%pip install …``. Run with a lesson, it
would change the laptop's own environment each time somebody opens a page.
"""

import re
from typing import Any

_TOOL = r"(?:pip3?|uv|conda|mamba|micromamba|apt|apt-get|npm|jupyter\s+labextension)"
_BEFORE = r"(?:sudo\s+|\S*python[\d.]*\s+-m\s+|\{sys\.executable\}\s+-m\s+)?"
_DOES = r"(?:pip\s+)?(?:-\S+\s+)*(?:install|add|update|upgrade|remove|uninstall|sync)\b"
_COMMAND = rf"{_BEFORE}{_TOOL}\s+{_DOES}"
MAGIC = re.compile(rf"^[ \t]*[%!]{{1,2}}[ \t]*{_COMMAND}.*$", re.MULTILINE)
IN_SHELL = re.compile(rf"^[ \t]*{_COMMAND}.*$", re.MULTILINE)
SHELL = re.compile(r"\s*(?:%%(?:bash|sh|script|system|cmd|powershell)|!!)")
CALLED = re.compile(
    r"^.*(?:subprocess\.\w+|os\.(?:system|popen)|pip\.main)\(.*\bpip\b.*\binstall\b.*$",
    re.MULTILINE,
)


def installs(source: str) -> list[str]:
    """List the lines of a cell that install software."""
    found = [line.group().strip() for line in MAGIC.finditer(source)]
    if SHELL.match(source):
        found += [line.group().strip() for line in IN_SHELL.finditer(source)]
    return found + [line.group().strip() for line in CALLED.finditer(source)]


def installing(notebook: Any) -> list[str]:
    """List the lines of a whole notebook that do."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return [line for cell in cells for line in installs(cell.source)]


def without(source: str) -> str:
    """Return a cell without what installs; nothing else about it changes."""
    if SHELL.match(source) and installs(source):
        return "pass"  # what follows in it needs what was installed
    return CALLED.sub(_passed, MAGIC.sub(_passed, source))


def _passed(line: "re.Match[str]") -> str:
    indent = re.match(r"[ \t]*", line.group())
    return f"{indent.group() if indent else ''}pass"
