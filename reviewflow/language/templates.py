"""Message templates: words and a fixed list of fields in braces. No code, and nothing that could identify a child."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

ADDRESSED = "addressed"
"""The field that stays as it is written until the letter leaves."""
FORECAST = "forecast"
"""The field that takes longer to work out than all others."""
FIELDS: dict[str, str] = {
    "partnership": "the partnership's short name",
    "reference": "the case reference",
    "process": "the title of the process",
    "called": "what the process calls a case of it: review, request",
    "step": "what is owed",
    "owner": "who owes it: the agency or the post",
    "due": "the day it is due, with its weekday",
    "days": "how far away that is: 2 working days left, due today, 3 working days overdue",
    "limit": "the national or local time limit that is nearest, and its day",
    FORECAST: "whether the time limit will be met in time as things stand, and what that hangs on",
    "sent_before": "how many messages have gone out about it before this one",
    "chased": "since when it is owed, how many messages went out about it before this one, and on which days",
    "said": "what was answered: needs more time, until Fri 5 Jun 2026",
    "next": "what happens next and when, if nothing arrives",
    "answer": "how to answer: the address of a page for just this, or the telephone number and the mailbox to use",
    "link": "the address of that page alone; the office's own address where letters carry none",
    "contact_name": "the post to ask",
    "contact_email": "the mailbox to ask",
    "contact_phone": "the telephone number to ring",
    ADDRESSED: "how a contact of the case wishes to be addressed; filled in only as the released letter leaves",
}
OF_CONTACTS = frozenset(
    {
        *("partnership", "reference", "process", "step", "due"),
        *("contact_name", "contact_email", "contact_phone", ADDRESSED),
    }
)
"""What a letter to a contact of the case may say: nothing of what agencies owe, were asked or have answered."""

TABLES: dict[str, str] = {
    "timetable": "every step and limit with its day",
    "agencies": "the agencies that take part",
    "open_steps": "what is owed now, by whom and by when",
}
"""What a document may carry besides."""
DOCUMENT_FIELDS: dict[str, str] = {name: words for name, words in FIELDS.items() if name != ADDRESSED} | TABLES

_SLOT = re.compile(r"\{([^{}\n]*)\}")


def slots(template: str) -> Iterator[tuple[int, int, str]]:
    """Each field of a template: line and column (from 0) within it, and the name."""
    for number, line in enumerate(template.split("\n")):
        for match in _SLOT.finditer(line):
            yield number, match.start(), match[1]


def stray_braces(template: str) -> Iterator[tuple[int, int]]:
    """Line and column (from 0) of the first brace of each line that stands alone: half a field."""
    for number, line in enumerate(template.split("\n")):
        rest = _SLOT.sub(lambda match: " " * len(match[0]), line)
        if brace := re.search(r"[{}]", rest):
            yield number, brace.start()


def named(template: str) -> frozenset[str]:
    """The fields that a template names."""
    return frozenset(_SLOT.findall(template))


_BEGINS_A_SENTENCE = re.compile(r"(?:^|[.!?] |\n\s*(?:- )?)$")


def render(template: str, values: Mapping[str, str]) -> str:
    """The template with its fields filled in, one that begins a sentence with a capital letter.

    A value is never read as a template again.
    """
    return _SLOT.sub(lambda match: _at_its_place(match, values[match[1]]), template)


def _at_its_place(slot: re.Match[str], value: str) -> str:
    begins = _BEGINS_A_SENTENCE.search(slot.string[: slot.start()])
    return f"{value[:1].upper()}{value[1:]}" if begins and "@" not in value.split(" ", maxsplit=1)[0] else value
