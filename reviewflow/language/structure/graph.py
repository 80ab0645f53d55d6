"""The order of a process's steps: what comes before what, and which steps pair up owner by owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush

from reviewflow.language.conditions import Test
from reviewflow.language.model import Step
from reviewflow.language.structure.lists import source_of

Steps = Mapping[str, Step]


def order(steps: Steps) -> list[str]:
    """Every step after all it waits for, else as the file has them; raises graphlib.CycleError.

    What comes again until another step is settled stands after that step, which says whether it is over.
    """
    place = {name: number for number, name in enumerate(steps)}
    names = list(steps)
    sorter = TopologicalSorter(
        {name: [other for other in leads_to(name, step) if other in steps] for name, step in steps.items()}
    )
    sorter.prepare()
    ready: list[int] = []
    ordered: list[str] = []
    while sorter.is_active():
        for name in sorter.get_ready():
            heappush(ready, place[name])
        ordered.append(names[heappop(ready)])
        sorter.done(ordered[-1])
    return ordered


def leads_to(name: str, step: Step) -> tuple[str, ...]:
    """What must be settled before the step is settled for good; also what gathers its list, which may grow."""
    source = source_of(step)
    gathers = (source[0],) if source and source[0] != name else ()
    until = (step.repeats.until,) if step.repeats else ()
    return (*step.after, *gathers, *until)


def cycle(steps: Steps) -> list[str]:
    """Steps that wait for each other in a circle, in order; empty when there are none."""
    try:
        order(steps)
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def ancestors(steps: Steps) -> dict[str, frozenset[str]]:
    """For each step, all steps that are settled before it opens.

    What comes after all that is done for the lines of a table comes after the step that gathers them.
    """
    return ancestors_in(order(steps), steps)


def ancestors_in(ordered: Iterable[str], steps: Steps) -> dict[str, frozenset[str]]:
    """As `ancestors`, of steps whose order is known."""
    earlier: dict[str, frozenset[str]] = {}
    for name in ordered:
        before = [other for other in steps[name].after if other in steps]
        before += [source for other in before if (source := _gathers(steps, name, other)) and source not in before]
        earlier[name] = frozenset(before).union(*(earlier[other] for other in before))
    return earlier


def _gathers(steps: Steps, name: str, other: str) -> str:
    """The step that gathers what another, before it, is done for; '' where the lines of the two pair up."""
    source = source_of(steps[other])
    return source[0] if source and source[0] in steps and not pairs(steps[name], steps[other]) else ""


def conditions_of(steps: Steps) -> dict[str, frozenset[Test]]:
    """For each step the conditions without which it is never owed: its own, and those of all that it comes after.

    A step is not needed where every step before it was not; so of several before it only what holds of all counts.
    """
    found: dict[str, frozenset[Test]] = {}
    for name in order(steps):
        step = steps[name]
        before = [found[other] for other in step.after if other in found]
        shared = frozenset.intersection(*before) if before else frozenset()
        found[name] = shared | {step.when} if step.when else shared
    return found


def only_when_opened(steps: Steps) -> frozenset[str]:
    """What is owed only when somebody opens an optional step: those, and what comes after nothing else."""
    found = {name for name, step in steps.items() if step.optional}
    while more := {
        name for name, step in steps.items() if name not in found and step.after and found.issuperset(step.after)
    }:
        found |= more
    return frozenset(found)


def pairs(one: Step, other: Step) -> bool:
    """Whether two steps are done by the same owners, so that each owner follows its own chain."""
    return one.for_each is not None and one.for_each == other.for_each
