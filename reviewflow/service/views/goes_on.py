"""What becomes of the cases around one that ends: those that end with it, and those that chase on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewflow.case.model.events import CaseLinked
from reviewflow.case.model.ids import starter_of, step_of
from reviewflow.case.model.state import CUT_SHORT, Case, CaseStatus
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.linked_cases import cases_it_came_from, ends_with, steps_that_started
from reviewflow.case.rules.over import still_kept
from reviewflow.language.model import ORIGIN, Ending
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import listing


def goes_on_words(workspace: Workspace, case: Case) -> Iterator[str]:
    """That what its steps had started goes on, with what to do; what the ending itself started is meant to."""
    yield from ended_with_words(workspace, case)
    steps = workspace.plan(case.definition).steps
    started = [reference for link, reference in case.links.items() if step_of(starter_of(link)) in steps]
    going = tuple(_going_on(workspace, case, dict.fromkeys(started)))
    if not going:
        return
    goes_on = "is open, and does not end with it" if len(going) == 1 else "are open, and do not end with it"
    yield (
        f"{listing(going)}, which came from this case, {goes_on}. To end one that has no reason any more: "
        f"reviewflow withdraw {going[0]} --reason WHY"
    )


def ended_with_words(workspace: Workspace, case: Case) -> Iterator[str]:
    """Which other cases end with it, as their files say, and what is still done there before they are over."""
    for plan, other, ending in _with_its_end(workspace, case):
        kept = listing(map(plan.definition.title, still_kept(plan, other))) if other.closing else ""
        later = f", as soon as this is done there: {kept}" if kept else ""
        yield f"{other.reference} ends with it: {ending.title}{later}."
    for other, ending in _will_end(workspace, case) if case.closing else ():
        yield f"{other.reference} ends as soon as this case does: {ending.title}."


def ended_before_words(workspace: Workspace, case: Case) -> Iterator[str]:
    """Of a case that goes on: which others had ended with it, and stay so until somebody reopens them."""
    for _, other, ending in _with_its_end(workspace, case):
        stays = f"{other.reference} ended with this case ({ending.title}), and stays so."
        yield f"{stays} Where it is to go on too: reviewflow reopen {other.reference} STEP --reason WHY"


def _with_its_end(workspace: Workspace, case: Case) -> Iterator[tuple[Plan, Case, Ending]]:
    """Those that took the ending that goes with this case, or are taking it, each with that."""
    for reference in dict.fromkeys((*cases_it_came_from(case), *case.links.values())):
        row = workspace.store.load(reference)
        if row is None:
            continue
        plan, other = workspace.plan_and_case(row)
        ending = plan.definition.process.endings.get(other.ending or other.closing)
        if ending is not None and ending.with_the_end_of in _as_seen_from(other, case.reference):
            yield plan, other, ending


def _will_end(workspace: Workspace, case: Case) -> Iterator[tuple[Case, Ending]]:
    """Those that it started and that are to end when it has: its own ending keeps what is still done before."""
    for reference in dict.fromkeys(case.links.values()):
        row = workspace.store.load(reference)
        if row is not None:
            plan, other = workspace.plan_and_case(row)
            ending = _ends_with(plan, other, case.reference)
            if ending is not None:
                yield other, ending


def _ends_with(plan: Plan, other: Case, reference: str) -> Ending | None:
    """The ending that an open case takes once the one from which it came has ended; None where it takes none then."""
    goes_on = other.status is CaseStatus.OPEN and not other.closing
    name = ends_with(plan, other, reference, CaseStatus.ENDED) if goes_on else ""
    return plan.definition.process.endings[name] if name else None


def _as_seen_from(other: Case, reference: str) -> set[str]:
    """What a file calls the case of this reference in `with_the_end_of`."""
    return steps_that_started(other, reference) | ({ORIGIN} if reference in cases_it_came_from(other) else set())


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


def _going_on(workspace: Workspace, case: Case, started: Iterable[str], *, ends: bool = True) -> Iterator[str]:
    """Those of the cases `started` that are open and do not end with this one, nor are ending; and what they started.

    `ends` says whether `case`, which started them, is over or will be: what one that goes on started goes on too.
    """
    for reference in started:
        row = workspace.store.load(reference)
        if row is None:
            continue
        plan, other = workspace.plan_and_case(row)
        is_ending = bool(other.closing) or (ends and _ends_with(plan, other, case.reference) is not None)
        if other.status is CaseStatus.OPEN and not is_ending:
            yield other.reference
        is_over = is_ending or other.status in CUT_SHORT
        yield from _going_on(workspace, other, dict.fromkeys(other.links.values()), ends=is_over)
