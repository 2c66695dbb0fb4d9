"""What we tell people, how sure we are, and what it rests on.

The claims live in ``data/claims.json``. The word for how sure we are is chosen for
our own plain wording, not for the article's, from the first line below that fits:

a view
    The wording is a value, a definition, advice, plain reasoning, or an idea that
    cannot be tested directly. No study settles it.
mixed
    We have seen evidence on both sides of the wording, or pooled studies that
    disagree.
strong
    Pooled studies or broad reviews that we have seen back the wording, and we have
    seen none against it. Limits may narrow it.
early
    Everything else: few, small or weak studies, or studies that we have checked only
    in part or not at all.

A reference is ``seen`` (title, year, DOI and main finding on a public page, mostly the
abstract), checked ``partly``, or written from ``memory``. A claim that no seen study
supports says so in its ``caution``, which belongs on the screen with it.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

# The kit runs from its checkout: data/ lies beside widgets/.
CLAIMS_FILE = Path(__file__).parents[3] / "data" / "claims.json"

Sure = Literal["strong", "mixed", "early", "a view"]

# "[woo2014; cacioppo2013]"; an interval such as "[.23,.64]" is left alone.
MARK = re.compile(r"\[([a-z]+\d{4}[a-z]*(?:; [a-z]+\d{4}[a-z]*)*)\]")


class ClaimsError(ValueError):
    """The claims cannot be read, or one was asked for that is not there."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reference(_Frozen):
    """A study, and how far we have checked it.

    Attributes
    ----------
    key : str
        Its name in the claims, such as ``woo2014``.
    short : str
        Its name on screen, such as ``Woo 2014``.
    cite, doi : str
        Where to find it.
    checked : {"seen", "partly", "memory"}
        How far we have checked it.
    note : str
        For the makers: numbers, and what is still to be checked.
    """

    key: str = Field(pattern=r"^[a-z]+\d{4}[a-z]*$")
    short: str = Field(min_length=1)
    cite: str = Field(min_length=1)
    doi: str = Field(pattern=r"^10\.\d{4,9}/\S+$")
    checked: Literal["seen", "partly", "memory"]
    note: str


class Claim(_Frozen):
    """One thing that we say, with what speaks for it and what limits it.

    Attributes
    ----------
    id : str
        ``C01`` to ``C52``.
    status : {"shown", "must-not-include"}
        Whether people may see it at all.
    article : str
        What the source article says, in short and in our words.
    plain : str
        What we say. Empty when the claim must not be included.
    sure : {"strong", "mixed", "early", "a view"}
        How sure we are; the rule is in this module's docstring.
    supports, limits : str
        For and against, with studies as "(Woo 2014)".
    caution : str
        What people need to know about our checking. Empty if there is nothing to say.
    keys : tuple of str
        The keys of the studies named, in the order of their first mention.
    references : tuple of Reference
        The studies themselves, in the same order.
    """

    id: str = Field(pattern=r"^C\d{2}$")
    status: Literal["shown", "must-not-include"]
    article: str = Field(min_length=1)
    plain: str
    sure: Sure
    supports: str = Field(min_length=1)
    limits: str = Field(min_length=1)
    caution: str
    keys: tuple[str, ...]
    references: tuple[Reference, ...]


Entry = TypeVar("Entry", Reference, Claim)


@cache
def claims() -> tuple[Claim, ...]:
    """Return every claim, in order, also the one that must not be shown."""
    return read_claims(CLAIMS_FILE)


def claim(id: str) -> Claim:
    """Return one claim.

    Parameters
    ----------
    id : str
        Such as ``"C09"``.

    Raises
    ------
    ClaimsError
        If there is no such claim, or the file cannot be read.
    """
    for each in claims():
        if each.id == id:
            return each
    raise ClaimsError(
        f"There is no claim {id!r}. "
        f"data/claims.json holds {claims()[0].id} to {claims()[-1].id}."
    )


def read_claims(path: Path) -> tuple[Claim, ...]:
    """Read and check a file of claims.

    Parameters
    ----------
    path : Path
        A JSON file in the form of ``data/claims.json``.

    Raises
    ------
    ClaimsError
        With a sentence that names the file, the claim and what is wrong with it.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ClaimsError(
            f"The claims cannot be read: {path} ({error.strerror}). "
            "The kit runs from its own folder, where data/ lies beside widgets/."
        ) from error
    except ValueError as error:
        raise ClaimsError(f"{path} is not JSON: {error}.") from error
    try:
        references = [
            _checked(Reference, raw, path, raw.get("key", "a reference"))
            for raw in stored["references"]
        ]
        _unique([each.key for each in references], path)
        known = {each.key: each for each in references}
        found = [_claim(raw, known, path) for raw in stored["claims"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise ClaimsError(
            f"{path} needs a list 'claims' and a list 'references', "
            f"in the form that data/claims.json came with ({error!r})."
        ) from error
    if not found:
        raise ClaimsError(f"{path} holds no claims.")
    _unique([each.id for each in found], path)
    return tuple(found)


def _claim(raw: dict[str, Any], known: dict[str, Reference], path: Path) -> Claim:
    name = raw.get("id", "a claim")
    keys = raw["references"]
    missing = sorted(set(keys) - known.keys())
    if missing:
        raise ClaimsError(f"{path}, {name}: no such reference: {', '.join(missing)}.")

    def short(mark: re.Match[str]) -> str:
        named = mark[1].split("; ")
        if unlisted := sorted(set(named) - set(keys)):
            raise ClaimsError(
                f"{path}, {name}: the text names {', '.join(unlisted)}, "
                "and the list of references does not."
            )
        return "(" + "; ".join(known[key].short for key in named) + ")"

    # A part that is missing is left to the model, whose message names it.
    parts = [part for part in ("supports", "limits") if part in raw]
    readable = {part: MARK.sub(short, raw[part]) for part in parts}
    resolved = {"keys": keys, "references": [known[key] for key in keys]}
    return _checked(Claim, {**raw, **readable, **resolved}, path, name)


def _checked(model: type[Entry], raw: Any, path: Path, name: str) -> Entry:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ClaimsError(f"{path}, {name}, {field}: {first['msg']}.") from error


def _unique(names: list[str], path: Path) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ClaimsError(f"{path} holds more than one entry for {', '.join(twice)}.")
