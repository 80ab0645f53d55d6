"""Superseded reminders: of several about one item that waited to be sent, only the last is."""

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

SUPERSEDED = "a later message about it went in its place"


def without_superseded(workspace: Workspace, notices: Iterable[Notice], now: datetime) -> list[Notice]:
    """These claimed notices without those that a later rung supersedes, which are withdrawn now."""
    claimed = list(notices)
    superseded = list(_superseded(workspace, claimed))
    if superseded:
        workspace.store.record_delivery(superseded, "withdrawn", now=stamp(now), detail=SUPERSEDED)
    return [notice for notice in claimed if notice not in superseded]


def _superseded(workspace: Workspace, notices: Iterable[Notice]) -> Iterator[Notice]:
    groups: defaultdict[tuple[str, str, str], list[Notice]] = defaultdict(list)
    for notice in notices:
        groups[notice.reference, notice.item, notice.recipient].append(notice)
    for (reference, item, _), group in groups.items():
        rungs = frozenset[str]()
        with workspace.aside(reference):
            row = workspace.store.load(reference) if len(group) > 1 else None
            rungs = _rungs(workspace.plan(row.definition), item) if row is not None else rungs
        reminders = [member for member in group if member.message in rungs]
        yield from sorted(reminders, key=lambda notice: in_order(notice.number))[:-1]


def _rungs(plan: Plan, item: str) -> frozenset[str]:
    """The messages of an item's ladder; empty for what is no step or limit, such as a hold."""
    name = step_of(item)
    ladder = plan.ladder(name) if name in plan.steps or name in plan.limits else None
    return frozenset(rung.message for rung in ladder.rungs) if ladder else frozenset()


def in_order(number: str) -> list[str | int]:
    """A key that sorts .../9.1 before .../10.1: ids of rows that are written together come in any order."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", number)]
