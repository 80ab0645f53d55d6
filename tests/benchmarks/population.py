"""Many open cases at once: one real case of each sort is opened and moved, and the others are copies of it.

A copy is whole: its own reference, its events with hashes of their own, its state and its items, so that an audit
finds nothing wrong with it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import islice

from reviewflow.case.model.commands import Open
from reviewflow.service.commands.carry_out import carry_out, open_case
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.cases.changes import opening
from reviewflow.store.drivers.steps import Step
from reviewflow.store.records import CaseRow, Change, NewCase, NewEvent
from tests.benchmarks.ours import PROCESS, work
from tests.benchmarks.workload import AGENCIES, BY, TODAY

EARLIER = date(2026, 10, 5)
TRIAGED, ONE_MISSING = 2, 7
"""How many answers are in when all agencies owe theirs, and when only the last one does."""
TOGETHER = 50


def populate(office: Workspace, *, due: int, waiting: int) -> None:
    """So many cases with one agency overdue and nothing else open, and so many with six that are not due."""
    copies(office, _case(office, EARLIER, ONE_MISSING), due - 1)
    copies(office, _case(office, TODAY, TRIAGED), waiting - 1)
    office.store.driver.commit([("ANALYZE", ())])


def _case(office: Workspace, day: date, answers: int) -> str:
    now = datetime.combine(day, time(10), UTC)
    reference = open_case(office, PROCESS, Open({"notified": day}, AGENCIES), by=BY, now=now).case.reference
    for command in islice(work(0), answers):
        carry_out(office, reference, command, by=BY, now=now)
    return reference


def copies(office: Workspace, reference: str, number: int) -> None:
    store = office.store
    model = store.load(reference)
    assert model is not None
    events = list(store.events(reference))
    change = Change(
        case=model,
        events=tuple(NewEvent(each.kind, each.body, each.by, each.on) for each in events),
        state=model.state,
        status=model.status,
        items=tuple(item for _, item in store.items(reference, None)),
        recorded_at=events[-1].recorded_at,
    )
    for first in range(model.id + 1, model.id + 1 + number, TOGETHER):
        last = min(first + TOGETHER, model.id + 1 + number)
        store.driver.commit([step for case in range(first, last) for step in _copy(office, change, case)])


def _copy(office: Workspace, change: Change, number: int) -> list[Step]:
    model = change.case
    prefix = f"{model.reference.rpartition('-')[0]}-{{number}}"
    reference = prefix.replace("{number}", f"{number:03d}")
    case = CaseRow(number, reference, model.process, model.definition, "", 0, reference, "")
    new = NewCase(prefix, model.process, model.definition, None)
    return opening(office.store.driver.dialect, case, new, number, change)[1]
