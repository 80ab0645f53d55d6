"""The words of a letter: one message as it is written, or several, with what comes first and what else is owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewflow.language.model import Partnership
from reviewflow.service.delivery.queue import OutgoingLetter
from reviewflow.store.records import Notice

LONGEST_SUBJECT = 200
RULE = "-" * 60
MOST = 12
"""How many things a letter lists that it is not about."""


@dataclass(frozen=True, slots=True)
class _Part:
    subject: str
    says: str
    """What it is about, in a line."""
    text: str
    number: str
    """Empty for a digest, which nobody answers."""


def compose(partnership: Partnership, ready: OutgoingLetter) -> tuple[str, str]:
    """Subject and text, with what else this mailbox owes. Two posts with one mailbox read the same words once."""
    begins = f"[{partnership.partnership}] "
    parts = _parts(ready, begins)
    first = parts[0]
    if len(parts) == 1:
        owed = "\n".join(_besides(ready.besides))
        return f"{begins}{first.subject}", f"{first.text.rstrip()}\n\n{owed}" if owed else first.text
    subject = f"{begins}{len(parts)} messages, the first: {first.subject}"
    return _cut(subject), "\n".join(_text(partnership, parts, ready.besides))


def _parts(ready: OutgoingLetter, begins: str) -> list[_Part]:
    """Each message once, in the order in which they stand in the letter."""
    known = {(notice.reference, notice.item, notice.subject, notice.text): notice for notice in ready.notices}.values()
    digests = {(digest.subject, digest.text): digest for digest in ready.digests}
    titles = {digest: digest.subject.removeprefix(begins) for digest in digests.values()}
    return [
        *(_Part(each.subject.removeprefix(begins), _says(each, begins), each.text, each.number) for each in known),
        *(_Part(title, title, digest.text, "") for digest, title in titles.items()),
    ]


def _says(notice: Notice, begins: str) -> str:
    """Its first line, where that begins with the case: 'RR-2026-001: Set up the review was due on ...'."""
    first = notice.text.partition("\n")[0]
    return first if first.startswith(f"{notice.reference}: ") else notice.subject.removeprefix(begins)


def _text(partnership: Partnership, parts: Sequence[_Part], besides: Sequence[str]) -> list[str]:
    contact, link = partnership.contact, partnership.link
    where = f"Sign in at {link} to answer. " if link else ""
    return [
        f"{len(parts)} messages from {partnership.partnership}, the most urgent first:",
        *(f"{place}. {part.says}" for place, part in enumerate(parts, start=1)),
        "",
        *_besides(besides),
        *([""] if besides else []),
        f"{where}Questions? Ring {contact.name} on {contact.phone}. Each message stands below.",
        "",
        *(_part(place, part) for place, part in enumerate(parts, start=1)),
    ]


def _part(place: int, part: _Part) -> str:
    reference = f"\nReference {part.number}\n" if part.number else ""
    return f"{RULE}\n{place}. {part.subject}\n\n{part.text.rstrip()}\n{reference}"


def _besides(lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    more = [f"- and {len(lines) - MOST} more, which you see when you sign in"] if len(lines) > MOST else []
    return ["You also owe us, with no message today:", *(f"- {line}" for line in lines[:MOST]), *more, ""]


def _cut(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 3].rstrip()}..."
