"""One message to one mailbox."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from notifications.letters.headers import flaw, unsendable
from reviewflow.addresses import is_address

LONGEST_SUBJECT = 200
REFERENCE = "X-Reviewflow-Reference"
"""The mail header with the letter's number, by which one that comes back is known."""
LONGEST_REFERENCE = 100
_UNUSUAL = re.compile(r"[^A-Za-z0-9/._-]+|\.(?![A-Za-z0-9])|^\.")  # RFC 5322 has no dot beside another, nor first
_REFERENCE = re.compile(rf"[!-~]{{1,{LONGEST_REFERENCE}}}")


@dataclass(frozen=True, slots=True)
class Letter:
    """`reference` never changes, so that a letter which arrives twice is known by it: 'RR-2026-001/14.1'."""

    reference: str
    to: str
    subject: str
    text: str

    @property
    def body(self) -> str:
        """The text as it is sent and as it is written to the folder, with the reference as its last line."""
        text = self.text.replace("\r\n", "\n").rstrip()
        return f"{text}\n\nReference {self.reference}\n".lstrip("\n")


def message_id(reference: str, domain: str, *content: str) -> str:
    """The same each time a letter is sent or written, so that a repeat is dropped; never that of another text.

    It begins with the letter's number, so that the log of a mail server tells which letter it was:
    `<RR-2026-001/14.1.0f3a...@example.org>`.
    """
    digest = hashlib.sha256("\0".join((reference, *(part.strip() for part in content))).encode()).hexdigest()
    return f"<{_UNUSUAL.sub('-', reference)}.{digest[:16]}@{domain}>"


def boundary_of(identity: str) -> str:
    """What divides the parts of the mail with this message id: the same each time, as all of a letter is."""
    return f"=_{hashlib.sha256(identity.encode()).hexdigest()[:32]}"


def problems(letter: Letter) -> list[str]:
    """Why this letter can never be sent, one sentence each; empty when it can."""
    return [*_reference(letter.reference), *_to(letter.to), *_subject(letter.subject), *_text(letter.text)]


def is_reference(text: str) -> bool:
    """Whether this could be the number of a letter."""
    return _REFERENCE.fullmatch(text) is not None and not flaw(text)


def _reference(reference: str) -> list[str]:
    if is_reference(reference):
        return []
    return [
        f"The reference {reference[:LONGEST_REFERENCE]!a} is not 1 to {LONGEST_REFERENCE} plain letters and digits."
    ]


def _to(address: str) -> list[str]:
    return [] if is_address(address) else [f"{address[:80]!a} is not one e-mail address."]


def _subject(subject: str) -> list[str]:
    if not subject.strip():
        return ["The subject is empty."]
    if len(subject) > LONGEST_SUBJECT:
        return [f"The subject has {len(subject)} characters; {LONGEST_SUBJECT} is the most."]
    wrong = flaw(subject)
    return [f"The subject {wrong}."] if wrong else []


def _text(text: str) -> list[str]:
    broken = unsendable(text.replace("\r\n", "\n"))
    return [f"The text holds a control character ({broken})."] if broken else []
