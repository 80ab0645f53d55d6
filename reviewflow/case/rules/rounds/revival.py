"""What is owed anew when a case that had ended goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import WAS_DONE, Case, CaseStatus, Item, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import a_revived_case_asks_anew


def revived(plan: Plan, case: Case, today: date, fallen: Iterable[str] = ()) -> tuple[str, ...]:
    """What people owed when the case ended, or had begun of what fell with its end, and whose day has passed.

    Nobody had to answer while the case was over, so a silence counts from a request that is alive again: what asks for
    it, for the same owner, goes out once more. Of a case that was still ending, what fell;
    nothing of any other.
    """
    ended, fallen = case.status is CaseStatus.ENDED, tuple(fallen)
    if not (ended or fallen) or not a_revived_case_asks_anew(case):
        return ()
    fell = {item: replace(case.items[item], status=Status.OPEN) for item in fallen}
    begun = {item: state for item, state in fell.items() if state.opened is not None}
    owed = [
        item
        for item, state in {**(case.items if ended else {}), **begun}.items()
        if _is_stale(plan, item, state, today)
    ]
    requests = dict.fromkeys(request for item in owed for request in _requests(plan, case, item))
    return (*requests, *owed)


def _is_stale(plan: Plan, item: str, state: Item, today: date) -> bool:
    step = plan.steps.get(step_of(item))
    if step is None or state.status is not Status.OPEN or plan.is_automatic(step_of(item)):
        return False
    return state.due is not None and state.due < today


def _requests(plan: Plan, case: Case, item: str) -> Iterator[str]:
    """The automatic steps that have asked for an item of which silence counts, each for its owner alone."""
    if plan.steps[step_of(item)].silence is None:
        return
    for name in plan.requests.get(step_of(item), ()):
        request = item_id(name, key_of(item))
        if request in case.items and case.items[request].status in WAS_DONE:
            yield request
