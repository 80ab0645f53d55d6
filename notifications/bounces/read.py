"""Mail that comes back: which letter it was, to whom, and whether it came back for good (RFC 3464)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_string
from email.message import Message
from email.utils import parseaddr

from flufl.bounce import all_failures

from notifications.bounce import Bounce
from notifications.letters.letter import REFERENCE, is_reference
from reviewflow.addresses import is_address

_LAST_LINE = re.compile(r"^Reference (\S+)\s*$", re.MULTILINE)
_QUOTED = re.compile(r"^[> \t]*Reference (\S+)\s*$", re.MULTILINE)
_ANSWERED = re.compile(r"<(\S{1,100}?)\.[0-9a-f]{16}@")
_STATUS = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")
_REASONS = {
    "1": "the address is not known there",
    "2": "the mailbox there takes nothing",
    "4": "no way was found to it",
    "7": "it was refused there as unwanted",
}
"""What the second number of a status says, of those that tell an office what to do (RFC 3463)."""


def read(mail: Message) -> Bounce | None:
    """What a mail says of a letter of ours that did not arrive; None when it is anything else, such as an answer."""
    delayed, failed = _failures(mail)
    number = next(filter(is_reference, _numbers(mail)), None)
    if number is None or len(delayed | failed) != 1:
        return None
    [address] = delayed | failed
    return Bounce(number, address, lasting=address in failed, why=_why(mail))


def answered_letter(mail: Message) -> tuple[str, str] | None:
    """The number of the letter that a mail answers, and the address it comes from; None when it answers none of ours.

    Mail programs name the letter by its Message-ID, which begins with its number; people quote its last line.
    """
    named = f"{mail['In-Reply-To'] or ''} {mail['References'] or ''}"
    quoted = (_text(part) for part in mail.walk() if part.get_content_maintype() == "text")
    numbers = (
        *(found[1] for found in _ANSWERED.finditer(named)),
        *(found[1] for text in quoted for found in _QUOTED.finditer(text)),
    )
    address = parseaddr(str(mail["From"] or ""))[1].lower()
    number = next(filter(is_reference, numbers), None)
    return (number, address) if number and is_address(address) else None


def tells_of_failure(mail: Message) -> bool:
    """Whether it is about some mail that did not arrive, of ours or not."""
    return any(_failures(mail))


def _failures(mail: Message) -> tuple[frozenset[str], frozenset[str]]:
    try:
        delayed, failed = all_failures(mail)
    except Exception:  # noqa: BLE001 - anybody may write to a mailbox: a mail that trips the reader is for a person
        return frozenset(), frozenset()
    return _plain(delayed), _plain(failed)


def _plain(addresses: frozenset[bytes | str]) -> frozenset[str]:
    found = (address.decode("ascii", "replace") if isinstance(address, bytes) else address for address in addresses)
    return frozenset(filter(is_address, (each.strip("<> ").lower() for each in found)))


def _numbers(mail: Message) -> Iterator[str]:
    """The number of the letter: in the headers of what was sent back, else in its last line."""
    for part in mail.walk():
        if part is not mail and part[REFERENCE]:
            yield str(part[REFERENCE]).strip()
        if part.get_content_type() in {"text/rfc822-headers", "message/rfc822-headers"}:
            header = message_from_string(_text(part))[REFERENCE]
            yield from [str(header).strip()] if header else []
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            yield from (found[1] for found in _LAST_LINE.finditer(_text(part)))


def _why(mail: Message) -> str:
    """In the words of its status, where the mail server gave one."""
    for part in mail.walk():
        found = _STATUS.search(str(part["Status"] or ""))
        if found:
            reason = _REASONS.get(found[0].split(".")[1])
            return f"{reason} ({found[0]})" if reason else f"the mail server there gave {found[0]} as its reason"
    return "the mail server there gave no reason"


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else str(part.get_payload())
