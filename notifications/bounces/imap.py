"""The mailbox that mail comes back to, looked through by IMAP. What is no bounce of ours stays as it is, for people."""

from __future__ import annotations

import imaplib
import socket
import ssl
from collections.abc import Callable, Iterable
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import Message

from imap_tools import AND, OR, BaseMailBox, H, MailBox, MailBoxUnencrypted, MailMessage, MailMessageFlags
from imap_tools.errors import ImapToolsError

from notifications.bounces.limits import LARGEST, FetchedMail
from notifications.bounces.mailbox import BOUNCES_URL, BounceMailbox
from notifications.bounces.microsoft import NoToken, token
from notifications.bounces.read import tells_of_failure
from reviewflow.service.delivery.bounces import BounceResult
from reviewflow.service.trouble.boundary import Boundary

BACK = timedelta(days=14)
"""How far back is looked: a mail server gives up within five days, and an office may be away for a week."""
AT_ONCE = 200
"""How many mails are looked at, the newest first: people may leave more of their own unread."""
_LIKE_A_BOUNCE = [H("Content-Type", "report"), H("From", "mailer-daemon"), H("From", "postmaster")]
"""Looked at even when somebody has opened it: whoever reads a bounce first does not take it from us."""
_DONE = (MailMessageFlags.SEEN, MailMessageFlags.ANSWERED)
"""How what is dealt with is marked. Every server keeps these two, and nobody answers a bounce."""


_ASIDE = (MailMessageFlags.FLAGGED,)
"""How what could not be read is marked; it stays where it is, unread."""


class Unreachable(Exception):
    """The mailbox could not be read: why, as a sentence, without its address and password."""


@dataclass(frozen=True, slots=True)
class MailboxReading:
    """What was found, as numbers of mails."""

    dealt_with: int
    strange: int
    """Unread ones that tell of a failure and fit no letter of ours."""
    left: int
    """All that are unread, for people."""
    aside: int = 0
    """Those that could not be read or dealt with: flagged, and looked at again later."""


def read_mailbox(
    returns: BounceMailbox, take: Callable[[Message], BounceResult], *, today: date, boundary: Boundary | None = None
) -> MailboxReading:
    """Give what may be a bounce to `take`, and mark what it dealt with. Raises Unreachable.

    With a `boundary` a mail that cannot be read or dealt with is flagged for people, and all others are read.
    """
    since = today - BACK
    perhaps = AND(OR(seen=False, header=_LIKE_A_BOUNCE), answered=False, date_gte=since, size_lt=LARGEST)
    try:
        with _open(returns) as mailbox:
            mails = mailbox.fetch(perhaps, limit=AT_ONCE, mark_seen=False, reverse=True)
            fates, aside = _taken(mails, take, boundary)
            done = [mail.uid for mail, fate in fates if fate is BounceResult.DEALT_WITH and mail.uid]
            mailbox.flag(done, _DONE, True)  # noqa: FBT003 - the library's own way
            mailbox.flag(aside, _ASIDE, True)  # noqa: FBT003
            left = len(mailbox.uids(AND(seen=False, date_gte=since)))
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        raise Unreachable(_trouble(error)) from None  # what the server printed may repeat the name
    except NoToken as refused:
        raise Unreachable(str(refused)) from None
    return MailboxReading(len(done), sum(_strange(mail, fate) for mail, fate in fates), left, len(aside))


def knock(returns: BounceMailbox) -> None:
    """See whether the mailbox lets us in, and read nothing. Raises Unreachable."""
    try:
        with _open(returns):
            pass
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        raise Unreachable(_trouble(error)) from None  # as above
    except NoToken as refused:
        raise Unreachable(str(refused)) from None


def _taken(
    mails: Iterable[MailMessage], take: Callable[[Message], BounceResult], boundary: Boundary | None
) -> tuple[list[tuple[MailMessage, BounceResult]], list[str]]:
    """What became of each mail, and which were set aside now."""
    fates, aside = list[tuple[MailMessage, BounceResult]](), list[str]()
    for mail in mails:
        uid = str(mail.uid)
        if boundary is not None and not boundary.may_try("mail", uid):
            continue
        aside.append(uid)
        with boundary.around("mail", uid) if boundary is not None else nullcontext():
            assert isinstance(mail, FetchedMail)
            mail.obj = mail.parsed()
            fates.append((mail, take(mail.obj)))
            aside.remove(uid)
    if boundary is not None:
        boundary.end("mail")
    return fates, aside


def _strange(mail: MailMessage, fate: BounceResult) -> bool:
    return fate is BounceResult.NOT_OURS and MailMessageFlags.SEEN not in mail.flags and tells_of_failure(mail.obj)


def _open(returns: BounceMailbox) -> BaseMailBox:
    where = (returns.host, returns.port, returns.patience)
    bearer = token(returns.application, returns.patience) if returns.application else None
    if returns.encrypted:
        box: BaseMailBox = MailBox(*where, ssl_context=ssl.create_default_context())
    else:
        box = MailBoxUnencrypted(*where)
    box.email_message_class = FetchedMail
    with ExitStack() as refused:  # the library leaves the line open when it is not let in
        refused.callback(box.client.shutdown)
        if bearer:
            box.xoauth2(returns.name, bearer, returns.folder)
        elif (returns.name + returns.password).isascii():
            box.login(returns.name, returns.password, returns.folder)
        else:
            box.login_utf8(returns.name, returns.password, returns.folder)
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
            return (
                f"The mailbox that mail comes back to did not let us in, or has no such folder; look at {BOUNCES_URL}."
            )
