"""Which mailbox mail comes back to, read from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from notifications.loopback import is_this_machine
from reviewflow.service.workspace.errors import SettingsError

BOUNCES_URL = "REVIEWFLOW_RETURNS_URL"
LOOKS_LIKE = "imaps://NAME:PASSWORD@mail.example.gov.uk/INBOX"
MICROSOFT_LOOKS_LIKE = "imaps://NAME@outlook.office365.com/INBOX?tenant=...&client=...&secret=..."
MICROSOFT = "https://login.microsoftonline.com"
_OF_MICROSOFT = {"tenant", "client", "secret"}


@dataclass(frozen=True, slots=True)
class Application:
    """What Microsoft 365 knows us as: its mailboxes take no password of their own."""

    tenant: str
    client: str
    secret: str = field(repr=False)
    login: str = MICROSOFT


@dataclass(frozen=True, slots=True)
class BounceMailbox:
    """Where the mailbox is. It holds a password: never a parameter of a flow or task, because Prefect stores those."""

    host: str
    port: int
    encrypted: bool
    name: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    patience: float = 30.0  # seconds that the server may take for an answer
    application: Application | None = None
    """Asked for a token, in place of the password."""


def bounce_mailbox_from_environment(environ: Mapping[str, str]) -> BounceMailbox | None:
    """The mailbox that mail comes back to; None when none is named. Raises SettingsError, and never with the URL."""
    url = environ.get(BOUNCES_URL, "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingsError(f"{BOUNCES_URL} cannot be read; it looks like {LOOKS_LIKE}") from None
    application = _application(parts)
    if parts.scheme not in {"imaps", "imap"} or not (
        parts.hostname and parts.username and (parts.password or application)
    ):
        raise SettingsError(f"{BOUNCES_URL} is not complete; it looks like {LOOKS_LIKE}")
    encrypted = parts.scheme == "imaps"
    if not encrypted and not is_this_machine(parts.hostname):
        raise SettingsError(f"{BOUNCES_URL} would send the password unencrypted; begin it with imaps://")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    name, password = unquote(parts.username), unquote(parts.password or "")
    at = (parts.hostname, port or (993 if encrypted else 143), encrypted)
    return BounceMailbox(*at, name, password, folder, application=application)


def _application(parts: SplitResult) -> Application | None:
    given = dict(parse_qsl(parts.query.replace("+", "%2B")))  # a plus in a secret is no space
    if not given:
        return None
    if given.keys() - {"login"} != _OF_MICROSOFT:
        raise SettingsError(f"{BOUNCES_URL} is not complete for Microsoft 365; it looks like {MICROSOFT_LOOKS_LIKE}")
    found = Application(**given)
    if not (found.login.startswith("https://") or is_this_machine(urlsplit(found.login).hostname or "")):
        raise SettingsError(f"{BOUNCES_URL} would send the secret unencrypted; Microsoft is reached by https only")
    return found
