"""What becomes of the cases around one that ends: those that end with it, and those that chase on."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.case.model.events import CaseLinked
from reviewflow.case.model.ids import starter_of, step_of
from reviewflow.case.model.state import Case, CaseStatus
from reviewflow.case.rules.linked_cases import steps_that_started
from reviewflow.language.model import ORIGIN
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import listing


def goes_on_words(workspace: Workspace, case: Case) -> Iterator[str]:
    """That what its steps had started goes on, with what to do; what the ending itself started is meant to."""
    yield from ended_with_words(workspace, case)
    steps = workspace.plan(case.definition).steps
    started = [reference for link, reference in case.links.items() if step_of(starter_of(link)) in steps]
    going = tuple(_open(workspace, started))
    if not going:
        return
    goes_on = "is open, and does not end with it" if len(going) == 1 else "are open, and do not end with it"
    yield (
        f"{listing(going)}, which came from this case, {goes_on}. To end one that has no reason any more: "
        f"reviewflow withdraw {going[0]} --reason WHY"
    )


def ended_with_words(workspace: Workspace, case: Case) -> Iterator[str]:
    """Which other cases end with it, as their files say."""
    for other, title in _with_its_end(workspace, case):
        yield f"{other} ends with it: {title}."


def ended_before_words(workspace: Workspace, case: Case) -> Iterator[str]:
    """Of a case that goes on: which others had ended with it, and stay so until somebody reopens them."""
    for other, title in _with_its_end(workspace, case):
        reopen = f"reviewflow reopen {other} STEP --reason WHY"
        yield f"{other} ended with this case ({title}), and stays so. Where it is to go on too: {reopen}"


def _with_its_end(workspace: Workspace, case: Case) -> Iterator[tuple[str, str]]:
    """Those that took the ending that goes with this case, or are taking it, each with the title of that."""
    for reference in dict.fromkeys((*([case.origin] if case.origin else ()), *case.links.values())):
        row = workspace.store.load(reference)
        if row is None:
            continue
        plan, other = workspace.plan_and_case(row)
        ending = plan.definition.process.endings.get(other.ending or other.closing)
        if ending is not None and ending.with_the_end_of in _as_seen_from(other, case.reference):
            yield other.reference, ending.title


def _as_seen_from(other: Case, reference: str) -> set[str]:
    """What a file calls the case of this reference in `with_the_end_of`."""
    return steps_that_started(other, reference) | ({ORIGIN} if other.origin == reference else set())


def follows_words(workspace: Workspace, case: Case, event: CaseLinked) -> Iterator[str]:
    """That a case with which it was linked to be treated together leads none, as it follows another one itself."""
    row = workspace.store.load(event.reference) if event.kind in workspace.plan(case.definition).together else None
    if row is None or event.outside:
        return
    leaders = dict.fromkeys(workspace.plan_and_case(row)[1].led.values())
    for leader in (leader for leader in leaders if leader not in {case.reference, *case.related}):
        yield (
            f"{event.reference} leads no case: what is done together is done for it in {leader}. To have that done for "
            f"{case.reference} too: reviewflow link {case.reference} {event.kind} {leader} --reason WHY"
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
