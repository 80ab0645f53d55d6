"""The order of a letter's messages: cases by their most urgent, and in each first what is most urgent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from reviewflow.case.model.ids import step_of
from reviewflow.service.delivery.owner_first import LetterCases
from reviewflow.service.messages.fields.day_fields import asked_of, overdue_words, tells_that_it_passed
from reviewflow.store.records import Notice

LAST = "99"
"""Sorts behind every day: a message about nothing that is owed."""
UNDATED = "9"


def most_urgent_first(cases: LetterCases, notices: Iterable[Notice]) -> list[Notice]:
    """Urgent ones first, then by the day on which what they ask for is due; last those that ask for nothing."""
    listed = list(notices)
    days = _days(cases, listed) if len(listed) > 1 else {}
    return sorted(
        listed, key=lambda notice: (not notice.urgent, days.get(notice.number, LAST), in_order(notice.number))
    )


def _days(cases: LetterCases, notices: Iterable[Notice]) -> Mapping[str, str]:
    """By the number of a notice, the earliest day of what it is about or asks for."""
    days: dict[str, str] = {}
    listed, workspace = list(notices), cases.workspace
    open_days = workspace.store.open_days({notice.reference for notice in listed})
    for reference in dict.fromkeys(notice.reference for notice in listed):
        with workspace.aside(reference):
            row = cases.row(reference)
            open_items = {item: due or UNDATED for item, due in open_days.get(reference, {}).items()}
            for notice in (notice for notice in listed if notice.reference == reference and row is not None):
                about = [notice.item, *(asked_of(workspace.plan(row.definition), notice.item) if row else ())]
                days[notice.number] = min((open_items[item] for item in about if item in open_items), default=LAST)
    return days


def with_days_passed(cases: LetterCases, notices: Iterable[Notice], now: datetime) -> list[Notice]:
    """These notices, in which a request whose day has passed since it was written says by how much."""
    return [_with_day_passed(cases, notice, now) for notice in notices]


def _with_day_passed(cases: LetterCases, notice: Notice, now: datetime) -> Notice:
    words, workspace = "", cases.workspace
    with workspace.aside(notice.reference):
        row = cases.row(notice.reference) if not tells_that_it_passed(notice.text) else None
        if row is not None and step_of(notice.item) in workspace.plan(row.definition).steps:
            words = overdue_words(workspace.context(row, now), notice.item, "")
    return replace(notice, text=f"{notice.text.rstrip()}\n\n{words}\n") if words else notice


@lru_cache(maxsize=16_384)  # a letter sorts all that was written in its cases, and the next letter does again
def in_order(number: str) -> tuple[str | int, ...]:
    """A key that sorts .../9.1 before .../10.1: ids of rows that are written together come in any order."""
    return tuple(int(part) if part.isdigit() else part for part in re.split(r"(\d+)", number))
