"""The mailbox that mail comes back to, read by IMAP. Only what is dealt with is marked as read; people see the rest."""

from __future__ import annotations

import imaplib
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import Message
from urllib.parse import unquote, urlsplit

from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import ImapToolsError

from notifications.near import is_this_machine
from reviewflow.service.errors import SettingsError

RETURNS = "REVIEWFLOW_RETURNS_URL"
LOOKS_LIKE = "imaps://NAME:PASSWORD@mail.example.gov.uk/INBOX"
BACK = timedelta(days=14)
"""How far back is looked: a mail server gives up within five days, and an office may be away for a week."""
AT_ONCE = 200
"""How many unread mails are looked at, the newest first: people may leave more of their own unread."""


class Unreachable(Exception):
    """The mailbox could not be read: why, as a sentence, without its address and password."""


@dataclass(frozen=True, slots=True)
class Returns:
    """Where the mailbox is. It holds a password: never a parameter of a flow or task, because Prefect stores those."""

    host: str
    port: int
    encrypted: bool
    name: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    patience: float = 30.0  # seconds that the server may take for an answer


def returns_from_environment(environ: Mapping[str, str]) -> Returns | None:
    """The mailbox that mail comes back to; None when none is named. Raises SettingsError, and never with the URL."""
    url = environ.get(RETURNS, "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SettingsError(f"{RETURNS} cannot be read; it looks like {LOOKS_LIKE}") from None
    if parts.scheme not in {"imaps", "imap"} or not (parts.hostname and parts.username and parts.password):
        raise SettingsError(f"{RETURNS} is not complete; it looks like {LOOKS_LIKE}")
    encrypted = parts.scheme == "imaps"
    if not encrypted and not is_this_machine(parts.hostname):
        raise SettingsError(f"{RETURNS} would send the password unencrypted; begin it with imaps://")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    name, password = unquote(parts.username), unquote(parts.password)
    return Returns(parts.hostname, port or (993 if encrypted else 143), encrypted, name, password, folder)


def look_through(returns: Returns, take: Callable[[Message], bool], *, today: date) -> tuple[int, int]:
    """Give every unread mail of the last days to `take`; how many it dealt with, which are marked as read, and how many
    stay unread for people. Raises Unreachable.
    """
    try:
        with _open(returns) as mailbox:
            unread = mailbox.fetch(AND(seen=False, date_gte=today - BACK), limit=AT_ONCE, mark_seen=False, reverse=True)
            dealt_with = [mail.uid for mail in unread if take(mail.obj) and mail.uid]
            mailbox.flag(dealt_with, MailMessageFlags.SEEN, True)  # noqa: FBT003 - the library's own way
            left = len(mailbox.uids(AND(seen=False, date_gte=today - BACK)))
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        raise Unreachable(_trouble(error)) from None  # what the server printed may repeat the name
    return len(dealt_with), left


def _open(returns: Returns) -> BaseMailBox:
    where = (returns.host, returns.port, returns.patience)
    if returns.encrypted:
        box: BaseMailBox = MailBox(*where, ssl_context=ssl.create_default_context())
    else:
        box = MailBoxUnencrypted(*where)
    with ExitStack() as refused:  # the library leaves the line open when it is not let in
        refused.callback(box.client.shutdown)
        box.login(returns.name, returns.password, returns.folder)
        refused.pop_all()
    return box


def _trouble(error: Exception) -> str:
    match error:
        case ssl.SSLError():
            return "No safe connection to the mailbox that mail comes back to could be made."
        case socket.gaierror():
            return "The name of the server of the mailbox that mail comes back to was not found."
        case OSError():
            return "The mailbox that mail comes back to could not be reached."
        case _:
            return f"The mailbox that mail comes back to did not let us in, or has no such folder; look at {RETURNS}."
