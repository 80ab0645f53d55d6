"""The audit anyone can run: replay every case, compare with what is stored, verify the chains and who is in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewflow.case.apply import fold
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain
from reviewflow.case.model.snapshot import dump, load
from reviewflow.case.model.state import Status
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.store.cases.chain import verify_chain
from reviewflow.store.records import CaseRow, EventRow, ItemRow


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing that is wrong with a case."""

    reference: str
    number: int | None
    """The event at which it shows, when it shows at one."""
    words: str


def audit(workspace: Workspace) -> tuple[int, list[Finding]]:
    """How many cases were looked at, and what is wrong with them."""
    looked_at, findings = 0, []
    for row, events in workspace.store.audit_rows():
        looked_at += 1
        rows = list(events)
        items = [item for _, item in workspace.store.items(row.reference, None)]
        finding = next(_wrong(row, rows, items), None)
        if finding is not None:
            findings.append(finding)
    return looked_at, [*findings, *_names(workspace)]


PEOPLE = "Names"
_KEY = re.compile(r"[0-9a-f]{16}|[0-9a-f]{32}")


def _names(workspace: Workspace) -> Iterator[Finding]:
    """What is wrong with who did things: a name that is not that of its key, one that is missing, or taken out."""
    erased = set(_erased(workspace))
    for person in workspace.store.people.everybody():
        if person.name is None and (person.salt is not None or person.key not in erased):
            yield Finding(PEOPLE, None, f"the name of {person.key} was taken out, and not by reviewflow erase")
        elif person.salt is not None and not person.is_proven:
            words = f'"{person.name}" is not who the chains say under {person.key}: the name or its salt was changed'
            yield Finding(PEOPLE, None, words)
    for key, reference in workspace.store.people.without_person():
        if _KEY.fullmatch(key):
            yield Finding(reference, None, f"who recorded things as {key} is missing from the people")


def _erased(workspace: Workspace) -> Iterator[str]:
    for entry in workspace.store.noted("name_erased"):
        noted = json.loads(entry.body)
        yield from noted.get("keys", [noted.get("key", "")])


def unproven(workspace: Workspace) -> int:
    """How many names are older than the proof: the chains do not say whose they are."""
    return sum(person.name is not None and person.salt is None for person in workspace.store.people.everybody())


def _wrong(row: CaseRow, events: list[EventRow], items: list[ItemRow]) -> Iterator[Finding]:
    bad = verify_chain(row, events)
    if bad is not None:
        what = "is missing" if bad > len(events) else "was changed, or one before it was taken out"
        yield Finding(row.reference, bad, f"event {bad} {what}")
        return
    replayed = fold(row.reference, (e.decode(event.kind, event.body) for event in events))
    if dump(replayed) != row.state:
        yield Finding(row.reference, None, "replaying its events does not give the state that is stored")
    case = load(row.reference, row.state)
    owed = {item for item, state in case.items.items() if state.status is Status.OPEN}
    owed |= {LookAgain.HOLD.of(name) for name in case.holds}
    stored = {item.item for item in items if item.status == Status.OPEN and not LookAgain.ENDING.name_in(item.item)}
    if row.status == "open" and owed != stored:
        names = ", ".join(sorted(owed ^ stored))
        yield Finding(row.reference, None, f"what is owed differs from the work items that are stored: {names}")
