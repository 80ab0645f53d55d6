"""What one command stores, as the steps of one transaction."""

from __future__ import annotations

from reviewflow.store.cases.chain import link, who
from reviewflow.store.drivers.steps import Dialect, Step, Value
from reviewflow.store.prepared import insert, prepared
from reviewflow.store.records import TO_RELEASE, CaseRow, Change, NewCase, SealedContact

Rows = list[tuple[Value, ...]]
OWN_PAGE, LENGTHS = 3_500, 768
"""In SQLite a longer state than this fills pages besides its row's own, and is then a multiple of so many bytes long.

Of several units the one by which the benchmark of a rapid review writes the fewest pages.
"""


def opening(dialect: Dialect, case: CaseRow, new: NewCase, serial: int, change: Change) -> tuple[CaseRow, list[Step]]:
    """The case as it will be, and the steps that make it; `case` has number 0 and its reference as head.

    Raises ValueError for a change without events.
    """
    events, after = _events(dialect, case, change, key=None)
    row = (
        *(case.id, case.reference, new.prefix, serial, case.process, case.definition, new.key),
        *(after.status, after.number, 0, after.head, after.state),
    )
    steps = [insert(dialect, "cases", [row]), insert(dialect, "events", events)]
    return after, steps + _following(dialect, case, change)


def appending(dialect: Dialect, change: Change) -> tuple[CaseRow, list[Step]]:
    """The case as it will be, and the steps; a job that the change finishes is its key, so that this happens once.

    Raises ValueError for a change without events.
    """
    case = change.case
    key = f"job/{change.done_job}" if change.key is None and change.done_job is not None else change.key
    events, after = _events(dialect, case, change, key=key)
    return after, [insert(dialect, "events", events), *_moved(dialect, case, after), *_following(dialect, case, change)]


def _moved(dialect: Dialect, case: CaseRow, after: CaseRow) -> list[Step]:
    """The case as it is now, and that Prefect does not show it so yet."""
    values: dict[str, Value] = {
        "case": case.id,
        "loaded": case.number,
        "now_status": after.status,
        "last": after.number,
        "hash": after.head,
        "fold": after.state,
        "pinned": after.definition,
    }
    name = _update(case, after)
    if dialect is Dialect.POSTGRESQL:
        return [prepared(dialect, f"{name}_AND_OWE").step(**values)]
    return [prepared(dialect, name).step(**values), prepared(dialect, "OWE").step(case=case.id)]


def _update(case: CaseRow, after: CaseRow) -> str:
    if after.definition != case.definition:
        return "MOVE"
    return "ADVANCE" if after.status == case.status else "TURN"


def _events(dialect: Dialect, case: CaseRow, change: Change, *, key: str | None) -> tuple[Rows, CaseRow]:
    if not change.events:
        raise ValueError(f"nothing happened to {case.reference}: a change has at least one event")
    head, number, at = case.head, case.number, change.recorded_at
    rows: Rows = []
    for number, event in enumerate(change.events, start=case.number + 1):
        head = link(head, number, event, at)
        rows.append((case.id, number, event.kind, who(event), event.on, at, head, key, event.body))
        key = None
    pinned = change.definition or case.definition
    state = _as_long_as_before(dialect, change.state)
    after = CaseRow(case.id, case.reference, case.process, pinned, change.status, number, head, state)
    return rows, after


def _as_long_as_before(dialect: Dialect, state: str) -> str:
    """A long state with spaces after it, which JSON allows, so that in SQLite most commands leave its length as it was.

    A row as long as before is written over the one before it, and only the pages in which it differs are written. For
    another SQLite takes new pages, fills the old ones with zeros, and counts both on the first page of the file.
    """
    length = len(state.encode())
    return state + " " * (-length % LENGTHS) if dialect is Dialect.SQLITE and length > OWN_PAGE else state


def _following(dialect: Dialect, case: CaseRow, change: Change) -> list[Step]:
    steps = []
    if change.items:
        steps.append(insert(dialect, "items", _items(case, change)))
    if change.withdraw:
        items = {f"item_{place}": item for place, item in enumerate(change.withdraw)}
        steps.append(prepared(dialect, f"withdraw {len(items)}").step(case=case.id, **items))
    if change.notices:
        steps.append(insert(dialect, "notices", _notices(case, change)))
    if change.release is not None:
        steps.append(prepared(dialect, "RELEASE").step(notice=change.release, now=change.recorded_at))
    if change.contact is not None:
        steps.append(_contact(dialect, case, change.contact))
    if change.jobs:
        steps.append(insert(dialect, "jobs", _jobs(case, change)))
    if change.done_job is not None:
        steps += [prepared(dialect, statement).step(job=change.done_job) for statement in ("LOG_JOB", "FINISH_JOB")]
    return steps


def _contact(dialect: Dialect, case: CaseRow, contact: SealedContact) -> Step:
    if contact.sealed is None:
        return prepared(dialect, "ERASE_CONTACT").step(case=case.id, contact=contact.contact)
    return insert(dialect, "contacts", [(case.id, contact.contact, contact.sealed)])


def _items(case: CaseRow, change: Change) -> Rows:
    return [(case.id, i.item, i.kind, i.status, i.owner, i.round, i.due, i.next_chase) for i in change.items]


def _notices(case: CaseRow, change: Change) -> Rows:
    event, at = case.number + 1, change.recorded_at
    return [
        (
            *(case.id, event, place, n.item, n.recipient, n.message, n.subject, n.text, int(n.urgent)),
            *(TO_RELEASE if n.to_release else "queued", 0, at, None if n.to_release else at, None, ""),
        )
        for place, n in enumerate(change.notices, start=1)
    ]


def _jobs(case: CaseRow, change: Change) -> Rows:
    return [(case.id, j.item, j.kind, j.body, 0, change.recorded_at, "") for j in change.jobs]
