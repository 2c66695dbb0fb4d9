"""Where a workshop is reached: below a prefix, behind a public address, by https."""

import datetime
import http.client
import json
import re
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import Browser

from commands.test_command_line import one_sentence, run
from support import small_lessons as nb
from support.served import REPO, Phone, Served, free_port, serve, until

LESSON = "01_why_it_hurts"
# a slider that asks Python, so that its page has a kernel
ASKS = """import ipywidgets as w
slider, said = w.IntSlider(), w.Label()
slider.observe(lambda change: setattr(said, "value", str(change.new)), "value")
w.VBox([slider, said])"""
PUBLIC = "https://rooms.example.org/thursday/"


def takes_part(phone: Phone, served: Served) -> None:
    """Join, read a lesson, move a control: pages, files, sockets and pictures."""
    page = phone.join()
    page = phone.lesson(LESSON)
    chart = page.locator(".beyond-explore").first
    chart.get_by_role("button", name="Show me").click()
    before = chart.locator("svg").first.inner_html()
    chart.get_by_role("slider").press("ArrowLeft")
    page.wait_for_function(
        "before => document.querySelector('.beyond-explore svg').innerHTML !== before",
        arg=before,
    )


@pytest.mark.browser
@pytest.mark.parametrize("options", [["--base", "/a/room-1/"], ["--tls", "self"]])
def test_everything_works_below_a_prefix_and_by_https(
    phone: Callable[..., Phone], options: list[str]
) -> None:
    with serve(*options) as served:
        one = phone(served, ignore_https_errors=True)
        takes_part(one, served)

        assert all(
            request.startswith((served.join, "blob:", "data:"))
            for request in one.requests
        )
        cookies = one.context.cookies()
        assert cookies
        secure = served.join.startswith("https")
        assert {cookie["secure"] for cookie in cookies} == {secure}
        base = "/" if secure else "/a/room-1/"
        assert {cookie["path"] for cookie in cookies} == {base}


def test_nothing_answers_outside_of_the_prefix() -> None:
    with serve("--base", "/a/", checked=False) as served:
        outside = served.ask("GET", "../help")

        assert outside.status == 404


def test_absolute_addresses_come_from_the_public_one_alone() -> None:
    # a proxy that takes the prefix off and ends https: we hear plain http at /
    port = free_port()
    options = ("--public", PUBLIC, "--base", "/")
    with serve(*options, port=port, checked=False) as served:
        assert served.join == PUBLIC
        assert served.facilitate.startswith(PUBLIC)
        served.addresses["join"] = f"http://127.0.0.1:{port}/"
        page = served.ask("GET", "", Host="rooms.example.org")
        assert page.status == 200
        links = re.findall(r'(?:href|src)="(/[^"]*)"', page.text)
        assert links
        assert all(link.startswith("/thursday/") for link in links)
        leader = served.ask("GET", f"facilitate?key={served.key()}")
        assert "Secure" in leader.headers["Set-Cookie"]
        assert "Path=/thursday/" in leader.headers["Set-Cookie"]
        stranger = served.ask("GET", "", Host="elsewhere.example.org")
        assert stranger.status == 404


@pytest.mark.browser
def test_two_workshops_on_one_laptop_keep_their_keys_apart(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    pages = ("facilitate", "wall", "assist")
    with serve(checked=False) as one, serve(checked=False) as other:
        for served in (one, other):
            for name in pages:
                assert page.goto(f"{served.join}{name}?key={served.key(name)}").ok
        for served in (one, other):
            for name in pages:
                assert page.goto(served.join + name).ok, "its key is kept"
    names = [cookie["name"] for cookie in context.cookies()]
    assert len(names) == len(set(names)) == 2 * len(pages)

    with serve(port=other.port, checked=False) as again:
        page.goto(again.facilitate)
        names = [cookie["name"] for cookie in context.cookies()]
        (now,) = (n for n in names if n.startswith(f"facilitator_{again.port}_"))
        assert again.cookie().startswith(f"{now}="), "the key of before is gone"
    context.close()


@pytest.mark.browser
def test_a_cookie_of_another_program_keeps_no_kernel_alive(
    phone: Callable[..., Phone], tmp_path: Path
) -> None:
    nb.write(tmp_path, one=nb.notebook(ASKS, title="One"))
    with serve("--base", "/a/", "--lessons", str(tmp_path)) as served:
        one = phone(served)
        page = one.lesson("one")
        token = "2|00000000|00112233445566778899aabbccddeeff|1700000000"
        root = served.join.removesuffix("a/")
        one.context.add_cookies([{"name": "_xsrf", "value": token, "url": root}])
        page.get_by_role("slider").press("ArrowRight")
        until(lambda: served.health()["kernels"] == 1, 30, "a kernel")
        page.goto("about:blank")
        until(lambda: served.health()["kernels"] == 0, 30, "its end")


def test_health_is_for_programs_here_not_for_a_proxy() -> None:
    with serve(checked=False) as served:
        assert json.loads(served.ask("GET", "healthz").text)["status"] == "ok"
        forwarded = {"X-Forwarded-For": "127.0.0.1"}
        assert served.ask("GET", "healthz", **forwarded).status == 404


def told(served: Served) -> dict[str, dict]:
    """What the leader's page says before the room is opened."""
    mine = {"Cookie": served.cookie(), "Host": f"127.0.0.1:{served.port}"}
    answer = served.ask("GET", "facilitate/preflight.json", **mine)
    return {line["name"]: line for line in json.loads(answer.text)}


def test_behind_a_proxy_on_this_machine_preflight_is_right() -> None:
    port = free_port()
    with serve("--public", PUBLIC, "--base", "/", port=port, checked=False) as served:
        key = served.key()
        served.addresses["join"] = f"http://127.0.0.1:{port}/"
        served.addresses["facilitate"] = f"{served.join}facilitate?key={key}"
        assert told(served)["network"]["ok"]
        assert PUBLIC in told(served)["network"]["say"]
        asks = {"Host": "rooms.example.org", "X-Forwarded-For": "203.0.113.9"}
        assert served.ask("GET", "", Cookie=served.cookie(), **asks).status == 200
        assert not told(served)["phone"]["ok"], "that was the leader"
        assert "hotspot" not in told(served)["phone"]["say"]
        assert served.ask("GET", "", **asks).status == 200
        assert told(served)["phone"]["ok"]


def test_a_workshop_for_this_laptop_alone_says_so() -> None:
    with serve(checked=False) as served:
        assert served.ask("GET", "").status == 200
        assert "--ip 127.0.0.1" in told(served)["network"]["say"]
        assert not told(served)["phone"]["ok"], "this laptop is no phone"


def test_no_day_is_written_in_a_way_that_windows_lacks() -> None:
    files = (REPO / "widgets").rglob("*.py")
    found = [f.name for f in files if re.search("%[-#][a-zA-Z]", f.read_text("utf-8"))]
    assert found == []


def certificate(folder: Path, days: int) -> tuple[Path, Path]:
    """A pair of files; the certificate ran out where days is negative."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=90))
        .not_valid_after(now + datetime.timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(pem))
    files[1].write_bytes(
        key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


def test_a_certificate_of_ones_own_is_used(tmp_path: Path) -> None:
    with serve("--tls", *map(str, certificate(tmp_path, 30)), checked=False) as served:
        assert served.join.startswith("https://")
        assert served.health()["status"] == "ok"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda cert, key: cert.unlink(), "there is no file"),
        (lambda cert, key: cert.write_text("hello"), "is not a certificate"),
        (lambda cert, key: key.write_text("hello"), "is not the key of"),
    ],
)
def test_a_wrong_file_is_named_before_the_port_is_opened(
    tmp_path: Path, spoil: Callable[[Path, Path], object], says: str
) -> None:
    files = certificate(tmp_path, 30)
    spoil(*files)
    done = run("open", "--json", "--port", str(free_port()), "--tls", *map(str, files))

    assert done.returncode == 1
    assert says in one_sentence(done.stderr)


def test_a_certificate_that_ran_out_is_refused(tmp_path: Path) -> None:
    files = map(str, certificate(tmp_path, -1))
    done = run("open", "--json", "--port", str(free_port()), "--tls", *files)

    assert done.returncode == 1
    assert re.search(r"ran out on \d{1,2} [A-Z]\w+ 20\d\d: ", one_sentence(done.stderr))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--base", "room"], "--base begins and ends with a slash"),
        (["--base", "/a b/"], "--base begins and ends with a slash"),
        (["--public", "rooms.example.org"], "--public is an address"),
        (["--public", "https://x.org/?a=1"], "--public is an address"),
        (["--tls", "one"], "--tls needs a certificate and its key"),
    ],
)
def test_a_wrong_address_is_named_in_one_sentence(words: list, names: str) -> None:
    done = run("open", "--json", "--port", str(free_port()), *words)

    assert done.returncode == 1
    assert one_sentence(done.stderr).startswith(names)


def test_numbers_for_machines_have_a_port_of_their_own_and_no_people() -> None:
    port = free_port()
    with serve("--metrics", str(port), checked=False) as served:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        line.request("GET", "/metrics")
        told = line.getresponse().read().decode()
        line.close()

        assert "beyond_lessons " in told
        assert "beyond_kernels_full 0.0" in told
        assert "beyond_room_open 0.0" in told
        # open files, processor time and kernels count the people, one by one
        assert not re.search(r"seat|people|phone|person|process_|kernels ", told)
        assert served.ask("GET", "metrics").status == 404


def test_numbers_are_offered_on_loopback_unless_an_address_is_named() -> None:
    port = free_port()
    with serve("--ip", "0.0.0.0", "--metrics", str(port), checked=False) as served:
        (listening,) = listens(served, port)
        assert listening == "127.0.0.1"
        busy = ["--ip", "127.0.0.1", "--port", str(free_port())]
        done = run("open", "--json", "--metrics", str(port), *busy)
        assert done.returncode == 1
        assert f"choose another port: --metrics {port + 1}" in one_sentence(done.stderr)
    with serve("--metrics", f"0.0.0.0:{port}", checked=False) as served:
        assert listens(served, port) == ["0.0.0.0"]


def listens(served: Served, port: int) -> list[str]:
    """At which addresses a workshop listens with a port."""
    lines = psutil.Process(served.process.pid).net_connections(kind="tcp")
    at = [one.laddr for one in lines if one.status == psutil.CONN_LISTEN]
    return [address.ip for address in at if address.port == port]


def test_a_log_for_programs_is_one_line_of_json_each() -> None:
    with serve("--log", "json", "--key", "short", checked=False) as served:
        served.stop()
        served.process.wait()

    lines = [json.loads(line) for line in served.log]
    assert any("This key is short" in line["message"] for line in lines)
