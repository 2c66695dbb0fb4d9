"""Word tables: TOML files beside a module, with everything that people read."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(package: str | None, name: str = "words.toml") -> dict[str, Any]:
    """Read a word table.

    Parameters
    ----------
    package : the package in whose folder it lies, a module's ``__package__``.
    name : its file.
    """
    assert package, "a script has no package; import it as a module"
    return tomllib.loads(resources.files(package).joinpath(name).read_text("utf-8"))


def render_text(
    package: str | None, section: str, name: str, /, **parts: object
) -> str:
    """Return one sentence of a package's ``words.toml``, with its parts filled in.

    A part may have any name, ``name`` and ``section`` too.
    """
    sentence: str = table(package)[section][name]
    return sentence.format(**parts)
