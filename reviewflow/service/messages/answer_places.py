"""Where a message says how to answer: a mark in its stored text, filled in as the letter leaves.

So the letter that is tried again is the same letter, and whoever has a copy of the database has no address to open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from reviewflow.language.model import Partnership

ANSWER, LINK, PAGE = "answer", "link", "page"
"""How to answer, in words; the address alone; the address on a line of its own, or nothing."""
_PLACE = re.compile(rf"\{{({ANSWER}|{LINK}|{PAGE}) ([^{{}}\s]+)\}}")


class Place(NamedTuple):
    """A mark: which words it wants, and the form that is answered, as 'RR-2026-001/agency_return/police/1'."""

    kind: str
    form: str

    def __str__(self) -> str:
        return f"{{{self.kind} {self.form}}}"


def places(text: str) -> list[Place]:
    """Every mark in a text, in order."""
    return [Place(*found) for found in _PLACE.findall(text)]


def filled(text: str, words: Callable[[Place], str]) -> str:
    """The text with these words in place of its marks."""
    return _PLACE.sub(lambda found: words(Place(found[1], found[2])), text)


def without_pages(partnership: Partnership, text: str) -> str:
    """The text as a letter has it that carries no address of its own."""
    return filled(text, lambda place: words_without_page(partnership, place.kind, place.form.partition("/")[0]))


def words_without_page(partnership: Partnership, kind: str, reference: str) -> str:
    """How to answer where there is no page for it: by telephone or by mail, as partnership.yaml says."""
    contact = partnership.contact
    match kind:
        case "answer":
            at = f"at {partnership.link}, " if partnership.link else ""
            return f"{at}{words_by_mail(partnership, reference)}"
        case "link":
            return partnership.link or f"our office ({contact.phone}, {contact.email})"
        case _:
            return ""


def words_by_mail(partnership: Partnership, reference: str) -> str:
    """How to answer for whom there is no page at all: by telephone or by mail."""
    contact = partnership.contact
    return f"by telephone, {contact.phone}, or by mail to {contact.email}; say {reference}."


def words_with_page(kind: str, address: str) -> str:
    """How to answer on a page."""
    match kind:
        case "answer":
            return f"on one page, without an account; opening it sends nothing:\n  {address}"
        case "link":
            return address
        case _:
            return f"\n  {address}"
