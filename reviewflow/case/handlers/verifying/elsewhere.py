"""An action of a plan that was verified in another case."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.reopening import send_back
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import item_id, step_of
from reviewflow.case.model.state import CaseStatus, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.propagation.endings import end_by_answers
from reviewflow.language.structure.registers import action_lists


def record_verified(draft: Draft, command: c.RecordVerified) -> None:
    """Record that an action was verified in another case, where it waits for that here; else nothing, so never twice.

    Of the answers those are taken that the form asks here too. An action that is not embedded is owed again.
    """
    plan, case = draft.plan, draft.case
    waiting = (item for item in _verifications(plan, command.number) if is_open(case, item))
    item = next(waiting, "") if case.status is CaseStatus.OPEN else ""
    if not item:
        return
    step = step_of(item)
    answers = {name: value for name, value in command.answers.items() if name in plan.form(step)}
    used = {name: value for name, value in answers.items() if name in plan.used_answers[step]}
    others = {name: value for name, value in answers.items() if name not in used}
    draft.emit(e.Completed(item, command.on, used, others, verified_in=command.reference))
    send_back(draft, item, answers)
    end_by_answers(draft)
    draft.settled = True


def _verifications(plan: Plan, number: int) -> Iterator[str]:
    lists = action_lists(plan.definition.process)
    return (item_id(actions.verified, str(number)) for actions in lists if actions.verified)
