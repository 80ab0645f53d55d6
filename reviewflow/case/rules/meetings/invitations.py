"""Invitations to a meeting: whose they are, and what each has answered."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Manner, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.timing.meeting_days import meeting_of
from reviewflow.language.structure.standing_groups import says_whether_they_come


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
    said = says_whether_they_come(form)
    chosen = [(form[name], str(answer)) for name, answer in state.answers.items() if name in said]
    return "; ".join(field.options.get(answer, answer) for field, answer in chosen)
