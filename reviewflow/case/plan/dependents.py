"""Which steps must be judged anew when something has happened to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewflow.language.conditions import leaves
from reviewflow.language.model import EACH, Step
from reviewflow.language.structure.lists import source_of


@dataclass(frozen=True, slots=True)
class Dependents:
    """What follows from the steps of a definition alone."""

    always: frozenset[str]
    """Steps on which more bears than the steps before them: time, rounds, a quorum, a limit."""
    by_step: Mapping[str, frozenset[str]]
    """By step, those that are judged by what became of it; itself among them."""

    def of(self, changed: Iterable[str]) -> frozenset[str]:
        """All steps to judge when these steps, or limits, have changed."""
        return self.always.union(*(self.by_step[step] for step in changed if step in self.by_step))


def dependents(steps: Mapping[str, Step], order: Sequence[str]) -> Dependents:
    """Worked out for steps in an order in which each comes after all that it waits for."""
    read = {name: frozenset(_read(steps, name)) for name in order}
    place = {name: number for number, name in enumerate(order)}
    always = frozenset(
        name
        for name in order
        if _is_special(steps[name]) or any(place.get(other, len(place)) > place[name] for other in read[name])
    )
    return Dependents(always, {name: frozenset(other for other in order if name in read[other]) for name in order})


def _read(steps: Mapping[str, Step], name: str) -> Iterator[str]:
    """The steps by which one is judged: itself, what it waits for, what its condition asks, and what gathered those."""
    when = steps[name].when
    asked = [leaf.step for leaf in leaves(when) if leaf.step != EACH] if when is not None else []
    for other in (name, *steps[name].after, *asked):
        yield other
        if other in steps and (source := source_of(steps[other])):
            yield source[0]


def _is_special(step: Step) -> bool:
    rounds = step.repeats is not None or step.after_round is not None
    return rounds or step.wait is not None or step.quorum is not None
