"""All pages of the board, made from one look at the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from reviewflow.service.board.actions import actions_page
from reviewflow.service.board.agencies import agencies_page
from reviewflow.service.board.cases import cases_page
from reviewflow.service.board.facts.seen import DayOfGlances, as_bytes, brought_up_to_date, is_small, kept
from reviewflow.service.board.figures import figures_of_day
from reviewflow.service.board.health import health_page
from reviewflow.service.board.today import of_glances
from reviewflow.service.board_markdown.page import BoardPage
from reviewflow.service.board_markdown.registers import (
    actions_board,
    agencies_board,
    cases_board,
    health_board,
    year_board,
)
from reviewflow.service.board_markdown.today import today_page
from reviewflow.service.reports.registers.actions import actions
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.writing import write_whole


def today_alone(workspace: Workspace, place: Path, *, now: datetime) -> list[BoardPage]:
    """The page of today, in which only what changed since the last look is worked out anew; kept in `place`.

    None where so many cases are open that the next sweep draws it.
    """
    if not is_small(place):
        return []
    return [today_page(of_glances(workspace, look(workspace, place, now=now).glances, now=now))]


def health_alone(workspace: Workspace, environ: Mapping[str, str], *, now: datetime) -> list[BoardPage]:
    """The page of health, which is true of a sweep once that has been noted."""
    return [health_board(health_page(workspace, environ, now=now))]


def pages_of_cases(workspace: Workspace, place: Path, *, now: datetime) -> list[BoardPage]:
    """All other pages, today in front. What is counted over all events is counted once a day, and kept by `place`."""
    looked = look(workspace, place, now=now)
    seen, counted = looked.glances, place.with_stem(f"{place.stem}-figures")
    figures = figures_of_day(workspace, counted, write_whole, made_of=looked.made_of, now=now)
    return [
        today_page(of_glances(workspace, seen, now=now)),
        cases_board(cases_page(workspace, seen, now=now)),
        agencies_board(agencies_page(workspace, seen, figures.punctual, counted=figures.year.now, now=now)),
        actions_board(actions_page(workspace, actions(workspace), now=now)),
        year_board(figures.year),
    ]


def look(workspace: Workspace, place: Path, *, now: datetime) -> DayOfGlances:
    """What each open case adds to the board now; kept in `place`."""
    before = kept(workspace, place, now=now)
    seen = brought_up_to_date(workspace, before, now=now)
    if seen != before:
        write_whole(place, as_bytes(seen))
    return seen
