"""What the linked cases of this office show of themselves on a case's page, within what the partnership lets be shown.

Titles are those that may be shown where many look, so no answer and no contact of the other case is among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.rules.linked_cases import started_in_turn
from reviewflow.language.model import Shown
from reviewflow.london import london_day
from reviewflow.service.commands.carry_out import find
from reviewflow.service.views.case_page.page import describe_case, page_of
from reviewflow.service.views.case_page.shapes import OWED_NOW, UNSETTLED, CasePage, Line, OtherCase, OtherDay
from reviewflow.service.views.redaction import redacted
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words, listing

NEXT = 3
"""How many days that come next a linked case shows."""


def overview(workspace: Workspace, reference: str, *, now: datetime) -> CasePage:
    """The page of a case by its reference, with what its linked cases show; raises UnknownCase."""
    row = find(workspace, reference)
    page = describe_case(workspace, row, now=now)
    return replace(page, others=others_of(workspace, workspace.plan_and_case(row)[1], now=now))


def others_of(workspace: Workspace, case: Case, *, now: datetime) -> tuple[OtherCase, ...]:
    """What each linked case shows, both those that it is linked with and those that are linked with it.

    Nothing stands here of what is elsewhere; of a case that was destroyed, that it was.
    """
    return tuple(_others(workspace, case, now))


def stage_of(page: CasePage) -> str:
    """The stages in which something is owed now; where nothing is, the first that is not settled."""
    for standings in (OWED_NOW, UNSETTLED):
        stages = {line.stage for line in page.steps if line.standing in standings}
        if in_order := [stage for stage in page.stages if stage in stages]:
            return listing(in_order)
    return ""


def other_words(other: OtherCase) -> str:
    """All of it in a line: 'RR-2026-004: Rapid review, open; stage: Decide. Next there: ...'."""
    if other.destroyed:
        return f"{other.reference}: its file was destroyed on {day_words(other.destroyed)}"
    head = "; ".join(filter(None, (other.title, other.status, f"stage: {other.stage}" if other.stage else "")))
    days = [("Next there", other.next), ("Its time limits", other.limits)]
    parts = (head, *(f"{words}: {_days_words(lines)}" for words, lines in days if lines))
    return ": ".join(filter(None, (other.reference, ". ".join(filter(None, parts)))))


def _days_words(lines: Iterable[OtherDay]) -> str:
    return "; ".join(f"{line.title} {day_words(line.due)}{f' ({line.days})' if line.days else ''}" for line in lines)


def _others(workspace: Workspace, case: Case, now: datetime) -> Iterator[OtherCase]:
    linked = (case.origin, *started_in_turn(case), *case.related, *case.joined, *case.linked_from)
    for reference in dict.fromkeys(filter(None, linked)):
        if reference in case.outside:
            continue
        row = workspace.store.load(reference)
        if row is not None:
            context = workspace.context(row, now)
            shows = workspace.partnership.linked_cases.of(row.process)
            yield _shown(page_of(context, row, redacted(context)), shows)
        elif (moment := workspace.store.destroyed_at(reference)) is not None:
            yield OtherCase(reference, destroyed=london_day(datetime.fromisoformat(moment)))


def _shown(page: CasePage, shows: Iterable[Shown]) -> OtherCase:
    shows, is_open = frozenset(shows), page.status == CaseStatus.OPEN
    by_people = [line for line in page.steps if not line.automatic]
    coming = [line for line in by_people if line.standing in UNSETTLED] if is_open else []
    return OtherCase(
        page.reference,
        title=page.title if Shown.PROCESS in shows else "",
        status=page.status if Shown.STAGE in shows else "",
        stage=stage_of(page) if Shown.STAGE in shows and is_open else "",
        next=tuple(_first_days(coming, NEXT)) if Shown.DAYS in shows else (),
        limits=tuple(_first_days((line for line in page.limits if line.days), len(page.limits)))
        if Shown.DAYS in shows
        else (),
    )


def _first_days(lines: Iterable[Line], most: int) -> Iterator[OtherDay]:
    """The days that come first, one line a step and day however many owe it."""
    dated = sorted((line for line in lines if line.due), key=lambda line: line.due or date.max)
    days = dict.fromkeys(OtherDay(line.step, line.due, line.days) for line in dated if line.due)
    yield from list(days)[:most]
