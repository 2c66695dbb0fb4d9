"""The claims: complete, resolved, and graded by the evidence that was read."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from beyond_the_no.evidence import claims as module
from beyond_the_no.evidence.claims import (
    CLAIMS_FILE,
    MARK,
    READ,
    ClaimsError,
    Evidence,
    claim,
    claims,
    read_claims,
)

STORED = json.loads(CLAIMS_FILE.read_text(encoding="utf-8"))
RAW = {each["id"]: each for each in STORED["claims"]}
CHECKED = {each["key"]: each["checked"] for each in STORED["references"]}


def named(text: str) -> list[str]:
    return [key for mark in MARK.findall(text) for key in mark.split("; ")]


def changed(tmp_path: Path, change) -> Path:
    stored = json.loads(json.dumps(STORED))
    change(stored)
    path = tmp_path / "claims.json"
    path.write_text(json.dumps(stored), encoding="utf-8")
    return path


def test_the_claims_are_here_in_order_and_none_is_left_out():
    assert [each.id for each in claims()] == [f"C{n:02}" for n in range(1, 90)]


def test_the_claim_about_a_medicine_is_never_shown():
    kept_back = [each.id for each in claims() if each.status == "must-not-include"]
    assert kept_back == ["C51"]
    assert claim("C51").plain == ""
    assert all(each.plain for each in claims() if each.status == "shown")


def test_the_file_names_no_medicine():
    text = CLAIMS_FILE.read_text(encoding="utf-8").lower()
    for name in ("paracetamol", "acetaminophen", "tylenol", "painkiller"):
        assert name not in text


def test_every_doi_is_well_formed_and_used_once():
    dois = [each["doi"] for each in STORED["references"] if each["doi"]]
    assert len(dois) > 140
    assert all(re.fullmatch(r"10\.\d{4,9}/\S+", doi) for doi in dois)
    assert len({doi.lower() for doi in dois}) == len(dois)


def test_two_references_never_look_the_same_on_screen():
    shorts = [each["short"] for each in STORED["references"]]
    assert len(set(shorts)) == len(shorts)


def test_a_reference_shows_the_year_of_its_study():
    for each in STORED["references"]:
        year = re.search(r"\d{4}", each["short"])[0]
        assert f"({year})" in each["cite"], each["key"]


@pytest.mark.parametrize("each", claims(), ids=lambda each: each.id)
def test_a_claim_lists_the_studies_that_its_texts_name(each):
    raw = RAW[each.id]
    texts = named(raw["supports"]) + named(raw["limits"])
    assert list(each.keys) == list(dict.fromkeys(texts)) == raw["references"]
    assert [reference.key for reference in each.references] == list(each.keys)


@pytest.mark.parametrize("each", claims(), ids=lambda each: each.id)
def test_a_text_on_screen_holds_names_and_no_keys(each):
    for text in (each.plain, each.supports, each.limits, each.caution):
        assert not re.search(r"\b[a-z]+\d{4}", text)
    for reference in each.references:
        assert reference.short in each.supports + each.limits


@pytest.mark.parametrize("each", claims(), ids=lambda each: each.id)
def test_only_a_view_stands_without_a_study(each):
    if not each.references:
        assert each.evidence == "a view"
        assert each.caution


@pytest.mark.parametrize("each", claims(), ids=lambda each: each.id)
def test_a_claim_above_early_rests_on_a_study_that_was_read(each):
    supporting = {CHECKED[key] for key in named(RAW[each.id]["supports"])}
    if each.evidence in {"strong", "moderate", "mixed"}:
        assert supporting & set(READ)


@pytest.mark.parametrize("each", claims(), ids=lambda each: each.id)
def test_what_people_see_of_a_claim_says_nothing_of_our_checking(each):
    shown = (each.plain, each.supports, each.limits, each.caution)
    text = " ".join([*shown, *(reference.shown for reference in each.references)])
    assert not re.search(r"\bchecked|from memory|second-hand|not yet\b", text)


def test_a_reference_that_was_not_read_whole_says_what_was_read():
    for each in STORED["references"]:
        if each["checked"] != "abstract":
            assert each["note"], each["key"]


def test_the_words_for_the_evidence_are_the_same_in_the_file_and_in_the_code():
    docstring = " ".join(module.__doc__.split())
    words = {word for word in STORED["evidence"] if word != "how"}
    assert words == set(get_args(Evidence))
    for sentence in STORED["evidence"].values():
        assert sentence.rstrip(".:") in docstring


def test_every_way_of_reading_is_explained():
    assert set(CHECKED.values()) < set(STORED["checked"]) - {"how"}


def test_a_claim_cannot_be_changed():
    with pytest.raises(ValidationError):
        claim("C09").evidence = "strong"


def test_a_claim_that_is_not_there_is_named():
    with pytest.raises(ClaimsError, match=r"no claim 'C99'.*C01 to C89"):
        claim("C99")


def test_a_missing_file_is_said_in_a_sentence(tmp_path: Path):
    with pytest.raises(
        ClaimsError, match=r"cannot be read.*Get a fresh copy of the kit"
    ):
        read_claims(tmp_path / "claims.json")


@pytest.mark.parametrize("text", ["{", "", "\xff\xfe"])
def test_a_file_that_is_not_json_is_said_in_a_sentence(tmp_path: Path, text: str):
    path = tmp_path / "claims.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ClaimsError, match="is not JSON"):
        read_claims(path)


@pytest.mark.parametrize("text", ["[]", "{}", '{"claims": [1], "references": []}'])
def test_a_file_of_another_form_is_said_in_a_sentence(tmp_path: Path, text: str):
    path = tmp_path / "claims.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClaimsError, match="needs a list 'claims'"):
        read_claims(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda it: it["claims"][8].pop("limits"), "C09.*limits"),
        (lambda it: it["claims"][8].update(evidence="sure"), "C09: it has no evidence"),
        (lambda it: it["claims"][8].pop("evidence"), "C09: it has no evidence word"),
        (lambda it: it["claims"][8].update(colour="red"), "C09, colour"),
        (lambda it: it["claims"][8]["references"].append("nobody1900"), "C09.*nobody"),
        (lambda it: it["claims"][8]["references"].remove("woo2014"), "C09.*woo2014"),
        (lambda it: it["claims"].append(it["claims"][8]), "more than one.*C09"),
        (lambda it: it["claims"].clear(), "no claims"),
        (lambda it: it["references"][0].update(doi="doi:10/x"), "atjak2015, doi"),
        (lambda it: it["references"].append(it["references"][0]), "more than one"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_where_it_is(tmp_path: Path, change, said):
    with pytest.raises(ClaimsError, match=said):
        read_claims(changed(tmp_path, change))


def test_what_is_wrong_is_said_with_its_line(tmp_path: Path):
    path = tmp_path / "claims.json"
    text = CLAIMS_FILE.read_text(encoding="utf-8")
    before, after = text.split('"id": "C09",', 1)
    after = re.sub(r'^ *"evidence": .*\n', "", after, count=1, flags=re.MULTILINE)
    path.write_text(f'{before}"id": "C09",{after}', encoding="utf-8")
    line = before.count("\n")  # where the claim begins, one above its id
    with pytest.raises(
        ClaimsError, match=rf"claims\.json, line {line}, C09: it has no"
    ):
        read_claims(path)
