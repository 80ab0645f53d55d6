"""The calendars that are counted by: published bank holidays, what was put right by hand, local closures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from reviewflow.calendar import WEEKEND, Calendar, Calendars, in_words
from reviewflow.language.checks.calendars import OFFICE, PUBLISHED
from reviewflow.language.model import OwnCalendar, Partnership
from reviewflow.language.phrases import PhraseError, parse_day
from reviewflow.language.problem import START, DefinitionError, Mark, Problem, Severity, unknown
from reviewflow.language.source import Entries, Items, Node, Source, Text, read_source
from reviewflow.service.errors import UserError

REGIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}
NAMES = (OFFICE, *PUBLISHED)

# GOV.UK's own list, with which ours is compared, begins in 2012, before any edition of the guidance that is kept.
# A year costs a quarter of a millisecond, so 2045 is no matter of speed: mistyped years (2062, 2206) are refused.
FIRST_YEAR = 2012
LAST_YEAR = 2045


@dataclass(frozen=True, slots=True)
class Corrections:
    """What was put right by hand in one part of the kingdom; removed days keep their place in the file."""

    add: Mapping[date, str] = field(default_factory=dict)
    remove: Mapping[date, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overlay:
    """The calendars file as read."""

    source: Source
    proclaimed_until: date
    regions: Mapping[str, Corrections]


def calendars_of(partnership: Partnership, overlay: Path) -> Calendars:
    """The calendars of a partnership: its office's, its partners' own, the published ones; raises DefinitionError."""
    return load_calendars(overlay, _days(partnership.closures), own=partnership.calendars)


def load_calendars(
    overlay: Path | str,
    closures: Mapping[date, str],
    *,
    own: Mapping[str, OwnCalendar] | None = None,
    first_year: int = FIRST_YEAR,
    last_year: int = LAST_YEAR,
) -> Calendars:
    """All calendars by name, each made when it is first asked for; raises DefinitionError.

    `overlay` is the calendars file, or its text; `closures` are the days on which the office is closed; `own` are
    the calendars of partners.
    """
    return _Almanac(read_overlay(overlay), dict(closures), range(first_year, last_year + 1), dict(own or {}))


def _days(closures: Mapping[str, str]) -> dict[date, str]:
    return {parse_day(day): why for day, why in closures.items()}


class UnknownCalendar(UserError, KeyError):
    """A running case counts in the days of a calendar that somebody has taken out of partnership.yaml."""

    def __str__(self) -> str:
        return (
            f'There is no calendar "{self.args[0]}" any more, but days are counted in it. '
            "Put it back into partnership.yaml, under calendars."
        )


@dataclass(frozen=True, eq=False, repr=False)
class _Almanac(Mapping[str, Calendar]):
    overlay: Overlay
    closures: Mapping[date, str]
    years: range
    own: Mapping[str, OwnCalendar]
    _made: dict[str, Calendar] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Calendar:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*NAMES, *self.own))

    def __len__(self) -> int:
        return len(NAMES) + len(self.own)

    def __contains__(self, name: object) -> bool:
        return name in NAMES or name in self.own  # Mapping's own would make the calendar to find out

    def _make(self, name: str) -> Calendar:
        return Calendar(
            name,
            self._closed(name),
            first_year=self.years[0],
            last_year=self.years[-1],
            proclaimed_until=self.overlay.proclaimed_until,
        )

    def _closed(self, name: str) -> Mapping[date, str]:
        match name:
            case "office":
                return {**self.closures, **self._region("england")}
            case "uk_any":
                return self._anywhere()
            case _ if name in REGIONS:
                return self._region(name)
            case _ if name in self.own:
                return {**_days(self.own[name].closures), **self._closed(self.own[name].like)}
            case _:
                raise UnknownCalendar(name)

    def _region(self, name: str) -> Mapping[date, str]:
        published = bank_holidays(REGIONS[name], self.years)
        corrections = self.overlay.regions.get(name, Corrections())
        _refuse_strange_removals(self.overlay.source, name, corrections, published, self.years)
        kept = {day: why for day, why in published.items() if day not in corrections.remove}
        return {**kept, **corrections.add}

    def _anywhere(self) -> Mapping[date, str]:
        closed: dict[date, str] = {}
        for region in REGIONS:
            where = "" if region == "england" else f" ({region.replace('_', ' ').title()})"
            for day, why in self._region(region).items():
                closed.setdefault(day, why + where)
        return closed


@cache
def bank_holidays(subdivision: str, years: range) -> Mapping[date, str]:
    """Published bank holidays of one part of the kingdom, from the `holidays` library."""
    import holidays  # takes a quarter of a second: only for whoever counts days

    found = holidays.country_holidays("GB", subdiv=subdivision, years=years)
    return {day: why.replace("(observed)", "(substitute day)") for day, why in found.items()}


def _refuse_strange_removals(
    source: Source, region: str, corrections: Corrections, published: Mapping[date, str], years: range
) -> None:
    """A removal that removes nothing is a typing mistake that would leave a wrong day closed: never silent."""
    strange = {day: mark for day, mark in corrections.remove.items() if day.year in years and day not in published}
    if strange:
        raise DefinitionError(
            [
                source.problem(
                    mark,
                    "PD015",
                    f"{in_words(day)} is not a bank holiday in {region}, so it cannot be removed.\n"
                    "Correct the date, or take this line out.",
                )
                for day, mark in strange.items()
            ]
        )


def read_overlay(overlay: Path | str) -> Overlay:
    """The calendars file, or its text; raises DefinitionError with all that is wrong with it."""
    reading = _Reading(_source(overlay))
    until, regions = reading.whole()
    if reading.problems or until is None:
        raise DefinitionError(reading.problems)
    return Overlay(reading.source, until, regions)


def _source(overlay: Path | str) -> Source:
    if isinstance(overlay, str):
        return read_source("calendars.yaml", overlay.encode())
    if overlay.is_file():
        return read_source(str(overlay), overlay.read_bytes())
    message = "This file is missing. It must at least say until when bank holidays are proclaimed."
    return Source(str(overlay), (), None, (Problem(str(overlay), START, "PD001", message),))


class _Reading:
    """One pass over the calendars file, in which problems gather."""

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
        days = [(self._weekday(each), each.mark) for each in nodes]
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


def _unknown_part(found: str) -> str:
    if found == "office":
        return "The days on which the office is closed are written under closures in partnership.yaml."
    if found == "uk_any":
        return "uk_any is made of the four parts of the kingdom. Write the day under one of them."
    return unknown("known here", found, (_UNTIL, *REGIONS), "The calendars file")
