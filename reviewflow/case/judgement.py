"""What is to become of a step that is not settled, and why: decided here, and told by `reviewflow why`."""

from __future__ import annotations

from enum import StrEnum, auto
from typing import NamedTuple

from reviewflow.case.holds import holds
from reviewflow.case.plan import Plan
from reviewflow.case.quorum import enough_agree
from reviewflow.case.repeating import is_over
from reviewflow.case.state import SETTLED, Case, Status, item_id
from reviewflow.case.verdict import Verdict
from reviewflow.language.lists import source_of


class Cause(StrEnum):
    """What decided it."""

    ENOUGH_AGREED = auto()
    ROUNDS_OVER = auto()
    SOMETHING_BEFORE = auto()
    EMPTY_LIST = auto()
    ASKED_FOR = auto()
    NOBODY_ASKED = auto()
    NOTHING_BEFORE = auto()
    """All that leads to it fell away."""
    CONDITION = auto()
    ITS_TURN = auto()


class Judgement(NamedTuple):
    verdict: Verdict
    cause: Cause


def judge(plan: Plan, case: Case, step: str, key: str) -> Judgement:
    """What the facts so far make of what the owner `key` owes."""
    item = item_id(step, key)
    if enough_agree(plan, case, item):
        return Judgement(Verdict.NOT_NEEDED, Cause.ENOUGH_AGREED)
    if is_over(plan, case, step):
        return Judgement(Verdict.NOT_NEEDED, Cause.ROUNDS_OVER)
    states: list[Status] = []
    for each in plan.waits_for(item, case):
        held = case.items.get(each)
        if held is None or held.status not in SETTLED:
            return Judgement(Verdict.WAIT, Cause.SOMETHING_BEFORE)
        states.append(held.status)
    if not key and source_of(plan.steps[step]) is not None:
        return Judgement(Verdict.NOT_NEEDED, Cause.EMPTY_LIST)
    return _in_its_turn(plan, case, step, key, states)


def _in_its_turn(plan: Plan, case: Case, step: str, key: str, states: list[Status]) -> Judgement:
    if plan.steps[step].optional:
        if _asked(case, item_id(step, key)):
            return Judgement(Verdict.OPEN, Cause.ASKED_FOR)
        return Judgement(Verdict.NOT_NEEDED, Cause.NOBODY_ASKED)
    if states and all(status is Status.NOT_NEEDED for status in states):
        return Judgement(Verdict.NOT_NEEDED, Cause.NOTHING_BEFORE)
    when = plan.steps[step].when
    if when is None:
        return Judgement(Verdict.OPEN, Cause.ITS_TURN)
    return Judgement(Verdict.OPEN if holds(plan, case, when, key) else Verdict.NOT_NEEDED, Cause.CONDITION)


def _asked(case: Case, item: str) -> bool:
    """Whether somebody opened an optional step; whether it might be opened was decided then."""
    held = case.items.get(item)
    return held is not None and held.asked
