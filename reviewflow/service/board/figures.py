"""What is counted over the events of all cases: that takes longest, so it is counted once a day and kept."""

from __future__ import annotations

from collections.abc import Mapping
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


def counted_today(workspace: Workspace, *, made_of: str, now: datetime) -> Figures:
    """Counted now, from the events of every case."""
    read = list(facts(workspace))
    return Figures(made_of, punctuality(workspace, read, now=now), year_page(workspace, read, now=now))


def kept_figures(place: Path, made_of: str) -> Figures | None:
    """What was counted today; None where it was another day, or is damaged."""
    try:
        before = _FIGURES.validate_json(place.read_bytes())
    except (OSError, ValidationError):
        return None
    return before if before.made_of == made_of else None


def figures_as_bytes(figures: Figures) -> bytes:
    """As `kept_figures` reads them."""
    return _FIGURES.dump_json(figures)
