"""The handbook for those who lead: what it names is there, and its words are kind."""

import re
from pathlib import Path

import pytest

from beyond_the_no.commands.parser import parser
from beyond_the_no.content import handbook, plans
from beyond_the_no.content.lessons import load_folder
from beyond_the_no.evidence.claims import claims
from beyond_the_no.evidence.plain_words import faults_of_words, grade
from beyond_the_no.server.rendering.handbook_markdown import scripts
from beyond_the_no.server.rendering.lesson_markdown import CARE
from beyond_the_no.server.rendering.templating import UrlPrefix
from support.served import REPO

PAGES = handbook.pages()
LESSONS = load_folder(REPO / "notebooks")
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
CLAIM = re.compile(r"\[How do we know\? (C\d\d)\]\(#(C\d\d)\)")
GROUPS = (
    *("job-seekers", "students", "lgbtq", "newcomers"),
    *("neurodivergent", "older-adults", "teens"),
)
THEMES = {  # what a leader has to find an answer for, and the words she will look for
    "tells a lot": "stop the details here",
    "suicide": "Are you thinking about ending your life?",
    "is being hurt": "I believe you",
    "hurt another person": "Are you thinking of hurting someone?",
    "A child": "Is the child safe tonight?",
    "Panic": "I’m staying here",
    "goes far away": "You’re in the room",
    "Tears": "Take your time",
    "Anger": "You’re angry, and I want to hear it",
    "clash": "There are two experiences in this room",
    "Nobody says": "Let’s leave it quiet",
    "talks and talks": "I’d like to hear two others now",
    "What about me": "I went past you",
    "Prejudice": "That’s hurtful",
    "walks out": "You can do that, too",
}

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def anchors(path: Path) -> set[str]:
    return {
        handbook.slug(title)
        for title in handbook.HEADING.findall(path.read_text("utf-8"))
    }


def test_the_contents_name_every_page_by_its_title() -> None:
    listed = dict(LINK.findall(PAGES[0].text))
    titles = {each.title: f"{each.name}.md" for each in PAGES[1:]}

    assert listed == titles
    assert {page.name for page in PAGES} == {p.stem for p in handbook.FOLDER.iterdir()}


@every_page
def test_links_lead_to_a_page_a_part_a_claim_or_help(page: handbook.Page) -> None:
    known = {claim.id for claim in claims() if claim.status == "shown"}
    wrong = []
    for text, url in LINK.findall(page.text):
        name, _, part = url.partition("#")
        path = handbook.FOLDER / (name or f"{page.name}.md")
        if CLAIM.fullmatch(f"[{text}]({url})"):
            found = part in known
        elif CARE.fullmatch(url):
            found = True
        else:
            found = path.is_file() and (not part or part in anchors(path))
        if not found:
            wrong.append(url)

    assert wrong == []


@every_page
def test_what_leans_on_studies_has_its_claim_below(page: handbook.Page) -> None:
    paragraphs = page.text.split("\n\n")
    for before, paragraph in zip(["", *paragraphs], paragraphs, strict=False):
        if "How do we know?" in paragraph and "](#" in paragraph:
            found = CLAIM.fullmatch(paragraph.strip())
            assert found, paragraph
            assert found[1] == found[2]
            assert before, paragraph
            assert not before.startswith(("#", "|")), paragraph


@every_page
def test_it_has_no_number_to_call_and_no_words_that_hurt(page: handbook.Page) -> None:
    assert not re.search(r"\d{3}|\b\d\d\b.\d\d\b", CLAIM.sub("", without_digits(page)))
    assert not faults_of_words(page.text)


def without_digits(page: handbook.Page) -> str:
    """Take out the one number of people that is no number to call."""
    return page.text.replace("up to 200", "")


@every_page
def test_it_is_as_easy_to_read_as_a_lesson(page: handbook.Page) -> None:
    text = LINK.sub(r"\1", page.text)
    text = re.sub(r"(?m)^[#>|-]+ ?|[*`|]", " ", text).replace("\n\n", ".\n\n")

    assert grade(text) <= 7


@every_page
def test_a_page_is_three_printed_pages_at_most(page: handbook.Page) -> None:
    assert len(page.text.split()) < 1750


def test_every_group_has_its_page_with_what_to_change_take_and_leave_out() -> None:
    for name in GROUPS:
        titles = [part.title for part in handbook.page(name).parts]
        wanted = {"What to change", "From the plans", "What to leave out", "Help"}
        assert wanted <= set(titles), name


@every_page
def test_lines_of_plans_exist(page: handbook.Page) -> None:
    blocks = {step.at for lesson in LESSONS for step in lesson.steps}
    named = set(re.findall(r"`(\d\d-[\w-]+)`", page.text))

    assert named - blocks == set()
    for plan, middle in re.findall(r"--plan ([\w-]+)(?: --middle (\w+))?", page.text):
        assert plans.load(plan, LESSONS, middle or None).steps


@every_page
def test_commands_and_options_exist(page: handbook.Page) -> None:
    (commands,) = (a for a in parser()._actions if a.dest == "command")
    for name, rest in re.findall(r"`beyond-the-no (\w+)([^`]*)`", page.text):
        known = set(commands.choices[name]._option_string_actions)
        assert set(re.findall(r"--[a-z-]+", rest)) <= known


def test_there_are_twelve_competences_and_fourteen_questions() -> None:
    text = handbook.page("rating").text

    assert [int(n) for n in re.findall(r"(?m)^\| (\d+) \|", text)] == [*range(1, 13)]
    assert [int(n) for n in re.findall(r"(?m)^(\d+)\. .*\?$", text)] == [*range(1, 15)]


@pytest.mark.parametrize("title", THEMES)
def test_a_hard_moment_has_its_words(title: str) -> None:
    (text,) = (
        text
        for page in scripts(UrlPrefix("/"))
        for name, _, text in page["parts"]
        if title in name
    )

    assert THEMES[title] in text
    assert "<blockquote>" in text


def test_a_link_of_the_scripts_opens_what_is_there_and_is_text_elsewhere() -> None:
    shown = str(scripts(UrlPrefix("/")))
    led = set(re.findall(r'href="#([\w-]+--[\w-]+)"', shown))

    assert led
    assert all(f"'{anchor}'" in shown for anchor in led)
    assert ".md" not in shown
    assert 'data-for="suicide"' in shown
    assert 'data-for="abuse"' in shown


def test_a_heading_is_linked_as_code_hosts_do() -> None:
    assert handbook.slug("“What about me?”") == "what-about-me"
    assert handbook.slug("A child may be in danger") == "a-child-may-be-in-danger"
