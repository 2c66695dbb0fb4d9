"""Inlines files beside a notebook into its page as data URLs."""

import base64
import mimetypes
import re
from pathlib import Path
from urllib.parse import unquote

# a file in an author's own markup, not an address
SOURCE = re.compile(r"""(\bsrc\s*=\s*["'])([^"':?#]+)(["'])""", re.IGNORECASE)


def embedded(html: str, folder: Path) -> str:
    """Put the files of a folder that some markup names into the markup."""
    folder = folder.resolve()

    def data(source: re.Match[str]) -> str:
        before, name, after = source.groups()
        path = (folder / unquote(name)).resolve()
        kind = mimetypes.guess_type(path.name)[0]
        if kind is None or not path.is_relative_to(folder) or not path.is_file():
            return source[0]
        content = base64.b64encode(path.read_bytes()).decode()
        return f"{before}data:{kind};base64,{content}{after}"

    return SOURCE.sub(data, html)
