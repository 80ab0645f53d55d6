"""Invitations to a meeting: whose they are, and what each has answered."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Manner, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.meeting_days import meeting_of
from reviewflow.language.model import FieldType


def invitations_to(plan: Plan, case: Case, meeting: str) -> Iterator[str]:
    """The items in which those who are invited to a meeting say whether they come, in the order of the group."""
    for name, step in plan.steps.items():
        if step.invites_to == meeting:
            yield from (item for item in plan.items(name, case) if item in case.items and plan.owner(item, case))


def coming_words(plan: Plan, case: Case, item: str) -> str:
    """What an owner answered to an invitation: 'Somebody comes in my place'; '' while nothing was answered."""
    state, step = case.items.get(item), step_of(item)
    if state is None or state.status is not Status.DONE or not meeting_of(plan, item):
        return ""
    if state.manner is Manner.SILENCE:
        return "no answer"
    form = plan.form(step)
    chosen = [(form[name], answer) for name, answer in state.answers.items() if name in form]
    return "; ".join(
        field.options.get(str(answer), str(answer)) for field, answer in chosen if field.type is FieldType.CHOICE
    )
