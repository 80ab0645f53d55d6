"""Who reaches the office from outside: browsers of people and agencies by its two names, and a mail server."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OFFICE, LETTERS = "office.toyshire.example", "reviews.toyshire.example"


def certificate(folder: Path) -> tuple[str, str]:
    """One for both names by an authority of our own, which `folder` keeps: certificate and key, as files hold them."""
    now, us = datetime.now(UTC), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority of a test")])
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def begun(name: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(name).issuer_name(us).public_key(public)
        made = made.serial_number(x509.random_serial_number())
        return made.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=2))

    root = begun(us, authority.public_key()).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    site = begun(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, OFFICE)]), key.public_key())
    names = x509.SubjectAlternativeName([x509.DNSName(OFFICE), x509.DNSName(LETTERS)])
    pem = serialization.Encoding.PEM
    signed = root.sign(authority, hashes.SHA256()).public_bytes(pem)
    (folder / "authority.pem").write_bytes(signed)
    held = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return site.add_extension(names, critical=False).sign(authority, hashes.SHA256()).public_bytes(pem).decode(), (
        held.decode()
    )


class _ToTheMachine(httpx.HTTPTransport):
    """Both names lead to the machine whose network this is."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.extensions = {**request.extensions, "sni_hostname": request.url.host}
        request.url = request.url.copy_with(host="127.0.0.1")
        return super().handle_request(request)


def browser(folder: Path, name: str = "", password: str = "") -> httpx.Client:
    """Of somebody who is signed in, or of an agency; it holds the certificate against that authority."""
    trusts = ssl.create_default_context(cafile=str(folder / "authority.pem"))
    auth = (name, password) if name else None
    return httpx.Client(transport=_ToTheMachine(verify=trusts), auth=auth, timeout=60)


class _Form(HTMLParser):
    """What a page sends by itself: hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag == "input" and about.get("type") == "hidden" and about.get("name"):
            self.sent.setdefault(str(about["name"]), []).append(about.get("value") or "")


def answer(browser: httpx.Client, address: str, given: Mapping[str, str]) -> httpx.Response:
    """Open the page of a letter, fill in its form and send it; the page that comes then."""
    page = browser.get(address)
    page.raise_for_status()
    form = _Form()
    form.feed(page.text)
    return browser.post(address, data={**form.sent, **given, "do": "answer"}, follow_redirects=True)


def addresses(text: str) -> list[str]:
    """Of pages of letters, in the text of a mail."""
    return re.findall(rf"https://{re.escape(LETTERS)}/a/[0-9A-Z]{{26}}", text)
