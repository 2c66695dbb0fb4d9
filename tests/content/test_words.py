"""The words people meet: plain, kind, in agreement with the claims."""

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest

import tidy_notebooks as tidy
from beyond_the_no.content import lesson_linter as form
from beyond_the_no.content.lesson_linter import LINK, NUMBER
from beyond_the_no.evidence.claims import Claim, claims
from beyond_the_no.evidence.plain_words import (
    AVOID,
    CITED,
    HURTS,
    LISTS,
    faults_of_words,
    grade,
)

PACKAGE = tidy.ROOT / "widgets" / "beyond_the_no"
LESSONS = tidy.notebooks()

SHOWN = [each for each in claims() if each.status == "shown"]

every_claim = pytest.mark.parametrize("each", SHOWN, ids=lambda each: each.id)
kit_lessons = [path for path in LESSONS if "slides" not in path.parts]
every_kit_lesson = pytest.mark.parametrize(
    "path", kit_lessons, ids=lambda path: path.name
)
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


@every_kit_lesson
def test_a_lesson_reads_at_grade_seven_on_average_and_nine_at_most(path: Path):
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
        assert not faults_of_words(text)


@pytest.mark.parametrize(
    "path",
    sorted((PACKAGE / "server" / "rendering" / "templates").rglob("*.j2")),
    ids=lambda path: path.name,
)
def test_the_pages_keep_clear_of_the_words_to_avoid(path: Path):
    assert not faults_of_words(visible(path.read_text(encoding="utf-8")))


@every_lesson
def test_every_link_to_a_claim_says_how_good_the_evidence_is(path: Path):
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
    assert faults_of_words("Just get over it.")
    assert faults_of_words("Your score: 5")
    assert faults_of_words("Just calm\ndown")
    assert faults_of_words("He is a Loser")
    assert faults_of_words("You should know.")
    assert not faults_of_words("They were rejected. Rejection hurts.")


def test_a_word_that_is_only_not_the_simplest_is_no_fault():
    assert not faults_of_words("It’s easy: just one test, only for this level.")
    assert not faults_of_words("You’ll hear back; a score of three should do.")


def test_each_entry_says_whom_it_hurts():
    for each in LISTS["avoid"]:
        assert set(each) == {"words", "hurts", "prefer"}
        assert all(each.values())


def test_what_a_template_shows_is_read_without_its_markup():
    page = '{# only #}<a class="level" title="Help">{{ must }}You &amp; I</a>'
    assert visible(page).split() == ["You", "&", "I", "Help"]


def test_no_claim_that_people_may_see_names_a_medicine():
    medicine = [words for words, it in HURTS if "medicine" in it["prefer"]]
    assert medicine
    for each in claims():
        text = " ".join((each.plain, each.supports, each.limits, each.caution))
        assert not any(words.search(text) for words in medicine), each.id
