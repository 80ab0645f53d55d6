"""What linked cases wait for in each other, told to each as it stands now. Safe to run twice, or late."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.rules.links.in_linked import awaited_elsewhere, linked_so, settled_in
from reviewflow.service.commands.carry_out import carry_out
from reviewflow.service.sweep.chase import SWEEP
from reviewflow.service.workspace.workspace import Workspace


def tell_what_is_settled(workspace: Workspace, leader: str, follower: str, *, now: datetime) -> None:
    """Tell the two, and the others that are linked with the one that leads, what is settled in each other."""
    leads = _loaded(workspace, leader)
    others = tuple(leads.linked_from) if leads is not None else ()
    for reference in dict.fromkeys((leader, follower, *others)):
        row = workspace.store.load(reference)
        if row is None:
            continue
        plan, case = workspace.plan_and_case(row)
        for kind, steps in awaited_elsewhere(plan).items() if case.status is CaseStatus.OPEN else ():
            settled = {other: _settled(workspace, other, steps) for other in _linked_with(workspace, case, kind)}
            carry_out(workspace, reference, c.RecordSettled(kind, settled), by=SWEEP, now=now)


def _linked_with(workspace: Workspace, case: Case, kind: str) -> list[str]:
    """The cases that are linked so with this one, and with the one that leads it."""
    found = set(linked_so(case, kind))
    for leader in (other for other, link in case.related.items() if link.kind == kind and other in found):
        leads = _loaded(workspace, leader)
        found |= {other for other, of in leads.linked_from.items() if of == kind} if leads is not None else set()
    return sorted(found - {case.reference})


def _settled(workspace: Workspace, reference: str, steps: Collection[str]) -> tuple[str, ...]:
    """Which of these steps nobody has to wait for there; of a case that was destroyed all."""
    row = workspace.store.load(reference)
    return settled_in(*workspace.plan_and_case(row), steps) if row is not None else tuple(steps)


def _loaded(workspace: Workspace, reference: str) -> Case | None:
    row = workspace.store.load(reference)
    return workspace.plan_and_case(row)[1] if row is not None else None
