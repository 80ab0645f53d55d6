"""What is counted over the events of all cases, also of those that are over: counted once a day, and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from reviewflow.service.board.agencies import punctuality
from reviewflow.service.board.year import YearPage, year_page
from reviewflow.service.reports.facts import facts
from reviewflow.service.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one day."""

    made_of: str
    """As that of the glances: another day, other names or another program give other figures."""
    punctual: Mapping[str, tuple[int, int]]
    """By agency, how much came in time since April, of how much that came or is late."""
    year: YearPage


_FIGURES = TypeAdapter(Figures)


def figures_of_day(
    workspace: Workspace, place: Path, keep: Callable[[Path, bytes], None], *, made_of: str, now: datetime
) -> Figures:
    """What was counted today and is kept in `place`; else counted now, and handed to `keep` for that place."""
    before = _kept_figures(place, made_of)
    if before is not None:
        return before
    figures = _counted(workspace, made_of=made_of, now=now)
    keep(place, _FIGURES.dump_json(figures))
    return figures


def _counted(workspace: Workspace, *, made_of: str, now: datetime) -> Figures:
    """Counted now, from the events of every case."""
    read = list(facts(workspace))
    return Figures(made_of, punctuality(workspace, read, now=now), year_page(workspace, read, now=now))


def _kept_figures(place: Path, made_of: str) -> Figures | None:
    """What was counted today; None where it was another day, or is damaged."""
    try:
        before = _FIGURES.validate_json(place.read_bytes())
    except (OSError, ValidationError):
        return None
    return before if before.made_of == made_of else None
