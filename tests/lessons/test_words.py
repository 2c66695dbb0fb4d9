"""The words people meet: plain, kind, in agreement with the claims."""

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest

import tidy_notebooks as tidy
from beyond_the_no.evidence.claims import Claim, claims
from beyond_the_no.evidence.plain_words import (
    AVOID,
    CITED,
    IN_LESSONS,
    LISTS,
    ON_PAGES,
    faults_of_words,
    grade,
)
from beyond_the_no.serve import lesson_form as form
from beyond_the_no.serve.lesson_form import LINK, NUMBER

PACKAGE = tidy.ROOT / "widgets" / "beyond_the_no"
LESSONS = tidy.notebooks()

SHOWN = [each for each in claims() if each.status == "shown"]

every_claim = pytest.mark.parametrize("each", SHOWN, ids=lambda each: each.id)
every_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return []


def visible(page: str) -> str:
    """Return what a template shows, with the words a screen reader says."""
    page = re.sub(r"\{#.*?#\}|<!--.*?-->", " ", page, flags=re.DOTALL)
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r"\{[%{].*?[%}]\}", " ", page, flags=re.DOTALL)
    said = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', page)
    return unescape(" ".join([re.sub(r"<[^>]+>", " ", page), *said]))


@every_lesson
def test_a_lesson_reads_at_grade_six_on_average_and_eight_at_most(path: Path):
    assert form.reading(tidy.read(path)) == []


@every_claim
def test_a_claim_reads_at_grade_eight_at_most(each: Claim):
    # One definition may carry names that nobody can shorten, so plain wording
    # and evidence are read together, as they are shown.
    text = " ".join((each.plain, each.supports, each.limits, each.caution))
    assert grade(CITED.sub("", text)) <= 8


@every_lesson
def test_a_lesson_keeps_clear_of_the_words_to_avoid(path: Path):
    assert form.words(tidy.read(path)) == []


@every_claim
def test_a_claim_keeps_clear_of_the_words_to_avoid(each: Claim):
    for text in (each.plain, each.supports, each.limits, each.caution):
        assert not faults_of_words(text)


@every_claim
def test_a_claim_gives_no_sizes_that_few_people_can_read(each: Claim):
    for text in (each.plain, each.supports, each.limits):
        assert not re.search(r"\b(?:[dgrnk]|SMD|CI|RCTs?|n\.s\.) ?[=<>]|n\.s\.", text)


@pytest.mark.parametrize(
    "path",
    sorted(set(PACKAGE.rglob("*.toml")) - {AVOID}),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_the_words_of_widgets_and_pages_keep_clear_of_the_words_to_avoid(path: Path):
    for text in strings(tomllib.loads(path.read_text(encoding="utf-8"))):
        assert not faults_of_words(text, ON_PAGES)


@pytest.mark.parametrize(
    "path",
    sorted((PACKAGE / "serve" / "pages").rglob("*.j2")),
    ids=lambda path: path.name,
)
def test_the_pages_keep_clear_of_the_words_to_avoid(path: Path):
    assert not faults_of_words(visible(path.read_text(encoding="utf-8")), ON_PAGES)


@every_lesson
def test_every_link_to_a_claim_says_how_sure_we_are(path: Path):
    assert form.evidence(tidy.read(path)) == []


@every_lesson
def test_a_link_to_a_claim_stands_alone_and_after_its_statement(path: Path):
    for id, text in form.prose(tidy.read(path)):
        paragraphs = text.split("\n\n")
        for before, paragraph in zip(["", *paragraphs], paragraphs, strict=False):
            if LINK.search(paragraph):
                assert LINK.fullmatch(paragraph.strip()), f"{id}: {paragraph}"
                assert before, f"{id}: nothing is said before {paragraph}"
                assert not before.startswith(("#", "[")), f"{id}: {paragraph}"


@every_lesson
def test_every_number_in_the_prose_can_be_traced(path: Path):
    """To a checked cell, to a cited claim, or to the minutes of the lesson."""
    assert form.numbers(tidy.read(path)) == []


@every_lesson
def test_shares_in_a_paragraph_stand_in_one_row_of_the_checked_figures(path: Path):
    rows = [
        NUMBER.findall(row)
        for text in form.printed(tidy.read(path))
        for row in text.splitlines()
    ]
    for id, text in form.prose(tidy.read(path)):
        for paragraph in text.split("\n\n"):
            if "of 100" not in paragraph:
                continue
            shares = re.findall(r"(\d+) of 100", paragraph)
            rest = NUMBER.findall(re.sub(r"\d+ of 100", "", paragraph))
            others = [number.rstrip(",") for number in rest]
            assert any(
                in_order(shares, row) and set(others) <= set(row) for row in rows
            ), f"{id}: no checked row says {shares} and {others}"


def in_order(wanted: list[str], row: list[str]) -> bool:
    rest = iter(row)
    return all(number in rest for number in wanted)


def test_the_words_to_avoid_are_found_in_any_form():
    assert faults_of_words("You just lost.")
    assert faults_of_words("Your score: 5")
    assert faults_of_words("Take a\ndeep breath")
    assert faults_of_words("He is a Loser")
    assert not faults_of_words("Adjust it in an easier way; rejection hurts.")
    assert not faults_of_words("We cannot test the past directly.")
    assert faults_of_words("It is only a word.")
    assert not faults_of_words("It stays on this phone only.", ON_PAGES)


def test_what_a_template_shows_is_read_without_its_markup():
    page = '{# only #}<a class="level" title="Help">{{ must }}You &amp; I</a>'
    assert visible(page).split() == ["You", "&", "I", "Help"]


def test_no_claim_that_people_may_see_names_a_medicine():
    medicine = [words for words, prefer in IN_LESSONS if "medicine" in prefer]
    assert medicine
    for each in claims():
        text = " ".join((each.plain, each.supports, each.limits, each.caution))
        assert not any(words.search(text) for words in medicine), each.id


def test_an_exception_to_the_list_is_still_needed():
    seen = [text for path in LESSONS for _, text in form.prose(tidy.read(path))]
    seen += [each.plain for each in claims()]
    for each in LISTS["allowed"]:
        assert any(each["text"] in text for text in seen), each["text"]
        assert each["why"]
