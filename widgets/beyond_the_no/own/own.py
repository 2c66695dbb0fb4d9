"""What all widgets of this folder share: how a notebook shows them as text."""

from pathlib import Path
from typing import Any

import anywidget
from traitlets import Unicode

HERE = Path(__file__).parent
STORAGE = HERE.parent / "frontend" / "pages" / "tab_storage.js"


def script(name: str) -> str:
    """Read a script of this folder, after what the tab keeps for all of them.

    A browser gets each widget as one module that can import no neighbour.
    """
    files = (STORAGE, HERE / f"{name}.js")
    return "\n".join(file.read_text("utf-8") for file in files)


class Own(anywidget.AnyWidget):
    """Something for oneself. No trait holds what a person writes there.

    Attributes
    ----------
    title : str
        Heading in the lesson.
    """

    title = Unicode().tag(sync=True)

    def __repr__(self) -> str:
        """Name the widget; no address, which would never be the same."""
        return f"{type(self).__name__}({self.title!r})"

    def plain(self) -> str:
        """Say in plain text what is shown: this is what a notebook keeps."""
        title: str = self.title
        return title

    def _repr_mimebundle_(
        self, **kwargs: Any
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        found = super()._repr_mimebundle_(**kwargs)
        return found and (found[0] | {"text/plain": self.plain()}, found[1])
