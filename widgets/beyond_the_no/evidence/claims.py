"""What we tell people, how good the evidence is, and what it rests on.

The claims live in ``data/claims.json``. People see one word with each ("Evidence:
mixed"). The word grades the studies behind our own plain wording, and never how well
we checked them. It is the first that fits:

a view
    The wording is a value, a definition, advice, plain reasoning, or an idea that
    cannot be tested directly. No study settles it.
mixed
    Studies point both ways, pooled studies disagree, or it holds for some people and
    places and not for others.
strong
    Pooled studies, broad reviews or one very large survey back the wording, and we
    know of none against it. Limits may narrow it.
moderate
    A large and careful study, or several good ones, back the wording, and they have
    not been pooled.
early
    Few, small or weak studies.

How well a reference was read (``checked``) is for maintainers and stands on no page:
as a ``whole paper``, as an ``abstract``, ``second-hand``, or ``not yet``. A claim above
"early" leans on at least one study of which the abstract or more was read.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..common import resources
from ..common.json_lines import Place, line_of, lines

CLAIMS_FILE = resources.DATA / "claims.json"

Evidence = Literal["strong", "moderate", "mixed", "early", "a view"]
Checked = Literal["whole paper", "abstract", "second-hand", "not yet"]
READ: tuple[Checked, ...] = ("whole paper", "abstract")

# "[woo2014; cacioppo2013]"; an interval such as "[.23,.64]" is left alone.
MARK = re.compile(r"\[([a-z]+\d{4}[a-z]*(?:; [a-z]+\d{4}[a-z]*)*)\]")


class ClaimsError(ValueError):
    """The claims cannot be read, or one was asked for that is not there."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reference(_Frozen):
    """A study, and how well we read it.

    Attributes
    ----------
    key : str
        Its name in the claims, such as ``woo2014``.
    short : str
        Its name on screen, such as ``Woo 2014``.
    cite, doi : str
        Where to find it. The DOI is empty where we did not see it.
    checked : {"whole paper", "abstract", "second-hand", "not yet"}
        How well we read it. For maintainers, as is the note: on no page.
    note : str
        What was read: numbers, and what is still to be checked.
    """

    key: str = Field(pattern=r"^[a-z]+\d{4}[a-z]*$")
    short: str = Field(min_length=1)
    cite: str = Field(min_length=1)
    doi: str = Field(pattern=r"^(10\.\d{4,9}/\S+)?$")
    checked: Checked
    note: str

    @property
    def shown(self) -> str:
        """The reference as people see it: what it is, and its DOI if we have it."""
        return f"{self.cite} doi:{self.doi}" if self.doi else self.cite


class Claim(_Frozen):
    """One thing that we say, with what speaks for it and what limits it.

    Attributes
    ----------
    id : str
        Such as ``C09``.
    status : {"shown", "must-not-include"}
        Whether people may see it at all.
    article : str
        What the source article says, in short and in our words.
    plain : str
        What we say. Empty when the claim must not be included.
    evidence : {"strong", "moderate", "mixed", "early", "a view"}
        How good the evidence is; the rule is in this module's docstring.
    supports, limits : str
        For and against, with studies as "(Woo 2014)".
    caution : str
        What kind of statement it is, where that needs saying; else empty.
    keys : tuple of str
        The keys of the studies named, in the order of their first mention.
    references : tuple of Reference
        The studies themselves, in the same order.
    """

    id: str = Field(pattern=r"^C\d{2}$")
    status: Literal["shown", "must-not-include"]
    article: str = Field(min_length=1)
    plain: str
    evidence: Evidence
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
        text = path.read_text(encoding="utf-8")
        stored = json.loads(text)
    except OSError as error:
        raise ClaimsError(
            f"The claims cannot be read: {path} ({error.strerror}). "
            "Get a fresh copy of the kit."
        ) from error
    except ValueError as error:
        raise ClaimsError(f"{path} is not JSON: {error}.") from error
    numbered = lines(text)
    try:
        references = [
            _checked(Reference, raw, raw.get("key", "a reference"), path, numbered, at)
            for at, raw in _entries(stored, "references")
        ]
        _unique([each.key for each in references], path)
        known = {each.key: each for each in references}
        found = [
            _claim(raw, known, path, numbered, at)
            for at, raw in _entries(stored, "claims")
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise ClaimsError(
            f"{path} needs a list 'claims' and a list 'references', "
            f"in the form that data/claims.json came with ({error!r})."
        ) from error
    if not found:
        raise ClaimsError(f"{path} holds no claims.")
    _unique([each.id for each in found], path)
    return tuple(found)


def _entries(stored: Any, part: str) -> list[tuple[Place, Any]]:
    """Pair each entry of a list with the way to it."""
    return [((part, at), raw) for at, raw in enumerate(stored[part])]


def _claim(
    raw: dict[str, Any],
    known: dict[str, Reference],
    path: Path,
    numbered: dict[Place, int],
    at: Place,
) -> Claim:
    name = raw.get("id", "a claim")
    where = f"{path}, line {line_of(numbered, at)}, {name}"
    if raw.get("evidence") not in get_args(Evidence):
        words = ", ".join(get_args(Evidence))
        raise ClaimsError(f"{where}: it has no evidence word, which is one of {words}.")
    keys = raw["references"]
    missing = sorted(set(keys) - known.keys())
    if missing:
        raise ClaimsError(f"{where}: no such reference: {', '.join(missing)}.")

    def short(mark: re.Match[str]) -> str:
        named = mark[1].split("; ")
        if unlisted := sorted(set(named) - set(keys)):
            raise ClaimsError(
                f"{where}: the text names {', '.join(unlisted)}, "
                "and the list of references does not."
            )
        return "(" + "; ".join(known[key].short for key in named) + ")"

    # A part that is missing is left to the model, whose message names it.
    parts = [part for part in ("supports", "limits") if part in raw]
    readable = {part: MARK.sub(short, raw[part]) for part in parts}
    resolved = {"keys": keys, "references": [known[key] for key in keys]}
    return _checked(Claim, {**raw, **readable, **resolved}, name, path, numbered, at)


def _checked(
    model: type[Entry],
    raw: Any,
    name: str,
    path: Path,
    numbered: dict[Place, int],
    at: Place,
) -> Entry:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problem = error.errors()[0]
        inside: Place = problem["loc"]
        field = ".".join(str(part) for part in inside)
        line = line_of(numbered, at + inside)
        raise ClaimsError(
            f"{path}, line {line}, {name}, {field}: {problem['msg']}."
        ) from error


def _unique(names: list[str], path: Path) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ClaimsError(f"{path} holds more than one entry for {', '.join(twice)}.")
