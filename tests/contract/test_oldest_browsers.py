"""What the oldest promised browsers lack stands in no script and no style of a page.

The oldest that are promised (see the README): Chrome 94, Firefox 115, Safari 15.4. A
journey in that Chromium is ``make old-browsers``; for Safari and Firefox these tables
stand in, with the version that was the first to have it.
"""

import re
from pathlib import Path

import pytest

from support.served import REPO

KIT = REPO / "widgets" / "beyond_the_no"
PAGES = [
    "explore",
    "own",
    "together",
    "frontend/pages",
    "frontend/styles",
    "frontend/widgets",
    "server/rendering/templates",
]
# later than promised: Chrome, Safari or Firefox
SCRIPTS = {
    r"\.(toReversed|toSorted|toSpliced|with)\(": "Chrome 110",
    r"\.findLast(Index)?\(": "Chrome 97",
    r"Object\.groupBy|Map\.groupBy": "Chrome 117",
    r"Promise\.(withResolvers|try)\b": "Chrome 119",
    r"Array\.fromAsync": "Chrome 121",
    r"AbortSignal\.(any|timeout)\(": "Chrome 116, 103",
    r"\.throwIfAborted\(": "Chrome 100",
    r"(?<!= )\bstructuredClone\(": "Chrome 98",
    r"\.aria[A-Z]\w+|\baria[A-Z]\w*:|Object\.assign\([^;]*\brole:": "Firefox 119",
    r"crypto\.randomUUID": "https only",
    r"navigator\.(clipboard|share|wakeLock)": "https only",
    r"\bcheckVisibility\(": "Chrome 105",
    r"\.(showPopover|togglePopover)\(": "Chrome 114",
    r"\bstatic \{": "Safari 16.4",
    r"\(\?<[=!]": "Safari 16.4",  # looking behind, in a regular expression
    r"URL\.(canParse|parse)\(": "Chrome 120",
    r"\bstartViewTransition": "Chrome 111",
}
STYLES = {
    # WebKit drops the whole declaration
    r"text-decoration:\s*(underline|line-through|overline)\s+[^;}]": "no Safari",
    r":has\([^)]*:(checked|focus-visible)": "Firefox 121: who chose would not see it",
    r"float:\s*inline-": "Chrome 118",
    r"legend\b[^{},]*\{[^}]*float:": "no Safari",
    r"[{;]\s*content:\s*(\"[^\"]*\"|'[^']*')\s*/": "Safari 17.4, Firefox 128",
    r"color-mix\(|oklch\(|light-dark\(": "Chrome 111",
    r"^\s*&|@layer|@scope|@container|@starting-style": "Chrome 99 and later",
}
# what is offered only where it is there
ASKED_FIRST = re.compile(
    r"navigator\.canShare\?\..{0,400}?navigator\.share\(", re.DOTALL
)
# where a declaration that old ones know stands right before it
FALLBACK = re.compile(r"(content:\s*\"[^\"]*\");\s*content:\s*\"[^\"]*\"\s*/")


def sources(*endings: str) -> list[Path]:
    found = [
        path
        for folder in PAGES
        for path in sorted((KIT / folder).iterdir())
        if path.suffix in endings and path.name != "polyfills.js"
    ]
    assert len(found) > 10
    return found


def without_comments(path: Path) -> str:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"(?m)(^|\s)//.*$", "", text) if path.suffix == ".js" else text


@pytest.mark.parametrize("lacks", SCRIPTS)
def test_no_script_asks_for_it(lacks: str) -> None:
    for path in sources(".js", ".j2"):
        text = ASKED_FIRST.sub("", without_comments(path))
        found = re.search(lacks, text)
        assert not found, f"{path.name}: {found.group()} ({SCRIPTS[lacks]})"


@pytest.mark.parametrize("lacks", STYLES)
def test_no_style_needs_it(lacks: str) -> None:
    for path in sources(".css", ".j2"):
        text = FALLBACK.sub(r"\1", without_comments(path))
        found = re.search(lacks, text, re.MULTILINE)
        assert not found, f"{path.name}: {found.group()} ({STYLES[lacks]})"


def test_the_bundle_brings_what_its_packages_ask_for() -> None:
    """Else no widget starts: the page can only say that something did not."""
    older = (KIT / "frontend/widgets/polyfills.js").read_text("utf-8")
    brought = set(re.findall(r"(AbortSignal\.\w+|structuredClone) \?\?=", older))
    for name in ("anywidget.js", "ipywidgets.js", "static_lesson.js"):
        text = (KIT / "frontend/dist" / name).read_text("utf-8")
        asked = set(
            re.findall(r"(AbortSignal\.(?:any|timeout)|structuredClone)\(", text)
        )
        assert asked <= brought, name
        assert ".throwIfAborted" not in text or "throwIfAborted ??=" in older


@pytest.mark.parametrize("path", sources(".j2"), ids=lambda path: path.name)
def test_what_is_read_aloud_is_never_hidden_by_itself(path: Path) -> None:
    """A live region that is hidden, and shown with its words, is often not read."""
    live = re.compile(
        r"<[^>]*(role=\"(?:status|alert)\"|aria-live)[^>]*\shidden\b[^>]*>"
    )
    assert live.findall(path.read_text("utf-8")) == []


def test_the_oldest_are_the_same_wherever_they_are_named() -> None:
    build = (KIT / "frontend/build.js").read_text("utf-8")
    assert '["chrome94", "firefox115", "safari15.4"]' in build
    for path in (REPO / "README.md", KIT / "room" / "words.toml"):
        text = path.read_text("utf-8")
        for name in ("Chrome 94", "Firefox 115", "Safari 15.4"):
            assert name in text, f"{path.name}: {name}"
