"""The text of a letter: one message as it was written, or several with a summary, and what else is owed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.language.model import Contact, Partnership
from reviewflow.london import london_day
from reviewflow.service.delivery.outgoing import OutgoingLetter
from reviewflow.service.messages.mailboxes import is_contact
from reviewflow.service.messages.text import is_known_by_its_text
from reviewflow.store.records import Notice
from reviewflow.text import day_words, listing

LONGEST_SUBJECT = 200
RULE = "-" * 60
CASES, MESSAGES = 3, 5
"""From so many cases, or messages, on a letter's summary is grouped by case: a longer list is not read."""
MOST = 12
"""How many items a letter lists that it is not about."""


@dataclass(frozen=True, slots=True)
class _Part:
    subject: str
    says: str
    """Its line in the summary."""
    text: str
    number: str
    """The reference to quote in an answer; '' for a digest, which nobody answers."""
    case: str = ""
    """The reference of its case; '' for a digest."""


def compose(partnership: Partnership, ready: OutgoingLetter) -> tuple[str, str]:
    """Subject and text of a letter, with what else its mailbox owes.

    The same message to two posts with one mailbox stands in it once. A long one is grouped by case. A subject has at
    most 200 characters. One that replaces what its reader may have had already says so at its end. Whoever reads the
    mailbox of the partnership's contact is not told to ask there.
    """
    subject, text = _composed(partnership, ready)
    if is_contact(partnership, ready.address):
        text = _telling_to_ask(partnership.contact).sub("", text).rstrip() + "\n"
    if not ready.replaces:
        return subject, text
    return subject, f"{text.rstrip()}\n\nThis replaces {listing(ready.replaces)}, if you had that: go by this one.\n"


def _telling_to_ask(contact: Contact) -> re.Pattern[str]:
    """The sentence that says whom to ask, with the empty line after it where it is a paragraph."""
    name, phone, email = map(re.escape, (contact.name, contact.phone, contact.email))
    return re.compile(rf"(?m)^Questions[^?\n]*\? Ring {name} on {phone}(?:, or write to {email})?\.(?: |\n\n?|$)")


def _composed(partnership: Partnership, ready: OutgoingLetter) -> tuple[str, str]:
    begins = f"[{partnership.partnership}] "
    parts = _parts(ready, begins)
    first = parts[0]
    if len(parts) == 1:
        owed = "\n".join(_also_due(ready.also_due))
        return f"{begins}{first.subject}", f"{first.text.rstrip()}\n\n{owed}" if owed else first.text
    subject = f"{begins}{len(parts)} messages, the first: {first.subject}"
    return _cut(subject), "\n".join(_text(partnership, parts, ready.also_due))


def _parts(ready: OutgoingLetter, begins: str) -> list[_Part]:
    """Each message once, in the order of the letter."""
    notices: dict[tuple[str, ...], Notice] = {}
    for notice in ready.notices:
        same = (notice.text,) if is_known_by_its_text(notice.item, notice.message) else ()
        notices.setdefault((notice.reference, notice.item, notice.message, notice.subject, *same), notice)
    digests = {(digest.subject, digest.text): digest for digest in ready.digests}
    titles = {digest: digest.subject.removeprefix(begins) for digest in digests.values()}
    today = london_day(ready.since)
    return [
        *(
            _Part(
                notice.subject.removeprefix(begins),
                _says(notice, begins),
                _dated(notice, today),
                notice.number,
                notice.reference,
            )
            for notice in notices.values()
        ),
        *(_Part(title, title, digest.text, "") for digest, title in titles.items()),
    ]


_COUNTED = re.compile(
    r"\b\d+ (?:\w+ )?(?:days?|hours?) (?:left|overdue)\b|\bdue today\b|\bexpected (?:in|today)\b"
    r"|\bIf nothing has arrived by\b"
)


def _dated(notice: Notice, today: date) -> str:
    """The text, which says of which day its counted days are when it leaves on a later one."""
    written = london_day(datetime.fromisoformat(notice.counted_from or notice.created_at))
    if written >= today or not _COUNTED.search(notice.text):
        return notice.text
    return f"{notice.text.rstrip()}\n\nDays are counted from {day_words(written)}, when this was written.\n"


def _says(notice: Notice, begins: str) -> str:
    """Its first line, where that begins with the case: 'RR-2026-001: Set up the review was due on ...'."""
    first = notice.text.partition("\n")[0]
    return first if first.startswith(f"{notice.reference}: ") else notice.subject.removeprefix(begins)


def _text(partnership: Partnership, parts: Sequence[_Part], also_due: Sequence[str]) -> list[str]:
    contact = partnership.contact
    cases = list(dict.fromkeys(part.case for part in parts))
    grouped = len(cases) >= CASES or len(parts) >= MESSAGES
    listed = [part for case in cases for part in parts if part.case == case] if grouped else list(parts)
    named = list(filter(None, cases))
    about = f" about {len(named)} cases" if grouped and len(named) > 1 else ""
    return [
        f"{len(parts)} messages from {partnership.partnership}{about}, the most urgent first:",
        *(_contents_by_case(listed) if grouped else (f"{n}. {part.says}" for n, part in enumerate(listed, start=1))),
        "",
        *_also_due(also_due),
        *([""] if also_due else []),
        f"Questions? Ring {contact.name} on {contact.phone}. Each message stands below, with how to answer it.",
        "",
        *(_part(place, part) for place, part in enumerate(listed, start=1)),
    ]


def _contents_by_case(parts: Sequence[_Part]) -> Iterator[str]:
    """The lines of the summary below the case that each is about, which a line then need not name."""
    case = None
    for place, part in enumerate(parts, start=1):
        if part.case != case:
            case = part.case
            yield ""
            yield case or "All cases"
        says = part.says.removeprefix(f"{case}: ")
        yield f"{place}. {says[:1].upper()}{says[1:]}"


def _part(place: int, part: _Part) -> str:
    reference = f"\nReference {part.number}\n" if part.number else ""
    return f"{RULE}\n{place}. {part.subject}\n\n{part.text.rstrip()}\n{reference}"


def _also_due(lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    more = [f"- and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return ["You also owe us, with no message today:", *(f"- {line}" for line in lines[:MOST]), *more, ""]


def _cut(subject: str) -> str:
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 3].rstrip()}..."
