"""TLS contexts: the facilitator's certificate, or a self-signed one."""

import ipaddress
import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from ...common.settings import Settings, UserError

DAYS = 7  # a workshop is over by then


def context(settings: Settings) -> ssl.SSLContext | None:
    """Make ready for https, where it was asked for.

    Raises
    ------
    UserError
        One sentence that says what is wrong with a file, and what to do.
    """
    if settings.tls is not None:
        certificate, key = settings.tls
        _check(certificate, key)
        return _loaded(certificate, key)
    if settings.tls_self:
        # the ssl module reads files only; these hold no person's data and go at once
        with tempfile.TemporaryDirectory(prefix="beyond_") as folder:
            certificate, key = Path(folder) / "certificate", Path(folder) / "key"
            key.touch(0o600)
            certificate.write_bytes(_self_signed(_hosts(settings), key))
            return _loaded(certificate, key)
    return None


def _loaded(certificate: Path, key: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        made.load_cert_chain(certificate, key, password=_no_password)
    except (ssl.SSLError, ValueError):
        raise UserError(
            f"--tls: {key} is not the key of {certificate}, or it has a password. "
            "Name the two files that belong together, without a password."
        ) from None
    return made


def _no_password() -> str:
    raise ValueError


def _check(certificate: Path, key: Path) -> None:
    """Find what phones would find, before they do."""
    for path in (certificate, key):
        if not path.is_file():
            raise UserError(f"--tls: there is no file {path}.")
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
    except (ValueError, OSError):
        raise UserError(
            f"--tls: {certificate} is not a certificate in PEM form "
            "(it begins with -----BEGIN CERTIFICATE-----)."
        ) from None
    now = datetime.now(UTC)
    if now > found.not_valid_after_utc:
        raise UserError(
            f"--tls: {certificate} ran out on {_day(found.not_valid_after_utc)}: "
            "phones would refuse it. Renew it first."
        )
    if now < found.not_valid_before_utc:
        raise UserError(
            f"--tls: {certificate} only holds from "
            f"{_day(found.not_valid_before_utc)} on. Is this laptop's clock right?"
        )


def _day(when: datetime) -> str:
    """Write a day; not every system can leave out its zero by itself."""
    return f"{when.day} {when:%B %Y}"


def _hosts(settings: Settings) -> list[str]:
    """Every name and address by which browsers may come, the phones' first."""
    every = (urlsplit(settings.join).hostname, urlsplit(settings.here).hostname)
    found = [*every, *settings.addresses.own, "localhost"]
    return list(dict.fromkeys(name for name in found if name))


def _self_signed(hosts: list[str], key_file: Path) -> bytes:
    """Write a new key, and return its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:64])])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # phones' clocks differ
        .not_valid_after(now + timedelta(days=DAYS))
        .add_extension(
            x509.SubjectAlternativeName([_named(host) for host in hosts]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
