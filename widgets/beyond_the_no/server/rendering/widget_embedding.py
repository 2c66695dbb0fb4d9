"""Embeds a notebook's widgets into its page, for the slim front end where it can.

It has Jupyter's own controls and anywidgets, and renders them from the state that
stands in the page. A page with anything else gets Voila's front end.
"""

import json
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from ...engine.kernels.executed_notebook import ExecutedNotebook
from . import templating
from .inline_files import embedded

# module → how its version begins; frontend/package.json has the same
MODULES = {
    "@jupyter-widgets/base": "2.",
    "@jupyter-widgets/controls": "2.",
    "@jupyter-widgets/output": "1.",
    "anywidget": "~0.11.",
}
OURS = f"{__package__.split('.')[0]}."
VIEW = "application/vnd.jupyter.widget-view+json"
# richest first; frontend/widgets/output_widget.js has the same list
RICH = (
    VIEW,
    "text/html",
    "text/latex",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "image/gif",
    "text/plain",
)
POORER = {"text/markdown"}  # drawn by Voila's front end, not by this one
MOST_BYTES = 4 * 2**20  # of state: a page with more is read sooner without it
State = dict[str, Any]


def unsupported_reason(executed: ExecutedNotebook) -> str:
    """Say what a notebook shows that the slim front end cannot, or nothing."""
    for widget in executed.state.values():
        module, wanted = widget["model_module"], widget["model_module_version"]
        if module not in MODULES:
            return f"it shows a widget of {module}"
        if not wanted.startswith(MODULES[module]):
            return f"it shows a widget of {module} {wanted}"
    for output in _outputs(executed):
        kinds = set(output.get("data", {}))
        if kinds and _best(kinds) == "text/plain" and kinds & POORER:
            return f"it shows {min(kinds & POORER)}"
        if kinds and _best(kinds) is None:
            return f"it shows {min(kinds)}"
    if len(json.dumps(executed.state)) > MOST_BYTES:
        return f"its widgets hold more than {MOST_BYTES // 2**20} MB"
    return ""


def needs_python(executed: ExecutedNotebook) -> bool:
    """Whether it has widgets that are not the kit's own: on a page those need none."""
    return not all(name.startswith(OURS) for name in _ids(executed))


def needs_no_kernel(executed: ExecutedNotebook) -> bool:
    """Whether it has widgets, and all of them are the kit's own."""
    return bool(_ids(executed)) and not needs_python(executed)


def _ids(executed: ExecutedNotebook) -> list[str]:
    widgets = [w for w in executed.state.values() if w["model_name"] != "LayoutModel"]
    return [str(widget["state"].get("_anywidget_id", "")) for widget in widgets]


def others(executed: ExecutedNotebook) -> list[str]:
    """List the packages of widgets that are neither Jupyter's nor anywidget's."""
    return sorted({w["model_module"] for w in executed.state.values()} - {*MODULES})


def takes_input(executed: ExecutedNotebook) -> bool:
    """Whether it has controls of Jupyter's that people set: those can be disabled."""
    return any(
        widget["model_module"] == "@jupyter-widgets/controls"
        and "disabled" in widget["state"]
        for widget in executed.state.values()
    )


def serves(front_end: str, executed: ExecutedNotebook) -> bool:
    """Whether a notebook's page gets the slim front end; else it gets Voila's own."""
    return front_end == "slim" or (
        front_end == "auto" and not unsupported_reason(executed)
    )


def _outputs(executed: ExecutedNotebook) -> Iterator[Any]:
    """Go through all that cells and Output widgets show."""
    for cell in executed.cells:
        yield from cell.get("outputs", [])
    for widget in executed.state.values():
        yield from outputs_of(widget)


def outputs_of(widget: State) -> list[Any]:
    """Return what an Output widget shows; of others nothing."""
    is_output = widget["model_name"] == "OutputModel"
    return list(widget["state"]["outputs"]) if is_output else []


def _best(kinds: set[str]) -> str | None:
    return next((kind for kind in RICH if kind in kinds), None)


class EmbeddedWidgets:
    """The widgets of one notebook, ready for its page, whichever front end it gets."""

    def __init__(self, executed: ExecutedNotebook, slim: bool) -> None:
        self.slim = slim
        self._folder = executed.notebook.parent
        self.state: State = executed.state
        self.known = slim or not unsupported_reason(
            executed
        )  # whether all have a first look
        self.scripts: list[str] = []
        self.styles: list[str] = []
        kinds = {w["model_module"] for w in self.state.values()}
        shown = kinds - {"anywidget", "@jupyter-widgets/base"}
        self.stock = bool(shown)  # whether the library of controls is needed

    def output(self, output: Any) -> str:
        """Show what a cell's last line gave, as markup."""
        data = output["data"]
        kind = _best(set(data))
        if kind is None:
            return ""
        if kind == VIEW:
            return self.place(output)
        value = data[kind]
        text = value if isinstance(value, str) else "".join(value)
        if kind == "text/html":
            text = embedded(text, self._folder)
        return templating.render("output", kind=kind, value=text)

    def whole(self, output: Any) -> Any:
        """Return an output with the files of its markup, for another to draw."""
        html = "".join(output["data"].get("text/html", ""))
        if not html:
            return output
        data = output["data"] | {"text/html": embedded(html, self._folder)}
        return output | {"data": data}

    def place(self, output: Any, drawn: str = "") -> str:
        """Keep a place for a widget: what it shows first, to be read without script.

        `drawn` is what another front end draws it from. Nothing, if there is no widget.
        """
        name = output["data"].get(VIEW, {}).get("model_id")
        if not self.known or name not in self.state:
            return ""
        look = templating.render(
            "widget_placeholder", **self._look(self.state[name]["state"])
        )
        return f'<div class="output" data-model="{name}">{look}{drawn}</div>'

    def _look(self, state: State) -> dict[str, Any]:
        children = state.get("children") or ()
        tree = [
            self._look(self.state[child.removeprefix("IPY_MODEL_")]["state"])
            for child in children
        ]
        svg = state.get("picture") if isinstance(state.get("picture"), str) else ""
        return {"state": state, "children": tree, "picture": Markup(svg or "")}

    def embedded_state(self) -> str:
        """Write the state as the page carries it: what is shared stands there once."""
        models = {n: self._lean(w) for n, w in self.state.items() if self._needs(w)}
        whole = {"version_major": 2, "version_minor": 0, "state": models}
        text = json.dumps(whole | {"scripts": self.scripts}, separators=(",", ":"))
        return text.replace("<", "\\u003c")

    def _needs(self, widget: State) -> bool:
        return self.stock or widget["model_module"] == "anywidget"

    def _lean(self, widget: State) -> State:
        state = dict(widget["state"])
        if widget["model_module"] == "anywidget":
            state["_esm"] = _numbered(state["_esm"], self.scripts)
            _numbered(state.pop("_css", ""), self.styles)  # stands in the page's head
            if state.get("picture") and state.get("answer"):
                state["picture"] = None  # stands in the widget's place
        buffers = widget.get("buffers")
        return {"state": state} | ({"buffers": buffers} if buffers else {})


def _numbered(text: str, texts: list[str]) -> int:
    if text not in texts:
        texts.append(text)
    return texts.index(text)
