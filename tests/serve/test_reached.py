"""Where a workshop is reached: below a prefix, behind a public address, by https."""

import datetime
import http.client
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from test_command_line import one_sentence, run

from served import Phone, Served, free_port, serve

LESSON = "01_why_it_hurts"
PUBLIC = "https://rooms.example.org/thursday/"


def takes_part(phone: Phone, served: Served) -> None:
    """Join, read a lesson, move a control: pages, files, sockets and pictures."""
    page = phone.join()
    page = phone.lesson(LESSON)
    chart = page.locator(".beyond-explore").first
    chart.locator("form button").click()
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


def test_health_is_for_programs_here_not_for_a_proxy() -> None:
    with serve(checked=False) as served:
        assert json.loads(served.ask("GET", "healthz").text)["status"] == "ok"
        forwarded = {"X-Forwarded-For": "127.0.0.1"}
        assert served.ask("GET", "healthz", **forwarded).status == 404


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
    assert "ran out on" in one_sentence(done.stderr)


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
        assert "beyond_room_open 0.0" in told
        assert not re.search(r"seat|people|phone|person", told)
        assert served.ask("GET", "metrics").status == 404


def test_a_log_for_programs_is_one_line_of_json_each() -> None:
    with serve("--log", "json", "--key", "short", checked=False) as served:
        served.stop()
        served.process.wait()

    lines = [json.loads(line) for line in served.log]
    assert any("This key is short" in line["message"] for line in lines)
