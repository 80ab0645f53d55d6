"""Promise the message of everything that has fallen due. Safe twice, late or at once."""

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
BATCH, TOGETHER = 500, 20
"""How many items are asked for at once, and how many are written in one transaction: a person never waits long."""


def chase_due_items(workspace: Workspace, *, now: datetime) -> int:
    """Promise the message of every rung that has fallen due; returns how many items were chased.

    Costs what is due: the store is asked for due items only, oldest first.
    """
    fired, seen = 0, set[Owed]()
    while True:
        found = workspace.store.due_items(stamp(now), BATCH + len(seen))
        due = [each for each in found if each not in seen]
        if not due:
            return fired
        fired += sum(_chase(workspace, items, now=now) for items in _by_different_cases(due))
        seen.update(due)


def _by_different_cases(due: Iterable[Owed]) -> Iterator[Mapping[str, str]]:
    """So many at a time, each the item of another case: what can be written in one transaction."""
    waiting = list(due)
    while waiting:
        taken, later = dict[str, str](), list[Owed]()
        for reference, item in waiting:
            if reference in taken or len(taken) == TOGETHER:
                later.append((reference, item))
            else:
                taken[reference] = item
        yield taken
        waiting = later


def _chase(workspace: Workspace, items: Mapping[str, str], *, now: datetime) -> int:
    """All in one transaction; in one each when somebody else was first with any of them."""
    chases = {reference: c.Chase(item, workspace.partnership.send_at) for reference, item in items.items()}
    rows = workspace.store.load_these(chases)
    decided = [decide(workspace, row, chases[row.reference], by=SWEEP, now=now)[1] for row in rows]
    changes = [change for change in decided if change is not None]
    if not changes or workspace.store.append_together(changes):
        return len(changes)
    outcomes = (carry_out(workspace, name, chase, by=SWEEP, now=now) for name, chase in chases.items())
    return sum(bool(outcome.events) for outcome in outcomes)
