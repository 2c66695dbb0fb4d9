"""What every page is made of: strict, self-contained, plain words."""

import gzip
import re
from datetime import date
from html.parser import HTMLParser

import jinja2
import pytest

from beyond_the_no.evidence.help_page import Help, Local
from beyond_the_no.server.rendering import templating
from beyond_the_no.server.rendering.templating import (
    TEMPLATES,
    UrlPrefix,
    asset_path,
    static_files,
)
from server.pages.conftest import CONTEXTS, HELP, html, rendered

PAGES = sorted(CONTEXTS)
VOID = {"meta", "link", "input", "br", "img", "hr", "path"}


class Markup(HTMLParser):
    """Every tag with its attributes, the text a person reads, and inline scripts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.scripts: list[str] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data) -> None:
        if self.open and self.open[-1] == "script":
            # A block of JSON is data: no browser runs it.
            if self.tags[-1][1].get("type") != "application/json":
                self.scripts.append(data.strip())
        else:
            self.words.append(data)


def attributes(page: Markup) -> list[tuple[str, str]]:
    return [(n, v or "") for _, attrs in page.tags for n, v in attrs.items()]


# Participant-facing words of the care guide that are never right on these pages.
AVOID = re.compile(
    r"\b(commit\w* suicide|failed|failure|reject|loser|victim|sufferer|disorder|patient"
    r"|symptom\w*|risk\w*|flag\w*|detect\w*|oversensitive|needy|toxic|crazy|dramatic"
    r"|get over|move on|bounce back|be strong|stay positive|silver lining"
    r"|stepping stone"
    r"|you should|you must|just get over|easy for you|calm down|take a deep breath"
    r"|irrational|weakness|give up|quit|triumph|warrior|survivor|journey|blind|insane"
    r"|tribe|outcast|normal people|homework|test yourself|your score|unlock|streak"
    r"|congratulations|trigger warning|opt out)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", PAGES)
class TestEveryPage:
    def test_closes_what_it_opens(self, name: str) -> None:
        page = Markup(html(name))
        assert not page.unbalanced
        assert not page.open

    def test_asks_nothing_of_the_internet(self, name: str) -> None:
        loads = {"src", "href", "action", "data", "srcset", "poster", "formaction"}
        for attribute, value in attributes(Markup(html(name))):
            if attribute in loads:
                assert re.match(r"(/(?!/)|tel:|sms:|about:blank$|#|$)", value), value
        assert not re.search(r"https?://", html(name))

    def test_runs_no_script_of_its_own(self, name: str) -> None:
        page = Markup(html(name))
        assert not any(page.scripts)
        assert not [a for a, _ in attributes(page) if a.startswith("on")]
        assert "javascript:" not in html(name)

    def test_can_be_zoomed_and_says_its_language(self, name: str) -> None:
        tags = Markup(html(name)).tags
        assert ("html", {"lang": "en"}) in tags
        viewport = next(a["content"] for _, a in tags if a.get("name") == "viewport")
        assert viewport is not None
        assert "user-scalable" not in viewport
        assert "maximum-scale" not in viewport

    def test_names_each_thing_once(self, name: str) -> None:
        ids = [value for n, value in attributes(Markup(html(name))) if n == "id"]
        assert len(ids) == len(set(ids))

    def test_puts_the_care_bar_before_the_page_in_one_order(self, name: str) -> None:
        source = html(name)
        assert source.index('class="skip"') < source.index('class="care"')
        assert source.index('class="care"') < source.index("<main")
        bar = source[source.index('class="care"') : source.index("<main")]
        words = re.findall(r"</svg>\s*([\w ]+)", bar)
        leads = ["What do I say"] if 'data-role="facilitator"' in source else []
        assert words == ["Ground me", "Cover", "Signal", *leads, "Help"]

    def test_says_what_it_is_not(self, name: str) -> None:
        assert "It isn’t therapy, a diagnosis or an emergency service." in html(name)

    def test_keeps_to_the_kind_words(self, name: str) -> None:
        text = " ".join(Markup(html(name)).words)
        assert not AVOID.findall(text)

    def test_promises_no_fields_to_a_form_or_a_spelling_server(self, name: str) -> None:
        for tag, attrs in Markup(html(name)).tags:
            assert tag != "form"
            if tag == "textarea":
                assert attrs["spellcheck"] == "false"
            if tag in {"input", "textarea", "select"}:
                assert attrs["autocomplete"] == "off"

    def test_fits_into_one_breath_of_the_network(self, name: str) -> None:
        assert len(gzip.compress(html(name).encode(), 6)) < 20_000


def test_what_a_facilitator_types_is_text_and_nothing_else() -> None:
    sly = "<script>alert(1)</script>"
    sly_help = Help(
        countries=HELP.countries,
        country="DE",
        today=HELP.today,
        person=sly,
        local=Local(label=sly, number=sly),
    )
    for name in ("join", "help", "my_page"):
        assert "<script>" not in rendered(name, help=sly_help, title=sly)


def test_the_macros_escape_where_the_environment_does_not() -> None:
    # The lesson template lives in nbconvert's environment, which escapes nothing.
    plain = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES))
    template = plain.from_string(
        "{% import 'care_bar.html.j2' as care %}"
        "{{ care.care_bar(url_prefix) }}{{ care.care_dialogs(url_prefix, help) }}"
    )
    sly = Help(
        countries=HELP.countries, country="US", today=HELP.today, person="<i>x</i>"
    )
    source = template.render(url_prefix=UrlPrefix('/"><i>'), help=sly)
    assert "<i>" not in source
    assert "Suicide &amp; Crisis Lifeline" in source


DOUBT = re.compile(
    r"\b(20[12]\d|check|checked|sources?|called by|no date|January|February|March|"
    r"April|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("today", [date(2026, 12, 1), date(2031, 1, 1)])
def test_a_person_in_need_reads_no_date_no_source_and_no_doubt(today: date) -> None:
    old = HELP.model_copy(update={"today": today})
    page = rendered("help", help=old)
    words = " ".join(Markup(page[page.index("<main") : page.index("</main>")]).words)

    assert "Call 988" in words
    assert not DOUBT.findall(words)


def test_help_puts_emergency_first_then_the_person_then_the_line() -> None:
    page = html("help")
    order = ["Call 911", "Jonas sits", "+1 206 555 0100", "Call 988", "Text 988"]
    places = [page.index(part) for part in order]
    assert places == sorted(places)


def test_help_ends_its_lines_with_what_to_do_when_nobody_answers() -> None:
    page = html("help")
    last = page.rindex('class="number"')
    said = page.index("If one doesn’t answer, it isn’t because of you.")

    assert said > last
    assert "findahelpline.com" in page[said:]


def test_a_service_that_was_not_checked_for_two_years_has_an_address_at_most() -> None:
    late = HELP.model_copy(update={"today": date(2031, 1, 1)})
    page = rendered("help", help=late)

    assert "Call 988" in page, "the state gives it"
    assert "1-800-799-7233" not in page
    assert "thehotline.org" in page
    assert "Open day and night" not in page


def test_a_need_without_a_line_of_its_own_has_the_lines_for_everyone() -> None:
    page = html("help")
    germany = page[page.index('id="place-DE"') : page.index('id="place-FR"')]

    assert '<div data-need="suicide lgbtq older">' in germany
    assert "These people listen to everyone." in germany


def test_a_sheet_holds_every_line_of_its_place_and_leads_to_those_of_others() -> None:
    page = html("ground")
    sheet = page[page.index('<dialog id="help"') :]

    assert "1-800-799-7233" in sheet
    assert "116 016" not in sheet
    assert "Every line of Germany is on the page Help." in sheet
    assert "116 016" in html("help")


def test_beside_the_lines_on_abuse_stands_how_to_leave_no_trace() -> None:
    page = html("help")
    trace = page[page.index('class="trace') :]

    assert trace.startswith('class="trace flow" data-need="abuse"')
    for part in ("list of calls", "browser’s history", "private window"):
        assert part in trace


def test_my_page_takes_along_no_line_that_tells_what_a_person_needs() -> None:
    page = html("my-page")
    leaf = page[page.index("data-numbers") : page.index("</section>")]

    assert "988" in leaf
    assert "Domestic" not in leaf


def test_neither_help_nor_ground_opens_a_copy_of_itself() -> None:
    assert '<dialog id="help"' not in html("help")
    assert '<dialog id="ground"' not in html("ground")
    assert '<dialog id="help"' in html("ground")


def test_a_notice_never_turns_by_itself() -> None:
    assert "http-equiv" not in html("full")
    assert "in about 20 seconds" in html("full")
    assert "Try again" not in html("unknown")


@pytest.mark.parametrize("name", sorted(static_files() - {*templating.FACES}))
def test_a_static_file_reaches_for_nothing_outside(name: str) -> None:
    text = templating.file(name).read_text("utf-8")
    text = text.replace('"http://www.w3.org/2000/svg"', "")
    if name.endswith(".js"):  # namespaces, and where its makers explain errors
        text = re.sub(r"https?://(www\.w3\.org|github\.com|(?=\W))", "", text)
    assert not re.search(r"https?://|@import|url\(\s*['\"]?(//|http)", text)
    assert asset_path(name).endswith(f"/{name}")


def test_nothing_is_set_smaller_than_fourteen_pixels() -> None:
    css = templating.file("theme.css").read_text(encoding="utf-8")
    size = r"(?:font-size|font|--t-\w+):[^;]*?(?<![\d.])(\d*\.?\d+)rem"
    sizes = [float(rem) for rem in re.findall(size, css)]
    assert len(sizes) > 20
    assert min(sizes) >= 0.875


# what holds packages of others asks for more than it uses here
ASKED_FIRST = "isSecureContext&&globalThis.crypto?.subtle"
OUR_SCRIPTS = {name for name in static_files() if name.endswith(".js")} - {
    "anywidget.js",
    "ipywidgets.js",
    "math.js",
}


@pytest.mark.parametrize("name", sorted(OUR_SCRIPTS))
def test_a_script_works_where_the_connection_is_not_encrypted(name: str) -> None:
    """On plain http a browser has no wake lock, no clipboard and no service worker."""
    script = templating.file(name).read_text("utf-8")
    for api in (
        "wakeLock",
        "clipboard",
        "serviceWorker",
        "randomUUID",
        "crypto.subtle",
    ):
        if api == "crypto.subtle" and ASKED_FIRST in script:
            continue
        assert api not in script
