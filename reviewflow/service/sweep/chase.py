"""Chasing: queue the message of everything that has fallen due. Safe to run twice, late or in parallel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.london import stamp
from reviewflow.service.commands.carry_out import carry_out, decide, find
from reviewflow.service.sweep.share import WHOLE, Share
from reviewflow.service.trouble.boundary import Boundary, item_key, plain
from reviewflow.service.workspace.workspace import Workspace

SWEEP = "the sweep"
Owed = tuple[str, str]
"""A case's reference, and what is owed in it."""
BATCH, AT_ONCE = 500, 20
"""How many items are asked for at once, and how many are written in one transaction: a person never waits long."""


def chase_due_items(workspace: Workspace, *, now: datetime, share: Share = WHOLE) -> int:
    """Queue the message of every rung that has fallen due; returns how many items were chased.

    Its cost follows what is due: the store is asked for due items only, the earliest first. An item that fails is set
    aside, and all others are chased. Of a share of all cases only its own are.
    """
    boundary = Boundary(workspace, "chase", now)
    chased, seen = 0, set[Owed]()
    while True:
        stored = workspace.store.due_items(stamp(now), BATCH + len(seen), share.number, share.of)
        due = [owed for owed in stored if owed not in seen]
        if not due:
            if share == WHOLE:  # of another share's trouble this one knows nothing
                boundary.end("item", "case")
            return chased
        trying = [owed for owed in due if _may_try(boundary, *owed)]
        chased += sum(_chase(workspace, boundary, items, now=now) for items in _by_different_cases(trying))
        seen.update(due)


def _may_try(boundary: Boundary, reference: str, item: str) -> bool:
    places = ("case", plain(reference)), ("item", item_key(boundary.partnership, reference, str(item)))
    return all(boundary.may_try(*place) for place in places)


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


def _chase(workspace: Workspace, boundary: Boundary, items: Mapping[str, str], *, now: datetime) -> int:
    """Chase all in one transaction, or each in its own when one fails or somebody else changed a case meanwhile."""
    chases = {reference: c.Chase(item, workspace.partnership.send_at) for reference, item in items.items()}
    together = boundary.attempt(lambda: _together(workspace, chases, now), None)
    if together is None:
        return sum(_alone(workspace, boundary, *chase, now=now) for chase in chases.items())
    for reference, item in items.items():
        _cleared(boundary, reference, item)
    return together


def _together(workspace: Workspace, chases: Mapping[str, c.Chase], now: datetime) -> int | None:
    """How many were chased; None when each must be by itself."""
    rows = workspace.store.load_these(chases)
    if len(rows) != len(chases):
        return None
    decided = [decide(workspace, row, chases[row.reference], by=SWEEP, now=now) for row in rows]
    changed = [(result.case, change) for result, change in decided if change is not None]
    if not changed:
        return 0
    written = workspace.store.append_together([change for _, change in changed])
    if written is None:
        return None
    for row, (case, _) in zip(written, changed, strict=True):
        workspace.wrote(row, case)
    return len(written)


def _alone(workspace: Workspace, boundary: Boundary, reference: str, chase: c.Chase, *, now: datetime) -> int:
    """1 when it was chased. What fails is the item's fault where the case can be read, else the whole case's."""
    place = ("item", item_key(boundary.partnership, reference, str(chase.item)))
    if not boundary.attempt(
        lambda: workspace.context(find(workspace, reference), now).case is not None, otherwise=False
    ):
        place = ("case", plain(reference))
    events: tuple[e.Event, ...] = ()
    with boundary.around(*place):
        events = carry_out(workspace, reference, chase, by=SWEEP, now=now).events
        _cleared(boundary, reference, chase.item)
    return bool(events)


def _cleared(boundary: Boundary, reference: str, item: str) -> None:
    boundary.clear("case", plain(reference))
    boundary.clear("item", item_key(boundary.partnership, reference, item))
