"""Chasing: queue the message of everything that has fallen due. Safe to run twice, late or in parallel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import carry_out, decide
from reviewflow.service.workspace.workspace import Workspace

SWEEP = "the sweep"
Owed = tuple[str, str]
"""A case's reference, and what is owed in it."""
BATCH, AT_ONCE = 500, 20
"""How many items are asked for at once, and how many are written in one transaction: a person never waits long."""


def chase_due_items(workspace: Workspace, *, now: datetime) -> int:
    """Queue the message of every rung that has fallen due; returns how many items were chased.

    Its cost follows what is due: the store is asked for due items only, the earliest first.
    """
    chased, seen = 0, set[Owed]()
    while True:
        stored = workspace.store.due_items(stamp(now), BATCH + len(seen))
        due = [owed for owed in stored if owed not in seen]
        if not due:
            return chased
        chased += sum(_chase(workspace, items, now=now) for items in _by_different_cases(due))
        seen.update(due)


def _by_different_cases(due: Iterable[Owed]) -> Iterator[Mapping[str, str]]:
    """Groups for one transaction each: by reference one item, at most `AT_ONCE` cases."""
    waiting = list(due)
    while waiting:
        taken, later = dict[str, str](), list[Owed]()
        for reference, item in waiting:
            if reference in taken or len(taken) == AT_ONCE:
                later.append((reference, item))
            else:
                taken[reference] = item
        yield taken
        waiting = later


def _chase(workspace: Workspace, items: Mapping[str, str], *, now: datetime) -> int:
    """Chase all in one transaction, or each in its own when somebody else changed one of the cases meanwhile."""
    chases = {reference: c.Chase(item, workspace.partnership.send_at) for reference, item in items.items()}
    rows = workspace.store.load_these(chases)
    decided = [decide(workspace, row, chases[row.reference], by=SWEEP, now=now)[1] for row in rows]
    changes = [change for change in decided if change is not None]
    if not changes or workspace.store.append_together(changes):
        return len(changes)
    outcomes = (carry_out(workspace, name, chase, by=SWEEP, now=now) for name, chase in chases.items())
    return sum(bool(outcome.events) for outcome in outcomes)
