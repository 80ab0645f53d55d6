"""Many damaged files, one after another: which, and what became of them."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from reviewflow.language.problem import Problem
from tests.language.fuzz.corpus import Start, starts
from tests.language.fuzz.damage import Kind, Tree
from tests.language.fuzz.trial import Outcome, tried

USED_OF = 20
"""Of so many that pass check one is used and played."""
ANY, SHORT = 0.4, 5_000
"""Most are of files of few bytes, of each kind as many: those made from the models are short, and have every key."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A damaged file that can be made again from its number."""

    number: int
    kind: Kind
    start: Start
    wrote: str
    data: bytes

    def untold(self, told: Sequence[Problem]) -> str:
        """A key that is in the file twice, or that no part of the language has, is always told; empty when it was."""
        mine = [problem for problem in told if problem.file == self.start.place]
        if self.kind is Kind.DOUBLED and self.wrote and not mine:
            return f"written twice, and nothing is said: {self.wrote}"
        return ""


@dataclass
class Figures:
    """What a run came to."""

    mutants: Counter[tuple[str, str]] = field(default_factory=Counter)
    clean: int = 0
    played: int = 0
    slowest: tuple[float, str] = (0.0, "")
    faults: list[tuple[Mutant, str]] = field(default_factory=list)

    def count(self, mutant: Mutant, outcome: Outcome) -> None:
        self.mutants[mutant.kind, mutant.start.place.partition("/")[0]] += 1
        self.clean += not outcome.told
        self.played += outcome.played
        self.slowest = max(self.slowest, (outcome.seconds, f"{mutant.number} {mutant.start.name}"))
        fault = outcome.fault or mutant.untold(outcome.told)
        if fault:
            self.faults.append((mutant, fault))

    def add(self, other: "Figures") -> None:
        self.mutants += other.mutants
        self.clean += other.clean
        self.played += other.played
        self.slowest = max(self.slowest, other.slowest)
        self.faults += other.faults


def mutant(number: int) -> Mutant:
    """The damaged file of this number: files and kinds of damage in turn, the place and the rest by chance."""
    chance = random.Random(number)
    every = starts()
    start = every[number % len(every)] if chance.random() < ANY else chance.choice(chance.choice(_by_kind()))
    kind = list(Kind)[number // len(every) % len(Kind)]
    tree = _tree(start.name)
    places = tree.places if kind is Kind.MISTYPED else tree.keys
    with tree.damaged(kind, chance.choice(places), chance) as wrote:
        data = tree.text()
    return Mutant(number, kind, start, wrote, data)


@cache
def _by_kind() -> tuple[tuple[Start, ...], ...]:
    """The short files of each kind."""
    short = [start for start in starts() if len(start.data) < SHORT]
    kinds = sorted({start.place.partition("/")[0] for start in short})
    return tuple(tuple(start for start in short if start.place.startswith(kind)) for kind in kinds)


@cache
def _tree(name: str) -> Tree:
    return Tree(next(start for start in starts() if start.name == name).data.decode())


def run(numbers: Iterable[int]) -> Figures:
    figures = Figures()
    for one, outcome in _outcomes(numbers):
        figures.count(one, outcome)
    return figures


def _outcomes(numbers: Iterable[int]) -> Iterator[tuple[Mutant, Outcome]]:
    for number in numbers:
        one = mutant(number)
        yield one, tried(one.start, one.data, use=number % USED_OF == 0)
