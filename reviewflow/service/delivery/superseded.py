"""Reminders that a later one about the same thing overtook while they waited to go: only the last is sent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from reviewflow.case.model.ids import step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.london import stamp
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.records import Notice

OVERTAKEN = "a later message about it went in its place"


def without_superseded(workspace: Workspace, notices: Iterable[Notice], now: datetime) -> list[Notice]:
    """These claimed notices but those that are withdrawn now, because one of a higher rung goes with them."""
    found = list(notices)
    gone = list(_overtaken(workspace, found))
    if gone:
        workspace.store.settle(gone, "withdrawn", now=stamp(now), detail=OVERTAKEN)
    return [each for each in found if each not in gone]


def _overtaken(workspace: Workspace, notices: Iterable[Notice]) -> Iterator[Notice]:
    groups: defaultdict[tuple[str, str, str], list[Notice]] = defaultdict(list)
    for notice in notices:
        groups[notice.reference, notice.item, notice.recipient].append(notice)
    for (reference, item, _), group in groups.items():
        row = workspace.store.load(reference) if len(group) > 1 else None
        if row is not None:
            rungs = _rungs(workspace.plan(row.definition), item)
            yield from sorted(
                (member for member in group if member.message in rungs), key=lambda each: in_order(each.number)
            )[:-1]


def _rungs(plan: Plan, item: str) -> frozenset[str]:
    """The messages of an item's ladder; nothing for what is no step or limit, such as a hold."""
    name = step_of(item)
    ladder = plan.ladder(name) if name in plan.steps or name in plan.limits else None
    return frozenset(rung.message for rung in ladder.rungs) if ladder else frozenset()


def in_order(number: str) -> list[str | int]:
    """So that .../9.1 comes before .../10.1. The ids of rows that are written at once come in any order."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", number)]
