"""What every widget keeps to, the ones there are and the ones to come."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import anywidget
import pytest
import tinycss2

import beyond_the_no.explore
import beyond_the_no.own
import beyond_the_no.together
from beyond_the_no.explore import Explore
from support.served import REPO

FOLDERS: list[ModuleType] = [
    beyond_the_no.explore,
    beyond_the_no.own,
    beyond_the_no.together,
]
PACKAGE = REPO / "widgets" / "beyond_the_no"
# what no browser gets as it is, or what others wrote
OTHERS = {"dist", "vendor", "node_modules", "tests", "build.js"}
BROWSER_FILES = sorted(
    f
    for f in PACKAGE.rglob("*")
    if f.suffix in {".js", ".css"}
    and not OTHERS & set(f.relative_to(PACKAGE).parts)
    and not (f.suffix == ".css" and f.parent.name == "widgets")  # bundled
)
SCRIPTS = [f for f in BROWSER_FILES if f.suffix == ".js"]
STYLES = [f for f in BROWSER_FILES if f.suffix == ".css" and "frontend" not in f.parts]
# ways by which a script could let a text leave the tab
WAYS_OUT = re.compile(
    r"\b(fetch|WebSocket|WebTransport|XMLHttpRequest|EventSource|sendBeacon|Worker"
    r"|RTCPeerConnection|BroadcastChannel|postMessage|Image|Audio|import|submit"
    r"|localStorage|indexedDB|caches|cookie|save_changes|globalThis)\b|\bbeyond\."
    r"|\bmodel\.(set|send|save_changes|on)\b|\.(src|action)\s*="
)


def _widgets() -> Iterator[type[anywidget.AnyWidget]]:
    for folder in FOLDERS:
        for found in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}."):
            module = importlib.import_module(found.name)
            for _, kind in inspect.getmembers(module, inspect.isclass):
                ours = kind.__module__ == module.__name__
                shown = issubclass(kind, anywidget.AnyWidget) and hasattr(kind, "_esm")
                if ours and shown:
                    yield kind


WIDGETS = sorted(set(_widgets()), key=lambda kind: kind.__qualname__)
OWN = [kind for kind in WIDGETS if ".own." in kind.__module__]


def traits(kind: type[anywidget.AnyWidget]) -> set[str]:
    """What a widget of ours shares with its page, beyond what every widget does."""
    shared = set(kind.class_traits(sync=True)) - set(
        anywidget.AnyWidget.class_traits(sync=True)
    )
    return {name for name in shared if not name.startswith("_")}


def script(kind: type[anywidget.AnyWidget]) -> str:
    return bare(str(kind._esm))


def bare(source: str) -> str:
    """A script without its comments."""
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.S)
    return re.sub(r"(?m)(?<![:\"'`])//.*$", "", source)


def name_of(thing: object) -> str:
    return str(thing.relative_to(REPO)) if isinstance(thing, Path) else thing.__name__


def test_the_widgets_are_found() -> None:
    assert {"NoteToSelf", "Poll", "BrainOverlap"} <= {w.__name__ for w in WIDGETS}
    assert OWN


class TestTheScriptAndPythonAgree:
    @pytest.mark.parametrize("kind", WIDGETS, ids=name_of)
    def test_every_trait_is_read_and_every_name_is_a_trait(self, kind: type) -> None:
        read = set(re.findall(r"\bmodel\.get\(\s*[\"'`](\w+)", script(kind)))

        assert read == traits(kind)

    @pytest.mark.parametrize("kind", WIDGETS, ids=name_of)
    def test_the_script_writes_only_what_it_may(self, kind: type) -> None:
        written = set(re.findall(r"\bmodel\.set\(\s*[\"'`](\w+)", script(kind)))
        may = {name for name in traits(kind) if not getattr(kind, name).read_only}

        assert written <= may

    @pytest.mark.parametrize("kind", WIDGETS, ids=name_of)
    def test_no_name_is_made_up_while_running(self, kind: type) -> None:
        calls = re.findall(r"\bmodel\.(?:get|set)\(\s*(.)", script(kind))

        assert set(calls) <= set("\"'")


@pytest.mark.parametrize("path", BROWSER_FILES, ids=name_of)
def test_nothing_is_fetched_from_the_internet(path: Path) -> None:
    # a script of others says in its first lines whose it is
    text = re.sub(r"^/\*!.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)

    assert set(re.findall(r"https?://([^/\s\"'`)]+)", text)) <= {"www.w3.org"}
    assert not re.search(r"[\"'`(]//\w", text), "an address without its protocol"
    assert "@import" not in text


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_every_rule_of_a_style_begins_with_its_widgets_class(path: Path) -> None:
    selectors = list(_selectors(path.read_text("utf-8")))
    root = re.match(r"\.([a-z]+(?:-[a-z]+)*)", selectors[0]).group(1)
    inside = re.compile(rf"\.{root}(?![\w])|\.{root}-\w")

    assert root in path.with_suffix(".js").read_text("utf-8")
    assert not [s for s in selectors if not inside.match(s)]


def test_no_two_widgets_share_a_class() -> None:
    first = [next(_selectors(path.read_text("utf-8"))) for path in STYLES]

    assert len(set(first)) == len(STYLES)


def _selectors(css: str) -> Iterator[str]:
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    yield from _selectors_of(rules)


def _selectors_of(rules: list) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            one: list = []
            for token in rule.prelude:
                if token == ",":
                    yield tinycss2.serialize(one).strip()
                    one = []
                else:
                    one.append(token)
            yield tinycss2.serialize(one).strip()
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            yield from _selectors_of(
                tinycss2.parse_rule_list(
                    rule.content, skip_comments=True, skip_whitespace=True
                )
            )
        elif rule.type == "at-rule":
            assert rule.lower_at_keyword in ("keyframes", "container", "layer")


class TestWhatIsWrittenStaysText:
    @pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
    def test_markup_is_only_ever_a_constant(self, path: Path) -> None:
        source = bare(path.read_text("utf-8"))
        assigned = re.findall(r"\.innerHTML\s*\+?=(?!=)\s*([^;\n]+)", source)

        for value in assigned:
            assert re.fullmatch(r"[A-Z_]+", value.strip()), value
            constant = re.search(rf"const {value} = `([^`]*)`", source)
            assert constant
            assert "${" not in constant.group(1)

    @pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
    def test_no_text_can_become_markup_or_script(self, path: Path) -> None:
        source = bare(path.read_text("utf-8"))
        found = re.findall(
            r"insertAdjacentHTML|outerHTML\s*=(?!=)|document\.write|srcdoc|\beval\("
            r"|new Function|createContextualFragment|setHTML|\"text/html\"",
            source,
        )
        may = {
            # one place shows what a lesson's author displays
            "output_widget.js": ["text/html", "createContextualFragment"],
            # a file is read as a document that is never shown, and written as one
            "page_file.js": ["text/html"],
            "my_page_files.js": ["text/html"],
        }.get(path.name, [])

        assert [one.strip('"') for one in found] == may


class TestWhatIsYoursHasNoWayOut:
    @pytest.mark.parametrize("kind", OWN, ids=name_of)
    def test_the_script_knows_no_way_out_of_the_tab(self, kind: type) -> None:
        assert [m.group() for m in WAYS_OUT.finditer(script(kind))] == []

    @pytest.mark.parametrize("kind", OWN, ids=name_of)
    def test_the_script_only_ever_reads_from_python(self, kind: type) -> None:
        uses = re.findall(r"(?<![\w.-])model\b.{0,5}", script(kind))
        arrives = [use for use in uses if re.match(r"model, el|model\s*}", use)]

        assert len(arrives) <= 1, "the model comes in once, as render's parameter"
        assert all(use.startswith("model.get(") for use in uses if use not in arrives)

    @pytest.mark.parametrize("kind", OWN, ids=name_of)
    def test_no_trait_is_there_for_a_text(self, kind: type) -> None:
        texts = {"value", "text", "note", "content", "draft", "answer", "entry", "line"}

        assert not traits(kind) & texts


def test_every_explorer_belongs_to_the_family() -> None:
    kinds = [kind for kind in WIDGETS if ".explore." in kind.__module__]

    assert all(issubclass(kind, Explore) for kind in kinds)
