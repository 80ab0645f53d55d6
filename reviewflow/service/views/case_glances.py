"""What a list of cases says of each: how much is overdue and due soon, and its next limit; without the page of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.case.model.state import CUT_SHORT, Status
from reviewflow.case.rules.forecast import IN_DANGER, Verdict
from reviewflow.case.rules.standing import Standing
from reviewflow.service.messages.clock_words import Words, kept_words, word_of
from reviewflow.service.messages.fields.day_fields import how_long
from reviewflow.service.views.case_page.look_again import review_lines
from reviewflow.service.views.lateness import dated_items
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow

NOT_IN_TIME = frozenset({*IN_DANGER, Verdict.MISSED})


@dataclass(frozen=True, slots=True)
class NextLimit:
    """The running limit of a case that ends first."""

    due: date
    days: str
    """How far away that is: '2 working days left'."""
    in_time: bool
    """Not missed, and nobody is to be warned of it."""
    verdict: Verdict | None
    """The one word for it; None where no step will meet it."""


@dataclass(frozen=True, slots=True)
class CaseGlance:
    """One case in a list."""

    reference: str
    title: str
    status: str
    overdue: int
    due_soon: int
    limit: NextLimit | None


def case_glances(workspace: Workspace, rows: Iterable[CaseRow], *, now: datetime) -> Iterator[CaseGlance]:
    """These cases on the day `now` is in London, in their order."""
    kept = kept_words(workspace, now)
    return (_glance(workspace.context(row, now), kept.of(row)) for row in rows)


def _glance(context: CaseContext, words: Words | None) -> CaseGlance:
    standings = [entry.standing for entry in dated_items(context) if not context.plan.is_limit(entry.item)]
    standings += [line.standing for line in review_lines(context)]
    return CaseGlance(
        context.case.reference,
        context.plan.definition.process.title,
        context.case.status,
        standings.count(Standing.OVERDUE),
        standings.count(Standing.DUE_SOON),
        _next_limit(context, words),
    )


def _next_limit(context: CaseContext, words: Words | None) -> NextLimit | None:
    plan, case = context.plan, context.case
    running = [
        (state.due, item, state)
        for item in plan.limit_items(case)
        if (state := case.items.get(item)) is not None and state.status is Status.OPEN and state.due is not None
    ]
    if not running or case.status in CUT_SHORT:
        return None
    due, item, state = min(running, key=lambda limit: limit[0])
    verdict = word_of(context, item, state, words)
    return NextLimit(due, how_long(context, item, due), verdict not in NOT_IN_TIME, verdict)
