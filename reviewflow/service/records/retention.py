"""How long the file of a case is kept after the case is over, and what keeps it longer.

The periods are a local schedule: each process says its own, as data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reviewflow.calendar import OFFICE, Span, Unit, shift
from reviewflow.case.model import events as e
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.language.model import Process, Retention
from reviewflow.service.commands.legal_holds import kept_for_words
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import CaseRow
from reviewflow.text import listing

_OVER = (e.CaseClosed, e.CaseWithdrawn, e.CaseEnded)


@dataclass(frozen=True, slots=True)
class RetainedCase:
    """One case as the retention schedule sees it."""

    case: str
    title: str
    status: str
    kind: str
    keep: str
    """'25 years', 'permanently', or '' where the process does not say."""
    over: date | None
    destroy_after: date | None
    legal_hold: str
    """For which matters it is kept whatever the day, since when and why; '' when it is not."""
    kept_until: date | None = None
    """The day until which somebody said it is to be kept at least."""

    def may_be_destroyed(self, today: date) -> bool:
        """Whether its day has passed and no legal hold keeps it.

        A legal hold comes before any schedule: such as that of the Independent Inquiry into Child Sexual Abuse (IICSA,
        2015; its local status is to be checked), under which nothing is destroyed that bears on child sexual abuse.
        """
        return not self.legal_hold and self.destroy_after is not None and self.destroy_after < today


def kept(workspace: Workspace) -> list[RetainedCase]:
    """Every case, open or over; first those whose day comes first."""
    cases = list[RetainedCase]()
    for row in workspace.store.cases(None):
        with workspace.aside(row.reference):
            cases.append(kept_as(workspace, row))
    return sorted(cases, key=lambda case: (case.destroy_after or date.max, case.case))


def time_is_over(workspace: Workspace, since: date, today: date) -> Iterator[str]:
    """A sentence for whoever looks, when the time of cases that nothing keeps ran out since that day."""
    due = [case for case in kept(workspace) if case.may_be_destroyed(today)]
    cases = [case.case for case in due if case.destroy_after and case.destroy_after >= since]
    if cases:
        how = "was kept as long as its process says" if len(cases) == 1 else "were kept as long as their processes say"
        yield f"{listing(cases)} {how}. Somebody destroys it in their own name, or keeps it: reviewflow retention"


def kept_as(workspace: Workspace, row: CaseRow) -> RetainedCase:
    """What the schedule says of one case: its class of record, and the day after which it may be destroyed."""
    plan, case = workspace.plan_and_case(row)
    rule = _rule(workspace, plan, case)
    over = _over(workspace, row)
    return RetainedCase(
        case=row.reference,
        title=plan.definition.process.title,
        status=row.status,
        kind=rule.kind or "" if rule else "",
        keep=str(rule.keep) if rule else "",
        over=over,
        destroy_after=_after(workspace, rule, over, case.kept_until),
        legal_hold=kept_for_words(case),
        kept_until=case.kept_until,
    )


def _after(workspace: Workspace, rule: Retention | None, over: date | None, at_least: date | None) -> date | None:
    if over is None or rule is None or rule.keep.years is None:
        return None
    scheduled = shift(over, Span(12 * rule.keep.years, Unit.MONTHS), workspace.calendars[OFFICE])
    return max(scheduled, at_least or scheduled)


def _rule(workspace: Workspace, plan: Plan, case: Case) -> Retention | None:
    """The schedule of today: a change of it counts for cases that were opened before."""
    known = workspace.processes()
    today = _of(known[case.process], case) if case.process in known else None
    return today or _of(plan.definition.process, case)


def _of(process: Process, case: Case) -> Retention | None:
    """What an ending says goes before what the process says."""
    ending = process.endings.get(case.ending)
    return (ending.retention if ending else None) or process.retention


def _over(workspace: Workspace, row: CaseRow) -> date | None:
    """The day on which the case was last over."""
    if row.status == CaseStatus.OPEN:
        return None
    day = workspace.store.last_day_of(row.reference, [kind.KIND for kind in _OVER])
    return date.fromisoformat(day) if day else None
