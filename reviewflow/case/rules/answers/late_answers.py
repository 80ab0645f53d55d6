"""Answers that come when they are asked for no more: kept and shown, and nothing that followed is undone."""

from __future__ import annotations

from datetime import date, time

from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, CaseStatus, Manner, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import answers_in_time_count
from reviewflow.case.rules.quorum import enough_agree
from reviewflow.case.rules.timing.hours import is_over
from reviewflow.language.conditions import leaves
from reviewflow.language.structure.owners import is_owned_by_agencies


def comes_late(plan: Plan, case: Case, item: str) -> bool:
    """Whether an answer of this item comes after it was settled without it.

    Enough of the others had agreed, silence had counted, or the case had ended while an answer of others was awaited.
    """
    state, step = case.items.get(item), plan.steps.get(step_of(item))
    if state is None or step is None or plan.is_automatic(step_of(item)) or case.status is CaseStatus.WITHDRAWN:
        return False
    match state.status:
        case Status.NOT_NEEDED:
            return item in plan.items(step_of(item), case) and enough_agree(plan, case, item)
        case Status.DONE:
            return state.manner is Manner.SILENCE
        case Status.OPEN:
            return case.status is CaseStatus.ENDED and _is_answered_by_others(plan, case, item)
        case _:
            return False


def _is_answered_by_others(plan: Plan, case: Case, item: str) -> bool:
    """Whether an answer of others was awaited: of one of several, an agency, somebody outside, or who may be silent."""
    step = plan.steps[step_of(item)]
    outside = step.waits_for is not None or step.silence is not None or is_owned_by_agencies(step)
    return outside or len(plan.items(step_of(item), case)) > 1


def counts_late(plan: Plan, case: Case, item: str) -> bool:
    """Whether the process says that a late answer counts like any other; in a case that is over none does."""
    return case.status is CaseStatus.OPEN and plan.steps[step_of(item)].late_answers is not None


def given_in_time(case: Case, item: str, done: date, at: time | None) -> bool:
    """Whether an answer that is recorded after silence had counted was given by then: by the day, or the time of day.

    Where the time counts and is not known, the day is enough.

    Nothing was silent then; in a case that is over it is kept, and reopening has it count.
    """
    state = case.items[item]
    silent = state.status is Status.DONE and state.manner is Manner.SILENCE
    running = case.status is CaseStatus.OPEN and answers_in_time_count(case)
    return running and silent and state.done is not None and not is_over(state.done, state.by, done, at)


def fallen_by(plan: Plan, case: Case, step: str) -> tuple[str, ...]:
    """The items that were not needed by a condition on this step's answers: one that counts late decides them anew."""
    return tuple(
        item
        for other, rule in plan.steps.items()
        if rule.when is not None and any(leaf.step == step for leaf in leaves(rule.when))
        for item in plan.items(other, case)
        if item in case.items and case.items[item].status is Status.NOT_NEEDED
    )
