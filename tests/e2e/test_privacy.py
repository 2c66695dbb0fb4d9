"""The core promise: what you write for yourself never leaves your phone.

A canary is typed into every field that is yours. Then it is looked for wherever a
laptop could have kept it: frames, requests, logs, memory of every process, files.
"""

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from beyond_the_no import own
from beyond_the_no.own.exercise import Exercise
from support import small_lessons as nb
from support.room_line import KeyLine
from support.served import REPO, Phone, Served, serve, until

pytestmark = pytest.mark.browser
# the kit's lessons, and one in which every widget of one's own stands
WORKBOOK = "99_workbook"
LESSONS = [
    *sorted(path.stem for path in (REPO / "notebooks").glob("*.ipynb")),
    WORKBOOK,
]
OWN = [getattr(own, name) for name in own.__all__]
ROOTS = ", ".join(re.match(r"\s*(\.[a-z-]+)", str(k._css)).group(1) for k in OWN)
FIELDS = "textarea, input[type=text], input:not([type]), [contenteditable=true]"
MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>&amp;\"'"
MEBIBYTE = 2**20
# as many text fields as the exercises declare: a step that nobody reached would show
MANY = sum(
    field["kind"] in ("text", "line")
    for kind in OWN
    if issubclass(kind, Exercise)
    for step in kind().exercise["steps"]
    for field in step.get("fields", ())
)


@dataclass
class Told:
    """One person's afternoon: what she wrote, and who was there."""

    phone: Phone
    leader: KeyLine
    began: float
    canary: str = field(default_factory=lambda: f"kanarie{secrets.token_hex(12)}")
    fields: int = 0
    dialogs: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = [f"own.{k.__name__}()" for k in OWN if k is not own.NoteToSelf]
    imports = "from beyond_the_no import explore, own"
    first = [imports, 'own.NoteToSelf("a")', "explore.BrainOverlap()"]
    asks = 'import ipywidgets\nipywidgets.Button(description="Ask")'  # Python
    cells = ["# All", *first, *made, asks]
    folder = nb.write(tmp_path_factory.mktemp("lessons"))
    shutil.copytree(REPO / "notebooks", folder, dirs_exist_ok=True)
    return nb.write(folder, **{WORKBOOK: nb.notebook(*cells, title="Workbook")})


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve("--lessons", str(folder)) as it:
        yield it


@pytest.fixture(scope="module")
def told(browser: Browser, served: Served) -> Iterator[Told]:
    began = time.time() - 1
    phone = Phone(browser, served)
    one = Told(phone, KeyLine(served), began)

    def answer(dialog: object) -> None:
        one.dialogs.append(dialog.message)
        dialog.dismiss()

    phone.page.on("dialog", answer)
    phone.join()
    one.leader.lead("move", lesson=LESSONS[0])
    yield one
    phone.close()
    one.leader.close()


def own_fields(page: Page) -> list[Locator]:
    fields = page.locator(f"#lesson :is({FIELDS}), #leaves :is({FIELDS})")
    return [one for one in fields.all() if one.is_visible()]


def write_everywhere(told: Told, page: Page, seen: set[str] | None = None) -> int:
    """Type key by key, as a thumb does: a script that listens would hear each."""
    seen = set() if seen is None else seen
    fields = [one for one in own_fields(page) if one.get_attribute("id") not in seen]
    for at, one in enumerate(fields):
        seen |= {one.get_attribute("id")} - {None}
        one.click()
        one.press("ControlOrMeta+End")
        page.keyboard.insert_text(told.canary[:-4])
        one.press_sequentially(f"{told.canary[-4:]} {at} ")
        page.keyboard.insert_text(MARKUP)
    return len(fields)


BACK = """() => {
  const doors = () => [...document.querySelectorAll("#lesson .exercise button")];
  const back = () => doors().find((one) => one.textContent === "Back");
  for (let one; (one = back()); ) one.click(); }"""
CHOOSE = """(choice) => { for (const group of document.querySelectorAll(
  "#lesson .exercise fieldset")) {
    const radios = group.querySelectorAll("input[type=radio]");
    radios[Math.min(choice, radios.length - 1)]?.click(); } }"""
ONWARD = """() => { const doors = document.querySelectorAll("#lesson [data-onward]");
  for (const one of doors) one.click();
  return doors.length; }"""


def write_through(told: Told, page: Page) -> int:
    """Go through every exercise, twice: the steps differ with what is chosen."""
    seen: set[str] = set()
    written = 0
    for choice in (1, 3):
        page.evaluate(BACK)
        for _ in range(200):
            written += write_everywhere(told, page, seen)
            page.evaluate(CHOOSE, choice)
            if not page.evaluate(ONWARD):
                break
        else:
            raise AssertionError("the exercises never end")
    return written


@pytest.mark.parametrize("name", LESSONS)
def test_a_canary_is_typed_into_every_field_of_a_lesson(
    told: Told, folder: Path, name: str
) -> None:
    page = told.phone.lesson(name)
    source = (folder / f"{name}.ipynb").read_text("utf-8")
    declared = len(re.findall(rf"\b(?:{'|'.join(own.__all__)})\(", source))
    widgets = page.locator("#lesson").locator(ROOTS)
    until(lambda: widgets.count() >= declared, what="the widgets of one's own")

    written = write_through(told, page)

    told.fields += written
    if name == WORKBOOK:
        assert written >= MANY, "the fields of the exercises were not found"
    for keep in page.get_by_role("button", name="Keep it", exact=True).all():
        keep.click()


def test_a_canary_is_typed_into_my_page_printed_saved_and_opened_again(
    told: Told, tmp_path: Path
) -> None:
    assert told.fields > 0, "no field was found to write into"
    page = told.phone.goto("my-page")
    leaf = page.locator("#leaves textarea").first
    expect(leaf).to_have_value(re.compile(told.canary))
    assert write_everywhere(told, page) > 0

    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / "my-page.html"
    saving.value.save_as(file)
    text = file.read_text("utf-8")
    assert told.canary in text
    assert "<img" not in text, "what was written stays text in the file too"
    assert "<script" not in text

    page.get_by_role("button", name="Clear everything").click()
    page.get_by_role("button", name="Clear them").click()
    expect(page.locator("#leaves textarea")).to_have_count(0)
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Open my page from last time").click()
    choosing.value.set_files(file)
    expect(page.locator("#leaves textarea").first).to_have_value(
        re.compile(told.canary)
    )
    file.unlink()


def test_an_answer_kept_to_oneself_is_not_sent(told: Told) -> None:
    """Whoever keeps an answer sends what a pass sends, to the letter."""
    phone, leader = told.phone, told.leader
    name = leader.last()["questions"][0]["id"]
    lesson = leader.last()["questions"][0]["lesson"]
    leader.lead("collect", activity=name)
    phone.lesson(lesson)
    before = len(phone.frames)
    poll = phone.page.locator(".together").first
    poll.get_by_role("button", name=re.compile("^Keep it to myself")).click()
    poll.get_by_role("radio").first.check()
    poll.get_by_role("button", name="Done").click()
    expect(poll.get_by_text("Done.")).to_be_visible()

    answers = [f for f in phone.frames[before:] if '"type":"answer"' in f]
    assert {json.loads(a)["value"] for a in answers} == {None}


def test_markup_that_was_written_stays_text(told: Told) -> None:
    assert told.dialogs == []
    assert told.phone.errors == []
    page = told.phone.page
    assert page.locator("img[src=x]").count() == 0


def test_no_frame_and_no_request_carries_it(told: Told) -> None:
    phone = told.phone
    assert len(phone.frames) > 10
    assert len(phone.requests) > 10

    assert [f for f in phone.frames if told.canary in f] == []
    assert [r for r in phone.requests if told.canary in r] == []
    assert phone.asked_elsewhere() == []
    assert [m for m in told.leader.heard if told.canary in str(m)] == []


def test_no_line_of_the_log_carries_it(told: Told, served: Served) -> None:
    assert told.canary not in "".join(served.log)


def in_memory(process: psutil.Process, *texts: str) -> set[str]:
    """Which of these texts stand anywhere in the memory of a process."""
    wanted = {t: (t.encode(), t.encode("utf-16-le")) for t in texts}
    found: set[str] = set()
    try:
        maps = Path(f"/proc/{process.pid}/maps").read_text()
        memory = open(f"/proc/{process.pid}/mem", "rb", buffering=0)  # noqa: SIM115
    except (FileNotFoundError, ProcessLookupError):
        return found  # it has ended meanwhile
    with memory:
        for line in maps.splitlines():
            places, rights = line.split()[:2]
            if "r" not in rights or line.endswith(("[vvar]", "[vsyscall]")):
                continue
            start, end = (int(place, 16) for place in places.split("-"))
            tail = b""
            while start < end:  # in pieces, for some regions are huge
                try:
                    memory.seek(start)
                    piece = memory.read(min(end - start, 16 * MEBIBYTE))
                except (OSError, OverflowError, ValueError):
                    break
                if not piece:
                    break
                found |= {
                    t
                    for t, forms in wanted.items()
                    if any(f in tail + piece for f in forms)
                }
                tail, start = piece[-256:], start + len(piece)
    return found


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux")
def test_no_process_has_it_in_memory(told: Told, served: Served) -> None:
    server = psutil.Process(served.process.pid)
    processes = [server, *server.children(recursive=True)]
    told.phone.lesson(WORKBOOK).get_by_role("button", name="Ask").click()
    until(lambda: served.health()["kernels"] > 0, what="its kernel")
    processes += server.children(recursive=True)
    key = served.key()
    sure = "beyond_the_no"

    assert in_memory(server, key, told.canary) == {key}, "the scanner finds the key"
    found = {p: in_memory(p, sure, told.canary) for p in set(processes[1:])}
    stayed = [p for p in found if p.is_running() and p.status() != "zombie"]
    assert stayed
    assert all(found[p] == {sure} for p in stayed)
    assert not any(told.canary in texts for texts in found.values())


def on_disk(text: str, since: float, folders: list[Path]) -> list[Path]:
    """Files that were written since then and hold this text."""
    found = []
    for folder in folders:
        for path, inner, names in os.walk(folder):
            # the browser of this test is the phone, not the laptop
            inner[:] = [
                name
                for name in inner
                if not re.match(r"\.git$|\.venv$|playwright|\.org\.chromium", name)
            ]
            for name in names:
                file = Path(path) / name
                try:
                    about = file.lstat()
                    if about.st_mtime < since or not file.is_file():
                        continue
                    if text.encode() in file.read_bytes():
                        found.append(file)
                except OSError:
                    continue
    return found


def test_no_file_holds_it(told: Told, tmp_path: Path) -> None:
    temporary = {Path("/tmp"), Path(os.environ.get("TMPDIR", "/tmp"))}
    home = Path.home()
    folders = [REPO, *temporary, home / ".ipython", home / ".local/share/jupyter"]
    sure = f"sure{secrets.token_hex(8)}"
    (tmp_path / "sure").write_text(sure)

    everywhere = [*folders, tmp_path]
    assert on_disk(sure, told.began, everywhere), "the scanner finds what was written"
    assert on_disk(told.canary, told.began, everywhere) == []


def test_a_very_long_line_is_kept_whole(told: Told) -> None:
    page = told.phone.lesson(WORKBOOK)
    text = "No. " * (MEBIBYTE // 4)
    note = page.locator(".note-to-self").first
    note.locator("textarea").fill(text, timeout=60_000)
    note.get_by_role("button", name="Keep it").click()
    expect(note.get_by_role("status")).to_contain_text("Kept ✓")

    page.reload()
    page.locator("body[data-ready]").wait_for()

    note = page.locator(".note-to-self").first
    assert note.locator("textarea").input_value() == text
    assert not [f for f in told.phone.frames if "No. No. No." in f]
    note.locator("textarea").fill("short again")


FULL = """() => {
  let size = 2 ** 22;
  while (size > 8) {
    try { sessionStorage.setItem("filler" + size, "x".repeat(size)); }
    catch { size = Math.floor(size / 2); continue; }
    size = Math.floor(size / 2);
  }
}"""
EMPTY = """() => {
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith("filler")) sessionStorage.removeItem(key);
}"""


def test_more_than_a_phone_can_hold_is_said_and_nothing_is_lost(told: Told) -> None:
    page = told.phone.page
    note = page.locator(".note-to-self").first
    page.evaluate(FULL)
    text = "A line that does not fit. " * 40
    note.locator("textarea").fill(text)
    note.get_by_role("button", name="Keep it").click()

    expect(note.get_by_role("status")).to_contain_text("more than this phone can keep")
    assert note.locator("textarea").input_value() == text
    chart = page.locator(".beyond-explore").first
    chart.get_by_role("button", name="Show me").click()
    expect(chart.locator("output")).to_be_visible()

    page.evaluate(EMPTY)
    note.get_by_role("button", name="Keep it").click()
    expect(note.get_by_role("status")).to_contain_text("Kept ✓")


def test_my_page_says_so_too(told: Told) -> None:
    page = told.phone.goto("my-page")
    leaf = page.locator("#leaves textarea").first
    page.evaluate(FULL)
    text = "More than fits. " * 200
    leaf.fill(text)

    expect(page.get_by_text("more than this phone can keep")).to_be_visible()
    assert leaf.input_value() == text

    page.evaluate(EMPTY)
    leaf.press("ControlOrMeta+End")
    leaf.press_sequentially("!")
    expect(page.get_by_text("more than this phone can keep")).to_be_hidden()
    page.reload()
    expect(page.locator("#leaves textarea").first).to_have_value(f"{text}!")
    assert told.phone.errors == []
