"""The handbook as a PDF: all pages, contents that name the right ones, evidence."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from beyond_the_no.commands.handouts import handbook_on_paper, print_pdf
from beyond_the_no.commands.handouts.page_numbers import page_numbers
from beyond_the_no.content import handbook
from beyond_the_no.content.handbook import anchor
from commands.handouts.test_handouts import about

PAGES = handbook.pages()
HEADINGS = [
    title
    for page in PAGES
    for title in (page.title, *(part.title for part in page.parts))
][1:]  # on paper, the first page has the document's title
BOOKMARK = re.compile(
    rb"(\d+) 0 obj\s*<</Title (?:<FEFF([0-9A-F]+)>|\(((?:\\.|[^\\)])*)\))\s*/Dest"
)

TREE = b"""%PDF-1.4
2 0 obj
<</Type /Page
/Parent 9 0 R>>
endobj
3 0 obj
<</Type /Page
/Parent 8 0 R>>
endobj
4 0 obj
<</Type /Page
/Parent 8 0 R>>
endobj
8 0 obj
<</Type /Pages
/Count 2
/Kids [4 0 R 3 0 R]
/Parent 9 0 R>>
endobj
9 0 obj
<</Type /Pages
/Count 3
/Kids [8 0 R 2 0 R]>>
endobj
10 0 obj
<</leading [2 0 R /XYZ 6 827 0]
/scripts--panic [3 0 R /XYZ 6 8 0]>>
endobj
"""


def html(numbers: dict[str, int]) -> str:
    numbered = about() | {"handbook": handbook_on_paper.printed(numbers)}
    return print_pdf.html("handbook", numbered)


def bookmarks(pdf: bytes) -> list[str]:
    """Titles of the bookmarks: what a reader shows beside the pages."""
    titles = {}
    for number, wide, narrow in BOOKMARK.findall(pdf):
        plain = re.sub(rb"\\(.)", rb"\1", narrow).decode("latin-1")
        title = bytes.fromhex(wide.decode()).decode("utf-16-be") or plain
        titles[int(number)] = title
    return [title for _, title in sorted(titles.items())]


def test_pages_are_counted_as_they_are_turned() -> None:
    assert page_numbers(TREE) == {"leading": 3, "scripts--panic": 2}
    assert page_numbers(b"%PDF-1.4\n") == {}


def test_every_page_and_part_is_printed_and_can_be_led_to() -> None:
    page = html({})
    shown = [unescape(t) for t in re.findall(r"<h[23][^>]*>(.*?)</h[23]>", page)]

    assert [t for t in shown if t in HEADINGS] == HEADINGS
    led = set(re.findall(r'href="#([^"]+)"', page))
    assert led
    assert led <= set(re.findall(r'\bid="([^"]+)"', page))


def test_the_contents_name_the_page_and_so_does_a_link() -> None:
    page = html({"leading": 41, "rating": 42, "evidence": 43, "C43": 44})

    assert ">Who leads</a> <span>41</span>" in page
    assert ">How do we know?</a> <span>43</span>" in page
    assert ">Rehearsing, and being rated</a> <span>(page 42)</span>" in page
    assert "Evidence: mixed. C43</a> <span>(page 44)</span>" in page


def test_the_evidence_of_each_claim_that_is_named_stands_at_the_end() -> None:
    page = html({})
    named = set(re.findall(r"\(#(C\d\d)\)", "".join(p.text for p in PAGES)))

    assert "C79" in named
    for claim in handbook_on_paper.printed({})["claims"]:
        assert f'<article id="{claim.id}">' in page
        named.remove(claim.id)
    assert not named


def test_paper_leads_to_no_file_and_no_page_of_a_phone() -> None:
    page = re.sub(r"<style>.*?</style>", "", html({}), flags=re.DOTALL)

    assert not re.findall(r'href="(?!#)[^"]*"', page)
    assert "data-open" not in page


@pytest.mark.browser
def test_the_pdf_has_every_heading_and_contents_that_are_right(tmp_path: Path) -> None:
    kit = [sys.executable, "-m", "beyond_the_no.commands.main", "paper", "handbook"]
    done = subprocess.run(
        [*kit, "--folder", str(tmp_path)], capture_output=True, text=True, timeout=300
    )

    assert done.returncode == 0, done.stderr
    (made,) = tmp_path.iterdir()
    pdf = made.read_bytes()
    titles = bookmarks(pdf)
    assert [title for title in titles if title in HEADINGS] == HEADINGS

    numbers = page_numbers(pdf)
    firsts = [numbers[anchor(page.name)] for page in PAGES[1:]]
    firsts.append(numbers[handbook_on_paper.EVIDENCE])
    assert firsts == sorted(set(firsts)), "each begins a page of its own"
    assert firsts[0] == 2, "the contents are one page"
    assert {"C79", "scripts--someone-talks-about-suicide"} <= set(numbers)


def test_a_sheet_that_is_not_there_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    from beyond_the_no.commands.main import main

    assert main(["paper", "hand", "--folder", str(tmp_path / "sheets")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("There’s no sheet hand. Name one of these")
    assert "run-sheet" in said
    assert not (tmp_path / "sheets").exists()
