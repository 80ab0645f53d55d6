"""What targets over many cases measure in one case, where no limit of its process does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reviewflow.case.model.state import FINISHED, WAS_DONE, Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.counted_in import counted_in
from reviewflow.case.rules.timing.due_dates import rule_day
from reviewflow.service.reports.owed import Owed
from reviewflow.service.workspace.workspace import Workspace


def measured(workspace: Workspace, plan: Plan, case: Case, closed: date | None) -> Iterator[Owed]:
    """By today's targets that name a day and a step: the clock of each, as far as the case's version has that step.

    Targets pin no case; they are those of today's files. `closed` is the day on which the case was over.
    """
    process = workspace.processes().get(case.process)
    for name, target in ((process.targets if process else None) or {}).items():
        if target.due is not None and target.met_by in plan.steps:
            due = rule_day(plan, case, target.due, "", "", workspace.calendars)
            ended, done = _outcome(plan, case, str(target.met_by), closed)
            yield Owed(
                reference=case.reference,
                process=case.process,
                item=name,
                title=target.title,
                owner="",
                limit=True,
                national=False,
                round=1,
                opened=case.opened,
                due=due,
                first_due=due,
                ended=ended,
                done=done,
                calendar=counted_in(plan, case, "").calendar,
            )


def _outcome(plan: Plan, case: Case, step: str, closed: date | None) -> tuple[Status, date | None]:
    """Whether a step was done by all who owe it, and when; a case that was over without it ended on that day."""
    states = [case.items.get(item) for item in plan.items(step, case)]
    settled = bool(states) and all(state is not None and state.status in FINISHED for state in states)
    days = [state.done for state in states if state is not None and state.status in WAS_DONE and state.done]
    if settled and days:
        return Status.DONE, max(days)
    return (Status.OPEN, None) if closed is None and not settled else (Status.NOT_NEEDED, closed)
