"""What cases that are treated together say of each other: references alone."""

from __future__ import annotations

from reviewflow.case.model.state import Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.meetings.together import leader_of


def with_other_words(plan: Plan, case: Case, item: str) -> str:
    """'to be done in RR-2026-004, for this case too'; of what was done 'recorded in ...'; '' for what is done here."""
    state, taken = case.items.get(item), case.taken.get(item)
    if state is not None and state.status is Status.DONE:
        return f"recorded in {taken.reference}, for this case too" if taken is not None else ""
    leader = leader_of(plan, case, item)
    return f"to be done in {leader}, for this case too" if leader else ""


def treated_words(case: Case, reference: str, named: str) -> str:
    """'; treated together: this case leads', of another case as it is `named` here; '' where each is treated alone."""
    if reference in case.leads:
        return "; treated together, and this case leads"
    if reference in {*case.led.values(), *(taken.reference for taken in case.taken.values())}:
        return f"; treated together, and {named} leads"
    return ""
