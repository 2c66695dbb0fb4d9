"""Draw the package's architecture from its imports: docs/architecture.md.

``python tools/architecture.py`` rewrites the generated part of that page. The functions
here also serve tests/contract/test_architecture.py, which holds the package to what the
page says.
"""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "widgets" / "beyond_the_no"
PAGE = ROOT / "docs" / "architecture.md"
OURS = PACKAGE.name
BEGIN, END = "<!-- generated: begin -->", "<!-- generated: end -->"
# from the top down: a package may import from the rows below its own, and from no other
ROWS = (
    ("commands",),
    ("server",),
    ("content", "explore", "own", "together"),
    ("engine", "frontend", "room"),
    ("models", "evidence"),
    ("common",),
)
WRITTEN = {".py", ".js", ".css", ".j2", ".toml"}
NOT_WRITTEN = {
    "dist",
    "vendor",
    "node_modules",
    "__pycache__",
}  # built, or others' work
JS_IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^"';]*["'](\.[^"']+)["']""", re.MULTILINE
)

Graph = dict[str, set[str]]


def hand_written() -> Iterator[Path]:
    """Yield every file of the package that somebody wrote."""
    for path in sorted(PACKAGE.rglob("*")):
        parts = set(path.relative_to(PACKAGE).parts)
        if path.suffix in WRITTEN and not parts & NOT_WRITTEN:
            yield path


def package_of(path: Path) -> str:
    """Return the top-level package of a file, or "" for the root itself."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def lines() -> Counter[str]:
    """Count the hand-written lines of each package."""
    count: Counter[str] = Counter()
    for path in hand_written():
        count[package_of(path)] += len(path.read_text("utf-8").splitlines())
    return count


def module_name(path: Path) -> str:
    """Return the dotted name of a Python file, as it is imported."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source: str, package: str = "") -> Iterator[str]:
    """Yield the full name of every module that Python source imports, and of its names.

    ``package`` is the package of the source, which relative imports start from.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            start = ".".join(above) if node.level else ""
            module = ".".join(filter(None, (start, node.module)))
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)


@cache
def python_imports() -> Graph:
    """Map each of our modules to those of ours that it imports, anywhere in it."""
    modules = {module_name(path): path for path in PACKAGE.rglob("*.py")}
    graph: Graph = {}
    for name, path in modules.items():
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        found = set(imported(path.read_text("utf-8"), package))

        def counts(one: str, found: set[str] = found) -> bool:
            """Return whether a package is imported for something of its own."""
            inside = {other for other in found if other.rpartition(".")[0] == one}
            return not inside or not inside <= modules.keys()

        graph[name] = {one for one in found & modules.keys() - {name} if counts(one)}
    return graph


@cache
def javascript_imports() -> Graph:
    """Map each script to those of ours that it imports, as paths in the package."""
    graph: Graph = defaultdict(set)
    for path in hand_written():
        if path.suffix != ".js":
            continue
        name = path.relative_to(PACKAGE).as_posix()
        graph[name] |= set()
        for target in JS_IMPORT.findall(path.read_text("utf-8")):
            there = (path.parent / target).resolve()
            if there.is_file() and there.suffix == ".js":
                graph[name].add(there.relative_to(PACKAGE).as_posix())
    return dict(graph)


def circles(graph: Graph) -> list[list[str]]:
    """Return the groups of files that import each other (Tarjan's algorithm)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def between_packages() -> Graph:
    """Map each package to the packages that its Python modules and scripts import."""
    graph: Graph = {name: set() for row in ROWS for name in row}
    for module, others in python_imports().items():
        parts = module.split(".")
        if len(parts) < 2:
            continue
        graph.setdefault(parts[1], set()).update(
            other.split(".")[1] for other in others if "." in other
        )
    for script, others in javascript_imports().items():
        graph.setdefault(script.split("/")[0], set()).update(
            other.split("/")[0] for other in others
        )
    return {name: others - {name} for name, others in graph.items()}


def row_of(package: str) -> int:
    """Return the row of a package, 0 at the top; -1 where it has none."""
    return next((at for at, row in enumerate(ROWS) if package in row), -1)


def drawing() -> str:
    """Return the generated part of the page: a Mermaid chart and a table."""
    count, graph = lines(), between_packages()
    total = sum(count.values())
    # to the next five percent: a page that changes with each line would be a burden
    share = {
        name: f"{max(5 * round(20 * n / total), 1)} %" for name, n in count.items()
    }
    chart = ["```mermaid", "flowchart TD"]
    for at, row in enumerate(ROWS):
        chart.append(f"  subgraph row{at}[ ]")
        chart += [f'    {name}["{name}<br>about {share[name]}"]' for name in row]
        chart.append("  end")
    chart += [
        f"  {name} --> {other}"
        for row in ROWS
        for name in row
        for other in sorted(graph[name], key=lambda one: (row_of(one), one))
    ]
    table = [
        "| package | of all lines, about | imports |",
        "|---|---|---|",
    ]
    for name in (name for row in ROWS for name in row):
        known = ", ".join(f"`{one}`" for one in sorted(graph[name])) or "-"
        table.append(f"| `{name}` | {share[name]} | {known} |")
    return "\n".join([*chart, "```", "", *table])


def page(text: str) -> str:
    """Return the page with its generated part made anew."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{drawing()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8")
