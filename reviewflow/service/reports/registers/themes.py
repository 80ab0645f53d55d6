"""What published reviews are about over the years, and which recommendations came back under the same theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewflow.service.reports.registers.action import Action
from reviewflow.service.reports.registers.actions import actions
from reviewflow.service.reports.registers.publications import Publication
from reviewflow.service.reports.registers.repeats import repeated
from reviewflow.service.reports.sheets import Cell, Sheet
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import listing, times_words


@dataclass(frozen=True, slots=True)
class CameBack:
    """A recommendation of a later review that is like one of an earlier review with the same theme."""

    theme: str
    action: str
    """The number of the later action: AP-2027-003/1."""
    year: int
    """In which its review was published."""
    earlier: str
    earlier_year: int
    words: str
    """Of the earlier one."""


def came_back(workspace: Workspace, publications: Sequence[Publication]) -> list[CameBack]:
    """The actions of published reviews laid beside those of earlier ones that share a theme, each once a theme.

    A hint, as everywhere where actions are compared; actions are those of the plans that the reviews opened.
    """
    first = {publication.case: publication for publication in sorted(publications, key=_day, reverse=True)}
    agreed = [action for action in actions(workspace) if action.follows in first]
    return sorted(
        (found for action in agreed for found in _repeats(action, agreed, first)),
        key=lambda found: (found.theme, found.year, found.action),
    )


def _day(publication: Publication) -> tuple[object, str]:
    return publication.published_on, publication.case


def _repeats(action: Action, agreed: Sequence[Action], first: Mapping[str, Publication]) -> Iterator[CameBack]:
    own = first[action.follows]
    for theme in own.themes:
        earlier = [
            other for other in agreed if _day(first[other.follows]) < _day(own) and theme in first[other.follows].themes
        ]
        for repeat in repeated([action.row], action.columns, earlier):
            before = next(first[other.follows] for other in earlier if other.name == repeat.earlier)
            yield CameBack(
                theme, action.name, own.published_on.year, repeat.earlier, before.published_on.year, repeat.words
            )


def theme_sheets(publications: Sequence[Publication], repeats: Sequence[CameBack]) -> tuple[Sheet, Sheet]:
    """How often each theme came in each year of publication, and what came back."""
    years = sorted({publication.published_on.year for publication in publications})
    times = Counter(
        (theme, publication.published_on.year) for publication in publications for theme in publication.themes
    )
    themes = sorted(
        {theme for theme, _ in times}, key=lambda theme: (-sum(times[theme, year] for year in years), theme)
    )
    rows: list[tuple[Cell, ...]] = []
    for theme in themes:
        counts = [times[theme, year] for year in years]
        rows.append((theme, *counts, sum(counts)))
    says = "How many published reviews were about it, by the year of publication. A review may be about several things."
    back = tuple((one.theme, one.action, one.year, one.earlier, one.earlier_year, one.words) for one in repeats)
    columns = ("Theme", "Action", "Published", "Like the earlier one", "Published then", "What was asked for then")
    told = "Recommendations that are like one of an earlier review with the same theme. A hint: look at both."
    return (
        Sheet("themes", "Themes over the years", says, ("Theme", *map(str, years), "All years"), tuple(rows)),
        Sheet("came_back", "What came back", told, columns, back),
    )


def in_words(publications: Sequence[Publication], repeats: Sequence[CameBack]) -> str:
    """The same in a sentence or two."""
    times = Counter(theme for publication in publications for theme in publication.themes)
    if not times:
        return "No published review says what it is about."
    most = max(times.values())
    often = listing(sorted(theme for theme, number in times.items() if number == most))
    back = sorted({one.theme for one in repeats})
    asked = (
        f"Asked for again under the same theme: {listing(back)}. What is asked for again did not work the first time."
        if back
        else "No recommendation came back under the same theme."
    )
    return f"Most often, {times_words(most)}: {often}. {asked}"
