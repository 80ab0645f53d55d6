"""What open cases add to the board, kept between two looks: only what changed is worked out anew.

It follows from the case as stored, the day, the names in partnership.yaml and what past cases tell. It is thrown away
when one is another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from reviewflow.london import london_day
from reviewflow.service.board.facts.glances import glance
from reviewflow.service.board.facts.shapes import Glance
from reviewflow.service.workspace.cache import code_digest
from reviewflow.service.workspace.past_cases import kept_lengths, kept_punctuality
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow

AT_ONCE = 300_000
"""Bytes of what is kept, about 150 open cases, up to which an answer has the pages about all cases drawn too.

Of more the next sweep does; an answer does not even read them, so that it costs what its own case costs.
"""


@dataclass(frozen=True, slots=True)
class DayOfGlances:
    """Glances of one day."""

    made_of: str
    """A digest of the day, the names, and the program's own code."""
    glances: tuple[Glance, ...] = ()


_KEPT = TypeAdapter(DayOfGlances)


def is_small(place: Path) -> bool:
    """Whether what is kept there is little enough to be gone through for each answer."""
    try:
        return place.stat().st_size <= AT_ONCE
    except OSError:
        return True


def kept(workspace: Workspace, place: Path, *, now: datetime) -> DayOfGlances:
    """What was kept there and still holds; nothing where it is another day's, another program's, or damaged."""
    made_of = _made_of(workspace, london_day(now))
    try:
        before = _KEPT.validate_json(place.read_bytes())
    except (OSError, ValidationError):
        return DayOfGlances(made_of)
    return before if before.made_of == made_of else DayOfGlances(made_of)


def _made_of(workspace: Workspace, day: date) -> str:
    usual = json.dumps([kept_lengths(workspace.store), kept_punctuality(workspace.store)], sort_keys=True)
    parts = (day.isoformat(), workspace.partnership.model_dump_json(), usual, code_digest())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def brought_up_to_date(
    workspace: Workspace, before: DayOfGlances, *, now: datetime, begin: Callable[[int], None] = lambda _: None
) -> DayOfGlances:
    """With every case that changed looked at anew, and without those that are over; `begin` hears how many change."""
    known = {case.reference: case for case in before.glances}
    rows = workspace.store.cases("open")
    begin(sum(not _is_same(row, known.get(row.reference)) for row in rows))
    return DayOfGlances(before.made_of, tuple(_each(workspace, rows, known, now)))


def with_case(before: DayOfGlances, fresh: Glance | None, reference: str) -> DayOfGlances:
    """With one case as it is now; None: it is over."""
    others = [case for case in before.glances if case.reference != reference]
    return DayOfGlances(before.made_of, (*others, *([fresh] if fresh else [])))


def _each(
    workspace: Workspace, rows: Iterable[CaseRow], known: Mapping[str, Glance], now: datetime
) -> Iterator[Glance]:
    for row in rows:
        with workspace.aside(row.reference):
            yield _of(workspace, row, known.get(row.reference), now)


def _of(workspace: Workspace, row: CaseRow, before: Glance | None, now: datetime) -> Glance:
    return before if before is not None and _is_same(row, before) else glance(workspace.context(row, now), row)


def _is_same(row: CaseRow, before: Glance | None) -> bool:
    return before is not None and before.number == row.number and not before.by_the_hour


def as_bytes(seen: DayOfGlances) -> bytes:
    """As `kept` reads it."""
    return _KEPT.dump_json(seen)
