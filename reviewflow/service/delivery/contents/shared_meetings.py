"""What a letter says of a meeting of several cases, as they are when it leaves: it stands for another one, or for none.

A case alone cannot know it: each is over by itself, or all at once, where they end with the case from which they came.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, CaseStatus, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.links.in_linked import linked_so
from reviewflow.case.rules.meetings.together import who_reads_of_it
from reviewflow.case.rules.timing.meeting_days import day_of_meeting, is_called_off, meeting_of
from reviewflow.language.built_in_messages import MEETING_OFF, MEETING_PUT_OFF, MEETING_WITHOUT
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.workspace import Workspace

OF_ONE_OF_SEVERAL = frozenset({MEETING_OFF, MEETING_WITHOUT})


def as_it_stands(workspace: Workspace, context: CaseContext, told: e.NoticeSent) -> e.NoticeSent:
    """What somebody is told of a meeting that is not for this case, with the message that holds now."""
    if told.was and _stands(workspace, context, told.item, told.was):
        return replace(told, message=MEETING_WITHOUT)
    if told.message != MEETING_WITHOUT:
        return told
    is_off = is_called_off(context.case, meeting_of(context.plan, told.item))
    return replace(told, message=MEETING_OFF if is_off else MEETING_PUT_OFF)


def _stands(workspace: Workspace, context: CaseContext, item: str, was: date) -> bool:
    """Whether another case is treated at the meeting on its day, and whoever is invited hears of that one too."""
    step = context.plan.steps.get(step_of(item))
    if step is None or not step.together:
        return False
    return any(
        _is_treated(context, plan, other, item, was) for plan, other in _beside(workspace, context.case, step.together)
    )


def _is_treated(context: CaseContext, plan: Plan, other: Case, item: str, was: date) -> bool:
    meeting = meeting_of(plan, item)
    if not meeting or other.status is not CaseStatus.OPEN or item not in plan.items(step_of(item), other):
        return False
    if is_called_off(other, meeting) or is_finished(other, meeting) or stopped_by(plan, other, meeting):
        return False
    day = day_of_meeting(plan, other, item, context.calendars)
    return day == was and bool(who_reads_of_it(plan, other, item))


def _beside(workspace: Workspace, case: Case, kind: str) -> Iterator[tuple[Plan, Case]]:
    """The cases with which one is linked so, and those that are linked with these in their turn."""
    ahead, seen = [case], {case.reference}
    while ahead:
        for reference in linked_so(ahead.pop(0), kind):
            row = workspace.store.load(reference) if reference not in seen else None
            seen.add(reference)
            if row is not None:
                plan, other = workspace.plan_and_case(row)
                ahead.append(other)
                yield plan, other
