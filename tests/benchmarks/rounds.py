"""Comparing in rounds: A B C, A B C. A machine's speed drifts, so only what was measured side by side is compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median

Figures = Mapping[str, list[float]]
"""What was measured of each contestant, one figure a round."""


def interleaved(contestants: Mapping[str, Callable[[], float]], rounds: int) -> Figures:
    """One figure a round of each; whoever goes first changes with the round."""
    names = list(contestants)
    found: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        turn = number % len(names)
        for name in (*names[turn:], *names[:turn]):
            found[name].append(contestants[name]())
    return found


def ratio(figures: Figures, one: str, other: str) -> float:
    """How many times the other's figure, round by round; the median of those."""
    return median(mine / theirs for mine, theirs in zip(figures[one], figures[other], strict=True))
