"""How much is run."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.databases import Kind


@dataclass(frozen=True, slots=True)
class Options:
    kinds: tuple[Kind, ...] = tuple(Kind)
    rounds: int = 5
    cases: int = 100
    sweep_rounds: int = 3
    due: int = 1_000
    open_items: tuple[int, ...] = (10_000, 100_000)
    many: int = 10_000
    foretold: int = 1_000
    offices: tuple[int, ...] = (100, 250, 500)
    """How many open cases an office has."""
    shown: tuple[int, ...] = (50, 200, 400)
    """How many open cases are shown in Prefect."""
    answered: int = 160
    """Answers that come in over HTTP a round."""


QUICK = Options(
    rounds=2,
    cases=30,
    sweep_rounds=1,
    due=200,
    open_items=(2_000, 20_000),
    many=1_000,
    foretold=20,
    offices=(20, 40),
    shown=(10, 20),
    answered=40,
)
