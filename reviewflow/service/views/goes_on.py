"""Open cases that a case had started when it ended: they do not end with it, and chase on."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.ids import item_of_link, step_of
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import listing


def goes_on_words(workspace: Workspace, case: Case) -> Iterator[str]:
    """That what its steps had started goes on, with what to do; what the ending itself started is meant to."""
    steps = workspace.plan(case.definition).steps
    started = [reference for link, reference in case.links.items() if step_of(item_of_link(link)) in steps]
    going = tuple(_open(workspace, started))
    if not going:
        return
    goes_on = "is open, and does not end with it" if len(going) == 1 else "are open, and do not end with it"
    yield (
        f"{listing(going)}, which came from this case, {goes_on}. To end one that has no reason any more: "
        f"reviewflow withdraw {going[0]} --reason WHY"
    )


def _open(workspace: Workspace, started: list[str]) -> Iterator[str]:
    """Those that are open, and the open ones that they started in their turn."""
    ahead, seen = list(started), set[str]()
    while ahead:
        reference = ahead.pop(0)
        row = workspace.store.load(reference) if reference not in seen else None
        seen.add(reference)
        if row is None:
            continue
        other = workspace.plan_and_case(row)[1]
        if other.status is CaseStatus.OPEN:
            yield other.reference
        ahead += other.links.values()
