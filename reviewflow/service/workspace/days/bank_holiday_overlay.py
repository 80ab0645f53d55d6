"""The calendars file: until when bank holidays are proclaimed, and corrections of them by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from reviewflow.calendar import WEEKEND, in_words
from reviewflow.language.phrases import PhraseError, parse_day
from reviewflow.language.problem import START, DefinitionError, Mark, Problem, Severity
from reviewflow.language.reading.parser import read_file, read_source
from reviewflow.language.reading.source import Source
from reviewflow.language.reading.tree import Entries, Items, Node, Text
from reviewflow.language.suggestions import unknown

REGIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}

# GOV.UK's own list, with which ours is compared, begins in 2012, before any edition of the guidance that is kept.
# A year costs a quarter of a millisecond, so 2045 is no matter of speed: mistyped years (2062, 2206) are refused.
FIRST_YEAR = 2012
LAST_YEAR = 2045


@dataclass(frozen=True, slots=True)
class Corrections:
    """Corrections by hand for one part of the kingdom; removed days with their place in the file."""

    add: Mapping[date, str] = field(default_factory=dict)
    remove: Mapping[date, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overlay:
    """The calendars file as read."""

    source: Source
    proclaimed_until: date
    regions: Mapping[str, Corrections]


def read_overlay(overlay: Path | str) -> Overlay:
    """The calendars file, given as a path or as its text; raises DefinitionError with all that is wrong with it."""
    reading = _CalendarReader(_source(overlay))
    until, regions = reading.whole()
    if reading.problems or until is None:
        raise DefinitionError(reading.problems)
    return Overlay(reading.source, until, regions)


def _source(overlay: Path | str) -> Source:
    if isinstance(overlay, str):
        return read_source("calendars.yaml", overlay.encode())
    if overlay.exists() or overlay.is_symlink():
        return read_source(str(overlay), read_file(overlay, within=overlay.parent))
    message = (
        "This file is missing. It must at least say until when bank holidays are proclaimed. "
        f"Make it, with this one line: {_UNTIL}: 2028-12-31"
    )
    return Source(str(overlay), (), None, (Problem(str(overlay), START, "PD001", message),))


class _CalendarReader:
    """One pass over the calendars file, which collects its problems."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems = [problem for problem in source.problems if problem.severity is Severity.ERROR]

    def whole(self) -> tuple[date | None, Mapping[str, Corrections]]:
        until: date | None = None
        regions = {}
        for key, value in self._pairs(self.source.root, "the calendars file", "proclaimed_until: 2028-12-31"):
            if key.value == _UNTIL:
                until = self._day(value)
            elif key.value in REGIONS:
                regions[key.value] = self._corrections(value, key.value)
            else:
                self._refuse(key, "PD010", _unknown_part(key.value))
        if until is None and not self.problems:
            self._refuse(self.source.root, "PD011", f'"{_UNTIL}" is missing. Write: {_UNTIL}: 2028-12-31')
        return until, regions

    def _corrections(self, node: Node, region: str) -> Corrections:
        add: dict[date, str] = {}
        remove: dict[date, Mark] = {}
        for key, value in self._pairs(node, region, "add:, remove:"):
            if key.value == "add":
                add = self._added(value)
            elif key.value == "remove":
                remove = self._removed(value)
            else:
                message = unknown("known here", key.value, ("add", "remove"), region)
                self._refuse(key, "PD010", message)
        return Corrections(add, remove)

    def _added(self, node: Node) -> dict[date, str]:
        added = {}
        for key, value in self._pairs(node, "add", "2022-09-19: State Funeral"):
            day = self._weekday(key)
            if not isinstance(value, Text):
                self._refuse(value, "PD012", f"Write the name of the day after its date: {key.value}: State Funeral")
            elif day is not None:
                added[day] = value.value
        return added

    def _removed(self, node: Node) -> dict[date, Mark]:
        nodes = node.nodes if isinstance(node, Items) else (node,)
        days = [(self._weekday(node), node.mark) for node in nodes]
        return {day: mark for day, mark in days if day is not None}

    def _weekday(self, node: Node) -> date | None:
        day = self._day(node)
        if day is None or day.weekday() not in WEEKEND:
            return day
        self._refuse(node, "PD015", f"{in_words(day)} is never a working day. Check the date.")
        return None

    def _day(self, node: Node) -> date | None:
        if not isinstance(node, Text):
            self._refuse(node, "PD012", "A date is expected here, such as 2026-12-18.")
            return None
        try:
            day = parse_day(node.value)
        except PhraseError as error:
            self._refuse(node, error.code, str(error))
            return None
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
        self._refuse(node, "PD015", f"{day.year} is not between {FIRST_YEAR} and {LAST_YEAR}. Check the year.")
        return None

    def _pairs(self, node: Node | None, what: str, example: str) -> tuple[tuple[Text, Node], ...]:
        if isinstance(node, Entries):
            return node.pairs
        if node is not None:
            self._refuse(node, "PD012", f"Under {what} names and values are expected, such as {example}")
        return ()

    def _refuse(self, node: Node | None, code: str, message: str) -> None:
        self.problems.append(self.source.problem(START if node is None else node.mark, code, message))


_UNTIL = "proclaimed_until"


def _unknown_part(name: str) -> str:
    if name == "office":
        return "The days on which the office is closed are written under closures in partnership.yaml."
    if name == "uk_any":
        return "uk_any is made of the four parts of the kingdom. Write the day under one of them."
    return unknown("known here", name, (_UNTIL, *REGIONS), "The calendars file")
