"""What answers and what does not, and with which headers."""

import gzip
import html
import json
import re
import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from beyond_the_no.common.network_addresses import Addresses
from beyond_the_no.engine.kernels.message_filter import PROTOCOL
from beyond_the_no.engine.kernels.websocket import MOST_CONNECTIONS
from beyond_the_no.server.views.static_assets import RELEASE
from support import small_lessons as nb
from support.kernel_line import begun, line_to, made_up, message
from support.served import Answer, Served, serve, until

HOSTILE = "<i id=hack>&\"'{{7*7}}</i><script>hacked()</script>"
NOBODY = "01234567-89ab-cdef-0123-456789abcdef"
CACHED = ["help", "ground", "rules", "my-page"]
PAGES = ["", *CACHED, "lesson/one"]
KEYED = {"facilitate": "facilitator", "wall": "wall", "assist": "cofacilitator"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("lessons")
    nb.write(
        folder,
        one=nb.notebook("# One\n\nProse.", nb.NOTE, title="One"),
        asking=nb.notebook("# Asking", nb.ASKS),
        broken=nb.notebook("1 / 0", title=HOSTILE),
    )
    nb.write(folder / "facilitator", console=nb.notebook("print('for leaders')"))
    (folder / "notes.txt").write_text("not for phones")
    options = {
        "--lessons": str(folder),
        "--ip": "0.0.0.0",
        "--title": HOSTILE,
        "--person": HOSTILE,
        "--local": f"{HOSTILE}: +1 206 555 0100",
        "--wifi": "<i>wifi</i>",
    }
    with serve(*(word for pair in options.items() for word in pair)) as it:
        here = f"http://127.0.0.1:{it.port}/"  # it names this laptop's own address
        for name, address in it.addresses.items():
            if isinstance(address, str):
                it.addresses[name] = re.sub(r"^http://[^/]+/", here, address)
        yield it


@pytest.fixture(scope="module")
def lesson(served: Served) -> Answer:
    answer = served.ask("GET", "lesson/one")
    assert answer.status == 200
    return answer


def arrive(served: Served, method: str, path: str) -> Answer:
    """Ask for a page; one that browsers keep leads to the address of its edition."""
    answer = served.ask(method, path)
    if path not in CACHED:
        return answer
    assert answer.status == 302, path
    return served.ask(method, answer.headers["Location"].removeprefix("/"))


def assert_calm(answer: Answer) -> None:
    """A page that says what happened; never a traceback, never Jupyter's own page."""
    assert 400 <= answer.status < 500, answer.status
    if answer.headers.get_content_type() == "application/json":
        assert not json.loads(answer.text).get("traceback")
    else:
        assert 'class="care"' in answer.text or not answer.body
        assert answer.headers["Content-Security-Policy"]
    for word in ("Traceback", "site-packages", "jupyter", "Tornado", "File &quot;"):
        assert word not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers(served: Served, path: str) -> None:
    answer = arrive(served, "GET", path)

    assert answer.status == 200
    assert answer.headers.get_content_type() == "text/html"
    assert answer.headers.get_all("Vary") == ["Accept-Encoding"]


@pytest.mark.parametrize(
    "path",
    [
        "api",
        "api/contents",
        "api/contents/one.ipynb",
        "api/kernels",
        "api/kernelspecs",
        "api/me",
        "api/sessions",
        "api/spec.yaml",
        "api/status",
        "api/terminals",
        "doc/tree",
        "edit/one.ipynb",
        "files/one.ipynb",
        "files/notes.txt",
        "lab",
        "login",
        "logout",
        "metrics",
        "nbconvert/html/one.ipynb",
        "notebooks/one.ipynb",
        "static/voila.js",
        "terminals/1",
        "tree",
        "view/one.ipynb",
        "voila",
        "voila/files/notes.txt",
        "voila/render/one.ipynb",
        "voila/static/voila.js",
        "voila/templates/lab/static/voila.js",
        "voila/tree",
        ".git/config",
        "robots.txt",
    ],
)
def test_nothing_of_jupyter_or_voila_answers_by_itself(
    served: Served, path: str
) -> None:
    answer = served.ask("GET", path)

    assert answer.status == 404
    assert_calm(answer)


@pytest.mark.parametrize(
    "path",
    [
        "lesson/none",
        "lesson/one.ipynb",
        "lesson/notes.txt",
        "lesson/one/",
        "lesson/facilitator",
        "lesson/console",
        "lesson/facilitator/console",
        "lesson/facilitator%2fconsole",
        "lesson/facilitator%2Fconsole.ipynb",
        "lesson/one%2f..%2ffacilitator%2fconsole",
        "lesson/../facilitator/console",
        "lesson/%2e%2e%2ffacilitator%2fconsole",
        "lesson/one%00",
        "facilitator/console",
        "facilitator/console.ipynb",
    ],
)
def test_only_a_lesson_of_the_folder_is_run(served: Served, path: str) -> None:
    answer = served.ask("GET", path)

    assert answer.status == 404
    assert_calm(answer)
    assert "for leaders" not in answer.text


UP = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "%252e%252e%252f", "..\\", "/"]


@pytest.mark.parametrize("up", UP)
@pytest.mark.parametrize("root", ["voila", "labextensions", ""])
@pytest.mark.parametrize("wanted", ["etc/passwd", "server.py"])
def test_no_path_leads_out_of_the_assets(
    served: Served, up: str, root: str, wanted: str
) -> None:
    for deep in (1, 2, 12):
        answer = served.ask("GET", f"assets/x/{root}/{up * deep}{wanted}")

        assert answer.status == 404
        assert_calm(answer)


@pytest.mark.parametrize("name", ["base.html.j2", "__init__.py", "notices.toml", "."])
def test_only_styles_scripts_and_pictures_are_assets(served: Served, name: str) -> None:
    answer = served.ask("GET", f"assets/x/{name}")

    assert answer.status == 404
    assert_calm(answer)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "api/kernels"),
        ("POST", f"api/kernels/{NOBODY}/restart"),
        ("POST", f"api/kernels/{NOBODY}/interrupt"),
        ("PUT", "api/contents/new.ipynb"),
        ("PATCH", "api/contents/one.ipynb"),
        ("POST", "api/sessions"),
        ("POST", "api/terminals"),
        ("DELETE", f"api/kernels/{NOBODY}"),
        ("POST", f"voila/api/shutdown/{NOBODY}"),
        ("POST", ""),
        ("PUT", "help"),
        ("DELETE", "facilitate"),
        ("POST", "lesson/one"),
        ("GET", "room"),
        ("GET", "wifi.svg"),
        ("GET", "facilitate?key=%ff"),
    ],
)
def test_nothing_can_be_changed_from_outside(
    served: Served, method: str, path: str
) -> None:
    answer = served.ask(method, path, b"{}" if method != "GET" else None)

    assert 400 <= answer.status < 500
    if path != "room":
        assert_calm(answer)


def test_a_living_kernel_can_be_neither_listed_nor_deleted_nor_told_to_run_code(
    served: Served, lesson: Answer, tmp_path: Path
) -> None:
    kernel = made_up(served, "lesson/asking")
    cookie = lesson.headers["Set-Cookie"].partition(";")[0]
    xsrf = {"Cookie": cookie, "X-XSRFToken": cookie.partition("=")[2]}
    made = tmp_path / "made-by-a-phone"

    assert served.ask("DELETE", f"api/kernels/{kernel}").status == 403
    assert served.ask("DELETE", f"api/kernels/{kernel}", **xsrf).status == 405
    about = json.loads(served.ask("GET", f"api/kernels/{kernel}").text)
    assert about["id"] == kernel

    with line_to(served, kernel) as line:
        for channel in ("shell", "control"):
            code = f"open({str(made)!r}, 'w')"
            content = {"code": code, "silent": False, "store_history": False}
            line.send(message("execute_request", content, channel))
        begun(line)
    assert not made.exists()


class TestAKernelsLine:
    """Opens to pages of ours, in the one protocol; for others no kernel begins."""

    @pytest.fixture(autouse=True)
    def nothing_begins(self, served: Served) -> Iterator[None]:
        before = served.health()["kernels"]
        yield
        assert served.health()["kernels"] == before
        assert "Traceback" not in "".join(served.log)

    @pytest.mark.parametrize("protocols", [None, ["v2.kernel"], ["x", "y"]])
    def test_in_no_other_protocol(self, served: Served, protocols: object) -> None:
        kernel = made_up(served, "lesson/asking")
        assert refused(served, kernel, subprotocols=protocols) == 403

    @pytest.mark.parametrize(
        "origin", ["http://elsewhere.example", "null", "", "http://["]
    )
    def test_to_no_other_sites_page(self, served: Served, origin: str) -> None:
        kernel = made_up(served, "lesson/asking")
        assert refused(served, kernel, additional_headers={"Origin": origin}) == 403

    @pytest.mark.parametrize("session", ["", "s" * 300, "%C3%A9", "%ff", "a/b"])
    def test_with_no_odd_session(self, served: Served, session: str) -> None:
        kernel = made_up(served, "lesson/asking")
        assert refused(served, kernel, session=session) == 400

    def test_to_no_plain_request(self, served: Served) -> None:
        kernel = made_up(served, "lesson/asking")
        asked = f"api/kernels/{kernel}/channels?session_id=1"
        headers = {"Sec-WebSocket-Protocol": PROTOCOL}
        assert served.ask("GET", asked, **headers).status == 400

    @pytest.mark.parametrize(
        "rest", ["-a-b-c-" + "d" * 300, "-a-b-c-" + "d" * 90, "-a-b-c-%C3%A9"]
    )
    def test_of_no_odd_name(self, served: Served, rest: str) -> None:
        name = made_up(served, "lesson/asking").partition("-")[0]
        assert refused(served, name + rest) == 404
        assert served.ask("GET", f"api/kernels/{name}{rest}").status == 404

    def test_of_no_page_that_is_not_there(self, served: Served) -> None:
        assert refused(served, NOBODY) == 404


def refused(served: Served, kernel: str, **options: object) -> int:
    """Open a line that is refused; say how."""
    with pytest.raises(InvalidStatus) as answered:
        line_to(served, kernel, **options)
    return answered.value.response.status_code


def opens(served: Served, kernel: str) -> bool:
    try:
        with line_to(served, kernel) as line:
            return bool(begun(line))
    except InvalidStatus:
        return False


def test_a_kernel_has_few_lines(served: Served) -> None:
    kernel = made_up(served, "lesson/asking")
    with ExitStack() as lines:
        for _ in range(MOST_CONNECTIONS):
            lines.enter_context(line_to(served, kernel))
        assert refused(served, kernel) == 429
    until(lambda: opens(served, kernel), what="the others to be closed")


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "", "http://["])
def test_a_socket_opens_to_our_own_pages_only(served: Served, origin: str) -> None:
    with pytest.raises(InvalidStatus) as answered:
        connect(
            f"ws://127.0.0.1:{served.port}/room",
            additional_headers={"Origin": origin},
            proxy=None,
        )
    assert answered.value.response.status_code == 403


@pytest.mark.parametrize(
    ("wish", "packed"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, identity", False),
        ("xgzip", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("path", ["lesson/one", "", "theme.css"])
def test_packed_is_what_whoever_takes_it_gets(
    served: Served, path: str, wish: str, packed: bool
) -> None:
    path = path if "." not in path else asset(served, path)
    answers = [served.ask("GET", path, **{"Accept-Encoding": wish}) for _ in range(2)]
    for answer in answers:  # a file is answered another way the second time
        assert (answer.headers["Content-Encoding"] == "gzip") == packed
        assert (answer.body[:2] == b"\x1f\x8b") == packed


class TestALinkScannerMayLook:
    @pytest.mark.parametrize("path", [*PAGES, "healthz", "join.svg"])
    def test_at_the_head_of_a_page(self, served: Served, path: str) -> None:
        kernels = served.health()["kernels"]
        answer = arrive(served, "HEAD", path)

        assert answer.status == 200
        assert answer.body == b""
        assert served.health()["kernels"] == kernels, "and starts nothing"

    @pytest.mark.parametrize("path", ["none", "lesson/none", "assets/x/none.js"])
    def test_and_is_told_what_is_not_there(self, served: Served, path: str) -> None:
        assert served.ask("HEAD", path).status == 404

    def test_but_not_behind_a_key(self, served: Served) -> None:
        assert served.ask("HEAD", "facilitate").status == 403
        assert served.ask("HEAD", "wall").status == 403

    def test_at_an_asset(self, served: Served) -> None:
        assert served.ask("HEAD", asset(served, "theme.css")).status == 200


def asset(served: Served, name: str) -> str:
    page = served.ask("GET", "").text
    return re.search(rf'/(assets/\w+/{re.escape(name)})"', page).group(1)


def every_page(served: Served) -> dict[str, Answer]:
    keyed = [f"{p}?key={served.key(p)}" for p in KEYED]
    others = ["none", "lesson/none", "lesson/broken", "facilitate", "wall?key=wrong"]
    found = {page: arrive(served, "GET", page) for page in PAGES}
    return found | {p: served.ask("GET", p) for p in [*keyed, *others, "assets/x/y"]}


def test_every_page_forbids_foreign_and_inline_script(served: Served) -> None:
    for path, answer in every_page(served).items():
        policy = answer.headers.get_all("Content-Security-Policy")
        assert len(policy) == 1, path
        rules = dict(rule.split(" ", 1) for rule in policy[0].split("; "))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == "'self' blob:"
        assert rules["connect-src"] == "'self'"
        assert rules["form-action"] == "'none'"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_has_an_inline_script_or_a_handler(served: Served) -> None:
    for path, answer in every_page(served).items():
        for attributes, body in re.findall(
            r"<script\b([^>]*)>(.*?)</script>", answer.text, re.S
        ):
            data = "json" in attributes
            assert data or ("src=" in attributes and not body.strip()), path
        assert not re.search(r"<[a-z][^>]*\son\w+\s*=", answer.text), path
        assert "javascript:" not in answer.text


def test_no_page_names_another_host_to_load_from(served: Served) -> None:
    for path, answer in every_page(served).items():
        loads = re.findall(r'<(?!a )[^>]*?(?:src|href)="([^"]*)"', answer.text)
        here = re.compile(r"/(?!/)|data:image/svg")  # below our address, or in the page
        assert all(here.match(address) for address in loads), path


def test_a_participant_gets_no_cookie_that_tells_who_she_is(
    served: Served, lesson: Answer
) -> None:
    for path in PAGES[:-1]:
        assert served.ask("GET", path).headers["Set-Cookie"] is None
    (cookie,) = lesson.headers.get_all("Set-Cookie")
    assert cookie.startswith(f"_xsrf_{served.port}=")
    assert "SameSite=Strict" in cookie
    assert "expires" not in cookie.lower(), "it goes when the browser closes"


def test_an_asset_is_kept_for_ever_and_sent_compressed(served: Served) -> None:
    path = asset(served, "theme.css")
    plain = served.ask("GET", path)
    packed = served.ask("GET", path, **{"Accept-Encoding": "gzip"})

    for answer in (plain, packed):
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2


@pytest.mark.parametrize("accepts", ["gzip", "identity"])
def test_what_never_changes_is_the_same_the_second_time(
    served: Served, accepts: str
) -> None:
    def told(answer: Answer) -> dict[str, str]:
        apart = ("Date", "Etag", "Server")
        return {k: v for k, v in answer.headers.items() if k not in apart}

    for path in (asset(served, "theme.css"), f"assets/{RELEASE}/voila/voila.js"):
        first, *others = (
            served.ask("GET", path, **{"Accept-Encoding": accepts}) for _ in range(3)
        )
        assert first.status == 200
        for other in others:
            assert (other.status, other.body) == (200, first.body)
            assert told(other) == told(first)
            assert other.headers["Date"]
            assert other.headers["Etag"] is None, "no handler was asked"


def test_what_was_sent_before_keeps_its_manners(served: Served) -> None:
    path = asset(served, "theme.css")
    for _ in range(2):
        assert served.ask("GET", path).status == 200

    assert served.ask("HEAD", path).body == b""
    assert served.ask("POST", path).status in (403, 405)
    assert served.ask("GET", path, Host="elsewhere.example").status == 404
    assert served.ask("GET", f"{path}?again").body == served.ask("GET", path).body


def test_a_page_passes_files_that_others_wait_for(served: Served) -> None:
    def ask(path: str) -> bytes:
        return f"GET /{path} HTTP/1.1\r\nHost: {here}:{served.port}\r\n\r\n".encode()

    here, path = "127.0.0.1", f"assets/{RELEASE}/voila/voila.js"
    for known in (path, ""):
        assert served.ask("GET", known).status == 200
    with ExitStack() as open_:
        late, *phones = (
            open_.enter_context(socket.create_connection((here, served.port)))
            for _ in range(501)
        )
        for phone in phones:
            phone.sendall(ask(path))
        late.sendall(ask(""))
        assert late.recv(9).startswith(b"HTTP/1.1")
        answered, _, _ = select.select(phones, [], [], 0)

        assert len(answered) < len(phones), "it came last"
        for phone in phones:
            assert phone.recv(12) == b"HTTP/1.1 200"


@pytest.mark.parametrize("path", ["lesson/one", f"voila/api/shutdown/{NOBODY}"])
def test_nobody_fills_our_memory_with_a_request(served: Served, path: str) -> None:
    head = f"POST /{path} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n"
    address = ("127.0.0.1", served.port)
    with socket.create_connection(address, timeout=30) as line:
        line.sendall(f"{head}Content-Length: {2**20}\r\n\r\n".encode())

        assert line.recv(12) == b"HTTP/1.1 400"  # before anything else was sent


@pytest.mark.parametrize("name", ["./voila.js", "././voila.js", "a/../voila.js"])
def test_a_file_is_kept_under_one_name_only(served: Served, name: str) -> None:
    assert served.ask("GET", f"assets/{RELEASE}/voila/{name}").status == 404


def test_an_asset_of_yesterdays_address_is_asked_for_again(served: Served) -> None:
    answer = served.ask("GET", re.sub(r"/\w{12}/", "/old/", asset(served, "theme.css")))

    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["anywidget.js", "voila/voila.js"])
def test_the_front_ends_are_kept_too(served: Served, lesson: Answer, name: str) -> None:
    ours = re.search(r'src="/(assets/\w+/anywidget\.js)"', lesson.text).group(1)
    path = ours if name == "anywidget.js" else f"assets/{RELEASE}/{name}"
    answer = served.ask("GET", path, **{"Accept-Encoding": "gzip"})

    assert answer.status == 200
    assert answer.headers.get_content_type() == "text/javascript"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"


def test_an_address_cannot_change_the_template_or_the_theme(
    served: Served, lesson: Answer
) -> None:
    query = "?template=reveal&theme=dark&voila-template=gridstack&path=/etc/passwd"
    other = served.ask("GET", f"lesson/one{query}")

    def still(page: Answer) -> str:
        ids = r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}|0x[0-9a-f]+"
        return re.sub(ids, "ID", page.text)

    assert other.status == 200
    assert still(other) == still(lesson)


@pytest.mark.parametrize(("path", "role"), KEYED.items())
class TestAKey:
    @pytest.mark.parametrize("query", ["", "?key=", "?key=wrong", "?key=wrong&key="])
    def test_that_is_wrong_opens_nothing_and_says_so(
        self, served: Served, path: str, role: str, query: str
    ) -> None:
        answer = served.ask("GET", path + query)

        assert answer.status == 403
        assert "This key doesn’t open" in answer.text
        assert answer.headers["Set-Cookie"] is None
        assert_calm(answer)

    def test_that_is_right_becomes_a_cookie_no_script_can_read(
        self, served: Served, path: str, role: str
    ) -> None:
        key = served.key(path)
        answer = served.ask("GET", f"{path}?key={key}")
        (cookie,) = answer.headers.get_all("Set-Cookie")

        assert answer.status == 200
        assert cookie.startswith(f"{role}_{served.port}_")
        assert cookie.startswith(f"{served.cookie(path)};")
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "expires" not in cookie.lower()
        assert served.ask("GET", path, Cookie=served.cookie(path)).status == 200
        assert served.ask("GET", path, Cookie=f"{role}={key}").status == 403

    def test_of_the_other_role_opens_nothing(
        self, served: Served, path: str, role: str
    ) -> None:
        for other in set(KEYED) - {path}:
            key = served.key(other)

            assert served.ask("GET", f"{path}?key={key}").status == 403
            name = served.cookie(path).partition("=")[0]
            assert served.ask("GET", path, Cookie=f"{name}={key}").status == 403


def test_the_run_sheet_is_for_the_leader_only(served: Served) -> None:
    mine = {"Cookie": served.cookie()}
    sheet = json.loads(served.ask("GET", "facilitate/run-sheet.json", **mine).text)

    assert [one["name"] for one in sheet["lessons"]] == ["asking", "broken", "one"]
    assert sheet["starts"] == [0, 5, 10, 15]
    for other in ("run-sheet.json", "preflight.json", "export", "export.csv"):
        second = {"Cookie": served.cookie("assist")}
        assert served.ask("GET", f"facilitate/{other}").status == 403
        assert served.ask("GET", f"facilitate/{other}", **second).status == 403
    assert served.ask("GET", "wifi.svg", Cookie=served.cookie()).status == 200


@pytest.mark.parametrize(
    "where",
    ["row=9", "row=-1", "row=x", "row=0", "row=0&entered=1", "row=0&minute=99999"],
)
def test_a_place_that_is_not_in_the_plan_is_refused(served: Served, where: str) -> None:
    mine = {"Cookie": served.cookie()}
    sheet = f"facilitate/run-sheet.json?{where}"

    assert served.ask("GET", sheet, **mine).status in (400, 404)


def test_the_pace_is_told_in_words(served: Served) -> None:
    mine = {"Cookie": served.cookie()}
    where = "facilitate/run-sheet.json?row=0&entered=0&minute=9"

    sheet = json.loads(served.ask("GET", where, **mine).text)

    assert sheet["pace"] == "About four minutes behind the plan"


def test_what_is_not_well_is_said_before_the_room_is_opened(served: Served) -> None:
    mine = {"Cookie": served.cookie()}
    told = json.loads(served.ask("GET", "facilitate/preflight.json", **mine).text)
    lines = {line["name"]: line for line in told}

    assert lines["lessons"]["ok"] is False
    assert "Cell 1 (1 / 0) stopped" in lines["lessons"]["say"]
    assert lines["near"]["ok"]
    assert not lines["wifi"]["ok"], "a Wi-Fi without a password is named"
    assert not lines["phone"]["ok"], "this laptop is no phone"
    mine = [line for line in told if line["name"] != "lessons"]
    assert all(line["say"].endswith(".") for line in mine)


@pytest.mark.parametrize("page", ["facilitate", "assist"])
def test_what_to_say_is_there_for_those_who_lead(served: Served, page: str) -> None:
    mine = {"Cookie": served.cookie(page)}
    shown = served.ask("GET", f"{page}/what-do-i-say", **mine)

    assert shown.status == 200
    assert "Are you thinking about ending your life?" in shown.text
    assert f'href="/{page}">Back to my page' in shown.text
    assert served.ask("GET", f"{page}/what-do-i-say").status == 403
    other = {"Cookie": served.cookie({"assist": "facilitate"}.get(page, "assist"))}
    assert served.ask("GET", f"{page}/what-do-i-say", **other).status == 403


def test_nothing_can_be_saved_before_the_room_was_opened_for_it(served: Served) -> None:
    mine = {"Cookie": served.cookie()}

    page = served.ask("GET", "facilitate/export", **mine).text
    assert "This workshop keeps nothing" in page
    assert served.ask("GET", "facilitate/export.html", **mine).status == 404
    assert served.ask("GET", "facilitate/export.csv", **mine).status == 404


def test_no_page_of_a_participant_knows_a_key(served: Served, lesson: Answer) -> None:
    for path in [*PAGES, "none", "wall"]:
        page = served.ask("GET", path).text
        assert served.key() not in page
        assert served.key("wall") not in page
        assert served.key("assist") not in page


def test_health_is_told_on_this_machine_only(served: Served) -> None:
    """By whichever address; `test_changing_networks` asks from another machine."""
    asked = {"127.0.0.1", Addresses("0.0.0.0").best}
    for address in asked:
        for headers, status in (({}, 200), ({"X-Forwarded-For": "127.0.0.1"}, 404)):
            line = HTTPConnection(address, served.port, timeout=10)
            line.request("GET", "/healthz", headers=headers)
            answer = line.getresponse()
            assert answer.status == status
            assert ("kernels" in answer.read().decode()) == (status == 200)
            line.close()


def test_what_the_leader_typed_is_text_on_every_page(served: Served) -> None:
    shown = set()
    for path, answer in every_page(served).items():
        assert "<i id=hack" not in answer.text, path
        assert "<script>hacked" not in answer.text, path
        assert "<i>wifi" not in answer.text, path
        assert "49" not in re.findall(r"\{\{|49(?=&lt;/i)", answer.text), path
        if html.escape(HOSTILE, quote=False)[:20] in answer.text:
            shown.add(path)
    assert {"", "help", "lesson/one", "lesson/broken"} <= shown


def test_the_log_has_no_traceback(served: Served, lesson: Answer) -> None:
    log = "".join(served.log)

    assert "Traceback" not in log
    assert not re.search(r"\d+\.\d+\.\d+\.\d+", log)
