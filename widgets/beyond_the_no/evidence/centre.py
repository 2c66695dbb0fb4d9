"""The centre's own card: what the facilitator fills in, and first on Help.

It lives in ``data/centre.toml``, which comes empty: the kit advertises nobody.
"""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ..common import resources
from .help_file import HelpFileError
from .help_page import Local

FILE = resources.DATA / "centre.toml"


class _Card(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    name: str = ""
    number: str = ""
    lines: list[str] = []


def load(path: Path = FILE) -> Local | None:
    """
    Read the card.

    Parameters
    ----------
    path
        File to read; by default the kit's own ``data/centre.toml``.

    Returns
    -------
    Local or None
        None where the card is empty or there is none.

    Raises
    ------
    HelpFileError
        If the card cannot be used. The message is one sentence that says what to mend.
    """
    if not path.exists():
        return None
    try:
        card = _Card.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        where = ", ".join(".".join(map(str, e["loc"])) for e in error.errors())
        raise HelpFileError(
            f"The card in {path.name} needs mending: look at {where}. "
            "It holds a name, a number and a list of lines, each in quotes."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise HelpFileError(
            f"The card in {path.name} cannot be read: {error}."
        ) from error
    name, number = card.name.strip(), card.number.strip()
    lines = tuple(line.strip() for line in card.lines if line.strip())
    if not (name or number or lines):
        return None
    if not (name and number):
        raise HelpFileError(
            f"The card in {path.name} needs a name and a number, or neither."
        )
    return Local(label=name, number=number, lines=lines)
