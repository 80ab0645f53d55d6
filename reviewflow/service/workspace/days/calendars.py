"""The calendars: published bank holidays, corrections by hand, local closures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from reviewflow.calendar import OFFICE, PUBLISHED, WORKING_DAYS, Calendar, Calendars, in_words
from reviewflow.language.model import OwnCalendar, Partnership
from reviewflow.language.phrases import parse_days
from reviewflow.language.problem import DefinitionError
from reviewflow.language.reading.source import Source
from reviewflow.service.workspace.days.bank_holiday_overlay import (
    FIRST_YEAR,
    LAST_YEAR,
    REGIONS,
    Corrections,
    Overlay,
    read_overlay,
)
from reviewflow.service.workspace.days.bank_holidays import bank_holidays
from reviewflow.service.workspace.errors import UserError

NAMES = (OFFICE, *PUBLISHED)


def calendars_of(partnership: Partnership, overlay: Path | Overlay) -> Calendars:
    """All calendars of a partnership by name: its office's, its partners' own, the published ones.

    Raises DefinitionError for mistakes in the calendars file.
    """
    closed = closed_days(partnership.closures)
    return load_calendars(overlay, closed, own=partnership.calendars, meetings=meetings_of(partnership))


def meetings_of(partnership: Partnership) -> dict[str, tuple[date, ...]]:
    """By group, the days on which it meets, in their order; only of groups that say so."""
    return {name: tuple(sorted(group.meets)) for name, group in partnership.groups.items() if group.meets}


def load_calendars(
    overlay: Path | str | Overlay,
    closures: Mapping[date, str],
    *,
    own: Mapping[str, OwnCalendar] | None = None,
    meetings: Mapping[str, tuple[date, ...]] | None = None,
    first_year: int = FIRST_YEAR,
    last_year: int = LAST_YEAR,
) -> Calendars:
    """All calendars by name, each made when it is first asked for; raises DefinitionError.

    `overlay` is the calendars file, its text, or what was read of it; `closures` are the days on which the office is
    closed; `own` are the calendars of partners; `meetings` are the days on which groups meet.
    """
    read = overlay if isinstance(overlay, Overlay) else read_overlay(overlay)
    return _Almanac(read, dict(closures), range(first_year, last_year + 1), dict(own or {}), dict(meetings or {}))


def closed_days(closures: Mapping[str, str]) -> dict[date, str]:
    """Every single day of closures as they are written, some of them from one day to another, and why."""
    closed: dict[date, str] = {}
    for days, why in closures.items():
        first, last = parse_days(days)
        closed |= {first + timedelta(days=number): why for number in range((last - first).days + 1)}
    return closed


class UnknownCalendar(UserError, KeyError):
    """A running case counts in a calendar that was taken out of partnership.yaml."""

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
    meetings: Mapping[str, tuple[date, ...]]
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
            days=(self.own[name].days if name in self.own else None) or WORKING_DAYS,
            meetings=self.meetings,
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
                return {**closed_days(self.own[name].closures), **self._closed(self.own[name].like)}
            case _:
                raise UnknownCalendar(name)

    def _region(self, name: str) -> Mapping[date, str]:
        published = bank_holidays(REGIONS[name], self.years)
        corrections = self.overlay.regions.get(name, Corrections())
        _refuse_strange_removals(self.overlay.source, name, corrections, published, self.years)
        remaining = {day: why for day, why in published.items() if day not in corrections.remove}
        return {**remaining, **corrections.add}

    def _anywhere(self) -> Mapping[date, str]:
        closed: dict[date, str] = {}
        for region in REGIONS:
            where = "" if region == "england" else f" ({region.replace('_', ' ').title()})"
            for day, why in self._region(region).items():
                closed.setdefault(day, why + where)
        return closed


def _refuse_strange_removals(
    source: Source, region: str, corrections: Corrections, published: Mapping[date, str], years: range
) -> None:
    """Raises DefinitionError for the removal of what is no bank holiday: a mistake that would leave a day closed."""
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
