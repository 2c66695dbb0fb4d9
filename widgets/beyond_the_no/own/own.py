"""What all widgets of this folder share: how a notebook shows them as text."""

from pathlib import Path
from typing import Any

import anywidget
from traitlets import Unicode

HERE = Path(__file__).parent
PAGES = HERE.parent / "frontend" / "pages"


def script(name: str, *shared: str) -> str:
    """Read a script of this folder, after the scripts that it shares with pages.

    A browser gets each widget as one module that can import no neighbour. What the tab
    keeps is the same for all of them; `shared` names what else this one needs.
    """
    shared_files = [PAGES / f"{one}.js" for one in ("tab_storage", *shared)]
    own_files = [HERE / f"{name}_fields.js", HERE / f"{name}.js"]
    files = [*shared_files, *(file for file in own_files if file.is_file())]
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
