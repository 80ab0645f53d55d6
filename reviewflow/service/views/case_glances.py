"""What a list of cases says of each: how much is overdue and due soon, and its next limit; without the page of each.

A forecast takes longer than all else that a list says of a case. So its word is the one that a sweep kept; where no
sweep ran today, the clocks that end first are foreseen, and the others have the word of the last sweep, with its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import nsmallest

from reviewflow.case.model.state import CUT_SHORT, Status
from reviewflow.case.rules.forecast import Verdict
from reviewflow.case.rules.standing import Standing
from reviewflow.london import london_day
from reviewflow.service.messages.clock_words import Words, word_of, words_of_last_sweep
from reviewflow.service.messages.fields.day_fields import how_long
from reviewflow.service.messages.foreseen import foreseen_limit
from reviewflow.service.views.case_page.look_again import review_lines
from reviewflow.service.views.lateness import dated_items
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow

MOST_FORESEEN = 200
"""So many clocks a list foresees itself: about a second. In an office with fewer cases each word is today's."""


@dataclass(frozen=True, slots=True)
class NextLimit:
    """The running limit of a case that ends first."""

    item: str
    due: date
    days: str
    """How far away that is: '2 working days left'."""
    verdict: Verdict | None
    """The one word for it; None where no step will meet it, and where it was not foreseen."""
    foreseen_on: date | None
    """The day on which it was: today, or that of the last sweep, since when nothing has happened in its case."""


@dataclass(frozen=True, slots=True)
class CaseGlance:
    """One case in a list."""

    reference: str
    title: str
    status: str
    overdue: int
    due_soon: int
    limit: NextLimit | None


def case_glances(workspace: Workspace, rows: Sequence[CaseRow], *, now: datetime) -> list[CaseGlance]:
    """These cases on the day `now` is in London, in their order."""
    last, today = words_of_last_sweep(workspace, now), london_day(now)
    seen = [_glance(workspace.context(row, now), last.of(row), last.day) for row in rows]
    for place, limit in _to_foresee(seen, today):
        seen[place] = replace(seen[place], limit=_foreseen(workspace.context(rows[place], now), limit))
    return seen


def _to_foresee(seen: Sequence[CaseGlance], today: date) -> list[tuple[int, NextLimit]]:
    """Of what is not foreseen today the limits that end first, then those that have ended; each with its place."""
    wanted = [
        (place, limit)
        for place, each in enumerate(seen)
        if (limit := each.limit) is not None and limit.foreseen_on != today
    ]
    return nsmallest(MOST_FORESEEN, wanted, key=lambda each: (each[1].due < today, each[1].due))


def _glance(context: CaseContext, words: Words | None, day: date) -> CaseGlance:
    standings = [entry.standing for entry in dated_items(context) if not context.plan.is_limit(entry.item)]
    standings += [line.standing for line in review_lines(context)]
    return CaseGlance(
        context.case.reference,
        context.plan.definition.process.title,
        context.case.status,
        standings.count(Standing.OVERDUE),
        standings.count(Standing.DUE_SOON),
        _next_limit(context, words, day),
    )


def _next_limit(context: CaseContext, words: Words | None, day: date) -> NextLimit | None:
    plan, case = context.plan, context.case
    running = [
        (state.due, item, state)
        for item in plan.limit_items(case)
        if (state := case.items.get(item)) is not None and state.status is Status.OPEN and state.due is not None
    ]
    if not running or case.status in CUT_SHORT:
        return None
    due, item, state = min(running, key=lambda limit: limit[0])
    limit = NextLimit(item, due, how_long(context, item, due), None, None)
    if words is None:
        return limit
    verdict = word_of(context, item, state, words)
    return replace(limit, verdict=verdict, foreseen_on=context.today if verdict is Verdict.MISSED else day)


def _foreseen(context: CaseContext, limit: NextLimit) -> NextLimit:
    """The same with the word of today."""
    foreseen = foreseen_limit(context, limit.item)
    return replace(limit, verdict=foreseen.verdict if foreseen else None, foreseen_on=context.today)
