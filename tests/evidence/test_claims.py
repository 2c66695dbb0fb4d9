"""The claims: complete, resolved, and honest about what was checked."""

import json
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from beyond_the_no.evidence import claims as module
from beyond_the_no.evidence.claims import (
    CLAIMS_FILE,
    MARK,
    ClaimsError,
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


def test_all_fifty_two_claims_are_here_in_order():
    assert [each.id for each in claims()] == [f"C{n:02}" for n in range(1, 53)]


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
    dois = [each["doi"] for each in STORED["references"]]
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
        assert each.sure == "a view"
        assert each.caution


@pytest.mark.parametrize("each", claims(), ids=lambda each: each.id)
def test_a_claim_that_no_seen_study_supports_says_so(each):
    supporting = {CHECKED[key] for key in named(RAW[each.id]["supports"])}
    if supporting and "seen" not in supporting:
        assert "checked" in each.caution
        assert each.sure in {"early", "a view"}
    if {reference.checked for reference in each.references} == {"memory"}:
        assert "memory" in each.caution


@pytest.mark.parametrize("each", claims(), ids=lambda each: each.id)
def test_a_strong_claim_rests_on_a_study_that_was_seen(each):
    supporting = {CHECKED[key] for key in named(RAW[each.id]["supports"])}
    if each.sure == "strong":
        assert "seen" in supporting


def test_a_mixed_claim_has_a_seen_study_behind_it():
    for each in claims():
        if each.sure == "mixed":
            assert "seen" in {reference.checked for reference in each.references}


def test_the_rule_for_how_sure_is_the_same_in_the_file_and_in_the_code():
    docstring = " ".join(module.__doc__.split())
    words = {word for word in STORED["how_sure_rule"] if word != "how"}
    assert words == {"strong", "mixed", "early", "a view"}
    for sentence in STORED["how_sure_rule"].values():
        assert sentence.rstrip(".:") in docstring


def test_a_claim_cannot_be_changed():
    with pytest.raises(ValidationError):
        claim("C09").sure = "strong"


def test_a_claim_that_is_not_there_is_named():
    with pytest.raises(ClaimsError, match=r"no claim 'C99'.*C01 to C52"):
        claim("C99")


def test_a_missing_file_is_said_in_a_sentence(tmp_path: Path):
    with pytest.raises(
        ClaimsError, match=r"cannot be read.*data/ lies beside widgets/"
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
        (lambda it: it["claims"][8].update(sure="sure"), "C09, sure"),
        (lambda it: it["claims"][8].update(colour="red"), "C09, colour"),
        (lambda it: it["claims"][8]["references"].append("nobody1900"), "C09.*nobody"),
        (lambda it: it["claims"][8]["references"].remove("woo2014"), "C09.*woo2014"),
        (lambda it: it["claims"].append(it["claims"][8]), "more than one.*C09"),
        (lambda it: it["claims"].clear(), "no claims"),
        (lambda it: it["references"][0].update(doi="doi:10/x"), "asl2024, doi"),
        (lambda it: it["references"].append(it["references"][0]), "more than one"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_where_it_is(tmp_path: Path, change, said):
    with pytest.raises(ClaimsError, match=said):
        read_claims(changed(tmp_path, change))
